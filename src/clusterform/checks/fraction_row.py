"""Kind `fraction_row`: a row of shares under 1, or one of its years, where per cents are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as data_field
from decimal import Decimal

from clusterform.answers import figure_of
from clusterform.checks.check import Check
from clusterform.checks.exact_range import reaches
from clusterform.checks.formula import Cell, as_printed, bind, parse
from clusterform.checks.names import Formula, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.relation import known
from clusterform.checks.ties import Tie, between, make_tie
from clusterform.figures import two_places
from clusterform.finding import Severity
from clusterform.record import record

_ONE = Decimal(1)


class FractionRow(Check, kind="fraction_row"):
    """`rows` of shares; `by` gives formulas for those that other figures give as well.

    A row that one of them confirms is right; one that they put `certain` times higher, or with more than two
    decimals, is an error. Years under 1 beside others of which their hundredfold is no `near` part and no `near`
    times are said one by one, as the variant `year`; what only `basis` would divide by is never sure, so that
    these rows are no error. The message takes {shown}, {all} and {others}.
    """

    rows: tuple[Row, ...]
    certain: Decimal
    near: Decimal
    basis: tuple[Row, ...] = ()
    by: dict[Row, tuple[Formula, ...]] = data_field(default_factory=dict)

    def places(self, form: Reader) -> Iterator[Place]:
        """Each row the form has as a whole, and its years under 1 one by one where others are at another scale."""
        for row in filter(form.has, self.rows):
            columns = tuple(column for column, _ in form.form.places(row))
            yield Place(row, columns)
            values = {c: v for c in columns if (v := form.form.answer(row, c).decimal) is not None}
            small = [c for c, value in values.items() if 0 < value < _ONE]
            others = tuple(c for c, value in values.items() if value >= _ONE)
            if not others:
                continue
            low, high = min(values[c] for c in others), max(values[c] for c in others)
            for column in small:
                if low <= values[column] * 100 * self.near and values[column] * 100 <= high * self.near:
                    yield Place(row, (column,), others)

    def ties(self, form: Reader) -> Iterator[Tie]:
        """That one of the figures is no fraction; none where other figures confirm them."""
        for place in self.places(form):
            try:
                if not _computed(self, form, place)[0]:
                    ways = (way for c in place.columns for way in between(Cell(place.row, c), _ONE, None))
                    yield make_tie(form, Cell(place.row, place.columns[0]), tuple(ways))
            except Unknown:
                continue

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Said once, at the first of the figures."""
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


@record
class Place:
    """Years of a row that are in question together."""

    row: str
    columns: tuple[str | None, ...]
    others: tuple[str | None, ...] = ()
    """Years at another scale, where the row has some."""


def _texts(form: Reader, row: str, columns: tuple[str | None, ...]) -> str:
    return "、".join(form.form.answer(row, column).text for column in columns)


def _computed(params: FractionRow, form: Reader, place: Place) -> tuple[bool, Decimal]:
    """Whether other figures give what is shown, and else how many times more they give at least."""
    row = place.row
    times: list[Decimal] = []
    for text in params.by.get(row, ()):
        for column in place.columns:
            try:
                node = bind(parse(text), form, column)
                figure = form.figure(row, column)
                if reaches(node, figure.declared, known(form)):
                    return True, _ONE
                times.append(as_printed(node, form) / figure.value)
            except (Unknown, ZeroDivisionError):
                continue
    return False, min(times, default=_ONE)
