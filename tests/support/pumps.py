"""Texts made against a regular expression, from its own parse tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as op
from re import _parser as parser
from typing import Any

from support.patterns import LONG_REPEAT, REPEATS, SAMPLE, Reader, Used, bodies


def pumps(used: Used) -> Iterator[tuple[str, str]]:
    """For each repeat what comes before it, and what to feed it: a turn of it, and what most other repeats take too."""
    pattern = used.pattern if isinstance(used.pattern, str) else used.pattern.decode("latin-1")
    tree = list(parser.parse(pattern, used.flags & ~re.DEBUG))
    reader = Reader(frozenset(SAMPLE) | frozenset(pattern), used.flags, searches=used.searches)
    found = list(_repeats(reader, tree, "")) or [("", tree)]
    sets = [reader.chars(body) for _, body in found]
    for (before, body), chars in zip(found, sets, strict=True):
        common = sorted(chars, key=lambda c: (-sum(c in other for other in sets), c))
        yield from ((before, pump) for pump in dict.fromkeys((_example(reader, body), *common[:2])) if pump)


def _repeats(reader: Reader, tree: list[Any], before: str) -> Iterator[tuple[str, list[Any]]]:
    """Each repeat without a bound, with a text that leads to it."""
    for code, value in tree:
        if code in REPEATS and value[1] > LONG_REPEAT:
            yield before, list(value[2])
        for body in bodies(code, value):
            yield from _repeats(reader, body, before)
        before += _example(reader, [(code, value)])


def _example(reader: Reader, tree: list[Any]) -> str:
    """A short text that the pattern takes, what it looks ahead to or behind at left aside."""
    text = ""
    for code, value in tree:
        if code in REPEATS:
            text += _example(reader, list(value[2])) * value[0]
        elif code is op.BRANCH:
            text += _example(reader, list(value[1][0]))
        elif code in (op.SUBPATTERN, op.ATOMIC_GROUP):
            text += _example(reader, next(bodies(code, value)))
        elif code not in (op.ASSERT, op.ASSERT_NOT):
            text += min(reader.chars([(code, value)]), default="")
    return text
