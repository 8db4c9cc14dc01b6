"""What a workbook's cell styles say: number format, font, borders, protection, and the checkbox of newer Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.number_format import built_in
from clusterform.parsers.xlsx.text import is_on, is_stressed, is_white

_CHECKBOX = "{C7286773-470A-42A8-94C5-96B5CB345126}"
"""The extension that makes a logical cell a checkbox ([MS-XLSX] 2.6, XFComplement)."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    format: str = "General"
    font: str = ""
    struck: bool = False
    stressed: bool = False
    """Filled with a colour, or set in a font that stands out."""
    white: bool = False
    """White letters on no fill: nobody sees them."""
    framed: bool = False
    """Drawn with a border, or open for answers on a protected sheet: a cell of a table even where it is blank."""
    checkbox: bool = False


_PLAIN = CellStyle()


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The styles by number; a number that is not there is the plain style, as Excel takes it."""

    found: tuple[CellStyle, ...] = ()

    def of(self, number: str | None) -> CellStyle:
        place = int(number) if number and number.isdecimal() else 0
        return self.found[place] if place < len(self.found) else _PLAIN


def read_looks(package: Package) -> CellStyles:
    """The styles of the workbook; plain ones where it has no styles part."""
    part = package.related("styles")
    if part is None:
        return CellStyles()
    root = package.xml(part)
    formats = {_number(e, "numFmtId"): e.get("formatCode") or "General" for e in root.iter(n.NUM_FMT)}
    parts = _Parts(
        [_font(e) for e in root.iterfind(f"{n.FONTS}/{n.FONT}")],
        [_filled(e) for e in root.iterfind(f"{n.FILLS}/{n.FILL}")],
        [
            any(side.get("style", "none") != "none" for side in e)
            for e in root.iterfind(f"{n.BORDERS}/{n.BORDER}")
        ],
    )
    return CellStyles(tuple(_look(xf, formats, parts) for xf in root.iterfind(f"{n.CELL_XFS}/{n.XF}")))


class _Font(NamedTuple):
    name: str = ""
    struck: bool = False
    stressed: bool = False
    white: bool = False


def _font(element: Element) -> _Font:
    name = element.find(n.FONT_NAME)
    shown = (name.get("val") or "") if name is not None else ""
    return _Font(shown, is_on(element.find(n.STRIKE)), is_stressed(element), is_white(element))


def _filled(fill: Element) -> bool:
    """Whether a fill has a colour, and not white."""
    pattern = fill.find(n.PATTERN_FILL)
    colour = pattern.find(n.FG_COLOR) if pattern is not None else None
    if colour is None or pattern is None or pattern.get("patternType") in (None, "none", "gray125"):
        return False
    return (colour.get("rgb") or "")[-6:].upper() != "FFFFFF" and colour.get("theme") != "0"


_Part = TypeVar("_Part")


class _Parts(NamedTuple):
    """What styles are put together of, each by its number."""

    fonts: Sequence[_Font]
    filled: Sequence[bool]
    framed: Sequence[bool]


def _look(xf: Element, formats: dict[int, str], parts: _Parts) -> CellStyle:
    number = _number(xf, "numFmtId")
    font = _at(parts.fonts, _number(xf, "fontId")) or _Font()
    filled = bool(_at(parts.filled, _number(xf, "fillId")))
    protection = xf.find(n.PROTECTION)
    return CellStyle(
        format=formats.get(number) or built_in(number),
        font=font.name,
        struck=font.struck,
        stressed=font.stressed or filled,
        white=font.white and not filled,
        framed=bool(_at(parts.framed, _number(xf, "borderId")))
        or (protection is not None and protection.get("locked") in ("0", "false")),
        checkbox=any(e.get("uri") == _CHECKBOX for e in xf.iter("{*}ext")),
    )


def _at(parts: Sequence[_Part], number: int) -> _Part | None:
    return parts[number] if number < len(parts) else None


def _number(element: Element, name: str) -> int:
    value = element.get(name) or "0"
    return int(value) if value.isdecimal() else 0
