"""Forms on which the verdict was wrong: names, places, dates, telephones, texts and boxes."""

from __future__ import annotations

import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from clusterform.batch.run import How, check_all
from clusterform.filling.extract import extracted
from clusterform.finding import FileReport, Finding, Severity
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers.given_form import given_form
from support.command import run
from support.folder import form_bytes
from support.forms import write
from support.reading import check_file

WRONG = Path(__file__).parent / "data" / "wrong"


def _checked(name: str) -> FileReport:
    report = check_file(WRONG / name)
    assert report.crashed == ()
    return report


def _of(report: FileReport, *severities: Severity) -> list[Finding]:
    return [f for f in report.findings if f.severity in severities]


@pytest.mark.parametrize(
    ("name", "code", "label"),
    [
        ("phone-beijing-seven-digits.docx", "CF111", "联系方式"),
        ("region-county-blank.docx", "CF101", "所属地区"),
        ("date-with-x.docx", "CF015", "申报时间"),
        ("contact-xxx.docx", "CF015", "联系人及联系电话"),
        ("stage-with-xx.docx", "CF015", "（2）2026 年度"),
        ("county-elsewhere-yuan-in-industry.docx", "CF113", "集群名称"),
    ],
)
def test_an_error_at_that_answer(name: str, code: str, label: str) -> None:
    errors = _of(_checked(name), Severity.ERROR)
    assert {f.rule for f in errors} == {code}
    assert label in {f.label for f in errors}


def test_a_placeholder_of_the_cover_and_part_one_is_said_once() -> None:
    (found,) = _of(_checked("contact-xxx.docx"), Severity.ERROR)
    assert (found.label, found.covers) == ("联系人及联系电话", ("联系人",))
    assert "“一、基本情况”的“联系人”" in found.message


@pytest.mark.parametrize(
    "name",
    [
        "region-municipality-blank-middle.docx",
        "names-run-together.docx",
        "phone-plus86-with-zero.docx",
        "date-with-dashes.docx",
        "tertiary-share-over-100.docx",
    ],
)
def test_nothing_to_correct(name: str) -> None:
    assert [f.rule for f in _of(_checked(name), Severity.ERROR, Severity.WARNING)] == []


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("text-191-by-word-247-by-characters.docx", "CF108", ("191", "247")),
        ("text-195-by-word.docx", "CF108", ("195", "207")),
        ("water-figure-not-applicable.docx", "CF312", ("不适用",)),
    ],
)
def test_a_warning_and_no_error(name: str, code: str, says: tuple[str, ...]) -> None:
    report = _checked(name)
    assert _of(report, Severity.ERROR) == []
    found = _of(report, Severity.WARNING)
    assert [f.rule for f in found] == [code]
    assert all(word in found[0].message for word in says)


def test_a_text_to_be_supplied_is_no_answer() -> None:
    errors = _of(_checked("text-to-be-supplied.docx"), Severity.ERROR)
    assert {f.rule for f in errors} == {"CF015"}
    assert all("待补充" in (f.value or "") for f in errors)


def test_districts_of_one_name_are_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Nine clusters, two 桥西区 and two 新华区 among them: over the quota, no duplicate, and nine lines."""
    folder = tmp_path / "河北省"
    shutil.copytree(WRONG / "same-named-districts" / "河北省", folder)
    report = check_all([folder], Checker(Settings(batch=True)), How()).report
    found = [f for f in report.batch if f.severity is Severity.ERROR]
    assert [(f.rule, f.value) for f in found] == [("CF801", "9")]
    target = tmp_path / "推荐汇总表.xlsx"
    assert run(monkeypatch, "template", "recommendation-summary", "--from", folder, "-o", target) == 0
    texts = [c.value for row in openpyxl.load_workbook(target).worksheets[0].iter_rows() for c in row]
    assert sum(1 for text in texts if str(text).endswith("产业集群")) == 9
    assert "未列入" not in capfd.readouterr().err


def test_what_a_summary_leaves_out_is_said_with_the_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "江苏省"
    folder.mkdir()
    forms = {
        "东海.docx": form_bytes("application", "东海县硅材料产业集群", "江苏省连云港市东海县"),
        "东海（改）.docx": form_bytes("application", "江苏省东海县硅材料产业集群", "江苏省连云港市东海县"),
        "昆山复核.docx": form_bytes("review", "昆山市传感器产业集群", "江苏省苏州市昆山市"),
        "空白.docx": blank("application", "docx", "2025"),
    }
    for name, content in forms.items():
        (folder / name).write_bytes(content)
    target = tmp_path / "推荐汇总表.docx"
    assert run(monkeypatch, "template", "recommendation-summary", "--from", folder, "-o", target) == 0
    told = capfd.readouterr().err
    assert "同一集群" in told
    assert "是复核申报表" in told
    assert "空白表" in told
    shutil.copy(target, folder / "推荐汇总表.docx")
    assert run(monkeypatch, "extract", folder, "-o", tmp_path / "汇总.csv") == 0
    told = capfd.readouterr().err
    assert "是推荐汇总表，不是申报表或复核申报表" in told
    assert "空白表" in told


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([["序号", "名称"], ["1", "开化县量具行业协会"], ["2", "浙西精密测量产业联盟"]], False),
        ([["名称", "成立时间"], ["开化县量具行业协会", "2019年"], ["浙西精密测量产业联盟", "2021年"]], False),
        ([["1", "开化县量具行业协会", ""], ["2", "浙西精密测量产业联盟", "牵头"]], False),
        ([["序号", "名称"], ["1", "开化县量具行业协会"]], True),
    ],
)
def test_names_in_a_table_inside_the_cell(rows: list[list[str]], wrong: bool, tmp_path: Path) -> None:
    """With heads and numbers, and with cells left empty: two names for a count of two."""
    document = docx.Document(str(WRONG / "names-run-together.docx"))
    cells = (c for table in document.tables for row in table.rows for c in row.cells)
    cell = next(c for c in cells if "1.开化县量具行业协会" in c.text)
    paragraph = next(p for p in cell.paragraphs if "1.开化县量具行业协会" in p.text)
    paragraph.text = paragraph.text.partition("1.开化县")[0]
    table = cell.add_table(len(rows), len(rows[0]))
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    document.save(str(tmp_path / "form.docx"))
    errors = [f.rule for f in check_file(tmp_path / "form.docx").findings if f.severity is Severity.ERROR]
    assert errors == (["CF110"] if wrong else [])


@pytest.mark.parametrize("form", ["application", "review"])
@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("cover.region", "浙江省衢州市____县", "CF101"),
        ("basic_info.operator_contact", "李××", "CF015"),
        ("basic_info.operator_phone", "021-5888123", "CF111"),
        ("plan.safeguards", "待完善", "CF015"),
        ("plan.stage_3", "优质中小企业数量达到××家", "CF015"),
        ("cover.date", "2025-06-XX", "CF015"),
    ],
)
def test_a_workbook_is_judged_alike(form: str, path: str, text: str, code: str, tmp_path: Path) -> None:
    word = write(form, changes={"set": {path: text}})
    answers = extracted(read_form(open_package(word), Settings(), form))
    book = tmp_path / "form.xlsx"
    book.write_bytes(filled(given_form(answers, form, "2025"), "xlsx", None, form))
    (tmp_path / "form.docx").write_bytes(word)
    for file in (book, tmp_path / "form.docx"):
        errors = [f for f in check_file(file).findings if f.severity is Severity.ERROR and f.field == path]
        assert [f.rule for f in errors] == [code]
