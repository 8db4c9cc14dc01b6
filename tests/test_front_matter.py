"""A letter, a sheet of approvals or an index before the form: no part of it, in Word and in workbooks."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from clusterform.answers import FilledForm
from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.front_matter import front_matter, index_rows, is_index, may_list
from clusterform.finding import FileReport, Severity
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from support.answers import clean
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.books import fill_by_name, opened, saved
from support.forms import write
from support.reading import checked
from support.typed import typed

FORMS = ("application", "review")
LETTER = (
    "某某县经济和信息化局文件",
    "关于报送中小企业特色产业集群申报材料的函",
    "省经济和信息化厅：",
    "一、基本情况",
    "我县集群总产值稳定增长，详见附件。",
    "二、主导产业情况",
    "集群名称：别处某某产业集群",
    "所属地区：别省别市别县",
    "申报时间：2020年1月1日",
    "联系人及联系电话：王五 0579-87654321",
    "附件：1. 中小企业特色产业集群申报表",
    "2. 中小企业特色产业集群复核申报表",
    "2025年6月20日",
)
PARTS = (
    "目 录",
    "一、基本情况",
    "二、主导产业情况",
    "三、创新能力情况",
    "四、数字化升级情况",
    "五、绿色化转型情况",
    "九、真实性声明及推荐意见",
)
NUMBERED = tuple(f"{part}……………… {page}" for page, part in enumerate(PARTS[1:], 1))
APPROVAL = (
    ("集群名称", "别处某某产业集群"),
    ("所属地区", "别省别市别县"),
    ("集群运营管理机构", "另一家机构"),
    ("联系人", "赵六"),
    ("联系方式", "13800000000"),
    ("分管领导意见", "同意报送"),
)


def with_front(data: bytes, lines: Sequence[str] = (), rows: Sequence[tuple[str, str]] = ()) -> bytes:
    """The Word file with lines and a table before everything else."""
    document = docx.Document(io.BytesIO(data))
    first = document.element.body[0]
    for line in lines:
        paragraph = document.add_paragraph(line)
        first.addprevious(paragraph._element)
    if rows:
        table = document.add_table(len(rows), 2)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(number, column).text = text
        first.addprevious(table._element)
        first.addprevious(document.add_paragraph("")._element)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def read(data: bytes, folder: Path, ending: str = "docx") -> tuple[FilledForm, FileReport]:
    path = folder / f"form.{ending}"
    path.write_bytes(data)
    return read_form(open_form(path), Settings()), checked(path)


def answers(form: FilledForm) -> dict[Any, tuple[str, Any, Any]]:
    values = {}
    for place, a in form.answers.items():
        ticked = getattr(a.value, "ticked", a.value)
        values[place] = (a.text, a.state, ticked)
    return values


def same(data: bytes, changed: bytes, folder: Path, ending: str = "docx") -> None:
    plain, told = read(data, folder, ending)
    form, report = read(changed, folder, ending)
    assert form.form == plain.form
    assert answers(form) == answers(plain)
    weigh = (Severity.ERROR, Severity.WARNING)
    assert [(f.rule, f.label) for f in report.findings if f.severity in weigh] == [
        (f.rule, f.label) for f in told.findings if f.severity in weigh
    ]
    assert form.evidence is None or plain.evidence is not None
    assert len(form.evidence or ()) == len(plain.evidence or ())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", ["notice", "split", "one_table"])
@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (LETTER, ()),
        (PARTS, ()),
        (NUMBERED, ()),
        ((), APPROVAL),
        ((*LETTER, *PARTS), APPROVAL),
        (LETTER[:3], APPROVAL),
    ],
    ids=["letter", "index", "numbered index", "approvals", "all", "letter and approvals"],
)
def test_what_stands_before_the_form_is_none_of_it(
    form: str, layout: Any, lines: Any, rows: Any, tmp_path: Path
) -> None:
    data = write(form, None, layout)
    same(data, with_front(data, lines, rows), tmp_path)


def test_an_index_behind_the_cover(tmp_path: Path) -> None:
    data = write("application")
    document = docx.Document(io.BytesIO(data))
    notes = next(p for p in document.paragraphs if p.text.strip() == "填报说明")
    for line in PARTS:
        notes._element.addprevious(document.add_paragraph(line)._element)
    held = io.BytesIO()
    document.save(held)
    same(data, held.getvalue(), tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_whose_title_is_gone_is_read_all_the_same(form: str, tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(write(form)))
    title = next(p for p in document.paragraphs if p.text.strip().endswith("申报表"))
    title.text = title.text.strip()[:7]
    held = io.BytesIO()
    document.save(held)
    same(write(form), held.getvalue(), tmp_path)


def test_a_title_broken_over_lines(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(write("review")))
    title = next(p for p in document.paragraphs if p.text.strip() == "中小企业特色产业集群复核申报表")
    title.text = "中小企业特色产业集群\n复核申报表"
    held = io.BytesIO()
    document.save(held)
    same(write("review"), with_front(held.getvalue(), LETTER), tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_a_letter_on_a_sheet_of_its_own(form: str, tmp_path: Path) -> None:
    for data in (
        fill_by_name(form, clean(form)),
        by_openpyxl(laid_out(form, Habit(sheets="parts"), clean(form))),
    ):
        workbook = opened(data)
        sheet = workbook.create_sheet("报送函", 0)
        for row, line in enumerate(LETTER, 1):
            sheet.cell(row, 1, line)
        for row, pair in enumerate(APPROVAL, len(LETTER) + 3):
            for column, text in enumerate(pair, 1):
                sheet.cell(row, column, text)
        same(data, saved(workbook), tmp_path, "xlsx")


def test_a_list_of_evidence_before_the_form_is_the_list(tmp_path: Path) -> None:
    data = write("application", None, changes={"evidence": {"none": True}})
    rows = (
        ("对应栏目", "材料名称"),
        ("绘制产业链图谱，开展产业链培育", "产业链图谱"),
        ("开展人力资源共享", "协议"),
    )
    form, _ = read(with_front(data, ("佐证材料清单",), rows), tmp_path)
    assert [line.title for line in form.evidence or ()] == ["产业链图谱", "协议"]


def test_a_cover_out_of_place_loses_no_part(tmp_path: Path) -> None:
    """Parts that stand before the cover are parts all the same."""
    document = docx.Document(io.BytesIO(write("application")))
    table = next(t for t in document.tables if "集群总产值（亿元）" in t._element.xpath("string()"))
    heading = next(p for p in document.paragraphs if p.text.strip() == "二、主导产业情况")
    first = document.element.body[0]
    first.addprevious(heading._element)
    first.addprevious(table._element)
    held = io.BytesIO()
    document.save(held)
    form, _ = read(held.getvalue(), tmp_path)
    assert form.answer("leading_industry.total_output", "2023").text == "77.20"


FORM = load_form("2025", "application")
TITLE = FORM.title
COVER = ("集群名称：甲", "所属地区：乙")
HEADINGS = [section.heading for section in FORM.sections if section.heading]
LABELS = [
    row.label
    for section in FORM.sections
    if section.key in ("leading_industry", "innovation")
    for row in section.rows
]


def before(*blocks: str | list[str], sheet: str | None = None) -> list[int]:
    """The blocks that are none of the form, by their numbers."""
    document = typed(*blocks, sheet=sheet)
    return sorted(front_matter(document.blocks, DocumentTexts(document.blocks), FORM))


@pytest.mark.parametrize(
    ("blocks", "numbers"),
    [
        ((TITLE, *COVER), []),
        (("函", TITLE, *COVER), [0]),
        (("函", f"附件：{TITLE}", *COVER), [0]),
        (("函", f"{TITLE}一份", *COVER), []),  # no title: the line goes on
        (("函", TITLE, COVER[0]), []),  # of the cover one label is too few
        (("函", TITLE, COVER[0], COVER[0]), []),
        (
            ("函", TITLE, COVER[0], "推荐单位（公章）：甲", "集群占地面积（平方公里）：1"),
            [],
        ),  # labels of other parts
        (("函", TITLE, "\n".join(COVER)), [0]),
        (("函", TITLE, "函中名称：甲", "函中地区：乙"), []),
        (("函", TITLE, TITLE, *COVER), [0, 1]),  # a letter names it first
        (("函", TITLE, *COVER, "函", TITLE, *COVER), [0, 1, 2, 3, 4]),
        (("函", TITLE, *COVER, "函", TITLE), [0]),
        (("函", f"{'附' * 47}{TITLE}", *COVER), [0]),  # a line of 60 letters
        (("函", f"{'附' * 48}{TITLE}", *COVER), []),
        (("函", f"{TITLE}\n填报日期", *COVER), [0]),  # the title ends its own line
        (("函", f"中小企业\n{TITLE[4:]}", *COVER), [0]),
        (("函", TITLE[:6], TITLE[6:9], "", TITLE[9:], *COVER), [0]),
        (("函", TITLE[:3], TITLE[3:6], TITLE[6:9], TITLE[9:], *COVER), [0]),
        (("函", TITLE[:3], TITLE[3:6], TITLE[6:8], TITLE[8:9], TITLE[9:], *COVER), []),  # over five lines
        (("函", TITLE[:2], TITLE[2:4], TITLE[4:6], TITLE[6:8], TITLE[8:9], TITLE[9:], *COVER), []),
        (("函", TITLE, *["话"] * 57, *COVER), [0]),  # the second label is the 60th text
        (("函", TITLE, *["话"] * 58, *COVER), []),
        ((*LABELS[:7], TITLE, *COVER), [0, 1, 2, 3, 4, 5, 6]),
        ((*LABELS[:8], TITLE, *COVER), []),  # the cover is out of place
        ((TITLE, *COVER, *LABELS[:8], TITLE, *COVER), []),  # the first cover is the form's
        (("函", TITLE, *COVER, *LABELS[:8], TITLE, *COVER), [0]),
        ((["函|话"], TITLE, list(COVER)), [0]),
    ],
)
def test_the_form_begins_at_the_title_above_its_cover(blocks: Any, numbers: list[int]) -> None:
    assert before(*blocks) == numbers


def test_a_sheet_before_the_cover_s_goes_whole() -> None:
    assert before("函", "#封面", TITLE, *COVER, sheet="函") == [0, 1]
    assert before("函", TITLE, *COVER, sheet="封面") == []
    assert before("函", "#封面", TITLE, "#二", *COVER, sheet="函") == [0, 1]
    assert before("函", f"#{TITLE}", *COVER, sheet="函") == [0, 1]


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (HEADINGS[:2], []),
        (HEADINGS[:3], [0, 1, 2]),
        (("目录", *HEADINGS[:3]), [0, 1, 2, 3]),
        (("目录", *HEADINGS[:2]), []),  # three lines, of which two are parts
        ((HEADINGS[0], "甲", *HEADINGS[1:3]), []),
        ((HEADINGS[0], "甲", *HEADINGS[1:4]), [2, 3, 4]),
        ((*HEADINGS[:2], " ", HEADINGS[2]), [0, 1, 3]),
        ((*HEADINGS[:3], "甲", *HEADINGS[:2]), [0, 1, 2]),
        ((*HEADINGS[:3], HEADINGS[0]), [0, 1, 2]),  # the second is the part's own
        ((*HEADINGS[:2], HEADINGS[0], HEADINGS[2]), []),
        ([f"{heading}……… {page}" for page, heading in enumerate(HEADINGS[:3], 10)], [0, 1, 2]),
        ([f"{heading}\t{page}" for page, heading in enumerate(HEADINGS[:3], 1)], [0, 1, 2]),
        ([f"{heading}甲" for heading in HEADINGS[:3]], []),
        ((HEADINGS[0], "一、集群基本情况简介", *HEADINGS[1:3], "填报说明"), [0, 1, 2, 3, 4]),
        ((*HEADINGS[:2], "推荐单位（公章）", HEADINGS[2]), []),
        (("集群产值", *HEADINGS[:3]), [1, 2, 3]),  # no line of an index
        (("二氧化碳排放量", "集群名称", *HEADINGS[:3]), [2, 3, 4]),
    ],
)
def test_an_index_is_part_headings_one_below_the_other(lines: Any, numbers: list[int]) -> None:
    assert before(*lines) == numbers
    assert sorted(index_rows([[line] for line in lines], FORM)) == numbers


def test_a_table_ends_an_index_of_lines() -> None:
    assert before(*HEADINGS[:3], ["甲"]) == [0, 1, 2]
    assert before(HEADINGS[0], ["甲"], *HEADINGS[1:3]) == []
    assert before(HEADINGS[0], "#页", *HEADINGS[1:3], sheet="封面") == []


@pytest.mark.parametrize(
    ("beside", "listed"),
    [
        (["张三", "3"], True),
        ([*"1234567"], True),  # eight cells
        ([*"12345678"], False),
        (["话" * 60], True),
        (["话" * 61], False),
        ([""] * 9, True),
    ],
)
def test_beside_a_heading_in_an_index_stands_little(beside: list[str], listed: bool) -> None:
    assert len(index_rows([[heading, *beside] for heading in HEADINGS[:3]], FORM)) == (3 if listed else 0)


def test_three_headings_in_fewer_rows_are_no_index() -> None:
    assert not index_rows([HEADINGS[:2], HEADINGS[2:3]], FORM)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        ([], True),
        ([["说明", "集群名称：甲"]], True),
        ([["集群名称：甲", "所属地区：乙"]], False),  # the cover
        ([["集群总产值（亿元）", "集群企业数量"]], False),  # rows of a part
        ([["集群总产值（亿元）", "集群企业数量", "集群外商直接投资额（万元）"]], False),
        ([["集群总产值（亿元）", "集群总产值（亿元）"]], True),
        ([["推荐单位（公章）", "真实性声明"]], True),
    ],
)
def test_a_sheet_is_an_index_where_it_holds_nothing_of_the_form(rows: list[list[str]], index: bool) -> None:
    assert is_index([[heading] for heading in HEADINGS[:3]] + rows, FORM) is index
    assert not is_index([[heading] for heading in HEADINGS[:2]] + rows, FORM)


def test_three_headings_in_a_text_may_be_an_index() -> None:
    assert may_list("基本情况主导产业情况创新能力情况", FORM)
    assert not may_list("基本情况主导产业情况", FORM)
