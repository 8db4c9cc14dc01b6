"""What the first page of a printed report shows: what comes first and what is to be ticked off, cut to one A4 page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.reports import ReportRequest, checklist, finding_text
from clusterform.reports.checklist import ChecklistBuilder
from clusterform.reports.overview import row_of
from clusterform.reports.summary import Summary, Tally, differences, next_step

_COLUMNS = 98
"""Columns of a printed line; a Chinese character takes two."""
_LINES, _TICKS = 26, 17
"""Lines that a page has below its head, and how many of them the list may take."""
_KEPT = 40
"""So many forms or findings are kept to choose from, and so many characters of a name are shown."""
_LONGEST = 2
"""Lines of a message that are shown."""


@dataclass(frozen=True, slots=True)
class FirstTask:
    text: str
    code: str = ""
    part: int = 0
    """The number of the form it is about; 0 where it stands elsewhere."""


@dataclass(frozen=True, slots=True)
class TaskToConfirm:
    place: str
    instruction: str
    code: str
    basis: str


@dataclass(frozen=True, slots=True)
class FirstPage:
    summary: Summary
    confirm: checklist.Checklist
    firsts: tuple[FirstTask, ...]
    left: int
    """So many more must be corrected than the page has room for."""
    ticks: tuple[TaskToConfirm, ...]
    further: tuple[TaskToConfirm, ...]
    """What of the list stands on a page of its own."""
    closed: tuple[tuple[str, tuple[TaskToConfirm, ...]], ...]
    """What is open no more, each list with its heading."""


def first_page(report: Report, request: ReportRequest) -> FirstPage:
    """In one walk over the files."""
    language = request.language
    tally, gathering = Tally(report), ChecklistBuilder(report, language)
    several = len(report.files) > 1
    firsts = [_error(finding, 0, language) for finding in report.batch if finding.wrong]
    wanted = len(firsts)
    for number, file in enumerate(gathering.through(tally.through()), 1):
        lines = _of(file, number, language, several=several)
        wanted += len(lines)
        firsts += lines[: max(_KEPT - len(firsts), 0)]
    summary, confirm = tally.summary(), gathering.checklist()
    ticks = tuple(_ticks(confirm.items, request))
    closed = tuple(
        (checklist.closed_heading(why, items, language), tuple(_ticks(items, request)))
        for why, items in confirm.closed.items()
    )
    above = [next_step(summary, language), *differences(report, language)]
    room = _LINES - sum(map(_height, above))
    heights = [_height(tick.place) + _height(tick.instruction) for tick in ticks]
    ticked = _fitting(heights, min(_TICKS, room))
    kept = _fitting([_height(f"{line.text} {line.code}") for line in firsts], room - sum(heights[:ticked]))
    shown, left = tuple(firsts[:kept]), wanted - kept
    return FirstPage(summary, confirm, shown, left, ticks[:ticked], ticks[ticked:], closed)


def _of(file: FileReport, number: int, language: str, *, several: bool) -> list[FirstTask]:
    """Of several forms those with something beside what is found across them; of one what must be, or was not judged."""
    if several:
        open_ends = file.status in {Status.UNREADABLE, Status.INCOMPLETE} or file.unjudged
        return [_form(file, number, language)] if open_ends or any(f.wrong for f in file.own) else []
    errors = [_error(finding, number, language) for finding in file.findings if finding.wrong]
    return [*errors, *(FirstTask(line, part=number) for line in finding_text.unjudged(file, language))]


def _form(file: FileReport, number: int, language: str) -> FirstTask:
    """A form that must be corrected, or that could not be checked."""
    row = row_of(file, language)
    name = finding_text.shortened(file.cluster or "", language, _KEPT) or row.path
    count = Text("first.errors", count=file.count(Severity.ERROR))[language]
    parts = (row.form, name, count if file.status is Status.FAIL else row.status)
    return FirstTask(" · ".join(part for part in parts if part), part=number)


def _error(finding: Finding, number: int, language: str) -> FirstTask:
    text = _cut(finding_text.first_sentence(finding, language)) or finding_text.place(finding, language)
    return FirstTask(text, finding_text.visible(finding.rule), number)


def _cut(data: str) -> str:
    """As much of it as the lines that it may have hold."""
    kept = _fitting(map(finding_text.columns_of, data), _COLUMNS * _LONGEST)
    return data if kept == len(data) else data[: kept - 1] + "…"


def _ticks(items: Iterable[checklist.Item], request: ReportRequest) -> Iterator[TaskToConfirm]:
    for item in items:
        place = checklist.place(item, request.language)
        instruction = checklist.instruction(item, request, request.language)
        basis = finding_text.basis(item.finding, request.language)
        yield TaskToConfirm(place, instruction, finding_text.visible(item.finding.rule), basis)


def _height(data: str) -> int:
    return max(-(-finding_text.columns_of(data) // _COLUMNS), 1)


def _fitting(sizes: Iterable[int], room: int) -> int:
    """How many of them, in their order, the room holds."""
    return sum(used <= room for used in accumulate(sizes))
