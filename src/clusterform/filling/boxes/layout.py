"""A group of boxes laid out: where each official option stands, its box, and what the text holds beside them.

Made once from the text. What is ticked (`states`), where a tick goes (`spots`) and what was written beside (`remark`)
are views of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clusterform.fields import Option
from clusterform.filling.boxes.sides import Sides, lay_out
from clusterform.filling.boxes.words import GroupText, OptionSpan, note_spans
from clusterform.parsers.checkbox import Token, TokenKind, tokens
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern
from clusterform.text import fold

AROUND = " \t\u3000\xa0\n_＿—-、，,;；。.：:()（）[]【】…·/"
_LEAD_IN = pattern(r"\s*+[^\n]*[：:]\s*\Z|\s*+[^\n]*[：:]\s*\n", re.DOTALL)
_NOTHING_SAID = pattern(r"{beside.explained}|\d{1,2}|[①-⑳]")
"""A remark that is only its own heading, or an option's number."""


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
    places: Sequence[OptionSpan]
    """The options that were found, in the text's order."""
    sides: Sides

    @classmethod
    def of(cls, text: str, marks: Sequence[Mark], options: Sequence[Option]) -> Layout:
        """The options word for word, then those reworded; then each box and tick to one of them."""
        found = tokens(text, marks, [words for o in options for words in (o.label, *o.spellings)])
        words = GroupText(text, found)
        places = words.find(options)
        places += words.find_alike([o for o in options if o.key not in {p.option.key for p in places}])
        places.sort(key=lambda place: place.start)
        signs = [token for token in found if token.kind is not TokenKind.TEXT]
        return cls(text, marks, options, signs, places, lay_out(text, found, places))

    @property
    def missing(self) -> tuple[Option, ...]:
        """The options whose text was not found."""
        keys = {place.option.key for place in self.places}
        return tuple(option for option in self.options if option.key not in keys)

    def stressed(self) -> tuple[str, ...]:
        """The options whose words, or else whose boxes, stand out by their look from the others'."""
        for spans in (
            {o.place.option.key: (o.place.start, o.place.end) for o in self.sides.options},
            {o.place.option.key: (o.box.start, o.box.end) for o in self.sides.options if o.box is not None},
        ):
            keys = tuple(key for key, span in spans.items() if self._is_stressed(*span))
            if keys:
                return keys if len(keys) < len(self.places) else ()
        return ()

    def _is_stressed(self, start: int, end: int) -> bool:
        stretches = (m for m in self.marks if m.origin == "stressed")
        return any(m.offset < end and start < m.offset + m.length for m in stretches)

    def spots(self) -> dict[str, BoxSpot]:
        """Where each option that was found stands with its box, by key."""
        return {
            owned.place.option.key: BoxSpot(owned.place.start, box.start, box.end, box.origin)
            if (box := owned.box) is not None
            else BoxSpot(owned.place.start)
            for owned in self.sides.options
        }

    def extra(self) -> list[tuple[Token, int, int]]:
        """The boxes that belong to no official option, each with the span of its text."""
        stops = sorted(
            [0, len(self.text)]
            + [at for start, end in self._known() for at in (start, end)]
            + [at for at, char in enumerate(self.text) if char == "\n"]
        )
        spans: list[tuple[Token, int, int]] = []
        for box in self.sides.boxes:
            if box.origin == "brackets" and box.ticked is False:
                continue
            if self.sides.before is False:
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
        for owned in self.sides.options:
            box, place = owned.box, owned.place
            if box is not None:
                yield (box.end, place.start) if box.end <= place.start else (place.end, box.start)
