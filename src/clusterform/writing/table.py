"""Tables of results: answers as a workbook or as CSV, rules as a workbook to be printed or edited. Text stays text: nothing that a form says becomes a formula."""

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

from clusterform.checks.reader import Limit
from clusterform.data_files import templates_file
from clusterform.finding import OWN_OUTPUT, RulePage, Severity
from clusterform.forms.limits import WORDS
from clusterform.forms.rule_sheet import LIMITS, RULES, EditedRule
from clusterform.messages import Text, in_language
from clusterform.yaml_file import read_yaml

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)
"""In place of the time: the same forms and rules give the same bytes."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST = 32_767
"""Characters that a cell can hold."""
_WIDE, _NARROW = 30, 14
_EDITED = {"severity", "used", "reason", "bound", "figure", "document", "clause"}
_LISTED = ("rule", "name", "title", "severity", "form", "asked", "basis")
_A4 = 9
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


def save_rule_list(pages: Iterable[tuple[RulePage, str]], language: str, path: Path) -> None:
    """A row for each rule, with the forms that it is for."""
    body = [
        (p.code, p.name, p.title, Text(f"severity.{p.severity}")[language], forms, p.why, p.basis)
        for p, forms in pages
    ]
    with opened_book(path) as book:
        _fill(book, _LISTED, "rules", body, language, edited=frozenset(_LISTED))


def save_rule_book(
    rows: Iterable[EditedRule], limits: Iterable[tuple[Limit, str]], language: str, path: Path
) -> None:
    """A sheet of rules and one of thresholds."""
    rules = [_rule_texts(row, language) for row in rows]
    figures = [_limit_texts(limit, layer, language) for limit, layer in limits]
    choices = {
        "severity": [f"severity.{severity}" for severity in Severity],
        "used": ["rule-sheet.yes", "rule-sheet.no"],
        "bound": [f"bound.{word}" for word in WORDS],
    }
    with opened_book(path) as book:
        for key, heads, body in (("rules", RULES, rules), ("limits", LIMITS, figures)):
            sheet = _fill(book, heads, key, body, language, edited=frozenset(_EDITED))
            for column, head in enumerate(heads):
                if head in choices:
                    chosen = {"validate": "list", "source": [Text(c)[language] for c in choices[head]]}
                    sheet.data_validation(1, column, max(len(body), 1), column, chosen)


def _rule_texts(row: EditedRule, language: str) -> tuple[str, ...]:
    rule = row.rule
    title = in_language(rule.title, language)
    severity = Text(f"severity.{row.severity}")[language]
    used = Text("rule-sheet.yes" if row.used else "rule-sheet.no")[language]
    basis = f"{rule.basis.document} {rule.basis.clause}".strip()
    return rule.code, title, severity, used, row.reason, basis, row.layer


def _limit_texts(limit: Limit, layer: str, language: str) -> tuple[str, ...]:
    bound = Text(f"bound.{limit.word}")[language]
    figure, source = f"{limit.value:f}", limit.source
    return limit.name, bound, figure, limit.unit, source.document, source.clause, layer


def _fill(  # noqa: PLR0913  (what a sheet is made of)
    book: Any,
    keys: tuple[str, ...],
    name: str,
    body: Sequence[tuple[str, ...]],
    language: str,
    *,
    edited: frozenset[str],
) -> Any:
    """A sheet that prints on A4 across, its heads on every page."""
    sheet, held = book.add_worksheet(Text(f"rule-sheet.{name}")[language]), looks()
    head, open_cell, fixed = (book.add_format(held[look]) for look in ("rule_head", "rule", "rule_fixed"))
    for column, key in enumerate(keys):
        sheet.set_column(column, column, held["rule_columns"][key])
        sheet.write_string(0, column, Text(f"rule-sheet.head.{key}")[language], head)
        for row, texts in enumerate(body, 1):
            sheet.write_string(row, column, texts[column], open_cell if key in edited else fixed)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(body), 1), len(keys) - 1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")
    return sheet
