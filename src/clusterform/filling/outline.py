"""The parts of a form: which part each paragraph and each table row belongs to, and what is wrong with the headings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from math import inf
from typing import NamedTuple

from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.front_matter import front_matter, index_rows, is_index, may_list
from clusterform.filling.pieces import Piece, of_cell, of_paragraph
from clusterform.filling.repairs.side_by_side import side_by_side_parts
from clusterform.filling.sheet_names import SheetNames
from clusterform.finding import Location
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Block, Cell, Paragraph, RawDocument, Table
from clusterform.patterns import pattern
from clusterform.text import CHINESE_NUMBERS, fold, uncontinued, unmarked, unnumbered


class UnnumberedZone(Enum):
    """Zones that are none of the form's numbered parts."""

    FRONT = "front"
    """What stands before the form, a letter or an index."""
    GUIDANCE = "guidance"
    """填报说明, where nothing is an answer."""
    EVIDENCE = "evidence"
    """The list of evidence."""


FRONT, GUIDANCE, EVIDENCE = UnnumberedZone
ZoneKey = int | UnnumberedZone
"""A part's number, or what is none."""

_NUMBER = pattern(r"\s*(?:{parts.number})?([{numerals}]+)(?:{parts.part})?\s*[、.．,，:：\s]")
_EVIDENCE_TITLE = pattern("{evidence.title}")
_TRAILING_NOTE = pattern(r"(?<!\s)\s*+[(（][^()（）]*+[)）]\s*+[:：]?\s*+$")
_LONGEST_HEADING = 60
_MOST_HEADED = 2
"""With text in more cells no heading stands in a row."""


class TableRow(NamedTuple):
    """One grid row of a table: the cells that begin in it, and those that reach down into it."""

    table: Table
    number: int
    cells: tuple[Cell, ...]
    above: tuple[Cell, ...]
    filled: Sequence[Cell]
    """The cells that begin in it and hold text."""


ZoneItem = Piece | TableRow
Zone = list[ZoneItem]
"""What stands under one heading, in document order."""


@dataclass(slots=True)
class Outline:
    """A document by parts. A part whose heading stands twice has one zone for both."""

    texts: DocumentTexts
    """All that the document says."""
    zones: defaultdict[ZoneKey, Zone] = field(default_factory=lambda: defaultdict(list))
    seen: list[tuple[int, Location, str]] = field(default_factory=list)
    """Part headings in document order."""
    side_by_side: list[tuple[int, Location, str]] = field(default_factory=list)
    """Those to the right of another part's."""

    def in_order(self) -> list[tuple[ZoneKey, Zone]]:
        """The zones: what stands before the form, its parts by their numbers, the list of evidence."""
        places = {FRONT: -2, GUIDANCE: -1, EVIDENCE: inf}
        return sorted(
            self.zones.items(), key=lambda zone: zone[0] if isinstance(zone[0], int) else places[zone[0]]
        )


def _core(text: str) -> str:
    """A heading without its number and a note behind it, folded."""
    return fold(_TRAILING_NOTE.sub("", unnumbered(text)))


class _Headings:
    """Recognises part headings, 填报说明 and 佐证材料清单."""

    def __init__(self, form: FormDef) -> None:
        self.by_core = {core: s for s in form.sections if s.heading for core in s.cores}
        self.layouts: dict[ZoneKey, str] = {s.number: s.layout for s in form.sections}
        self.guidance = fold(form.guidance.heading)
        self.evidence = {fold(text) for text in load_evidence_list().headings}
        known = (*self.by_core, self.guidance, *self.evidence)
        self.any_core = pattern("|".join(map(re.escape, known)))
        """Most texts hold none of them and need no closer look."""

    def find(self, text: str, current: ZoneKey, seen: set[int]) -> ZoneKey | None:
        """The part that begins here, if any.

        Running text has subheadings of a county's own, and an evidence list may name the parts: there, and where the
        part was seen before under its own number, only a part not yet seen begins.
        """
        if not text or len(text) > _LONGEST_HEADING:
            return None
        if "\n" in text.strip():
            text = self._in_one_line(text)
        text = unmarked(text)
        if not self._is_last(current) and self.any_core.search(fold(text)) is None:
            return None
        core = _core(text)
        section = self.by_core.get(core) or self.by_core.get(fold(unnumbered(text)))
        if section is not None:
            return section.number if self._begins(section.number, text, current, seen) else None
        if core == self.guidance:
            return GUIDANCE
        if (
            core in self.evidence
            or core[2:] in self.evidence
            or (self._is_last(current) and _EVIDENCE_TITLE.fullmatch(core))
        ):
            return EVIDENCE
        return None

    def part(self, text: str) -> int | None:
        """The part whose heading a text is, wherever it stands."""
        if len(text) > _LONGEST_HEADING:
            return None
        section = self.by_core.get(_core(text))
        return section.number if section is not None else None

    def _in_one_line(self, text: str) -> str:
        """A part's heading that a line end breaks, in one line; nothing for lines that are more than that."""
        first, whole = text.strip().split("\n")[0], text.replace("\n", "")
        return whole if _core(first) not in self.by_core and _core(whole) in self.by_core else ""

    def is_text(self, section: ZoneKey) -> bool:
        """Whether the part is running text, and not rows of tables."""
        return self.layouts.get(section, "lines") != "rows"

    def _is_last(self, section: ZoneKey) -> bool:
        return self.layouts.get(section) == "declaration"

    def _begins(self, section: int, text: str, current: ZoneKey, seen: set[int]) -> bool:
        numbered = _NUMBER.match(text)
        number = CHINESE_NUMBERS.get(numbered[1]) if numbered else None
        headed = self.layouts.get(current) == "headings"
        if current == section:
            return number == section and not headed
        if headed or current is EVIDENCE:
            later = isinstance(current, int) and section > current
            return section not in seen and (number == section or later)
        return section not in seen or number == section


