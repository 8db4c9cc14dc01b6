"""Rules as workbooks: a list to be read or printed, and rules and thresholds to be edited, what is not to be edited in grey."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.finding import RulePage, Severity
from clusterform.forms.limits import WORDS
from clusterform.forms.rule_sheet import LIMITS, RULES, EditedRule
from clusterform.messages import Text, in_language
from clusterform.writing.table import looks, opened_book

_EDITED = {"severity", "used", "reason", "bound", "figure", "document", "clause"}
_LISTED = ("rule", "name", "title", "severity", "form", "asked", "basis")
_A4 = 9


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
