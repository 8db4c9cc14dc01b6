r"""EQ fields: characters printed over or round each other, \o and \x. A tick over a box is a ticked box.

Syntax: ISO/IEC 29500-1, 17.16.5 (EQ). Word keeps 带圈字符 as \o\ac(○,字) and, in older files, 拼音指南 as
\o\ad(\s\up 9(音),字); neither field has a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clusterform.parsers.docx_line import Line
from clusterform.parsers.symbols import Sign, symbols
from clusterform.patterns import pattern

_EQ = pattern(r"\A\s*+eq\b", re.IGNORECASE)
_GENERAL = pattern(r'\\\*\s*(?:"[^"]*"|\S+)')
"""Switches of the field, such as \\* jc2 and \\* "Font:宋体"."""
_DRAWN = pattern(
    r"\s*+\\(?P<kind>[a-z])\s*+(?P<switches>(?:\\[a-z]++\s*+\d*+\s*+)*+)[(（](?P<arguments>.*)[)）]\s*+",
    re.IGNORECASE | re.DOTALL,
)
_SWITCHES = pattern(r"(?:\\[a-z]++\s*+-?\d*+\s*+)++", re.IGNORECASE)
_RAISED = pattern(r"\s*\\s\s*\\up", re.IGNORECASE)
_ENCLOSURES = frozenset("○□△◇◯〇")
"""What Word's 带圈字符 puts round a character."""


def is_eq(code: str) -> bool:
    """Whether a field's instruction is an EQ: what it draws stands in the instruction, not in a result."""
    return _EQ.match(code) is not None


def draw(code: str, line: Line) -> None:
    """Adds what an EQ field shows: a box, a letter in its circle, a word under its reading, else its letters."""
    drawn = _DRAWN.fullmatch(_GENERAL.sub("", _EQ.sub("", code, count=1)))
    if drawn is None:
        return
    kind = drawn["kind"].lower()
    raw = list(_arguments(drawn["arguments"]))
    pieces = [_letters(piece) for piece in raw]
    if kind in {"o", "x"} and _box([p for p in pieces if p], line, framed=kind == "x"):
        return
    inner = [p for p in pieces if p and p not in _ENCLOSURES]
    if kind == "o" and len(raw) > 1 and _RAISED.match(raw[0]):
        line.add(pieces[-1])
    elif kind == "x" or len(inner) < len([p for p in pieces if p]):
        line.circle("".join(inner))
    else:
        line.add(("/" if kind == "f" else "").join(inner))


def _box(pieces: list[str], line: Line, *, framed: bool) -> bool:
    """Adds the box that the pieces make together; False where they make none."""
    signs = [symbols().glyphs.get(p) for p in pieces]
    if None in signs or not (signs or framed):
        return False
    if any(s in {Sign.TICK, Sign.TICKED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☑")
    elif any(s in {Sign.CROSS, Sign.CROSSED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☒")
    else:
        line.add_box(ticked=None if Sign.UNKNOWN in signs else False, origin="EQ", shown="□")
    return True


def _arguments(text: str) -> Iterator[str]:
    """The arguments between the outer brackets."""
    depth = start = 0
    for at, char in enumerate(text):
        depth += (char in "(（") - (char in ")）")
        if char in ",，;；" and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _letters(argument: str) -> str:
    """An argument without the switches that raise, lower or space it, and without their brackets."""
    start, end = _stripped(argument, 0, len(argument))
    while (switched := _SWITCHES.match(argument, start, end)) is not None:
        start = switched.end()
        if end - start > 1 and argument[start] in "(（" and argument[end - 1] in ")）":
            start, end = _stripped(argument, start + 1, end - 1)
    return argument[start:end]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
