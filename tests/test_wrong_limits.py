"""How much a form may hold, and what it costs: cells as long as Excel's own, boxes and brackets by the thousand."""

from __future__ import annotations

import pytest

from clusterform.errors import UnreadableError
from clusterform.parsers.package import open_package
from clusterform.parsers.raw import Table
from clusterform.parsers.xlsx import read_xlsx
from support.book_files import package, worksheet

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
