"""The plain tables in Word: a title, lines to fill in, a table across the page."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.forms.lists import ListDef
from clusterform.writing.word.word_table import Cell, Row, paragraph, table, text

WIDTH = 14570
"""A4 across less its margins, in twentieths of a point."""
ROWS = 20
_HEIGHT = 480


def list_body(plain: ListDef, rows: Sequence[tuple[str, ...]] | None = None) -> str:
    """The body of the document; without `rows` there are empty ones to fill in."""
    widths = plain.shares(WIDTH)
    head = Row(
        tuple(Cell(w, (text("Label", c.label),)) for w, c in zip(widths, plain.printed, strict=True)),
        height=_HEIGHT,
        head=True,
    )
    blank = [(str(number), *[""] * (len(widths) - 1)) for number in range(1, ROWS + 1)]
    lines = [
        Row(
            tuple(
                Cell(w, (text("Small", t) if t else paragraph("Small"),))
                for w, t in zip(widths, line, strict=True)
            ),
            height=_HEIGHT,
        )
        for line in (blank if rows is None else rows)
    ]
    above = [text("Annex", plain.annex)] if plain.annex else []
    above += [
        text("ListTitle", plain.title),
        *(text("Remark", line) for line in plain.lines),
        text("Remark", plain.note),
    ]
    return "".join((*above, table([head, *lines]), paragraph("Remark")))
