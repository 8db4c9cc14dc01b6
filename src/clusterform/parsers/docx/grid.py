"""The rows of a table and the cells of a row, whatever stands around them, and which of them a person sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.controls import checkbox
from clusterform.parsers.symbols import symbols

Merges = Mapping[Element, Mapping[str, str]]
"""What the properties of each w:tr and w:tc say of spans, merges, hiding and deletion, where they do: tag -> value."""
NO_MERGES: dict[str, str] = {}
_OFF = frozenset({"0", "false", "off"})


@dataclass(slots=True)
class OpenCell:
    """A cell while rows below may still belong to it."""

    element: Element
    control: Element | None
    row: int
    column: int
    columns: int
    index: int
    """Its place among the row's cells, from 1."""
    rows: int = 1


def rows_of(table: Element, merges: Merges) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table, each with the content control around it; deleted ones are left out."""
    for row, control in _inside(table, n.TR, None):
        if n.DEL not in merges.get(row, NO_MERGES):
            yield row, control


def is_hidden(row: Element, merges: Merges) -> bool:
    """Whether a row is formatted as hidden."""
    value = merges.get(row, NO_MERGES).get(n.ROW_HIDDEN)
    return value is not None and value not in _OFF


def cells_of(row: Element, control: Element | None, merges: Merges) -> list[tuple[Element, Element | None]]:
    """The cells of a row, each with the content control that its box belongs to; deleted ones are left out."""
    cells = [
        (cell, own)
        for cell, own in _inside(row, n.TC, control)
        if n.CELL_DEL not in merges.get(cell, NO_MERGES)
    ]
    if control is None or checkbox(control) is None:
        return cells
    # one control round the whole row is one box, in the first cell that shows one
    boxed = next((cell for cell, own in cells if own is control and _shows_box(cell)), None)
    return [(cell, own if own is not control or cell is boxed else None) for cell, own in cells]


def merged_above(above: Mapping[int, OpenCell], column: int) -> OpenCell | None:
    """The merged cell that a continued one belongs to; a row cut otherwise than the one above is tolerated."""
    exact = above.get(column)
    if exact is not None:
        return exact
    return next((c for c in above.values() if c.column <= column < c.column + c.columns), None)


def _shows_box(cell: Element) -> bool:
    glyphs = symbols().glyphs
    return any(e.tag == n.SYM or any(c in glyphs for c in e.text or "") for e in cell.iter(n.T, n.SYM))


def _inside(
    container: Element, wanted: str, control: Element | None
) -> Iterator[tuple[Element, Element | None]]:
    """The rows of a table or the cells of a row, each with the content control around it."""
    for child in container:
        tag = child.tag
        if tag == wanted:
            yield child, control
        elif tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None:
                yield from _inside(content, wanted, child)
        elif tag in n.TRANSPARENT:
            yield from _inside(child, wanted, control)
        elif tag == n.ALTERNATE:
            branch = n.chosen(child)
            if branch is not None:
                yield from _inside(branch, wanted, control)
