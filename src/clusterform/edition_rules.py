"""The rules of one edition as a run's settings have them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from clusterform.engine import Terms, in_order
from clusterform.finding import RunSettings, Severity
from clusterform.forms import rule_changes
from clusterform.forms.edition import newest_edition
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet, chosen, load_ruleset, read_reference
from clusterform.settings import Settings


@dataclass(frozen=True)
class EditionRules:
    """What forms of one edition are judged by; each part is made when it is first asked for, and kept."""

    edition: str
    settings: Settings

    @cached_property
    def ruleset(self) -> RuleSet:
        """Rules and thresholds, the user's own files over the edition's."""
        return load_ruleset(self.edition, self.settings.rule_files)

    @cached_property
    def rules(self) -> list[Rule]:
        """The rules the options leave, in the order they run."""
        return in_order(chosen(self.ruleset.rules, self.settings.select, self.settings.ignore))

    @cached_property
    def terms(self) -> Terms:
        """What the options change about the rules."""
        return Terms(
            language=self.settings.language,
            limits=self.ruleset.limits,
            severities=_by_code(self.ruleset.rules, self.settings),
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


def _by_code(rules: tuple[Rule, ...], settings: Settings) -> dict[str, Severity]:
    """--severity by code, prefixes spread over the rules they match; the longest prefix wins.

    UsageError for one that matches none.
    """
    chosen(rules, tuple(settings.severities), ())
    return {
        rule.code: severity
        for code, severity in sorted(settings.severities.items(), key=lambda item: len(item[0]))
        for rule in rules
        if rule.code.startswith(code)
    }
