"""Figures that cannot well be: outside their bounds, far from the year before, fractions for per cents."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, NamedTuple

from pydantic import Field as ModelField

from clusterform.answers import figure_of
from clusterform.asked import Asked
from clusterform.checks.check import Check, Scope
from clusterform.checks.formula import Apply, Constant, Operand, as_printed, cells, evaluate
from clusterform.checks.formula_parser import parse
from clusterform.checks.placed_formula import known, placed
from clusterform.checks.reader import Formula, Hit, LimitName, NameOf, Reader, RowName, Unknown
from clusterform.checks.ties import Tie, at_most, between, make_tie
from clusterform.fields import NUMERIC, Address, Field, Kind
from clusterform.figures import Interval, divided, two_places
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.models import Model


class OtherBase(Model):
    """Options of a group of boxes under which a share is held against something else than the whole."""

    boxes: RowName
    options: tuple[Annotated[str, NameOf("option", of="boxes")], ...]


class WithinRange(Scope, kind="within_range"):
    """A figure keeps the bounds that its field sets: a share 0 to 100, an amount from 0.

    No `compare`: it looks at every figure of the form, and the bounds are the field's own.

    `no_most` names the rows without an upper bound where one of those options is ticked.
    """

    looks_at = tuple(NUMERIC)
    passes_plain = True
    no_most: dict[RowName, OtherBase] = ModelField(default_factory=dict)

    def covers(self, item: Field) -> bool:
        return (item.minimum is not None or item.maximum is not None) and super().covers(item)

    def tie(self, form: Reader, place: Address) -> Tie:
        """The bounds of the figure; beyond them it needs no other figure to be wrong, and proves little of any."""
        item, cell = form.fields[place[0]], Operand(*place)
        most = None if _other_base(self, form, place[0]) else item.maximum
        return make_tie(form, cell, between(cell, item.minimum, most), soft=True)

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """A count that another rule has reported as negative is not said again."""
        figure = form.sure(*place).decimal
        item = form.fields[place[0]]
        if figure is None:
            return None
        if item.minimum is not None and figure < item.minimum:
            return Hit(*place, facts={"bound": str(item.minimum)}, variant="below")
        if item.maximum is not None and figure > item.maximum and not _other_base(self, form, place[0]):
            return Hit(*place, facts={"bound": str(item.maximum)}, variant="above")
        return None


def _other_base(params: WithinRange, form: Reader, path: str) -> bool:
    """Whether the row's share is of something else: services' output held against the county's industry."""
    base = params.no_most.get(path)
    return base is not None and any(key in base.options for key in form.ticks(base.boxes).ticked)


SMALL = Decimal(10)
"""A count under ten may multiply in a year and mean nothing."""
Bound = Annotated[Decimal | LimitName, ModelField(union_mode="left_to_right")]
"""A number, or the name of a limit."""


