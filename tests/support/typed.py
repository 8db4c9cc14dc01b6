"""Documents typed as plain texts, for tests that ask how one stretch of a form is read: no file is made of them."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.filling.read import fill_form
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table

ABOVE, LEFT = "^", "<"
"""A cell that is merged with the one above it, or left of it."""


def typed(*blocks: str | list[str], sheet: str | None = None) -> RawDocument:
    """A text is a paragraph, a list of them a table, a row each, its cells parted by |.

    `sheet`: they stand on a workbook's sheet of that name; a text that begins with # begins another one.
    """
    found: list[Paragraph | Table] = [] if sheet is None else [Paragraph(sheet, sheet_name=True)]
    for number, block in enumerate(blocks, 1):
        if isinstance(block, list):
            found.append(table(block, number, sheet))
        elif sheet is not None and block.startswith("#"):
            sheet = block[1:]
            found.append(Paragraph(sheet, sheet_name=True))
        else:
            found.append(Paragraph(block, location=Location(row=number, sheet=sheet)))
    return RawDocument("docx" if sheet is None else "xlsx", tuple(found))


def table(rows: list[str], number: int = 1, sheet: str | None = None) -> Table:
    """A table of such rows; the place of each cell says its table, row and column, from 1."""
    grid = [line.split("|") for line in rows]
    found = []
    for row, texts in enumerate(grid):
        cells = []
        for column, text in enumerate(texts):
            if text in {ABOVE, LEFT}:
                continue
            wide, deep = 1, 1
            while texts[column + wide : column + wide + 1] == [LEFT]:
                wide += 1
            while grid[row + deep : row + deep + 1] and grid[row + deep][column : column + 1] == [ABOVE]:
                deep += 1
            place = Location(table=number, row=row + 1, cell=column + 1, sheet=sheet)
            cells.append(Cell(text, row, column, deep, wide, place))
        found.append(tuple(cells))
    return Table(tuple(found), number)


def filled(*blocks: str | list[str], form: str = "application", sheet: str | None = None) -> FilledForm:
    """What is read of a form of which nothing else is there."""
    return fill_form(typed(*blocks, sheet=sheet), load_form("2025", form))


def texts(form: FilledForm) -> dict[str, str]:
    """What stands in each place where anything does, by path or path@column."""
    return {
        f"{path}@{column}" if column else path: answer.text
        for (path, column), answer in form.answers.items()
        if answer.text
    }
