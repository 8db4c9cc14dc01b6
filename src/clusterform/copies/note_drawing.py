"""The boxes of a sheet's notes in its VML drawing, which Excel itself writes as no XML: only the text between boxes is touched."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from clusterform.copies.sheet_sizes import BoxAnchor
from clusterform.patterns import pattern
from clusterform.writing.fill_book.sheet_cells import CellPosition

NEW_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_NOTE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPE = pattern(r"<(?:\w+:)?shape[\s>]")
_SHAPE_END = pattern(r"</(?:\w+:)?shape\s*>")
_IDS = pattern(r"_x0000_s(\d{1,9})")
_BLOCK = pattern(r"""\sdata=["'](\d{1,6})""")
_ROW = pattern(r"<(?:\w+:)?Row>\s*(\d{1,7})\s*</")
_COLUMN = pattern(r"<(?:\w+:)?Column>\s*(\d{1,7})\s*</")
_ANCHOR = pattern(r"(<(?:\w+:)?Anchor>)([\d\s,]*)(?=</)")
_FIGURE = pattern(r"\d{1,9}")
_DATA = pattern(r"<(\w+:)?ClientData\b[^<>]*(?<!/)>")
_ROOT_END = pattern(r"</(?:\w+:)?xml\s*>\s*\Z")
_BLOCK_SIZE = 1024
"""Numbers of shapes go by blocks of so many, which a drawing says it has ([MS-ODRAWXML] 2.3.1, idmap)."""


def with_boxes(
    data: bytes,
    gone: Collection[CellPosition],
    new: Mapping[CellPosition, BoxAnchor],
    grown: Mapping[CellPosition, BoxAnchor],
) -> bytes:
    """The drawing without some notes' boxes, with others, and with some at least as large as said; what else is drawn stays."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    coding = "utf-16" if wide else "utf-8"
    drawing = data.decode(coding, "surrogateescape")
    kept = "".join(
        _grown(text, grown[place]) if place is not None and place in grown else text
        for text, place in _pieces(drawing)
        if place not in gone
    )
    return _added(kept, new).encode(coding, "surrogateescape")


def _pieces(drawing: str) -> Iterator[tuple[str, CellPosition | None]]:
    """The drawing cut into the boxes of notes, each with its cell, and what stands between them."""
    at = 0
    for found in _SHAPE.finditer(drawing):
        end = _SHAPE_END.search(drawing, found.start())
        if found.start() < at or end is None:
            continue
        shape = drawing[found.start() : end.end()]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if row and column and "Note" in shape:
            yield drawing[at : found.start()], None
            yield shape, (int(row[1]), int(column[1]))
            at = end.end()
    yield drawing[at:], None


def _grown(shape: str, least: BoxAnchor) -> str:
    """A person's box, large enough for what was added to its note."""
    found = _ANCHOR.search(shape)
    if found is None:
        data = _DATA.search(shape)
        if data is None:
            return shape
        tag = f"{data[1] or ''}Anchor"
        return f"{shape[: data.end()]}<{tag}>{_listed(least)}</{tag}>{shape[data.end() :]}"
    held = tuple(map(int, _FIGURE.findall(found[2])))
    if len(held) != len(least):
        return shape
    right, bottom = max(held[4:6], least[4:6]), max(held[6:], least[6:])
    return f"{shape[: found.end(1)]}{_listed((*held[:4], *right, *bottom))}{shape[found.end() :]}"


def _added(drawing: str, boxes: Mapping[CellPosition, BoxAnchor]) -> str:
    """The drawing with a box for each new note."""
    if not boxes:
        return drawing
    block = _BLOCK.search(drawing)
    numbers = [int(block[1]) * _BLOCK_SIZE if block else _BLOCK_SIZE, *map(int, _IDS.findall(drawing))]
    shapes = [] if re.search(r"""id=["']?_x0000_t202""", drawing) else [_NOTE_TYPE]
    for key, ((row, column), anchor) in enumerate(sorted(boxes.items()), start=max(numbers) + 1):
        shapes.append(_BOX.format(id=key, anchor=_listed(anchor), row=row, column=column))
    end = _ROOT_END.search(drawing)
    at = end.start() if end is not None else len(drawing)
    return f"{drawing[:at]}{''.join(shapes)}{drawing[at:]}"


def _listed(anchor: BoxAnchor) -> str:
    return ", ".join(map(str, anchor))
