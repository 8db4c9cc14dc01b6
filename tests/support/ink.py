"""How a form is written in Word: the way boxes are ticked, runs cut, labels spaced. Blocks to XML."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal
from xml.sax.saxutils import escape

from support.encodings import Encoding
from support.ooxml import NAMESPACES
from support.page import Block, Box, Cell, Grid, Line, Row, Said

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
PAGE = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
    'w:left="1440" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
)
"""A4, upright."""
WIDTH = 9000
"""The width of a table in twentieths of a point."""
_FULL = {code: code + 0xFEE0 for code in (*range(0x28, 0x2A), *range(0x30, 0x3A), 0x25)}
_AUTHOR = 'w:id="{}" w:author="县局" w:date="2025-06-20T09:00:00Z"'


def run(text: str, properties: str = "") -> str:
    """One run; line breaks as Word writes them."""
    parts = escape(text).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    return f'<w:r>{properties}<w:t xml:space="preserve">{parts}</w:t></w:r>'


def _control(state: int, glyph: str) -> str:
    states = f'<w14:checked w14:val="{state}"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    held = (
        f"<w:sdtPr><w14:checkbox>{states}</w14:checkbox></w:sdtPr><w:sdtContent>{run(glyph)}</w:sdtContent>"
    )
    return f"<w:sdt>{held}</w:sdt>"


def _symbol(code: str) -> str:
    return f'<w:r><w:sym w:font="Wingdings 2" w:char="{code}"/></w:r>'


def _letter(letter: str) -> str:
    return run(letter, '<w:rPr><w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/></w:rPr>')


def _form_field(state: str) -> str:
    kind = f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/>{state}</w:checkBox>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{kind}</w:ffData></w:fldChar></w:r>'
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return f'{begin}{code}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


BOXES = {
    "ballot": (run("□"), run("☑")),
    "cross": (run("☐"), run("☒")),
    "beside": (run("□"), run("□√")),
    "before": (run("□"), run("√□")),
    "control": (_control(0, "☐"), _control(1, "☒")),
    "symbol": (_symbol("F0A3"), _symbol("F052")),
    "letter": (_letter("£"), _letter("R")),
    "field": (_form_field(""), _form_field("<w:checked/>")),
}
"""An empty box and a ticked one, in each way people have of ticking."""


@dataclass(frozen=True, slots=True)
class Ink:
    """One person's habits."""

    boxes: Literal["ballot", "cross", "beside", "before", "control", "symbol", "letter", "field"] = "ballot"
    """□/☑, ☐/☒, □√, √□, a content control, w:sym of Wingdings 2, the same as letters, FORMCHECKBOX."""
    labels: Literal["notice", "half", "full", "tight", "spaced"] = "notice"
    """Official text as the notice prints it; half or full width; without spaces; with spaces strewn in."""
    encodings: tuple[Encoding, ...] = ()
    """Instead of `boxes`: each group of boxes in the next of these, over and over."""
    wrapper: str = "{}"
    """What stands round every piece of a line, as inline XML."""
    option_cells: Literal["", "options", "boxes"] = ""
    """Each option in a cell of its own, or each box and each option's words."""
    split_runs: bool = False
    seed: int = 77
    """Where runs are split."""
    controls: bool = False
    """Content controls round the cells that take answers."""
    tracked: bool = False
    """Answers typed over others with changes tracked."""
    comment: bool = False
    """A note to a colleague left on the first answer."""
    hidden: str = ""
    """Hidden text at the end of the file."""


