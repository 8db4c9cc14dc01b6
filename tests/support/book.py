"""A form laid out as a workbook, in the ways people lay it out: blocks of `layout` into sheets of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form
from support.answers import Filled, clean
from support.layout import Sheet
from support.page import Block, Box, Cell, Grid, Line, Row, Said

FIGURE = re.compile(r"-?[0-9]{1,11}(?:\.[0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody makes a workbook of the form."""

    sheets: Literal["one", "parts", "named"] = "parts"
    """All on one sheet; a sheet a part under its heading; a sheet a part whose name is the heading."""
    merged: bool = True
    """Cells that span columns or rows are merged; else the text stands in the first and the rest is empty."""
    framed: bool = True
    """Tables have borders."""
    options: Literal["cell", "before", "after", "rows", "rows_after"] = "cell"
    """A group in one cell; a cell for each box and each option, in the row, or each option in a row of its own."""
    ticks: tuple[str, str] = ("☑", "□")
    numbers: Literal["number", "text"] = "number"
    offset: tuple[int, int] = (0, 0)
    """Empty rows and columns before everything."""
    beside: bool = False
    """Labels of the cover and headings of part eight with their text in the cell beside; 数量 and 名称 with cells each."""
    step: int = 1
    """Columns of the sheet for one of the grid."""


@dataclass(slots=True)
class Put:
    """One cell of a workbook."""

    row: int
    column: int
    value: str | bool
    rows: int = 1
    columns: int = 1
    table: bool = False
    figure: bool = False
    option: bool = False
    """A box or an option in a cell of its own."""


@dataclass(slots=True)
class Page:
    """One sheet."""

    name: str
    cells: list[Put] = field(default_factory=list)
    row: int = 0


def pages(form: str, habit: Habit) -> list[Page]:
    """The sheets of a form filled in with its clean answers."""
    return laid_out(form, habit, clean(form))


def laid_out(form: str, habit: Habit, filled: Filled) -> list[Page]:
    """The sheets of a form filled in."""
    definition = load_form("2025", form)
    return _Typist(definition, habit).write(Sheet(definition, filled).blocks())


