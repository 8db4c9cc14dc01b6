"""Finds the causes behind a form's failures, which of them each explains, and the findings that say so: the place, what the form shows, what would agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from clusterform.causes.search import search
from clusterform.causes.slip import Correction
from clusterform.causes.system import PlacedRelation, System, relations_of
from clusterform.checks.amounts import read_amount
from clusterform.checks.formula import Operand
from clusterform.checks.reader import Reader
from clusterform.fields import Address, Kind
from clusterform.finding import Cause, Explained, Finding, RelatedAnswer, Severity, Skipped
from clusterform.forms.rule import Rule
from clusterform.messages import Joined, Text, in_language

FindingsByPlace = Mapping[tuple[str, str | None, str | None], Finding]


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
        key=lambda r: (weight(r).rank, r.tie.soft, r.tie.spot != first, r.rule.code, r.number),
    )
    field, answer = messages.form.fields[first.path], messages.form.answer(first.path, first.column)
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


_NAMED = 6
"""Places named at most; the rest is told by its number."""


class CauseMessages(NamedTuple):
    """Says edits of one form in one language."""

    form: Reader
    language: str

    def message(self, edits: Sequence[Correction], explained: Sequence[PlacedRelation]) -> str:
        first, *rest = edits
        cell = first.cells[0]
        others = "、".join(self._other(edit) for edit in rest)
        places = list(dict.fromkeys(self._place(r, first) for r in explained))
        text = Text(
            "cause.frame",
            place=self._name(cell),
            value=self.shown(cell),
            edit=self._edit(first),
            count=len(places),
            explained="、".join(places[:_NAMED])
            + (Text("cause.more")[self.language] if len(places) > _NAMED else ""),
            others=Text("cause.others", others=others) if others else "",
        )
        return text[self.language]

    def skipped(self, edit: Correction) -> str:
        """Why an explained failure is not said by itself."""
        return Text("cause.skipped", name=self._name(edit.cells[0]))[self.language]

    def spot(self, cell: Operand) -> RelatedAnswer:
        field = self.form.fields[cell.path]
        return RelatedAnswer(cell.path, field.label, field.column_label(cell.column) or cell.column)

    def shown(self, cell: Operand) -> str:
        return self.form.answer(cell.path, cell.column).text

    def expected(self, edit: Correction) -> tuple[str | None, ...]:
        """What each cell would show, in the unit that is typed there."""
        return tuple(
            text if text is None else text + self._typed_unit(cell)
            for cell, text in zip(edit.cells, edit.expected, strict=True)
        )

    def _typed_unit(self, cell: Operand) -> str:
        item = self.form.fields[cell.path]
        if item.unit or item.kind is not Kind.TARGET:  # where one is not asked it is one too many
            return ""
        amount = read_amount(self.form.answer(cell.path, cell.column))
        return amount.unit if amount is not None else ""

    def _edit(self, edit: Correction) -> str:
        cell = edit.cells[0]
        unit = self.form.fields[cell.path].unit
        scale = Text(f"cause.scale.{unit}.{edit.power}")
        kind = edit.kind if scale.known else edit.kind.replace("unit", "factor")
        facts = {
            "expected": self._value(edit),
            "all": "、".join(str(text) for text in self.expected(edit)),
            "unit": unit,
            "scale": scale,
            "factor": f"{10 ** abs(edit.power):d}",
            "first": self._head(cell),
            "second": self._head(edit.cells[-1]),
            "other_row": self.form.fields[edit.cells[-1].path].label,
            "second_value": self.shown(edit.cells[-1]),
        }
        return Text(f"cause.edit.{kind}", **facts)[self.language]

    def _value(self, edit: Correction) -> str:
        """The one figure expected, or the range it must lie in."""
        one = self.expected(edit)[0]
        if one is not None:
            return one
        ranges = (
            f"{r.low:f}" if r.low == r.high else Text("cause.range", low=r.low, high=r.high)[self.language]
            for r in edit.fits
        )
        return Joined("cause.or", dict.fromkeys(ranges))[self.language]

    def _other(self, edit: Correction) -> str:
        cell = edit.cells[0]
        if edit.kind == "exchanged":
            second = self._head(edit.cells[-1])
            return Text("cause.other-exchanged", place=self._name(cell), second=second)[self.language]
        several = len(edit.cells) > 1
        facts = {
            "place": "”、“".join(map(self._name, edit.cells)),
            "value": "、".join(map(self.shown, edit.cells)),
            "expected": "、".join(map(str, self.expected(edit))) if several else self._value(edit),
        }
        return Text("cause.other", **facts)[self.language]

    def _place(self, relation: PlacedRelation, edit: Correction) -> str:
        """Where a failure is said; what the failure is, where that is the figure itself."""
        spot = relation.tie.spot
        if spot in edit.cells:
            title = in_language(relation.rule.title, self.language)
            head = self.form.fields[spot.path].column_label(spot.column)
            return f"{title} {head}" if head else title
        return f"“{self._name(spot)}”"

    def _name(self, cell: Operand) -> str:
        return self.form.name(*cell)

    def _head(self, cell: Operand) -> str:
        return self.form.fields[cell.path].column_label(cell.column) or self._name(cell)
