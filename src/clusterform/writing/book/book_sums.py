"""Formulas of the rules as a spreadsheet computes them: each figure stands for half a unit of its last place either side."""

from __future__ import annotations

from collections.abc import Callable

from clusterform.checks.formula import Apply, Constant, Node, Operand, Root, cells
from clusterform.fields import Kind
from clusterform.forms.model import FormDef
from clusterform.record import record

HALF = "0.005"
"""Half a unit of the second decimal place."""
Where = Callable[[str, str | None], str]
"""The reference to an answer's cell."""


class UnknownCellError(Exception):
    """The formula speaks of an answer that this form does not ask for."""


@record
class Sums:
    """What a formula comes to, as spreadsheet formulas: from the figures as they stand, at least, at most."""

    value: str
    low: str
    high: str


@record
class Sheets:
    """Turns the cells of a formula into those of the workbook."""

    form: FormDef
    where: Where

    def column(self, path: str, role: str | None, own: str | None) -> str | None:
        """The column that a role names, where the row has columns; UnknownCellError where there is none."""
        item = self.form.fields.get(path)
        if item is None:
            raise UnknownCellError(path)
        if not item.columns:
            return None
        keys = [column.key for column in item.columns]
        places = {None: own, "first": keys[0], "middle": keys[len(keys) // 2], "last": keys[-1]}
        found = places.get(role, role)
        if role == "previous" and own in keys[1:]:
            found = keys[keys.index(own) - 1]
        if found not in keys:
            raise UnknownCellError(f"{path}[{role}]")
        return found

    def reference(self, cell: Operand, own: str | None) -> str:
        """The reference to one cell of a formula."""
        return self.where(cell.path, self.column(cell.path, cell.column, own))

    def sums(self, node: Node, own: str | None) -> Sums:
        """The formula. Amounts are taken to be positive, as those of the form are."""
        match node:
            case Operand():
                return self._figure(node, own)
            case Constant(value=value):
                return Sums(str(value), str(value), str(value))
            case Root(of=of, degree=degree):
                inner = self.sums(of, own)
                return Sums(*(f"({text})^(1/{degree})" for text in (inner.value, inner.low, inner.high)))
            case Apply(sign=sign, left=left, right=right):
                return _joined(sign, self.sums(left, own), self.sums(right, own))

    def _figure(self, cell: Operand, own: str | None) -> Sums:
        reference = self.reference(cell, own)
        if self.form.fields[cell.path].kind is Kind.COUNT:
            return Sums(reference, reference, reference)
        shown = f"ROUND({reference},2)"
        return Sums(shown, f"({shown}-{HALF})", f"({shown}+{HALF})")

    def inputs(self, node: Node, own: str | None) -> list[str]:
        """The references that the formula stands on, each once."""
        return list(dict.fromkeys(self.reference(cell, own) for cell in cells(node)))


def _joined(sign: str, left: Sums, right: Sums) -> Sums:
    """Two formulas as one; a difference and a quotient are least where the second is most."""
    turned = sign in "-/"
    low, high = (right.high, right.low) if turned else (right.low, right.high)
    return Sums(
        f"({left.value}{sign}{right.value})", f"({left.low}{sign}{low})", f"({left.high}{sign}{high})"
    )
