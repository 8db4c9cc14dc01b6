"""Relations between figures: a declared figure, and the formulas it must agree with.

And which single figure is to blame where several relations fail for one cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from clusterform.checks.formula import Cell, Node, Values, bind, cells, evaluate, parse, solve
from clusterform.checks.names import Formula, Row
from clusterform.checks.reader import Reader, Unknown, Words
from clusterform.definition import Definition
from clusterform.figures import Figure, Interval, printable
from clusterform.record import record

EVERYTHING = Interval(Decimal("-Infinity"), Decimal("Infinity"))


class Reading(Definition):
    """One way to compute the figure. See checks/formula.py for how it is written."""

    name: Words | None = None
    formula: Formula

    def __post_init__(self) -> None:
        self.node  # noqa: B018  (a formula that is none is said when the rule is read)

    @cached_property
    def node(self) -> Node:
        """The formula, parsed once and kept with the rule."""
        return parse(self.formula)


class Relation(Definition):
    """A declared figure and its readings; it is right where one of them fits."""

    result: Row
    columns: tuple[Literal["first", "middle", "last"], ...] = ()
    """The years it can be computed for; none for a row that takes one answer."""
    readings: tuple[Reading, ...]
    hints: tuple[Reading, ...] = ()
    """Wrong readings that people take; where one fits, the message says so."""
    either_sign: bool = False
    """A fall may be given as a positive or a negative figure."""
    instead: dict[Row, Formula] = field(default_factory=dict)
    """What stands in for an input that an earlier rule has reported, by path."""

    def at(self, form: Reader) -> list[Instance]:
        """The relation at each of its places that this form asks for."""
        if not form.has(self.result):
            return []
        columns: list[str | None] = [form.column(role) for role in self.columns]
        columns = columns or [None]
        return [Instance(self, Cell(self.result, column)) for column in columns]


@record
class Computed:
    """What one reading comes to."""

    reading: Reading
    node: Node
    values: Interval


@record
class Instance:
    """A relation at one place."""

    relation: Relation
    declared: Cell

    def bound(self, reading: Reading, form: Reader) -> Node:
        """The reading's formula with the form's columns."""
        return bind(reading.node, form, self.declared.column, self.relation.instead)

    def targets(self, form: Reader) -> tuple[Interval, ...]:
        """What the declared figure may stand for."""
        shown = known(form)(self.declared)
        return (shown, -shown) if self.relation.either_sign else (shown,)

    def computed(self, form: Reader, readings: Sequence[Reading]) -> tuple[list[Computed], list[Unknown]]:
        """Each reading's value, and why the others have none."""
        found: list[Computed] = []
        missing: list[Unknown] = []
        for reading in readings:
            try:
                node = self.bound(reading, form)
                found.append(Computed(reading, node, evaluate(node, known(form))))
            except Unknown as unknown:
                missing.append(unknown)
            except ZeroDivisionError:
                missing.append(
                    Unknown(
                        "除数为 0，无法计算", "the divisor is 0", self.declared.path, self.declared.column
                    )
                )
        return found, missing

    def fitting(self, form: Reader, readings: Sequence[Reading]) -> Computed | None:
        """The first of these readings that agrees with the declared figure."""
        targets = self.targets(form)
        found, _ = self.computed(form, readings)
        return next((c for c in found if any(c.values.meets(t) for t in targets)), None)

    def wrong(self, form: Reader) -> list[Computed]:
        """Every reading's value where none fits; empty where one does. Unknown where that cannot be told."""
        found, missing = self.computed(form, self.relation.readings)
        targets = self.targets(form)
        if any(c.values.meets(t) for c in found for t in targets):
            return []
        if missing:
            raise missing[0]
        if self._fits_as_printed(form, targets):
            name = form.name(self.declared.path, self.declared.column)
            raise Unknown(
                f"“{name}”与表中所填的数相符，而其中有的已被报告，改正后再核",
                f"“{name}” follows from figures of which one is already reported; it is checked once that is corrected",
                self.declared.path,
                self.declared.column,
            )
        return found

    def _fits_as_printed(self, form: Reader, targets: Sequence[Interval]) -> bool:
        """Whether a reading agrees with the inputs that were replaced for being in doubt: their cause is said there."""
        if not self.relation.instead:
            return False
        nodes = [bind(r.node, form, self.declared.column, {}) for r in self.relation.readings]
        used = {cell for node in nodes for cell in cells(node) if cell.path in self.relation.instead}
        printed = {cell: form.answer(cell.path, cell.column).value for cell in used}
        if not any((c.path, c.column) in form.doubted for c in used):
            return False

        def shown(cell: Cell) -> Interval:
            figure = printed.get(cell)
            return figure.interval if isinstance(figure, Figure) else known(form)(cell)

        return any(evaluate(node, shown).meets(t) for node in nodes for t in targets)

    def allowed(self, cell: Cell, form: Reader) -> list[Interval]:
        """The values of one cell with which the relation would hold, everything else as it is."""
        found, missing = self.computed(form, self.relation.readings)
        if cell == self.declared:
            return [
                v
                for c in found
                for v in ((c.values, -c.values) if self.relation.either_sign else (c.values,))
            ]
        if missing:
            return [EVERYTHING]
        ways: list[Interval | None] = []
        for c in found:
            for target in self.targets(form):
                if cell in cells(c.node):
                    ways.append(solve(c.node, cell, target, known(form)))
                elif c.values.meets(target):
                    return [EVERYTHING]
        return [way for way in ways if way is not None]


