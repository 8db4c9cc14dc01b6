"""What a workbook's cell styles say: number format, font, borders, protection, and the checkbox of newer Excel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.number_format import built_in
from clusterform.parsers.xlsx.text import is_on

_CHECKBOX = "{C7286773-470A-42A8-94C5-96B5CB345126}"
"""The extension that makes a logical cell a checkbox ([MS-XLSX] 2.6, XFComplement)."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    format: str = "General"
    font: str = ""
    struck: bool = False
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
    fonts = [_font(e) for e in root.iterfind(f"{n.FONTS}/{n.FONT}")]
    framed = [
        any(side.get("style", "none") != "none" for side in e)
        for e in root.iterfind(f"{n.BORDERS}/{n.BORDER}")
    ]
    return CellStyles(
        tuple(_look(xf, formats, fonts, framed) for xf in root.iterfind(f"{n.CELL_XFS}/{n.XF}"))
    )


def _font(element: Element) -> tuple[str, bool]:
    name = element.find(n.FONT_NAME)
    return (name.get("val") or "") if name is not None else "", is_on(element.find(n.STRIKE))


def _look(
    xf: Element, formats: dict[int, str], fonts: Sequence[tuple[str, bool]], framed: Sequence[bool]
) -> CellStyle:
    number = _number(xf, "numFmtId")
    number_of_font, border = _number(xf, "fontId"), _number(xf, "borderId")
    font, struck = fonts[number_of_font] if number_of_font < len(fonts) else ("", False)
    protection = xf.find(n.PROTECTION)
    return CellStyle(
        format=formats.get(number) or built_in(number),
        font=font,
        struck=struck,
        framed=(border < len(framed) and framed[border])
        or (protection is not None and protection.get("locked") in ("0", "false")),
        checkbox=any(e.get("uri") == _CHECKBOX for e in xf.iter("{*}ext")),
    )


def _number(element: Element, name: str) -> int:
    value = element.get(name) or "0"
    return int(value) if value.isdecimal() else 0
