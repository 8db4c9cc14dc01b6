"""The state of each option of a group from all that stands in it: its own box and ticks, the others', circles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from clusterform.fields import Option
from clusterform.filling.boxes.layout import Layout, Owned
from clusterform.filling.boxes.words import ROUND, OptionSpan
from clusterform.parsers.checkbox import Token, TokenKind
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern
from clusterform.text import fold

States = dict[str, tuple[bool | None, str]]
"""Option key -> ticked, not ticked, or None for undecided; and why it is undecided."""
_NUMBER = pattern(
    rf"(?P<round>[{ROUND}])|[(（]?(?P<plain>\d{{1,2}}|[{{numerals}}])(?P<ring>\u20dd)?[)）.．、]?"
)
_RING = "\u20dd"
"""COMBINING ENCLOSING CIRCLE: the character before it is circled."""


def _undecided(states: States, keys: Iterable[str], reason: str) -> States:
    return {**states, **dict.fromkeys(keys, (None, reason))}


class Group(NamedTuple):
    """A group laid out, and what is chosen in it."""

    layout: Layout
    single: bool
    extra: Sequence[tuple[Token, int, int]]
    """Boxes of texts that are no official option."""
    words: frozenset[str]
    """The options with a circle round their words."""
    numbers: frozenset[str] | None
    """The options whose number is circled while another's is plain; None where every number is circled."""

    @classmethod
    def of(cls, layout: Layout, *, single: bool) -> Group:
        """`single`: exactly one option is to be ticked."""
        return cls(layout, single, layout.extra(), _circled_words(layout), _circled_numbers(layout))

    @property
    def signed(self) -> bool:
        """Whether it has any box or tick; an empty pair of brackets is in prose too."""
        signs = (
            t.kind is TokenKind.TICK or t.origin != "brackets" or t.ticked is not False
            for t in self.layout.signs
        )
        return any(signs) or _boxed(self.layout)

    @property
    def circled(self) -> frozenset[str]:
        """The options chosen by a circle."""
        return self.words or self.numbers or frozenset()

    def states(self) -> States:
        """What is ticked, and what cannot be decided and why."""
        states = self._by_signs() if self.signed else self._without_signs()
        layout = self.layout
        drawn = _RING in layout.text or any(mark.origin == "circle" for mark in layout.marks)
        loose = layout.stray or (drawn and not self.words)
        if layout.missing and loose and not (_any_ticked(states) and (self.single or not self.signed)):
            lost = layout.options if self.single else layout.missing
            return _undecided(states, (option.key for option in lost), "stray-tick")
        return states

    def _by_signs(self) -> States:
        states = self._with_circles(self._by_own_signs())
        places = self.layout.places
        if self._struck_down(states):
            states = _undecided(states, states, "struck")
        if self.single and any(one.end == other.start for one, other in pairwise(places)):
            states = _undecided(states, states, "stray-tick")  # √是否
        if _bulleted(self.layout):
            states = _undecided(states, states, "bullets")
        if any(box.ticked is not False for box, _, _ in self.extra):
            states = self._extra_ticked(states)
        return states

    def _by_own_signs(self) -> States:
        """By what belongs to each option, where nothing else in the group puts it in doubt."""
        options = self.layout.found
        plain = any(_plain_yes(owned) for owned in options)
        own = {owned.place.option.key: _own_state(owned, plain=plain) for owned in options}
        settled = self.single and sum(1 for ticked, _ in own.values() if ticked) == 1
        states = dict(own)
        for owned in options:
            key = owned.place.option.key
            doubt = self._doubt(owned, states, settled=settled)
            if doubt and states[key][0] is not None:
                states[key] = None, doubt
        return states

    def _doubt(self, owned: Owned, states: States, *, settled: bool) -> str:
        """Why the group as a whole puts this option in doubt; empty where it does not."""
        layout, marks = self.layout, self.layout.marks
        parts: list[OptionSpan | Token] = [owned.place, *owned.ticks]
        parts += [box for box in (owned.box,) if box is not None and box.ticked is not False]
        struck = any(_covers(mark, part) for part in parts for mark in marks)
        ticked_box = any(o.box and o.box.ticked for o in layout.found)
        if layout.before is None and len(layout.found) > 1 and ticked_box:
            return "side"
        if states[owned.place.option.key][0]:
            return "struck" if struck else ""
        if settled:
            return ""
        loose = any(box.ticked is not False for box in layout.boxes)
        doubts = (
            (struck and not _any_ticked(states), "struck"),
            (bool(layout.stray), "stray-tick"),
            (loose and not self.extra, "stray-box"),
            (any(mark.origin == "drawing" for mark in marks), "picture"),
            (_boxed(layout) and owned.box is None and not owned.ticks, "box-missing"),
        )
        return next((reason for holds, reason in doubts if holds), "")

    def _with_circles(self, states: States) -> States:
        """A circle round an option beside boxes that are all empty chooses it; beside other ticks it leaves doubt."""
        if all(ticked is False for key, (ticked, _) in states.items() if key not in self.words):
            return {**states, **dict.fromkeys(self.words, (True, ""))}
        return _undecided(states, [key for key in self.words if states[key][0] is False], "circled")

    def _struck_down(self, states: States) -> bool:
        """Whether the choice may have been made by striking the other options out: no box is ticked."""
        untouched = all(ticked is False for ticked, _ in states.values())
        layout = self.layout
        return self.single and untouched and any(_covers(m, p) for m in layout.marks for p in layout.places)

    def _extra_ticked(self, states: States) -> States:
        """A ticked box with an unknown text may be an option so reworded that it was not found: those are in doubt."""
        if self.single and _any_ticked(states):
            return states
        doubted = [o.key for o in self.layout.missing] or (list(states) if self.single else [])
        return _undecided(states, doubted, "extra-ticked")

    def _without_signs(self) -> States:
        keys = [place.option.key for place in self.layout.places]
        if self.circled:
            return {key: (key in self.circled, "") for key in keys}
        if any(mark.origin == "drawing" for mark in self.layout.marks):
            return _undecided({}, keys, "picture")
        if self.numbers is None and not self.single:  # each number has a circle, which may be mere numbering
            return _undecided({}, keys, "all-circled")
        states = self._by_words_alone(keys)
        return _undecided(states, states, "struck") if self._struck_down(states) else states

    def _by_words_alone(self, keys: Sequence[str]) -> States:
        """A group without any box or tick: a single choice may be given by leaving only its text."""
        text, places, options = self.layout.text, self.layout.places, self.layout.options
        if _written_twice(text, options) if self.single else len(places) != len(options):
            return _undecided({}, keys, "no-box")
        left = self.single and len(places) == 1 and not fold(text[: places[0].start])
        return dict.fromkeys(keys, (left, ""))


