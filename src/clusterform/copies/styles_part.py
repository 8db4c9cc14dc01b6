"""The styles of a workbook's copy: a cell's own once more with the colour of a finding, or with another number format.

A coloured cell gets its own fill back when its finding is gone. Editors number and prune styles as they like, so what
fill that was is kept where all of them leave it: the colour tells the number of a document property that says it.
"""

from __future__ import annotations

import re
from functools import cached_property

from clusterform.copies.package_copy import PackageCopy
from clusterform.errors import UnreadableError
from clusterform.finding import Severity
from clusterform.parsers.container.own_marks import FILL_MARK, own_properties
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.patterns import pattern
from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import SplicedPart, prefixed, unprefixed

_USUAL_NAME = "xl/styles.xml"
"""Where some readers look, whatever the workbook links to."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
COLOURS = {
    Severity.ERROR: "FFFFC7CD",
    Severity.WARNING: "FFFFEB9B",
    Severity.MANUAL: "FFDDEBF6",
    Severity.INFO: "FFE2EFD8",
}
"""Close to Excel's own light red, yellow, blue and green, and none of them. The colour of a cell that had another is
lower by that one's number, which nobody sees."""
_MOST_FILLS = 12
_LONGEST = 255
"""Characters of a document property that Excel keeps."""
_COUNT = pattern(rb"""(\scount\s*=\s*)(?:"[^"]*"|'[^']*')""")
_ATTRIBUTE = rb"""\s(?:%s)\s*=\s*(?:"[^"]*"|'[^']*')"""
_FILL = pattern(_ATTRIBUTE % b"fillId|applyFill")
_FORMAT = pattern(_ATTRIBUTE % b"numFmtId|applyNumberFormat")
_RGB = pattern("[0-9A-Fa-f]{8}")


