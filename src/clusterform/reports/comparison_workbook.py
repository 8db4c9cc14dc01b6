"""A comparison as an Excel workbook: a row a form, a row an answer changed, a row a finding."""

from __future__ import annotations

from pathlib import Path

from clusterform.comparison import Comparison, FindingChanges
from clusterform.finding import Finding, Severity
from clusterform.messages import Text
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.overview import row_of
from clusterform.reports.sheet import Link, SheetRow, SheetWriter, columns, link_to, opened_book
from clusterform.reports.workbook import finding_cells

_OVERVIEW = columns(
    "number 6, file 36, form 13, cluster 30, before 9, gone 9, remaining 9, added 9, changed 9, remark 44",
)
_CHANGES = columns(
    "number 6, cluster 26, part 20, label 30, column 12, former 34, now 34",
    on_screen="file 36, where 16",
)
_FINDINGS = columns(
    "number 6, cluster 24, state 9, severity 11, label 26, column 11, value 16, expected 14, message 50",
    on_screen="file 36, where 16, basis 26, rule 8",
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
    for form in comparison_words.shown(comparison):
        row, found = row_of(form.file, language), form.findings
        counts = {key: len(getattr(found, key)) for key in ("gone", "remaining", "added")}
        counts |= {"before": found.before, "changed": len(form.answers)}
        state = "\n".join(comparison_words.state_lines(form, language))
        about = {"form": row.form, "cluster": row.cluster, "remark": state}
        link = link_to(form.file.path, request)
        sheet.add({"file": link, **about, **counts}, "error" if form.unread else "text")
    sheet.close()
    sheet.note(Text("head.result")[language], comparison_words.headline(comparison, language))
    sheet.note(Text("head.next")[language], comparison_words.left_line(comparison, language))


def _changes(sheet: SheetWriter, comparison: Comparison, request: ReportRequest) -> None:
    language = request.language
    for form in comparison.forms:
        about: SheetRow = {
            "cluster": row_of(form.file, language).cluster,
            "file": link_to(form.file.path, request),
        }
        for change in form.answers:
            texts = {"label": change.label, "column": change.column or ""}
            texts |= {"former": change.before, "now": change.after}
            part = finding_text.section_title(change.section, form.file, language)
            where = finding_text.location(change.location, language)
            seen = {key: finding_text.visible(text) for key, text in texts.items()}
            sheet.add({**about, **seen, "part": part, "where": where})
    sheet.close()


def _findings(sheet: SheetWriter, comparison: Comparison, request: ReportRequest) -> None:
    rows: list[tuple[str, Link | None, FindingChanges]] = [
        (row_of(form.file, request.language).cluster, link_to(form.file.path, request), form.findings)
        for form in comparison.forms
    ]
    rows.append((Text("place.batch")[request.language], None, comparison.together))
    for name, link, changes in rows:
        settled = () if comparison.left_only else comparison_words.settled(changes)
        for key, found in (("added", changes.added), ("remaining", changes.remaining), *settled):
            for finding in found:
                wrong = key in {"added", "remaining"} and finding.severity is Severity.ERROR
                cells = _cells(finding, key, link, request.language)
                sheet.add({**cells, "cluster": name}, "error" if wrong else "text")
    sheet.close()


def _cells(finding: Finding, key: str, link: Link | None, language: str) -> SheetRow:
    """As in the report of a check, but for what became of it; the place is none of the file that is linked."""
    told = [finding_text.visible(finding.message), *finding_text.further(finding, language)]
    return {
        **finding_cells(finding, link, language),
        "state": Text(f"head.{key}")[language],
        "severity": Text(f"severity.{finding.severity}")[language],
        "message": "\n".join(told),
        "where": finding_text.location(finding.location, language),
    }
