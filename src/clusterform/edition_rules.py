"""The rules of one edition as a run's settings have them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from clusterform.engine import Terms
from clusterform.errors import UsageError
from clusterform.finding import RunSettings, Severity
from clusterform.forms import rule_changes
from clusterform.forms.edition import editions_meant, newest_edition
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet, chosen, fitting, load_ruleset, read_reference
from clusterform.settings import Settings


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

    def _look_up(self, codes: Iterable[str]) -> None:
        """UsageError for a code or prefix that matches no rule, of this edition or any that the run may come to."""
        editions = dict.fromkeys((self.edition, *editions_meant(self.settings.edition)))
        for code in codes:
            known = (rule.code for edition in editions for rule in self._ruleset_of(edition).rules)
            if not any(own.startswith(code) for own in known):
                raise UsageError("rules.no-code", code=code)

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules the options leave, in the order they run."""
        self._look_up((*self.settings.select, *self.settings.ignore))
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
            reference=read_reference(self.settings.reference),
            options={"mailing": self.settings.mailing},
        )

    @cached_property
    def differs(self) -> RunSettings:
        """What the settings change about the check, and what they let pass that a plain run would not."""
        given, found = self.settings, self.ruleset
        own = load_ruleset(self.edition, ())
        severities = rule_changes.changed_severities(own.rules, found.rules)
        severities |= {code: severity.value for code, severity in given.severities.items()}
        codes = {rule.code for rule in found.rules}
        removed = tuple(rule.code for rule in own.rules if rule.code not in codes)
        return RunSettings(
            file=None if given.file is None else given.file.as_posix(),
            rules=tuple(file.as_posix() for file in given.rule_files),
            selected=given.select,
            ignored=given.ignore + removed,
            severity=severities,
            limits=rule_changes.changed_limits(own.limits, found.limits),
            region=given.region,
            in_force=self.edition == newest_edition(),
            left_out=rule_changes.omitted_rules(own.rules, self.rules),
            lowered=rule_changes.weakened_rules(own.rules, found.rules, self.terms.severities),
            loosened=rule_changes.weakened_limits(own.limits, found.limits),
        )

    def _severities(self) -> dict[str, Severity]:
        """--severity by code, prefixes spread over the rules they match; the longest prefix wins."""
        given = self.settings.severities
        self._look_up(given)
        return {
            rule.code: severity
            for code, severity in sorted(given.items(), key=lambda item: len(item[0]))
            for rule in self.ruleset.rules
            if rule.code.startswith(code)
        }
