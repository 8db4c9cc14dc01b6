"""Workbooks as files: written by openpyxl, by XlsxWriter, and by hand as a JavaScript writer does."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Border, Side

from support.book import Page

_EDGE = Border(*(Side(style="thin") for _ in range(4)))


def by_openpyxl(pages: list[Page]) -> bytes:
    """As openpyxl writes them."""
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for put in page.cells:
            cell = sheet.cell(put.row + 1, put.column + 1)
            cell.value = float(put.value) if put.figure else put.value
            if put.figure:
                cell.number_format = "0.00" if "." in str(put.value) else "0"
            if put.table:
                cell.border = _EDGE
            if (put.rows, put.columns) != (1, 1):
                sheet.merge_cells(
                    start_row=put.row + 1,
                    start_column=put.column + 1,
                    end_row=put.row + put.rows,
                    end_column=put.column + put.columns,
                )
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
