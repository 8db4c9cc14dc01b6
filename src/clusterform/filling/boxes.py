"""A group of tick boxes: which of the official options are ticked, which cannot be decided, and what was written beside."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.answers import State, TicksAnswer
from clusterform.fields import Option
from clusterform.filling.box_rest import AROUND, extra_boxes, remark_of
from clusterform.filling.box_sides import lay_out
from clusterform.filling.box_states import Group
from clusterform.filling.box_words import Words
from clusterform.finding import Location
from clusterform.parsers.checkbox import tokens
from clusterform.parsers.raw import Mark
from clusterform.record import record


@record
class GroupReading:
    """What a group's text says."""

    ticks: TicksAnswer
    missing: tuple[Option, ...] = ()
    """Options whose text was not found. Empty where a single choice was given by its text alone."""
    reworded: tuple[tuple[Option, str], ...] = ()
    """Options found by likeness only, with the text found."""
    extra: tuple[str, ...] = ()
    """Texts with a box that are no official option."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """(option key, reason) for each undecided option: box-unknown, tick-between, side, crossed-and-ticked, cross-only,
    struck, picture, stray-tick, stray-box, box-missing, no-box, extra-ticked, circled, all-circled, bullets."""


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
    extra = extra_boxes(text, found, sides)
    group = Group(text, marks, options, single, found, places, sides, extra)
    states, reasons = group.states()
    alone = not group.signed and any(states.values()) and not group.circled
    return GroupReading(
        TicksAnswer.made(
            text=text.strip(),
            state=State.FILLED if any(s is not False for s in states.values()) else State.BLANK,
            place=location,
            value=tuple(o.key for o in options if states.get(o.key)),
            undecided=tuple(o.key for o in options if o.key in states and states[o.key] is None),
            remark=remark_of(text, found, sides, [(start, end) for _, start, end in extra]),
            boxes={o.key: location for o in options if o.key in keys},
        ),
        () if alone else missing,
        tuple((p.option, text[p.start : p.end]) for p in places if p.reworded),
        tuple(text[start:end].strip(AROUND) for _, start, end in extra),
        tuple((key, reason) for key, reason in reasons.items() if states[key] is None),
    )
