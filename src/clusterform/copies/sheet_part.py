"""A sheet of a workbook in a copy: its cells as they are stored, how large they are, and its drawing of notes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from clusterform.copies.package_copy import PackageCopy
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import is_true, span_of
from clusterform.parsers.xlsx.number_shown import stored_number
from clusterform.writing.fill_book.sheet_cells import CellPosition, SheetCells
from clusterform.writing.spliced_part import unprefixed, written

_FROM_NOTES_ON = frozenset(
    {
        *("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls"),
        *("webPublishItems", "tableParts", "extLst", "AlternateContent"),
    }
)
"""A sheet's drawing of notes and what stands behind it (ISO/IEC 29500-1, 18.3.1.99)."""
BoxAnchor = tuple[int, ...]
"""The corners of a box: a column, pixels into it, a row, pixels into it; and the same of the opposite corner."""
_USUAL_WIDTH, _USUAL_HEIGHT = Decimal("8.43"), Decimal(15)
"""Of columns in characters and of rows in points, where the sheet says nothing."""
_LARGEST = 1000
"""No column or row is larger."""
_GAP = 15
"""Pixels between a cell and its note."""
_FARTHEST = 200
"""Columns or rows that a box takes at most."""


class SheetPart(SheetCells):
    """The cells of one sheet of a copy, what they hold, and where its notes are drawn."""

    def __init__(self, copy: PackageCopy, name: str) -> None:
        self._copy = copy
        self.name = copy.package.stored_name(name)
        super().__init__(copy.part(self.name))

    def number(self, place: CellPosition) -> str | None:
        """A figure as it is stored, calculated or not; None where the cell holds none."""
        cell = self.cells.get(place)
        if cell is None or cell.get("t", "n") != "n":
            return None
        return cell.findtext(n.V)

    def replace_words(self, place: CellPosition, before: str, after: str) -> bool:
        """Whether a text that holds the words once could be written anew; no formula is, nor the head of a table's column."""
        cell = self.cells.get(place)
        if cell is None or cell.find(n.F) is not None or self._heads_table(place):
            return False
        runs = self._runs(cell)
        whole = "".join(text for _, text in runs)
        if whole.count(before) != 1:
            return False
        start = whole.index(before)
        pieces: list[str] = []
        for look, text in runs:
            end = max(start + len(before), 0)
            put = after if 0 <= start < len(text) else ""
            made = written(text[: max(start, 0)] + put + text[end:])
            start -= len(text)
            held = f'<t xml:space="preserve">{made}</t>'
            pieces.append(f"<r>{look}{held}</r>" if len(runs) > 1 or look else held)
        self.set_inline(place, "".join(pieces))
        return True

    def _runs(self, cell: Element) -> list[tuple[str, str]]:
        """A cell's text in its pieces, each with its format as XML, as the file writes them."""
        if cell.get("t") == "str":
            return [("", cell.findtext(n.V) or "")]
        held = cell.find(n.IS)
        if cell.get("t") == "s":
            name, key = self._copy.package.related("sharedStrings"), number(cell.findtext(n.V), -1)
            shared = list(self._copy.package.xml(name).iter(n.SI)) if name is not None else []
            held = shared[key] if 0 <= key < len(shared) else None
        if held is None:
            return []
        if held.find(n.R) is None:
            return [("", held.findtext(n.T) or "")]
        looks = ((run.find(n.R_PR), run.findtext(n.T) or "") for run in held.iterfind(n.R))
        return [(unprefixed(look) if look is not None else "", text) for look, text in looks]

    def _heads_table(self, place: CellPosition) -> bool:
        """Whether the cell is the head of a table's column, which has the name that stands in it."""
        package = self._copy.package
        links = (r for r in package.relationships(self.name) if r.kind == "table" and package.has(r.target))
        tables = (package.xml(link.target) for link in links)
        spans = (span_of(table.get("ref") or "") for table in tables if table.get("headerRowCount") != "0")
        return any(s is not None and s.top == place[0] and s.left <= place[1] <= s.right for s in spans)

    @property
    def notes_drawing(self) -> str | None:
        """The part with the boxes of notes; that of pictures in headers is of the same kind, and another."""
        held, package = self.part.root.find(n.LEGACY_DRAWING), self._copy.package
        key = held.get(n.R_ID) if held is not None else None
        links = (link for link in package.relationships(self.name) if link.id == key)
        found = next((link.target for link in links if package.has(link.target)), None)
        return package.stored_name(found) if found is not None else None

    def draw_notes(self, drawing: str) -> None:
        """The sheet's drawing of notes, by the id of its relationship, where it has none that is there."""
        root = self.part.root
        tag = self.part.named_like(root, "legacyDrawing")
        uri = n.STRICT_LINKS if self._copy.strict else n.LINKS
        text = f'<{tag} xmlns:r="{uri}" r:id="{drawing}"/>'
        children = [(str(e.tag).rpartition("}")[2], e) for e in root]
        names = [name for name, _ in children]
        start = names.index("drawing") + 1 if "drawing" in names else 0
        behind = next((e for name, e in children[start:] if name in _FROM_NOTES_ON), None)
        if behind is None:
            self.part.put_last(root, text)
            return
        span = self.part.span(behind)
        self.part.replace(span.start, span.end if behind.tag == n.LEGACY_DRAWING else span.start, text)

    def box_beside(self, place: CellPosition, width: int, height: int) -> BoxAnchor:
        """A box of so many pixels to the right of a cell; more to the left where what is right of it is hidden."""
        row, column = place
        starts = (at for at in range(column + 1, -1, -1) if _reached(at, width + _GAP, self._width))
        first = next(starts, column + 1)
        right = _reached(first, width + _GAP, self._width) or (first + 1, 0)
        bottom = _reached(row, height, self._height) or (row + 1, 0)
        return first, _GAP, row, 0, *right, *bottom

    def _width(self, column: int) -> int:
        """In pixels: a digit of the usual font takes seven, and five are left between."""
        width = self._size(self.column(column), "width", "defaultColWidth", _USUAL_WIDTH)
        return 0 if width is None else round(width * 7) + 5

    def _height(self, row: int) -> int:
        height = self._size(self.rows.get(row), "ht", "defaultRowHeight", _USUAL_HEIGHT)
        return 0 if height is None else round(height * 96 / 72)

    def _size(self, held: Element | None, own: str, usual: str, otherwise: Decimal) -> Decimal | None:
        """Of a column or row, else the sheet's usual one; None where it is hidden."""
        if held is not None and is_true(held.get("hidden")):
            return None
        sizes = ((held, own), (self.part.root.find(n.SHEET_FORMAT), usual))
        texts = (element.get(name) for element, name in sizes if element is not None)
        found = (stored_number(text) for text in texts if text)
        return next((size for size in found if size is not None and 0 <= size <= _LARGEST), otherwise)


def _reached(start: int, distance: int, size: Callable[[int], int]) -> tuple[int, int] | None:
    """The column or row that lies so far on, and the pixels into it; None where it is too far."""
    for at in range(start, start + _FARTHEST):
        if distance <= size(at):
            return at, distance
        distance -= size(at)
    return None
