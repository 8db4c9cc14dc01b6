"""A target table that was cut into two, and tables that stand in frames: read as the one table that they are."""

from __future__ import annotations

import copy
import io
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from support.book import Habit, Put, pages
from support.book_files import by_openpyxl
from support.forms import write
from support.metamorphic import FORMS, plainly, seen

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CELL = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr></w:tc>'
CUTS = (2, 6, 10)


def told(data: bytes, form: str) -> list[tuple[Any, ...]]:
    before = plainly(form).findings
    return [f[:4] for f in seen(data).findings if f not in before]


def paragraph(text: str = "") -> Any:
    return parse_xml(f"<w:p {_W}><w:r><w:t>{text}</w:t></w:r></w:p>" if text else f"<w:p {_W}/>")


def frame(rows: int, columns: int) -> Any:
    grid = "<w:gridCol/>" * columns
    body = f"<w:tr>{_CELL * columns}</w:tr>" * rows
    return parse_xml(f"<w:tbl {_W}><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>")


def put_into(cell: Any, *content: Any) -> None:
    for element in (*content, paragraph()):
        cell.append(element)


def cells_of(table: Any) -> list[Any]:
    return list(table.iter(qn("w:tc")))


class Divided:
    """A form whose target table is cut in two before a row, with the head again or without."""

    def __init__(self, form: str, row: int, *, headed: bool) -> None:
        self.document = Document(io.BytesIO(write(form)))
        table = next(t for t in self.document.tables if t.rows[0].cells[0].text.strip() == "方向")
        self.first, self.second = table._tbl, copy.deepcopy(table._tbl)
        for old in list(self.first.tr_lst)[row:]:
            self.first.remove(old)
        for old in list(self.second.tr_lst)[1 if headed else 0 : row]:
            self.second.remove(old)
        for merge in self.second.tr_lst[1 if headed else 0].iter(qn("w:vMerge")):
            merge.set(qn("w:val"), "restart")

    def beside(self, text: str) -> bytes:
        """The halves one below the other, a line between them."""
        line = paragraph(text)
        self.first.addnext(line)
        line.addnext(self.second)
        return self.saved()

    def saved(self) -> bytes:
        held = io.BytesIO()
        self.document.save(held)
        return held.getvalue()

    def in_one_cell(self) -> bytes:
        outer = frame(1, 1)
        self.first.addprevious(outer)
        put_into(cells_of(outer)[0], self.first, paragraph("续表"), self.second)
        return self.saved()

    def in_cells(self, rows: int, columns: int) -> bytes:
        outer = frame(rows, columns)
        self.first.addprevious(outer)
        for cell, half in zip(cells_of(outer), (self.first, self.second), strict=True):
            put_into(cell, half)
        return self.saved()

    def in_frames_of_a_frame(self) -> bytes:
        outer = frame(2, 1)
        self.first.addprevious(outer)
        for cell, half in zip(cells_of(outer), (self.first, self.second), strict=True):
            inner = frame(1, 1)
            put_into(cell, inner)
            put_into(cells_of(inner)[0], half)
        return self.saved()


WAYS = {
    "one cell": Divided.in_one_cell,
    "two rows": lambda halves: halves.in_cells(2, 1),
    "two columns": lambda halves: halves.in_cells(1, 2),
    "frames of a frame": Divided.in_frames_of_a_frame,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", CUTS)
@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize("text", ["", "续表", "（续上表）", "表 2（续）"])
def test_a_target_table_in_two_halves(form: str, row: int, headed: bool, text: str) -> None:
    assert told(Divided(form, row, headed=headed).beside(text), form) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("row", CUTS)
@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize("way", WAYS)
def test_its_halves_in_frames(form: str, row: int, headed: bool, way: str) -> None:
    assert told(WAYS[way](Divided(form, row, headed=headed)), form) == []


def test_a_table_of_the_text_behind_it_holds_no_targets() -> None:
    cut = Divided("application", 6, headed=False)
    data = cut.beside("集群还将围绕强链补链、数字化和绿色化三个方面安排下列重点项目：")
    assert [f[0] for f in told(data, "application")] == ["CF011"] * 5


@pytest.mark.parametrize("habit", [Habit(), Habit(sheets="one"), Habit(merged=False), Habit(framed=False)])
@pytest.mark.parametrize("headed", [True, False])
@pytest.mark.parametrize(("blank", "text"), [(1, ""), (2, ""), (0, "续表"), (1, "续表"), (2, "（续上表）")])
def test_in_a_workbook(habit: Habit, headed: bool, blank: int, text: str) -> None:
    made = pages("application", habit)
    page = next(page for page in made if any(put.value == "方向" for put in page.cells))
    top = next(put.row for put in page.cells if put.value == "方向")
    heads = [copy.copy(put) for put in page.cells if put.row == top] if headed else []
    row, more = top + 6, blank + bool(text) + headed
    for put in page.cells:
        if put.row < row < put.row + put.rows:
            put.rows = row - put.row
        if put.row >= row:
            put.row += more
    page.cells += [Put(row + blank, 0, text)] if text else []
    for head in heads:
        head.row = row + more - 1
    page.cells += heads
    assert told(by_openpyxl(made), "application") == []
