"""All values that a formula may have: one figure is one figure, however often it stands there.

Interval arithmetic lets each occurrence move by itself, which is exact while every figure stands there once. For the
others the box of figures is cut: where a formula only rises or falls with a figure, that figure is put to its end;
where it does both, its interval is halved. The bound is never too narrow, and further out by `_NEAR` at most.
"""

from __future__ import annotations

import heapq
from collections import Counter
from decimal import Decimal

from clusterform.checks.formula import (
    CALLS,
    ENDLESS,
    Apply,
    Call,
    Constant,
    Node,
    Operand,
    Root,
    ValueOf,
    cells,
    evaluate,
)
from clusterform.figures import Interval

_NEAR = Decimal("1E-10")
_STEPS, _FEWEST, _WORK = 400, 10, 12_000
"""Bounds on the work, which grows with the square of the cells; the bound found so far is still none too narrow."""
_ZERO, _ONE = Interval.exact(0), Interval.exact(1)
_EITHER_WAY, _ANY_STEP = Interval(Decimal(-1), Decimal(1)), Interval(Decimal(0), ENDLESS)
Box = dict[Operand, Interval]


def span(node: Node, values: ValueOf) -> Interval:
    """Every value of the formula and, but for `_NEAR`, no other; ZeroDivisionError where a divisor may be zero."""
    found = Counter(cells(node))
    wide = evaluate(node, values)
    if all(times == 1 for times in found.values()):
        return wide
    box = {cell: values(cell) for cell in found}
    return Interval(
        max(wide.low, _least(node, box)), min(wide.high, -_least(Apply("-", Constant(Decimal(0)), node), box))
    )


def reaches(node: Node, target: Interval, values: ValueOf) -> bool:
    """Whether the formula may come to one of these values. The exact range is looked for only where it decides."""
    if not evaluate(node, values).meets(target):
        return False
    found = list(cells(node))
    if len(set(found)) == len(found) or _central(node, values).meets(target):
        return True
    return span(node, values).meets(target)


def _central(node: Node, values: ValueOf) -> Interval:
    """What the figures come to as they are printed: a value that is reached, whatever the others are."""
    return evaluate(node, lambda cell: Interval.exact(values(cell).centre))


def _least(node: Node, box: Box) -> Decimal:
    """The least value in the box: the piece with the lowest bound is cut until a value near it is reached."""
    steps = min(_STEPS, max(_FEWEST, _WORK // sum(1 for _ in cells(node)) ** 2))
    piece = _narrowed(node, box)
    pieces = [(_bound(node, piece), 0, piece)]
    reached = _middle(node, piece)
    for step in range(1, steps, 2):
        low, _, piece = pieces[0]
        widest = max(piece, key=lambda cell: piece[cell].high - piece[cell].low)
        if reached - low <= _NEAR or piece[widest].low == piece[widest].high:
            break
        heapq.heappop(pieces)
        middle = piece[widest].centre
        for number, half in enumerate(
            (Interval(piece[widest].low, middle), Interval(middle, piece[widest].high))
        ):
            part = _narrowed(node, {**piece, widest: half})
            reached = min(reached, _middle(node, part))
            heapq.heappush(pieces, (_bound(node, part), step + number, part))
    return pieces[0][0]


def _narrowed(node: Node, box: Box) -> Box:
    """The box without the figures that are lowest at one of their ends."""
    box = dict(box)
    moving = {cell for cell, values in box.items() if values.low != values.high}
    changed = True
    while changed:
        changed = False
        for cell in sorted(moving, key=str):
            slope = _with_slope(node, cell, box)[1]
            if slope.low >= 0 or slope.high <= 0:
                end = box[cell].low if slope.low >= 0 else box[cell].high
                box[cell] = Interval.exact(end)
                moving.discard(cell)
                changed = True
    return box


def _bound(node: Node, box: Box) -> Decimal:
    """No value in the box is lower: by the formula itself, or from its middle by the steepest slope."""
    plain = evaluate(node, box.__getitem__).low
    moving = [cell for cell, values in box.items() if values.low != values.high]
    if not moving:
        return plain
    middle = {cell: Interval.exact(values.centre) for cell, values in box.items()}
    mean = evaluate(node, middle.__getitem__)
    for cell in moving:
        mean += _with_slope(node, cell, box)[1] * (box[cell] - middle[cell])
    return max(plain, mean.low)


def _middle(node: Node, box: Box) -> Decimal:
    return _central(node, box.__getitem__).high


def _with_slope(node: Node, cell: Operand, box: Box) -> tuple[Interval, Interval]:
    """The formula's values in the box, and how fast it changes with the cell."""
    match node:
        case Operand():
            return box[node], _ONE if node == cell else _ZERO
        case Constant(value=value):
            return Interval.exact(value), _ZERO
        case Root(of=of, degree=degree):
            inner, slope = _with_slope(of, cell, box)
            root = inner.root(degree)
            return root, slope if slope == _ZERO else slope / (Interval.exact(degree) * root ** (degree - 1))
        case Apply(sign=sign, left=left, right=right):
            return _joined(sign, *_with_slope(left, cell, box), *_with_slope(right, cell, box))
        case Call(name=name, of=parts):
            return _called(name, [_with_slope(part, cell, box) for part in parts])


def _called(name: str, parts: list[tuple[Interval, Interval]]) -> tuple[Interval, Interval]:
    """Of the least and the greatest each part's slope may be the one; a rounded figure stays or leaps, but the same way."""
    value = CALLS[name](*(part for part, _ in parts))
    own, slope = parts[0]
    if name == "abs":
        return value, slope if own.low >= 0 else -slope if own.high <= 0 else slope * _EITHER_WAY
    if name == "round":
        return value, slope if slope == _ZERO else slope * _ANY_STEP
    slopes = [slope for part, slope in parts if part.meets(value)]
    return value, Interval(min(slope.low for slope in slopes), max(slope.high for slope in slopes))


def _joined(
    sign: str, left: Interval, rising: Interval, right: Interval, falling: Interval
) -> tuple[Interval, Interval]:
    if sign == "+":
        return left + right, rising + falling
    if sign == "-":
        return left - right, rising - falling
    if sign == "*":
        return left * right, rising * right + left * falling
    ratio = left / right
    return ratio, (rising - ratio * falling) / right
