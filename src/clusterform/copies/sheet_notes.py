"""The notes of a sheet: a text for each cell in its part of comments, and a box for each in its VML drawing.

Excel, WPS and LibreOffice show a note only where both are there (ISO/IEC 29500-4, 19.2.2). A cell has one note: behind
that of a person ours is added to it, under a line that tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from clusterform.copies.package_copy import HEAD, PackageCopy
from clusterform.copies.sheet_part import SheetPart
from clusterform.parsers.container.own_marks import NOTE_RULE, PROGRAM, is_own_note
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import place_of, reference
from clusterform.patterns import pattern
from clusterform.writing.fill_book.sheet_cells import CellPosition
from clusterform.writing.spliced_part import SplicedPart, written

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREAD = "tc="
"""How the author of a note begins that repeats a conversation of newer Excel, which writes it anew."""
_NEW_DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_NOTE_TYPE = (
    '<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = (
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
    'style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SHAPES = pattern(r"<(?:\w+:)?shape[\s>]")
_SHAPE_END = pattern(r"</(?:\w+:)?shape\s*>")
_IDS = pattern(r"_x0000_s(\d{1,9})")
_ROW, _COLUMN = (pattern(rf"<(?:\w+:)?{tag}>\s*(\d+)\s*</") for tag in ("Row", "Column"))
_ROOT_END = pattern(r"</(?:\w+:)?xml\s*>\s*\Z")
_FIRST_SHAPE = 1025
_WIDE, _LINE = 4, 24
"""Columns that a note is wide, and characters in a line of it."""
_TALLEST = 40


class SheetNotes:
    """The notes of one sheet of a copy."""

    def __init__(self, copy: PackageCopy, sheet: SheetPart) -> None:
        self._copy = copy
        self._sheet = sheet
        found = copy.package.related("comments", sheet.name)
        self._name = copy.package.stored_name(found) if found is not None else None
        self._part = copy.part(self._name) if self._name is not None else None
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
        return frozenset(p for p, e in self._held.items() if self._is_own(e) or _added(e))

    def _is_own(self, comment: Element) -> bool:
        return is_own_note(self._author_of(comment), _text(comment))

    def _author_of(self, comment: Element) -> str | None:
        author = number(comment.get("authorId"), -1)
        return self._authors[author] if 0 <= author < len(self._authors) else None

    def _beside_threads(
        self, notes: Mapping[CellPosition, Sequence[str]]
    ) -> dict[CellPosition, Sequence[str]]:
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

    def add(self, notes: Mapping[CellPosition, Sequence[str]]) -> None:
        """These notes beside those that are there; a cell with one of ours keeps it, above the new lines."""
        notes = self._beside_threads(notes)
        kept = {place: self._own_lines(place) for place in self.own}
        self.replace(kept | {place: [*kept.get(place, ()), *lines] for place, lines in notes.items()})

    def _own_lines(self, place: CellPosition) -> list[str]:
        """What was written here before, of a note."""
        before, _, behind = _text(self._held[place]).partition(NOTE_RULE)
        return (before if self._is_own(self._held[place]) else behind).strip().split("\n")

    def replace(self, notes: Mapping[CellPosition, Sequence[str]]) -> None:
        """These notes, lines by cell, in place of all that were written here before."""
        notes = self._beside_threads(notes)
        gone = {place for place, e in self._held.items() if self._is_own(e)}
        if not notes and not self.own:
            return
        part, name = self._part_to_write()
        for place, comment in self._held.items():
            self._leave_out(part, comment, whole=place in gone)
        author = self._author(part) if notes else 0
        drawn = set(self._held) - gone
        for place, lines in sorted(notes.items()):
            if place in drawn:
                self._add_to(part, self._held[place], lines)
            else:
                self._write_new(part, place, lines, author)
        self._copy.change(name, part)
        self._draw({place: lines for place, lines in notes.items() if place not in drawn}, gone)

    def _part_to_write(self) -> tuple[SplicedPart, str]:
        if self._part is not None and self._name is not None:
            return self._part, self._name
        name = self._copy.free_name("xl/comments{}.xml")
        uri = _STRICT_MAIN if self._copy.strict else _MAIN
        empty = f'{HEAD}<comments xmlns="{uri}"><authors></authors><commentList></commentList></comments>'
        self._copy.add(name, empty.encode(), _COMMENTS_TYPE, "comments", source=self._sheet.name)
        return self._copy.part(name), name

    def _author(self, part: SplicedPart) -> int:
        """Our number among the authors."""
        if PROGRAM in self._authors:
            return self._authors.index(PROGRAM)
        authors = next(part.root.iter(n.AUTHORS))
        tag = part.named_like(part.root, "author")
        part.put_last(authors, f"<{tag}>{PROGRAM}</{tag}>")
        return len(self._authors)

    def _leave_out(self, part: SplicedPart, comment: Element, *, whole: bool) -> None:
        """Takes a note away, or from a person's note what was added to it."""
        for element in [comment] if whole else _added(comment):
            span = part.span(element)
            part.replace(span.start, span.end)

    def _write_new(self, part: SplicedPart, place: CellPosition, lines: Sequence[str], author: int) -> None:
        x = part.named_like(part.root, "")
        text = _runs(x, [*lines, NOTE_RULE])
        part.put_last(
            next(part.root.iter(n.COMMENT_LIST)),
            f'<{x}comment ref="{reference(*place)}" authorId="{author}"><{x}text>{text}</{x}text></{x}comment>',
        )

    def _add_to(self, part: SplicedPart, comment: Element, lines: Sequence[str]) -> None:
        """Ours behind a person's note, whose plain text becomes a run: a text has either the one or the other."""
        x = part.named_like(part.root, "")
        text = next(comment.iter(n.TEXT))
        for plain in text.iterfind(n.T):
            span = part.span(plain)
            part.put(span.start, f"<{x}r>")
            part.put(span.end, f"</{x}r>")
        part.put_last(text, _runs(x, [f"\n{NOTE_RULE}", *lines]))

    def _draw(self, fresh: Mapping[CellPosition, Sequence[str]], gone: set[CellPosition]) -> None:
        """A box for each new note; those of notes that went are taken away."""
        name = self._sheet.notes_drawing
        if name is None and not fresh:
            return
        if name is None:
            name = self._copy.free_name("xl/drawings/vmlDrawingCf{}.vml")
            key = self._copy.add(
                name, _NEW_DRAWING.encode(), _DRAWING_TYPE, "vmlDrawing", source=self._sheet.name
            )
            self._sheet.draw_notes(key)
        data = self._copy.read(name)
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        drawing = _without_shapes(data.decode("utf-16" if wide else "utf-8", "surrogateescape"), gone)
        self._copy.replace(
            name, _with_shapes(drawing, fresh).encode("utf-16" if wide else "utf-8", "surrogateescape")
        )


