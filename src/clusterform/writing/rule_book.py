"""Rules and thresholds as a workbook to be edited: lists to choose from, and what is not to be edited in grey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.finding import OWN_OUTPUT, Severity
from clusterform.forms.limits import WORDS
from clusterform.forms.rule_sheet import LIMITS, RULES, EditedRule
from clusterform.messages import Text, in_language

_WIDTHS = {
    "rule": 9,
    "title": 44,
    "severity": 13,
    "used": 8,
    "reason": 36,
    "basis": 60,
    "limit": 18,
    "bound": 10,
    "figure": 12,
    "unit": 12,
}
_EDITED = {"severity", "used", "reason", "bound", "figure"}
_WRITTEN = datetime(1980, 1, 1, tzinfo=UTC)
"""In place of the time: the same rules give the same bytes."""


def save_rule_book(
    rows: Iterable[EditedRule], limits: Mapping[str, Limit], language: str, path: Path
) -> None:
    """A sheet of rules and one of thresholds."""
    from xlsxwriter import Workbook

    def say(key: str) -> str:
        return Text(key)[language]

    rules = [_rule_texts(row, language) for row in rows]
    figures = [_limit_texts(limit, language) for limit in limits.values()]
    choices = {
        "severity": [say(f"severity.{severity}") for severity in Severity],
        "used": [say("rule-sheet.yes"), say("rule-sheet.no")],
        "bound": [say(f"bound.{word}") for word in WORDS],
    }
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(path, options) as book:
        book.set_properties({"created": _WRITTEN, "category": OWN_OUTPUT})
        for key, heads, body in (("rules", RULES, rules), ("limits", LIMITS, figures)):
            sheet = book.add_worksheet(say(f"rule-sheet.{key}"))
            _fill(book, sheet, heads, [say(f"rule-sheet.head.{head}") for head in heads], body)
            for column, head in enumerate(heads):
                if head in choices:
                    chosen = {"validate": "list", "source": choices[head]}
                    sheet.data_validation(1, column, max(len(body), 1), column, chosen)


def _rule_texts(row: EditedRule, language: str) -> tuple[str, ...]:
    rule = row.rule
    title = in_language(rule.title, language)
    severity = Text(f"severity.{row.severity}")[language]
    used = Text("rule-sheet.yes" if row.used else "rule-sheet.no")[language]
    return rule.code, title, severity, used, row.reason, f"{rule.basis.document} {rule.basis.clause}".strip()


def _limit_texts(limit: Limit, language: str) -> tuple[str, ...]:
    source = f"{limit.source.document} {limit.source.clause}".strip()
    return limit.name, Text(f"bound.{limit.word}")[language], f"{limit.value:f}", limit.unit, source


def _fill(
    book: Any, sheet: Any, keys: tuple[str, ...], heads: list[str], body: list[tuple[str, ...]]
) -> None:
    head = book.add_format({"bold": True, "valign": "top", "bg_color": "#DDE6F0"})
    edited = book.add_format({"valign": "top", "num_format": "@", "text_wrap": True})
    fixed = book.add_format({"valign": "top", "num_format": "@", "text_wrap": True, "font_color": "#666666"})
    sheet.freeze_panes(1, 1)
    for column, (key, text) in enumerate(zip(keys, heads, strict=True)):
        sheet.set_column(column, column, _WIDTHS[key])
        sheet.write_string(0, column, text, head)
        for row, texts in enumerate(body, 1):
            sheet.write_string(row, column, texts[column], edited if key in _EDITED else fixed)
    sheet.autofilter(0, 0, max(len(body), 1), len(keys) - 1)
