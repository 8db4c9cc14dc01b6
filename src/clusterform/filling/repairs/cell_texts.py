"""Cells as their reader sees them: labels without what is struck through, and the text of tables inside a cell."""

from __future__ import annotations

from collections.abc import Callable

from clusterform.filling.pieces import Piece, has_struck, join, of_cell, of_paragraph
from clusterform.parsers.raw import Block, Cell, Paragraph, RawDocument, Table


def without_struck_labels(document: RawDocument, is_label: Callable[[str], bool]) -> RawDocument:
    """The document without struck text in its paragraphs, in labels, and in rows of one cell.

    Other cells are left: in a group of boxes a line through an option is a way to choose.
    """
    blocks = tuple(_unstruck_block(block, is_label) for block in document.blocks)
    changed = any(one is not other for one, other in zip(blocks, document.blocks, strict=True))
    return document._replace(blocks=blocks) if changed else document


def _unstruck_block(block: Block, is_label: Callable[[str], bool]) -> Block:
    if isinstance(block, Table):
        return _unstruck_table(block, is_label)
    if not has_struck(block.marks):
        return block
    left = of_paragraph(block).without_struck()
    return Paragraph(left.text, left.marks, block.location, block.sheet_name, (), left.origin)


def _unstruck_table(table: Table, is_label: Callable[[str], bool]) -> Table:
    odd = {
        id(cell)
        for row in table.rows
        for cell in row
        if cell.tables or (cell.marks and has_struck(cell.marks))
    }
    if not odd:
        return table
    rows = tuple(
        tuple(_unstruck(c, is_label, alone=len(row) == 1) if id(c) in odd else c for c in row)
        for row in table.rows
    )
    return table if rows == table.rows else table._replace(rows=rows)


def _unstruck(cell: Cell, is_label: Callable[[str], bool], *, alone: bool) -> Cell:
    if cell.tables:
        cell = cell._replace(tables=tuple(_unstruck_table(table, is_label) for table in cell.tables))
    struck = has_struck(cell.marks)
    left = of_cell(cell).without_struck() if struck else Piece("")
    if is_label(left.text) or (alone and struck and not left.text.strip()):
        return cell._replace(text=left.text, marks=left.marks, origin=left.origin)
    return cell


def with_inner_text(document: RawDocument, is_label: Callable[[str], bool]) -> RawDocument:
    """The document with the text of such tables in the cells that hold them, a line for each inner cell.

    A table of several cells with an official label in it is left as it is: its rows are rows of the form.
    """
    if not any(
        cell.tables for b in document.blocks if isinstance(b, Table) for row in b.rows for cell in row
    ):
        return document
    blocks = (_with_inner_tables(b, is_label) if isinstance(b, Table) else b for b in document.blocks)
    return document._replace(blocks=tuple(blocks))


def _with_inner_tables(table: Table, is_label: Callable[[str], bool]) -> Table:
    return table._replace(rows=tuple(tuple(_with_inner(c, is_label) for c in row) for row in table.rows))


def _with_inner(cell: Cell, is_label: Callable[[str], bool]) -> Cell:
    if not cell.tables:
        return cell
    inner = [_with_inner_tables(table, is_label) for table in cell.tables]
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
    """Whether an official label stands in the table, or in one within it that was left as it is for that."""
    return any(cell.tables or is_label(cell.text) for row in table.rows for cell in row)
