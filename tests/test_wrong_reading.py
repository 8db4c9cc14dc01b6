"""Forms on which the verdict was wrong because of what was read: radicals, struck text, note marks, official text."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.finding import FileReport, Severity
from clusterform.text import fold, unified
from support.reading import check_file

WRONG = Path(__file__).parent / "data" / "wrong"


def errors(report: FileReport) -> list[tuple[str, str]]:
    return [(f.rule, f.label) for f in report.findings if f.severity is Severity.ERROR]


def test_text_copied_out_of_a_pdf_reads_as_its_ideographs() -> None:
    report = check_file(WRONG / "kangxi-radicals.docx")
    assert not errors(report)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("⼀、基本情况", "一、基本情况"),
        ("⾦属⻓⻔⻛⻋⻩⻥", "金属长门风车黄鱼"),
        ("⽆", "无"),
        ("是⼜否", "是又否"),
        ("⺠⺟⻄⻅", "民母西见"),
    ],
)
def test_radicals_of_both_blocks(typed: str, meant: str) -> None:
    assert unified(typed) == meant
    assert fold(typed) == fold(meant)


def test_a_circled_note_beside_an_amount() -> None:
    report = check_file(WRONG / "amount-with-circled-note.docx")
    assert not errors(report)
    (found,) = [f for f in report.findings if f.severity is Severity.WARNING]
    assert (found.rule, found.value, found.expected) == ("CF105", "68.40①", "68.40")


def test_struck_out_digits_are_not_read() -> None:
    report = check_file(WRONG / "struck-out-digits.docx")
    (found,) = [f for f in report.findings if f.severity is Severity.WARNING]
    assert (found.rule, found.value) == ("CF014", "83")
    assert "38" in found.message


def test_a_reworded_declaration() -> None:
    report = check_file(WRONG / "declaration-reworded.docx")
    assert errors(report) == [("CF011", "真实性声明")]


def test_an_official_row_that_stands_twice() -> None:
    report = check_file(WRONG / "official-row-twice.docx")
    assert errors(report) == [("CF011", "集群总产值（亿元）")]
    (message,) = (f.message for f in report.findings if f.rule == "CF011")
    assert "2022 年 “210.50”与“30.00”；2023 年 “236.80”与“31.00”" in message


def test_a_list_of_evidence_that_names_no_item() -> None:
    report = check_file(WRONG / "evidence-list-titles-only.docx")
    assert [(f.rule, f.severity) for f in report.findings if f.rule.startswith("CF4")] == [
        ("CF401", Severity.MANUAL)
    ]
    assert not errors(report)
