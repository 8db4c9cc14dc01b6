"""The table of boxes and ticks in rules/symbols.yaml, ready for look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from clusterform.data_files import rules_file
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


class Sign(StrEnum):
    """What one character says."""

    TICKED = "ticked"
    CROSSED = "crossed"
    EMPTY = "empty"
    TICK = "tick"
    CROSS = "cross"
    UNKNOWN = "unknown"

    @property
    def ticked(self) -> bool | None:
        """Whether it says yes; None where that is not known."""
        return None if self is Sign.UNKNOWN else self is not Sign.EMPTY


BOX = {True: "☑", False: "□", None: "▨"}
"""The character that stands in the text for a box kept as structure, by its state."""

BARE = {Sign.TICK: "√", Sign.CROSS: "✗"}


class Symbols(NamedTuple):
    """Plain glyphs, and the codes of symbol fonts."""

    glyphs: Mapping[str, Sign]
    fonts: Mapping[str, Mapping[int, Sign]]
    words: Mapping[str, bool]
    """Folded words that stand for a tick (True) or for none where a box has a cell of its own."""
    empty: frozenset[str]
    """The glyphs of empty boxes."""

    def has_font(self, font: str | None) -> bool:
        """Whether the font is one of symbols."""
        return (font or "").casefold().replace(" ", "") in self.fonts

    def of_font(self, font: str | None, code: int) -> Sign | None:
        """What a code of a font shows: low byte, U+F0xx or letter; None where it is no box and no tick."""
        table = self.fonts.get((font or "").casefold().replace(" ", ""))
        if table is None or not (code < 0x100 or 0xF000 <= code <= 0xF0FF):
            return None
        return table.get(code & 0xFF)

    def of_code(self, font: str | None, code: int) -> Sign | None:
        """What a code shows in its font, or as a plain character."""
        return self.of_font(font, code) or (self.glyphs.get(chr(code)) if 0 < code < 0x110000 else None)


@kept
def symbols() -> Symbols:
    """The table, read once."""
    data = read_yaml(rules_file("symbols.yaml"))
    glyphs = {c: s for s in Sign for c in str(data["glyphs"].get(s, "")).split()}
    glyphs |= {chr(int(c, 16)): s for s in Sign for c in str(data["private_use"].get(s, "")).split()}
    fonts = {
        name: {int(c, 16): s for s in Sign for c in str(table.get(s, "")).split()}
        for name, table in data["fonts"].items()
    }
    words = {w: kind == "ticked" for kind in ("ticked", "empty") for w in str(data["words"][kind]).split()}
    empty = frozenset(glyph for glyph, sign in glyphs.items() if sign is Sign.EMPTY)
    return Symbols(glyphs, fonts, words, empty)
