"""Slips of one figure: in which familiar way it may have come about, once the values that would be right are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from clusterform.checks.formula import Operand
from clusterform.figures import PLACES, Figure, Interval, two_places

UNITS = (2, 4, -2, -4)
"""Powers of ten between units: per cent and fractions, 万元 and 亿元."""
_POINTS = (1, -1, 3, -3)
_WIDE = Context(prec=100)
_CLOSE = 300
_ROOT_OF_TEN = Decimal(10).sqrt()
_COARSE = 200
"""Printing may change a figure by a two-hundredth: 1.8512 is 1.85, but 0.0081 is not 0.01."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One edit that a person may have to make, and what it makes agree."""

    kind: str
    """exchanged, rows_exchanged, unit, row_unit, part_unit, sign, point, digit, or figure where it is no familiar slip."""
    cells: tuple[Operand, ...]
    values: tuple[Interval, ...]
    """What each cell then stands for."""
    expected: tuple[str | None, ...]
    """What would be written there; None where it is not one figure."""
    fits: tuple[Interval, ...] = ()
    """Of a single cell: the figures that would do."""
    power: int = 0
    """Of a unit or a point: the power of ten to multiply by."""
    explains: frozenset[int] = frozenset()
    hard: int = 0
    soft: int = 0

    @property
    def score(self) -> tuple[int, int, bool]:
        """More failures explained, then more evidence, then a familiar slip before any other figure.

        Two figures in another unit are two slips: so much is said only where no single one explains as much.
        """
        return self.hard, self.soft, self.kind not in {"figure", "part_unit", "rows_exchanged"}


def likeliest_edit(cell: Operand, figure: Figure, regions: Sequence[Interval]) -> Correction | None:
    """The likeliest edit that writes there a figure of these regions; None where none can be written."""
    regions = _merged(regions)
    fits = [r for region in regions if (r := _written(region, figure)) is not None]
    if not fits:
        return None
    turned = [("sign", 0, -figure.value)] if figure.value else []
    for kind, power, value in (*turned, *_scaled(figure, regions), *_digits(figure, regions)):
        if isinstance(value, Decimal):
            if _fits(value, figure, regions):
                stands = Interval.exact(value) if figure.counted else Interval.around(value, 2)
                printed = as_written(value, figure)
                return Correction(kind, (cell,), (stands,), (printed,), tuple(fits), power)
        else:
            return Correction(kind, (cell,), (_around(value),), (None,), value, power)
    return Correction("figure", (cell,), (_around(regions),), (only_figure(fits, figure),), tuple(fits))


def _around(regions: Sequence[Interval]) -> Interval:
    return Interval(min(r.low for r in regions), max(r.high for r in regions))


def _merged(regions: Sequence[Interval]) -> list[Interval]:
    """The same values, each in one region alone."""
    merged: list[Interval] = []
    for region in sorted(regions, key=lambda r: r.low):
        if merged and merged[-1].meets(region):
            merged[-1] = Interval(merged[-1].low, max(merged[-1].high, region.high))
        else:
            merged.append(region)
    return merged


def _scaled(
    figure: Figure, regions: Sequence[Interval]
) -> Iterator[tuple[str, int, Decimal | tuple[Interval, ...]]]:
    """Another unit, or the point moved. A figure made greater may lack digits, which the regions then give."""
    if not figure.value:  # nought is nought in every unit
        return
    for power in (*UNITS, *_POINTS):
        kind = "unit" if power in UNITS else "digit" if figure.counted else "point"
        value = figure.value.scaleb(power)
        if not keeps_its_digits(figure, power) or _inside(half_way(figure, power), regions):
            continue
        if power < 0 or figure.counted:
            yield kind, power, two_places(value)
            continue
        wide = times_ten(figure, power)
        shared = (common for region in regions if (common := wide.common(region)) is not None)
        fits = tuple(w for common in shared if (w := _written(common, figure)) is not None)
        one = only_figure(fits, figure)
        if one is not None:
            yield kind, power, value if _fits(value, figure, regions) else Decimal(one)
        elif fits:
            yield kind, power, fits


def keeps_its_digits(figure: Figure, power: int) -> bool:
    """Whether the figure times ten to the power is still that figure when printed to two places."""
    value = figure.value.scaleb(power)
    if figure.counted:
        return value == value.to_integral_value()
    return abs(two_places(value) - value) * _COARSE <= abs(value)


def half_way(figure: Figure, power: int) -> Interval:
    """The figure times half the power. Where that would do already, nothing points to so great a slip."""
    return Interval.exact(figure.value * _ROOT_OF_TEN**power)


def _inside(values: Interval, regions: Sequence[Interval]) -> bool:
    return any(values.meets(region) for region in regions)


def times_ten(figure: Figure, power: int) -> Interval:
    """What the figure stands for, times ten to the power; as it would be printed where it gets smaller."""
    if power < 0 and not figure.counted:
        return Interval.around(two_places(figure.value.scaleb(power)), 2)
    return Interval(figure.interval.low.scaleb(power), figure.interval.high.scaleb(power))


def _digits(figure: Figure, regions: Sequence[Interval]) -> list[tuple[str, int, Decimal]]:
    """A digit typed twice; or one left out, where only one such figure would do."""
    text = f"{abs(figure.value):.{max(figure.places, 0)}f}"
    sign = -1 if figure.value < 0 else 1
    doubled = {
        text[:at] + text[at + 1 :]
        for at in range(len(text) - 1)
        if text[at] == text[at + 1] and text[at].isdecimal()
    }
    end = text.find(".") if "." in text else len(text)
    lost = {text[:at] + digit + text[at:] for at in range(end + 1) for digit in "0123456789"}
    shrunk = sorted(sign * Decimal(t) for t in doubled)
    grown = [v for v in sorted({sign * Decimal(t) for t in lost}) if _fits(v, figure, regions)]
    return [("digit", 0, value) for value in (*shrunk, *(grown if len(grown) == 1 else ()))]


def _fits(value: Decimal, figure: Figure, regions: Sequence[Interval]) -> bool:
    if value == figure.value or (figure.counted and value != value.to_integral_value()):
        return False
    return _inside(Interval.exact(value), regions)


def _written(region: Interval, figure: Figure) -> Interval | None:
    """The least and the greatest figure of the region that can be written there."""
    step = Decimal(1) if figure.counted else PLACES
    low = region.low.quantize(step, rounding=ROUND_CEILING, context=_WIDE)
    high = region.high.quantize(step, rounding=ROUND_FLOOR, context=_WIDE)
    return Interval(low + 0, high + 0) if low <= high else None


def as_written(value: Decimal, figure: Figure) -> str:
    """As a person would write it there."""
    whole = value == value.to_integral_value() and figure.places == 0
    return f"{value.to_integral_value():f}" if figure.counted or whole else f"{two_places(value):f}"


def only_figure(fits: Sequence[Interval], figure: Figure) -> str | None:
    """The one figure that can be named: a single whole number, or decimals within a three-hundredth."""
    if len(fits) != 1:
        return None
    low, high = fits[0].low, fits[0].high
    if figure.counted:
        return f"{low:f}" if low == high else None
    close = (high - low) * _CLOSE <= max(abs(low), abs(high))
    return as_written(fits[0].centre, figure) if close else None