def _added(comment: Element) -> list[Element]:
    """The runs of a note from the line on that tells ours from a person's."""
    runs = list(comment.iter(n.R))
    texts = ["".join(t.text or "" for t in run.iter(n.T)) for run in runs]
    start = next((k for k, text in enumerate(texts) if text.strip().startswith(NOTE_RULE)), len(runs))
    return runs[start:]


def _text(comment: Element) -> str:
    return "".join(t.text or "" for t in comment.iter(n.T))


def _runs(x: str, lines: Sequence[str]) -> str:
    """A note's text: the first line bold."""
    head, *rest = lines
    look = f'<{x}rPr><{x}b/><{x}sz val="9"/></{x}rPr>', f'<{x}rPr><{x}sz val="9"/></{x}rPr>'
    texts = [head, "".join(f"\n{line}" for line in rest)]
    return "".join(
        f'<{x}r>{format_}<{x}t xml:space="preserve">{written(text)}</{x}t></{x}r>'
        for format_, text in zip(look, texts, strict=True)
        if text
    )


def _without_shapes(drawing: str, places: set[CellPosition]) -> str:
    """The drawing without the boxes of the notes of these cells; what else is drawn stays, well-formed or not."""
    kept, at = [], 0
    for found in _SHAPES.finditer(drawing):
        end = _SHAPE_END.search(drawing, found.start())
        if found.start() < at or end is None:
            continue
        shape = drawing[found.start() : end.end()]
        row, column = _ROW.search(shape), _COLUMN.search(shape)
        if row and column and "Note" in shape and (int(row[1]), int(column[1])) in places:
            kept.append(drawing[at : found.start()])
            at = end.end()
    return "".join([*kept, drawing[at:]])


def _with_shapes(drawing: str, notes: Mapping[CellPosition, Sequence[str]]) -> str:
    """The drawing with a box for each note."""
    first = max([_FIRST_SHAPE - 1, *(int(key) for key in _IDS.findall(drawing))]) + 1
    shapes = [] if re.search(r"""id=["']?_x0000_t202""", drawing) else [_NOTE_TYPE]
    for shape, ((row, column), lines) in enumerate(sorted(notes.items()), start=first):
        tall = sum(len(line) // _LINE + 1 for line in lines) + 1
        anchor = (column + 1, 15, row, 2, column + 1 + _WIDE, 15, row + min(tall, _TALLEST) // 2 + 2, 4)
        shapes.append(_SHAPE.format(id=shape, anchor=", ".join(map(str, anchor)), row=row, column=column))
    end = _ROOT_END.search(drawing)
    at = end.start() if end is not None else len(drawing)
    return drawing[:at] + ("".join(shapes) if notes else "") + drawing[at:]
