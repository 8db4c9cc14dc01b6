"""Tables of Word: rows of cells with widths, from which the grid, the spans and the merges follow."""

from __future__ import annotations

from itertools import accumulate, pairwise

from clusterform.record import record
from clusterform.writing.word.controls import element, run, val

WIDTH = 8844
"""156 mm, the width of the text, in twentieths of a point."""
LINE = 320
"""The distance of lines in tables; the styles of their texts have it too."""
_EDGE = {"w_val": "single", "w_sz": 4, "w_space": 0, "w_color": "auto"}

_MARGINS = (("top", 40), ("left", 85), ("bottom", 40), ("right", 85))


@record
class WordCell:
    """A cell; `merge` is restart or continue where it is merged downwards."""

    width: int
    """In twentieths of a point."""
    content: tuple[str, ...] = ()
    """Paragraphs; none: an empty one."""
    merge: str = ""
    top: bool = False
    """The text begins at the top, as an answer of many lines does; else it stands in the middle."""


@record
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
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    properties = element(
        "w:tblPr",
        element("w:tblW", w_w=edges[-1], w_type="dxa"),
        val("w:jc", "center"),
        element("w:tblBorders", *(element(f"w:{side}", **_EDGE) for side in sides)),
        element("w:tblLayout", w_type="fixed"),
        element("w:tblCellMar", *(element(f"w:{side}", w_w=width, w_type="dxa") for side, width in _MARGINS)),
    )
    widths = (b - a for a, b in pairwise(edges))
    grid = element("w:tblGrid", *(element("w:gridCol", w_w=width) for width in widths))
    return element("w:tbl", properties, grid, *(_row(row, edges) for row in rows))


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
