"""Formulas over a form's cells: computed with intervals, solved for one cell, shown. See formula_parser for how one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from typing import Any, NamedTuple, TypeVar, cast

from clusterform.asked import Asked
from clusterform.checks.amounts import Amount, amount_at
from clusterform.checks.reader import Reader, Unknown
from clusterform.fields import Kind
from clusterform.figures import EXACT, NEAREST, Figure, Interval, divided, guarded
from clusterform.messages import Text

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_JOIN: dict[str, Callable[[Interval, Interval], Interval]] = {
    "+": Interval.__add__,
    "-": Interval.__sub__,
    "*": Interval.__mul__,
    "/": Interval.__truediv__,
}
_JOIN_PRINTED: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NEAREST.add,
    "-": NEAREST.subtract,
    "*": NEAREST.multiply,
    "/": divided,
}
ENDLESS = Decimal("1E+30")
"""Beyond any figure; unlike infinity it can be computed with."""
_RADICALS = {2: "√", 3: "³√"}


class Operand(NamedTuple):
    """One answer of the form. Before `bind` the column is a role, None meaning the place's own."""

    path: str
    column: str | None


class Constant(NamedTuple):
    value: Decimal


class Apply(NamedTuple):
    sign: str
    left: Node
    right: Node


class Root(NamedTuple):
    of: Node
    degree: int


class Call(NamedTuple):
    """A function of `CALLS`. Only a condition has some: `solve` undoes none, and no relation between figures needs one."""

    name: str
    of: tuple[Node, ...]


_MINUS = ("-", Constant(Decimal(0)))
"""What an amount is taken from where a minus stands before it."""
Node = Operand | Constant | Apply | Root | Call
ValueOf = Callable[[Operand], Interval]
PrintedValue = Callable[[Mapping[Any, Figure]], Decimal]
TextOf = Callable[[Operand], str]
Tree = TypeVar("Tree")


def bind(part: Tree, form: Asked, column: str | None) -> Tree:
    """A formula, or a condition, with its roles turned into the form's columns. Unknown where there is no year before."""
    bound: Any = part
    if isinstance(part, Operand):
        bound = Operand(part.path, _column(part.path, part.column, form, column))
    elif isinstance(part, tuple):
        parts = [bind(inner, form, column) for inner in part]
        bound = tuple(parts) if type(part) is tuple else type(part)(*parts)
    return cast("Tree", bound)


def total(nodes: Iterable[Node]) -> Node:
    return reduce(lambda one, other: Apply("+", one, other), nodes)


def _column(path: str, role: str | None, form: Asked, column: str | None) -> str | None:
    if role is None:
        return column if column and path in form.fields and form.fields[path].columns else None
    if role != "previous":
        return form.column(role)
    years = form.reported
    place = years.index(str(column))
    if not place:
        raise Unknown(Text("skipped.no-year-before"), path, column)
    return years[place - 1]


def inside(part: Any) -> Iterator[Any]:
    """Every part of a formula, or of a condition, as they are computed: what a sign stands between before the sign."""
    if isinstance(part, tuple):
        for inner in part:
            yield from inside(inner)
        if type(part) is not tuple:
            yield part


def cells(part: Any) -> Iterator[Operand]:
    """Every cell of a formula or condition, as often as it stands there."""
    return (inner for inner in inside(part) if isinstance(inner, Operand))


def roots(node: Node) -> Iterator[Node]:
    """Everything that a root is taken of."""
    return (part.of for part in inside(node) if isinstance(part, Root))


def split_at_division(node: Node, *, under: bool = False) -> tuple[list[Operand], list[Operand]]:
    """The cells that are divided, or stand in no division, and those that something is divided by."""
    match node:
        case Apply(sign=sign, left=left, right=right):
            divided, divisors = split_at_division(left, under=under)
            over, below = split_at_division(right, under=under or sign == "/")
            return divided + over, divisors + below
        case Root(of=of):
            return split_at_division(of, under=under)
        case _:
            found = list(cells(node))
            return ([], found) if under else (found, [])


def evaluate(node: Node, values: ValueOf) -> Interval:
    """All values the formula may have; ZeroDivisionError where a divisor may be zero."""
    match node:
        case Operand():
            return values(node)
        case Constant(value=value):
            return Interval.exact(value)
        case Root(of=of, degree=degree):
            return evaluate(of, values).root(degree)
        case Apply(sign=sign, left=left, right=right):
            return _JOIN[sign](evaluate(left, values), evaluate(right, values))
        case Call(name=name, of=parts):
            return CALLS[name](*(evaluate(part, values) for part in parts))


def _rounded(value: Interval, places: Interval) -> Interval:
    """Half up, as a spreadsheet does it."""
    unit = Decimal(1).scaleb(-int(places.low))
    ends = (end.quantize(unit, ROUND_HALF_UP, EXACT) for end in (value.low, value.high))
    return Interval(*ends)


CALLS: dict[str, Callable[..., Interval]] = {
    "abs": Interval.__abs__,
    "min": lambda *values: Interval(min(v.low for v in values), min(v.high for v in values)),
    "max": lambda *values: Interval(max(v.low for v in values), max(v.high for v in values)),
    "round": _rounded,
}


def solve(node: Node, cell: Operand, target: Interval, values: ValueOf) -> Interval | None:
    """All values of a cell with which the formula may come to `target`.

    None where there is none, or where the cell does not stand there exactly once.
    """
    if list(cells(node)).count(cell) != 1:
        return None
    try:
        return _solve(node, cell, target, values)
    except ZeroDivisionError:
        return None


