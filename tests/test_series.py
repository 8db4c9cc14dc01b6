"""The figures that reports draw: which they are, their floors, and that they agree with the rules."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.errors import DataError
from clusterform.finding import Aim, Figures
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import load_limits
from clusterform.forms.model import make_form
from clusterform.series import figures_of
from support.rule_run import filled, run

FIGURES: dict[str, Any] = {
    "leading_industry.total_output@2022": "210.50",
    "leading_industry.total_output@2024": "268.40",
    "plan.target_growth@baseline": "14.08",
    "plan.target_growth@target": "10.00",
    "plan.target_rd@baseline": "6.88亿元",
    "plan.target_rd@target": "9.60亿元",
    "plan.target_patents@baseline": "1020",
    "plan.target_patents@target": "1551",
    "plan.target_good_smes@baseline": "209",
    "plan.target_good_smes@target": "209",
}


def figures(**change: str) -> Figures:
    given = {**FIGURES, **{key.replace("__", "@").replace("_at_", "."): text for key, text in change.items()}}
    return figures_of(filled("application", given), load_limits("2025"))


def aims(**change: str) -> dict[str, Aim]:
    return {aim.label: aim for aim in figures(**change).aims}


def test_years_keep_their_heads_and_gaps() -> None:
    first = figures().years[0]
    assert (first.label, first.unit) == ("集群总产值（亿元）", "亿元")
    assert first.points == (("2022 年", "210.50"), ("2023 年", None), ("2024 年", "268.40"))


def test_targets_stand_beside_the_least_they_may_be() -> None:
    found = aims()
    growth, firms = found["近三年集群产值年均增速"], found["优质中小企业数量"]
    spending, patents = found["研发经费投入"], found["有效发明专利数量"]
    assert (growth.value, growth.floor, growth.reached) == ("10.00", "10", True)
    assert (firms.value, firms.floor, firms.reached) == ("209", "209", False)
    assert (spending.value, spending.floor, spending.unit, spending.reached) == ("9.60", "9.16", "亿元", True)
    assert (patents.value, patents.floor, patents.reached) == ("1551", "1552", False)
    assert patents.column == "2027 年目标值"


@pytest.mark.parametrize("target", ["9.14亿元", "9.15亿元", "9.16亿元", "91600万元", "10%", "9.90%"])
def test_a_target_reached_is_one_the_rule_passes(target: str) -> None:
    given = {**FIGURES, "plan.target_rd@target": target}
    said = [f for f in run(filled("application", given), "CF603").findings if f.rule == "CF603"]
    assert aims(plan_at_target_rd__target=target)["研发经费投入"].reached is not bool(said)


@pytest.mark.parametrize("target", ["", "无", "增加 2 亿元", "大幅提高"])
def test_no_figure_no_floor(target: str) -> None:
    aim = aims(plan_at_target_rd__target=target)["研发经费投入"]
    assert (aim.value, aim.floor, aim.reached) == (None, None, False)


def test_a_definition_that_draws_what_it_has_not_is_refused() -> None:
    wrong = {
        "form": "x",
        "annex": "x",
        "title": "x",
        "short": {"zh": "x", "en": "x"},
        "guidance": {"heading": "x", "items": ()},
        "column_sets": {},
        "sections": (),
        "figures": {"years": ["no.row"]},
    }
    with pytest.raises(DataError, match=r"no\.row"):
        make_form(wrong, load_edition("2025"), "x.yaml")
