"""Kind `growth_floor`: a target no lower than its baseline grown by a yearly rate."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from clusterform.checks.amounts import Amount, amount_at, in_unit_of, printed, unlike_units
from clusterform.checks.check import RowCheck
from clusterform.checks.names import LimitName
from clusterform.checks.reader import Hit, Limit, Reader
from clusterform.checks.thresholds import bound, sources, weight
from clusterform.figures import Figure


class GrowthFloor(RowCheck, kind="growth_floor"):
    """`whole`: the quantity is counted, so the floor is rounded up to a whole number."""

    limit: LimitName
    """The yearly rate, in per cent."""
    whole: bool = False

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The target against the floor; a target given as a yearly rate against the rate itself."""
        limit = reader.limits[self.limit]
        target = amount_at(reader, place, "target", change=True)
        if target.rate:
            return _rate(self, limit, target)
        target = amount_at(reader, place, "target")
        base = amount_at(reader, place, "baseline")
        converted = in_unit_of(base, target)
        if converted is None:
            raise unlike_units(reader, place, "target")
        years = reader.form.roles["target"] - reader.form.roles["baseline"]
        growth = (1 + limit.value / 100) ** years
        if target.figure.value >= lowest_over(converted, limit, years, whole=self.whole):
            return None
        floor = floor_over(converted, limit, years, whole=self.whole)
        facts = {
            "baseline": f"{converted.value:f}",
            "rate": f"{limit.value:f}",
            "years": str(years),
            "factor": f"{growth:f}",
            "exact": f"{converted.value * growth:f}",
            "floor": f"{floor:f}{target.unit}",
        }
        return Hit(
            field=place,
            column="target",
            expected=f"{floor:f}{target.unit}",
            facts=facts,
            severity=weight(limit),
            basis=sources(limit),
        )


def lowest_over(base: Figure, limit: Limit, years: int, *, whole: bool) -> Decimal:
    """The least that passes: rounding counts in the filer's favour, but what was counted was not rounded."""
    return (base.value if whole else base.interval.low) * (1 + limit.value / 100) ** years


def floor_over(base: Figure, limit: Limit, years: int, *, whole: bool) -> Decimal:
    """The baseline grown by the yearly rate, rounded up to what may be written on the form."""
    places_kept = Decimal(1) if whole else Decimal(1).scaleb(-max(base.places, 2))
    growth = (1 + limit.value / 100) ** years
    return (base.value * growth).quantize(places_kept, rounding=ROUND_CEILING)


def _rate(params: GrowthFloor, limit: Limit, target: Amount) -> Hit | None:
    if limit.holds(target.figure.value):
        return None
    return Hit(
        field=params.field,
        column="target",
        expected=bound(limit),
        facts={"rate": printed(limit.value)},
        variant="rate",
        severity=weight(limit),
        basis=sources(limit),
    )
