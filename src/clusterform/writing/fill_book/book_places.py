"""Where the answers of a workbook stand: by the names of the project's blank, else by the official labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as data_field

from clusterform.fields import Kind
from clusterform.filling.outline import Outline
from clusterform.filling.pieces import Piece
from clusterform.filling.reading import Reading
from clusterform.finding import Location
from clusterform.forms.model import FormDef
from clusterform.parsers.container.package import Package
from clusterform.parsers.raw import Cell, RawDocument, Table
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import place_of, span_of
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.writing.book.book_page import AnswerCell

_TARGET = pattern(r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Za-z]{1,3}\$?\d+)(?::\$?[A-Za-z]{1,3}\$?\d+)?")


@dataclass(frozen=True, slots=True)
class CellAt:
    """One cell of the workbook, by its sheet's name, row and column from 0."""

    sheet: str
    row: int
    column: int


@dataclass(slots=True)
class WritableBook:
    """A workbook read in order to be written in."""

    form: FormDef
    document: RawDocument
    outline: Outline
    reading: Reading
    names: dict[str, CellAt]
    merges: dict[str, dict[tuple[int, int], tuple[int, int]]]
    """By sheet: the first cell of each merged block, and its last."""
    cells: dict[CellAt, Cell] = data_field(default_factory=dict)

    def __post_init__(self) -> None:
        for block in self.document.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                for cell in row:
                    at = cell_at(cell.location)
                    if at is not None:
                        self.cells[at] = cell

    def text(self, at: CellAt) -> str:
        """What stands in a cell."""
        cell = self.cells.get(at)
        return cell.text if cell is not None else ""

    def named(self, path: str, column: str | None = None, part: str | None = None) -> CellAt | None:
        """The cell that bears the place's name, where that name is there."""
        return self.names.get(AnswerCell(path, column, part).name.casefold())

    def answer(self, path: str, column: str | None) -> CellAt | None:
        """The cell of an answer: by name, by what was read for it, else beside or below its label."""
        found = self.named(path, column)
        if found is None:
            found = next(self.held(path, column), None)
        label = self.reading.labels.get(path)
        own = self.form.rows[path].kind is Kind.DATE  # a date's pattern is label and place in one
        if label is not None and (found is None or (found == cell_at(label) and not own)):
            under = self._under(path, column) if column is not None else None
            found = under or self._beside(path) or self._inner(path) or found or cell_at(label)
        return found

    def _under(self, path: str, column: str) -> CellAt | None:
        """A blank cell of the label's row under the column's head, or under what rows above hold of the same column."""
        label = cell_at(self.reading.labels[path])
        known = (
            at
            for other, row in self.form.rows.items()
            if other != path and row.columns == self.form.rows[path].columns
            for at in self.held(other, column)
        )
        head = next((fold(c.label) for c in self.form.fields[path].columns if c.key == column), None)
        heads = (at for at, cell in self.cells.items() if fold(cell.text) == head)
        above = [
            at
            for at in (*known, *heads)
            if label is not None and at.sheet == label.sheet and at.row < label.row
        ]
        if label is None or not above:
            return None
        at = CellAt(label.sheet, label.row, max(above, key=lambda at: at.row).column)
        return at if not self.text(at).strip() else None

    def _inner(self, path: str) -> CellAt | None:
        """The cell that holds what is to be signed below the answer, such as 推荐单位（公章）."""
        section = path.partition(".")[0]
        labels = (self.reading.labels.get(f"{section}.{row.key}") for row in self.form.rows[path].rows)
        return next(
            (at for label in labels if label is not None and (at := cell_at(label)) is not None), None
        )

    def held(self, path: str, column: str | None) -> Iterator[CellAt]:
        """The cells whose text was read as this answer, or as part of it."""
        for piece in self.pieces(path, column):
            at = cell_at(piece.location)
            if at is not None:
                yield at

    def pieces(self, path: str, column: str | None) -> Sequence[Piece]:
        """What was read for an answer."""
        return self.reading.pieces.get((path, column), [])

    def _beside(self, path: str) -> CellAt | None:
        """The blank cell behind a label; under a heading of running text the one below it and its notes."""
        place = self.reading.labels[path]
        label = cell_at(place)
        if label is None or sum(1 for other in self.reading.labels.values() if other == place) > 1:
            return None
        at = self.behind(label)
        headings = next((s.key for s in self.form.sections if s.layout == "headings"), "")
        if self.form.rows[path].kind is Kind.PROSE and path.startswith(f"{headings}."):
            at = CellAt(label.sheet, self._last(label)[0] + 1, label.column)
            while self.text(at).strip() in {*self.form.rows[path].guidance} - {""}:
                at = replace(at, row=at.row + 1)
        return at if not self.text(at).strip() else None

    def right_of(self, path: str) -> list[CellAt]:
        """The cells in the rows of a label, to its right."""
        label = cell_at(self.reading.labels[path]) if path in self.reading.labels else None
        if label is None:
            return []
        rows = range(label.row, self._last(label)[0] + 1)
        own = (
            at for at in self.cells if at.sheet == label.sheet and at.row in rows and at.column > label.column
        )
        return sorted(own, key=lambda at: (at.row, at.column))

    def behind(self, at: CellAt) -> CellAt:
        """The cell to the right of one, or of the merged block that begins with it."""
        return CellAt(at.sheet, at.row, self._last(at)[1] + 1)

    def _last(self, at: CellAt) -> tuple[int, int]:
        return self.merges[at.sheet].get((at.row, at.column), (at.row, at.column))


def cell_at(location: Location) -> CellAt | None:
    """The cell at a location of a workbook."""
    place = place_of(location.ref or "")
    return CellAt(location.sheet, *place) if place is not None and location.sheet is not None else None


def names_of(package: Package) -> dict[str, CellAt]:
    """The workbook's names for single cells or blocks, in lower case: Excel takes no notice of case."""
    found: dict[str, CellAt] = {}
    for element in package.xml(package.main).iter(n.DEFINED_NAME):
        target = _TARGET.fullmatch((element.text or "").strip().lstrip("="))
        place = place_of(target[3]) if target is not None else None
        if target is not None and place is not None:
            sheet = (target[1] or target[2]).replace("''", "'")
            found[(element.get("name") or "").casefold()] = CellAt(sheet, *place)
    return found


def merges_of(package: Package, part: str) -> dict[tuple[int, int], tuple[int, int]]:
    """The merged blocks of a sheet: first cell -> last row and column."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for element in package.xml(part).iter(n.MERGE_CELL):
        span = span_of(element.get("ref") or "")
        if span is not None:
            found[span.top, span.left] = (span.bottom, span.right)
    return found
