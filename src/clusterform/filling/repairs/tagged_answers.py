"""Answers known by the name of the content control around them, where no label leads to them.

A label tells what stands beside it, and a name only where no label does: controls are copied and moved by people
who do not see their names. So a label that was deleted or reworded is known again by the names in its row, and an
answer that no label led to is taken by its name. A name that stands in two places counts for neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Observation
from clusterform.fields import Address
from clusterform.filling.label_entries import LabelRole
from clusterform.filling.labels import CellMatches
from clusterform.filling.outline import TableRow
from clusterform.filling.pieces import Piece
from clusterform.filling.reading import Reading
from clusterform.filling.repairs.control_names import ControlNames
from clusterform.filling.repairs.label_cells import LabelCells, reworded
from clusterform.parsers.raw import Cell


def tagged_labels(cells: LabelCells) -> Iterator[Observation]:
    """A cell in the place of a label, with other words or none, is that label where a name in its row says so (CF011)."""
    names, matches = cells.names, cells.matches
    if not names:
        return
    entries = {e.key: e for e in matches.index.entries if e.role is LabelRole.FIELD}
    for _, row in cells.rows:
        for position, cell in enumerate(row.cells):
            for path, _ in names.of(cell.names):
                lost = _label_cell(matches, row, position, path) if path in entries else None
                if lost is not None:
                    matches.know(lost, entries[path])
                    yield reworded(lost, entries[path], lost.text)


def _label_cell(matches: CellMatches, row: TableRow, position: int, path: str) -> Cell | None:
    """The cell where the label of a named answer should be, if that is not a label already."""
    known = [m for m in map(matches.of, (*row.above, *row.cells)) if m is not None]
    if any(e.key == path for match in known for e in match.entries):
        return None
    for cell in (*reversed(row.cells[:position]), *reversed(row.above)):
        match = matches.of(cell)
        inner = match is not None and match.entries[0].role in (LabelRole.HEAD, LabelRole.CATEGORY)
        if not inner and not cell.names:
            return cell if match is None else None
    return None


def tagged_answers(names: ControlNames, reading: Reading) -> Reading:
    """Answers that no label led to, by their names."""
    taken = {(piece.location, piece.text) for pieces in reading.pieces.values() for piece in pieces}
    pieces: dict[Address, list[Piece]] = {}
    spare: dict[Address, Piece] = {}
    for place, piece in names.pieces():
        if not piece.text.strip():
            spare[place] = piece
        elif (piece.location, piece.text) not in taken:
            pieces.setdefault(place, [piece])
    return Reading(pieces, spare=spare)
