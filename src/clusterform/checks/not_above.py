"""Kind `not_above`: a part cannot be greater than the whole it belongs to, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from clusterform.checks.formula import Cell, total
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie

Place = tuple[tuple[str, ...], str | None]


class Params(CheckParams):
    """`rows` must each be at most `whole`, or their sum with `together`. The message takes {whole} {limit} {sum}."""

    kind: Literal["not_above"]
    rows: tuple[Row, ...]
    whole: Row
    together: bool = False


def places(params: Params, form: Reader) -> Iterator[Place]:
    """Each row, or all of them together, in each year."""
    rows = tuple(row for row in params.rows if form.has(row))
    if not form.has(params.whole) or (params.together and rows != params.rows):
        return
    for column, _ in form.form.places(params.whole):
        yield from ([(rows, column)] if params.together else [((row,), column) for row in rows])


def ties(params: Params, form: Reader) -> Iterator[Tie]:
    """The relation in each year; 无 counts as nothing."""
    for rows, column in places(params, form):
        part = total(Cell(row, column) for row in rows)
        clause = at_most(part, Cell(params.whole, column))
        try:
            yield make_tie(form, Cell(rows[0], column), clause, none_is_zero=True)
        except Unknown:
            continue


def judge(params: Params, form: Reader, place: Place) -> Hit | None:
    """Says it at the part."""
    rows, column = place
    part = _sum(form, rows, column)
    whole = form.figure(params.whole, column).value
    if part <= whole:
        return None
    facts = {"whole": form.name(params.whole, column), "limit": str(whole), "sum": str(part)}
    return Hit(rows[0], column, facts=facts, taints=tuple((row, column) for row in rows[1:]))


def _sum(form: Reader, rows: tuple[str, ...], column: str | None) -> Decimal:
    return sum((form.figure(row, column, none_is_zero=True).value for row in rows), Decimal(0))
