"""Reading part eight: running text under official headings, and the target tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, groupby

from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelMatch
from clusterform.filling.layouts.header import column_set_of, is_header
from clusterform.filling.layouts.rows import RowReader
from clusterform.filling.layouts.years_table import StageTables, table_of
from clusterform.filling.outline import TableRow, Zone, ZoneItem, pieces_of
from clusterform.filling.pieces import Piece, join
from clusterform.filling.reading import Reading, ReadingBuilder
from clusterform.forms.model import FormDef, SectionDef, every_row
from clusterform.parsers.raw import Table
from clusterform.text import fold, unnumbered

_SHORTEST_FRAGMENT = 8
_LONGEST_HEADING = 40
_LONGEST_CAPTION = 12
_BROKEN_OVER = 3
"""Lines that a heading takes at most in a narrow cell."""


def read_headings(form: FormDef, matches: CellMatches, section: SectionDef, zone: Zone) -> Reading:
    """The texts under the part's headings, and its target tables."""
    reader = _PlanReader(form, matches)
    reader.read(section, zone)
    return reader.found.reading()


class _PlanReader:
    """Goes through part eight once: tables to the row reader, lines to the heading they stand under."""

    def __init__(self, form: FormDef, matches: CellMatches) -> None:
        self.form = form
        self.index = matches.index
        self.found = ReadingBuilder(form)
        self.rows = RowReader(form, matches, self.found)
        self.current = ""
        self.pieces: dict[str, list[Piece]] = {}

    def read(self, section: SectionDef, zone: Zone) -> None:
        """All of part eight."""
        printed = _printed(self.form, section.number)
        targets = target_rows(zone, self.rows.matches)
        stages = StageTables(self.form, self.index, self.found)
        lines = ([item] if isinstance(item, TableRow) else item.without_struck().lines() for item in zone)
        contents = list(self._unbroken(list(chain.from_iterable(lines))))
        for _, stretch in groupby(contents, table_of):
            items = list(stretch)
            if id(items[0]) not in targets and (years := stages.read(items)):
                self.pieces.update(years)
                self.current = next(reversed(years))
                items = [item for item in items if id(item) in targets]
            for content in items:
                if isinstance(content, TableRow) and id(content) in targets:
                    self.rows.read([content], section.number)
                    continue
                own_table = isinstance(content, TableRow) and len(content.cells) > LINE_CELLS
                for line in self._lines(content):
                    self._line(line, printed, heading=not own_table)
        for path, pieces in self.pieces.items():
            self.found.put(path, None, pieces)

    def _lines(self, content: ZoneItem) -> Iterator[Piece]:
        if isinstance(content, Piece):
            yield content
            return
        for piece in pieces_of(content):
            for line in self._unbroken(piece.without_struck().lines()):
                if isinstance(line, Piece):
                    yield line

    def _unbroken(self, lines: Sequence[ZoneItem]) -> Iterator[ZoneItem]:
        """The same, each heading that line ends break as one piece."""
        number = 0
        while number < len(lines):
            broken = self._broken(lines[number : number + _BROKEN_OVER])
            yield join(broken) if broken else lines[number]
            number += len(broken) or 1

    def _broken(self, lines: Sequence[ZoneItem]) -> list[Piece]:
        """The first of these lines that are a heading together; none where it stands in one line or there is none."""
        taken: list[Piece] = []
        found = 0
        text = ""
        for line in lines:
            if not isinstance(line, Piece) or not fold(line.text):  # …… below a heading is no part of it
                break
            text += line.text
            if len(text) > _LONGEST_HEADING:
                break
            taken.append(line)
            if self._heading(self.index.whole(text)) is not None:
                found = len(taken)
        return taken[:found]

    def _line(self, line: Piece, printed: _PrintedPlan, *, heading: bool) -> None:
        if not line.text.strip():
            if self.current and any(mark.origin == "struck" for mark in line.marks):
                self.pieces[self.current].append(line)
            self.found.room(self.current, line)
            return
        match = self.index.match(line.text) if heading else None
        entry = self._heading(match)
        if match is not None and entry is not None:
            self._open(entry, line, match)
        elif self.current and not printed.holds(line.text):
            self.pieces[self.current].append(line)
        else:
            self.found.room(self.current, line)

    def _heading(self, match: LabelMatch | None) -> LabelEntry | None:
        """The heading that a line is, of running text or of a group of them.

        A second one of the same words is text, and so is a line that goes on behind the words of a heading whose
        group has not begun (2025 年，… in the introduction).
        """
        if match is None:
            return None
        seen = self.found.labels
        new = (entry for entry in match.entries if entry.key not in seen and self._heads_text(entry))
        return next((e for e in new if match.pure or not e.group or e.group in seen), None)

    def _heads_text(self, entry: LabelEntry) -> bool:
        if entry.role is LabelRole.FIELD:
            return self.form.rows[entry.key].kind is Kind.PROSE
        return entry.role is LabelRole.GROUP and not entry.direction

    def _open(self, entry: LabelEntry, line: Piece, match: LabelMatch) -> None:
        self.found.see(entry.key, line)
        if entry.role is LabelRole.GROUP:
            self.current = ""
            return
        self.current = entry.key
        found = self.pieces.setdefault(entry.key, [])
        rest = line.cut(match.rest)
        if rest.text.strip():
            found.append(rest)
        else:
            self.found.room(entry.key, rest)


