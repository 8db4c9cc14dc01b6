"""Kind `name_in_region`: the place a cluster's name begins with is in 所属地区."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.messages import Text
from clusterform.regions import Token, leading_places, short_name, split_region
from clusterform.text import fold


class NameInRegion(Check, kind="name_in_region"):
    """The field of the name and the field of the region."""

    name: Row
    region: Row

    def places(self, form: Reader) -> Iterator[Place]:
        """The name, where the form has both."""
        known = form.has(self.name) and form.has(self.region)
        return iter(((self.name, None),) if known else ())

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Only a province, city or county that stands against another of its own level is a contradiction."""
        name, region = form.sure(*place), form.sure(self.region)
        if name.state is not State.FILLED or region.state is not State.FILLED:
            raise Unknown(Text("skipped.name-or-region"), self.region, None)
        token = contradiction(name.text, region.text)
        return Hit(*place, expected=region.text, variant="place", facts={"named": token}) if token else None


def contradiction(name: str, region: str) -> str | None:
    """The place in the name that the region does not know. Towns, zones, former names contradict nothing."""
    there = [t for t in split_region(region) if t.places]
    whole = fold(region)
    for number, token in enumerate(leading_places(name.strip())[0]):
        if not token.places:  # a zone or town, of which GB/T 2260 says nothing
            continue
        if not number and token.text.endswith(
            "新区"
        ):  # 滨海新区 alone may be another city's zone of that name
            continue
        if fold(short_name(token.places[0].name)) in whole or fold(token.text) in whole:
            continue
        level = _level(token)
        if level and any(_level(other) == level for other in there):
            return token.text
    return None


def _level(token: Token) -> str | None:
    """The level of a place that exists today and is meant without doubt."""
    levels = {p.level for p in token.places}
    sure = len(levels) == 1 and not any(p.former for p in token.places)
    return levels.pop() if sure else None
