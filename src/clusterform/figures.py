"""Figures as the form shows them: a decimal and the interval it stands for. No float touches an answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import NamedTuple

from clusterform.patterns import pattern

PLACES = Decimal("0.01")
# Ends are rounded outward: no interval is ever too narrow, no figure reported for the computer's sake.
_DOWN = Context(prec=40, rounding=ROUND_FLOOR)
_UP = Context(prec=40, rounding=ROUND_CEILING)
NEAREST = Context(prec=40)
"""For one value within such an interval."""
EXACT = Context(prec=1000)
"""For what must stay exact, however many digits somebody typed."""
_MOST_DIGITS = 100
"""A number of more is a key that stuck, and none that can be reckoned with."""
NO_LETTER_BEHIND = r"(?!(?!(?i:tce|tco2e?|kgce|kg|t|mwh?|gwh?|kwh?|gj|mj|m|km)(?![A-Za-z]))[A-Za-z]|[?？]|{figures.not_plain})"
"""What may not follow the digits of a number in a text: 1.6e3, 16OO, 1600?, 1.6千 are no plain figures, 36t is one."""
TWO_FIGURES = pattern(r"(?<=\d)(?:(?<=\d\d)\s{1,9}(?=\d)|(?<!\d\d)\s{1,9}(?=\d\d))(?!\d{3}(?!\d))")
"""Spaces between two figures: 12 15. Those of 1 234 part thousands, those of 1 2 spread the digits of one."""
_GUARD = Decimal("1E-12")
"""Far below any printed place, far above what outward rounding adds."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All values a printed figure may stand for, both ends taken."""

    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, value: Decimal, places: int) -> Interval:
        """Half a unit in the last printed place either side (the idea of XBRL Calculations 1.1)."""
        half = _half(places)
        return cls(EXACT.subtract(value, half), EXACT.add(value, half))

    @classmethod
    def exact(cls, value: Decimal | int) -> Interval:
        """A figure that was counted, not rounded."""
        number = Decimal(value)
        return cls(number, number)

    def meets(self, other: Interval) -> bool:
        return self.low <= other.high and other.low <= self.high

    def common(self, other: Interval) -> Interval | None:
        """The values both hold; None where there is none."""
        if not self.meets(other):
            return None
        return Interval(max(self.low, other.low), min(self.high, other.high))

    def shrunk(self, by: Decimal) -> Interval:
        """Without so much at either end; its middle alone where it is no wider."""
        low, high = EXACT.add(self.low, by), EXACT.subtract(self.high, by)
        return Interval(low, high) if low <= high else Interval.exact(self.centre)

    @property
    def centre(self) -> Decimal:
        return guarded(EXACT.divide(EXACT.add(self.low, self.high), Decimal(2)))

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __abs__(self) -> Interval:
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Interval(Decimal(0), max(self.high, self.low.copy_negate()))

    def __mul__(self, other: Interval) -> Interval:
        if self.low >= 0 and other.low >= 0:  # as nearly always: which ends meet is known without trying all
            return Interval(_DOWN.multiply(self.low, other.low), _UP.multiply(self.high, other.high))
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.multiply(*p) for p in pairs), max(_UP.multiply(*p) for p in pairs))

    def __truediv__(self, other: Interval) -> Interval:
        """The quotient; ZeroDivisionError where the divisor's interval holds zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        if self.low >= 0 and other.low > 0:  # as above
            return Interval(_DOWN.divide(self.low, other.high), _UP.divide(self.high, other.low))
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.divide(*p) for p in pairs), max(_UP.divide(*p) for p in pairs))

    def __pow__(self, degree: int) -> Interval:
        """A positive interval times itself `degree` times."""
        result = ONE
        for _ in range(degree):
            result *= self
        return result

    def root(self, degree: int) -> Interval:
        """The degree-th root of an interval; what lies under zero counts as zero."""
        return Interval(
            _root(max(self.low, Decimal(0)), degree, _DOWN), _root(max(self.high, Decimal(0)), degree, _UP)
        )


@cache
def _half(places: int) -> Decimal:
    """Half a unit in that place."""
    return Decimal(5).scaleb(-places - 1)


def _root(value: Decimal, degree: int, context: Context) -> Decimal:
    """Rounded outward. `power` is right to one unit in its last place, so that unit is given away."""
    if degree == 2 or not value:
        root = value.sqrt(context)
        return root if EXACT.multiply(root, root) == value else _outward(root, context)
    return _outward(context.power(value, context.divide(Decimal(1), Decimal(degree))), context)


def _outward(value: Decimal, context: Context) -> Decimal:
    """Two digits are given away: the exponent, too, was rounded."""
    slack = value.scaleb(-36)
    if context.rounding == ROUND_FLOOR:
        return max(context.subtract(value, slack), Decimal(0))
    return context.add(value, slack)


ONE = Interval.exact(1)
HUNDRED = Interval.exact(100)


class Figure(NamedTuple):
    """A number on the form: its value, the digits after the point as printed, and what it may stand for."""

    value: Decimal
    places: int
    counted: bool = False
    """A count stands for itself alone."""

    @property
    def interval(self) -> Interval:
        """The values the printed digits may stand for, as an input of a computation.

        A whole number stands for itself (填报说明 2: decimals are kept to two places, so one without had none). A
        single decimal was cut short, and its lost digit is not held against what was computed with it.
        """
        exact = self.counted or self.places == 0
        return Interval.exact(self.value) if exact else Interval.around(self.value, self.places)

    @property
    def declared(self) -> Interval:
        """What it may stand for as the result of a computation: only the second decimal carries half a unit.

        12.5 is 12.50, as it must be written. A whole number is what two places make of the result.
        """
        if self.counted:
            return Interval.exact(self.value)
        return Interval.around(self.value, self.places if self.places < 0 else max(self.places, 2))


def printed_figure(digits: str, *, counted: bool = False) -> Figure | None:
    """What plain digits, with a sign and a point at most, stand for; None for more of them than any number has."""
    if len(digits) > _MOST_DIGITS:
        return None
    places = len(digits.partition(".")[2])
    return Figure(Decimal(digits), places, counted=counted and places == 0)


def guarded(value: Decimal) -> Decimal:
    """Without what outward rounding has added."""
    return value.quantize(_GUARD, context=EXACT)


def divided(value: Decimal, by: Decimal) -> Decimal:
    """The quotient of printed figures; ZeroDivisionError also for nothing by nothing."""
    if not by:
        raise ZeroDivisionError
    return NEAREST.divide(value, by)


def two_places(value: Decimal) -> Decimal:
    """Rounded half up to two places, as the form prints figures."""
    return value.quantize(PLACES, rounding=ROUND_HALF_UP, context=EXACT)


def printed(value: Decimal) -> str:
    return f"{two_places(value):f}"


def printable(values: Interval, *, counted: bool = False) -> Interval | None:
    """The least and the greatest figure that may be printed for these values, to two places.

    Whole numbers where it is counted; None where none lies among them.
    """
    if counted:
        low, high = values.low.to_integral_value(ROUND_CEILING), values.high.to_integral_value(ROUND_FLOOR)
    else:
        half = PLACES / 2
        low = EXACT.subtract(values.low, half).quantize(PLACES, rounding=ROUND_CEILING, context=EXACT)
        high = EXACT.add(values.high, half).quantize(PLACES, rounding=ROUND_FLOOR, context=EXACT)
    if low > high:
        return None
    return Interval(EXACT.add(low, Decimal(0)), EXACT.add(high, Decimal(0)))  # never printed as -0.00
