"""When two names are one cluster: with or without 集群 at the end, with or without the province or city in front."""

from __future__ import annotations

from functools import lru_cache

from clusterform.record import record
from clusterform.regions import leading_places, short_name, split_region
from clusterform.text import fold

_ENDINGS = ("集群", "特色", "中小企业", "产业")
_NO_NAMES = ("xx", "某某", "××")


@record
class NameKey:
    """What is left of a cluster's name for comparing."""

    place: str
    """The short name of the nearest place: 东海 for 江苏省连云港市东海县; empty where none is known."""
    industry: str
    """The industry, folded, without 产业 and 集群."""


@lru_cache(maxsize=4096)
def name_key(name: str, region: str = "") -> NameKey | None:
    """None for a name that says nothing: blank, 无, the form's own pattern. A name without place takes the region's."""
    folded = fold(name)
    if not folded or folded == "无" or any(word in folded for word in _NO_NAMES):
        return None
    tokens, rest = leading_places(name.strip())
    if not tokens:
        tokens = split_region(region)
    place = fold(short_name(tokens[-1].text)) if tokens else ""
    industry = _bare(fold(rest)) or _bare(folded)
    return NameKey(place, industry)


def _bare(industry: str) -> str:
    """硅材料产业集群 -> 硅材料; what is nothing but an ending stays."""
    shorter = True
    while shorter:
        shorter = False
        for ending in _ENDINGS:
            if industry.endswith(ending) and len(industry) > len(ending):
                industry, shorter = industry.removesuffix(ending), True
    return industry
