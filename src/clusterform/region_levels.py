"""Which of province, city and county 所属地区 leaves open. A level that a place does not have is not missing."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.patterns import pattern
from clusterform.regions import RegionMention, split_region, units_of_their_own, without_counties

PROVINCE, CITY, COUNTY, DIVISION = "province", "city", "county", "division"
_MUNICIPALITIES = ("11", "12", "31", "50", "71", "81", "82")
"""No city stands between these and their districts; Taiwan, Hong Kong and Macao have no levels here at all."""
_DIRECT = "90"
"""Third and fourth digit of the counties directly under a province or region: 仙桃, 济源, 文昌, 石河子."""
_DIVISION = pattern(r"(?:第?[一二三四五六七八九十\d]{1,3}|农[一二三四五六七八九十\d]{1,3})师")
_TOWN = pattern(r"(?:镇|乡|街道|苏木|村)$")
"""Below a county, so that it cannot stand for one. A zone, a new area or a farm of the corps can."""
_ENDINGS = (
    (PROVINCE, pattern(r"省$")),
    (COUNTY, pattern(r"[县区旗]$")),
    (CITY, pattern(r"(?:地区|[州盟])$")),
)


def missing_levels(text: str) -> tuple[str, ...]:
    """The levels that are left open, the highest first; none where nothing can be told of a place."""
    tokens = split_region(text)
    if any(word in text for word in units_of_their_own()[1]) or _DIVISION.search(text):
        local = any(place.level != PROVINCE for token in tokens for place in token.places)
        return () if local or _DIVISION.search(text) else (DIVISION,)
    given = _given(tokens)
    code = next((t.places[0].code for t in reversed(tokens) if t.places and t.inside), "")
    asked = [PROVINCE, CITY, COUNTY]
    if any(code.startswith(city[:4]) for city, _ in units_of_their_own()[0]):
        asked.remove(PROVINCE)
    if code[:2] in _MUNICIPALITIES or (code[2:4] == _DIRECT) or (_has_zone(tokens) and CITY not in given):
        asked.remove(CITY)
    if f"{code[:4]}00" in without_counties() or code[:2] in _MUNICIPALITIES[4:]:
        asked.remove(COUNTY)
    return tuple(level for level in asked if level not in given)


def _given(tokens: Sequence[RegionMention]) -> set[str]:
    """The levels that are named. A city that is not known is a county where the city before it is."""
    given: set[str] = set()
    for token in tokens:
        levels = _levels(token)
        if not levels:
            levels = {COUNTY} if CITY in given or not token.text.endswith("市") else {CITY}
        given |= levels
    return given


def _levels(token: RegionMention) -> set[str]:
    """The level of one place; empty where only its place in the line can tell."""
    if token.places:
        return {place.level for place in token.places}
    if token.zone:
        return {"town"} if _TOWN.search(token.text) else {COUNTY}
    return next(({level} for level, ending in _ENDINGS if ending.search(token.text)), set())


def _has_zone(tokens: Sequence[RegionMention]) -> bool:
    return any(token.zone and _levels(token) == {COUNTY} for token in tokens)