class _Typist:
    def __init__(self, form: FormDef, habit: Habit) -> None:
        self.habit = habit
        self.headings = {s.heading for s in form.sections if s.heading} | set(load_evidence_list().headings)
        self.guidance = form.guidance.heading
        self.pages: list[Page] = [Page("申报表" if habit.sheets == "one" else "封面", row=habit.offset[0])]

    def write(self, blocks: Iterator[Block]) -> list[Page]:
        for block in blocks:
            page = self.pages[-1]
            if isinstance(block, Grid):
                self._grid(page, block)
                continue
            text = said(block)
            if self.habit.sheets != "one" and text in {*self.headings, self.guidance}:
                page = Page(text[:31], row=self.habit.offset[0])
                self.pages.append(page)
                if self.habit.sheets == "named":
                    continue
            if self.habit.beside:
                self._beside(page, block)
            else:
                self._line(page, text)
        return self.pages

    def _beside(self, page: Page, line: Line) -> None:
        """A label and its answer in two cells; a text in the cell beside its heading, further lines below it."""
        text = said(line)
        if not text.strip():
            page.row += 1
            return
        first = line[0]
        label = first.text.rstrip("：") if isinstance(first, Said) and first.official else ""
        left = self.habit.offset[1]
        if label and len(line) > 1:
            page.cells += [
                Put(page.row, left, label, table=True),
                Put(page.row, left + 1, text[len(label) + 1 :], table=True),
            ]
        elif label:
            page.cells.append(Put(page.row, left, text))
        elif page.cells[-1].row == page.row - 1 and page.cells[-1].column == left:
            page.cells.append(Put(page.row - 1, left + 1, text))
            return
        else:
            page.cells[-1].value = f"{page.cells[-1].value}\n{text}"
            return
        page.row += 1

    def _line(self, page: Page, text: str) -> None:
        if text.strip():
            page.cells.append(
                Put(page.row, self.habit.offset[1], text, columns=4 if self.habit.merged else 1)
            )
        page.row += 1

    def _grid(self, page: Page, grid: Grid) -> None:
        reaching: dict[int, Put] = {}
        for row in grid.rows:
            height = self._row(page, row, reaching)
            for put in page.cells if self.habit.merged and height > 1 else ():
                if put.row + put.rows == page.row + 1 and not put.option:
                    put.rows += height - 1
            page.row += height
        page.row += 1

    def _row(self, page: Page, row: Row, reaching: dict[int, Put]) -> int:
        """One row of the grid; how many rows of the sheet it takes."""
        height, column = 1, 0
        for cell in row:
            at = self.habit.offset[1] + column * self.habit.step
            column += cell.span
            if cell.merge == "continue":
                if self.habit.merged:
                    reaching[at].rows = page.row - reaching[at].row + 1
                continue
            put = self._put(page, cell, at)
            if cell.merge == "restart":
                reaching[at] = put
            if self.habit.beside and said_cell(cell, self.habit).startswith("数量："):
                page.cells += self._count(page, cell, at)
            elif self.habit.options != "cell" and any(
                isinstance(p, Box) for line in cell.lines for p in line
            ):
                height = max(height, self._options(page, cell, at))
            else:
                page.cells.append(put)
        return height

    def _count(self, page: Page, cell: Cell, at: int) -> list[Put]:
        """数量 and 名称, each with its answer in the next cell."""
        (_, count, *_), (_, names) = cell.lines
        texts = ("数量（个）", said((count,)), "名称", said((names,)))
        puts = [Put(page.row, at + number, text, table=True) for number, text in enumerate(texts)]
        puts[1].figure = self.habit.numbers == "number" and bool(FIGURE.fullmatch(texts[1]))
        return [put for put in puts if put.value]

    def _put(self, page: Page, cell: Cell, at: int) -> Put:
        put = Put(page.row, at, said_cell(cell, self.habit), table=self.habit.framed)
        put.columns = cell.span * self.habit.step if self.habit.merged else 1
        figure = bool(FIGURE.fullmatch(str(put.value)))
        put.figure = cell.answer and self.habit.numbers == "number" and figure
        return put

    def _options(self, page: Page, cell: Cell, at: int) -> int:
        """Each option with its box in cells of their own; how many rows they take."""
        lines = [
            said(line, self.habit.ticks) for line in cell.lines if not any(isinstance(p, Box) for p in line)
        ]
        pairs = list(boxed(cell))
        down = self.habit.options.startswith("rows")
        led = bool(cell.lines) and not any(isinstance(p, Box) for p in cell.lines[0])
        if led:
            page.cells.append(Put(page.row, at, lines.pop(0), table=self.habit.framed, option=True))
        row, column = (page.row + led, at) if down else (page.row, at + led)
        for ticked, text in pairs:
            tick = self.habit.ticks[0 if ticked else 1]
            words = text.strip()
            couple = (words, tick) if self.habit.options.endswith("after") else (tick, words)
            for number, value in enumerate(couple):
                if value:
                    page.cells.append(Put(row, column + number, value, table=self.habit.framed, option=True))
            row, column = (row + 1, column) if down else (row, column + 2)
        used = len(pairs) + led if down else 1
        for number, text in enumerate(filter(str.strip, lines)):
            place = (page.row + used + number, at) if down else (page.row, column + number)
            page.cells.append(Put(*place, text, table=self.habit.framed, option=True))
        return used + (len([t for t in lines if t.strip()]) if down else 0)


def boxed(cell: Cell) -> Iterator[tuple[bool, str]]:
    """Each box of a group with the text behind it."""
    for line in cell.lines:
        held: bool | None = None
        text = ""
        for piece in line:
            if isinstance(piece, Box):
                if held is not None:
                    yield held, text
                held, text = piece.ticked, ""
            else:
                text += piece.text
        if held is not None:
            yield held, text


def said(line: Line, ticks: tuple[str, str] = ("☑", "□")) -> str:
    """The text of a line."""
    return "".join(p.text if isinstance(p, Said) else ticks[0 if p.ticked else 1] for p in line)


def said_cell(cell: Cell, habit: Habit) -> str:
    """The text of a cell, a line each."""
    return "\n".join(said(line, habit.ticks) for line in cell.lines)
