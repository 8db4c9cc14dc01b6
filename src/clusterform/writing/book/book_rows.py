"""The cover and parts one to seven of a blank workbook: labels to the left, answers in up to three columns beside."""

from __future__ import annotations

from itertools import pairwise

from clusterform.fields import BOXES, Column, Kind
from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.messages import Text
from clusterform.words import word
from clusterform.writing.book.book_page import (
    AnswerCell,
    CellRole,
    EntryRule,
    Page,
    count_entry,
    entry_of,
    tick_entry,
)

_WIDTHS = (15, 25, 18, 18, 18)
_FINE_WIDTHS = (14, 20, *(9,) * 9)
"""Where a table of three columns stands under each year."""
_LABELS = 2
_PROSE = 96
"""Points for an answer of 200 characters."""


def rows_page(form: FormDef, section: SectionDef) -> Page:
    """One part whose answers stand in rows."""
    fine = any(row.matrix is not None for row in section.rows)
    page = Page(section.heading, _FINE_WIDTHS if fine else _WIDTHS)
    page.line(section.heading, CellRole.TITLE, 32)
    pen = _Rows(form, section, page)
    if section.header:
        pen.header()
    pen.all()
    return page


def cover_page(form: FormDef, section: SectionDef) -> Page:
    """The cover: its lines as rows, with room between them."""
    page = Page(Text("section.cover").zh, _WIDTHS, frozen=2)
    page.line(form.annex, CellRole.NOTE)
    page.line(form.title, CellRole.TITLE, 72)
    pen = _Rows(form, section, page)
    for row in section.rows:
        page.tall(44)
        pen.draw(row)
    return page


