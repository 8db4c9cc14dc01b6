"""A sheet of a workbook in a copy: cells get another style or content, and the sheet its drawing of notes; nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping

from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.spliced_part import SplicedPart, written
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import place_of, reference
from clusterform.patterns import pattern
from clusterform.writing.fill_book.sheet_cells import CellPosition

_STYLE = pattern(rb"""(\ss\s*=\s*)(?:"[^"]*"|'[^']*')""")
_BEHIND_NOTES = frozenset(
    {
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"),
        *("tableParts", "extLst", "AlternateContent"),
    }
)
"""What stands behind a sheet's drawing of notes (ISO/IEC 29500-1, 18.3.1.99)."""
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class SheetPart:
    """The cells of one sheet by their places, and what is written of them."""

    def __init__(self, copy: PackageCopy, name: str) -> None:
        self._copy = copy
        self.name = copy.package.stored_name(name)
        self._part: SplicedPart = copy.part(self.name)
        self._rows: dict[int, Element] = {}
        self._cells: dict[CellPosition, Element] = {}
        self._styles: dict[CellPosition, int] = {}
        self._texts: dict[CellPosition, str] = {}
        self._strings = _shared_strings(copy)
        self._find_cells()

    def _find_cells(self) -> None:
        at_row = -1
        for row in self._part.root.iter(n.ROW):
            at_row = number(row.get("r"), at_row + 2) - 1
            self._rows[at_row] = row
            at_column = -1
            for cell in row.iter(n.C):
                place = place_of(cell.get("r") or "")
                at_column = place[1] if place is not None else at_column + 1
                self._cells[at_row, at_column] = cell

    def style(self, place: CellPosition) -> int:
        """The number of a cell's style; 0 where there is no such cell."""
        cell = self._cells.get(place)
        return number(cell.get("s"), 0) if cell is not None else 0

    @property
    def styles(self) -> Mapping[CellPosition, int]:
        """The style of every cell."""
        return {place: self.style(place) for place in self._cells}

    def set_style(self, place: CellPosition, style: int) -> None:
        """Another style; a cell that is not there is made."""
        self._styles[place] = style

    def number(self, place: CellPosition) -> str | None:
        """A figure as it is stored, calculated or not; None where the cell holds none."""
        cell = self._cells.get(place)
        if cell is None or cell.get("t", "n") != "n":
            return None
        return cell.findtext(n.V)

    def plain_text(self, place: CellPosition) -> str | None:
        """A text without formats of its own inside; None where the cell holds none, or a formula."""
        cell = self._cells.get(place)
        if cell is None or cell.find(n.F) is not None:
            return None
        if cell.get("t") == "s":
            key = number(cell.findtext(n.V), -1)
            return self._strings[key] if 0 <= key < len(self._strings) else None
        held = cell.find(n.IS) if cell.get("t") == "inlineStr" else None
        if held is not None:
            return _plain(held)
        return cell.findtext(n.V) if cell.get("t") == "str" else None

    def set_text(self, place: CellPosition, text: str) -> None:
        """Another text, in the cell's own style."""
        self._texts[place] = text

    @property
    def notes_drawing(self) -> str | None:
        """The part with the boxes of notes; that of pictures in headers is of the same kind, and another."""
        held = self._part.root.find(n.LEGACY_DRAWING)
        key = held.get(n.R_ID) if held is not None else None
        links = self._copy.package.relationships(self.name)
        found = next((link.target for link in links if link.id == key and not link.external), None)
        return self._copy.package.stored_name(found) if found is not None else None

    def draw_notes(self, drawing: str) -> None:
        """The sheet's drawing of notes, by the id of its relationship, where it has none yet."""
        root = self._part.root
        tag = self._part.named_like(root, "legacyDrawing")
        uri = _STRICT_R if self._copy.strict else _R
        text = f'<{tag} xmlns:r="{uri}" r:id="{drawing}"/>'
        behind = next((e for e in root if str(e.tag).rpartition("}")[2] in _BEHIND_NOTES), None)
        if behind is not None:
            self._part.put(self._part.span(behind).start, text)
        else:
            self._part.put_last(root, text)

    def write(self) -> None:
        """Puts the sheet in the copy."""
        missing: dict[int, list[CellPosition]] = {}
        for place, style in sorted(self._styles.items()):
            cell = self._cells.get(place)
            if cell is None:
                missing.setdefault(place[0], []).append(place)
            elif style != self.style(place):
                self._restyle(cell, style)
        for row, places in missing.items():
            self._add(row, places)
        for place, text in self._texts.items():
            self._rewrite(self._cells[place], text)
        self._copy.change(self.name, self._part)

    def _rewrite(self, cell: Element, text: str) -> None:
        """The cell with a text of its own: the shared one may stand in other cells as well."""
        x = self._part.named_like(cell, "")
        kept = "".join(f' {k}="{written(str(v))}"' for k, v in cell.attrib.items() if k in {"r", "s"})
        held = f'<{x}is><{x}t xml:space="preserve">{written(text)}</{x}t></{x}is>'
        span = self._part.span(cell)
        self._part.replace(span.start, span.end, f'<{x}c{kept} t="inlineStr">{held}</{x}c>')

    def _restyle(self, cell: Element, style: int) -> None:
        span = self._part.span(cell)
        tag = self._part.data[span.start : span.inner]
        if cell.get("s") is not None:
            tag = _STYLE.sub(rb'\g<1>"%d"' % style, tag, count=1)
        else:
            name = self._part.name(cell).encode()
            tag = tag.replace(b"<" + name, b'<%s s="%d"' % (name, style), 1)
        self._part.replace(span.start, span.inner, tag.decode())

    def _add(self, at_row: int, places: list[CellPosition]) -> None:
        """Cells that hold nothing, at their places in their row; a row that is not there is made."""
        part, row = self._part, self._rows.get(at_row)
        held = next(part.root.iter(n.SHEET_DATA), None)
        if held is None:
            return
        c = part.named_like(held, "c")
        made = {p: f'<{c} r="{reference(*p)}" s="{self._styles[p]}"/>' for p in places}
        if row is None:
            tag = part.named_like(held, "row")
            text = f'<{tag} r="{at_row + 1}">{"".join(made.values())}</{tag}>'
            self._put_before(held, next((r for key, r in self._rows.items() if key > at_row), None), text)
            return
        for place, text in made.items():
            later = (e for (r, column), e in self._cells.items() if r == at_row and column > place[1])
            self._put_before(row, next(later, None), text)

    def _put_before(self, held: Element, behind: Element | None, text: str) -> None:
        if behind is None:
            self._part.put_last(held, text)
        else:
            self._part.put(self._part.span(behind).start, text)


def _shared_strings(copy: PackageCopy) -> list[str | None]:
    """The workbook's texts; None for those with formats inside."""
    name = copy.package.related("sharedStrings")
    return [_plain(e) for e in copy.package.xml(name).iter(n.SI)] if name is not None else []


def _plain(text: Element) -> str | None:
    return text.findtext(n.T) if text.find(n.R) is None else None
