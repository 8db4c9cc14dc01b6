"""A user's rule file over the rules that came before: changed thresholds, changed, removed and added rules.

Every mistake of a file is told at once, with its line: a name that nothing bears would else never be noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import limits_in, unknown_keys
from clusterform.forms.rule import Rule, rule_from
from clusterform.forms.rule_names import Known, limits_named, unknown_names
from clusterform.messages import Joined, Text
from clusterform.nearest import with_suggestion
from clusterform.validation import MisfitError, Wrong
from clusterform.yaml_file import KeyPath, read_marked

_KEYS = ("name", "extends", "source", "limits", "change", "remove", "rules")


class RuleFile:
    """One file while it is read: `over` gives the rules with its changes."""

    def __init__(
        self, path: Path, edition: str, national: str, rules: Iterable[Rule], limits: Mapping[str, Limit]
    ) -> None:
        """`national` names the shipped rules, such as national/2025."""
        self._file = read_marked(path)
        self._edition = edition
        self._national = national
        self._limits_before = limits
        self._rules = {rule.code: rule for rule in rules}
        self._places: dict[str, KeyPath] = {}
        """Where the rules stand that the file changes or adds, by code."""
        self._data: dict[str, Any] = {}
        self.reasons: dict[str, str] = {}
        """Why a rule is changed or removed, by code, where the file says it."""

    def over(self) -> tuple[str, tuple[Rule, ...], Mapping[str, Limit]]:
        """The file's name, and rules and thresholds with its changes; DataError tells every mistake of the file."""
        self._head()
        limits = self._limits()
        self._change()
        self._remove()
        self._add()
        self._look_up(limits)
        self._file.settle()
        rules = tuple(sorted(self._rules.values(), key=lambda rule: rule.code))
        name = str(self._data.get("name") or Path(self._file.name).stem)
        return name, rules, {**self._limits_before, **limits}

    def _head(self) -> None:
        """What the file is, what it extends, and that it has nothing unknown in it."""
        file = self._file
        if not isinstance(file.data, dict):
            wide = isinstance(file.data, str) and "：" in file.data
            other = "rule-file.wide-colon" if wide else "rule-file.mapping"
            file.add((), Text("rule-file.empty" if file.data is None else other))
            file.settle()
        self._data = file.data
        unknown_keys(file, (), self._data, _KEYS)
        national, _, edition = self._national.partition("/")
        extends = self._data.get("extends", national)
        if extends not in (national, self._national):
            facts = {"national": national, "edition": edition, "given": str(extends)}
            file.add(("extends",), Text("rule-file.extends", **facts))
        if not isinstance(self._data.get("name", ""), str | int):
            file.add(("name",), Text("rule-file.name"))

    def _part(self, key: str, kind: type, otherwise: str) -> Any:
        """What stands under a key; empty, and told, where it is of another kind."""
        given = self._data.get(key)
        if given is None:
            return kind()
        if isinstance(given, kind):
            return given
        self._file.add((key,), Text(otherwise))
        return kind()

    def _limits(self) -> Mapping[str, Limit]:
        """The thresholds that the file sets, each with what asks for it."""
        given = self._part("limits", dict, "rule-file.limits")
        if not given:
            return {}
        document = Text("rule-file.source", file=self._file.name).zh
        edition = load_edition(self._edition)
        return limits_in(self._file, self._limits_before, edition.deadline, document, changed=True)

    def _change(self) -> None:
        for code, change in self._part("change", dict, "rule-file.change").items():
            place: KeyPath = ("change", code)
            rule = self._known(place, code)
            if rule is None:
                continue
            if not isinstance(change, dict):
                self._file.add(place, Text("rule-file.change-one", code=code))
            elif "code" in change:
                self._file.add((*place, "code"), Text("rule-file.change-code"))
            else:
                self._because(code, (*place, "reason"), change.get("reason"))
                data = {name: getattr(rule, name) for name in Rule.model_fields}
                self._take(place, {**data, **{key: change[key] for key in change if key != "reason"}})

    def _remove(self) -> None:
        given = self._data.get("remove")
        removed = list(given) if isinstance(given, list | dict) else [] if given is None else [given]
        for number, code in enumerate(removed):
            place: KeyPath = ("remove", number) if isinstance(given, list) else ("remove",)
            if isinstance(given, dict):
                place = ("remove", code)
                self._because(code, place, given[code])
            if not isinstance(code, str):
                self._file.add(place, Text("rule-file.remove"))
            elif self._known(place, code) is not None:
                del self._rules[code]

    def _because(self, code: str, place: KeyPath, reason: object) -> None:
        if isinstance(reason, str) and reason.strip():
            self.reasons[code] = reason.strip()
        elif reason is not None:
            self._file.add(place, Text("rule-file.reason"))

    def _add(self) -> None:
        for number, item in enumerate(self._part("rules", list, "rule-file.rules")):
            place: KeyPath = ("rules", number)
            code = item.get("code") if isinstance(item, dict) else None
            if code in self._rules:
                self._file.add((*place, "code"), Text("rule-file.taken", code=code))
            self._take(place, item)

    def _take(self, place: KeyPath, data: Any) -> None:
        """A rule from its data; told, where it is none."""
        try:
            rule = rule_from(data, self._edition)
        except MisfitError as error:
            self._tell(place, data.get("code") if isinstance(data, dict) else None, error.wrong)
            return
        self._rules[rule.code] = rule
        self._places[rule.code] = place

    def _tell(self, place: KeyPath, code: object, wrong: Iterable[Wrong]) -> None:
        """What is wrong inside a rule, with the rule's code and the key."""
        for fault in wrong:
            keys = [step for step in fault.place if isinstance(step, str)]
            key = ".".join(keys[-2:] if keys[-1:] in (["zh"], ["en"]) else keys[-1:])
            known = not key or keys[-1] in fault.text.zh
            text = fault.text if known else Joined("join.colon", (key, fault.text))
            if isinstance(code, str):
                text = Text("rule-file.in-rule", code=code, fault=text)
            self._file.add((*place, *fault.place), text, fault.offset)

    def _known(self, place: KeyPath, code: str) -> Rule | None:
        """The rule that the file names; an override that matches no rule is a mistake."""
        rule = self._rules.get(code)
        if rule is None:
            fault = Text("rule-file.no-rule", code=code)
            self._file.add(place, with_suggestion(fault, code, self._rules))
        return rule

    def _look_up(self, limits: Mapping[str, Limit]) -> None:
        """Every name in the rules that the file changes or adds, and every threshold that it adds."""
        rules = tuple(self._rules.values())
        known = Known.of(self._edition, {**self._limits_before, **limits}, rules)
        for code, place in self._places.items():
            if code in self._rules:
                self._tell(place, code, unknown_names(self._rules[code], known))
        for name in self._unused(limits):
            fault = Text("rule-file.unused", name=name)
            self._file.add(("limits", name), with_suggestion(fault, name, self._limits_before))

    def _unused(self, limits: Mapping[str, Limit]) -> Iterator[str]:
        added = [name for name in limits if name not in self._limits_before]
        if added:
            used = {name for rule in self._rules.values() for name in limits_named(rule)}
            yield from (name for name in added if name not in used)