class Jump(Check, kind="jump"):
    """A yearly figure that rises or falls further in one year than such figures do.

    `rows` maps each row to the rows that already tell of a slip in it, such as its declared growth rate.

    `up` and `down` bind the year's figure divided by the one before. `of` is a formula for what moves, where
    that is not the row's own figure; an input that itself moves too far is another rule's to report. The
    message takes {before} {previous} {times}, and {first} {second} for what `of` comes to.
    """

    rows: dict[RowName, tuple[RowName, ...]]
    up: Bound
    down: Bound
    of: Formula | None = None
    evidence: bool = False
    """Such rows may well move so far: never reported, but it tells which of two figures has slipped."""

    def places(self, form: Asked) -> Iterator[tuple[str, int]]:
        return iter(()) if self.evidence else self.tied(form)

    def tied(self, form: Asked) -> Iterator[tuple[str, int]]:
        """Each row and year, by the year's number, that has a year before it."""
        numbers = range(1, len(form.reported))
        return ((row, number) for row in self.rows if row in form.fields for number in numbers)

    def tie(self, form: Reader, place: tuple[str, int]) -> Tie | None:
        """The bounds of the year's change, which are evidence only."""
        row, number = place
        before, year = form.reported[number - 1], form.reported[number]
        formula = self.of or row
        if _ratio(form, formula, before, year) is None:
            return None
        first, second = (placed(form, formula, column).node for column in (before, year))
        up, down = (
            Constant(b if isinstance(b, Decimal) else form.limits[b].value) for b in (self.up, self.down)
        )
        clauses = at_most(second, Apply("*", up, first)), at_most(Apply("*", down, first), second)
        return make_tie(form, Operand(row, year), *clauses, soft=True)

    def judge(self, form: Reader, place: tuple[str, int]) -> Hit | None:
        """A single odd year goes up and down again: it is said once, at that year."""
        row, number = place
        years = form.reported
        before, year = years[number - 1], years[number]
        formula = self.of or row
        if not _jumps(self, form, formula, before, year):
            return None
        for other in filter(form.fields.__contains__, self.rows[row]):
            for column in (before, year) if form.fields[other].columns else (None,):
                form.sure(other, column)
        if _jumps_elsewhere(self, form, formula, years[: number + 1]):
            raise Unknown(Text("skipped.one-jump"), row, year)
        first, second = _series(form, formula, before), _series(form, formula, year)
        facts = {
            "previous": form.answer(row, before).text,
            "before": form.fields[row].column_label(before) or before,
            "times": str(two_places((second / first).centre)),
            "first": str(two_places(first.centre)),
            "second": str(two_places(second.centre)),
        }
        return Hit(row, year, facts=facts)


def _series(form: Reader, formula: str, year: str) -> Interval:
    return evaluate(placed(form, formula, year).node, known(form))


def _ratio(form: Reader, formula: str, before: str, year: str) -> Interval | None:
    """The year's figure divided by the one before, with rounding; None where that says nothing.

    A figure of 0 is no slip of the point or the unit: investment may end.
    """
    try:
        first, second = _series(form, formula, before), _series(form, formula, year)
    except ZeroDivisionError:
        return None
    counted = formula in form.fields and form.fields[formula].kind is Kind.COUNT
    if min(first.low, second.low) <= 0 or (counted and first.low < SMALL):
        return None
    return second / first


def _far(params: Jump, form: Reader, low: Decimal, high: Decimal) -> bool:
    """Whether no ratio between these keeps the bounds."""
    up, down = params.up, params.down
    kept_up = low <= up if isinstance(up, Decimal) else form.limits[up].holds(low)
    kept_down = high >= down if isinstance(down, Decimal) else form.limits[down].holds(high)
    return not (kept_up and kept_down)


def _jumps_elsewhere(params: Jump, form: Reader, formula: str, years: tuple[str, ...]) -> bool:
    """Whether an input of `of` itself jumps; or the year before jumped and the years around it agree."""
    inputs = {cell.path for cell in cells(parse(formula))} - set(params.rows)
    if any(_jumps(params, form, path, *years[-2:]) for path in inputs):
        return True
    if len(years) < 3 or not _jumps(params, form, formula, *years[-3:-1]):
        return False
    return not _jumps(params, form, formula, years[-3], years[-1])


def _jumps(params: Jump, form: Reader, formula: str, before: str, year: str) -> bool:
    first, second = (placed(form, formula, column).as_it_stands(form) for column in (before, year))
    if first and second:
        printed = divided(second, first)
        if not _far(params, form, printed, printed):
            return False  # as nearly always: whatever rounding allows, this is one of the ratios
    ratio = _ratio(form, formula, before, year)
    return ratio is not None and _far(params, form, ratio.low, ratio.high)


_ONE = Decimal(1)


class QuestionedYears(NamedTuple):
    row: str
    columns: tuple[str | None, ...]
    others: tuple[str | None, ...] = ()
    """Years at another scale, where the row has some."""


