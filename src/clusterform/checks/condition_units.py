"""Figures in different units, such as 万元 and 亿元, that a condition adds or compares as if they were in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from clusterform.checks.amounts import comparable
from clusterform.checks.formula import Apply, Call, Constant, Node, Operand, Root
from clusterform.checks.formula_parser import Condition, comparisons

FieldUnit = Callable[[Operand], str]
Pairs = Iterator[tuple[Operand, Operand]]


def unlike_units(condition: Condition, unit_of: FieldUnit) -> Pairs:
    """The two cells of each sum and comparison that are in different units."""
    for comparison in comparisons(condition):
        yield from _in(comparison.left, unit_of)
        yield from _in(comparison.right, unit_of)
        yield from _beside((comparison.left, comparison.right), unit_of)


def _in(node: Node, unit_of: FieldUnit) -> Pairs:
    match node:
        case Apply(sign=sign, left=left, right=right):
            yield from _in(left, unit_of)
            yield from _in(right, unit_of)
            if sign in "+-":
                yield from _beside((left, right), unit_of)
        case Call(name=name, of=parts):
            for part in parts:
                yield from _in(part, unit_of)
            if name in {"min", "max"}:
                yield from _beside(parts, unit_of)
        case Root(of=of):
            yield from _in(of, unit_of)


def _beside(parts: tuple[Node, ...], unit_of: FieldUnit) -> Pairs:
    measured = [cell for cell in map(_measure, parts) if cell is not None]
    for one, other in pairwise(measured):
        if not comparable(unit_of(one), unit_of(other)):
            yield one, other


def _measure(node: Node) -> Operand | None:
    """A cell in whose unit the formula is; None where it has been multiplied or divided: whoever did that knows why."""
    match node:
        case Operand():
            return node
        case Apply(sign=sign, left=left, right=right) if sign in "+-":
            return _measure(left) or _measure(right)
        case Call(of=parts):
            return next(filter(None, map(_measure, parts)), None)
        case Constant() | _:
            return None
