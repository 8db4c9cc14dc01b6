"""The cells in which the labels of one layout's parts stand, known or still to be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from clusterform.answers import Observation
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelMatch
from clusterform.filling.layouts.headings import target_rows
from clusterform.filling.outline import Outline, TableRow, rows_in, table_rows
from clusterform.filling.repairs.control_names import ControlNames
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.text import fold


def reworded(cell: Cell, entry: LabelEntry, written: str) -> Observation:
    """A label that stands under other words, or whose cell is blank (CF011)."""
    text = written.strip()
    return Observation(
        "label-reworded" if fold(text) else "label-missing",
        section=entry.section,
        field=entry.key if entry.role is LabelRole.FIELD else None,
        label=entry.label,
        value=text or None,
        expected=entry.label,
        location=cell.location,
    )


@dataclass(frozen=True)
class LabelCells:
    """What a repair of labels looks at; the labels that it knows again go to `matches`."""

    form: FormDef
    outline: Outline
    names: ControlNames
    matches: CellMatches
    layout: str

    @cached_property
    def every_row(self) -> list[tuple[int, TableRow]]:
        """The rows of all tables in these parts, with their part."""
        return [(part, row) for part in self._parts for row in rows_in(self.outline.zones[part])]

    @cached_property
    def rows(self) -> list[tuple[int, TableRow]]:
        """The rows in which labels may stand reworded; of running text its target tables alone."""
        if self.layout != "headings":
            return self.every_row
        targets = {row for part in self._parts for row in target_rows(self.outline.zones[part], self.matches)}
        return [(part, row) for part, row in self.every_row if id(row) in targets]

    @property
    def _parts(self) -> list[int]:
        return [s.number for s in self.form.sections if s.layout == self.layout]

    def labels(self) -> Iterator[tuple[int, Cell, LabelMatch]]:
        """Each cell that is a label or begins with one, with its part."""
        for section, row in self.rows:
            yield from ((section, cell, match) for cell, match in self._in_row(row))

    def _in_row(self, row: TableRow) -> Iterator[tuple[Cell, LabelMatch]]:
        for cell in row.cells:
            match = self.matches.of(cell)
            if match is not None:
                yield cell, match
            for table in cell.tables:
                for inner in table_rows(table):
                    yield from self._in_row(inner)
