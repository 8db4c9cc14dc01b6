"""A user's rule file over the rules that came before: changed thresholds, changed, removed and added rules.

Every mistake of a file is told at once, with its line: a name that nothing bears would else never be noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.forms.edition import load_edition
from clusterform.forms.example import RuleCase, with_examples
from clusterform.forms.limits import limits_in, unknown_keys
from clusterform.forms.rule import Rule, rule_from, without_faults
from clusterform.forms.rule_names import Known, limits_named, unknown_answers, unknown_names
from clusterform.forms.ruleset import names_file
from clusterform.messages import Joined, Text
from clusterform.models import parts_of
from clusterform.nearest import with_suggestion
from clusterform.patterns import pattern
from clusterform.validation import MisfitError, Wrong, made_from
from clusterform.yaml_file import KeyPath, glued_colons, read_marked

_KEYS = ("name", "extends", "source", "limits", "change", "remove", "rules", "cases")

_CODE = pattern("[A-Z][A-Z0-9-]{0,19}")
_FIXED = frozenset({"code", "waivable", "criterion"})
"""What no file changes of a national rule: its code, and what makes it a condition of recognition."""


class RuleFile:
    """One file while it is read: `over` gives the rules with its changes."""

    def __init__(
        self,
        path: Path,
        edition: str,
        rules: Iterable[Rule],
        limits: Mapping[str, Limit],
        below: Sequence[Path],
    ) -> None:
        """`below` are the rule files read before."""
        self._path = path
        self._below = below
        self._file = read_marked(path)
        self._edition = edition
        self._limits_before = limits
        self._rules = {rule.code: rule for rule in rules}
        self._written: list[tuple[KeyPath, Rule, tuple[Wrong, ...]]] = []
        """The rules that the file changes or adds, each with its place and what is known to be wrong with it."""
        self._data: dict[str, Any] = {}
        self.reasons: dict[str, str] = {}
        """Why a rule is changed or removed, by code, where the file says it."""
        self.cases: list[RuleCase] = []

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
            file.faults.extend(glued_colons(file.text.splitlines()))
            if not file.faults:
                file.add((), Text("rule-file.empty" if file.data is None else other))
            file.settle()
        self._data = file.data
        unknown_keys(file, (), self._data, _KEYS)
        if "extends" in self._data:
            self._extends(self._data["extends"])
        if not isinstance(self._data.get("name", ""), str | int):
            file.add(("name",), Text("rule-file.name"))

    def _extends(self, given: object) -> None:
        """The national rules, or a file that was read before this one."""
        national = load_edition(self._edition).limits
        if not isinstance(given, str) or not names_file(given):
            if given not in (national, f"{national}/{self._edition}"):  # a list has no hash
                shown = given if isinstance(given, str | int) else Text("rule-file.extends-other")
                fault = Text("rule-file.extends", national=national, edition=self._edition, given=shown)
                self._file.add(("extends",), fault)
            return
        meant = self._path.parent / given
        if any(lower.name == meant.name for lower in self._below):
            return
        if meant.is_file():
            self._file.add(("extends",), Text("rule-file.extends-circle", given=given))
            return
        others = [
            f.stem for f in sorted(self._path.parent.iterdir()) if names_file(f.name) and f != self._path
        ]
        fault = Text("rule-file.extends-missing", given=given)
        self._file.add(("extends",), with_suggestion(fault, meant.stem, others))

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
            elif fixed := change.keys() & _FIXED:
                for key in sorted(fixed):
                    self._file.add((*place, key), Text("rule-file.change-fixed", code=code, key=key))
            elif not change.keys() - {"reason"}:
                self._file.add(place, Text("rule-file.change-nothing", code=code))
            else:
                self._because(code, (*place, "reason"), change.get("reason"))
                data = {name: getattr(rule, name) for name in parts_of(Rule)}
                self._take(place, {**data, **{key: change[key] for key in change if key != "reason"}})

    def _remove(self) -> None:
        given = self._data.get("remove")
        if isinstance(given, dict):
            removed: list[tuple[KeyPath, Any, Any]] = [
                (("remove", code), code, why) for code, why in given.items()
            ]
        else:
            codes = given if isinstance(given, list) else [] if given is None else [given]
            removed = [(("remove", number), code, None) for number, code in enumerate(codes)]
        for place, code, reason in removed:
            if self._known(place, str(code)) is None:
                continue
            if reason is None:
                self._file.add(place, Text("rule-file.remove", code=code))
            self._because(code, place, reason)
            del self._rules[code]

    def _because(self, code: str, place: KeyPath, reason: object) -> None:
        if isinstance(reason, str) and reason.strip():
            self.reasons[code] = reason.strip()
        elif reason is not None:
            self._file.add(place, Text("rule-file.reason", code=code))

    def _add(self) -> None:
        for number, item in enumerate(self._part("rules", list, "rule-file.rules")):
            place: KeyPath = ("rules", number)
            code = item.get("code") if isinstance(item, dict) else None
            if isinstance(code, str) and not _CODE.fullmatch(code):
                self._file.add((*place, "code"), Text("rule-file.code", code=code))
            elif isinstance(code, str) and code in self._rules:
                self._file.add((*place, "code"), Text("rule-file.taken", code=code))
            self._take(place, item)

    def _take(self, place: KeyPath, data: Any) -> None:
        """A rule from its data; told, where it is none, and what is right of it looked up all the same."""
        try:
            rule = rule_from(data, self._edition)
        except MisfitError as error:
            self._tell(place, data.get("code") if isinstance(data, dict) else None, error.wrong)
            if (rest := without_faults(data, error.wrong, self._edition)) is not None:
                self._written.append((place, rest, error.wrong))
            return
        self._rules[rule.code] = rule
        self._written.append((place, rule, ()))

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
        for place, rule, told in self._written:
            wrong = unknown_names(rule, known)
            own = (fault for fault in wrong if not _rests_on(fault, told))
            self._tell(place, rule.code, (fault for fault in own if self._says(place, fault)))
        for name in self._unused(limits):
            fault = Text("rule-file.unused", name=name)
            self._file.add(("limits", name), with_suggestion(fault, name, self._limits_before))
        for number, item in enumerate(self._part("cases", list, "rule-file.cases")):
            self._case(("cases", number), item, known)

    def _case(self, place: KeyPath, item: Any, known: Known) -> None:
        try:
            case = made_from(RuleCase, with_examples(item, self._edition))
        except MisfitError as error:
            self._tell(place, None, error.wrong)
            return
        rule = self._known((*place, "rule"), case.rule)
        if rule is None:
            return
        for key, example in (("wrong", case.wrong), ("right", case.right)):
            if example is None:
                continue
            if not example.runs:
                self._file.add((*place, key), Text("misfit.mapping"))
            wrong = unknown_answers(rule, example, known)
            self._tell(place, None, (fault.under(key) for fault in wrong))
        self.cases.append(case)

    def _says(self, place: KeyPath, fault: Wrong) -> bool:
        """Whether the file says what is wrong: examples of a rule that it changes stay as they are, whatever else it changes."""
        key = fault.place[0]
        return key not in {"wrong", "right"} or (*place, key) in self._file.places

    def _unused(self, limits: Mapping[str, Limit]) -> Iterator[str]:
        added = [name for name in limits if name not in self._limits_before]
        if added:
            used = {name for rule in self._rules.values() for name in limits_named(rule)}
            yield from (name for name in added if name not in used)


def _rests_on(fault: Wrong, told: Iterable[Wrong]) -> bool:
    """Whether a fault is of what only stands in for something that is wrong; what a message may show its checks tell."""
    parts = {wrong.place[0] for wrong in told if wrong.place}
    if "checks" in parts and fault.place[0] in {"message", "variants"}:
        return True
    if fault.place[0] != "checks":
        return fault.place[0] in parts
    return "forms" in parts or any(wrong.place[:2] in {fault.place[:2], ("checks",)} for wrong in told)
