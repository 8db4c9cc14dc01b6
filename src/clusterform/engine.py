"""Runs rules over a form or a folder: skips with a reason, stamps code, severity, message and basis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from clusterform.answers import FilledForm
from clusterform.asked import Asked, asked_of
from clusterform.checks.check import Check, Subject
from clusterform.checks.reader import Hit, Limit, Reader, Unknown
from clusterform.fields import Address, Field, NoneAllowed
from clusterform.finding import NOWHERE, Finding, Severity, Skipped, Unjudged, section_order
from clusterform.forms.rule import Rule
from clusterform.grouped import grouped
from clusterform.messages import Text, in_language

_QUOTED = 120
"""Characters of an answer that a message quotes."""


class Terms(NamedTuple):
    """What a run changes about the rules: language, thresholds, severities, region, references."""

    language: str = "zh"
    limits: Mapping[str, Limit] = {}
    severities: Mapping[str, Severity] = {}
    """By code, as the user set them."""
    west: bool = False
    reference: Mapping[str, Decimal] = {}
    options: Mapping[str, Any] = {}


@dataclass(slots=True)
class Outcome:
    """What the rules said of one form."""

    findings: list[Finding] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unjudged: list[Unjudged] = field(default_factory=list)
    """Criteria of recognition that could not be judged, each with the answers it lacks."""
    crashed: list[Skipped] = field(default_factory=list)
    reported: dict[str, set[Address]] = field(default_factory=dict)
    """The answers each rule has put in doubt, by its code."""


class _Planned(NamedTuple):
    """A check, and where it looks."""

    check: Check
    waits_for: str
    places: Sequence[Any] | None
    """None where the answers decide where it looks."""
    by_answer: Mapping[Address, Sequence[Any]] | None
    """Of a check that passes plain figures over: the places that stand on each answer."""

    def looked_at(self, form: Reader) -> Iterable[Any] | None:
        found = self.by_answer
        if found is None:
            return self.places
        return dict.fromkeys(
            chain.from_iterable(map(found.__getitem__, filter(found.__contains__, form.uneven)))
        )


class _Plan(NamedTuple):
    """What is known of a run before any form of one definition is filled in."""

    rules: Sequence[Rule]
    """As they were given."""
    order: Mapping[str, int]
    """The number of each row."""
    checks: tuple[tuple[Rule, tuple[_Planned, ...]], ...]
    """Every rule for this kind of form, with its checks but for those that look nowhere."""
    tied: tuple[Rule, ...]
    """Those that are about relations between figures."""
    modest: frozenset[str]
    """Those that give way to what is said of the figure itself."""


def _plan_of(form: FilledForm, rules: Sequence[Rule]) -> _Plan:
    """The plan for these rules and the form's definition, made once as long as the rules are the same."""
    made = asked_of(form).made
    plan: _Plan | None = made.get(("plan", form.form))
    if plan is None or plan.rules is not rules:
        plan = made["plan", form.form] = _plan(form, rules)
    return plan


def _plan(form: FilledForm, rules: Sequence[Rule]) -> _Plan:
    asked = asked_of(form)
    own = [rule for rule in rules if form.form in rule.forms]
    return _Plan(
        rules,
        {path: number for number, path in enumerate(form.fields)},
        tuple(
            (rule, tuple(p for c in rule.checks if (p := _planned(c, asked)).places != ())) for rule in own
        ),
        tuple(rule for rule in own if rule.is_relation),
        frozenset(rule.code for rule in own if rule.gives_way),
    )


def _planned(check: Check, asked: Asked) -> _Planned:
    places: tuple[Any, ...] | None = None
    found: dict[Address, list[Any]] | None = None
    try:
        if not check.by_answers:
            places = tuple(check.places(asked))
        if places and check.passes_plain:
            found = grouped((answer, place) for place in places for answer in check.stands_on(asked, place))
    except Exception:  # noqa: BLE001  (it breaks again where that is recorded)
        places = None
    return _Planned(check, check.waits_for, places, found)


