"""Kind `baseline_growth`: the growth baseline against every reading that part two of the form allows."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal

from clusterform.checks.amounts import amount_at, printed, same_figure
from clusterform.checks.growth_criterion import compound_growth
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.figures import Figure, Interval


class Params(CheckParams):
    """The row says 集群产值, part two the growth of 主导产业产值: either will do."""

    kind: Literal["baseline_growth"]
    field: Row
    average: Row
    """The declared average rate."""
    yearly: Row
    """The declared yearly rates."""
    output: Row
    """The cluster's yearly output."""


def places(params: Params, reader: Reader) -> Iterable[str]:
    """The row, where the form has it."""
    return (params.field,) if reader.has(params.field) else ()


def judge(params: Params, reader: Reader, place: str) -> Hit | None:
    """Unlike only where no reading fits and each of them can be had."""
    baseline = amount_at(reader, place, "baseline", change=True).figure
    last = reader.column("last")
    declared = ((params.average, None), (params.yearly, last))
    shown = [reader.answer(*spot).value for spot in declared]
    if any(isinstance(value, Figure) and same_figure(baseline, value) for value in shown):
        return None
    compound, recent = _output_growth(params, reader)
    if any(baseline.interval.meets(Interval.around(rate, 2)) for rate in (compound, recent)):
        return None
    average, yearly = (reader.figure(*spot).value for spot in declared)
    facts = {
        "average": f"{average:f}",
        "yearly": f"{yearly:f}",
        "compound": printed(compound),
        "recent": printed(recent),
        "last": last,
    }
    return Hit(field=place, column="baseline", expected=f"{average:f}", facts=facts, variant="growth")


def _output_growth(params: Params, reader: Reader) -> tuple[Decimal, Decimal]:
    """The cluster's output: average yearly growth and growth in the last year, in per cent."""
    middle, last = reader.column("middle"), reader.column("last")
    compound = compound_growth(reader, params.output)
    before, after = (reader.figure(params.output, year).value for year in (middle, last))
    if before <= 0:
        name = reader.name(params.output, middle)
        raise Unknown(f"“{name}”不是正数", f"“{name}” is not positive", params.output, middle)
    return compound, (after / before - 1) * 100
