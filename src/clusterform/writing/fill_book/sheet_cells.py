"""Cells of a sheet's part written in place: the bytes of every other cell stay as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from xml.parsers import expat
from xml.sax.saxutils import escape

from clusterform.parsers.container.xml_part import tag_end
from clusterform.parsers.xlsx.cells import place_of, reference
from clusterform.patterns import pattern
from clusterform.record import record

_NO_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f￾￿]")
"""Characters that XML has no place for."""
_ESCAPED = pattern(r"_(?=x[0-9A-Fa-f]{4}_)")
"""_x000D_ typed by a person would be read as a line break."""
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CellPosition = tuple[int, int]
"""Row and column, from 0."""


@record
class CellText:
    """What a cell is to hold: a text, or a figure as it is written."""

    text: str
    number: bool = False
    logical: bool = False
    """TRUE or FALSE, for a box that is a cell: the text is 1 or 0."""


@dataclass(slots=True)
class _Found:
    """Where a cell or row stands in the bytes, and what its tag says."""

    place: CellPosition
    start: int
    end: int = 0
    style: str = ""
    empty: bool = False
    """Its tag closes itself."""


@dataclass(slots=True)
class _Scan:
    """Reads a part once and notes where its rows and cells stand."""

    data: bytes
    cells: dict[CellPosition, _Found] = data_field(default_factory=dict)
    rows: dict[int, _Found] = data_field(default_factory=dict)
    sheet: _Found | None = None
    prefix: str = ""
    _inside: bool = False
    """Within the sheet's cells."""
    _row: int = -1
    _column: int = -1
    _open: list[_Found | None] = data_field(default_factory=list)

    def run(self) -> None:
        """The whole part; expat.ExpatError where it is bad XML."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda name, about: self._start(parser, name, about)
        parser.EndElementHandler = lambda _: self._end(parser)
        parser.Parse(self.data, True)

    def _start(self, parser: expat.XMLParserType, name: str, about: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        at = parser.CurrentByteIndex
        found = None
        if local == "sheetData":
            self.prefix = f"{prefix}:" if prefix else ""
            found = self.sheet = _Found((0, 0), at)
            self._inside = True
        elif local == "row" and self._inside:
            self._row = int(about["r"]) - 1 if about.get("r", "").isdecimal() else self._row + 1
            self._column = -1
            found = self.rows[self._row] = _Found((self._row, 0), at)
        elif local == "c" and self._inside and self._row >= 0:
            own = place_of(about.get("r", ""))
            self._column = own[1] if own is not None else self._column + 1
            found = _Found((self._row, self._column), at, style=about.get("s", ""))
            self.cells[found.place] = found
        if found is not None:
            found.end = tag_end(self.data, at)
            found.empty = self.data[found.end - 2 : found.end - 1] == b"/"
        self._open.append(found)

    def _end(self, parser: expat.XMLParserType) -> None:
        found = self._open.pop()
        if found is not None and not found.empty:
            found.end = tag_end(self.data, parser.CurrentByteIndex)
        if found is self.sheet:
            self._inside = False


def with_cells(data: bytes, changes: Mapping[CellPosition, CellText]) -> bytes:
    """The part with these cells holding what is given, in their own style."""
    if data.startswith(_UTF_16):
        text = data.decode("utf-16")
        data = re.sub(
            r"(<\?xml[^>]*encoding=.)UTF-16", r"\1UTF-8", text, count=1, flags=re.IGNORECASE
        ).encode()
    scan = _Scan(data)
    scan.run()
    edits = sorted(_edits(scan, changes), key=lambda edit: (edit[0], edit[1]), reverse=True)
    for start, end, new in edits:
        data = data[:start] + new + data[end:]
    return data


def _edits(scan: _Scan, changes: Mapping[CellPosition, CellText]) -> Iterator[tuple[int, int, bytes]]:
    """What to put in place of which bytes."""
    by_row: dict[int, list[CellPosition]] = {}
    for place in sorted(changes):
        found = scan.cells.get(place)
        if found is not None:
            yield found.start, found.end, _cell(scan, place, found.style, changes[place])
        else:
            by_row.setdefault(place[0], []).append(place)
    fresh: list[bytes] = []
    for row, places in by_row.items():
        if row in scan.rows:
            yield from _into_row(scan, scan.rows[row], places, changes)
        else:
            cells = b"".join(_cell(scan, p, _style_above(scan, p), changes[p]) for p in places)
            fresh.append(
                f'<{scan.prefix}row r="{row + 1}">'.encode() + cells + f"</{scan.prefix}row>".encode()
            )
            at = _row_behind(scan, row)
            if at is not None:
                yield at, at, fresh.pop()
    if fresh and scan.sheet is not None:
        yield _opened(scan, scan.sheet, "sheetData", b"".join(fresh))


def _into_row(
    scan: _Scan, row: _Found, places: list[CellPosition], changes: Mapping[CellPosition, CellText]
) -> Iterator[tuple[int, int, bytes]]:
    """New cells at their places in a row that is there."""
    held = sorted(p for p in scan.cells if p[0] == row.place[0])
    last: list[bytes] = []
    for place in places:
        cell = _cell(scan, place, _style_above(scan, place), changes[place])
        behind = next((p for p in held if p > place), None)
        if behind is not None:
            at = scan.cells[behind].start
            yield at, at, cell
        else:
            last.append(cell)
    if last:
        yield _opened(scan, row, "row", b"".join(last))


def _opened(scan: _Scan, found: _Found, name: str, inner: bytes) -> tuple[int, int, bytes]:
    """An element's end with more before it; one that closed itself is opened."""
    close = f"</{scan.prefix}{name}>".encode()
    if found.empty:
        tag = scan.data[found.start : found.end].rstrip(b">").rstrip(b"/").rstrip()
        return found.start, found.end, tag + b">" + inner + close
    at = found.end - len(close)
    return at, at, inner


def _row_behind(scan: _Scan, row: int) -> int | None:
    behind = [number for number in scan.rows if number > row]
    return scan.rows[min(behind)].start if behind else None


def _style_above(scan: _Scan, place: CellPosition) -> str:
    """The style of the nearest cell above in its column: a list goes on as it began."""
    above = [p for p in scan.cells if p[1] == place[1] and p[0] < place[0]]
    return scan.cells[max(above)].style if above else ""


def _cell(scan: _Scan, place: CellPosition, style: str, given: CellText) -> bytes:
    """One cell."""
    x = scan.prefix
    head = f'<{x}c r="{reference(*place)}"' + (f' s="{style}"' if style else "")
    if given.number or given.logical:
        kind = ' t="b"' if given.logical else ""
        return f"{head}{kind}><{x}v>{given.text}</{x}v></{x}c>".encode()
    if not given.text:
        return f"{head}/>".encode()
    text = escape(_ESCAPED.sub("_x005F_", _NO_XML.sub("", given.text)))
    return f'{head} t="inlineStr"><{x}is><{x}t xml:space="preserve">{text}</{x}t></{x}is></{x}c>'.encode()


def styles_of(data: bytes) -> dict[CellPosition, str]:
    """The style of every cell that the part holds."""
    scan = _Scan(data)
    scan.run()
    return {place: found.style for place, found in scan.cells.items()}
