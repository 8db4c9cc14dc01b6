"""The province's summaries: a table whose heads are looked up, whatever their order; its lines are clusters."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import FilledForm, SummaryRow
from clusterform.forms.summaries import SummaryDef, load_summaries
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table
from clusterform.text import fold

_LEAST_HEADS = 3
"""So many known heads, 集群名称 among them, make a row of texts the head of a summary."""
_TITLE_LENGTH = 60
_SECOND_LINE = 3
"""A head may take so many rows, merged or with a second line of heads."""


def read_summary(document: RawDocument, edition: str, name: str = "") -> FilledForm | None:
    """The lines of a summary; None where it is none. `name` is the file's, which tells where no title does."""
    found = [(s, rows) for s in load_summaries(edition) if (rows := _rows(document, s)) is not None]
    titles = [*(fold(t) for t in _titles(document)), fold(name)]
    for summary, rows in found:
        if any(known in title for title in titles for known in summary.titles):
            return FilledForm(
                summary.form, edition, {}, {}, {}, tuple(document.observations), summary=tuple(rows)
            )
    return None


def _titles(document: RawDocument) -> Iterator[str]:
    """Short texts that may be the title: paragraphs, and the cells of a row that holds nothing else."""
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts = [block.text]
        else:
            texts = [row[0].text for row in block.rows[:5] if len([c for c in row if c.text.strip()]) == 1]
            texts += [c.location.sheet for row in block.rows[:1] for c in row[:1] if c.location.sheet]
        yield from (text for text in texts if len(text) <= _TITLE_LENGTH)


def _rows(document: RawDocument, summary: SummaryDef) -> list[SummaryRow] | None:
    """The lines of every table with such heads, in order; None where there is none. Heads again are no line."""
    found: list[SummaryRow] | None = None
    for block in document.blocks:
        heads = _heads(block, summary) if isinstance(block, Table) else None
        if heads is None or not isinstance(block, Table):
            continue
        found = found or []
        first, columns = heads
        found += [row for cells in block.rows[first:] if (row := _row(block, cells, columns)) is not None]
    return found


def _heads(table: Table, summary: SummaryDef) -> tuple[int, dict[int, str]] | None:
    """The number of the first line below the heads, and the column keys by grid column."""
    for number, row in enumerate(table.rows):
        columns = {c.column: summary.heads[fold(c.text)] for c in row if fold(c.text) in summary.heads}
        if "name" not in columns.values() or len(set(columns.values())) < _LEAST_HEADS:
            continue
        after = number + 1
        for below in table.rows[after : number + _SECOND_LINE]:
            further = {c.column: summary.heads[fold(c.text)] for c in below if fold(c.text) in summary.heads}
            if not further or len(further) < len([c for c in below if c.text.strip()]):
                break
            columns = {**columns, **further}
            after += 1
        return after, columns
    return None


def _row(table: Table, cells: tuple[Cell, ...], columns: dict[int, str]) -> SummaryRow | None:
    """One line; None where it names no cluster: an empty line, heads printed again, a total, a note."""
    if not cells:
        return None
    every = [*cells, *table.above(cells[0].row)]
    texts: dict[str, str] = {}
    for column, key in columns.items():
        cell = next((c for c in every if c.column <= column < c.end), None)
        texts.setdefault(key, " ".join(cell.text.split()) if cell is not None else "")
    name = next((c for c in cells if columns.get(c.column) == "name"), None)
    if name is None or not _is_name(texts, [c for c in cells if c.text.strip()]):
        return None
    return SummaryRow(texts, name.location)


def _is_name(texts: dict[str, str], filled: list[Cell]) -> bool:
    name = fold(texts["name"])
    if not name or name in {"集群名称", "名称", "合计", "总计", "小计", "备注", "无"}:
        return False
    return len(filled) > 1 or name.endswith(("集群", "产业"))
