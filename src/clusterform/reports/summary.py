"""What a run comes to: counts, the exit status of the contract, the closing line and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from clusterform.conclusion import Closed, Waiver, WaiverState
from clusterform.finding import FileReport, Finding, Report, RunSettings, Severity, Status
from clusterform.messages import Fact, Joined, Text
from clusterform.reports.finding_text import visible

_NAMED = 6
"""So many codes are named, and that there are more."""


def reservations(report: Report, closed: Mapping[Closed, int]) -> tuple[Text, ...]:
    """What a run left out or let pass as a whole; what its files lack, they tell themselves."""
    settings = report.settings
    found: tuple[tuple[str, tuple[str, ...] | int], ...] = (
        ("gap.left-out", settings.left_out),
        ("gap.lowered", settings.lowered),
        ("gap.loosened", settings.loosened),
        ("gap.west", () if settings.region == "auto" else (settings.region,)),
        ("gap.edition", () if settings.in_force else (report.edition,)),
        ("gap.crashed", tuple(item.rule for item in report.crashed)),
        ("gap.apart", 0 if report.together else len(report.files)),
        ("gap.waived", closed.get(Closed.WAIVED, 0)),
        ("gap.known", closed.get(Closed.KNOWN, 0)),
        ("gap.unfinished", report.unfinished),
        ("gap.unopened", report.unopened),
    )
    return tuple(Text(key, names=_few(given)) for key, given in found if given)


def differences(report: Report, language: str) -> list[str]:
    """What the run's settings change, and which waivers hold no more, a line each; none of a plain run."""
    changed = list(_differences(report.settings, report.edition, language))
    for state in (WaiverState.EXPIRED, WaiverState.UNUSED):
        told = [use.waiver for use in report.waivers if use.state is state]
        changed += [_waiver_line(state, waiver, language) for waiver in told[:_NAMED]]
        if (more := len(told) - _NAMED) > 0:
            changed.append(Text(f"waiver.more-{state}", count=more)[language])
    return changed


def _waiver_line(state: WaiverState, waiver: Waiver, language: str) -> str:
    limits = (waiver.cluster, waiver.label, waiver.column, waiver.value)
    about = " ".join(visible(part) for part in (waiver.rule, *limits) if part)
    facts = {"until": waiver.until, "who": visible(waiver.who), "reason": visible(waiver.reason)}
    return Text(f"waiver.{state}-line", about=about, place=waiver.place, **facts)[language]


def _differences(settings: RunSettings, edition: str, language: str) -> Iterator[str]:
    levels = [f"{code} {Text(f'severity.{level}')[language]}" for code, level in settings.severity.items()]
    found = {name: getattr(settings, name) for name in _CHANGES} | {"severity": levels}
    found["west"] = None if settings.region == "auto" else settings.region
    found["edition"] = None if settings.in_force else edition
    for name, given in found.items():
        if given:
            names = (given,) if isinstance(given, str) else given
            yield Text(f"differs.{name}", names=tuple(map(visible, names)))[language]


_CHANGES = (
    *("file", "rules", "selected", "ignored", "severity", "limits", "reworded", "added", "averages"),
    *("waivers", "baseline", "confirmed"),
)
"""The settings of a run that are told, in this order."""


def _few(names: tuple[str, ...] | int) -> Fact:
    """How many there are, or the names, as many as can be read at a glance."""
    if isinstance(names, int):
        return str(names)
    shown = tuple(map(visible, names[:_NAMED]))
    return shown if len(names) <= _NAMED else Text("gap.more", names=shown)


NEVER = "never"
EXIT_FOUND, EXIT_UNREADABLE, EXIT_INCOMPLETE = 1, 3, 4
_WEIGHT = tuple(Severity)
"""Heaviest first."""


@dataclass(frozen=True, slots=True)
class RuleCount:
    rule: str
    title: str
    """Its name, as long as its page is not at hand."""
    severity: Severity
    count: int
    basis: str = ""


class Summary(NamedTuple):
    """Files by how their check ended, findings by severity and by rule: those across forms among them."""

    files: int
    passed: int
    failed: int
    unreadable: int
    incomplete: int
    unjudged: int
    """Files with a criterion that could not be judged."""
    findings: dict[Severity, int]
    """Those that are open; every severity is a key."""
    forms: dict[str, int]
    """Files by their kind of form."""
    form_names: Mapping[str, Mapping[str, str]]
    """What each kind is called, by language."""
    rules: tuple[RuleCount, ...]
    """In the order of codes, then heaviest first."""
    reservations: tuple[Text, ...] = ()
    """What was left out or let pass: with any, no form is cleared."""
    closed: Mapping[Closed, int] = MappingProxyType({})
    """Findings that are open no more, by the reason."""

    @property
    def full(self) -> bool:
        """Whether this run may say that a form can be sent: everything was looked at, as the edition has it."""
        return not (self.reservations or self.unjudged or self.incomplete or self.unreadable)


