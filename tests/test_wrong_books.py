"""Workbooks on which the verdict was wrong: number formats, units in cells of their own, drawings that are no XML."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clusterform.answers import ticks_of
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_package
from clusterform.parsers.raw import Mark, RawDocument, Table
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number, text_shown
from clusterform.parsers.xlsx.read import read_xlsx
from clusterform.parsers.xlsx.vml import parse_vml
from clusterform.pipeline import read_form
from support.book import Habit, Put, pages
from support.book_files import by_openpyxl, package, rewritten_book, worksheet
from support.floating import with_controls
from support.forms import write
from support.metamorphic import CHECKER, plainly, rewritten, seen

WRONG = Path(__file__).parent / "data" / "wrong"
HEADINGS = frozenset(s.heading for s in load_form("2025", "application").sections if s.heading)
PATENTS = "412个（需提供清单及佐证材料）"
BARE = Habit(numbers="text", merged=False)


def own(data: bytes, form: str = "application") -> list[tuple[Any, ...]]:
    """What is found beside the clean form's own findings: rule, severity, field and column."""
    before = plainly(form).findings
    return [f[:4] for f in seen(data).findings if f not in before]


def book(
    value: str,
    code: str = "General",
    number: str = "",
    beside: str = "",
    habit: Habit = BARE,
) -> bytes:
    """The clean form with the first cell of that text as a number under a format, and with a text in the cell beside it."""
    made = pages("application", habit)
    page, put = next((page, put) for page in made for put in page.cells if put.value == value)
    if beside:
        page.cells.append(Put(put.row, put.column + 1, beside, table=True))
    opened = load_workbook(io.BytesIO(by_openpyxl(made)))
    cell = opened[page.name].cell(put.row + 1, put.column + 1)
    cell.value, cell.number_format = Decimal(number or value), code
    held = io.BytesIO()
    opened.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("percent-format", [("CF105", "info")]),
        ("format-general-localised", [("CF103", "warning")]),
        ("count-with-thousands-format", []),
        ("vml-with-open-br", []),
    ],
)
def test_no_error_on_a_right_workbook(name: str, told: list[tuple[str, str]]) -> None:
    found = CHECKER.check(WRONG / f"{name}.xlsx").findings
    assert [(f.rule, f.severity.value) for f in found if f.severity.value != "manual"] == told


@pytest.mark.parametrize(
    "name", ["G/通用格式", "常规", "g/通用格式", "Standard", "G/標準", "[$-804]G/通用格式", "@"]
)
def test_general_by_any_name(name: str) -> None:
    assert number_shown(Decimal("87.25"), name).text == "87.25"
    assert number_shown(Decimal(120), f"{name};@" if name != "@" else name).text == "120"


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("87.5", "0!.00", "0.88"),
        ("12345", '0!.0,"万"', "1.2万"),
        ("87.5", "0.00!亿!元", "87.50亿元"),
        ("1020", "#,##0!个", "1,020个"),
        ("7", "!#0", "#7"),
        ("7", "0!", "7"),
        ("87.5", 'G/通用格式"亿元"', "87.5亿元"),
        ("-87.5", "G/通用格式;-G/通用格式", "-87.5"),
    ],
)
def test_escapes_as_chinese_programs_write_them(number: str, code: str, text: str) -> None:
    assert number_shown(Decimal(number), code).text == text


@pytest.mark.parametrize(
    "code", ["[" * 100_000, '"' * 99_999, "0" * 50_000, "0." + "0" * 50_000, "!" * 60_000, ";" * 90_000]
)
def test_a_format_ends_where_excel_ends_it(code: str) -> None:
    assert len(number_shown(Decimal("1.5"), code).text) <= 300


def test_what_a_text_would_be_blown_up_to_is_counted_first() -> None:
    text = "甲" * 32_767
    assert text_shown(text, "@" * 255) == text
    assert text_shown("甲", "@@@") == "甲甲甲"


@pytest.mark.parametrize("source", ["1e400", "-1E+999999", "1e99999999999", "9" * 400, "nan", "inf"])
def test_no_number_of_a_workbook(source: str) -> None:
    assert stored_number(source) is None


# what a format writes is not typed


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        ("10240", "#,##0", ""),
        ("212", '0"家"', ""),
        ("212", '0"户"', ""),
        ("212", "#,##0!个", ""),
        ("212", "#,##0_);(#,##0)", ""),
        ("212", "G/通用格式", ""),
        ("212", '常规"家"', ""),
        ("18.60", '#,##0.00"平方公里"', "18.6"),
        ("61200.00", '#,##0.00"万元"', "61200"),
        ("61200.00", "_ * #,##0.00_ ;_ * -#,##0.00_ ", "61200"),
    ],
)
def test_what_a_format_writes_is_not_typed(value: str, code: str, number: str) -> None:
    assert own(book(value, code, number)) == []


