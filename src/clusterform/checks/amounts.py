"""Amounts with their units, as target cells and running text write them: 9.60亿元, 1600件, 年均增长15%."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from clusterform.answers import Answer, figure_of
from clusterform.checks.reader import Reader
from clusterform.data_files import rules_file
from clusterform.figures import NO_LETTER_BEHIND, TWO_FIGURES, Figure, printed_figure
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import narrow
from clusterform.words import word
from clusterform.yaml_file import read_yaml


@kept
def _units() -> dict[str, tuple[str, int]]:
    """What each unit of running text measures, and by how many powers of ten it differs from that quantity's own."""
    sorts: dict[str, dict[str, str]] = read_yaml(rules_file("units_in_text.yaml"))
    return {unit: (sort, int(size)) for sort, units in sorts.items() for unit, size in units.items()}


@cache
def _numbers() -> re.Pattern[str]:
    units = "|".join(map(re.escape, sorted(_units(), key=len, reverse=True)))
    return pattern(
        rf"(?<![\d.A-Za-z])(\d++(?:\.\d++)?+)(?!{{date.year}}){NO_LETTER_BEHIND}({{figures.intensities}}|{units})?"
    )


_SMALLER = 4
"""Running text gives a row's amount in no unit smaller than its own by more powers of ten."""
_LEADS_TO = pattern(r"[{figures.reached}][^\d,;。]{0,4}$")
_CHANGE = pattern(r"{figures.change}[^{figures.reached},;。\d]{0,8}$")
_CLAUSE_END = pattern("[,;。]")
_BY_THE_YEAR = pattern("{figures.by_the_year}")
_IN_ALL = pattern("{figures.in_all}")
_AROUND = 24
"""Characters beside a rate within which its clause says over what time it is meant."""
DOUBLING = Decimal(100)
"""The yearly rate, in per cent, at which what there is doubles; no plan is faster."""
_THOUSANDS = pattern(r"(?<=\d),(?=\d{3}(?!\d))")
_BRACKETED = pattern(r"[(（][^()（）]*[)）]")
_FAR = Decimal(100)
"""Figures this many times apart, one without a unit, were hardly written in the same unit."""
_ALIKE = Decimal(20)
"""Amounts further apart than this, one an intensity, are two quantities and not one written two ways.

A total in 万吨 is the intensity per 万元 times the output in 亿元, which the criteria put at 40 or more.
"""


Time = Literal["", "year", "whole"]
"""Whether the words beside a rate say that it is meant by the year, or over all the years of a plan."""


class Amount(NamedTuple):
    """A figure, its unit as written ("" where none), and whether it tells a change instead of a level."""

    figure: Figure
    unit: str = ""
    change: bool = False
    time: Time = ""

    @property
    def rate(self) -> bool:
        return self.unit == "%"

    @property
    def shown(self) -> str:
        return f"{self.figure.value:f}{self.unit}"


def plain_quantity(text: str) -> str:
    """The text in one width, without spaces and thousands separators; for reading only."""
    joined = "".join(TWO_FIGURES.sub(";", narrow(text)).split())
    return _THOUSANDS.sub("", joined)


def amounts_in(text: str, units: frozenset[str] | None = None) -> list[tuple[Amount, bool]]:
    """Each amount of a text already made plain, years left out, and whether 到, 至 or 达 leads to it."""
    found = []
    for match in _numbers().finditer(text):
        number, unit = match[1], match[2] or ""
        if units is not None and unit not in units:
            continue
        if (figure := printed_figure(number)) is None:
            continue
        before = text[: match.start()]
        time = _time(before[-_AROUND:], text[match.end() :][:_AROUND]) if unit == "%" else ""
        amount = Amount(figure, unit, _CHANGE.search(before) is not None, time)
        found.append((amount, _LEADS_TO.search(before) is not None))
    return found


def _time(before: str, behind: str) -> Time:
    """By the clause that a rate stands in; 三年年均 is by the year."""
    clause = _CLAUSE_END.split(before)[-1] + "|" + _CLAUSE_END.split(behind, maxsplit=1)[0]
    if _BY_THE_YEAR.search(clause):
        return "year"
    return "whole" if _IN_ALL.search(clause) else ""


@cache
def units_in_text(unit: str) -> frozenset[str]:
    """The units in which running text gives amounts of a row that has this one."""
    sort, size = _dimension(unit) or ("", 0)
    return frozenset(u for u, (of, own) in _units().items() if of == sort and own >= size - _SMALLER)


