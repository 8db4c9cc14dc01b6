"""Part eight: headings with room for text below them, and the target tables."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.fields import Column
from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.patterns import pattern
from clusterform.writing.word.controls import Controls
from clusterform.writing.word.word_table import WIDTH, Cell, Row, label, paragraph, table, text

_HEIGHT = 480
_FIRST, _SECOND = 1500, 2900
"""The columns 方向 and 指标."""
_OWN = "……"
"""What the form prints where indicators of the cluster's own may stand."""
_LEVELS = (
    ("Plan1", pattern(r"[一二三四五六七八九十]{1,3}、")),
    ("Plan2", pattern(r"（[一二三四五六七八九十]{1,3}）")),
)


def plan(form: FormDef, section: SectionDef, controls: Controls) -> str:
    """Everything below the part's heading."""
    notes = (text("PartNote", note) for note in section.notes)
    return "".join((*notes, *_rows(form, section, section.rows, controls)))


def _rows(form: FormDef, section: SectionDef, rows: tuple[RowDef, ...], controls: Controls) -> Iterator[str]:
    for row in rows:
        style = next((name for name, numbered in _LEVELS if numbered.match(row.label)), "Plan3")
        yield text(style, row.label, keep=True)
        yield from (text("Prose", words) for words in row.guidance)
        if row.growable:
            yield table(list(_targets(form, section, row, controls)))
            yield from (text("Remark", note) for note in row.notes)
            continue
        if row.kind is not None:
            yield paragraph("Prose", controls.answer(f"{section.key}.{row.key}", row.label))
        yield from _rows(form, section, row.rows, controls)


def _targets(form: FormDef, section: SectionDef, targets: RowDef, controls: Controls) -> Iterator[Row]:
    """The rows of a target table, each direction merged over its own. It is kept on one page where it can be."""
    columns = form.columns(targets.columns)
    width = (WIDTH - _FIRST - _SECOND) // len(columns)
    heads = (*zip((_FIRST, _SECOND), targets.heads, strict=True), *((width, c.label) for c in columns))
    yield Row(tuple(label(w, words, style="Target") for w, words in heads), _HEIGHT, head=True)
    for group in targets.rows:
        style = "Answer" if group is targets.rows[-1] else "Target"
        leaves = (*(group.rows or (group,)), *(None for _ in range(group.open_rows)))
        for number, leaf in enumerate(leaves):
            merge = "" if len(leaves) == 1 else "continue" if number else "restart"
            direction = label(_FIRST, "" if number else group.label, merge, style)
            indicator = _OWN if leaf is None else leaf.label if group.rows else ""
            cells = (_target(section, leaf, column, controls) for column in columns)
            yield Row(
                (
                    direction,
                    label(_SECOND, indicator, style=style),
                    *(Cell(width, (paragraph(style, c),)) for c in cells),
                ),
                _HEIGHT,
            )


def _target(section: SectionDef, leaf: RowDef | None, column: Column, controls: Controls) -> str:
    """The place of one figure. It is not locked: rows may be added, and taken away again."""
    if leaf is None:
        return ""
    return controls.answer(
        f"{section.key}.{leaf.key}@{column.key}", f"{leaf.label} {column.label}", locked=False
    )
