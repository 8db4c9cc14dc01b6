"""Cells written into a sheet's part: in place, between others, in rows that are not there; the rest byte for byte."""

from __future__ import annotations

import pytest
from lxml import etree

from clusterform.parsers.container.xml_part import parse_part
from clusterform.writing.fill_book.sheet_cells import CellPosition, SheetCells
from clusterform.writing.spliced_part import SplicedPart

NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{NS}"><sheetData>'
S3, S7 = ' s="3"', ' s="7"'
TAIL = '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'


def with_cells(data: bytes, texts: dict[CellPosition, str]) -> bytes:
    """The part with these cells, in the style of those above them."""
    sheet = SheetCells(SplicedPart(data, "sheet1.xml", parse_part(data, "sheet1.xml")))
    for place, text in texts.items():
        sheet.set_style(place, sheet.style_above(place))
        if text.replace(".", "").isdecimal():
            sheet.set_figure(place, text)
        else:
            sheet.set_text(place, text)
    sheet.write()
    return sheet.part.result()


def written(rows: str, **cells: str) -> str:
    """The rows with cells such as B2 written."""
    places = {(int(name[1:]) - 1, ord(name[0]) - 65): text for name, text in cells.items()}
    made = with_cells((HEAD + rows + TAIL).encode(), places).decode()
    etree.fromstring(made.encode())
    assert made.startswith(HEAD)
    assert made.endswith(TAIL)
    return made[len(HEAD) : -len(TAIL)]


def inline(place: str, text: str, style: str = "") -> str:
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


@pytest.mark.parametrize(
    ("rows", "place", "wanted"),
    [
        ('<row r="1"><c r="A1" s="3"/></row>', "A1", f'<row r="1">{inline("A1", "乙", S3)}</row>'),
        (
            '<row r="1"><c r="A1" s="3" t="s" a=">"><v>0</v></c><c r="C1"/></row>',
            "B1",
            f'<row r="1"><c r="A1" s="3" t="s" a=">"><v>0</v></c>{inline("B1", "乙")}<c r="C1"/></row>',
        ),
        ('<row r="1" ht="20"/>', "B1", f'<row r="1" ht="20">{inline("B1", "乙")}</row>'),
        (
            '<row r="1"><c r="B1" s="7"/></row><row r="5"/>',
            "B3",
            f'<row r="1"><c r="B1" s="7"/></row><row r="3">{inline("B3", "乙", S7)}</row><row r="5"/>',
        ),
        ("", "A2", f'<row r="2">{inline("A2", "乙")}</row>'),
        ("<row><c/><c><v>1</v></c></row>", "B1", f"<row><c/>{inline('B1', '乙')}</row>"),
    ],
)
def test_a_text_is_put_in_its_place(rows: str, place: str, wanted: str) -> None:
    assert written(rows, **{place: "乙"}) == wanted


def test_a_figure_keeps_its_digits_and_a_formula_gives_way() -> None:
    rows = '<row r="1"><c r="A1" s="2"><f>B1*2</f><v>4</v></c></row>'
    assert written(rows, A1="12.50") == ('<row r="1"><c r="A1" s="2"><v>12.50</v></c></row>')


def test_what_is_no_xml_and_what_looks_like_a_code_stay_text() -> None:
    made = written('<row r="1"/>', A1="a<b&c\x07_x000D_")
    assert inline("A1", "a&lt;b&amp;c_x005F_x000D_") in made


def test_a_part_with_a_prefix_and_one_in_utf_16() -> None:
    part = f'<x:worksheet xmlns:x="{NS}"><x:sheetData/></x:worksheet>'
    made = with_cells(part.encode(), {(0, 0): "甲"}).decode()
    assert '<x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr"><x:is>' in made
    wide = f'<?xml version="1.0" encoding="UTF-16"?><worksheet xmlns="{NS}"><sheetData/></worksheet>'
    assert etree.fromstring(with_cells(wide.encode("utf-16"), {(0, 0): "甲"})) is not None


def test_a_new_cell_stands_before_one_that_gets_another_style() -> None:
    rows = '<cols><col min="1" max="9" style="4"/></cols><sheetData><row r="1"><c r="B1" s="2"><v>1</v></c></row>'
    data = (HEAD.replace("<sheetData>", "") + rows + TAIL).encode()
    sheet = SheetCells(SplicedPart(data, "sheet1.xml", parse_part(data, "sheet1.xml")))
    assert [sheet.style((0, 0)), sheet.style((0, 1))] == [4, 2]
    for column in (0, 1):
        sheet.set_style((0, column), 7)
    sheet.write()
    assert b'<row r="1"><c r="A1" s="7"/><c r="B1" s="7"><v>1</v></c></row>' in sheet.part.result()


def test_what_only_looks_like_a_tag_is_none() -> None:
    """Comments, instructions and CDATA may hold any signs."""
    odd = "<!-- <c></row> --><?x <c> </c>?>"
    rows = f'{odd}<row r="1">{odd}<c r="A1"><v><![CDATA[</v><c>]]></v>{odd}</c>{odd}</row>{odd}<row r="2"/>'
    made = written(rows, A1="甲", B2="乙")
    assert made == (
        f'{odd}<row r="1">{odd}{inline("A1", "甲")}{odd}</row>{odd}<row r="2">{inline("B2", "乙")}</row>'
    )
