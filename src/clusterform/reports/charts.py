"""The charts of the HTML report: how long each bar is, in whole pixels, and the words that tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from clusterform.finding import Aim, Figures, Series
from clusterform.messages import Text
from clusterform.reports import finding_text
from clusterform.reports.summary import RuleCount

_YEAR, _AIM, _RULE = 110, 360, 280
"""The longest bars."""
_TITLE = 17
"""Characters of a rule's title that stand beside its bar."""
_LONGEST = 12
"""Characters of a figure that a bar has room for."""


class Bar(NamedTuple):
    """One year's bar; height 0 where there is no figure."""

    head: str
    value: str
    height: int


class Panel(NamedTuple):
    title: tuple[str, ...]
    description: str
    bars: tuple[Bar, ...]


class Row(NamedTuple):
    """A line of a chart: its bar, and of a target the mark of its floor, both from the left edge; 0 where there is none."""

    label: str
    note: str
    kind: str = ""
    length: int = 0
    floor: int = 0

    @property
    def told(self) -> str:
        return f"{self.label} {self.note}"


def years(figures: Figures, language: str) -> list[Panel]:
    """The figures of the reported years, each series on a scale of its own; one without any figure is left out."""
    told = (series for series in figures.years if any(value is not None for _, value in series.points))
    return [_panel(series, language) for series in told]


def _panel(series: Series, language: str) -> Panel:
    top = max(Decimal(value) for _, value in series.points if value is not None)
    none = Text("years.none")[language]
    bars = tuple(
        Bar(finding_text.visible(head), none if value is None else _short(value), _share(value, top, _YEAR))
        for head, value in series.points
    )
    label = finding_text.visible(series.label)
    facts = (f"{finding_text.visible(head)} {value or none}" for head, value in series.points)
    description = f"{label}{Text('join.colon')[language]}{Text('join.list')[language].join(facts)}"
    return Panel(_in_lines(label), description, bars)


def _in_lines(label: str, longest: int = 16) -> tuple[str, ...]:
    """The label in lines that a small chart has room for."""
    lines = [label[start : start + longest] for start in range(0, len(label), longest)]
    return tuple(lines[:2]) if len(lines) < 3 else (lines[0], lines[1][:-1] + "…")


def aims(figures: Figures, language: str) -> list[Row]:
    """The targets with their floors, each on a scale of its own."""
    return [_aim(aim, language) for aim in figures.aims]


def _aim(aim: Aim, language: str) -> Row:
    label = finding_text.visible(f"{aim.label}{f'（{aim.unit}）' if aim.unit else ''}")
    if aim.value is None or aim.floor is None:
        return Row(label, Text("aims.none")[language])
    top = max(Decimal(aim.value), Decimal(aim.floor)) * Decimal("1.1")
    sign = ("✓ " if aim.reached else "✗ ") + Text("aims.reached" if aim.reached else "aims.short")[language]
    note = Text("aims.note", sign=sign, value=_short(aim.value), floor=_short(aim.floor))[language]
    length, floor = (_share(figure, top, _AIM) for figure in (aim.value, aim.floor))
    return Row(label, note, "" if aim.reached else "short", length, floor)


def by_rule(rules: Sequence[RuleCount], language: str, most: int = 15) -> list[Row]:
    """The rules that found most, in the order of their codes."""
    largest = sorted(rules, key=lambda item: -item.count)[:most]
    rows = [item for item in rules if item in largest]
    top = Decimal(max((item.count for item in rows), default=1))
    return [
        Row(
            _short(finding_text.visible(item.title), _TITLE),
            f"{item.count} {Text(f'severity.{item.severity}')[language]}  {finding_text.visible(item.rule)}",
            item.severity.value,
            _share(str(item.count), top, _RULE),
        )
        for item in rows
    ]


def _share(value: str | None, top: Decimal, room: int) -> int:
    """The length of a bar in whole pixels; what is there at all can be seen, what is under zero cannot be drawn."""
    if value is None or top <= 0 or Decimal(value) <= 0:
        return 0
    return max(int(Decimal(value) * room / top), 1)


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
