"""What a workbook's cell styles say: number format, font, borders, protection, and the checkbox of newer Excel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

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
    framed = (
        any(side.get("style", "none") != "none" for side in e)
        for e in root.iterfind(f"{n.BORDERS}/{n.BORDER}")
    )
    parts = _Parts(
        {_number(e, "numFmtId"): e.get("formatCode") or "General" for e in root.iter(n.NUM_FMT)},
        dict(enumerate(map(_font, root.iterfind(f"{n.FONTS}/{n.FONT}")))),
        dict(enumerate(map(_filled, root.iterfind(f"{n.FILLS}/{n.FILL}")))),
        dict(enumerate(framed)),
    )
    return CellStyles(tuple(_look(xf, parts) for xf in root.iterfind(f"{n.CELL_XFS}/{n.XF}")))


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


class _Parts(NamedTuple):
    """What styles are put together of, each by its number."""

    formats: Mapping[int, str]
    fonts: Mapping[int, _Font]
    filled: Mapping[int, bool]
    framed: Mapping[int, bool]


def _look(xf: Element, parts: _Parts) -> CellStyle:
    number = _number(xf, "numFmtId")
    font = parts.fonts.get(_number(xf, "fontId"), _Font())
    filled = parts.filled.get(_number(xf, "fillId"), False)
    protection = xf.find(n.PROTECTION)
    return CellStyle(
        format=parts.formats.get(number) or built_in(number),
        font=font.name,
        struck=font.struck,
        stressed=font.stressed or filled,
        white=font.white and not filled,
        framed=parts.framed.get(_number(xf, "borderId"), False)
        or (protection is not None and protection.get("locked") in ("0", "false")),
        checkbox=any(e.get("uri") == _CHECKBOX for e in xf.iter("{*}ext")),
    )


def _number(element: Element, name: str) -> int:
    value = element.get(name) or "0"
    return int(value) if value.isdecimal() else 0
