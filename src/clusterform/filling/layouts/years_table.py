"""阶段性目标 drawn as a table: one row a year, or one column a year, each year's cells as lines of its text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import LabelIndex
from clusterform.filling.outline import TableRow, ZoneItem
from clusterform.filling.pieces import Piece, of_cell
from clusterform.filling.reading import ReadingBuilder
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern

_FEWEST = 2
"""So many years tell such a table; one may stand in any."""
_FIGURE = pattern(r"\s*[\d.,%％]+\s*")
_UNIT_BEHIND = pattern(r"(?<!\s)\s*+[（(](?P<unit>[^（）()]{1,8})[)）]\s*+[:：]?\s*+\Z")

YearPieces = dict[str, list[Piece]]
"""The text of each year, by the path of its heading."""


def table_of(item: ZoneItem) -> int | None:
    """The table that a row is of, by its id; none of a line, or of a row of one cell, which ends what stands above."""
    if isinstance(item, Piece) or len(item.cells) + len(item.above) < 2:
        return None
    return id(item.table)


class StageTables:
    """Knows such tables by their years, which the part prints as headings under one group."""

    def __init__(self, form: FormDef, index: LabelIndex, found: ReadingBuilder) -> None:
        self.form = form
        self.index = index
        self.found = found

    def read(self, items: Sequence[ZoneItem]) -> YearPieces:
        """Each year's lines; empty where the rows are another table or none, or the years' own part has not begun."""
        rows = [row for row in items if isinstance(row, TableRow) and table_of(row)]
        for number, row in enumerate(rows):
            across = self._years(row.cells)
            if len(across) >= _FEWEST:
                return self._columns(across, rows[number:])
        down = [(row, years) for row in rows if (years := self._years(row.cells[:2]))]
        return self._rows(rows, down) if len(down) >= _FEWEST else {}

    def _years(self, cells: Sequence[Cell]) -> dict[str, Cell]:
        """The cells that are a year not yet seen, by its path."""
        found: dict[str, Cell] = {}
        for cell in cells:
            match = self.index.match(cell.text) if cell.text.strip() else None
            entry = next((e for e in match.entries if self._is_year(e)), None) if match else None
            if entry is not None and match is not None and match.pure:
                found[entry.key] = cell
        return found

    def _is_year(self, entry: LabelEntry) -> bool:
        if entry.group not in self.found.labels or entry.key in self.found.labels:
            return False
        return entry.role is LabelRole.FIELD and self.form.rows[entry.key].kind is Kind.PROSE

    def _columns(self, years: dict[str, Cell], rows: Sequence[TableRow]) -> YearPieces:
        """What stands under each year, with the words left of it."""
        first = min(cell.column for cell in years.values())
        texts: YearPieces = {}
        for path, head in years.items():
            self.found.see(path, head)
            texts[path] = []
            for row in rows:
                cells = sorted((*row.above, *row.cells), key=lambda c: c.column)
                names = [c.text.strip() for c in cells if c.column < first]
                under = [c for c in cells if c != head and c.column < head.end and head.column < c.end]
                texts[path] += [_line(names[-1] if names else "", c) for c in under if c.text.strip()]
        return texts

    def _rows(self, rows: Sequence[TableRow], found: list[tuple[TableRow, dict[str, Cell]]]) -> YearPieces:
        """What stands beside each year, with the words at the head of its column."""
        above = rows[: rows.index(found[0][0])]
        heads = above[-1].cells if above else ()
        texts: YearPieces = {}
        for row, years in found:
            for path, year in years.items():
                self.found.see(path, year)
                below = takewhile(partial(_goes_on, year), rows[rows.index(row) + 1 :])
                texts[path] = [
                    _line(next((h.text for h in heads if h.column <= c.column < h.end), ""), c)
                    for own in (row, *below)
                    for c in own.cells
                    if c.column > year.column and c.text.strip()
                ]
        return texts


def _goes_on(year: Cell, row: TableRow) -> bool:
    """Whether nothing begins in the year's place, so that the row is one more of its own."""
    beside = (cell for cell in row.cells if cell.column < year.end and year.column < cell.end)
    return not any(cell.text.strip() for cell in beside)


def _line(name: str, cell: Cell) -> Piece:
    """A cell's text behind what it is the answer to: 有效发明专利数量 and, where that names it, the unit."""
    name = name.strip()
    text = cell.text.strip()
    if not name:
        return of_cell(cell)
    unit = _UNIT_BEHIND.search(name)
    if unit is not None and _FIGURE.fullmatch(text):
        same = text.endswith((unit["unit"], "%", "％"))
        text = f"{name[: unit.start()]}{text}{'' if same else unit['unit']}"
    else:
        text = f"{name}：{text}"
    return Piece(text, (), cell.location)
