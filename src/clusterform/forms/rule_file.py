"""A user's rule file over the rules that came before: changed thresholds, changed, removed and added rules.

Every mistake of a file is told at once, with its line: a name that nothing bears would else never be noticed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.definition import MisfitError, Wrong, made_from
from clusterform.forms.limits import LimitDef, Source, as_limits, limits_in, unknown_keys
from clusterform.forms.rule import Rule, rule_from
from clusterform.forms.rule_names import Known, limits_named, unknown_names
from clusterform.marked_yaml import Place, read_marked
from clusterform.nearest import suggestion

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
        self._places: dict[str, Place] = {}
        """Where the rules stand that the file changes or adds, by code."""
        self._data: dict[str, Any] = {}

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
            empty = file.data is None
            zh = "文件是空的" if empty else "规则文件应为键值对，如 limits: {output: {at_least: 50}}"
            en = (
                "the file is empty" if empty else "must be a mapping such as limits: {output: {at_least: 50}}"
            )
            if isinstance(file.data, str) and "：" in file.data:
                zh, en = "冒号是全角的“：”，请改用英文冒号加空格", "its colon is a full-width one; write “: ”"
            file.add((), zh, en)
            file.settle()
        self._data = file.data
        unknown_keys(file, (), self._data, _KEYS)
        national, _, edition = self._national.partition("/")
        extends = self._data.get("extends", national)
        if extends not in (national, self._national):
            file.add(
                ("extends",),
                f"extends 只能是 {national}（或 {national}/{edition}），写的是 {extends}",
                f"extends must be {national} (or {national}/{edition}), not {extends}",
            )
        if not isinstance(self._data.get("name", ""), str | int):
            file.add(("name",), "name 应为文字", "name must be a text")

    def _part(self, key: str, kind: type, zh: str, en: str) -> Any:
        """What stands under a key; empty, and told, where it is of another kind."""
        given = self._data.get(key)
        if given is None:
            return kind()
        if isinstance(given, kind):
            return given
        self._file.add((key,), zh, en)
        return kind()

    def _limits(self) -> Mapping[str, Limit]:
        """The thresholds that the file sets, each with what asks for it."""
        zh, en = "limits 应为键值对，如 limits: {output: {at_least: 50}}", "limits must be a mapping"
        given = self._part("limits", dict, zh, en)
        if not given:
            return {}
        base = {name: _as_definition(limit) for name, limit in self._limits_before.items()}
        made = limits_in(self._file, base, Source(document=f"规则文件 {self._file.name}"))
        return {
            name: Limit(
                name,
                limit.word,
                limit.value,
                limit.unit,
                certain=limit.certain,
                source=_told(made[name].source),
            )
            for name, limit in as_limits(made).items()
        }

    def _change(self) -> None:
        zh = "change 应为键值对，写成 change: {CF505: {severity: warning}}，不是列表"
        en = "change must be a mapping, change: {CF505: {severity: warning}}, and no list"
        for code, change in self._part("change", dict, zh, en).items():
            place: Place = ("change", code)
            rule = self._known(place, code)
            if rule is None:
                continue
            if not isinstance(change, dict):
                zh = f"{code} 的更改应为键值对，如 {code}: {{severity: warning}}"
                self._file.add(place, zh, f"{code} must be a mapping such as {code}: {{severity: warning}}")
            elif "code" in change:
                self._file.add((*place, "code"), "规则的代码不能改", "a rule's code cannot be changed")
            else:
                data = {item.name: getattr(rule, item.name) for item in fields(rule)}
                self._take(place, {**data, **change})

    def _remove(self) -> None:
        given = self._data.get("remove")
        removed = given if isinstance(given, list) else [] if given is None else [given]
        for number, code in enumerate(removed):
            place: Place = ("remove", number) if removed is given else ("remove",)
            if not isinstance(code, str):
                zh, en = "remove 应为规则代码，如 [CF510]", "remove takes codes of rules, such as [CF510]"
                self._file.add(place, zh, en)
            elif self._known(place, code) is not None:
                del self._rules[code]

    def _add(self) -> None:
        zh, en = (
            "rules 应为列表，每条规则以“- code: ”开头",
            "rules must be a list, each item after “- code: ”",
        )
        for number, item in enumerate(self._part("rules", list, zh, en)):
            place: Place = ("rules", number)
            code = item.get("code") if isinstance(item, dict) else None
            if code in self._rules:
                self._file.add(
                    (*place, "code"),
                    f"代码 {code} 已有规则使用，请另选一个",
                    f"code {code} is taken; choose another",
                )
            self._take(place, item)

    def _take(self, place: Place, data: Any) -> None:
        """A rule from its data; told, where it is none."""
        try:
            rule = rule_from(data, self._edition)
        except MisfitError as error:
            self._tell(place, data.get("code") if isinstance(data, dict) else None, error.wrong)
            return
        self._rules[rule.code] = rule
        self._places[rule.code] = place

    def _tell(self, place: Place, code: object, wrong: Iterable[Wrong]) -> None:
        """What is wrong inside a rule, with the rule's code and the key."""
        zh, en = (f"规则 {code}：", f"rule {code}: ") if isinstance(code, str) else ("", "")
        for fault in wrong:
            keys = [step for step in fault.place if isinstance(step, str)]
            key = ".".join(keys[-2:] if keys[-1:] in (["zh"], ["en"]) else keys[-1:])
            known = not key or keys[-1] in fault.zh
            self._file.add(
                (*place, *fault.place),
                zh + ("" if known else f"{key}：") + fault.zh,
                en + ("" if known else f"{key}: ") + fault.en,
            )

    def _known(self, place: Place, code: str) -> Rule | None:
        """The rule that the file names; an override that matches no rule is a mistake."""
        rule = self._rules.get(code)
        if rule is None:
            zh, en = suggestion(code, self._rules)
            self._file.add(
                place, f"没有规则 {code}，{zh}".rstrip("，"), f"there is no rule {code}; {en}".rstrip("; ")
            )
        return rule

    def _look_up(self, limits: Mapping[str, Limit]) -> None:
        """Every name in the rules that the file changes or adds, and every threshold that it adds."""
        rules = tuple(self._rules.values())
        known = Known.of(self._edition, {**self._limits_before, **limits}, rules)
        for code, place in self._places.items():
            if code in self._rules:
                self._tell(place, code, unknown_names(self._rules[code], known))
        for name in self._unused(limits):
            zh, en = suggestion(name, self._limits_before)
            self._file.add(
                ("limits", name),
                f"没有规则用到阈值 {name}，{zh}".rstrip("，"),
                f"no rule names the limit {name}; {en}".rstrip("; "),
            )

    def _unused(self, limits: Mapping[str, Limit]) -> Iterator[str]:
        added = [name for name in limits if name not in self._limits_before]
        if added:
            used = {name for rule in self._rules.values() for name in limits_named(rule)}
            yield from (name for name in added if name not in used)


def _as_definition(limit: Limit) -> LimitDef:
    certainty = "confirmed" if limit.certain else "inferred"
    source = Source(document=limit.source)
    data = {"word": limit.word, "value": limit.value, "unit": limit.unit}
    return made_from(LimitDef, {**data, "certainty": certainty, "source": source})


def _told(source: Source) -> str:
    return " ".join(part for part in (source.document, source.clause) if part)
