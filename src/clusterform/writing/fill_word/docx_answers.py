"""Writes all answers of a form into a traced document, and says which found no place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.answers import FilledForm, ticks_of
from clusterform.fields import BOXES, Field
from clusterform.filling.boxes.layout import BoxSpot, Layout
from clusterform.filling.pieces import Piece
from clusterform.parsers.docx import names as n
from clusterform.writing.answers.answer_faults import Faults, named
from clusterform.writing.answers.given import GivenForm
from clusterform.writing.fill_word.docx_places import AnswerPlaces
from clusterform.writing.fill_word.docx_positions import BEHIND
from clusterform.writing.fill_word.docx_runs import ancestor
from clusterform.writing.fill_word.docx_ticks import tick
from clusterform.writing.text_edits import is_open


@dataclass(slots=True)
class AnswerWriter:
    """Writes the answers of one form; `blank` is the form as it was read before."""

    places: AnswerPlaces
    blank: FilledForm
    given: GivenForm
    faults: Faults
    groups: dict[str, tuple[Piece, Mapping[str, BoxSpot]]] = data_field(default_factory=dict)
    """The groups of boxes, each with the box of each option."""

    def write(self) -> None:
        """All texts, ticks and remarks."""
        for (path, column), text in self.given.texts.items():
            item = self.blank.fields[path]
            if item.kind in BOXES:
                self._none(item, text)
            else:
                self._text(item, column, text)
        for path in {**self.given.ticks, **self.given.remarks}:
            self._group(self.blank.fields[path])

    def _text(self, item: Field, column: str | None, text: str) -> None:
        if not is_open(self.blank.answer(item.path, column)):
            return  # the same answer stands there already
        if not self.places.write(item.path, column, text, self.given.counted.get(item.path)):
            self._no_place(item, column)

    def _group(self, item: Field) -> None:
        """The boxes of a group; where some are ticked already, they are the ones to tick."""
        ticks = ticks_of(self.blank.answer(item.path))
        keys = self.given.ticks.get(item.path, ())
        piece = self.places.piece(item.path, None)
        if piece is None or ticks is None:
            self._no_place(item, None)
            return
        if ticks.ticked != keys:
            self._tick(item, piece, keys)
        remark = self.given.remarks.get(item.path)
        if remark is not None and not ticks.remark:
            self._remark(piece, remark)

    def _tick(self, item: Field, piece: Piece, keys: tuple[str, ...]) -> None:
        spots = Layout.of(piece.text, piece.marks, item.options).spots()
        for key in keys:
            spot = spots.get(key)
            label = item.option(key).label
            if spot is None:
                zh, en = f"空白表里没有选项“{label}”。", f"the blank form has no option “{label}”."
                self.faults.add(named(item, None), zh, en)
            elif not tick(self.places.pen, piece, spot):
                zh = f"空白表里“{label}”的方框不能由程序勾选。请把方框改成 □ 再填。"
                en = f"the box of “{label}” cannot be ticked by a program; make it a plain □ and fill again."
                self.faults.add(named(item, None), zh, en)

    def _remark(self, piece: Piece, remark: str) -> None:
        """What is written beside the options, below them."""
        behind = piece.origin[-1]
        if behind.at == BEHIND:
            self.places.pen.write_behind(behind.node, remark, plain=False)
        else:
            self.places.pen.insert(behind, f" {remark}")

    def _none(self, item: Field, text: str) -> None:
        """无 in place of a whole group of boxes."""
        piece = self.places.piece(item.path, None)
        if self.blank.answer(item.path).text.strip() == text:
            return
        if piece is None:
            self._no_place(item, None)
            return
        paragraphs = list(dict.fromkeys(ancestor(spot.node, n.P) for spot in piece.origin))
        self.places.pen.replace_all([p for p in paragraphs if p is not None], text)

    def _no_place(self, item: Field, column: str | None) -> None:
        self.faults.add(
            named(item, column), "空白表里找不到这一栏的位置。", "the blank form has no place for it."
        )
