"""Sheets that people fill in, found by the heads of their columns, in either language."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clusterform.messages import LANGUAGES, Text
from clusterform.parsers.container.package import open_form
from clusterform.parsers.raw import Cell, Table
from clusterform.parsers.xlsx.read import read_xlsx
from clusterform.patterns import pattern
from clusterform.text import fold

_DATE = pattern(r"(\d{4})(?:\D{1,3}(\d{1,2})\D{1,3}(\d{1,2}){date.day}?(?:\s.*)?|(\d\d)(\d\d))")


@dataclass(frozen=True, slots=True)
class FilledRow:
    """What stands in the columns, by their keys."""

    texts: dict[str, str]
    place: str
    """Of the first of its cells."""


def filled_rows(
    path: Path, heads: Sequence[str], needed: Collection[str], words: str = "head"
) -> list[FilledRow] | None:
    """The rows of every sheet that has the needed of these columns; None where no sheet has. UnreadableError.

    `words`: the beginning of the keys under which the catalogue has the heads.
    """
    package = open_form(path)
    if package.kind != "xlsx":
        return None
    keys = {key: f"{words}.{key}" for key in heads}
    tables = (block for block in read_xlsx(package).blocks if isinstance(block, Table))
    sheets = [found for table in tables if (found := _below_heads(table, keys, needed)) is not None]
    return [row for sheet in sheets for row in sheet] if sheets else None


def _below_heads(table: Table, heads: Mapping[str, str], needed: Collection[str]) -> list[FilledRow] | None:
    """None where the table is another."""
    for number, row in enumerate(table.rows):
        for language in LANGUAGES:
            words = {fold(Text(of)[language]): key for key, of in heads.items()}
            columns = {c.column: words[fold(c.text)] for c in row if fold(c.text) in words}
            if set(needed) <= set(columns.values()):
                return [_row(cells, columns) for cells in table.rows[number + 1 :]]
    return None


def _row(cells: Sequence[Cell], columns: dict[int, str]) -> FilledRow:
    own = [cell for cell in cells if cell.column in columns]
    texts = {columns[cell.column]: cell.text.strip() for cell in own}
    return FilledRow(texts, next((cell.location.ref or "" for cell in own), ""))


def day_of(written: str) -> str | None:
    """2026-03-01, of that, of 2026/3/1 and of 2026年3月1日; None for what is no such day."""
    match = _DATE.fullmatch(written.strip())
    if match:
        with suppress(ValueError):
            return date(*map(int, filter(None, match.groups()))).isoformat()
    return None
