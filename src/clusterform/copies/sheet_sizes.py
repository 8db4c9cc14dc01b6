"""How wide the columns and how tall the rows of a sheet are, which tells where a note's box is to end."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from unicodedata import east_asian_width

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import is_true
from clusterform.parsers.xlsx.number_shown import stored_number
from clusterform.writing.fill_book.sheet_cells import CellPosition, SheetCells

BoxAnchor = tuple[int, ...]
"""The corners of a box: a column, pixels into it, a row, pixels into it; and the same of the opposite corner."""
WIDE, NARROW = 5, 3
"""How wide a Chinese character is, and any other."""
_USUAL_WIDTH, _USUAL_HEIGHT = Decimal("8.43"), Decimal(15)
"""Of columns in characters and of rows in points, where the sheet says nothing."""
_LARGEST = 1000
"""No column or row is larger."""
_GAP = 15
"""Pixels between a cell and its note."""
_FARTHEST = 200
"""Columns or rows that a box takes at most."""


class SheetSizes:
    """Of one sheet."""

    def __init__(self, sheet: SheetCells) -> None:
        usual = sheet.part.root.find(n.SHEET_FORMAT)
        self._sheet = sheet
        self._usual_width = _size(usual, "defaultColWidth", _USUAL_WIDTH)
        self._usual_height = _size(usual, "defaultRowHeight", _USUAL_HEIGHT)

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
        held = self._sheet.column(column)
        if held is not None and is_true(held.get("hidden")):
            return 0
        return round(_size(held, "width", self._usual_width) * 7) + 5

    def _height(self, row: int) -> int:
        held = self._sheet.rows.get(row)
        if held is not None and is_true(held.get("hidden")):
            return 0
        return round(_size(held, "ht", self._usual_height) * 96 / 72)


def lines_taken(text: str, room: int) -> int:
    """How many lines a text takes, its characters counted as `WIDE` and `NARROW`."""
    lengths = (
        sum(WIDE if east_asian_width(c) in "FWA" else NARROW for c in line) for line in text.split("\n")
    )
    return sum(max(-(-length // room), 1) for length in lengths)


def _reached(start: int, distance: int, size: Callable[[int], int]) -> tuple[int, int] | None:
    """The column or row that lies so far on, and the pixels into it; None where it is too far."""
    for at in range(start, start + _FARTHEST):
        if distance <= size(at):
            return at, distance
        distance -= size(at)
    return None


def _size(element: Element | None, name: str, usual: Decimal) -> Decimal:
    text = element.get(name) if element is not None else None
    found = stored_number(text) if text else None
    return found if found is not None and 0 <= found <= _LARGEST else usual
