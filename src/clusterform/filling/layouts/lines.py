"""Reading the cover: label：answer in lines, or in a small table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelIndex, LabelMatch, split_by_labels
from clusterform.filling.layouts.rows import RowReader
from clusterform.filling.outline import TableRow, Zone, ZoneItem
from clusterform.filling.pieces import Piece, of_cell
from clusterform.filling.reading import Reading, ReadingBuilder
from clusterform.filling.repairs.joined_labels import joined_label
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold, narrow

_LONGEST_ANSWER = 60
_BLANK = " \t\n\u3000_＿:："
_TELEPHONE = pattern(r"\d{7}")
_LabelledLine = tuple[Piece, list[tuple[LabelMatch | None, Piece]]]
"""A line, and its parts with the label that each begins with."""


class _Open(NamedTuple):
    """A label that a further line may belong to."""

    key: str
    last: Piece
    """What was read for it last."""
    answered: bool
    person: bool
    """A person and a telephone are asked, and no telephone stands there yet."""

    def goes_on(self, piece: Piece) -> bool:
        """Whether a line without a label is its answer, or the rest of it: in the same cell, or the telephone below."""
        if len(piece.text.strip()) > _LONGEST_ANSWER:
            return False
        same_cell = piece.location.ref is not None and piece.location == self.last.location
        return not self.answered or same_cell or (self.person and _has_number(piece))


_NOBODY = _Open("", Piece(""), answered=True, person=False)


def read_cover(form: FormDef, index: LabelIndex, zone: Zone, section: int) -> Reading:
    """The lines of the cover, which is the part of that number; an answer may also stand on the line below its label."""
    found, matches = ReadingBuilder(form), CellMatches(index)
    rows = RowReader(form, matches, found)
    contents = list(_by_label(index, zone, _printed(form)))
    missing = _missing(matches, contents)
    contacts = frozenset(f"{s.key}.{r.key}" for s in form.sections for r in s.rows if r.kind is Kind.CONTACT)
    waiting = _NOBODY
    for content in contents:
        if isinstance(content, TableRow):
            rows.read([content], section)
            continue
        line, parts = content
        known = joined_label(form, index, line.text) if missing and waiting.answered else None
        if known is not None and not missing.isdisjoint(e.key for e in known.entries):
            parts = split_by_labels(index, line, known)
        for match, piece in parts:
            key = _answer(match, piece, line, waiting, found)
            if key is not None:
                answered = bool(piece.text.strip(_BLANK))
                waiting = _Open(key, piece, answered, person=key in contacts and not _has_number(piece))
            elif match is None and waiting.answered:
                waiting = _NOBODY
    return found.reading()


@cache
def _printed(form: FormDef) -> set[str]:
    """What the cover prints beside its labels."""
    rows = [row for section in form.sections if section.layout == "lines" for row in section.rows]
    return {fold(form.title), fold(form.annex)} | {fold(p) for r in rows for p in (*r.prompts, *r.notes)}


def _by_label(index: LabelIndex, zone: Zone, printed: set[str]) -> Iterator[TableRow | _LabelledLine]:
    """The rows of tables, and each line cut where a label begins."""
    contents = iter(pairwise((*zone, None)))
    for content, following in contents:
        if isinstance(content, TableRow) and (below := _answered_below(index, content, following)):
            next(contents)
            lines = below
        elif isinstance(content, TableRow) and not _is_line(content):
            yield content
            continue
        elif content is not None:
            lines = [*map(of_cell, content.cells)] if isinstance(content, TableRow) else [content]
        for line in map(Piece.without_struck, lines):
            if line.text.strip() and fold(line.text) not in printed:
                yield line, split_by_labels(index, line)


def _answered_below(index: LabelIndex, row: TableRow, following: ZoneItem | None) -> list[Piece]:
    """Labels alone in their row and each answer below its own, as lines by turns; none where it is otherwise."""
    if not isinstance(following, TableRow) or following.table is not row.table:
        return []
    labels, answers = _filled(row), _filled(following)
    pure = all((match := index.match(cell.text)) is not None and match.pure for cell in labels)
    if not labels or not answers or not pure or any(index.match(cell.text) for cell in answers):
        return []
    if len(labels) == len(answers) == 1:
        return [of_cell(cell) for cell in (*labels, *answers)]
    below = {cell.column: cell for cell in answers}
    if not below.keys() <= {cell.column for cell in labels}:
        return []
    pairs = ((cell, below.get(cell.column)) for cell in labels)
    return [of_cell(cell) for pair in pairs for cell in pair if cell is not None]


def _filled(row: TableRow) -> list[Cell]:
    return [cell for cell in row.cells if cell.text.strip(_BLANK)]


def _is_line(row: TableRow) -> bool:
    """Whether a row is one cell, and so a line of the page like any paragraph."""
    return len(row.cells) == 1 and not row.above and not row.cells[0].tables


def _missing(matches: CellMatches, contents: Iterable[TableRow | _LabelledLine]) -> frozenset[str]:
    """The rows whose label stands nowhere by itself: it may be joined to its answer."""
    seen: set[str] = set()
    for content in contents:
        if isinstance(content, TableRow):
            found = [matches.of(cell) for cell in content.cells]
        else:
            found = [match for match, _ in content[1]]
        seen |= {entry.key for match in found if (entry := _row_of(match)) is not None}
    return frozenset(e.key for e in matches.index.entries if e.role is LabelRole.FIELD and e.key not in seen)


def _row_of(match: LabelMatch | None) -> LabelEntry | None:
    """The row whose label it is."""
    return next((e for e in match.entries if e.role is LabelRole.FIELD), None) if match is not None else None


def _answer(
    match: LabelMatch | None, piece: Piece, line: Piece, waiting: _Open, found: ReadingBuilder
) -> str | None:
    """One label with its answer, or a line of the answer to the label before: whose it is."""
    entry = _row_of(match)
    if match is None:
        if not waiting.goes_on(piece):
            return None
        if waiting.answered:
            found.add(waiting.key, [piece])
        else:
            found.put(waiting.key, None, [piece])
        return waiting.key
    if entry is None:
        return None
    found.see(entry.key, line)
    found.put(entry.key, None, [piece])
    return entry.key


def _has_number(piece: Piece) -> bool:
    return _TELEPHONE.search(narrow(piece.text).replace(" ", "")) is not None
