"""What was found in a document: the pieces of each answer, the labels seen, and what was odd.

Each layout reader builds one `Reading` of its own parts; `combined` adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from clusterform.answers import Observation
from clusterform.fields import BOXES, Address
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.words import word


class AddedTarget(NamedTuple):
    """A target row of the county's own: which table, which direction, what it is called, what stands in it."""

    table: str
    direction: str
    indicator: str
    values: Mapping[str, Piece]


class Reading(NamedTuple):
    """What one reader found, or all of them together; each answer's pieces stand in document order."""

    pieces: Mapping[Address, Sequence[Piece]] = {}
    labels: Mapping[str, Location] = {}
    """Field paths and group keys whose label was seen, and where."""
    heads: Mapping[str, Piece | Cell] = {}
    """The line or cell in which each label was seen."""
    observations: Sequence[Observation] = ()
    lost: AbstractSet[tuple[int, str | None]] = frozenset()
    """Parts and column keys whose column is not there; said once, at its head."""
    added: Sequence[AddedTarget] = ()
    again: Mapping[str, Location] = {}
    """Rows whose label stands in a second place as well, and where."""
    second: Mapping[Address, Sequence[Piece]] = {}
    """What stands there, where the first place holds text too."""
    rooms: Mapping[str, Sequence[Piece]] = {}
    """Blank or printed lines behind a label, where its answer may go; only in a file read to be written in."""
    spare: Mapping[Address, Piece] = {}
    """Blank places that a control names, and no label needs to lead to."""


class ReadingBuilder:
    """A reading while one reader makes it."""

    def __init__(self, form: FormDef) -> None:
        self.form = form
        self.pieces: dict[Address, Sequence[Piece]] = {}
        self.labels: dict[str, Location] = {}
        self.heads: dict[str, Piece | Cell] = {}
        self.observations: list[Observation] = []
        self.lost: set[tuple[int, str | None]] = set()
        self.added: list[AddedTarget] = []
        self.again: dict[str, Location] = {}
        self.second: dict[Address, Sequence[Piece]] = {}
        self.rooms: dict[str, list[Piece]] = {}
        self.spare: dict[Address, Piece] = {}

    def reading(self) -> Reading:
        """All that was found."""
        return Reading(**{name: getattr(self, name) for name in Reading._fields})

    def see(self, key: str, head: Piece | Cell) -> None:
        """A label was seen; its first place counts."""
        if key not in self.labels:
            self.labels[key] = head.location
            self.heads[key] = head

    def see_again(self, key: str, head: Piece | Cell) -> None:
        """A row's label begins a row; a second one is another place for its answers."""
        if key in self.labels:
            self.again.setdefault(key, head.location)

    def room(self, key: str, line: Piece) -> None:
        """A line that holds nothing of an answer, but could."""
        if line.origin:
            self.rooms.setdefault(key, []).append(line)

    def holds(self, path: str, column: str | None) -> bool:
        """Whether an answer was found already."""
        return any(p.text.strip() for p in self.pieces.get((path, column), []))

    def go_on(self, path: str, pieces: list[Piece]) -> None:
        """Pieces of an answer that may stand in several rows, such as 数量 and, below it, 名称."""
        held = self.pieces.get((path, None), [])
        left = self._left(path, pieces)
        text, names = "".join(p.text for p in held), word("halves.names")[0]
        if text.strip() and names not in text and any(names in p.text for p in left):
            self.add(path, left)
        else:
            self.put(path, None, left)

    def add(self, path: str, pieces: Iterable[Piece]) -> None:
        """Further pieces of an answer: the options of a group that stand in rows of their own under its label."""
        self.pieces[path, None] = [*self.pieces.get((path, None), ()), *pieces]

    def put(self, path: str, column: str | None, pieces: Sequence[Piece]) -> None:
        """Pieces of an answer. A second answer in the same place is left aside when the first holds text."""
        held = self.pieces.get((path, column))
        fresh = self._left(path, pieces)
        if not held:
            self.pieces[path, column] = fresh
        elif fresh and not any(p.text.strip() or p.images for p in held):
            struck = [p for p in held if any(mark.origin == "struck" for mark in p.marks)]
            self.pieces[path, column] = [*fresh, *struck]  # what was struck there is told all the same
        elif path in self.again and any(p.text.strip() for p in fresh):
            self.second.setdefault((path, column), fresh)

    def _left(self, path: str, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """The pieces without what is struck through; in a group of boxes that is a way to choose."""
        marked = pieces[0].marks if len(pieces) == 1 else [p for p in pieces if p.marks]
        if marked and self.form.fields[path].kind not in BOXES:
            return [p.without_struck() for p in pieces]
        return pieces

    def take(self, reading: Reading) -> None:
        """What another reader found, behind what is held."""
        self.labels = {**reading.labels, **self.labels}
        self.heads = {**reading.heads, **self.heads}
        self.observations += reading.observations
        self.lost |= reading.lost
        self.added += reading.added
        self.again = {**reading.again, **self.again}
        self.second = {**reading.second, **self.second}
        self.spare = {**self.spare, **reading.spare}
        for key, lines in reading.rooms.items():
            self.rooms.setdefault(key, []).extend(lines)
        for place in filter(self.pieces.__contains__, reading.pieces):
            self.put(*place, reading.pieces[place])
        self.pieces = {**self.pieces, **reading.pieces, **self.pieces}


def combined(form: FormDef, readings: Iterable[Reading]) -> Reading:
    """All readings as one, in their order."""
    whole = ReadingBuilder(form)
    for reading in readings:
        whole.take(reading)
    return whole.reading()
