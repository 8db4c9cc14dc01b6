"""Parts and rows put together again: a part whose heading is gone, a label whose rest stands in the row below."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clusterform.filling.label_entries import LabelRole
from clusterform.filling.labels import CellMatches, LabelIndex
from clusterform.filling.outline import EVIDENCE, FRONT, Outline, TableRow, ZoneItem
from clusterform.filling.pieces import Piece, join, of_cell
from clusterform.forms.model import FormDef, SectionDef

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
        homes = _homes(zone.content, matches, lost)
        for content, home in zip(zone.content, homes, strict=True):
            if home is not None:
                outline.zone(home).content.append(content)
        zone.content = [c for c, home in zip(zone.content, homes, strict=True) if home is None]


def _homes(content: list[ZoneItem], matches: CellMatches, lost: set[int]) -> list[int | None]:
    """For each content the lost part it belongs to, None where it stays."""
    named_tables = _named_tables(content, matches, lost)
    homes: list[int | None] = []
    for part in content:
        if not isinstance(part, TableRow) or id(part.table) not in named_tables:
            homes.append(None)
            continue
        own = [s for s in _sections(part, matches) if s > 0]
        homes.append(next((s for s in own if s in lost), None) if own else _UNSETTLED)
    return _settled(content, homes)


_UNSETTLED = -9


def _settled(content: list[ZoneItem], homes: list[int | None]) -> list[int | None]:
    """Rows without a label go with the row before in their table; at its top, with the row behind."""
    for order in (range(len(homes)), range(len(homes) - 1, -1, -1)):
        before: int | None = None
        for number in order:
            part = content[number]
            if homes[number] == _UNSETTLED and before is not None and _same_table(content[before], part):
                homes[number] = homes[before]
            before = number if isinstance(part, TableRow) and homes[number] != _UNSETTLED else before
    return [None if home == _UNSETTLED else home for home in homes]


def _same_table(one: ZoneItem, other: ZoneItem) -> bool:
    return isinstance(one, TableRow) and isinstance(other, TableRow) and one.table is other.table


def _named_tables(content: list[ZoneItem], matches: CellMatches, lost: set[int]) -> set[int]:
    counts: dict[int, int] = {}
    for part in content:
        if isinstance(part, TableRow) and set(_sections(part, matches)) & lost:
            counts[id(part.table)] = counts.get(id(part.table), 0) + 1
    return {table for table, count in counts.items() if count >= _TELLING}


def _sections(row: TableRow, matches: CellMatches) -> Iterator[int]:
    """The parts that the labels beginning in a row belong to."""
    for cell in row.cells:
        match = matches.of(cell)
        for entry in match.entries if match is not None else ():
            if entry.role in (LabelRole.FIELD, LabelRole.GROUP):
                yield entry.section


def _move_tail(outline: Outline, section: SectionDef, index: LabelIndex) -> None:
    """Running text begins at its first own heading, and goes on to the end of the part it was taken for."""
    parts = (n for n in outline.zones if isinstance(n, int) and n < section.number)
    for number in sorted(parts, reverse=True):
        zone = outline.zones[number]
        start = next((n for n, part in enumerate(zone.content) if _begins(part, index)), None)
        if start is not None:
            outline.zone(section.number).content[:0] = zone.content[start:]
            del zone.content[start:]
            return


def _begins(part: ZoneItem, index: LabelIndex) -> bool:
    texts = [part.text] if isinstance(part, Piece) else [c.text for c in part.cells[:1]]
    for text in texts:
        match = index.match(text)
        if match is not None and any(
            e.role in (LabelRole.FIELD, LabelRole.GROUP) and not e.direction for e in match.entries
        ):
            return True
    return False


def rejoin_labels(form: FormDef, outline: Outline, index: LabelIndex) -> None:
    """In the parts of rows, a label and the rest of it in the row below become one cell, and that row is gone."""
    for section in form.sections:
        if section.layout != "rows":
            continue
        zone = outline.zone(section.number)
        kept: list[ZoneItem] = []
        for content in zone.content:
            whole = _joined(kept[-1], content, index) if kept else None
            if whole is not None:
                kept[-1] = whole
            else:
                kept.append(content)
        zone.content = kept


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
