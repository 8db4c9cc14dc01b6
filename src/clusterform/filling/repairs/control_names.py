"""Content controls whose tags are paths of the form, path or path@column, as the project's blanks have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby

from clusterform.fields import Address, Kind
from clusterform.filling.pieces import Piece, join, of_cell, of_paragraph
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Name, Paragraph, RawDocument, Table

_HALVES = frozenset({"count", "names"})
"""The controls of 数量 and 名称, which are one answer."""


class ControlNames:
    """The places that a document's controls name, each name once."""

    def __init__(self, document: RawDocument, form: FormDef) -> None:
        self._form = form
        self._held = list(_holders(document)) if document.named else []
        counted = Counter(name.tag for _, names in self._held for name in names)
        self._places = {tag: place for tag, n in counted.items() if n == 1 and (place := self._place(tag))}

    def __bool__(self) -> bool:
        return bool(self._places)

    def _place(self, tag: str) -> Address | None:
        path, _, column = tag.partition("@")
        item = self._form.fields.get(path)
        if item is None:
            return None
        if item.kind is Kind.COUNT_NAMES and column in _HALVES:
            return path, None
        keys = {c.key for c in item.columns}
        return (path, column or None) if (column in keys if keys else not column) else None

    def of(self, names: Iterable[Name]) -> set[Address]:
        """The places that these names stand for."""
        return {self._places[name.tag] for name in names if name.tag in self._places}

    def pieces(self) -> Iterator[tuple[Address, Piece]]:
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