def run_rules(form: FilledForm, rules: Sequence[Rule], terms: Terms) -> Outcome:
    """Every rule for this kind of form, one after the other; the findings come back in the form's own order."""
    outcome = Outcome()
    plan = _plan_of(form, rules)
    plain = Reader(form, terms.limits, terms.reference, terms.options)
    seen = {"", *(observation.what for observation in form.observations)}
    for rule, checks in plan.checks:
        reported = [code for code in outcome.reported if rule.goes_after(code)]
        reader = plain.doubting({place: code for code in reported for place in outcome.reported[code]})
        for planned in checks:
            if planned.waits_for in seen:
                _run_check(rule, planned.check, planned.looked_at(reader), reader, terms, outcome)
        if plan.tied and rule is plan.tied[-1]:
            _explain(plan.tied, plain, terms, outcome)
    _without_overruled(plan, form, terms, outcome)
    order = plan.order
    outcome.findings.sort(key=lambda f: _position(f, order, form))
    outcome.unjudged = sorted(set(outcome.unjudged), key=lambda u: (u.rule, order.get(u.field, -1)))
    outcome.skipped.sort(key=lambda s: (s.rule, order.get(s.field or "", -1), s.column or "", s.reason))
    return outcome


def _explain(tied: Sequence[Rule], plain: Reader, terms: Terms, outcome: Outcome) -> None:
    """Failures with one cause become one finding, at the figure to correct; later rules know it as in doubt."""
    codes = {rule.code for rule in tied}
    if sum(f.rule in codes for f in outcome.findings) == 0:
        return
    from clusterform.causes.report import explained

    doubted = {p: code for code, places in outcome.reported.items() if code not in codes for p in places}
    try:
        found = explained(
            tied,
            plain.doubting(doubted),
            outcome.findings,
            terms.language,
            lambda rule: _severity(rule, Hit(), terms),
        )
    except Exception as error:  # noqa: BLE001  (as with a rule: what it cannot explain is reported one by one)
        outcome.crashed.append(Skipped(tied[-1].code, f"{type(error).__name__}: {error}"))
        return
    outcome.findings = list(found.findings)
    outcome.skipped += found.skipped
    for code, places in found.cleared.items():
        outcome.reported.get(code, set()).difference_update(places)
    for code, places in found.doubted.items():
        outcome.reported.setdefault(code, set()).update(places)


def _without_overruled(plan: _Plan, form: FilledForm, terms: Terms, outcome: Outcome) -> None:
    """A figure that is wrong is said once, with what it should be: no advice on writing the wrong one."""
    modest, tied = plan.modest, {rule.code for rule in plan.tied}
    if not any(f.rule in modest for f in outcome.findings):
        return
    reported_by: dict[Address, Finding] = {}
    for finding in sorted(outcome.findings, key=lambda f: f.severity.rank, reverse=True):
        if finding.rule in tied:
            reported = outcome.reported.get(finding.rule, set()) if finding.cause is None else set()
            places = [(finding.field, finding.column)] if finding.field else []
            places += [(p, form.fields[p].column_label(c)) for p, c in reported if p == finding.field]
            places += [(spot.field, spot.column) for spot in (finding.cause.cells if finding.cause else ())]
            reported_by.update(dict.fromkeys(places, finding))
    kept = []
    for finding in outcome.findings:
        other = reported_by.get((finding.field or "", finding.column)) if finding.rule in modest else None
        # What is heavier never gives way to what is lighter.
        if other is None or other.severity.rank > finding.severity.rank:
            kept.append(finding)
            continue
        reason = Text("skipped.figure-reported", code=other.rule)
        outcome.skipped.append(Skipped(finding.rule, reason[terms.language], finding.field))
    outcome.findings = kept


def run_across(folder: Subject, rules: Sequence[Rule], terms: Terms) -> Outcome:
    """Every rule across forms over a folder; the findings come back by rule, then in the folder's order."""
    outcome = Outcome()
    for rule in rules:
        if folder.form.form in rule.forms:
            for check in rule.checks:
                _run_check(rule, check, None, folder, terms, outcome)
    outcome.findings.sort(key=lambda f: f.rule)
    return outcome


def _run_check(  # noqa: PLR0913, PLR0917  (what a check is run with)
    rule: Rule,
    check: Check,
    places: Iterable[Any] | None,
    subject: Subject,
    terms: Terms,
    outcome: Outcome,
) -> None:
    """One check at all its places. A check that breaks is recorded as crashed and never as a finding or a pass."""
    try:
        judge = check.judge
        for place in check.places(subject) if places is None else places:
            try:
                hit = judge(subject, place)
            except Unknown as unknown:
                reason = in_language(unknown.reason, terms.language)
                outcome.skipped.append(Skipped(rule.code, reason, unknown.path, unknown.column))
                if rule.criterion:
                    outcome.unjudged.append(_unjudged(rule, unknown, subject.form))
                continue
            if hit is not None:
                finding = _stamp(rule, check, hit, subject.form, terms)
                outcome.findings.append(finding)
                if rule.doubts and (finding.severity is Severity.ERROR or hit.covers):
                    own = [(hit.field, hit.column)] if hit.field is not None else []
                    outcome.reported.setdefault(rule.code, set()).update([*own, *hit.taints])
    except Exception as error:  # noqa: BLE001  (whatever a rule does, the other rules still run)
        outcome.crashed.append(Skipped(rule.code, f"{type(error).__name__}: {error}"))


