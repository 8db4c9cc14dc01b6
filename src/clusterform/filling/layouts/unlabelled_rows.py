"""Rows without an official label: targets that a county added, descriptions under other words, rows that do not belong."""

from __future__ import annotations

from typing import NamedTuple

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelRole
from clusterform.filling.labels import CellMatches
from clusterform.filling.layouts.header import Header
from clusterform.filling.numbers import unit_in
from clusterform.filling.pieces import of_cell
from clusterform.filling.reading import AddedTarget, ReadingBuilder
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold

_LONGEST_LABEL = 120
_IS_FIGURE = pattern(r"[\d\s.,%％/—-]*")


class Unlabelled(NamedTuple):
    """A row in whose label's place stands a text that the form does not print."""

    section: int
    group: str
    """The key of the group or direction around it."""
    label: Cell
    rest: list[Cell]


def take_unlabelled(
    matches: CellMatches, row: Unlabelled, form: FormDef, header: Header | None, found: ReadingBuilder
) -> None:
    """In a target table a description or a target of the county's own; elsewhere an added row (CF012)."""
    text = row.label.text.strip()
    if len(text) > _LONGEST_LABEL or _is_printed(form, text):
        return
    if matches.index.headings and header is not None:
        if not _described(matches, row, form, header, found):
            add_target(row.group, row.label, row.rest, header, found)
    elif (row.rest or row.group) and _IS_FIGURE.fullmatch(text) is None:
        found.observations.append(
            Observation("extra-row", section=row.section, label=text, value=text, location=row.label.location)
        )


def _is_printed(form: FormDef, text: str) -> bool:
    """Whether the form itself prints the text somewhere as a note, such as （注：勾选需提供佐证材料）."""
    folded = fold(text)
    return any(folded in row.printed for row in form.rows.values())


def _described(
    matches: CellMatches, row: Unlabelled, form: FormDef, header: Header, found: ReadingBuilder
) -> bool:
    """Whether the row answers a direction that asks for a description, under an indicator of its own or none."""
    inside = (e.key for e in matches.index.entries if e.role is LabelRole.FIELD and e.group == row.group)
    asked = [path for path in inside if form.rows[path].kind is Kind.TEXT]
    cells = [row.label, *row.rest]
    if len(asked) != 1 or not 0 <= len(cells) - len(header.heads) <= 1:
        return False
    (path,) = asked
    if path in found.labels:
        return False
    found.see(path, row.label)
    for head, cell in zip(header.heads, cells[-len(header.heads) :], strict=True):
        if head.key is not None:
            found.put(path, head.key, [of_cell(cell)])
    return True


def add_target(direction: str, label: Cell, rest: list[Cell], header: Header, found: ReadingBuilder) -> None:
    """A row as a target of the county's own, where it has a figure; a unit in a cell of its own is part of its name."""
    cells = rest[-len(header.heads) :]
    units = filter(None, (unit_in(cell.text) for cell in rest[: -len(cells)]))
    values = {
        h.key: of_cell(c).without_struck().with_small_figures()
        for h, c in zip(header.heads, cells, strict=False)
        if h.key
    }
    if any(p.text.strip() for p in values.values()):
        indicator = label.text.strip() + "".join(f"（{unit}）" for unit in units)
        found.added.append(AddedTarget(header.column_set, direction, indicator, values))
