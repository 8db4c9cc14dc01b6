"""Column heads of a table: which year, or which target column, a cell stands under."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from clusterform.answers import Observation
from clusterform.fields import Column
from clusterform.filling.label_entries import LabelRole
from clusterform.filling.labels import LabelMatch, RowLabels
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern

_NUMBERLIKE = pattern(r"[\s\d.,%％/—-]*")
_OTHER_YEAR = pattern(r"(?:19|20)\d\d\s*{date.year}")
_LONGEST_HEAD = 24


class Head(NamedTuple):
    """One head and the grid columns under it. `key` None: a column that is not the form's."""

    key: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Header:
    """The heads of a table, left to right."""

    column_set: str
    heads: tuple[Head, ...]

    @cached_property
    def keys(self) -> list[str | None]:
        """The column of each head."""
        return [head.key for head in self.heads]

    def keys_over(self, cell: Cell) -> list[str]:
        """The official columns whose heads stand over a cell, left to right."""
        start, end = cell.column, cell.end
        return [h.key for h in self.heads if h.key is not None and h.start < end and start < h.end]

    def column_of(self, cell: Cell) -> str | None:
        """The one official column a cell stands under, None where it is not clear."""
        keys = self.keys_over(cell)
        return keys[0] if len(keys) == 1 else None


def is_header(labels: RowLabels) -> bool:
    """Whether a row is a header: two heads or more, and nothing beside them that could be an answer."""
    if LabelRole.HEAD not in labels.roles:
        return False
    heads = [cell for cell, m in labels.cells if m is not None and m.pure and LabelRole.HEAD in m.roles]
    cornered = LabelRole.CORNER in labels.roles
    if len(heads) < 2 and not (heads and cornered):
        return False
    first, last = heads[0].column, heads[-1].column
    others = [cell for cell, match in labels.cells if match is None and cell.column > first]
    if cornered:  # between heads that are not merged over their columns there are blank cells
        others = [cell for cell in others if cell.text.strip()]
    return all(_head_like(cell.text) or (cell.column > last and not cell.text.strip()) for cell in others)


def _head_like(text: str) -> bool:
    bare = text.strip()
    return len(bare) <= _LONGEST_HEAD and _NUMBERLIKE.fullmatch(bare) is None


def read_header(form: FormDef, labels: RowLabels, section: int) -> tuple[Header, list[Observation]]:
    """The header that a row makes, and what is odd about it.

    A head that is missing where an unknown one stands is that one reworded (CF011); an unknown one beside the full
    set is an added column (CF012).
    """
    matches, column_set = labels.cells, column_set_of(labels)
    known = {cell.column: _key_in(match, column_set) for cell, match in matches if match is not None}
    first = min(column for column, key in known.items() if key is not None)
    missing = [c for c in form.columns(column_set) if c.key not in known.values()]
    heads: list[Head] = []
    observations: list[Observation] = []
    for cell, match in matches:
        key = known.get(cell.column)
        if key is None and match is None and _is_unknown_head(cell, first, missing):
            key, observation = _judge_unknown(cell, missing, section)
            observations.append(observation)
        elif key is None:
            continue
        heads.append(Head(key, cell.column, cell.end))
    observations += [
        Observation("label-missing", section, None, c.label, c.key, expected=c.label) for c in missing
    ]
    return Header(column_set, tuple(heads)), observations


def _is_unknown_head(cell: Cell, first: int, missing: list[Column]) -> bool:
    """A cell right of the first head; or a year of another edition in front of it."""
    if not cell.text.strip():
        return False
    return cell.column > first or bool(missing and _OTHER_YEAR.search(cell.text))


def _judge_unknown(cell: Cell, missing: list[Column], section: int) -> tuple[str | None, Observation]:
    text = cell.text.strip()
    if missing:
        column = missing.pop(0)
        what = Observation(
            "label-reworded",
            section=section,
            label=column.label,
            value=text,
            expected=column.label,
            location=cell.location,
        )
        return column.key, what
    return None, Observation("extra-column", section=section, label=text, value=text, location=cell.location)


def column_set_of(labels: RowLabels) -> str:
    """The column set that most heads of the row belong to."""
    sets = [{e.column_set for e in m.entries if e.role is LabelRole.HEAD} for _, m in labels.cells if m]
    votes = Counter(chain.from_iterable(sets))
    return max(sorted(votes), key=votes.__getitem__)


def _key_in(match: LabelMatch, column_set: str) -> str | None:
    return next(
        (e.key for e in match.entries if e.role is LabelRole.HEAD and e.column_set == column_set), None
    )
