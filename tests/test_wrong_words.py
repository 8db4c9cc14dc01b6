"""Forms on which the verdict was wrong: names, places, dates, telephones, texts and boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.finding import FileReport, Finding, Severity
from clusterform.pipeline import check_file

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
        ("contact-xxx.docx", "CF015", "联系人"),
        ("contact-xxx.docx", "CF015", "联系人及联系电话"),
        ("stage-with-xx.docx", "CF015", "（2）2026 年度"),
        ("county-elsewhere-yuan-in-industry.docx", "CF113", "集群名称"),
    ],
)
def test_an_error_at_that_answer(name: str, code: str, label: str) -> None:
    errors = _of(_checked(name), Severity.ERROR)
    assert {f.rule for f in errors} == {code}
    assert label in {f.label for f in errors}


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
