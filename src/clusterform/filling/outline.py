"""The parts of a form: which part each paragraph and each table row belongs to, and what is wrong with the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from clusterform.answers import Observation
from clusterform.filling.labels import unnumbered
from clusterform.filling.pieces import Piece, of_cell, of_paragraph
from clusterform.finding import Location
from clusterform.forms.model import FormDef, SectionDef
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table
from clusterform.text import fold

GUIDANCE = -1
"""The zone of 填报说明, where nothing is an answer."""
EVIDENCE = 10

_NUMBER = re.compile(r"\s*(?:第)?([一二三四五六七八九十]+)(?:部分)?\s*[、.．,，:：\s]")
_CHINESE = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
_TRAILING_NOTE = re.compile(r"\s*[(（][^()（）]*[)）]\s*[:：]?\s*$")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One grid row of a table: the cells that begin in it, and those that reach down into it."""

    table: Table
    number: int
    cells: tuple[Cell, ...]
    above: tuple[Cell, ...]


@dataclass(slots=True)
class Zone:
    """What stands under one heading, in document order."""

    section: int
    content: list[Piece | TableRow] = field(default_factory=list)

    def rows(self) -> Iterator[TableRow]:
        """The table rows."""
        return (c for c in self.content if isinstance(c, TableRow))


@dataclass(slots=True)
class Outline:
    """A document by parts. A part whose heading stands twice has one zone for both."""

    zones: dict[int, Zone] = field(default_factory=dict)
    seen: list[tuple[int, Location, str]] = field(default_factory=list)
    """Part headings in document order."""

    def zone(self, section: int) -> Zone:
        """The zone of a part, empty where there is none."""
        return self.zones.setdefault(section, Zone(section))


class _Headings:
    """Recognises part headings, 填报说明 and 佐证材料清单."""

    def __init__(self, form: FormDef) -> None:
        self.by_core = {
            fold(unnumbered(text)): s
            for s in form.sections
            if s.heading
            for text in (s.heading, *s.spellings)
        }
        self.guidance = fold(form.guidance.heading)
        self.evidence = {fold(text) for text in form.evidence_headings}

    def find(self, text: str, current: int) -> int | None:
        """The part that begins here, if any. Inside part eight a heading of the same words is its own subheading."""
        if not text or len(text) > 60 or "\n" in text.strip():
            return None
        bare = _TRAILING_NOTE.sub("", unnumbered(text))
        core = fold(bare)
        section = self.by_core.get(core) or self.by_core.get(fold(unnumbered(text)))
        if section is not None:
            numbered = _NUMBER.match(text)
            number = _CHINESE.get(numbered[1]) if numbered else None
            return None if current == section.number and number != current else section.number
        if core == self.guidance:
            return GUIDANCE
        return EVIDENCE if core in self.evidence or core[2:] in self.evidence else None


def read_outline(document: RawDocument, form: FormDef) -> Outline:
    """The document cut at its part headings, which may stand in paragraphs or in table rows."""
    headings = _Headings(form)
    outline = Outline()
    current = 0
    for content, text, location in _contents(document):
        found = headings.find(text, current) if text else None
        if found is not None:
            current = found
            if found > 0 and found != EVIDENCE:
                outline.seen.append((found, location, text.strip()))
            outline.zone(current)
            continue
        outline.zone(current).content.append(content)
    return outline


def _contents(document: RawDocument) -> Iterator[tuple[Piece | TableRow, str, Location]]:
    """Paragraphs and table rows in order, each with the text that may be a heading."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield of_paragraph(block), block.text, block.location
        else:
            yield from _table_contents(block)


def _table_contents(table: Table) -> Iterator[tuple[Piece | TableRow, str, Location]]:
    for row in table_rows(table):
        filled = [c for c in row.cells if c.text.strip()]
        lone = filled[0] if len(filled) == 1 and not row.above else None
        if lone is not None and len(row.cells) == 1 and "\n" in lone.text.strip():
            # A part drawn as one big box: its lines are paragraphs to the reader.
            yield from ((line, line.text, line.location) for line in of_cell(lone).lines())
            for nested in lone.tables:
                yield from _table_contents(nested)
        else:
            yield row, lone.text if lone else "", lone.location if lone else Location()


def table_rows(table: Table) -> Iterator[TableRow]:
    """Each grid row with the cells that reach into it from above."""
    reaching: list[Cell] = []
    for number, cells in enumerate(table.rows):
        above = tuple(sorted((c for c in reaching if c.row + c.row_span > number), key=lambda c: c.column))
        yield TableRow(table, number, cells, above)
        reaching = [*above, *(c for c in cells if c.row_span > 1)]


def heading_faults(outline: Outline, form: FormDef) -> Iterator[Observation]:
    """A part heading that is missing, doubled or out of order (CF010)."""
    numbers = [number for number, _, _ in outline.seen]
    for section in form.sections:
        if section.heading and section.number not in numbers:
            yield Observation("section-missing", section=section.number, label=section.heading)
    firsts = list(dict.fromkeys(numbers))
    settled = _longest_rising(firsts)
    told: set[int] = set()
    for number, location, text in outline.seen:
        if number in told:
            yield _fault("section-doubled", _section(form, number), text, location)
        elif number not in settled:
            yield _fault("section-misplaced", _section(form, number), text, location)
        told.add(number)


def _longest_rising(numbers: list[int]) -> set[int]:
    """The largest set of parts that stand in order: the fewest others are out of place."""
    best: list[list[int]] = []
    for number in numbers:
        longest: list[int] = []
        for run in best:
            if run[-1] < number and len(run) > len(longest):
                longest = run
        best.append([*longest, number])
    whole: list[int] = max(best, key=len, default=[])
    return set(whole)


def _fault(what: str, section: SectionDef, text: str, location: Location) -> Observation:
    return Observation(what, section=section.number, label=section.heading, value=text, location=location)


def _section(form: FormDef, number: int) -> SectionDef:
    return next(s for s in form.sections if s.number == number)
