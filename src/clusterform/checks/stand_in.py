"""Kind `stand_in`: /, —, N/A, 暂无 where 无 is asked (填报说明第 2 条: 无相关情况时应填写“无”)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from clusterform.answers import CountNames, State
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.rates import Rate, computed
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind
from clusterform.patterns import pattern

_PART = pattern(r"[/\\—–―-]+|n/?a|none|没有|暂无|空", re.IGNORECASE)


class StandIn(Scope, kind="stand_in"):
    """`rates` follow from other rows: where those have their figures, 无 would be no answer."""

    rates: tuple[Rate, ...] = ()

    def places(self, form: Reader) -> Iterator[Place]:
        """Every required answer; what is not required may be struck out as one likes."""
        return (p for p in places_of(self, form, *Kind) if form.field(p[0]).required)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """The repair is 无 where that can be the answer. Of 数量 and 名称, a person must see which part it is."""
        answer = form.answer(*place)
        if answer.state is State.STAND_IN:
            return _hit(self, form, place)
        value = answer.value
        if isinstance(value, CountNames) and (_stands_in(value.count_text) or _stands_in(value.names)):
            return Hit(*place, expected="无")
        return None


def _hit(params: StandIn, form: Reader, place: Place) -> Hit:
    rate = computed(params.rates, form, place)
    if rate:
        return Hit(*place, expected=" / ".join(rate), variant="rate")
    if not form.field(place[0]).can_be_none(place[1]):
        return Hit(*place, variant="answer")
    return Hit(*place, expected="无", fix="无")


def _stands_in(text: str) -> bool:
    return _PART.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None
