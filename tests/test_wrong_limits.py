"""How much a form may hold, and what it costs: cells as long as Excel's own, boxes and brackets by the thousand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from clusterform.engine import run_rules
from clusterform.errors import UnreadableError
from clusterform.parsers.container.package import open_package
from clusterform.parsers.raw import Table
from clusterform.parsers.xlsx.read import read_xlsx
from clusterform.pipeline import read_form
from support.answers import EXAMPLES
from support.book_files import package, worksheet
from support.metamorphic import CHECKER

WRONG = Path(__file__).parent / "data" / "wrong"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRING = "<si>{}</si>"
LONG = "长" * 32_768
SPELT = {
    "inline": (f'<c r="B1" t="inlineStr"><is><t>{LONG}</t></is></c>', ""),
    "shared": ('<c r="B1" t="s"><v>0</v></c>', STRING.format(f"<t>{LONG}</t>")),
    "rich": (
        '<c r="B1" t="s"><v>0</v></c>',
        STRING.format(f"<r><t>{LONG[:9]}</t></r><r><t>{LONG[9:]}</t></r>"),
    ),
    "formula": (f'<c r="B1" t="str"><f>A1</f><v>{LONG}</v></c>', ""),
    "no number": (f'<c r="B1"><v>{LONG}</v></c>', ""),
}


def one_cell(cell: str, string: str) -> bytes:
    sheet = worksheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>名称</t></is></c>{cell}</row>')
    return package({"表": sheet}, {"xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{string}</sst>'})


@pytest.mark.parametrize("way", SPELT)
def test_a_cell_holds_no_more_than_excel_lets_it(way: str) -> None:
    with pytest.raises(UnreadableError) as told:
        read_xlsx(open_package(one_cell(*SPELT[way])))
    assert (told.value.what, "B1" in told.value.zh, "32768" in told.value.zh) == ("over-limits", True, True)
    full = (part.replace(LONG[9:], LONG[10:]) for part in SPELT[way])  # one character less
    table = read_xlsx(open_package(one_cell(*full))).blocks[1]
    assert isinstance(table, Table)
    assert len(table.rows[0][1].text) == 32_767


def test_a_cell_is_counted_by_what_it_shows() -> None:
    escaped = f'<c r="B1" t="inlineStr"><is><t>{"_x0041_" * 5000}</t></is></c>'
    table = read_xlsx(open_package(one_cell(escaped, ""))).blocks[1]
    assert isinstance(table, Table)
    assert table.rows[0][1].text == "A" * 5000


def calls(path: Path) -> int:
    """How many functions a check calls, without those of the interpreter."""
    counted = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal counted
        counted += event == "call"

    package = open_package(path)
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run_rules(read_form(package, CHECKER.settings), CHECKER.rules_of().rules, CHECKER.rules_of().terms)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("name", ["brackets-after-label.docx", "boxes-2000.docx", "format-of-brackets.xlsx"])
def test_what_was_endless_takes_no_more_than_a_few_usual_forms(name: str) -> None:
    usual = EXAMPLES / ("workbook-clean.xlsx" if name.endswith("xlsx") else "application-clean.docx")
    calls(usual)  # what is kept from one form to the next
    assert calls(WRONG / name) < 3 * calls(usual)
