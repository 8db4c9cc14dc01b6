"""Reading the cover: label：answer in lines, or in a small table."""

from __future__ import annotations

from clusterform.filling.entries import Role
from clusterform.filling.glued import glued
from clusterform.filling.labels import CellMatches, LabelIndex, Match, split_by_labels
from clusterform.filling.outline import TableRow, Zone
from clusterform.filling.pieces import Piece
from clusterform.filling.rows import RowReader
from clusterform.filling.slots import Slots
from clusterform.forms.model import FormDef
from clusterform.text import fold

_LONGEST_ANSWER = 60


def read_cover(
    form: FormDef, index: LabelIndex, zone: Zone, slots: Slots, run_together: frozenset[str] = frozenset()
) -> None:
    """The lines of the cover; an answer may also stand on the line below its label, or right behind those of `run_together`."""
    rows = RowReader(form, CellMatches(index), slots)
    printed = {
        fold(p) for s in form.sections if s.layout == "lines" for r in s.rows for p in (*r.prompts, *r.notes)
    }
    printed |= {fold(form.title), fold(form.annex)}
    waiting = ""
    for content in zone.content:
        if isinstance(content, TableRow):
            rows.read([content], zone.section)
            continue
        line = content.without_struck()
        if not line.text.strip() or fold(line.text) in printed:
            continue
        known = glued(form, index, line.text) if run_together and not waiting else None
        if known is not None and not run_together.intersection(e.key for e in known.entries):
            known = None
        for match, piece in split_by_labels(index, line, known):
            waiting = _take(match, piece, line, waiting, slots)


def _take(match: Match | None, piece: Piece, line: Piece, waiting: str, slots: Slots) -> str:
    """One label with its answer, or the answer to the label before. Returns the label that still waits."""
    if match is None:
        if waiting and len(piece.text.strip()) <= _LONGEST_ANSWER:
            slots.put(waiting, None, [piece])
            return ""
        return waiting
    entry = next((e for e in match.entries if e.role is Role.FIELD), None)
    if entry is None:
        return waiting
    slots.see(entry.key, line)
    slots.put(entry.key, None, [piece])
    return "" if piece.text.strip(" _＿:：") else entry.key
