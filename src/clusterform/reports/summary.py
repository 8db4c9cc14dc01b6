"""What a run comes to: counts, the exit status of the contract, the closing line and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.record import record
from clusterform.reports.clearance import Reservation, reservations

NEVER = "never"
EXIT_FOUND, EXIT_UNREADABLE, EXIT_INCOMPLETE = 1, 3, 4
_WEIGHT = tuple(Severity)
"""Heaviest first."""


@record
class RuleCount:
    """How often one rule found something, at one severity."""

    rule: str
    name: str
    severity: Severity
    count: int


@record
class Summary:
    """Files by how their check ended, findings by severity and by rule: those across forms among them."""

    files: int
    passed: int
    failed: int
    unreadable: int
    incomplete: int
    unjudged: int
    """Files with a criterion that could not be judged."""
    findings: dict[Severity, int]
    """Every severity is a key."""
    forms: dict[str, int]
    """Files by their kind of form."""
    form_names: Mapping[str, Mapping[str, str]]
    """What each kind is called, by language."""
    rules: tuple[RuleCount, ...]
    """In the order of codes, then heaviest first."""
    reservations: tuple[Reservation, ...] = ()
    """What was left out or let pass: with any, no form is cleared."""

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
        self._rules.update((f.rule, _WEIGHT.index(f.severity), f.name) for f in findings)

    def summary(self) -> Summary:
        """What was counted until now."""
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
            reservations=reservations(self._report),
        )


def summarise(report: Report) -> Summary:
    """The counts over a whole run, in one walk over its files."""
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
        ("counts.info", summary.findings[Severity.INFO]),
        ("counts.unreadable", summary.unreadable),
        ("counts.incomplete", summary.incomplete),
        ("counts.unjudged", summary.unjudged),
    )
    line += "".join(Text(key, count=number)[language] for key, number in further if number)
    return line + Text("counts.partial")[language] if summary.reservations else line


def next_step(summary: Summary, language: str) -> str:
    """What to do now. What keeps the result from being relied on comes first; only a full run clears a form."""
    left = Text("join.then")[language].join(
        reservation.text(language) for reservation in summary.reservations
    )
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
        step = f"next.{found}" if found else "next.clean"
    return Text(step)[language] + (Text("next.also", gaps=left)[language] if left else "")
