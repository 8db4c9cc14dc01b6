"""The state of each option of a group from all that stands in it: its own box and ticks, the others', circles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clusterform.fields import Option
from clusterform.filling.box_circles import circled_numbers, circled_words, has_circle
from clusterform.filling.box_sides import Owned, Sides
from clusterform.filling.box_words import Place
from clusterform.parsers.checkbox import Kind, Token
from clusterform.parsers.raw import Mark
from clusterform.record import record
from clusterform.text import fold

States = dict[str, bool | None]
"""Option key -> ticked, not ticked, or None for undecided."""
Reasons = dict[str, str]
"""Option key -> why it is undecided."""


@record
class Group:
    """A group laid out."""

    text: str
    marks: Sequence[Mark]
    options: Sequence[Option]
    single: bool
    tokens: Sequence[Token]
    places: Sequence[Place]
    sides: Sides
    extra: Sequence[tuple[Token, int, int]]
    """Boxes of texts that are no official option."""

    @property
    def missing(self) -> list[Option]:
        """The options whose text was not found."""
        keys = {place.option.key for place in self.places}
        return [option for option in self.options if option.key not in keys]

    @property
    def signed(self) -> bool:
        """Whether it has any box or tick."""
        signs = (t.kind is Kind.TICK or (t.kind is Kind.BOX and _is_sign(t)) for t in self.tokens)
        return any(signs) or _boxed(self.sides)

    @property
    def circled(self) -> frozenset[str]:
        """The options chosen by a circle."""
        words = circled_words(self.text, self.marks, self.places)
        return words or circled_numbers(self.text, self.marks, self.places) or frozenset()

    def states(self) -> tuple[States, Reasons]:
        """What is ticked, and what cannot be decided and why."""
        states, reasons = self._by_signs() if self.signed else self._without_signs()
        loose = self.sides.stray or (
            has_circle(self.text, self.marks) and not circled_words(self.text, self.marks, self.places)
        )
        if self.missing and loose and not (any(states.values()) and (self.single or not self.signed)):
            lost = [o.key for o in (self.options if self.single else self.missing)]
            states = {**states, **dict.fromkeys(lost)}
            reasons = {**reasons, **dict.fromkeys(lost, "stray-tick")}
        return states, reasons

    def _by_signs(self) -> tuple[States, Reasons]:
        states, reasons = _Decision(self.sides, self.marks, bool(self.extra), self.single).states()
        states, reasons = _circled(states, reasons, circled_words(self.text, self.marks, self.places))
        if self._struck_down(states):
            states, reasons = dict.fromkeys(states), dict.fromkeys(states, "struck")
        if self.single and any(one.end == other.start for one, other in pairwise(self.places)):
            states, reasons = dict.fromkeys(states), dict.fromkeys(states, "stray-tick")  # √是否
        if _bulleted(self.text, self.sides):
            states, reasons = dict.fromkeys(states), dict.fromkeys(states, "bullets")
        if any(box.ticked is not False for box, _, _ in self.extra):
            states, reasons = _extra_ticked(states, reasons, self.missing, single=self.single)
        return states, reasons

    def _struck_down(self, states: States) -> bool:
        """Whether the choice may have been made by striking the other options out: no box is ticked."""
        untouched = all(state is False for state in states.values())
        return self.single and untouched and any(_covers(m, p) for m in self.marks for p in self.places)

    def _without_signs(self) -> tuple[States, Reasons]:
        words = circled_words(self.text, self.marks, self.places)
        numbers = circled_numbers(self.text, self.marks, self.places)
        if words or numbers or (numbers is None and not self.single):
            return _by_circles(self.places, words or numbers)
        states, reasons = _without_signs(self.text, self.places, self.options, single=self.single)
        if self._struck_down(states):
            return dict.fromkeys(states), dict.fromkeys(states, "struck")
        return states, reasons


def _is_sign(box: Token) -> bool:
    """Whether it is more than an empty pair of brackets, which prose has too."""
    return box.origin != "brackets" or box.ticked is not False


def _boxed(sides: Sides) -> bool:
    return any(owned.box is not None for owned in sides.options)


def _extra_ticked(
    states: dict[str, bool | None], reasons: dict[str, str], missing: Sequence[Option], *, single: bool
) -> tuple[dict[str, bool | None], dict[str, str]]:
    """A ticked box with an unknown text may be an option so reworded that it was not found: those are in doubt."""
    if single and any(states.values()):
        return states, reasons
    doubted = [o.key for o in missing] or (list(states) if single else [])
    return {**states, **dict.fromkeys(doubted)}, {**reasons, **dict.fromkeys(doubted, "extra-ticked")}


def _bulleted(text: str, sides: Sides) -> bool:
    """Whether every option has a ● before it: a list's bullet as likely as a choice."""
    boxes = [owned.box for owned in sides.options]
    return len(boxes) > 1 and all(box is not None and text[box.start] == "●" for box in boxes)


