"""The report as plain text for scripts and pipes: a file, its parts, a few lines a finding."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.finding import FileReport, Finding, Report, Status
from clusterform.messages import Text
from clusterform.reports import ReportRequest, checklist, evidence_list, finding_text
from clusterform.reports.checklist import Checklist, ChecklistBuilder
from clusterform.reports.overview import COUNTED, concerned, counted_rules, row_of
from clusterform.reports.summary import Summary, Tally, closing_line, differences, next_step, summarise


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """The whole text; `quiet` leaves only the closing line, `statistics` counts the findings of each rule."""
    language = request.language
    if request.quiet:
        yield closing_line(summarise(report), language) + "\n"
        return
    gathering = ChecklistBuilder(report, language)
    if len(report.files) > 1:
        yield from _lines(_overview(gathering.through(report.files), language))
    confirm = gathering.checklist()
    tally = Tally(report)
    shown_files = 0
    for file in tally.through():
        if confirm.to_do(file):
            shown_files += 1
            yield from _lines(_file(file, confirm, language))
    yield from _lines(_rest(shown_files, len(report.files), language))
    if report.batch:
        yield from _lines(_batch(report, language))
    yield from _lines(_checklist(confirm, request))
    yield from _lines(_differences(report, language))
    yield from _lines(_closing(tally.summary(), request))


def _lines(lines: Iterator[str]) -> Iterator[str]:
    return (f"{line}\n" for line in lines)


def _overview(files: Iterator[FileReport], language: str) -> Iterator[str]:
    """A line a file: result and counts first, so that they stand under each other whatever the names are."""
    heads = [Text(f"head.{severity}")[language] for severity in COUNTED]
    pad, columns = ("\u3000", 2) if language == "zh" else (" ", 1)  # a Chinese character takes two columns
    widest = max(len(Text(f"ended.{status}")[language]) for status in Status)
    about = f"{Text('head.file')[language]}  ({Text('head.form')[language]} · {Text('head.place')[language]})"
    yield Text("head.overview")[language]
    yield "  ".join([Text("head.status")[language].ljust(widest, pad), *heads, about])
    for row in (row_of(file, language) for file in files):
        counts = [str(n).rjust(len(head) * columns) for n, head in zip(row.counts, heads, strict=True)]
        about = f"{row.path}  ({row.about})" if row.about else row.path
        yield "  ".join([row.status.ljust(widest, pad), *counts, about])
    yield ""


def _rest(shown_files: int, files: int, language: str) -> Iterator[str]:
    """That there are forms of which only the overview tells."""
    if shown_files < files:
        yield checklist.rest_line(shown_files, files, language)
        yield ""


def _checklist(confirm: Checklist, request: ReportRequest) -> Iterator[str]:
    language = request.language
    for heading, mark, items in checklist.lists(confirm, language):
        yield heading
        for item in items:
            yield f"  {mark} {checklist.place(item, language)}  {finding_text.visible(item.finding.rule)}"
            yield f"    {checklist.instruction(item, request, language)}"
        yield ""


def _file(file: FileReport, confirm: Checklist, language: str) -> Iterator[str]:
    yield finding_text.visible(file.path)
    yield f"{finding_text.file_line(file, language)} · {finding_text.status(file, language)}"
    yield ""
    for section, findings in finding_text.by_section(confirm.own(file)):
        yield finding_text.section_title(section, file, language)
        for finding in findings:
            yield from finding_block(finding, language, brief=bool(finding.files))
        yield ""
    notes = finding_text.notes(file, language)
    yield from notes
    if notes:
        yield ""
    yield from evidence_list.as_text(file, language)


def _batch(report: Report, language: str) -> Iterator[str]:
    yield Text("head.batch")[language]
    for finding in report.batch:
        yield from finding_block(finding, language)
    yield ""


def finding_block(finding: Finding, language: str, *, brief: bool = False) -> Iterator[str]:
    """A finding's lines. `brief`: the message alone, of one across forms that is told whole where they are compared."""
    head = [
        f"[{finding_text.severity(finding, language)}]",
        finding_text.place(finding, language),
        finding_text.location(finding.location, language),
    ]
    yield "  " + "  ".join(part for part in [*head, finding_text.visible(finding.rule)] if part)
    if brief:
        yield f"    {finding_text.message(finding, language)}"
        return
    lines = [
        *finding_text.finding_lines(finding, language),
        concerned(finding, language),
        finding_text.basis(finding, language),
    ]
    yield from (f"    {line}" for line in lines if line)


def _differences(report: Report, language: str) -> Iterator[str]:
    changed = differences(report, language)
    if changed:
        yield Text("differs.heading")[language]
        yield from (f"  {line}" for line in changed)
        yield ""


def _closing(summary: Summary, request: ReportRequest) -> Iterator[str]:
    language = request.language
    if request.statistics and summary.rules:
        yield Text("report.statistics")[language]
        for item in counted_rules(summary, request):
            severity = Text(f"severity.{item.count.severity}")[language]
            yield f"  {item.count.count:>4}  {severity}  {finding_text.visible(item.title)}  {finding_text.visible(item.count.rule)}"
        yield ""
    if summary.files != 1:
        facts = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
        yield Text("report.files", **facts)[language]
    yield closing_line(summary, language)
    yield next_step(summary, language)
