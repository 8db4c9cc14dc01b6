"""Forms typed or pasted with CJK radicals of both blocks in labels, headings, marks and answers: judged as if with ideographs."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path

import pytest

from clusterform.data_files import rules_file
from clusterform.finding import Finding
from clusterform.text import fold, unified
from support.answers import clean
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.forms import write
from support.reading import checked

PAIRS = [
    (chr(int(a, 16)), chr(int(b, 16)))
    for a, b in (
        line.split()
        for line in rules_file("radicals.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
]
KANGXI = {ord(b): a for a, b in PAIRS if "\u2f00" <= a <= "\u2fdf"}
SUPPLEMENT = {ord(b): a for a, b in PAIRS if "\u2e80" <= a <= "\u2eff"}
STRUCTURE = re.compile(rb"(<(?:w:)?t(?: [^>]*)?>)([^<]*)")


def _respelled(text: bytes, table: dict[int, str]) -> bytes:
    """Characters may stand as references: &#38598;."""
    return html.escape(html.unescape(text.decode()).translate(table), quote=False).encode()


def respelled(data: bytes, table: dict[int, str]) -> bytes:
    """The file with every ideograph that a radical looks like written as that radical, tags left alone."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(("document.xml", "sharedStrings.xml")) or "/sheet" in name:
                part = STRUCTURE.sub(lambda m: m[1] + _respelled(m[2], table), part)
            new.writestr(name, part)
    return held.getvalue()


def told(data: bytes, path: Path) -> list[Finding]:
    path.write_bytes(data)
    return list(checked(path).findings)


@pytest.mark.parametrize("table", [KANGXI, SUPPLEMENT, SUPPLEMENT | KANGXI, KANGXI | SUPPLEMENT])
@pytest.mark.parametrize("form", ["application", "review"])
def test_a_word_form_is_judged_alike(form: str, table: dict[int, str], tmp_path: Path) -> None:
    data = write(form)
    odd = respelled(data, table)
    assert odd != data
    assert told(odd, tmp_path / "a.docx") == told(data, tmp_path / "a.docx")


@pytest.mark.parametrize("sheets", ["one", "parts", "named"])
def test_a_workbook_is_judged_alike(sheets: str, tmp_path: Path) -> None:
    data = by_openpyxl(laid_out("application", Habit(sheets=sheets), clean("application")))
    odd = respelled(data, SUPPLEMENT | KANGXI)
    assert odd != data
    assert told(odd, tmp_path / "a.xlsx") == told(data, tmp_path / "a.xlsx")


def test_mistakes_are_found_alike(tmp_path: Path) -> None:
    data = write(
        "application", changes={"set": {"leading_industry.fdi@2023": "没有", "innovation.pct": "无"}}
    )
    odd = respelled(data, KANGXI | SUPPLEMENT)
    assert told(odd, tmp_path / "a.docx") == told(data, tmp_path / "a.docx")


def test_each_radical_folds_to_its_ideograph() -> None:
    for radical, ideograph in PAIRS:
        assert unified(radical) == ideograph
        assert fold(radical) == fold(ideograph)
    assert len([a for a, _ in PAIRS if "\u2f00" <= a <= "\u2fd5"]) == 214
