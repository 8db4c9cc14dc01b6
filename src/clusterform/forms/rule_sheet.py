"""Rules and thresholds as sheets that are edited in Excel: what stands in their columns, and a rule file out of an edited one.

Severities, whether a rule is used and why, and thresholds with what asks for them are taken. The rest is there to be read:
where it was changed that is told, for it would else be passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from clusterform.checks.reader import Limit
from clusterform.errors import DataError, UnreadableError
from clusterform.finding import Severity
from clusterform.forms.limits import LOWER, WORDS
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet
from clusterform.messages import LANGUAGES, Fact, InBoth, Joined, Shortened, Text
from clusterform.nearest import with_suggestion
from clusterform.parsers.xlsx.filled_sheet import FilledRow, filled_rows
from clusterform.patterns import pattern
from clusterform.text import fold

RULES = ("rule", "title", "severity", "used", "reason", "basis", "layer")
LIMITS = ("limit", "bound", "figure", "unit", "document", "clause", "layer")
"""The columns of the two sheets, as keys of their heads."""
_NEEDED: dict[tuple[str, ...], tuple[str, ...]] = {
    RULES: ("rule", "severity", "used", "reason"),
    LIMITS: ("limit", "bound", "figure"),
}
_SHOWN = 40
"""Characters of what cannot be taken that are told."""
_FIGURE = pattern(r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{1,10})?")


@dataclass(frozen=True, slots=True)
class EditedRule:
    """A rule as its row has it."""

    rule: Rule
    severity: Severity
    used: bool
    reason: str
    layer: str


def rule_rows(national: RuleSet, found: RuleSet) -> list[EditedRule]:
    """Every rule of the edition, those that a file took away too. Rules of a file's own are edited where they stand."""
    now = {rule.code: rule for rule in found.rules}
    return [
        EditedRule(
            rule,
            now.get(rule.code, rule).severity,
            rule.code in now,
            found.reasons.get(rule.code, ""),
            found.origins.get(rule.code, national.names[0]),
        )
        for rule in national.rules
    ]


def limit_rows(national: RuleSet, found: RuleSet) -> list[tuple[Limit, str]]:
    """Every threshold of the edition as it is now, with the layer that it comes from."""
    names = [name for name in found.limits if name in national.limits]
    return [(found.limits[name], found.origins.get(name, national.names[0])) for name in names]


def rule_file_of(path: Path, national: RuleSet, found: RuleSet, *, extends: str, name: str) -> str:
    """The YAML of a rule file with what an edited workbook changes of the rules as they are. DataError with every mistake and its cell."""
    reader = _SheetReader(national, found)
    rules, figures = _sheets(path)
    for row in rules:
        reader.rule(row)
    for row in figures:
        reader.limit(row)
    if reader.faults:
        faults = [
            Text("rule-sheet.fault", path=path, place=place, what=what) for place, what in reader.faults
        ]
        raise DataError(Joined("join.lines", faults))
    data = {"extends": extends, "name": name, **{key: part for key, part in reader.parts.items() if part}}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


