"""Paragraphs and tables of a story (the body, a cell, a text box), and the grids of tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from functools import lru_cache, partial

from clusterform.answers import Observation
from clusterform.finding import Location
from clusterform.parsers.container.extras import hidden_text
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.controls import checkbox, is_prompt, properties_of
from clusterform.parsers.docx.grid import TableStructure, is_hidden
from clusterform.parsers.docx.runs import Inline
from clusterform.parsers.paragraph_builder import ParagraphBuilder
from clusterform.parsers.raw import Cell, Mark, Paragraph, Table

DocxBlock = ParagraphBuilder | Paragraph | Table
"""A paragraph that is plain is at once what it will be."""
_WIDEST = 1000
"""Grid columns that one cell may span: many more than any program makes."""


_cell_of = partial(tuple.__new__, Cell)
"""A cell from all its values, in half the time: most of a form's five hundred have nothing but their text."""


_Position = tuple[int, int]
"""A cell by its row and its place among the cells that begin there."""


@dataclass(slots=True)
class _OpenTable:
    """A table while it is being read."""

    number: int
    rows: list[list[Cell]] = data_field(default_factory=list)
    above: Mapping[int, _Position] = data_field(default_factory=dict)
    """By column, the cells that may merge with those of the last row."""
    reaching: dict[int, _Position] = data_field(default_factory=dict)
    """Those of the last row that may merge with what is below."""
    covered: list[tuple[Element, Location]] = data_field(default_factory=list)
    """Cells that nobody sees, under a merge or in a hidden row."""

    def begin_row(self) -> list[Cell]:
        """The cells of the next row, to be filled."""
        self.rows.append([])
        self.above, self.reaching = self.reaching, {}
        return self.rows[-1]

    def joins(self, said: Mapping[str, str], column: int, width: int) -> bool:
        """Whether a cell of the last row only goes on with the one before or above it, which then covers it as well."""
        cells, last = self.rows[-1], len(self.rows) - 1
        if said.get(n.H_MERGE) == "continue" and cells and cells[-1].end == column:
            cells[-1] = cells[-1]._replace(column_span=cells[-1].column_span + width)
            return True
        merge = said.get(n.V_MERGE)
        owner = self._merged_above(column) if merge == "continue" else None
        if owner is not None:
            row, place = owner
            cell = self.rows[row][place] = self.rows[row][place]._replace(row_span=last + 1 - row)
            self.reaching[cell.column] = owner
        elif merge is not None:
            self.reaching[column] = (last, len(cells))
        return owner is not None

    def _merged_above(self, column: int) -> _Position | None:
        """The merged cell that a continued one belongs to; a row cut otherwise than the one above is tolerated."""
        exact = self.above.get(column)
        if exact is not None:
            return exact
        spans = ((at, self.rows[at[0]][at[1]]) for at in self.above.values())
        return next((at for at, cell in spans if cell.column <= column < cell.end), None)


