"""The charts of the HTML report as whole numbers of pixels, each with the words that tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusterform.finding import Aim, Figures, Series
from clusterform.messages import Text
from clusterform.reports import finding_text
from clusterform.reports.overview import CountedRule

_AIM = 64
"""Pixels from one target to the next: label, bar and note stand below each other, to be read on a telephone."""
_TITLE, _RULE = 17, 280
"""Characters of a rule's title that stand beside its bar, and the longest bar."""
_LONGEST = 12
"""Characters of a figure that a bar has room for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One year's bar; height 0 where there is no figure."""

    head: str
    value: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Panel:
    title: tuple[str, ...]
    description: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class YearCharts:
    """Small charts side by side, each with a scale of its own."""

    panels: tuple[Panel, ...]
    width: int = 200
    height: int = 200
    base: int = 135


@dataclass(frozen=True, slots=True)
class AimRow:
    """A target's bar and the mark of its floor, both from the left edge; 0 where there is none."""

    label: str
    note: str
    y: int
    length: int
    floor: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Aims:
    """Each target on a scale of its own."""

    rows: tuple[AimRow, ...]
    description: str
    height: int
    width: int = 360


@dataclass(frozen=True, slots=True)
class RuleRow:
    label: str
    note: str
    kind: str
    y: int
    length: int


@dataclass(frozen=True, slots=True)
class Rules:
    rows: tuple[RuleRow, ...]
    description: str
    left_out: bool
    height: int
    width: int = 680
    left: int = 230


def years(figures: Figures, language: str) -> YearCharts:
    """The figures of the reported years; a series without any figure is left out."""
    drawn = YearCharts(())
    told = (series for series in figures.years if any(value is not None for _, value in series.points))
    return YearCharts(tuple(_panel(series, drawn, language) for series in told))


def _panel(series: Series, drawn: YearCharts, language: str) -> Panel:
    top = max(Decimal(value) for _, value in series.points if value is not None)
    step = drawn.width // max(len(series.points), 1)
    room, none = drawn.base - 25, Text("years.none")[language]
    bars = []
    for number, (head, value) in enumerate(series.points):
        height, year = _share(value, top, room), finding_text.visible(head)
        told = none if value is None else _short(value)
        bars.append(Bar(year, told, number * step + step // 5, drawn.base - height, step * 3 // 5, height))
    label = finding_text.visible(series.label)
    facts = (f"{finding_text.visible(head)} {value or none}" for head, value in series.points)
    description = f"{label}{Text('join.colon')[language]}{Text('join.list')[language].join(facts)}"
    return Panel(_in_lines(label), description, tuple(bars))


def _in_lines(label: str, longest: int = 16) -> tuple[str, ...]:
    """The label in lines that a small chart has room for."""
    lines = [label[start : start + longest] for start in range(0, len(label), longest)]
    return tuple(lines[:2]) if len(lines) < 3 else (lines[0], lines[1][:-1] + "…")


def aims(figures: Figures, language: str) -> Aims:
    """The targets, each with its floor."""
    room = Aims((), "", 0).width
    rows = tuple(_aim(aim, _AIM * number, room, language) for number, aim in enumerate(figures.aims))
    description = "；" if language == "zh" else "; "
    return Aims(rows, description.join(f"{row.label} {row.note}" for row in rows), _AIM * len(rows))


def _aim(aim: Aim, y: int, room: int, language: str) -> AimRow:
    label = finding_text.visible(f"{aim.label}{f'（{aim.unit}）' if aim.unit else ''}")
    if aim.value is None or aim.floor is None:
        note = Text("aims.none")[language]
        return AimRow(label, note, y, 0, 0, reached=False)
    top = max(Decimal(aim.value), Decimal(aim.floor)) * Decimal("1.1")
    sign = ("✓ " if aim.reached else "✗ ") + Text("aims.reached" if aim.reached else "aims.short")[language]
    note = Text("aims.note", sign=sign, value=_short(aim.value), floor=_short(aim.floor))[language]
    return AimRow(label, note, y, _share(aim.value, top, room), _share(aim.floor, top, room), aim.reached)


def by_rule(rules: Sequence[CountedRule], language: str, most: int = 15) -> Rules:
    """The rules that found most, in the order of their codes."""
    largest = sorted(rules, key=lambda item: -item.count.count)[:most]
    rows = [item for item in rules if item in largest]
    top = Decimal(max((item.count.count for item in rows), default=1))
    drawn = tuple(_rule(item, 22 * number, top, language) for number, item in enumerate(rows))
    facts = Text("join.list")[language].join(f"{row.label} {row.note}" for row in drawn)
    description = Text("rules.told", facts=facts)[language]
    return Rules(drawn, description, len(rules) > len(rows), 22 * len(drawn) + 4)


def _rule(item: CountedRule, y: int, top: Decimal, language: str) -> RuleRow:
    found = item.count
    title = finding_text.visible(item.title)
    label = title if len(title) <= _TITLE else title[: _TITLE - 1] + "…"
    note = f"{found.count} {Text(f'severity.{found.severity}')[language]}  {finding_text.visible(found.rule)}"
    return RuleRow(label, note, found.severity.value, y, _share(str(found.count), top, _RULE))


def _share(value: str | None, top: Decimal, room: int) -> int:
    """The length of a bar in whole pixels; what is there at all can be seen, what is under zero cannot be drawn."""
    if value is None or top <= 0 or Decimal(value) <= 0:
        return 0
    return max(int(Decimal(value) * room / top), 1)


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
