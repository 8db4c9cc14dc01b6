"""Kind `baseline_firms`: the number of good SMEs at the baseline against the levels counted in part two."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from clusterform.checks.amounts import amount_at
from clusterform.checks.check import RowCheck
from clusterform.checks.formula import Cell, total
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.finding import Severity
from clusterform.messages import Text


class BaselineFirms(RowCheck, kind="baseline_firms"):
    """Each level contains the next one up, so no sum is fixed: only the outer bounds are judged."""

    year: Annotated[str, Names("column", of="core")]
    core: tuple[Row, ...]
    """The levels surely meant: no fewer than the largest of them; their sum is what is expected."""
    more: tuple[Row, ...]
    """What some add as well: no more than the sum of all."""
    severity: Severity | None = None

    def ties(self, reader: Reader) -> Iterator[Tie]:
        """The outer bounds."""
        for place in self.places(reader):
            year, baseline = reader.column(self.year), Cell(place, "baseline")
            core = [Cell(path, year) for path in self.core]
            levels = [*core, *(Cell(path, year) for path in self.more if reader.has(path))]
            least = (at_most(cell, baseline) for cell in core)
            try:
                yield make_tie(reader, baseline, *least, at_most(baseline, total(levels)), none_is_zero=True)
            except Unknown:
                continue

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Outside the largest single level and the sum of all of them."""
        year = reader.column(self.year)
        value = amount_at(reader, place, "baseline").figure.value
        core = [reader.figure(path, year, none_is_zero=True).value for path in self.core]
        if max(core) <= value <= sum(core):
            return None
        most = sum(core) + _rest(self, reader, year)
        if max(core) <= value <= most:
            return None
        facts = {
            "core": " + ".join(f"{number:f}" for number in core),
            "sum": f"{sum(core):f}",
            "least": f"{max(core):f}",
            "most": f"{most:f}",
            "year": year,
        }
        return Hit(
            field=place,
            column="baseline",
            expected=f"{sum(core):f}",
            facts=facts,
            variant="firms",
            severity=self.severity,
        )


def _rest(params: BaselineFirms, reader: Reader, year: str) -> Decimal:
    """The further levels; one that a form does not ask for counts nothing."""
    total = Decimal(0)
    for path in params.more:
        if reader.has(path):
            total += _count(reader, path, year)
    return total


def _count(reader: Reader, path: str, year: str) -> Decimal:
    value = reader.figure(path, year, none_is_zero=True).value
    if value < 0:
        name = reader.name(path, year)
        raise Unknown(Text("skipped.negative", name=name), path, year)
    return value
