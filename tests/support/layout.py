"""A filled form laid out after the notice, or as people lay it out again: blocks for `ink`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from clusterform.fields import Kind
from clusterform.forms.model import FormDef, RowDef, SectionDef
from support.answer_lines import answer_lines, option_line
from support.answers import Filled
from support.page import Block, Cell, Grid, Line, Row, Said, answer, label, official_line, text_line, widened
from support.plan_pages import declaration_grid, evidence_blocks, plan_blocks

Layout = Literal["notice", "split", "stacked", "one_table"]
GRID = {1: 4, 2: 4, 3: 10, 4: 4, 5: 3, 6: 2, 7: 3}
"""How many columns the notice's table of each part has."""
FINE = 60
"""A grid on which the rows of every part fit."""
ON_ONE_LINE = {"department_phone", "operator_phone", "operator_changed"}
"""Rows that the notice prints beside the row before them."""
DOWNWARD = {"green"}
"""Parts whose years stand below each other."""
LABEL_IN_ANSWER = {"pilot_work"}
"""Rows whose label the notice prints in the cell of the answer."""


@dataclass(slots=True)
class Sheet:
    """Lays one form out."""

    form: FormDef
    filled: Filled
    layout: Layout = "notice"
    added_rows: dict[str, list[str]] = field(default_factory=dict)
    """Cells of a row to add after the row of that path."""
    added_options: dict[str, list[str]] = field(default_factory=dict)
    added_columns: dict[str, str] = field(default_factory=dict)
    """A head to add to the table of that section."""

    def blocks(self) -> Iterator[Block]:
        """The whole form."""
        yield from self._front()
        held: list[Row] = []
        for section in self.form.sections[1:]:
            if section.layout == "rows" and self.layout == "one_table":
                held += (
                    (label(section.heading, FINE),),
                    *widened(self._rows(section), FINE // GRID[section.number]),
                )
                continue
            if held:
                yield Grid(tuple(held), FINE)
                held = []
            yield official_line(section.heading)
            yield from self._body(section)
        yield from evidence_blocks(self.filled)

    def _front(self) -> Iterator[Block]:
        yield official_line(self.form.annex)
        yield official_line(self.form.title)
        cover = self.form.sections[0]
        for row in cover.rows:
            yield (Said(f"{row.label}{''.join(row.notes)}：", official=True), Said(self._text(cover, row)))
            if row.kind is Kind.CLUSTER_NAME:
                yield official_line("".join(row.prompts))
        yield official_line(self.form.guidance.heading)
        yield from (official_line(f"{n}. {text}") for n, text in enumerate(self.form.guidance.items, 1))

    def _body(self, section: SectionDef) -> Iterator[Block]:
        if section.layout == "headings":
            yield from plan_blocks(self.form, section, self.filled, self.added_rows)
        elif section.layout == "declaration":
            yield declaration_grid(section, self.filled)
        else:
            yield from self._tables(section)

    def _tables(self, section: SectionDef) -> Iterator[Grid]:
        columns = GRID[section.number]
        if self.layout != "split":
            yield self._with_column(section, Grid(self._rows(section), columns))
            return
        held: list[Row] = []
        for chunk in self._chunks(section):
            if held and (len(chunk) > 1 or len(held) >= 8):
                yield Grid(tuple(held), columns)
                held = []
            held += chunk
        yield Grid(tuple(held), columns)

    def _with_column(self, section: SectionDef, grid: Grid) -> Grid:
        head = self.added_columns.get(section.key)
        if head is None:
            return grid
        first, *rest = grid.rows
        more = ((*first, label(head)), *((*row, answer()) for row in rest))
        return Grid(more, grid.columns + 1)

    def _rows(self, section: SectionDef) -> tuple[Row, ...]:
        return tuple(row for chunk in self._chunks(section) for row in chunk)

    def _chunks(self, section: SectionDef) -> Iterator[list[Row]]:
        """Rows that hang together: a line of the table, or a group under one merged label."""
        columns = GRID[section.number]
        if section.header:
            years = self.form.columns("reported")
            yield [(label(section.header), *(label(y.label, (columns - 1) // len(years)) for y in years))]
        for row, next_row in pairwise((*section.rows, None)):
            if row is None or row.key in ON_ONE_LINE or row.kind is Kind.FORMULA:
                continue
            joined = next_row is not None and (next_row.key in ON_ONE_LINE or next_row.kind is Kind.FORMULA)
            chunk = list(self._chunk(section, row, next_row if joined else None, columns))
            added = self.added_rows.get(f"{section.key}.{row.key}")
            if added is not None:
                width = (columns - 1) // max(len(added) - 1, 1)
                chunk.append((label(added[0]), *(answer(text_line(t), span=width) for t in added[1:])))
            yield chunk

    def _chunk(self, section: SectionDef, row: RowDef, beside: RowDef | None, columns: int) -> Iterator[Row]:
        if row.rows or row.matrix is not None or (row.columns and section.key in DOWNWARD):
            yield from _under_label(
                label(titled(row)), list(self._inner_rows(section, row, beside, columns - 1))
            )
        elif row.columns:
            heads = self.form.columns(row.columns)
            texts = (self._text(section, row, c.key) for c in heads)
            width = (columns - 1) // len(heads)
            yield (label(titled(row)), *(answer(text_line(t), span=width) for t in texts))
        elif beside is not None:
            yield (*self._plain(section, row, 2), *self._plain(section, beside, 2))
        elif self.layout == "stacked" and row.kind is Kind.PROSE:
            yield (label(titled(row), columns),)
            yield (answer(*self._lines(section, row), span=columns),)
        elif self.layout == "stacked" and row.kind in {Kind.DECIMAL, Kind.COUNT}:
            (first, *_) = self._lines(section, row)
            yield (Cell(((Said(f"{titled(row)}：", official=True), *first),), columns),)
        else:
            yield self._plain(section, row, columns)

    def _plain(self, section: SectionDef, row: RowDef, columns: int) -> Row:
        if row.key in LABEL_IN_ANSWER:
            lines = (official_line(f"{titled(row)}："), *self._lines(section, row))
            return (answer(*lines, span=columns),)
        head = label(titled(row))
        if row.kind is Kind.CLUSTER_NAME:
            head = Cell((official_line(f"{row.label}："), official_line("".join(row.prompts))))
        taken = columns // 2 if columns in {6, 9} else 1
        if taken > 1:
            head = label(titled(row), taken)
        return (head, answer(*self._lines(section, row), span=columns - taken))

    def _inner_rows(
        self, section: SectionDef, row: RowDef, formula: RowDef | None, columns: int
    ) -> Iterator[Row]:
        """The rows to the right of a merged label."""
        if row.matrix is not None:
            yield from self._matrix(section, row)
        elif row.columns:
            for column in self.form.columns(row.columns):
                text = self._text(section, row, column.key)
                yield (label(column.label), answer(text_line(text), span=columns - 1))
        if formula is not None:
            note = official_line(formula.label)
            yield (answer((*note, Said(self._text(section, formula))), span=columns),)
        for inner in row.rows:
            yield from self._chunk(section, inner, None, columns)

    def _matrix(self, section: SectionDef, row: RowDef) -> Iterator[Row]:
        matrix = row.matrix
        if matrix is None:
            return
        years = self.form.columns(row.columns)
        yield tuple(label(text) for _ in years for text in (matrix.head, *matrix.measures.values()))
        for key, text in matrix.categories.items():
            cells: list[Cell] = []
            for year in years:
                cells.append(label(text))
                shown = (
                    self._text(section, row, f"{year.key}/{key}/{measure}") for measure in matrix.measures
                )
                cells += [answer(text_line(t)) for t in shown]
            yield tuple(cells)

    def _text(self, section: SectionDef, row: RowDef, column: str | None = None) -> str:
        return self.filled.text(f"{section.key}.{row.key}", column)

    def _lines(self, section: SectionDef, row: RowDef) -> tuple[Line, ...]:
        path = f"{section.key}.{row.key}"
        added = tuple(option_line(text, ticked=False) for text in self.added_options.get(path, ()))
        return answer_lines(row, path, self.filled, added, one_line=self.layout == "stacked")


def titled(row: RowDef) -> str:
    """The label with the notes printed beside it."""
    return row.label + "".join(row.notes)


def _under_label(head: Cell, rows: list[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows):
        merge = "" if len(rows) == 1 else "restart" if number == 0 else "continue"
        yield (Cell(head.lines if number == 0 else ((),), head.span, merge), *row)


def without(form: FormDef, changes: dict[str, Any]) -> FormDef:
    """The form with rows, options and parts left out, doubled or moved as a case says."""
    gone = set(changes.get("drop_row", ()))
    options = {path: set(keys) for path, keys in changes.get("drop_option", {}).items()}
    sections = [s.but(rows=_kept(s.key, s.rows, gone, options)) for s in form.sections]
    sections = [s for s in sections if s.key not in changes.get("drop_section", ())]
    for key in changes.get("double_section", ()):
        place = next(n for n, s in enumerate(sections) if s.key == key)
        sections.insert(place, sections[place])
    for key, before in changes.get("move_section", {}).items():
        moved = next(s for s in sections if s.key == key)
        sections.remove(moved)
        sections.insert(next(n for n, s in enumerate(sections) if s.key == before), moved)
    return form.but(sections=tuple(sections))


def _kept(
    section: str, rows: tuple[RowDef, ...], gone: set[str], options: dict[str, set[str]]
) -> tuple[RowDef, ...]:
    kept = []
    for row in rows:
        path = f"{section}.{row.key}"
        if path in gone:
            continue
        left = tuple(o for o in row.options if o.key not in options.get(path, ()))
        inner = _kept(section, row.rows, gone, options)
        kept.append(row.but(options=left, rows=inner))
    return tuple(kept)
