"""What was found for one answer: text with its boxes and its place, before it is understood."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from clusterform.finding import NOWHERE, Location
from clusterform.parsers.raw import SMALL_FIGURES, Block, Cell, Mark, Paragraph, SourcePositions, Table

_STRETCHES = frozenset({"strike", "raised", "stressed"})
"""Origins of marks that a cut may go through: each part of the text is what the whole was."""
_POINTS = frozenset({"struck", "drawing"})
"""Origins of marks without a length, which may stand behind the last character."""


class Piece(NamedTuple):
    """A stretch of text of one cell or paragraph."""

    text: str
    marks: tuple[Mark, ...] = ()
    location: Location = NOWHERE
    images: int = 0
    origin: SourcePositions = ()

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The piece from `start` to `end`, its boxes kept in step. Pictures belong to the whole, not to a part."""
        stop = len(self.text) if end is None else end
        last = stop == len(self.text)
        near = [m for m in self.marks if m.offset <= stop and m.offset + m.length >= start]
        marks = tuple(cut for m in near if (cut := _cut(m, start, stop, last=last)) is not None)
        whole = start == 0 and last
        origin = self.origin[start : stop + 1]
        return Piece(self.text[start:stop], marks, self.location, self.images if whole else 0, origin)

    def without_struck(self) -> Piece:
        """The piece without what is struck through; marks without a length keep what that was."""
        stretches = _struck(self) if has_struck(self.marks) else []
        if not stretches:
            return self
        gone = {place for start, end in stretches for place in range(start, end)}
        kept = [place for place in range(len(self.text)) if place not in gone]
        text = "".join(map(self.text.__getitem__, kept))
        origin = (*map(self.origin.__getitem__, kept), self.origin[-1]) if self.origin else ()
        marks = [left for m in self.marks if m.origin != "strike" and (left := _left(m, kept)) is not None]
        marks += [
            Mark(bisect_left(kept, start), None, "struck", self.text[start:end], 0)
            for start, end in stretches
        ]
        return Piece(text, tuple(marks), self.location, self.images, origin)

    def with_small_figures(self) -> Piece:
        """The piece with figures above or below the line as ¹ and ₁, unless all of it is set so."""
        raised = [m for m in self.marks if m.origin == "raised"]
        if not raised:
            return self
        chars = list(self.text)
        for mark in raised:
            stretch = slice(mark.offset, mark.offset + mark.length)
            chars[stretch] = self.text[stretch].translate(SMALL_FIGURES[mark.shown])
        level = any(c.isdecimal() for c in chars)
        return self._replace(text="".join(chars)) if level else self

    @property
    def drawn(self) -> bool:
        """Whether a picture, a drawn shape or an embedded object stands in it."""
        return self.images > 0 or any(mark.origin == "drawing" for mark in self.marks)

    def lines(self) -> list[Piece]:
        """One piece a line."""
        if not self.marks and "\n" not in self.text:
            return [self]
        found: list[Piece] = []
        start = 0
        for line in self.text.split("\n"):
            found.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return found


def _cut(mark: Mark, start: int, stop: int, *, last: bool) -> Mark | None:
    """The mark as far as it lies in a stretch of the text, counted from its start. `last`: the text ends there."""
    end = mark.offset + mark.length
    if start <= mark.offset < stop or (last and mark.origin in _POINTS and mark.offset == stop):
        return mark._replace(offset=mark.offset - start, length=min(end, stop) - mark.offset)
    if mark.offset < start < end and mark.origin in _STRETCHES:
        return mark._replace(offset=0, length=min(end, stop) - start)
    return None


def has_struck(marks: Iterable[Mark]) -> bool:
    """Whether any of the marks is a line through the text."""
    return "strike" in [mark.origin for mark in marks]


def _struck(piece: Piece) -> list[tuple[int, int]]:
    """The stretches struck through, those that touch as one; a struck space is none."""
    found: list[tuple[int, int]] = []
    marks = (m for m in piece.marks if m.origin == "strike")
    for start, end in sorted((m.offset, m.offset + m.length) for m in marks):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return [(start, end) for start, end in found if piece.text[start:end].strip()]


def _left(mark: Mark, kept: list[int]) -> Mark | None:
    """The mark where only the characters at `kept` are left of the text; None where none of its own is."""
    start, end = bisect_left(kept, mark.offset), bisect_left(kept, mark.offset + mark.length)
    return mark._replace(offset=start, length=end - start) if end > start or not mark.length else None


def of_cell(cell: Cell) -> Piece:
    """All of a cell's own text."""
    return Piece(cell.text, cell.marks, cell.location, cell.images, cell.origin)


def of_paragraph(paragraph: Paragraph) -> Piece:
    """All of a paragraph."""
    return Piece(paragraph.text, paragraph.marks, paragraph.location, origin=paragraph.origin)


def text_of(cell: Cell) -> str:
    """A cell's own text without what is struck through."""
    return of_cell(cell).without_struck().text if cell.marks else cell.text


def texts_of(blocks: Iterable[Block]) -> list[str]:
    """Every paragraph and every cell, those of inner tables behind the cell around them, without what is struck through."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    found.append(text_of(cell) if cell.marks else cell.text)
                    if cell.tables:
                        found += texts_of(cell.tables)
        else:
            found.append(of_paragraph(block).without_struck().text if block.marks else block.text)
    return found


def join(pieces: Sequence[Piece]) -> Piece:
    """Several pieces as one, a line each; the place is the first one's. Of none a blank one."""
    if len(pieces) == 1:
        return pieces[0]
    text = ""
    marks: list[Mark] = []
    origin: SourcePositions = ()
    for piece in pieces:
        text += "\n" if text else ""
        marks += [m._replace(offset=m.offset + len(text)) for m in piece.marks]
        origin = origin + piece.origin if text else piece.origin  # an empty first piece is no line
        text += piece.text
    location = pieces[0].location if pieces else NOWHERE
    return Piece(text, tuple(marks), location, sum(p.images for p in pieces), origin)
