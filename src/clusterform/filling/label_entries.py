"""The official labels of a form, in each of their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.patterns import pattern
from clusterform.text import fold, unnumbered
from clusterform.words import word, words

_YEAR_HEAD = pattern(r"(\d{4})\s*{date.year}(.*)")


class LabelRole(StrEnum):
    """What a label stands for."""

    FIELD = "field"
    GROUP = "group"
    HEAD = "head"  # the head of a column: a year, 2027 年目标值
    CORNER = "corner"  # 年度, 方向, 指标, 类别: the first cells of a header
    CATEGORY = "category"  # 国际, 国家 … in the standards table
    MEASURE = "measure"  # 主持数量, 参与数量
    UNIT = "unit"  # 亿元 in a cell of its own


class LabelEntry(NamedTuple):
    """One official label."""

    role: LabelRole
    key: str
    """The field's path, the group's section.key, the column key, the category key …"""
    label: str
    section: int
    notes: tuple[str, ...] = ()
    """Folded official notes that may follow the label."""
    group: str = ""
    """The key of the group around it."""
    column_set: str = ""
    direction: bool = False
    """A group inside a target table, such as 主导产业: no heading of running text."""
    after: str = ""
    """The path of the field it follows, for a label that stands more than once."""

    @property
    def is_row(self) -> bool:
        """Whether it is the label of a field, or of a group of them."""
        return self.role in (LabelRole.FIELD, LabelRole.GROUP)


def entries_of(form: FormDef, sections: Iterable[SectionDef]) -> Iterator[tuple[str, LabelEntry]]:
    """Every label of these sections in each of its official spellings."""
    for section in sections:
        if section.header:
            yield section.header, LabelEntry(LabelRole.CORNER, section.header, section.header, section.number)
        yield from _row_entries(section, section.rows, "", "")
    for name in form.column_sets:
        for column in form.columns(name):
            entry = LabelEntry(LabelRole.HEAD, column.key, column.label, -1, column_set=name)
            yield from ((text, entry) for text in head_spellings(column.label))


def head_spellings(label: str) -> tuple[str, ...]:
    """Ways to write a column's head: 2022 年, 2022年度, 2022; 2027 年目标值, 2027年度目标值, 2027年目标."""
    parts = _YEAR_HEAD.fullmatch(label)
    if parts is None:
        return (label,)
    year, what = parts.groups()
    endings, head = words("heads.years"), word("heads.year")
    if not what:
        return (label, *(f"{year}{ending}" for ending in (head, *endings)))
    short = what.removesuffix(word("heads.value"))
    return (
        label,
        *(f"{year}{link}{w}" for link in (head, *endings) for w in (what, short)),
    )


def _row_entries(
    section: SectionDef, rows: tuple[RowDef, ...], group: str, column_set: str
) -> Iterator[tuple[str, LabelEntry]]:
    for row in rows:
        key = f"{section.key}.{row.key}"
        entry = LabelEntry(
            role=LabelRole.FIELD if row.kind is not None else LabelRole.GROUP,
            key=key,
            label=row.label,
            section=section.number,
            notes=tuple(fold(n) for n in (*row.notes, *row.prompts) if fold(n)),
            group=group,
            column_set=row.columns or column_set,
            direction=bool(column_set),
            after=f"{section.key}.{row.after}" if row.after else "",
        )
        for text in spellings(row):
            yield text, entry
        for head in row.heads:
            yield head, LabelEntry(LabelRole.CORNER, head, head, section.number)
        yield from _matrix_entries(section, row)
        yield from _row_entries(section, row.rows, key, row.columns or column_set)


def spellings(row: RowDef) -> Iterator[str]:
    """The label and its other spellings, bare and with its notes."""
    for official in (row.label, *row.spellings):
        text = unnumbered(official)
        yield official
        yield text
        for number in range(len(row.notes)):
            yield text + "".join(row.notes[: number + 1])
            yield text + row.notes[number]


def _matrix_entries(section: SectionDef, row: RowDef) -> Iterator[tuple[str, LabelEntry]]:
    if row.matrix is None:
        return
    path = f"{section.key}.{row.key}"
    yield (
        row.matrix.head,
        LabelEntry(LabelRole.CORNER, row.matrix.head, row.matrix.head, section.number, group=path),
    )
    for key, label in row.matrix.categories.items():
        yield from (
            (text, LabelEntry(LabelRole.CATEGORY, key, label, section.number, group=path))
            for text in (label, label + word("heads.norm"))
        )
    for key, label in row.matrix.measures.items():
        yield label, LabelEntry(LabelRole.MEASURE, key, label, section.number, group=path)