@dataclass(slots=True)
class Blocks:
    """Reads stories. Plain paragraphs and cells, all but a few, have their text ready; the others go through `inline`."""

    plain: Mapping[Element, str]
    """The text of paragraphs."""
    cells: Mapping[Element, str]
    structure: TableStructure
    inline: Inline
    hidden: list[Observation] = data_field(default_factory=list)
    """Text that a person does not see."""
    tables: int = 0

    def story(self, container: Iterable[Element]) -> list[DocxBlock]:
        """The blocks of a container in order."""
        blocks: list[DocxBlock] = []
        self._into(container, blocks)
        return blocks

    def _into(self, container: Iterable[Element], blocks: list[DocxBlock]) -> None:
        plain = self.plain
        for child in container:
            last = blocks[-1] if blocks else None
            joined = last if isinstance(last, ParagraphBuilder) and last.joins_next else None
            text = plain.get(child) if joined is None else None
            if text is not None:
                blocks.append(Paragraph(text))
            elif child.tag != n.P:
                self._other(child, blocks)
            else:
                line = self.inline.paragraph(child)
                line.boxes = [block for box in line.anchors for block in self.story(box)]
                if joined is None:
                    blocks.append(line)
                else:
                    joined.append(line)
                    joined.joins_next = line.joins_next

    def _other(self, child: Element, blocks: list[DocxBlock]) -> None:
        tag = child.tag
        if tag == n.TBL:
            blocks.append(self.table(child))
        elif tag in n.TRANSPARENT:
            self._into(child, blocks)
        elif tag == n.ALTERNATE:
            self._into(n.chosen(child), blocks)
        elif tag == n.SDT:
            self._control(child, blocks)

    def _control(self, element: Element, blocks: list[DocxBlock]) -> None:
        """A content control around whole paragraphs."""
        inner, said = self.story(n.inside(element, n.SDT_CONTENT)), properties_of(element)
        lines = [b for b in inner if isinstance(b, ParagraphBuilder)]
        box = checkbox(said)
        if box is not None and lines:
            lines[0].make_box(*box, "w14:checkbox")
        elif len(inner) == len(lines) and is_prompt(said, "".join(line.text for line in lines)):
            lines[0].clear()
            del inner[1:]
        else:
            for line in lines:
                line.name(n.value(said, n.TAG))
        blocks += inner

    def table(self, element: Element) -> Table:
        """A table with its merges resolved. The grid is counted from the rows; w:tblGrid may be wrong and is not used."""
        self.tables += 1
        table = _OpenTable(self.tables)
        for row, control in self.structure.rows(element):
            said = self.structure.said(row)
            if said and is_hidden(said):
                cells = enumerate(self.structure.cells(row), start=1)
                at = partial(_location, table.number, len(table.rows) + 1)
                table.covered += [(cell, at(place)) for place, (cell, _) in cells]
            else:
                self._row(row, control, table, _clamped(said.get(n.GRID_BEFORE), 0) if said else 0)
        for cell, location in table.covered:
            self._note_covered(cell, location)
        return Table(tuple(map(tuple, table.rows)), table.number)

    def _row(self, row: Element, control: Element | None, table: _OpenTable, column: int) -> None:
        """Adds the cells that begin in a row, from that column of the grid on."""
        ready, properties = self.cells, self.structure.properties
        number, index = table.number, len(table.rows)
        cells = table.begin_row()
        for place, (element, own) in enumerate(self.structure.cells(row, control, ready), start=1):
            location = _location(number, index + 1, place)
            said, width = properties.get(element), 1
            if said is not None:
                width = _clamped(said.get(n.GRID_SPAN), 1)
                if table.joins(said, column, width):
                    table.covered.append((element, location))
                    column += width
                    continue
            text = ready.get(element) if own is None else None
            cells.append(
                self._cell(element, own, (index, column, width), location)
                if text is None
                else _cell_of((text, index, column, 1, width, location, (), (), 0, (), ()))
            )
            column += width

    def _note_covered(self, cell: Element, location: Location) -> None:
        """A cell under a merge or in a hidden row is not shown, so that what was typed there is lost to the reader."""
        text = self.cells.get(cell)
        if text is None:
            text = _joined(self.story(cell)).text
        if text.strip():
            self.hidden.append(hidden_text(text, location))

    def _cell(
        self, element: Element, control: Element | None, span: tuple[int, int, int], location: Location
    ) -> Cell:
        """A cell of one row; `span`: the row and the column where it begins, and how many columns it covers."""
        row, column, columns = span
        blocks = self.story(element)
        lines = [b for b in blocks if isinstance(b, ParagraphBuilder)]
        said = properties_of(control) if control is not None else {}
        box = checkbox(said)
        if box is not None and lines:
            lines[0].make_box(*box, "w14:checkbox")
        whole = _joined(blocks) if len(blocks) != 1 or not lines or lines[0].boxes else lines[0]
        if box is None:
            whole.name(n.value(said, n.TAG))
        self.hidden += [hidden_text(text, location) for text in whole.hidden if text.strip()]
        nested = tuple(b for b in flattened(blocks) if isinstance(b, Table))
        marks: tuple[Mark, ...] = tuple(whole.marks)
        return Cell(
            *(whole.text, row, column, 1, columns, location, marks, nested),
            *(whole.images, whole.names, whole.origin),
        )


@lru_cache(maxsize=8192)
def _location(table: int, row: int, cell: int) -> Location:
    """Made once: the cells of one form stand where those of the last did."""
    return Location(None, table, row, cell)


def flattened(blocks: list[DocxBlock]) -> Iterator[DocxBlock]:
    """The blocks, those of text boxes after the line they are anchored in."""
    for block in blocks:
        yield block
        if isinstance(block, ParagraphBuilder) and block.boxes:
            yield from flattened(block.boxes)


def _clamped(text: str | None, least: int) -> int:
    """Grid columns as the file writes them; the least where it does not."""
    return min(max(n.number(text, least), least), _WIDEST)


def _joined(blocks: list[DocxBlock]) -> ParagraphBuilder:
    """All lines of a cell as one, tables left out."""
    lines = [b for b in flattened(blocks) if isinstance(b, ParagraphBuilder)]
    whole = lines[0].new() if lines else ParagraphBuilder()
    for index, line in enumerate(lines):
        whole.append(line, "\n" if index else "")
    return whole
