"""Parts and rows put together again: a part whose heading is gone, a label whose rest stands in the row below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate, chain

from clusterform.filling.labels import CellMatches, LabelIndex
from clusterform.filling.outline import EVIDENCE, FRONT, Outline, TableRow, Zone, ZoneItem, pieces_of, rows_in
from clusterform.filling.pieces import join, of_cell
from clusterform.forms.model import FormDef, SectionDef
from clusterform.grouped import grouped

_TELLING = 3
"""So many labels of a part's own in one table tell that the part is there."""


def restore_parts(form: FormDef, outline: Outline, index_of: Callable[[str], LabelIndex]) -> None:
    """Moves the rows and lines of each part without a heading out of the part they were taken for."""
    seen = {number for number, _, _ in outline.seen}
    lost = [s for s in form.sections if s.heading and s.number not in seen]
    if not lost:
        return
    rows = {s.number for s in lost if s.layout == "rows"}
    if rows:
        _move_rows(outline, CellMatches(index_of("rows")), rows)
    for section in lost:
        if section.layout != "rows":
            _move_tail(outline, section, index_of(section.layout))


def _move_rows(outline: Outline, matches: CellMatches, lost: set[int]) -> None:
    """Rows of tables, each with the row before it where it has no label of its own; a header goes with what follows."""
    for number in [n for n in outline.zones if n not in (FRONT, EVIDENCE) and n not in lost]:
        zone = outline.zones[number]
        tables = grouped((id(row.table), row) for row in rows_in(zone))
        homes = dict(chain.from_iterable(_homes(rows, matches, lost) for rows in tables.values()))
        for content in zone:
            if id(content) in homes:
                outline.zones[homes[id(content)]].append(content)
        zone[:] = [content for content in zone if id(content) not in homes]


def _homes(rows: list[TableRow], matches: CellMatches, lost: set[int]) -> Iterator[tuple[int, int]]:
    """The rows of a table that belong to lost parts, by their ids, and to which."""
    parts = [_part(row, matches, lost) for row in rows]
    if sum(part in lost for part in parts) >= _TELLING:
        settled = accumulate(parts, _own_or_before)
        settled = accumulate(reversed(list(settled)), _own_or_before)
        homes = zip(map(id, rows), reversed(list(settled)), strict=True)
        yield from ((row, part) for row, part in homes if part in lost)


def _own_or_before(before: int | None, own: int | None) -> int | None:
    return before if own is None else own


def _part(row: TableRow, matches: CellMatches, lost: set[int]) -> int | None:
    """The part that the labels beginning in a row tell: one of the lost before any other; None without labels."""
    known = (match for cell in row.cells if (match := matches.of(cell)) is not None)
    sections = [e.section for match in known for e in match.entries if e.is_row and e.section > 0]
    return next((s for s in sections if s in lost), next(iter(sections), None))


def _move_tail(outline: Outline, section: SectionDef, index: LabelIndex) -> None:
    """Running text begins at its first own heading, and goes on to the end of the part it was taken for."""
    parts = (n for n in outline.zones if isinstance(n, int) and n < section.number)
    for number in sorted(parts, reverse=True):
        zone = outline.zones[number]
        start = next((n for n, part in enumerate(zone) if _begins(part, index)), None)
        if start is not None:
            outline.zones[section.number][:0] = zone[start:]
            del zone[start:]
            return


def _begins(part: ZoneItem, index: LabelIndex) -> bool:
    first = next(pieces_of(part), None)
    match = index.match(first.text) if first is not None else None
    return match is not None and any(e.is_row and not e.direction for e in match.entries)


def rejoin_labels(form: FormDef, outline: Outline, index: LabelIndex) -> None:
    """In the parts of rows, a label and the rest of it in the row below become one cell, and that row is gone."""
    for section in form.sections:
        if section.layout != "rows":
            continue
        kept: Zone = []
        for content in outline.zones[section.number]:
            whole = _joined(kept[-1], content, index) if kept else None
            if whole is not None:
                kept[-1] = whole
            else:
                kept.append(content)
        outline.zones[section.number] = kept


def _joined(upper: ZoneItem, lower: ZoneItem, index: LabelIndex) -> TableRow | None:
    """The upper row with the whole label; None where the lower one is more than the rest of it."""
    if not isinstance(upper, TableRow) or not isinstance(lower, TableRow):
        return None
    rest = lower.filled[0] if len(lower.filled) == 1 else None
    if rest is None or any(c.tables or c.images for c in lower.cells if c is not rest):
        return None
    label = next((cell for cell in upper.cells if cell.column == rest.column and cell.text.strip()), None)
    if label is None or index.whole(label.text) or not index.whole(label.text + rest.text):
        return None
    both = join([of_cell(label), of_cell(rest)])
    whole = label._replace(text=both.text, marks=both.marks, origin=both.origin)
    cells, filled = (tuple(whole if c is label else c for c in held) for held in (upper.cells, upper.filled))
    return upper._replace(cells=cells, filled=filled)
