"""Kind `growth_criterion`: 产值年均增速高于10%, of the main industry or of the cluster."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from clusterform.checks.amounts import printed
from clusterform.checks.check import Check
from clusterform.checks.limit_kept import bound, in_words, sources, weight
from clusterform.checks.names import LimitName, Row
from clusterform.checks.reader import Hit, Reader, Unknown, Words


class GrowthCriterion(Check, kind="growth_criterion"):
    """`rate` is the declared yearly rate; the compound growth of the amounts in `output` counts as well."""

    rate: Row
    output: Row
    limit: LimitName

    def places(self, reader: Reader) -> Iterable[str]:
        """The declared rate."""
        return (self.rate,) if reader.has(self.rate) else ()

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Missed only where neither keeps the threshold; unknown where one that could is unknown."""
        limit = reader.limits[self.limit]
        declared, missing = _known(reader, place, self.output)
        compound = None if isinstance(missing, Unknown) else missing
        if any(rate is not None and limit.holds(rate) for rate in (declared, compound)):
            return None
        if isinstance(missing, Unknown):
            raise missing
        value = reader.figure(place).value
        first, last = reader.column("first"), reader.column("last")
        facts: dict[str, str | Words] = {
            "limit": printed(limit.value),
            "bound": in_words(limit),
            "compound": printed(missing),
            "first": f"{reader.figure(self.output, first).value:f}",
            "last": f"{reader.figure(self.output, last).value:f}",
            "from": first,
            "to": last,
            "steps": str(int(last) - int(first)),
        }
        return Hit(
            field=place,
            value=printed(value),
            expected=bound(limit),
            facts=facts,
            severity=weight(limit),
            basis=sources(limit),
        )


def _known(reader: Reader, rate: str, output: str) -> tuple[Decimal | None, Decimal | Unknown]:
    """The declared rate, if sure, and the compound rate in per cent, or why it cannot be had."""
    try:
        declared = reader.figure(rate).value
    except Unknown:
        declared = None
    try:
        return declared, compound_growth(reader, output)
    except Unknown as unknown:
        return declared, unknown


def compound_growth(reader: Reader, path: str) -> Decimal:
    """The average yearly growth from first to last reported year, in per cent, of the printed figures."""
    first, last = reader.column("first"), reader.column("last")
    start, end = reader.figure(path, first).value, reader.figure(path, last).value
    if start <= 0 or end < 0:
        name = reader.name(path, first)
        raise Unknown(f"“{name}”不是正数", f"“{name}” is not positive", path, first)
    return ((end / start) ** (1 / Decimal(int(last) - int(first))) - 1) * 100
