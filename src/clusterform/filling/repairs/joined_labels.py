"""A label and its answer joined without any mark, 联系人张三 or 集群占地面积12.50: read only where the label stands nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import CellMatches, LabelIndex, LabelMatch, split_by_labels
from clusterform.filling.outline import TableRow
from clusterform.filling.pieces import of_cell
from clusterform.filling.repairs.label_cells import LabelCells, reworded
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.text import fold, fold_prefix

_LONGEST = 60
"""Characters of an answer that may follow."""
_WRITTEN = frozenset(
    {Kind.TEXT, Kind.CLUSTER_NAME, Kind.PERSON, Kind.PHONE, Kind.CONTACT, Kind.REGION, Kind.DATE}
)
_STILL_LABEL = pattern(r"{beside.title_endings}")
"""What goes on with the label's own words, and is no answer."""
_UNIT = pattern(r"[（(][^（）()]*[)）]$")


def joined_label(form: FormDef, index: LabelIndex, text: str) -> LabelMatch | None:
    """The label that the text begins with, and goes on behind it with an answer in the same line."""
    text = text.rstrip()
    if "\n" in text.strip():
        return None
    for key, entries in index.beginning(text):
        fields = tuple(e for e in entries if e.role is LabelRole.FIELD and form.rows[e.key].kind in _WRITTEN)
        end = fold_prefix(text, key)
        if end is None or _STILL_LABEL.fullmatch(text[end:].strip()):
            continue
        if fields and 0 < len(text) - end <= _LONGEST:
            return LabelMatch(fields, end, pure=False)
    return None


def runs_on(index: LabelIndex, cell: Cell, following: Cell | None) -> bool:
    """Whether a text is no label reworded, but one with its answer: no answer follows it, and it goes on with no label's words."""
    if following is not None and following.text.strip() and index.match(following.text) is None:
        return False
    ends = (fold_prefix(cell.text, key) for key, _ in index.beginning(cell.text))
    return any(end and not _STILL_LABEL.fullmatch(cell.text[end:].strip()) for end in ends)


def joined_labels(cells: LabelCells) -> Iterator[Observation]:
    """Cells that begin with a label that stands nowhere by itself, its answer right behind, are matched as it from now on.

    A label that lost its unit besides comes back as reworded. In running text a heading needs no such look.
    """
    form, matches = cells.form, cells.matches
    missing = frozenset() if matches.index.headings else _missing(cells)
    for section, row in cells.rows if missing else ():
        for cell in _alone(matches, row):
            match = joined_label(form, matches.index, cell.text) or _without_unit(form, missing, cell.text)
            entries = [e for e in match.entries if e.section == section] if match is not None else []
            if match is not None and missing.intersection(e.key for e in entries):
                matches.know(cell, *entries, rest=match.rest)
                written, label = cell.text[: match.rest], entries[0].label
                if fold(written) != fold(label) and _UNIT.search(label):
                    yield reworded(cell, entries[0], written)


def _missing(cells: LabelCells) -> frozenset[str]:
    """The rows of one answer whose label no cell is or begins with."""
    index = cells.matches.index
    left = set(_asked(cells.form, index))
    left.difference_update(m.entries[0].key for m in cells.matches.known() if len(m.entries) == 1)
    for section, match in _every_label(cells) if left else ():
        here = [e for e in match.entries if e.section == section] or match.entries
        left.discard(next((e.key for e in here if e.key in left), ""))  # of several, the first not seen
        if not left:
            break
    return frozenset(left)


def _every_label(cells: LabelCells) -> Iterator[tuple[int, LabelMatch]]:
    """Each label that a cell is or begins with, with its part; then those further on in a cell, each with its answer."""
    several: list[tuple[int, Cell, LabelMatch]] = []
    for section, cell, match in cells.labels():
        yield section, match
        several += [(section, cell, match)] if not match.pure else []
    for section, cell, match in several:
        for other, _ in split_by_labels(cells.matches.index, of_cell(cell), match)[1:]:
            if other is not None:
                yield section, other


@cache
def _asked(form: FormDef, index: LabelIndex) -> frozenset[str]:
    """The rows behind whose label an answer may stand without any mark."""
    rows = {e.key: form.rows[e.key] for e in index.entries if e.role is LabelRole.FIELD}
    one_figure = {key for key, row in rows.items() if row.kind is Kind.DECIMAL and not row.columns}
    return frozenset(one_figure | {key for key, row in rows.items() if row.kind in _WRITTEN})


def _alone(matches: CellMatches, row: TableRow) -> Iterator[Cell]:
    """The unknown texts of a row that no answer follows: nothing, an empty cell or the next label."""
    for cell, following in pairwise((*row.cells, None)):
        if cell is None or not cell.text.strip() or matches.of(cell) is not None:
            continue
        if following is None or not following.text.strip() or matches.of(following) is not None:
            yield cell


def _without_unit(form: FormDef, missing: frozenset[str], text: str) -> LabelMatch | None:
    """A figure behind a label whose unit was left out: 集群占地面积12.50."""
    for path in sorted(missing):
        row = form.rows[path]
        end = fold_prefix(text, fold(_UNIT.sub("", row.label)))
        if row.kind is Kind.DECIMAL and not row.columns and end and re.match(r"\s*\d", text[end:]):
            section = form.fields[path].section
            return LabelMatch((LabelEntry(LabelRole.FIELD, path, row.label, section),), end, pure=False)
    return None
