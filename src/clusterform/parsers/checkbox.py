"""A group's text as boxes, bare ticks and words, in order. What belongs to what is for the reader of the group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from clusterform.parsers.raw import Mark
from clusterform.parsers.symbols import Sign, symbols
from clusterform.patterns import pattern
from clusterform.text import fold, fold_prefix


class TokenKind(StrEnum):
    """What a token is."""

    BOX = "box"
    TICK = "tick"
    """A tick or cross without a box of its own."""
    TEXT = "text"


class Token(NamedTuple):
    """A piece of the text, `start` to `end` in characters."""

    kind: TokenKind
    start: int
    end: int
    ticked: bool | None = None
    """Of a box: its state, None undecided. A tick is True; text is None."""
    crossed: bool = False
    """The sign is a cross: a no in some forms, a yes in others."""
    origin: str = ""
    """How a box is written: a plain glyph, brackets, 口, a letter, or the mark's own origin."""


NO_BOX = frozenset(
    {"strike", "struck", "raised", "stressed", "circle", "drawing"}
    | {"number", "literal", "rounded", "percent", "format", "formula"}
)
"""Origins of marks that are no box."""

_SPACE = "[ \t\u3000\xa0_＿]*"
_WIDEST = 200
"""Characters before a box in which the option before it must stand."""
_ENCLOSING = frozenset("\u20dd\u20de\u20df\u20e2\u20e3\u20e4")
_OVERLAID = frozenset("\u20e0\u20e5\u20eb\u0335\u0336\u0337\u0338")
_LETTERS = {"x": Sign.CROSSED, "X": Sign.CROSSED, "v": Sign.TICKED, "V": Sign.TICKED}
"""Letters typed for a mark between brackets. Right before an option (V否, R是, £否: also what is left of a symbol whose
font is gone) they stand for a box, but which one a person must see."""


@cache
def _pattern() -> re.Pattern[str]:
    glyph = "[" + re.escape("".join(symbols().glyphs)) + "]"
    after = "[\ufe0e\ufe0f" + "".join(sorted(_ENCLOSING | _OVERLAID)) + "]*"
    inner = f"(?P<in>{glyph}|[xXvV])?(?P<in_after>{after})"
    return pattern(
        rf"[\[［【(（]{_SPACE}+{inner}{_SPACE}+[\]］】)）]|(?P<glyph>{glyph})(?P<after>{after})|(?P<mouth>[口囗])|(?P<letter>[vVxXR£¨þý])"
    )


def tokens(text: str, marks: Sequence[Mark], labels: Sequence[str] = ()) -> tuple[Token, ...]:
    """The tokens of a text, spaces between them left out of the count of text.

    `labels` are the texts that may follow a box; 口, which is a letter too, is a box only right before one of them.
    """
    kept = {m.offset: m for m in marks if m.origin not in NO_BOX}
    folded = tuple(fold(label) for label in labels)
    found: list[Token] = []
    at = 0
    for match in _pattern().finditer(text):
        token = _token(match, kept, folded)
        if token is None:
            continue
        _add_text(found, text, at, token.start)
        found.append(token)
        at = token.end
    _add_text(found, text, at, len(text))
    return tuple(found)


def _add_text(found: list[Token], text: str, start: int, end: int) -> None:
    if text[start:end].strip():
        found.append(Token(TokenKind.TEXT, start, end))


def _token(match: re.Match[str], marks: dict[int, Mark], labels: tuple[str, ...]) -> Token | None:
    start, end = match.span()
    if match["mouth"] or match["letter"]:
        return _typed(match, labels)
    if match["glyph"]:
        mark = marks.get(start)
        if mark is not None:
            crossed = symbols().glyphs.get(mark.shown) in {Sign.CROSSED, Sign.CROSS}
            return Token(TokenKind.BOX, start, end, mark.ticked, crossed, mark.origin)
        return _of_sign(symbols().glyphs[match["glyph"]], match["after"], start, end, "glyph")
    inner = match["in"]
    if not inner:
        return Token(TokenKind.BOX, start, end, ticked=False, origin="brackets")
    mark = marks.get(match.start("in"))
    if mark is not None:
        return Token(TokenKind.BOX, start, end, mark.ticked, origin="brackets")
    sign = _LETTERS.get(inner) or symbols().glyphs[inner]
    boxed_sign = {Sign.TICK: Sign.TICKED, Sign.CROSS: Sign.CROSSED}.get(sign, sign)
    return _of_sign(boxed_sign, match["in_after"], start, end, "brackets")


def _typed(match: re.Match[str], labels: tuple[str, ...]) -> Token | None:
    """A letter or 口 for a box, where an option follows."""
    if not _before_label(match.string, match.start(), labels):
        return None
    if match["mouth"]:
        return Token(TokenKind.BOX, *match.span(), ticked=False, origin="口")
    return Token(TokenKind.BOX, *match.span(), None, origin="letter")


def _of_sign(sign: Sign, after: str, start: int, end: int, origin: str) -> Token:
    """A glyph with the combining marks after it: a line round a tick makes a box, a line through it leaves doubt."""
    crossed = sign in {Sign.CROSS, Sign.CROSSED}
    if _OVERLAID & set(after):
        return Token(TokenKind.BOX, start, end, None, crossed, origin)
    bare = sign in {Sign.TICK, Sign.CROSS} and not _ENCLOSING & set(after)
    return Token(TokenKind.TICK if bare else TokenKind.BOX, start, end, sign.ticked, crossed, origin)


def _before_label(text: str, at: int, labels: tuple[str, ...]) -> bool:
    """Whether the 口 there begins an option: a label follows, and no word runs into it from before."""
    if not any(fold_prefix(text, label, at + 1) is not None for label in labels):
        return False
    return at == 0 or not text[at - 1].isalnum() or fold(text[max(at - _WIDEST, 0) : at]).endswith(labels)
