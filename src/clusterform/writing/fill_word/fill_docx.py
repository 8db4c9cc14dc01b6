"""A blank Word form, the project's own or any other, filled with answers: which of them found no place is said, each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from clusterform.answers import Answer, FilledForm, State, TicksAnswer, ticks_of
from clusterform.fields import Field, Kind
from clusterform.filling.boxes.layout import Layout
from clusterform.filling.pieces import Piece
from clusterform.filling.read import place_answers
from clusterform.filling.reading import Reading
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import as_strict, is_strict
from clusterform.parsers.container.xml_tree import require_lxml, serialize
from clusterform.parsers.docx import names as n
from clusterform.writing.faults import Faults, named
from clusterform.writing.fill_word.docx_positions import (
    BEHIND,
    CharacterPosition,
    answer_place,
    read_traced,
)
from clusterform.writing.fill_word.docx_rows import RowWriter
from clusterform.writing.fill_word.docx_text_writer import TextWriter, ancestor
from clusterform.writing.fill_word.docx_ticks import tick
from clusterform.writing.text_edits import TextEdit, edits_for, is_open
from clusterform.writing.through_blank import filled_copy


def fill_docx(given: FilledForm, package: Package, name: str) -> bytes:
    """The blank form in `package` filled with the answers of the file called `name`; what it raises: `filled_copy`."""
    require_lxml()
    document, root = read_traced(package)

    def write(form: FormDef, blank: FilledForm, faults: Faults) -> dict[str, bytes]:
        outline, reading = place_answers(document, form)
        pen = TextWriter()
        AnswerWriter(form, reading, pen, blank, faults).write(given)
        rows = RowWriter(form, reading, outline, pen, faults, root)
        rows.add_targets(given, blank)
        rows.add_evidence(given.evidence or ())
        data = serialize(root, standalone=True)
        strict = is_strict(package.read(package.main), package.main)
        return {package.main: as_strict(data) if strict else data}

    return filled_copy(given, package, name, document, write)


_SPACES = " \u3000\t\xa0\u2002\u2003_＿"
_KEPT = 2
"""Spaces that stay before another label in the same line."""
_JOINTS = "：:）) \u3000\n"


@dataclass(slots=True)
class AnswerWriter:
    """Writes the answers of one form into the places that its reader found; `blank` is the form as it was read before."""

    form: FormDef
    reading: Reading
    pen: TextWriter
    blank: FilledForm
    faults: Faults

    def write(self, given: FilledForm) -> None:
        """All texts, ticks and remarks."""
        for (path, column), answer in given.answers.items():
            item, held = self.form.fields[path], self.blank.answer(path, column)
            if isinstance(answer, TicksAnswer):
                found = self._none(item, answer) if answer.state is State.NONE else self._group(item, answer)
            else:  # where it is not open, the same answer stands there already
                found = not is_open(held) or self._text(item, column, answer)
            if not found:
                self.faults.add(named(item, column), Text("fill.no-place"))

    def _group(self, item: Field, answer: TicksAnswer) -> bool:
        """The boxes of a group; where some are ticked already, they are the ones to tick. False without a place, as below."""
        ticks = ticks_of(self.blank.answer(item.path))
        piece = answer_place(self.reading, item.path, None)
        if piece is None or ticks is None:
            return False
        if ticks.ticked != answer.ticked:
            self._tick(item, piece, answer.ticked)
        if answer.remark and not ticks.remark:
            behind = piece.origin[-1]
            if behind.at == BEHIND:
                self.pen.write_behind(behind.node, answer.remark, plain=False)
            else:
                self.pen.insert(behind, f" {answer.remark}")
        return True

    def _tick(self, item: Field, piece: Piece, keys: tuple[str, ...]) -> None:
        spots = Layout.of(piece.text, piece.marks, item.options).spots()
        for key in keys:
            spot = spots.get(key)
            label = item.option(key).label
            if spot is None:
                self.faults.add(named(item, None), Text("fill.no-option", option=label))
            elif not tick(self.pen, piece, spot):
                self.faults.add(named(item, None), Text("fill.no-box", option=label))

    def _none(self, item: Field, answer: TicksAnswer) -> bool:
        """无 in place of a whole group of boxes."""
        piece = answer_place(self.reading, item.path, None)
        if self.blank.answer(item.path).text.strip() == answer.text:
            return True
        if piece is None:
            return False
        paragraphs = dict.fromkeys(_paragraph(spot) for spot in piece.origin)
        self.pen.replace_all([p for p in paragraphs if p is not None], answer.text)
        return True

    def _text(self, item: Field, column: str | None, answer: Answer) -> bool:
        path, row, text = item.path, self.form.rows[item.path], answer.text
        layout = next(s.layout for s in self.form.sections if s.key == path.partition(".")[0])
        if layout == "headings" and row.kind is Kind.PROSE:
            return self._under_heading(path, text)
        if layout == "declaration" and row.rows:
            return self._in_frame(item, answer)
        if layout == "declaration" and row.kind is Kind.DATE and (path, None) not in self.reading.pieces:
            return self._below(path, text)
        piece = answer_place(self.reading, path, column)
        if piece is None:
            return column is None and self._behind_label(item, answer)
        edits = edits_for(item, row, piece.text, answer)
        if edits is None:
            return False
        for edit in sorted(edits, key=lambda e: -e.start):
            stretch = piece.origin[edit.start : edit.end + 1]
            if not edit.start:
                stretch = (*self._spaces_before(path, piece), *stretch)
            self.pen.write(stretch, edit.text, breaks=layout == "lines")
        return True

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

    def _behind_label(self, item: Field, answer: Answer) -> bool:
        """Behind the label in its own line or cell, where the form has no other place."""
        head, row = self.reading.heads.get(item.path), self.form.rows[item.path]
        if head is None or len(head.origin) != len(head.text) + 1:
            return False
        if row.kind is Kind.FORMULA:
            edits = edits_for(item, row, head.text, answer) or []
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

    def _in_frame(self, item: Field, answer: Answer) -> bool:
        """A frame's own text: in its first empty line, else above the first label in it."""
        key = item.path.partition(".")[0]
        inner = (self.reading.heads.get(f"{key}.{row.key}") for row in self.form.rows[item.path].rows)
        first = next((head for head in inner if head is not None), None)
        rooms = self.reading.rooms.get(item.path, [])
        if rooms:
            self.pen.write(rooms[0].origin, answer.text)
        elif first is not None and first.text.startswith("\n"):  # read as one with the empty line above it
            self.pen.write(first.origin[:1], answer.text)
        elif first is not None:
            self.pen.write_before(_paragraph(first.origin[0]), answer.text)
        else:
            return self._behind_label(item, answer)
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
