"""Reading part nine: signature, seals, dates and the province's opinion, line by line under their labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry
from clusterform.filling.labels import LabelIndex, cut_at_names
from clusterform.filling.layouts.evidence_list import evidence_columns
from clusterform.filling.outline import TableRow, Zone, pieces_of
from clusterform.filling.pieces import Piece, join
from clusterform.filling.reading import Reading, ReadingBuilder
from clusterform.forms.model import FormDef, SectionDef, every_row
from clusterform.patterns import pattern
from clusterform.text import fold

_DATE = pattern(
    r"(?:(?<![\d\s])[\d\s]*+|(?<![{digits}\s])[{digits}\s]*+){date.year}[\d{numerals}\s_]*+{date.month}[\d{numerals}\s_]*+{date.day}?|(?<![\d{numerals}{date.year}])[\d{numerals}]{1,3}{date.month}[\d{numerals}]{1,3}{date.day}|\d{4}[-./]\d{1,2}[-./]\d{1,2}"
)
_BITS = pattern(
    r"[\d{digits}\s_]*+[{date.year}{date.month}{date.day}][\d{digits}{date.year}{date.month}{date.day}\s_]*+|\s*+20\d\d\s*+"
)
"""A line that is nothing but pieces of a date: 13月, 25日, 2025."""


def read_declaration(form: FormDef, index: LabelIndex, section: SectionDef, zone: Zone) -> Reading:
    """What stands under the labels of the part."""
    reader = _DeclarationReader(form, index, section)
    reader.read(zone)
    return reader.found.reading()


class _DeclarationReader:
    """Goes through part nine once. A date has no label of its own: it belongs to the label before it."""

    def __init__(self, form: FormDef, index: LabelIndex, section: SectionDef) -> None:
        self.form = form
        self.index = index
        self.found = ReadingBuilder(form)
        self.order = [p for p in form.rows if p.startswith(f"{section.key}.")]
        self.printed = _printed(form, section.number)
        self.current = ""
        self.dated = False
        """The date that ends the current label's half has been read: what stands below is none of its seal."""

    def read(self, zone: Zone) -> None:
        """All of part nine, up to an evidence list without a heading of its own."""
        for content in takewhile(lambda c: not (isinstance(c, TableRow) and evidence_columns(c)), zone):
            pieces = [piece.without_struck() for piece in pieces_of(content)]
            for piece in () if self._dated_side_by_side(pieces) else pieces:
                for line in self._lines(piece):
                    self._line(line)
                if piece.images:
                    self._picture(piece)
        self._undated()

    def _dated_side_by_side(self, pieces: Sequence[Piece]) -> bool:
        """Dates in cells of their own, below seals side by side: each is of the seal above it."""
        dates = [piece for piece in pieces if piece.text.strip()]
        places = self._open_dates()
        if len(dates) < 2 or len(dates) != len(places) or any(piece.images for piece in pieces):
            return False
        if not all(_DATE.fullmatch(piece.text.strip()) for piece in dates):
            return False
        for path, piece in zip(places, dates, strict=True):
            self._date(path, piece)
        return True

    def _lines(self, piece: Piece) -> list[Piece]:
        """A cell's lines; a label broken over lines is put together again, two labels in one line are cut apart."""
        flat = piece.text.replace("\n", "")
        whole = self.index.match(flat)
        if whole is not None and whole.pure and self._entry(flat) is not None:
            return [piece]
        lines: list[Piece] = []
        for line in piece.lines():
            held = lines[-1] if lines else Piece("")
            both = join([held, line])
            broken = fold(held.text) and not any(self._entry(piece.text) for piece in (held, line))
            if broken and self._entry(both.text.replace("\n", "")) is not None:
                lines[-1] = both
            else:
                lines += cut_at_names(self.index, line)
        return lines

    def _entry(self, text: str) -> LabelEntry | None:
        """The label that a text begins with; a date's pattern is none."""
        match = self.index.match(text)
        entries = match.entries if match is not None else ()
        return next((e for e in entries if self._kind(e.key) is not Kind.DATE), None)

    def _line(self, line: Piece) -> None:
        if not line.text.strip():
            self.found.room(self.current, line)
            return
        match, entry = self.index.match(line.text), self._entry(line.text)
        if match is not None and entry is not None:
            self.found.see(entry.key, line)
            self.current, self.dated = entry.key, False
            self._rest(line.cut(match.rest))
        else:
            self._rest(line)

    def _rest(self, piece: Piece) -> None:
        """What follows a label: a date goes to the next date's place, the rest to the label's."""
        below = self.dated
        dates = list(_DATE.finditer(piece.text)) or [m for m in [_BITS.fullmatch(piece.text)] if m]
        if dates and self._may_be_date(dates, piece.text):
            self._dates(piece, dates)
            piece = piece.cut(0, dates[0].start())
        path = self.current
        if path not in self.form.rows or (below and self._kind(path) is Kind.SEAL):
            return
        if piece.text.strip() and not (len(fold(piece.text)) >= 4 and fold(piece.text) in self.printed):
            held = self.found.pieces.get((path, None), [])
            if self._kind(path) is Kind.TEXT and any(p.text.strip() for p in held):
                self.found.add(path, [piece])  # an opinion of several paragraphs
            else:
                self.found.put(path, None, [piece])
        elif (path, None) not in self.found.pieces:  # what stands before a date is no second place for a seal
            self.found.put(path, None, [piece])

    def _may_be_date(self, dates: list[re.Match[str]], text: str) -> bool:
        """A line that is dates and nothing else, or ends with one behind a signature or seal."""
        beside = text[: dates[0].start()] + text[dates[-1].end() :]
        return not beside.strip(" :：\t　") or self._kind(self.current) in (Kind.SIGNATURE, Kind.SEAL)

    def _dates(self, piece: Piece, dates: list[re.Match[str]]) -> None:
        """Each to its own place where seals stand side by side; else all to the next place, which asks for one."""
        seen = self._open_dates()
        after = self.order.index(self.current) + 1 if self.current in self.order else 0
        following = next((p for p in self.order[after:] if self._kind(p) is Kind.DATE), None)
        if len(dates) > 1 and len(seen) == len(dates):
            for path, found in zip(seen, dates, strict=True):
                self._date(path, piece.cut(found.start(), found.end()))
        elif following is not None:
            self._date(following, piece.cut(dates[0].start(), dates[-1].end()))

    def _open_dates(self) -> list[str]:
        """The places of dates of which the label before them was seen, and no date yet."""
        return [
            path
            for before, path in pairwise(self.order)
            if self._kind(path) is Kind.DATE
            and before in self.found.labels
            and (path, None) not in self.found.pieces
        ]

    def _date(self, path: str, piece: Piece) -> None:
        self.dated = True
        self.found.see(path, piece)
        self.found.put(path, None, [piece])

    def _undated(self) -> None:
        """A date that was not given left nothing to see: it is blank where the label before it stands."""
        for before, path in pairwise(self.order):
            if self._kind(path) is Kind.DATE and before in self.found.labels:
                self.found.see(path, self.found.heads[before])

    def _picture(self, piece: Piece) -> None:
        """A picture in the cell may be the seal of that half."""
        reached = self.order.index(self.current) + 1 if self.current in self.order else 0
        path = next((p for p in reversed(self.order[:reached]) if self._kind(p) is Kind.SEAL), None)
        if path is not None:
            self.found.pieces[(path, None)] = [Piece("", (), piece.location, piece.images)]

    def _kind(self, path: str) -> Kind | None:
        row = self.form.rows.get(path)
        return row.kind if row is not None else None


@cache
def _printed(form: FormDef, number: int) -> str:
    """What the part prints beside its labels, folded."""
    rows = every_row(form.section(number).rows)
    return "\n".join(fold(g) for r in rows for g in (*r.guidance, *r.notes, *r.prompts))
