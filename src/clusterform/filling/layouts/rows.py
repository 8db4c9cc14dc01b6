"""Reading answers from table rows by their labels, whatever the table's cut, merges and widths."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import chain, pairwise

from clusterform.answers import State
from clusterform.fields import BOXES, Kind
from clusterform.filling.boxes.cells import CONTINUED, edge_before, goes_on, option_pieces, options_in
from clusterform.filling.convert import convert
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelMatch, RowLabels, split_by_labels
from clusterform.filling.layouts.columns import Placed, assign, by_year
from clusterform.filling.layouts.header import Header, is_header, read_header
from clusterform.filling.layouts.unlabelled_rows import Unlabelled, add_target, take_unlabelled
from clusterform.filling.numbers import unit_in
from clusterform.filling.outline import TableRow, table_rows
from clusterform.filling.pieces import Piece, of_cell
from clusterform.filling.reading import Reading, ReadingBuilder
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern

_IS_FORMULA = pattern(r"[=＝÷]|{heads.formula}")
_LABELS = frozenset({LabelRole.FIELD, LabelRole.GROUP})
_HEAD_ALONE = frozenset({LabelRole.HEAD})


class RowState:
    """What is known of a row while it is read from left to right, filled cell by cell."""

    group = ""
    path = ""
    column: str | None = None
    categories = 0
    unlabelled: Cell | None = None
    """An unknown text where a label would stand."""
    inline: frozenset[str] = frozenset()
    """Paths whose answer stands in the label's own cell."""
    early: tuple[Placed, ...] = ()
    """Years with their answers above the label that they belong to."""
    going_on: frozenset[str] = frozenset()
    """Paths whose label says that it goes on from the page before."""
    begun = -1
    """The grid column behind which stand the answers to the last label."""

    def __init__(self, section: int, row: TableRow, labels: RowLabels) -> None:
        self.section = section
        self.row = row
        self.labelled = not _LABELS.isdisjoint(labels.roles)
        """It has a label of its own, so that what stands before that, a row's number, is no answer to the label above."""
        self.answers: dict[str, list[Placed]] = {}
        self.labels: list[str] = []

    def is_answer(self, form: FormDef, cell: Cell, entry: LabelEntry) -> bool:
        """Whether a year behind a label is its answer, or begins it: 2024 firms, 2024年：3.45 where one figure is asked.

        In a row of years it is one, unless a bare 2024 has no answer of its own behind it.
        """
        if not self.path:
            return False
        if form.rows[self.path].columns != entry.column_set:
            return True
        if not cell.text.strip().isdecimal():
            return False
        behind = [c for c in self.row.cells if c.column > self.begun]
        return bool(len(behind) % 2 or behind.index(cell) % 2)


def read_rows(
    form: FormDef, matches: CellMatches, parts: Iterable[tuple[int, Iterable[TableRow]]]
) -> Reading:
    """The answers in the rows of these parts, each with its number."""
    found = ReadingBuilder(form)
    reader = RowReader(form, matches, found)
    for section, rows in parts:
        reader.read(rows, section)
    return found.reading()


