"""Blank workbooks, drawn with XlsxWriter: the two forms part by part, and the plain tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_list
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Text
from clusterform.words import word
from clusterform.writing.book.book_lists import codes_page, evidence_page, guidance_page, list_page
from clusterform.writing.book.book_page import CellRole, EntryRule, Page, PageCell
from clusterform.writing.book.book_parts import part_page
from clusterform.writing.book.book_selfcheck import selfcheck_page
from clusterform.writing.table import looks

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_MADE = datetime(2025, 1, 1, tzinfo=UTC)
"""In place of the time: the same form gives the same bytes."""
_LINE = 16
"""Points of one line of text."""
_LEAST = 21
_TALLEST = 409
_LONGEST = 250
"""Excel keeps 255 characters of a message."""
_FORMATS = {"decimal": "0.00", "count": "0"}


def write_xlsx(kind: str, edition: str, rows: Sequence[tuple[str, ...]] | None = None) -> bytes:
    """The blank workbook of a form or plain table; of a table with these rows, each with a text for every column.

    The same edition gives the same bytes.
    """
    if kind not in load_edition(edition).forms:
        plain = load_list(edition, kind)
        return _drawn([list_page(plain, rows)], plain.title)
    form = load_form(edition, kind)
    return _drawn(form_pages(form), form.title)


def form_pages(form: FormDef) -> list[Page]:
    """A sheet for each part, the notes behind the cover; then the evidence list."""
    pages: list[Page] = []
    for section in form.sections:
        pages.append(part_page(form, section))
        if section.layout == "lines":
            pages.append(guidance_page(form))
    pages += [evidence_page(form), codes_page(form)]
    return [*pages, selfcheck_page(form, pages)]


def _drawn(pages: Iterable[Page], title: str) -> bytes:
    """The workbook of these sheets; the same pages give the same bytes."""
    from xlsxwriter import Workbook

    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _MADE})
    pen = _SheetDrawing(book)
    for page in pages:
        pen.page(page)
    book.close()
    return stream.getvalue()


class _SheetDrawing:
    """Keeps the formats already made."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.made: dict[tuple[CellRole, str], Any] = {}
        self.looks = looks()

    def page(self, page: Page) -> None:
        """One sheet."""
        sheet = self.book.add_worksheet(page.name)
        for number, width in enumerate(page.widths):
            sheet.set_column(number, number, width)
        for cell in page.cells:
            self._cell(sheet, page, cell)
        for row, height in _heights(page).items():
            sheet.set_row(row, height)
        self._set_up(sheet, page)
        for column, first, last in page.single:  # two ticks in a single choice
            letter = chr(65 + column)
            doubled = f'=COUNTIF(${letter}${first + 1}:${letter}${last + 1},"☑")>1'
            self._coloured(sheet, (first, column, last, column), doubled, "wrong")
        if page.results is not None:
            area = (page.frozen, page.results, page.row - 1, page.results)
            first_cell, agrees = f"${chr(65 + page.results)}{page.frozen + 1}", Text("self-check.agrees").zh
            for criteria, look in ((f'={first_cell}="{agrees}"', "right"), (f'={first_cell}<>""', "wrong")):
                self._coloured(sheet, area, criteria, look, stop_if_true=True)

    def _cell(self, sheet: Worksheet, page: Page, cell: PageCell) -> None:
        look = self._format(cell)
        last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
        if (last_row, last_column) != (cell.row, cell.column):
            sheet.merge_range(cell.row, cell.column, last_row, last_column, "", look)
        if cell.role is CellRole.FORMULA and cell.text.startswith("="):
            sheet.write_formula(cell.row, cell.column, cell.text, look, "")
        elif cell.role is CellRole.FORMULA:
            sheet.write_number(cell.row, cell.column, int(cell.text), look)
        elif cell.text:
            sheet.write_string(cell.row, cell.column, cell.text, look)
        else:
            sheet.write_blank(cell.row, cell.column, None, look)
        if cell.spot is not None:
            place = f"'{page.name}'!${chr(65 + cell.column)}${cell.row + 1}"
            self.book.define_name(cell.spot.name, f"={place}")
        rule = _rule(cell.entry) if cell.entry is not None else None
        if rule is not None:
            sheet.data_validation(cell.row, cell.column, cell.row, cell.column, rule)

    def _format(self, cell: PageCell) -> Any:
        kind = cell.entry.kind if cell.entry is not None else ""
        key = (cell.role, kind)
        if key not in self.made:
            look = {**self.looks["common"], **self.looks[cell.role]}
            look["font_name"] = word(look["font_name"])
            if cell.role is CellRole.ANSWER:
                look["num_format"] = _FORMATS.get(kind, "@")
                look["align"] = "right" if kind in _FORMATS else "left"
                look["indent"] = 1
                look["valign"] = "top" if kind == "prose" else "vcenter"
            elif cell.role is CellRole.FORMULA and kind in _FORMATS:
                look["num_format"] = _FORMATS[kind]
            self.made[key] = self.book.add_format(look)
        return self.made[key]

    def _set_up(self, sheet: Worksheet, page: Page) -> None:
        """Locks, frozen headings, paper."""
        sheet.protect("", {"format_rows": True, "format_columns": True})
        sheet.freeze_panes(page.frozen, 0)
        sheet.repeat_rows(0, page.frozen - 1)
        sheet.set_paper(9)
        if page.landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_margins(left=6 / 10, right=6 / 10, top=7 / 10, bottom=7 / 10)
        sheet.set_footer(word("book.footer"))
        sheet.hide_gridlines(2)

    def _coloured(
        self, sheet: Worksheet, area: tuple[int, int, int, int], criteria: str, look: str, **more: bool
    ) -> None:
        """Cells that look so where a formula holds."""
        rule = {"type": "formula", "criteria": criteria, "format": self.book.add_format(self.looks[look])}
        sheet.conditional_format(*area, {**rule, **more})


def _rule(entry: EntryRule) -> dict[str, Any] | None:
    """The rule of entry, with what is said beforehand."""
    if not entry.allowed and not entry.hint:
        return None
    hint = entry.hint if len(entry.hint) <= _LONGEST else f"{entry.hint[: _LONGEST - 1]}…"
    said = {"input_message": hint} if hint else {}
    return {"validate": "any", "error_type": "warning", **entry.allowed, **said}


def _heights(page: Page) -> dict[int, int]:
    """The height of each row: what its texts need at the columns' widths; a merged block's last row takes the rest."""
    heights: dict[int, int] = {}
    for cell in sorted(page.cells, key=lambda c: c.rows):
        width = sum(page.widths[cell.column : cell.column + cell.columns])
        lines = 0 if cell.role is CellRole.FORMULA else _lines(cell.text, width)
        need = max(_LEAST, lines * _LINE + 6)
        rows = range(cell.row, cell.row + cell.rows)
        for row in rows:
            heights.setdefault(row, max(_LEAST, page.heights.get(row, 0)))
        lack = need - sum(heights[row] for row in rows)
        if lack > 0:
            heights[rows[-1]] = min(_TALLEST, heights[rows[-1]] + lack)
    return heights


def _lines(text: str, width: int) -> int:
    """How many lines it takes in a column of so many characters."""
    columns = (sum(2 if east_asian_width(c) in "WFA" else 1 for c in line) for line in text.split("\n"))
    return sum(max(1, ceil(taken / max(width - 3, 1))) for taken in columns)
