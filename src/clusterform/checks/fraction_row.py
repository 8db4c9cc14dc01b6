"""Kind `fraction_row`: a whole row of shares under 1, where per cents are asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as data_field
from decimal import Decimal
from typing import Literal

from clusterform.checks.exact_range import reaches
from clusterform.checks.formula import Cell, as_printed, bind, parse
from clusterform.checks.names import Formula, Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.checks.relation import known
from clusterform.checks.ties import Tie, between, make_tie
from clusterform.figures import Figure, two_places
from clusterform.finding import Severity

_ONE = Decimal(1)


class Params(CheckParams):
    """`rows` of shares; `by` gives formulas for those that other figures give as well.

    A row that one of them confirms is right; one that they put `certain` times higher, or with more than two
    decimals, is an error. The message takes {shown} and {all}.
    """

    kind: Literal["fraction_row"]
    rows: tuple[Row, ...]
    certain: Decimal
    by: dict[Row, tuple[Formula, ...]] = data_field(default_factory=dict)


def places(params: Params, form: Reader) -> Iterator[str]:
    """Each row the form has."""
    return (row for row in params.rows if form.has(row))


def ties(params: Params, form: Reader) -> Iterator[Tie]:
    """That one of the row's figures is no fraction; none where other figures confirm the row."""
    for row in places(params, form):
        columns = [column for column, _ in form.form.places(row)]
        try:
            if not _computed(params, form, row)[0]:
                ways = (way for c in columns for way in between(Cell(row, c), _ONE, None))
                yield make_tie(form, Cell(row, columns[0]), tuple(ways))
        except Unknown:
            continue


def judge(params: Params, form: Reader, place: str) -> Hit | None:
    """Said once, at the row's first figure."""
    columns = [column for column, _ in form.form.places(place)]
    figures = [v for column in columns if isinstance(v := form.sure(place, column).value, Figure)]
    if len(figures) < len(columns) or not all(0 < figure.value < _ONE for figure in figures):
        return None
    confirmed, times = _computed(params, form, place)
    if confirmed:
        return None
    facts = {
        "shown": "、".join(form.answer(place, column).text for column in columns),
        "all": "、".join(str(two_places(figure.value * 100)) for figure in figures),
    }
    written_so = any(figure.places > 2 for figure in figures)  # more decimals than a per cent may have
    severity = Severity.ERROR if written_so or times >= params.certain else None
    taints = tuple((place, column) for column in columns)
    return Hit(
        place,
        columns[0],
        expected=str(two_places(figures[0].value * 100)),
        facts=facts,
        severity=severity,
        taints=taints,
    )


def _computed(params: Params, form: Reader, row: str) -> tuple[bool, Decimal]:
    """Whether other figures give what the row shows, and else how many times more they give at least."""
    times: list[Decimal] = []
    for text in params.by.get(row, ()):
        for column, _ in form.form.places(row):
            try:
                node = bind(parse(text), form, column)
                figure = form.figure(row, column)
                if reaches(node, figure.declared, known(form)):
                    return True, _ONE
                times.append(as_printed(node, form) / figure.value)
            except (Unknown, ZeroDivisionError):
                continue
    return False, min(times, default=_ONE)