class _Rows:
    """Draws the rows of one part from the top down."""

    def __init__(self, form: FormDef, section: SectionDef, page: Page) -> None:
        self.form = form
        self.section = section
        self.page = page
        self.step = (page.width - _LABELS) // 3

    def header(self) -> None:
        """The years above their columns."""
        self.page.put(self.section.header, CellRole.HEAD, 0, _LABELS)
        for number, column in enumerate(self.form.columns("reported")):
            self.page.put(column.label, CellRole.HEAD, *self._third(number))
        self.page.tall(24)
        self.page.row += 1
        self.page.frozen = self.page.row

    def all(self) -> None:
        """Every row; a telephone stands beside its person, a formula under its figures."""
        taken = False
        for row, behind in pairwise((*self.section.rows, None)):
            if row is None or taken:
                taken = False
                continue
            joins = behind is not None and (
                behind.kind is Kind.FORMULA or (row.kind is Kind.PERSON and behind.kind is Kind.PHONE)
            )
            self.draw(row, 0, behind if joins else None)
            taken = joins

    def draw(self, row: RowDef, first: int = 0, joined: RowDef | None = None) -> None:
        """One row, or a group of them under one label in the first column."""
        start = self.page.row
        if row.rows:
            for inner in row.rows:
                self.draw(inner, 1)
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
            self.page.row += 1

    def _third(self, number: int, count: int = 1) -> tuple[int, int]:
        """Where the answer columns from `number` on stand: the first of them, and how many."""
        return _LABELS + number * self.step, count * self.step

    def _path(self, row: RowDef) -> str:
        return f"{self.section.key}.{row.key}"

    def _entry(self, row: RowDef) -> EntryRule:
        return entry_of(self.form, self.form.fields[self._path(row)])

    def _open(
        self, row: RowDef, place: tuple[int, int], column: str | None = None, part: str | None = None
    ) -> None:
        """An answer's cell."""
        spot = AnswerCell(self._path(row), column, part)
        self.page.put("", CellRole.ANSWER, *place, spot=spot, entry=self._entry(row))

    def _one(self, row: RowDef, joined: RowDef | None) -> None:
        """A single answer; beside it what the form prints there (个), or the next row's label and answer."""
        figure = row.kind in (Kind.DECIMAL, Kind.COUNT)
        prompts = () if row.kind in (Kind.CLUSTER_NAME, Kind.REGION) else row.prompts
        if row.kind is Kind.PROSE:
            self.page.tall(_PROSE)
        if joined is not None:
            self._open(row, self._third(0))
            self.page.put(joined.label, CellRole.LABEL, *self._third(1))
            self._open(joined, self._third(2))
        elif figure and prompts:
            self._open(row, self._third(0))
            for number, text in enumerate(prompts, 1):
                self.page.put(
                    text, CellRole.NOTE, *self._third(number, 1 if number < len(prompts) else 3 - number)
                )
        else:
            self._open(row, self._third(0, 3))

    def _years(self, row: RowDef, formula: RowDef | None) -> None:
        """A figure for each year, side by side under the header, else one below the other."""
        columns = self.form.columns(row.columns)
        if self.section.header:
            for number, column in enumerate(columns):
                self._open(row, self._third(number), column.key)
            self.page.row += 1
            return
        for column in columns:
            self.page.put(column.label, CellRole.HEAD, *self._third(0))
            self._open(row, self._third(1, 2), column.key)
            self.page.row += 1
        if formula is not None:
            self.page.put(formula.label, CellRole.NOTE, *self._third(0))
            self._open(formula, self._third(1, 2))
            self.page.tall(52)
            self.page.row += 1

    def _matrix(self, row: RowDef) -> None:
        """The small table under each year."""
        matrix = row.matrix
        if matrix is None:
            return
        years: tuple[Column, ...] = self.form.columns(row.columns)
        for number in range(len(years)):
            first, _ = self._third(number)
            for place, text in enumerate((matrix.head, *matrix.measures.values())):
                self.page.put(text, CellRole.HEAD, first + place)
        self.page.row += 1
        for key, text in matrix.categories.items():
            for number, year in enumerate(years):
                first, _ = self._third(number)
                self.page.put(text, CellRole.OPTION, first)
                for place, measure in enumerate(matrix.measures, 1):
                    self._open(row, (first + place, 1), f"{year.key}/{key}/{measure}")
            self.page.row += 1

    def _boxes(self, row: RowDef) -> None:
        """A row for each option: its box, then its text; the form's notes above and below."""
        prompts = list(row.prompts)
        behind = prompts.pop() if prompts else ""
        for text in prompts:
            self._printed(text)
        first = self.page.row
        item = self.form.fields[self._path(row)]
        for option in row.options:
            spot = AnswerCell(self._path(row), None, option.key)
            column, _ = self._third(0)
            asks = row.ticked_evidence or option.evidence
            note = Text("hint.needs-evidence" if asks else "hint.needs-explanation").zh
            entry = tick_entry(item, note=note if asks or option.explain else "")
            self.page.put("□", CellRole.TICK, *self._third(0), spot=spot, entry=entry)
            self.page.put(option.label + option.note, CellRole.OPTION, *self._third(1, 2))
            self.page.row += 1
        if row.kind is Kind.CHOICE:
            self.page.single.append((column, first, self.page.row - 1))
        if behind:
            self._printed(behind)
        if any(option.explain for option in row.options):
            entry = EntryRule("text", item, hint=Text("hint.explanation").zh)
            spot = AnswerCell(self._path(row), None, "remark")
            self.page.put("", CellRole.ANSWER, *self._third(0, 3), spot=spot, entry=entry)
            self.page.row += 1

    def _printed(self, text: str) -> None:
        self.page.put(text, CellRole.NOTE, *self._third(0, 3))
        self.page.row += 1

    def _count_names(self, row: RowDef) -> None:
        """数量：_个 in one row, 名称：_ in the next."""
        item = self.form.fields[self._path(row)]
        self.page.put(f"{word('halves.count')}：", CellRole.OPTION, *self._third(0))
        self.page.put(
            "",
            CellRole.ANSWER,
            *self._third(1),
            spot=AnswerCell(item.path, None, "count"),
            entry=count_entry(self.form, item),
        )
        self.page.put(word("halves.counter"), CellRole.NOTE, *self._third(2))
        self.page.row += 1
        self.page.put(f"{word('halves.names')}：", CellRole.OPTION, *self._third(0))
        self._open(row, self._third(1, 2), None, "names")
        self.page.tall(36)
        self.page.row += 1
