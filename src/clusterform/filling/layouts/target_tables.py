"""The target tables of part eight: which of its table rows belong to them, and not to its running text."""

from __future__ import annotations

from clusterform.filling.entries import Role
from clusterform.filling.labels import CellMatches
from clusterform.filling.layouts.header import column_set_of, is_header
from clusterform.filling.outline import TableRow, Zone
from clusterform.parsers.raw import Table

LINE_CELLS = 2
"""A row of more cells is a table of the county's own, and no heading with its text."""


def target_rows(zone: Zone, matches: CellMatches) -> set[int]:
    """The rows of target tables, by id: from their heads on, and what goes on without a header right behind.

    A row that begins with a heading of the running text is none: on a sheet the text goes on below the table.
    """
    found: set[int] = set()
    table: Table | None = None
    inside = False
    for content in zone.content:
        if not isinstance(content, TableRow):
            inside = inside and not content.text.strip()
            continue
        if _is_target_header(content, matches):
            inside = True
        elif _begins_text(content, matches):
            inside = False
        elif content.table is not table:
            inside = inside and _goes_on(content, matches)
        table = content.table
        if inside:
            found.add(id(content))
    return found


def _begins_text(row: TableRow, matches: CellMatches) -> bool:
    """Whether the row is a heading of running text, alone or with its text beside it."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    match = matches.of(filled[0]) if filled and len(filled) <= LINE_CELLS and not row.above else None
    return match is not None and any(
        e.role in (Role.FIELD, Role.GROUP) and not e.direction and (e.role is Role.GROUP or not e.column_set)
        for e in match.entries
    )


def _is_target_header(row: TableRow, matches: CellMatches) -> bool:
    cells = [(c, matches.of(c)) for c in row.cells]
    return is_header(cells) and column_set_of(cells) in matches.index.target_sets


def _goes_on(row: TableRow, matches: CellMatches) -> bool:
    """Whether a table's first row holds a target's label or direction."""
    entries = [e for c in row.cells if (m := matches.of(c)) is not None for e in m.entries]
    return any(e.column_set and e.role in (Role.FIELD, Role.GROUP) for e in entries)
