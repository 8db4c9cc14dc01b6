"""What a run's rules and thresholds let pass that the edition's own would not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.finding import Severity
from clusterform.forms.rule import Rule

_BELOW = frozenset({"at_least", "more_than"})
_OPEN = frozenset({"more_than", "less_than"})
_WEIGHT = {severity: number for number, severity in enumerate(Severity)}
"""0 the heaviest."""


def omitted_rules(national: Iterable[Rule], running: Iterable[Rule]) -> tuple[str, ...]:
    """The edition's rules that are not among those that run."""
    codes = {rule.code for rule in running}
    return tuple(rule.code for rule in national if rule.code not in codes)


def weakened_rules(
    national: Iterable[Rule], rules: Iterable[Rule], severities: Mapping[str, Severity]
) -> tuple[str, ...]:
    """The edition's rules that weigh less now, or whose checks a rule file has changed: nobody can say to what."""
    now = {rule.code: rule for rule in rules}
    return tuple(
        rule.code for rule in national if rule.code in now and _weighs_less(rule, now[rule.code], severities)
    )


def _weighs_less(national: Rule, now: Rule, severities: Mapping[str, Severity]) -> bool:
    own = severities.get(now.code, now.severity)
    if _WEIGHT[own] > _WEIGHT[national.severity]:
        return True
    if severities.get(now.code) is now.severity is not Severity.ERROR:
        return True  # some of its findings may weigh more than the rule itself, and would no longer
    return _what_it_judges(national) != _what_it_judges(now)


def _what_it_judges(rule: Rule) -> tuple[Any, ...]:
    return rule.forms, rule.needs, rule.doubts, rule.west, rule.checks


def changed_severities(national: Iterable[Rule], rules: Iterable[Rule]) -> dict[str, str]:
    """What rule files have made of the edition's severities, by code."""
    own = {rule.code: rule.severity for rule in national}
    return {r.code: r.severity.value for r in rules if r.severity is not own.get(r.code, r.severity)}


def changed_limits(national: Mapping[str, Limit], limits: Mapping[str, Limit]) -> tuple[str, ...]:
    """Thresholds that are not the national ones, in signs that need no language: output ≥ 20 亿元 (≥ 40 亿元)."""
    return tuple(
        f"{name} {limit.in_signs} ({national[name].in_signs})"
        for name, limit in limits.items()
        if name in national and _plain(limit) != _plain(national[name])
    )


def weakened_limits(national: Mapping[str, Limit], limits: Mapping[str, Limit]) -> tuple[str, ...]:
    """The names of thresholds that something keeps which does not keep the national one."""
    return tuple(
        name for name, limit in national.items() if name in limits and _is_weaker(limit, limits[name])
    )


def _is_weaker(national: Limit, now: Limit) -> bool:
    if now.unit != national.unit or (national.certain and not now.certain):
        return True
    below = national.word in _BELOW
    if below != (now.word in _BELOW):
        return True
    if now.value == national.value:
        return national.word in _OPEN and now.word not in _OPEN
    return (now.value < national.value) == below


def _plain(limit: Limit) -> tuple[Any, ...]:
    return limit.word, limit.value, limit.unit, limit.certain
