"""The range of a formula is exact: one figure is one figure, however often it stands there."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import isqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterform.checks.exact_range import reaches, span
from clusterform.checks.formula import Apply, Call, Operand, evaluate
from clusterform.checks.formula_parser import parse
from clusterform.figures import Figure, Interval, printable

FIRST, MIDDLE, LAST = (Operand("s.a", None), Operand("s.b", None), Operand("s.c", None))
MEAN_OF_FALLS = parse("100 - (s.b / s.a + s.c / s.b) * 50")
AMOUNTS = st.integers(10, 3000).map(lambda n: Figure(Decimal(n).scaleb(-2), 2))
NEAR = Decimal("1E-9")


def searched(first: Interval, middle: Interval, last: Interval) -> tuple[Fraction, Fraction]:
    """The exact range by trying the ends, and for the middle figure the one point where the slope turns."""
    found = []
    for a, c in product((first.low, first.high), (last.low, last.high)):
        ends = [Fraction(middle.low), Fraction(middle.high)]
        scale = 10**40
        turn = Fraction(isqrt(int(Fraction(a) * Fraction(c) * scale)), 10**20)
        points = ends + ([turn] if ends[0] < turn < ends[1] else [])
        found += [100 - (b / Fraction(a) + Fraction(c) / b) * 50 for b in points]
    return min(found), max(found)


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_a_figure_that_stands_there_twice_moves_as_one(a: Figure, b: Figure, c: Figure) -> None:
    box = {FIRST: a.interval, MIDDLE: b.interval, LAST: c.interval}
    found = span(MEAN_OF_FALLS, box.__getitem__)
    low, high = searched(a.interval, b.interval, c.interval)
    assert abs(Fraction(found.low) - low) <= Fraction(NEAR) * max(1, abs(low))
    assert abs(Fraction(found.high) - high) <= Fraction(NEAR) * max(1, abs(high))


@given(AMOUNTS, AMOUNTS, AMOUNTS, st.integers(-3000, 12000))
def test_a_figure_fits_just_where_the_search_says_so(a: Figure, b: Figure, c: Figure, shown: int) -> None:
    box = {FIRST: a.interval, MIDDLE: b.interval, LAST: c.interval}
    low, high = searched(a.interval, b.interval, c.interval)
    target = Figure(Decimal(shown).scaleb(-2), 2).declared
    inside = low <= Fraction(target.high) and Fraction(target.low) <= high
    assert reaches(MEAN_OF_FALLS, target, box.__getitem__) == inside


def test_the_printed_range_is_narrower_than_with_each_occurrence_by_itself() -> None:
    box = {FIRST: Figure(Decimal("0.25"), 2).interval, MIDDLE: Figure(Decimal("0.24"), 2).interval}
    box |= {LAST: Figure(Decimal("0.23"), 2).interval}
    exact = printable(span(MEAN_OF_FALLS, box.__getitem__))
    loose = printable(evaluate(MEAN_OF_FALLS, box.__getitem__))
    assert exact is not None
    assert loose is not None
    assert exact.high - exact.low < loose.high - loose.low


def test_a_figure_below_a_root_and_beside_it_turns_where_the_slope_does() -> None:
    found = span(parse("root(s.a, 2) * 10 - s.a"), {FIRST: Interval(Decimal(4), Decimal(100))}.__getitem__)
    assert abs(found.low) <= NEAR
    assert abs(found.high - 25) <= NEAR


SINGLE = ("s.a / s.b * 100 - 100", "root(s.a * s.b / s.c, 2) * 100 - 100", "s.a / (s.b * s.c) * 10000")


@given(st.sampled_from(SINGLE), AMOUNTS, AMOUNTS, AMOUNTS)
def test_figures_that_stand_there_once_reach_both_ends(text: str, a: Figure, b: Figure, c: Figure) -> None:
    """By trying every corner: each of these formulas only rises or only falls with each figure."""
    node = parse(text)
    box = {FIRST: a.interval, MIDDLE: b.interval, LAST: c.interval}
    found = span(node, box.__getitem__)
    corners = []
    for ends in product(*((v.low, v.high) for v in box.values())):
        point = {cell: Interval.exact(end) for cell, end in zip(box, ends, strict=True)}
        corners.append(evaluate(node, point.__getitem__))
    assert found.low <= min(c.high for c in corners)
    assert found.high >= max(c.low for c in corners)
    assert min(c.low for c in corners) - found.low <= NEAR
    assert found.high - max(c.high for c in corners) <= NEAR


def test_only_the_second_decimal_carries_half_a_unit() -> None:
    half = Decimal("0.005")
    assert Figure(Decimal(70), 0).interval == Interval.exact(70)
    assert Figure(Decimal(70), 0).declared == Interval(70 - half, 70 + half)
    assert Figure(Decimal("70.4"), 1).declared == Interval(Decimal("70.395"), Decimal("70.405"))
    assert Figure(Decimal("70.44"), 2).declared == Figure(Decimal("70.44"), 2).interval
    assert Figure(Decimal(143), 0, counted=True).declared == Interval.exact(143)


@pytest.mark.parametrize("formula", ["s.a - s.b", "s.b - s.a"])
def test_what_is_taken_away_inside_an_amount_and_added_behind_it_moves_nothing(formula: str) -> None:
    box = {FIRST: Interval(Decimal(1), Decimal(2)), MIDDLE: Interval(Decimal(5), Decimal(7))}
    whole = Apply("+", Call("abs", (parse(formula),)), FIRST)
    assert span(whole, box.__getitem__) == box[MIDDLE]
