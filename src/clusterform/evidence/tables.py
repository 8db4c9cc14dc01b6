"""The tables of a small file: Word, Excel, CSV, or YAML, all as the same grids of cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from clusterform.errors import DataError, UnreadableError
from clusterform.filling.pieces import texts_of
from clusterform.forms.lists import load_evidence_list
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.refusals import over_limits
from clusterform.parsers.raw import Cell, Table
from clusterform.parsers.read import read_document
from clusterform.text import decoded
from clusterform.yaml_file import plain_yaml

LARGEST = 30_000_000
"""Bytes of a file that is read as a table."""
LARGEST_YAML = 2_000_000
CSV, YAML, OFFICE = frozenset({".csv"}), frozenset({".yaml", ".yml"}), frozenset({".docx", ".xlsx"})
_DELIMITERS = ",\t;，；|"
_LONGEST_FIELD = 1_000_000


def tables_of(data: bytes, ending: str) -> list[Table]:
    """UnreadableError (damaged, locked, over the limits) or DataError (YAML) where it cannot be read."""
    if ending in CSV:
        return [_grid(_csv_rows(_readable(data)))]
    if ending in YAML:
        if len(data) > LARGEST_YAML:
            raise over_limits(Text("over.yaml-list"))
        return [_grid(_yaml_rows(plain_yaml(_readable(data), f"*{ending}")))]
    return [block for block in read_document(Package(data)).blocks if isinstance(block, Table)]


def typed_lines(data: bytes, ending: str) -> Table:
    """The paragraphs of a Word file as a table of one column: a list may be typed without any."""
    blocks = read_document(Package(data)).blocks if ending in OFFICE else ()
    texts = (block.text for block in blocks if not isinstance(block, Table) and not block.sheet_name)
    return _grid([text] for text in texts if text.strip())


def document_texts(data: bytes) -> list[str]:
    """Every text of a Word or Excel file; UnreadableError where it cannot be read."""
    return list(texts_of(read_document(Package(data)).blocks))


def _readable(data: bytes) -> str:
    """UnreadableError where it is in no encoding known here."""
    text = decoded(data)
    if text is None:
        raise UnreadableError("cannot-open", "list.encoding")
    return text


def _csv_rows(text: str) -> Iterator[Sequence[str]]:
    """The rows, by the delimiter that the first lines have most of."""
    head = text[:2000]
    delimiter = max(_DELIMITERS, key=head.count)
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableError("cannot-open", "list.csv", reason=error) from error


def _yaml_rows(data: object) -> Iterator[Sequence[str]]:
    """A sequence of mappings, alone or under one key, as a header and rows."""
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else data.get("evidence", data)
    if not isinstance(data, list) or not all(isinstance(line, dict) for line in data):
        raise DataError("list.yaml")
    heads = list(dict.fromkeys(str(key) for line in data for key in line))
    yield [load_evidence_list().plain_head(head) for head in heads]  # the keys that `extract` writes
    for line in data:
        yield [_text(line.get(head)) for head in heads]


def _text(value: object) -> str:
    """A scalar, or a flat list of them; what is nested deeper is no cell, and may grow without end when written out."""
    if isinstance(value, list):
        return "\n".join(str(item) for item in value if isinstance(item, str | int))
    return str(value) if isinstance(value, str | int) else ""


def _grid(rows: Iterable[Sequence[str]]) -> Table:
    return Table(
        tuple(
            tuple(Cell(text, number, column, 1, 1) for column, text in enumerate(row))
            for number, row in enumerate(rows)
        ),
        1,
    )
