"""What a target or its baseline must come to: growth, an industry average, the firms of part two."""

from decimal import ROUND_CEILING, Decimal
from typing import Annotated, Literal

from clusterform.checks.amounts import DOUBLING, Amount, amount_at, in_unit_of, no_rate
from clusterform.checks.check import RowCheck
from clusterform.checks.formula import Operand, total
from clusterform.checks.reader import Hit, Limit, LimitName, NameOf, Reader, RowName, Unknown, sources, weight
from clusterform.checks.ties import Tie, at_most, make_tie
from clusterform.figures import EXACT, Figure, printed
from clusterform.finding import Severity


class GrowthFloor(RowCheck, kind="growth_floor"):
    """A target no lower than its baseline grown by a yearly rate.

    No `compare`: the least is rounded up to what may be written, and a target written as a rate is held against the rate.

    `whole`: the quantity is counted, so the floor is rounded up to a whole number.
    """

    limit: LimitName
    """The yearly rate, in per cent."""
    whole: bool = False

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The target against the floor; a target given as a rate against the rate itself."""
        limit = reader.limits[self.limit]
        target, base = _target(reader, place)
        years = reader.form.roles["target"] - reader.form.roles["baseline"]
        if base is None:
            return _rate(self, limit, target, years)
        growth = (1 + limit.value / 100) ** years
        if target.figure.value >= lowest_over(base, limit, years, whole=self.whole):
            return None
        floor = floor_over(base, limit, years, whole=self.whole)
        facts = {
            "baseline": f"{base.value:f}",
            "rate": f"{limit.value:f}",
            "years": str(years),
            "factor": f"{growth:f}",
            "exact": f"{base.value * growth:f}",
            "floor": f"{floor:f}{target.unit}",
        }
        return Hit(
            field=place,
            column="target",
            expected=f"{floor:f}{target.unit}",
            facts=facts,
            variant="bare" if not target.unit and limit.value <= target.figure.value < base.value else None,
            severity=weight(limit),
            basis=sources(limit),
        )


def _target(reader: Reader, path: str) -> tuple[Amount, Figure | None]:
    """The target, and its baseline in the same unit; None where the target is written as a rate."""
    if (target := amount_at(reader, path, "target", change=True)).rate:
        return target, None
    target = amount_at(reader, path, "target")
    baseline = in_unit_of(amount_at(reader, path, "baseline"), target)
    if baseline is None:
        raise reader.lacking("skipped.unlike-unit", path, "target")
    return target, baseline


def lowest_over(base: Figure, limit: Limit, years: int, *, whole: bool) -> Decimal:
    """The least that passes: rounding counts in the filer's favour, but what was counted was not rounded."""
    return (base.value if whole else base.interval.low) * (1 + limit.value / 100) ** years


def floor_over(base: Figure, limit: Limit, years: int, *, whole: bool) -> Decimal:
    """The baseline grown by the yearly rate, rounded up to what may be written on the form."""
    places_kept = Decimal(1) if whole else Decimal(1).scaleb(-max(base.places, 2))
    growth = (1 + limit.value / 100) ** years
    return EXACT.multiply(base.value, growth).quantize(places_kept, ROUND_CEILING, EXACT)


def least_rate(target: Amount, limit: Limit, years: int) -> Decimal:
    """The rate that passes: by the year, or, where it is meant over all the years, what they come to together."""
    return _together(limit, years) if target.time == "whole" else limit.value


def _together(limit: Limit, years: int) -> Decimal:
    return grown(limit.value, years).quantize(Decimal("0.01"), rounding=ROUND_CEILING)


def grown(rate: Decimal, years: int) -> Decimal:
    """What a yearly rate comes to over the years, both in per cent."""
    return ((1 + rate / 100) ** years - 1) * 100


def _rate(params: GrowthFloor, limit: Limit, target: Amount, years: int) -> Hit | None:
    """One bare is by the year, as the note is; of 增长15% both readings count; none doubles every year.

    What is no rate at all is told where units are.
    """
    if no_rate(target):
        return None
    rate, together = target.figure.value, _together(limit, years)
    if rate < least_rate(target, limit, years):
        variant, severity = ("whole" if target.time == "whole" else "rate"), weight(limit)
    elif rate > (grown(DOUBLING, years) if target.time == "whole" else DOUBLING):
        variant, severity = "steep", Severity.WARNING
    elif target.change and not target.time and rate < together:
        variant, severity = "unsaid", Severity.WARNING
    else:
        return None
    return Hit(
        field=params.field,
        column="target",
        expected=f"≥ {together:f}" if variant == "whole" else limit.bound() if variant == "rate" else None,
        facts={
            "rate": printed(limit.value),
            "floor": f"{together:f}",
            "years": str(years),
            "figure": target.shown,
        },
        variant=variant,
        severity=severity,
        basis=sources(limit),
    )


Average = Literal["internet", "co2_reduction", "energy_reduction"]
"""What the user can give, in percent: the name in a file of references."""


class ReferenceAverage(RowCheck, kind="reference_average"):
    """A target against its industry's average, which only the user can give.

    No `compare`: without an average it still reports, to be looked at by a person.

    `of`: the target itself, or how far it is below the baseline, in per cent over the whole time.
    """

    reference: Average
    of: Literal["level", "reduction"]

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Below a given average: the rule's own severity. Without one a person must look."""
        if self.of == "level":
            value = most = amount_at(reader, place, "target").figure.value
        else:
            value, most = _reduction(reader, place)
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
    target, baseline = _target(reader, path)
    if baseline is None:
        years = reader.form.roles["target"] - reader.form.roles["baseline"]
        fall = target.figure.value if target.time != "year" else -grown(-target.figure.value, years)
        return fall, fall
    if baseline.value <= 0 or baseline.interval.high <= 0:
        raise reader.lacking("skipped.not-positive", path, "baseline")
    high = baseline.interval.high
    printed_one = (baseline.value - target.figure.value) / baseline.value * 100
    return printed_one, (high - target.figure.interval.low) / high * 100


class BaselineFirms(RowCheck, kind="baseline_firms"):
    """The number of good SMEs at the baseline against the levels counted in part two.

    Each level contains the next one up, so no sum is fixed: only the outer bounds are judged. No `compare`: both
    bounds, and the sum that is expected between them, are told in one finding.
    """

    year: Annotated[str, NameOf("column", of="core")]
    core: tuple[RowName, ...]
    """The levels surely meant: no fewer than the largest of them; their sum is what is expected."""
    more: tuple[RowName, ...]
    """What some add as well: no more than the sum of all."""
    severity: Severity | None = None

    def tie(self, reader: Reader, place: str) -> Tie:
        year, baseline = reader.column(self.year), Operand(place, "baseline")
        core = [Operand(path, year) for path in self.core]
        levels = [*core, *(Operand(path, year) for path in self.more if path in reader.fields)]
        least = (at_most(cell, baseline) for cell in core)
        return make_tie(reader, baseline, *least, at_most(baseline, total(levels)), none_is_zero=True)

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Outside the largest single level and the sum of all of them."""
        year = reader.column(self.year)
        value = amount_at(reader, place, "baseline").figure.value
        core = [reader.figure(path, year, none_is_zero=True).value for path in self.core]
        if max(core) <= value <= sum(core):
            return None
        further = [_count(reader, path, year) for path in self.more if path in reader.fields]
        most = sum(core) + sum(further)
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


def _count(reader: Reader, path: str, year: str) -> Decimal:
    value = reader.figure(path, year, none_is_zero=True).value
    if value < 0:
        raise reader.lacking("skipped.negative", path, year)
    return value
