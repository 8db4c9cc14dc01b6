"""What rounding allows: a figure computed exactly and rounded is never wrong; one further off always is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterform.figures import Figure, Interval, divided, printable, printed_figure, two_places

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
        ("436", "436", True, ("436", "436")),
        ("1.235", "1.235", False, ("1.23", "1.24")),
        ("1.2351", "1.2449", False, ("1.24", "1.24")),
    ],
)
def test_printable(low: str, high: str, counted: bool, expected: tuple[str, str] | None) -> None:
    fits = printable(Interval(Decimal(low), Decimal(high)), counted=counted)
    assert (fits and (str(fits.low), str(fits.high))) == expected


def between(low: str, high: str) -> Interval:
    return Interval(Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("made", "low", "high"),
    [
        (lambda: between("1", "2") + between("10", "20"), "11", "22"),
        (lambda: between("1", "2") - between("10", "20"), "-19", "-8"),
        (lambda: -between("1", "3"), "-3", "-1"),
        (lambda: abs(between("1", "3")), "1", "3"),
        (lambda: abs(between("0", "3")), "0", "3"),
        (lambda: abs(between("-3", "-1")), "1", "3"),
        (lambda: abs(between("-3", "0")), "0", "3"),
        (lambda: abs(between("-3", "1")), "0", "3"),
        (lambda: abs(between("-1", "3")), "0", "3"),
        (lambda: between("1", "2") * between("3", "5"), "3", "10"),
        (lambda: between("0", "2") * between("0", "5"), "0", "10"),
        (lambda: between("-1", "2") * between("3", "5"), "-5", "10"),
        (lambda: between("1", "2") * between("-3", "5"), "-6", "10"),
        (lambda: between("-2", "-1") * between("-5", "-3"), "3", "10"),
        (lambda: between("4", "8") / between("1", "2"), "2", "8"),
        (lambda: between("-4", "8") / between("1", "2"), "-4", "8"),
        (lambda: between("4", "8") / between("-2", "-1"), "-8", "-2"),
        (lambda: between("-8", "-4") / between("-2", "-1"), "2", "8"),
        (lambda: between("2", "3") ** 3, "8", "27"),
        (lambda: between("2", "3") ** 0, "1", "1"),
        (lambda: between("4", "9").root(2), "2", "3"),
        (lambda: between("-4", "9").root(2), "0", "3"),
        (lambda: between("-9", "-4").root(3), "0", "0"),
        (lambda: between("1", "2").shrunk(Decimal("0.25")), "1.25", "1.75"),
        (lambda: between("1", "2").shrunk(Decimal("0.5")), "1.5", "1.5"),
        (lambda: between("1", "2").shrunk(Decimal("0.6")), "1.5", "1.5"),
        (lambda: Interval.around(Decimal("1.2"), 1), "1.15", "1.25"),
        (lambda: Interval.around(Decimal(1200), -2), "1150", "1250"),
    ],
)
def test_the_ends_of_an_interval(made: Callable[[], Interval], low: str, high: str) -> None:
    assert made() == between(low, high)


@pytest.mark.parametrize("divisor", [("0", "1"), ("-1", "0"), ("-1", "1"), ("0", "0")])
def test_nothing_is_divided_by_what_may_be_nothing(divisor: tuple[str, str]) -> None:
    with pytest.raises(ZeroDivisionError):
        Interval.exact(1) / between(*divisor)
    with pytest.raises(ZeroDivisionError):
        divided(Decimal(0), Decimal(0))


def test_a_root_that_has_no_end_is_rounded_outward() -> None:
    for degree, value in ((2, "2"), (3, "8"), (3, "0.000001")):
        root = Interval.exact(Decimal(value)).root(degree)
        assert Fraction(root.low) ** degree < Fraction(value) < Fraction(root.high) ** degree


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (("1", "3"), ("2", "4"), ("2", "3")),
        (("1", "2"), ("2", "4"), ("2", "2")),
        (("1", "4"), ("2", "3"), ("2", "3")),
        (("1", "1.99"), ("2", "4"), None),
    ],
)
def test_what_two_intervals_hold(
    one: tuple[str, str], other: tuple[str, str], common: tuple[str, str] | None
) -> None:
    expected = common and between(*common)
    assert between(*one).common(between(*other)) == between(*other).common(between(*one)) == expected
    assert (
        between(*one).meets(between(*other)) == between(*other).meets(between(*one)) == (common is not None)
    )


@pytest.mark.parametrize(
    ("digits", "counted", "interval", "declared"),
    [
        ("12", False, ("12", "12"), ("11.995", "12.005")),
        ("12", True, ("12", "12"), ("12", "12")),
        ("12.5", False, ("12.45", "12.55"), ("12.495", "12.505")),
        ("12.5", True, ("12.45", "12.55"), ("12.495", "12.505")),
        ("12.50", False, ("12.495", "12.505"), ("12.495", "12.505")),
        ("12.500", False, ("12.4995", "12.5005"), ("12.4995", "12.5005")),
        ("-3", False, ("-3", "-3"), ("-3.005", "-2.995")),
    ],
)
def test_what_printed_digits_stand_for(
    digits: str, counted: bool, interval: tuple[str, str], declared: tuple[str, str]
) -> None:
    """As an input of a computation, and as what one has resulted in."""
    figure = printed_figure(digits, counted=counted)
    assert figure is not None
    assert (figure.interval, figure.declared) == (between(*interval), between(*declared))


def test_a_figure_in_hundreds_is_known_to_the_hundred() -> None:
    assert Figure(Decimal(1200), -2).declared == between("1150", "1250")
    assert Figure(Decimal(1200), -1).declared == between("1195", "1205")


def test_a_number_of_more_than_a_hundred_digits_is_a_key_that_stuck() -> None:
    assert printed_figure("9" * 100) is not None
    assert printed_figure("9" * 101) is None
