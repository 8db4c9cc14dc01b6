"""Codes of boxes and rows, such as 2.3-④, in the ways people write them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from clusterform.patterns import pattern

Code = tuple[str, str]
"""A row's code and a box's own number there, such as ("2.3", "4"); the number is empty for the whole row."""
_RINGS = (0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A)
"""Where series of numbers in one character begin: ① ⑴ ⒈ ⓵ ❶ ➀ ➊."""
_RING = {
    first + n: f"#{n + 1}" for first in _RINGS for n in range(20 if first in {0x2460, 0x2474, 0x2488} else 10)
}
_DASH = r"[-‐‑‒–—―−_~]"
_ROW = r"(?P<row>[0-9]{1,2}\s*[.。·]\s*[0-9]{1,2})(?![0-9])"
_BOX = (
    rf"(?:\s*{_DASH}*\s*\(?\s*#(?P<ring>[0-9]{{1,2}})\s*\)?"
    rf"|\s*{_DASH}*\s*\(\s*(?P<round>[0-9]{{1,2}})\s*\)"
    rf"|\s*(?:{_DASH}+|\.)\s*(?P<bare>[0-9]{{1,2}})(?![0-9.]))"
)
_DIGIT = pattern(r"\d")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """A code at the beginning or behind a number of the county's own, the next one, the last of a range, one in brackets.

    Made for the first list that has any.
    """
    start = pattern(rf"^{{evidence.code}}?[^\w#]*{_ROW}{_BOX}?")
    numbered = pattern(rf"^\W*[0-9]{{1,3}}(?:[\s、_)]+|[.\-]\s+){_ROW}(?:{_BOX}|(?=[\s_]|$))")
    more = pattern(rf"\s*[、,;/+{{evidence.joins}}]\s*(?:{_ROW}{_BOX}?|#(?P<same>[0-9]{{1,2}}))")
    until = pattern(rf"\s*(?:{_DASH}|{{evidence.to}})+\s*#(?P<last>[0-9]{{1,2}})")
    inside = pattern(rf"[(\[【]\s*{_ROW}{_BOX}\s*[)\]】]")
    return start, numbered, more, until, inside


_LONE_RING = pattern(r"[^\w#]*#([0-9]{1,2})")
_SPACE = pattern(r"\s+")


class CodesAndWords(NamedTuple):
    codes: tuple[Code, ...]
    rest: str


@lru_cache(maxsize=4096)
def codes_in(text: str) -> CodesAndWords:
    """The codes a text begins with, several among them (2.3-①、④), or one in brackets behind it."""
    if _DIGIT.search(text) is None:
        return CodesAndWords((), text)
    plain = _plain(text)
    start, numbered, following, last, bracketed = _patterns()
    found = start.match(plain) or numbered.match(plain)
    if found is None:
        inside = bracketed.search(plain)
        if inside is None:
            return CodesAndWords((), text)
        return CodesAndWords((_code(inside),), plain[: inside.start()] + plain[inside.end() :])
    codes = [_code(found)]
    end = found.end()
    while True:
        if codes[-1][1] and (until := last.match(plain, end)):
            row, first = codes[-1]
            codes += [(row, str(n)) for n in range(int(first) + 1, int(until["last"]) + 1)]
            end = until.end()
        elif more := following.match(plain, end):
            codes.append((codes[-1][0], str(int(more["same"]))) if more["same"] else _code(more))
            end = more.end()
        else:
            return CodesAndWords(tuple(dict.fromkeys(codes)), plain[end:])


def code_of(text: str) -> Code:
    """The code that a form's definition gives, such as 2.3-④; ("", "") for none."""
    row, _, ring = text.partition("-")
    return (row, str(ord(ring) - 0x245F) if ring else "")


def ring_in(text: str) -> str:
    """The number that a text begins with in one character, ④ giving 4; empty for none."""
    found = _LONE_RING.match(_plain(text))
    return str(int(found[1])) if found else ""


def printed(code: Code) -> str:
    """The code as the blank forms print it."""
    row, number = code
    return f"{row}-{chr(0x245F + int(number))}" if number else row


def _plain(text: str) -> str:
    """In one width, numbers in one character as #n."""
    return unicodedata.normalize("NFKC", text.translate(_RING))


def _code(found: re.Match[str]) -> Code:
    row = _SPACE.sub("", found["row"]).replace("。", ".").replace("·", ".")
    number = found["ring"] or found["round"] or found["bare"] or ""
    part, _, place = row.partition(".")
    return (f"{int(part)}.{int(place)}", str(int(number)) if number else "")