class RowReader:
    """Reads rows one after the other; the header, the groups and the labels seen carry over."""

    def __init__(self, form: FormDef, matches: CellMatches, found: ReadingBuilder) -> None:
        self.form = form
        self.matches = matches
        self.index = matches.index
        self.match = matches.of
        self.found = found
        self.header: Header | None = None
        self.pending: str = ""
        self._formulas = _formulas_behind(form)
        self._order: dict[str, int] = {}
        self._last = ""
        self._edge = 0
        self._early: list[Placed] = []

    def read(self, rows: Iterable[TableRow], section: int) -> None:
        """All rows of one part."""
        self.pending = ""
        for row in rows:
            self._read_row(row, section)

    def _read_row(self, row: TableRow, section: int) -> None:
        labels = self.matches.in_row(row.cells)
        state = RowState(section, row, labels)
        for cell in row.above:
            self._enter_above(state, cell)
        last = self.form.rows.get(self._last)
        if not state.path and last and last.kind in CONTINUED and not any(map(_is_label, labels.cells)):
            state.path = self._last if goes_on(last, row.cells, self._edge) else ""
        if is_header(labels):
            self._enter_header(state, labels)
            return
        for cell, match in labels.cells:
            if match is None:
                self._answer(state, cell)
            else:
                self._take(state, cell, match)
            if cell.tables:
                for nested in chain.from_iterable(map(table_rows, cell.tables)):
                    self._read_row(nested, section)
        self._settle(state)

    def _enter_header(self, state: RowState, labels: RowLabels) -> None:
        """The heads of the columns count from here on."""
        self.header, observations = read_header(self.form, labels, state.section)
        self.found.observations += observations
        missing = {o.column for o in observations if o.what == "label-missing"}
        self.found.lost |= {(state.section, column) for column in missing}
        for cell, match in labels.cells:
            entry = self._choose(state, match) if match is not None else None
            if entry is not None and entry.is_row:
                self._see(entry.key, cell)

    def _enter_above(self, state: RowState, cell: Cell) -> None:
        """A cell that reaches down into this row: its group or field goes on."""
        match = self.match(cell)
        entry = self._choose(state, match, again=True) if match is not None and match.pure else None
        if entry is None:
            return
        if entry.role is LabelRole.GROUP:
            state.group, state.path = entry.key, ""
        elif entry.role is LabelRole.FIELD:
            state.path, state.begun = entry.key, cell.column

    def _take(self, state: RowState, cell: Cell, match: LabelMatch) -> None:
        """One cell that begins in this row and is a label, or begins with one."""
        entry = self._choose(state, match)
        if state.labels and self.index.headings and entry.is_row and not entry.column_set:
            self._answer(state, cell)  # 2027年：130家 begins as a heading of running text does
        elif entry.is_row:
            self._labelled(state, cell, match, entry)
        elif entry.role is LabelRole.HEAD:
            if state.is_answer(self.form, cell, entry):
                self._answer(state, cell)
            else:
                self._enter_head(state, cell, match, entry)
        elif entry.role is LabelRole.CATEGORY:
            state.path = entry.group
            state.categories += 1
            state.column = f"{self._matrix_year(state, cell)}/{entry.key}"

    def _enter_head(self, state: RowState, cell: Cell, match: LabelMatch, entry: LabelEntry) -> None:
        """A year inside the row: what follows it, in this cell or the next, is that year's answer."""
        if not state.path and not self.found.holds(self._last, entry.key):
            state.path, state.begun = self._columned(self._last), cell.column - 1
        state.column = entry.key
        if not match.pure and state.path:
            self.found.put(state.path, entry.key, [of_cell(cell).cut(match.rest)])
            state.inline |= {state.path}

    def _columned(self, path: str) -> str:
        """The path, if that row has columns: a year below goes on with it where the label cell is not merged."""
        return path if path and self.form.rows[path].columns and not self.form.rows[path].matrix else ""

    def _labelled(self, state: RowState, cell: Cell, match: LabelMatch, first: LabelEntry) -> None:
        """A cell with a label, or with several and their answers."""
        if match.pure:
            self._begin(state, match, first, cell)
            if cell.images and first.key in self.form.rows and self.form.rows[first.key].kind is Kind.FORMULA:
                self.found.put(first.key, None, [of_cell(cell)])
            return
        for found, piece in split_by_labels(self.index, of_cell(cell), match):
            if found is None:
                continue
            entry = self._choose(state, found)
            self._begin(state, found, entry, cell)
            if entry.role is LabelRole.FIELD and piece.text.strip():
                self.found.put(entry.key, None, [piece])
                state.inline |= {entry.key}
            else:
                self.found.room(entry.key, piece)

    def _begin(self, state: RowState, match: LabelMatch, entry: LabelEntry, cell: Cell) -> None:
        key, role = entry.key, entry.role
        if match.again:
            state.going_on |= {key}
        again = role is LabelRole.FIELD and key in self.found.labels and key not in state.labels
        if again and self._means_one(state, match, key):
            self.found.see_again(key, cell)
        self._see(key, cell)
        if role is LabelRole.GROUP:
            state.group, state.path = key, ""
        elif role is LabelRole.FIELD:
            state.path, state.column = key, None
            state.labels.append(key)
            state.begun = cell.column
            self._last, self._edge = key, cell.end

    def _see(self, key: str, cell: Cell) -> None:
        self.found.see(key, cell)
        self._order[key] = len(self._order)

    def _answer(self, state: RowState, cell: Cell) -> None:
        if path := state.path:
            formula = self._formulas.get(path)
            if formula is not None and _IS_FORMULA.search(cell.text):
                self.found.see(formula, cell)
                self.found.put(formula, None, [of_cell(cell)])
            else:
                state.answers.setdefault(path, []).append((state.column, cell))
        elif state.column is not None and not state.labels:
            state.early += ((state.column, cell),)
        elif self.pending and not state.labelled:
            state.answers.setdefault(self.pending, []).append((None, cell))
        elif cell.text.strip() and state.unlabelled is None:
            state.unlabelled = cell
        else:
            state.answers.setdefault("", []).append((None, cell))

    def _matrix_year(self, state: RowState, cell: Cell) -> str | None:
        """The year of a category cell: by the header above it, else by how many came before it in the row."""
        under = self.header.column_of(cell) if self.header else None
        if under is not None:
            return under
        field_ = self.form.rows[state.path]
        columns = self.form.columns(field_.columns)
        return columns[state.categories - 1].key if state.categories <= len(columns) else None

    def _choose(self, state: RowState, match: LabelMatch, *, again: bool = False) -> LabelEntry:
        """Which of the entries of one text is meant: by part, group, column set, the label before it, and order."""
        first, *others = match.entries
        if not others:
            return first
        entries = self._narrowed(state, [first, *others])
        if again:
            return max(entries, key=lambda e: self._order.get(e.key, -1))
        entries.sort(key=lambda e: -self._order.get(e.after, -1))
        return next((e for e in entries if e.key not in self.found.labels), entries[0])

    def _means_one(self, state: RowState, match: LabelMatch, key: str) -> bool:
        """Whether a label can only be that of one row here; 联系人 is two rows' label."""
        if key in self.form.open_directions:
            return False
        return len(self._narrowed(state, list(match.entries))) == 1

    def _narrowed(self, state: RowState, entries: list[LabelEntry]) -> list[LabelEntry]:
        """The entries that fit the part, the group and the header; each test is passed over where none would be left."""
        entries = [e for e in entries if e.section in (state.section, -1)] or entries
        entries = [
            e for e in entries if not e.group or e.group == state.group or e.role is LabelRole.CATEGORY
        ] or entries
        own = self.header.column_set if self.header is not None else None
        if own is not None:
            entries = [e for e in entries if e.role is LabelRole.HEAD or e.column_set in ("", own)] or entries
        return entries

    def _settle(self, state: RowState) -> None:
        """The row is read: its cells go to their answers."""
        for path, cells in state.answers.items():
            if not path or path in state.inline:
                continue
            kind = self.form.rows[path].kind
            if kind in BOXES:
                self._take_options(state, path, [cell for _, cell in cells])
            elif kind is Kind.PROSE and (path in state.going_on or path not in state.labels):
                self.found.add(path, [of_cell(cell).without_struck() for _, cell in cells])
            else:
                self._assign(path, cells)
        if state.labels:
            self._early = []
            open_labels = [p for p in state.labels if p not in state.answers and p not in state.inline]
            self.pending = open_labels[-1] if open_labels else ""
            return
        self._early += state.early
        if state.unlabelled is not None:
            rest = [c for _, c in state.answers.get("", [])]
            row = Unlabelled(state.section, state.group, state.unlabelled, rest)
            take_unlabelled(self.matches, row, self.form, self.header, self.found)
        elif self.pending in state.answers:
            self.pending = ""

    def _take_options(self, state: RowState, path: str, cells: list[Cell]) -> None:
        """The options of a group beside its label, or in a row of their own below."""
        edge = edge_before(cells[0], (*state.row.above, *state.row.cells))
        pieces = option_pieces(self.form.rows[path], cells, edge) or [of_cell(cells[0])]
        if path in state.labels and path not in state.going_on and not self._others(path, pieces):
            self.found.put(path, None, pieces)
        else:
            self.found.add(path, pieces)

    def _others(self, path: str, pieces: list[Piece]) -> bool:
        """Whether these are other options of the group than those above: its label is repeated on a new page."""
        row = self.form.rows[path]
        above = options_in(row, self.found.pieces.get((path, None), ()))
        here = options_in(row, pieces)
        return bool(above and here) and above.isdisjoint(here)

    def _assign(self, path: str, cells: list[Placed]) -> None:
        """The cells behind a label, and those of the years above it where it stands in the middle of its rows."""
        if by_year(cells):
            cells = [*self._early, *cells] if self._columned(path) else cells
        elif path in self.form.open_directions:
            cells = [(None, cell) for cell in self._own_target(path, [cell for _, cell in cells])]
        assign(self.form, self.header, self.found, path, cells)

    def _own_target(self, path: str, cells: list[Cell]) -> list[Cell]:
        """The answers of a row whose indicator the county names itself; none of a second row's, which is a target alone."""
        header = self.header
        if header is None:
            return cells
        before = [cell for cell in cells if cell.end <= header.heads[0].start]
        values = [cell for cell in cells if cell not in before]
        written = [cell for cell in before if cell.text.strip() and not unit_in(cell.text)]
        if len(written) != 1:
            return cells
        (indicator,) = written
        taken = any(self.found.holds(path, head.key) for head in header.heads)
        named = convert(self.form.fields[path], self.form.rows[path], [of_cell(indicator)])
        if named.state is not State.FILLED:
            return values
        rest = [cell for cell in cells if cell is not indicator]
        add_target(path, indicator, rest, header, self.found)
        return [] if taken else values


def _is_label(found: tuple[Cell, LabelMatch | None]) -> bool:
    """Whether a text is or begins with a label; one that only begins with a year (2023年8月…) may be any text."""
    match = found[1]
    return match is not None and (match.pure or match.roles != _HEAD_ALONE)


@cache
def _formulas_behind(form: FormDef) -> dict[str, str]:
    """The formulas that a form asks for behind its rows of years: written without, or before, their printed notes."""
    return {
        path: behind
        for (path, row), (behind, formula) in pairwise(form.rows.items())
        if row.columns and not row.matrix and formula.kind is Kind.FORMULA
    }
