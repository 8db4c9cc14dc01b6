"""The report for a person at a terminal: what must be corrected stands out, the rest is a checklist.

Lines are laid out here by display width, so Chinese wraps where it should; rich colours them, and is not loaded
where nothing is coloured. Nothing from a form is ever read as markup: it reaches rich inside `Text` only, with
controls already made visible.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TYPE_CHECKING

from rich.cells import cell_len, chop_cells, set_cell_size

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.reports import ReportRequest, checklist, evidence_list, finding_text
from clusterform.reports.checklist import Checklist, ChecklistBuilder
from clusterform.reports.encoding import fit
from clusterform.reports.overview import COUNTED, CountedRule, concerned, counted_rules, row_of
from clusterform.reports.summary import Summary, Tally, closing_line, differences, next_step, summarise

if TYPE_CHECKING:
    from rich.console import Console

StyledLine = list[tuple[str, str]]
PIPE_WIDTH, WIDEST, NARROWEST = 100, 110, 24
"""Columns where no terminal says, the most that read well, and the fewest a message is laid out for."""
_ASKS_FOR_COLOUR = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""With one of these set rich may colour what goes into a pipe too."""
_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "yellow",
    Severity.MANUAL: "cyan",
    Severity.INFO: "blue",
}
# An opening mark stays with what follows it, a closing one with what it closes; Latin words stay whole.
_PIECE = pattern(r"[“‘（《【]{0,8}(?:[!-~]+|.)[，。；：！？、）》】”’％…]*", re.DOTALL)


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    return styled_text(request, lambda page: page.report(report, request))


def styled_text(
    request: ReportRequest, lines_of: Callable[[TerminalLayout], Iterator[StyledLine]]
) -> Iterator[str]:
    """The text as its stream would show it: coloured on a terminal without NO_COLOR, plain elsewhere."""
    stream = request.stream
    if stream is None or not (stream.isatty() or _ASKS_FOR_COLOUR & os.environ.keys()):
        page = TerminalLayout(request.language, getattr(stream, "encoding", None) or "utf-8", PIPE_WIDTH)
        for line in lines_of(page):
            yield "".join([*(part for part, _ in line), "\n"])
        return
    from rich.text import Text as Styled

    console = _console(stream)
    page = TerminalLayout(request.language, console.encoding, min(console.width, WIDEST))
    for line in lines_of(page):
        with console.capture() as capture:
            console.print(Styled.assemble(*line), soft_wrap=True)
        yield capture.get()


def _console(stream: IO[str]) -> Console:
    from rich.console import Console, detect_legacy_windows

    live = stream.isatty()
    colourless = bool(os.environ.get("NO_COLOR")) or detect_legacy_windows()
    return Console(
        file=stream,
        width=None if live else PIPE_WIDTH,
        color_system=None if colourless else "auto",
        force_jupyter=False,
        legacy_windows=False,
    )


def wrapped(data: str, width: int) -> list[str]:
    """The text in lines of at most `width` terminal columns, a Chinese character taking two."""
    lines = [""]
    room = width
    for piece in _PIECE.findall(data):
        size = cell_len(piece)
        if size > room and lines[-1]:
            lines.append("")
            room = width
        if not lines[-1] and len(lines) > 1 and piece == " ":
            continue
        *full, rest = chop_cells(piece, width) if size > width else [piece]
        lines[-1:] = [*full, rest] if not lines[-1] else [lines[-1] + rest]
        room = width - cell_len(rest) if full else room - size
    return [line.rstrip() for line in lines]


