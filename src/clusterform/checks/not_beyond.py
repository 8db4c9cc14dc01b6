"""Kind `not_beyond`: an amount that cannot well be greater than another, in another unit or another part of the form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clusterform.checks.check import Check
from clusterform.checks.formula import Cell, Node, Number, as_printed, bind, cells, parse
from clusterform.checks.names import Formula, LimitName, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.figures import two_places
from clusterform.finding import Severity


class NotBeyond(Check, kind="not_beyond"):
    """In each reported year `part` is at most `whole`, or the limit of that name; it is said at `row`.

    `certain` times as much is an error. The message takes {part} and {whole}, in the unit of the formulas.
    """

    row: Row
    part: Formula
    whole: Formula = ""
    limit: LimitName = ""
    certain: Decimal

    def places(self, form: Reader) -> Iterator[str]:
        """Each reported year, where the form has the row."""
        nodes = [parse(text) for text in (self.part, self.whole) if text]
        rows = (self.row, *(cell.path for node in nodes for cell in cells(node)))
        return iter(form.reported()) if all(form.has(row) for row in rows) else iter(())

    def ties(self, form: Reader) -> Iterator[Tie]:
        """The relation in each year."""
        for year in self.places(form):
            try:
                yield make_tie(form, Cell(self.row, year), at_most(*_sides(self, form, year)))
            except Unknown:
                continue

    def judge(self, form: Reader, place: str) -> Hit | None:
        """Beyond it; so far beyond it that no way of counting explains it."""
        part, whole = (as_printed(side, form) for side in _sides(self, form, place))
        if part <= whole:
            return None
        facts = {"part": str(two_places(part)), "whole": str(two_places(whole))}
        severity = Severity.ERROR if part >= whole * self.certain else None
        return Hit(self.row, place, facts=facts, severity=severity)


def _sides(params: NotBeyond, form: Reader, year: str) -> tuple[Node, Node]:
    part = bind(parse(params.part), form, year)
    if params.limit:
        return part, Number(form.limits[params.limit].value)
    return part, bind(parse(params.whole), form, year)
