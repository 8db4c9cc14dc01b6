"""Units in cells of their own, 集群总产值｜亿元｜68.40: the end of a label that goes without, and never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches
from clusterform.filling.numbers import COUNTED, number_words, unit_in
from clusterform.filling.repairs.label_cells import LabelCells, reworded
from clusterform.forms.model import FormDef
from clusterform.grouped import grouped
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.words import words

_LONGEST = 12
"""A longer text is neither a unit nor the head over units."""
_UNIT_BEHIND = pattern(r"[（(][^（）()]*[)）]$")


def unit_cells(cells: LabelCells) -> Iterator[Observation]:
    """Cells that hold the unit of their row are matched as such from now on, and with them a label that goes without.

    Another unit than the row's own is told as the label reworded, where nothing else joins it with the figures.
    """
    matches, form = cells.matches, cells.form
    heads: dict[tuple[int, int], Cell] = {}
    names = words("heads.unit")
    for section, row in cells.rows if not matches.index.headings else ():
        unknown = [cell for cell, match in matches.in_row(row.cells).cells if match is None]
        short = [c for c in unknown if 0 < len(c.text) <= _LONGEST and not c.text[0].isdecimal()]
        if not short:
            continue
        heads.update({(id(row.table), cell.column): cell for cell in short if fold(cell.text) in names})
        found = [(cell, unit) for cell in short if (unit := unit_in(cell.text))]
        for cell, unit in found:
            if (head := heads.get((id(row.table), cell.column))) is not None:
                matches.know(head, _unit(unit, section))
        if found:
            yield from _of_row(form, matches, section, (*row.above, *row.cells), found)


def _unit(unit: str, section: int) -> LabelEntry:
    return LabelEntry(LabelRole.UNIT, "", unit, section)


def _of_row(
    form: FormDef, matches: CellMatches, section: int, cells: tuple[Cell, ...], units: list[tuple[Cell, str]]
) -> Iterator[Observation]:
    label, entry = _labelled(form, matches, section, cells)
    if label is None or entry is None or len(cells) <= len(units) + 1:
        return
    item = form.fields[entry.key]
    own = [cell for cell, unit in units if _is_own(item.kind, item.unit, unit)]
    other = [unit for cell, unit in units if cell not in own]
    bare = matches.of(label) is None
    if other and not (bare or item.columns):
        return  # its one figure is read together with it
    if bare:
        matches.know(label, entry)
    for cell, unit in units:
        matches.know(cell, _unit(unit, section))
    if other:
        yield reworded(label, entry, f"{_UNIT_BEHIND.sub('', label.text.strip())}（{other[0]}）")


def _is_own(kind: Kind, asked: str, unit: str) -> bool:
    """Whether a unit is that of the row, by any of its names; of a row that prints none any that counts."""
    words = number_words()
    if kind is Kind.COUNT:
        return unit in words.counters
    if not asked:
        return words.quantities.get(unit, COUNTED) == COUNTED
    return fold(unit) == fold(asked) or any(of.get(unit) == asked for of in words.scales)


def _labelled(
    form: FormDef, matches: CellMatches, section: int, cells: tuple[Cell, ...]
) -> tuple[Cell | None, LabelEntry | None]:
    """The row's label, as it is printed or without its unit; none where it asks for no figure."""
    without = _without_units(form)
    for cell in cells:
        match = matches.of(cell)
        entries = match.entries if match is not None and match.pure else without.get(fold(cell.text), ())
        fields = [e for e in entries if e.role is LabelRole.FIELD and e.section == section]
        if fields:
            asked = form.fields[fields[0].key]
            return (cell, fields[0]) if asked.kind in (Kind.DECIMAL, Kind.COUNT) else (None, None)
    return None, None


@cache
def _without_units(form: FormDef) -> dict[str, list[LabelEntry]]:
    """The labels that print a unit, by what is left without it."""
    return grouped(
        (fold(bare), LabelEntry(LabelRole.FIELD, item.path, item.label, item.section))
        for item in form.fields.values()
        if item.unit and (bare := _UNIT_BEHIND.sub("", item.label)) != item.label
    )
