"""When two names are one cluster: with or without 集群 at the end, with or without the province or city in front.

Places are compared by their code of GB/T 2260: 桥西区 of 石家庄 and 桥西区 of 张家口 are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from clusterform.patterns import pattern
from clusterform.regions import RegionMention, leading_places, present_places, split_region
from clusterform.text import NONE, fold
from clusterform.words import words

_NO_NAME = pattern("xx|××|{cluster.patterns}")
_INSIDE = "/"
"""Behind a code: a zone or another place inside it that has no code of its own."""

T = TypeVar("T")


class NameKey(NamedTuple):
    """What is left of a cluster's name for comparing."""

    places: frozenset[str]
    """The first digits of the code of the nearest place, of every place that may be meant; empty where none is known."""
    industry: str
    """The industry, folded, without 产业 and 集群."""

    def same(self, other: NameKey) -> bool:
        """Whether both may be one cluster: one industry in one place, or in a place and what lies in it."""
        return self.industry == other.industry and overlap(self.places, other.places)


@lru_cache(maxsize=4096)
def name_key(name: str, region: str = "") -> NameKey | None:
    """None for a name that says nothing: blank, 无, the form's own pattern. A name without place takes the region's."""
    folded = fold(name)
    if not folded or folded == NONE or _NO_NAME.search(folded) or _NO_NAME.search(name):
        return None
    tokens, rest = leading_places(name.strip())
    industry = _bare(fold(rest)) or _bare(folded)
    return NameKey(_nearer(_stems(tokens), region_places(region)), industry)


def region_places(region: str) -> frozenset[str]:
    """The nearest place that 所属地区 names, as the first digits of its code; several where its name is not enough."""
    return _stems(split_region(region))


def overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places may be one, or one lies in the other."""
    if not one or not other:
        return not one and not other
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)


def _stems(tokens: Sequence[RegionMention]) -> frozenset[str]:
    """The codes' first digits of the last place that is known; a place without code behind it lies inside."""
    inside = False
    for token in reversed(tokens):
        if token.places:
            stems = {p.stem for place in token.places for p in present_places(place)}
            return frozenset(f"{stem}{_INSIDE}" for stem in stems) if inside else frozenset(stems)
        inside = True
    return frozenset()


def _nearer(named: frozenset[str], region: frozenset[str]) -> frozenset[str]:
    """The place of the name, made certain by the region: 桥西区 is the one in 石家庄, 石家庄市 the district there."""
    if not named or not region:
        return named or region
    within = {r for r in region if any(r.startswith(n) for n in named)}
    around = {n for n in named if any(n.startswith(r) for r in region)}
    return frozenset(within or around or named)


class ByCluster(Generic[T]):
    """Things by the cluster they belong to, found by a name that may say its place less exactly."""

    def __init__(self) -> None:
        self._at: dict[tuple[str, str], list[tuple[int, T]]] = {}
        self._below: dict[tuple[str, str], list[tuple[int, T]]] = {}
        self._count = 0

    def add(self, key: NameKey | None, value: T) -> None:
        """What has no name that says anything belongs to no cluster, and is not found."""
        if key is None:
            return
        entry = (self._count, value)
        self._count += 1
        for stem in key.places or ("",):
            self._at.setdefault((key.industry, stem), []).append(entry)
            for above in _above(stem):
                self._below.setdefault((key.industry, above), []).append(entry)

    def find(self, key: NameKey | None) -> list[T]:
        """The things of the same cluster, in the order in which they came."""
        if key is None:
            return []
        found: dict[int, T] = {}
        for stem in key.places or ("",):
            for place in (*_above(stem), stem):
                found.update(self._at.get((key.industry, place), ()))
            found.update(self._below.get((key.industry, stem), ()))
        return [found[number] for number in sorted(found)]


def _above(stem: str) -> Iterator[str]:
    """The places around one: province and city."""
    return (stem[:length] for length in (2, 4) if length < len(stem))


def _bare(industry: str) -> str:
    """硅材料产业集群 -> 硅材料; what is nothing but an ending stays."""
    shorter = True
    while shorter:
        shorter = False
        for ending in words("cluster.endings"):
            if industry.endswith(ending) and len(industry) > len(ending):
                industry, shorter = industry.removesuffix(ending), True
    return industry
