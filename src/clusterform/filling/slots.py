"""What the readers of the form's parts hand over: pieces by answer, labels seen, and what was odd."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from clusterform.answers import Observation
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.parsers.raw import Cell
from clusterform.record import record

Place = tuple[str, str | None]


@record
class AddedTarget:
    """A target row of the county's own: which table, which direction, what it is called, what stands in it."""

    table: str
    direction: str
    indicator: str
    values: dict[str, Piece]


@dataclass(slots=True)
class Slots:
    """Filled while a document is read; each answer's pieces stay in document order."""

    boxes: frozenset[str] = frozenset()
    """The paths of the groups of boxes. Of every other answer what is struck through is no part."""
    pieces: dict[Place, list[Piece]] = field(default_factory=dict)
    labels: dict[str, Location] = field(default_factory=dict)
    """Field paths and group keys whose label was seen, and where."""
    observations: list[Observation] = field(default_factory=list)
    lost: set[tuple[int, str | None]] = field(default_factory=set)
    """Parts and column keys whose column is not there; said once, at its head."""
    added: list[AddedTarget] = field(default_factory=list)

    again: dict[str, Location] = field(default_factory=dict)
    """Rows whose label stands in a second place as well, and where."""
    second: dict[Place, list[Piece]] = field(default_factory=dict)
    """What stands there, where the first place holds text too."""

    heads: dict[str, Piece | Cell] = field(default_factory=dict)
    """The line or cell in which each label was seen."""
    rooms: dict[str, list[Piece]] = field(default_factory=dict)
    """Blank or printed lines behind a label, where its answer may go; only in a file read to be written in."""

    spare: dict[Place, Piece] = field(default_factory=dict)
    """Blank places that a control names, and no label needs to lead to."""

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
        pieces = self._left(path, pieces)
        text = "".join(p.text for p in held)
        if text.strip() and "名" not in text and any("名" in p.text for p in pieces):
            held.extend(pieces)
        else:
            self.put(path, None, pieces)

    def add(self, path: str, pieces: Iterable[Piece]) -> None:
        """Further pieces of an answer: the options of a group that stand in rows of their own under its label."""
        self.pieces.setdefault((path, None), []).extend(pieces)

    def put(self, path: str, column: str | None, pieces: Iterable[Piece]) -> None:
        """Pieces of an answer. A second answer in the same place is left aside when the first holds text."""
        held = self.pieces.setdefault((path, column), [])
        fresh = self._left(path, pieces)
        if not held:
            held += fresh
        elif not any(p.text.strip() or p.images for p in held):
            struck = [p for p in held if any(mark.origin == "struck" for mark in p.marks)]
            held[:] = [*fresh, *struck] if fresh else held  # what was struck there is told all the same
        elif path in self.again and any(p.text.strip() for p in fresh):
            self.second.setdefault((path, column), fresh)

    def _left(self, path: str, pieces: Iterable[Piece]) -> list[Piece]:
        """The pieces without what is struck through; in a group of boxes that is a way to choose."""
        return list(pieces) if path in self.boxes else [p.without_struck() if p.marks else p for p in pieces]
