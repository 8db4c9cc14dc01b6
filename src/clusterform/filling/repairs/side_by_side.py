"""Parts of the form that stand beside each other on a sheet: each read as a table of its own, left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

from clusterform.parsers.raw import Cell, Table


class SideBySide(NamedTuple):
    """A stretch of a table that is to be read for itself."""

    table: Table
    heading: Cell | None = None
    """The heading of a part that begins to the right of another's."""


def side_by_side_parts(table: Table, begins: Callable[[str], int | None]) -> Iterator[SideBySide]:
    """A sheet's table from the top; from a row on that holds the headings of several parts, one part after the other.

    `begins`: the part whose heading a text is. The parts end where the next heading stands alone in its row.
    """
    if not any(cell.location.sheet for row in table.rows[:1] for cell in row):
        yield SideBySide(table)  # no page of Word has room for it
        return
    headed = {number: found for number, row in enumerate(table.rows) if (found := _headings(row, begins))}
    if all(len(found) < 2 for found in headed.values()):
        yield SideBySide(table)
        return
    starts = [number for number in headed if len(headed[number]) > 1 or _is_alone(table.rows[number])]
    edges = sorted({0, *starts, len(table.rows)})
    for top, bottom in pairwise(edges):
        found = headed.get(top, [])
        for number, (left, right) in enumerate(_columns(table.rows[top:bottom], found)):
            part = _part(table, (top, bottom), (left, right))
            yield SideBySide(part, found[number] if number else None)


def _headings(row: tuple[Cell, ...], begins: Callable[[str], int | None]) -> list[Cell]:
    """The cells that are headings, each of another part."""
    found = {part: cell for cell in reversed(row) if (part := begins(cell.text)) is not None}
    return sorted(found.values(), key=lambda cell: cell.column)


def _is_alone(row: tuple[Cell, ...]) -> bool:
    return sum(bool(cell.text.strip()) for cell in row) == 1


def _columns(rows: tuple[tuple[Cell, ...], ...], found: list[Cell]) -> list[tuple[int, int]]:
    """The columns of each part: from behind the blank ones before its heading, or from the heading itself."""
    end = max((cell.end for row in rows for cell in row), default=0)
    if len(found) < 2:
        return [(0, end)]
    used = {c for row in rows for cell in row if cell.text.strip() for c in range(cell.column, cell.end)}
    starts = [0]
    for before, cell in pairwise(found):
        start = cell.column
        while start - 1 in used and start - 1 > before.column:
            start -= 1
        starts.append(start if start - 1 > before.column else cell.column)
    return list(zip(starts, [*starts[1:], end], strict=True))


def _part(table: Table, rows: tuple[int, int], columns: tuple[int, int]) -> Table:
    top, bottom = rows
    left, right = columns
    return Table(
        tuple(
            tuple(cell._replace(row=cell.row - top) for cell in row if left <= cell.column < right)
            for row in table.rows[top:bottom]
        ),
        table.number,
    )
