"""What floats over a sheet's cells: checkboxes drawn as form controls or ActiveX, pictures and shapes, each with its cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from clusterform.grouped import grouped
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.paragraph_builder import ParagraphBuilder
from clusterform.parsers.raw import Mark
from clusterform.parsers.symbols import Sign, symbols
from clusterform.parsers.xlsx.cells import Cells, place_of
from clusterform.parsers.xlsx.text import EMPTY, RichText, decoded
from clusterform.parsers.xlsx.vml import parse_vml
from clusterform.patterns import pattern

_PIXEL = 9525
"""EMU."""
_ROW_PIXELS = 20
"""How high a row is where nothing else is said: enough to tell over which of two rows most of a control lies."""
_DEFAULT_CAPTION = pattern(r"(?:{prompts.captions}|Check\s*Box|Option\s*Button)\s*\d*", re.IGNORECASE)
_BOXES = {"checkbox", "radio"}
_CHECKED = {"checked": True, "1": True, "mixed": None, "2": None}
_SEGMENT = pattern(r"\S++(?:[^\S\n]\S++)*+")
"""What stands between line ends and wide gaps: an option each, where people leave room for boxes."""


@dataclass(frozen=True, slots=True)
class Floating:
    """One box, or one picture."""

    row: int
    column: int
    order: tuple[int, int]
    """How far down and right of the cell's corner it begins."""
    ticked: bool | None = None
    origin: str = "drawing"
    caption: str = ""
    link: str = ""
    """The cell that holds its state as well."""


def floating(package: Package, sheet: str, root: Element) -> list[Floating]:
    """All that floats over the sheet, from the top left."""
    kinds = {
        r.id: (r.kind, r.target)
        for r in package.relationships(sheet)
        if not r.external and package.has(r.target)
    }
    controls = dict(_controls(root, kinds))
    found = list(_pictures(package, [t for kind, t in kinds.values() if kind == "drawing"]))
    for kind, part in kinds.values():
        if kind == "vmlDrawing":
            found += _vml_boxes(package, part, controls)
    found += _without_caption(package, controls)
    return sorted(found, key=lambda f: (f.row, f.column, f.order))


_Control = tuple[str, str, Element]
"""The kind of its part, the part, and where the sheet has it."""


def _controls(root: Element, kinds: dict[str, tuple[str, str]]) -> Iterator[tuple[str, _Control]]:
    """Each control by the number of its shape."""
    for element in root.iter("{*}control"):
        link = next((v for k, v in element.attrib.items() if str(k).endswith("}id")), "")
        kind, part = kinds.get(str(link), ("", ""))
        if kind in ("ctrlProp", "control"):
            yield element.get("shapeId") or "", (kind, part, element)


def _vml_boxes(package: Package, part: str, controls: dict[str, _Control]) -> Iterator[Floating]:
    """The checkboxes of a VML drawing, which has their caption and place; the state is the control's own part's."""
    for shape in parse_vml(package.read(part), part).iter("{*}shape"):
        data = shape.find("{*}ClientData")
        if data is None or (data.get("ObjectType") or "").lower() not in _BOXES:
            continue
        anchor = _numbers(data.findtext("{*}Anchor") or "")
        if len(anchor) != 8:
            continue
        own = controls.pop((shape.get("id") or "").rpartition("s")[2], None)
        checked = (data.findtext("{*}Checked") or "").strip()
        state = _CHECKED.get(checked, False) if own is None else _state(package, own[1])
        box = shape.find("{*}textbox")
        caption = decoded("".join(map(str, box.itertext())) if box is not None else "").strip()
        caption = "" if _DEFAULT_CAPTION.fullmatch(caption) else caption
        link = data.findtext("{*}FmlaLink") or ""
        yield replace(_placed(anchor, state, "form control"), caption=caption, link=link)


def _without_caption(package: Package, controls: dict[str, _Control]) -> Iterator[Floating]:
    """Controls that no VML drawing tells of: ActiveX, whose state lies in a binary part, and newer files' own."""
    for kind, part, element in controls.values():
        anchor = element.find(".//{*}anchor")
        if anchor is None:
            continue
        place = [*_corner(anchor.find("{*}from")), *_corner(anchor.find("{*}to"))]
        if kind == "control":
            yield _placed(place, None, "ActiveX")
        elif package.xml(part).get("objectType", "").lower() in _BOXES:
            yield _placed(place, _state(package, part), "form control")


