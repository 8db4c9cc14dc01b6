"""What a target must come to: a yearly growth, an industry's average, the firms of part two."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

import pytest

from clusterform.checks.check import Check
from clusterform.checks.reader import Hit, Limit, LimitSource, Reader, Unknown
from clusterform.checks.target_figures import BaselineFirms, GrowthFloor, ReferenceAverage
from clusterform.finding import Severity
from support.rule_run import filled

C = TypeVar("C", bound=Check)
TEN = Limit(
    name="ten",
    word="at_least",
    value=Decimal(10),
    unit="%",
    certainty="confirmed",
    source=LimitSource(document=""),
)
FIRMS = {"innovative": "10", "srdi": "6", "little_giants": "2", "champions": "1", "high_tech": "5"}


def judged(check: Check, field: str, texts: dict[str, Any], reference: dict[str, str] | None = None) -> Any:
    averages = {name: Decimal(text) for name, text in (reference or {}).items()}
    return check.judge(Reader(filled("application", texts), {"ten": TEN}, averages), field)


def grown(field: str, target: str, baseline: str, *, whole: bool = False) -> Hit | None:
    texts = {f"{field}@target": target, f"{field}@baseline": baseline}
    found = judged(GrowthFloor(field=field, limit="ten", whole=whole), field, texts)
    assert found is None or isinstance(found, Hit)
    return found


@pytest.mark.parametrize(
    ("target", "baseline", "expected", "variant"),
    [
        ("13.31亿元", "10.00亿元", None, None),
        ("13.304亿元", "10.00亿元", None, None),
        ("13.30亿元", "10.00亿元", "13.31亿元", None),
        ("133100万元", "10.00亿元", None, None),
        ("133000万元", "10.00亿元", "133100.00万元", None),
        ("11", "12.00", "15.98", "bare"),
        ("10", "12.00", "15.98", "bare"),
        ("9.99", "12.00", "15.98", None),
        ("12", "12.00", "15.98", None),
        ("11亿元", "12.00亿元", "15.98亿元", None),
    ],
)
def test_a_target_is_no_lower_than_its_baseline_grown(
    target: str, baseline: str, expected: str | None, variant: str | None
) -> None:
    """By a tenth each year, over three years; rounding counts in the filer's favour."""
    found = grown("plan.target_rd", target, baseline)
    assert (found and (found.expected, found.variant)) == (None if expected is None else (expected, variant))


@pytest.mark.parametrize(
    ("target", "baseline", "expected"),
    [("13", "10", "14"), ("14", "10", None), ("1330", "1000", "1331"), ("1331", "1000", None)],
)
def test_what_is_counted_grows_by_whole_ones(target: str, baseline: str, expected: str | None) -> None:
    found = grown("plan.target_patents", target, baseline, whole=True)
    assert (found and found.expected) == expected


def test_how_a_target_s_floor_is_computed_is_told() -> None:
    found = grown("plan.target_rd", "13.30亿元", "10.00亿元")
    assert found is not None
    assert found.facts | {"factor": "", "exact": ""} == {
        "baseline": "10.00",
        "rate": "10",
        "years": "3",
        "floor": "13.31亿元",
        "factor": "",
        "exact": "",
    }
    assert Decimal(str(found.facts["factor"])) == Decimal("1.331")
    assert Decimal(str(found.facts["exact"])) == Decimal("13.31")


def test_a_target_in_another_unit_than_its_baseline_cannot_be_judged() -> None:
    with pytest.raises(Unknown):
        grown("plan.target_rd", "14家", "10.00亿元")


@pytest.mark.parametrize(
    ("target", "variant", "expected"),
    [
        *(
            ("年均增长10%", None, None),
            ("年均增长9.99%", "rate", "≥ 10.00"),
            ("9%", "rate", "≥ 10.00"),
            ("15%", None, None),
        ),
        *(("三年累计增长33.10%", None, None), ("三年累计增长33.09%", "whole", "≥ 33.10")),
        *(("年均增长100%", None, None), ("年均增长100.01%", "steep", None)),
        *(("三年累计增长700%", None, None), ("三年累计增长700.01%", "steep", None)),
        *(("增长15%", "unsaid", None), ("增长33.10%", None, None), ("增长33.09%", "unsaid", None)),
        *(("增长9%", "rate", "≥ 10.00"), ("150%", None, None)),
    ],
)
def test_a_target_that_is_written_as_a_rate(target: str, variant: str | None, expected: str | None) -> None:
    found = grown("plan.target_rd", target, "10.00亿元")
    assert (found and (found.variant, found.expected)) == (None if variant is None else (variant, expected))
    if variant in {"steep", "unsaid"}:
        assert found is not None
        assert found.severity is Severity.WARNING


