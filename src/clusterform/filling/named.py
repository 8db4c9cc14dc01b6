"""Answers by name: content controls whose tags are paths of the form, path or path@column, as the project's blanks have them.

A label tells what stands beside it, and a name only where no label does: controls are copied and moved by people
who do not see their names. So a label that was deleted or reworded is known again by the names in its row, and an
answer that no label led to is taken by its name. A name that stands in two places counts for neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.entries import Entry, Role
from clusterform.filling.labels import CellMatches, Match
from clusterform.filling.outline import TableRow
from clusterform.filling.pieces import Piece, join, of_cell, of_paragraph
from clusterform.filling.slots import Place, Slots
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell, Name, Paragraph, RawDocument, Table
from clusterform.text import fold

_HALVES = frozenset({"count", "names"})
"""The controls of 数量 and 名称, which are one answer."""


class Names:
    """The places that a document's controls name, each name once."""

    def __init__(self, document: RawDocument, form: FormDef) -> None:
        self._form = form
        self._held = list(_holders(document)) if document.named else []
        counted = Counter(name.tag for _, names in self._held for name in names)
        self._places = {tag: place for tag, n in counted.items() if n == 1 and (place := self._place(tag))}

    def __bool__(self) -> bool:
        return bool(self._places)

    def _place(self, tag: str) -> Place | None:
        path, _, column = tag.partition("@")
        item = self._form.fields.get(path)
        if item is None:
            return None
        if item.kind is Kind.COUNT_NAMES and column in _HALVES:
            return path, None
        keys = {c.key for c in item.columns}
        return (path, column or None) if (column in keys if keys else not column) else None

    def of(self, names: Iterable[Name]) -> set[Place]:
        """The places that these names stand for."""
        return {self._places[name.tag] for name in names if name.tag in self._places}

    def pieces(self) -> Iterator[tuple[Place, Piece]]:
        """What stands under each name; for 数量 and 名称 all of the cell."""
        for piece, names in self._held:
            for name in names:
                place = self._places.get(name.tag)
                if place is not None:
                    halved = self._form.fields[place[0]].kind is Kind.COUNT_NAMES
                    yield place, piece if halved else _content(piece, name)


def _content(piece: Piece, name: Name) -> Piece:
    return piece.cut(name.offset, name.offset + name.length)


def _holders(document: RawDocument) -> Iterator[tuple[Piece, tuple[Name, ...]]]:
    """Cells and paragraphs with controls; paragraphs in a row that share one are taken together."""
    for names, blocks in groupby(document.blocks, key=_shared):
        held = list(blocks)
        if isinstance(names, str):
            pieces = [of_paragraph(b) for b in held if isinstance(b, Paragraph)]
            whole = join(pieces)
            yield whole, (Name(0, len(whole.text), names),)
            continue
        for block in held:
            if isinstance(block, Table):
                yield from _in_table(block)
            else:
                yield from ((_content(of_paragraph(block), n), (n._replace(offset=0),)) for n in block.names)


def _shared(block: Paragraph | Table) -> str | None:
    """The one name that covers all of a paragraph."""
    if isinstance(block, Table) or len(block.names) != 1:
        return None
    (name,) = block.names
    return name.tag if name.length == len(block.text) else None


def _in_table(table: Table) -> Iterator[tuple[Piece, tuple[Name, ...]]]:
    for row in table.rows:
        for cell in row:
            if cell.names:
                yield of_cell(cell), cell.names
            for inner in cell.tables:
                yield from _in_table(inner)


def find_named_labels(
    names: Names, matches: CellMatches, rows: Iterable[tuple[int, TableRow]]
) -> Iterator[Observation]:
    """A cell in the place of a label, with other words or none, is that label where a name in its row says so (CF011)."""
    entries = {e.key: e for found in matches.index.exact.values() for e in found if e.role is Role.FIELD}
    for _, row in rows:
        for position, cell in enumerate(row.cells):
            for path, _ in names.of(cell.names):
                entry = entries.get(path)
                lost = _label_cell(matches, row, position, path) if entry is not None else None
                if entry is not None and lost is not None:
                    matches.rename(lost, Match((entry,), len(lost.text), pure=True))
                    yield _altered(lost, entry)


def _label_cell(matches: CellMatches, row: TableRow, position: int, path: str) -> Cell | None:
    """The cell where the label of a named answer should be, if that is not a label already."""
    known = [m for m in map(matches.of, (*row.above, *row.cells)) if m is not None]
    if any(e.key == path for match in known for e in match.entries):
        return None
    for cell in (*reversed(row.cells[:position]), *reversed(row.above)):
        match = matches.of(cell)
        inner = match is not None and match.entries[0].role in (Role.HEAD, Role.CATEGORY)
        if not inner and not cell.names:
            return cell if match is None else None
    return None


def _altered(cell: Cell, entry: Entry) -> Observation:
    text = cell.text.strip()
    return Observation(
        "label-reworded" if fold(text) else "label-missing",
        section=entry.section,
        field=entry.key,
        label=entry.label,
        value=text or None,
        expected=entry.label,
        location=cell.location,
    )


def take_named(names: Names, slots: Slots) -> None:
    """Answers that no label led to, by their names."""
    if not names:
        return
    taken = {id_ for pieces in slots.pieces.values() for p in pieces if (id_ := _spot(p)) is not None}
    for place, piece in names.pieces():
        if not piece.text.strip():
            slots.spare[place] = piece
        elif _spot(piece) not in taken:
            slots.put(*place, [piece])


def _spot(piece: Piece) -> tuple[object, str] | None:
    """What tells one stretch of text from another: its place and its words; nothing for a blank one."""
    return (piece.location, piece.text) if piece.text.strip() else None
