"""Kind `compare`: a figure of the form against a threshold, or against other figures of the form."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import Field as ModelField

from clusterform.answers import Answer, figure_of
from clusterform.asked import Asked
from clusterform.checks.amounts import (
    Amount,
    amount_at,
    of_one_size,
    same_figure,
    scaled,
    steps_between,
    ways_to_read,
)
from clusterform.checks.check import RowCheck
from clusterform.checks.formula import Apply, ComparedFigure, Constant, Node, Operand, cells, compared_figure
from clusterform.checks.formula_parser import parse
from clusterform.checks.placed_formula import PlacedFormula, placed
from clusterform.checks.reader import (
    Formula,
    Hit,
    Limit,
    LimitName,
    NameOf,
    Reader,
    RowName,
    Unknown,
    sources,
    weight,
)
from clusterform.checks.ties import Alternatives, TargetFormula, Tie, at_most, make_tie
from clusterform.fields import Kind
from clusterform.figures import Figure, guarded, printed
from clusterform.finding import Severity
from clusterform.messages import Fact, Text
from clusterform.models import Model
from clusterform.validation import MisfitError

ColumnKey = str | None


class Otherwise(Model):
    """What will do as well: another way to the figure, or another figure with a threshold of its own."""

    left: Formula
    limit: LimitName = ""


class ComparedPlace(NamedTuple):
    column: ColumnKey
    sides: tuple[PlacedFormula, ...]
    """What tells by the printed figures that it is right: its own, then the other; none where a closer look is due."""


class Compare(RowCheck, kind="compare"):
    """`field`, or the formula `left`, keeps `limit`, or is `at_least`, `at_most` or one of `equals`; said at `field`.

    Figures count as printed, without allowance for rounding, but with `rounding` and where they should be equal.

    The message takes {limit} and {bound} of a threshold; {other} for the names of the figures it is compared with
    and {figure} for what they come to; {left} for its own figure, {part} and {whole} for the lesser and the greater
    to two places; each name of `equals`, `otherwise` and `facts` (of a threshold also its name with `_limit`); {from},
    {to} and {steps} for the years reported.
    """

    at: Annotated[str, NameOf("column", of="field")] = ""
    """"" for a row of one answer, each for every reported year, last for the latest, else a column's key."""
    left: Formula = ""
    limit: LimitName = ""
    at_least: Formula = ""
    at_most: Formula = ""
    equals: dict[str, Formula] = ModelField(default_factory=dict)
    otherwise: dict[str, Otherwise] = ModelField(default_factory=dict)
    """What is kept as well as the threshold; where one of all these holds, the form is right."""
    where: tuple[Formula, ...] = ()
    """Compared only where these are one and the same figure."""
    none_is_zero: bool = False
    """无 counts as nothing in what should be the lesser figure, and in what is held against a threshold."""
    rounding: bool = False
    """Only what no rounding of the figures allows is reported."""
    rate: bool = False
    """The row holds a rate of change by nature."""
    alike: bool = False
    """The row may hold another quantity: judged only where the two are of one size."""
    edge: bool = False
    """Whether a figure exactly on the threshold is worth a warning, said by the variant `edge`."""
    repeats: RowName = ""
    """A row of one answer: where it holds the same figure and is in doubt already, nothing is said again."""
    certain: Decimal | None = None
    """It cannot well be, and is no rule of the form: an error only where it is beyond by so many times."""
    relation: bool = False
    """Whether its failure counts where the one figure is looked for that explains several failures."""
    variant: str | None = None
    severity: Severity | None = None
    facts: dict[str, Formula] = ModelField(default_factory=dict)

    def __post_init__(self) -> None:
        given = [name for name in ("limit", "at_least", "at_most", "equals") if getattr(self, name)]
        if len(given) != 1:
            raise MisfitError.of(Text("misfit.compare"))

    def places(self, form: Asked) -> Iterator[ComparedPlace]:
        if self._rows <= form.fields.keys():
            columns = form.reported if self.at == "each" else (form.column(self.at) if self.at else None,)
            yield from (ComparedPlace(column, self._sides(form, column)) for column in columns)

    def _sides(self, form: Asked, column: ColumnKey) -> tuple[PlacedFormula, ...]:
        if self.equals or self.edge or _is_target(self, form):
            return ()
        texts = (self.left or self.field,) if self.limit else _texts(self)
        try:
            return tuple(placed(form, text, column) for text in texts)
        except Unknown:  # said where it is judged
            return ()

    @cached_property
    def _rows(self) -> frozenset[str]:
        """Every row that is compared, looked up once for the rule."""
        texts = (self.field, self.left, self.at_least, self.at_most, *self.equals.values())
        return frozenset(cell.path for text in texts if text for cell in cells(parse(text)))

    def is_relation(self) -> bool:
        return self.relation

    def judge(self, form: Reader, place: ComparedPlace) -> Hit | None:
        if place.sides and self._stands_right(form, place.sides):
            return None
        judged = _unequal if self.equals else _missed if self.limit else _beyond
        return judged(self, form, place.column)

    def _stands_right(self, form: Reader, sides: tuple[PlacedFormula, ...]) -> bool:
        """Whether the printed figures themselves are right, as nearly always: nothing else need be known."""
        own, *others = [side.as_it_stands(form) for side in sides]
        if own is None:
            return False
        if self.limit:
            return form.limits[self.limit].holds(guarded(own))
        other = others[0]
        return other is not None and (own <= other if self.at_most else other <= own)

    def tie(self, form: Reader, place: ComparedPlace) -> Tie | None:
        """None where the figures may be two quantities."""
        spot, clause = Operand(self.field, place.column), _clause(self, form, place.column)
        return make_tie(form, spot, clause, none_is_zero=self.none_is_zero) if clause else None


