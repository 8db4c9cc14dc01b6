"""Where the box of each option stands in a group's text: what `boxes.read_group` sees, for whoever is to tick it."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.fields import Option
from clusterform.filling.box_sides import lay_out
from clusterform.filling.box_words import Words
from clusterform.parsers.checkbox import tokens
from clusterform.parsers.raw import Mark
from clusterform.record import record


@record
class BoxSpot:
    """An option of a group: its box, `start` to `end`, and where its words begin."""

    words: int
    start: int = -1
    end: int = -1
    """Both -1 where it has no box."""
    origin: str = ""
    """How the box is written: a token's origin."""


def box_spots(text: str, marks: Sequence[Mark], options: tuple[Option, ...]) -> dict[str, BoxSpot]:
    """The options that stand in the text, by key."""
    labels = [words for option in options for words in (option.label, *option.spellings)]
    found = tokens(text, marks, labels)
    words = Words(text, found)
    places = words.find(options)
    places += words.find_alike([o for o in options if o.key not in {p.option.key for p in places}])
    places.sort(key=lambda place: place.start)
    spots = {}
    for owned in lay_out(text, found, places).options:
        box = owned.box
        start = owned.place.start
        spots[owned.place.option.key] = (
            BoxSpot(start, box.start, box.end, box.origin) if box is not None else BoxSpot(start)
        )
    return spots