@pytest.mark.parametrize(
    ("value", "code", "number", "beside"),
    [
        (PATENTS, "#,##0", "412", "个"),
        (PATENTS, '0"个"', "412", "（需提供清单及佐证材料）"),
        (PATENTS, "000,000", "412", "个（需提供清单及佐证材料）"),
        ("18.60", "#,##0.00", "18.6", "平方公里"),
        ("18.60", '0.00"平方公里"', "18.6", "平方公里"),
        ("18.60", "0.00", "18.6", "（平方公里）"),
    ],
)
def test_a_unit_in_the_next_cell(value: str, code: str, number: str, beside: str) -> None:
    assert own(book(value, code, number, beside)) == []


@pytest.mark.parametrize("code", ["#,##0", '0"个"', "#,##0!个", "G/通用格式", '"共"0'])
def test_a_count_beside_its_names(code: str) -> None:
    found = own(book("2", code, habit=Habit(beside=True, numbers="text")))
    assert [f[0] for f in found if f[1] == "error"] == (["CF105"] if "共" in code else [])


@pytest.mark.parametrize(
    ("value", "code", "number", "beside"),
    [
        ("18.60", '0.00"亩"', "18.6", ""),
        ("18.60", "0.00", "18.6", "亩"),
        ("212", '"约"0', "", ""),
        ("212", '0"万"', "", ""),
        ("87.50", '0.00"万元"', "87.5", ""),
        ("87.50", "0.00%", "0.875", ""),
    ],
)
def test_another_unit_and_words_are_flaws_still(value: str, code: str, number: str, beside: str) -> None:
    assert [f[:2] for f in own(book(value, code, number, beside)) if f[0] == "CF105"] == [("CF105", "error")]


def test_a_percent_format_is_told_and_right() -> None:
    for stored in ("0.3098", "0.30984"):
        assert [f[:2] for f in own(book("30.98", "0.00%", stored))] == [("CF105", "info")]
    assert {f[:2] for f in own(book("30.98", "0.00%", "30.98"))} >= {("CF107", "error")}
    assert own(book("30.98", '0.00"%"', "30.98")) == []


# drawings as Excel leaves them


LOOSE = {
    "an open br": ("line one", "line one<br>and two"),
    "a repeated attribute": ('type="#_x0000_t201"', 'type="#_x0000_t201" style="a" style="b"'),
    "an entity of HTML": ("line one", "line&nbsp;one &copy"),
    "no quotes": ("<div>", "<div align=left>"),
    "an end too many": ("</div>", "</font></div></p>"),
    "an open paragraph": ("<div>", "<div><p>"),
    "a prefix not declared": ("<div>", "<q:div></q:div><div>"),
    "a conditional": ("<v:textbox>", "<![if !mso]><v:textbox>"),
    "a lone ampersand": ("line one", "甲 & 乙 < 丙"),
    "cut off": ("</xml>", ""),
}


@pytest.mark.parametrize("slip", LOOSE)
def test_a_drawing_that_is_no_xml(slip: str) -> None:
    old, new = LOOSE[slip]
    sheet = worksheet('<row r="1"><c r="A1" t="inlineStr"><is><t>是 否</t></is></c></row>')
    boxes = [("Checked", "line one", 2, 2), ("", "line two", 60, 2)]
    made = with_controls(package({"表": sheet}), 0, 0, boxes)

    def spoil(name: str, part: bytes) -> bytes:
        return part.replace(old.encode(), new.encode()) if name.endswith(".vml") else part

    spoiled = read_xlsx(open_package(rewritten_book(made, spoil)))
    assert [m.ticked for m in marks(spoiled)] == [m.ticked for m in marks(read_xlsx(open_package(made)))]
    assert [m.ticked for m in marks(spoiled)] == [True, False]


def marks(document: RawDocument) -> list[Mark]:
    tables = [b for b in document.blocks if isinstance(b, Table)]
    return [m for t in tables for row in t.rows for c in row for m in c.marks]


def test_shapes_stay_beside_each_other_behind_an_open_tag() -> None:
    shape = (
        '<v:shape id="{}"><v:textbox><div><font>甲<br>乙</font></div></v:textbox><x:ClientData/></v:shape>'
    )
    root = parse_vml(f"<xml>{''.join(shape.format(n) for n in range(300))}</xml>".encode(), "x.vml")
    found = list(root.iter("{*}shape"))
    assert [s.get("id") for s in found] == [str(n) for n in range(300)]
    assert all(s.find("{*}ClientData") is not None for s in found)


# boxes with cells of their own that hold a word


@pytest.mark.parametrize("options", ["before", "after"])
@pytest.mark.parametrize("ticks", [("1", "0"), ("Y", "N"), ("yes", "no"), ("TRUE", "FALSE")])
def test_words_in_the_cells_of_boxes_are_read(ticks: tuple[str, str], options: Any) -> None:
    made = by_openpyxl(pages("application", Habit(options=options, ticks=ticks)))
    assert own(made) == []


