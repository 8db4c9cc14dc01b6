"""What was found for one answer: text with its boxes and its place, before it is understood."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from clusterform.finding import NOWHERE, Location
from clusterform.parsers.raw import SMALL_FIGURES, Cell, Mark, Origin, Paragraph

_STRETCHES = frozenset({"strike", "raised"})
"""Origins of marks that a cut may go through: each part of the text is what the whole was."""


class Piece(NamedTuple):
    """A stretch of text of one cell or paragraph."""

    text: str
    marks: tuple[Mark, ...] = ()
    location: Location = NOWHERE
    images: int = 0
    origin: Origin = ()

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The piece from `start` to `end`, its boxes kept in step. Pictures belong to the whole, not to a part."""
        stop = len(self.text) if end is None else end
        last = stop == len(self.text)
        marks = tuple(cut for m in self.marks if (cut := _cut(m, start, stop, last=last)) is not None)
        whole = start == 0 and stop == len(self.text)
        origin = self.origin[start : stop + 1]
        return Piece(self.text[start:stop], marks, self.location, self.images if whole else 0, origin)

    def without_struck(self) -> Piece:
        """The piece without what is struck through; marks without a length keep what that was."""
        stretches = _struck(self) if self.marks else []
        if not stretches:
            return self
        ends = [0, *(end for _, end in stretches)]
        starts = [*(start for start, _ in stretches), len(self.text)]
        kept = [self.cut(end, start) for end, start in zip(ends, starts, strict=True)]
        return _spliced(self, kept, [self.text[start:end] for start, end in stretches])

    def with_small_figures(self) -> Piece:
        """The piece with figures above or below the line as ¹ and ₁, unless all of it is set so."""
        raised = [m for m in self.marks if m.origin == "raised"]
        text = self.text
        for mark in raised:
            end = mark.offset + mark.length
            small = text[mark.offset : end].translate(SMALL_FIGURES[mark.shown])
            text = text[: mark.offset] + small + text[end:]
        level = any(c.isdecimal() for c in text)
        return self._replace(text=text) if raised and level else self

    def lines(self) -> list[Piece]:
        """One piece a line."""
        found: list[Piece] = []
        start = 0
        for line in self.text.split("\n"):
            found.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return found


def _cut(mark: Mark, start: int, stop: int, *, last: bool) -> Mark | None:
    """The mark as far as it lies in a stretch of the text, counted from its start. `last`: the text ends there."""
    end = mark.offset + mark.length
    if start <= mark.offset < stop or (last and mark.origin == "struck" and mark.offset == stop):
        return replace(mark, offset=mark.offset - start, length=min(end, stop) - mark.offset)
    if mark.offset < start < end and mark.origin in _STRETCHES:
        return replace(mark, offset=0, length=min(end, stop) - start)
    return None


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


def _spliced(piece: Piece, kept: list[Piece], gone: list[str]) -> Piece:
    """What is left of a piece, with a mark where each struck stretch was."""
    text, marks, origin = "", list[Mark](), list[object]()
    for part, struck in zip(kept, [*gone, ""], strict=True):
        marks += [replace(m, offset=m.offset + len(text)) for m in part.marks if m.origin != "strike"]
        text += part.text
        origin += part.origin[: len(part.text)]
        if struck:
            marks.append(Mark(len(text), None, "struck", struck, 0))
    origin += piece.origin[-1:]
    return Piece(text, tuple(marks), piece.location, piece.images, tuple(origin))


def of_cell(cell: Cell) -> Piece:
    """All of a cell's own text."""
    return Piece(cell.text, cell.marks, cell.location, cell.images, cell.origin)


def of_paragraph(paragraph: Paragraph) -> Piece:
    """All of a paragraph."""
    return Piece(paragraph.text, paragraph.marks, paragraph.location, origin=paragraph.origin)


def join(pieces: list[Piece]) -> Piece:
    """Several pieces as one, a line each; the place is the first one's."""
    if len(pieces) == 1:
        return pieces[0]
    text = ""
    marks: list[Mark] = []
    origin: Origin = ()
    for piece in pieces:
        text += "\n" if text else ""
        marks += [replace(m, offset=m.offset + len(text)) for m in piece.marks]
        origin = origin + piece.origin if text else piece.origin  # an empty first piece is no line
        text += piece.text
    return Piece(text, tuple(marks), pieces[0].location, sum(p.images for p in pieces), origin)