class _PrintedPlan:
    """The official text of a part: notes and guidance, whole or in fragments of a line."""

    def __init__(self, texts: list[str]) -> None:
        self.whole = {fold(form) for t in texts for form in (t, unnumbered(t))} - {""}
        self.joined = "\n".join(fold(t) for t in texts)

    def holds(self, text: str) -> bool:
        """Whether a line is official text and no answer."""
        folded = fold(text)
        if folded in self.whole or fold(unnumbered(text)) in self.whole:
            return True
        return len(folded) >= _SHORTEST_FRAGMENT and folded in self.joined


@cache
def _printed(form: FormDef, number: int) -> _PrintedPlan:
    section = form.section(number)
    texts = [*section.notes]
    for row in every_row(section.rows):
        for text in (*row.notes, *row.guidance):
            texts += [text, *text.split("\n")]
    return _PrintedPlan(texts)


LINE_CELLS = 2
"""A row of more cells is a table of the county's own, and no heading with its text."""


def target_rows(zone: Zone, matches: CellMatches) -> set[int]:
    """The rows of target tables, by id: from their heads on, and what goes on without a header right behind.

    A row that begins with a heading of the running text is none: on a sheet the text goes on below the table.
    """
    found: set[int] = set()
    table: Table | None = None
    inside = False
    for content in zone:
        if not isinstance(content, TableRow):
            inside = inside and _is_caption(content.text, matches)
            continue
        if _is_target_header(content, matches):
            inside = True
        elif _begins_text(content, matches):
            inside = False
        elif content.table is not table:
            if inside and len(content.filled) == 1 and _is_caption(content.filled[0].text, matches):
                continue
            inside = inside and _goes_on(content, matches)
        table = content.table
        if inside:
            found.add(id(content))
    return found


def _is_caption(text: str, matches: CellMatches) -> bool:
    """Whether a line may stand between the two halves of a table, as 续表 does: blank, or short and no heading."""
    return len(fold(text)) <= _LONGEST_CAPTION and (not text.strip() or matches.index.match(text) is None)


def _begins_text(row: TableRow, matches: CellMatches) -> bool:
    """Whether the row is a heading of running text, alone or with its text beside it."""
    few = 0 < len(row.filled) <= LINE_CELLS and not row.above
    match = matches.of(row.filled[0]) if few else None
    return match is not None and any(
        e.is_row and not e.direction and (e.role is LabelRole.GROUP or not e.column_set)
        for e in match.entries
    )


def _is_target_header(row: TableRow, matches: CellMatches) -> bool:
    labels = matches.in_row(row.cells)
    return is_header(labels) and column_set_of(labels) in matches.index.target_sets


def _goes_on(row: TableRow, matches: CellMatches) -> bool:
    """Whether a table's first row holds a target's label or direction."""
    entries = [e for _, m in matches.in_row(row.cells).cells if m is not None for e in m.entries]
    return any(e.column_set and e.is_row for e in entries)