def _state(package: Package, part: str) -> bool | None:
    return _CHECKED.get(package.xml(part).get("checked", "").lower(), False)


def _placed(anchor: list[int], state: bool | None, origin: str) -> Floating:
    """At the cell over which most of it lies; `anchor` is column, offset, row, offset of either corner, in pixels."""
    column, right, row, down, _, _, last_row, to_down = anchor
    if last_row == row + 1 and to_down > _ROW_PIXELS - down:
        row, down = last_row, 0
    return Floating(row, column, (down, right), state, origin)


def _pictures(package: Package, drawings: list[str]) -> Iterator[Floating]:
    for part in drawings:
        for anchor in package.xml(part).iterchildren("{*}twoCellAnchor", "{*}oneCellAnchor"):
            shape = next(iter(anchor.iterchildren("{*}pic", "{*}sp", "{*}grpSp")), None)
            if shape is not None:
                column, right, row, down = _corner(anchor.find("{*}from"))
                yield Floating(row, column, (down, right))


def _corner(element: Element | None) -> list[int]:
    """Column, offset, row and offset, the offsets from EMU to pixels."""
    if element is None:
        return [0, 0, 0, 0]
    texts = (element.findtext(f"{{*}}{name}") or "" for name in ("col", "colOff", "row", "rowOff"))
    column, right, row, down = ((_numbers(text) or [0])[0] for text in texts)
    return [column, right // _PIXEL, row, down // _PIXEL]


def _numbers(text: str) -> list[int]:
    return [int(n) for n in re.findall(r"-?\d{1,10}", text)]


def lay_over(cells: Cells, found: list[Floating]) -> None:
    """Puts each into its cell; a cell that only repeats a box's state holds nothing from then on."""
    for item in found:
        link = place_of(item.link.rpartition("!")[2]) if item.link else None
        linked = cells.contents.get(link) if link is not None else None
        if link is not None and linked and any(m.origin == "TRUE/FALSE" for m in linked.marks):
            del cells.contents[link]
    for place, items in grouped((_begin(cells, f.row, f.column), f) for f in found).items():
        held = cells.contents.get(place, EMPTY)
        boxes = [i for i in items if i.origin != "drawing"]
        text = _with_boxes(held, boxes) if boxes else held
        images = len(items) - len(boxes)
        marks = (*text.marks, *(Mark(len(text.text), None, "drawing", "", 0) for _ in range(images)))
        cells.contents[place] = RichText(text.text, marks, images=held.images + images)


def _begin(cells: Cells, row: int, column: int) -> tuple[int, int]:
    """The cell there, or the one that is merged over it."""
    spans = (s for s in cells.merges if s.top <= row <= s.bottom and s.left <= column <= s.right)
    return next(((s.top, s.left) for s in spans), (row, column))


def _with_boxes(text: RichText, boxes: list[Floating]) -> RichText:
    """The text with a box before each of its options, in the order in which they lie."""
    line = ParagraphBuilder()
    if any(box.caption for box in boxes) or not text.text.strip():
        if text.text.strip():
            line.marks += text.marks
            line.add(text.text)
        for box in boxes:
            line.add("\n" if line.length else "")
            line.add_box(box.ticked, box.origin, "")
            line.add(box.caption)
        return RichText(line.text, tuple(line.marks))
    printed = [m.start() for m in re.finditer(".", text.text) if symbols().glyphs.get(m[0]) is Sign.EMPTY]
    starts = printed if len(printed) == len(boxes) else [m.start() for m in _SEGMENT.finditer(text.text)]
    if len(boxes) == 1:
        starts = starts[:1]
    if len(starts) != len(boxes):  # which box belongs to which words cannot be told
        starts = [0] * len(boxes)
        boxes = [Floating(b.row, b.column, b.order, None, b.origin) for b in boxes]
    at = 0
    for start, box in zip(starts, boxes, strict=True):
        line.add(text.text[at:start])
        line.add_box(box.ticked, box.origin, "")
        at = start + (start in printed)
    line.add(text.text[at:])
    return RichText(line.text, tuple(line.marks))
