"""The rules of one edition as a run's settings have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from clusterform.checks.reader import Limit
from clusterform.engine import Terms
from clusterform.errors import UsageError
from clusterform.finding import RunSettings, Severity
from clusterform.forms.edition import editions_meant, newest_edition
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet, chosen, fitting, load_ruleset
from clusterform.settings import CONCLUSIONS, Settings


@dataclass(frozen=True)
class EditionRules:
    """What forms of one edition are judged by; each part is made when it is first asked for, and kept."""

    edition: str
    settings: Settings

    @cached_property
    def ruleset(self) -> RuleSet:
        """Rules and thresholds, the user's own files over the edition's."""
        return self._ruleset_of(self.edition)

    def _ruleset_of(self, edition: str) -> RuleSet:
        """The same of any edition; where each form goes by its own, a file is for the edition that it extends."""
        files = self.settings.rule_files
        return load_ruleset(edition, files if self.settings.edition else fitting(edition, files))

    def require_known(self, codes: Iterable[str]) -> None:
        """UsageError for a code or prefix that matches no rule, of this edition or any that the run may come to."""
        editions = dict.fromkeys((self.edition, *editions_meant(self.settings.edition)))
        for code in codes:
            known = (rule.code for edition in editions for rule in self._ruleset_of(edition).rules)
            if not any(own.startswith(code) for own in known):
                raise UsageError("rules.no-code", code=code)

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules the options leave, in the order they run."""
        self.require_known((*self.settings.select, *self.settings.ignore))
        return chosen(self.ruleset.ordered, self.settings.select, self.settings.ignore)

    @cached_property
    def wants(self) -> frozenset[str]:
        """The steps that some check wants taken, such as `pages`."""
        return frozenset(check.wants for rule in self.rules for check in rule.checks)

    @cached_property
    def terms(self) -> Terms:
        """What the options change about the rules."""
        return Terms(
            language=self.settings.language,
            limits=self.ruleset.limits,
            severities=self._severities(),
            west=self.settings.region == "west",
            reference=self._reference(),
            options={"mailing": self.settings.mailing},
        )

    def _reference(self) -> dict[str, Decimal]:
        """The averages that the user gives."""
        if self.settings.reference is None:
            return {}
        from clusterform.forms.limits import read_reference

        return read_reference(self.settings.reference)

    def _averages(self) -> tuple[str, ...]:
        if not self.terms.reference or self.settings.reference is None:
            return ()
        from clusterform.forms.limits import averages_in

        return averages_in(self.settings.reference)

    @cached_property
    def differs(self) -> RunSettings:
        """What the settings change about the check, and what they let pass that a plain run would not."""
        given, found = self.settings, self.ruleset
        own = load_ruleset(self.edition, ())
        severities = changed_severities(own.rules, found.rules)
        severities |= {code: severity.value for code, severity in given.severities.items()}
        return RunSettings(
            file=_posix(given.file),
            rules=tuple(file.as_posix() for file in given.rule_files),
            selected=given.select,
            ignored=given.ignore + omitted_rules(own.rules, found.rules),
            severity=severities,
            limits=changed_limits(own.limits, found.limits),
            averages=self._averages(),
            added=omitted_rules(found.rules, own.rules),
            reworded=reworded_rules(own.rules, found.rules) if given.rule_files else (),
            **{name: _posix(getattr(given, name)) for name in CONCLUSIONS},
            region=given.region,
            in_force=self.edition == newest_edition(),
            left_out=omitted_rules(own.rules, self.rules),
            lowered=weakened_rules(own.rules, found.rules, self.terms.severities),
            loosened=weakened_limits(own.limits, found.limits),
        )

    def _severities(self) -> dict[str, Severity]:
        """--severity by code, prefixes spread over the rules they match; the longest prefix wins."""
        given = self.settings.severities
        self.require_known(given)
        return {
            rule.code: severity
            for code, severity in sorted(given.items(), key=lambda item: len(item[0]))
            for rule in self.ruleset.rules
            if rule.code.startswith(code)
        }


def _posix(path: Path | None) -> str | None:
    return None if path is None else path.as_posix()


_BELOW = frozenset({"at_least", "more_than"})
_OPEN = frozenset({"more_than", "less_than"})


def reworded_rules(national: Iterable[Rule], rules: Iterable[Rule]) -> tuple[str, ...]:
    """The edition's rules of which a file changes more than their severity."""
    now = {rule.code: rule for rule in rules}
    alike = (rule.but(severity=now.get(rule.code, rule).severity) for rule in national)
    return tuple(rule.code for rule in alike if now.get(rule.code, rule) != rule)


def omitted_rules(national: Iterable[Rule], running: Iterable[Rule]) -> tuple[str, ...]:
    """The rules of the first that are not among the second."""
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
    if own.rank > national.severity.rank:
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
