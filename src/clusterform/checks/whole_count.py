"""Kind `whole_count`: a count is a whole number and not negative."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from clusterform.answers import CountNames
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind


class WholeCount(Scope, kind="whole_count"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every count, those beside names too."""
        return places_of(self, form, Kind.COUNT, Kind.COUNT_NAMES)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """12.00 counts as 12."""
        value = form.answer(*place).value
        count = value.count if isinstance(value, CountNames) else value
        if not isinstance(count, Decimal) or (count >= 0 and count == count.to_integral_value()):
            return None
        shown = value.count_text if isinstance(value, CountNames) else None
        return Hit(*place, value=shown, variant="negative" if count < 0 else None)
