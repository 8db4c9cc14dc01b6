"""Relations between figures: a declared figure, and the formulas it must agree with."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import Literal, NamedTuple

from clusterform.asked import Asked
from clusterform.checks.exact_range import span
from clusterform.checks.formula import Node, Operand, as_printed, show, split_at_division
from clusterform.checks.formula_parser import parse
from clusterform.checks.placed_formula import PlacedFormula, known, placed
from clusterform.checks.reader import BilingualText, Formula, Reader, RowName, Unknown
from clusterform.checks.ties import TargetFormula, Tie, make_tie
from clusterform.figures import Interval, two_places
from clusterform.messages import Text
from clusterform.models import Model


class Computation(Model):
    """One way to compute the figure. See checks/formula.py for how it is written."""

    name: BilingualText | None = None
    formula: Formula

    def __post_init__(self) -> None:
        self.node  # noqa: B018  (a formula that is none is said when the rule is read)

    @cached_property
    def node(self) -> Node:
        """The formula, parsed once and kept with the rule."""
        return parse(self.formula)

    def working(self, node: Node, form: Reader) -> Text:
        """The computation at one place, with its figures and what it comes to as printed."""
        done = Text("checks.working", formula=show(node, form), value=two_places(as_printed(node, form)))
        return Text("checks.named", name=self.name, working=done) if self.name else done

    @cached_property
    def split(self) -> tuple[list[Operand], list[Operand]]:
        """The cells that are divided, and those that something is divided by."""
        return split_at_division(self.node)


class Relation(Model):
    """A declared figure and its readings; it is right where one of them fits."""

    result: RowName
    columns: tuple[Literal["first", "middle", "last"], ...] = ()
    """The years it can be computed for; none for a row that takes one answer."""
    readings: tuple[Computation, ...]
    hints: tuple[Computation, ...] = ()
    """Wrong readings that people take; where one fits, the message says so."""
    doubtful: tuple[Computation, ...] = ()
    """Readings that nothing excludes but that few would take: where one fits, it is a warning."""
    either_sign: bool = False
    """A fall may be given as a positive or a negative figure."""

    def at(self, form: Asked) -> "list[Instance]":
        if self.result not in form.fields:
            return []
        columns = tuple(map(form.column, self.columns)) or (None,)
        return [Instance(self, Operand(self.result, column)) for column in columns]


class Computed(NamedTuple):
    reading: Computation
    node: Node
    values: Interval


class Instance(NamedTuple):
    relation: Relation
    declared: Operand

    def bound(self, reading: Computation, form: Reader) -> PlacedFormula:
        return placed(form, reading.formula, self.declared.column)

    def targets(self, form: Reader) -> tuple[Interval, ...]:
        """What the declared figure may stand for."""
        shown = form.figure(self.declared.path, self.declared.column).declared
        return (shown, -shown) if self.relation.either_sign else (shown,)

    def computed(self, form: Reader) -> list[Computed]:
        """Each reading's values; Unknown where one has none."""
        try:
            nodes = [(reading, self.bound(reading, form).node) for reading in self.relation.readings]
            return [Computed(reading, node, span(node, known(form))) for reading, node in nodes]
        except ZeroDivisionError as error:
            raise Unknown(Text("skipped.divisor"), self.declared.path, self.declared.column) from error

    def fitting(
        self, form: Reader, readings: Sequence[Computation], targets: Sequence[Interval] | None = None
    ) -> Computation | None:
        """The first of these readings that agrees with the declared figure; one that cannot be had does not."""
        wanted = self.targets(form) if targets is None else targets
        for reading in readings:
            with suppress(Unknown):
                if self.bound(reading, form).reaches(form, wanted):
                    return reading
        return None

    def wrong(self, form: Reader) -> list[Computed]:
        """Every reading's value where none fits; empty where one does. Unknown where that cannot be told."""
        if self.fitting(form, self.relation.readings) is not None:
            return []
        return self.computed(form)

    def tie(self, form: Reader) -> Tie | None:
        """The relation as a tie; None where a known misreading explains it by itself.

        That it fits a doubtful reading makes its failure evidence only.
        """
        relation = self.relation
        failed = bool(self.wrong(form))
        if failed and self.fitting(form, relation.hints):
            return None
        soft = failed and self.fitting(form, relation.doubtful) is not None
        ways = (
            TargetFormula(self.bound(reading, form).node, self.declared, relation.either_sign)
            for reading in relation.readings
        )
        return make_tie(form, self.declared, tuple(ways), soft=soft)
