"""Where each finding stands in a Word file: the characters of its answer, its box, its cell or its heading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clusterform.fields import BOXES, Address, Field
from clusterform.filling.boxes.layout import Layout
from clusterform.filling.pieces import Piece, of_cell, of_paragraph
from clusterform.filling.read import place_answers
from clusterform.filling.reading import Reading
from clusterform.finding import EVIDENCE_LIST, FileReport, Finding, FormPart, Location
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.container.package import Package
from clusterform.parsers.raw import Cell, RawDocument, Table
from clusterform.text import fold
from clusterform.writing.fill_word.docx_positions import (
    CharacterPosition,
    answer_place,
    is_traced,
    read_traced,
)
from clusterform.writing.spliced_part import SplicedPart

_BLANK = " \t\n\u3000\xa0\u2002\u2003_＿"
Stretch = Sequence[CharacterPosition]
"""The places of characters, in their order; never empty."""


class WordAnchors:
    """Finds the place of a finding in a document that was read with the place of each of its characters."""

    def __init__(
        self, document: RawDocument, form: FormDef | None, reading: Reading, report: FileReport
    ) -> None:
        """`form`: None for a province's summary, whose findings are known by their cells alone."""
        self._form = form
        self._reading = reading
        self._report = report
        self._texts = [piece for piece in _pieces(document) if piece.text.strip()]
        self._cells: Mapping[tuple[int | None, ...], Cell] = {
            _counted(cell.location): cell for cell in _cells(document.blocks)
        }

    @property
    def title(self) -> Stretch:
        """The form's title, or what stands first in the document."""
        titles = [fold(self._form.title)] if self._form is not None else []
        first = (stretch for piece in self._texts if (stretch := _whole(piece)))
        return self._headed(titles) or next(first)

    def of(self, finding: Finding) -> Stretch:
        """The option or the words that it names, in the answer, its cell or its row.

        Else the answer where it is known, its cell, its label, its part's heading, the title.
        """
        item = self._form.fields.get(finding.field or "") if self._form is not None else None
        answer = self.text_of((item.path, item.column_key(finding.column))) if item is not None else None
        texts = [text for text in (answer, self._cell(finding.location)) if text is not None]
        value = (finding.value or "").strip(_BLANK)
        return (
            (_option(answer, item, finding.label) if answer is not None and item is not None else ())
            or next((found for text in texts if (found := _words(text, value))), ())
            or self._in_row(finding.location, value)
            or next((found for text in texts if (found := _whole(text))), ())
            or self._label(finding.field)
            or self._heading(finding.section)
            or self.title
        )

    def text_of(self, address: Address) -> Piece | None:
        """All of an answer as one text; None where its place is not known."""
        return answer_place(self._reading, *address)

    def _cell(self, location: Location) -> Piece | None:
        cell = self._cells.get(_counted(location))
        return of_cell(cell) if cell is not None and cell.origin else None

    def _in_row(self, location: Location, value: str) -> Stretch:
        """All that stands in another cell of the row, where that is what the finding names."""
        row = _counted(location)[:2]
        texts = (of_cell(cell) for place, cell in self._cells.items() if place[:2] == row and cell.origin)
        return next((_whole(text) for text in texts if value and text.text.strip(_BLANK) == value), ())

    def _label(self, path: str | None) -> Stretch:
        head = self._reading.heads.get(path or "")
        return _known(head.origin) if head is not None else ()

    def _heading(self, section: FormPart | None) -> Stretch:
        if section is None:
            return ()
        if section == EVIDENCE_LIST:
            return self._headed([fold(text) for text in load_evidence_list().headings])
        return self._headed([fold(self._report.section_titles.get(section, ""))])

    def _headed(self, headings: Sequence[str]) -> Stretch:
        """The first text that is one of the headings, or begins with it."""
        wanted = [heading for heading in headings if heading]
        found = (p for p in self._texts if any(fold(p.text).startswith(heading) for heading in wanted))
        return next((stretch for piece in found if (stretch := _whole(piece))), ())


def _pieces(document: RawDocument) -> Iterator[Piece]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (of_cell(cell) for cell in _cells([block]))
        else:
            yield of_paragraph(block)


def _cells(blocks: Sequence[object]) -> Iterator[Cell]:
    """Every cell of the tables, those of tables inside a cell behind it."""
    for block in blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    yield cell
                    yield from _cells(cell.tables)


def _counted(location: Location) -> tuple[int | None, ...]:
    """A place in a table; three times None where it is none."""
    return location.table, location.row, location.cell


def _option(piece: Piece, item: Field, label: str | None) -> Stretch:
    """An option's words with its box, where the finding is of one."""
    if item.kind not in BOXES or label not in {option.label for option in item.options}:
        return ()
    layout = Layout.of(piece.text, piece.marks, item.options)
    place = next((p for p in layout.places if p.option.label == label), None)
    if place is None:
        return ()
    box = layout.spots()[place.option.key]
    start = place.start if box.start < 0 else min(place.start, box.start)
    return _known(piece.origin[start : max(place.end, box.end)])


def _words(piece: Piece, value: str) -> Stretch:
    """The words that a finding names."""
    start = piece.text.find(value) if value and is_traced(piece) else -1
    return _known(piece.origin[start : start + len(value)]) if start >= 0 else ()


def _whole(piece: Piece) -> Stretch:
    """All that stands there without the blanks round it, else the place behind."""
    if not is_traced(piece):
        return ()
    text = piece.text.strip(_BLANK)
    return _words(piece, text) or _known(piece.origin[-1:])


def _known(origin: Sequence[CharacterPosition | None]) -> Stretch:
    """Those places that are known: what a reader put between two lines has none."""
    return [spot for spot in origin if spot is not None and spot.node is not None]


def traced_form(package: Package, file: FileReport) -> tuple[SplicedPart, WordAnchors]:
    """A Word form's main part, to be written in, and the places of its findings and answers."""
    document, root = read_traced(package)
    definition = definition_of(file)
    reading = place_answers(document, definition)[1] if definition is not None else Reading()
    part = SplicedPart(package.read(package.main), package.main, root)
    return part, WordAnchors(document, definition, reading, file)


def definition_of(file: FileReport) -> FormDef | None:
    """The form that the file is; None for a summary, and for what is no form known here."""
    known = bool(file.edition) and file.form in load_edition(file.edition).forms
    return load_form(file.edition, file.form) if known else None
