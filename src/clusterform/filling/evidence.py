"""Reading the evidence list inside the form: 佐证材料清单, its columns known by their heads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clusterform.answers import EvidenceItem
from clusterform.filling.outline import EVIDENCE, Outline, TableRow
from clusterform.filling.pieces import Piece
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
        "项目",
    ),
    "title": ("材料名称", "佐证材料名称", "佐证材料", "证明材料", "证明材料名称", "附件名称", "名称", "材料"),
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
_COLUMNS = {fold(text): name for name, texts in _HEADS.items() for text in texts}
_LINE = re.compile(r"\s*(?:(?P<number>\d{1,3})\s*[.、．)）])?\s*(?P<text>.*\S)\s*")


def read_evidence(outline: Outline) -> tuple[EvidenceItem, ...] | None:
    """The lines of the list, wherever its table stands; None where the form has no list."""
    items: list[EvidenceItem] = []
    found = EVIDENCE in outline.zones
    for section, zone in sorted(outline.zones.items()):
        columns: dict[str, int] = {}
        table: Table | None = None
        for row in zone.rows():
            if row.table is not table:
                columns, table = columns if section == EVIDENCE else {}, row.table
            heads = _columns(row)
            if heads:
                columns, found = heads, True
            elif columns:
                items += _item(row, columns)
    if found and not items and EVIDENCE in outline.zones:
        items += _loose_lines(c for c in outline.zones[EVIDENCE].content if isinstance(c, Piece))
    return tuple(items) if found else None


def _columns(row: TableRow) -> dict[str, int]:
    """Which column holds what, where the row is the list's header."""
    names = {_COLUMNS.get(fold(c.text)): c.column for c in reversed(row.cells)}
    columns = {name: column for name, column in names.items() if name is not None}
    return columns if {"subject", "title"} <= set(columns) or {"number", "title"} <= set(columns) else {}


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


def _loose_lines(pieces: Iterable[Piece]) -> Iterator[EvidenceItem]:
    """A list typed as lines instead of a table."""
    for piece in pieces:
        found = _LINE.fullmatch(piece.text)
        if found is not None:
            yield EvidenceItem(found["number"] or "", "", found["text"], "", piece.location)