@record
class Blame:
    """One figure that explains why several relations fail."""

    cell: Cell
    values: tuple[Interval, ...]
    """What it would have to be."""
    covers: tuple[Instance, ...]
    alternatives: tuple[Cell, ...] = ()
    """Other figures that would explain it as well."""


def known(form: Reader) -> Values:
    """The interval of each cell's figure."""
    return lambda cell: form.figure(cell.path, cell.column).interval


def culprits(instances: Sequence[Instance], form: Reader) -> list[Blame]:
    """The figures that each explain two failed relations or more and break none that holds.

    A relation that fits a known misreading explains itself and is left out.
    """
    failed, sound = _sorted(instances, form)
    blames: list[Blame] = []
    while True:
        blame = _worst(failed, sound, form)
        if blame is None:
            return blames
        blames.append(blame)
        failed = [i for i in failed if i not in blame.covers]


def _sorted(instances: Iterable[Instance], form: Reader) -> tuple[list[Instance], list[Instance]]:
    failed: list[Instance] = []
    sound: list[Instance] = []
    for instance in instances:
        try:
            if not instance.wrong(form):
                sound.append(instance)
            elif instance.fitting(form, instance.relation.hints) is None:
                failed.append(instance)
        except Unknown:
            continue
    return failed, sound


def _worst(failed: list[Instance], sound: list[Instance], form: Reader) -> Blame | None:
    """The figure that explains most; a declared result goes before an input that explains as much."""
    own = [i.declared for i in failed]
    inputs = [c for i in failed for r in i.relation.readings for c in cells(i.bound(r, form))]
    blames = [b for cell in dict.fromkeys(own + inputs) if (b := _blame(cell, failed, sound, form))]
    if not blames:
        return None
    most = max(len(b.covers) for b in blames)
    first, *rest = [b for b in blames if len(b.covers) == most]
    others = () if first.cell in own else tuple(b.cell for b in rest if b.covers == first.covers)
    return Blame(first.cell, first.values, first.covers, others)


def _blame(cell: Cell, failed: list[Instance], sound: list[Instance], form: Reader) -> Blame | None:
    covers = [i for i in failed if _takes_part(cell, i, form)]
    if len(covers) < 2:
        return None
    left = [_bounds(cell, form)]
    for instance in [*covers, *(i for i in sound if _takes_part(cell, i, form))]:
        left = [v for a in left for b in instance.allowed(cell, form) if (v := a.common(b)) is not None]
    counted = form.figure(cell.path, cell.column).counted
    left = [v for v in left if printable(v, counted=counted) is not None]
    return Blame(cell, tuple(left), tuple(covers)) if left else None


def _takes_part(cell: Cell, instance: Instance, form: Reader) -> bool:
    if cell == instance.declared:
        return True
    found, _ = instance.computed(form, instance.relation.readings)
    return any(cell in cells(c.node) for c in found)


def _bounds(cell: Cell, form: Reader) -> Interval:
    field = form.field(cell.path)
    low = EVERYTHING.low if field.minimum is None else field.minimum
    high = EVERYTHING.high if field.maximum is None else field.maximum
    return Interval(low, high)
