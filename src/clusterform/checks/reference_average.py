"""Kind `reference_average`: a target against its industry's average, which only the user can give."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from clusterform.checks.amounts import amount_at, in_unit_of, printed, unlike_units
from clusterform.checks.check import RowCheck
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.finding import Severity
from clusterform.messages import Text

Average = Literal["internet", "co2_reduction", "energy_reduction"]
"""What the user can give, in percent: the name in a file of references."""


class ReferenceAverage(RowCheck, kind="reference_average"):
    """`of`: the target itself, or how far it is below the baseline, in per cent over the whole time."""

    reference: Average
    of: Literal["level", "reduction"]

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Below a given average: the rule's own severity. Without one a person must look."""
        figures = _level(reader, place) if self.of == "level" else _reduction(reader, place)
        value, most = figures
        average = reader.reference.get(self.reference)
        facts = {"figure": printed(value), "average": "" if average is None else f"{average:f}"}
        if average is None:
            wrong_way = most < 0 if self.of == "reduction" else _falls(reader, place)
            return Hit(
                field=place,
                column="target",
                facts=facts,
                variant="wrong-way" if wrong_way else "no-reference",
                severity=Severity.WARNING if wrong_way else Severity.MANUAL,
            )
        if most >= average:
            return None
        return Hit(field=place, column="target", expected=f"≥ {average:f}", facts=facts)


def _level(reader: Reader, path: str) -> tuple[Decimal, Decimal]:
    value = amount_at(reader, path, "target").figure.value
    return value, value


def _falls(reader: Reader, path: str) -> bool:
    """Whether the target is below its own baseline, so far as both can be compared."""
    target = amount_at(reader, path, "target")
    try:
        baseline = in_unit_of(amount_at(reader, path, "baseline"), target)
    except Unknown:
        return False
    return baseline is not None and target.figure.value < baseline.value


def _reduction(reader: Reader, path: str) -> tuple[Decimal, Decimal]:
    """The reduction in per cent: as printed, and the most that rounding allows."""
    target = amount_at(reader, path, "target", change=True)
    if target.rate:
        return target.figure.value, target.figure.value
    target = amount_at(reader, path, "target")
    baseline = in_unit_of(amount_at(reader, path, "baseline"), target)
    if baseline is None:
        raise unlike_units(reader, path, "target")
    if baseline.value <= 0 or baseline.interval.high <= 0:
        name = reader.name(path, "baseline")
        raise Unknown(Text("skipped.not-positive", name=name), path, "baseline")
    high = baseline.interval.high
    printed_one = (baseline.value - target.figure.value) / baseline.value * 100
    return printed_one, (high - target.figure.interval.low) / high * 100
