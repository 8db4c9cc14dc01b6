"""What is known of a table row while it is read from left to right."""

from __future__ import annotations

from dataclasses import dataclass, field

from clusterform.filling.entries import Entry, Role
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell


@dataclass(slots=True)
class RowState:
    """Filled cell by cell."""

    section: int
    cells: tuple[Cell, ...]
    above: tuple[Cell, ...] = ()
    """Cells that reach down into the row."""
    group: str = ""
    path: str = ""
    column: str | None = None
    categories: int = 0
    stray: Cell | None = None
    """An unknown text where a label would stand."""
    answers: dict[str, list[tuple[str | None, Cell]]] = field(default_factory=dict)
    inline: set[str] = field(default_factory=set)
    early: list[tuple[str, Cell]] = field(default_factory=list)
    """Years with their answers above the label that they belong to."""
    labels: list[str] = field(default_factory=list)
    going_on: set[str] = field(default_factory=set)
    """Paths whose label says that it goes on from the page before."""
    begun: int = -1
    """The grid column of the last label; -1 where that stands in a row above."""

    def is_answer(self, form: FormDef, cell: Cell, entry: Entry) -> bool:
        """Whether a year behind a label is its answer, or begins it: 2024 firms, 2024年：3.45 where one figure is asked.

        In a row of years it is one, unless a bare 2024 has no answer of its own behind it.
        """
        if entry.role is not Role.HEAD or not self.path:
            return False
        if form.rows[self.path].columns != entry.column_set:
            return True
        if not cell.text.strip().isdecimal():
            return False
        behind = [c for c in self.cells if c.column > self.begun]
        return len(behind) % 2 == 1 or behind.index(cell) % 2 == 1
