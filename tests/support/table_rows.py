"""Tables read row by row, as the parts of a form are that consist of rows, without all that is mended before."""

from __future__ import annotations

from clusterform.filling.labels import CellMatches, LabelIndex, label_index
from clusterform.filling.layouts.rows import read_rows
from clusterform.filling.outline import table_rows
from clusterform.filling.reading import Reading
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Table


def reading(
    part: int,
    *tables: Table,
    form: str = "application",
    layout: str = "rows",
    index: LabelIndex | None = None,
) -> Reading:
    matches = CellMatches(index or label_index("2025", form, layout))
    rows = [row for one in tables for row in table_rows(one)]
    return read_rows(load_form("2025", form), matches, [(part, rows)])


def answers(found: Reading) -> dict[str, str]:
    """By key or key@column; where an answer has several pieces, they stand with + between them."""
    return {
        path.rpartition(".")[2] + (f"@{column}" if column else ""): "+".join(piece.text for piece in pieces)
        for (path, column), pieces in found.pieces.items()
    }
