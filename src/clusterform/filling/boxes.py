"""A group of tick boxes: which of the official options are ticked, which cannot be decided, and what was written beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from clusterform.answers import Ticks
from clusterform.fields import Option
from clusterform.filling.box_sides import Owned, Sides, lay_out
from clusterform.filling.box_words import Place, Words, note_spans
from clusterform.finding import Location
from clusterform.parsers.checkbox import Kind, Token, tokens
from clusterform.parsers.raw import Mark
from clusterform.text import fold

_AROUND = " \t\u3000\xa0\n_＿—-、，,;；。.：:()（）[]【】…·/"
_LEAD_IN = re.compile(r"[^\n]*[：:]\s*\Z|[^\n]*[：:]\s*\n", re.DOTALL)
_NOTHING_SAID = re.compile(r"(?:具体|相关)?(?:情况)?(?:说明|备注)(?:如下)?|\d{1,2}|[①-⑳]")
"""A remark that is only its own heading, or an option's number."""


@dataclass(frozen=True, slots=True)
class GroupReading:
    """What a group's text says."""

    ticks: Ticks
    missing: tuple[Option, ...] = ()
    """Options whose text was not found. Empty where a single choice was given by its text alone."""
    reworded: tuple[tuple[Option, str], ...] = ()
    """Options found by likeness only, with the text found."""
    extra: tuple[str, ...] = ()
    """Texts with a box that are no official option."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """(option key, reason) for each undecided option: box-unknown, tick-between, side, crossed-and-ticked, cross-only,
    struck, picture, stray-tick, stray-box, box-missing, no-box, extra-ticked."""


def read_group(
    text: str, marks: Sequence[Mark], options: tuple[Option, ...], location: Location, *, single: bool
) -> GroupReading:
    """Reads a group from its text and the boxes in it. `single`: exactly one option is to be ticked.

    Nothing is guessed: an option whose evidence is not plain is undecided, never ticked and never blank.
    """
    labels = [text for option in options for text in (option.label, *option.spellings)]
    found = tokens(text, marks, labels)
    words = Words(text, found)
    places = words.find(options)
    places += words.find_alike([o for o in options if o.key not in {p.option.key for p in places}])
    places.sort(key=lambda place: place.start)
    sides = lay_out(text, found, places)
    keys = {place.option.key for place in places}
    missing = tuple(o for o in options if o.key not in keys)
    extra = _extra(text, found, sides)
    alone = False
    if any(t.kind is Kind.TICK or (t.kind is Kind.BOX and _is_sign(t)) for t in found) or _boxed(sides):
        states, reasons = _Decision(sides, marks, bool(extra), single).states()
        if any(box.ticked is not False for box, _, _ in extra):
            states, reasons = _extra_ticked(states, reasons, missing, single=single)
    else:
        states, reasons = _without_signs(text, places, options, single=single)
        alone = any(states.values())
    return GroupReading(
        Ticks(
            ticked=tuple(o.key for o in options if states.get(o.key)),
            undecided=tuple(o.key for o in options if o.key in states and states[o.key] is None),
            remark=_remark(text, found, sides, [(start, end) for _, start, end in extra]),
            locations={o.key: location for o in options if o.key in keys},
        ),
        () if alone else missing,
        tuple((p.option, text[p.start : p.end]) for p in places if p.reworded),
        tuple(text[start:end].strip(_AROUND) for _, start, end in extra),
        tuple((key, reason) for key, reason in reasons.items() if states[key] is None),
    )


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


def _without_signs(
    text: str, places: Sequence[Place], options: Sequence[Option], *, single: bool
) -> tuple[dict[str, bool | None], dict[str, str]]:
    """A group without any box or tick: a single choice may be given by leaving only its text."""
    states: dict[str, bool | None] = {place.option.key: False for place in places}
    if single:
        if len(places) == 1 and not fold(text[: places[0].start]):
            states[places[0].option.key] = True
        return states, {}
    if len(places) == len(options):
        return states, {}
    return dict.fromkeys(states), dict.fromkeys(states, "no-box")


@dataclass(frozen=True, slots=True)
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
            (struck, "struck"),
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


def _extra(text: str, found: Sequence[Token], sides: Sides) -> list[tuple[Token, int, int]]:
    """The boxes that belong to no official option, each with the span of its text."""
    stops = sorted(
        [t.start for t in found if t.kind is not Kind.TEXT]
        + [t.end for t in found if t.kind is not Kind.TEXT]
        + [o.place.start for o in sides.options]
        + [o.place.end for o in sides.options]
        + [at for at, char in enumerate(text) if char == "\n"]
        + [0, len(text)]
    )
    spans: list[tuple[Token, int, int]] = []
    for box in sides.boxes:
        if box.origin == "brackets" and box.ticked is False:
            continue
        if sides.before is False:
            start, end = max(s for s in stops if s < box.start or s == 0), box.start
        else:
            start, end = box.end, min(s for s in stops if s > box.end or s == len(text))
        if fold(text[start:end]):
            spans.append((box, start, end))
    return spans


def _remark(text: str, found: Sequence[Token], sides: Sides, extra: Sequence[tuple[int, int]]) -> str:
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
    pieces = [piece.strip(_AROUND) for piece in re.split("[\0\n]+", "".join(kept))]
    return " ".join(p for p in pieces if fold(p) and not _NOTHING_SAID.fullmatch(p))


def _numbers(sides: Sides) -> list[tuple[int, int]]:
    """What stands between a box and its option, such as a number."""
    pairs = [(o.box, o.place) for o in sides.options if o.box is not None]
    return [(b.end, p.start) if b.end <= p.start else (p.end, b.start) for b, p in pairs]
