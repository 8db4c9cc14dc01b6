"""What types cannot say in a form's definition: names that must exist, keys that must be unique."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from clusterform.fields import BOXES

if TYPE_CHECKING:
    from clusterform.forms.model import RowDef, SectionDef


class Parts(NamedTuple):
    """The parts of a definition that refer to one another."""

    column_sets: tuple[str, ...]
    sections: tuple[SectionDef, ...]


def problems(form: Parts) -> list[str]:
    """All that is wrong, each in a sentence; empty for a sound definition."""
    found = [f"section {n} stands twice" for n in _twice(str(s.number) for s in form.sections)]
    found += [f"section key {k} stands twice" for k in _twice(s.key for s in form.sections)]
    found += [
        f"code {c} stands twice"
        for c in _twice(r.code for s in form.sections for r in every_row(s.rows) if r.code)
    ]
    for section in form.sections:
        keys = [row.key for row in every_row(section.rows)]
        found += [f"{section.key}: key {key} stands twice" for key in _twice(keys)]
        found += _ambiguous(section.key, section.rows)
        for row in every_row(section.rows):
            found += (
                f"{section.key}.{row.key}: {fault}" for fault in _row_faults(row, form.column_sets, keys)
            )
    return found


def every_row(rows: Iterable[RowDef]) -> Iterator[RowDef]:
    """Rows and groups at every depth, in the form's order."""
    for row in rows:
        yield row
        yield from every_row(row.rows)


def _row_faults(row: RowDef, column_sets: tuple[str, ...], keys: list[str]) -> Iterator[str]:
    if row.kind is None and not row.rows:
        yield "a row needs a kind, or rows of its own"
    if row.columns is not None and row.columns not in column_sets:
        yield f"unknown column set {row.columns}; known: {', '.join(column_sets)}"
    if row.matrix is not None and row.columns is None:
        yield "a matrix needs columns"
    if row.after is not None and row.after not in keys:
        yield f"after names {row.after}, which is no row of this part"
    if row.options and row.kind not in BOXES:
        yield "options need the kind choice or choices"
    if row.kind in BOXES and len(row.options) < 2:
        yield "a group of boxes needs at least two options"
    yield from (f"option {key} stands twice" for key in _twice(option.key for option in row.options))
    if (row.evidence or row.ticked_evidence) and not row.code:
        yield "what asks for evidence needs a code"


def _ambiguous(where: str, rows: tuple[RowDef, ...]) -> Iterator[str]:
    """Labels that stand twice among neighbours with nothing to tell them apart."""
    plain = _twice(row.label for row in rows if row.after is None)
    yield from (f"{where}: label {label} stands twice; say which row each follows (after)" for label in plain)
    for row in rows:
        yield from _ambiguous(f"{where}.{row.key}", row.rows)


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
