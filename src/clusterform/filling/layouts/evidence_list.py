"""Reading the evidence list inside the form: 佐证材料清单, its columns known by their heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from clusterform.evidence_line import EvidenceLine
from clusterform.filling.convert import is_no_answer
from clusterform.filling.outline import EVIDENCE, Outline, TableRow, rows_in, table_rows
from clusterform.filling.pieces import Piece, of_cell, text_of
from clusterform.forms.lists import load_evidence_list
from clusterform.parsers.raw import Cell, Table
from clusterform.patterns import pattern
from clusterform.text import fold

_HEAD_ROWS = 3
"""Outside its own part the list is known by a header in its table's first rows."""
_FEWEST_HEADS = 2
_LINE = pattern(r"\s*+(?:(?P<number>\d{1,3})\s*+[.、．)）])?\s*+(?P<text>.*\S)\s*+")


def read_evidence(outline: Outline) -> tuple[EvidenceLine, ...] | None:
    """The lines of the list, wherever its table stands; None where the form has no list, or a blank one: it may lie beside."""
    items: list[EvidenceLine] = []
    listed = EVIDENCE in outline.zones
    headed, paired, width = False, False, 0
    for section, zone in outline.in_order():
        columns: dict[str, int] = {}
        table: Table | None = None
        named = section == EVIDENCE
        for row in rows_in(zone):
            top = row.number < _HEAD_ROWS
            if not (named or columns or top):
                continue
            if row.table is not table:
                columns, table = columns if named and not _other_list(row, columns, width) else {}, row.table
            known = _heads_in(row)
            heads = _of_list(known, named=named) if named or top else {}
            if heads and paired and "subject" not in heads:
                columns = {}  # 标准清单 and its like, behind a list that says what each material belongs to
            elif heads:
                columns, headed, width = heads, True, len(row.cells)
                paired = "subject" in heads
            elif columns and "number" in known:
                columns = {}  # another list begins, where a sheet has all tables in one
            elif columns:
                items += _item(row, columns, items)
    if listed and not items and not headed:
        items += loose_lines(outline.zones[EVIDENCE])
    return tuple(items) if items or (listed and not headed) else None


def _other_list(row: TableRow, columns: dict[str, int], width: int) -> bool:
    """Whether a table behind the list begins another one, such as 标准清单, and does not go on with it."""
    number = _texts_under(row.cells, columns).get("number", "")
    worded = len(number) > 1 and not any(sign.isnumeric() for sign in number)  # 指标, where the list has 12
    return "number" in _heads_in(row) or worded or len(row.cells) != width


def items_of(table: Table) -> list[EvidenceLine] | None:
    """The lines of a table that is known to be the list; None where it has no header of one."""
    columns: dict[str, int] = {}
    items: list[EvidenceLine] = []
    for row in table_rows(table):
        if heads := evidence_columns(row, named=True):
            columns = heads
        elif columns:
            items += _item(row, columns, items)
    return items if columns else None


def named_columns(table: Table) -> bool:
    """Whether the table can be nothing but an evidence list: it has 对应栏目 or 代码 by that very name."""
    known = load_evidence_list()
    for row in list(table_rows(table))[:_HEAD_ROWS]:
        heads = {fold(cell.text) for cell in row.cells}
        columns = evidence_columns(row, named=True)
        if columns and any(h.startswith(known.telling) or known.heads.get(h) == ("code",) for h in heads):
            return bool({"title", "file", "pages"} & columns.keys())
    return False


def evidence_columns(row: TableRow, *, named: bool = False) -> dict[str, int]:
    """Which column holds what, where the row is the list's header.

    Under the list's own heading (`named`) the head of what is proven or of the material is enough, with another
    beside it; elsewhere both 对应栏目 and 材料名称 must stand.
    """
    return _of_list(_heads_in(row), named=named)


def _of_list(found: dict[str, int], *, named: bool) -> dict[str, int]:
    if len(found) < _FEWEST_HEADS:
        return {}
    material = {"title", "pages", "file"} & found.keys()
    if named:
        enough = "title" in found or (bool(material) and bool({"subject", "code"} & found.keys()))
        return found if enough else {}
    return found if {"subject", "title"} <= found.keys() else {}


def _heads_in(row: TableRow) -> dict[str, int]:
    """The columns whose heads stand in a row: 编号 beside 序号 is the code, and else the number."""
    heads, found = load_evidence_list().heads, dict[str, int]()
    for cell in row.cells:
        for name in heads.get(fold(cell.text), ()):
            if name not in found:
                found[name] = cell.column
                break
    return found


def _item(row: TableRow, columns: dict[str, int], before: Sequence[EvidenceLine]) -> list[EvidenceLine]:
    """The line of a row with text; a cell merged downward counts for each row it reaches, and 同上 means what the line before says.

    One cell right across the columns is a remark, or the title of the lines below.
    """
    cells = (*row.above, *row.cells)
    if len(cells) == 1 and sum(c.column <= column < c.end for c in cells for column in columns.values()) > 1:
        return []
    texts = _texts_under(cells, columns)
    if texts.keys().isdisjoint(("subject", "title", "code", "file")):
        return []
    if before and fold(texts.get("subject", "")) in load_evidence_list().ditto:
        texts["subject"] = before[-1].subject
    title = texts.get("title", "")
    named = not is_no_answer(title) if title else bool({"file", "pages"} & texts.keys())
    location = (row.cells or row.above)[0].location
    return [EvidenceLine(texts, location, empty="title" in columns and not named)]


def _texts_under(cells: Sequence[Cell], columns: dict[str, int]) -> dict[str, str]:
    """What stands in each column; nothing for a blank one."""
    beginning = {cell.column: cell for cell in reversed(cells)}
    found: dict[str, str] = {}
    for key, column in columns.items():
        cell = beginning.get(column) or next((c for c in cells if c.column <= column < c.end), None)
        if cell is not None and (text := text_of(cell).strip()):
            found[key] = text
    return found


def loose_lines(content: Sequence[Piece | TableRow]) -> Iterator[EvidenceLine]:
    """A list typed as lines instead of a table, or in a table without heads.

    Tables behind typed lines are other lists; where lines are numbered, one that is not is their title or a remark.
    """
    parts = [of_cell(p.cells[0]) if isinstance(p, TableRow) and len(p.cells) == 1 else p for p in content]
    read = (part.without_struck() if isinstance(part, Piece) else part for part in parts)
    filled = [part for part in read if not isinstance(part, Piece) or part.text.strip()]
    titles = [one for one, other in pairwise(filled) if not isinstance(other, Piece)]
    lines = [part for part in filled if isinstance(part, Piece) and part not in titles]
    if not lines:
        rows = (part for part in filled if not isinstance(part, Piece))
        lines = [
            max(map(of_cell, row.cells), key=lambda piece: len(piece.text), default=Piece("")) for row in rows
        ]
    found = [(line, match) for line in lines if (match := _LINE.fullmatch(line.text)) is not None]
    numbered = [(line, match) for line, match in found if match["number"]]
    for line, match in numbered if len(numbered) > 1 else found:
        texts = {"number": match["number"] or "", "title": match["text"]}
        yield EvidenceLine(texts, line.location)
