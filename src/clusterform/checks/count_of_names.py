"""Kind `count_of_names`: 数量 and 名称 of one answer agree."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import CountNames
from clusterform.checks.names_list import read_names
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.fields import Kind
from clusterform.messages import Text
from clusterform.text import fold


class CountOfNames(Scope, kind="count_of_names"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every answer of a number and names."""
        return places_of(self, form, Kind.COUNT_NAMES)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """0 or 无 with no names, or with 无, is right. Names that are listed elsewhere cannot be counted."""
        value = form.sure(*place).value
        if not isinstance(value, CountNames):
            return None
        named = fold(value.names) not in {"", "无"}
        if value.count is None and fold(value.count_text) not in {"", "无"}:
            raise Unknown(Text("skipped.count-no-number"), *place)
        if value.count is None:
            return Hit(*place, value=value.count_text, variant="no-count") if named else None
        count = value.count
        if not named:
            return Hit(*place, value=value.count_text, variant="no-names") if count > 0 else None
        names = read_names(value.names)
        if names.elsewhere:
            raise Unknown(Text("skipped.names-elsewhere"), *place)
        if count in names.counts or (names.more and min(names.counts) <= count):
            return None
        variant = "zero" if count == 0 else None
        return Hit(*place, value=value.count_text, expected=str(names.likely), variant=variant)
