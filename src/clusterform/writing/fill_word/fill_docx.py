"""A blank Word form, the project's own or any other, filled with answers: which of them found no place is said, each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.answers import Answer, FilledForm, State, TicksAnswer, ticks_of
from clusterform.fields import Field
from clusterform.filling.boxes.layout import BoxSpot, Layout
from clusterform.filling.pieces import Piece
from clusterform.filling.read import place_answers
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import as_strict, is_strict
from clusterform.parsers.container.xml_tree import require_lxml, serialize
from clusterform.parsers.docx import names as n
from clusterform.writing.faults import Faults, named
from clusterform.writing.fill_word.docx_places import AnswerPlaces
from clusterform.writing.fill_word.docx_positions import BEHIND, read_traced
from clusterform.writing.fill_word.docx_rows import EvidenceWriter, TargetWriter
from clusterform.writing.fill_word.docx_runs import ancestor
from clusterform.writing.fill_word.docx_text_writer import TextWriter
from clusterform.writing.fill_word.docx_ticks import tick
from clusterform.writing.text_edits import is_open
from clusterform.writing.through_blank import filled_copy


def fill_docx(given: FilledForm, package: Package, name: str) -> bytes:
    """The blank form in `package` filled with the answers of the file called `name`; what it raises: `filled_copy`."""
    require_lxml()
    document, root = read_traced(package)

    def write(form: FormDef, blank: FilledForm, faults: Faults) -> dict[str, bytes]:
        outline, reading = place_answers(document, form)
        pen = TextWriter()
        AnswerWriter(AnswerPlaces(form, reading, pen), blank, given, faults).write()
        TargetWriter(form, reading, pen, faults).write(given, blank, root)
        EvidenceWriter(form, outline, pen, faults).write(given.evidence or (), root)
        data = serialize(root, standalone=True)
        strict = is_strict(package.read(package.main), package.main)
        return {package.main: as_strict(data) if strict else data}

    return filled_copy(given, package, name, document, write)


@dataclass(slots=True)
class AnswerWriter:
    """Writes the answers of one form; `blank` is the form as it was read before."""

    places: AnswerPlaces
    blank: FilledForm
    given: FilledForm
    faults: Faults
    groups: dict[str, tuple[Piece, Mapping[str, BoxSpot]]] = data_field(default_factory=dict)
    """The groups of boxes, each with the box of each option."""

    def write(self) -> None:
        """All texts, ticks and remarks."""
        for (path, column), answer in self.given.answers.items():
            item = self.blank.fields[path]
            if not isinstance(answer, TicksAnswer):
                self._text(item, column, answer)
            elif answer.state is State.NONE:
                self._none(item, answer.text)
            else:
                self._group(item, answer)

    def _text(self, item: Field, column: str | None, answer: Answer) -> None:
        if not is_open(self.blank.answer(item.path, column)):
            return  # the same answer stands there already
        if not self.places.write(item.path, column, answer):
            self._no_place(item, column)

    def _group(self, item: Field, answer: TicksAnswer) -> None:
        """The boxes of a group; where some are ticked already, they are the ones to tick."""
        ticks = ticks_of(self.blank.answer(item.path))
        piece = self.places.piece(item.path, None)
        if piece is None or ticks is None:
            self._no_place(item, None)
            return
        if ticks.ticked != answer.ticked:
            self._tick(item, piece, answer.ticked)
        if answer.remark and not ticks.remark:
            self._remark(piece, answer.remark)

    def _tick(self, item: Field, piece: Piece, keys: tuple[str, ...]) -> None:
        spots = Layout.of(piece.text, piece.marks, item.options).spots()
        for key in keys:
            spot = spots.get(key)
            label = item.option(key).label
            if spot is None:
                self.faults.add(named(item, None), Text("fill.no-option", option=label))
            elif not tick(self.places.pen, piece, spot):
                self.faults.add(named(item, None), Text("fill.no-box", option=label))

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
        self.faults.add(named(item, column), Text("fill.no-place"))
