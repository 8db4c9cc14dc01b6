"""A sheet's cells as tables, as Word has them: every cell that a reader of the sheet sees as one, blank ones too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace

from clusterform.finding import Location
from clusterform.parsers.raw import Cell, Table
from clusterform.parsers.xlsx.cells import Cells, Span, reference
from clusterform.parsers.xlsx.text import EMPTY

_GAP = 2
"""So many blank rows part two tables."""
_BEYOND = 4
"""Columns beyond the last text in which a drawn cell still counts: whole rows are drawn too."""


class Grid:
    """The rows of a sheet that hold text; the blank rows between them are left out."""

    def __init__(self, sheet: str, cells: Cells) -> None:
        self.sheet = sheet
        self.cells = cells
        self.rows = sorted({row for row, _ in cells.contents})
        self.columns = sorted({column for _, column in cells.contents})
        """The columns that hold text anywhere."""
        self.last = (self.columns[-1] if self.columns else 0) + _BEYOND
        self.spans: dict[int, list[Span]] = {}
        """The merges that a row takes part in."""
        for span in cells.merges:
            clipped = replace(span, right=min(span.right, max(self.last, span.left)))
            for row in self.rows[bisect_left(self.rows, span.top) : bisect_right(self.rows, span.bottom)]:
                self.spans.setdefault(row, []).append(clipped)

    def tables(self) -> Iterator[Table]:
        held: list[int] = []
        for row in self.rows:
            merged = held and any(span.bottom >= row for span in self.spans.get(held[-1], ()))
            if held and row - held[-1] > _GAP and not merged:
                yield self._table(held)
                held = []
            held.append(row)
        if held:
            yield self._table(held)

    def _table(self, rows: list[int]) -> Table:
        return Table(tuple(tuple(self._row(rows, number)) for number in range(len(rows))))

    def _row(self, rows: list[int], number: int) -> Iterator[Cell]:
        """The cells that begin in a row, left to right."""
        row = rows[number]
        begins = {span.left: span for span in self.spans.get(row, ()) if span.top == row}
        covered = [(span.left, span.right) for span in self.spans.get(row, ())]
        for column in self._places(row, begins):
            span = begins.get(column)
            if span is None and any(left <= column <= right for left, right in covered):
                continue
            bottom, right = (span.bottom, span.right) if span is not None else (row, column)
            held = self.cells.contents.get((row, column), EMPTY)
            yield Cell(
                held.text,
                number,
                column,
                bisect_right(rows, bottom) - number,
                right - column + 1,
                Location(sheet=self.sheet, ref=reference(row, column)),
                held.marks,
                (),
                held.images,
            )

    def _places(self, row: int, begins: dict[int, Span]) -> list[int]:
        """The columns where a cell begins: filled, drawn, merged, or between two that are filled."""
        filled = [c for c in self.columns if (row, c) in self.cells.contents]
        between = self.columns[bisect_left(self.columns, filled[0]) : bisect_left(self.columns, filled[-1])]
        drawn = [c for c in range(self.last + 1) if (row, c) in self.cells.framed]
        merged = [c for c in begins if c <= self.last]
        return sorted({*filled, *between, *drawn, *merged})
