"""Kind `not_above`: a part cannot be greater than the whole it belongs to, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from clusterform.checks.formula import Cell
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.checks.relation import Relation, culprits
from clusterform.figures import printable

Place = tuple[tuple[str, ...], str | None]


class Params(CheckParams):
    """`rows` must each be at most `whole`, or their sum with `together`.

    Where two rows (or one and a row of `also`) pass it in one year, where it alone is unlike its other years,
    or where the relations of `proof` say so, the whole is what to look at: variant `whole`, which takes
    {rows}. The message takes {whole} {limit} {sum}.
    """

    kind: Literal["not_above"]
    rows: tuple[Row, ...]
    whole: Row
    together: bool = False
    also: tuple[Row, ...] = ()
    proof: tuple[Relation, ...] = ()


def places(params: Params, form: Reader) -> Iterator[Place]:
    """Each row, or all of them together, in each year."""
    rows = tuple(row for row in params.rows if form.has(row))
    if not form.has(params.whole) or (params.together and rows != params.rows):
        return
    for column, _ in form.form.places(params.whole):
        yield from ([(rows, column)] if params.together else [((row,), column) for row in rows])


def judge(params: Params, form: Reader, place: Place) -> Hit | None:
    """Says it at the row, or once at the whole."""
    rows, column = place
    part = _sum(form, rows, column)
    whole = form.figure(params.whole, column).value
    if part <= whole:
        return None
    facts = {"whole": form.name(params.whole, column), "limit": str(whole), "sum": str(part)}
    if params.together:
        return Hit(rows[0], column, facts=facts, taints=tuple((row, column) for row in rows[1:]))
    above = [row for row in (*params.rows, *params.also) if _above(form, row, column, whole)]
    whole_is_odd = _odd(form, params.whole, column) and not _odd(form, rows[0], column)
    if len(above) < 2 and not whole_is_odd and not _proved(params, form, column, part):
        return Hit(rows[0], column, facts=facts)
    if above[0] != rows[0]:
        name = form.name(params.whole, column)
        raise Unknown(
            f"与“{name}”同一原因，已一并报告",
            f"has one cause with “{name}” and is reported there",
            rows[0],
            column,
        )
    named = "、".join(f"“{form.name(row)}”（{form.answer(row, column).text}）" for row in above)
    return Hit(params.whole, column, facts={**facts, "rows": named}, variant="whole")


def _sum(form: Reader, rows: tuple[str, ...], column: str | None) -> Decimal:
    return sum((form.figure(row, column, none_is_zero=True).value for row in rows), Decimal(0))


def _above(form: Reader, row: str, column: str | None, whole: Decimal) -> bool:
    try:
        return form.has(row) and form.figure(row, column).value > whole
    except Unknown:
        return False


def _odd(form: Reader, row: str, column: str | None) -> bool:
    """Whether the figure is less than half, or more than twice, what the row shows in every other year."""
    own = form.figure(row, column, none_is_zero=True).value
    others = [a.decimal for key, a in form.form.places(row) if key != column and a.decimal is not None]
    return bool(others) and all(own * 2 < other or own > other * 2 for other in others)


def _proved(params: Params, form: Reader, column: str | None, part: Decimal) -> bool:
    """Whether declared shares agree with one another about a whole that is great enough."""
    cell = Cell(params.whole, column)
    instances = [i for relation in params.proof for i in relation.at(form) if i.declared.column == column]
    blames = [b for b in culprits(instances, form) if b.cell == cell]
    fits = [printable(v, counted=True) for b in blames for v in b.values]
    return any(f is not None and f.high >= part for f in fits)
