"""The parts of a form in a blank workbook: labels beside answers, headings with room below, target tables, frames to sign."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from clusterform.fields import BOXES, Kind
from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.messages import Text
from clusterform.words import word
from clusterform.writing.book.book_page import (
    AnswerCell,
    CellRole,
    EntryRule,
    Page,
    entry_of,
    tick_entry,
)

_WIDTHS = (15, 25, 18, 18, 18)
_FINE_WIDTHS = (14, 20, *(9,) * 9)
"""Where a table of three columns stands under each year."""
_LABELS = 2
_SHORT_PROSE, _PROSE = 96, 120
"""Points for an answer of 200 characters, and of one row of running text; a row can be drawn taller up to 409."""
_OPEN = 3
"""Rows for each row that the form leaves open: in a workbook there is no Enter for one more."""
_Place = tuple[int, int]
"""The first column of a cell, and how many it takes."""


def part_page(form: FormDef, section: SectionDef) -> Page:
    """The sheet of one part."""
    fine = any(row.matrix is not None for row in section.rows)
    name = section.heading or Text("section.cover").zh
    page = Page(name, _FINE_WIDTHS if fine else _WIDTHS)
    part = _Part(form, section, page)
    if section.layout == "lines":
        part.cover()
        return page
    page.line(section.heading, CellRole.TITLE, 32)
    if section.layout == "rows":
        part.rows()
    elif section.layout == "headings":
        part.headings()
    else:
        part.frames()
    return page


class _Part:
    """Lays out one part from the top down."""

    def __init__(self, form: FormDef, section: SectionDef, page: Page) -> None:
        self.form = form
        self.section = section
        self.page = page
        self.step = (page.width - _LABELS) // 3

    def _path(self, row: RowDef) -> str:
        return f"{self.section.key}.{row.key}"

    def _entry(self, row: RowDef) -> EntryRule:
        return entry_of(self.form, self.form.fields[self._path(row)])

    def _open(  # noqa: PLR0913  (which answer, and where: each call names those that are not plain)
        self,
        row: RowDef,
        place: _Place,
        column: str | None = None,
        part: str | None = None,
        *,
        text: str = "",
        entry: EntryRule | None = None,
    ) -> None:
        """An answer's cell."""
        spot = AnswerCell(self._path(row), column, part)
        self.page.put(text, CellRole.ANSWER, *place, spot=spot, entry=entry or self._entry(row))

    def cover(self) -> None:
        """Lines as rows, with room between them."""
        self.page.frozen = 2
        self.page.line(self.form.annex, CellRole.NOTE)
        self.page.line(self.form.title, CellRole.TITLE, 72)
        for row in self.section.rows:
            self.page.heights[self.page.row] = 44
            self._row(row)

    def rows(self) -> None:
        """Every row; a telephone stands beside its person, a formula under its figures."""
        if self.section.header:
            self._header()
        taken = False
        for row, behind in pairwise((*self.section.rows, None)):
            if row is None or taken:
                taken = False
                continue
            taken = behind is not None and (
                behind.kind is Kind.FORMULA or (row.kind is Kind.PERSON and behind.kind is Kind.PHONE)
            )
            self._row(row, 0, behind if taken else None)

    def _header(self) -> None:
        """The years above their columns."""
        self.page.put(self.section.header, CellRole.HEAD, 0, _LABELS)
        for number, column in enumerate(self.form.columns("reported")):
            self.page.put(column.label, CellRole.HEAD, *self._third(number))
        self.page.feed(24)
        self.page.frozen = self.page.row

    def _row(self, row: RowDef, first: int = 0, joined: RowDef | None = None) -> None:
        """One row, or a group of them under one label in the first column."""
        start = self.page.row
        if row.rows:
            for inner in row.rows:
                self._row(inner, 1)
            width = 1
        else:
            self._answer(row, joined)
            width = _LABELS - first
        text = row.label + "".join(row.notes)
        if row.kind is Kind.CLUSTER_NAME or row.kind is Kind.REGION:
            text = "\n".join((f"{row.label}：", *row.prompts))
        self.page.put(text, CellRole.LABEL, first, width, rows=self.page.row - start, row=start)

    def _answer(self, row: RowDef, joined: RowDef | None) -> None:
        """What stands to the right of the label, and the next free row below it."""
        if row.matrix is not None:
            self._matrix(row)
        elif row.columns:
            self._years(row, joined)
        elif row.kind in BOXES:
            self._boxes(row)
        elif row.kind is Kind.COUNT_NAMES:
            self._count_names(row)
        else:
            self._one(row, joined)

    def _third(self, number: int, count: int = 1) -> _Place:
        """Where the answer columns from `number` on stand."""
        return _LABELS + number * self.step, count * self.step

    def _one(self, row: RowDef, joined: RowDef | None) -> None:
        """A single answer; beside it what the form prints there (个), or the next row's label and answer."""
        figure = row.kind in (Kind.DECIMAL, Kind.COUNT)
        prompts = () if row.kind in (Kind.CLUSTER_NAME, Kind.REGION) else row.prompts
        if joined is not None:
            self._open(row, self._third(0))
            self.page.put(joined.label, CellRole.LABEL, *self._third(1))
            self._open(joined, self._third(2))
        elif figure and prompts:
            self._open(row, self._third(0))
            for number, text in enumerate(prompts, 1):
                rest = 1 if number < len(prompts) else 3 - number
                self.page.put(text, CellRole.NOTE, *self._third(number, rest))
        else:
            self._open(row, self._third(0, 3))
        self.page.feed(_SHORT_PROSE if row.kind is Kind.PROSE else 0)

    def _years(self, row: RowDef, formula: RowDef | None) -> None:
        """A figure for each year, side by side under the header, else one below the other."""
        columns = self.form.columns(row.columns)
        if self.section.header:
            for number, column in enumerate(columns):
                self._open(row, self._third(number), column.key)
            self.page.feed()
            return
        for column in columns:
            self.page.put(column.label, CellRole.HEAD, *self._third(0))
            self._open(row, self._third(1, 2), column.key)
            self.page.feed()
        if formula is not None:
            self.page.put(formula.label, CellRole.NOTE, *self._third(0))
            self._open(formula, self._third(1, 2))
            self.page.feed(52)

    def _matrix(self, row: RowDef) -> None:
        """The small table under each year."""
        matrix = row.matrix
        if matrix is None:
            return
        years = [(self._third(number)[0], year) for number, year in enumerate(self.form.columns(row.columns))]
        for first, _ in years:
            for place, text in enumerate((matrix.head, *matrix.measures.values()), first):
                self.page.put(text, CellRole.HEAD, place)
        self.page.feed()
        for key, text in matrix.categories.items():
            for first, year in years:
                self.page.put(text, CellRole.OPTION, first)
                for place, measure in enumerate(matrix.measures, first + 1):
                    self._open(row, (place, 1), f"{year.key}/{key}/{measure}")
            self.page.feed()

    def _boxes(self, row: RowDef) -> None:
        """A row for each option: its box, then its text; the form's notes above and below."""
        for text in row.prompts[:-1]:
            self._printed(text)
        first, item = self.page.row, self.form.fields[self._path(row)]
        for option in row.options:
            asks = row.ticked_evidence or option.evidence
            note = Text("hint.needs-evidence" if asks else "hint.needs-explanation").zh
            entry = tick_entry(item, note=note if asks or option.explain else "")
            spot = AnswerCell(item.path, None, option.key)
            self.page.put("□", CellRole.TICK, *self._third(0), spot=spot, entry=entry)
            self.page.put(option.label + option.note, CellRole.OPTION, *self._third(1, 2))
            self.page.feed()
        if row.kind is Kind.CHOICE:
            self.page.single.append((_LABELS, first, self.page.row - 1))
        for text in row.prompts[-1:]:
            self._printed(text)
        if any(option.explain for option in row.options):
            entry = EntryRule("text", Text("hint.explanation").zh)
            self._open(row, self._third(0, 3), None, "remark", entry=entry)
            self.page.feed()

    def _printed(self, text: str) -> None:
        self.page.put(text, CellRole.NOTE, *self._third(0, 3))
        self.page.feed()

    def _count_names(self, row: RowDef) -> None:
        """数量：_个 in one row, 名称：_ in the next."""
        count = entry_of(self.form, self.form.fields[self._path(row)], "count")
        self.page.put(f"{word('halves.count')}：", CellRole.OPTION, *self._third(0))
        self._open(row, self._third(1), None, "count", entry=count)
        self.page.put(word("halves.counter"), CellRole.NOTE, *self._third(2))
        self.page.feed()
        self.page.put(f"{word('halves.names')}：", CellRole.OPTION, *self._third(0))
        self._open(row, self._third(1, 2), None, "names")
        self.page.feed(36)

    def headings(self) -> None:
        """Running text under its headings."""
        for note in self.section.notes:
            self.page.line(note, CellRole.NOTE)
        for row in self.section.rows:
            self._heading(row)

    def _heading(self, row: RowDef) -> None:
        """One heading, what the form explains below it, the answer, and the headings inside."""
        self.page.line(row.label, CellRole.HEADING, 24)
        for text in row.guidance:
            self.page.line(text, CellRole.NOTE)
        if row.growable:
            self._targets(row)
            return
        if row.kind is not None:
            entry = self._entry(row)
            hint = Text("hint.prose", more=entry.hint)
            if self.section.limit:
                hint = Text("hint.part-limit", limit=self.section.limit, more=hint)
            self._open(row, (0, self.page.width), entry=replace(entry, hint=hint.zh))
            self.page.feed(_PROSE)
        for inner in row.rows:
            self._heading(inner)

    def _targets(self, table: RowDef) -> None:
        """A target table, an empty row before and behind it."""
        self.page.feed()
        columns = self.form.columns(table.columns)
        last = 1 + len(columns)
        places = [*((n, 1) for n in range(_LABELS, last)), (last, self.page.width - last)]
        spans = {column.key: place for column, place in zip(columns, places, strict=True)}
        for place, text in enumerate(table.heads):
            self.page.put(text, CellRole.HEAD, place)
        for column in columns:
            self.page.put(column.label, CellRole.HEAD, *spans[column.key])
        self.page.feed()
        for group in table.rows:
            self._direction(group, spans)
        self.page.feed()
        for note in table.notes:
            self.page.line(note, CellRole.NOTE)

    def _direction(self, group: RowDef, spans: dict[str, _Place]) -> None:
        """The targets of one direction, and rows for indicators of the cluster's own."""
        start = self.page.row
        for leaf in group.rows or (group,):
            if group.rows:
                self.page.put(leaf.label, CellRole.LABEL, 1)
            else:
                self.page.put("", CellRole.ANSWER, 1, entry=EntryRule("text"))
            for column, place in spans.items():
                self._open(leaf, place, column)
            self.page.feed(36 if leaf.kind is Kind.TEXT else 24)
        hint = EntryRule("text", Text("hint.own-target").zh)
        for number in range(1, group.open_rows * _OPEN + 1):
            for part, place in {"indicator": (1, 1), **spans}.items():
                self._open(group, place, f"open{number}", part, entry=hint)
            self.page.feed(24)
        self.page.put(group.label, CellRole.LABEL, 0, rows=self.page.row - start, row=start)

    def frames(self) -> None:
        """The declaration and the province's opinion, each a frame with lines to sign; answers in the last three columns."""
        for frame in self.section.rows:
            start = self.page.row
            for text in frame.guidance:
                self.page.put(text, CellRole.NOTE, 2, 3)
                self.page.feed(64)
            if frame.kind is not None:
                self._open(frame, (2, 3))
                self.page.feed(120)
            for row in frame.rows:
                dated = row.kind is Kind.DATE
                self.page.put("" if dated else f"{row.label}：", CellRole.OPTION, 2, 2)
                self._open(row, (4, 1), text=word("date.line") if dated else "")
                self.page.feed(44)
            self.page.put(frame.label, CellRole.LABEL, 0, 2, rows=self.page.row - start, row=start)
