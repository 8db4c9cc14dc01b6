"""What single cells, sheets and floating controls of a workbook are read as."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from xlsxwriter import Workbook

from clusterform.errors import UnreadableError
from clusterform.parsers.container.package import open_package
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table
from clusterform.parsers.xlsx.read import read_xlsx
from support.book_files import package, rewritten_book, worksheet
from support.floating import with_controls, with_picture

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONTS = '<fonts><font><name val="宋体"/></font><font><name val="Wingdings 2"/></font></fonts>'
LOOKS = (
    '<xf numFmtId="0"/><xf numFmtId="2"/><xf numFmtId="10"/><xf numFmtId="200"/><xf numFmtId="49" quotePrefix="1"/>'
    '<xf numFmtId="0" fontId="1"/><xf numFmtId="57"/><xf numFmtId="201"/><xf numFmtId="202"/>'
)
FORMATS = (
    '<numFmt numFmtId="200" formatCode=";;;"/><numFmt numFmtId="201" formatCode="#,##0.00"/>'
    '<numFmt numFmtId="202" formatCode="0.00&quot;%&quot;"/>'
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>{FORMATS}</numFmts>{FONTS}<cellXfs>{LOOKS}</cellXfs></styleSheet>'
)


def strings(*items: str) -> str:
    return f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in items)}</sst>'


def read(
    rows: str, parts: Mapping[str, str] | None = None, properties: str = "", behind: str = ""
) -> RawDocument:
    data = package({"表": worksheet(rows, behind)}, {"xl/styles.xml": STYLES, **(parts or {})}, properties)
    return read_xlsx(open_package(data))


def cells(document: RawDocument) -> dict[str, Cell]:
    tables = [b for b in document.blocks if isinstance(b, Table)]
    return {c.location.ref or "": c for t in tables for row in t.rows for c in row}


def one(cell: str, **parts: str) -> Cell:
    """The one cell of a sheet."""
    found = cells(read(f'<row r="1">{cell}</row>', {f"xl/{name}.xml": text for name, text in parts.items()}))
    return found.get("A1", Cell("", 0, 0, 1, 1))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>12.5</v></c>', "12.5"),
        ('<c r="A1" s="1"><v>12.5</v></c>', "12.50"),
        ('<c r="A1" s="1"><v>12.345</v></c>', "12.35"),
        ('<c r="A1" s="2"><v>0.125</v></c>', "12.50%"),
        ('<c r="A1" s="3"><v>12</v></c>', ""),
        ('<c r="A1" s="4" t="inlineStr"><is><t>007</t></is></c>', "007"),
        ('<c r="A1" s="99"><v>12.5</v></c>', "12.5"),
        ('<c r="A1" s="x"><v>12.5</v></c>', "12.5"),
        ('<c r="A1" s="6"><v>45292</v></c>', "2024年1月"),
        ('<c r="A1" s="7"><v>1850</v></c>', "1,850.00"),
        ('<c r="A1" s="8"><v>12.5</v></c>', "12.50%"),
        ('<c r="A1" t="str"><f>A2</f><v>甲_x000D_\n乙</v></c>', "甲\n乙"),
        ('<c r="A1" t="str"><f>A2</f><v></v></c>', ""),
        ('<c r="A1" t="d"><v>2025-06-18T00:00:00</v></c>', "2025/6/18"),
        (
            '<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></is></c>',
            "甲乙",
        ),
        ('<c r="A1"><v>1E+3</v></c>', "1000"),
        ('<c r="A1"><v>abc</v></c>', "abc"),
        ("<c><v>7</v></c>", "7"),
    ],
)
def test_text_of_a_cell(cell: str, text: str) -> None:
    assert one(cell).text == text


def test_shared_strings() -> None:
    table = strings(
        "<t>甲</t>",
        "<r><t>一</t></r><r><rPr><b/></rPr><t xml:space='preserve'> 二</t></r><rPh sb='0' eb='1'><t>yi</t></rPh>",
    )
    found = cells(
        read(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>9</v></c></row>',
            {"xl/sharedStrings.xml": table},
        )
    )
    assert {ref: c.text for ref, c in found.items()} == {"A1": "甲", "B1": "一 二"}


@pytest.mark.parametrize(
    ("cell", "text", "ticked", "origin"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "☑", True, "TRUE/FALSE"),
        ('<c r="A1" t="b"><f>B1=1</f><v>0</v></c>', "□", False, "TRUE/FALSE"),
        ('<c r="A1" s="5" t="inlineStr"><is><t>R</t></is></c>', "☑", True, "font Wingdings 2"),
        ('<c r="A1" s="5" t="inlineStr"><is><t>£</t></is></c>', "□", False, "font Wingdings 2"),
    ],
)
def test_boxes_in_cells(cell: str, text: str, ticked: bool, origin: str) -> None:
    found = one(cell)
    assert (found.text, [(m.ticked, m.origin) for m in found.marks]) == (text, [(ticked, origin)])


def test_symbols_in_runs() -> None:
    run = '<r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><t>是 </t></r><r><rPr><rFont val="Wingdings 2"/></rPr><t>£</t></r><r><t>否</t></r>'
    found = one(f'<c r="A1" t="inlineStr"><is>{run}</is></c>')
    assert found.text == "☑是 □否"
    assert [m.ticked for m in found.marks] == [True, False]


def test_checkboxes_of_newer_excel() -> None:
    held = io.BytesIO()
    with Workbook(held) as book:
        sheet = book.add_worksheet("表")
        sheet.insert_checkbox("A1", True)
        sheet.insert_checkbox("A2", False)
    found = cells(read_xlsx(open_package(held.getvalue())))
    assert [(c.text, c.marks[0].origin) for c in found.values()] == [
        ("☑", "cell checkbox"),
        ("□", "cell checkbox"),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A1"><f>B1</f></c>', ""),
        ('<c r="A1"><f>B1</f><v></v></c>', ""),
        ('<c r="A1" t="str"><f>B1</f></c>', ""),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
    ],
)
def test_formulas_without_a_value(cell: str, shown: str) -> None:
    (mark,) = one(cell).marks
    assert (mark.origin, mark.shown) == ("formula", shown)


def test_pictures_of_wps_count_as_pictures() -> None:
    found = one('<c r="A1" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>')
    assert (found.text, found.images) == ("", 1)


def test_pictures_over_cells() -> None:
    data = with_picture(
        package({"表": worksheet('<row r="1"><c r="A1"><v>1</v></c></row>')}), row=0, column=0
    )
    assert cells(read_xlsx(open_package(data)))["A1"].images == 1


CONTROLS = (
    # text of the cell, boxes (state, caption, pixels to the right, pixels down), what is read
    ("", [("Checked", "是", 2, 1), ("", "否", 60, 1)], "☑是\n□否"),
    ("  是     否  ", [("", "", 2, 1), ("Checked", "", 60, 1)], "  □是     ☑否  "),
    ("是\n否", [("", "复选框 1", 2, 1), ("Checked", "Check Box 2", 2, 25)], "□是\n☑否"),
    ("□是  □否", [("", "", 2, 1), ("Checked", "", 60, 1)], "□是  ☑否"),
    ("是", [("Mixed", "", 2, 1)], "▨是"),
    ("是否属实", [("Checked", "", 2, 1), ("", "", 60, 1)], "▨▨是否属实"),
)


@pytest.mark.parametrize(("text", "boxes", "read_as"), CONTROLS)
def test_form_controls(text: str, boxes: list[tuple[str, str, int, int]], read_as: str) -> None:
    inline = f'<c r="B2" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else ""
    plain = package({"表": worksheet(f'<row r="2"><c r="A2"><v>1</v></c>{inline}</row>')})
    found = cells(read_xlsx(open_package(with_controls(plain, row=1, column=1, boxes=boxes))))
    assert found["B2"].text == read_as
    assert {m.origin for m in found["B2"].marks} == {"form control"}


def test_the_cell_that_a_control_is_linked_to_is_no_answer() -> None:
    rows = '<row r="2"><c r="B2" t="inlineStr"><is><t>是</t></is></c><c r="H2" t="b"><v>1</v></c></row>'
    plain = package({"表": worksheet(rows)})
    data = with_controls(plain, row=1, column=1, boxes=[("Checked", "", 2, 1)], link="$H$2")
    assert {ref: c.text for ref, c in cells(read_xlsx(open_package(data))).items()} == {"B2": "☑是"}


def test_merged_and_blank_cells() -> None:
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>9</v></c></row>'
        '<row r="2"><c r="A2"><v>8</v></c><c r="C2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>'
    )
    found = cells(
        read(rows, behind='<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C2:C3"/></mergeCells>')
    )
    spans = {ref: (c.text, c.row_span, c.column_span) for ref, c in found.items()}
    assert spans == {"A1": ("1", 2, 2), "C2": ("2", 2, 1), "B3": ("3", 1, 1)}


def test_sheets_come_in_the_workbooks_order_under_their_names() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    document = read_xlsx(
        open_package(package({"乙": worksheet(row), "甲 & 丙": worksheet(row), "空": worksheet("")}))
    )
    names = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert names == ["乙", "甲 & 丙"]


def test_a_workbook_without_sheets() -> None:
    with pytest.raises(UnreadableError):
        read_xlsx(open_package(package({})))


def observed(document: RawDocument) -> list[tuple[str, str | None]]:
    return [(o.what, o.location.ref or o.location.sheet) for o in document.observations]


def test_what_is_hidden_is_read_and_told_of() -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2" ht="0"><c r="A2"><v>3</v></c></row>'
        '<row r="3" hidden="1"><c r="A3" s="1"/></row><row r="4"><c r="C4"><v>4</v></c></row>'
    )
    data = package({"表": worksheet(rows, before='<cols><col min="3" max="4" width="0"/></cols>')})
    document = read_xlsx(open_package(data))
    assert observed(document) == [("hidden-text", "A1"), ("hidden-text", "A2"), ("hidden-text", "C4")]
    assert len([c for c in cells(document).values() if c.text]) == 4


def test_hidden_sheets_are_told_of_and_stand_apart() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    data = package({"表": worksheet(row), "旧表": worksheet(row), "空": worksheet("")})
    states = {"旧表": "veryHidden", "空": "hidden"}

    def veil(_: str, part: bytes) -> bytes:
        for name, state in states.items():
            part = part.replace(f'name="{name}"'.encode(), f'name="{name}" state="{state}"'.encode())
        return part

    veiled = rewritten_book(data, veil)
    document = read_xlsx(open_package(veiled))
    assert observed(document) == [("hidden-text", "旧表")]
    assert [b.text for b in document.blocks if isinstance(b, Paragraph)] == ["表"]
    assert [(h.before, len(h.blocks)) for h in document.hidden] == [(2, 2), (2, 0)]


def test_notes_links_and_programs() -> None:
    held = io.BytesIO()
    with Workbook(held) as book:
        sheet = book.add_worksheet("表")
        sheet.write("A1", 1)
        sheet.write_comment("A1", "请核对")
        sheet.write_comment("A2", "再核对")
        sheet.write_formula("B1", "=cmd|'/c calc'!A1", None, 0)
    document = read_xlsx(open_package(held.getvalue()))
    assert [o.what for o in document.observations] == ["active-content", "comment"]
    assert document.observations[1].facts == {"count": "2"}