def _any_ticked(states: States) -> bool:
    return any(ticked for ticked, _ in states.values())


def _boxed(layout: Layout) -> bool:
    return any(owned.box is not None for owned in layout.found)


def _bulleted(layout: Layout) -> bool:
    """Whether every option has a ● before it: a list's bullet as likely as a choice."""
    boxes = [owned.box for owned in layout.found]
    return len(boxes) > 1 and all(box is not None and layout.text[box.start] == "●" for box in boxes)


def _written_twice(text: str, options: Sequence[Option]) -> bool:
    """Whether an option's words stand in more than one cell: 是 and 否 beside the options 是 and 否, put for a tick."""
    lines = [fold(line.replace("(", "（").partition("（")[0]) for line in text.split("\n")]
    return any(lines.count(fold(option.label)) > 1 for option in options)


def _plain_yes(owned: Owned) -> bool:
    """Whether a tick, and not a cross, stands there."""
    box = owned.box is not None and owned.box.ticked is True and not owned.box.crossed
    return box or any(not tick.crossed for tick in owned.ticks)


def _own_state(owned: Owned, *, plain: bool) -> tuple[bool | None, str]:
    """An option's state by its own box and ticks. `plain`: the group holds a tick, so that a cross may mean no."""
    if owned.doubt:
        return None, owned.doubt
    if owned.box is not None and owned.box.ticked is None:
        return None, "box-unknown"
    if _plain_yes(owned):
        return True, ""
    boxed = owned.box is not None
    if (owned.box is not None and owned.box.ticked) or owned.ticks:  # only crosses
        if boxed:
            return (None, "crossed-and-ticked") if plain else (True, "")
        return (False, "") if plain else (None, "cross-only")
    return False, ""


def _covers(mark: Mark, part: OptionSpan | Token) -> bool:
    """Whether a line goes through an option's words or a tick."""
    return mark.origin == "strike" and mark.covers(part.start, part.end)


def _circled_words(layout: Layout) -> frozenset[str]:
    return frozenset(p.option.key for p in layout.places if _round(layout, p.start, p.end))


def _circled_numbers(layout: Layout) -> frozenset[str] | None:
    plain: set[str] = set()
    circled: set[str] = set()
    for place, number in _option_numbers(layout):
        ringed = number["round"] or number["ring"] or _round(layout, number.start(), number.end())
        (circled if ringed else plain).add(place.option.key)
    return None if circled and not plain else frozenset(circled)


def _option_numbers(layout: Layout) -> Iterator[tuple[OptionSpan, re.Match[str]]]:
    """The number right before each option that has one."""
    for place in layout.places:
        before = layout.text[: place.start].rstrip(" \t\u3000\xa0")
        for start in range(max(len(before) - 4, 0), len(before)):
            number = _NUMBER.fullmatch(layout.text, start, len(before))
            if number is not None:
                yield place, number
                break


def _round(layout: Layout, start: int, end: int) -> bool:
    """Whether a circle is drawn round letters between these."""
    if _RING in layout.text[start : end + 1]:
        return True
    return any(mark.origin == "circle" and mark.covers(start, end) for mark in layout.marks)
