"""Rows of answers as a workbook or as CSV. Text stays text in both: nothing that a form says becomes a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.data_files import templates_file
from clusterform.finding import OWN_OUTPUT
from clusterform.yaml_file import read_yaml

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)
"""In place of the time: the same forms and rules give the same bytes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767
"""Characters that a cell can hold."""
_WIDE, _NARROW = 30, 14
ListRow = Sequence[str | Decimal]


@dataclass(frozen=True, slots=True)
class ListTable:
    """One table with its heads."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[ListRow, ...]


def looks() -> dict[str, Any]:
    """How cells of a workbook look, by what they are for, as XlsxWriter names it; fonts are words of the catalogue."""
    held: dict[str, Any] = read_yaml(templates_file("book", "looks.yaml"))
    return held


@contextmanager
def opened_book(path: Path) -> Iterator[Workbook]:
    """A workbook of results, whose cells are the texts that they hold."""
    from xlsxwriter import Workbook

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(path, options) as book:
        book.set_properties({"created": _WRITTEN, "category": OWN_OUTPUT})
        yield book


def save_xlsx(sheets: Iterable[ListTable], path: Path) -> None:
    """A workbook with a sheet for each table, heads frozen and filtered; figures are numbers with their decimals."""
    with opened_book(path) as book:
        head, cell = (book.add_format(looks()[look]) for look in ("table_head", "table"))
        figures = {
            n: book.add_format({"valign": "top", "num_format": f"0.{'0' * n}" if n else "0"})
            for n in range(7)
        }
        for table in sheets:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 3)
            sheet.set_row(0, 62)
            sheet.set_column(0, 0, _WIDE)
            sheet.set_column(1, max(len(table.heads) - 1, 1), _NARROW)
            for column, text in enumerate(table.heads):
                sheet.write_string(0, column, text, head)
            for number, row in enumerate(table.rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, Decimal):
                        sheet.write_number(number, column, value, figures[min(_decimals(value), 6)])
                    elif value:
                        sheet.write_string(number, column, value[:_LONGEST], cell)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.heads) - 1)


def as_csv(table: ListTable) -> str:
    """CSV with a byte order mark, which Excel and WPS need for Chinese; what looks like a formula gets an apostrophe."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(table.heads)
    for row in table.rows:
        writer.writerow([f"{value:f}" if isinstance(value, Decimal) else _plain(value) for value in row])
    return "\ufeff" + held.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