def _solve(node: Node, cell: Operand, target: Interval, values: ValueOf) -> Interval | None:
    match node:
        case Root(of=of, degree=degree):
            if target.high < 0:
                return None
            return _solve(of, cell, Interval(max(target.low, Decimal(0)), target.high) ** degree, values)
        case Apply(left=left, right=right):
            if cell in cells(left):
                other = evaluate(right, values)
                return _solve(left, cell, _left(node.sign, target, other), values)
            other = evaluate(left, values)
            return _solve(right, cell, _right(node.sign, target, other), values)
        case _:
            return target


def _left(sign: str, target: Interval, right: Interval) -> Interval:
    """What the left side must be for `left sign right` to come to the target."""
    undo = {"+": target.__sub__, "-": target.__add__, "*": target.__truediv__, "/": target.__mul__}
    return undo[sign](right)


def _right(sign: str, target: Interval, left: Interval) -> Interval:
    """What the right side must be for `left sign right` to come to the target."""
    if sign == "/" and target.low <= 0 < target.high and left.low > 0:
        # Nothing is divided by less than nothing: any figure from here on will do, however great.
        return Interval((left / Interval.exact(target.high)).low, ENDLESS)
    if sign in "-/":
        return left - target if sign == "-" else left / target
    return target - left if sign == "+" else target / left


def compiled(node: Node) -> PrintedValue:
    """The formula as a function of the figures as printed; KeyError where one is lacking. Within all that `evaluate` gives."""
    match node:
        case Operand():
            return lambda figures: figures[node].value
        case Constant(value=value):
            return lambda _: value
        case Root(of=of, degree=degree):
            inner = compiled(of)
            return lambda figures: Interval.exact(inner(figures)).root(degree).low
        case Apply(sign=sign, left=left, right=right):
            one, other, join = compiled(left), compiled(right), _JOIN_PRINTED[sign]
            return lambda figures: join(one(figures), other(figures))
        case Call(name=name, of=of):
            parts = [compiled(part) for part in of]
            return lambda figures: CALLS[name](*(Interval.exact(part(figures)) for part in parts)).low


def as_printed(node: Node, form: Reader) -> Decimal:
    """What the formula comes to, taken from the figures as they stand there."""
    return guarded(compiled(node)({cell: form.figure(*cell) for cell in cells(node)}))


def show(node: Node, form: Reader) -> str:
    """The formula with the form's figures in it, as a person would write it down."""
    figures = {cell: form.figure(*cell) for cell in cells(node)}
    return write(node, lambda cell: f"{figures[cell].value:.{figures[cell].places}f}")


def write(node: Node, text_of: TextOf) -> str:
    """The formula as a person would write it down, each cell by what is said for it."""
    match node:
        case Operand():
            return text_of(node)
        case Constant(value=value):
            return f"{value:f}"
        case Root(of=of, degree=degree):
            return f"{_RADICALS.get(degree, f'{degree}√')}({write(of, text_of)})"
        case Call(name=name, of=parts):
            inside = ", ".join(write(part, text_of) for part in parts)
            return f"|{inside}|" if name == "abs" else f"{name}({inside})"
        case Apply(sign=sign, left=left, right=right):
            sides = _side(left, sign, text_of, right=False), _side(right, sign, text_of, right=True)
            return f"−{sides[1]}" if node[:2] == _MINUS else f" {_SIGNS[sign]} ".join(sides)


def _side(node: Node, sign: str, text_of: TextOf, *, right: bool) -> str:
    text = write(node, text_of)
    if not isinstance(node, Apply):
        return text
    loose = node.sign in "+-" and (sign in "*/" or (right and sign == "-"))
    return f"({text})" if loose or (right and sign == "/") else text


class ComparedFigure(NamedTuple):
    """As printed, and all that its digits may stand for."""

    node: Node
    value: Decimal
    interval: Interval
    unit: str

    @property
    def amount(self) -> Amount:
        return Amount(Figure(self.value, 0), self.unit)

    def scaled(self, step: int) -> ComparedFigure:
        if not step:
            return self
        low, high = self.interval.low.scaleb(step), self.interval.high.scaleb(step)
        return ComparedFigure(self.node, self.value.scaleb(step), Interval(low, high), self.unit)


def compared_figure(
    form: Reader, node: Node, *, rate: bool = False, none_is_zero: bool = False
) -> ComparedFigure:
    """Its unit is that of its first row; Unknown where a figure cannot be had, of several years the earliest."""
    if isinstance(node, Operand):
        own = _amount(form, node, rate=rate, none_is_zero=none_is_zero)
        return ComparedFigure(node, own.figure.value, own.figure.interval, own.unit)
    order = sorted(dict.fromkeys(cells(node)), key=lambda cell: cell.column or "")
    amounts = {cell: _amount(form, cell, rate=rate, none_is_zero=none_is_zero) for cell in order}
    unit = next((amounts[cell].unit for cell in cells(node)), "")
    try:
        exact = guarded(compiled(node)({cell: amount.figure for cell, amount in amounts.items()})).normalize()
        return ComparedFigure(node, exact, evaluate(node, lambda cell: amounts[cell].figure.interval), unit)
    except ZeroDivisionError as error:
        raise form.lacking("skipped.not-positive", *split_at_division(node)[1][0]) from error


def _amount(form: Reader, cell: Operand, *, rate: bool, none_is_zero: bool) -> Amount:
    item = form.fields[cell.path]
    if item.kind is Kind.TARGET:
        return amount_at(form, cell.path, cell.column, change=rate)
    return Amount(form.figure(cell.path, cell.column, none_is_zero=none_is_zero), item.unit)
