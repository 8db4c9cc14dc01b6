"""WordprocessingML as text: runs and paragraphs, tables from whose widths grid and merges follow, content controls."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from xml.sax.saxutils import escape, quoteattr

from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import written


def element(name: str, /, *inner: str, **attributes: object) -> str:
    """An element; in the names of attributes the first _ stands for the colon."""
    held = "".join(
        f" {key.replace('_', ':', 1)}={quoteattr(str(value))}" for key, value in attributes.items()
    )
    body = "".join(inner)
    return f"<{name}{held}>{body}</{name}>" if body else f"<{name}{held}/>"


def val(name: str, value: object) -> str:
    """An element of WordprocessingML that is its value and nothing else."""
    return element(name, w_val=value)


def run(text: str, *properties: str) -> str:
    """One run of text."""
    held = element("w:rPr", *properties) if properties else ""
    pieces = (element("w:t", escape(piece), xml_space="preserve") for piece in text.split("\t"))
    return element("w:r", held, element("w:tab").join(pieces))


WIDTH = 8844
"""156 mm, the width of the text, in twentieths of a point."""
LINE_HEIGHT = 320
"""The distance of lines in tables; the styles of their texts have it too."""


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell; `merge` is restart or continue where it is merged downwards."""

    width: int
    """In twentieths of a point."""
    content: tuple[str, ...] = ()
    """Paragraphs; none: an empty one."""
    merge: str = ""
    top: bool = False
    """The text begins at the top, as an answer of many lines does; else it stands in the middle."""


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table."""

    cells: tuple[WordCell, ...]
    height: int = 0
    """The least, in twentieths of a point."""
    head: bool = False
    """Repeated at the top of every page that the table reaches."""
    splits: bool = False
    """It may be cut by the end of a page."""


def paragraph(style: str, *runs: str, keep: bool = False) -> str:
    """A paragraph; with `keep` the next one stays on its page."""
    properties = element("w:pPr", val("w:pStyle", style), element("w:keepNext") if keep else "")
    return element("w:p", properties, *runs)


def text(style: str, words: str, *, keep: bool = False) -> str:
    """A paragraph of plain text."""
    return paragraph(style, run(words) if words else "", keep=keep)


def label(width: int, words: str, merge: str = "", style: str = "Label") -> WordCell:
    """A cell with official text."""
    return WordCell(width, (text(style, words),), merge)


def table(rows: list[WordRow]) -> str:
    """A table with a frame round every cell."""
    edges = sorted({edge for row in rows for edge in _edges(row)} | {0})
    grid = (element("w:gridCol", w_w=b - a) for a, b in pairwise(edges))
    made = (_row(row, edges) for row in rows)
    return shipped_part("word/table.xml", width=edges[-1], grid="".join(grid), rows="".join(made))


def _edges(row: WordRow) -> list[int]:
    """Where the cells of a row end."""
    return list(accumulate(cell.width for cell in row.cells))


def _row(row: WordRow, edges: list[int]) -> str:
    properties = element(
        "w:trPr",
        "" if row.splits else element("w:cantSplit"),
        element("w:trHeight", w_val=row.height, w_hRule="atLeast") if row.height else "",
        element("w:tblHeader") if row.head else "",
    )
    ends = _edges(row)
    starts = [0, *ends]
    spans = [edges.index(end) - edges.index(start) for start, end in pairwise(starts)]
    return element("w:tr", properties, *(_cell(c, span) for c, span in zip(row.cells, spans, strict=True)))


def _cell(cell: WordCell, span: int) -> str:
    merged = {"": "", "restart": val("w:vMerge", "restart"), "continue": element("w:vMerge")}[cell.merge]
    properties = element(
        "w:tcPr",
        element("w:tcW", w_w=cell.width, w_type="dxa"),
        val("w:gridSpan", span) if span > 1 else "",
        merged,
        val("w:vAlign", "top" if cell.top else "center"),
    )
    return element("w:tc", properties, *(cell.content or (paragraph("Answer"),)))


LONGEST_NAME = 64
"""Characters that Word allows in a control's tag and title; with more it calls the file damaged."""
SPACE, LINE = "ClusterformSpace", "ClusterformLine"
PROMPTS = {SPACE: "\u3000" * 2, LINE: "_" * 6}
"""What an empty control shows, by the building block that brings it back: nothing to see, but wide enough to be
clicked; or a line to write on."""
UNDERLINE = val("w:u", "single")
_LOCKED = val("w:lock", "sdtLocked")
"""The control cannot be deleted by mistake; its answer can."""
_ANY_TEXT = element("w:richText")
"""Not w:text, nor a control round a whole paragraph: LibreOffice 7.4 repeats the text of such for every piece of it."""
_FIRST_ID = 770000


@dataclass(slots=True)
class Controls:
    """Writes controls, numbering them in the order they are asked for."""

    made: int = 0

    def answer(self, name: str, title: str, *, locked: bool = True) -> str:
        """A place in a paragraph for an answer."""
        kind = (_LOCKED if locked else "") + _prompted(SPACE) + _ANY_TEXT
        return self._control(name, title, kind, run(PROMPTS[SPACE]))

    def underlined(self, name: str, title: str) -> str:
        """A place where the form prints a line to write on."""
        return self._control(
            name, title, _LOCKED + _prompted(LINE) + _ANY_TEXT, run(PROMPTS[LINE]), UNDERLINE
        )

    def printed(self, name: str, title: str, runs: str) -> str:
        """A place in a paragraph where the form prints a pattern to fill in."""
        return self._control(name, title, _LOCKED + _ANY_TEXT, runs)

    def box(self, name: str, title: str) -> str:
        """A box of a group, in a font that holds both its glyphs in one size, and comes with every Windows since 7."""
        self.made += 1
        alias, tag = written(shortened(title)), written(name)
        return shipped_part("word/box.xml", title=alias, tag=tag, id=_FIRST_ID + self.made)

    def _control(self, name: str, title: str, kind: str, content: str, look: str = "") -> str:
        """A control; its name is found again by programs, its title is shown to a person."""
        self.made += 1
        facts = {"title": written(shortened(title)), "tag": written(name), "id": _FIRST_ID + self.made}
        facts |= {"look": element("w:rPr", look) if look else "", "kind": kind, "content": content}
        return shipped_part("word/control.xml", **facts)


def _prompted(prompt: str) -> str:
    """That the control is empty and shows its prompt."""
    return element("w:placeholder", val("w:docPart", prompt)) + element("w:showingPlcHdr")


def shortened(title: str) -> str:
    """A title of no more characters than Word allows."""
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
