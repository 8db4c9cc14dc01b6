"""The rules of a run, in the order they run: the edition's own, then what the user's rule files and options change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from clusterform.checks.reader import Limit
from clusterform.errors import DataError
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.example import RuleCase
from clusterform.forms.rule import Rule, load_rules
from clusterform.snapshot import kept
from clusterform.yaml_file import read_marked


class RuleSet(NamedTuple):
    names: tuple[str, ...]
    rules: tuple[Rule, ...]
    """By code."""
    ordered: tuple[Rule, ...]
    """The same in the order they run."""
    limits: Mapping[str, Limit]
    reasons: Mapping[str, str]
    """Why a rule was changed or removed, by code, where a file says it."""
    cases: tuple[RuleCase, ...] = ()
    """What the files want tried beside the rules' own examples."""
    origins: Mapping[str, str] = MappingProxyType({})
    """By code of a rule and name of a threshold the layer that last changed it; the others are the edition's own."""

    def limits_of(self, rule: Rule) -> tuple[str, ...]:
        """The thresholds that a rule judges by: name, value, and what asks for it where the rule's clause may not."""
        from clusterform.forms.rule_names import limits_named

        named = (self.limits[name] for name in dict.fromkeys(limits_named(rule)))
        return tuple(f"{limit.name} {limit.in_signs} {limit.basis}".rstrip() for limit in named)


def load_ruleset(edition: str, files: Iterable[Path]) -> RuleSet:
    """The edition's rules with each file's changes on top, in the order given, each behind those that it extends."""
    return _ruleset(edition, tuple((file, _digest(file)) for file in layers(files)))


@kept
def _ruleset(edition: str, files: tuple[tuple[Path, str], ...]) -> RuleSet:
    """The same, each file given with a digest of its bytes: what it said yesterday does not count."""
    from clusterform.forms.limits import load_limits
    from clusterform.forms.rule_file import RuleFile

    limits_name = load_edition(edition).limits
    names: tuple[str, ...] = (f"{limits_name}/{edition}",)
    rules, limits = load_rules(edition), load_limits(edition)
    reasons: dict[str, str] = {}
    cases: tuple[RuleCase, ...] = ()
    origins: dict[str, str] = {}
    for number, (path, _) in enumerate(files):
        below = tuple(lower for lower, _ in files[:number])
        file = RuleFile(path, edition, rules, limits, below)
        before = {**{rule.code: rule for rule in rules}, **limits}
        name, rules, limits = file.over()
        now = {**{rule.code: rule for rule in rules}, **limits}
        origins |= {key: name for key in before | now if before.get(key) is not now.get(key)}
        names = (*names, name)
        reasons |= file.reasons
        cases += tuple(file.cases)
    return RuleSet(names, rules, in_order(rules), limits, reasons, cases, origins)


def in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Each rule after those it needs; relations between figures first, else by code. A circle is broken at its first rule."""
    waiting = sorted(rules, key=lambda r: r.code)
    first = _first(waiting)
    waiting.sort(key=lambda r: r.code not in first)
    ordered: list[Rule] = []
    while waiting:
        doubting = [rule.code for rule in waiting if rule.doubts]
        free = (
            n for n, rule in enumerate(waiting) if not (rule.needs and any(map(rule.goes_after, doubting)))
        )
        ordered.append(waiting.pop(next(free, 0)))
    return tuple(ordered)


def _first(rules: Sequence[Rule]) -> set[str]:
    """The rules about relations and those they need: what follows knows which figure was the cause."""
    found: set[str] = set()
    doubting = [rule for rule in rules if rule.doubts]
    waiting = [rule for rule in rules if rule.is_relation]
    while waiting:
        rule = waiting.pop()
        if rule.code not in found:
            found.add(rule.code)
            waiting += [other for other in doubting if rule.goes_after(other.code)]
    return found


def layers(files: Iterable[Path]) -> tuple[Path, ...]:
    """The files, each once and behind those that it extends. A name that leads nowhere, or in a circle, its reader tells."""
    found: dict[str, Path] = {}
    for file in files:
        chain: dict[str, Path] = {}
        above: Path | None = file
        while above is not None and (real := os.path.realpath(above)) not in chain.keys() | found.keys():
            chain[real] = above
            above = _below(above)
        found |= reversed(chain.items())
    return tuple(found.values())


def _below(file: Path) -> Path | None:
    """The rule file that a file extends by its name."""
    extended = _extended(file, _digest(file))
    below = file.parent / extended
    return below if names_file(extended) and below.is_file() else None


def names_file(extended: str) -> bool:
    """Whether `extends` names a rule file, and not the national rules."""
    return extended.lower().endswith((".yaml", ".yml"))


def fitting(edition: str, files: Iterable[Path]) -> tuple[Path, ...]:
    """The files that do not extend the rules of another edition."""
    return tuple(file for file in files if _editions_of(file) <= {edition})


def unused(editions: Iterable[str], files: Sequence[Path]) -> tuple[Path, ...]:
    """The files that extend the rules of none of these editions alone, and so judged no form of them."""
    used = {file for edition in editions for file in fitting(edition, files)}
    return tuple(file for file in files if file not in used)


def _editions_of(file: Path) -> set[str]:
    """The editions whose rules alone a file and those below it extend, such as national/2025; most are for any."""
    shipped = {f"{load_edition(name).limits}/{name}": name for name in edition_names()}
    named = {_extended(layer, _digest(layer)) for layer in layers([file])}
    return {shipped[name] for name in named & shipped.keys()}


@kept
def _extended(file: Path, _: str) -> str:
    """What a file extends, as it says it; empty where that cannot be read, which its reader then tells."""
    try:
        data = read_marked(file).data
    except DataError:
        return ""
    return str(data.get("extends", "")) if isinstance(data, dict) else ""


def _digest(file: Path) -> str:
    """Empty where the file cannot be read, which its reader then tells."""
    try:
        return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    except OSError:
        return ""


def chosen(rules: Iterable[Rule], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Rule]:
    """The rules that the options leave."""
    return [r for r in rules if r.code.startswith(select or "") and not r.code.startswith(ignore)]
