"""Workbooks as files: written by openpyxl, by XlsxWriter, and by hand as a JavaScript writer does, without styles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.utils import get_column_letter
from xlsxwriter import Workbook as Written

from support.book import Page, Put

_EDGE = Border(*(Side(style="thin") for _ in range(4)))
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def by_openpyxl(pages: list[Page]) -> bytes:
    """As openpyxl writes them."""
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.name)
        for put in page.cells:
            cell = sheet.cell(put.row + 1, put.column + 1)
            cell.value = Decimal(put.value) if put.figure else put.value
            if put.figure:
                cell.number_format = _format(put)
            if put.table:
                cell.border = _EDGE
            if (put.rows, put.columns) != (1, 1):
                sheet.merge_cells(_range(put))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def by_xlsxwriter(pages: list[Page]) -> bytes:
    """As XlsxWriter writes them."""
    held = io.BytesIO()
    with Written(held, {"in_memory": True}) as book:
        for page in pages:
            sheet = book.add_worksheet(page.name)
            for put in page.cells:
                look = {"border": 1} if put.table else {}
                form = book.add_format({**look, **({"num_format": _format(put)} if put.figure else {})})
                value = Decimal(put.value) if put.figure else put.value
                if (put.rows, put.columns) != (1, 1):
                    sheet.merge_range(_range(put), value, form)
                else:
                    sheet.write(put.row, put.column, value, form)
    return held.getvalue()


def by_hand(pages: list[Page]) -> bytes:
    """As a program in a browser writes them: text in the cells themselves, no styles, no sizes."""
    sheets = {page.name: sheet_xml(page) for page in pages}
    return package(sheets)


def package(sheets: Mapping[str, str], parts: Mapping[str, str] | None = None, properties: str = "") -> bytes:
    """A workbook of these sheets, by name; `parts` are added, or take the place of those made here."""
    names = [(number, escape(name, {'"': "&quot;"})) for number, name in enumerate(sheets, 1)]
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in names)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n, _ in names
    )
    links += f'<Relationship Id="rId90" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    links += f'<Relationship Id="rId91" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    made = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_LINKS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_LINKS}">{links}</Relationships>',
        **{f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)},
        **(parts or {}),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in made.items():
            file.writestr(name, text)
    return held.getvalue()


def sheet_xml(page: Page) -> str:
    """A sheet with its text in its cells."""
    rows: dict[int, list[Put]] = {}
    for put in page.cells:
        rows.setdefault(put.row, []).append(put)
    data = "".join(
        f'<row r="{row + 1}">{"".join(map(_cell, sorted(puts, key=lambda p: p.column)))}</row>'
        for row, puts in sorted(rows.items())
    )
    merged = [p for p in page.cells if (p.rows, p.columns) != (1, 1)]
    merges = "".join(f'<mergeCell ref="{_range(p)}"/>' for p in merged)
    return worksheet(data, f"<mergeCells>{merges}</mergeCells>" if merged else "")


def worksheet(rows: str, behind: str = "", before: str = "") -> str:
    """A sheet's part."""
    return f'<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>'


def rewritten_book(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, str] | None = None
) -> bytes:
    """The package with parts changed (name and bytes -> bytes; None leaves the part out) and more parts added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, text in (more or {}).items():
            new.writestr(name, text)
    return held.getvalue()


def _cell(put: Put) -> str:
    where = f"{get_column_letter(put.column + 1)}{put.row + 1}"
    if put.figure:
        return f'<c r="{where}"><v>{put.value}</v></c>'
    return f'<c r="{where}" t="inlineStr"><is><t xml:space="preserve">{escape(str(put.value))}</t></is></c>'


def _range(put: Put) -> str:
    first = f"{get_column_letter(put.column + 1)}{put.row + 1}"
    return f"{first}:{get_column_letter(put.column + put.columns)}{put.row + put.rows}"


def _format(put: Put) -> str:
    return "0.00" if "." in str(put.value) else "0"
