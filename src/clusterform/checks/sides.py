"""What one side of a comparison comes to: a figure of the form, or a formula over several."""

from __future__ import annotations

from decimal import Decimal

from clusterform.checks.amounts import Amount, amount_at
from clusterform.checks.formula import Node, Operand, cells, divisors, evaluate
from clusterform.checks.reader import Reader, Unknown
from clusterform.fields import Kind
from clusterform.figures import Figure, Interval
from clusterform.messages import Text
from clusterform.record import record


@record
class Side:
    """As printed, and all that its digits may stand for."""

    node: Node
    value: Decimal
    interval: Interval
    unit: str

    @property
    def amount(self) -> Amount:
        """The printed value with its unit."""
        return Amount(Figure(self.value, 0), self.unit)

    def scaled(self, step: int) -> Side:
        """The same times a power of ten."""
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
    """That something would be divided by nothing."""
    cell = next(divisors(node))
    name = form.name(cell.path, cell.column)
    return Unknown(Text("skipped.not-positive", name=name), cell.path, cell.column)
