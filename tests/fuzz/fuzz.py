"""Damages filled forms at random: whatever a file holds, a report must come back and no rule may break.

    python tests/fuzz/fuzz.py [SECONDS] [SEED]

Prints the seed of each file that fails; the same seed damages a form the same way again.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from clusterform.settings import Settings
from support.reading import check_file

BODY = "word/document.xml"
TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
ODD = (
    "",
    "无",
    "/",
    "-",
    "１２．５",
    "1e9",
    "NaN",
    "-0.00",
    "9" * 40,
    "√",
    "□☑",
    "=1+1",
    "[red]",
    "\u202e12.50",
    "０",
    "…… ",
)
Dice = random.Random


def in_body(change: Callable[[etree._Element, Dice], None]) -> Callable[[bytes, Dice], bytes]:
    """A change to the parsed body, as a change to the file."""

    def damaged(data: bytes, dice: Dice) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(held, "w") as out:
            for name in package.namelist():
                part = package.read(name)
                if name == BODY:
                    root = etree.fromstring(part)
                    for _ in range(dice.randrange(1, 6)):
                        change(root, dice)
                    part = etree.tostring(root)
                out.writestr(name, part)
        return held.getvalue()

    return damaged


def drop(root: etree._Element, dice: Dice) -> None:
    """An element gone."""
    element = dice.choice(list(root.iter())[2:])
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def repeat(root: etree._Element, dice: Dice) -> None:
    """An element twice."""
    element = dice.choice(list(root.iter())[2:])
    element.addnext(etree.fromstring(etree.tostring(element)))


def move(root: etree._Element, dice: Dice) -> None:
    """An element somewhere else."""
    element, place = dice.sample(list(root.iter())[2:], 2)
    if element not in place.iterancestors() and element is not place:
        place.append(element)


def reword(root: etree._Element, dice: Dice) -> None:
    """Another text."""
    dice.choice(list(root.iter(TEXT))).text = dice.choice(ODD)


def flip(data: bytes, dice: Dice) -> bytes:
    """Some bytes of the file itself."""
    damaged = bytearray(data)
    for _ in range(dice.randrange(1, 8)):
        damaged[dice.randrange(len(damaged))] = dice.randrange(256)
    return bytes(damaged)


def cut(data: bytes, dice: Dice) -> bytes:
    """The end missing."""
    return data[: dice.randrange(len(data))]


WAYS = (in_body(drop), in_body(repeat), in_body(move), in_body(reword), in_body(reword), flip, cut)


def fault(data: bytes, file: Path) -> str:
    """What is wrong with how the file was checked; empty where nothing is."""
    file.write_bytes(data)
    try:
        report = check_file(file, Settings())
    except Exception:  # noqa: BLE001  (this is what is looked for)
        return traceback.format_exc()
    return "".join(f"{c.rule}: {c.reason}\n" for c in report.crashed)


def main() -> int:
    """Damages and checks until the time is over."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else None
    forms = sorted((ROOT / "examples").glob("*.docx"))
    end, number, failed = time.monotonic() + seconds, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end and not (seed is not None and number):
            dice = Dice(number if seed is None else seed)
            data = dice.choice(WAYS)(dice.choice(forms).read_bytes(), dice)
            if found := fault(data, Path(folder) / "form.docx"):
                failed += 1
                print(f"seed {number if seed is None else seed}\n{found}")
            number += 1
    print(f"{number} files, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
