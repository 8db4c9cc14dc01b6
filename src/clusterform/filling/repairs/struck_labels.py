"""Struck text in what is no answer: headings and labels are read without it, as a reader of the form does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from clusterform.filling.pieces import Piece, has_struck, of_cell, of_paragraph
from clusterform.parsers.raw import Block, Cell, Paragraph, RawDocument, Table


def without_struck_labels(document: RawDocument, is_label: Callable[[str], bool]) -> RawDocument:
    """The document without struck text in its paragraphs, in labels, and in rows of one cell.

    Other cells are left: in a group of boxes a line through an option is a way to choose.
    """
    blocks = tuple(_block(block, is_label) for block in document.blocks)
    changed = any(one is not other for one, other in zip(blocks, document.blocks, strict=True))
    return replace(document, blocks=blocks) if changed else document


def _block(block: Block, is_label: Callable[[str], bool]) -> Block:
    if isinstance(block, Table):
        return _table(block, is_label)
    if not has_struck(block.marks):
        return block
    left = of_paragraph(block).without_struck()
    return Paragraph(left.text, left.marks, block.location, block.sheet_name, (), left.origin)


def _table(table: Table, is_label: Callable[[str], bool]) -> Table:
    if not any(map(_is_odd, table.rows)):
        return table
    rows = tuple(
        tuple(_cell(cell, is_label, alone=len(row) == 1) for cell in row) if _is_odd(row) else row
        for row in table.rows
    )
    same = all(one is other for one, other in zip(rows, table.rows, strict=True))
    return table if same else replace(table, rows=rows)


def _is_odd(row: tuple[Cell, ...]) -> bool:
    return any(cell.tables or (cell.marks and has_struck(cell.marks)) for cell in row)


def _cell(cell: Cell, is_label: Callable[[str], bool], *, alone: bool) -> Cell:
    if cell.tables:
        cell = cell._replace(tables=tuple(_table(table, is_label) for table in cell.tables))
    struck = has_struck(cell.marks)
    left = of_cell(cell).without_struck() if struck else Piece("")
    if is_label(left.text) or (alone and struck and not left.text.strip()):
        return cell._replace(text=left.text, marks=left.marks, origin=left.origin)
    return cell
