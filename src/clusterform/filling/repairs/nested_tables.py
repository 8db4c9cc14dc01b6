"""Tables inside a cell that are no part of the form's own table: what they hold is the cell's answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clusterform.filling.pieces import join, of_cell
from clusterform.parsers.raw import Cell, RawDocument, Table


def with_inner_text(document: RawDocument, is_label: Callable[[str], bool]) -> RawDocument:
    """The document with the text of such tables in the cells that hold them, a line for each inner cell.

    A table of several cells with an official label in it is left as it is: its rows are rows of the form.
    """
    if not any(
        cell.tables for b in document.blocks if isinstance(b, Table) for row in b.rows for cell in row
    ):
        return document
    blocks = (_table(b, is_label) if isinstance(b, Table) else b for b in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _table(table: Table, is_label: Callable[[str], bool]) -> Table:
    return replace(table, rows=tuple(tuple(_cell(c, is_label) for c in row) for row in table.rows))


def _cell(cell: Cell, is_label: Callable[[str], bool]) -> Cell:
    if not cell.tables:
        return cell
    inner = [_table(table, is_label) for table in cell.tables]
    own = [table for table in inner if _is_frame(table) or not _has_label(table, is_label)]
    pieces = [of_cell(c) for table in own for row in table.rows for c in row]
    whole = join(
        [piece for piece in (of_cell(cell), *pieces) if piece.text.strip() or piece.images]
        or [(pieces or [of_cell(cell)])[0].cut(0, 0)]
    )
    return cell._replace(
        text=whole.text,
        marks=whole.marks,
        images=whole.images,
        tables=tuple(table for table in inner if table not in own),
        origin=whole.origin,
    )


def _is_frame(table: Table) -> bool:
    """A table of one cell: no more than a frame."""
    cells = [cell for row in table.rows for cell in row]
    return len(cells) == 1 and not cells[0].tables


def _has_label(table: Table, is_label: Callable[[str], bool]) -> bool:
    return any(is_label(cell.text) for row in table.rows for cell in row)