class TerminalLayout:
    """Lays out one report in one language for one width and encoding."""

    def __init__(self, language: str, encoding: str, width: int) -> None:
        self.language = language
        self.encoding = encoding
        self.width = width
        self.unicode = encoding.lower().startswith("utf")
        self.margin = max(cell_len(self.fit(self.severity(s))) for s in Severity) + 2

    def fit(self, data: str) -> str:
        """Replaced before the layout, so that widths are right."""
        return fit(data, self.encoding)

    def severity(self, severity: Severity) -> str:
        return Text(f"severity.{severity}")[self.language]

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
        if shown_files < len(report.files):
            yield from self.block(checklist.rest_line(shown_files, len(report.files), self.language))
            yield []
        if report.batch:
            yield from self.batch(report)
        yield from self.checklist(confirm, request)
        summary = tally.summary()
        if request.statistics:
            yield from self.statistics(counted_rules(summary, request))
        yield [(self.bar("━", "="), "")]
        if summary.files != 1:
            facts = {"files": summary.files, "passed": summary.passed, "failed": summary.failed}
            yield from self.block(Text("report.files", **facts)[self.language])
        yield from self.closing(summary)
        yield from self.block(next_step(summary, self.language))

    def closing(self, summary: Summary) -> Iterator[StyledLine]:
        worst = next((s for s in Severity if summary.findings[s]), None)
        trouble = summary.unreadable or summary.incomplete
        style = "bold red" if trouble else _STYLES[worst] if worst else "bold green"
        yield from self.block(closing_line(summary, self.language), style=style)

    def heading(self, report: Report) -> Iterator[StyledLine]:
        yield from self.block(Text("report.title")[self.language], style="bold")
        yield from self.block(finding_text.edition(report, self.language), style="dim")
        changed = differences(report, self.language)
        if changed:
            yield from self.block(Text("differs.heading")[self.language], style="bold yellow")
            for line in changed:
                yield from self.block(line, 2)
        yield []

    def overview(self, files: Iterator[FileReport]) -> Iterator[StyledLine]:
        """A line a file: result, counts, then the name and what it is, which wrap."""
        heads = [Text(f"head.{severity}")[self.language] for severity in COUNTED]
        widest = max(cell_len(Text(f"ended.{status}")[self.language]) for status in Status)
        mark = "  ".join([set_cell_size(Text("head.status")[self.language], widest), *heads, ""])
        names = f"{Text('head.file')[self.language]}  {Text('head.form')[self.language]} · {Text('head.place')[self.language]}"
        yield from self.ruled(Text("head.overview")[self.language], "─", "-", "bold")
        if self.width < cell_len(mark) + NARROWEST:
            mark, heads, widest = "", [], 0
        else:
            yield from self.block(names, cell_len(mark), "dim", mark, "dim")
        for file in files:
            row = row_of(file, self.language)
            counts = [str(n).rjust(cell_len(head)) for n, head in zip(row.counts, heads, strict=False)]
            lead = "  ".join([set_cell_size(row.status, widest), *counts, ""]) if heads else f"{row.status} "
            style = "green" if row.ended == Status.PASS else "bold red"
            yield from self.block(f"{row.path}  {row.about}", cell_len(lead), "", lead, style)
        yield []

    def batch(self, report: Report) -> Iterator[StyledLine]:
        yield from self.ruled(Text("head.batch")[self.language], "━", "=", "bold")
        for finding in report.batch:
            yield from self.finding(finding)
        yield []

    def file(self, file: FileReport, confirm: Checklist) -> Iterator[StyledLine]:
        language = self.language
        yield from self.ruled(finding_text.visible(file.path), "━", "=", "bold")
        yield from self.block(
            f"{finding_text.file_line(file, language)} · {finding_text.status(file, language)}"
        )
        yield []
        for section, findings in finding_text.by_section(confirm.own(file)):
            yield from self.ruled(finding_text.section_title(section, file, language), "─", "-", "bold")
            for finding in findings:
                yield from self.finding(finding, brief=bool(finding.files))
            yield []
        for number, note in enumerate(finding_text.notes(file, language)):
            grave = number < len(file.crashed) + len(file.unjudged)
            yield from self.block(note, style="bold red" if grave else "dim")
            yield []
        yield from self.evidence(file)

    def evidence(self, file: FileReport) -> Iterator[StyledLine]:
        """The check-list of evidence, where it was asked for; what is missing stands out."""
        if file.evidence is None:
            return
        yield from self.ruled(evidence_list.heading(file.evidence, self.language), "─", "-", "bold")
        for need in file.evidence:
            mark, style = (evidence_list.THERE, "green") if need.met else (evidence_list.MISSING, "bold red")
            yield from self.block(evidence_list.item(need, self.language), 4, "", self.fit(mark), style)
            for line in evidence_list.details(need, self.language):
                yield from self.block(line, 4, "dim" if need.met else "")
        yield []

    def finding(self, finding: Finding, *, brief: bool = False) -> Iterator[StyledLine]:
        """`brief`: the message alone, of a finding across forms that is told whole where the forms are compared."""
        head = f"{finding_text.place(finding, self.language)}  {finding_text.visible(finding.rule)}"
        mark = self.fit(finding_text.severity(finding, self.language))
        style = "green" if finding.closed else _STYLES[finding.severity]
        yield from self.block(head, self.margin, "bold", mark, style)
        if brief:
            yield from self.block(finding_text.message(finding, self.language), self.margin)
            return
        for line in (*finding_text.finding_lines(finding, self.language), concerned(finding, self.language)):
            if line:
                yield from self.block(line, self.margin)
        source = [
            finding_text.location(finding.location, self.language),
            finding_text.basis(finding, self.language),
        ]
        if any(source):
            yield from self.block(" · ".join(part for part in source if part), self.margin, "dim")

    def checklist(self, confirm: Checklist, request: ReportRequest) -> Iterator[StyledLine]:
        """What is to be confirmed, to tick off: where to look, what to do."""
        for heading, mark, items in checklist.lists(confirm, self.language):
            style = _STYLES[Severity.MANUAL] if mark == checklist.TICK else "green"
            yield from self.ruled(heading, "─", "-", style)
            for item in items:
                place = f"{checklist.place(item, self.language)}  {finding_text.visible(item.finding.rule)}"
                yield from self.block(place, 4, "", self.fit(mark), style)
                yield from self.block(checklist.instruction(item, request, self.language), 4, "dim")
            yield []

    def statistics(self, counts: Sequence[CountedRule]) -> Iterator[StyledLine]:
        if not counts:
            return
        yield from self.ruled(Text("report.statistics")[self.language], "─", "-", "bold")
        for item in counts:
            severity, title = self.severity(item.count.severity), finding_text.visible(item.title)
            line = f"{severity}  {title}  {finding_text.visible(item.count.rule)}"
            yield from self.block(line, 6, mark=f"{item.count.count:>4}")
        yield []

    def bar(self, char: str, plain: str, columns: int | None = None) -> str:
        """A line across. Outside UTF-8 the drawn characters may be two columns wide: a plain one is taken."""
        return (char if self.unicode else plain) * (self.width if columns is None else columns)

    def ruled(self, title: str, char: str, plain: str, style: str) -> Iterator[StyledLine]:
        """A title in a line across the page; a title too long for that stands under the line."""
        title = self.fit(title)
        room = self.width - cell_len(title) - 5
        if room < 1:
            yield [(self.bar(char, plain), "")]
            yield from self.block(title, style=style)
            return
        yield [(f"{self.bar(char, plain, 3)} ", ""), (title, style), (f" {self.bar(char, plain, room)}", "")]

    def block(
        self, data: str, indent: int = 0, style: str = "", mark: str = "", mark_style: str = ""
    ) -> Iterator[StyledLine]:
        """The text wrapped behind an indent, `mark` standing in the first line's."""
        for number, part in enumerate(wrapped(self.fit(data), max(self.width - indent, NARROWEST))):
            lead = mark if number == 0 else ""
            yield [(lead, mark_style), (" " * max(indent - cell_len(lead), 0), ""), (part, style)]
