"""A comparison as plain text for scripts and pipes: nothing is drawn, and a line is a line however long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.comparison import Comparison, FindingChanges, FormComparison
from clusterform.finding import Finding
from clusterform.messages import Text
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.plain import finding_block


def render(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    """The whole text; `quiet` leaves only the closing lines."""
    lines = comparison_words.closing if request.quiet else _lines
    return (f"{line}\n" for line in lines(comparison, request.language))


def _lines(comparison: Comparison, language: str) -> Iterator[str]:
    whole = not comparison.left_only
    yield Text("comparison.title")[language]
    yield comparison_words.submissions(comparison, language)
    yield ""
    for form in comparison_words.shown(comparison):
        yield from _form(form, language, whole=whole)
    if comparison_words.across_is_shown(comparison):
        yield Text("head.batch")[language]
        yield from _findings(comparison.together, language, whole=whole)
    yield from comparison_words.closing(comparison, language)


def _form(form: FormComparison, language: str, *, whole: bool) -> Iterator[str]:
    yield finding_text.visible(form.file.path)
    yield finding_text.file_line(form.file, language)
    yield from comparison_words.state_lines(form, language)
    yield ""
    if form.answers and whole:
        yield comparison_words.heading("changed", len(form.answers), language)
        for change in form.answers:
            yield f"  {comparison_words.answer_place(change, language)}"
            yield f"    {comparison_words.change_line(change, language)}"
        yield ""
    yield from _findings(form.findings, language, whole=whole)


def _findings(changes: FindingChanges, language: str, *, whole: bool) -> Iterator[str]:
    for key, found in comparison_words.settled(changes) if whole else ():
        yield comparison_words.heading(key, len(found), language)
        yield from (f"  {comparison_words.settled_line(finding, language)}" for finding in found)
        yield ""
    yield from _told("added", changes.added, language)
    yield from _told("remaining", changes.remaining, language)


def _told(key: str, findings: Sequence[Finding], language: str) -> Iterator[str]:
    if findings:
        yield comparison_words.heading(key, len(findings), language)
        for finding in findings:
            yield from finding_block(finding, language)
        yield ""
