"""The report as an Excel workbook: a row a form, a row a finding with a column to tick off, rules and counts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.conclusion import Closed, Verdict
from clusterform.confirmation_key import key_of
from clusterform.finding import FileReport, Finding, Location, Report, Severity
from clusterform.messages import Text
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.overview import COUNTED, counted_rules, row_of
from clusterform.reports.sheet import (
    Link,
    SheetRow,
    SheetWriter,
    columns,
    link_to,
    opened_book,
)
from clusterform.reports.summary import Summary, Tally, closing_line, differences, next_step

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_OVERVIEW = columns(
    "number 6, file 36, form 13, cluster 32, place 24, status 11, error 9, warning 9, manual 9",
)
_FINDINGS = columns(
    "number 6, cluster 21, severity 11, part 14, label 21, column 9, value 13, expected 12, "
    "message 44, done 9, remark 12",
    on_screen="file 36, where 14, basis 26, rule 8",
)
_CONFIRMATION = columns(
    "number 6, cluster 16, form 13, part 12, label 17, column 9, value 13, message 38, "
    "conclusion 9, confirmed-by 9, confirmed-on 12, remark 12",
    on_screen="file 36, rule 8, confirmation-key 36",
)
_COUNTS = columns("rule 10, title 44, severity 12, count 10, basis 60")


def save(report: Report, request: ReportRequest, path: Path) -> None:
    """Writes the workbook; OSError where that cannot be."""
    with opened_book(path, Text("report.title")[request.language]) as book:
        _fill(book, report, request)


def _fill(book: Workbook, report: Report, request: ReportRequest) -> None:
    """In one walk over the files."""
    language = request.language
    overview = SheetWriter(book, "overview", _OVERVIEW, language)
    findings = SheetWriter(book, "findings", _FINDINGS, language)
    confirmation = SheetWriter(book, "confirmation", _CONFIRMATION, language)
    tally = Tally(report)
    for file in tally.through():
        link, row = link_to(file.path, request), row_of(file, language)
        overview.add({**row._asdict(), "file": link, **dict(zip(COUNTED, row.counts, strict=True))})
        for finding, cells in _rows(file, link, language):
            findings.add({**cells, "cluster": cells["cluster"] or link.text}, _style(finding))
            if finding is not None and _to_confirm(finding):
                part = finding_text.section_title(finding.section, file, language)
                confirmation.add({**cells, "part": part, **_confirmation(finding, file, language)})
    whole = {"cluster": Text("place.batch")[language], "part": Text("head.batch")[language]}
    for finding in report.batch:
        names = "\n".join(map(finding_text.visible, finding.files))  # its place is in the first
        first = link_to(finding.files[0], request, names) if finding.files else None
        cells = finding_cells(finding, first, language) | whole
        findings.add(cells, _style(finding))
        if _to_confirm(finding):
            confirmation.add({**cells, "file": "", **_confirmation(finding, None, language)})
    findings.choices("done", "done.hint", ("done.yes", "done.no", "done.open"))
    findings.close()
    verdicts = ("verdict.conforms", "verdict.fails", "verdict.explained")
    confirmation.choices("conclusion", "verdict.hint", verdicts)
    confirmation.close()
    summary = tally.summary()
    _counts(SheetWriter(book, "counts", _COUNTS, language), summary, request)
    overview.close()
    for key, line in _facts(report, summary, language):
        overview.note(Text(f"head.{key}")[language], line)


def _rows(file: FileReport, link: Link, language: str) -> Iterator[tuple[Finding | None, SheetRow]]:
    """What was found in one file; rules that broke and criteria that were not judged are told as well."""
    about = {"cluster": finding_text.visible(file.cluster or ""), "file": link}
    about["form"] = finding_text.form_name(file.form_names, language)
    for finding in file.findings:
        part = finding_text.section_title(finding.section, file, language)
        part = Text("head.batch")[language] if finding.files else part
        yield finding, {**finding_cells(finding, link, language), **about, "part": part}
    broke = (("ended.incomplete", item.rule, "") for item in file.crashed)
    unjudged = (("head.unjudged", item.rule, item.label or item.field) for item in file.unjudged)
    notes = finding_text.notes(file, language)
    for (key, rule, label), note in zip(chain(broke, unjudged), notes, strict=False):
        texts = {"rule": finding_text.visible(rule), "label": finding_text.visible(label), "message": note}
        yield None, {**about, **texts, "severity": Text(key)[language]}


def _to_confirm(finding: Finding) -> bool:
    """Whether it is, or was, left to a person, and nothing else has closed it."""
    failed = finding.conclusion is not None and finding.conclusion.verdict is Verdict.FAILS
    return failed or (finding.severity is Severity.MANUAL and finding.closed in {None, Closed.CONFIRMED})


def _confirmation(finding: Finding, file: FileReport | None, language: str) -> SheetRow:
    """With what a person came to before, unless the answer has changed since."""
    concluded = finding.conclusion
    cells = {
        "label": finding_text.place(finding._replace(column=None), language),
        "message": finding_text.visible(finding.told),
        "confirmation-key": str(key_of(finding, file)),
    }
    if concluded is None or concluded.verdict in {Verdict.CHANGED, Verdict.EXPIRED}:
        return cells
    return {
        **cells,
        "message": finding_text.visible(finding.message),
        "conclusion": finding_text.visible(Text(f"verdict.{concluded.verdict}")[language]),
        "confirmed-by": finding_text.visible(concluded.by),
        "confirmed-on": finding_text.visible(concluded.when),
        "remark": finding_text.visible(concluded.remark),
    }


def finding_cells(finding: Finding, link: Link | None, language: str) -> SheetRow:
    """What a row says of a finding wherever it stands, by the columns' keys."""
    where = finding_text.location(finding.location, language)
    linked = link if finding.location.ref else None
    value, expected = finding_text.value_and_expected(finding, language)
    told = [finding_text.visible(finding.told), *finding_text.further(finding, language)]
    told += filter(None, [finding_text.covered(finding, language)])
    return {
        "severity": finding_text.severity(finding, language),
        "label": finding_text.visible(finding.label or "") or finding_text.place(finding, language),
        "column": finding_text.visible(finding.column or ""),
        "value": value,
        "expected": expected,
        "message": "\n".join(told),
        "file": link or "",
        "where": Link(where, linked.path, _place(finding.location)) if linked else where,
        "basis": finding_text.visible(finding.basis),
        "rule": finding_text.visible(finding.rule),
    }


def _place(where: Location) -> str:
    sheet = finding_text.visible(where.sheet or "").replace("'", "''")
    cell = finding_text.visible(where.ref or "")
    return f"'{sheet}'!{cell}" if sheet else cell


def _style(finding: Finding | None) -> str:
    return "error" if finding is None or finding.wrong else "text"


def _counts(sheet: SheetWriter, summary: Summary, request: ReportRequest) -> None:
    for item in counted_rules(summary, request):
        texts = {key: finding_text.visible(getattr(item, key)) for key in ("rule", "title", "basis")}
        severity = Text(f"severity.{item.severity}")[request.language]
        sheet.add({**texts, "severity": severity, "count": item.count})
    sheet.close()


def _facts(report: Report, summary: Summary, language: str) -> Iterator[tuple[str, str]]:
    """The run in words: what it comes to, what to do next, what differs from a plain run."""
    facts: dict[str, Any] = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
    files = f"{Text('report.files', **facts)[language]} " if summary.files != 1 else ""
    yield "result", files + closing_line(summary, language)
    yield "next", next_step(summary, language)
    changed = differences(report, language)
    if changed:
        yield "differs", "\n".join(changed)
    yield "edition", finding_text.edition(report, language)
