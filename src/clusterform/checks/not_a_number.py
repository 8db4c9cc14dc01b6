"""Kind `not_a_number`: something else stands where a number is asked."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import CountNames, State
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import NUMERIC, Kind
from clusterform.text import fold


class NotANumber(Scope, kind="not_a_number"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every answer that is a number or holds one."""
        return places_of(self, form, *NUMERIC, Kind.COUNT_NAMES)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A number that is only written badly has flaws, and is left to the rule on how numbers are written."""
        answer = form.sure(*place)
        if answer.flaws:
            return None
        if answer.state is State.UNREADABLE:
            return Hit(*place)
        value = answer.value
        if isinstance(value, CountNames) and value.count is None and fold(value.count_text) not in {"", "无"}:
            return Hit(*place, value=value.count_text)
        return None