def _clause(check: Compare, form: Reader, column: ColumnKey) -> Alternatives:
    if check.limit:
        limit, own = form.limits[check.limit], placed(form, check.left or check.field, column)
        sides = own.node, Constant(limit.value)
        return at_most(*sides) if limit.word in {"at_most", "less_than"} else at_most(*reversed(sides))
    return _ways(check, form, column) if check.equals else _order(check, form, column)


# --- against a threshold


class _Way(NamedTuple):
    """One of the figures that may keep a threshold; of a sum what is known of it, and why the rest is not."""

    name: str
    node: Node
    limit: Limit
    value: Decimal
    gap: Unknown | None

    @property
    def holds(self) -> bool:
        """Whether the threshold is kept for certain: what is known of a sum may be enough."""
        enough = self.gap is None or self.limit.word in {"at_least", "more_than"}
        return enough and self.limit.holds(self.value)


def _missed(check: Compare, form: Reader, column: ColumnKey) -> Hit | None:
    """Missed where all that would do is known, and none of it holds."""
    given = {"left": (check.left or check.field, check.limit)}
    given |= {name: (way.left, way.limit or check.limit) for name, way in check.otherwise.items()}
    ways = [
        _Way(name, node, form.limits[limit], *_so_far(check, form, node))
        for name, (text, limit) in given.items()
        for node in [placed(form, text, column).node]
    ]
    own, limits = ways[0], list(dict.fromkeys(way.limit for way in ways))
    edge = check.edge and own.gap is None and own.value == own.limit.value
    if not edge and any(way.holds for way in ways):
        return None
    if gaps := [way.gap for way in ways if way.gap is not None]:  # the first on the form is named
        raise min(gaps, key=lambda gap: [*form.fields, gap.path].index(gap.path))
    if check.repeats and form.answer(check.repeats).decimal == own.value:
        form.sure(check.repeats)
    counted = all(form.fields[cell.path].kind is Kind.COUNT for cell in cells(own.node))
    shown = {way.name: f"{way.value:f}" if counted else printed(way.value) for way in ways}
    stated = [shown[way.name] for way in ways if way is own or way.limit is not own.limit]
    beyond = check.certain is not None and own.value >= own.limit.value * check.certain
    return Hit(
        check.field,
        column,
        value=" + ".join(stated) if check.otherwise else None,
        expected=None if check.certain else " | ".join(limit.bound(counted=counted) for limit in limits),
        facts={
            "limit": own.limit.shown(counted=counted),
            "bound": Text(f"bound.{own.limit.word}"),
            "part": printed(own.value),
            "whole": printed(own.limit.value),
            **shown,
            **{f"{way.name}_limit": way.limit.shown(counted=counted) for way in ways},
            **_further(check, form, column),
            **_bare(form.answer(check.field, column)),
        },
        variant="edge" if edge else check.variant,
        severity=Severity.WARNING if edge else Severity.ERROR if beyond else weight(*limits),
        basis=sources(*limits),
    )


