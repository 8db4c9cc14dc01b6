"""Which box, and which bare tick, belongs to which option of a group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from itertools import accumulate, pairwise

from clusterform.filling.boxes.words import ROUND, OptionSpan, note_spans
from clusterform.parsers.checkbox import Token, TokenKind
from clusterform.patterns import pattern

_TOUCHING, _SPACED, _BROKEN = 4, 2, 1
"""How near two things on one line, or across a line end, stand: the nearer weighs more."""
_WIDEST = 200
"""Characters, spaces mostly, that may lie between a box and its option."""
_LINK = pattern(
    rf"[\s.．、,，:：;；·_＿—-]*+(?:[{ROUND}]|[(（]?(?:\d{{1,2}}|[{{numerals}}]|[a-zA-Z])[)）.．、])?"
    r"[\s.．、,，:：;；·_＿—-]*+"
)
"""What may stand between a box and its option: spaces, punctuation, a number such as 1. or ①."""


@dataclass(slots=True)
class Owned:
    """What belongs to one option."""

    place: OptionSpan
    box: Token | None = None
    ticks: list[Token] = data_field(default_factory=list)
    doubt: str = ""
    """Why it cannot be decided."""


@dataclass(slots=True)
class Sides:
    """A group laid out: its options, each with what belongs to it, and what belongs to none."""

    options: list[Owned]
    boxes: list[Token]
    """Boxes without an official option."""
    stray: list[Token]
    """Ticks near no option."""
    before: bool | None
    """Whether boxes stand before their options; None where that cannot be told."""


def lay_out(text: str, tokens: Sequence[Token], places: Sequence[OptionSpan]) -> Sides:
    """Gives each box and tick to an option. The side is the group's, never one option's."""
    glyphs = [t for t in tokens if t.kind is TokenKind.BOX and t.origin != "brackets"]
    brackets = [t for t in tokens if t.kind is TokenKind.BOX and t.origin == "brackets"]
    boxes = glyphs or brackets
    ticks = [t for t in tokens if t.kind is TokenKind.TICK]
    between = ticks
    if glyphs:  # □是(√): brackets beside boxes only hold a tick
        between = [*ticks, *brackets]
        ticks += [t for t in brackets if t.ticked is not False]
    gaps = _Gaps(text, between)
    before = _stands_before(gaps, boxes, ticks, places)
    options = [Owned(place) for place in places]
    if not ticks and _in_lines_apart(text, gaps, boxes, places):
        options = [Owned(place, box) for place, box in zip(places, boxes, strict=True)]
    free = [b for b in boxes if not _claim(gaps, b, options, before=before is not False)]
    loose = sorted([box.start for box in free])
    side = before if not boxes or _in_turn((*boxes, *ticks), places, before=before) else None
    stray = [t for t in sorted(ticks, key=lambda t: t.start) if not _give(gaps, t, options, loose, side)]
    return Sides(options, free, stray, before)


class _Gaps:
    """How near two spans of the text are."""

    def __init__(self, text: str, ignored: Sequence[Token]) -> None:
        letters = list(text)
        for start, end in (*((t.start, t.end) for t in ignored), *note_spans(text)):
            letters[start:end] = [c if c == "\n" else "" for c in letters[start:end]]
        self._kept = "".join(letters)
        self._at = [0, *accumulate(map(len, letters))]

    def between(self, end: int, start: int) -> int:
        """The weight of the gap; 0 where something else stands in it, or too much of anything."""
        low, high = self._at[end], self._at[start]
        gap = self._kept[low:high] if end <= start and high - low <= _WIDEST else "?"
        if not _LINK.fullmatch(gap):
            return 0
        return _TOUCHING if not gap else _BROKEN if "\n" in gap else _SPACED

    def on_line(self, end: int, start: int) -> int:
        """The same, and 0 across a line end."""
        weight = self.between(end, start)
        return 0 if weight == _BROKEN else weight


def _stands_before(
    gaps: _Gaps, boxes: Sequence[Token], ticks: Sequence[Token], places: Sequence[OptionSpan]
) -> bool | None:
    """Whether boxes stand before their options: by the boxes, else by the ticks too; None where neither tells."""
    for signs in (boxes, (*boxes, *ticks)):
        near = [max([gaps.between(s.end, p.start) for s in signs], default=0) for p in places]
        after = [max([gaps.on_line(p.end, s.start) for s in signs], default=0) for p in places]
        ahead, behind = (sum(map(bool, near)), sum(near)), (sum(map(bool, after)), sum(after))
        if ahead != behind:
            return ahead > behind
    return None


def _in_turn(signs: Sequence[Token], places: Sequence[OptionSpan], *, before: bool | None) -> bool:
    """Whether signs and options take turns, one sign an option, as where √ was typed over □: √甲 √乙 □丙."""
    spans = sorted([(t.start, t.end) for t in signs])
    options = [(p.start, p.end) for p in places]
    if before is None or len(spans) != len(options):
        return False
    first, second = (spans, options) if before else (options, spans)
    turns = [span for pair in zip(first, second, strict=True) for span in pair]
    return all(one[1] <= other[0] for one, other in pairwise(turns))


def _in_lines_apart(text: str, gaps: _Gaps, boxes: Sequence[Token], places: Sequence[OptionSpan]) -> bool:
    """Whether all boxes stand in one line, and below it their options, a line each: so words in text boxes are read."""
    if len(places) < 2 or len(boxes) != len(places):
        return False
    together = all(gaps.on_line(one.end, other.start) for one, other in pairwise(boxes))
    lines = pairwise([boxes[-1].end, *(at for p in places for at in (p.start, p.end))])
    return together and all("\n" in text[end:start] for end, start in list(lines)[::2])


def _claim(gaps: _Gaps, box: Token, options: Sequence[Owned], *, before: bool) -> bool:
    """Makes the box the own box of the option on its side; False where there is none."""
    if [option for option in options if option.box is box]:
        return True
    for option in options:
        place = option.place
        near = gaps.between(box.end, place.start) if before else gaps.on_line(place.end, box.start)
        if near and option.box is None:
            option.box = box
            return True
    return False


def _give(
    gaps: _Gaps, tick: Token, options: Sequence[Owned], loose: Sequence[int], side: bool | None
) -> bool:
    """Gives a tick to the nearest option, by its words or its box; False where none is near.

    `loose`: where boxes begin that belong to none.

    Two equally near are both in doubt, unless only one of them lacks a box, or the other signs tell the `side` (True:
    ticks stand before their options): the group has no box, or signs and options take turns.
    """
    left = max((_near_left(gaps, tick, o) for o in options), key=lambda item: item[0], default=(0, None))
    right = max((_near_right(gaps, tick, o) for o in options), key=lambda item: item[0], default=(0, None))
    nearest = max(left[0], right[0])
    following = bisect_left(loose, tick.end)
    of_none = gaps.on_line(tick.end, loose[following]) if following < len(loose) else 0
    if not nearest or of_none >= nearest:
        return False  # nothing there, or the box of an option that the form does not have
    pair = [o for weight, o in (left, right) if o is not None and weight == nearest]
    lacking = [o for o in pair if o.box is None]
    if pair[0] is pair[-1]:
        pair[0].ticks.append(tick)
    elif len(lacking) == 1:
        lacking[0].ticks.append(tick)
    elif side is not None:
        pair[side].ticks.append(tick)
    else:
        for option in pair:
            option.doubt = "tick-between"
    return True


def _near_left(gaps: _Gaps, tick: Token, option: Owned) -> tuple[int, Owned | None]:
    """How near the option or its box stands on the tick's left."""
    box = gaps.on_line(option.box.end, tick.start) if option.box is not None else 0
    near = max(gaps.on_line(option.place.end, tick.start), box)
    return near, option if near else None


def _near_right(gaps: _Gaps, tick: Token, option: Owned) -> tuple[int, Owned | None]:
    """How near the option or its box stands on the tick's right; a line end may lie between."""
    box = gaps.between(tick.end, option.box.start) if option.box is not None else 0
    near = max(gaps.between(tick.end, option.place.start), box)
    return near, option if near else None
