"""What styles and numbering add to a run that it does not say itself: a symbol font, hidden text, a box as bullet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.symbols import Sign, symbols

SYMBOL_FONT_HINT = b"dings"
"""A piece of Wingdings, Wingdings 2 and Webdings: without it in a part, no run of it needs a look at its font."""
_STYLE_HINTS = (SYMBOL_FONT_HINT, b"vanish", b"trike", b"vertAlign")
_BULLET_HINTS = (SYMBOL_FONT_HINT, *(c.encode() for c in "□☐☑☒√✓✔"), b"MT Extra")


class TextStyle(NamedTuple):
    """What a style or a run says of its text; None where it says nothing."""

    ascii: str | None = None
    h_ansi: str | None = None
    hidden: bool | None = None
    struck: bool | None = None
    """Struck through, once or twice."""
    height: str | None = None
    """superscript, subscript or baseline."""
    stressed: bool = False
    """Bold, underlined, coloured, highlighted or shaded."""

    def over(self, under: TextStyle) -> TextStyle:
        """Its own word first, then the other's."""
        return TextStyle(
            self.ascii or under.ascii,
            self.h_ansi or under.h_ansi,
            under.hidden if self.hidden is None else self.hidden,
            under.struck if self.struck is None else self.struck,
            self.height or under.height,
            self.stressed or under.stressed,
        )


PLAIN = TextStyle()


def look_of(properties: Element | None) -> TextStyle:
    """What a w:rPr says."""
    if properties is None:
        return PLAIN
    said = n.held(properties)
    fonts, vanish, height = map(said.get, (n.R_FONTS, n.VANISH, n.VERT_ALIGN))
    lines = [said[name] for name in (n.STRIKE, n.DSTRIKE) if name in said]
    return TextStyle(
        None if fonts is None else fonts.get(n.ASCII),
        None if fonts is None else fonts.get(n.H_ANSI),
        None if vanish is None else n.is_on(vanish),
        any(map(n.is_on, lines)) if lines else None,
        None if height is None else height.get(n.VAL),
        is_stressed(properties),
    )


_LEVEL = {
    n.UNDERLINE: frozenset({None, "none"}),
    n.HIGHLIGHT: frozenset({None, "none", "white"}),
    n.COLOR: frozenset({None, "auto", "000000"}),
}
"""Properties that make letters stand out, each with the values that do not."""
STRESSING = (n.BOLD, n.SHADING, *_LEVEL)


def is_shaded(shading: Element) -> bool:
    """Whether a w:shd has a colour, and not white."""
    pattern = shading.get(n.VAL) not in {None, "clear", "nil"}
    return pattern or shading.get(n.FILL, "auto").upper() not in {"AUTO", "FFFFFF"}


def is_stressed(properties: Element) -> bool:
    """Whether a w:rPr or w:pPr makes its text stand out from the text around it."""
    return any(map(_stands_out, properties))


def _stands_out(element: Element) -> bool:
    tag = element.tag
    if tag == n.BOLD:
        return n.is_on(element)
    if tag == n.SHADING:
        return is_shaded(element)
    return tag in _LEVEL and element.get(n.VAL) not in _LEVEL[tag]


class Styles(NamedTuple):
    """Only the styles that matter here; a document has none of them as a rule."""

    looks: Mapping[str, TextStyle] = {}
    numbered: Mapping[str, tuple[str, str]] = {}
    """Style -> (numId, level), where a style numbers its paragraphs."""
    bullets: Mapping[tuple[str, str], Sign] = {}
    """(numId, level) -> the box that its bullet is."""

    @property
    def special(self) -> frozenset[str]:
        """The styles whose paragraphs and runs need a closer look."""
        return frozenset(self.looks) | frozenset(s for s, key in self.numbered.items() if key in self.bullets)


def read_styles(package: Package) -> Styles:
    """The styles of a document; empty where there are none of note, or the parts cannot be read."""
    bullets = _bullets(package)
    name = package.related("styles")
    data = package.read(name) if name else b""
    if not name or not (bullets or any(word in data for word in _STYLE_HINTS)):
        return Styles(bullets=bullets)
    styles = {s.get(n.STYLE_ID) or "": s for s in parse_part(data, name).iter(n.STYLE)}
    looks = {key: _inherited(key, styles) for key in styles}
    numbered = {
        key: number for key, style in styles.items() if (number := number_of(style.find(n.PPR))) is not None
    }
    return Styles({k: v for k, v in looks.items() if _matters(v)}, numbered, bullets)


def number_of(properties: Element | None) -> tuple[str, str] | None:
    """The numbering that a w:pPr names: (numId, level)."""
    numbering = n.held(n.held(properties).get(n.NUM_PR))
    if n.NUM_ID not in numbering:
        return None
    return n.value(numbering, n.NUM_ID), n.value(numbering, n.ILVL) or "0"


def _matters(look: TextStyle) -> bool:
    fonts = symbols().fonts
    return bool(look.hidden or look.struck or look.height) or any(
        (f or "").casefold().replace(" ", "") in fonts for f in (look.ascii, look.h_ansi)
    )


def _inherited(key: str, styles: dict[str, Element]) -> TextStyle:
    look, seen = PLAIN, set[str]()
    while key in styles and key not in seen:
        seen.add(key)
        look = look.over(look_of(styles[key].find(n.RPR)))
        key = n.value(n.held(styles[key]), n.BASED_ON)
    return look


def _bullets(package: Package) -> dict[tuple[str, str], Sign]:
    name = package.related("numbering")
    if name is None:
        return {}
    data = package.read(name)
    if not any(word in data for word in _BULLET_HINTS):
        return {}
    root = parse_part(data, name)
    prefix = n.P.removesuffix("p")
    boxes: dict[tuple[str, str], Sign] = {}
    for abstract in root.iter(prefix + "abstractNum"):
        for level in abstract.iter(prefix + "lvl"):
            sign = _bullet(level, prefix)
            if sign is not None:
                boxes[abstract.get(prefix + "abstractNumId") or "", level.get(n.ILVL) or "0"] = sign
    found: dict[tuple[str, str], Sign] = {}
    for item in root.iter(prefix + "num"):
        link = item.find(prefix + "abstractNumId")
        abstract_id = link.get(n.VAL) if link is not None else None
        key = item.get(n.NUM_ID) or ""
        found.update({(key, level): sign for (owner, level), sign in boxes.items() if owner == abstract_id})
    return found


def _bullet(level: Element, prefix: str) -> Sign | None:
    shown = n.value(n.held(level), prefix + "lvlText")
    if len(shown) != 1:
        return None
    look = look_of(level.find(n.RPR))
    sign = symbols().of_code(look.ascii or look.h_ansi, ord(shown))
    # ● and ■ are what ordinary lists begin with; as bullets they say nothing of a choice
    plain = shown in "●■○" or (sign is not None and ord(shown) & 0xFF in {0x6E, 0xA1, 0xA4})
    return None if plain else sign
