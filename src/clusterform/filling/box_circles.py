"""Options chosen by a circle: round the option's own words, or round its number where the others' numbers are plain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clusterform.filling.box_words import ROUND, Place
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern

_NUMBER = pattern(
    rf"(?P<round>[{ROUND}])|[(（]?(?P<plain>\d{{1,2}}|[一二三四五六七八九十])(?P<ring>\u20dd)?[)）.．、]?"
)
_RING = "\u20dd"
"""COMBINING ENCLOSING CIRCLE: the character before it is circled."""


def circled_words(text: str, marks: Sequence[Mark], places: Sequence[Place]) -> frozenset[str]:
    """The keys of the options whose words have a circle round them."""
    return frozenset(p.option.key for p in places if _round(text, marks, p.start, p.end))


def has_circle(text: str, marks: Sequence[Mark]) -> bool:
    """Whether a circle is drawn round anything at all."""
    return _RING in text or any(mark.origin == "circle" for mark in marks)


def circled_numbers(text: str, marks: Sequence[Mark], places: Sequence[Place]) -> frozenset[str] | None:
    """The keys of the options whose number is circled while another's is plain; None where every number is circled."""
    plain: set[str] = set()
    circled: set[str] = set()
    for place, number in _numbers(text, places):
        ringed = number["round"] or number["ring"] or _round(text, marks, number.start(), number.end())
        (circled if ringed else plain).add(place.option.key)
    if circled and not plain:
        return None
    return frozenset(circled)


def _numbers(text: str, places: Sequence[Place]) -> Iterator[tuple[Place, re.Match[str]]]:
    """The number right before each option that has one."""
    for place in places:
        before = text[: place.start].rstrip(" \t\u3000\xa0")
        for start in range(max(len(before) - 4, 0), len(before)):
            number = _NUMBER.fullmatch(text, start, len(before))
            if number is not None:
                yield place, number
                break


def _round(text: str, marks: Sequence[Mark], start: int, end: int) -> bool:
    """Whether a circle is drawn round letters between these."""
    if _RING in text[start : end + 1]:
        return True
    return any(m.origin == "circle" and m.offset < end and start < m.offset + m.length for m in marks)