class Tally:
    """Counts files as they go by, so that a folder's are read once and none is kept."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._ended: Counter[Status] = Counter()
        self._forms: Counter[str] = Counter()
        self._names: dict[str, Mapping[str, str]] = {}
        self._unjudged = 0
        self._closed: Counter[Closed] = Counter()
        self._rules: Counter[tuple[str, int, str]] = Counter()
        self._count(report.batch)

    def through(self) -> Iterator[FileReport]:
        """The report's files, each counted. A finding across forms is one, on however many files it counts."""
        for file in self._report.files:
            self._ended[file.status] += 1
            self._forms[file.form] += 1
            self._names.setdefault(file.form, file.form_names)
            self._unjudged += bool(file.unjudged)
            self._count(file.own)
            yield file

    def _count(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            if finding.closed:
                self._closed[finding.closed] += 1
            else:
                self._rules[finding.rule, _WEIGHT.index(finding.severity), finding.name] += 1

    def summary(self) -> Summary:
        weights: Counter[int] = Counter()
        for (_, weight, _), number in self._rules.items():
            weights[weight] += number
        return Summary(
            files=self._ended.total(),
            passed=self._ended[Status.PASS],
            failed=self._ended[Status.FAIL],
            unreadable=self._ended[Status.UNREADABLE],
            incomplete=self._ended[Status.INCOMPLETE],
            unjudged=self._unjudged,
            findings={severity: weights[weight] for weight, severity in enumerate(_WEIGHT)},
            forms=dict(sorted(self._forms.items())),
            form_names=self._names,
            rules=tuple(
                RuleCount(rule, name, _WEIGHT[weight], number)
                for (rule, weight, name), number in sorted(self._rules.items())
            ),
            reservations=reservations(self._report, self._closed),
            closed=self._closed,
        )


def summarise(report: Report) -> Summary:
    tally = Tally(report)
    for _ in tally.through():
        pass
    return tally.summary()


def exit_code(report: Report, fail_on: str = Severity.ERROR.value) -> int:
    """0, 1, 3 or 4 as the contract has it: the highest of the files'. `fail_on` is a severity or `never`."""
    summary = summarise(report)
    if summary.incomplete or report.crashed:
        return EXIT_INCOMPLETE
    if summary.unreadable:
        return EXIT_UNREADABLE
    if fail_on == NEVER:
        return 0
    lightest = _WEIGHT.index(Severity(fail_on))
    return EXIT_FOUND if any(summary.findings[s] for s in _WEIGHT[: lightest + 1]) else 0


def closing_line(summary: Summary, language: str) -> str:
    """“3 处必须修改，5 处建议核对，4 处需人工确认”, and what else must not be overlooked."""
    counts = {severity.value: number for severity, number in summary.findings.items()}
    line = Text("counts.line", **counts)[language]
    further = (
        *((f"counts.{why}", summary.closed.get(why, 0)) for why in Closed),
        ("counts.info", summary.findings[Severity.INFO]),
        ("counts.unreadable", summary.unreadable),
        ("counts.incomplete", summary.incomplete),
        ("counts.unjudged", summary.unjudged),
    )
    line += "".join(Text(key, count=number)[language] for key, number in further if number)
    return line + Text("counts.partial")[language] if summary.reservations else line


def closing(report: Report, summary: Summary, language: str) -> str:
    """The lines that end a report: what it comes to, what to do, what differs from a plain run."""
    lines = (closing_line(summary, language), next_step(summary, language), *differences(report, language))
    return "\n".join(lines)


def next_step(summary: Summary, language: str) -> str:
    """What to do now. What keeps the result from being relied on comes first; only a full run clears a form."""
    left = Joined("join.then", summary.reservations)[language]
    found = next((severity for severity in _WEIGHT[:-1] if summary.findings[severity]), None)
    if summary.incomplete:
        step = "next.incomplete"
    elif summary.unreadable:
        step = "next.unreadable"
    elif found is Severity.ERROR:
        step = "next.error"
    elif summary.unjudged:
        step = "next.unjudged"
    elif not summary.full:
        return Text("next.partial", gaps=left)[language]
    else:
        step = f"next.{found}" if found else "next.confirmed" if summary.closed else "next.clean"
    return Text(step)[language] + (Text("next.also", gaps=left)[language] if left else "")
