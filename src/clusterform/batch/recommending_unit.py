"""Where a form comes from: the unit that recommends it (a province, a 计划单列市, the corps), and its county."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from clusterform.data_files import rules_file
from clusterform.errors import UsageError
from clusterform.regions import Region, RegionMention, leading_places, split_region, units_of_their_own
from clusterform.snapshot import kept
from clusterform.words import word

PROVINCE, PLAN_CITY, CORPS = "province", "plan_city", "corps"


class Unit(NamedTuple):
    """Whoever recommends clusters to the ministry, with a quota of its own."""

    code: str
    """The beginning of its places' codes, such as 32 or 2102; `corps`."""
    name: str
    kind: str
    """province, plan_city or corps."""


class FormOrigin(NamedTuple):
    """Where a form comes from, as far as it tells."""

    unit: Unit | None = None
    county: str = ""
    """The county's code; empty where it cannot be told, or where the city has none."""
    county_name: str = ""


def origin_of(region: str, name: str, department: str) -> FormOrigin:
    """From 所属地区 first, else from the places that the cluster's or the department's name begins with."""
    _, words = units_of_their_own()
    if any(word in text for word in words for text in (region, name, department)):
        return FormOrigin(Unit(CORPS, word("places.corps"), CORPS))
    for tokens in (split_region(region), leading_places(name)[0], leading_places(department)[0]):
        found = _from(tokens)
        if found.unit is not None:
            return found
    return FormOrigin()


def unit_named(text: str) -> Unit:
    """The unit that --province names; UsageError where it names none."""
    unit = origin_of(text, "", "").unit
    if unit is None:
        raise UsageError("option.province", value=text)
    return unit


def _from(tokens: Iterable[RegionMention]) -> FormOrigin:
    """The unit and county that some places agree on; a county name that many provinces have tells nothing."""
    places = [token.places for token in tokens if token.inside and token.places]
    if not places or len({p.code[:2] for p in places[-1]}) != 1:
        return FormOrigin()
    nearest = places[-1]
    county = nearest[0] if len(nearest) == 1 and nearest[0].level == "county" else None
    return FormOrigin(
        _unit(nearest[0]), county.code if county else "", county.name if county is not None else ""
    )


def _unit(place: Region) -> Unit:
    cities, _ = units_of_their_own()
    for code, name in cities:
        if place.code.startswith(code[:4]):
            return Unit(code[:4], name, PLAN_CITY)
    stem = place.code[:2]
    return Unit(stem, province_name(stem), PROVINCE)


@kept
def province_name(stem: str) -> str:
    """The province whose codes begin with these two digits."""
    text = rules_file("regions", "gbt2260.txt").read_text(encoding="utf-8")
    found = (line[7:].partition("\t")[0] for line in text.splitlines() if line.startswith(f"{stem}0000\t"))
    return next(found, stem)
