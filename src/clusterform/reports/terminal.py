"""The report for a person at a terminal: what must be corrected stands out, the rest is a checklist.

Lines are laid out here by display width, so Chinese wraps where it should; rich colours them, and is not loaded
where nothing is coloured. Nothing from a form is ever read as markup: it reaches rich inside `Text` only, with
controls already made visible.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING

from rich.cells import cell_len, chop_cells, set_cell_size

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.encoding import fit
from clusterform.reports.overview import COUNTED, concerned, row_of
from clusterform.reports.plain import STYLES, PlainLayout, StyledLine, as_text

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH, WIDEST, NARROWEST = 100, 110, 24
"""Columns where no terminal says, the most that read well, and the fewest a message is laid out for."""
_ASKS_FOR_COLOUR = frozenset({"FORCE_COLOR", "TTY_COMPATIBLE"})
"""With one of these set rich may colour what goes into a pipe too."""
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
        yield from as_text(lines_of(page))
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


def wrapped(data: str, width: int, pieces: re.Pattern[str] = _PIECE) -> list[str]:
    """The text in lines of at most `width` terminal columns, a Chinese character taking two; `pieces` are not broken."""
    lines = [""]
    room = width
    for piece in pieces.findall(data):
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


class TerminalLayout(PlainLayout):
    """Lays out one report in one language for one width and encoding."""

    detail_indent = 4

    def __init__(self, language: str, encoding: str, width: int) -> None:
        super().__init__(language)
        self.encoding = encoding
        self.width = width
        self.unicode = encoding.lower().startswith("utf")
        self.margin = max(cell_len(self.fit(Text(f"severity.{s}")[language])) for s in Severity) + 2

    def fit(self, data: str) -> str:
        """Replaced before the layout, so that widths are right."""
        return fit(data, self.encoding)

    def heading(self, report: Report) -> Iterator[StyledLine]:
        yield from self.block(Text("report.title")[self.language], style="bold")
        yield from self.block(finding_text.edition(report, self.language), style="dim")
        yield from self.differences(report)
        yield []

    def foot(self, _report: Report) -> Iterable[StyledLine]:
        return ()  # it stands above

    def end(self) -> Iterator[StyledLine]:
        yield [(self._bar("━", "="), "")]

    def overview(self, files: Iterator[FileReport]) -> Iterator[StyledLine]:
        """A line a file: result, counts, then the name and what it is, which wrap."""
        heads = [Text(f"head.{severity}")[self.language] for severity in COUNTED]
        widest = max(cell_len(Text(f"ended.{status}")[self.language]) for status in Status)
        mark = "  ".join([set_cell_size(Text("head.status")[self.language], widest), *heads, ""])
        names = f"{Text('head.file')[self.language]}  {Text('head.form')[self.language]} · {Text('head.place')[self.language]}"
        yield from self.subtitle(Text("head.overview")[self.language])
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

    def notes(self, file: FileReport) -> Iterator[StyledLine]:
        for number, note in enumerate(finding_text.notes(file, self.language)):
            grave = number < len(file.crashed) + len(file.unjudged)
            yield from self.block(note, style="bold red" if grave else "dim")
            yield []

    def finding(self, finding: Finding, *, brief: bool = False) -> Iterator[StyledLine]:
        head = f"{finding_text.place(finding, self.language)}  {finding_text.visible(finding.rule)}"
        mark = self.fit(finding_text.severity(finding, self.language))
        style = "green" if finding.closed else STYLES[finding.severity]
        yield from self.block(head, self.margin, "bold", mark, style)
        if brief:
            yield from self.block(finding_text.message(finding, self.language), self.margin)
            return
        for line in (*finding_text.finding_lines(finding, self.language), concerned(finding, self.language)):
            if line:
                yield from self.block(line, self.margin)
        place = finding_text.location(finding.location, self.language)
        about = list(filter(None, (place, finding_text.basis(finding, self.language))))
        if about:
            yield from self.block(" · ".join(about), self.margin, "dim")

    def _bar(self, char: str, plain: str, columns: int | None = None) -> str:
        """A line across. Outside UTF-8 the drawn characters may be two columns wide: a plain one is taken."""
        return (char if self.unicode else plain) * (self.width if columns is None else columns)

    def title(self, title: str) -> Iterator[StyledLine]:
        return self._ruled(title, "━", "=", "bold")

    def subtitle(self, title: str, style: str = "bold") -> Iterator[StyledLine]:
        return self._ruled(title, "─", "-", style)

    def _ruled(self, title: str, char: str, plain: str, style: str) -> Iterator[StyledLine]:
        """A title in a line across the page; a title too long for that stands under the line."""
        title = self.fit(title)
        room = self.width - cell_len(title) - 5
        if room < 1:
            yield [(self._bar(char, plain), "")]
            yield from self.block(title, style=style)
            return
        yield [
            (f"{self._bar(char, plain, 3)} ", ""),
            (title, style),
            (f" {self._bar(char, plain, room)}", ""),
        ]

    def block(
        self, data: str, indent: int = 0, style: str = "", mark: str = "", mark_style: str = ""
    ) -> Iterator[StyledLine]:
        """The text wrapped behind an indent, `mark` standing in the first line's."""
        for number, part in enumerate(wrapped(self.fit(data), max(self.width - indent, NARROWEST))):
            lead = mark if number == 0 else ""
            yield [(lead, mark_style), (" " * max(indent - cell_len(lead), 0), ""), (part, style)]
