"""Whether a run may clear a form, which only a full one may: every report asks here. And what differs from a plain run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.finding import Report, RunSettings
from clusterform.messages import Text
from clusterform.record import record
from clusterform.reports.finding_text import visible

_NAMED = 6
"""So many codes are named, and that there are more."""


@record
class Reservation:
    """One thing that was left out, or let pass: `key` of the messages, and what it is."""

    key: str
    names: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """In words."""
        return Text(self.key, names=_listed(self.names, language))[language]


def reservations(report: Report) -> tuple[Reservation, ...]:
    """What a run left out or let pass as a whole; what its files lack, they tell themselves."""
    settings = report.settings
    found = (
        ("gap.left-out", settings.left_out),
        ("gap.lowered", settings.lowered),
        ("gap.loosened", settings.loosened),
        ("gap.west", () if settings.region == "auto" else (settings.region,)),
        ("gap.edition", () if settings.in_force else (report.edition,)),
        ("gap.waived", [name for name in (settings.waivers, settings.baseline, settings.confirmed) if name]),
        ("gap.crashed", [item.rule for item in report.crashed]),
        ("gap.apart", () if report.together else (str(len(report.files)),)),
    )
    named = [Reservation(key, tuple(names)) for key, names in found if names]
    counted = (("gap.unfinished", report.unfinished), ("gap.unopened", report.unopened))
    return (*named, *(Reservation(key, (str(number),)) for key, number in counted if number))


def differences(report: Report, language: str) -> list[str]:
    """What the run's settings change, a line each; none of a plain run."""
    return list(_differences(report.settings, report.edition, language))


def _differences(settings: RunSettings, edition: str, language: str) -> Iterator[str]:
    levels = [f"{code} {Text(f'severity.{level}')[language]}" for code, level in settings.severity.items()]
    found: tuple[tuple[str, Sequence[str]], ...] = (
        ("differs.file", [settings.file] if settings.file else []),
        ("differs.rules", settings.rules),
        ("differs.selected", settings.selected),
        ("differs.ignored", settings.ignored),
        ("differs.severity", levels),
        ("differs.limits", settings.limits),
        ("differs.waivers", [settings.waivers] if settings.waivers else []),
        ("differs.baseline", [settings.baseline] if settings.baseline else []),
        ("differs.confirmed", [settings.confirmed] if settings.confirmed else []),
        ("differs.west", [] if settings.region == "auto" else [settings.region]),
        ("differs.edition", [] if settings.in_force else [edition]),
    )
    for key, names in found:
        if names:
            yield Text(key, names=_joined([visible(name) for name in names], language))[language]


def _joined(names: Sequence[str], language: str) -> str:
    return Text("join.list")[language].join(names)


def _listed(names: Sequence[str], language: str) -> str:
    """The names, as many as can be read at a glance."""
    line = _joined([visible(name) for name in names[:_NAMED]], language)
    return line if len(names) <= _NAMED else Text("gap.more", names=line)[language]
