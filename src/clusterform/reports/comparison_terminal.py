"""A comparison for a person at a terminal, laid out as the report of a check is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from clusterform.comparison import Comparison, FindingChanges, FormComparison
from clusterform.finding import Finding
from clusterform.messages import Text
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.terminal import StyledLine, TerminalLayout, styled_text


def render(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    lines = _closing if request.quiet else _lines
    return styled_text(request, lambda page: lines(comparison, page))


def render_plain(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    """The same without colour, whatever it is written to."""
    return render(comparison, replace(request, stream=None))


def _lines(comparison: Comparison, page: TerminalLayout) -> Iterator[StyledLine]:
    language = page.language
    yield from page.block(Text("comparison.title")[language], style="bold")
    facts = {
        "old": finding_text.visible(comparison.old),
        "new": finding_text.visible(comparison.new),
    }
    yield from page.block(Text("comparison.of", **facts)[language], style="dim")
    yield []
    for form in comparison_words.shown(comparison):
        yield from _form(form, page, left_only=comparison.left_only)
    if any(comparison.together.left) or (comparison.together.gone and not comparison.left_only):
        yield from page.ruled(Text("head.batch")[language], "━", "=", "bold")
        yield from _findings(comparison.together, page, left_only=comparison.left_only)
    yield [(page.bar("━", "="), "")]
    yield from _closing(comparison, page)


def _closing(comparison: Comparison, page: TerminalLayout) -> Iterator[StyledLine]:
    language = page.language
    yield from page.block(comparison_words.headline(comparison, language), style="bold")
    yield from page.block(comparison_words.left_line(comparison, language))


def _form(form: FormComparison, page: TerminalLayout, *, left_only: bool) -> Iterator[StyledLine]:
    language = page.language
    yield from page.ruled(finding_text.visible(form.file.path), "━", "=", "bold")
    yield from page.block(finding_text.file_line(form.file, language))
    for line in comparison_words.state_lines(form, language):
        yield from page.block(line, style="bold red" if form.unread else "")
    yield []
    if form.answers and not left_only:
        yield from _heading("changed", len(form.answers), page)
        for change in form.answers:
            yield from page.block(comparison_words.answer_place(change, language), 2, "bold")
            before, after = comparison_words.before_and_after(change, language)
            yield from page.block(Text("comparison.change", before=before, after=after)[language], 4)
        yield []
    yield from _findings(form.findings, page, left_only=left_only)


def _findings(changes: FindingChanges, page: TerminalLayout, *, left_only: bool) -> Iterator[StyledLine]:
    """What is gone by name alone; what is left in full, the new first."""
    if changes.gone and not left_only:
        yield from _heading("gone", len(changes.gone), page)
        for finding in changes.gone:
            yield from page.block(comparison_words.gone_line(finding, page.language), 2)
        yield []
    yield from _told("added", changes.added, page)
    yield from _told("remaining", changes.remaining, page)


def _told(key: str, findings: Sequence[Finding], page: TerminalLayout) -> Iterator[StyledLine]:
    if findings:
        yield from _heading(key, len(findings), page)
        for finding in findings:
            yield from page.finding(finding)
        yield []


def _heading(key: str, count: int, page: TerminalLayout) -> Iterator[StyledLine]:
    title = Text("comparison.heading", what=Text(f"head.{key}"), count=count)[page.language]
    yield from page.ruled(title, "─", "-", "bold")
