"""Kind `not_beyond`: an amount that cannot well be greater than another, in another unit or another part of the form."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from clusterform.checks.formula import Cell, Node, Number, as_printed, bind, cells, parse
from clusterform.checks.names import Formula, LimitName, Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.figures import two_places
from clusterform.finding import Severity


class Params(CheckParams):
    """In each reported year `part` is at most `whole`, or the limit of that name; it is said at `row`.

    `certain` times as much is an error. The message takes {part} and {whole}, in the unit of the formulas.
    """

    kind: Literal["not_beyond"]
    row: Row
    part: Formula
    whole: Formula = ""
    limit: LimitName = ""
    certain: Decimal


def places(params: Params, form: Reader) -> Iterator[str]:
    """Each reported year, where the form has the row."""
    nodes = [parse(text) for text in (params.part, params.whole) if text]
    rows = (params.row, *(cell.path for node in nodes for cell in cells(node)))
    return iter(form.reported()) if all(form.has(row) for row in rows) else iter(())


def ties(params: Params, form: Reader) -> Iterator[Tie]:
    """The relation in each year."""
    for year in places(params, form):
        try:
            yield make_tie(form, Cell(params.row, year), at_most(*_sides(params, form, year)))
        except Unknown:
            continue


def judge(params: Params, form: Reader, place: str) -> Hit | None:
    """Beyond it; so far beyond it that no way of counting explains it."""
    part, whole = (as_printed(side, form) for side in _sides(params, form, place))
    if part <= whole:
        return None
    facts = {"part": str(two_places(part)), "whole": str(two_places(whole))}
    severity = Severity.ERROR if part >= whole * params.certain else None
    return Hit(params.row, place, facts=facts, severity=severity)


def _sides(params: Params, form: Reader, year: str) -> tuple[Node, Node]:
    part = bind(parse(params.part), form, year)
    if params.limit:
        return part, Number(form.limits[params.limit].value)
    return part, bind(parse(params.whole), form, year)
