"""A comparison as plain text, or for a person at a terminal, laid out as the report of a check is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.comparison import Comparison, FindingChanges, FormComparison
from clusterform.messages import Text
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.plain import PlainLayout, StyledLine, as_text
from clusterform.reports.terminal import styled_text


def render_plain(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    return as_text(_asked(comparison, request, PlainLayout(request.language)))


def render_rich(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    return styled_text(request, lambda page: _asked(comparison, request, page))


def _asked(comparison: Comparison, request: ReportRequest, page: PlainLayout) -> Iterator[StyledLine]:
    """The whole text; `quiet` leaves only the closing lines."""
    return (_closing if request.quiet else _lines)(comparison, page)


def _lines(comparison: Comparison, page: PlainLayout) -> Iterator[StyledLine]:
    language = page.language
    yield from page.block(Text("comparison.title")[language], style="bold")
    yield from page.block(comparison_words.submissions(comparison, language), style="dim")
    yield []
    for form in comparison_words.shown(comparison):
        yield from _form(form, page, left_only=comparison.left_only)
    if comparison_words.across_is_shown(comparison):
        yield from page.title(Text("head.batch")[language])
        yield from _findings(comparison.together, page, left_only=comparison.left_only)
    yield from page.end()
    yield from _closing(comparison, page)


def _closing(comparison: Comparison, page: PlainLayout) -> Iterator[StyledLine]:
    yield from page.block(comparison_words.headline(comparison, page.language), style="bold")
    yield from page.block(comparison_words.left_line(comparison, page.language))


def _form(form: FormComparison, page: PlainLayout, *, left_only: bool) -> Iterator[StyledLine]:
    language = page.language
    yield from page.title(finding_text.visible(form.file.path))
    yield from page.block(finding_text.file_line(form.file, language))
    for line in comparison_words.state_lines(form, language):
        yield from page.block(line, style="bold red" if form.unread else "")
    yield []
    if form.answers and not left_only:
        yield from _heading("changed", form.answers, page)
        for change in form.answers:
            yield from page.block(finding_text.answer_place(change, language), 2, "bold")
            yield from page.block(comparison_words.change_line(change, language), 4)
        yield []
    yield from _findings(form.findings, page, left_only=left_only)


def _findings(changes: FindingChanges, page: PlainLayout, *, left_only: bool) -> Iterator[StyledLine]:
    """What is settled by name alone; what is left in full, the new first."""
    for key, found in () if left_only else comparison_words.settled(changes):
        yield from _heading(key, found, page)
        for finding in found:
            yield from page.block(comparison_words.settled_line(finding, page.language), 2)
        yield []
    for key, found in (("added", changes.added), ("remaining", changes.remaining)):
        if found:
            yield from _heading(key, found, page)
            yield from page.findings(found)


def _heading(key: str, told: Sequence[object], page: PlainLayout) -> Iterator[StyledLine]:
    yield from page.subtitle(comparison_words.heading(key, len(told), page.language))
