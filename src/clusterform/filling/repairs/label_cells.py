"""The cells in which the labels of one layout's parts stand, known or still to be known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from clusterform.filling.labels import CellMatches, LabelMatch
from clusterform.filling.layouts.headings import target_rows
from clusterform.filling.outline import Outline, TableRow, table_rows
from clusterform.filling.repairs.control_names import ControlNames
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell


@dataclass(frozen=True)
class LabelCells:
    """What a repair of labels looks at; the labels that it knows again go to `matches`."""

    form: FormDef
    outline: Outline
    names: ControlNames
    matches: CellMatches
    layout: str

    @cached_property
    def rows(self) -> list[tuple[int, TableRow]]:
        """The rows in which labels may stand reworded, with their part; of running text its target tables alone."""
        found: list[tuple[int, TableRow]] = []
        for section in self.form.sections:
            if section.layout == self.layout:
                zone = self.outline.zone(section.number)
                targets = target_rows(zone, self.matches) if self.layout == "headings" else None
                found += ((section.number, r) for r in zone.rows() if targets is None or id(r) in targets)
        return found

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
