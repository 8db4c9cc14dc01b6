"""Rules and thresholds as sheets that are edited in Excel: what stands in their columns, and a rule file out of an edited one.

Only severities, whether a rule is used, and the figures of thresholds are taken; all else is there to be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from clusterform.checks.reader import Limit
from clusterform.errors import DataError, UnreadableError
from clusterform.finding import Severity
from clusterform.forms.limits import WORDS
from clusterform.forms.rule import Rule
from clusterform.messages import LANGUAGES, Text
from clusterform.parsers.xlsx.filled_sheet import FilledRow, filled_rows
from clusterform.patterns import pattern
from clusterform.text import fold

RULES = ("rule", "title", "severity", "used", "reason", "basis")
LIMITS = ("limit", "bound", "figure", "unit", "basis")
"""The columns of the two sheets, as keys of their heads."""
_FIGURE = pattern(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,10})?")


@dataclass(frozen=True, slots=True)
class EditedRule:
    """A rule as its row has it."""

    rule: Rule
    severity: Severity
    used: bool
    reason: str


def rule_rows(
    national: Sequence[Rule], rules: Sequence[Rule], reasons: Mapping[str, str]
) -> list[EditedRule]:
    """Every rule of the edition, those that a file took away too. Rules of a file's own are edited where they stand."""
    now = {rule.code: rule for rule in rules}
    return [
        EditedRule(rule, now.get(rule.code, rule).severity, rule.code in now, reasons.get(rule.code, ""))
        for rule in national
    ]


def rule_file_of(
    path: Path, national: Sequence[Rule], limits: Mapping[str, Limit], *, extends: str, name: str
) -> str:
    """The YAML of a rule file with what an edited workbook changes. DataError with every mistake and its cell."""
    reader = _SheetReader({rule.code: rule for rule in national}, limits)
    rules, figures = (_rows(path, heads) for heads in (RULES, LIMITS))
    if not rules and not figures:
        raise DataError("rule-sheet.none", path=path)
    for row in rules:
        reader.rule(row)
    for row in figures:
        reader.limit(row)
    if reader.faults:
        raise DataError("rule-sheet.faults", path=path, faults=tuple(reader.faults))
    data = {"extends": extends, "name": name, **{key: part for key, part in reader.parts().items() if part}}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


class _SheetReader:
    """Collects what differs from the edition's own rules, and what cannot be understood."""

    def __init__(self, rules: Mapping[str, Rule], limits: Mapping[str, Limit]) -> None:
        self._rules = rules
        self._limits = limits
        self._change: dict[str, dict[str, str]] = {}
        self._remove: dict[str, str] = {}
        self._figures: dict[str, dict[str, str]] = {}
        self.faults: list[Text] = []

    def parts(self) -> dict[str, object]:
        return {"limits": self._figures, "change": self._change, "remove": self._remove}

    def rule(self, row: FilledRow) -> None:
        code = row.texts["rule"]
        rule = self._rules.get(code)
        if rule is None:
            self._fault(row, "no-rule", name=code)
            return
        severity = _meant(row.texts.get("severity", ""), {s.value: f"severity.{s}" for s in Severity})
        used = _meant(row.texts.get("used", ""), {"yes": "rule-sheet.yes", "no": "rule-sheet.no"})
        reason = row.texts.get("reason", "")
        if severity is None or used is None:
            wrong = row.texts.get("used" if severity else "severity", "")
            self._fault(row, "no-word", value=wrong)
        elif (used == "no" or severity != rule.severity.value) and not reason:
            self._fault(row, "no-reason", code=code)
        elif used == "no":
            self._remove[code] = reason
        elif severity != rule.severity.value:
            self._change[code] = {"severity": severity, "reason": reason}

    def limit(self, row: FilledRow) -> None:
        name = row.texts["limit"]
        limit = self._limits.get(name)
        if limit is None:
            self._fault(row, "no-limit", name=name)
            return
        word = _meant(row.texts.get("bound", ""), {word: f"bound.{word}" for word in WORDS})
        figure = row.texts.get("figure", "").replace(",", "").replace("，", "")
        if word is None or not _FIGURE.fullmatch(figure):
            self._fault(row, "no-figure", value=f"{row.texts['bound']} {row.texts['figure']}".strip())
        elif (word, Decimal(figure)) != (limit.word, limit.value):
            self._figures[name] = {word: figure}

    def _fault(self, row: FilledRow, what: str, **facts: str) -> None:
        self.faults.append(
            Text("rule-sheet.fault", place=row.place, what=Text(f"rule-sheet.{what}", **facts))
        )


def _meant(text: str, keys: Mapping[str, str]) -> str | None:
    """Which of the words, in either language, stands there."""
    words = {fold(Text(key)[language]): name for name, key in keys.items() for language in LANGUAGES}
    return words.get(fold(text))


def _rows(path: Path, heads: Sequence[str]) -> list[FilledRow]:
    """The rows that have anything in the first of these columns; none where no sheet has all of them."""
    try:
        rows = filled_rows(path, heads, heads, "rule-sheet.head") or ()
    except UnreadableError as error:
        raise DataError("rule-sheet.unreadable", path=path, reason=error.text) from error
    return [row for row in rows if row.texts.get(heads[0])]
