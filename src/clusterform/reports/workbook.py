"""The report as an Excel workbook: a row a form, a row a finding with a column to tick off, rules and counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.conclusion import Closed, Verdict
from clusterform.confirmation_key import key_of
from clusterform.finding import FileReport, Finding, Location, Report, Severity
from clusterform.messages import Text
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.overview import counted_rules, relative_to_report, row_of
from clusterform.reports.sheet import Link, SheetValue, SheetWriter, columns, opened_book
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
_DONE = 9
_CONFIRMATION = columns(
    "number 6, cluster 16, form 13, part 12, label 17, column 9, value 13, message 38, "
    "conclusion 9, confirmed-by 9, confirmed-on 12, remark 12",
    on_screen="file 36, rule 8, confirmation-key 36",
)
_CONCLUSION = 8
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
        link = Link(finding_text.visible(file.path), relative_to_report(file.path, request.target))
        row = row_of(file, language)
        overview.add_numbered([link, row.form, row.cluster, row.place, row.status, *row.counts])
        for cells, style in _rows(file, link, language):
            findings.add_numbered(cells, style)
        for finding in filter(_to_confirm, file.findings):
            confirmation.add_numbered(_confirmation_row(finding, file, link, language))
    for finding in filter(_to_confirm, report.batch):
        confirmation.add_numbered(_confirmation_row(finding, None, "", language))
    for finding in report.batch:
        findings.add_numbered(_across(finding, request), _style(finding))
    findings.choices(_DONE, "done.hint", ("done.yes", "done.no", "done.open"))
    findings.close()
    confirmation.choices(
        _CONCLUSION, "verdict.hint", ("verdict.conforms", "verdict.fails", "verdict.explained")
    )
    confirmation.close()
    summary = tally.summary()
    _counts(SheetWriter(book, "counts", _COUNTS, language), summary, request)
    overview.close()
    for key, line in _facts(report, summary, language):
        overview.note(Text(f"head.{key}")[language], line)


def _rows(file: FileReport, link: Link, language: str) -> Iterator[tuple[list[SheetValue], str]]:
    """What was found in one file; rules that broke and criteria that were not judged are told as well."""
    name = finding_text.visible(file.cluster or "") or link.text
    broke, unjudged = Text("ended.incomplete")[language], Text("head.unjudged")[language]
    for finding in file.findings:
        part = "" if finding.files else finding_text.section_title(finding.section, file, language)
        part = part or Text("head.batch")[language]
        yield [name, *_cells(finding, part, link, language)], _style(finding)
    for item, note in zip(file.crashed, finding_text.notes(file, language), strict=False):
        yield [name, *_note_row(broke, "", note, link, item.rule)], "error"
    for criterion, note in zip(file.unjudged, finding_text.unjudged(file, language), strict=True):
        label = criterion.label or criterion.field
        yield [name, *_note_row(unjudged, label, note, link, criterion.rule)], "error"


def _to_confirm(finding: Finding) -> bool:
    """Whether it is, or was, left to a person, and nothing else has closed it."""
    failed = finding.conclusion is not None and finding.conclusion.verdict is Verdict.FAILS
    return failed or (finding.severity is Severity.MANUAL and finding.closed in {None, Closed.CONFIRMED})


def _confirmation_row(
    finding: Finding, file: FileReport | None, link: SheetValue, language: str
) -> list[SheetValue]:
    """With what a person came to before, unless the answer has changed since."""
    concluded = finding.conclusion
    if concluded is None or concluded.verdict in {Verdict.CHANGED, Verdict.EXPIRED}:
        filled = ["", "", "", ""]
    else:
        verdict = Text(f"verdict.{concluded.verdict}")[language]
        filled = [finding_text.visible(t) for t in (verdict, concluded.by, concluded.when, concluded.remark)]
    if file is None:
        about = [Text("place.batch")[language], "", Text("head.batch")[language]]
    else:
        part = finding_text.section_title(finding.section, file, language)
        about = [
            finding_text.visible(file.cluster or ""),
            finding_text.form_name(file.form_names, language),
            part,
        ]
    return [
        *about,
        finding_text.place(finding._replace(column=None), language),
        finding_text.visible(finding.column or ""),
        finding_text.value_and_expected(finding, language)[0],
        finding_text.visible(finding.message if filled[0] else finding.told),
        *filled,
        link,
        finding_text.visible(finding.rule),
        str(key_of(finding, file)),
    ]


def _note_row(said: str, label: str, note: str, link: Link, rule: str) -> list[SheetValue]:
    head = [said, "", finding_text.visible(label), "", "", "", note, "", ""]
    return [*head, link, "", "", finding_text.visible(rule)]


def _across(finding: Finding, request: ReportRequest) -> list[SheetValue]:
    """A finding across forms: all files by name, the first as a link; its place is in that one."""
    part, whole = Text("head.batch")[request.language], Text("place.batch")[request.language]
    names = "\n".join(map(finding_text.visible, finding.files))
    first = Link(names, relative_to_report(finding.files[0], request.target)) if finding.files else None
    return [whole, *_cells(finding, part, first, request.language)]


def _cells(finding: Finding, part: str, link: Link | None, language: str) -> list[SheetValue]:
    """Everything of a row but its number and its name."""
    where: SheetValue = finding_text.location(finding.location, language)
    if link is not None and finding.location.ref:
        where = Link(str(where), link.path, _place(finding.location))
    told = [finding_text.visible(finding.told), *finding_text.further(finding, language)]
    if finding.covers:
        told.append(Text("finding.covers", labels=finding_text.covered_labels(finding, language))[language])
    return [
        finding_text.severity(finding, language),
        part,
        finding_text.visible(finding.label or "") or finding_text.place(finding, language),
        finding_text.visible(finding.column or ""),
        *finding_text.value_and_expected(finding, language),
        "\n".join(told),
        "",
        "",
        link or "",
        where,
        finding_text.visible(finding.basis),
        finding_text.visible(finding.rule),
    ]


def _place(where: Location) -> str:
    sheet = finding_text.visible(where.sheet or "").replace("'", "''")
    cell = finding_text.visible(where.ref or "")
    return f"'{sheet}'!{cell}" if sheet else cell


def _style(finding: Finding) -> str:
    return "error" if finding.wrong else "text"


def _counts(sheet: SheetWriter, summary: Summary, request: ReportRequest) -> None:
    for item in counted_rules(summary, request):
        severity = Text(f"severity.{item.severity}")[request.language]
        rule, title, basis = map(finding_text.visible, (item.rule, item.title, item.basis))
        sheet.add([rule, title, severity, item.count, basis])
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
