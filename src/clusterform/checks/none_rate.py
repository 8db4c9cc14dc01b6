"""Kind `none_rate`: a growth rate is 无 after a year of zero or 无, and else a figure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from clusterform.answers import State
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.figures import HUNDRED, Figure, two_places


class Params(CheckParams):
    """The message variant `none_expected` takes {previous}; `rate_expected` takes {previous} {current}."""

    kind: Literal["none_rate"]
    rate: Row
    amount: Row


def places(params: Params, form: Reader) -> Iterator[tuple[str, str]]:
    """Each year with the year before it."""
    years = form.reported() if form.has(params.rate) and form.has(params.amount) else ()
    return pairwise(years)


def judge(params: Params, form: Reader, place: tuple[str, str]) -> Hit | None:
    """From zero nothing can grow by a percentage; from nothing to nothing a rate of 0 does no harm."""
    before, year = place
    previous = form.figure(params.amount, before, none_is_zero=True)
    current = form.figure(params.amount, year, none_is_zero=True)
    rate = form.sure(params.rate, year)
    facts = {
        "previous": form.answer(params.amount, before).text,
        "current": form.answer(params.amount, year).text,
    }
    if previous.value == 0:
        if not isinstance(rate.value, Figure) or (current.value == 0 and rate.value.value == 0):
            return None
        _not_said_before(params, form, before)
        taints = ((params.amount, before),)
        return Hit(params.rate, year, expected="无", facts=facts, variant="none_expected", taints=taints)
    if rate.state is State.NONE and previous.value > 0 and current.value > 0:
        growth = (current.value / previous.value - 1) * 100
        return Hit(params.rate, year, expected=str(two_places(growth)), facts=facts, variant="rate_expected")
    return None


def _not_said_before(params: Params, form: Reader, year: str) -> None:
    """A zero that its own rate belies is reported there; Unknown for the year after."""
    rate = form.answer(params.rate, year).decimal
    years = form.reported()
    if year == years[0] or rate is None or rate <= -HUNDRED.low:
        return
    if form.figure(params.amount, years[years.index(year) - 1], none_is_zero=True).value > 0:
        name = form.name(params.rate, year)
        zh, en = f"与“{name}”同一原因，已一并报告", f"has one cause with “{name}” and is reported there"
        raise Unknown(zh, en, params.rate, year)
