"""Kind `good_firms`: enough leading firms, or enough good ones, in the last reported year."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from clusterform.checks.check import Check
from clusterform.checks.limit_kept import bound, sources, weight
from clusterform.checks.names import LimitName, Row
from clusterform.checks.reader import Hit, Limit, Reader, Unknown


class GoodFirms(Check, kind="good_firms"):
    """Two groups of rows, each with its threshold; one kept is enough. 无 counts as zero."""

    strong: tuple[Row, ...]
    strong_limit: LimitName
    good: tuple[Row, ...]
    good_limit: LimitName

    def places(self, reader: Reader) -> Iterable[str]:
        """The last reported year, where the form has the rows."""
        return (reader.column("last"),) if reader.has(self.strong[0]) else ()

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Missed only where both are; a row that is unknown makes it unknown unless the others are enough."""
        limits = reader.limits[self.strong_limit], reader.limits[self.good_limit]
        strong, strong_gap = _sum(reader, self.strong, place)
        good, good_gap = _sum(reader, self.good, place)
        if limits[0].holds(strong) or limits[1].holds(good):
            return None
        for gap in (strong_gap, good_gap):
            if gap is not None:
                raise gap
        return Hit(
            field=self.strong[0],
            column=place,
            value=f"{strong:f} + {good:f}",
            expected=_either(*limits),
            facts={
                "strong": f"{strong:f}",
                "good": f"{good:f}",
                "strong_limit": f"{limits[0].value:f}",
                "good_limit": f"{limits[1].value:f}",
            },
            severity=weight(*limits),
            basis=sources(*limits),
        )


def _sum(reader: Reader, paths: tuple[str, ...], column: str) -> tuple[Decimal, Unknown | None]:
    """The sum of what is known, and why the rest is not."""
    total, gap = Decimal(0), None
    for path in paths:
        try:
            total += reader.figure(path, column, none_is_zero=True).value
        except Unknown as unknown:
            gap = unknown
    return total, gap


def _either(strong: Limit, good: Limit) -> str:
    """Both thresholds, as counts."""
    return " | ".join(bound(limit).removesuffix(".00") for limit in (strong, good))
