"""A plain table for a Word form that has none in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusterform.parsers.docx import names as n
from clusterform.writing.fill_word.docx_runs import make, put_text

_W = n.P.removesuffix("p")
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_FIFTIETHS = 50
"""Of a percent: the measure of a table's width."""


def new_table(rows: Sequence[Sequence[str]], shares: Sequence[int]) -> Any:
    """A table as wide as the text; `shares` of its columns in percent, the first row repeated on every page."""
    table = make(n.TBL)
    properties = make(f"{_W}tblPr")
    properties.append(make(f"{_W}tblW", w=str(100 * _FIFTIETHS), type="pct"))
    borders = make(f"{_W}tblBorders")
    for side in _SIDES:
        borders.append(make(f"{_W}{side}", val="single", sz="4", space="0", color="auto"))
    properties.append(borders)
    table.append(properties)
    grid = make(f"{_W}tblGrid")
    for share in shares:
        grid.append(make(f"{_W}gridCol", w=str(90 * share)))
    table.append(grid)
    for number, texts in enumerate(rows):
        table.append(_row(texts, shares, head=not number))
    return table


def new_heading(words: str) -> Any:
    """A heading at the top of a page, as the form's own stand there."""
    paragraph, properties, run, look = make(n.P), make(n.PPR), make(n.R), make(n.RPR)
    properties.append(make(f"{_W}keepNext"))
    properties.append(make(f"{_W}pageBreakBefore"))
    look.append(make(n.R_FONTS, eastAsia="黑体"))
    look.append(make(f"{_W}sz", val="32"))
    paragraph.append(properties)
    run.append(look)
    put_text(run, words)
    paragraph.append(run)
    return paragraph


def _row(texts: Sequence[str], shares: Sequence[int], *, head: bool) -> Any:
    row = make(n.TR)
    properties = make(n.TRPR)
    properties.append(make(f"{_W}cantSplit"))
    if head:
        properties.append(make(f"{_W}tblHeader"))
    row.append(properties)
    for text, share in zip(texts, shares, strict=True):
        cell = make(n.TC)
        inner = make(n.TCPR)
        inner.append(make(f"{_W}tcW", w=str(share * _FIFTIETHS), type="pct"))
        cell.append(inner)
        for line in text.split("\n"):
            paragraph, run = make(n.P), make(n.R)
            put_text(run, line)
            paragraph.append(run)
            cell.append(paragraph)
        row.append(cell)
    return row
