"""What formulas come to: solved for one cell, compared, and the ends of those in which a figure stands several times."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.checks.exact_range import reaches, span
from clusterform.checks.expression import Expression
from clusterform.checks.formula import ENDLESS, Node, Operand, solve, write
from clusterform.checks.formula_parser import CellName, Compared, parse, parse_condition
from clusterform.checks.reader import Reader
from clusterform.figures import Interval
from support.rule_run import filled

A, B = Operand("s.a", None), Operand("s.b", None)
Ends = tuple[str | int, str | int]


def between(ends: Ends) -> Interval:
    return Interval(Decimal(ends[0]), Decimal(ends[1]))


@pytest.mark.parametrize(
    ("text", "cell", "target", "found"),
    [
        ("s.a + s.b", A, (10, 10), (6, 6)),
        ("s.a + s.b", B, (10, 10), (8, 8)),
        ("s.a - s.b", A, (10, 10), (14, 14)),
        ("s.a - s.b", B, (10, 10), (-8, -8)),
        ("s.a * s.b", A, (10, 10), ("2.5", "2.5")),
        ("s.a * s.b", B, (10, 10), (5, 5)),
        ("s.a / s.b", A, (10, 10), (40, 40)),
        ("s.a / s.b", B, (10, 10), ("0.2", "0.2")),
        ("(s.a + s.b) * 2", A, (20, 20), (6, 6)),
        ("100 - s.a / s.b", A, (90, 90), (40, 40)),
        ("root(s.a, 2)", A, (3, 4), (9, 16)),
        ("root(s.a, 3)", A, (2, 2), (8, 8)),
        ("root(s.a, 2)", A, (-1, 4), (0, 16)),
        ("root(s.a, 2)", A, (-1, 0), (0, 0)),
        ("root(s.a, 2)", A, (-2, -1), None),
        ("s.a / s.b", B, (0, 1), (2, ENDLESS)),
        ("s.a / s.b", B, (-1, 2), (1, ENDLESS)),
        ("s.a / s.b", B, (-1, 0), None),
        ("s.a / s.b", B, ("0.5", 1), (2, 4)),
        ("(s.a - 2) / s.b", B, (0, 1), None),
        ("s.a - s.b", B, (0, 1), (1, 2)),
        ("s.a + s.a", A, (10, 10), None),
        ("s.b", A, (10, 10), None),
        ("s.a", A, (10, 11), (10, 11)),
    ],
)
def test_what_a_figure_must_be_for_a_formula_to_come_to_a_target(
    text: str, cell: Operand, target: tuple[str | int, str | int], found: Ends | None
) -> None:
    """The first figure is 2, the second 4."""
    values = {A: Interval.exact(2), B: Interval.exact(4)}
    assert solve(parse(text), cell, between(target), values.__getitem__) == (found and between(found))


def formula(text: str) -> Node:
    """One with functions, of which only a condition may have all."""

    def cell(name: CellName, _: int) -> Operand:
        return A if "a" in (*name.parts, name.column) else B

    condition = parse_condition(f"{text} > 0", cell)
    assert isinstance(condition, Compared)
    return condition.left


RANGES = [
    ("min(s.a, s.b) - s.a", (1, 3), (2, 2), (-1, 0)),
    ("max(s.a, s.b) - s.a", (1, 3), (2, 2), (0, 1)),
    ("max(s.a, s.b, 5) - s.a", (1, 3), (2, 2), (2, 4)),
    ("abs(s.a) - s.a", (-2, 3), (2, 2), (0, 4)),
    ("abs(s.a) + s.a", (-2, 3), (2, 2), (0, 6)),
    ("abs(s.a) + s.a", (-3, -2), (2, 2), (0, 0)),
    ("abs(s.a - s.b) - s.a", (5, 7), (1, 2), (-2, -1)),
    ("s.a * s.a", (-2, 3), (2, 2), (0, 9)),
    ("s.a * s.a - s.a", (0, 1), (2, 2), ("-0.25", 0)),
    ("s.a * s.b - s.a", (1, 2), (3, 5), (2, 8)),
    ("s.a / (s.a + s.b)", (1, 3), (1, 3), ("0.25", "0.75")),
    ("s.b / s.a - s.a", (1, 2), (2, 4), (-1, 3)),
    ("root(s.a, 3) - s.a", (1, 8), (2, 2), (-6, 0)),
    ("root(s.a, 2) + s.a * s.b", (4, 9), (1, 2), (6, 21)),
    ("s.a - s.a", (1, 2), (2, 2), (0, 0)),
    ("s.a + s.b", (1, 2), (3, 4), (4, 6)),
    ("round(s.a, 0) + s.a", (1, 2), (2, 2), (2, 4)),
]


@pytest.mark.parametrize(("text", "a", "b", "ends"), RANGES)
def test_the_range_of_a_formula_in_which_a_figure_stands_twice(
    text: str, a: Ends, b: Ends, ends: Ends
) -> None:
    values = {A: between(a), B: between(b)}
    found, exact = span(formula(text), values.__getitem__), between(ends)
    assert found.low <= exact.low
    assert found.high >= exact.high
    assert max(exact.low - found.low, found.high - exact.high) <= Decimal("1E-9")
    step = Decimal("0.01")
    for target, inside in (
        (Interval.exact(exact.low), True),
        (Interval.exact(exact.high), True),
        (Interval.exact(exact.low - step), False),
        (Interval.exact(exact.high + step), False),
    ):
        assert reaches(formula(text), target, values.__getitem__) == inside


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("(s.a + s.b) * 2", "(a + b) × 2"),
        ("s.a + s.b * 2", "a + b × 2"),
        ("s.a - (s.b - 2)", "a − (b − 2)"),
        ("s.a - (s.b + 2)", "a − (b + 2)"),
        ("s.a - s.b - 2", "a − b − 2"),
        ("s.a + (s.b - 2)", "a + b − 2"),
        ("s.a / (s.b * 2)", "a ÷ (b × 2)"),
        ("s.a / (s.b + 2)", "a ÷ (b + 2)"),
        ("s.a / s.b / 2", "a ÷ b ÷ 2"),
        ("s.a * (s.b / 2)", "a × b ÷ 2"),
        ("2 * (s.a - s.b)", "2 × (a − b)"),
        ("-s.a", "−a"),
        ("-(s.a + s.b)", "−(a + b)"),
        ("1 - s.a", "1 − a"),
        ("root(s.a + 1, 2)", "√(a + 1)"),
        ("root(s.a, 3)", "³√(a)"),
        ("root(s.a, 4)", "4√(a)"),
        ("abs(s.a - s.b)", "|a − b|"),
        ("min(s.a, s.b)", "min(a, b)"),
        ("round(s.a, 1)", "round(a, 1)"),
    ],
)
def test_a_formula_is_written_with_no_more_brackets_than_it_needs(text: str, written: str) -> None:
    assert write(formula(text), lambda cell: cell.path.removeprefix("s.")) == written


@pytest.mark.parametrize(
    ("sign", "holds"),
    [
        *(("<=", (True, True, False)), ("<", (True, False, False)), (">=", (False, True, True))),
        *((">", (False, False, True)), ("=", (False, True, False)), ("!=", (True, False, True))),
    ],
)
@pytest.mark.parametrize("negated", [False, True])
def test_two_counts_compared_by_each_sign(sign: str, holds: tuple[bool, ...], negated: bool) -> None:
    """One below, one equal, one above."""
    condition = f"leading_industry.smes.last {sign} leading_industry.enterprises.last"
    check = Expression(condition=f"非 ({condition})" if negated else condition)
    for smes, held in zip(("459", "460", "461"), holds, strict=True):
        cells = {"leading_industry.smes@2024": smes, "leading_industry.enterprises@2024": "460"}
        reader = Reader(filled("application", cells))
        found = [check.judge(reader, place) for place in check.places(reader)]
        assert [hit is None for hit in found] == [held != negated]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("smes > 1 且 enterprises > 1", True),
        ("smes > 999 且 enterprises > 1", False),
        ("smes > 1 且 enterprises > 999", False),
        ("smes > 999 或 enterprises > 1", True),
        ("smes > 1 或 enterprises > 999", True),
        ("smes > 999 或 enterprises > 999", False),
        ("非 (smes > 1 且 enterprises > 999)", True),
        ("非 (smes > 1 或 enterprises > 999)", False),
        ("smes > 1 且 (enterprises > 999 或 listed > 1)", True),
        ("listed > 999 或 smes > 1 且 enterprises > 999", False),
        ("smes > 1 或 tutoring > 1", True),
        ("smes > 999 且 tutoring > 1", False),
    ],
)
def test_comparisons_joined_by_words(condition: str, holds: bool) -> None:
    """tutoring is blank: what is not known does not matter where the others decide."""
    names = ("smes", "enterprises", "listed", "tutoring")
    for name in names:
        condition = condition.replace(f"{name} ", f"leading_industry.{name}.last ")
    cells = {"smes": "460", "enterprises": "481", "listed": "4", "tutoring": ""}
    reader = Reader(filled("application", {f"leading_industry.{k}@2024": v for k, v in cells.items()}))
    check = Expression(condition=condition)
    assert [check.judge(reader, place) is None for place in check.places(reader)] == [holds]
