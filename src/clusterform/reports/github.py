"""The report as workflow commands: GitHub shows each finding beside the file, and on the run's own page."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.finding import Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.overview import concerned
from clusterform.reports.summary import Tally, closing

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.MANUAL: "notice",
    Severity.INFO: "notice",
}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = _DATA | str.maketrans({":": "%3A", ",": "%2C"})


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """A command a finding; then one that sums up."""
    language = request.language
    tally = Tally(report)
    for file in tally.through():
        yield from (_finding(finding, file.path, language) for finding in file.own)
        crashed = finding_text.notes(file, language)[: len(file.crashed)]
        for line in crashed if file.status is Status.INCOMPLETE else ():
            yield _command("error", file.path, Text("status.incomplete")[language], line)
        for line in finding_text.unjudged(file, language):
            yield _command("warning", file.path, Text("head.unjudged")[language], line)
    for finding in report.batch:
        yield _finding(finding, next(iter(finding.changes or finding.files), ""), language)
    summary = tally.summary()
    yield _command("notice", "", Text("report.title")[language], closing(report, summary, language))


def _finding(finding: Finding, path: str, language: str) -> str:
    title = f"{finding_text.visible(finding.rule)} {finding_text.place(finding, language)}"
    lines = [
        *finding_text.finding_lines(finding, language),
        concerned(finding, language),
        finding_text.location(finding.location, language),
        finding_text.basis(finding, language),
    ]
    command = "notice" if finding.closed else _COMMANDS[finding.severity]
    return _command(command, path, title, "\n".join(line for line in lines if line))


def _command(command: str, path: str, title: str, message: str) -> str:
    """One line; what would end it, or a property in it, is escaped as the runner reads it."""
    name = finding_text.visible(path).translate(_PROPERTY)
    facts = [*([f"file={name}"] if name else []), f"title={title.translate(_PROPERTY)}"]
    return f"::{command} {','.join(facts)}::{message.translate(_DATA)}\n"
