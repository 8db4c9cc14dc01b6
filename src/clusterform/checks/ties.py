"""Ties: the form's relations in one shape, so that an edit of any figure can be tried against all of them at once.

A tie holds where each of its clauses holds in one of its ways: a formula comes to a figure of the form, or into an
interval. A kind of check whose places are such relations gives that of a place in its method `tie`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from clusterform.checks.amounts import amount_at
from clusterform.checks.exact_range import reaches, span
from clusterform.checks.formula import ENDLESS, Apply, Node, Operand, cells, solve
from clusterform.checks.reader import Reader
from clusterform.fields import Kind
from clusterform.figures import Figure, Interval

_HALF_PLACE = Decimal("0.005")
EVERYTHING = Interval(-ENDLESS, ENDLESS)


class TargetFormula(NamedTuple):
    """A formula that comes to its target: a figure declared on the form, or an interval."""

    node: Node
    target: Operand | Interval
    mirrored: bool = False
    """The figure may have either sign."""
    copied: bool = False
    """The figure is the other one written again: only one of the two was rounded."""


Alternatives = tuple[TargetFormula, ...]


class Tie(NamedTuple):
    """One relation at one place of the form, and the figures it stands on."""

    spot: Operand
    """Where its failure is said."""
    clauses: tuple[Alternatives, ...]
    figures: Mapping[Operand, Figure]
    soft: bool = False
    """Its failure is evidence, and no failure by itself."""


class KnownIntervals(NamedTuple):
    """What each figure may stand for: as an input of a computation, and as its result."""

    inputs: dict[Operand, Interval]
    results: dict[Operand, Interval]

    def edited(self, changes: Mapping[Operand, Interval]) -> KnownIntervals:
        return KnownIntervals({**self.inputs, **changes}, {**self.results, **changes})


def make_tie(
    form: Reader, spot: Operand, *clauses: Alternatives, none_is_zero: bool = False, soft: bool = False
) -> Tie:
    """The tie with the figures it needs; Unknown where one cannot be had."""
    found: dict[Operand, Figure] = {}
    for way in (way for clause in clauses for way in clause):
        for cell in (*cells(way.node), *([way.target] if isinstance(way.target, Operand) else [])):
            if cell not in found:
                found[cell] = _figure(form, cell, none_is_zero=none_is_zero)
    return Tie(spot, clauses, found, soft)


def _figure(form: Reader, cell: Operand, *, none_is_zero: bool) -> Figure:
    if form.fields[cell.path].kind is Kind.TARGET:
        return amount_at(form, cell.path, cell.column, change=True).figure
    return form.figure(cell.path, cell.column, none_is_zero=none_is_zero)


def at_most(part: Node, whole: Node) -> Alternatives:
    return (TargetFormula(Apply("-", part, whole), Interval(-ENDLESS, Decimal(0))),)


def between(node: Node, low: Decimal | None, high: Decimal | None) -> Alternatives:
    """That the formula keeps its bounds; None where there is none."""
    return (
        TargetFormula(node, Interval(-ENDLESS if low is None else low, ENDLESS if high is None else high)),
    )


def holds(tie: Tie, sheet: KnownIntervals) -> bool:
    """Whether the relation holds, as far as rounding allows."""
    return all(any(_fits(way, sheet) for way in clause) for clause in tie.clauses)


def _fits(way: TargetFormula, sheet: KnownIntervals) -> bool:
    try:
        return any(reaches(way.node, t, sheet.inputs.__getitem__) for t in _targets(way, sheet))
    except ZeroDivisionError:
        return False


def _targets(way: TargetFormula, sheet: KnownIntervals) -> Sequence[Interval]:
    if not isinstance(way.target, Operand):
        target = way.target
    else:
        target = sheet.inputs[way.target].shrunk(_HALF_PLACE) if way.copied else sheet.results[way.target]
    return (target, -target) if way.mirrored else (target,)


def allowed(tie: Tie, cell: Operand, sheet: KnownIntervals) -> list[Interval]:
    """The values of one figure with which the tie would hold, all others as they are."""
    left = [EVERYTHING]
    for clause in tie.clauses:
        ways = [values for way in clause for values in _values(way, cell, sheet)]
        left = [v for one in left for other in ways if (v := one.common(other)) is not None]
    return left


def _values(way: TargetFormula, cell: Operand, sheet: KnownIntervals) -> Iterator[Interval]:
    try:
        if way.target == cell:
            values = span(way.node, sheet.inputs.__getitem__)
            yield from (values, -values) if way.mirrored else (values,)
        elif cell in cells(way.node):
            for target in _targets(way, sheet):
                solved = solve(way.node, cell, target, sheet.inputs.__getitem__)
                if solved is not None:
                    yield solved
        elif _fits(way, sheet):
            yield EVERYTHING
    except ZeroDivisionError:
        return
