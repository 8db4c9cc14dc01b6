"""Kind `baseline_agrees`: a baseline against the same quantity where the form reports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated

from clusterform.checks.amounts import Amount, amount_at, same_figure, scaled, steps_between, unlike_units
from clusterform.checks.check import Check
from clusterform.checks.formula import Apply, Cell, Number
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, Way, make_tie
from clusterform.figures import Figure
from clusterform.finding import Severity

_ALIKE = Decimal(20)
"""Amounts further apart than this, one an intensity, are two quantities and not one written two ways.

A total in 万吨 is the intensity per 万元 times the output in 亿元, which the criteria put at 40 or more.
"""


class BaselineAgrees(Check, kind="baseline_agrees"):
    """`source` at `year` (first, last, or "" for a row of one answer) holds the same quantity."""

    field: Row
    source: Row
    year: Annotated[str, Names("column", of="source")] = ""
    only_alike: bool = False
    """The row may hold another quantity: judged only where the two are of one size."""
    severity: Severity | None = None

    def places(self, reader: Reader) -> Iterable[str]:
        """The row, where the form has both."""
        return (self.field,) if reader.has(self.field) and reader.has(self.source) else ()

    def ties(self, reader: Reader) -> Iterator[Tie]:
        """That the source, in the baseline's unit, is the baseline; none where the two may be two quantities."""
        column = reader.column(self.year) if self.year else None
        for place in self.places(reader):
            baseline, source = Cell(place, "baseline"), Cell(self.source, column)
            try:
                amount = amount_at(reader, place, "baseline")
                figure = reader.figure(self.source, column)
                shown = Amount(figure, _unit(reader.field(self.source).unit))
                steps = _steps(amount, shown)
                levels = [scaled(amount.figure, step) for step in steps]
                if self.only_alike and not any(_alike(level.value, figure.value) for level in levels):
                    continue
                ways = (
                    Way(Apply("*", source, Number(Decimal(1).scaleb(-s))), baseline, copied=True)
                    for s in steps
                )
                if steps:
                    yield make_tie(reader, baseline, tuple(ways))
            except Unknown:
                continue

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Unlike only where neither is the other rounded."""
        column = reader.column(self.year) if self.year else None
        baseline = amount_at(reader, place, "baseline")
        printed = reader.answer(self.source, column).value
        source = printed if isinstance(printed, Figure) else reader.figure(self.source, column)
        levels = _readings(baseline, Amount(source, _unit(reader.field(self.source).unit)))
        if not levels and self.only_alike:
            return None
        if not levels:
            raise unlike_units(reader, place, "baseline")
        if any(same_figure(level, source) for level in levels):
            return None
        if self.only_alike and not any(_alike(level.value, source.value) for level in levels):
            return None
        reader.figure(self.source, column)
        return Hit(
            field=place,
            column="baseline",
            expected=f"{source.value:f}{reader.field(self.source).unit}",
            facts={"source": reader.name(self.source, column), "figure": f"{source.value:f}"},
            severity=self.severity,
        )


def _readings(baseline: Amount, source: Amount) -> list[Figure]:
    """The baseline in the source's unit, as often as there are ways to read it."""
    return [scaled(baseline.figure, step) for step in _steps(baseline, source)]


def _steps(baseline: Amount, source: Amount) -> list[int]:
    """The powers of ten that lead to the source's unit; money without a unit may be meant in 亿元 or in 万元."""
    if source.unit == "亿元" and not baseline.unit:
        return [0, -4]
    if not baseline.unit:
        return [0]
    step = steps_between(baseline, source)
    return [] if step is None else [step]


def _unit(unit: str) -> str:
    """An intensity by its kind, any other unit as it is."""
    return "吨/万元" if unit.endswith("/万元") else unit


def _alike(one: Decimal, other: Decimal) -> bool:
    """Whether the two are of one size; a baseline of nothing is no amount of another quantity."""
    low, high = sorted((abs(one), abs(other)))
    return not one or high <= low * _ALIKE
