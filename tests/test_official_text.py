"""The declaration, 填报说明 and rows that stand twice: in Word and in workbooks, as people change them."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from clusterform.finding import Finding
from clusterform.forms.model import load_form
from support.answers import clean
from support.blanks import blank_form
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.books import fill_by_name, opened, saved
from support.forms import write
from support.reading import checked

FORMS = ("application", "review")
Change = Callable[[Any], None]


def found(data: bytes, folder: Path, ending: str = "docx") -> list[Finding]:
    path = folder / f"form.{ending}"
    path.write_bytes(data)
    return [f for f in checked(path).findings if f.rule == "CF011"]


def weights(findings: list[Finding]) -> list[tuple[str | None, str]]:
    return [(f.label, str(f.severity)) for f in findings]


def in_word(form: str, change: Change) -> bytes:
    document = docx.Document(io.BytesIO(write(form)))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def in_book(form: str, change: Change) -> bytes:
    workbook = opened(fill_by_name(form, clean(form)))
    change(workbook)
    return saved(workbook)


def paragraphs(document: Any) -> Any:
    """Those of the text, and each of the tables once: python-docx names a merged cell for every column."""
    yield from document.paragraphs
    for table in document.tables:
        cells = {cell._tc: cell for row in table.rows for cell in row.cells}
        for cell in cells.values():
            yield from cell.paragraphs


def retyped(old: str, new: str) -> Change:
    """The words replaced wherever they stand."""

    def change(document: Any) -> None:
        for paragraph in paragraphs(document):
            if old in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)

    return change


def cells(workbook: Any) -> Any:
    return (
        cell for sheet in workbook for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    )


def retyped_cells(old: str, new: str) -> Change:
    def change(workbook: Any) -> None:
        for cell in cells(workbook):
            if old in cell.value:
                cell.value = cell.value.replace(old, new)

    return change


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", ["notice", "split", "stacked", "one_table"])
def test_clean_forms_are_as_issued(form: str, layout: Any, tmp_path: Path) -> None:
    assert found(write(form, None, layout), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sheets", ["one", "parts", "named"])
def test_clean_workbooks_are_as_issued(form: str, sheets: Any, tmp_path: Path) -> None:
    assert found(by_openpyxl(laid_out(form, Habit(sheets=sheets), clean(form))), tmp_path, "xlsx") == []


@pytest.mark.parametrize("form", FORMS)
def test_the_projects_own_blanks_are_as_issued(form: str, tmp_path: Path) -> None:
    assert found(blank_form(form), tmp_path) == []
    assert found(in_book(form, lambda _: None), tmp_path, "xlsx") == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("真实、合法", "基本真实"),
        ("本单位愿意负", "本单位愿意酌情负"),
        ("（包括附件资料）", ""),
        ("如有不实之处", "如有不实之出"),
        ("本单位承诺", "我们承诺"),
    ],
)
def test_any_other_word_is_another_promise(form: str, old: str, new: str, tmp_path: Path) -> None:
    assert weights(found(in_word(form, retyped(old, new)), tmp_path)) == [("真实性声明", "error")]
    assert weights(found(in_book(form, retyped_cells(old, new)), tmp_path, "xlsx")) == [
        ("真实性声明", "error")
    ]


@pytest.mark.parametrize("form", FORMS)
def test_a_promise_taken_out(form: str, tmp_path: Path) -> None:
    text = next(
        r.guidance[0] for s in load_form("2025", form).sections for r in s.rows if r.key == "statement"
    )
    assert weights(found(in_word(form, retyped(text, "")), tmp_path)) == [("真实性声明", "error")]
    assert weights(found(in_book(form, retyped_cells(text, "")), tmp_path, "xlsx")) == [
        ("真实性声明", "warning")
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("、", "、 "),
        ("（包括附件资料）", "(包括附件资料)"),
        ("，", ","),
        ("愿意负", "愿意\n负"),
        ("真实", "真 实"),
    ],
)
def test_spaces_and_punctuation_are_no_other_words(old: str, new: str, tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for paragraph in paragraphs(document):
            if "本单位承诺" in paragraph.text:
                paragraph.text = paragraph.text.replace(old, new)

    assert found(in_word("application", change), tmp_path) == []


def test_a_promise_struck_through_is_gone(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for paragraph in paragraphs(document):
            if "本单位承诺" in paragraph.text:
                for run in paragraph.runs:
                    run.font.strike = True

    assert weights(found(in_word("application", change), tmp_path)) == [("真实性声明", "error")]


def without_guidance(document: Any) -> None:
    items = [*load_form("2025", "application").guidance.items, "填报说明"]
    for paragraph in document.paragraphs:
        if any(item in paragraph.text for item in items):
            paragraph._element.getparent().remove(paragraph._element)


def test_the_page_of_notes_removed_is_said_once(tmp_path: Path) -> None:
    assert weights(found(in_word("application", without_guidance), tmp_path)) == [("填报说明", "warning")]


def test_items_of_the_notes(tmp_path: Path) -> None:
    data = in_word("application", retyped("不得改变表格样式", "尽量不改变表格样式"))
    (finding,) = found(data, tmp_path)
    assert (str(finding.severity), finding.label) == ("warning", "填报说明")
    assert "第 11 条" in finding.message


def test_numbers_of_items_do_not_matter(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        for paragraph in document.paragraphs:
            head, dot, rest = paragraph.text.partition(".")
            if dot and head.strip().isdecimal():
                paragraph.text = rest.replace("，", "，\n")

    assert found(in_word("application", change), tmp_path) == []


def test_a_workbook_without_the_notes_is_a_workbook(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        del workbook["填报说明"]

    assert found(in_book("application", change), tmp_path, "xlsx") == []


def test_an_item_altered_in_a_workbook(tmp_path: Path) -> None:
    data = in_book("review", retyped_cells("保留小数点后 2 位", "保留小数点后 1 位"))
    assert weights(found(data, tmp_path, "xlsx")) == [("填报说明", "warning")]


def row_twice(label: str, values: list[str]) -> Change:
    """The row with this label once more, right below, with other answers."""

    def change(document: Any) -> None:
        for table in document.tables:
            for row in table.rows:
                if row.cells[0].text.strip().startswith(label):
                    again = copy.deepcopy(row._tr)
                    row._tr.addnext(again)
                    fresh = next(r for r in table.rows if r._tr is again)
                    for cell, value in zip(fresh.cells[-len(values) :], values, strict=True):
                        cell.paragraphs[0].text = value
                    return

    return change


@pytest.mark.parametrize(
    ("form", "label", "values", "severity"),
    [
        ("review", "集群总产值（亿元）", ["1.00", "2.00", "3.00"], "error"),
        ("application", "集群占地面积", ["99.00"], "error"),
        ("application", "集群上云中小企业数量", ["96", "118", "143"], "warning"),
        ("application", "集群质量品牌建设情况", ["另一段情况。"], "error"),
    ],
)
def test_a_row_that_stands_twice(
    form: str, label: str, values: list[str], severity: str, tmp_path: Path
) -> None:
    (finding,) = found(in_word(form, row_twice(label, values)), tmp_path)
    assert str(finding.severity) == severity
    assert (finding.label or "").startswith(label)


def test_a_row_twice_in_a_workbook(tmp_path: Path) -> None:
    def change(workbook: Any) -> None:
        for cell in cells(workbook):
            if cell.value.startswith("集群总产值（亿元）"):
                row = [c.value for c in cell.parent[cell.row]]
                below = cell.row + 1
                for merged in list(cell.parent.merged_cells.ranges):
                    cell.parent.unmerge_cells(str(merged))
                cell.parent.insert_rows(below)
                for column, value in enumerate(row, 1):
                    cell.parent.cell(below, column, value if isinstance(value, str | None) else value + 1)
                return

    workbook = opened(by_openpyxl(laid_out("application", Habit(), clean("application"))))
    change(workbook)
    (finding,) = found(saved(workbook), tmp_path, "xlsx")
    assert (str(finding.severity), finding.label) == ("error", "集群总产值（亿元）")


def test_a_table_copied_whole_is_said_once(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        table = next(t for t in document.tables if "集群总产值（亿元）" in t._element.xpath("string()"))
        table._element.addnext(copy.deepcopy(table._element))

    (finding,) = found(in_word("application", change), tmp_path)
    assert str(finding.severity) == "warning"


def test_a_label_on_each_row_of_its_years_is_one_row(tmp_path: Path) -> None:
    assert found(write("application", None, "stacked"), tmp_path) == []


def below_the_promise(text: str) -> Change:
    """A line of its own below the text of the declaration."""

    def change(document: Any) -> None:
        promise = next(p for p in paragraphs(document) if "由此产生的一切后果" in p.text)
        more = copy.deepcopy(promise._element)
        promise._element.addnext(more)
        docx.text.paragraph.Paragraph(more, None).runs[0].text = text

    return change


@pytest.mark.parametrize(
    ("behind", "told"),
    [
        ("2025年6月18日", []),
        ("县级行政区划中小企业主管部门负责人（签字）：张三", []),
        ("", []),
        ("仅此一", []),
        ("仅此一次", [("真实性声明", "warning")]),
    ],
)
def test_words_behind_the_promise_are_told_but_no_date_or_label(
    behind: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    data = in_word("application", retyped("由此产生的一切后果。", f"由此产生的一切后果。{behind}"))
    assert weights(found(data, tmp_path)) == told


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("application", "因统计口径差异造成的误差，本单位不承担责任。", [("真实性声明", "warning")]),
        ("review", "因统计口径差异造成的误差，本单位不承担责任。", [("真实性声明", "warning")]),
        ("application", "口径差异所致者，除外。", []),
        ("application", "因口径差异所致者，除外。", [("真实性声明", "warning")]),
        ("application", "集群运营管理机构负责人（签字）：余建军", []),
    ],
)
def test_a_sentence_below_the_promise_is_told_but_no_place_to_sign(
    form: str, text: str, told: list[tuple[str, str]], tmp_path: Path
) -> None:
    assert weights(found(in_word(form, below_the_promise(text)), tmp_path)) == told
