"""Heads of columns with the years of another edition: the columns are known by their order, and it is said once (CF011)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from clusterform.answers import Observation
from clusterform.filling.label_entries import LabelEntry, LabelRole, head_spellings
from clusterform.filling.labels import LabelIndex
from clusterform.filling.outline import TableRow
from clusterform.filling.repairs.label_cells import LabelCells
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold

_YEAR = pattern(r"(?:19|20)\d\d")
_LONGEST = 24
_OF_ROWS = frozenset({LabelRole.FIELD, LabelRole.CATEGORY})
Heads = list[tuple[Cell, LabelEntry]]
OfficialHeads = list[tuple[LabelEntry, set[str]]]


def heads_of_other_years(cells: LabelCells) -> Iterator[Observation]:
    """Rows of heads that differ from the official ones in their years alone; each set of columns is said once."""
    sets = _official(cells.form, cells.matches.index)
    said: dict[tuple[str, str], list[tuple[int, Cell]]] = {}
    for section, row in cells.every_row:
        if not _OF_ROWS.isdisjoint(cells.matches.in_row(row.cells).roles):
            continue  # beside the official label of a row 2027 is an answer and no year
        for heads in filter(None, (_heads(row, official) for official in sets)):
            for cell, entry in heads:
                cells.matches.know(cell, entry)
            written, official = _joined(c.text for c, _ in heads), _joined(e.label for _, e in heads)
            said.setdefault((written, official), []).append((section, heads[0][0]))
    for (written, official), first in said.items():
        yield Observation(
            "heads-of-other-years",
            section=first[0][0],
            label=official,
            value=written,
            expected=official,
            location=first[0][1].location,
            facts={"count": str(len(first))},
        )


@cache
def _official(form: FormDef, index: LabelIndex) -> tuple[OfficialHeads, ...]:
    """Of each set of columns that are called by years: how each head may be written, its year left open."""
    sets = []
    for own in sorted(index.target_sets):
        columns = form.columns(own)
        if all(_YEAR.search(c.label) for c in columns):
            entries = (LabelEntry(LabelRole.HEAD, c.key, c.label, -1, column_set=own) for c in columns)
            sets.append(
                [(entry, {_shape(text) for text in head_spellings(entry.label)}) for entry in entries]
            )
    return tuple(sets)


def _heads(row: TableRow, official: OfficialHeads) -> Heads | None:
    """The row's cells as these heads, where they are they but for the years."""
    found = [c for c in row.cells if len(c.text) <= _LONGEST and _YEAR.search(c.text)]
    if len(found) != len(official):
        return None
    heads = [
        (cell, entry)
        for cell, (entry, shapes) in zip(found, official, strict=True)
        if _shape(cell.text) in shapes
    ]
    written = sorted(_YEAR.findall(cell.text)[0] for cell in found)
    asked = sorted(_YEAR.findall(entry.label)[0] for entry, _ in official)
    return heads if len(heads) == len(official) and written != asked else None


def _shape(text: str) -> str:
    return _YEAR.sub("#", fold(text))


def _joined(texts: Iterator[str]) -> str:
    return "、".join(text.strip() for text in texts)
