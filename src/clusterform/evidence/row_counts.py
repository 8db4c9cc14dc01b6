"""How many entries a list holds that is handed in as a table: 标准清单, 专利清单, 平台清单 …."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from clusterform.errors import ClusterformError
from clusterform.evidence.names import ending_of
from clusterform.evidence.source import ListedFile
from clusterform.evidence.tables import CSV, LARGEST, OFFICE, tables_of
from clusterform.parsers.raw import Cell, Table
from clusterform.patterns import pattern
from clusterform.text import fold

_LIST = pattern(r"清单|名单|目录|明细|台账|一览|统计|列表|汇总|登记|名录|表$")
_NUMBERS = frozenset({"序号", "编号", "序", "no", "项次"})
_TOTAL = pattern(r"^(?:总计|合计|小计|共计|总数|备注|注|说明|填表|制表|日期)")
_HEAD_ROWS = 6
_FEWEST_COLUMNS = 2


def row_counts(stream: BinaryIO, entry: ListedFile, stem: str) -> tuple[int, ...]:
    """The ways to count, the likeliest first; empty where it is no list, or none that can be read.

    A Word file counts only where its name says that it is a list: any report has tables.
    """
    ending = ending_of(entry.name)
    if entry.size > LARGEST or not (
        ending in CSV or ending == ".xlsx" or (ending in OFFICE and _LIST.search(stem))
    ):
        return ()
    stream.seek(0)
    try:
        tables = tables_of(stream.read(LARGEST + 1), ending)
    except ClusterformError:
        return ()
    counts = [count for table in tables if (count := _entries(table))]
    if not counts:
        return ()
    serial = max(_last_number(table) for table in tables)
    ways = (sum(counts), max(counts), serial)
    return tuple(dict.fromkeys(n for n in ways if n))


def _entries(table: Table) -> int:
    """Rows below the header that say more than a number, totals and remarks aside."""
    start = _header(table)
    return 0 if start is None else sum(1 for row in table.rows[start + 1 :] if _is_entry(row))


def _header(table: Table) -> int | None:
    """The row of heads: one with 序号, else the first with texts side by side."""
    first: int | None = None
    for number, row in enumerate(table.rows[:_HEAD_ROWS]):
        texts = _texts(row)
        if _NUMBERS & set(texts):
            return number
        if first is None and len(texts) >= _FEWEST_COLUMNS and not any(text.isdecimal() for text in texts):
            first = number
    return first


def _is_entry(row: tuple[Cell, ...]) -> bool:
    texts = _texts(row)
    return any(not text.isdecimal() for text in texts) and not _TOTAL.match(texts[0])


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return [text for cell in row if (text := fold(cell.text))]


def _last_number(table: Table) -> int:
    """The highest number in the column headed 序号: entries may take several rows."""
    start = _header(table)
    if start is None:
        return 0
    columns = {c.column for c in table.rows[start] if fold(c.text) in _NUMBERS}
    return max(_numbers(table, start, columns), default=0)


def _numbers(table: Table, start: int, columns: set[int]) -> Iterator[int]:
    for row in table.rows[start + 1 :]:
        for cell in row:
            if cell.column in columns and (text := fold(cell.text)).isdecimal() and len(text) <= 6:
                yield int(text)