def average(target: str, baseline: str, given: str | None, *, reduction: bool = False) -> Hit | None:
    field, name = ("plan.target_co2", "co2_reduction") if reduction else ("plan.target_internet", "internet")
    check = ReferenceAverage.made(field=field, reference=name, of="reduction" if reduction else "level")
    texts = {f"{field}@target": target, f"{field}@baseline": baseline}
    found = judged(check, field, texts, None if given is None else {name: given})
    assert found is None or isinstance(found, Hit)
    return found


@pytest.mark.parametrize(
    ("target", "baseline", "given", "variant", "expected"),
    [
        ("60%", "50%", "60", "", None),
        ("59.99%", "50%", "60", None, "≥ 60"),
        ("60%", "50%", None, "no-reference", None),
        ("40%", "50%", None, "wrong-way", None),
        ("50%", "50%", None, "no-reference", None),
        ("40%", "", None, "no-reference", None),
    ],
)
def test_a_level_against_its_industry_s_average(
    target: str, baseline: str, given: str | None, variant: str | None, expected: str | None
) -> None:
    found = average(target, baseline, given)
    assert (found and (found.variant, found.expected)) == (None if variant == "" else (variant, expected))
    if given is None:
        assert found is not None
        assert found.severity is (Severity.WARNING if variant == "wrong-way" else Severity.MANUAL)


@pytest.mark.parametrize(
    ("target", "baseline", "given", "variant", "figure"),
    [
        ("0.40", "0.50", "21.7", "", ""),
        ("0.40", "0.50", "21.8", None, "20.00"),
        ("0.40", "0.50", None, "no-reference", "20.00"),
        ("0.50", "0.40", None, "wrong-way", "-25.00"),
        ("0.50", "0.50", None, "no-reference", "0.00"),
        ("0.5000", "0.5000", None, "no-reference", "0.00"),
        ("年均下降5%", "0.50", "14.2", "", ""),
        ("年均下降5%", "0.50", "14.3", None, "14.26"),
        ("三年累计下降14%", "0.50", "14", "", ""),
        ("三年累计下降14%", "0.50", "14.1", None, "14.00"),
        ("下降14%", "0.50", "14.1", None, "14.00"),
    ],
)
def test_a_reduction_against_its_industry_s_average(
    target: str, baseline: str, given: str | None, variant: str | None, figure: str
) -> None:
    found = average(target, baseline, given, reduction=True)
    assert (found and (found.variant, found.facts["figure"])) == (
        None if variant == "" else (variant, figure)
    )


@pytest.mark.parametrize("nothing", ["0", "0.00"])
def test_nothing_is_reduced_from_nothing(nothing: str) -> None:
    with pytest.raises(Unknown):
        average("0.40", nothing, "10", reduction=True)


@pytest.mark.parametrize(
    ("baseline", "changes", "facts"),
    [
        *(("10家", {}, None), ("16家", {}, None), ("20家", {}, None), ("24家", {}, None)),
        ("9家", {}, ("10 + 6", "16", "10", "24")),
        ("25家", {}, ("10 + 6", "16", "10", "24")),
        ("18家", {"srdi": "无"}, None),
        ("19家", {"srdi": "无"}, ("10 + 0", "10", "10", "18")),
        ("19家", {"high_tech": "无"}, None),
        ("20家", {"high_tech": "无"}, ("10 + 6", "16", "10", "19")),
    ],
)
def test_the_firms_of_the_baseline_lie_between_the_largest_level_and_the_sum_of_all(
    baseline: str, changes: dict[str, str], facts: tuple[str, ...] | None
) -> None:
    """The two core levels are surely meant; the three others some add as well. 无 is none of them."""
    check = BaselineFirms.made(
        field="plan.target_good_smes",
        year="last",
        core=("leading_industry.innovative", "leading_industry.srdi"),
        more=tuple(f"leading_industry.{key}" for key in ("little_giants", "champions", "high_tech")),
    )
    texts = {f"leading_industry.{key}@2024": text for key, text in {**FIRMS, **changes}.items()}
    found = judged(check, check.field, {**texts, "plan.target_good_smes@baseline": baseline})
    keys = ("core", "sum", "least", "most")
    assert (found and tuple(found.facts[key] for key in keys)) == facts
    assert found is None or (found.expected, found.column, found.facts["year"]) == (
        facts and facts[1],
        "baseline",
        "2024",
    )
