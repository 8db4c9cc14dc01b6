"""The two summaries as data: columns told apart by their heads."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import SummaryDef, load_summaries
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.text import fold
from support.folder import table_docx, table_xlsx

SUMMARIES = {summary.form: summary for summary in load_summaries("2025")}


def test_one_for_each_form() -> None:
    assert [summary.of for summary in SUMMARIES.values()] == list(load_edition("2025").forms)


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=lambda s: s.form)
def test_no_head_names_two_columns(summary: SummaryDef) -> None:
    heads = [fold(head) for column in summary.columns for head in (column.label, *column.spellings)]
    assert len(heads) == len(set(heads))


def test_an_edition_without_summaries_has_none() -> None:
    assert load_summaries("2099") == ()


HEADS = ["序号", "集群名称", "所属地区", "联系人"]
LINE = ["1", "东海县硅材料产业集群", "东海县", "王小明"]


def names(path: Path) -> list[tuple[str, str]]:
    form = read_form(open_form(path), Settings(), path.stem)
    return [(row.form, row.cells["name"]) for row in form.summary]


def test_both_summaries_in_one_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, name in (("推荐汇总表", "东海县硅材料"), ("复核情况汇总表", "昆山市传感器")):
        sheet = book.create_sheet(title)
        sheet.append(HEADS)
        sheet.append(["1", name, "", ""])
    path = tmp_path / "两表.xlsx"
    book.save(path)
    assert names(path) == [
        ("recommendation-summary", "东海县硅材料"),
        ("review-summary", "昆山市传感器"),
    ]


@pytest.mark.parametrize("make", [table_docx, table_xlsx])
def test_the_file_s_name_tells_where_no_title_does(make: object, tmp_path: Path) -> None:
    assert callable(make)
    data = make("附件", [HEADS, LINE, ["", "", "", ""], ["合计", "1个", "", ""]])
    path = tmp_path / f"江苏省复核情况汇总表.{'docx' if make is table_docx else 'xlsx'}"
    path.write_bytes(data)
    assert names(path) == [("review-summary", LINE[1])]


def test_heads_in_two_rows_and_a_merged_place(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    rows = (
        ["2025年度中小企业特色产业集群推荐汇总表"],
        ["序号", "集群名称", "所属地区", "联络", ""],
        ["", "", "", "联系人", "联系电话"],
        ["1", "东海县硅材料产业集群", "江苏省", "甲", "0518-87212345"],
        ["2", "昆山市传感器产业集群", "", "乙", "0512-57212345"],
    )
    for row in rows:
        sheet.append(row)
    for merged in ("A2:A3", "B2:B3", "C2:C3", "D2:E2", "C4:C5"):
        sheet.merge_cells(merged)
    path = tmp_path / "表.xlsx"
    book.save(path)
    form = read_form(open_form(path), Settings(), path.stem)
    assert [row.cells["region"] for row in form.summary] == ["江苏省", "江苏省"]
    assert [row.cells["contact"] for row in form.summary] == ["甲", "乙"]
    assert [row.cells["phone"] for row in form.summary] == ["0518-87212345", "0512-57212345"]
