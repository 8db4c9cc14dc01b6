"""Cells of a sheet's part written in place: the bytes of every other cell stay as they are."""

from __future__ import annotations

from collections.abc import Mapping

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import is_true, place_of, reference
from clusterform.patterns import pattern
from clusterform.writing.spliced_part import SplicedPart, prefixed, written

_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML has no place for."""
_ESCAPED = pattern(r"_(?=x[0-9A-Fa-f]{4}_)")
"""_x000D_ typed by a person would be read as a line break."""
_STYLE = pattern(rb"""(\ss\s*=\s*)(?:"[^"]*"|'[^']*')""")
CellPosition = tuple[int, int]
"""Row and column, from 0."""


class SheetCells:
    """The cells of one sheet by their places, and what is to be written of them."""

    def __init__(self, part: SplicedPart) -> None:
        self.part = part
        self.cells: dict[CellPosition, Element] = {}
        self.rows: dict[int, Element] = {}
        self._styles: dict[CellPosition, int] = {}
        self._texts: dict[CellPosition, str] = {}
        """What the cells that are written anew hold, as XML, with the attribute that tells its kind."""
        row = -1
        for element in part.root.iter(n.ROW):
            row = number(element.get("r"), row + 2) - 1
            self.rows[row] = element
            column = -1
            for cell in element.iterchildren(n.C):
                place = place_of(cell.get("r") or "")
                column = place[1] if place is not None else column + 1
                self.cells[row, column] = cell

    def style(self, place: CellPosition) -> int:
        """The number of a cell's style; where there is no such cell that of its row, else of its column."""
        cell, row = self.cells.get(place), self.rows.get(place[0])
        if cell is not None:
            return number(cell.get("s"), 0)
        if row is not None and is_true(row.get("customFormat")):
            return number(row.get("s"), 0)
        column = self.column(place[1])
        return number(column.get("style"), 0) if column is not None else 0

    def column(self, at: int) -> Element | None:
        """What is said of the look of a column; None where nothing is."""
        columns = ((number(e.get("min"), 0), number(e.get("max"), 0), e) for e in self.part.root.iter(n.COL))
        return next((e for low, high, e in columns if low <= at + 1 <= high), None)

    def style_above(self, place: CellPosition) -> int:
        """The style of a cell, else of the nearest one above it in its column: a list goes on as it began."""
        above = [row for row, column in self.cells if column == place[1] and row <= place[0]]
        return self.style((max(above, default=place[0]), place[1]))

    def set_style(self, place: CellPosition, style: int) -> None:
        """Another style; a cell that is not there is made."""
        self._styles[place] = style

    def set_text(self, place: CellPosition, text: str) -> None:
        """Another text, in the cell's own style; one of its own, as a shared one may stand in other cells too."""
        held = f'<t xml:space="preserve">{text_of_cell(text)}</t>' if text else ""
        self.set_inline(place, held)

    def set_inline(self, place: CellPosition, held: str) -> None:
        """A text as XML without prefixes, with formats inside or not."""
        self._hold(place, ' t="inlineStr"', f"<is>{held}</is>" if held else "")

    def set_figure(self, place: CellPosition, figure: str) -> None:
        """A figure as it is written."""
        self._hold(place, "", f"<v>{figure}</v>")

    def set_logical(self, place: CellPosition, *, ticked: bool) -> None:
        """TRUE or FALSE, for a box that is a cell."""
        self._hold(place, ' t="b"', f"<v>{ticked:d}</v>")

    def _hold(self, place: CellPosition, kind: str, markup: str) -> None:
        x = self.part.named_like(self.part.root, "")
        self._texts[place] = f"{kind}>{prefixed(markup, x)}" if markup else ""

    def write(self) -> None:
        """Puts all into the part: new cells first, as they stand before what is written in place of a cell."""
        places = sorted({*self._styles, *self._texts})
        missing: dict[int, list[CellPosition]] = {}
        for place in places:
            if place not in self.cells:
                missing.setdefault(place[0], []).append(place)
        for row, new in missing.items():
            self._add(row, new)
        for place in places:
            cell = self.cells.get(place)
            if cell is None:
                continue
            if place in self._texts:
                self.part.put_instead(cell, self._written(place, cell.get("s")))
            elif self._styles[place] != self.style(place):
                self._restyle(cell, self._styles[place])

    def _written(self, place: CellPosition, own_style: str | None = None) -> str:
        """One cell."""
        c = self.part.named_like(self.part.root, "c")
        style = self._styles.get(place, own_style)
        head = f'<{c} r="{reference(*place)}"' + (f' s="{style}"' if style else "")
        held = self._texts.get(place)
        return f"{head}{held}</{c}>" if held else f"{head}/>"

    def _restyle(self, cell: Element, style: int) -> None:
        span = self.part.span(cell)
        tag = self.part.data[span.start : span.inner]
        if cell.get("s") is not None:
            tag = _STYLE.sub(rb'\g<1>"%d"' % style, tag, count=1)
        else:
            name = self.part.name(cell).encode()
            tag = tag.replace(b"<" + name, b'<%s s="%d"' % (name, style), 1)
        self.part.replace(span.start, span.inner, tag.decode())

    def _add(self, row: int, places: list[CellPosition]) -> None:
        """Cells at their places in their row; a row that is not there is made."""
        sheet, held = next(self.part.root.iter(n.SHEET_DATA), None), self.rows.get(row)
        if sheet is None:
            return
        if held is None:
            tag = self.part.named_like(sheet, "row")
            cells = "".join(map(self._written, places))
            self._put(sheet, self.rows, row, f'<{tag} r="{row + 1}">{cells}</{tag}>')
            return
        own = {column: cell for (at, column), cell in self.cells.items() if at == row}
        for place in places:
            self._put(held, own, place[1], self._written(place))

    def _put(self, holder: Element, held: Mapping[int, Element], at: int, text: str) -> None:
        """Before the first of the rows or cells that stand behind it."""
        behind = min((key for key in held if key > at), default=None)
        if behind is None:
            self.part.put_last(holder, text)
        else:
            self.part.put(self.part.span(held[behind]).start, text)


def text_of_cell(text: str) -> str:
    """A text as a cell's or note's XML holds it."""
    return written(_ESCAPED.sub("_x005F_", _NO_XML.sub("", text)))