def _so_far(check: Compare, form: Reader, node: Node) -> tuple[Decimal, Unknown | None]:
    """The figure; of a sum what is known of it, and why the rest is not."""
    if isinstance(node, Apply) and node.sign == "+":
        (left, one), (right, other) = _so_far(check, form, node.left), _so_far(check, form, node.right)
        return left + right, other or one
    try:
        return compared_figure(form, node, rate=True, none_is_zero=check.none_is_zero).value, None
    except Unknown as unknown:
        return Decimal(0), unknown


def _bare(answer: Answer) -> dict[str, str]:
    """The number alone where more is typed in its cell: the message has the unit itself."""
    return {"value": f"{answer.decimal:f}"} if answer.flaws and answer.decimal is not None else {}


# --- at least, or at most, what others of the form come to


def _beyond(check: Compare, form: Reader, column: ColumnKey) -> Hit | None:
    """Which of the two sides should be the greater is said by the check."""
    left, right = _both(check, form, column)
    step = _step(check, form, column, left, right)
    mine = left.scaled(step)
    less, more = (mine, right) if check.at_most else (right, mine)
    fits = less.interval.low <= more.interval.high if check.rounding else less.value <= more.value
    if fits or not _comparable(check, form):
        return None
    certain = check.certain is not None and less.value >= more.value * check.certain
    names = dict.fromkeys(form.name(cell.path, cell.column) for cell in cells(right.node))
    facts: dict[str, Fact] = {
        "other": "、".join(names),
        "figure": f"{right.value:f}",
        "left": f"{left.value:f}",
        "part": printed(less.value),
        "whole": printed(more.value),
        **_further(check, form, column),
    }
    sign = "≤" if check.at_most else "≥"
    return Hit(
        check.field,
        column,
        expected=f"{sign} {right.value:f}" if _is_target(check, form) else None,
        facts=facts,
        variant=check.variant,
        severity=Severity.ERROR if certain else check.severity,
        taints=tuple((c.path, c.column) for c in cells(left.node) if c != Operand(check.field, column)),
    )


def _order(check: Compare, form: Reader, column: ColumnKey) -> Alternatives:
    """That the one side is no more than the other, in one unit."""
    if not _comparable(check, form):
        return ()
    left, right = (placed(form, text, column).node for text in _texts(check))
    if _is_target(check, form):
        step = _step(check, form, column, *_both(check, form, column))
        left = Apply("*", left, Constant(Decimal(1).scaleb(step)))
    return at_most(left, right) if check.at_most else at_most(right, left)


def _texts(check: Compare) -> tuple[str, str]:
    return check.left or check.field, check.at_most or check.at_least


def _both(check: Compare, form: Reader, column: ColumnKey) -> tuple[ComparedFigure, ComparedFigure]:
    left, right = (placed(form, text, column).node for text in _texts(check))
    less, more = (left, right) if check.at_most else (right, left)
    lesser = compared_figure(form, less, rate=check.rate, none_is_zero=check.none_is_zero)
    greater = compared_figure(form, more, rate=check.rate)
    return (lesser, greater) if check.at_most else (greater, lesser)


