"""Provinces, cities and counties by name (GB/T 2260), and how a line such as 所属地区 is taken apart."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from clusterform.data_files import rules_file
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import simplified
from clusterform.words import word

_AUTONOMOUS = pattern(
    r"(?:{places.peoples}{places.people}?){0,8}{places.autonomous}([{places.autonomous_levels}])$"
)
_BOXES = pattern(r"[（(][{places.boxed}、,，/{places.or}\s]+[)）]")
"""What the form prints after each blank: 省(区、市), 市(区), 县(市、区)."""
_BREAKS = " \t\n\u3000_、,，/\\-—–―－~·　:："
_FILLER = pattern(r"{places.none}?(?:{places.printed})?")
"""What stands in the place of a level that there is none of: 无, or the printed 市 alone."""
_NO_LEVEL = pattern("{places.no_level}")
"""What GB/T 2260 calls a level that is none."""
_SUFFIX = pattern(r"(?:{places.suffix})")
_ZONE = pattern(r"[^\s_、,，/]{0,20}?(?:{places.zones}{places.zone}|{places.other_zones})")
"""Below or beside the counties: nothing in GB/T 2260 says whether there is such a one."""
_UNLISTED = pattern(r"[^\s_、,，/]{1,14}?(?:{places.suffix})")
_LONGEST = 15
_WINDOW = 4 * _LONGEST
"""So much of a line is looked at from one place: province, city and county and what stands between."""


class Region(NamedTuple):
    code: str
    name: str
    former: bool = False
    """Renamed or merged away; older papers still name it."""

    @property
    def level(self) -> str:
        """province, city or county."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "county"

    @property
    def stem(self) -> str:
        """The digits that the codes of all places inside it begin with."""
        return {"province": self.code[:2], "city": self.code[:4]}.get(self.level, self.code)


class RegionMention(NamedTuple):
    """One place as a text names it."""

    text: str
    places: tuple[Region, ...] = ()
    """What it may be; empty where GB/T 2260 knows none."""
    inside: bool = True
    """False: known, but not in the province or city named before it."""
    zone: bool = False
    """A development zone, town, street or division of the corps, which GB/T 2260 does not list."""


_LEVEL = pattern(r"(?:{places.tail})$")
"""What a name ends with once: 杭州市 is 杭州, and 津市市 is 津市."""


def short_name(name: str) -> str:
    """江苏省 -> 江苏, 杭州市 -> 杭州, 恩施土家族苗族自治州 -> 恩施, 东海县 -> 东海; 沙县 stays, as 沙 cannot stand alone."""
    autonomous = word("places.autonomous")
    if autonomous in name:
        short = _AUTONOMOUS.sub("", name)
        short = short if len(short) >= 2 else name[: name.index(autonomous)]
    else:
        short = _LEVEL.sub("", name)
    return short if len(short) >= 2 else name


