"""Kind `baseline_low`: a baseline below what the form shows for that year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from clusterform.checks.amounts import Amount, amount_at, in_unit_of, steps_between, unlike_units
from clusterform.checks.check import Check
from clusterform.checks.formula import Apply, Cell, Number, total
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.figures import Figure


class BaselineLow(Check, kind="baseline_low"):
    """`sources`, summed for the last reported year, or alone where not `yearly`, is what the form shows."""

    field: Row
    sources: tuple[Row, ...]
    yearly: bool = True
    earlier: Row = ""
    """A row of the earlier plan: compared only where its own baseline was counted as the same sum."""

    def places(self, reader: Reader) -> Iterable[str]:
        """The row, where the form has it."""
        return (self.field,) if all(reader.has(path) for path in (self.field, *self.sources)) else ()

    def ties(self, reader: Reader) -> Iterator[Tie]:
        """That the baseline is no less than the sum; one figure alone is compared by the rule of equal baselines."""
        for place in self.places(reader) if len(self.sources) > 1 else ():
            try:
                if not _counted_alike(self, reader):
                    continue
                step = steps_between(amount_at(reader, place, "baseline"), _sum(self, reader, "last"))
                column = _column(self, reader, "last")
                shown = total(Cell(path, column) for path in self.sources)
                level = Apply("*", Cell(place, "baseline"), Number(Decimal(1).scaleb(step or 0)))
                if step is not None:
                    yield make_tie(reader, Cell(place, "baseline"), at_most(shown, level), none_is_zero=True)
            except Unknown:
                continue

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Below, beyond what rounding allows."""
        baseline = amount_at(reader, place, "baseline")
        shown = _sum(self, reader, "last")
        level = in_unit_of(baseline, shown)
        if level is None:
            raise unlike_units(reader, place, "baseline")
        if level.interval.high >= shown.figure.interval.low or not _counted_alike(self, reader):
            return None
        names = "、".join(reader.name(path, _column(self, reader, "last")) for path in self.sources)
        return Hit(
            field=place,
            column="baseline",
            expected=f"≥ {shown.figure.value:f}",
            facts={"sources": names, "figure": f"{shown.figure.value:f}"},
        )


def _counted_alike(params: BaselineLow, reader: Reader) -> bool:
    """Whether the earlier plan's baseline is the same sum, so that the two may be compared at all."""
    if not params.earlier:
        return True
    before = amount_at(reader, params.earlier, "baseline").figure.value
    return before == _sum(params, reader, "first").figure.value


def _sum(params: BaselineLow, reader: Reader, year: str) -> Amount:
    column = _column(params, reader, year)
    figures = [reader.figure(path, column, none_is_zero=len(params.sources) > 1) for path in params.sources]
    unit = reader.field(params.sources[0]).unit
    if len(figures) == 1:
        return Amount(figures[0], unit)
    return Amount(Figure(sum((f.value for f in figures), Decimal(0)), 0, counted=True), unit)


def _column(params: BaselineLow, reader: Reader, year: str) -> str | None:
    return reader.column(year) if params.yearly else None
