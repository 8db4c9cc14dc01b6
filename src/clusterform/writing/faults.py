"""What keeps answers from being filled in: every mistake at once, each with the name of its field."""

from __future__ import annotations

import json
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.errors import DataError
from clusterform.fields import Field
from clusterform.messages import Bilingual, Joined, Text

_TOLD = 10
"""Mistakes that one message lists."""
_SHOWN = 40
"""Characters of a text that a message quotes."""


@dataclass(slots=True)
class Faults:
    """Mistakes found so far in one file."""

    name: str
    heading: str = "fill.wrong-answers"
    """The key of what all of them have in common; its sentence takes {name} and {count}."""
    found: list[Bilingual] = data_field(default_factory=list)

    def add(self, place: str | Text, fault: Text) -> None:
        """A mistake; `place` names the field."""
        self.found.append(Text("fill.fault", place=place, fault=fault))

    def settle(self) -> None:
        """DataError that lists them, where there is any."""
        count = len(self.found)
        if not count:
            return
        lines = [Text(self.heading, name=self.name, count=count), *self.found[:_TOLD]]
        if count > _TOLD:
            lines.append(Text("fill.more-faults", count=count - _TOLD))
        raise DataError(Joined("join.lines", lines))


def quoted(text: object) -> str:
    """A value as a message shows it, in the words of JSON where it is no text, cut short."""
    shown = text if isinstance(text, str) else json.dumps(text, ensure_ascii=False, default=str)
    words = shown.replace("\n", " ")
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def named(item: Field, column: str | None = None) -> str:
    """A field as messages name it: its path and its official label."""
    place = f"{item.path}@{column}" if column else item.path
    return f"{place}（{quoted(item.label)}）"
