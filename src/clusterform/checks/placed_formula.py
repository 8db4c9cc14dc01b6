"""A rule's formula at one place of every form of a definition, made once for all of them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from clusterform.asked import Asked
from clusterform.checks.exact_range import reaches
from clusterform.checks.formula import (
    Apply,
    Constant,
    Node,
    Operand,
    PrintedValue,
    ValueOf,
    bind,
    cells,
    compiled,
    inside,
    split_at_division,
)
from clusterform.checks.formula_parser import parse
from clusterform.checks.reader import Reader
from clusterform.fields import Kind
from clusterform.figures import Interval


class PlacedFormula(NamedTuple):
    node: Node
    printed: PrintedValue
    direct: bool
    """No target, which has a unit of its own, stands in it, and rounding makes nothing of no divisor."""

    def as_it_stands(self, form: Reader) -> Decimal | None:
        """What it comes to by the figures as printed; None where that takes a closer look."""
        if not self.direct:
            return None
        try:
            return self.printed(form.figures)
        except (KeyError, ZeroDivisionError):
            return None

    def reaches(self, form: Reader, targets: Sequence[Interval]) -> bool:
        """Whether it may come to a value in one of these: as printed, which nearly always tells, or as rounding allows.

        Unknown where a figure is lacking, or what is divided by may be nothing.
        """
        value = self.as_it_stands(form)
        if value is not None and any(target.low <= value <= target.high for target in targets):
            return True
        try:
            return any(reaches(self.node, target, known(form)) for target in targets)
        except ZeroDivisionError as error:
            raise form.lacking("skipped.not-positive", *split_at_division(self.node)[1][0]) from error


def placed(form: Asked, text: str, column: str | None) -> PlacedFormula:
    """The formula of a rule's text; Unknown where it asks for the year before the first."""
    key = text, column
    found: PlacedFormula | None = form.made.get(key)
    if found is None:
        node = bind(parse(text), form, column)
        items = [form.fields.get(cell.path) for cell in cells(node)]
        plain = all(item is None or item.kind is not Kind.TARGET for item in items)
        found = form.made[key] = PlacedFormula(
            node, compiled(node), plain and all(map(_is_simple, inside(node)))
        )
    return found


def _is_simple(part: Node) -> bool:
    """Whether what it is divided by comes to nothing only where a figure in it is printed as nothing."""
    return not isinstance(part, Apply) or part.sign != "/" or _is_product(part.right)


def _is_product(node: Node) -> bool:
    if isinstance(node, Apply):
        return node.sign in "*/" and _is_product(node.left) and _is_product(node.right)
    return isinstance(node, Operand | Constant)


def known(form: Reader) -> ValueOf:
    return lambda cell: form.figure(cell.path, cell.column).interval
