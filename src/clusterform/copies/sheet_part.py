"""A sheet of a workbook in a copy: its cells as they are stored, and its drawing of notes."""

from __future__ import annotations

from clusterform.copies.package_copy import PackageCopy
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.writing.fill_book.sheet_cells import CellPosition, SheetCells

_FROM_NOTES_ON = frozenset(
    {
        *(
            "legacyDrawing",
            "legacyDrawingHF",
            "drawingHF",
            "picture",
            "oleObjects",
            "controls",
            "webPublishItems",
        ),
        *("tableParts", "extLst", "AlternateContent"),
    }
)
"""A sheet's drawing of notes and what stands behind it (ISO/IEC 29500-1, 18.3.1.99)."""
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"


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

    def plain_text(self, place: CellPosition) -> str | None:
        """A text without formats of its own inside; None where the cell holds none, or a formula."""
        cell = self.cells.get(place)
        if cell is None or cell.find(n.F) is not None:
            return None
        if cell.get("t") == "s":
            strings = _shared_strings(self._copy)
            key = number(cell.findtext(n.V), -1)
            return strings[key] if 0 <= key < len(strings) else None
        held = cell.find(n.IS) if cell.get("t") == "inlineStr" else None
        if held is not None:
            return _plain(held)
        return cell.findtext(n.V) if cell.get("t") == "str" else None

    @property
    def notes_drawing(self) -> str | None:
        """The part with the boxes of notes; that of pictures in headers is of the same kind, and another."""
        held = self.part.root.find(n.LEGACY_DRAWING)
        key = held.get(n.R_ID) if held is not None else None
        links = self._copy.package.relationships(self.name)
        package = self._copy.package
        found = next((link.target for link in links if link.id == key and package.has(link.target)), None)
        return package.stored_name(found) if found is not None else None

    def draw_notes(self, drawing: str) -> None:
        """The sheet's drawing of notes, by the id of its relationship, where it has none that is there."""
        root = self.part.root
        tag = self.part.named_like(root, "legacyDrawing")
        uri = _STRICT_R if self._copy.strict else _R
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

    def write(self) -> None:
        """Puts the sheet in the copy."""
        super().write()
        self._copy.change(self.name, self.part)


def _shared_strings(copy: PackageCopy) -> list[str | None]:
    """The workbook's texts; None for those with formats inside."""
    name = copy.package.related("sharedStrings")
    return [_plain(e) for e in copy.package.xml(name).iter(n.SI)] if name is not None else []


def _plain(text: Element) -> str | None:
    return text.findtext(n.T) if text.find(n.R) is None else None
