"""Kind `not_above`: a part cannot be greater than the whole it belongs to, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clusterform.checks.check import Check
from clusterform.checks.formula import Cell, total
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie

Place = tuple[tuple[str, ...], str | None]


class NotAbove(Check, kind="not_above"):
    """`rows` must each be at most `whole`, or their sum with `together`. The message takes {whole} {limit} {sum}."""

    rows: tuple[Row, ...]
    whole: Row
    together: bool = False

    def places(self, form: Reader) -> Iterator[Place]:
        """Each row, or all of them together, in each year."""
        rows = tuple(row for row in self.rows if form.has(row))
        if not form.has(self.whole) or (self.together and rows != self.rows):
            return
        for column, _ in form.form.places(self.whole):
            yield from ([(rows, column)] if self.together else [((row,), column) for row in rows])

    def ties(self, form: Reader) -> Iterator[Tie]:
        """The relation in each year; 无 counts as nothing."""
        for rows, column in self.places(form):
            part = total(Cell(row, column) for row in rows)
            clause = at_most(part, Cell(self.whole, column))
            try:
                yield make_tie(form, Cell(rows[0], column), clause, none_is_zero=True)
            except Unknown:
                continue

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Says it at the part."""
        rows, column = place
        part = _sum(form, rows, column)
        whole = form.figure(self.whole, column).value
        if part <= whole:
            return None
        facts = {"whole": form.name(self.whole, column), "limit": str(whole), "sum": str(part)}
        return Hit(rows[0], column, facts=facts, taints=tuple((row, column) for row in rows[1:]))


def _sum(form: Reader, rows: tuple[str, ...], column: str | None) -> Decimal:
    return sum((form.figure(row, column, none_is_zero=True).value for row in rows), Decimal(0))
