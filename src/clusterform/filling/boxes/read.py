"""A group of tick boxes: which of the official options are ticked, which cannot be decided, and what was written beside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from clusterform.answers import Answer, Observation, State, TicksAnswer, ticks_of
from clusterform.fields import Address, Field, Kind, Option
from clusterform.filling.boxes.layout import AROUND, Layout
from clusterform.filling.boxes.states import Group
from clusterform.filling.boxes.words import NOTE
from clusterform.finding import Location
from clusterform.messages import Text
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern
from clusterform.text import fold

_EMPTY, _TICKED = "□☐", "☑☒"
_BOX = pattern(f"([{_EMPTY}{_TICKED}])")
_OTHER_SIGN = pattern(rf"[^\w\s{_EMPTY}{_TICKED}、，。；：:;,.()（）“”\"‘’'·—_/…《》-]|[口囗〇ⅤⅩVvRXx]")
"""Any character that is not a letter, a space or punctuation, and letters that are used as signs: folding drops the
former, so that a tick among the words would not be seen."""
_PRINTED = pattern(r"\s*+(?:[(（]\s*+{beside.note_starts}[^()（）]*+[)）])?\s*+")
_LEAD_IN = pattern(r"\s*(?:[^\n]{0,40}[:：]\s*)?")


class GroupReading(NamedTuple):
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

    Nothing is guessed: an option whose evidence is not plain is undecided, never ticked and never blank. A group as
    printed, as nearly every form has it, takes a tenth of the time that laying it out takes.
    """
    ticks = read_as_printed(text, marks, options, location)
    if ticks is not None:
        return GroupReading(ticks)
    return read_laid_out(text, marks, options, location, single=single)


def read_as_printed(
    text: str, marks: Sequence[Mark], options: tuple[Option, ...], location: Location
) -> TicksAnswer | None:
    """The ticks of a group with each option in its order behind a plain □ or ☑; None where anything is otherwise."""
    if marks or _OTHER_SIGN.search(text) or ("☒" in text and re.search("[☑□]", text)):
        return None
    lead, *parts = _BOX.split(text)
    boxes, words = parts[::2], parts[1::2]
    if len(boxes) != len(options) or not boxes or (lead and not _LEAD_IN.fullmatch(lead)):
        return None
    if not all(map(_is_option, words, options)):
        return None
    ticked = tuple(option.key for option, box in zip(options, boxes, strict=True) if box in _TICKED)
    return TicksAnswer.made(
        text=text.strip(),
        state=State.FILLED if ticked else State.BLANK,
        place=location,
        value=ticked,
        boxes=dict.fromkeys([option.key for option in options], location),
    )


def _is_option(text: str, option: Option) -> bool:
    """The option's own text, with a printed note behind it or nothing."""
    bare = text.strip()
    if bare == option.label or fold(bare) == fold(option.label):
        return True
    note = bare.removeprefix(option.label)
    if note == bare or _PRINTED.fullmatch(note) is None:
        return False
    return not any(
        match["said"] for match in NOTE.finditer(note)
    )  # a remark written into the printed brackets


def read_laid_out(
    text: str, marks: Sequence[Mark], options: tuple[Option, ...], location: Location, *, single: bool
) -> GroupReading:
    """Any group, from the layout of its text."""
    layout = Layout.of(text, marks, options)
    group = Group.of(layout, single=single)
    states = group.states()
    alone = not group.signed and any(ticked for ticked, _ in states.values()) and not group.circled
    undecided = {key: reason for key, (ticked, reason) in states.items() if ticked is None}
    return GroupReading(
        TicksAnswer.made(
            text=text.strip(),
            state=State.FILLED if any(ticked is not False for ticked, _ in states.values()) else State.BLANK,
            place=location,
            value=tuple(o.key for o in options if o.key in states and states[o.key][0]),
            undecided=tuple(o.key for o in options if o.key in undecided),
            remark=layout.remark(),
            stressed=() if any(ticked for ticked, _ in states.values()) else layout.stressed(),
            boxes={place.option.key: location for place in layout.places},
        ),
        () if alone else layout.missing,
        tuple((p.option, text[p.start : p.end]) for p in layout.places if p.reworded),
        tuple(text[start:end].strip(AROUND) for _, start, end in group.extra),
        tuple(undecided.items()),
    )


_NAMED = 6
"""So many groups are named; of the rest the number."""


def with_lost_ticks(
    seen: Iterable[Observation], fields: Mapping[str, Field], answers: Mapping[Address, Answer]
) -> tuple[Observation, ...]:
    """The observations; that of a conversion tells the groups left without a clear tick."""
    seen = tuple(seen)
    if not any(o.what == "converted" for o in seen):
        return seen
    names = [
        fields[path].label for (path, _), answer in answers.items() if _may_be_lost(fields[path], answer)
    ]
    if not names:
        return seen
    shown = "".join(f"“{name}”" for name in names[:_NAMED])
    lost = Text(
        "converted.look-at-many" if len(names) > _NAMED else "converted.look-at",
        names=shown,
        count=len(names),
    )
    return tuple(o._replace(facts={**o.facts, "lost": lost}) if o.what == "converted" else o for o in seen)


def _may_be_lost(item: Field, answer: Answer) -> bool:
    """Nothing ticked in a single choice, or a box that is not there."""
    ticks = ticks_of(answer)
    if ticks is None:
        return False
    return bool(ticks.undecided) or (item.kind is Kind.CHOICE and not ticks.ticked)
