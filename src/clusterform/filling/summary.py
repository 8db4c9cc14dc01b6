"""The province's summaries: a table whose heads are looked up, whatever their order; its lines are clusters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clusterform.answers import FilledForm, SummaryRow
from clusterform.forms.edition import edition_names
from clusterform.forms.lists import SummaryDef, load_summaries
from clusterform.parsers.raw import Cell, Paragraph, RawDocument, Table
from clusterform.text import NONE, fold
from clusterform.words import words

_LEAST_HEADS = 3
"""So many known heads, 集群名称 among them, make a row of texts the head of a summary."""
_TITLE_LENGTH = 60
_SECOND_LINE = 3
"""A head may take so many rows, merged or with a second line of heads."""


def read_summary(document: RawDocument, edition: str | None = None, name: str = "") -> FilledForm | None:
    """The lines of a summary, or of both in one file; None where it is none.

    A title tells which of the two, that of a sheet too; where none does, the file's `name`. Its year tells of which
    edition it is, where none is named; without one it is of the newest.
    """
    edition = edition or _edition_of(document, name)
    summaries = load_summaries(edition)
    kind = _kind([name], summaries)
    forms: list[str] = []
    rows: list[SummaryRow] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            kind = _kind([block.text], summaries) or kind
            continue
        own = kind = _kind(_titles(block), summaries) or kind
        found = None if own is None else _rows(block, own)
        if own is not None and found is not None:
            forms.append(own.form)
            rows += found
    if not forms:
        return None
    return FilledForm.model_construct(
        form=forms[0], edition=edition, observations=tuple(document.observations), summary=tuple(rows)
    )


def _edition_of(document: RawDocument, name: str) -> str:
    known = edition_names()
    if len(known) > 1:
        titles = [name]
        for block in document.blocks:
            titles += [block.text] if isinstance(block, Paragraph) else _titles(block)
        folded = [fold(text) for text in titles if len(text) <= _TITLE_LENGTH]
        for edition in reversed(known):
            own = [fold(summary.title) for summary in load_summaries(edition)]
            if any(title in text for text in folded for title in own):
                return edition
    return known[-1]


def _kind(texts: Iterable[str], summaries: tuple[SummaryDef, ...]) -> SummaryDef | None:
    """The summary whose title stands in one of the texts, if they are short enough for a title."""
    folded = [fold(text) for text in texts if len(text) <= _TITLE_LENGTH]
    told = (s for s in summaries if any(known in text for text in folded for known in s.titles))
    return next(told, None)


def _titles(table: Table) -> Iterator[str]:
    """What may be a table's title: rows above the heads that hold one text, and the sheet's name."""
    sheet = next((c.location.sheet for row in table.rows for c in row if c.location.sheet), None)
    if sheet is not None:
        yield sheet
    for row in table.rows[:5]:
        filled = [cell.text for cell in row if cell.text.strip()]
        if len(filled) == 1:
            yield filled[0]


def _rows(table: Table, summary: SummaryDef) -> list[SummaryRow] | None:
    """The lines of a table with the summary's heads; None where it has not. Heads again are no line."""
    heads = _heads(table, summary)
    if heads is None:
        return None
    first, columns = heads
    found = (_row(table, cells, columns, summary.form) for cells in table.rows[first:])
    return [row for row in found if row is not None]


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


def _row(table: Table, cells: tuple[Cell, ...], columns: dict[int, str], form: str) -> SummaryRow | None:
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
    return SummaryRow(form, texts, name.location)


def _is_name(texts: dict[str, str], filled: list[Cell]) -> bool:
    name, totals = fold(texts["name"]), words("cluster.totals")
    if (
        not name
        or name in (NONE, *totals, *words("cluster.heads"))
        or any(fold(cell.text) in totals for cell in filled)
    ):
        return False
    return len(filled) > 1 or name.endswith(words("cluster.last"))
