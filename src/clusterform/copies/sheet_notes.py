"""The notes of a sheet: a text for each cell in its part of comments, and a box for each in its VML drawing.

Excel, WPS and LibreOffice show a note only where both are there (ISO/IEC 29500-4, 19.2.2). A cell has one note: behind
that of a person ours is added to it, under a line that tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from unicodedata import east_asian_width

from clusterform.copies.comment_text import note_beginnings
from clusterform.copies.package_copy import HEAD, PackageCopy
from clusterform.copies.sheet_part import BoxAnchor, SheetPart
from clusterform.parsers.container.own_marks import NOTE_RULE, PROGRAM, is_own_note
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import place_of, reference
from clusterform.patterns import pattern
from clusterform.writing.fill_book.sheet_cells import CellPosition, text_of_cell
from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import SplicedPart, written

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREAD = "tc="
"""How the author of a note begins that repeats a conversation of newer Excel, which writes it anew."""
_SIZES = ((300, 24), (480, 39), (760, 62))
"""How wide a box may be, in pixels, and how many Chinese characters then stand in a line."""
_MOST_LINES = 30
"""More of them ask for a wider box."""
_LINE, _MARGIN = 16, 12
"""Pixels that a line is tall, and those above and below the text."""
WIDE, NARROW = 5, 3
"""How wide a Chinese character is, and any other."""
NotesByCell = Mapping[CellPosition, Sequence[str]]
"""Lines of notes by their cells."""


class SheetNotes:
    """The notes of one sheet of a copy."""

    def __init__(self, copy: PackageCopy, sheet: SheetPart) -> None:
        self._copy = copy
        self._sheet = sheet
        name = copy.related("comments", sheet.name)
        self._part = copy.part(name) if name is not None else None
        root = self._part.root if self._part is not None else None
        self._authors = [e.text or "" for e in root.iter(n.AUTHOR)] if root is not None else []
        self._held = {
            place: e
            for e in (root.iter(n.COMMENT) if root is not None else ())
            if (place := place_of(e.get("ref") or "")) is not None
        }

    @property
    def own(self) -> frozenset[CellPosition]:
        """The cells with a note that was written here before, or was added to."""
        return frozenset(p for p, e in self._held.items() if NOTE_RULE in _text(e) or self._is_own(e))

    def _is_own(self, comment: Element) -> bool:
        return is_own_note(self._author_of(comment), _text(comment))

    def _author_of(self, comment: Element) -> str | None:
        author = number(comment.get("authorId"), -1)
        return self._authors[author] if 0 <= author < len(self._authors) else None

    def _beside_threads(self, notes: NotesByCell) -> dict[CellPosition, Sequence[str]]:
        """Those for cells with a conversation at the next cell without one: what is added to its note gets lost."""
        threads = {p for p, e in self._held.items() if (self._author_of(e) or "").startswith(_THREAD)}
        found: dict[CellPosition, Sequence[str]] = {}
        for (row, column), lines in notes.items():
            at = column
            while (row, at) in threads:
                at += 1
            held = found.get((row, at))
            found[row, at] = lines if held is None else [*held, "", *lines]
        return found

    def add(self, notes: NotesByCell) -> None:
        """These notes beside those that are there; a cell with one of ours keeps it, above the new lines."""
        notes = self._beside_threads(notes)
        kept = {place: self._own_lines(place) for place in self.own}
        self.replace(kept | {place: [*kept.get(place, ()), *lines] for place, lines in notes.items()})

    def _own_lines(self, place: CellPosition) -> list[str]:
        """What was written here before, of a note."""
        comment = self._held[place]
        before, _, behind = _text(comment).partition(NOTE_RULE)
        first = before.strip() and (self._is_own(comment) or self._answer_in(comment))
        return (before if first else behind).strip().split("\n")

    def replace(self, notes: NotesByCell, kept: tuple[str, ...] = ()) -> None:
        """These notes, lines by cell, in place of all that were written here before but for lines that begin as in `kept`."""
        notes = self._beside_threads(notes)
        for place in self.own if kept else ():
            stay = [line for line in self._own_lines(place) if line.startswith(kept)]
            if stay:
                notes[place] = [*stay, *(["", *notes[place]] if place in notes else ())]
        if not notes and not self.own:
            return
        part = self._part_to_write()
        gone = self._take_back(part, notes)
        author = self._author(part, PROGRAM) if notes else 0
        persons = set(self._held) - gone
        new = {place: lines for place, lines in notes.items() if place not in persons}
        x, held = part.named_like(part.root, ""), next(part.root.iter(n.COMMENT_LIST))
        for place, lines in sorted(new.items()):
            part.put_last(held, _comment(x, place, author, _runs(x, [*lines, NOTE_RULE])))
        added = {}
        for place in notes.keys() & persons:
            comment = self._held[place]
            answer = self._answer_in(comment)
            if not answer:
                self._add_to(part, comment, notes[place])
            added[place] = [answer or _persons(comment), NOTE_RULE, *notes[place]]
        self._draw(gone, new, added)

    def _take_back(self, part: SplicedPart, notes: NotesByCell) -> set[CellPosition]:
        """Takes away what was written here before; the cells that have no note left. A note that a person answered becomes theirs."""
        gone: set[CellPosition] = set()
        for place, comment in self._held.items():
            if answer := self._answer_in(comment):
                self._hand_over(part, place, answer, notes.get(place, ()))
            elif self._is_own(comment):
                gone.add(place)
                part.put_instead(comment)
            else:
                _cut(part, comment)
        return gone

    def _answer_in(self, comment: Element) -> str:
        """What a person typed behind our words in our own note; empty of any other."""
        before, _, behind = _text(comment).partition(NOTE_RULE)
        ours = self._author_of(comment) == PROGRAM or before.startswith(note_beginnings())
        return behind.strip("\n") if ours else ""

    def _hand_over(self, part: SplicedPart, place: CellPosition, answer: str, lines: Sequence[str]) -> None:
        x = part.named_like(part.root, "")
        text = f'<{x}r><{x}t xml:space="preserve">{written(answer)}</{x}t></{x}r>'
        ours = _runs(x, [f"\n{NOTE_RULE}", *lines]) if lines else ""
        part.put_instead(self._held[place], _comment(x, place, self._author(part, ""), text + ours))

    def _part_to_write(self) -> SplicedPart:
        if self._part is not None:
            return self._part
        name = self._copy.free_name("xl/comments{}.xml")
        uri = n.STRICT_MAIN if self._copy.strict else n.MAIN
        empty = f'{HEAD}<comments xmlns="{uri}"><authors></authors><commentList></commentList></comments>'
        self._copy.add(name, empty.encode(), _COMMENTS_TYPE, "comments", source=self._sheet.name)
        return self._copy.part(name)

    def _author(self, part: SplicedPart, name: str) -> int:
        """The number of an author, who is added where they are not there."""
        if name not in self._authors:
            tag = part.named_like(part.root, "author")
            part.put_last(next(part.root.iter(n.AUTHORS)), f"<{tag}>{name}</{tag}>")
            self._authors.append(name)
        return self._authors.index(name)

    def _add_to(self, part: SplicedPart, comment: Element, lines: Sequence[str]) -> None:
        """Ours behind a person's note, whose plain text becomes a run: a text has either the one or the other."""
        x = part.named_like(part.root, "")
        text = next(comment.iter(n.TEXT))
        for plain in text.iterfind(n.T):
            span = part.span(plain)
            part.put(span.start, f"<{x}r>")
            part.put(span.end, f"</{x}r>")
        part.put_last(text, _runs(x, [f"\n{NOTE_RULE}", *lines]))

    def _draw(self, gone: set[CellPosition], new: NotesByCell, added: NotesByCell) -> None:
        """A box for each new note; those of notes that went are taken away, those of notes that were added to grow."""
        name = self._sheet.notes_drawing
        if name is None and not new:
            return
        if name is None:
            name = self._copy.free_name("xl/drawings/vmlDrawingCf{}.vml")
            empty = shipped_part("book/drawing.vml").encode()
            key = self._copy.add(name, empty, _DRAWING_TYPE, "vmlDrawing", source=self._sheet.name)
            self._sheet.draw_notes(key)
        drawn, larger = (
            {place: self._sheet.box_beside(place, *_size(lines)) for place, lines in notes.items()}
            for notes in (new, added)
        )
        self._copy.replace(name, with_boxes(self._copy.read(name), gone, drawn, larger))


