"""Paragraphs and tables of a story (the body, a cell, a text box), and the grids of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from typing import NamedTuple

from clusterform.finding import Location
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.controls import checkbox, is_prompt, tag_of
from clusterform.parsers.docx.grid import (
    NO_MERGES,
    Merges,
    OpenCell,
    cells_of,
    is_hidden,
    merged_above,
    rows_of,
)
from clusterform.parsers.docx.runs import Inline
from clusterform.parsers.paragraph_builder import ParagraphBuilder
from clusterform.parsers.raw import Cell, Mark, Table

DocxBlock = ParagraphBuilder | Table
_WIDEST = 1000
"""Grid columns that one cell may span: many more than any program makes."""


class Hidden(NamedTuple):
    """Text that a person does not see."""

    text: str
    location: Location


@dataclass(slots=True)
class Blocks:
    """Reads stories. Plain paragraphs and cells, all but a few, have their text ready; the others go through `inline`."""

    plain: Mapping[Element, str]
    """The text of paragraphs."""
    cells: Mapping[Element, str]
    merges: Merges
    inline: Inline
    hidden: list[Hidden] = data_field(default_factory=list)
    tables: int = 0
    _covered: list[tuple[Element, int, int]] = data_field(default_factory=list)
    """Cells of the table being read that nobody sees, under a merge or in a hidden row, with row and place."""

    def story(self, container: Element) -> list[DocxBlock]:
        """The blocks of a container in order."""
        blocks: list[DocxBlock] = []
        self._into(container, blocks)
        return blocks

    def _into(self, container: Element, blocks: list[DocxBlock]) -> None:
        plain = self.plain
        for child in container:
            text = plain.get(child)
            if text is not None:
                line = ParagraphBuilder([text], len(text))
            elif child.tag == n.P:
                line = self.inline.paragraph(child)
                line.boxes = [block for box in line.anchors for block in self.story(box)]
            else:
                self._other(child, blocks)
                continue
            last = blocks[-1] if blocks else None
            if isinstance(last, ParagraphBuilder) and last.joins_next:
                last.append(line)
                last.joins_next = line.joins_next
            else:
                blocks.append(line)

    def _other(self, child: Element, blocks: list[DocxBlock]) -> None:
        tag = child.tag
        if tag == n.TBL:
            blocks.append(self.table(child))
        elif tag in n.TRANSPARENT:
            self._into(child, blocks)
        elif tag == n.ALTERNATE:
            branch = n.chosen(child)
            if branch is not None:
                self._into(branch, blocks)
        elif tag == n.SDT:
            self._control(child, blocks)

    def _control(self, element: Element, blocks: list[DocxBlock]) -> None:
        """A content control around whole paragraphs."""
        content = element.find(n.SDT_CONTENT)
        inner = self.story(content) if content is not None else []
        lines = [b for b in inner if isinstance(b, ParagraphBuilder)]
        box = checkbox(element)
        if box is not None and lines:
            lines[0].make_box(*box, "w14:checkbox")
        elif len(inner) == len(lines) and is_prompt(element, "".join(line.text for line in lines)):
            lines[0].clear()
            del inner[1:]
        else:
            for line in lines:
                line.name(tag_of(element))
        blocks += inner

    def table(self, element: Element) -> Table:
        """A table with its merges resolved. The grid is counted from the rows; w:tblGrid may be wrong and is not used."""
        self.tables += 1
        number = self.tables
        grid: list[list[OpenCell]] = []
        above: dict[int, OpenCell] = {}
        for row, control in rows_of(element, self.merges):
            if is_hidden(row, self.merges):
                cells_hidden = enumerate(cells_of(row, None, self.merges), start=1)
                self._covered += [(cell, len(grid) + 1, place) for place, (cell, _) in cells_hidden]
                continue
            cells, above = self._row(row, control, len(grid), above)
            grid.append(cells)
        self._note_covered(number)
        return Table(tuple(tuple(self._cell(c, number) for c in cells) for cells in grid), number)

    def _row(
        self, row: Element, control: Element | None, index: int, above: dict[int, OpenCell]
    ) -> tuple[list[OpenCell], dict[int, OpenCell]]:
        """The cells that begin in a row, and those that may reach into the next, by column."""
        column = min(max(n.number(self.merges.get(row, NO_MERGES).get(n.GRID_BEFORE), 0), 0), _WIDEST)
        cells: list[OpenCell] = []
        reaching: dict[int, OpenCell] = {}
        for place, (cell, own) in enumerate(cells_of(row, control, self.merges), start=1):
            merge = self.merges.get(cell)
            if merge is None:
                cells.append(OpenCell(cell, own, index, column, 1, place))
                column += 1
                continue
            width = min(max(n.number(merge.get(n.GRID_SPAN), 1), 1), _WIDEST)
            if (
                merge.get(n.H_MERGE) == "continue"
                and cells
                and cells[-1].column + cells[-1].columns == column
            ):
                cells[-1].columns += width
                self._covered.append((cell, index + 1, place))
            elif n.V_MERGE not in merge:
                cells.append(OpenCell(cell, own, index, column, width, place))
            else:
                owner = merged_above(above, column) if merge[n.V_MERGE] == "continue" else None
                if owner is None:
                    owner = OpenCell(cell, own, index, column, width, place)
                    cells.append(owner)
                else:
                    owner.rows = index + 1 - owner.row
                    self._covered.append((cell, index + 1, place))
                reaching[owner.column] = owner
            column += width
        return cells, reaching

    def _note_covered(self, number: int) -> None:
        """A cell under a merge or in a hidden row is not shown, so that what was typed there is lost to the reader."""
        covered, self._covered = self._covered, []
        for cell, row, place in covered:
            text = self.cells.get(cell)
            if text is None:
                text = _joined(self.story(cell)).text
            if text.strip():
                self.hidden.append(Hidden(text, Location(table=number, row=row, cell=place)))

    def _cell(self, cell: OpenCell, number: int) -> Cell:
        location = Location(None, number, cell.row + 1, cell.index)
        text = self.cells.get(cell.element)
        if text is not None and cell.control is None:
            return Cell(text, cell.row, cell.column, cell.rows, cell.columns, location)
        blocks = self.story(cell.element)
        lines = [b for b in blocks if isinstance(b, ParagraphBuilder)]
        box = checkbox(cell.control) if cell.control is not None else None
        if box is not None and lines:
            lines[0].make_box(*box, "w14:checkbox")
        whole = _joined(blocks) if len(blocks) != 1 or not lines or lines[0].boxes else lines[0]
        if cell.control is not None and box is None:
            whole.name(tag_of(cell.control))
        self.hidden += [Hidden(text, location) for text in whole.hidden if text.strip()]
        nested = tuple(b for b in _flat(blocks) if isinstance(b, Table))
        marks: tuple[Mark, ...] = tuple(whole.marks)
        return Cell(
            *(whole.text, cell.row, cell.column, cell.rows, cell.columns, location, marks, nested),
            *(whole.images, whole.names, whole.origin),
        )


def _flat(blocks: list[DocxBlock]) -> Iterator[DocxBlock]:
    """The blocks, those of text boxes after the line they are anchored in."""
    for block in blocks:
        yield block
        if isinstance(block, ParagraphBuilder) and block.boxes:
            yield from _flat(block.boxes)


def flattened(blocks: list[DocxBlock]) -> list[DocxBlock]:
    """The blocks in reading order, text boxes taken apart."""
    return list(_flat(blocks))


def _joined(blocks: list[DocxBlock]) -> ParagraphBuilder:
    """All lines of a cell as one, tables left out."""
    lines = [b for b in _flat(blocks) if isinstance(b, ParagraphBuilder)]
    whole = lines[0].new() if lines else ParagraphBuilder()
    for index, line in enumerate(lines):
        whole.append(line, "\n" if index else "")
    return whole
