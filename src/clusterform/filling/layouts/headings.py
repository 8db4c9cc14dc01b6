"""Reading part eight: running text under official headings, and the target tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.fields import Kind
from clusterform.filling.entries import Entry, Role
from clusterform.filling.labels import CellMatches, Match
from clusterform.filling.layouts.rows import RowReader
from clusterform.filling.layouts.target_tables import LINE_CELLS, target_rows
from clusterform.filling.layouts.years_table import StageTables, rows_from
from clusterform.filling.outline import Content, TableRow, Zone
from clusterform.filling.pieces import Piece, join, of_cell
from clusterform.filling.reading import Reading, ReadingBuilder
from clusterform.forms.model import FormDef, SectionDef
from clusterform.forms.soundness import every_row
from clusterform.text import fold, unnumbered

_SHORTEST_FRAGMENT = 8
_LONGEST_HEADING = 40
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
        self.held: dict[str, list[Piece]] = {}

    def read(self, section: SectionDef, zone: Zone) -> None:
        """All of part eight."""
        printed = _printed(section)
        targets = target_rows(zone, self.rows.matches)
        stages = StageTables(self.form, self.index, self.found)
        read_until = 0
        contents = list(self._unbroken(_by_line(zone.content)))
        for number, content in enumerate(contents):
            if isinstance(content, TableRow) and id(content) in targets:
                self.rows.read([content], section.number)
                continue
            if number < read_until:
                continue
            rows = rows_from(contents, number)
            if rows and (years := stages.read(rows)):
                self.held.update(years)
                self.current = next(reversed(years))
                read_until = number + len(rows)
                continue
            own_table = isinstance(content, TableRow) and len(content.cells) > LINE_CELLS
            for line in self._lines(content):
                self._line(line, printed, heading=not own_table)
        for path, pieces in self.held.items():
            self.found.put(path, None, pieces)

    def _lines(self, content: Content) -> Iterator[Piece]:
        if isinstance(content, Piece):
            yield content
            return
        for cell in content.cells:
            for line in self._unbroken(of_cell(cell).without_struck().lines()):
                if isinstance(line, Piece):
                    yield line

    def _unbroken(self, lines: Sequence[Content]) -> Iterator[Content]:
        """The same, each heading that line ends break as one piece."""
        number = 0
        while number < len(lines):
            broken = self._broken(lines[number : number + _BROKEN_OVER])
            yield join(broken) if broken else lines[number]
            number += len(broken) or 1

    def _broken(self, lines: Sequence[Content]) -> list[Piece]:
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
            if len(taken) > 1 and self._heading(self.index.whole(text)) is not None:
                found = len(taken)
        return taken[:found]

    def _line(self, line: Piece, printed: _Printed, *, heading: bool) -> None:
        if not line.text.strip():
            if self.current and any(mark.origin == "struck" for mark in line.marks):
                self.held[self.current].append(line)
            self.found.room(self.current, line)
            return
        match = self.index.match(line.text) if heading else None
        entry = self._heading(match)
        if match is not None and entry is not None:
            self._open(entry, line, match)
        elif self.current and not printed.holds(line.text):
            self.held[self.current].append(line)
        else:
            self.found.room(self.current, line)

    def _heading(self, match: Match | None) -> Entry | None:
        """The heading that a line is, of running text or of a group of them.

        A second one of the same words is text, and so is a line that goes on behind the words of a heading whose
        group has not begun (2025 年，… in the introduction).
        """
        for entry in match.entries if match is not None else ():
            prose = entry.role is Role.FIELD and self.form.rows[entry.key].kind is Kind.PROSE
            if (
                not (prose or (entry.role is Role.GROUP and not entry.direction))
                or entry.key in self.found.labels
            ):
                continue
            if match is not None and (match.pure or not entry.group or entry.group in self.found.labels):
                return entry
        return None

    def _open(self, entry: Entry, line: Piece, match: Match) -> None:
        self.found.see(entry.key, line)
        if entry.role is Role.GROUP:
            self.current = ""
            return
        self.current = entry.key
        held = self.held.setdefault(entry.key, [])
        rest = line.cut(match.rest)
        if rest.text.strip():
            held.append(rest)
        else:
            self.found.room(entry.key, rest)


class _Printed:
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


def _printed(section: SectionDef) -> _Printed:
    texts = [*section.notes]
    for row in every_row(section.rows):
        for text in (*row.notes, *row.guidance):
            texts += [text, *text.split("\n")]
    return _Printed(texts)


def _by_line(contents: Sequence[Content]) -> list[Content]:
    """Lines and table rows."""
    found: list[Content] = []
    for content in contents:
        found += content.without_struck().lines() if isinstance(content, Piece) else [content]
    return found
