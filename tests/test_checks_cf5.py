"""CF5: the criteria of recognition."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.finding import Severity
from support.rule_run import filled, run

LEAD = "leading_industry."
GOOD: dict[str, Any] = {
    "basic_info.area": "36.50",
    "basic_info.restricted_industry": ("no",),
    "basic_info.accidents": ("no",),
    "basic_info.misconduct": ("no",),
    "basic_info.provincial_recognition": ("yes",),
    LEAD + "total_output@2022": "210.50",
    LEAD + "total_output@2023": "236.80",
    LEAD + "total_output@2024": "268.40",
    LEAD + "sme_share@2024": "80.10",
    LEAD + "main_share@2024": "84.00",
    LEAD + "average_growth": "14.08",
    LEAD + "little_giants@2024": "9",
    LEAD + "champions@2024": "2",
    LEAD + "srdi@2024": "66",
    LEAD + "innovative@2024": "143",
    LEAD + "high_tech@2024": "118",
}
POOR = {LEAD + f"{key}@2024": "0" for key in ("little_giants", "champions")} | {
    LEAD + "srdi@2024": "3",
    LEAD + "innovative@2024": "4",
    LEAD + "high_tech@2024": "2",
}


def codes(changes: dict[str, Any], **terms: Any) -> list[tuple[str, str]]:
    found = run(filled("application", GOOD | changes), "CF5", **terms).findings
    return sorted((f.rule, f.severity.value) for f in found)


def test_a_form_that_meets_them_all() -> None:
    assert run(filled("application", GOOD), "CF5").silent()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({LEAD + "total_output@2024": "215.00"}, []),
        ({LEAD + "average_growth": "10.00", LEAD + "total_output@2024": "215.00"}, [("CF508", "error")]),
        ({LEAD + "average_growth": "10.01", LEAD + "total_output@2024": "215.00"}, []),
        (POOR | {LEAD + "champions@2024": "无"}, [("CF509", "error")]),
    ],
)
def test_criteria(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert codes(changes) == expected


def test_growth_names_both_readings() -> None:
    changes = {
        LEAD + "average_growth": "9.20",
        LEAD + "total_output@2022": "100.00",
        LEAD + "total_output@2024": "121.00",
    }
    found = run(filled("application", GOOD | changes), "CF508").only()
    assert (found.value, found.expected) == ("9.20", "> 10.00")
    assert "（121.00÷100.00）开 2 次方－1＝10.00%" in found.message


def test_growth_is_unknown_where_one_that_could_keep_it_is() -> None:
    changes = {LEAD + "average_growth": "9.20"} | {LEAD + f"total_output@{y}": "" for y in (2024, 2022)}
    result = run(filled("application", GOOD | changes), "CF508")
    assert not result.findings
    (skipped,) = result.outcome.skipped
    assert (skipped.rule, "2022 年" in skipped.reason) == ("CF508", True)


def test_firms_are_unknown_where_a_row_is_blank_and_the_rest_is_not_enough() -> None:
    result = run(filled("application", GOOD | POOR | {LEAD + "srdi@2024": ""}), "CF509")
    assert not result.findings
    assert len(result.outcome.skipped) == 1


@pytest.mark.parametrize(
    ("changes", "unjudged"),
    [
        ({"basic_info.area": ""}, [("CF504", "basic_info.area")]),
        ({LEAD + "total_output@2023": "四十"}, [("CF505", LEAD + "total_output")]),
        ({LEAD + "total_output@2022": "", LEAD + "total_output@2023": ""}, [("CF505", LEAD + "total_output")]),
        ({LEAD + "sme_share@2024": "/"}, [("CF506", LEAD + "sme_share")]),
        ({LEAD + "main_share@2024": "无"}, [("CF507", LEAD + "main_share")]),
        ({LEAD + "average_growth": ""}, []),  # the cluster's own growth is enough
        ({LEAD + "average_growth": "", LEAD + "total_output@2024": "215.00"}, [("CF508", LEAD + "average_growth")]),
        ({LEAD + "little_giants@2024": ""}, []),  # two champions are enough
        (POOR | {LEAD + "little_giants@2024": ""}, [("CF509", LEAD + "little_giants")]),
        (POOR | {LEAD + "little_giants@2024": "无"}, []),  # nine, and none of the best: judged
        ({"basic_info.accidents": ()}, []),  # no criterion of figures: CF109 says it
    ],
)  # fmt: skip
def test_a_criterion_that_cannot_be_judged_is_said(
    changes: dict[str, Any], unjudged: list[tuple[str, str]]
) -> None:
    outcome = run(filled("application", GOOD | changes), "CF5").outcome
    assert [(u.rule, u.field) for u in outcome.unjudged] == unjudged
    assert all(u.label for u in outcome.unjudged)


def test_the_years_that_can_be_judged_are() -> None:
    changes = {LEAD + "total_output@2022": "", LEAD + "total_output@2023": "39.00"}
    outcome = run(filled("application", GOOD | changes), "CF505").outcome
    assert [(f.rule, f.column) for f in outcome.findings] == [("CF505", "2023 年")]
    assert [u.rule for u in outcome.unjudged] == ["CF505"]


def test_banned_industries_are_banned_in_the_west_too() -> None:
    assert codes({"basic_info.restricted_industry": ("yes",)}, west=True) == [("CF503", "error")]


def test_a_western_cluster_is_for_a_person_save_the_vetoes() -> None:
    changes = {
        **POOR,
        "basic_info.accidents": ("yes",),
        LEAD + "main_share@2024": "60.00",
        LEAD + "sme_share@2024": "60.00",
    }
    assert codes(changes, west=True) == [
        ("CF501", "error"),
        ("CF506", "manual"),
        ("CF507", "manual"),
        ("CF509", "manual"),
    ]


def test_only_the_last_year_counts_for_the_shares() -> None:
    assert run(filled("application", GOOD | {LEAD + "main_share@2022": "60.00"}), "CF507").silent()


def test_the_threshold_and_the_figure_stand_in_the_message() -> None:
    found = run(filled("application", GOOD | {LEAD + "total_output@2023": "38.60"}), "CF505").only()
    assert (found.column, found.value, found.expected) == ("2023 年", "38.60", "≥ 40.00")
    assert "38.60 亿元" in found.message
    assert "40.00 亿元" in found.message
    assert found.severity is Severity.ERROR
