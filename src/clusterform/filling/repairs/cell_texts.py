"""Cells as their reader sees them: labels without what is struck through, and the text of tables inside a cell."""

from __future__ import annotations

from collections.abc import Callable

from clusterform.filling.pieces import has_struck, join, of_cell, of_paragraph
from clusterform.parsers.raw import Block, Cell, RawDocument, Table


def as_seen(document: RawDocument, is_label: Callable[..., bool]) -> RawDocument:
    """The document itself where nothing is struck through and no cell holds a table, as nearly always.

    Else without struck text in its paragraphs, in labels, and in rows of one cell: in a group of boxes a line through
    an option is a way to choose. And with the text of inner tables in the cells that hold them, a line for each inner
    cell; one of several cells with an official label in it is left as it is: its rows are rows of the form.

    `is_label`: whether a text begins with an official label, and with `whole` is one.
    """
    if not any(map(_is_odd, document.blocks)):
        return document
    return document._replace(blocks=tuple(_seen(block, is_label) for block in document.blocks))


def _is_odd(block: Block) -> bool:
    if isinstance(block, Table):
        return any(c.tables or (c.marks and has_struck(c.marks)) for row in block.rows for c in row)
    return has_struck(block.marks)


def _seen(block: Block, is_label: Callable[..., bool]) -> Block:
    if isinstance(block, Table):
        return _seen_table(block, is_label)
    if not has_struck(block.marks):
        return block
    left = of_paragraph(block).without_struck()
    return block._replace(text=left.text, marks=left.marks, names=(), origin=left.origin)


def _seen_table(table: Table, is_label: Callable[..., bool]) -> Table:
    rows = (tuple(_seen_cell(c, is_label, alone=len(row) == 1) for c in row) for row in table.rows)
    return table._replace(rows=tuple(rows))


def _seen_cell(cell: Cell, is_label: Callable[..., bool], *, alone: bool) -> Cell:
    whole = of_cell(cell)
    if has_struck(cell.marks):
        left = whole.without_struck()
        if is_label(left.text, whole=True) or (alone and not left.text.strip()):
            whole = left
    inner = [_seen_table(table, is_label) for table in cell.tables]
    own = [table for table in inner if _is_frame(table) or not _has_label(table, is_label)]
    if inner:
        pieces = [of_cell(c) for table in own for row in table.rows for c in row]
        written = [piece for piece in (whole, *pieces) if piece.text.strip() or piece.images]
        whole = join(written or [(pieces or [whole])[0].cut(0, 0)])
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


def _has_label(table: Table, is_label: Callable[..., bool]) -> bool:
    """Whether an official label stands in the table, or in one within it that was left as it is for that."""
    return any(cell.tables or is_label(cell.text) for row in table.rows for cell in row)