@dataclass(slots=True)
class Pen:
    """Writes blocks as XML, numbering what must be numbered."""

    ink: Ink
    count: int = 0
    groups: int = 0
    """Groups of boxes written so far."""
    number: int = 0
    """Options of the group written so far."""
    commented: bool = False
    dice: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.ink.seed)  # noqa: S311  (no secret)

    def document(self, blocks: list[Block]) -> str:
        """The whole of document.xml."""
        body = "".join(self._table(b) if isinstance(b, Grid) else self._paragraph(b) for b in blocks)
        if self.ink.hidden:
            body += f"<w:p>{run(self.ink.hidden, '<w:rPr><w:vanish/></w:rPr>')}</w:p>"
        spaces = f'xmlns:w="{W}" xmlns:w14="{W14}" xmlns:mc="{MC}" mc:Ignorable="w14"'
        if self.ink.encodings or self.ink.wrapper != "{}":
            spaces = f'{NAMESPACES} mc:Ignorable="w14"'
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f"{head}<w:document {spaces}><w:body>{body}{PAGE}</w:body></w:document>"

    def _number(self) -> int:
        self.count += 1
        return self.count

    def _paragraph(self, line: Line) -> str:
        return f"<w:p>{self._line(line)}</w:p>"

    def _line(self, line: Line) -> str:
        if self.ink.encodings and any(isinstance(piece, Box) for piece in line):
            return "".join(self._encoded(line))
        pieces = (self._box(p.ticked) if isinstance(p, Box) else self._said(p) for p in line)
        return "".join(self.ink.wrapper.format(piece) if piece else "" for piece in pieces)

    def _encoded(self, line: Line) -> Iterator[str]:
        """A line of options, each with what follows its box."""
        encoding = self.ink.encodings[(self.groups - 1) % len(self.ink.encodings)]
        rest = iter(line)
        for piece in rest:
            if isinstance(piece, Said):
                yield self.ink.wrapper.format(self._said(piece))
                continue
            words = next(rest)
            self.number += 1
            text = printed(words.text, self.ink.labels) if isinstance(words, Said) else ""
            xml = encoding.option(self._runs(text), text, self.number, ticked=piece.ticked)
            yield self.ink.wrapper.format(xml)

    def _said(self, piece: Said) -> str:
        if piece.official:
            return self._runs(printed(piece.text, self.ink.labels))
        runs = self._runs(piece.text)
        if self.ink.tracked and piece.text:
            old = "<w:r><w:delText>待定</w:delText></w:r>"
            gone = f"<w:del {_AUTHOR.format(self._number())}>{old}</w:del>"
            runs = f"{gone}<w:ins {_AUTHOR.format(self._number())}>{runs}</w:ins>"
        if self.ink.comment and piece.text and not self.commented:
            self.commented = True
            start, end = (f'<w:commentRange{part} w:id="0"/>' for part in ("Start", "End"))
            runs = f'{start}{runs}{end}<w:r><w:commentReference w:id="0"/></w:r>'
        return runs

    def _runs(self, text: str) -> str:
        if not text:
            return ""
        cuts = [0, len(text)]
        if self.ink.split_runs and len(text) > 1:
            cuts = sorted({0, len(text), *(self.dice.randrange(1, len(text)) for _ in range(3))})
        return "".join(run(text[a:b]) for a, b in pairwise(cuts))

    def _box(self, ticked: bool) -> str:
        return BOXES[self.ink.boxes][ticked]

    def _table(self, grid: Grid) -> str:
        unit = WIDTH // grid.columns
        columns = f'<w:gridCol w:w="{unit}"/>' * grid.columns
        edge = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
        names = ("top", "left", "bottom", "right", "insideH", "insideV")
        borders = "".join(f"<w:{name} {edge}/>" for name in names)
        props = (
            f'<w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        )
        rows = "".join(self._row(row, unit) for row in grid.rows)
        return f"<w:tbl>{props}<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl><w:p/>"

    def _row(self, row: Row, unit: int) -> str:
        return f"<w:tr>{''.join(self._cell(part, unit) for cell in row for part in self._parts(cell))}</w:tr>"

    def _parts(self, cell: Cell) -> list[Cell]:
        """The cells that one cell is cut into."""
        if not any(isinstance(piece, Box) for line in cell.lines for piece in line):
            return [cell]
        self.groups, self.number = self.groups + 1, 0
        if not self.ink.option_cells:
            return [cell]
        pieces: list[list[Said | Box]] = []
        for piece in (piece for line in cell.lines for piece in line):
            if isinstance(piece, Box) or not pieces or self.ink.option_cells == "boxes":
                pieces.append([])
            pieces[-1].append(piece)
        return [replace(cell, lines=(tuple(part),), span=1) for part in pieces]

    def _cell(self, cell: Cell, unit: int) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = {"": "", "restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}[cell.merge]
        props = f'<w:tcPr><w:tcW w:w="{unit * cell.span}" w:type="dxa"/>{span}{merge}</w:tcPr>'
        xml = f"<w:tc>{props}{''.join(self._paragraph(line) for line in cell.lines)}</w:tc>"
        if self.ink.controls and cell.answer:
            number = f'<w:sdtPr><w:id w:val="{self._number()}"/></w:sdtPr>'
            return f"<w:sdt>{number}<w:sdtContent>{xml}</w:sdtContent></w:sdt>"
        return xml


def printed(text: str, habit: str) -> str:
    """Official text in another hand: widths and spaces changed, and not one word."""
    if habit == "half":
        return unicodedata.normalize("NFKC", text.replace("（", " (").replace("）", ") "))
    if habit == "full":
        return text.replace(" ", "").translate(_FULL)
    if habit == "tight":
        return text.replace(" ", "").replace("\u3000", "")
    if habit == "spaced":
        return " ".join(text) if len(text) <= 4 else text.replace("（", " （ ").replace("，", "， ")
    return text
