"""Kind `jump`: a yearly figure that rises or falls further in one year than such figures do."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from clusterform.checks.check import Check
from clusterform.checks.formula import Apply, Cell, Number, bind, cells, evaluate, parse
from clusterform.checks.names import Formula, LimitName, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.relation import known
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.definition import FirstThatFits
from clusterform.fields import Kind
from clusterform.figures import Interval, two_places
from clusterform.messages import Text

SMALL = Decimal(10)
"""A count under ten may multiply in a year and mean nothing."""
Bound = Annotated[Decimal | LimitName, FirstThatFits()]
"""A number, or the name of a limit."""


class Jump(Check, kind="jump"):
    """`rows` maps each row to the rows that already tell of a slip in it, such as its declared growth rate.

    `up` and `down` bind the year's figure divided by the one before. `of` is a formula for what moves, where
    that is not the row's own figure; an input that itself moves too far is another rule's to report. The
    message takes {before} {previous} {times}, and {first} {second} for what `of` comes to.
    """

    rows: dict[Row, tuple[Row, ...]]
    up: Bound
    down: Bound
    of: Formula | None = None
    evidence: bool = False
    """Such rows may well move so far: never reported, but it tells which of two figures has slipped."""

    def places(self, form: Reader) -> Iterator[tuple[str, int]]:
        """Each row and year, by the year's number, that has a year before it."""
        if self.evidence:
            return
        yield from _years(self, form)

    def ties(self, form: Reader) -> Iterator[Tie]:
        """The bounds of each year's change, which are evidence only."""
        for row, number in _years(self, form):
            before, year = form.reported()[number - 1], form.reported()[number]
            formula = self.of or row
            try:
                if _ratio(form, formula, before, year) is None:
                    continue
                first, second = (bind(parse(formula), form, column) for column in (before, year))
                up, down = (
                    Number(b if isinstance(b, Decimal) else form.limits[b].value)
                    for b in (self.up, self.down)
                )
                clauses = at_most(second, Apply("*", up, first)), at_most(Apply("*", down, first), second)
                yield make_tie(form, Cell(row, year), *clauses, soft=True)
            except Unknown:
                continue

    def judge(self, form: Reader, place: tuple[str, int]) -> Hit | None:
        """A single odd year goes up and down again: it is said once, at that year."""
        row, number = place
        years = form.reported()
        before, year = years[number - 1], years[number]
        formula = self.of or row
        if not _jumps(self, form, formula, before, year):
            return None
        for told in filter(form.has, self.rows[row]):
            for column in (before, year) if form.field(told).columns else (None,):
                form.sure(told, column)
        if _said_elsewhere(self, form, formula, years[: number + 1]):
            raise Unknown(Text("skipped.one-jump"), row, year)
        first, second = _series(form, formula, before), _series(form, formula, year)
        facts = {
            "previous": form.answer(row, before).text,
            "before": form.field(row).column_label(before) or before,
            "times": str(two_places((second / first).centre)),
            "first": str(two_places(first.centre)),
            "second": str(two_places(second.centre)),
        }
        return Hit(row, year, facts=facts)


def _years(params: Jump, form: Reader) -> Iterator[tuple[str, int]]:
    for row in params.rows:
        if form.has(row):
            yield from ((row, number) for number in range(1, len(form.reported())))


def _series(form: Reader, formula: str, year: str) -> Interval:
    return evaluate(bind(parse(formula), form, year), known(form))


def _ratio(form: Reader, formula: str, before: str, year: str) -> Interval | None:
    """The year's figure divided by the one before, with rounding; None where that says nothing.

    A figure of 0 is no slip of the point or the unit: investment may end.
    """
    try:
        first, second = _series(form, formula, before), _series(form, formula, year)
    except ZeroDivisionError:
        return None
    counted = form.has(formula) and form.field(formula).kind is Kind.COUNT
    if min(first.low, second.low) <= 0 or (counted and first.low < SMALL):
        return None
    return second / first


def _far(params: Jump, form: Reader, ratio: Interval) -> bool:
    """Whether no figure that rounding allows keeps the bounds."""
    up, down = params.up, params.down
    kept_up = ratio.low <= up if isinstance(up, Decimal) else form.limits[up].holds(ratio.low)
    kept_down = ratio.high >= down if isinstance(down, Decimal) else form.limits[down].holds(ratio.high)
    return not (kept_up and kept_down)


def _said_elsewhere(params: Jump, form: Reader, formula: str, years: tuple[str, ...]) -> bool:
    """Whether an input of `of` itself jumps; or the year before jumped and the years around it agree."""
    inputs = {cell.path for cell in cells(parse(formula))} - set(params.rows)
    if any(_jumps(params, form, path, *years[-2:]) for path in inputs):
        return True
    if len(years) < 3 or not _jumps(params, form, formula, *years[-3:-1]):
        return False
    return not _jumps(params, form, formula, years[-3], years[-1])


def _jumps(params: Jump, form: Reader, formula: str, before: str, year: str) -> bool:
    ratio = _ratio(form, formula, before, year)
    return ratio is not None and _far(params, form, ratio)
