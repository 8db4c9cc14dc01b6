"""What a comment says: how much the finding weighs, what is wrong, what is expected, what to do, the clause and the code."""

from __future__ import annotations

from dataclasses import dataclass

from clusterform import __version__
from clusterform.copies.repairs import Repair
from clusterform.finding import FileReport, Finding, Report, Severity
from clusterform.messages import LANGUAGES, Text
from clusterform.parsers.container.own_marks import OWN_MARKS
from clusterform.reports import finding_text
from clusterform.reports.summary import closing_line, next_step, summarise

INITIALS = "cf"
_CUT = "\0"
"""In place of a fact: what stands before it is the same of every text of the kind."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment's lines, the first of which is its heading."""

    lines: tuple[str, ...]
    severity: Severity | None = None
    """None: it sums up."""


def comment_on(finding: Finding, language: str) -> Comment:
    """What is said of one finding."""
    severity, place = Text(f"severity.{finding.severity}"), finding_text.place(finding, language)
    head = Text("comment.head", severity=severity, place=place)[language]
    code = Text("comment.code", basis=finding_text.basis(finding, language), rule=finding.rule)[language]
    return Comment((head, *_lines(finding, language), code), finding.severity)


def _lines(finding: Finding, language: str) -> list[str]:
    """What it says, without the repair and an option that stands as its answer: both are said already."""
    value = None if finding.value == finding.label else finding.value
    return finding_text.finding_lines(finding._replace(fix=None, value=value), language)


def listed(finding: Finding, language: str) -> tuple[str, ...]:
    """The same for a row of a list: its label, what it says, the clause and the code."""
    said = "\n".join(_lines(finding, language))
    return finding_text.place(finding, language), said, finding_text.basis(finding, language), finding.rule


def commented(file: FileReport) -> tuple[Finding, ...]:
    """The findings that a copy tells: neither what is confirmed or waived, nor what is said of marks made here before, which are replaced."""
    return tuple(f for f in file.findings if f.variant != OWN_MARKS and not f.closed)


def repair_note(repair: Repair, language: str) -> str:
    """What stood in a cell before it was mended."""
    facts = {"before": repair.before, "after": repair.after, "rule": repair.finding.rule}
    return Text("fix.note", **facts)[language]


def repair_beginnings() -> tuple[str, ...]:
    """How the lines of repairs begin, in either language."""
    return _beginnings(Text("fix.note", before=_CUT, after="", rule=""))


def note_beginnings() -> tuple[str, ...]:
    """How all that is written here begins, in either language."""
    heads = (Text("comment.head", severity=Text(f"severity.{severity}"), place=_CUT) for severity in Severity)
    return _beginnings(*heads, Text("comment.title", version=_CUT)) + repair_beginnings()


def _beginnings(*texts: Text) -> tuple[str, ...]:
    return tuple(text[language].partition(_CUT)[0] for text in texts for language in LANGUAGES)


def summing_up(report: Report, file: FileReport, mended: int = 0) -> Comment:
    """The first comment: how many places there are, what to do, what is `mended`, and that comments are not mailed."""
    language = report.language
    summary = summarise(report._replace(files=(file._replace(findings=commented(file)),), batch=()))
    lines = [
        Text("comment.title", version=__version__)[language],
        closing_line(summary, language),
        next_step(summary, language),
        *finding_text.notes(file, language),
        *([Text("comment.mended", count=mended)[language]] if mended else []),
        Text("comment.delete")[language],
    ]
    return Comment(tuple(lines))
