"""Waivers: findings that may stay as they are, for a reason and until a day. They are shown all the same, and do not count.

They come from YAML, or a sheet with a row each. All that is wrong with a file is told at once, each with its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from clusterform.checks.check import FOLDER
from clusterform.conclusion import Conclusion, Verdict, Waiver, WaiverState, WaiverUse
from clusterform.conclusions.owners import Owner, Owners, owner
from clusterform.errors import DataError, UnreadableError
from clusterform.finding import FileReport, Finding, Status
from clusterform.forms.limits import unknown_keys
from clusterform.forms.rule import Rule
from clusterform.messages import InBoth, Joined, Text, in_language
from clusterform.nearest import with_suggestion
from clusterform.parsers.xlsx.filled_sheet import day_of, filled_rows
from clusterform.text import fold, narrow
from clusterform.yaml_file import MarkedFile, read_marked

SETTLED = frozenset({Verdict.CONFORMS, Verdict.EXPLAINED, Verdict.FAILS, Verdict.WAIVED})
"""What somebody has decided of a finding, which nothing that comes after it changes."""


def today() -> str:
    """Of the clock on the wall, as 2026-03-01."""
    return datetime.now(UTC).astimezone().date().isoformat()


@dataclass(frozen=True, slots=True)
class Waivers:
    entries: tuple[Waiver, ...]
    language: str
    today: str
    """As 2026-03-01."""

    def tied(self, findings: Sequence[Finding], owners: Owners) -> tuple[Finding, ...]:
        return tuple(self._concluded(finding, owners.of(finding)) for finding in findings)

    def _concluded(self, finding: Finding, owners: Sequence[Owner]) -> Finding:
        if finding.conclusion is not None and finding.conclusion.verdict in SETTLED:
            return finding
        about = [waiver for waiver in self.entries if _is_about(waiver, finding, owners)]
        held = next((waiver for waiver in about if not self._expired(waiver)), None)
        if held is not None:
            return finding._replace(conclusion=self._said(held, Verdict.WAIVED))
        if about and finding.conclusion is None:
            return finding._replace(conclusion=self._said(about[-1], Verdict.EXPIRED))
        return finding

    def _expired(self, waiver: Waiver) -> bool:
        return waiver.until < self.today

    def _said(self, waiver: Waiver, verdict: Verdict) -> Conclusion:
        facts = {"reason": waiver.reason, "who": waiver.who, "until": waiver.until}
        said = Text(f"waiver.{verdict}", **facts)[self.language]
        return Conclusion(verdict, waiver.who, waiver.until, waiver.reason, said)

    def uses(
        self, files: Collection[FileReport], across: Sequence[Finding], rules: Iterable[Rule]
    ) -> tuple[WaiverUse, ...]:
        """What became of each; `rules`: those that looked."""
        looked = {rule.code: rule.forms for rule in rules}
        about, reached = Counter[Waiver](), set[Waiver]()
        by_path: dict[str, Owner] = {}
        for file in files:
            own = owner(file.form, file.cluster, file.sha256)
            by_path[file.path] = own
            for waiver in self.entries:
                about[waiver] += sum(_is_about(waiver, finding, (own,)) for finding in file.own)
                if _is_for(waiver, own) and _looked(looked.get(waiver.rule, ()), file):
                    reached.add(waiver)
        owners = Owners(None, by_path)
        for waiver in self.entries:
            about[waiver] += sum(_is_about(waiver, f, owners.of(f)) for f in across)
        return tuple(
            WaiverUse(waiver, self._state(waiver, about[waiver], reached), about[waiver])
            for waiver in self.entries
        )

    def _state(self, waiver: Waiver, found: int, reached: Collection[Waiver]) -> WaiverState:
        if self._expired(waiver):
            return WaiverState.EXPIRED
        if found:
            return WaiverState.USED
        return WaiverState.UNUSED if waiver in reached else WaiverState.IDLE


def _looked(forms: Collection[str], file: FileReport) -> bool:
    """Whether a rule for these forms has looked at a file: one across forms at all, one of what is no form at any."""
    return file.status in {Status.PASS, Status.FAIL} and (file.form in forms or FOLDER in forms)


def _is_about(waiver: Waiver, finding: Finding, owners: Sequence[Owner]) -> bool:
    """Of a finding across forms every one that must change has to be the waiver's, as it closes it for all."""
    if waiver.rule != finding.rule:
        return False
    places = ((waiver.label, finding.label), (waiver.column, finding.column))
    if any(asked and fold(asked) != fold(found or "") for asked, found in places):
        return False
    if waiver.value and narrow(waiver.value).strip() != narrow(finding.value or "").strip():
        return False
    named = [own for own in owners if own.cluster] or owners
    return any(_is_for(waiver, own) for own in owners) and all(_is_cluster(waiver, own) for own in named)


def _is_for(waiver: Waiver, own: Owner) -> bool:
    return waiver.form in {"", own.form} and _is_cluster(waiver, own)


