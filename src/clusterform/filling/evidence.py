"""Reading the evidence list inside the form: 佐证材料清单, its columns known by their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clusterform.answers import EvidenceItem
from clusterform.filling.outline import EVIDENCE, Outline, TableRow
from clusterform.filling.pieces import Piece, of_cell
from clusterform.parsers.raw import Cell, Table
from clusterform.text import fold

_HEADS = {
    "number": ("序号", "编号", "序"),
    "subject": (
        "对应栏目",
        "对应项目",
        "对应内容",
        "对应选项",
        "对应事项",
        "对应指标",
        "申报表栏目",
        "栏目",
        "佐证事项",
        "佐证内容",
        "所属栏目",
        "对应申报表栏目",
        "对应条目",
        "对应选项或栏目",
        "对应勾选项",
        "项目",
        "事项",
        "内容",
    ),
    "title": (
        "材料名称",
        "佐证材料名称",
        "佐证材料",
        "证明材料",
        "证明材料名称",
        "资料名称",
        "附件名称",
        "名称",
        "材料",
    ),
    "pages": (
        "页码",
        "页码或文件",
        "文件",
        "文件名",
        "文件名称",
        "起止页码",
        "所在页码",
        "页数",
        "页码文件",
        "附件",
        "位置",
    ),
}
_HEAD_ROWS = 3
"""Outside its own part the list is known by a header in its table's first rows."""
_COLUMNS = {fold(text): name for name, texts in _HEADS.items() for text in texts}
_LINE = re.compile(r"\s*(?:(?P<number>\d{1,3})\s*[.、．)）])?\s*(?P<text>.*\S)\s*")


def read_evidence(outline: Outline) -> tuple[EvidenceItem, ...] | None:
    """The lines of the list, wherever its table stands; None where the form has no list."""
    items: list[EvidenceItem] = []
    found = EVIDENCE in outline.zones
    headed = False
    for section, zone in sorted(outline.zones.items()):
        columns: dict[str, int] = {}
        table: Table | None = None
        for row in zone.rows():
            if row.table is not table:
                columns, table = columns if section == EVIDENCE else {}, row.table
            named = section == EVIDENCE
            heads = evidence_columns(row, named=named) if named or row.number < _HEAD_ROWS else {}
            if heads:
                columns, found, headed = heads, True, True
            elif columns:
                items += _item(row, columns)
    if found and not items and not headed and EVIDENCE in outline.zones:
        items += _loose_lines(outline.zones[EVIDENCE].content)
    return tuple(items) if found else None


def evidence_columns(row: TableRow, *, named: bool = False) -> dict[str, int]:
    """Which column holds what, where the row is the list's header.

    Under the list's own heading (`named`) one telling head is enough; elsewhere both 对应栏目 and 材料名称 must stand.
    """
    names = {_COLUMNS.get(fold(c.text)): c.column for c in reversed(row.cells)}
    columns = {name: column for name, column in names.items() if name is not None}
    telling = {"subject", "title"} & set(columns)
    enough = len(telling) == 2 or (named and bool(telling) and len(columns) >= 2)
    return columns if enough else {}


def _item(row: TableRow, columns: dict[str, int]) -> Iterator[EvidenceItem]:
    """A row with text; a cell merged downward counts for each row it reaches."""
    cells = (*row.above, *row.cells)
    texts = {name: _under(cells, column) for name, column in columns.items()}
    if texts.get("subject") or texts.get("title"):
        anchor = row.cells[0] if row.cells else row.above[0]
        yield EvidenceItem(
            texts.get("number", ""),
            texts.get("subject", ""),
            texts.get("title", ""),
            texts.get("pages", ""),
            anchor.location,
        )


def _under(cells: Iterable[Cell], column: int) -> str:
    return next((c.text.strip() for c in cells if c.column <= column < c.end), "")


def _loose_lines(content: Iterable[Piece | TableRow]) -> Iterator[EvidenceItem]:
    """A list typed as lines instead of a table, or in a table without heads."""
    for part in content:
        pieces = (
            [part]
            if isinstance(part, Piece)
            else [max(map(of_cell, part.cells), key=_length, default=Piece(""))]
        )
        for piece in pieces:
            found = _LINE.fullmatch(piece.text)
            if found is not None:
                yield EvidenceItem(found["number"] or "", "", found["text"], "", piece.location)


def _length(piece: Piece) -> int:
    return len(piece.text)
