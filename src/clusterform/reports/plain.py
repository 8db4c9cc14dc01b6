"""The report as plain text for scripts and pipes: a file, its parts, a few lines a finding."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.finding import FileReport, Finding, Report
from clusterform.messages import text
from clusterform.reports import shown
from clusterform.reports.summary import by_rule, closing_line, next_step, summarise


def render(report: Report, language: str, *, statistics: bool = False, quiet: bool = False) -> str:
    """The whole text; `quiet` leaves only the closing line, `statistics` counts the findings of each rule."""
    summary = summarise(report.files)
    closing = closing_line(summary, language)
    if quiet:
        return closing + "\n"
    lines = [line for file in report.files for line in _file(file, language)]
    if statistics:
        lines += _statistics(report, language)
    if len(report.files) != 1:
        facts = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
        lines.append(text("report.files", language, **facts))
    return "\n".join([*lines, closing, next_step(summary, language)]) + "\n"


def _file(file: FileReport, language: str) -> Iterator[str]:
    yield shown.visible(file.path)
    yield f"{shown.file_line(file, language)} · {text(f'status.{file.status}', language)}"
    yield ""
    for section, findings in shown.by_section(file.findings):
        yield shown.section_title(section, file, language)
        for finding in findings:
            yield from _finding(finding, language)
        yield ""
    notes = shown.notes(file, language)
    yield from notes
    if notes:
        yield ""


def _finding(finding: Finding, language: str) -> Iterator[str]:
    severity = text(f"severity.{finding.severity}", language)
    head = [f"[{severity}]", shown.place(finding, language), shown.location(finding.location, language)]
    yield "  " + "  ".join(part for part in [*head, shown.visible(finding.rule)] if part)
    for line in [*shown.said_of(finding, language), shown.basis(finding, language)]:
        if line:
            yield f"    {line}"


def _statistics(report: Report, language: str) -> Iterator[str]:
    counts = by_rule(finding for file in report.files for finding in file.findings)
    if not counts:
        return
    yield text("report.statistics", language)
    for item in counts:
        severity = text(f"severity.{item.severity}", language)
        yield f"  {item.count:>4}  {shown.visible(item.rule)}  {severity}  {shown.visible(item.name)}"
    yield ""
