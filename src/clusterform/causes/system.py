"""All relations of a form as one system: which hold, which fail, and what becomes of them under an edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusterform.checks.formula import Operand
from clusterform.checks.reader import Reader
from clusterform.checks.ties import EVERYTHING, KnownIntervals, Tie, allowed, holds
from clusterform.fields import Field
from clusterform.figures import PLACES, Figure, Interval
from clusterform.forms.rule import Rule


@dataclass(frozen=True, slots=True)
class PlacedRelation:
    number: int
    rule: Rule
    tie: Tie


class Exhausted(Exception):  # noqa: N818  (no error: the search has had its share of work)
    """So much was tried that the form is left as it is."""


class System:
    """The relations of one form. Every evaluation is counted, and there are no more than `work` of them."""

    def __init__(self, relations: Sequence[tuple[Rule, Tie]], reader: Reader, work: int) -> None:
        self.work = work
        self.relations = [PlacedRelation(number, rule, tie) for number, (rule, tie) in enumerate(relations)]
        self.figures: dict[Operand, Figure] = {}
        for relation in self.relations:
            self.figures.update(relation.tie.figures)
        self.editable = {c for c in self.figures if reader.answer(c.path, c.column).decimal is not None}
        """无 that counts as nothing is no figure to correct; nor is one that an edit has corrected already."""
        self._order = {
            path: [Operand(path, column) for column, _ in reader.form.places(path)]
            for path in dict.fromkeys(cell.path for cell in self.figures)
        }
        self.bounds = {cell: _bounds(reader.fields[cell.path]) for cell in self.editable}
        self.sheet = KnownIntervals(
            {cell: figure.interval for cell, figure in self.figures.items()},
            {cell: figure.declared for cell, figure in self.figures.items()},
        )
        self.at: Mapping[Operand, list[PlacedRelation]] = defaultdict(list)
        for relation in self.relations:
            for cell in relation.tie.figures:
                self.at[cell].append(relation)
        self.failed: set[int] = {r.number for r in self.relations if not self.holds(r, self.sheet)}

    def holds(self, relation: PlacedRelation, sheet: KnownIntervals) -> bool:
        self._count()
        return holds(relation.tie, sheet)

    def allowed(self, relation: PlacedRelation, cell: Operand) -> list[Interval]:
        """The figures that may be written in the cell for the relation to hold; each stands for what rounds to it."""
        self._count()
        half = Decimal(0) if self.figures[cell].counted else PLACES / 2
        return [Interval(v.low - half, v.high + half) for v in allowed(relation.tie, cell, self.sheet)]

    def _count(self) -> None:
        if not self.work:
            raise Exhausted
        self.work -= 1

    def touched(self, cells: Iterable[Operand]) -> list[PlacedRelation]:
        numbers = {r.number: r for cell in cells for r in self.at[cell]}
        return sorted(numbers.values(), key=lambda r: (r.number not in self.failed, r.number))

    def row(self, path: str) -> list[Operand]:
        return [cell for cell in self._order[path] if cell in self.figures]

    def failing(self) -> list[PlacedRelation]:
        return [r for r in self.relations if r.number in self.failed]

    def edit(self, changes: Mapping[Operand, Interval]) -> None:
        """Takes an edit as made: what is looked for next comes on top of it."""
        self.sheet = self.sheet.edited(changes)
        self.editable.difference_update(changes)
        for relation in self.touched(changes):
            self.failed.discard(relation.number)
            if not self.holds(relation, self.sheet):
                self.failed.add(relation.number)


def _bounds(field: Field) -> Interval:
    low, high = EVERYTHING.low, EVERYTHING.high
    return Interval(
        low if field.minimum is None else field.minimum, high if field.maximum is None else field.maximum
    )


def relations_of(rules: Sequence[Rule], reader: Reader) -> list[tuple[Rule, Tie]]:
    """Every relation that these rules ask of the form and whose figures it gives."""
    return [
        (rule, tie)
        for rule in rules
        if reader.form.form in rule.forms
        for check in rule.checks
        if check.is_relation()
        for tie in check.ties(reader)
    ]
