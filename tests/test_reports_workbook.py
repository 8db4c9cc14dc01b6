"""The Excel report: what openpyxl reads of it again. Text stays text, links lead to the file and its cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from xlsxwriter.exceptions import FileCreateError

from clusterform import reports
from clusterform.finding import Cause, Explained, FileReport, Location, RelatedAnswer, Report
from clusterform.reports import ReportRequest, sheet, workbook
from support.reports import BROKEN, CLEAN, CLUSTER, GROWTH, HOSTILE, PLACED, REPORTS
from test_reports import FILES, PAGE

HEADS = {
    "zh": ["各表情况", "问题清单", "人工确认单", "规则统计"],
    "en": ["Forms at a glance", "Findings", "To confirm", "Rules and counts"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def saved(report: Report, path: Path, language: str = "zh") -> Any:
    reports.save("xlsx", report, ReportRequest(language, target=path, rules=lambda: (PAGE,)), path)
    return load_workbook(path)


def rows(book: Any, number: int) -> list[tuple[Any, ...]]:
    return list(book.worksheets[number].iter_rows(min_row=2, values_only=True))


def cells(book: Any) -> Iterator[Any]:
    return (cell for page in book.worksheets for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sheets_and_heads(folder: Path, language: str) -> None:
    book = saved(REPORTS["province"], folder / "报告.xlsx", language)
    assert book.sheetnames == HEADS[language]
    for page in book.worksheets:
        assert page.freeze_panes == "C2"
        assert page.auto_filter.ref.startswith("A1:")
        assert page.print_title_rows == "$1:$1"
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
    assert book.worksheets[0]["B1"].value == ("文件" if language == "zh" else "File")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["province", "confirmed", "waived", "baseline"])
def test_golden(golden: Callable[[str, str], None], folder: Path, name: str, language: str) -> None:
    """The cells as text, a line a row; a link with an arrow."""
    lines = []
    for page in saved(REPORTS[name], folder / "a.xlsx", language).worksheets:
        lines.append(f"# {page.title}")
        for row in page.iter_rows():
            shown = [
                ("" if cell.value is None else str(cell.value)) + ("→" if cell.hyperlink else "")
                for cell in row
            ]
            lines.append(" | ".join(text.replace("\n", "⏎") for text in shown))
    golden(f"{name}.{language}.xlsx.txt", "\n".join(lines) + "\n")


def test_a_row_a_form_and_a_row_a_finding(folder: Path) -> None:
    report = REPORTS["province"]
    book = saved(report, folder / "报告.xlsx")
    overview, findings, counts = (rows(book, n) for n in (0, 1, 3))
    assert overview[1][1:] == (
        "江阴市/复核 申报表 #1 50%.docx", "复核申报表", "江苏省常熟市电子氟材料产业集群", "江苏省无锡市江阴市", "无须修改", 0, 0, 0,
    )  # fmt: skip
    assert [row[0] for row in findings] == list(range(1, 11))
    assert len(findings) == sum(len(f.findings) for f in report.files) + len(report.batch)
    assert findings[5][2:9] == (
        "必须修改", "二、主导产业情况", GROWTH.label, "2024 年", "16.57", "14.57", GROWTH.message,
    )  # fmt: skip
    assert (findings[5][1], *findings[5][12:15]) == (
        CLUSTER,
        "第 3 张表 第 6 行 第 4 格",
        GROWTH.basis,
        "CF201",
    )
    assert findings[8][11] == "\n".join(report.batch[0].files)
    assert counts[4][:4] == ("CF201", "主导产业产值增速", "必须修改", 1)
    said = {row[0]: row[1] for row in overview[3:]}
    assert said["小结"].endswith("5 处必须修改，3 处建议核对，1 处需人工确认，1 处提示")
    assert said["下一步"].startswith("请修改后重新检查。")


def test_what_is_printed_fits_the_paper(folder: Path) -> None:
    book = saved(REPORTS["province"], folder / "报告.xlsx")
    overview, findings, confirmation, counts = book.worksheets
    assert overview.print_area.startswith("'各表情况'!$A$1:$I$")
    assert findings.print_area == "'问题清单'!$A$1:$K$11"
    heads = [cell.value for cell in findings[1]]
    assert heads[11:] == ["文件", "位置", "依据", "规则"]
    for page in (overview, findings, confirmation, counts):
        last = page.print_area.split(":")[1].strip("$").split("$")[0]
        wide = sum(page.column_dimensions[chr(n)].width for n in range(ord("A"), ord(last) + 1))
        assert wide < 180, page.title


def test_a_folded_finding_and_a_cause_are_told(folder: Path) -> None:
    blank = GROWTH._replace(
        label=None, column=None, value="", message="整份表没有填写。", covers=("甲", "乙", "乙")
    )
    spot = RelatedAnswer("a.b", "总产值", "2023 年")
    caused = GROWTH._replace(
        cause=Cause("exchanged", (RelatedAnswer("a.b", "总产值", "2022 年"), spot), ("1.00", "2.00")),
        explains=(Explained("CF202", spot),),
    )
    book = saved(Report("2025", (), (CLEAN._replace(findings=(blank, caused)),)), folder / "a.xlsx")
    first, second = rows(book, 1)[:2]
    assert (first[4], first[6]) == ("本部分", "（空白）")
    assert first[8] == "整份表没有填写。\n其中：甲、乙"
    assert "总产值 2022 年 改为 1.00；总产值 2023 年 改为 2.00" in second[8]
    assert "改正后随之吻合的 1 处：总产值 2023 年" in second[8]


def test_links_lead_to_the_file_and_its_cell(folder: Path) -> None:
    in_sheet = GROWTH._replace(location=Location(sheet="二's 主导", ref="C7"))
    files = (PLACED, BROKEN._replace(path="市/申报.xlsx", findings=(in_sheet,)))
    book = saved(Report("2025", (), files), folder / "报告.xlsx")
    overview, findings = book.worksheets[:2]
    up = "..\\" * (len(folder.parts) - len(Path.cwd().parts)) if folder.is_relative_to(Path.cwd()) else "..\\"
    target = overview["B2"].hyperlink.target
    assert target.startswith(up)
    assert target.endswith("江阴市\\复核%20申报表%20%231%2050%25.docx")
    link = findings["M2"].hyperlink
    assert link.target.endswith("市\\申报.xlsx")
    assert link.location == "'二''s 主导'!C7"


def test_follow_up_has_a_drop_down(folder: Path) -> None:
    book = saved(REPORTS["broken"], folder / "报告.xlsx")
    page = book.worksheets[1]
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1 == '"已改,无需改,待核实"'
    assert str(rule.sqref) == "J2:J8"
    assert page["J1"].value == "整改"
    assert page["J2"].value is None


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1", "_x003D_1+1", "{=1}"]
)
def test_text_stays_text(folder: Path, start: str) -> None:
    odd = GROWTH._replace(value=start, label=start, message=start, expected=start, basis=start)
    file = CLEAN._replace(path=start + ".docx", cluster=start, place=start, findings=(odd,))
    book = saved(Report("2025", (start,), (file,), batch=(odd._replace(files=(start,)),)), folder / "a.xlsx")
    assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f"]
    # openpyxl leaves an escaped underscore as it is; Excel reads it back.
    assert book.worksheets[1]["G2"].value.replace("_x005F_", "_") == start.strip()


def test_hostile_text_is_shown_and_does_nothing(folder: Path) -> None:
    book = saved(REPORTS["province"], folder / "a.xlsx")
    texts = [cell.value for cell in cells(book) if isinstance(cell.value, str)]
    assert not [t for t in texts if set(t) & set("\x1b\x9b\x07\u202e\u200b\udc80")]
    assert any(r"\x1b[31m" in t for t in texts)
    assert max(map(len, texts)) <= sheet.LONGEST_TEXT


def test_the_same_forms_give_the_same_bytes(folder: Path) -> None:
    first, second = folder / "a.xlsx", folder / "b.xlsx"
    for path in (first, second):
        reports.save("xlsx", REPORTS["province"], ReportRequest(target=folder / "报告.xlsx"), path)
    assert first.read_bytes() == second.read_bytes()


def test_a_full_disk_is_told_as_such(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise FileCreateError(OSError(28, "No space left on device"))

    monkeypatch.setattr(workbook, "_fill", full)
    with pytest.raises(OSError, match="No space left") as told:
        reports.save("xlsx", REPORTS["clean"], ReportRequest(), folder / "a.xlsx")
    assert told.value.errno == 28


def test_a_broken_rule_is_told(folder: Path) -> None:
    told = rows(saved(REPORTS["incomplete"], folder / "a.xlsx"), 1)[-1]
    assert told[2] == "未检查完"
    assert "ZeroDivisionError" in told[8]
    assert told[14] == "CF203"


def test_more_rows_than_a_sheet_holds_go_on_in_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 5)
    monkeypatch.setattr(sheet, "MOST_LINKS", 2)
    book = saved(REPORTS["broken"], folder / "a.xlsx")
    assert book.sheetnames[:2] == ["各表情况", "问题清单"]
    assert "问题清单 2" in book.sheetnames
    names = [name for name in book.sheetnames if name.startswith("问题清单")]
    assert sum(book[name].max_row - 1 for name in names) == 7
    assert [bool(book["问题清单"][f"L{row}"].hyperlink) for row in (2, 3, 4)] == [True, True, False]


@settings(max_examples=25, deadline=None)
@given(file=FILES)
def test_any_text_makes_a_sound_workbook(tmp_path_factory: pytest.TempPathFactory, file: FileReport) -> None:
    across = GROWTH._replace(label=HOSTILE, files=(file.path, HOSTILE))
    report = Report("2025", (), (file,), batch=(across,))
    book = saved(report, tmp_path_factory.mktemp("any") / "a.xlsx")
    assert not [cell.coordinate for cell in cells(book) if cell.data_type == "f"]
    assert len(rows(book, 1)) == len(file.findings) + len(file.crashed) + 1