@pytest.mark.parametrize("options", ["before", "after", "rows"])
@pytest.mark.parametrize("ticks", [("是", "否"), ("1", "0"), ("1", ""), ("有", "无")])
def test_words_that_cannot_be_told_are_asked_of_a_person(ticks: tuple[str, str], options: Any) -> None:
    found = own(by_openpyxl(pages("application", Habit(options=options, ticks=ticks))))
    assert [f for f in found if f[1] == "error"] == []


@pytest.mark.parametrize("options", ["before", "rows"])
def test_numbers_before_options_are_no_ticks(options: Any) -> None:
    """1 2 3 before options without boxes number them: nothing is ticked by it."""
    made = pages("application", Habit(options=options, ticks=("@", "@")))
    for page in made:
        rows: dict[int, int] = {}
        for put in page.cells:
            if put.value == "@":
                rows[put.row] = rows.get(put.row, 0) + 1
                put.value = str(rows[put.row])
    form = read_form(open_package(by_openpyxl(made)), CHECKER.settings)
    ticks = [a for a in map(ticks_of, form.answers.values()) if a is not None and len(a.boxes) > 2]
    assert ticks
    assert not any(t.ticked for t in ticks)


@pytest.mark.parametrize("at", [1, 2, 3, 5, 6])
@pytest.mark.parametrize("sheets", ["one", "parts"])
def test_a_part_heading_broken_by_a_line_end(at: int, sheets: Any) -> None:
    made = pages("application", Habit(sheets=sheets))
    for put in (put for page in made for put in page.cells):
        if isinstance(put.value, str) and put.value in HEADINGS:
            put.value = f"{put.value[:at]}\n{put.value[at:]}"
    assert own(by_openpyxl(made)) == []


def broken(form: str, heading: str, at: int, habit: Habit) -> bytes:
    """A heading of part eight that a line end breaks in its cell."""
    made = pages(form, habit)
    for put in (put for page in made for put in page.cells):
        if isinstance(put.value, str) and put.value.startswith(heading):
            put.value = f"{put.value[:at]}\n{put.value[at:]}"
    return by_openpyxl(made)


@pytest.mark.parametrize("habit", [Habit(), Habit(beside=True), Habit(sheets="one")])
@pytest.mark.parametrize(
    ("form", "heading"),
    [
        ("application", "一、集群基本情况简介"),
        ("application", "（一）总体思路"),
        ("application", "（1）2025 年度"),
        ("review", "三、存在的问题"),
        ("review", "（四）保障措施"),
    ],
)
@pytest.mark.parametrize("at", [3, 5])
def test_a_heading_of_part_eight_broken_by_a_line_end(form: str, heading: str, at: int, habit: Habit) -> None:
    assert own(broken(form, heading, at, habit), form) == []


@pytest.mark.parametrize("end", ["</w:t><w:br/><w:t>", "</w:t></w:r></w:p><w:p><w:r><w:t>"])
@pytest.mark.parametrize("heading", ["二、发展成效", "（三）重点任务"])
def test_a_heading_of_part_eight_in_two_lines_of_a_page(heading: str, end: str) -> None:
    whole = write("application")
    made = rewritten(whole, lambda xml: xml.replace(f">{heading}", f">{heading[:4]}{end}{heading[4:]}"))
    assert made != whole
    assert own(made) == []


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("parts", ["一二", "二三", "五六", "六七", "三四五"])
def test_parts_side_by_side_on_a_sheet_are_one_finding(parts: str, gap: int) -> None:
    made = pages("application", Habit(numbers="text"))
    first, *others = [next(p for p in made if p.name.startswith(f"{part}、")) for part in parts]
    for other in others:
        edge = max(put.column + put.columns for put in first.cells) + gap
        for put in other.cells:
            put.column += edge
        first.cells += other.cells
        made.remove(other)
    assert [f[:2] for f in own(by_openpyxl(made))] == [("CF010", "error")]


@pytest.mark.parametrize(
    ("form", "label", "at"),
    [
        ("application", "集群总产值（亿元）", 5),
        ("application", "集群主导产业产值增速（%）", 8),
        ("application", "集群中小企业研发经费总额（亿元）", 6),
        ("application", "属于高耗能行业的集群，能效水平是否达到行业基准值", 11),
        ("review", "集群总产值（亿元）", 3),
    ],
)
def test_a_label_that_goes_on_in_the_row_below(form: str, label: str, at: int) -> None:
    made = pages(form, BARE)
    page, put = next((page, p) for page in made for p in page.cells if p.value == label)
    for other in page.cells:
        other.row += other.row > put.row
    page.cells.append(Put(put.row + 1, put.column, label[at:], table=True))
    put.value = label[:at]
    assert own(by_openpyxl(made), form) == []
