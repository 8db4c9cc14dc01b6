"""The rules of a run: the edition's own, then what the user's rule files and options change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.errors import DataError, UsageError
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import as_limits, load_limits, read_limits
from clusterform.forms.rule import Rule, load_rules, make_rule
from clusterform.record import record
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml

_KNOWN = frozenset({"name", "extends", "limits", "change", "remove", "rules"})


@record
class RuleSet:
    """Rules and thresholds, and the names of the files they come from."""

    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    limits: Mapping[str, Limit]


def load_ruleset(edition: str, files: Iterable[Path]) -> RuleSet:
    """The edition's rules with each file's changes on top, in the order given."""
    return _ruleset(edition, tuple((file, _digest(file)) for file in files))


@kept
def _ruleset(edition: str, files: tuple[tuple[Path, str], ...]) -> RuleSet:
    """The same, each file given with a digest of its bytes: what it said yesterday does not count."""
    limits_name = load_edition(edition).limits
    ruleset = RuleSet((f"{limits_name}/{edition}",), load_rules(edition), load_limits(limits_name))
    for file, _ in files:
        ruleset = _extended(ruleset, file)
    return ruleset


def _digest(file: Path) -> str:
    """Empty where the file cannot be read, which its reader then tells."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _extended(base: RuleSet, file: Path) -> RuleSet:
    """One rule file over what came before: changed thresholds, changed or removed rules, rules of its own."""
    data = read_yaml(file)
    if not isinstance(data, dict) or set(data) - _KNOWN:
        unknown = "、".join(sorted(map(str, set(data) - _KNOWN))) if isinstance(data, dict) else "…"
        raise DataError(
            f"{file.name}：不认识的内容 {unknown}。可用：{'、'.join(sorted(_KNOWN))}。",
            f"{file.name}: unknown key {unknown}. Known: {', '.join(sorted(_KNOWN))}.",
        )
    national, _, edition = base.names[0].partition("/")
    extends = data.get("extends", national)
    if extends not in (national, base.names[0]):
        raise DataError(
            f"{file.name}：extends 只能是 {national}（或 {national}/{edition}），写的是 {extends}。",
            f"{file.name}: extends must be {national} (or {national}/{edition}), not {extends}.",
        )
    rules = {rule.code: rule for rule in base.rules}
    for code, change in (data.get("change") or {}).items():
        rules[code] = _changed(_known(rules, code, file), change, file)
    removed = data.get("remove") or ()
    for code in (removed,) if isinstance(removed, str) else removed:
        del rules[_known(rules, code, file).code]
    for item in data.get("rules") or ():
        rule = make_rule(item, file.name)
        if rule.code in rules:
            raise DataError(
                f"{file.name}：代码 {rule.code} 已有规则使用。", f"{file.name}: code {rule.code} is taken."
            )
        rules[rule.code] = rule
    limits = as_limits(read_limits(file, national)) if data.get("limits") else {}
    changed = {
        key: replace(limit, source=_source(data["limits"][key], file))
        for key, limit in limits.items()
        if key in data["limits"]
    }
    name = str(data.get("name", file.stem))
    return RuleSet(
        (*base.names, name), tuple(sorted(rules.values(), key=lambda r: r.code)), {**base.limits, **changed}
    )


def _source(limit: Mapping[str, Any], file: Path) -> str:
    """What a rule file says asks for its threshold, or the file itself."""
    given = limit.get("source")
    words = [str(given[key]) for key in ("document", "clause") if key in given] if given else []
    return " ".join(words) or f"规则文件 {file.name}"


def _known(rules: Mapping[str, Rule], code: str, file: Path) -> Rule:
    """The rule that a change names; an override that matches no rule is an error."""
    if code not in rules:
        raise DataError(
            f"{file.name}：没有规则 {code}，无法更改。", f"{file.name}: there is no rule {code} to change."
        )
    return rules[code]


def _changed(rule: Rule, change: Any, file: Path) -> Rule:
    """A rule with some of its keys replaced."""
    if not isinstance(change, dict):
        raise DataError(
            f"{file.name}：{rule.code} 的更改应为键值对。", f"{file.name}: {rule.code} must be a mapping."
        )
    data = {item.name: getattr(rule, item.name) for item in fields(rule)}
    return make_rule({**data, **change}, file.name)


def chosen(rules: Iterable[Rule], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Rule]:
    """The rules that the options leave; UsageError for a code or prefix that matches none."""
    every = list(rules)
    for code in (*select, *ignore):
        if not any(rule.code.startswith(code) for rule in every):
            raise UsageError(f"没有以 {code} 开头的规则。", f"No rule's code begins with {code}.")
    return [
        rule
        for rule in every
        if (not select or rule.code.startswith(select)) and not (ignore and rule.code.startswith(ignore))
    ]


def read_reference(path: Path | None) -> dict[str, Decimal]:
    """Industry averages by name: internet, co2_reduction, energy_reduction, in percent."""
    if path is None:
        return {}
    known = ("internet", "co2_reduction", "energy_reduction")
    data = read_yaml(path)
    averages: dict[str, Decimal] = {}
    for name, value in data.items() if isinstance(data, dict) else ():
        text = str(value)
        if name not in known or not text.replace(".", "", 1).removeprefix("-").isdecimal():
            raise DataError(
                f"{path.name}：{name} 应为 {'、'.join(known)} 之一，值为数字。",
                f"{path.name}: {name} must be one of {', '.join(known)}, with a number.",
            )
        averages[str(name)] = Decimal(text)
    if not averages:
        raise DataError(f"{path.name} 中没有行业平均值。", f"{path.name} holds no industry averages.")
    return averages
