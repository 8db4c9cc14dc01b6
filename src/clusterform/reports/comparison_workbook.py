"""A comparison as an Excel workbook: a row a form, a row an answer changed, a row a finding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clusterform.comparison import Comparison, FindingChanges
from clusterform.finding import Finding, Severity
from clusterform.messages import Text
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.overview import relative_to_report, row_of
from clusterform.reports.sheet import Link, SheetColumn, SheetValue, SheetWriter
from clusterform.reports.workbook import opened_book

_OVERVIEW = (
    *(SheetColumn("number", 6), SheetColumn("file", 36), SheetColumn("form", 13), SheetColumn("cluster", 30)),
    *(SheetColumn(key, 9) for key in ("before", "gone", "remaining", "added", "changed")),
    SheetColumn("remark", 44),
)
_CHANGES = (
    *(
        SheetColumn("number", 6),
        SheetColumn("cluster", 26),
        SheetColumn("part", 20),
        SheetColumn("label", 30),
    ),
    *(SheetColumn("column", 12), SheetColumn("former", 34), SheetColumn("now", 34)),
    *(SheetColumn("file", 36, printed=False), SheetColumn("where", 16, printed=False)),
)
_FINDINGS = (
    *(
        SheetColumn("number", 6),
        SheetColumn("cluster", 24),
        SheetColumn("state", 9),
        SheetColumn("severity", 11),
    ),
    *(
        SheetColumn("label", 26),
        SheetColumn("column", 11),
        SheetColumn("value", 16),
        SheetColumn("expected", 14),
    ),
    SheetColumn("message", 50),
    *(SheetColumn("file", 36, printed=False), SheetColumn("where", 16, printed=False)),
    *(SheetColumn("basis", 26, printed=False), SheetColumn("rule", 8, printed=False)),
)


def save(comparison: Comparison, request: ReportRequest, path: Path) -> None:
    """Writes the workbook; OSError where that cannot be."""
    language = request.language
    with opened_book(path, Text("comparison.title")[language]) as book:
        _overview(SheetWriter(book, "overview", _OVERVIEW, language), comparison, request)
        if not comparison.left_only:
            _changes(SheetWriter(book, "changed", _CHANGES, language), comparison, request)
        _findings(SheetWriter(book, "findings", _FINDINGS, language), comparison, request)


def _overview(sheet: SheetWriter, comparison: Comparison, request: ReportRequest) -> None:
    language = request.language
    for number, form in enumerate(comparison_words.shown(comparison), 1):
        row, found = row_of(form.file, language), form.findings
        counts = [found.before, len(found.gone), len(found.remaining), len(found.added), len(form.answers)]
        state = "\n".join(comparison_words.state_lines(form, language))
        cells: list[SheetValue] = [
            number,
            _link(form.file.path, request),
            row.form,
            row.cluster,
            *counts,
            state,
        ]
        sheet.add(cells, "error" if form.unread else "text")
    sheet.close()
    sheet.note(Text("head.result")[language], comparison_words.headline(comparison, language))
    sheet.note(Text("head.next")[language], comparison_words.left_line(comparison, language))


def _link(path: str, request: ReportRequest) -> Link:
    return Link(finding_text.visible(path), relative_to_report(path, request.target))


def _changes(sheet: SheetWriter, comparison: Comparison, request: ReportRequest) -> None:
    language = request.language
    number = 0
    for form in comparison.forms:
        name = row_of(form.file, language).cluster
        for number, change in enumerate(form.answers, number + 1):  # noqa: B020  (the numbers go on)
            part = finding_text.section_title(change.section, form.file, language)
            texts = [change.label, change.column or "", change.before, change.after]
            where = finding_text.location(change.location, language)
            seen = map(finding_text.visible, texts)
            sheet.add([number, name, part, *seen, _link(form.file.path, request), where])
    sheet.close()


def _findings(sheet: SheetWriter, comparison: Comparison, request: ReportRequest) -> None:
    rows = [
        (row_of(form.file, request.language).cluster, _link(form.file.path, request), form.findings)
        for form in comparison.forms
    ]
    together: tuple[Any, ...] = (Text("place.batch")[request.language], "", comparison.together)
    number = 0
    for name, link, changes in (*rows, together):
        for number, (key, finding) in enumerate(_in_order(changes, comparison), number + 1):  # noqa: B020  (as above)
            cells = _cells(finding, key, link, request.language)
            wrong = key in {"added", "remaining"} and finding.severity is Severity.ERROR
            sheet.add([number, name, *cells], "error" if wrong else "text")
    sheet.close()


def _in_order(changes: FindingChanges, comparison: Comparison) -> Iterator[tuple[str, Finding]]:
    yield from (("added", finding) for finding in changes.added)
    yield from (("remaining", finding) for finding in changes.remaining)
    for key, found in () if comparison.left_only else comparison_words.settled(changes):
        yield from ((key, finding) for finding in found)


def _cells(finding: Finding, key: str, link: Link | str, language: str) -> list[SheetValue]:
    told = [finding_text.visible(finding.message), *finding_text.further(finding, language)]
    return [
        Text(f"head.{key}")[language],
        Text(f"severity.{finding.severity}")[language],
        finding_text.visible(finding.label or "") or finding_text.place(finding, language),
        finding_text.visible(finding.column or ""),
        *finding_text.value_and_expected(finding, language),
        "\n".join(told),
        link,
        finding_text.location(finding.location, language),
        finding_text.visible(finding.basis),
        finding_text.visible(finding.rule),
    ]
