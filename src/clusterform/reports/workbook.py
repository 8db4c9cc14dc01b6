"""The report as an Excel workbook: a row a form, a row a finding with a column to tick off, rules and counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.finding import OWN_OUTPUT, FileReport, Finding, Location, Report, Severity
from clusterform.messages import text
from clusterform.reports import shown
from clusterform.reports.asked import Asked
from clusterform.reports.clearance import differences
from clusterform.reports.counted import counted_rules
from clusterform.reports.links import beside
from clusterform.reports.overview import row_of
from clusterform.reports.sheet import Cell, Column, Link, Sheet
from clusterform.reports.summary import Summary, Tally, closing_line, next_step
from clusterform.reports.words import word

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_OVERVIEW = (
    Column("number", 6),
    Column("file", 42),
    Column("form", 14),
    Column("cluster", 36),
    Column("place", 24),
    Column("status", 12),
    Column("error", 10),
    Column("warning", 10),
    Column("manual", 10),
)
_FINDINGS = (
    Column("number", 6),
    Column("file", 22),
    Column("cluster", 20),
    Column("severity", 11),
    Column("part", 14),
    Column("label", 22),
    Column("column", 10),
    Column("where", 13),
    Column("value", 14),
    Column("expected", 12),
    Column("message", 46),
    Column("basis", 22),
    Column("rule", 8),
    Column("done", 9),
    Column("remark", 12),
)
_DONE = 13
_COUNTS = (
    Column("rule", 10),
    Column("title", 44),
    Column("severity", 12),
    Column("count", 10),
    Column("basis", 60),
)
_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)
"""In place of the time: the same forms give the same bytes."""


def save(report: Report, asked: Asked, path: Path) -> None:
    """Writes the workbook; OSError where that cannot be."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (only this report needs it)
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415  (as above)

    try:
        with Workbook(path, {"constant_memory": True}) as book:
            _fill(book, report, asked)
    except FileCreateError as error:
        raise OSError(getattr(error.args[0], "errno", None), str(error)) from error


def _fill(book: Workbook, report: Report, asked: Asked) -> None:
    """In one walk over the files."""
    language = asked.language
    title = text("report.title", language)
    book.set_properties({"title": title, "category": OWN_OUTPUT, "created": _WRITTEN})
    overview = Sheet(book, "overview", _OVERVIEW, language)
    findings = Sheet(book, "findings", _FINDINGS, language)
    tally = Tally(report)
    number = 0
    for count, file in enumerate(tally.through(), 1):
        link = Link(shown.visible(file.path), beside(file.path, asked.target))
        row = row_of(file, language)
        overview.add([count, link, row.form, row.cluster, row.place, row.status, *row.counts])
        for cells, style in _rows(file, link, language):
            number += 1
            findings.add([number, *cells], style)
    for number, finding in enumerate(report.batch, number + 1):  # noqa: B020  (the numbers go on)
        findings.add([number, *_across(finding, asked)], _style(finding))
    findings.choices(_DONE, "done.hint", ("done.yes", "done.no", "done.open"))
    _counts(Sheet(book, "counts", _COUNTS, language), report, tally.summary(), asked)
    overview.close()
    findings.close()


def _rows(file: FileReport, link: Link, language: str) -> Iterator[tuple[list[Cell], str]]:
    """What was found in one file; a rule that broke is told as well."""
    cluster = shown.visible(file.cluster or "")
    for finding in file.own:
        part = shown.section_title(finding.section, file, language)
        yield [link, cluster, *_cells(finding, part, link, language)], _style(finding)
    for item, note in zip(file.crashed, shown.notes(file, language), strict=False):
        blank = [""] * 6
        yield (
            [link, cluster, word("status.incomplete", language), *blank, note, "", shown.visible(item.rule)],
            "error",
        )
    for criterion, note in zip(file.unjudged, shown.unjudged(file, language), strict=True):
        label = shown.visible(criterion.label or criterion.field)
        cells = [word("unjudged", language), "", label, *[""] * 4, note, "", shown.visible(criterion.rule)]
        yield [link, cluster, *cells, "", ""], "error"


def _across(finding: Finding, asked: Asked) -> list[Cell]:
    """A finding across forms: all files by name, the first as a link; its place is in that one."""
    part = word("batch", asked.language)
    if not finding.files:
        return ["", "", *_cells(finding, part, None, asked.language)]
    names = "\n".join(shown.visible(path) for path in finding.files)
    first = Link(names, beside(finding.files[0], asked.target))
    return [first, "", *_cells(finding, part, first, asked.language)]


def _cells(finding: Finding, part: str, link: Link | None, language: str) -> list[Cell]:
    where: Cell = shown.location(finding.location, language)
    if link is not None and finding.location.ref:
        where = Link(str(where), link.path, _place(finding.location))
    return [
        text(f"severity.{finding.severity}", language),
        part,
        shown.visible(finding.label or ""),
        shown.visible(finding.column or ""),
        where,
        shown.shortened(finding.value or "", shown.VALUE_LIMIT, language),
        shown.shortened(finding.expected or "", shown.VALUE_LIMIT, language),
        shown.visible(finding.message),
        shown.visible(finding.basis),
        shown.visible(finding.rule),
        "",
        "",
    ]


def _place(where: Location) -> str:
    """The cell as a link names it."""
    sheet = shown.visible(where.sheet or "").replace("'", "''")
    cell = shown.visible(where.ref or "")
    return f"'{sheet}'!{cell}" if sheet else cell


def _style(finding: Finding) -> str:
    return "error" if finding.severity is Severity.ERROR else "text"


def _counts(sheet: Sheet, report: Report, summary: Summary, asked: Asked) -> None:
    """How often each rule found something, then the run in words."""
    language = asked.language
    for item in counted_rules(summary, asked):
        found = item.count
        severity = text(f"severity.{found.severity}", language)
        title, basis = shown.visible(item.title), shown.visible(item.basis)
        sheet.add([shown.visible(found.rule), title, severity, found.count, basis])
    sheet.close()
    _facts(sheet, report, summary, language)


def _facts(sheet: Sheet, report: Report, summary: Summary, language: str) -> None:
    facts: dict[str, Any] = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
    lines = {
        "edition": shown.visible(report.edition),
        "rulesets": ", ".join(shown.visible(name) for name in report.rulesets),
        "result": f"{text('report.files', language, **facts)} {closing_line(summary, language)}",
        "next": next_step(summary, language),
        "differs": "\n".join(differences(report, language)),
    }
    sheet.row += 1
    for key, line in lines.items():
        if line:
            sheet.add([word(key, language), line])
