"""How fast clusterform is, as ratios taken in one run on one machine: times alone mean nothing elsewhere.

Prints a table; exits with 1 when a ratio is over its bound.
"""

from __future__ import annotations

import atexit
import compileall
import io
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from clusterform.pipeline import Checker

ROOT = Path(__file__).resolve().parents[2]
FORM = ROOT / "tests" / "data" / "samples" / "application-clean.docx"
BOOK = ROOT / "templates" / "2025" / "application.xlsx"
COMMAND = Path(sysconfig.get_path("scripts")) / "clusterform"
FORTY = 40
IMPORTS = "import docx, pydantic, yaml, typer"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Race:
    """A task against what it cannot be faster than."""

    name: str
    task: Callable[[], object]
    floor_name: str
    floor: Callable[[], object]
    bound: float
    rounds: int


def run(*command: str) -> Callable[[], object]:
    """A process of its own, from start to end."""
    return lambda: subprocess.run(command, check=False, capture_output=True)


def parse_only(form: Path) -> object:
    """What any reader of the form must do: unzip it and parse its XML."""
    with zipfile.ZipFile(form) as package:
        return etree.fromstring(package.read("word/document.xml"))


def xml_races(check: Callable[[Path], object]) -> list[Race]:
    """The form as Word writes it after years of editing, as a converter does, and bare, each against parsing its own XML."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    kinds = (("verbose", verbose, 7.5), ("split runs", split_runs, 6.5), ("compact", compact, 9))
    found = []
    for name, change, bound in kinds:
        path = folder / f"{name}.docx"
        path.write_bytes(with_document(FORM.read_bytes(), change))
        task, floor = partial(check, path), partial(parse_only, path)
        found.append(Race(f"the form in {name} XML", task, "unzip and parse its XML", floor, bound, 40))
    return found


def with_document(form: bytes, change: Callable[[etree._Element], None]) -> bytes:
    """The form with its document changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root)
                part = etree.tostring(root)
            new.writestr(name, part)
    return held.getvalue()


def verbose(root: etree._Element) -> None:
    """Each run with a revision, a language and a mark of the spelling before it."""
    for number, item in enumerate(list(root.iter(f"{W}r"))):
        item.set(f"{W}rsidR", f"{number:08X}")
        marks = item.find(f"{W}rPr")
        if marks is None:
            marks = etree.Element(f"{W}rPr")
            item.insert(0, marks)
        etree.SubElement(marks, f"{W}lang").set(f"{W}eastAsia", "zh-CN")
        item.addprevious(etree.Element(f"{W}proofErr", {f"{W}type": "spellStart"}))


def split_runs(root: etree._Element) -> None:
    """A run for every character."""
    for item in list(root.iter(f"{W}r")):
        text = item.find(f"{W}t")
        if text is None or len(item) > 2 or not text.text:
            continue
        for sign in text.text[:-1]:
            one = deepcopy(item)
            part = one.find(f"{W}t")
            assert part is not None
            part.text = sign
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            item.addprevious(one)
        text.text = text.text[-1]


def compact(root: etree._Element) -> None:
    """Without what says how the text looks."""
    for name in ("rPr", "proofErr", "bookmarkStart", "bookmarkEnd"):
        for item in list(root.iter(W + name)):
            parent = item.getparent()
            assert parent is not None
            parent.remove(item)


def copy_races(checker: Checker) -> list[Race]:
    """A form without evidence, in which each ticked option gets a comment: some forty."""
    from clusterform.copies.annotate import annotated

    form = Path(tempfile.mkdtemp()) / FORM.name
    form.write_bytes(with_document(FORM.read_bytes(), hardly_any_evidence))
    atexit.register(shutil.rmtree, form.parent)

    def copied() -> object:
        file = checker.check(form)
        return annotated(form, checker.report((file,), {file.edition}), file)

    assert len(checker.check(form).findings) >= FORTY
    name = "annotate: forty comments"
    return [Race(name, copied, "check the same form", lambda: checker.check(form), 4, 20)]


def hardly_any_evidence(root: etree._Element) -> None:
    """The list of evidence, which is the last table, with one line."""
    *_, table = root.iter(f"{W}tbl")
    for row in table.findall(f"{W}tr")[2:]:
        table.remove(row)


def workbook_races(check: Callable[[Path], object]) -> list[Race]:
    """A workbook against openpyxl's own load of it, and one with blank formatted rows against the same without."""
    import openpyxl

    long = Path(tempfile.mkdtemp()) / BOOK.name
    long.write_bytes(with_blank_rows(BOOK.read_bytes()))
    atexit.register(shutil.rmtree, long.parent)
    return [
        Race(
            "check a workbook",
            lambda: check(BOOK),
            "openpyxl.load_workbook",
            lambda: openpyxl.load_workbook(BOOK),
            1.5,
            20,
        ),
        Race(
            "200,000 blank formatted rows", lambda: check(long), "without them", lambda: check(BOOK), 10, 10
        ),
    ]


def with_blank_rows(book: bytes) -> bytes:
    """The workbook with 200,000 rows of ten drawn blank cells on its third sheet."""
    cells = "".join(f'<c r="{chr(65 + n)}{{0}}" s="1"/>' for n in range(10))
    row = f'<row r="{{0}}" ht="20" customHeight="1">{cells}</row>'
    blanks = "".join(row.format(n) for n in range(500, 200_500)).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            third = name == "xl/worksheets/sheet3.xml"
            new.writestr(name, part.replace(b"</sheetData>", blanks + b"</sheetData>") if third else part)
    return held.getvalue()


def races() -> list[Race]:
    """What a person waits for."""
    from clusterform.pipeline import Checker
    from clusterform.settings import Settings

    checker = Checker(Settings())
    python = sys.executable
    bare = ("import typer", run(python, "-c", "import typer"))
    loaded = (IMPORTS, run(python, "-c", IMPORTS))
    return [
        Race(
            "check one form, in process",
            lambda: checker.check(FORM),
            "unzip and parse its XML",
            lambda: parse_only(FORM),
            5,
            60,
        ),
        *xml_races(checker.check),
        *copy_races(checker),
        *workbook_races(checker.check),
        Race("clusterform --version", run(str(COMMAND), "--version"), *bare, 2, 15),
        Race("clusterform check FORM", run(str(COMMAND), "check", str(FORM)), *loaded, 1.8, 15),
        Race(
            "clusterform check --format json",
            run(str(COMMAND), "check", str(FORM), "--format", "json"),
            *loaded,
            1.8,
            15,
        ),
    ]


def timed(work: Callable[[], object]) -> float:
    """Seconds for one go."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(race: Race) -> tuple[float, float]:
    """Medians in milliseconds of task and floor, run turn by turn so that a busy moment hits both."""
    race.task(), race.floor()
    pairs = [(timed(race.task), timed(race.floor)) for _ in range(race.rounds)]
    return median(t for t, _ in pairs) * 1000, median(f for _, f in pairs) * 1000


def main() -> int:
    """Runs every race; 1 where one is lost."""
    compileall.compile_dir(ROOT / "src", quiet=2)  # as an installer does with what it installs
    lost = 0
    print(f"{'task':<28}{'ms':>9}  {'against':<48}{'ms':>9}{'ratio':>8}{'bound':>7}")
    for race in races():
        task, floor = ratio(race)
        over = task / floor > race.bound
        lost += over
        mark = "  over" if over else ""
        against = f"{race.floor_name:<48}{floor:>9.1f}{task / floor:>8.2f}{race.bound:>7}"
        print(f"{race.name:<28}{task:>9.1f}  {against}{mark}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
