"""Kind `done_level`: what the earlier plan has reached by now, against what the form shows of last year and of this."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from clusterform.checks.amounts import Amount, amount_at, in_unit_of
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.stage_figures import StageRow, stages
from clusterform.messages import Text

_TWICE = Decimal(2)


class DoneLevel(Check, kind="done_level"):
    """`row` is the earlier plan's; `source` at `year` is the stock it cannot have fallen under.

    `stage` names the row in the text of this year's stage: under half of it, or over double, is odd. The message
    takes {other} and {figure}, the variant `stage` too.
    """

    row: Row
    source: Row = ""
    year: Annotated[str, Names("column", of="source")] = ""
    stage: StageRow | None = None

    def places(self, reader: Reader) -> Iterable[str]:
        """The row, where the form has it."""
        return (self.row,) if reader.has(self.row) else ()

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Below last year's stock; or far from this year's stage."""
        done = amount_at(reader, place, "done")
        below = _below(self, reader, done) if self.source else None
        return below or (_far(self, reader, done) if self.stage else None)


def _below(params: DoneLevel, reader: Reader, done: Amount) -> Hit | None:
    column = reader.column(params.year) if params.year else None
    source = Amount(reader.figure(params.source, column), reader.field(params.source).unit)
    level = in_unit_of(source, done)
    if level is None or done.figure.interval.high >= level.interval.low:
        return None
    facts = {"other": reader.name(params.source, column), "figure": f"{source.figure.value:f}"}
    return Hit(params.row, "done", expected=f"≥ {source.figure.value:f}", facts=facts)


def _far(params: DoneLevel, reader: Reader, done: Amount) -> Hit | None:
    year = reader.form.roles["reviewed_target"]
    found = stages(reader, params.stage) if params.stage else []
    for stage_year, path, amount in found:
        if stage_year != year or amount is None:
            continue
        level = in_unit_of(amount, done)
        if level is None:
            raise Unknown(Text("skipped.unlike-units"), params.row, "done")
        if level.value <= done.figure.value * _TWICE and done.figure.value <= level.value * _TWICE:
            return None
        facts = {"other": reader.name(path), "figure": amount.shown}
        return Hit(params.row, "done", facts=facts, variant="stage")
    return None
