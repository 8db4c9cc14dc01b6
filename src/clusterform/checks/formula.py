"""Formulas over a form's cells: read from a rule's text, computed with intervals, solved for one cell, shown.

A cell is written `section.key`, or `section.key[previous]` for another column than the place's own: first,
middle, last (of the years reported) or previous. There are + - * / with brackets, whole numbers, and
root(…, degree).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import cache, reduce
from typing import TYPE_CHECKING, NamedTuple

from clusterform.checks.amounts import Amount, amount_at
from clusterform.checks.reader import Reader, Unknown
from clusterform.fields import Kind
from clusterform.figures import Figure, Interval
from clusterform.messages import Text
from clusterform.validation import MisfitError

if TYPE_CHECKING:
    import ast

_OPERATORS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/"}
"""By the name that Python's grammar has for each."""
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_JOIN: dict[str, Callable[[Interval, Interval], Interval]] = {
    "+": Interval.__add__,
    "-": Interval.__sub__,
    "*": Interval.__mul__,
    "/": Interval.__truediv__,
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


Node = Operand | Constant | Apply | Root
ValueOf = Callable[[Operand], Interval]


@cache
def parse(text: str) -> Node:
    """The formula of a rule's text; MisfitError says what it does not know."""
    section, _, key = text.strip().partition(".")
    if section.isidentifier() and key.isidentifier():
        return Operand(f"{section}.{key}", None)
    import ast  # noqa: PLC0415  (most formulas come with their rules out of the snapshot, or are one cell)

    try:
        return _node(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError as error:
        raise MisfitError.of(Text("misfit.formula", text=text)) from error


def _node(tree: ast.expr) -> Node:
    import ast  # noqa: PLC0415  (as above)

    match tree:
        case ast.Constant(value=int() as number):
            return Constant(Decimal(number))
        case ast.BinOp(op=op) if type(op).__name__ in _OPERATORS:
            return Apply(_OPERATORS[type(op).__name__], _node(tree.left), _node(tree.right))
        case ast.Call(func=ast.Name(id="root"), args=[of, ast.Constant(value=int() as degree)]):
            return Root(_node(of), degree)
        case ast.Attribute(value=ast.Name(id=section), attr=key):
            return Operand(f"{section}.{key}", None)
        case ast.Subscript(
            value=ast.Attribute(value=ast.Name(id=section), attr=key), slice=ast.Name(id=role)
        ):
            return Operand(f"{section}.{key}", role)
    raise MisfitError.of(Text("misfit.formula-part", text=ast.unparse(tree)))


def bind(node: Node, form: Reader, column: str | None) -> Node:
    """The formula with its roles turned into the form's columns. Unknown where there is no year before."""
    match node:
        case Operand(path=path, column=role):
            return Operand(path, _column(path, role, form, column))
        case Apply(sign=sign, left=left, right=right):
            return Apply(sign, bind(left, form, column), bind(right, form, column))
        case Root(of=of, degree=degree):
            return Root(bind(of, form, column), degree)
        case _:
            return node


def total(nodes: Iterable[Node]) -> Node:
    return reduce(lambda one, other: Apply("+", one, other), nodes)


def _column(path: str, role: str | None, form: Reader, column: str | None) -> str | None:
    if role is None:
        return column if column and form.has(path) and form.field(path).columns else None
    if role != "previous":
        return form.column(role)
    years = form.reported()
    place = years.index(str(column))
    if not place:
        raise Unknown(Text("skipped.no-year-before"), path, column)
    return years[place - 1]


def cells(node: Node) -> Iterator[Operand]:
    """Every cell of the formula, as often as it stands there."""
    match node:
        case Operand():
            yield node
        case Apply(left=left, right=right):
            yield from cells(left)
            yield from cells(right)
        case Root(of=of):
            yield from cells(of)


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


def as_printed(node: Node, form: Reader) -> Decimal:
    """What the formula comes to, taken from the figures as they stand there."""
    return evaluate(node, lambda cell: Interval.exact(form.figure(cell.path, cell.column).value)).centre


def show(node: Node, form: Reader) -> str:
    """The formula with the form's figures in it, as a person would write it down."""
    match node:
        case Operand(path=path, column=column):
            figure = form.figure(path, column)
            return f"{figure.value:.{figure.places}f}"
        case Constant(value=value):
            return str(value)
        case Root(of=of, degree=degree):
            return f"{_RADICALS.get(degree, f'{degree}√')}({show(of, form)})"
        case Apply(sign=sign, left=left, right=right):
            sides = _side(left, sign, form, right=False), _side(right, sign, form, right=True)
            return f" {_SIGNS[sign]} ".join(sides)


def _side(node: Node, sign: str, form: Reader, *, right: bool) -> str:
    text = show(node, form)
    if not isinstance(node, Apply):
        return text
    loose = node.sign in "+-" and (sign in "*/" or (right and sign == "-"))
    return f"({text})" if loose or (right and sign == "/") else text


class Side(NamedTuple):
    """As printed, and all that its digits may stand for."""

    node: Node
    value: Decimal
    interval: Interval
    unit: str

    @property
    def amount(self) -> Amount:
        return Amount(Figure(self.value, 0), self.unit)

    def scaled(self, step: int) -> Side:
        if not step:
            return self
        low, high = self.interval.low.scaleb(step), self.interval.high.scaleb(step)
        return Side(self.node, self.value.scaleb(step), Interval(low, high), self.unit)


def side_of(form: Reader, node: Node, *, rate: bool = False, none_is_zero: bool = False) -> Side:
    """Its unit is that of its first row; Unknown where a figure cannot be had, of several years the earliest."""
    if isinstance(node, Operand):
        own = _amount(form, node, rate=rate, none_is_zero=none_is_zero)
        return Side(node, own.figure.value, own.figure.interval, own.unit)
    order = sorted(dict.fromkeys(cells(node)), key=lambda cell: cell.column or "")
    amounts = {cell: _amount(form, cell, rate=rate, none_is_zero=none_is_zero) for cell in order}
    unit = next((amounts[cell].unit for cell in cells(node)), "")
    try:
        exact = evaluate(node, lambda cell: Interval.exact(amounts[cell].figure.value)).centre.normalize()
        return Side(node, exact, evaluate(node, lambda cell: amounts[cell].figure.interval), unit)
    except ZeroDivisionError as error:
        raise not_positive(form, node) from error


def _amount(form: Reader, cell: Operand, *, rate: bool, none_is_zero: bool) -> Amount:
    item = form.field(cell.path)
    if item.kind is Kind.TARGET:
        return amount_at(form, cell.path, cell.column, change=rate)
    return Amount(form.figure(cell.path, cell.column, none_is_zero=none_is_zero), item.unit)


def not_positive(form: Reader, node: Node) -> Unknown:
    cell = split_at_division(node)[1][0]
    name = form.name(cell.path, cell.column)
    return Unknown(Text("skipped.not-positive", name=name), cell.path, cell.column)
