"""The kind `compare` as a rule of one's own would use it: each way to compare, and what its message may show."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.engine import Outcome, Terms, run_rules
from clusterform.forms.limits import load_limits
from clusterform.forms.rule import rule_from
from clusterform.validation import MisfitError
from support.rule_run import EDITION, filled

LEAD = "leading_industry."
FORM = {
    "basic_info.area": "36.50",
    LEAD + "enterprises@2024": "481",
    LEAD + "smes@2024": "460",
    LEAD + "listed@2024": "4",
    LEAD + "tutoring@2024": "无",
    "innovation.rd_spending@2024": "6.88",
    "plan.target_rd@baseline": "68800万元",
}


def outcome(check: dict[str, Any], message: str = "{value}", **changes: str) -> Outcome:
    rule = rule_from(
        {
            "code": "CF950",
            "name": "own",
            "severity": "warning",
            "basis": {"document": "某省办法", "clause": "第一条"},
            **{key: {"zh": key, "en": key} for key in ("title", "why")},
            "wrong": "a",
            "right": "b",
            "message": {"zh": message, "en": message},
            "checks": [{"kind": "compare", **check}],
        },
        EDITION,
    )
    texts = {**FORM, **{key.replace("__", "."): text for key, text in changes.items()}}
    found = run_rules(filled("application", texts), [rule], Terms(limits=load_limits("2025")))
    assert not found.crashed
    return found


def said(check: dict[str, Any], message: str = "{value}", **changes: str) -> list[str]:
    return [finding.message for finding in outcome(check, message, **changes).findings]


@pytest.mark.parametrize(
    ("check", "message", "told"),
    [
        ({"at_most": "20"}, "{left} {figure}", ["36.50 20"]),
        ({"limit": "area"}, "{bound} {limit}", []),
        ({"limit": "output"}, "{value} {bound} {limit}", ["36.50 不低于 40.00"]),
        (
            {"at_least": f"{LEAD}smes[last] / 10"},
            "{part} {whole} {other}",
            ["46.00 36.50 其中：集群中小企业数量（年度当前值） 2024 年"],
        ),
        ({"at_most": f"{LEAD}listed[last] * 9"}, "{left} {figure}", ["36.50 36"]),
        ({"left": "basic_info.area * 2", "at_most": f"{LEAD}listed[last] * 9"}, "{left} {figure}", ["73 36"]),
    ],
)
def test_a_figure_against_a_threshold_or_a_formula(
    check: dict[str, Any], message: str, told: list[str]
) -> None:
    assert said({"field": "basic_info.area", **check}, message) == told


def test_an_alternative_may_be_enough_and_is_shown_where_it_is_not() -> None:
    check = {
        "field": LEAD + "listed",
        "at": "last",
        "limit": "good_firms",
        "otherwise": {"all": {"left": f"{LEAD}smes + {LEAD}enterprises", "limit": "output"}},
    }
    assert said(check) == []
    few = {LEAD.replace(".", "__") + "smes@2024": "1", LEAD.replace(".", "__") + "enterprises@2024": "2"}
    assert said(check, "{left}<{limit} {all}<{all_limit} {value}", **few) == ["4<10 3<40 4 + 3"]


def test_none_counts_as_nothing_only_where_it_is_told_to() -> None:
    check = {
        "field": LEAD + "listed",
        "at": "last",
        "left": f"{LEAD}listed + {LEAD}tutoring",
        "at_most": f"{LEAD}listed - 1",
    }
    assert outcome(check).skipped
    assert said({**check, "none_is_zero": True}, "{left}") == ["4"]


def test_units_are_converted_and_rounding_allowed_where_asked() -> None:
    same = {"field": "plan.target_rd", "at": "baseline", "equals": {"spent": "innovation.rd_spending[last]"}}
    assert said(same) == []
    assert said(same, "{spent}", **{"plan__target_rd@baseline": "68900万元"}) == ["6.88"]
    least = {"field": "plan.target_rd", "at": "baseline", "at_least": "innovation.rd_spending[last]"}
    low = {"plan__target_rd@baseline": "6.875亿元"}
    assert said({**least, "rounding": True}, **low) == []
    assert said(least, **low) == ["6.875亿元"]


def test_so_far_beyond_is_certain() -> None:
    check = {"field": LEAD + "listed", "at": "last", "at_most": "basic_info.area", "certain": "10"}
    found = [outcome(check, **{"leading_industry__listed@2024": n}).findings for n in ("36", "37", "365")]
    assert [[f.severity.value for f in findings] for findings in found] == [[], ["warning"], ["error"]]


def test_figures_that_must_be_the_same_first() -> None:
    check = {
        "field": LEAD + "smes",
        "at": "last",
        "at_most": "basic_info.area",
        "where": ["basic_info.area", "innovation.rd_spending[last]"],
    }
    assert said(check) == []
    assert said({**check, "where": ["basic_info.area", "basic_info.area"]}) == ["460"]


@pytest.mark.parametrize("ways", [{}, {"limit": "area", "at_most": f"{LEAD}smes[last]"}])
def test_there_is_one_way_to_compare(ways: dict[str, Any]) -> None:
    with pytest.raises(MisfitError, match="one of limit"):
        outcome({"field": "basic_info.area", **ways})
