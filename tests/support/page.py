"""A form laid out, before it is Word: lines of text and boxes, cells, rows, tables."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of text: official (printed on the blank form) or written by the county."""

    text: str
    official: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box of a group, ticked or not."""

    ticked: bool


Line = tuple[Said | Box, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `merge` is restart or continue where cells are merged downwards."""

    lines: tuple[Line, ...]
    span: int = 1
    merge: str = ""
    answer: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, and how many columns its grid has."""

    rows: tuple[Row, ...]
    columns: int


Block = Line | Grid


def label(text: str, span: int = 1, merge: str = "") -> Cell:
    """A cell with official text."""
    return Cell(((Said(text, official=True),),), span, merge)


def answer(*lines: Line, span: int = 1) -> Cell:
    """A cell with an answer."""
    return Cell(lines or ((),), span, answer=True)


def text_line(text: str) -> Line:
    """A line the county wrote."""
    return (Said(text),)


def official_line(text: str) -> Line:
    """A line the blank form prints."""
    return (Said(text, official=True),)


def widened(rows: tuple[Row, ...], factor: int) -> tuple[Row, ...]:
    """The rows on a grid `factor` times as fine."""
    return tuple(tuple(replace(c, span=c.span * factor) for c in row) for row in rows)
