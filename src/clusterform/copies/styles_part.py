"""The styles of a workbook's copy: a cell's own once more with another fill, for findings, or with two decimals."""

from __future__ import annotations

import re

from clusterform.copies.package_copy import PackageCopy
from clusterform.finding import Severity
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.patterns import pattern

COLOURS = {
    Severity.ERROR: "FFFFC7CD",
    Severity.WARNING: "FFFFEB9D",
    Severity.MANUAL: "FFDDEBF6",
    Severity.INFO: "FFE2EFDB",
}
"""The usual light red, yellow, blue and green, each one step off, so that they are known again as ours."""
_OWN = {colour: severity for severity, colour in COLOURS.items()}
_COUNT = pattern(rb"""(\scount\s*=\s*)(?:"[^"]*"|'[^']*')""")
_ATTRIBUTE = rb"""\s(?:%s)\s*=\s*(?:"[^"]*"|'[^']*')"""
_FILL = pattern(_ATTRIBUTE % b"fillId|applyFill")
_FORMAT = pattern(_ATTRIBUTE % b"numFmtId|applyNumberFormat")
_TWO_DECIMALS = 2
"""The number of the format 0.00 (ISO/IEC 29500-1, 18.8.30)."""


class StylesPart:
    """The styles of a workbook's copy; those that are needed are added at the end."""

    def __init__(self, copy: PackageCopy) -> None:
        self._copy = copy
        name = copy.package.related("styles")
        self._name = copy.package.stored_name(name) if name is not None else None
        self._part = copy.part(self._name) if self._name is not None else None
        root = self._part.root if self._part is not None else None
        self._fills = list(root.iterfind(f"{n.FILLS}/{n.FILL}")) if root is not None else []
        self._styles = list(root.iterfind(f"{n.CELL_XFS}/{n.XF}")) if root is not None else []
        self._added_fills: list[str] = []
        self._added: list[str] = []
        self._numbers: dict[str, int] = {}
        """Styles that are added, as they are written, and their numbers."""

    @property
    def known(self) -> bool:
        """Whether the workbook has styles at all."""
        return bool(self._styles) and bool(self._fills)

    def filled(self, style: int, severity: Severity) -> int:
        """The number of the style that is a cell's own with the colour."""
        return self._variant(self.plain(style), severity)

    def plain(self, style: int) -> int:
        """The style that a cell had before it was coloured here; its own where it was not."""
        if not self._is_own(style):
            return style
        alike = self._alike(self._styles[style])
        others = (k for k, e in enumerate(self._styles) if self._alike(e) == alike and not self._is_own(k))
        found = next(others, None)
        return self._variant(style, None) if found is None else found

    def _is_own(self, style: int) -> bool:
        if not style < len(self._styles):
            return False
        fill = number(self._styles[style].get("fillId"), 0)
        return fill < len(self._fills) and self._colour(self._fills[fill]) in _OWN

    def _colour(self, fill: Element) -> str:
        found = next(fill.iter(n.FG_COLOR), None)
        return (found.get("rgb") or "").upper() if found is not None else ""

    def _alike(self, style: Element) -> tuple[object, ...]:
        """What a style is beside its fill."""
        rest = {k: v for k, v in style.attrib.items() if k not in {"fillId", "applyFill"}}
        children = [(child.tag, sorted(child.attrib.items())) for child in style]
        return sorted(rest.items()), children

    def _variant(self, style: int, severity: Severity | None) -> int:
        """A style with the fill of a severity, or with none."""
        if not style < len(self._styles):
            return style
        held = self._held_variant(style, severity)
        if held is not None:
            return held
        return self._changed(style, _FILL, f' fillId="{self._fill(severity)}" applyFill="1"')

    def with_two_decimals(self, style: int) -> int:
        """A style that shows a figure as 0.00, and is else as this one."""
        return self._changed(style, _FORMAT, f' numFmtId="{_TWO_DECIMALS}" applyNumberFormat="1"')

    def _changed(self, style: int, gone: re.Pattern[bytes], new: str) -> int:
        """A style with other attributes in place of some; it is added once."""
        if self._part is None:
            return style
        element, part = self._styles[style], self._part
        span, name = part.span(element), part.name(element)
        tag = gone.sub(b"", part.data[span.start : span.inner]).decode()
        text = tag.replace(f"<{name}", f"<{name}{new}", 1) + part.data[span.inner : span.end].decode()
        if text not in self._numbers:
            self._added.append(text)
            self._numbers[text] = len(self._styles) + len(self._added) - 1
        return self._numbers[text]

    def _held_variant(self, style: int, severity: Severity | None) -> int | None:
        """The same as it stands in the file already."""
        alike, colour = self._alike(self._styles[style]), COLOURS.get(severity) if severity else None
        for key, element in enumerate(self._styles):
            fill = number(element.get("fillId"), 0)
            own = self._colour(self._fills[fill]) if fill < len(self._fills) else ""
            fits = own == colour if colour else fill == 0
            if fits and self._alike(element) == alike:
                return key
        return None

    def _fill(self, severity: Severity | None) -> int:
        """The number of the fill, which is added where it is not there; 0 is no fill."""
        if severity is None or self._part is None:
            return 0
        colour = COLOURS[severity]
        held = next((k for k, fill in enumerate(self._fills) if self._colour(fill) == colour), None)
        if held is not None:
            return held
        name = self._part.named_like(self._fills[0], "")
        text = (
            f'<{name}fill><{name}patternFill patternType="solid"><{name}fgColor rgb="{colour}"/>'
            f'<{name}bgColor indexed="64"/></{name}patternFill></{name}fill>'
        )
        if text not in self._added_fills:
            self._added_fills.append(text)
        return len(self._fills) + self._added_fills.index(text)

    def write(self) -> None:
        """Puts the styles in the copy."""
        if self._part is None or self._name is None:
            return
        for key, added, held in (
            (n.FILLS, self._added_fills, len(self._fills)),
            (n.CELL_XFS, self._added, len(self._styles)),
        ):
            element = self._part.root.find(key)
            if element is None or not added:
                continue
            span = self._part.span(element)
            tag = self._part.data[span.start : span.inner]
            counted = _COUNT.sub(rb'\g<1>"%d"' % (held + len(added)), tag, count=1)
            self._part.replace(span.start, span.inner, counted.decode())
            self._part.put_last(element, "".join(added))
        self._copy.change(self._name, self._part)
