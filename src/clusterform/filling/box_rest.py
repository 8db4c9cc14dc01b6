"""What a group holds beside its options: boxes of other texts, and what was written there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from clusterform.filling.box_sides import Sides
from clusterform.filling.box_words import note_spans
from clusterform.parsers.checkbox import Kind, Token
from clusterform.patterns import pattern
from clusterform.text import fold

AROUND = " \t\u3000\xa0\n_＿—-、，,;；。.：:()（）[]【】…·/"
_LEAD_IN = pattern(r"\s*+[^\n]*[：:]\s*\Z|\s*+[^\n]*[：:]\s*\n", re.DOTALL)
_NOTHING_SAID = pattern(r"(?:具体|相关)?(?:情况)?(?:说明|备注)(?:如下)?|\d{1,2}|[①-⑳]")
"""A remark that is only its own heading, or an option's number."""


def extra_boxes(text: str, found: Sequence[Token], sides: Sides) -> list[tuple[Token, int, int]]:
    """The boxes that belong to no official option, each with the span of its text."""
    stops = sorted(
        [0, len(text)]
        + [t.start for t in found if t.kind is not Kind.TEXT]
        + [t.end for t in found if t.kind is not Kind.TEXT]
        + [o.place.start for o in sides.options]
        + [o.place.end for o in sides.options]
        + [at for at, char in enumerate(text) if char == "\n"]
    )
    spans: list[tuple[Token, int, int]] = []
    for box in sides.boxes:
        if box.origin == "brackets" and box.ticked is False:
            continue
        if sides.before is False:
            start, end = stops[max(bisect_left(stops, box.start) - 1, 0)], box.start
        else:
            start, end = box.end, stops[min(bisect_right(stops, box.end), len(stops) - 1)]
        if fold(text[start:end]):
            spans.append((box, start, end))
    return spans


def remark_of(text: str, found: Sequence[Token], sides: Sides, extra: Sequence[tuple[int, int]]) -> str:
    """What was written beside the options: the text without options, boxes, printed notes and the line leading in."""
    first = min(
        [t.start for t in found if t.kind is not Kind.TEXT] + [o.place.start for o in sides.options],
        default=0,
    )
    lead = _LEAD_IN.match(text[:first])
    gone = [
        *((t.start, t.end) for t in found if t.kind is not Kind.TEXT),
        *((o.place.start, o.place.end) for o in sides.options),
        *_numbers(sides),
        *note_spans(text),
        *extra,
        *([(0, lead.end())] if lead else []),
    ]
    kept = list(text)
    for start, end in gone:
        kept[start:end] = ["\0"] * (end - start)
    pieces = [piece.strip(AROUND) for piece in re.split("[\0\n]+", "".join(kept))]
    return " ".join(p for p in pieces if fold(p) and not _NOTHING_SAID.fullmatch(p))


def _numbers(sides: Sides) -> list[tuple[int, int]]:
    """What stands between a box and its option, such as a number."""
    pairs = [(o.box, o.place) for o in sides.options if o.box is not None]
    return [(b.end, p.start) if b.end <= p.start else (p.end, b.start) for b, p in pairs]
