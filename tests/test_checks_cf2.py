"""CF201 to CF212, what cases and examples do not ask: one cause is one finding, reasons, sums as they are shown, formulas."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterform.checks.formula import Operand, evaluate, solve
from clusterform.checks.formula_parser import parse
from clusterform.figures import Interval
from support.hand_made import make_form, outcome, said

LEADING = "leading_industry."


@pytest.mark.parametrize("form", ["application", "review"])
def test_a_sound_form_is_sound_and_nothing_is_skipped(form: str) -> None:
    """The plan of part eight is not on these forms, which CF318 needs."""
    done = outcome(make_form(form=form))
    assert (done.findings, {s.rule for s in done.skipped} - {"CF318"}) == ([], set())


@pytest.mark.parametrize(
    "changes",
    [
        {LEADING + "output_growth@2022": "99.00"},  # only the mean can tell, and compound growth fits
        {LEADING + "fdi_growth@2024": "13.07", LEADING + "fdi@2024": "3980"},
        {LEADING + "fdi@2022": "0.00", LEADING + "fdi@2023": "0.00", LEADING + "fdi_growth": "无 无 无"},
        {LEADING + "exports@2024": "无", LEADING + "exports_growth@2024": "无"},
        {LEADING + "fdi@2024": "0.00", LEADING + "fdi_growth@2024": "-100.00"},  # it ended: no slip
        {LEADING + "champions": "1 4 9"},
        {LEADING + "fdi": "3200.00 9920.00 3980.00", LEADING + "fdi_growth": "8.50 210.00 -59.88"},
    ],
    ids=str,
)
def test_lets_pass(changes: dict[str, Any]) -> None:
    assert said(changes) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        # After a year of 0 there is no rate, not even 0.
        ({LEADING + "exports@2022": "0.00"}, ("CF204", "exports_growth", "2023", "无")),
        ({LEADING + "fdi@2022": "0.00", LEADING + "fdi@2023": "0.00", LEADING + "fdi_growth": "无 0.00 无"},
         ("CF203", "fdi_growth", "2023", "无")),
        # One input, two rates or more: said once, at the input.
        ({LEADING + "fdi@2023": "3250.00"}, ("CF203", "fdi", "2023", "3519.97")),
        ({LEADING + "total_output@2023": "263.80"}, ("CF201", "total_output", "2023", "236.81")),
        ({LEADING + "total_output@2024": "2684.00"}, ("CF201", "total_output", "2024", "268.40")),
        ({LEADING + "total_output@2022": "201.50"}, ("CF201", "total_output", "2022", "210.50")),
        ({LEADING + "main_share@2023": "81.30"}, ("CF201", "main_share", "2023", "83.10")),
        ({LEADING + "smes@2023": "346"}, ("CF206", "smes", "2023", "436")),
        ({"innovation.rd_spending@2023": "59.50"}, ("CF205", "rd_spending", "2023", "5.95")),
        # A zero among amounts makes both rates beside it wrong.
        ({LEADING + "fdi@2023": "0.00"}, ("CF203", "fdi_growth", "2023", "-100.00")),
        ({"innovation.rd_spending@2022": "0.00"}, ("CF205", "rd_growth", "2023", "无")),
        # A jump is evidence: it tells which of the figures of a relation has slipped.
        ({"green.energy@2024": "2.30"}, ("CF209", "energy", "2024", "0.23")),
        ({"digital.cloud_smes@2022": "20"}, ("CF206", "cloud_smes", "2022", "198")),
        # Only the second decimal carries half a unit: 14.6 is 14.60, 63.0 is 63.00 and 63 is 63.00.
        ({LEADING + "output_growth@2024": "14.6"}, ("CF201", "output_growth", "2024", "14.57")),
        ({"digital.cloud_share@2024": "63.0"}, ("CF206", "cloud_share", "2024", "63.04")),
        ({"digital.cloud_share@2024": "63"}, ("CF206", "cloud_share", "2024", "63.04")),
        # One odd year goes up and down again; it is said once.
        ({"digital.software_spending@2023": "10200.00"}, ("CF212", "software_spending", "2023", None)),
        ({LEADING + "fdi": "3200.00 35200.00 3980.00", LEADING + "fdi_growth": "8.50 1000.00 -88.69"},
         ("CF212", "fdi", "2023", None)),
    ],
    ids=str,
)  # fmt: skip
def test_one_cause_one_finding(changes: dict[str, Any], found: tuple[Any, ...]) -> None:
    assert said(changes) == [found]


def test_a_rate_and_a_mean_that_one_edit_cannot_mend_are_two_findings() -> None:
    wrong = {LEADING + "output_growth@2024": "16.57"}
    assert said(wrong | {LEADING + "average_growth": "14.50"}) == [
        ("CF201", "output_growth", "2024", "14.57"),
        ("CF202", "average_growth", None, "14.08 / 14.31 / 14.32"),
    ]


def test_a_rate_that_the_right_mean_belies_too_is_one_finding() -> None:
    wrong = {LEADING + "output_growth@2024": "16.57", LEADING + "average_growth": "13.65"}
    assert said(wrong) == [("CF201", "output_growth", "2024", "14.57")]


def test_a_mean_of_the_rates_as_written_is_right_by_them() -> None:
    wrong = {LEADING + "output_growth@2024": "16.57", LEADING + "average_growth": "14.32"}
    assert [code for code, *_ in said(wrong)] == ["CF201"]


def test_two_causes_are_two_findings() -> None:
    assert said({LEADING + "output_growth@2023": "11.59", LEADING + "output_growth@2024": "16.57"}) == [
        ("CF201", "output_growth", "2023", "13.59"),
        ("CF201", "output_growth", "2024", "14.57"),
    ]
    assert said({"digital.cloud_share@2024": "60.00", "digital.platform_share@2024": "50.00"}) == [
        ("CF206", "cloud_share", "2024", "63.04"),
        ("CF207", "platform_share", "2024", "51.30"),
    ]


def test_the_growth_of_total_output_is_recognised() -> None:
    findings = outcome(make_form({LEADING + "output_growth@2024": "13.34"})).findings
    assert "集群总产值的增速" in findings[0].message
    findings = outcome(make_form({LEADING + "average_growth": "12.92"}), "en").findings
    assert "the compound growth of total output" in findings[0].message


def test_firms_as_the_divisor_are_recognised_and_blame_no_count() -> None:
    changes = {"digital.cloud_share@2024": "60.29", "digital.platform_share@2024": "49.06"}
    assert [f[:3] for f in said(changes)] == [
        ("CF206", "cloud_share", "2024"),
        ("CF207", "platform_share", "2024"),
    ]


def test_the_message_shows_the_sum_and_the_range() -> None:
    form = make_form({LEADING + "output_growth@2024": "16.57"})
    (zh,), (en,) = outcome(form).findings, outcome(form, "en").findings
    assert "268.40 × 84.00 ÷ (236.80 × 83.10) × 100 − 100 = 14.57" in zh.message
    assert "14.55 至 14.59" in zh.message
    assert "14.55 to 14.59" in en.message


def test_a_blank_input_skips_what_needs_it_with_a_reason() -> None:
    done = outcome(make_form({LEADING + "smes@2024": "-"}))
    assert done.findings == []
    assert {(s.rule, s.reason) for s in done.skipped} >= {
        ("CF206", "“其中：集群中小企业数量（年度当前值） 2024 年”未填写"),
        ("CF207", "“其中：集群中小企业数量（年度当前值） 2024 年”未填写"),
    }


def test_a_mean_whose_readings_cannot_all_be_computed_is_not_judged() -> None:
    done = outcome(make_form({LEADING + "output_growth@2022": "无", LEADING + "average_growth": "16.08"}))
    assert done.findings == []
    assert "CF202" in {s.rule for s in done.skipped}


AMOUNT = st.integers(min_value=100, max_value=10**6).map(lambda n: Decimal(n).scaleb(-2))


@settings(max_examples=40, deadline=None)
@given(AMOUNT, AMOUNT)
def test_rounded_growth_is_never_reported(before: Decimal, year: Decimal) -> None:
    rate = ((year / before - 1) * 100).quantize(Decimal("0.01"))
    changes = {
        LEADING + "fdi": f"{before} {before} {year}",
        LEADING + "fdi_growth": f"8.50 0.00 {rate}",
    }
    assert "CF203" not in {code for code, *_ in said(changes)}


@given(AMOUNT, AMOUNT, AMOUNT)
def test_a_formula_solved_for_a_cell_holds_with_it(a: Decimal, b: Decimal, share: Decimal) -> None:
    values = {Operand("s.a", None): a, Operand("s.b", None): b, Operand("s.c", None): share}
    node = parse("root(s.a * s.b / s.c, 2) * 100 - 100")
    exact = {cell: Interval.exact(value) for cell, value in values.items()}
    target = evaluate(node, exact.__getitem__)
    for cell, value in values.items():
        solved = solve(node, cell, target, exact.__getitem__)
        assert solved is not None
        assert solved.low <= value <= solved.high


@pytest.mark.parametrize("text", ["__import__('os')", "s.a ** 9", "s.a.b", "a", "s.a[1]", "1.5", "s.a +"])
def test_a_formula_knows_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="formula"):
        parse(text)
