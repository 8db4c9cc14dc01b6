"""Kind `region_levels`: 所属地区 names a province, a city and a county, as far as the place has them."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader, Words
from clusterform.finding import Severity
from clusterform.messages import Joined
from clusterform.region_levels import COUNTY, DIVISION, missing_levels
from clusterform.regions import prints_levels


class RegionLevels(Check, kind="region_levels"):
    """The field of the region, the levels' names in words, and the variants of the rule's message."""

    field: Row
    names: dict[str, Words]
    variant: str
    perhaps: str
    """For a province or city that is left out where the form's print was taken away: the county tells it."""

    def places(self, form: Reader) -> Iterator[Place]:
        """The one place."""
        return iter(((self.field, None),) if form.has(self.field) else ())

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A county left open is an error, and so is a blank that one can see; a level left out is worth a look."""
        answer = form.sure(*place)
        if answer.state is not State.FILLED:
            return None
        missing = missing_levels(answer.text)
        if not missing:
            return None
        seen = bool({COUNTY, DIVISION} & set(missing)) or prints_levels(answer.text)
        names = [self.names[level] for level in missing]
        return Hit(
            *place,
            facts={"levels": Joined("join.and", names)},
            variant=self.variant if seen else self.perhaps,
            severity=None if seen else Severity.WARNING,
        )
