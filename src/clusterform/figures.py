"""Figures as the form shows them: a decimal and the interval it stands for. No float touches an answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

PLACES = Decimal("0.01")
_CONTEXT = Context(prec=40)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values a printed figure may stand for, both ends taken."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, value: Decimal, places: int) -> Interval:
        """Half a unit in the last printed place either side (the idea of XBRL Calculations 1.1)."""
        half = Decimal(5).scaleb(-places - 1)
        return cls(value - half, value + half)

    @classmethod
    def exact(cls, value: Decimal | int) -> Interval:
        """A figure that was counted, not rounded."""
        return cls(Decimal(value), Decimal(value))

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def __mul__(self, other: Interval) -> Interval:
        with localcontext(_CONTEXT):
            ends = (self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high)
            return Interval(min(ends), max(ends))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; ZeroDivisionError where the divisor's interval holds zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        with localcontext(_CONTEXT):
            ends = (self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high)
            return Interval(min(ends), max(ends))

    def root(self, degree: int) -> Interval:
        """The degree-th root of a positive interval."""
        with localcontext(_CONTEXT):
            power = Decimal(1) / Decimal(degree)
            return Interval(max(self.low, Decimal(0)) ** power, max(self.high, Decimal(0)) ** power)


ONE = Interval.exact(1)
HUNDRED = Interval.exact(100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number on the form: its value, the digits after the point as printed, and what it may stand for."""

    value: Decimal
    places: int
    counted: bool = False
    """A count stands for itself alone."""

    @property
    def interval(self) -> Interval:
        """The values the printed digits may stand for."""
        return Interval.exact(self.value) if self.counted else Interval.around(self.value, self.places)


def two_places(value: Decimal) -> Decimal:
    """Rounded half up to two places, as the form prints figures."""
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)
