"""Letters as white as the paper: read, since they are there, and said, since nobody sees them in print."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

from clusterform.answers import Observation
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import read_form
from support.book import Habit, pages
from support.book_files import by_openpyxl
from support.forms import write
from support.metamorphic import CHECKER

WHITE = RGBColor(255, 255, 255)


def seen(data: bytes) -> list[Observation]:
    form = read_form(open_package(data), CHECKER.settings)
    return [o for o in form.observations if o.what == "white-text"]


def shaded(properties: Any) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "1F4E79")
    properties.append(shading)


def word(change: Callable[[Any], None]) -> bytes:
    """The clean form, the area's cell changed."""
    document = Document(io.BytesIO(write("application")))
    rows = (row for table in document.tables for row in table.rows)
    cell = next(row.cells[-1] for row in rows if row.cells[0].text.startswith("集群占地面积"))
    cell.paragraphs[0].runs[0].font.color.rgb = WHITE
    change(cell)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_white_answer_is_said() -> None:
    (found,) = seen(word(lambda _: None))
    assert found.value == "18.60"


@pytest.mark.parametrize(
    "change",
    [
        lambda cell: shaded(cell._tc.get_or_add_tcPr()),
        lambda cell: shaded(cell.paragraphs[0]._p.get_or_add_pPr()),
        lambda cell: shaded(cell.paragraphs[0].runs[0]._r.get_or_add_rPr()),
        lambda cell: setattr(cell.paragraphs[0].runs[0].font, "highlight_color", WD_COLOR_INDEX.DARK_BLUE),
        lambda cell: setattr(cell.paragraphs[0].runs[0].font.color, "rgb", RGBColor(0, 0, 0)),
    ],
)
def test_white_letters_on_a_colour_are_seen(change: Callable[[Any], None]) -> None:
    assert seen(word(change)) == []


def sheet(change: Callable[[Any], None]) -> bytes:
    book = load_workbook(io.BytesIO(by_openpyxl(pages("application", Habit(merged=False)))))
    cells = (cell for each in book for row in each.iter_rows() for cell in row)
    label = next(cell for cell in cells if cell.value == "集群总产值（亿元）")
    change([label.parent.cell(label.row, label.column + at) for at in range(1, 12)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_white_cells_are_said_once_a_sheet_at_the_first() -> None:
    def change(row: list[Any]) -> None:
        for cell in row:
            cell.font = Font(color="FFFFFF")

    (found,) = seen(sheet(change))
    assert found.value is not None
    assert len(found.value.split("、")) == 3
    assert found.location.ref


def test_white_letters_on_a_fill_or_in_blank_cells_are_not() -> None:
    def filled(row: list[Any]) -> None:
        for cell in row:
            cell.font, cell.fill = Font(color="FFFFFF"), PatternFill("solid", fgColor="1F4E79")

    def blank(row: list[Any]) -> None:
        row[-1].font = Font(color="FFFFFF")

    assert seen(sheet(filled)) == seen(sheet(blank)) == []
