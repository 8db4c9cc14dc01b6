"""Forms whose figures were judged wrongly, and what must come out: the cause, once, and where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.finding import FileReport, Finding, Severity
from clusterform.pipeline import Checker
from clusterform.settings import Settings

FOLDER = Path(__file__).parent / "data" / "wrong"
CHECKER = Checker(Settings())


def report(name: str) -> FileReport:
    return CHECKER.check(FOLDER / name)


def errors(name: str) -> list[Finding]:
    return [f for f in report(name).findings if f.severity is Severity.ERROR]


def told(name: str, *severities: Severity) -> list[tuple[str, str | None, str | None]]:
    asked = severities or (Severity.ERROR, Severity.WARNING)
    return [(f.rule, f.field, f.column) for f in report(name).findings if f.severity in asked]


def test_a_share_without_its_decimals() -> None:
    (found,) = errors("share-without-its-decimals.docx")
    assert (found.rule, found.field, found.expected) == ("CF206", "digital.cloud_share", "70.44")


def test_a_row_in_another_unit_is_one_error_there() -> None:
    assert told("rd-in-10000-yuan.docx") == [("CF313", "innovation.rd_spending", "2022 年")]
    (found,) = errors("rd-in-10000-yuan.docx")
    assert found.cause is not None
    assert found.cause.kind == "unit"
    assert [spot.column for spot in found.cause.cells] == ["2022 年", "2023 年", "2024 年"]
    assert found.cause.expected == ("1.85", "2.12", "2.44")
    assert "万元" in found.message
    assert len(found.explains) >= 6


def test_two_years_exchanged_are_one_error_beside_the_others() -> None:
    assert told("years-swapped.docx") == [
        ("CF201", "leading_industry.total_output", "2022 年"),
        ("CF301", "leading_industry.smes", "2024 年"),
        ("CF304", "innovation.rd_staff", "2024 年"),
    ]
    found = errors("years-swapped.docx")[0]
    assert found.cause is not None
    assert found.cause.kind == "exchanged"
    assert "2022 年与 2024 年的数对调后" in found.message
    assert f"{len(found.explains)} 处全部吻合" in found.message


def test_what_a_cause_explains_is_listed_as_skipped_and_its_criteria_as_not_judged() -> None:
    found = report("years-swapped.docx")
    skipped = {(s.rule, s.field) for s in found.skipped}
    for finding in found.findings:
        spots = {(e.rule, e.spot.field) for e in finding.explains}
        assert {spot for spot in spots if spot[0] in {"CF201", "CF202", "CF211"}} <= skipped
    assert ("CF505", "leading_industry.total_output") in {(u.rule, u.field) for u in found.unjudged}


def test_a_way_of_averaging_that_nothing_excludes_is_a_warning() -> None:
    name = "average-of-two-years.docx"
    assert errors(name) == []
    assert ("CF202", "leading_industry.average_growth", None) in told(name)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["rd-in-10000-yuan.docx", "years-swapped.docx"])
def test_messages_are_complete(name: str, language: str) -> None:
    for finding in Checker(Settings(language=language)).check(FOLDER / name).findings:
        assert finding.message
        assert "{" not in finding.message
