"""Finds the causes behind a form's failures, which of them each explains, and the findings that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from clusterform.causes.cause_messages import CauseMessages
from clusterform.causes.search import search
from clusterform.causes.slip import Correction
from clusterform.causes.system import PlacedRelation, System, relations_of
from clusterform.checks.reader import Reader
from clusterform.fields import Address
from clusterform.finding import Cause, Explained, Finding, Severity, Skipped
from clusterform.forms.rule import Rule

FindingsByPlace = Mapping[tuple[str, str | None, str | None], Finding]
_GRAVEST = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class CauseReport:
    findings: tuple[Finding, ...]
    skipped: tuple[Skipped, ...]
    cleared: Mapping[str, set[Address]]
    """Answers that an explained failure had put in doubt, by its code."""
    doubted: Mapping[str, set[Address]]
    """Answers that an edit would change, by the codes of what it explains."""


def explained(
    rules: Sequence[Rule],
    reader: Reader,
    findings: Sequence[Finding],
    language: str,
    weigh: Callable[[Rule], Severity],
) -> CauseReport:
    """The findings with those that have one cause made one."""
    messages = CauseMessages(reader, language)
    left, skipped = list(findings), []
    cleared: defaultdict[str, set[Address]] = defaultdict(set)
    doubted: defaultdict[str, set[Address]] = defaultdict(set)
    for explanation in explanations(rules, reader):
        spots = {_key(messages, relation): relation for relation in explanation.relations}
        failures: FindingsByPlace = {key: f for f in left if (key := (f.rule, f.field, f.column)) in spots}
        if not failures:
            continue
        left = [f for f in left if (f.rule, f.field, f.column) not in failures]
        left.append(_finding(messages, explanation, failures, weigh))
        for key, relation in spots.items():
            code, spot = relation.rule.code, relation.tie.spot
            if key in failures:
                reason = messages.skipped(explanation.edits[0])
                skipped.append(Skipped(code, reason, spot.path, spot.column))
                cleared[code].add((spot.path, spot.column))
            doubted[code].update((c.path, c.column) for edit in explanation.edits for c in edit.cells)
    return CauseReport(tuple(left), tuple(skipped), cleared, doubted)


def _key(messages: CauseMessages, relation: PlacedRelation) -> tuple[str, str | None, str | None]:
    """How the finding of a relation's failure is told from others."""
    spot = relation.tie.spot
    return relation.rule.code, spot.path, messages.spot(spot).column


def _finding(
    messages: CauseMessages,
    explanation: Explanation,
    failures: FindingsByPlace,
    weigh: Callable[[Rule], Severity],
) -> Finding:
    """The cause, with the code and severity of the gravest failure it explains, at the first cell edited."""

    def weight(relation: PlacedRelation) -> Severity:
        finding = failures.get(_key(messages, relation))
        return finding.severity if finding is not None else weigh(relation.rule)

    edit = explanation.edits[0]
    first = edit.cells[0]
    gravest = min(
        explanation.relations,
        key=lambda r: (_GRAVEST[weight(r)], r.tie.soft, r.tie.spot != first, r.rule.code, r.number),
    )
    field, answer = messages.form.field(first.path), messages.form.answer(first.path, first.column)
    expected = messages.expected(edit)
    spot = messages.spot(first)
    return Finding(
        rule=gravest.rule.code,
        name=gravest.rule.name,
        severity=weight(gravest),
        section=field.section,
        field=spot.field,
        label=spot.label,
        column=spot.column,
        value=answer.text,
        expected=expected[0],
        message=messages.message(explanation.edits, explanation.relations),
        basis=gravest.rule.basis.clause,
        location=answer.place,
        cause=Cause(edit.kind.rpartition("_")[2], tuple(map(messages.spot, edit.cells)), expected),
        explains=tuple(Explained(r.rule.code, messages.spot(r.tie.spot)) for r in explanation.relations),
    )


WORK = 600
"""Evaluations of a relation that a form may cost; a clean one costs none."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Edits as good as each other, the first of them to be reported, and the failures that any of them explains."""

    edits: tuple[Correction, ...]
    relations: tuple[PlacedRelation, ...]


def explanations(rules: Sequence[Rule], reader: Reader) -> list[Explanation]:
    """What explains the relations that fail on the form, by the rules that ask for them."""
    system = System(relations_of(rules, reader), reader, WORK)
    return [
        Explanation(edits, tuple(system.relations[n] for n in sorted(edits[0].explains)))
        for edits in search(system)
    ]