def _circled(
    states: dict[str, bool | None], reasons: dict[str, str], circled: frozenset[str]
) -> tuple[dict[str, bool | None], dict[str, str]]:
    """A circle round an option beside boxes that are all empty chooses it; beside other ticks it leaves doubt."""
    clear = not any(state is not False for key, state in states.items() if key not in circled)
    doubted = [key for key in circled if states[key] is False and not clear]
    chosen = dict.fromkeys(circled, True) if clear else {}
    return {**states, **chosen, **dict.fromkeys(doubted)}, {**reasons, **dict.fromkeys(doubted, "circled")}


def _by_circles(
    places: Sequence[Place], circled: frozenset[str] | None
) -> tuple[dict[str, bool | None], dict[str, str]]:
    """A group without boxes whose choice is circled. `circled` None: every number is, which may be mere numbering."""
    keys = [place.option.key for place in places]
    if circled is None:
        return dict.fromkeys(keys), dict.fromkeys(keys, "all-circled")
    return {key: key in circled for key in keys}, {}


def _without_signs(
    text: str, places: Sequence[Place], options: Sequence[Option], *, single: bool
) -> tuple[dict[str, bool | None], dict[str, str]]:
    """A group without any box or tick: a single choice may be given by leaving only its text."""
    states: dict[str, bool | None] = {place.option.key: False for place in places}
    if single:
        if _said_twice(text, options):
            return dict.fromkeys(states), dict.fromkeys(states, "no-box")
        if len(places) == 1 and not fold(text[: places[0].start]):
            states[places[0].option.key] = True
        return states, {}
    if len(places) == len(options):
        return states, {}
    return dict.fromkeys(states), dict.fromkeys(states, "no-box")


def _said_twice(text: str, options: Sequence[Option]) -> bool:
    """Whether an option's words stand in more than one cell: 是 and 否 beside the options 是 and 否, put for a tick."""
    lines = [fold(line.replace("(", "（").partition("（")[0]) for line in text.split("\n")]
    return any(lines.count(fold(option.label)) > 1 for option in options)


@record
class _Decision:
    """The state of each option from what belongs to it and to the group."""

    sides: Sides
    marks: Sequence[Mark]
    extra: bool
    single: bool

    def states(self) -> tuple[dict[str, bool | None], dict[str, str]]:
        """Key -> ticked, not, or None for undecided; and key -> why."""
        plain = any(_plain_yes(owned) for owned in self.sides.options)
        states: dict[str, bool | None] = {}
        reasons: dict[str, str] = {}
        for owned in self.sides.options:
            key = owned.place.option.key
            states[key], reasons[key] = _own_state(owned, plain=plain)
        settled = self.single and sum(1 for state in states.values() if state) == 1
        for owned in self.sides.options:
            key = owned.place.option.key
            doubt = self._doubt(owned, states, settled=settled)
            if doubt and states[key] is not None:
                states[key], reasons[key] = None, doubt
        return states, reasons

    def _doubt(self, owned: Owned, states: dict[str, bool | None], *, settled: bool) -> str:
        """Why the group as a whole puts this option in doubt; empty where it does not."""
        ticked = states[owned.place.option.key]
        struck = any(_covers(mark, owned.place) for mark in self.marks)
        if (
            self.sides.before is None
            and len(self.sides.options) > 1
            and any(o.box and o.box.ticked for o in self.sides.options)
        ):
            return "side"
        if ticked:
            return "struck" if struck else ""
        if settled:
            return ""
        loose = [box for box in self.sides.boxes if box.ticked is not False]
        doubts = (
            (struck and not any(states.values()), "struck"),
            (bool(self.sides.stray), "stray-tick"),
            (bool(loose) and not self.extra, "stray-box"),
            (any(mark.origin == "drawing" for mark in self.marks), "picture"),
            (_boxed(self.sides) and owned.box is None and not owned.ticks, "box-missing"),
        )
        return next((reason for holds, reason in doubts if holds), "")


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


def _covers(mark: Mark, place: Place) -> bool:
    return mark.origin == "strike" and mark.offset < place.end and place.start < mark.offset + mark.length
