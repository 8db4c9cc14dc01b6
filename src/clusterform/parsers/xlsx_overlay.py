"""Boxes and pictures that float over cells, put into the text of the cell beneath, as Word has them in its lines."""

from __future__ import annotations

import re

from clusterform.parsers.docx_line import Line
from clusterform.parsers.raw import Mark
from clusterform.parsers.symbols import Sign, symbols
from clusterform.parsers.xlsx_cells import Cells, Held, place_of
from clusterform.parsers.xlsx_controls import Floating
from clusterform.parsers.xlsx_text import EMPTY, Text
from clusterform.patterns import pattern

_SEGMENT = pattern(r"\S++(?:[^\S\n]\S++)*+")
"""What stands between line ends and wide gaps: an option each, where people leave room for boxes."""


def lay_over(cells: Cells, found: list[Floating]) -> None:
    """Puts each into its cell; a cell that only repeats a box's state holds nothing from then on."""
    for item in found:
        link = place_of(item.link.rpartition("!")[2]) if item.link else None
        if link is not None and _is_state(cells.held.get(link)):
            del cells.held[link]
    by_cell: dict[tuple[int, int], list[Floating]] = {}
    for item in found:
        by_cell.setdefault(_begin(cells, item.row, item.column), []).append(item)
    for place, items in by_cell.items():
        held = cells.held.get(place, Held(EMPTY))
        boxes = [i for i in items if i.origin != "drawing"]
        text = _with_boxes(held.text, boxes) if boxes else held.text
        images = len(items) - len(boxes)
        marks = (*text.marks, *(Mark(len(text.text), None, "drawing", "", 0) for _ in range(images)))
        cells.held[place] = Held(Text(text.text, marks), held.images + images)


def _is_state(held: Held | None) -> bool:
    return held is not None and any(mark.origin == "TRUE/FALSE" for mark in held.text.marks)


def _begin(cells: Cells, row: int, column: int) -> tuple[int, int]:
    """The cell there, or the one that is merged over it."""
    spans = (s for s in cells.merges if s.top <= row <= s.bottom and s.left <= column <= s.right)
    return next(((s.top, s.left) for s in spans), (row, column))


def _with_boxes(text: Text, boxes: list[Floating]) -> Text:
    """The text with a box before each of its options, in the order in which they lie."""
    if any(box.caption for box in boxes) or not text.text.strip():
        own = [text] if text.text.strip() else []
        return _lines([*own, *(_boxed(box, box.caption) for box in boxes)])
    printed = [m.start() for m in re.finditer(".", text.text) if symbols().glyphs.get(m[0]) is Sign.EMPTY]
    starts = printed if len(printed) == len(boxes) else [m.start() for m in _SEGMENT.finditer(text.text)]
    if len(boxes) == 1:
        starts = starts[:1]
    if len(starts) != len(boxes):  # which box belongs to which words cannot be told
        starts = [0] * len(boxes)
        boxes = [Floating(b.row, b.column, b.order, None, b.origin) for b in boxes]
    line = Line()
    at = 0
    for start, box in zip(starts, boxes, strict=True):
        line.add(text.text[at:start])
        line.add_box(box.ticked, box.origin, "")
        at = start + (start in printed)
    line.add(text.text[at:])
    return Text(line.text, tuple(line.marks))


def _boxed(box: Floating, words: str) -> Text:
    line = Line()
    line.add_box(box.ticked, box.origin, "")
    line.add(words)
    return Text(line.text, tuple(line.marks))


def _lines(texts: list[Text]) -> Text:
    line = Line()
    for number, text in enumerate(texts):
        shift = line.length + (number > 0)
        line.add(("\n" if number else "") + text.text)
        line.marks += [Mark(m.offset + shift, m.ticked, m.origin, m.shown, m.length) for m in text.marks]
    return Text(line.text, tuple(line.marks))
