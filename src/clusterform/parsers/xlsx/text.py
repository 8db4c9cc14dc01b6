"""The text of a cell as its file spells it: runs with fonts of their own, symbol fonts, escapes, phonetic hints left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.paragraph_builder import ParagraphBuilder, visible_text
from clusterform.parsers.raw import SMALL_FIGURES, Mark
from clusterform.parsers.xlsx import names as n
from clusterform.patterns import pattern

_ESCAPE = pattern("_x([0-9A-Fa-f]{4})_")
_PLAIN_START = " "
"""The first character that is written as itself; those before it are controls."""


@dataclass(frozen=True, slots=True)
class RichText:
    """A text with the boxes and struck words in it."""

    text: str
    marks: tuple[Mark, ...] = ()
    own: int | None = None
    """So many characters from the start are set in the cell's own font, the others in fonts of their own; None: all are."""
    images: int = 0
    """Pictures in the cell."""


EMPTY = RichText("")


def decoded(text: str) -> str:
    r"""The text without the escapes of characters that XML cannot hold, such as _x000D_; line breaks as \n."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = text if text.isprintable() else "".join(c for c in text if c >= _PLAIN_START or c in "\n\t")
    return visible_text(kept)


def rich_text(element: Element) -> RichText:
    """The text of an `si` or `is`: one `t`, or runs; `rPh` tells how to read it aloud and is no text."""
    first = element.find(n.T)
    if first is not None and element.find(n.R) is None:
        return RichText(decoded(first.text or ""))
    line, own = ParagraphBuilder(), 0
    for run in element.iterfind(n.R):
        text = decoded("".join(t.text or "" for t in run.iterfind(n.T)))
        properties = run.find(n.R_PR)
        font = properties.find(n.R_FONT) if properties is not None else None
        start = line.length
        name = font.get("val") if font is not None else None
        line.add_in_font(text, name, name)
        if properties is None:
            own = line.length if own == start else own
            continue
        if is_on(properties.find(n.STRIKE)):
            line.mark(start, "strike")
        if is_stressed(properties):
            line.mark(start, "stressed")
        height = properties.find(n.VERT_ALIGN)
        if height is not None and height.get("val") in SMALL_FIGURES:
            line.mark(start, "raised", height.get("val") or "")
    return RichText(line.text, tuple(line.marks), own)


def struck_through(text: RichText) -> RichText:
    """The text of a cell whose font is struck through."""
    length = len(text.text) if text.own is None else text.own
    return replace(text, marks=(Mark(0, None, "strike", "", length), *text.marks)) if length else text


def standing_out(text: RichText) -> RichText:
    """The text of a cell that stands out by its look."""
    return replace(text, marks=(*text.marks, Mark(0, None, "stressed", "", len(text.text))))


def in_font(text: RichText, font: str) -> RichText:
    """A text in a symbol font, its letters as the boxes and ticks that they show."""
    line = ParagraphBuilder()
    line.add_in_font(text.text, font, font)
    return RichText(line.text, tuple(line.marks)) if line.marks or line.text != text.text else text


def is_stressed(font: Element) -> bool:
    """Whether a font is bold, underlined or of another colour than the sheet's own."""
    underline, colour = font.find(n.UNDERLINE), font.find(n.COLOR)
    underlined = underline is not None and underline.get("val") != "none"
    return is_on(font.find(n.BOLD)) or underlined or (colour is not None and not _is_dark(colour))


def _is_dark(colour: Element) -> bool:
    """The colour of text that nobody coloured."""
    rgb = colour.get("rgb")
    plain = colour.get("theme") in ("0", "1") or colour.get("indexed") in ("0", "8", "64")
    return rgb is not None and rgb[-6:] == "000000" if rgb is not None else plain or not colour.attrib


def is_white(font: Element) -> bool:
    """Whether the letters of a font are as white as the paper."""
    colour = font.find(n.COLOR)
    white = colour is not None and (
        colour.get("rgb", "")[-6:].upper() == "FFFFFF" or colour.get("theme") == "0"
    )
    return white and colour is not None and not colour.get("tint", "").startswith("-")


def is_on(element: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return element is not None and element.get("val") not in ("0", "false", "off")
