"""Blank workbooks for tests: filled by a library through the names of their cells, and looked into."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from clusterform.fields import Kind
from clusterform.forms.model import load_form
from clusterform.writing import blank
from clusterform.writing.book.book_page import AnswerCell
from support.answers import Filled

EDITION = "2025"
FIRST_LINE = 4
"""The first row of the evidence list below its header."""


@cache
def blank_book(form: str) -> bytes:
    """The blank workbook of a form or table."""
    return blank(form, "xlsx", EDITION)


def opened(data: bytes, **terms: Any) -> openpyxl.Workbook:
    """The workbook as openpyxl loads it."""
    return openpyxl.load_workbook(io.BytesIO(data), **terms)


def saved(book: openpyxl.Workbook) -> bytes:
    """The workbook as openpyxl saves it."""
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def cell_of(book: openpyxl.Workbook, spot: AnswerCell) -> Any:
    """The cell that bears the name of a place."""
    sheet, _, place = book.defined_names[spot.name].attr_text.rpartition("!")
    return book[sheet.strip("'")][place.replace("$", "")]


def fill_by_name(form: str, filled: Filled) -> bytes:
    """The blank workbook with these answers, typed as a person types them and saved by openpyxl."""
    book = opened(blank_book(form))
    for path, item in load_form(EDITION, form).fields.items():
        if item.options:
            for key in filled.ticks.get(path, ()):
                cell_of(book, AnswerCell(path, None, key)).value = "☑"
            if remark := filled.text(path, "remark"):
                cell_of(book, AnswerCell(path, None, "remark")).value = remark
        elif item.kind is Kind.COUNT_NAMES:
            for part in ("count", "names"):
                _type(cell_of(book, AnswerCell(path, None, part)), filled.text(path, part))
        else:
            for column in [c.key for c in item.columns] or [None]:
                _type(cell_of(book, AnswerCell(path, column)), filled.text(path, column))
    _list(book["佐证材料清单"], filled)
    return saved(book)


def _type(cell: Any, text: str) -> None:
    """A figure becomes a number where the cell takes figures."""
    figure = cell.number_format in {"0", "0.00"} and re.fullmatch(r"-?\d+(\.\d+)?", text)
    if text:
        cell.value = float(text) if figure else text


def _list(sheet: Worksheet, filled: Filled) -> None:
    columns = {cell.value: cell.column for cell in sheet[FIRST_LINE - 1]}
    for row, line in enumerate(filled.evidence, FIRST_LINE):
        for head, key in (("对应栏目", "for"), ("材料名称", "title"), ("页码", "pages")):
            sheet.cell(row, columns[head]).value = line[key]


def without_names(data: bytes) -> bytes:
    """The workbook with all its names taken away."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/workbook.xml":
                part = re.sub(rb"<definedNames>.*?</definedNames>", b"", part)
            after.writestr(name, part)
    return held.getvalue()
