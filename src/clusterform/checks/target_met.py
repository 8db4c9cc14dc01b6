"""Kind `target_met`: what was done against what was aimed at."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.answers import EMPTY, State
from clusterform.checks.amounts import amount_at, in_unit_of, read_amount, unlike_units
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader
from clusterform.finding import Severity


class TargetMet(Check, kind="target_met"):
    """The rows, and those of them where less is better."""

    fields: tuple[Row, ...]
    falling: tuple[Row, ...] = ()
    rates: tuple[Row, ...] = ()
    """Rows that hold a rate of change by nature."""

    def places(self, reader: Reader) -> Iterable[str]:
        """Each row the form has."""
        return (path for path in self.fields if reader.has(path))

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Blank weighs most; words without a figure and a target not met are said to be looked at."""
        answer = reader.sure(place, "done")
        if answer.state in {State.ABSENT, State.NONE}:
            return None
        if answer.state in EMPTY:
            return Hit(field=place, column="done", variant="blank", severity=Severity.ERROR)
        if read_amount(answer) is None:
            weight = Severity.ERROR if answer.state is State.STAND_IN else None
            return Hit(field=place, column="done", variant="no-figure", severity=weight)
        change = place in self.rates
        done = amount_at(reader, place, "done", change=change)
        target = amount_at(reader, place, "target", change=change)
        level = in_unit_of(target, done)
        if level is None:
            raise unlike_units(reader, place, "done")
        falls = place in self.falling
        if done.figure.value <= level.value if falls else done.figure.value >= level.value:
            return None
        sign = "≤" if falls else "≥"
        return Hit(
            field=place,
            column="done",
            expected=f"{sign} {target.shown}",
            facts={"target": target.shown},
            variant="above" if falls else None,
        )
