"""Evidence as people hand it in: lists of mere titles, copies of the form among the files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Literal

import docx
import pytest

from clusterform.finding import FileReport, Severity
from support.answers import clean
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.books import opened, saved
from support.evidence import pdf_bytes
from support.forms import write
from support.reading import checked

TITLES = (
    "产业链图谱及培育方案",
    "产学研合作协议",
    "链主企业配套合同汇总",
    "共享设备台账",
    "标准封面",
    "县政府批复",
    "培训签到表",
    "银企对接会记录",
)
NONE = {"evidence": {"none": True}}


def listed(report: FileReport) -> list[tuple[str, str]]:
    return [
        (f.rule, str(f.severity)) for f in report.findings if f.rule in ("CF401", "CF402", "CF403", "CF405")
    ]


def form_with(rows: list[tuple[str, ...]], form: str = "application", heading: str = "佐证材料清单") -> bytes:
    document = docx.Document(io.BytesIO(write(form, changes=NONE)))
    document.add_paragraph(heading)
    table = document.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def numbered(*heads: str) -> list[tuple[str, ...]]:
    """A list with these heads, the second that of the titles."""
    more = [""] * (len(heads) - 3)
    return [heads, *((str(n), title, f"{n}-{n + 1}", *more) for n, title in enumerate(TITLES, 1))]


@pytest.mark.parametrize("form", ["application", "review"])
@pytest.mark.parametrize(
    "heads",
    [
        ("序号", "材料名称", "页码"),
        ("序号", "佐证材料名称", "起止页码", "备注"),
        ("编号", "资料名称", "页数"),
        ("序号", "名称", "页码", "对应栏目"),
    ],
)
def test_a_list_of_titles_is_one_manual_finding(form: str, heads: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(form_with(numbered(*heads), form))
    assert listed(checked(path)) == [("CF401", "manual")]


def test_subjects_that_are_parts_headings_name_nothing(tmp_path: Path) -> None:
    rows = [
        ("序号", "对应栏目", "材料名称"),
        *((str(n), "二、主导产业情况", t) for n, t in enumerate(TITLES, 1)),
    ]
    path = tmp_path / "form.docx"
    path.write_bytes(form_with(rows))
    assert listed(checked(path)) == [("CF401", "manual")]


def test_lines_that_name_their_items_are_compared(tmp_path: Path) -> None:
    rows = [("序号", "对应栏目", "材料名称"), ("1", "2.1-①", "图谱"), ("2", "开展了质量诊断服务", "报告")]
    path = tmp_path / "form.docx"
    path.write_bytes(form_with(rows))
    assert ("CF401", "error") in listed(checked(path))


@pytest.mark.parametrize("ending", ["csv", "docx"])
def test_a_list_of_titles_beside_the_form(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(write("application", changes=NONE))
    beside = tmp_path / f"form 佐证材料清单.{ending}"
    if ending == "csv":
        beside.write_text(
            "".join(",".join(row) + "\n" for row in numbered("序号", "材料名称", "页码")), "utf-8"
        )
    else:
        document = docx.Document()
        for number, title in enumerate(TITLES, 1):
            document.add_paragraph(f"{number}. {title}")
        document.save(str(beside))
    assert listed(checked(path)) == [("CF401", "manual")]


def test_a_copy_of_the_form_is_no_stray(tmp_path: Path) -> None:
    data = write("application")
    (tmp_path / "form.docx").write_bytes(data)
    folder = tmp_path / "材料"
    folder.mkdir()
    (folder / "最终.docx").write_bytes(data)
    again = io.BytesIO()
    docx.Document(io.BytesIO(data)).save(again)
    (folder / "v3.docx").write_bytes(again.getvalue())
    (folder / "申报表.pdf").write_bytes(pdf_bytes(3))
    (folder / "别的材料.pdf").write_bytes(pdf_bytes(3, mark="x"))
    report = checked(tmp_path / "form.docx", {"evidence": str(folder)})
    strays = [f.value for f in report.findings if f.rule == "CF406"]
    named = " ".join(f.message for f in report.findings if f.severity is not Severity.ERROR)
    assert not any(name in named for name in ("最终.docx", "v3.docx", "申报表.pdf"))
    assert strays in ([], ["别的材料.pdf"])


def test_a_copy_of_the_form_in_a_zip(tmp_path: Path) -> None:
    data = write("application")
    (tmp_path / "form.docx").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "材料.zip", "w") as packed:
        packed.writestr("form.docx", data)
        packed.writestr("补充.pdf", pdf_bytes(2))
    report = checked(tmp_path / "form.docx", {"evidence": str(tmp_path / "材料.zip")})
    assert not any("form.docx" in f.message for f in report.findings)


def test_a_sheet_of_titles(tmp_path: Path) -> None:
    workbook = opened(by_openpyxl(laid_out("review", Habit(sheets="parts"), clean("review"))))
    names = [name for name in workbook.sheetnames if "佐证" in name]
    for name in names:
        del workbook[name]
    sheet = workbook.create_sheet("佐证材料清单")
    for row, texts in enumerate(numbered("序号", "材料名称", "页码"), 1):
        for column, text in enumerate(texts, 1):
            sheet.cell(row, column, text)
    path = tmp_path / "form.xlsx"
    path.write_bytes(saved(workbook))
    assert listed(checked(path)) == [("CF401", "manual")]


def test_struck_lines_of_the_list_prove_nothing(tmp_path: Path) -> None:
    """A line struck through was taken off the list."""
    data = form_with([("序号", "对应栏目", "材料名称"), ("1", "2.1-①", "图谱"), ("2", "2.1-③", "协议")])
    document = docx.Document(io.BytesIO(data))
    for cell in document.tables[-1].rows[2].cells:
        for run in cell.paragraphs[0].runs:
            run.font.strike = True
    path = tmp_path / "form.docx"
    document.save(str(path))
    missing = [f.value for f in checked(path).findings if f.rule == "CF401"]
    assert "联合集群上下游企业，组建创新联合体，开展产业链联合攻关" in missing
    assert "绘制产业链图谱，开展产业链培育" not in missing


@pytest.mark.parametrize("sheets", ["one", "parts"])
def test_a_remark_and_another_list_below_the_list_on_its_sheet(
    sheets: Literal["one", "parts"], tmp_path: Path
) -> None:
    book = opened(by_openpyxl(laid_out("application", Habit(sheets=sheets), clean("application"))))
    sheet = book.worksheets[-1]
    sheet.append(["以上材料均加盖公章。"])
    sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=4)
    sheet.append(["序号", "企业名称", "2024年产值（亿元）"])
    sheet.append(["1", "开化恒准量具有限公司", "3.2"])
    path = tmp_path / "申报表.xlsx"
    path.write_bytes(saved(book))
    assert listed(checked(path)) == []
