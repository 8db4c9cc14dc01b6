"""Reworded labels: an unknown text in a label's place is held against the labels that were not found (CF011)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from clusterform.answers import Observation
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelMatch
from clusterform.filling.outline import TableRow
from clusterform.filling.repairs.joined_labels import runs_on
from clusterform.filling.repairs.label_cells import LabelCells, reworded
from clusterform.parsers.raw import Cell
from clusterform.text import fold

_ALIKE = 0.62
"""Similarity from which a text in a label's place is that label reworded."""
_NEIGHBOURED = 0.34
"""The same, where it stands just where the label should."""
_LONGEST = 120
_OF_HEADER = frozenset({LabelRole.HEAD, LabelRole.CORNER})
Seen = LabelEntry | tuple[int, Cell]
"""The row that a label stands for; or a part and a cell with an unknown text where a label would stand."""


def reworded_labels(cells: LabelCells) -> Iterator[Observation]:
    """Cells whose text is a reworded label are matched as that label from now on; what to say of them comes back."""
    matches, index = cells.matches, cells.matches.index
    if all(_begins_known(matches, row) for _, row in cells.rows):
        return
    seen: list[Seen] = []
    for section, row in cells.rows:
        for cell in _label_cells(matches, row):
            match = matches.of(cell)
            seen += [(section, cell)] if match is None else _meant(match, seen)
    order = {e.key: n for n, e in enumerate(e for e in index.entries if e.is_row)}
    known = {item.key for item in seen if isinstance(item, LabelEntry)}
    rows = (e for e in index.entries if e.is_row and e.key not in known)
    missing = [e for e in rows if not index.headings or e.column_set]
    for position, item in enumerate(seen):
        if not isinstance(item, LabelEntry):
            section, cell = item
            best = _best(section, cell, missing, _between(seen, position, order), order)
            if best is not None:
                missing.remove(best)
                matches.know(cell, best)
                yield reworded(cell, best, cell.text)


def _meant(match: LabelMatch, seen: list[Seen]) -> list[LabelEntry]:
    """The rows that a label stands for: where it stands in several places, 联系人, the one below the label seen last."""
    entries = [e for e in match.entries if e.is_row]
    leads = {e.after for e in entries if e.after}
    last = next((s.key for s in reversed(seen) if isinstance(s, LabelEntry) and s.key in leads), "")
    return [e for e in entries if e.after == last] if last and len(entries) > 1 else entries


def _begins_known(matches: CellMatches, row: TableRow) -> bool:
    """Whether a row begins with a field's own label, as nearly all do: then no unknown text stands in a label's place."""
    labels = matches.in_row(row.cells)
    match = labels.cells[0][1] if labels.cells else None
    if match is not None and match.entries[0].role is LabelRole.FIELD:
        return True
    return all(matches.of(cell) is not None for cell in _label_cells(matches, row))


def _label_cells(matches: CellMatches, row: TableRow) -> Iterator[Cell]:
    """Cells where a label would stand: every known one, and the first unknown text of the row."""
    labels = matches.in_row(row.cells)
    if not labels.roles.isdisjoint(_OF_HEADER) and any(
        match is not None and match.entries[0].role in _OF_HEADER for _, match in labels.cells
    ):
        yield from (cell for cell, match in labels.cells if match is not None)
        return
    above = [m for m in map(matches.of, row.above) if m is not None]
    unknown_taken = any(m.entries[0].role is LabelRole.FIELD for m in above)
    for number, (cell, match) in enumerate(labels.cells, 1):
        if match is not None:
            unknown_taken = unknown_taken or LabelRole.FIELD in match.roles
            yield cell
        elif not unknown_taken and len(row.cells) > 1:
            unknown_taken = 1 < len(fold(cell.text)) <= _LONGEST
            if unknown_taken and not runs_on(matches.index, cell, next(iter(row.cells[number:]), None)):
                yield cell


def _between(seen: list[Seen], position: int, order: dict[str, int]) -> tuple[int, int]:
    """The official numbers of the known labels before and after a cell."""
    near = (seen[max(0, position - 2) : position], seen[position + 1 : position + 3])
    before, after = ([order[e.key] for e in side if isinstance(e, LabelEntry)] for side in near)
    return max(before, default=-1), min(after, default=len(order))


def _best(
    section: int, cell: Cell, missing: list[LabelEntry], between: tuple[int, int], order: dict[str, int]
) -> LabelEntry | None:
    text = fold(cell.text)
    scored = []
    for entry in missing:
        if entry.section != section:
            continue
        ratio = SequenceMatcher(None, text, fold(entry.label), autojunk=False).ratio()
        needed = _NEIGHBOURED if between[0] < order[entry.key] < between[1] else _ALIKE
        if ratio >= needed:
            scored.append((ratio, -order[entry.key], entry))
    return max(scored, key=lambda s: s[:2])[2] if scored else None