_headings = cache(_Headings)
"""Made once for a form."""


class _Cutter:
    """Goes through a document and cuts it at its part headings."""

    def __init__(self, form: FormDef, texts: DocumentTexts) -> None:
        self.form = form
        self.headings = _headings(form)
        self.names = SheetNames(form)
        self.sheeted = False
        """A sheet has begun, as none does in a text document."""
        self.aside = False
        """The sheet is no part of the form, whatever stands in it."""
        self.before = False
        """The form has not begun, or stands still for an index."""
        self.may_list = False
        """An index may stand in the tables of this block."""
        self.outline = Outline(texts)
        self.current: ZoneKey = 0
        self._kept: ZoneKey = FRONT
        self.seen: set[int] = set()

    def turn(self) -> None:
        """From the form to what is none of it, or back."""
        self.before = not self.before
        self.current, self._kept = self._kept, self.current if self.before else FRONT

    def front(self, block: Block) -> None:
        """A block before the form: of all headings only that of an evidence list counts there."""
        if isinstance(block, Table):
            self.outline.zones[self.current] += table_rows(block)
        elif self.headings.find(block.text, FRONT, set()) == EVIDENCE:
            self._enter(EVIDENCE, block.location, block.text)
        else:
            self.current = FRONT if block.sheet_name else self.current
            self.outline.zones[self.current].append(of_paragraph(block))

    def paragraph(self, piece: Piece) -> None:
        """A paragraph, or a line of a part that is drawn as one box."""
        if not self._open(piece.text, piece.location):
            self.outline.zones[self.current].append(piece)

    def sheet(self, name: Piece, blocks: Sequence[Block]) -> None:
        """A sheet begins, named so and holding these blocks. Its name counts where no heading in it says the same."""
        self.aside = self.names.is_aside(name.text) or is_index(_rows_of(blocks), self.form)
        if self.aside:
            return
        if self.names.is_evidence(name.text):
            self.current = EVIDENCE
            self.outline.zones.setdefault(EVIDENCE, [])
        else:
            self.current = GUIDANCE if self.sheeted else 0
            section = self.names.section(name.text)
            if section is not None and not self._is_headed(section, blocks):
                self._enter(section, name.location, name.text)
        self.sheeted = True

    def _is_headed(self, section: int, blocks: Sequence[Block]) -> bool:
        """Whether the part's own heading stands in the cells of these blocks."""
        rows = (row for b in blocks if isinstance(b, Table) for row in b.rows)
        filled = ([c.text for c in row if c.text.strip()] for row in rows)
        heads = (f for f in filled if len(f) == 1 or all(self.headings.part(text) for text in f))
        return any(self.headings.find(text, 0, {section}) == section for f in heads for text in f)

    def table(self, table: Table) -> None:
        """A table, row by row; parts that stand side by side one after the other."""
        for stretch in side_by_side_parts(table, self.headings.part):
            if (heading := stretch.heading) is not None:
                part = self.headings.part(heading.text) or 0
                self.outline.side_by_side.append((part, heading.location, heading.text.strip()))
            self._rows(stretch.table)

    def _rows(self, table: Table) -> None:
        listed = index_rows(_rows_of([table]), self.form) if self.may_list else ()
        zone = self.outline.zones[self.current]
        for row in table_rows(table):
            if row.number in listed:
                continue
            if len(row.filled) > _MOST_HEADED or not self._is_heading_or_frame(row):
                zone.append(row)
            else:
                zone = self.outline.zones[self.current]

    def _is_heading_or_frame(self, row: TableRow) -> bool:
        """Whether the row is none of the part's table, but begins a part or frames what is read by itself."""
        lone = not row.above
        match row.cells, row.filled:
            case [cell], _ if lone and self._is_box(cell):
                self._box(cell)
            case cells, [] if any(cell.tables for cell in cells):
                for cell in cells:
                    self._nested(cell)
            case _, [cell] if lone and self._open(cell.text, cell.location):
                self._nested(cell)
            case [title, body], _ if self._is_titled_box(title, body):
                self._open(title.text, title.location)
                self._box(body)
            case _:
                return False
        return True

    def _open(self, text: str, location: Location) -> bool:
        """Whether a part begins with this text; the part is open from here on. One that goes on (续) is open already."""
        if text and self._goes_on(text):
            return True
        found = self.headings.find(text, self.current, self.seen) if text else None
        if found is None:
            return False
        self._enter(found, location, text)
        return True

    def _goes_on(self, text: str) -> bool:
        bare = uncontinued(text)
        return bare != text and self.headings.find(bare, 0, set()) == self.current

    def _enter(self, part: ZoneKey, location: Location, text: str) -> None:
        self.current = part
        if isinstance(part, int) and part:
            self.outline.seen.append((part, location, text.strip()))
            self.seen.add(part)
        self.outline.zones.setdefault(part, [])

    def _is_box(self, cell: Cell) -> bool:
        """Whether a lone cell is a frame round paragraphs and tables, and not a row of the part's table."""
        if cell.tables:
            return True
        text = cell.text.strip()
        if "\n" not in text or self.headings.find(text, self.current, self.seen) is not None:
            return False
        return self.headings.is_text(self.current) or any(
            self.headings.find(line, self.current, self.seen) is not None for line in text.split("\n")
        )

    def _is_titled_box(self, title: Cell, body: Cell) -> bool:
        """A part's heading in one cell and all its text beside it."""
        content = bool(body.tables) or "\n" in body.text.strip()
        return content and self.headings.find(title.text, self.current, self.seen) is not None

    def _box(self, cell: Cell) -> None:
        for line in of_cell(cell).lines():
            self.paragraph(line)
        self._nested(cell)

    def _nested(self, cell: Cell) -> None:
        for nested in cell.tables:
            self.table(nested)


