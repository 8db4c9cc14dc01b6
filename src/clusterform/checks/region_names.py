"""Names of places: 所属地区 by its levels, and the place that a name begins with."""

import unicodedata
from collections.abc import Iterator

from clusterform.answers import State
from clusterform.asked import Asked
from clusterform.checks.check import Check, RowCheck
from clusterform.checks.reader import BilingualText, Hit, Reader, RowName, Unknown
from clusterform.fields import Address
from clusterform.finding import Severity
from clusterform.messages import Joined, Text
from clusterform.patterns import pattern
from clusterform.regions import (
    COUNTY,
    DIVISION,
    RegionMention,
    leading_places,
    missing_levels,
    prints_levels,
    short_name,
    split_region,
)
from clusterform.text import fold, simplified
from clusterform.words import word


class RegionLevels(RowCheck, kind="region_levels"):
    """所属地区 names a province, a city and a county, as far as the place has them.

    The field of the region, the levels' names in words, and the variants of the rule's message.
    """

    names: dict[str, BilingualText]
    variant: str
    perhaps: str
    """For a province or city that is left out where the form's print was taken away: the county tells it."""

    def judge(self, form: Reader, place: str) -> Hit | None:
        """A county left open is an error, and so is a blank that one can see; a level left out is worth a look."""
        answer = form.sure(place)
        if answer.state is not State.FILLED:
            return None
        missing = missing_levels(answer.text)
        if not missing:
            return None
        seen = bool({COUNTY, DIVISION} & set(missing)) or prints_levels(answer.text)
        names = [self.names[level] for level in missing]
        return Hit(
            place,
            facts={"levels": Joined("join.and", names)},
            variant=self.variant if seen else self.perhaps,
            severity=None if seen else Severity.WARNING,
        )


class KnownPlaces(Check, kind="known_places"):
    """Province, city and county are in GB/T 2260, each inside the one before it.

    The field of the region.
    """

    field: RowName
    by_answers = True

    def places(self, form: Reader) -> Iterator[tuple[Address, RegionMention]]:
        """Each part that is not known where it stands. Zones, towns and divisions are not looked for."""
        answer = form.answer(self.field)
        if self.field not in form.fields or answer.state is not State.FILLED:
            return
        for token in split_region(answer.text):
            if not token.zone and (not token.places or not token.inside) and len(token.text) > 1:
                yield (self.field, None), token

    def judge(self, form: Reader, place: tuple[Address, RegionMention]) -> Hit:
        where, token = place
        form.sure(*where)
        return Hit(*where, value=token.text, variant="elsewhere" if token.places else None)


class NameInRegion(Check, kind="name_in_region"):
    """The place a cluster's name begins with is in 所属地区.

    The field of the name and the field of the region.
    """

    name: RowName
    region: RowName

    def places(self, form: Asked) -> Iterator[Address]:
        known = self.name in form.fields and self.region in form.fields
        return iter(((self.name, None),) if known else ())

    def judge(self, form: Reader, place: Address) -> Hit | None:
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
            word("places.new_area")
        ):  # 滨海新区 alone may be another city's zone of that name
            continue
        if fold(short_name(token.places[0].name)) in whole or fold(token.text) in whole:
            continue
        level = _level(token)
        if level and any(_level(other) == level for other in there):
            return token.text
    return None


def _level(token: RegionMention) -> str | None:
    """The level of a place that exists today and is meant without doubt."""
    levels = {p.level for p in token.places}
    sure = len(levels) == 1 and not any(p.former for p in token.places)
    return levels.pop() if sure else None


_AROUND_NAME = pattern(r"[\s“”\"_()]")
_ENDING = pattern(r"{cluster.tail}$")
_PLACE = pattern(r".{1,12}?{places.named}")


class NamePattern(Check, kind="name_pattern"):
    """A name is place, industry, 产业 (the form prints XX(省、市)XX(县、区)XX产业).

    `fields`: the first of them that is filled is judged, so that one name is not reported twice.
    """

    fields: tuple[RowName, ...]
    by_answers = True

    def places(self, form: Reader) -> Iterator[Address]:
        filled = (p for p in self.fields if form.answer(p).state is State.FILLED)
        return ((path, None) for path in list(filled)[:1])

    def judge(self, form: Reader, place: Address) -> Hit | None:
        missing = missing_part(form.sure(*place).text)
        return Hit(*place, variant=missing) if missing else None


def missing_part(name: str) -> str | None:
    """ending, place or industry, or None. Towns, streets, zones and divisions of the corps are places too."""
    plain = _AROUND_NAME.sub("", unicodedata.normalize("NFKC", simplified(name)))
    ending = _ENDING.search(plain)
    if ending is None:
        return "ending"
    before = plain[: ending.start()]
    rest = leading_places(before)[1]
    while at := _PLACE.match(rest):
        rest = rest[at.end() :]
    if rest == before:
        return "place"
    return None if rest else "industry"
