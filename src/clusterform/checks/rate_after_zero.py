"""Kind `rate_after_zero`: a growth rate is a figure though the year before was 0."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.figures import HUNDRED
from clusterform.messages import Text


class RateAfterZero(Check, kind="rate_after_zero"):
    """The message variant `none_expected` takes {previous}. Of an amount that is 无 see `none_rate`."""

    rate: Row
    amount: Row

    def places(self, form: Reader) -> Iterator[tuple[str, str]]:
        """Each year with the year before it."""
        years = form.reported() if form.has(self.rate) and form.has(self.amount) else ()
        return pairwise(years)

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        """From zero nothing can grow by a percentage."""
        before, year = place
        previous = form.sure(self.amount, before)
        rate = form.sure(self.rate, year)
        if previous.decimal is None or previous.decimal != 0 or rate.decimal is None:
            return None
        _not_said_before(self, form, before)
        taints = ((self.amount, before),)
        facts = {"previous": previous.text}
        return Hit(self.rate, year, expected="无", facts=facts, variant="none_expected", taints=taints)


def _not_said_before(params: RateAfterZero, form: Reader, year: str) -> None:
    """A zero that its own rate belies is reported there; Unknown for the year after."""
    rate = form.answer(params.rate, year).decimal
    years = form.reported()
    if year == years[0] or rate is None or rate <= -HUNDRED.low:
        return
    if form.figure(params.amount, years[years.index(year) - 1], none_is_zero=True).value > 0:
        name = form.name(params.rate, year)
        raise Unknown(Text("skipped.one-cause", name=name), params.rate, year)