def read_outline(document: RawDocument, form: FormDef, texts: DocumentTexts | None = None) -> Outline:
    """The document cut at its part headings, which may stand in paragraphs or in table rows."""
    texts = texts or DocumentTexts(document.blocks)
    cutter = _Cutter(form, texts)
    before = front_matter(document.blocks, texts, form)
    for number, block in enumerate(document.blocks):
        if (number in before) != cutter.before:
            cutter.turn()
        if cutter.before:
            cutter.front(block)
        elif isinstance(block, Paragraph) and block.sheet_name:
            cutter.sheet(of_paragraph(block), _of_sheet(document.blocks[number + 1 :]))
        elif cutter.aside:
            continue
        elif isinstance(block, Table):
            cutter.may_list = may_list(texts.folded_blocks[number], form)
            cutter.table(block)
        else:
            cutter.paragraph(of_paragraph(block))
    return cutter.outline


def _of_sheet(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks up to the next sheet."""
    ends = (n for n, b in enumerate(blocks) if isinstance(b, Paragraph) and b.sheet_name)
    return blocks[: next(ends, len(blocks))]


def _rows_of(blocks: Iterable[Block]) -> list[list[str]]:
    """The texts of each row of the tables, and of each paragraph as a row of its own."""
    return [
        [cell.text for cell in row]
        for block in blocks
        for row in (block.rows if isinstance(block, Table) else [[block]])
    ]


def pieces_of(item: ZoneItem) -> Iterator[Piece]:
    """A line, or the texts of a row's cells."""
    return iter([item]) if isinstance(item, Piece) else map(of_cell, item.cells)


def rows_in(zone: Zone) -> list[TableRow]:
    """The rows of all its tables."""
    return [item for item in zone if isinstance(item, TableRow)]


def table_rows(table: Table) -> Iterator[TableRow]:
    """Each grid row with the cells that reach into it from above."""
    reaching: list[Cell] = []
    for number, cells in enumerate(table.rows):
        still = [c for c in reaching if c.row + c.row_span > number]
        above = tuple(sorted(still, key=lambda c: c.column)) if still else ()
        yield TableRow(table, number, cells, above, [c for c in cells if c.text.strip()])
        reaching = [*still, *cells]
