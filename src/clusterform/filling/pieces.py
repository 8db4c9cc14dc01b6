"""What was found for one answer: text with its boxes and its place, before it is understood."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from clusterform.finding import NOWHERE, Location
from clusterform.parsers.raw import Cell, Mark, Origin, Paragraph


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
        marks = tuple(replace(m, offset=m.offset - start) for m in self.marks if start <= m.offset < stop)
        whole = start == 0 and stop == len(self.text)
        origin = self.origin[start : stop + 1]
        return Piece(self.text[start:stop], marks, self.location, self.images if whole else 0, origin)

    def lines(self) -> list[Piece]:
        """One piece a line."""
        found: list[Piece] = []
        start = 0
        for line in self.text.split("\n"):
            found.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return found


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