def single(found: list[tuple[Amount, bool]]) -> Amount | None:
    """The one amount meant: the only one, the only one led to, or the only one with a unit other than %."""
    ways = (
        [amount for amount, _ in found],
        [amount for amount, led in found if led],
        [amount for amount, _ in found if amount.unit not in {"", "%"}],
    )
    return next((way[0] for way in ways if len(way) == 1), None)


def read_amount(answer: Answer) -> Amount | None:
    """The amount of a target's cell; None where there is none, or which one is meant cannot be told."""
    amount = _only_amount(answer.text)
    figure = figure_of(answer)
    if figure is None:
        return amount
    for found in (amount, _only_amount(_BRACKETED.sub("", answer.text))):  # 94（含2家总部）
        if found is None or found.figure.value != abs(figure.value):
            continue
        if found is amount or (tells_level(found) and not found.rate):
            return Amount(figure, found.unit, found.change, found.time)
    return amount or Amount(figure)


@lru_cache(maxsize=1024)
def _only_amount(text: str) -> Amount | None:
    """The amount of a text, kept: several rules look at each target."""
    return single(amounts_in(plain_quantity(text)))


def amount_at(reader: Reader, path: str, column: str | None, *, change: bool = False) -> Amount:
    """The amount there; Unknown where there is none, or where it tells a change and `change` is false."""
    answer = reader.sure(path, column)
    amount = read_amount(answer)
    if amount is None:
        return Amount(reader.figure(path, column))
    if not tells_level(amount) and not (change and amount.change and not _in_points(amount)):
        raise reader.lacking("skipped.change", path, column)
    return amount


def tells_level(amount: Amount) -> bool:
    """Whether it says how much there is, and not by how much it changed."""
    return not amount.change and not _in_points(amount)


def _in_points(amount: Amount) -> bool:
    dimension = _dimension(amount.unit)
    return dimension is not None and dimension[0] == "points"


def in_unit_of(amount: Amount, other: Amount) -> Figure | None:
    """The amount in the other's unit; one without a unit is taken to share it, if the sizes allow that."""
    step = steps_between(amount, other)
    return None if step is None else scaled(amount.figure, step)


def steps_between(amount: Amount, other: Amount) -> int | None:
    """The power of ten that leads from one's unit to the other's; None where there is none."""
    mine, theirs = _dimension(amount.unit), _dimension(other.unit)
    if mine is not None and theirs is not None:
        return mine[1] - theirs[1] if mine[0] == theirs[0] else None
    if amount.unit != other.unit and _far(amount.figure.value, other.figure.value):
        return None
    return 0


def comparable(one: str, other: str) -> bool:
    """Whether figures in these units can be added and compared as they stand; of a unit that is not known they can."""
    mine, theirs = _dimension(one), _dimension(other)
    return mine is None or theirs is None or mine == theirs


def other_quantity(amount: Amount, asked: str) -> bool:
    """Whether its unit measures something else than the row's, as 亿元 for a number of firms; % may tell a change of either."""
    mine, theirs = _dimension(amount.unit), _dimension(asked)
    return (
        not amount.rate
        and tells_level(amount)
        and mine is not None
        and theirs is not None
        and mine[0] != theirs[0]
    )


def no_rate(amount: Amount) -> bool:
    """Whether it is written in per cent, and neither says that something grows nor may be how fast it does."""
    return amount.rate and tells_level(amount) and amount.figure.value > DOUBLING


@lru_cache(maxsize=256)
def _dimension(unit: str) -> tuple[str, int] | None:
    return ("intensity", 0) if unit.endswith(word("figures.intensity")) else _units().get(unit)


def _far(one: Decimal, other: Decimal) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return low * _FAR < high


def scaled(figure: Figure, exponent: int) -> Figure:
    """The figure times ten to the exponent, standing for the same values."""
    if not exponent:
        return figure
    counted = figure.counted or figure.places == 0
    return Figure(figure.value.scaleb(exponent), figure.places - exponent, counted)


def same_figure(one: Figure, other: Figure) -> bool:
    """Whether two printed figures can be one: equal where printed alike, else one the other's rounding."""
    if one.places == other.places:
        return one.value == other.value
    return one.interval.meets(other.interval)


def ways_to_read(own: Amount, other: Amount) -> list[int]:
    """The powers of ten that may lead to the other's unit; money without a unit may be meant in 亿元 or in 万元."""
    if _dimension(other.unit) == ("money", 0) and not own.unit:
        return [0, -4]
    if not own.unit:
        return [0]
    step = steps_between(own, other)
    return [] if step is None else [step]


def of_one_size(one: Decimal, other: Decimal) -> bool:
    """Whether the two may be one quantity; one of nothing is no amount of another."""
    low, high = sorted((abs(one), abs(other)))
    return not one or high <= low * _ALIKE
