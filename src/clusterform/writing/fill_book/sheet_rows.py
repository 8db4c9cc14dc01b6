"""Rows of a workbook that the form leaves open: targets of the county's own, and the lines of the evidence list."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.answers import ExtraTarget
from clusterform.evidence_line import EvidenceLine
from clusterform.filling.layouts.evidence_list import evidence_columns
from clusterform.filling.outline import EVIDENCE
from clusterform.messages import Text
from clusterform.writing.faults import Faults, quoted
from clusterform.writing.fill_book.book_places import CellAt, WritableBook, cell_at
from clusterform.writing.fill_book.sheet_cells import CellText


def add_targets(
    book: WritableBook, rows: Sequence[ExtraTarget], texts: dict[CellAt, CellText | str], faults: Faults
) -> None:
    """Each in the next open row of its direction."""
    taken: dict[str, int] = {}
    for row in rows:
        own = _own_row(book, row.direction) if row.direction not in taken else None
        if own is not None:
            texts[own] = row.indicator  # its figures are answers of the row
            taken[row.direction] = 0
            continue
        number = taken[row.direction] = taken.get(row.direction, 0) + 1
        while (at := book.named(row.direction, f"open{number}", "indicator")) and book.text(at).strip():
            number = taken[row.direction] = number + 1
        if at is None:
            faults.add(f"added_targets “{quoted(row.indicator)}”", Text("fill.no-open-row"))
            continue
        texts[at] = row.indicator
        for column, answer in row.values.items():
            spot = book.named(row.direction, f"open{number}", column)
            if spot is not None and answer.text:
                texts[spot] = answer.text


def _own_row(book: WritableBook, path: str) -> CellAt | None:
    """The blank cell behind 其它, where the county names the indicator; None in a row without one."""
    label = (
        cell_at(book.reading.labels[path])
        if path in book.form.open_directions & set(book.reading.labels)
        else None
    )
    if label is None:
        return None
    at = book.behind(label)
    figures = {book.answer(path, column.key) for column in book.form.fields[path].columns}
    return at if at not in figures and not book.text(at).strip() else None


def add_evidence(
    book: WritableBook, lines: Sequence[EvidenceLine], texts: dict[CellAt, CellText | str], faults: Faults
) -> None:
    """Line by line below the list's header."""
    if not lines:
        return
    header = _header(book)
    if header is None:
        faults.add("evidence", Text("fill.no-list"))
        return
    at, columns = header
    row = at.row + 1
    for line in lines:
        while any(
            book.text(CellAt(at.sheet, row, columns[c])).strip() for c in ("subject", "title") if c in columns
        ):
            row += 1
        for name, text in line.texts.items():
            if name in columns:
                texts[CellAt(at.sheet, row, columns[name])] = text
        row += 1


def _header(book: WritableBook) -> tuple[CellAt, dict[str, int]] | None:
    """The first cell of the list's header, and the columns by what they hold."""
    for row in book.outline.zone(EVIDENCE).rows():
        columns = evidence_columns(row, named=True)
        at = cell_at(row.cells[0].location) if columns and row.cells else None
        if at is not None:
            return at, columns
    return None