class StylesPart:
    """The styles of a workbook's copy; those that are needed are added at the end."""

    def __init__(self, copy: PackageCopy) -> None:
        self._copy = copy
        name = copy.related("styles")
        self._there = name is not None
        self._part = copy.part(name) if name is not None else _plain_styles(strict=copy.strict)
        self.kept = [text if _is_markup(text) else "" for text in own_properties(copy.package, FILL_MARK)]
        """The fills of their own that coloured cells had, as XML without prefixes."""
        fills = list(self._part.root.iterfind(f"{n.FILLS}/{n.FILL}"))
        self._fills = ["", *map(_fill_of, fills[1:])]  # the first is none, whatever it says
        self._own = {
            key: kept for key, fill in enumerate(fills) if (kept := self._kept_under(fill)) is not None
        }
        """Of the fills that are ours: the number of the one kept under it, 0 where there was none."""
        self._styles = list(self._part.root.iterfind(f"{n.CELL_XFS}/{n.XF}"))
        self._added_fills: list[str] = []
        self._added: dict[str, int] = {}
        """Styles that are added, as they are written, and their numbers."""

    @property
    def known(self) -> bool:
        """Whether there are lists of styles and fills to add to."""
        return bool(self._styles) and self._part.root.find(n.FILLS) is not None

    @property
    def coloured(self) -> bool:
        """Whether cells may have a colour that was given here before."""
        return bool(self._own)

    def filled(self, style: int, severity: Severity) -> int:
        """The number of the style that is a cell's own with the colour."""
        kept = self._number_kept(self._own_fill(style))
        colour = int(COLOURS[severity], 16) - kept
        return self._with_fill(style, shipped_part("book/colour.xml", colour=f"{colour:08X}"))

    def plain(self, style: int) -> int:
        """The style that a cell had before it was coloured here; its own where it was not."""
        return self._with_fill(style, self._own_fill(style)) if self._fill_id(style) in self._own else style

    def with_format(self, style: int, code: int) -> int:
        """A style with one of the number formats that every program knows, and else as this one."""
        return self._changed(style, _FORMAT, f' numFmtId="{code}" applyNumberFormat="1"')

    def wrapped(self) -> int:
        """The number of a plain style whose text is broken into lines."""
        style = shipped_part("book/wrapped.xml")
        held = self._numbers.get((_beside_fill(parse_part(style.encode(), "xf")), ""))
        x = self._part.named_like(self._part.root, "")
        return self._add(prefixed(style, x)) if held is None else held

    def _style(self, style: int) -> Element:
        """One that is not there is the plain style."""
        return self._styles[style if style < len(self._styles) else 0]

    def _fill_id(self, style: int) -> int:
        return number(self._style(style).get("fillId"), 0)

    def _own_fill(self, style: int) -> str:
        """A style's fill without our colour; empty where it has none."""
        kept = self._own.get(self._fill_id(style))
        return self._fill(style) if kept is None else ["", *self.kept][kept]

    def _fill(self, style: int) -> str:
        key = self._fill_id(style)
        return self._fills[key] if key < len(self._fills) else ""

    def _kept_under(self, fill: Element) -> int | None:
        """The number of the fill that a colour of ours stands for; None where the colour is not ours."""
        colour = next((e.get("rgb") or "" for e in fill.iter(n.FG_COLOR)), "")
        if not _RGB.fullmatch(colour):
            return None
        below = (int(own, 16) - int(colour, 16) for own in COLOURS.values())
        return next((kept for kept in below if 0 <= kept <= len(self.kept)), None)

    def _number_kept(self, fill: str) -> int:
        """The number under which a fill is kept from now on; 0 of none, and of one that cannot be kept."""
        if fill and fill not in self.kept and len(fill) <= _LONGEST and len(self.kept) < _MOST_FILLS:
            self.kept.append(fill)
        return self.kept.index(fill) + 1 if fill in self.kept else 0

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        """The first style of each look."""
        looks = [(_beside_fill(e), self._fill(key)) for key, e in enumerate(self._styles)]
        return {look: key for key, look in reversed(list(enumerate(looks)))}

    def _with_fill(self, style: int, fill: str) -> int:
        """The style with a fill: one that is there already, else a new one."""
        held = self._numbers.get((_beside_fill(self._style(style)), fill))
        if held is not None:
            return held
        return self._changed(style, _FILL, f' fillId="{self._number_of(fill)}" applyFill="1"')

    def _number_of(self, fill: str) -> int:
        """The number of a fill, which is added where it is not there."""
        if fill not in self._fills and fill not in self._added_fills:
            self._added_fills.append(fill)
        return [*self._fills, *self._added_fills].index(fill)

    def _changed(self, style: int, gone: re.Pattern[bytes], new: str) -> int:
        """A style with other attributes in place of some; it is added once."""
        element, part = self._style(style), self._part
        span, name = part.span(element), part.name(element)
        tag = gone.sub(b"", part.data[span.start : span.inner]).decode()
        text = tag.replace(f"<{name}", f"<{name}{new}", 1) + part.data[span.inner : span.end].decode()
        return self._add(text)

    def _add(self, text: str) -> int:
        return self._added.setdefault(text, len(self._styles) + len(self._added))

    def write(self) -> None:
        """Puts the styles in the copy; a part of styles that is not there is made."""
        x = self._part.named_like(self._part.root, "")
        fills = [f"<{x}fill>{prefixed(fill, x)}</{x}fill>" for fill in self._added_fills]
        for key, added, held in (
            (n.FILLS, fills, len(self._fills)),
            (n.CELL_XFS, list(self._added), len(self._styles)),
        ):
            element = self._part.root.find(key)
            if element is None or not added:
                continue
            span = self._part.span(element)
            tag = self._part.data[span.start : span.inner]
            counted = _COUNT.sub(rb'\g<1>"%d"' % (held + len(added)), tag, count=1)
            self._part.replace(span.start, span.inner, counted.decode())
            self._part.put_last(element, "".join(added))
        if not self._there and self._part.changed:
            free = self._copy.free_name("xl/styles{}.xml")
            name = free if self._copy.has(_USUAL_NAME) else _USUAL_NAME
            self._copy.add(name, self._part.result(), _TYPE, "styles")


def _plain_styles(*, strict: bool) -> SplicedPart:
    """Of a workbook that has no styles."""
    data = shipped_part("book/styles.xml", uri=n.STRICT_MAIN if strict else n.MAIN).encode()
    return SplicedPart(data, "styles", parse_part(data, "styles"))


def _is_markup(text: str) -> bool:
    try:
        parse_part(f"<fill>{text}</fill>".encode(), FILL_MARK)
    except UnreadableError:
        return False
    return True


def _fill_of(fill: Element) -> str:
    """A fill as XML without prefixes; empty for none."""
    pattern_fill = fill.find(n.PATTERN_FILL)
    if pattern_fill is not None and pattern_fill.get("patternType", "none") == "none":
        return ""
    return "".join(map(unprefixed, fill))


def _beside_fill(style: Element) -> str:
    """What a style is beside its fill."""
    rest = sorted((k, v) for k, v in style.attrib.items() if k not in {"fillId", "applyFill"})
    return f"{rest}{''.join(map(unprefixed, style))}"
