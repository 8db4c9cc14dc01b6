"""Rules and thresholds as sheets that are edited in Excel: what stands in their columns, and a rule file out of an edited one.

Only severities, whether a rule is used, and the figures of thresholds are taken; all else is there to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from clusterform.parsers.container.package import open_form
from clusterform.parsers.raw import Cell, Table
from clusterform.parsers.xlsx.read import read_xlsx
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
    found = 0
    for table in _tables(path):
        for heads, read in ((RULES, reader.rule), (LIMITS, reader.limit)):
            for row in _rows(table, heads):
                found += 1
                read(row)
    if not found:
        raise DataError("rule-sheet.none", path=path)
    if reader.faults:
        raise DataError("rule-sheet.faults", path=path, faults=tuple(reader.faults))
    data = {"extends": extends, "name": name, **{key: part for key, part in reader.parts().items() if part}}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


@dataclass(frozen=True, slots=True)
class _Row:
    texts: Mapping[str, str]
    place: str


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

    def rule(self, row: _Row) -> None:
        code = row.texts["rule"]
        rule = self._rules.get(code)
        if rule is None:
            self._fault(row, "no-rule", name=code)
            return
        severity = _meant(row.texts["severity"], {s.value: f"severity.{s}" for s in Severity})
        used = _meant(row.texts["used"], {"yes": "rule-sheet.yes", "no": "rule-sheet.no"})
        reason = row.texts["reason"]
        if severity is None or used is None:
            wrong = row.texts["used" if severity else "severity"]
            self._fault(row, "no-word", value=wrong)
        elif (used == "no" or severity != rule.severity.value) and not reason:
            self._fault(row, "no-reason", code=code)
        elif used == "no":
            self._remove[code] = reason
        elif severity != rule.severity.value:
            self._change[code] = {"severity": severity, "reason": reason}

    def limit(self, row: _Row) -> None:
        name = row.texts["limit"]
        limit = self._limits.get(name)
        if limit is None:
            self._fault(row, "no-limit", name=name)
            return
        word = _meant(row.texts["bound"], {word: f"bound.{word}" for word in WORDS})
        figure = row.texts["figure"].replace(",", "").replace("，", "")
        if word is None or not _FIGURE.fullmatch(figure):
            self._fault(row, "no-figure", value=f"{row.texts['bound']} {row.texts['figure']}".strip())
        elif (word, Decimal(figure)) != (limit.word, limit.value):
            self._figures[name] = {word: figure}

    def _fault(self, row: _Row, what: str, **facts: str) -> None:
        self.faults.append(
            Text("rule-sheet.fault", place=row.place, what=Text(f"rule-sheet.{what}", **facts))
        )


def _meant(text: str, keys: Mapping[str, str]) -> str | None:
    """Which of the words, in either language, stands there."""
    words = {fold(Text(key)[language]): name for name, key in keys.items() for language in LANGUAGES}
    return words.get(fold(text))


def _tables(path: Path) -> list[Table]:
    try:
        package = open_form(path)
        document = read_xlsx(package) if package.kind == "xlsx" else None
    except UnreadableError as error:
        raise DataError("rule-sheet.unreadable", path=path, reason=error.text) from error
    if document is None:
        raise DataError("rule-sheet.none", path=path)
    return [block for block in document.blocks if isinstance(block, Table)]


def _rows(table: Table, keys: Sequence[str]) -> Iterator[_Row]:
    """The rows below the heads that have anything in the first column; none where the table is another."""
    heads: dict[int, str] = {}
    for row in table.rows:
        texts = {heads[cell.column]: cell.text.strip() for cell in row if cell.column in heads}
        if texts.get(keys[0]):
            place = next(cell.location.ref or "" for cell in row if cell.column in heads)
            yield _Row(dict.fromkeys(keys, "") | texts, place)
        elif not heads:
            heads = _heads(row, keys)


def _heads(row: Sequence[Cell], keys: Sequence[str]) -> dict[int, str]:
    for language in LANGUAGES:
        words = {fold(Text(f"rule-sheet.head.{key}")[language]): key for key in keys}
        heads = {cell.column: words[fold(cell.text)] for cell in row if fold(cell.text) in words}
        if set(heads.values()) == set(keys):
            return heads
    return {}
