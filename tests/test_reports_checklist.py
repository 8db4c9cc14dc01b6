"""What the forms of a run share is said once to tick off, and only forms with something to do are printed in full."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clusterform import reports
from clusterform.finding import FileReport, Finding, Report, RulePage, Severity, Status
from clusterform.reports import ReportRequest, checklist
from clusterform.reports.first_page import first_page
from support.reports import AREA, CLEAN, GROWTH, RECOGNISED, SEAL, rendered

PEOPLE = ("rich", "plain")
TARGET = SEAL._replace(
    rule="CF605",
    name="internet",
    label="工业互联网普及率",
    column="2027 年目标值",
    message="为 {} 。请核对。",
)
WHY = "备注 e 要求不低于行业平均水平。"
PAGE = RulePage("CF605", "internet", Severity.MANUAL, "普及率目标", WHY, None, "", "", "")


def form(number: int, *findings: Finding, kind: str = "application") -> FileReport:
    status = Status.FAIL if any(f.severity is Severity.ERROR for f in findings) else Status.PASS
    return CLEAN._replace(path=f"县{number:03}/申报表.docx", form=kind, findings=findings, status=status)


def target(number: int) -> Finding:
    return TARGET._replace(message=f"为 {number}.00。请核对。", value=f"{number}.00")


def folder(*forms: FileReport) -> Report:
    return Report("2025", ("national/2025",), forms)


def made(kind: str, report: Report) -> str:
    return "".join(reports.pieces(kind, report, ReportRequest("zh", rules=lambda: (PAGE,))))


MANY = folder(
    *(form(number, target(number), SEAL) for number in range(200)), form(200, GROWTH, target(9), SEAL)
)


@pytest.mark.parametrize("kind", PEOPLE)
def test_two_hundred_forms_have_one_list(kind: str) -> None:
    page = made(kind, MANY)
    assert page.count(SEAL.message) == 1
    assert page.count(WHY) == 1
    assert "各表所填不同，请逐份核对。" in page
    assert "各份表都要逐项人工确认（2 项）" in page
    assert page.count("共 201 份") == 3  # two items, and the closing lines
    assert len(page.splitlines()) < 260


@pytest.mark.parametrize("kind", PEOPLE)
def test_only_what_has_something_to_do_is_printed_in_full(kind: str) -> None:
    page = made(kind, MANY)
    assert page.count("县007/申报表.docx") == 1
    assert page.count("县200/申报表.docx") == 2
    assert GROWTH.message[:20] in page
    assert "其余 200 份没有要逐处处理的地方" in page


@pytest.mark.parametrize("kind", PEOPLE)
def test_forms_without_anything_are_said_to_be_so(kind: str) -> None:
    page = made(kind, folder(form(1, SEAL), form(2, SEAL, RECOGNISED)))
    assert "2 份表都没有要逐处处理的地方" in page
    assert "其余" not in page


def test_counts_stay_per_file() -> None:
    data = rendered("json", MANY, "zh")
    assert data.count(SEAL.message) == 201
    assert '"manual": 402' in data


@pytest.mark.parametrize("kind", PEOPLE)
def test_a_form_alone_has_its_own_list(kind: str) -> None:
    page = made(kind, folder(form(1, target(7), SEAL, AREA)))
    assert "请逐项人工确认（2 项）" in page
    assert "为 7.00。请核对。" in page
    assert WHY not in page
    assert page.count(SEAL.message) == 1


@pytest.mark.parametrize("kind", PEOPLE)
def test_what_one_form_alone_has_stands_with_that_form(kind: str) -> None:
    page = made(kind, folder(form(1, target(7), SEAL), form(2, SEAL)))
    assert "各份表都要逐项人工确认（1 项）" in page
    assert page.count("为 7.00。请核对。") == 1
    assert page.count("县001/申报表.docx") == 2


@pytest.mark.parametrize("kind", PEOPLE)
def test_the_few_that_are_without_are_named(kind: str) -> None:
    page = made(kind, folder(*(form(number, SEAL) for number in range(9)), form(9)))
    assert page.count(SEAL.message) == 1
    assert "共 9 份；不含 县009/申报表.docx" in page.replace("\n    ", "")


def test_what_half_of_them_have_is_no_common_item() -> None:
    half = folder(*(form(number, SEAL) for number in range(20)), *(form(number) for number in range(20, 40)))
    found = checklist.ChecklistBuilder(half, "zh").checklist()
    assert found.items == ()
    assert [found.to_do(file) for file in half.files] == [True] * 20 + [False] * 20


def test_another_kind_of_form_is_no_exception() -> None:
    mixed = folder(form(1, SEAL), form(2, SEAL), *(form(n, kind="review") for n in range(3, 9)))
    (item,) = checklist.ChecklistBuilder(mixed, "zh").checklist().items
    assert (item.forms, item.without) == (2, ())


@pytest.mark.parametrize("kind", PEOPLE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_technical_is_shown(kind: str, language: str) -> None:
    for report in (MANY, folder(form(1, GROWTH, SEAL)), folder(form(1, SEAL))):
        page = "".join(reports.pieces(kind, report, ReportRequest(language, rules=lambda: (PAGE,))))
        assert CLEAN.sha256 is not None
        unwanted = ("--", "json", CLEAN.sha256, "national/", GROWTH.name, SEAL.name + " ", str(GROWTH.field))
        assert [word for word in unwanted if word in page.replace("─", "").replace("═", "")] == []


@pytest.mark.parametrize("kind", PEOPLE)
def test_what_is_found_across_forms_is_told_whole_once(kind: str) -> None:
    twice = GROWTH._replace(
        rule="CF802",
        section=None,
        label="联系方式",
        column=None,
        value="两份",
        files=("县001/申报表.docx",),
    )
    report = folder(form(1, twice, SEAL), form(2, SEAL))._replace(batch=(twice,))
    page = made(kind, report)
    assert page.count("两份") == 1
    assert page.count(GROWTH.message[:20]) == 2
    assert "整批核对" in page.split(GROWTH.message[:20])[0]


def test_a_form_whose_one_fault_is_across_forms_is_printed() -> None:
    twice = GROWTH._replace(severity=Severity.MANUAL, files=("县001/申报表.docx",))
    found = checklist.ChecklistBuilder(folder(form(1, twice), form(2, twice)), "zh").checklist()
    assert found.items == ()
    assert found.to_do(form(1, twice))


@pytest.mark.parametrize("kind", ["rich", "plain", "html", "xlsx", "junit", "github"])
def test_no_form_is_told_to_fill_in_a_quota(kind: str, tmp_path: Path) -> None:
    quota = GROWTH._replace(
        rule="CF801",
        section=None,
        label=None,
        column=None,
        value="50",
        expected="8",
        message="超过名额。",
    )
    quota = quota._replace(files=("县001/申报表.docx",), changes=())
    report = folder(form(1), form(2))._replace(batch=(quota,))
    if kind == "xlsx":
        reports.save(kind, report, ReportRequest("zh"), tmp_path / "问题.xlsx")
        rows = list(load_workbook(tmp_path / "问题.xlsx")["问题清单"].iter_rows(values_only=True))
        assert (rows[1][6], rows[1][7]) == (None, None)
        return
    page = made(kind, report)
    assert "超过名额。" in page
    assert "应当填写：8" not in page
    assert "表中填写：50" not in page


def test_the_first_page_tells_what_is_across_forms_once() -> None:
    twice = GROWTH._replace(rule="CF808", section=None, label=None, files=("县001/申报表.docx",))
    report = folder(form(1, twice), form(2, GROWTH))._replace(batch=(twice,))
    page = first_page(report, ReportRequest("zh"))
    assert [line.code or line.part for line in page.firsts] == ["CF808", 2]
    assert page.left == 0