class _SheetReader:
    """Collects what differs from the rules as they are, and what cannot be understood."""

    def __init__(self, national: RuleSet, found: RuleSet) -> None:
        self._national = {rule.code: rule for rule in national.rules}
        self._now = {rule.code: rule for rule in found.rules}
        self._limits = found.limits
        self._reasons = found.reasons
        self._origins = found.origins
        self._seen: set[str] = set()
        self.parts: dict[str, dict[str, Any]] = {"limits": {}, "change": {}, "remove": {}}
        """Of the rule file."""
        self.faults: list[tuple[str, InBoth]] = []
        """Each with its cell."""

    def rule(self, row: FilledRow) -> None:
        code = row.texts["rule"]
        rule, now = self._national.get(code), self._now.get(code)
        if rule is None:
            self._unknown(row, "no-rule", code, self._national)
            return
        basis = f"{rule.basis.document} {rule.basis.clause}"
        self._refuse_edited(row, code, title=(rule.title.zh, rule.title.en), basis=(basis,))
        severity = _meant(row.texts.get("severity", ""), {s.value: f"severity.{s}" for s in Severity})
        used = _meant(row.texts.get("used", ""), {"yes": "rule-sheet.yes", "no": "rule-sheet.no"})
        reason = row.texts.get("reason", "")
        if severity is None or used is None:
            self._fault(row, "no-word", value=row.texts.get("used" if severity else "severity", ""))
        elif now is None and used == "yes":
            self._fault(row, "gone", code=code, layer=self._origins[code])
        elif now is None or (used == "yes" and severity == now.severity.value):
            if reason and fold(reason) != fold(self._reasons.get(code, "")):
                self._fault(row, "nothing", code=code)
        elif not reason:
            self._fault(row, "no-reason", code=code)
        elif used == "no":
            self.parts["remove"][code] = reason
        else:
            self.parts["change"][code] = {"severity": severity, "reason": reason}

    def limit(self, row: FilledRow) -> None:
        name = row.texts["limit"]
        limit = self._limits.get(name)
        if limit is None:
            self._unknown(row, "no-limit", name, self._limits)
            return
        self._refuse_edited(row, name, unit=(limit.unit,))
        word = _meant(row.texts.get("bound", ""), {word: f"bound.{word}" for word in WORDS})
        figure = row.texts.get("figure", "").replace(",", "").replace("，", "")
        if word is None or not _FIGURE.fullmatch(figure):
            shown = f"{row.texts.get('bound', '')} {row.texts.get('figure', '')}".strip()
            self._fault(row, "no-figure", value=Shortened(shown, _SHOWN))
            return
        if (word in LOWER) is not (limit.word in LOWER):
            old, given = Text(f"bound.{limit.word}"), Text(f"bound.{word}")
            self._fault(row, "reversed", name=name, old=old, given=given)
            return
        own = limit.source
        document, clause = (
            row.texts.get(key, old) for key, old in (("document", own.document), ("clause", own.clause))
        )
        source = {"document": document, "clause": clause}
        told = {} if (document, clause) == (own.document, own.clause) else {"source": source}
        if told or (word, Decimal(figure)) != (limit.word, limit.value):
            self.parts["limits"][name] = {word: figure, **told}

    def _refuse_edited(self, row: FilledRow, name: str, **fixed: Iterable[str]) -> None:
        """Tells what is changed in columns that are there to be read, and a row that stands twice."""
        if name in self._seen:
            self._fault(row, "twice", name=name)
        self._seen.add(name)
        for key, known in fixed.items():
            given = row.texts.get(key)
            if given is not None and fold(given) not in {fold(text) for text in known}:
                head = Text(f"rule-sheet.head.{key}")
                self._fault(row, "fixed", head=head, value=next(iter(known)))

    def _fault(self, row: FilledRow, what: str, **facts: Fact) -> None:
        self.faults.append((row.place, Text(f"rule-sheet.{what}", **facts)))

    def _unknown(self, row: FilledRow, what: str, name: str, known: Iterable[str]) -> None:
        fault = Text(f"rule-sheet.{what}", name=name)
        self.faults.append((row.place, with_suggestion(fault, name, known)))


def _meant(text: str, keys: Mapping[str, str]) -> str | None:
    """Which of the words, in either language, stands there."""
    words = {fold(Text(key)[language]): name for name, key in keys.items() for language in LANGUAGES}
    return words.get(fold(text))


def _sheets(path: Path) -> list[list[FilledRow]]:
    """The rows of both sheets. Where only one is found, what was changed on the other would be passed over."""
    found = {"rules": _rows(path, RULES), "limits": _rows(path, LIMITS)}
    if not any(found.values()):
        raise DataError("rule-sheet.none", path=path)
    for sheet, heads in (("rules", RULES), ("limits", LIMITS)):
        if not found[sheet]:
            names = tuple(Text(f"rule-sheet.head.{head}") for head in _NEEDED[heads])
            raise DataError("rule-sheet.missing", path=path, sheet=Text(f"rule-sheet.{sheet}"), heads=names)
    return list(found.values())


def _rows(path: Path, heads: tuple[str, ...]) -> list[FilledRow]:
    """The rows that have anything in the first of these columns; none where no sheet has all of them."""
    try:
        rows = filled_rows(path, heads, _NEEDED[heads], "rule-sheet.head") or ()
    except UnreadableError as error:
        raise DataError("rule-sheet.unreadable", path=path, reason=error.text) from error
    return [row for row in rows if row.texts.get(heads[0])]