def _size(lines: Sequence[str]) -> tuple[int, int]:
    """The width and height of a box in which all of a note's lines can be read, in pixels."""
    sizes = [
        (width, sum(lines_taken(line, characters * WIDE) for line in lines)) for width, characters in _SIZES
    ]
    width, count = next((size for size in sizes if size[1] <= _MOST_LINES), sizes[-1])
    return width, count * _LINE + _MARGIN


def lines_taken(text: str, room: int) -> int:
    """How many lines a text takes, its characters counted as `WIDE` and `NARROW`."""
    lengths = (
        sum(WIDE if east_asian_width(c) in "FWA" else NARROW for c in line) for line in text.split("\n")
    )
    return sum(max(-(-length // room), 1) for length in lengths)


def _comment(x: str, place: CellPosition, author: int, text: str) -> str:
    return f'<{x}comment ref="{reference(*place)}" authorId="{author}"><{x}text>{text}</{x}text></{x}comment>'


def _cut(part: SplicedPart, comment: Element) -> None:
    """Takes away what was added to a person's note, however an editor has divided it into runs."""
    if NOTE_RULE not in _text(comment):
        return
    room = len(_persons(comment))
    for text in comment.iter(n.T):
        words = text.text or ""
        run = text.getparent()
        if room <= 0 and run is not None:
            part.put_instead(run if run.tag == n.R else text)
        elif len(words) > room:
            span = part.span(text)
            part.replace(span.inner, span.closing, text_of_cell(words[:room]))
        room -= len(words)


def _persons(comment: Element) -> str:
    """What a person wrote of a note."""
    return _text(comment).partition(NOTE_RULE)[0].rstrip("\n")


def _text(comment: Element) -> str:
    return "".join(t.text or "" for t in comment.iter(n.T))


def _runs(x: str, lines: Sequence[str]) -> str:
    """A note's text: the first line bold."""
    head, *rest = lines
    texts = ((f"<{x}b/>", head), ("", "".join(f"\n{line}" for line in rest)))
    return "".join(
        f'<{x}r><{x}rPr>{bold}<{x}sz val="9"/></{x}rPr>'
        f'<{x}t xml:space="preserve">{text_of_cell(text)}</{x}t></{x}r>'
        for bold, text in texts
        if text
    )


_SHAPE = pattern(r"<(?:\w+:)?shape[\s>]")
_SHAPE_END = pattern(r"</(?:\w+:)?shape\s*>")
_IDS = pattern(r"_x0000_s(\d{1,9})")
_BLOCK = pattern(r"""\sdata=["'](\d{1,6})""")
_ROW = pattern(r"<(?:\w+:)?Row>\s*(\d{1,7})\s*</")
_COLUMN = pattern(r"<(?:\w+:)?Column>\s*(\d{1,7})\s*</")
_ANCHOR = pattern(r"(<(?:\w+:)?Anchor>)([\d\s,]*)(?=</)")
_FIGURE = pattern(r"\d{1,9}")
_DATA = pattern(r"<(\w+:)?ClientData\b[^<>]*(?<!/)>")
_ROOT_END = pattern(r"</(?:\w+:)?xml\s*>\s*\Z")
_BLOCK_SIZE = 1024
"""Numbers of shapes go by blocks of so many, which a drawing says it has ([MS-ODRAWXML] 2.3.1, idmap)."""


def with_boxes(
    data: bytes,
    gone: Collection[CellPosition],
    new: Mapping[CellPosition, BoxAnchor],
    grown: Mapping[CellPosition, BoxAnchor],
) -> bytes:
    """The drawing without some notes' boxes, with others, and with some at least as large as said; what else is drawn stays."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    coding = "utf-16" if wide else "utf-8"
    drawing = data.decode(coding, "surrogateescape")
    kept = "".join(
        _grown(text, grown[place]) if place is not None and place in grown else text
        for text, place in _pieces(drawing)
        if place not in gone
    )
    return _added(kept, new).encode(coding, "surrogateescape")


def _pieces(drawing: str) -> Iterator[tuple[str, CellPosition | None]]:
    """The drawing cut into the boxes of notes, each with its cell, and what stands between them."""
    at = 0
    for found in _SHAPE.finditer(drawing):
        end = _SHAPE_END.search(drawing, found.start())
        if found.start() < at or end is None:
            continue
        shape = drawing[found.start() : end.end()]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if row and column and "Note" in shape:
            yield drawing[at : found.start()], None
            yield shape, (int(row[1]), int(column[1]))
            at = end.end()
    yield drawing[at:], None


def _grown(shape: str, least: BoxAnchor) -> str:
    """A person's box, large enough for what was added to its note."""
    found = _ANCHOR.search(shape)
    if found is None:
        data = _DATA.search(shape)
        if data is None:
            return shape
        tag = f"{data[1] or ''}Anchor"
        return f"{shape[: data.end()]}<{tag}>{_listed(least)}</{tag}>{shape[data.end() :]}"
    held = tuple(map(int, _FIGURE.findall(found[2])))
    if len(held) != len(least):
        return shape
    right, bottom = max(held[4:6], least[4:6]), max(held[6:], least[6:])
    return f"{shape[: found.end(1)]}{_listed((*held[:4], *right, *bottom))}{shape[found.end() :]}"


def _added(drawing: str, boxes: Mapping[CellPosition, BoxAnchor]) -> str:
    """The drawing with a box for each new note."""
    if not boxes:
        return drawing
    block = _BLOCK.search(drawing)
    numbers = [int(block[1]) * _BLOCK_SIZE if block else _BLOCK_SIZE, *map(int, _IDS.findall(drawing))]
    shapes = [] if re.search(r"""id=["']?_x0000_t202""", drawing) else [shipped_part("book/note_type.vml")]
    for key, ((row, column), anchor) in enumerate(sorted(boxes.items()), start=max(numbers) + 1):
        facts = {"id": key, "anchor": _listed(anchor), "row": row, "column": column}
        shapes.append(shipped_part("book/note_box.vml", **facts))
    end = _ROOT_END.search(drawing)
    at = end.start() if end is not None else len(drawing)
    return f"{drawing[:at]}{''.join(shapes)}{drawing[at:]}"


def _listed(anchor: BoxAnchor) -> str:
    return ", ".join(map(str, anchor))
