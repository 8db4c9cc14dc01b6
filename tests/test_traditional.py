"""Forms whose labels, headings and options are in traditional characters: read as they stand, and said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.data_files import rules_file
from clusterform.finding import Finding, Severity
from clusterform.text import fold, simplified
from support.answers import clean
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.forms import write
from support.reading import checked
from test_radicals import respelled

PAIRS = [
    line.split()
    for line in rules_file("traditional.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SPELT = [
    {ord(new): old for old, new in PAIRS},
    {ord(new): old for old, new in reversed(PAIRS)},
]


def told(data: bytes, path: Path) -> list[Finding]:
    path.write_bytes(data)
    return list(checked(path).findings)


def keys(findings: list[Finding]) -> list[tuple[str, str | None, str | None, Severity]]:
    return [(f.rule, f.field, f.column, f.severity) for f in findings]


@pytest.mark.parametrize("spelt", SPELT)
@pytest.mark.parametrize("form", ["application", "review"])
def test_a_form_in_traditional_characters_is_one_warning(
    form: str, spelt: dict[int, str], tmp_path: Path
) -> None:
    word = write(form)
    before = told(word, tmp_path / "a.docx")
    after = told(respelled(word, spelt), tmp_path / "b.docx")
    own = [f for f in after if f.rule == "CF011"]
    assert [f.severity for f in own] == [Severity.WARNING]
    assert "集群名称" in own[0].covers
    assert keys([f for f in after if f.rule != "CF011"]) == keys(before)


def test_a_workbook_in_traditional_characters_is_one_warning(tmp_path: Path) -> None:
    book = by_openpyxl(laid_out("application", Habit(), clean("application")))
    before = told(book, tmp_path / "a.xlsx")
    after = told(respelled(book, SPELT[0]), tmp_path / "b.xlsx")
    assert [f.severity for f in after if f.rule == "CF011"] == [Severity.WARNING]
    assert keys([f for f in after if f.rule != "CF011"]) == keys(before)


def test_names_in_traditional_characters_are_no_fault(tmp_path: Path) -> None:
    name = "開化縣產業發展集團有限公司"
    change = {"set": {"cover.operator": name, "basic_info.operator": name}}
    before = told(write("application"), tmp_path / "a.docx")
    assert keys(told(write("application", changes=change), tmp_path / "b.docx")) == keys(before)


def test_every_pair_folds_to_one_text_of_the_same_length() -> None:
    for old, new in PAIRS:
        assert fold(old) == fold(new)
        assert simplified(f"产{old}1") == f"产{new}1"
    assert {old for old, _ in PAIRS}.isdisjoint(new for _, new in PAIRS)