def _is_cluster(waiver: Waiver, own: Owner) -> bool:
    return not waiver.cluster or fold(waiver.cluster) == own.cluster


_NEEDED = ("rule", "reason", "who", "until")
KEYS = ("rule", "form", "cluster", "label", "column", "value", "reason", "who", "until")
_SHEETS = frozenset({".xlsx", ".xlsm", ".xls", ".et"})
_MOST = 20
"""So many mistakes of a sheet are told."""


class WaiverNames(NamedTuple):
    """What a waiver may name."""

    rules: Mapping[str, str]
    """Codes by code and name, in small letters."""
    binding: frozenset[str]
    """Of rules that cannot be waived."""
    forms: Mapping[str, str]
    """Keys by what a form is called, folded."""

    @classmethod
    def of(cls, rules: Iterable[Rule], forms: Mapping[str, str]) -> WaiverNames:
        found = tuple(rules)
        names = {name.casefold(): rule.code for rule in found for name in (rule.name, rule.code)}
        binding = frozenset(rule.code for rule in found if not rule.waivable)
        return cls(names, binding, {fold(name): key for name, key in forms.items()})

    def waiver(
        self, texts: Mapping[str, str], place: InBoth, language: str
    ) -> tuple[Waiver | None, list[tuple[str, InBoth]]]:
        """What an entry says; None where anything of it is wrong, and every key that is, with what is wrong with it."""
        wrong: list[tuple[str, InBoth]] = [
            (key, Text("misfit.missing", key=key)) for key in _NEEDED if not texts.get(key)
        ]
        given = {key: texts.get(key, "") for key in KEYS}
        code = self.rules.get(given["rule"].casefold(), "")
        if given["rule"] and not code:
            codes = sorted({*self.rules.values()})
            unknown = Text("waivers.no-rule", code=given["rule"])
            wrong.append(("rule", with_suggestion(unknown, given["rule"].upper(), codes)))
        if code in self.binding:
            wrong.append(("rule", Text("waivers.binding", code=code)))
        form = self.forms.get(fold(given["form"]), "")
        if given["form"] and not form:
            unknown = Text("waivers.no-form", form=given["form"])
            wrong.append(("form", with_suggestion(unknown, fold(given["form"]), self.forms)))
        until = day_of(given["until"])
        if given["until"] and until is None:
            wrong.append(("until", Text("waivers.no-day", value=given["until"])))
        if wrong:
            return None, wrong
        given |= {"rule": code, "form": form, "until": until or ""}
        return Waiver(**given, place=in_language(place, language)), []


def read_waivers(path: Path, known: WaiverNames, language: str) -> Waivers:
    """DataError with every mistake."""
    read = _of_sheet if path.suffix.lower() in _SHEETS else _of_yaml
    entries = tuple(waiver for waiver in read(path, known, language) if waiver is not None)
    return Waivers(entries, language, today())


def _of_yaml(path: Path, known: WaiverNames, language: str) -> list[Waiver | None]:
    file = read_marked(path)
    items = file.data if isinstance(file.data, list) else []
    if not items:
        file.add((), Text("waivers.no-list"))
    found = [_entry(file, number, item, known, language) for number, item in enumerate(items)]
    file.settle()
    return found


def _entry(file: MarkedFile, number: int, item: Any, known: WaiverNames, language: str) -> Waiver | None:
    place = (number,)
    if not isinstance(item, dict):
        wide = isinstance(item, str) and "：" in item
        file.add(place, Text("misfit.wide-colon" if wide else "misfit.mapping"))
        return None
    unknown_keys(file, place, item, KEYS)
    texts = {}
    for key, value in item.items():
        if isinstance(value, bool | list | dict):
            file.add((*place, key), Text("misfit.string"))
        texts[key] = "" if value is None else str(value).strip()
    line = Text("waivers.line", line=file.places[place][0])
    waiver, wrong = known.waiver(texts, line, language)
    for key, text in wrong:
        file.add((*place, key), text)
    return waiver


def _of_sheet(path: Path, known: WaiverNames, language: str) -> list[Waiver | None]:
    try:
        rows = filled_rows(path, KEYS, _NEEDED)
    except UnreadableError as error:
        raise DataError("waivers.unreadable", path=path.name, reason=error.text) from error
    if rows is None:
        needed = tuple(Text(f"head.{key}") for key in _NEEDED)
        raise DataError("waivers.no-sheet", path=path.name, heads=needed)
    faults: list[InBoth] = []
    found = []
    for row in rows:
        if any(row.texts.values()):
            waiver, wrong = known.waiver(row.texts, Text("waivers.row", place=row.place), language)
            found.append(waiver)
            where = {"file": path.name, "place": row.place}
            faults += (
                Text("waivers.fault", **where, head=Text(f"head.{k}"), fault=text) for k, text in wrong
            )
    if faults:
        raise DataError(Joined("join.lines", faults[:_MOST]))
    return found
