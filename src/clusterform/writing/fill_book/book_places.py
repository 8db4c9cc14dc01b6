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
    """A workbook read in order to be written in, and what its cells are to hold."""

    form: FormDef
    document: RawDocument
    outline: Outline
    reading: Reading
    names: dict[str, CellAt]
    merges: dict[str, dict[tuple[int, int], tuple[int, int]]]
    """By sheet: the first cell of each merged block, and its last."""
    cells: dict[CellAt, Cell] = data_field(init=False)
    labels: dict[str, CellAt] = data_field(init=False)
    texts: dict[CellAt, str | bool] = data_field(default_factory=dict)
    """What is to be written: a text or a figure, or TRUE or FALSE for a box that is a cell."""

    def __post_init__(self) -> None:
        tables = (block for block in self.document.blocks if isinstance(block, Table))
        held = (cell for table in tables for row in table.rows for cell in row)
        self.cells = {at: cell for cell in held if (at := cell_at(cell.location)) is not None}
        labels = self.reading.labels.items()
        self.labels = {path: at for path, place in labels if (at := cell_at(place)) is not None}

    def text(self, at: CellAt) -> str:
        """What stands in a cell."""
        cell = self.cells.get(at)
        return cell.text if cell is not None else ""

    def is_blank(self, at: CellAt) -> bool:
        """Whether nothing stands in a cell."""
        return not self.text(at).strip()

    def text_so_far(self, at: CellAt) -> str:
        """What a cell is to hold by now, else what stands there."""
        noted = self.texts.get(at)
        return noted if isinstance(noted, str) else self.text(at)

    def named(self, path: str, column: str | None = None, part: str | None = None) -> CellAt | None:
        """The cell that bears the place's name, where that name is there."""
        return self.names.get(AnswerCell(path, column, part).name.casefold())

    def answer(self, path: str, column: str | None) -> CellAt | None:
        """The cell of an answer: by name, by what was read for it, else beside or below its label."""
        found = self.named(path, column)
        if found is None:
            found = next(self.held(path, column), None)
        label = self.labels.get(path)
        own = self.form.rows[path].kind is Kind.DATE  # a date's pattern is label and place in one
        if label is None or (found is not None and (found != label or own)):
            return found
        under = self._under(path, column, label) if column is not None else None
        return under or self._beside(path, label) or self._inner(path) or found or label

    def _under(self, path: str, column: str, label: CellAt) -> CellAt | None:
        """A blank cell of the label's row under the column's head, or under what rows above hold of the same column."""
        columns = self.form.rows[path].columns
        same = (other for other, row in self.form.rows.items() if other != path and row.columns == columns)
        known = (at for other in same for at in self.held(other, column))
        head = next((fold(c.label) for c in self.form.fields[path].columns if c.key == column), None)
        heads = (at for at, cell in self.cells.items() if fold(cell.text) == head)
        above = [at for at in (*known, *heads) if at.sheet == label.sheet and at.row < label.row]
        if not above:
            return None
        at = replace(label, column=max(above, key=lambda at: at.row).column)
        return at if self.is_blank(at) else None

    def _inner(self, path: str) -> CellAt | None:
        """The cell that holds what is to be signed below the answer, such as 推荐单位（公章）."""
        section = path.partition(".")[0]
        inner = (self.labels.get(f"{section}.{row.key}") for row in self.form.rows[path].rows)
        return next(filter(None, inner), None)

    def held(self, path: str, column: str | None) -> Iterator[CellAt]:
        """The cells whose text was read as this answer, or as part of it."""
        return filter(None, (cell_at(piece.location) for piece in self.pieces(path, column)))

    def pieces(self, path: str, column: str | None) -> Sequence[Piece]:
        """What was read for an answer."""
        return self.reading.pieces.get((path, column), [])

    def _beside(self, path: str, label: CellAt) -> CellAt | None:
        """The blank cell behind a label; under a heading of running text the one below it and its notes."""
        if list(self.labels.values()).count(label) > 1:
            return None
        at, row = self.behind(label), self.form.rows[path]
        headings = next((s.key for s in self.form.sections if s.layout == "headings"), "")
        if row.kind is Kind.PROSE and path.startswith(f"{headings}."):
            at = replace(label, row=self._last(label)[0] + 1)
            while self.text(at).strip() in {*row.guidance} - {""}:
                at = replace(at, row=at.row + 1)
        return at if self.is_blank(at) else None

    def right_of(self, path: str) -> list[CellAt]:
        """The cells in the rows of a label, to its right."""
        label = self.labels.get(path)
        if label is None:
            return []
        rows = range(label.row, self._last(label)[0] + 1)
        own = (
            at for at in self.cells if at.sheet == label.sheet and at.row in rows and at.column > label.column
        )
        return sorted(own, key=lambda at: (at.row, at.column))

    def behind(self, at: CellAt) -> CellAt:
        """The cell to the right of one, or of the merged block that begins with it."""
        return replace(at, column=self._last(at)[1] + 1)

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
    spans = (span_of(element.get("ref") or "") for element in package.xml(part).iter(n.MERGE_CELL))
    return {(s.top, s.left): (s.bottom, s.right) for s in spans if s is not None}