def _unjudged(rule: Rule, unknown: Unknown, form: FilledForm) -> Unjudged:
    item = form.fields.get(unknown.path or "")
    return Unjudged(rule.code, unknown.path or "", item.label if item else "")


def _stamp(rule: Rule, check: Check, hit: Hit, form: FilledForm, terms: Terms) -> Finding:
    item = form.fields.get(hit.field) if hit.field else None
    answer = form.answer(hit.field, hit.column) if hit.field else None
    label = hit.label or (item.label if item else None)
    head = (item.column_label(hit.column) if item else None) or hit.column
    value = hit.value if hit.value is not None else (answer.text if answer else None)
    location = hit.location or (answer.place if answer else NOWHERE)
    words = rule.variants.get(hit.variant or "", rule.message)
    facts = {
        "place": " ".join(part for part in (label, head) if part),
        "label": label or "",
        "column": head or "",
        "value": _short(value or "", terms.language),
        "expected": hit.expected or "",
        "unit": item.unit if item else "",
        "group": item.group if item else "",
        "or_none": _or_none(item, hit.column, terms.language),
        **{key: in_language(fact, terms.language) for key, fact in hit.facts.items()},
    }
    return Finding(
        rule=rule.code,
        name=rule.name,
        severity=_severity(rule, hit, terms),
        section=hit.section if hit.section is not None else (item.section if item else None),
        field=hit.field,
        label=label,
        column=head,
        value=value,
        expected=hit.expected,
        message=in_language(words, terms.language).format_map(facts),
        basis=hit.basis or rule.basis.clause,
        location=location,
        variant=hit.variant or "",
        fix=hit.fix,
        covers=hit.covers,
        files=hit.files,
        changes=hit.files if hit.changes is None else hit.changes,
        falls_to=check.falls_to,
    )


def _or_none(item: Field | None, column: str | None, language: str) -> str:
    """That 无 may be written instead, where it can be the answer; of a rate that the form gives it cannot."""
    if item is None or not item.can_be_none(column):
        return ""
    return Text("advice.none-computed" if item.none is NoneAllowed.COMPUTED else "advice.none")[language]


def _short(value: str, language: str) -> str:
    """What a message quotes of an answer: enough to know it again. The finding has it whole."""
    if len(value) <= _QUOTED:
        return value
    return value[:_QUOTED] + Text("finding.shortened", count=len(value))[language]


def _severity(rule: Rule, hit: Hit, terms: Terms) -> Severity:
    """The user's word first, then the region's, then the check's, then the rule's."""
    severity = hit.severity or rule.severity
    if rule.code in terms.severities:
        return effective_severity(terms.severities[rule.code], rule.severity, severity)
    if terms.west and rule.west is not None and severity is Severity.ERROR:
        return rule.west
    return severity


def effective_severity(given: Severity, own: Severity, found: Severity) -> Severity:
    """The severity that a user gives a rule; one above the rule's own makes no finding lighter than it is."""
    return min(given, found, key=lambda severity: severity.rank) if given.rank < own.rank else given


def _sheet_row(reference: str | None) -> int:
    """The row of C7 is 7."""
    return int("".join(c for c in reference or "" if c.isdecimal()) or 0)


def _position(finding: Finding, order: Mapping[str, int], form: FilledForm) -> tuple[Any, ...]:
    """The form's own order: part, row, column; what has no field comes first in its part."""
    item = form.fields.get(finding.field or "")
    column = next((n for n, c in enumerate(item.columns) if c.label == finding.column), 0) if item else 0
    options = [o.label for o in item.options] if item else []
    return (
        section_order(finding.section),
        order.get(finding.field or "", -1),
        column,
        options.index(finding.label) if finding.label in options else -1,
        finding.rule,
        finding.location.table or 0,
        finding.location.row or _sheet_row(finding.location.ref),
        finding.label or "",
        finding.message,
    )
