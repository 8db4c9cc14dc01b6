"""Where each answer goes in a blank Word form: the stretch of text, or the paragraph, that the reader would take it from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterform.answers import Answer
from clusterform.fields import Kind
from clusterform.filling.pieces import Piece
from clusterform.filling.reading import Reading
from clusterform.forms.model import FormDef
from clusterform.parsers.docx import names as n
from clusterform.writing.fill_word.docx_positions import BEHIND, CharacterPosition, answer_place
from clusterform.writing.fill_word.docx_runs import ancestor
from clusterform.writing.fill_word.docx_text_writer import TextWriter
from clusterform.writing.text_edits import TextEdit, edits_for

_SPACES = " \u3000\t\xa0\u2002\u2003_＿"
_KEPT = 2
"""Spaces that stay before another label in the same line."""
_JOINTS = "：:）) \u3000\n"


@dataclass(slots=True)
class AnswerPlaces:
    """Writes texts into the places that the reader of one document found."""

    form: FormDef
    reading: Reading
    pen: TextWriter

    def write(self, path: str, column: str | None, answer: Answer) -> bool:
        """Writes an answer; False where the form has no place for it."""
        row, text = self.form.rows[path], answer.text
        layout = self._layout(path)
        if layout == "headings" and row.kind is Kind.PROSE:
            return self._under_heading(path, text)
        if layout == "declaration" and row.rows:
            return self._in_frame(path, answer)
        if layout == "declaration" and row.kind is Kind.DATE and (path, None) not in self.reading.pieces:
            return self._below(path, text)
        piece = self.piece(path, column)
        if piece is None:
            return column is None and self._behind_label(path, answer)
        edits = edits_for(self.form.fields[path], row, piece.text, answer)
        if edits is None:
            return False
        for edit in sorted(edits, key=lambda e: -e.start):
            self._edit(path, piece, edit, breaks=layout == "lines")
        return True

    def piece(self, path: str, column: str | None) -> Piece | None:
        """All of an answer's place as one text; None where it is not known."""
        return answer_place(self.reading, path, column)

    def _layout(self, path: str) -> str:
        key = path.partition(".")[0]
        return next(s.layout for s in self.form.sections if s.key == key)

    def _edit(self, path: str, piece: Piece, edit: TextEdit, *, breaks: bool) -> None:
        stretch = piece.origin[edit.start : edit.end + 1]
        if not edit.start:
            stretch = (*self._spaces_before(path, piece), *stretch)
        self.pen.write(stretch, edit.text, breaks=breaks)

    def _spaces_before(self, path: str, piece: Piece) -> tuple[Any, ...]:
        """The spaces between a label and its answer in the same line, which are the line to write on."""
        head = self.reading.heads.get(path)
        if head is None or piece.origin[0] not in head.origin:
            return ()
        end = start = head.origin.index(piece.origin[0])
        while start and head.text[start - 1] in _SPACES:
            start -= 1
        if (
            piece.origin[0].at != BEHIND
            and not piece.text
            and end < len(head.text)
            and head.text[end] != "\n"
        ):
            end -= _KEPT
        return head.origin[start:end] if end - start >= _KEPT else ()

    def _behind_label(self, path: str, answer: Answer) -> bool:
        """Behind the label in its own line or cell, where the form has no other place."""
        head = self.reading.heads.get(path)
        if head is None or len(head.origin) != len(head.text) + 1:
            return False
        if self.form.rows[path].kind is Kind.FORMULA:
            edits = edits_for(self.form.fields[path], self.form.rows[path], head.text, answer) or []
        else:
            end = len(head.text.rstrip())
            colon = "" if head.text[end - 1 : end] in _JOINTS else "："
            edits = [TextEdit(end, end, colon + answer.text)]
        for edit in edits:
            self.pen.write(head.origin[edit.start : edit.end + 1], edit.text)
        return bool(edits)

    def _under_heading(self, path: str, text: str) -> bool:
        """Running text: in the first empty paragraph behind the heading and what is printed under it, else below."""
        head = self.reading.heads.get(path)
        if head is None or not head.origin:
            return False
        lines = "\n".join(line for line in text.split("\n") if line.strip())
        own = head.origin[-1]
        rooms = [room for room in self.reading.rooms.get(path, []) if room.origin[-1] != own]
        printed = max((at for at, room in enumerate(rooms) if room.text.strip()), default=-1)
        for room in rooms[printed + 1 :]:
            self.pen.write(room.origin, lines)
            return True
        behind = rooms[printed].origin[-1] if rooms else own
        if behind.at == BEHIND:
            self.pen.write_behind(behind.node, lines, plain=not rooms)
        else:
            self.pen.write((behind,), f"\n{lines}", breaks=True)
        return True

    def _in_frame(self, path: str, answer: Answer) -> bool:
        """A frame's own text: in its first empty line, else above the first label in it."""
        key = path.partition(".")[0]
        inner = [f"{key}.{row.key}" for row in self.form.rows[path].rows]
        rooms = self.reading.rooms.get(path, [])
        first = next((self.reading.heads[p] for p in inner if p in self.reading.heads), None)
        if rooms:
            self.pen.write(rooms[0].origin, answer.text)
        elif first is not None and first.text.startswith("\n"):  # read as one with the empty line above it
            self.pen.write(first.origin[:1], answer.text)
        elif first is not None:
            self.pen.write_before(_paragraph(first.origin[0]), answer.text)
        else:
            return self._behind_label(path, answer)
        return True

    def _below(self, path: str, text: str) -> bool:
        """A date without a place of its own: below the line of the label before it."""
        head = self.reading.heads.get(path)
        if head is None or not head.origin:
            return False
        self.pen.write_behind(_paragraph(head.origin[-1]), text, plain=False)
        return True


def _paragraph(spot: CharacterPosition) -> Any:
    """The paragraph that a character stands in."""
    return ancestor(spot.node, n.P)
