"""The report as plain text for scripts and pipes: a file, its parts, a few lines a finding.

Its walk over the report is the terminal's too, which lays the same lines out in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.reports import ReportRequest, checklist, evidence_list, finding_text
from clusterform.reports.checklist import Checklist, ChecklistBuilder
from clusterform.reports.overview import COUNTED, counted_rules, row_of, told_below
from clusterform.reports.summary import (
    RuleCount,
    Summary,
    Tally,
    closing_line,
    differences,
    next_step,
    summarise,
)

StyledLine = list[tuple[str, str]]
"""A line's pieces, each with the style that rich draws it in; none is a blank line."""
STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.MANUAL: "cyan",
    Severity.INFO: "blue",
}


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """The whole text; `quiet` leaves only the closing line, `statistics` counts the findings of each rule."""
    return as_text(PlainLayout(request.language).report(report, request))


def as_text(lines: Iterable[StyledLine]) -> Iterator[str]:
    """The lines without their styles."""
    return ("".join([*(part for part, _ in line), "\n"]) for line in lines)


class PlainLayout:
    """Lays out one report in one language: nothing is drawn, and a line is a line however long."""

    detail_indent = 6
    """Of what is said below a piece of evidence."""

    def __init__(self, language: str) -> None:
        self.language = language

    def report(self, report: Report, request: ReportRequest) -> Iterator[StyledLine]:
        if request.quiet:
            yield from self.closing(summarise(report))
            return
        yield from self.heading(report)
        gathering = ChecklistBuilder(report, self.language)
        if len(report.files) > 1:
            yield from self.overview(gathering.through(report.files))
        confirm = gathering.checklist()
        tally = Tally(report)
        shown_files = 0
        for file in tally.through():
            if confirm.to_do(file):
                shown_files += 1
                yield from self.file(file, confirm)
        if rest := len(report.files) - shown_files:  # forms of which only the overview tells
            key = "report.rest" if shown_files else "report.rest-all"
            yield from self.block(Text(key, count=rest)[self.language])
            yield []
        if report.batch:
            yield from self.title(Text("head.batch")[self.language])
            yield from self.findings(report.batch)
        yield from self.checklist(confirm, request)
        yield from self.foot(report)
        summary = tally.summary()
        if request.statistics:
            yield from self.statistics(counted_rules(summary, request))
        yield from self.end()
        if summary.files != 1:
            facts = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
            yield from self.block(Text("report.files", **facts)[self.language])
        yield from self.closing(summary)
        yield from self.block(next_step(summary, self.language))

    def closing(self, summary: Summary) -> Iterator[StyledLine]:
        worst = next((s for s in Severity if summary.findings[s]), None)
        trouble = summary.unreadable or summary.incomplete
        style = "bold red" if trouble else STYLES[worst] if worst else "bold green"
        yield from self.block(closing_line(summary, self.language), style=style)

    def heading(self, _report: Report) -> Iterable[StyledLine]:
        """What stands above all else."""
        return ()

    def foot(self, report: Report) -> Iterable[StyledLine]:
        """What stands behind all findings."""
        changed = list(self.differences(report))
        return (*changed, []) if changed else ()

    def end(self) -> Iterable[StyledLine]:
        """What parts the last lines from the report."""
        return ()

    def differences(self, report: Report) -> Iterator[StyledLine]:
        changed = differences(report, self.language)
        if changed:
            yield from self.block(Text("differs.heading")[self.language], style="bold yellow")
            for line in changed:
                yield from self.block(line, 2)

    def overview(self, files: Iterator[FileReport]) -> Iterator[StyledLine]:
        """A line a file: result and counts first, so that they stand under each other whatever the names are."""
        language = self.language
        heads = [Text(f"head.{severity}")[language] for severity in COUNTED]
        pad, columns = ("\u3000", 2) if language == "zh" else (" ", 1)  # a Chinese sign takes two columns
        widest = max(len(Text(f"ended.{status}")[language]) for status in Status)
        about = (
            f"{Text('head.file')[language]}  ({Text('head.form')[language]} · {Text('head.place')[language]})"
        )
        yield from self.block(Text("head.overview")[language])
        yield from self.block("  ".join([Text("head.status")[language].ljust(widest, pad), *heads, about]))
        for row in (row_of(file, language) for file in files):
            counts = [str(n).rjust(len(head) * columns) for n, head in zip(row.counts, heads, strict=True)]
            about = f"{row.path}  ({row.about})" if row.about else row.path
            yield from self.block("  ".join([row.status.ljust(widest, pad), *counts, about]))
        yield []

    def file(self, file: FileReport, confirm: Checklist) -> Iterator[StyledLine]:
        language = self.language
        yield from self.title(finding_text.visible(file.path))
        about = f"{finding_text.file_line(file, language)} · {finding_text.status(file, language)}"
        yield from self.block(about)
        yield []
        for section, findings in finding_text.by_section(confirm.own(file)):
            yield from self.subtitle(finding_text.section_title(section, file, language))
            yield from self.findings(findings, across=False)
        yield from self.notes(file)
        yield from self.evidence(file)

    def notes(self, file: FileReport) -> Iterator[StyledLine]:
        if notes := finding_text.notes(file, self.language):
            yield from ([(note, "")] for note in notes)
            yield []

    def evidence(self, file: FileReport) -> Iterator[StyledLine]:
        """The check-list of evidence, where it was asked for; what is missing stands out."""
        if file.evidence is None:
            return
        yield from self.subtitle(evidence_list.heading(file.evidence, self.language))
        for need in file.evidence:
            mark, style = (evidence_list.THERE, "green") if need.met else (evidence_list.MISSING, "bold red")
            yield from self.block(evidence_list.item(need, self.language), 4, "", self.fit(mark), style)
            for line in evidence_list.details(need, self.language):
                yield from self.block(line, self.detail_indent, "dim" if need.met else "")
        yield []

    def findings(self, findings: Iterable[Finding], *, across: bool = True) -> Iterator[StyledLine]:
        """Of those across forms the message alone where they are not told as such: they are told whole where the forms are compared."""
        for finding in findings:
            yield from self.finding(finding, brief=bool(finding.files) and not across)
        yield []

    def finding(self, finding: Finding, *, brief: bool = False) -> Iterator[StyledLine]:
        """`brief`: the message alone."""
        language = self.language
        head = [
            f"[{finding_text.severity(finding, language)}]",
            finding_text.place(finding, language),
            finding_text.location(finding.location, language),
            finding_text.visible(finding.rule),
        ]
        yield from self.block("  ".join(part for part in head if part), 2)
        lines = [finding_text.message(finding, language)] if brief else told_below(finding, language)
        for line in lines:
            yield from self.block(line, 4)

    def checklist(self, confirm: Checklist, request: ReportRequest) -> Iterator[StyledLine]:
        """What is to be confirmed, to tick off: where to look, what to do."""
        for heading, mark, items in checklist.lists(confirm, self.language):
            style = STYLES[Severity.MANUAL] if mark == checklist.TICK else "green"
            yield from self.subtitle(heading, style)
            for item in items:
                place = f"{checklist.place(item, self.language)}  {finding_text.visible(item.finding.rule)}"
                yield from self.block(place, 4, "", self.fit(mark), style)
                yield from self.block(checklist.instruction(item, request, self.language), 4, "dim")
            yield []

    def statistics(self, counts: Sequence[RuleCount]) -> Iterator[StyledLine]:
        if not counts:
            return
        yield from self.subtitle(Text("report.statistics")[self.language])
        for item in counts:
            severity = Text(f"severity.{item.severity}")[self.language]
            line = f"{severity}  {finding_text.visible(item.title)}  {finding_text.visible(item.rule)}"
            yield from self.block(line, 6, mark=f"{item.count:>4} ")
        yield []

    def title(self, title: str) -> Iterator[StyledLine]:
        """Above a file, or what is found in all of them."""
        yield [(title, "bold")]

    def subtitle(self, title: str, style: str = "bold") -> Iterator[StyledLine]:
        """Above a part."""
        yield [(title, style)]

    def block(
        self, data: str, indent: int = 0, style: str = "", mark: str = "", mark_style: str = ""
    ) -> Iterator[StyledLine]:
        """The text behind an indent, or behind a mark."""
        yield [(f"  {mark} " if mark else " " * indent, mark_style), (data, style)]

    def fit(self, data: str) -> str:
        """As the output can hold it; plain text is made to fit when it is written."""
        return data
