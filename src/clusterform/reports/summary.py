"""What a run comes to: counts, the exit status of the contract, the closing line and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import text
from clusterform.record import record

NEVER = "never"
EXIT_FOUND, EXIT_UNREADABLE, EXIT_INCOMPLETE = 1, 3, 4
_WEIGHT = tuple(Severity)
"""Heaviest first."""


@record
class Summary:
    """Files by how their check ended, findings by severity."""

    files: int
    passed: int
    failed: int
    unreadable: int
    incomplete: int
    findings: dict[Severity, int]
    """Every severity is a key."""


def summarise(files: Iterable[FileReport]) -> Summary:
    """The counts over these files."""
    files = tuple(files)
    ended = Counter(file.status for file in files)
    return Summary(
        files=len(files),
        passed=ended[Status.PASS],
        failed=ended[Status.FAIL],
        unreadable=ended[Status.UNREADABLE],
        incomplete=ended[Status.INCOMPLETE],
        findings={severity: sum(file.count(severity) for file in files) for severity in Severity},
    )


def exit_code(report: Report, fail_on: str = Severity.ERROR.value) -> int:
    """0, 1, 3 or 4 as the contract has it: the highest of the files'. `fail_on` is a severity or `never`."""
    return max((_file_code(file, fail_on) for file in report.files), default=0)


def _file_code(file: FileReport, fail_on: str) -> int:
    if file.status is Status.INCOMPLETE:
        return EXIT_INCOMPLETE
    if file.status is Status.UNREADABLE:
        return EXIT_UNREADABLE
    if fail_on == NEVER:
        return 0
    lightest = _WEIGHT.index(Severity(fail_on))
    return EXIT_FOUND if any(_WEIGHT.index(f.severity) <= lightest for f in file.findings) else 0


def closing_line(summary: Summary, language: str) -> str:
    """“3 处必须修改，5 处建议核对，4 处需人工确认”, and what else must not be overlooked."""
    counts = {severity.value: number for severity, number in summary.findings.items()}
    line = text("counts.line", language, **counts)
    further = (
        ("counts.info", summary.findings[Severity.INFO]),
        ("counts.unreadable", summary.unreadable),
        ("counts.incomplete", summary.incomplete),
    )
    return line + "".join(text(key, language, count=number) for key, number in further if number)


def next_step(summary: Summary, language: str) -> str:
    """One sentence: what to do now. What keeps the result from being relied on comes first."""
    if summary.incomplete:
        return text("next.incomplete", language)
    if summary.unreadable:
        return text("next.unreadable", language)
    for severity in (Severity.ERROR, Severity.WARNING, Severity.MANUAL):
        if summary.findings[severity]:
            return text(f"next.{severity}", language)
    return text("next.clean", language)


@record
class RuleCount:
    """How often one rule found something, at one severity."""

    rule: str
    name: str
    severity: Severity
    count: int


def by_rule(findings: Iterable[Finding]) -> list[RuleCount]:
    """The --statistics block, in the order of codes, then heaviest first."""
    counts = Counter((f.rule, _WEIGHT.index(f.severity), f.name) for f in findings)
    return [RuleCount(rule, name, _WEIGHT[weight], n) for (rule, weight, name), n in sorted(counts.items())]