def _step(
    check: Compare, form: Reader, column: ColumnKey, left: ComparedFigure, right: ComparedFigure
) -> int:
    """The power of ten that leads to the other side's unit. Only targets are written with units of their own."""
    if not _is_target(check, form):
        return 0
    step = steps_between(left.amount, right.amount)
    if step is None:
        raise form.lacking("skipped.unlike-unit", check.field, column)
    return step


def _is_target(check: Compare, form: Asked) -> bool:
    return form.fields[check.field].kind is Kind.TARGET


def _comparable(check: Compare, form: Reader) -> bool:
    """Whether the figures that must be the same are; Unknown where one of them cannot be had."""
    nodes = [placed(form, text, None).node for text in check.where]
    values = {
        compared_figure(form, node, rate=check.rate, none_is_zero=check.none_is_zero).value for node in nodes
    }
    return len(values) < 2


# --- the same as one of several figures of the form


def _unequal(check: Compare, form: Reader, column: ColumnKey) -> Hit | None:
    """Unlike only where each of them can be had and none fits."""
    own = amount_at(form, check.field, column, change=check.rate)
    formulas = [placed(form, text, column) for text in check.equals.values()]
    shown = [formula.node for formula in formulas if isinstance(formula.node, Operand)]
    levels = [(level, figure) for cell in shown for level, figure in _levels(form, own, cell)]
    if any(same_figure(level, figure) for level, figure in levels):
        return None
    if any(f.reaches(form, [own.figure.declared]) for f in formulas if f.node not in shown):
        return None
    for cell in shown:
        if form.answer(cell.path, cell.column).decimal is None:
            form.figure(cell.path, cell.column)
    if check.alike and not any(of_one_size(level.value, figure.value) for level, figure in levels):
        return None
    if not levels:
        raise form.lacking("skipped.unlike-unit", check.field, column)
    first, *_ = [form.figure(cell.path, cell.column).value for cell in shown]
    return Hit(
        check.field,
        column,
        expected=f"{first:f}" if check.rate else f"{first:f}{form.fields[shown[0].path].unit}",
        facts={"other": form.name(shown[0].path, shown[0].column), **_further(check, form, column)},
        variant=check.variant,
        severity=check.severity,
    )


def _ways(check: Compare, form: Reader, column: ColumnKey) -> Alternatives:
    """That the figure is one of the others, in its own unit; none where they may be two quantities."""
    own, cell = amount_at(form, check.field, column, change=check.rate), Operand(check.field, column)
    ways: list[TargetFormula] = []
    for node in (placed(form, text, column).node for text in check.equals.values()):
        if not isinstance(node, Operand):
            ways.append(TargetFormula(node, cell))
            continue
        figure = form.figure(node.path, node.column)
        steps = ways_to_read(own, Amount(figure, form.fields[node.path].unit))
        if not check.alike or any(of_one_size(scaled(own.figure, s).value, figure.value) for s in steps):
            ways += [
                TargetFormula(Apply("*", node, Constant(Decimal(1).scaleb(-s))), cell, copied=True)
                for s in steps
            ]
    return tuple(ways)


def _levels(form: Reader, own: Amount, cell: Operand) -> list[tuple[Figure, Figure]]:
    """The amount in the other figure's unit, as often as there are ways to read it, and that figure."""
    figure = figure_of(form.answer(cell.path, cell.column))
    if figure is None:
        return []
    steps = ways_to_read(own, Amount(figure, form.fields[cell.path].unit))
    return [(scaled(own.figure, step), figure) for step in steps]


# --- what the message shows


def _further(check: Compare, form: Reader, column: ColumnKey) -> dict[str, str]:
    """The figures that the check names, as they stand there or to two places, and the years reported."""
    years = form.reported
    facts = {"from": years[0], "to": years[-1], "steps": str(int(years[-1]) - int(years[0]))}
    for name, text in {**check.equals, **check.facts}.items():
        node = placed(form, text, column).node
        side = compared_figure(form, node, rate=check.rate)
        facts[name] = f"{side.value:f}" if isinstance(node, Operand) else printed(side.value)
    return facts
