"""A Word file read in order to be written in: the same text as for a check, each character with its place in the XML."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from dataclasses import field as data_field
from itertools import chain, count, islice, repeat
from typing import Any, NamedTuple

from clusterform.filling.pieces import Piece, join
from clusterform.filling.reading import Reading
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.blocks import Blocks, flattened
from clusterform.parsers.docx.grid import table_structure
from clusterform.parsers.docx.read import as_block, linked_part, plain_texts, special_elements
from clusterform.parsers.docx.runs import Inline
from clusterform.parsers.docx.styles import TextStyle, read_styles
from clusterform.parsers.paragraph_builder import ParagraphBuilder, visible_text
from clusterform.parsers.raw import RawDocument

BEHIND = -1
"""The index of the place behind all that a paragraph holds; its node is the paragraph."""


class CharacterPosition(NamedTuple):
    """The place of one character: a node such as w:t or w:sym, and which of its characters."""

    node: Any
    at: int


@dataclass(slots=True)
class _Cursor:
    """The node that is being read, and the places of those of its characters that are still to come."""

    node: Any = None
    places: Iterator[int] = data_field(default_factory=lambda: repeat(0))

    def enter(self, node: Any) -> None:
        self.node, self.places = node, repeat(0)
        if node.tag == n.T:
            raw = node.text or ""
            whole = visible_text(raw) == raw
            seen = range(len(raw)) if whole else [at for at, char in enumerate(raw) if visible_text(char)]
            self.places = chain(seen, count(len(raw)))

    def take(self, number: int) -> list[CharacterPosition]:
        """The places of that many characters."""
        return [CharacterPosition(self.node, at) for at in islice(self.places, number)]


@dataclass
class TracedLine(ParagraphBuilder):
    """A line that keeps the place of each of its characters."""

    cursor: _Cursor = data_field(default_factory=_Cursor)
    spots: list[CharacterPosition] = data_field(default_factory=list)
    behind: CharacterPosition | None = None

    @property
    def origin(self) -> tuple[CharacterPosition | None, ...]:
        return (*self.spots, self.behind)

    def new(self) -> TracedLine:
        return TracedLine(cursor=self.cursor)

    def clear(self) -> None:
        super().clear()
        self.spots = []

    def add(self, text: str) -> None:
        self.spots += self.cursor.take(len(text))
        super().add(text)

    def append(self, other: ParagraphBuilder, between: str = "") -> None:
        held = [*self.spots, *[self.behind or CharacterPosition(None, BEHIND)] * len(between)]
        super().append(other, between)
        if isinstance(other, TracedLine):
            self.spots = [*held, *other.spots]
            self.behind = other.behind or self.behind

    def put_box(self, at: int, length: int, ticked: bool | None, origin: str, shown: str) -> None:
        if not length:
            self.spots[at:at] = self.cursor.take(1)
        super().put_box(at, length, ticked, origin, shown)


@dataclass
class _TracedInline(Inline):
    """Reads paragraphs, telling the cursor what is read."""

    plain: Container[Element | None] = ()
    """The paragraphs and cells that hold nothing but their w:t."""
    cursor: _Cursor = data_field(default_factory=_Cursor)

    def __post_init__(self) -> None:
        self.new_line = lambda: TracedLine(cursor=self.cursor)

    def paragraph(self, element: Element) -> ParagraphBuilder:
        plain = element in self.plain or element.getparent() in self.plain
        line = self._plain_line(element) if plain else super().paragraph(element)
        if isinstance(line, TracedLine):
            line.behind = CharacterPosition(element, BEHIND)
        return line

    def _plain_line(self, element: Element) -> ParagraphBuilder:
        line = self.new_line()
        for text in element.iter(n.T):
            self.cursor.enter(text)
            line.add(visible_text(text.text or ""))
        return line

    def _bullet(self, properties: Element, line: ParagraphBuilder) -> None:
        self.cursor.enter(properties)
        super()._bullet(properties, line)

    def _formula(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        self.cursor.enter(element)
        super()._formula(element, line, look)

    def _simple_field(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        self.cursor.enter(element)
        super()._simple_field(element, line, look)

    def _piece(self, child: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        self.cursor.enter(child)
        super()._piece(child, line, look)


def answer_place(reading: Reading, path: str, column: str | None) -> Piece | None:
    """All of an answer's place as one text; None where it is not known."""
    pieces = reading.pieces.get((path, column)) or reading.rooms.get(path, [])[:1]
    whole = join(list(pieces)) if pieces else reading.spare.get((path, column))
    return whole if whole is not None and is_traced(whole) else None


def is_traced(piece: Piece) -> bool:
    """Whether the place of each of its characters is known, and that behind them."""
    return len(piece.origin) == len(piece.text) + 1


def read_traced(package: Package) -> tuple[RawDocument, Element]:
    """The document with the origin of all its text, and the root of the XML that the origins point into."""
    data, styles = package.read(package.main), read_styles(package)
    root = parse_part(data, package.main)
    body, structure = root.find(n.BODY), table_structure(root)
    if body is None:
        return RawDocument("docx", (), named=True), root
    plain, cells = plain_texts(body, special_elements(body, data, styles) | structure.framed, dressed=True)
    inline = _TracedInline(styles, lambda key: linked_part(package, key), plain=plain.keys() | cells.keys())
    blocks = flattened(Blocks({}, {}, structure, inline).story(body))
    return RawDocument("docx", tuple(map(as_block, blocks)), named=True), root