class FractionRow(Check, kind="fraction_row"):
    """A row of shares under 1, or one of its years, where per cents are asked.

    `rows` of shares; `by` gives formulas for those that other figures give as well.

    A row that one of them confirms is right; one that they put `certain` times higher, or with more than two
    decimals, is an error. Years under 1 beside others of which their hundredfold is no `near` part and no `near`
    times are said one by one, as the variant `year`; what only `basis` would divide by is never sure, so that
    these rows are no error. The message takes {shown}, {all} and {others}.
    """

    rows: tuple[RowName, ...]
    certain: Decimal
    near: Decimal
    basis: tuple[RowName, ...] = ()
    by: dict[RowName, tuple[Formula, ...]] = ModelField(default_factory=dict)
    by_answers = True

    def places(self, form: Reader) -> Iterator[QuestionedYears]:
        """Each row the form has as a whole, and its years under 1 one by one where others are at another scale."""
        for row in filter(form.fields.__contains__, self.rows):
            columns = tuple(column for _, column in form.fields[row].places)
            if all((figure := form.figures.get((row, c))) and figure.value >= _ONE for c in columns):
                continue
            yield QuestionedYears(row, columns)
            values = {c: v for c in columns if (v := form.form.answer(row, c).decimal) is not None}
            small = [c for c, value in values.items() if 0 < value < _ONE]
            others = tuple(c for c, value in values.items() if value >= _ONE)
            if not others:
                continue
            low, high = min(values[c] for c in others), max(values[c] for c in others)
            for column in small:
                if low <= values[column] * 100 * self.near and values[column] * 100 <= high * self.near:
                    yield QuestionedYears(row, (column,), others)

    def tie(self, form: Reader, place: QuestionedYears) -> Tie | None:
        """That one of the figures is no fraction; none where other figures confirm them."""
        if _computed(self, form, place)[0]:
            return None
        ways = (way for c in place.columns for way in between(Operand(place.row, c), _ONE, None))
        return make_tie(form, Operand(place.row, place.columns[0]), tuple(ways))

    def judge(self, form: Reader, place: QuestionedYears) -> Hit | None:
        row, columns = place.row, place.columns
        figures = [v for column in columns if (v := figure_of(form.sure(row, column))) is not None]
        if len(figures) < len(columns) or not all(0 < figure.value < _ONE for figure in figures):
            return None
        confirmed, times = _computed(self, form, place)
        if confirmed:
            return None
        facts = {
            "shown": _texts(form, row, columns),
            "all": "、".join(str(two_places(figure.value * 100)) for figure in figures),
            "others": _texts(form, row, place.others),
        }
        written_so = any(figure.places > 2 for figure in figures)  # more decimals than a per cent may have
        sure = times >= self.certain and not (place.others and row in self.basis)
        return Hit(
            row,
            columns[0],
            expected=str(two_places(figures[0].value * 100)),
            facts=facts,
            severity=Severity.ERROR if written_so or sure else None,
            variant="year" if place.others else None,
            taints=tuple((row, column) for column in columns),
        )


def _texts(form: Reader, row: str, columns: tuple[str | None, ...]) -> str:
    return "、".join(form.form.answer(row, column).text for column in columns)


def _computed(params: FractionRow, form: Reader, place: QuestionedYears) -> tuple[bool, Decimal]:
    """Whether other figures give what is shown, and else how many times more they give at least."""
    row = place.row
    times: list[Decimal] = []
    for text in params.by.get(row, ()):
        for column in place.columns:
            try:
                formula = placed(form, text, column)
                figure = form.figure(row, column)
                if formula.reaches(form, [figure.declared]):
                    return True, _ONE
                times.append(as_printed(formula.node, form) / figure.value)
            except (Unknown, ZeroDivisionError):
                continue
    return False, min(times, default=_ONE)
