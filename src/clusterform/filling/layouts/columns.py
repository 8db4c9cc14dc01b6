"""The cells behind a label go to the answers of its row: one, one for each year, or the standards table's."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clusterform.fields import Column, Kind
from clusterform.filling.layouts.header import Header
from clusterform.filling.pieces import Piece, of_cell
from clusterform.filling.reading import ReadingBuilder
from clusterform.forms.model import FormDef, RowDef
from clusterform.grouped import grouped
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.words import word

_NAME = pattern(
    r"\s*+(?:{halves.count_spaced}\s*+(?:[(（][{counters}][)）])?|{halves.names_spaced})\s*+[:：]?\s*+|.*[:：]\s*",
    re.DOTALL,
)
_COLON = pattern(r"[:：]\s*$")
Placed = tuple[str | None, Cell]
"""A cell, and the column that a head in its own row gives it."""


def assign(
    form: FormDef, header: Header | None, found: ReadingBuilder, path: str, cells: list[Placed]
) -> None:
    """The cells of one row, left to right, to the answers of the field at `path`: by heads in the row itself, or those above."""
    row, plain = form.rows[path], [cell for _, cell in cells]
    if row.matrix is not None:
        _assign_matrix(form, found, path, row, cells)
    elif row.columns is None:
        pieces = [of_cell(c) for c in _answer_cells(row, plain)]
        if row.kind is Kind.COUNT_NAMES:
            found.go_on(path, _on_one_line(pieces))
        else:
            found.put(path, None, pieces)
    else:
        own = header if header is not None and header.column_set == row.columns else None
        columns = form.columns(row.columns)
        keys = {column.key for column in columns}
        for key, cell in cells if by_year(cells) else _under_heads(own, columns, plain):
            if key in keys:
                found.put(path, key, [of_cell(cell)])


def by_year(cells: list[Placed]) -> bool:
    """Whether the row holds the heads of its columns itself."""
    return any(column is not None for column, _ in cells)


def _answer_cells(row: RowDef, cells: list[Cell]) -> list[Cell]:
    """The cells with text, without those that hold only what the form prints beside an answer, such as its unit.

    Where there is nothing else, the first cell and those: 数量 and its 个 are put together later.
    """
    filled = [c for c in cells if c.text.strip() or c.images]
    own = [c for c in filled if c.images or fold(c.text) not in row.printed]
    if row.kind is not Kind.COUNT_NAMES and own:
        return own
    return [cells[0], *filled] if not own and cells[0] not in filled else filled


def _on_one_line(pieces: list[Piece]) -> list[Piece]:
    """数量：, the figure and 个 in cells of their own, side by side, as the form prints them; the place is the figure's."""
    joined: list[Piece] = []
    for piece in pieces:
        named = bool(joined) and _NAME.fullmatch(joined[-1].text) is not None
        if named or (joined and piece.text.strip() == word("halves.counter")):
            before = joined.pop()
            front = before.text if not named or _COLON.search(before.text) else f"{before.text.strip()}："
            marks = tuple(m._replace(offset=m.offset + len(front)) for m in piece.marks)
            place = (
                piece.location if named and piece.text.strip() != word("halves.counter") else before.location
            )
            whole = before._replace(text=front + piece.text, marks=(*before.marks, *marks), location=place)
            joined.append(whole)
        else:
            joined.append(piece)
    return joined


def _under_heads(
    header: Header | None, columns: tuple[Column, ...], cells: list[Cell]
) -> Iterable[tuple[str | None, Cell]]:
    """As many cells as heads: in their order. Else by the heads above; a cell merged over several is each one's."""
    keys = [column.key for column in columns] if header is None else header.keys
    if header is not None and None in keys:
        under = [header.column_of(c) for c in cells]
        if sorted(filter(None, under)) == sorted(filter(None, keys)):  # a unit before, a remark behind
            return zip(under, cells, strict=True)
    if len(cells) == len(keys):
        return zip(keys, cells, strict=True)
    if header is not None and (pairs := [(key, c) for c in cells for key in header.keys_over(c)]):
        return pairs
    if len(cells) == 1:
        return [(column.key, cells[0]) for column in columns]
    return zip((column.key for column in columns), cells, strict=False)


def _assign_matrix(form: FormDef, found: ReadingBuilder, path: str, row: RowDef, cells: list[Placed]) -> None:
    """`column` is year/category here; the cells behind a category are its measures in order, then the next year's."""
    measures = list(row.matrix.measures) if row.matrix is not None else []
    years = [c.key for c in form.columns(row.columns)]
    for column, behind in grouped(cells).items():
        year, _, category = (column or "").partition("/")
        if year not in years:  # a category more than there are years
            continue
        first = years.index(year)
        for number, cell in enumerate(_measured(behind, len(measures))):
            later, measure = divmod(number, len(measures))
            if first + later < len(years):
                key = f"{years[first + later]}/{category}/{measures[measure]}"
                found.put(path, key, [of_cell(cell)])


def _measured(cells: list[Cell], measures: int) -> list[Cell]:
    """The cells without the blank ones that stand where the category would be repeated."""
    step = measures + 1
    repeats = cells[measures::step]
    blank = (len(cells) + 1) % step == 0 and not any(c.text.strip() for c in repeats)
    return [c for n, c in enumerate(cells) if n % step != measures] if blank else cells
