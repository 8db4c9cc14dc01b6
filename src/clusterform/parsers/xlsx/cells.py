"""A sheet's part as its cells that hold something, its merges, and which rows and columns are hidden.

The part is taken whole and its blank cells and rows are cut out before it is parsed: people format whole columns, and
a million blank cells take thirty seconds through openpyxl, ten as a stream of events, and half a second this way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import field as data_field
from datetime import datetime
from decimal import Decimal

from clusterform.parsers.container.refusals import cell_too_long
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.raw import Mark
from clusterform.parsers.symbols import BOX, symbols
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.number_shown import (
    LONGEST,
    DisplayedNumber,
    number_shown,
    stored_number,
    text_shown,
)
from clusterform.parsers.xlsx.styles import CellStyle, CellStyles
from clusterform.parsers.xlsx.text import (
    EMPTY,
    RichText,
    decoded,
    in_font,
    rich_text,
    standing_out,
    struck_through,
)
from clusterform.patterns import pattern

_BLANK_ROWS = pattern(rb"<row[^<>]*+(?:(?<=/)>|>(?:\s*+<c [^<>]*+>(?:(?<=/>)|</c>))*+\s*+</row>)\s*+")
_CELL_END, _ROW_END, _ROWS_END = b"</c>", b"</row>", b"</sheetData>"
"""A cell that holds something has an end tag of its own."""
_ODD = b"<!"
"""A comment or CDATA: what looks like a blank row may be text, so nothing is cut."""
_REFERENCE = pattern(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_ERRORS = pattern(r"#[A-Z0-9/!?]+")
_PICTURE = pattern(r"\s*+=?\s*+(?:_xlfn\.)?DISPIMG\s*+\(", re.IGNORECASE)
"""WPS puts a picture into a cell as this formula."""
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range, both ends taken, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Cells:
    """A sheet, without its blank parts. Rows and columns count from 0."""

    contents: dict[tuple[int, int], RichText] = data_field(default_factory=dict)
    framed: set[tuple[int, int]] = data_field(default_factory=set)
    """Blank cells drawn as cells of a table, in rows that hold something."""
    merges: list[Span] = data_field(default_factory=list)
    white: list[tuple[int, int]] = data_field(default_factory=list)
    """Cells whose letters nobody sees."""
    hidden_rows: set[int] = data_field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = data_field(default_factory=list)
    dynamic_exchange: bool = False
    """A formula calls another program (DDE)."""


@dataclass(frozen=True, slots=True)
class WorkbookParts:
    looks: CellStyles
    strings: tuple[RichText, ...]
    from_1904: bool


def read_cells(root: Element, book: WorkbookParts) -> Cells:
    cells = Cells()
    for merge in root.iter(n.MERGE_CELL):
        span = span_of(merge.get("ref") or "")
        if span is not None and (span.top, span.left) != (span.bottom, span.right):
            cells.merges.append(span)
    for column in root.iter(n.COL):
        if is_true(column.get("hidden")) or _is_zero(column.get("width")):
            cells.hidden_columns.append((_count(column, "min"), _count(column, "max")))
    row = -1
    for element in root.iter(n.ROW):
        row = _count(element, "r") if element.get("r") else row + 1
        if is_true(element.get("hidden")) or _is_zero(element.get("ht")):
            cells.hidden_rows.add(row)
        _read_row(element, row, cells, book)
    return cells


def without_blank_rows(data: bytes) -> bytes:
    """The part without rows that hold no value, text or formula. Those at the end, mostly all, go at one stroke."""
    start = data.find(_ROW_END, max(data.rfind(_CELL_END), 0))
    end = data.rfind(_ROWS_END)
    if 0 <= start < end and _ODD not in data[end:]:
        data = data[: start + len(_ROW_END)] + data[end:]
    return data if _ODD in data else _BLANK_ROWS.sub(b"", data)


def _read_row(element: Element, row: int, cells: Cells, book: WorkbookParts) -> None:
    column = -1
    stressed: list[int] = []
    boxed = False
    for cell in element.iterchildren(n.C):
        place = place_of(cell.get("r") or "")
        column = place[1] if place is not None else column + 1
        look = book.looks.of(cell.get("s"))
        formula = cell.find(n.F)
        if formula is not None and "|" in (formula.text or "") and "!" in (formula.text or ""):
            cells.dynamic_exchange = True
        content = _content(cell, formula, look, book)
        if content is not None:
            if len(content.text) > LONGEST:
                raise cell_too_long(reference(row, column), len(content.text), LONGEST)
            cells.contents[row, column] = content
            boxed = boxed or not symbols().empty.isdisjoint(content.text)
            stressed += [column] if look.stressed else []
            cells.white += [(row, column)] if look.white else []
        elif look.framed:
            cells.framed.add((row, column))
    for column in stressed if boxed else ():
        cells.contents[row, column] = standing_out(cells.contents[row, column])


def _content(cell: Element, formula: Element | None, look: CellStyle, book: WorkbookParts) -> RichText | None:
    kind = cell.get("t") or "n"
    value = cell.find(n.V)
    source = (value.text or "") if value is not None else ""
    if formula is not None and (_PICTURE.match(formula.text or "") or _PICTURE.match(source)):
        return replace(EMPTY, images=1)
    if kind == "e" or (formula is not None and kind != "str" and not source):
        return _without_value(source)
    if formula is not None and kind == "str" and value is None:
        return _without_value("")
    text = _text(cell, kind, source, look, book)
    if look.struck:
        text = struck_through(text)
    return text if text.text.strip() or text.marks else None


def _text(cell: Element, kind: str, source: str, look: CellStyle, book: WorkbookParts) -> RichText:
    if kind == "s":
        found = book.strings[int(source)] if source.isdecimal() and int(source) < len(book.strings) else EMPTY
        return _shown_text(found, look)
    if kind == "inlineStr":
        inline = cell.find(n.IS)
        return _shown_text(rich_text(inline), look) if inline is not None else EMPTY
    if kind == "str":
        return _shown_text(RichText(decoded(source)), look)
    if kind == "b":
        ticked = source.strip() in ("1", "true")
        return RichText(
            BOX[ticked], (Mark(0, ticked, "cell checkbox" if look.checkbox else "TRUE/FALSE", source),)
        )
    if kind == "d":
        return _iso_date(source)
    return _number(source, look, book)


def _shown_text(text: RichText, look: CellStyle) -> RichText:
    if all(mark.origin == "stressed" for mark in text.marks):
        shown = text_shown(text.text, look.format) if "@" in look.format or ";" in look.format else text.text
        return in_font(text if shown == text.text else RichText(shown, own=text.own), look.font)
    return text


def _number(source: str, look: CellStyle, book: WorkbookParts) -> RichText:
    """A number as its format shows it, with marks for the plain figure and for decimals that are not shown."""
    number = stored_number(source) if source.strip() else None
    if number is None:
        return RichText(decoded(source))
    shown = number_shown(number, look.format, from_1904=book.from_1904)
    return in_font(RichText(shown.text, tuple(_marks(shown, number))), look.font)


def _marks(shown: DisplayedNumber, number: Decimal) -> Iterator[Mark]:
    """What is not typed of a number: where its digits stand, what its format writes about them, what it hides."""
    if shown.number:
        end = shown.at + shown.length
        yield Mark(shown.at, None, "number", shown.number, shown.length)
        for start, stop in ((0, shown.at), (end, len(shown.text))):
            if start < stop:
                yield Mark(start, None, "literal", "", stop - start)
    if shown.unsure:
        yield Mark(0, None, "format", shown.unsure, 0)
    if shown.percent and shown.text:
        yield Mark(0, None, "percent", f"{number.normalize():f}", 0)
    elif shown.rounded and shown.text:
        yield Mark(0, None, "rounded", shown.rounded, 0)


def _without_value(error: str) -> RichText:
    """A formula that was never calculated, or whose result is an error."""
    shown = error if _ERRORS.fullmatch(error) else ""
    return RichText(shown, (Mark(0, None, "formula", shown, len(shown)),))


def _iso_date(source: str) -> RichText:
    try:
        day = datetime.fromisoformat(source)
    except ValueError:
        return RichText(source)
    return RichText(f"{day.year}/{day.month}/{day.day}")


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 0, of a reference such as C7 or $C$7; None where it is none, or off the sheet."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return (row - 1, column - 1) if 0 < row <= LAST_ROW and column <= LAST_COLUMN else None


def span_of(reference: str) -> Span | None:
    """A range such as A1:D3; None where it is none."""
    ends = [place_of(end) for end in reference.split(":")]
    if not 0 < len(ends) < 3 or ends[0] is None or ends[-1] is None:
        return None
    rows, columns = sorted((ends[0][0], ends[-1][0])), sorted((ends[0][1], ends[-1][1]))
    return Span(rows[0], columns[0], rows[1], columns[1])


def reference(row: int, column: int) -> str:
    """C7 for row 6 and column 2."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _is_zero(value: str | None) -> bool:
    return value is not None and not value.strip("0.") and bool(value)


def _count(element: Element, name: str) -> int:
    """An attribute that counts from 1, from 0."""
    value = element.get(name) or "1"
    return max(int(value) - 1, 0) if value.isdecimal() else 0