def _lines(name: str) -> list[str]:
    """The lines of a file under rules/regions without its comments."""
    text = rules_file("regions", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _rows(name: str) -> list[list[str]]:
    """The same, taken apart at the tabs."""
    return [line.split("\t") for line in _lines(name) if line]


@kept
def _names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lines of the list by full name and by short name; read once."""
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for line in _lines("gbt2260.txt"):
        name = line[7:].removesuffix("\tformer")
        brief = short_name(name)
        full.setdefault(name, []).append(line)
        short.setdefault(brief, []).append(line)
        if word("places.autonomous") in name:  # 恩施州, 长阳县
            full.setdefault(brief + name[-1], []).append(line)
    return full, short


def _places(lines: Iterable[str]) -> tuple[Region, ...]:
    """The places of some lines, each once."""
    parts = (line.split("\t") for line in dict.fromkeys(lines))
    return tuple(Region(code, name, former=bool(mark)) for code, name, *mark in parts)


def present_places(place: Region) -> tuple[Region, ...]:
    """What a place is called now: one renamed or merged away by the places of its short name in the same province."""
    if not place.former:
        return (place,)
    lines = _names()[1].get(short_name(place.name), ())
    now = tuple(p for p in _places(lines) if not p.former and p.code[:2] == place.code[:2])
    return now or (place,)


def _match(text: str, stem: str, *, brief: bool) -> RegionMention | None:
    """The longest name that `text` begins with, first of all one inside the place named before it.

    Without `brief`, only a province may go by its short name.
    """
    full, short = _names()
    elsewhere: RegionMention | None = None
    for length in range(min(_LONGEST, len(text)), 1, -1):
        part = text[:length]
        lines = [*full.get(part, ()), *(x for x in short.get(part, ()) if brief or x[2:6] == "0000")]
        if not lines:
            continue
        here = _places(line for line in lines if line.startswith(stem))
        if here and (part in full or _ends_well(text[length:], _highest(here))):
            return RegionMention(part, _highest(here))
        if part in full and elsewhere is None:
            elsewhere = RegionMention(part, _places(full[part]), inside=False)
    return elsewhere


def _ends_well(rest: str, places: tuple[Region, ...]) -> bool:
    """Whether a short name may end here: 连云 is no place in 连云巷市, though 连云区 is near."""
    if not rest or rest[0] in _BREAKS or _SUFFIX.match(rest) or places[0].level == "province":
        return True
    return any((inner := _match(rest, p.stem, brief=True)) is not None and inner.inside for p in places)


def _highest(places: tuple[Region, ...]) -> tuple[Region, ...]:
    """吉林 is the province and not the city where nothing was named before it."""
    level = next(lv for lv in ("province", "city", "county") if any(p.level == lv for p in places))
    return tuple(p for p in places if p.level == level)


def _walk(text: str, *, whole: bool) -> Iterator[tuple[RegionMention, int]]:
    """Tokens from the left, each with where it ends.

    `whole`: go on past what is not known, and take the short names of cities and counties too.
    """
    at, stem, joined, county = 0, "", False, False
    while at < len(text):
        if text[at] in _BREAKS:
            at, joined = at + 1, False
            continue
        token = _match(text[at : at + _WINDOW], stem, brief=whole)
        if token is None and not whole:
            return
        if token is None and (filled := _filled(text, at, stem, joined=joined)) is not None:
            at, joined = filled, False
            continue
        if not whole and token is not None and not token.inside and county:
            return  # 开化县|白云区块链: no county stands below a county
        if token is None:
            token = _unlisted(text, at) or RegionMention(text[at:])
        at += len(token.text)
        joined = True
        if token.inside and len({p.stem for p in token.places}) == 1:
            stem = token.places[0].stem
        county = bool(token.places) and all(place.level == "county" for place in token.places)
        yield token, at


def _filled(text: str, at: int, stem: str, *, joined: bool) -> int | None:
    """Where a filler ends: a printed 省, 市 or 县 after the name itself, or one with no name before it; None for none."""
    filler = _FILLER.match(text, at)
    if filler is None or not filler.group():
        return None
    end = filler.end()
    rest = text[end : end + _WINDOW]
    if not rest or rest[0] in _BREAKS or (joined and _SUFFIX.match(text, at)):
        return end
    inner = _match(rest, stem, brief=True)
    return end if inner is not None and inner.inside else None


def _unlisted(text: str, at: int) -> RegionMention | None:
    """A zone, or a place that the list does not know where none there is known by its full name."""
    zone = _ZONE.match(text, at)
    if zone:
        return RegionMention(zone.group(), zone=True)
    place = _UNLISTED.match(text, at)
    known = place and _names()[0].get(place.group())
    return RegionMention(place.group()) if place and not known else None


@lru_cache(maxsize=1024)
def split_region(text: str) -> tuple[RegionMention, ...]:
    """所属地区 in its places: 江苏省(区、市)连云港市(区)东海县(市、区), 江苏 连云港 东海 …. Asked several times of each form."""
    plain = (
        _NO_LEVEL.sub("", _BOXES.sub("", unicodedata.normalize("NFKC", simplified(text))))
        .strip()
        .removeprefix(word("places.country"))
    )
    return tuple(token for token, _ in _walk(plain, whole=True))


def leading_places(text: str) -> tuple[tuple[RegionMention, ...], str]:
    """The places that a cluster's or an office's name begins with, and what follows them."""
    found = list(_walk(simplified(text), whole=False))
    return tuple(token for token, _ in found), text[found[-1][1] :] if found else text


def names_place(text: str) -> bool:
    """Whether the name of a place stands anywhere in a text, in full or in short."""
    known = _names()
    ends = range(2, _LONGEST + 1)
    return any(
        text[at : at + length] in names for at in range(len(text)) for length in ends for names in known
    )


class AreaCode(NamedTuple):
    """A telephone area code of the mainland, without its leading 0."""

    code: str
    digits: int
    """The fewest of a local number there."""
    places: str
    former: bool = False
    """Given up for a neighbour's."""


@kept
def area_codes() -> dict[str, AreaCode]:
    """Every area code; read once."""
    rows = _rows("area_codes.txt")
    return {row[0]: AreaCode(row[0], int(row[1]), row[2], former=bool(row[3:])) for row in rows}


@kept
def units_of_their_own() -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Cities that recommend by themselves (计划单列市) as code and name, and words that tell the corps."""
    rows = _rows("apart.txt")
    return tuple((code, name) for code, name in rows if code != "-"), tuple(n for c, n in rows if c == "-")


@kept
def corps_cities() -> Mapping[str, str]:
    """The divisions of the corps by the codes of the cities that they run, which GB/T 2260 lists under 新疆."""
    return {code: division for code, _, division in _rows("corps_cities.txt")}


@kept
def without_counties() -> frozenset[str]:
    """The codes of the cities below which GB/T 2260 has no district and no county: 东莞, 中山, 儋州, 嘉峪关."""
    rows = _rows("gbt2260.txt")
    cities = {code: name for code, name, *_ in rows if code.endswith("00") and not code.endswith("0000")}
    held = {
        f"{code[:4]}00"
        for code, name, *former in rows
        if not former and _SUFFIX.match(name[-1]) and cities.get(f"{code[:4]}00", name) != name
    }
    return frozenset(cities) - held


def prints_levels(text: str) -> bool:
    """Whether the form's own 省（区、市）____市（区）____县 still stands there: a level left out is a blank one can see."""
    return "_" in text or _BOXES.search(unicodedata.normalize("NFKC", simplified(text))) is not None


@kept
def _west() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The codes and the words of the western region; read once."""
    rows = _rows("west.txt")
    return tuple(code for code, _ in rows if code != "-"), tuple(word for code, word in rows if code == "-")


def is_west(text: str) -> bool:
    """Whether a region's text names a place of the west (西部地区, 恩施州, 湘西州 and the corps included)."""
    codes, words = _west()
    if any(word in text for word in words):
        return True
    return any(
        t.inside and t.places and all(p.code.startswith(codes) for p in t.places) for t in split_region(text)
    )


PROVINCE, CITY, COUNTY, DIVISION = "province", "city", "county", "division"
_MUNICIPALITIES = ("11", "12", "31", "50", "71", "81", "82")
"""No city stands between these and their districts; Taiwan, Hong Kong and Macao have no levels here at all."""
_DIRECT = "90"
"""Third and fourth digit of the counties directly under a province or region: 仙桃, 济源, 文昌, 石河子."""
_DIVISION = pattern("{places.division}")
_TOWN = pattern("{places.towns}$")
"""Below a county, so that it cannot stand for one. A zone, a new area or a farm of the corps can."""
_ENDINGS = (
    (PROVINCE, pattern("{places.province}$")),
    (COUNTY, pattern("[{places.counties}]$")),
    (CITY, pattern("(?:{places.cities})$")),
)


def missing_levels(text: str) -> tuple[str, ...]:
    """The levels that are left open, the highest first; none where nothing can be told of a place."""
    tokens = split_region(text)
    if any(word in text for word in units_of_their_own()[1]) or _DIVISION.search(text):
        local = any(place.level != PROVINCE for token in tokens for place in token.places)
        return () if local or _DIVISION.search(text) else (DIVISION,)
    given = _given(tokens)
    zoned = any(token.zone and _levels(token) == {COUNTY} for token in tokens)
    code = next((t.places[0].code for t in reversed(tokens) if t.places and t.inside), "")
    asked = [PROVINCE, CITY, COUNTY]
    if any(code.startswith(city[:4]) for city, _ in units_of_their_own()[0]):
        asked.remove(PROVINCE)
    if code[:2] in _MUNICIPALITIES or (code[2:4] == _DIRECT) or (zoned and CITY not in given):
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
            levels = {COUNTY} if CITY in given or not token.text.endswith(word("places.city")) else {CITY}
        given |= levels
    return given


def _levels(token: RegionMention) -> set[str]:
    """The level of one place; empty where only its place in the line can tell."""
    if token.places:
        return {place.level for place in token.places}
    if token.zone:
        return {"town"} if _TOWN.search(token.text) else {COUNTY}
    return next(({level} for level, ending in _ENDINGS if ending.search(token.text)), set())
