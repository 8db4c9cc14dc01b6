"""One sheet of the Excel report: a head with filters and rows of text that stay text. Written row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.finding import OWN_OUTPUT
from clusterform.messages import Text
from clusterform.reports import ReportRequest
from clusterform.reports.finding_text import columns_of, visible
from clusterform.reports.overview import readable_uri, relative_to_report

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)
"""In place of the time: the same forms give the same bytes."""
LONGEST_TEXT, LONGEST_LINK = 32_767, 2_000
MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530; what comes after stands there as text."""
MOST_ROWS = 1_000_000
_A4 = 9
_MARGIN = 2 / 5
"""Of an inch."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its head as the key of its words behind `head.`, and its width in characters."""

    key: str
    width: int
    printed: bool = True
    """What fits a sheet of paper beside the columns that are not could not be read: they stand behind all that are."""


def columns(printed: str, on_screen: str = "") -> tuple[SheetColumn, ...]:
    """Columns by their keys and widths, such as “number 6, file 36”."""
    found: list[SheetColumn] = []
    for text, shown in ((printed, True), (on_screen, False)):
        named = (column.split() for column in text.split(",") if column)
        found += (SheetColumn(key, int(width), shown) for key, width in named)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a file, and there to a cell."""

    text: str
    path: str
    place: str = ""
    """'Sheet'!C7"""

    @property
    def target(self) -> str:
        """As XlsxWriter takes it: it writes backslashes, as Excel does."""
        path = readable_uri(self.path)
        return (path if path.startswith("file:") else f"external:./{path}") + (
            f"#{self.place}" if self.place else ""
        )


def link_to(path: str, request: ReportRequest, text: str = "") -> Link:
    """A text that leads to a form of the run, by itself its path."""
    return Link(text or visible(path), relative_to_report(path, request.target))


SheetValue = str | int | Link
SheetRow = dict[str, Any]
"""Cells by their columns' keys; a column of which nothing is said stays blank, what no column is of is passed over."""
_LINE, _MOST_LINES = 14, 28
"""Points of a line, and how many a row may have: Excel shows no row higher than 409 points."""


def _lines(cell: SheetValue, column: SheetColumn) -> int:
    """So many lines the cell takes: not every program makes a row as high as its text."""
    data = cell.text if isinstance(cell, Link) else str(cell)
    return sum(1 + columns_of(line) * 9 // (column.width * 10) for line in data.split("\n"))


@contextmanager
def opened_book(path: Path, title: str) -> Iterator[Workbook]:
    """A workbook that holds results, written row by row; OSError where it cannot be written."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    try:
        with Workbook(path, {"constant_memory": True}) as book:
            book.set_properties({"title": title, "category": OWN_OUTPUT, "created": _WRITTEN})
            yield book
    except FileCreateError as error:
        raise OSError(getattr(error.args[0], "errno", None), str(error)) from error


class SheetWriter:
    """A growing sheet of an open workbook. Another is begun where Excel's rows run out."""

    def __init__(self, book: Any, key: str, columns: Sequence[SheetColumn], language: str) -> None:
        self._book = book
        self._name = Text(f"head.{key}")[language]
        self._columns = columns
        self._language = language
        self._styles = styles(book)
        self._pages = 0
        self._numbers = 0
        self._begin()

    def _begin(self) -> None:
        self._pages += 1
        name = self._name if self._pages == 1 else f"{self._name} {self._pages}"
        self.sheet = self._book.add_worksheet(name)
        self.row = 0
        self._links = 0
        for number, column in enumerate(self._columns):
            self.sheet.set_column(number, number, column.width)
            head = Text(f"head.{column.key}")[self._language]
            self.sheet.write_string(0, number, head, self._styles["head"])
        self.sheet.set_row(0, 24)
        self.sheet.freeze_panes(1, 2)
        self.sheet.set_landscape()
        self.sheet.set_paper(_A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=_MARGIN, right=_MARGIN)
        self.sheet.repeat_rows(0)
        self.sheet.set_footer(f"&L{self._name}&R{Text('sheet.footer')[self._language]}")

    def add(self, row: SheetRow, style: str = "text") -> None:
        """A row, with a number that goes on from sheet to sheet."""
        self._numbers += 1
        cells = [{"number": self._numbers, **row}.get(column.key, "") for column in self._columns]
        if self.row + 1 >= MOST_ROWS:
            self.close()
            self._begin()
        self.row += 1
        self.sheet.set_row(self.row, _LINE * min(max(map(_lines, cells, self._columns)), _MOST_LINES) + 3)
        for number, cell in enumerate(cells):
            self._write(number, cell, style)

    def _write(self, column: int, cell: SheetValue, style: str) -> None:
        if isinstance(cell, int):
            self.sheet.write_number(self.row, column, cell, self._styles["number"])
        elif isinstance(cell, Link) and self._may_link(cell):
            self._links += 1
            self.sheet.write_url(
                self.row, column, cell.target, self._styles["link"], cell.text[:LONGEST_TEXT]
            )
        elif cell == "":
            self.sheet.write_blank(self.row, column, None, self._styles[style])
        else:
            data = cell.text if isinstance(cell, Link) else cell
            self.sheet.write_string(self.row, column, data[:LONGEST_TEXT], self._styles[style])

    def _may_link(self, link: Link) -> bool:
        return bool(link.path) and self._links < MOST_LINKS and len(link.target) < LONGEST_LINK

    def choices(self, key: str, hint: str, options: Sequence[str]) -> None:
        """What is to be chosen in a column, by keys of the catalogue."""
        if self.row:
            column = [column.key for column in self._columns].index(key)
            source = [Text(option)[self._language] for option in options]
            told = Text(hint)[self._language]
            rule = {"validate": "list", "source": source, "input_message": told, "error_type": "warning"}
            self.sheet.data_validation(1, column, self.row, column, rule)

    def close(self) -> None:
        """Filters over all rows; a text that looks like a number is meant as one."""
        last = len(self._columns) - 1
        self.sheet.autofilter(0, 0, max(self.row, 1), last)
        printed = sum(column.printed for column in self._columns) - 1
        self.sheet.print_area(0, 0, self.row, printed)
        self.sheet.ignore_errors({"number_stored_as_text": f"A1:Z{self.row + 1}"})

    def note(self, head: str, data: str) -> None:
        """A line below the table, across its columns; to be called when the sheet is closed."""
        last = sum(column.printed for column in self._columns) - 1
        whole = SheetColumn("", sum(column.width for column in self._columns[1 : last + 1]))
        self.row += 1
        self.sheet.set_row(self.row, _LINE * min(_lines(data, whole), _MOST_LINES) + 3)
        self.sheet.write_string(self.row, 0, head, self._styles["text"])
        self.sheet.merge_range(self.row, 1, self.row, last, "", self._styles["text"])
        self.sheet.write_string(self.row, 1, data[:LONGEST_TEXT], self._styles["text"])
        self.sheet.print_area(0, 0, self.row, last)


def styles(book: Any) -> dict[str, Any]:
    cell = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF", "font_size": 10}
    return {
        "head": book.add_format(
            {**cell, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "vcenter"}
        ),
        "text": book.add_format({**cell, "num_format": "@"}),
        "error": book.add_format({**cell, "num_format": "@", "bg_color": "#FBE9E7"}),
        "number": book.add_format({**cell, "num_format": "0"}),
        "link": book.add_format({**cell, "font_color": "#0B5394", "underline": 1}),
    }
