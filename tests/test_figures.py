"""What rounding allows: a figure computed exactly and rounded is never wrong; one further off always is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterform.figures import Figure, Interval, printable, two_places

AMOUNTS = st.integers(min_value=1, max_value=10**10).map(lambda n: Decimal(n).scaleb(-2))
COUNTS = st.integers(min_value=1, max_value=10**6)
TRUTHS = st.fractions(min_value=Fraction(1, 50), max_value=10**6, max_denominator=10**6)


def rounded(value: Fraction, places: int = 2) -> Figure:
    """Half up, as people and spreadsheets round, computed without any decimal division."""
    scaled = value * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    return Figure(Decimal(whole).scaleb(-places), places)


def growth(year: Interval, before: Interval) -> Interval:
    return year / before * Interval.exact(100) - Interval.exact(100)


@given(TRUTHS, TRUTHS)
def test_a_rate_of_the_true_amounts_always_fits(before: Fraction, year: Fraction) -> None:
    """The county rounds its amounts, and computes the rate from the amounts before rounding."""
    rate = rounded((year / before - 1) * 100)
    assert growth(rounded(year).interval, rounded(before).interval).meets(rate.interval)


@given(AMOUNTS, AMOUNTS)
def test_a_rate_of_the_printed_amounts_always_fits(before: Decimal, year: Decimal) -> None:
    rate = rounded((Fraction(year) / Fraction(before) - 1) * 100)
    assert growth(Figure(year, 2).interval, Figure(before, 2).interval).meets(rate.interval)


@given(AMOUNTS, AMOUNTS, st.booleans(), st.integers(min_value=1, max_value=10**4))
def test_a_rate_further_off_than_rounding_allows_never_fits(
    before: Decimal, year: Decimal, above: bool, steps: int
) -> None:
    half = Fraction(1, 200)
    high = ((Fraction(year) + half) / (Fraction(before) - half) - 1) * 100
    low = ((Fraction(year) - half) / (Fraction(before) + half) - 1) * 100
    edge = rounded(high + half + Fraction(1, 200)) if above else rounded(low - half - Fraction(1, 200))
    away = Figure(edge.value + steps * Decimal("0.01") * (1 if above else -1), 2)
    assert not growth(Figure(year, 2).interval, Figure(before, 2).interval).meets(away.interval)


@given(COUNTS, COUNTS)
def test_a_share_of_counts_has_one_right_figure_but_for_ties(part: int, whole: int) -> None:
    share = Interval.exact(part) / Interval.exact(whole) * Interval.exact(100)
    right = rounded(Fraction(part * 100, whole))
    assert share.meets(right.interval)
    exact_tie = Fraction(part * 100, whole) * 200 % 2 == 1
    for step in (Decimal("0.01"), Decimal("-0.01")):
        beside = Figure(right.value + step, 2)
        assert share.meets(beside.interval) <= exact_tie


@given(TRUTHS, TRUTHS)
def test_the_range_in_a_message_is_the_range_that_fits(before: Fraction, year: Fraction) -> None:
    values = growth(rounded(year).interval, rounded(before).interval) if before > 1 else Interval.exact(1)
    fits = printable(values)
    assert fits is not None
    for value in (fits.low, fits.high):
        assert values.meets(Figure(value, 2).interval)
    assert not values.meets(Figure(fits.low - Decimal("0.01"), 2).interval)
    assert not values.meets(Figure(fits.high + Decimal("0.01"), 2).interval)


@given(TRUTHS, st.sampled_from([2, 3]))
def test_a_root_holds_the_true_root(value: Fraction, degree: int) -> None:
    figure = rounded(value)
    assume(figure.value > 0)
    root = Interval.exact(figure.value).root(degree)
    assert Fraction(root.low) ** degree <= Fraction(figure.value) <= Fraction(root.high) ** degree
    assert root.high - root.low < Decimal("1E-25")


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_every_operation_holds_every_true_result(a: Decimal, b: Decimal, c: Decimal) -> None:
    """Whatever the operands stand for, the result's interval holds what they make."""
    left, right = Figure(a, 2).interval, Figure(b + c, 2).interval
    x, y = Fraction(left.low), Fraction(right.high)
    for interval, truth in (
        (left + right, x + y),
        (left - right, x - y),
        (left * right, x * y),
        (left / right, x / y),
    ):
        assert Fraction(interval.low) <= truth <= Fraction(interval.high)


def test_a_zero_inside_the_divisor_has_no_quotient() -> None:
    with pytest.raises(ZeroDivisionError):
        Interval.exact(1) / Figure(Decimal("0.00"), 2).interval


def test_the_middle_of_a_tie_rounds_up() -> None:
    assert two_places((Interval.exact(1) / Interval.exact(800) * Interval.exact(100)).centre) == Decimal(
        "0.13"
    )


def test_no_number_is_too_long_to_print() -> None:
    long = Decimal("9" * 60)
    assert two_places(Interval.exact(long).centre) == long
    assert printable(Interval.exact(long)) is not None


@pytest.mark.parametrize(
    ("low", "high", "counted", "expected"),
    [
        ("1.234", "1.236", False, ("1.23", "1.24")),
        ("-0.001", "0.001", False, ("0.00", "0.00")),
        ("435.96", "436.04", True, ("436", "436")),
        ("435.10", "435.90", True, None),
    ],
)
def test_printable(low: str, high: str, counted: bool, expected: tuple[str, str] | None) -> None:
    fits = printable(Interval(Decimal(low), Decimal(high)), counted=counted)
    assert (fits and (str(fits.low), str(fits.high))) == expected
