"""The cells behind a label go to the answers of its row: one, one for each year, or the standards table's."""

from __future__ import annotations

from clusterform.filling.header import Header
from clusterform.filling.pieces import of_cell
from clusterform.filling.slots import Slots
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell

Placed = tuple[str | None, Cell]
"""A cell, and the column that a head in its own row gives it."""


def assign(form: FormDef, header: Header | None, slots: Slots, path: str, cells: list[Placed]) -> None:
    """The cells of one row, left to right, to the answers of the field at `path`."""
    row = form.rows[path]
    columns = [c.key for c in form.columns(row.columns)]
    if row.matrix is not None:
        _assign_matrix(slots, path, list(row.matrix.measures), cells)
    elif not columns:
        filled = [c for _, c in cells if c.text.strip() or c.images]
        slots.put(path, None, [of_cell(c) for c in filled or [cells[0][1]]])
    elif any(column is not None for column, _ in cells):
        for column, cell in cells:
            if column in columns:
                slots.put(path, column, [of_cell(cell)])
    else:
        own = header if header is not None and header.column_set == row.columns else None
        _assign_columns(slots, path, columns, own, [c for _, c in cells])


def _assign_columns(
    slots: Slots, path: str, columns: list[str], header: Header | None, cells: list[Cell]
) -> None:
    """As many cells as heads: in their order. Else by the heads above; a cell merged over several is each one's."""
    heads = [h.key for h in header.heads] if header is not None else list(columns)
    if len(cells) == len(heads):
        pairs = list(zip(heads, cells, strict=True))
    elif header is not None and any(header.keys_over(cell) for cell in cells):
        pairs = [(key, cell) for cell in cells for key in header.keys_over(cell)]
    elif len(cells) == 1:
        pairs = [(key, cells[0]) for key in columns]
    else:
        pairs = list(zip(columns, cells, strict=False))
    for key, cell in pairs:
        if key is not None:
            slots.put(path, key, [of_cell(cell)])


def _assign_matrix(slots: Slots, path: str, measures: list[str], cells: list[Placed]) -> None:
    """`column` is year/category here; the cells behind a category are its measures in order."""
    counts: dict[str | None, int] = {}
    for column, cell in cells:
        number = counts.get(column, 0)
        if column is not None and number < len(measures):
            slots.put(path, f"{column}/{measures[number]}", [of_cell(cell)])
        counts[column] = number + 1
