"""A group of boxes laid out: where each official option stands, its box, and what the text holds beside them.

Made once from the text. What is ticked (`states`), where a tick goes (`spots`) and what was written beside (`remark`)
are views of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from itertools import accumulate, pairwise
from typing import NamedTuple

from clusterform.fields import Option
from clusterform.filling.boxes.words import ROUND, GroupText, OptionSpan, note_spans
from clusterform.parsers.checkbox import Token, TokenKind, tokens
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern
from clusterform.text import fold

AROUND = " \t\u3000\xa0\n_＿—-、，,;；。.：:()（）[]【】…·/"
_LEAD_IN = pattern(r"\s*+[^\n]*[：:]\s*\Z|\s*+[^\n]*[：:]\s*\n", re.DOTALL)
_NOTHING_SAID = pattern(r"{beside.explained}|\d{1,2}|[①-⑳]")
"""A remark that is only its own heading, or an option's number."""
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


class BoxSpot(NamedTuple):
    """An option of a group: its box, `start` to `end`, and where its words begin."""

    words: int
    start: int = -1
    end: int = -1
    """Both -1 where it has no box."""
    origin: str = ""
    """How the box is written: a token's origin."""


class Layout(NamedTuple):
    """A group's text with its signs, the places of its options, and what belongs to each."""

    text: str
    marks: Sequence[Mark]
    options: Sequence[Option]
    signs: Sequence[Token]
    """Its boxes and bare ticks."""
    found: Sequence[Owned]
    """The options that were found, in the text's order, each with what belongs to it."""
    boxes: Sequence[Token]
    """Boxes without an official option."""
    stray: Sequence[Token]
    """Ticks near no option."""
    before: bool | None
    """Whether boxes stand before their options; None where that cannot be told."""

    @classmethod
    def of(cls, text: str, marks: Sequence[Mark], options: Sequence[Option]) -> Layout:
        """The options word for word, then those reworded; then each box and tick to one of them."""
        found = tokens(text, marks, [words for o in options for words in (o.label, *o.spellings)])
        words = GroupText(text, found)
        places = words.find(options)
        places += words.find_alike([o for o in options if o.key not in {p.option.key for p in places}])
        places.sort(key=lambda place: place.start)
        signs = [token for token in found if token.kind is not TokenKind.TEXT]
        return cls(text, marks, options, signs, *_give_out(text, found, places))

    @property
    def places(self) -> list[OptionSpan]:
        """Where the words of the options that were found stand."""
        return [owned.place for owned in self.found]

    @property
    def missing(self) -> tuple[Option, ...]:
        """The options whose text was not found."""
        keys = {place.option.key for place in self.places}
        return tuple(option for option in self.options if option.key not in keys)

    def stressed(self) -> tuple[str, ...]:
        """The options whose words, or else whose boxes, stand out by their look from the others'."""
        stretches = [m for m in self.marks if m.origin == "stressed"]
        for spans in (
            {o.place.option.key: (o.place.start, o.place.end) for o in self.found},
            {o.place.option.key: (o.box.start, o.box.end) for o in self.found if o.box is not None},
        ):
            keys = tuple(key for key, span in spans.items() if any(m.covers(*span) for m in stretches))
            if keys:
                return keys if len(keys) < len(self.places) else ()
        return ()

    def spots(self) -> dict[str, BoxSpot]:
        """Where each option that was found stands with its box, by key."""
        return {
            owned.place.option.key: BoxSpot(owned.place.start, box.start, box.end, box.origin)
            if (box := owned.box) is not None
            else BoxSpot(owned.place.start)
            for owned in self.found
        }

    def extra(self) -> list[tuple[Token, int, int]]:
        """The boxes that belong to no official option, each with the span of its text."""
        stops = sorted(
            [0, len(self.text)]
            + [at for start, end in self._known() for at in (start, end)]
            + [at for at, char in enumerate(self.text) if char == "\n"]
        )
        spans: list[tuple[Token, int, int]] = []
        for box in self.boxes:
            if box.origin == "brackets" and box.ticked is False:
                continue
            if self.before is False:
                start, end = stops[max(bisect_left(stops, box.start) - 1, 0)], box.start
            else:
                start, end = box.end, stops[min(bisect_right(stops, box.end), len(stops) - 1)]
            if fold(self.text[start:end]):
                spans.append((box, start, end))
        return spans

    def remark(self) -> str:
        """What was written beside the options: the text without options, boxes, printed notes and the line leading in."""
        known = self._known()
        lead = _LEAD_IN.match(self.text[: min(known, default=(0, 0))[0]])
        gone = [*known, *self._numbers(), *note_spans(self.text)]
        gone += [(start, end) for _, start, end in self.extra()]
        gone += [(0, lead.end())] if lead else []
        kept = list(self.text)
        for start, end in gone:
            kept[start:end] = ["\0"] * (end - start)
        pieces = [piece.strip(AROUND) for piece in re.split("[\0\n]+", "".join(kept))]
        return " ".join(p for p in pieces if fold(p) and not _NOTHING_SAID.fullmatch(p))

    def _known(self) -> list[tuple[int, int]]:
        """Where the signs and the options' words stand."""
        signs = [(sign.start, sign.end) for sign in self.signs]
        return signs + [(place.start, place.end) for place in self.places]

    def _numbers(self) -> Iterator[tuple[int, int]]:
        """What stands between a box and its option, such as a number."""
        for owned in self.found:
            box, place = owned.box, owned.place
            if box is not None:
                yield (box.end, place.start) if box.end <= place.start else (place.end, box.start)


_Given = tuple[list[Owned], list[Token], list[Token], bool | None]
"""What belongs to each option, the boxes and the ticks that belong to none, and whether boxes stand before their options."""


def _give_out(text: str, tokens: Sequence[Token], places: Sequence[OptionSpan]) -> _Given:
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
    return options, free, stray, before


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
    left, right = (_nearest(gaps, tick, options, left=on_left) for on_left in (True, False))
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


def _nearest(gaps: _Gaps, tick: Token, options: Sequence[Owned], *, left: bool) -> tuple[int, Owned | None]:
    """How near which option stands, or its box, on the tick's left; or on its right, where a line end may lie between."""
    found: list[tuple[int, Owned | None]] = [(0, None)]
    for option in options:
        parts: list[OptionSpan | Token] = [option.place]
        parts += [option.box] if option.box is not None else []
        for part in parts:
            near = gaps.on_line(part.end, tick.start) if left else gaps.between(tick.end, part.start)
            found.append((near, option))
    return max(found, key=lambda item: item[0])
