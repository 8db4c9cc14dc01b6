"""A line of text while it is being read: pieces, the boxes among them, and what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.raw import Mark, Name, Paragraph, SourcePositions, Table
from clusterform.parsers.symbols import BARE, BOX, Sign, symbols
from clusterform.patterns import pattern
from clusterform.text import RADICALS, unified

_UNSEEN = dict.fromkeys(
    (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065))
)
"""Soft hyphen, zero-width space, marks of direction and the like, as they come with pasted text: nothing to see."""
_ODD = pattern(f"[{''.join(map(chr, _UNSEEN))}{RADICALS}]")


def visible_text(text: str) -> str:
    """The text as its reader sees it: radicals as ideographs, and without characters that show nothing."""
    return unified(text.translate(_UNSEEN)) if _ODD.search(text) else text


@dataclass(slots=True)
class ParagraphBuilder:
    """One paragraph as it grows."""

    parts: list[str] = data_field(default_factory=list)
    length: int = 0
    marks: list[Mark] = data_field(default_factory=list)
    names: tuple[Name, ...] = ()
    hidden: list[str] = data_field(default_factory=list)
    images: int = 0
    anchors: list[Element] = data_field(default_factory=list)
    """The text boxes anchored in it, not yet read."""
    boxes: list[ParagraphBuilder | Paragraph | Table] = data_field(default_factory=list)
    """What they hold; it is read after the line itself."""
    joins_next: bool = False
    """Its paragraph mark is deleted, so that the next paragraph goes on in it."""

    @property
    def text(self) -> str:
        """What has been read so far."""
        return "".join(self.parts)

    @property
    def origin(self) -> SourcePositions:
        """Where its characters come from; a plain line does not know."""
        return ()

    def new(self) -> ParagraphBuilder:
        """An empty line of the same kind."""
        return ParagraphBuilder()

    def clear(self) -> None:
        """Nothing is left in it but its place."""
        self.parts, self.marks, self.hidden, self.anchors, self.boxes = [], [], [], [], []
        self.names, self.length, self.images = (), 0, 0
        self.joins_next = False

    def add(self, text: str) -> None:
        """Plain text."""
        self.parts.append(text)
        self.length += len(text)

    def add_box(self, ticked: bool | None, origin: str, shown: str) -> None:
        """A box kept as structure: one character in the text, and a mark on it."""
        self.marks.append(Mark(self.length, ticked, origin, shown))
        self.add(BOX[ticked])

    def add_sign(self, sign: Sign, origin: str) -> None:
        """What a symbol font shows: a box, or a bare tick or cross as plain text."""
        if sign in BARE:
            self.add(BARE[sign])
        else:
            self.add_box(sign.ticked, origin, "☒" if sign is Sign.CROSSED else BOX[sign.ticked])

    def add_in_font(self, text: str, ascii_font: str | None, other: str | None) -> None:
        """Text in the fonts of ASCII and of other letters; in a symbol font each letter as what it shows."""
        if not any(symbols().has_font(font) for font in (ascii_font, other) if font):
            self.add(text)
            return
        for char in text:
            code = ord(char)
            font = ascii_font if code < 0x80 else other if code < 0x100 else other or ascii_font
            sign = symbols().of_font(font, code)
            if sign is None:
                self.add(char)
            else:
                self.add_sign(sign, f"font {font}")

    def mark(self, start: int, look: str, shown: str = "") -> None:
        """That all since `start` is of a look that marks have as their origin: strike, stressed, raised (see `Mark`)."""
        if self.length > start:
            self.marks.append(Mark(start, None, look, shown, self.length - start))

    def level(self) -> None:
        """Without what stands out, where no empty box is near that it could stand for."""
        if self.marks and symbols().empty.isdisjoint(self.text):
            self.marks = [mark for mark in self.marks if mark.origin != "stressed"]

    def circle(self, text: str) -> None:
        """Text with a circle or another line drawn round it."""
        if text:
            self.marks.append(Mark(self.length, None, "circle", "", len(text)))
            self.add(text)

    def picture(self) -> None:
        """A picture or drawn shape is anchored here."""
        self.images += 1
        self.marks.append(Mark(self.length, None, "drawing", "", 0))

    def append(self, other: ParagraphBuilder, between: str = "") -> None:
        """Another line after this one."""
        self.add(between)
        shift = self.length
        self.marks += [Mark(m.offset + shift, m.ticked, m.origin, m.shown, m.length) for m in other.marks]
        if other.names:
            self.names += tuple(Name(n.offset + shift, n.length, n.tag) for n in other.names)
        self.parts += other.parts
        self.length += other.length
        self.hidden += other.hidden
        self.images += other.images
        self.anchors += other.anchors
        self.boxes += other.boxes

    def name(self, tag: str) -> None:
        """All of it stands in a content control of this tag; one without a tag says nothing."""
        if tag:
            self.names += (Name(0, self.length, tag),)

    def make_box(self, checked: bool | None, states: dict[str, bool], origin: str) -> None:
        """Makes the line's first glyph the box of a content control that says `checked`.

        `states` maps the control's own glyphs to their state; a single glyph, shown in both, says nothing. A person
        sees the glyph and a program the control: where the two disagree the box is undecided.
        """
        text = self.text
        at = next((i for i, c in enumerate(text) if c in states or c in symbols().glyphs), None)
        if at is None:
            lone = len(text) == 1 and not text.isspace()
            self.put_box(0, int(lone), checked, origin, text if lone else "")
            return
        kept = next((m for m in self.marks if m.offset == at and m.length), None)
        sign = symbols().glyphs.get(text[at])
        seen = kept.ticked if kept else states.get(text[at], sign.ticked if sign else None)
        if len(states) == 1:
            seen = None
        agreed = checked if seen is None or seen == checked else None
        self.put_box(at, 1, agreed, origin, kept.shown if kept else text[at])

    def put_box(self, at: int, length: int, ticked: bool | None, origin: str, shown: str) -> None:
        """A box in place of so many characters there."""
        text, shift = self.text, 1 - length
        self.parts = [text[:at], BOX[ticked], text[at + length :]]
        self.length += shift
        moved = [m for m in self.marks if m.offset != at or not m.length or not length]
        self.marks = [
            Mark(m.offset + (shift if m.offset >= at else 0), m.ticked, m.origin, m.shown, m.length)
            for m in moved
        ]
        self.marks.append(Mark(at, ticked, origin, shown))
        self.marks.sort(key=lambda m: m.offset)
