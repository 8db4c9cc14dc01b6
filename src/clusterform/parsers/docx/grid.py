"""The rows of a table and the cells of a row, whatever stands around them, and what their properties say."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.controls import checkbox, properties_of
from clusterform.parsers.symbols import symbols

_DELETED = frozenset({n.DEL, n.CELL_DEL})
_ELSEWHERE = frozenset({n.DEL, n.ROW_HIDDEN})
"""What stands in other places too, and says nothing of a row or cell there."""
_PROPERTIES = frozenset({n.TCPR, n.TRPR})
_Held = tuple[Element, Element | None]
"""A row or a cell, and the content control around it."""
_NONE: Mapping[str, str] = {}
_OFF = frozenset({"0", "false", "off"})


class TableStructure(NamedTuple):
    """The rows and cells of a document's tables."""

    properties: Mapping[Element, Mapping[str, str]]
    """What rows and cells say of spans, merges and hiding, where they do: tag -> value; without one a merge goes on."""
    deleted: frozenset[Element | None]
    """Rows and cells that are gone once the tracked changes are accepted."""
    framed: frozenset[Element | None]
    """What tables stand right in."""

    def rows(self, table: Element) -> list[_Held]:
        """The rows of a table, each with the content control around it; deleted ones are left out."""
        return self._held(table, n.TR, None, ())

    def cells(
        self, row: Element, control: Element | None = None, known: Container[Element] = ()
    ) -> list[_Held]:
        """The cells of a row, each with the content control that its box belongs to; deleted ones are left out.

        `control`: the one around the row; `known`: elements of which it is known that they are cells.
        """
        cells = self._held(row, n.TC, control, known)
        if control is None or checkbox(properties_of(control)) is None:
            return cells
        # one control round the whole row is one box, in the first cell that shows one
        boxed = next((cell for cell, own in cells if own is control and _shows_box(cell)), None)
        return [(cell, own if own is not control or cell is boxed else None) for cell, own in cells]

    def _held(
        self, container: Iterable[Element], wanted: str, control: Element | None, known: Container[Element]
    ) -> list[_Held]:
        """What stands in the container under the wanted name, whatever stands around it.

        Those `known` to be wanted are not asked for their names, each of which lxml would have to put together.
        """
        found: list[_Held] = []
        deleted = self.deleted
        for child in container:
            if child in known or (tag := child.tag) == wanted:
                if not deleted or child not in deleted:
                    found.append((child, control))
            elif tag == n.SDT:
                found += self._held(n.inside(child, n.SDT_CONTENT), wanted, child, known)
            elif tag in n.TRANSPARENT:
                found += self._held(child, wanted, control, known)
            elif tag == n.ALTERNATE:
                found += self._held(n.chosen(child), wanted, control, known)
        return found

    def said(self, element: Element) -> Mapping[str, str]:
        """What a row or cell says, which is nothing as a rule."""
        return self.properties.get(element, _NONE)


def is_hidden(said: Mapping[str, str]) -> bool:
    """Whether a row that says this is formatted as hidden."""
    return said.get(n.ROW_HIDDEN, "off") not in _OFF


def table_structure(root: Element) -> TableStructure:
    """Of a document, from one walk over all of it."""
    properties: dict[Element, dict[str, str]] = {}
    deleted: set[Element | None] = set()
    framed: set[Element | None] = set()
    for element in root.iter(
        *(n.TBL, n.GRID_SPAN, n.V_MERGE, n.H_MERGE, n.GRID_BEFORE, n.ROW_HIDDEN, *_DELETED)
    ):
        tag, holder = element.tag, element.getparent()
        if tag == n.TBL:
            framed.add(holder)
        elif holder is not None and (tag not in _ELSEWHERE or holder.tag in _PROPERTIES):
            owner = holder.getparent()
            if tag in _DELETED:
                deleted.add(owner)
            elif owner is not None:
                properties.setdefault(owner, {})[tag] = element.get(n.VAL) or "continue"
    return TableStructure(properties, frozenset(deleted), frozenset(framed))


def _shows_box(cell: Element) -> bool:
    glyphs = symbols().glyphs
    return any(e.tag == n.SYM or any(c in glyphs for c in e.text or "") for e in cell.iter(n.T, n.SYM))
