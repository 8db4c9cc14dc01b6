"""What a file holds before anyone knows which form it is: paragraphs and tables in document order."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from clusterform.answers import Observation
from clusterform.finding import NOWHERE, Location


class Mark(NamedTuple):
    """A box that the file holds as structure (a control, a field, a symbol font) and not as a plain glyph.

    In the text it stands as one character: ☑ ticked, □ not ticked, ▨ cannot be decided.
    """

    offset: int
    """Where that character stands in the text."""
    ticked: bool | None
    origin: str
    """How it was encoded: w14:checkbox, FORMCHECKBOX, w:sym, EQ …"""
    shown: str
    """What a person sees in its place; empty where the file does not say."""
    length: int = 1
    """Characters of the text it covers. Some origins are no box and change no text: `strike`, a run struck through
    from `offset` on (`struck` once it is cut out: length 0, `shown` what was struck), `raised`, a run above or below the
    line (`shown`: superscript or subscript), `stressed`, a run that stands out by its look, `circle`, letters with a line drawn round them, `drawing`, a picture anchored at `offset`
    (length 0); and in a workbook `number`, the digits of a number as its format shows them (`shown`: the same without
    separators), `literal`, what the format writes before or behind them, `rounded`, a number with more decimals than it
    shows (`shown`: all of them), `percent`, one that is shown a hundredfold (`shown`: as it is stored), `format`, one
    whose decimals as shown cannot be told (`shown`: the format's name), and `formula`, one without a value (`shown`:
    its error, if it has one)."""

    def covers(self, start: int, end: int) -> bool:
        """Whether it covers any character from `start` to `end`."""
        return self.offset < end and start < self.offset + self.length


SMALL_FIGURES = {
    "superscript": str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "subscript": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
"""Figures set above or below the line, as the characters that show the same."""


class Name(NamedTuple):
    """A named stretch of the text: a content control with a tag. What stands there is the answer of that name."""

    offset: int
    length: int
    tag: str


SourcePositions = tuple[Any, ...]
"""For each character of a text the place in the file that it comes from, and, last, the place behind them all. Kept
only when a file is read in order to be written in; else empty."""


class Paragraph(NamedTuple):
    """A paragraph outside every table."""

    text: str
    marks: tuple[Mark, ...] = ()
    location: Location = NOWHERE
    sheet_name: bool = False
    """It stands for the beginning of a sheet, and is the sheet's name."""
    names: tuple[Name, ...] = ()
    origin: SourcePositions = ()


class Cell(NamedTuple):
    """One distinct cell, with the grid rows and columns it covers (from 0).

    A tuple, made in a third of a dataclass's time: a form has five hundred.
    """

    text: str
    """Paragraphs and line breaks as \\n, tabs as \\t; the text of nested tables is left to `tables`."""
    row: int
    column: int
    row_span: int
    column_span: int
    location: Location = NOWHERE
    marks: tuple[Mark, ...] = ()
    tables: "tuple[Table, ...]" = ()
    """Tables nested in this cell."""
    images: int = 0
    """Pictures and drawn shapes anchored in the cell."""
    names: tuple[Name, ...] = ()
    origin: SourcePositions = ()

    @property
    def end(self) -> int:
        """The first grid column after the cell."""
        return self.column + self.column_span


class Table(NamedTuple):
    """A grid of cells. `rows` lists for each grid row the cells that begin in it, left to right."""

    rows: tuple[tuple[Cell, ...], ...]
    number: int = 0
    """Its number in the document, from 1, nested tables counted where they stand."""

    def above(self, row: int) -> Iterator[Cell]:
        """The cells that began higher and reach down into this row, left to right."""
        found = [c for upper in self.rows[:row] for c in upper if c.row + c.row_span > row]
        return iter(sorted(found, key=lambda c: c.column))


Block = Paragraph | Table


class HiddenSheet(NamedTuple):
    """A sheet that is not shown."""

    before: int
    """The block of the document before which it stands."""
    blocks: tuple[Block, ...]


class RawDocument(NamedTuple):
    """One file, read."""

    source: str
    """docx or xlsx."""
    blocks: tuple[Block, ...]
    observations: tuple[Observation, ...] = ()
    """Tracked changes, comments, hidden text, macros: what the file holds beside the answers."""
    images: int = 0
    named: bool = False
    """Whether there may be names in it; where not, nobody need look for them."""
    hidden: tuple[HiddenSheet, ...] = ()
    """Sheets that are not shown, and not among the blocks: an old copy must not stand beside the new one."""
