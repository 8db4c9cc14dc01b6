"""Runs the rules across forms over a folder, and stamps code, severity, message and basis on what they find."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from clusterform.batch import forms_together, near_names, prose_alike, with_summaries
from clusterform.batch.digest import Digest
from clusterform.batch.folder import Across, Folder
from clusterform.batch.origin import unit_named
from clusterform.checks.across import FolderParams
from clusterform.engine import Terms, weighed
from clusterform.finding import Finding, Skipped
from clusterform.forms.edition import load_edition
from clusterform.forms.model import load_form
from clusterform.forms.rule import Rule
from clusterform.forms.summaries import load_summaries
from clusterform.messages import in_language
from clusterform.pipeline import Checker
from clusterform.record import record

_TEXTS_AT_HAND = 64
"""So many forms' texts are kept while they are compared."""
KINDS: dict[str, Callable[[Any, Folder], Iterator[Across]]] = {
    "quota": forms_together.quota,
    "twice": forms_together.twice,
    "same_county": forms_together.same_county,
    "both_forms": forms_together.both_forms,
    "other_unit": forms_together.other_unit,
    "not_on_summary": with_summaries.not_on_summary,
    "without_form": with_summaries.without_form,
    "summary_differs": with_summaries.summary_differs,
    "reason_given": with_summaries.reason_given,
    "alike_prose": prose_alike.alike_prose,
    "near_names": near_names.near_names,
    "corps_city": forms_together.corps_city,
}
"""Every kind of check across forms, by the name that rules give."""


@record
class Verdict:
    """What the rules across forms said."""

    findings: tuple[Finding, ...] = ()
    crashed: tuple[Skipped, ...] = ()
    """Rules that broke: the folder's check is not complete."""


def judge_folder(
    digests: Sequence[Digest],
    checker: Checker,
    prose: Callable[[int], Mapping[str, str]],
    province: str | None = None,
) -> Verdict:
    """The findings by rule, then in the folder's order. `prose` gives the texts of a digest by its number.

    Forms of one edition are judged together, by its rules; what is no form known here goes with the most of them.
    """
    given = None if province is None else unit_named(province)
    counted = Counter(digest.edition for digest in digests if digest.edition)
    usual = counted.most_common(1)[0][0] if counted else checker.rules_of().edition
    findings: list[Finding] = []
    crashed: list[Skipped] = []
    for edition in sorted(counted) or [usual]:
        ruled = checker.rules_of(edition)
        numbers = [n for n, digest in enumerate(digests) if (digest.edition or usual) == edition]
        folder = Folder(
            [digests[n] for n in numbers],
            load_edition(edition),
            load_summaries(edition),
            ruled.ruleset.limits,
            given,
        )
        folder.prose = lru_cache(_TEXTS_AT_HAND)(partial(_of_number, prose, numbers))
        folder.label_of = partial(_label, edition)
        for rule in ruled.rules:
            for params in rule.checks:
                if isinstance(params, FolderParams):
                    _run(rule, params, folder, ruled.terms, findings, crashed)
    return Verdict(tuple(sorted(findings, key=lambda f: f.rule)), tuple(crashed))


def _of_number(
    prose: Callable[[int], Mapping[str, str]], numbers: Sequence[int], place: int
) -> Mapping[str, str]:
    return prose(numbers[place])


def _label(edition: str, form: str, path: str) -> str:
    return load_form(edition, form).fields[path].label


def _run(  # noqa: PLR0913, PLR0917  (two lists to add to)
    rule: Rule,
    params: FolderParams,
    folder: Folder,
    terms: Terms,
    findings: list[Finding],
    crashed: list[Skipped],
) -> None:
    """A check that breaks is told as such, and never a finding or a pass; the others still run."""
    try:
        findings += [_stamp(rule, across, terms) for across in KINDS[params.kind](params, folder)]
    except Exception as error:  # noqa: BLE001  (whatever a rule does, the other rules still run)
        crashed.append(Skipped(rule.code, f"{type(error).__name__}: {error}"))


def _stamp(rule: Rule, across: Across, terms: Terms) -> Finding:
    facts = {
        "value": across.value or "",
        "expected": across.expected or "",
        "label": across.label or "",
        **{key: in_language(fact, terms.language) for key, fact in across.facts.items()},
    }
    words = rule.variants.get(across.variant or "", rule.message)
    severity = across.severity or rule.severity
    if rule.code in terms.severities:
        severity = weighed(terms.severities[rule.code], rule.severity, severity)
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=severity,
        section=None,
        field=None,
        label=across.label,
        column=None,
        value=across.value,
        expected=across.expected,
        message=in_language(words, terms.language).format_map(facts),
        basis=rule.basis.clause,
        location=across.location,
        files=across.files,
        changes=across.files if across.changes is None else across.changes,
    )
