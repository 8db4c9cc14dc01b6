"""Figures in different units, such as 万元 and 亿元, that a condition adds or compares as if they were in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from clusterform.checks.amounts import comparable
from clusterform.checks.formula import Apply, Call, Constant, Node, Operand, inside
from clusterform.checks.formula_parser import Compared, Condition

FieldUnit = Callable[[Operand], str]
Pairs = Iterator[tuple[Operand, Operand]]


def unlike_units(condition: Condition, unit_of: FieldUnit) -> Pairs:
    """The two cells of each sum and comparison that are in different units."""
    for part in inside(condition):
        match part:
            case Compared(left=left, right=right) | Apply(sign="+" | "-", left=left, right=right):
                yield from _beside((left, right), unit_of)
            case Call(name="min" | "max", of=parts):
                yield from _beside(parts, unit_of)


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
