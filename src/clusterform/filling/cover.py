"""Reading the cover: label：answer in lines, or in a small table."""

from __future__ import annotations

import re

from clusterform.fields import Kind
from clusterform.filling.entries import Role
from clusterform.filling.glued import glued
from clusterform.filling.labels import CellMatches, LabelIndex, Match, split_by_labels
from clusterform.filling.outline import TableRow, Zone
from clusterform.filling.pieces import Piece
from clusterform.filling.rows import RowReader
from clusterform.filling.slots import Slots
from clusterform.forms.model import FormDef
from clusterform.record import record
from clusterform.text import fold, narrow

_LONGEST_ANSWER = 60
_TELEPHONE = re.compile(r"\d{7}")


@record
class _Open:
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


def read_cover(
    form: FormDef, index: LabelIndex, zone: Zone, slots: Slots, run_together: frozenset[str] = frozenset()
) -> None:
    """The lines of the cover; an answer may also stand on the line below its label, or right behind those of `run_together`."""
    rows = RowReader(form, CellMatches(index), slots)
    printed = {
        fold(p) for s in form.sections if s.layout == "lines" for r in s.rows for p in (*r.prompts, *r.notes)
    }
    printed |= {fold(form.title), fold(form.annex)}
    contacts = frozenset(f"{s.key}.{r.key}" for s in form.sections for r in s.rows if r.kind is Kind.CONTACT)
    waiting: _Open | None = None
    for content in zone.content:
        if isinstance(content, TableRow):
            rows.read([content], zone.section)
            continue
        line = content.without_struck()
        if not line.text.strip() or fold(line.text) in printed:
            continue
        known = glued(form, index, line.text) if run_together and not _asked(waiting) else None
        if known is not None and not run_together.intersection(e.key for e in known.entries):
            known = None
        for match, piece in split_by_labels(index, line, known):
            key = _answer(match, piece, line, waiting, slots)
            if key is not None:
                waiting = _opened(key, piece, person=key in contacts)
            elif match is None and not _asked(waiting):
                waiting = None


def _answer(
    match: Match | None, piece: Piece, line: Piece, waiting: _Open | None, slots: Slots
) -> str | None:
    """One label with its answer, or a line of the answer to the label before: whose it is."""
    if match is None:
        if waiting is None or not waiting.goes_on(piece):
            return None
        if waiting.answered:
            slots.add(waiting.key, [piece])
        else:
            slots.put(waiting.key, None, [piece])
        return waiting.key
    entry = next((e for e in match.entries if e.role is Role.FIELD), None)
    if entry is None:
        return None
    slots.see(entry.key, line)
    slots.put(entry.key, None, [piece])
    return entry.key


def _asked(waiting: _Open | None) -> bool:
    """Whether a label still waits for its answer."""
    return waiting is not None and not waiting.answered


def _opened(key: str, piece: Piece, *, person: bool) -> _Open:
    answered = bool(piece.text.strip(" _＿:："))
    return _Open(key, piece, answered=answered, person=person and not _has_number(piece))


def _has_number(piece: Piece) -> bool:
    return _TELEPHONE.search(narrow(piece.text).replace(" ", "")) is not None
