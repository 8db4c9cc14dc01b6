"""Part eight under its headings, the declaration, and the evidence list."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.fields import Kind
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, RowDef, SectionDef
from support.answers import Filled
from support.page import Block, Cell, Grid, Line, Row, Said, answer, label, official_line, text_line


def plan_blocks(
    form: FormDef, section: SectionDef, filled: Filled, added: dict[str, list[str]]
) -> Iterator[Block]:
    """The running text and the target tables, heading after heading."""
    yield from (official_line(note) for note in section.notes)
    yield from _under_headings(form, section, section.rows, filled, added)


def _under_headings(
    form: FormDef, section: SectionDef, rows: tuple[RowDef, ...], filled: Filled, added: dict[str, list[str]]
) -> Iterator[Block]:
    for row in rows:
        yield official_line(row.label)
        if row.growable:
            yield from (official_line(text) for text in row.guidance)
            yield _target_table(form, section, row, filled, added)
            yield from (official_line(note) for note in row.notes)
            continue
        if row.kind is not None:
            yield from (text_line(part) for part in filled.text(f"{section.key}.{row.key}").split("\n"))
        yield from _under_headings(form, section, row.rows, filled, added)


def _target_table(
    form: FormDef, section: SectionDef, table: RowDef, filled: Filled, added: dict[str, list[str]]
) -> Grid:
    columns = form.columns(table.columns)
    rows: list[Row] = [tuple(label(text) for text in (*table.heads, *(c.label for c in columns)))]
    for group in table.rows:
        leaves = group.rows or (group,)
        for number, leaf in enumerate(leaves):
            path = f"{section.key}.{leaf.key}"
            merge = "" if len(leaves) == 1 else "continue" if number else "restart"
            direction = Cell(((),), merge=merge) if number else label(group.label, merge=merge)
            indicator = (
                label(leaf.label) if group.rows else answer(text_line(filled.text(path, columns[0].key)))
            )
            rows.append(
                (direction, indicator, *(answer(text_line(filled.text(path, c.key))) for c in columns))
            )
            if path in added:
                rows.append((label(""), *(answer(text_line(text)) for text in added[path])))
    return Grid(tuple(rows), 2 + len(columns))


def declaration_grid(section: SectionDef, filled: Filled) -> Grid:
    """The two frames of part nine."""
    rows: list[Row] = []
    for frame in section.rows:
        lines: list[Line] = [official_line(text) for text in frame.guidance]
        if frame.kind is not None:
            lines.append(text_line(filled.text(f"{section.key}.{frame.key}")))
        lines += [_spot(section, row, filled) for row in frame.rows]
        rows.append((label(frame.label), answer(*lines, span=3)))
    return Grid(tuple(rows), 4)


def _spot(section: SectionDef, row: RowDef, filled: Filled) -> Line:
    text = filled.text(f"{section.key}.{row.key}")
    if row.kind is Kind.DATE:
        return text_line(text) if text else official_line(row.label)
    return (Said(f"{row.label}：", official=True), Said(text))


def evidence_blocks(filled: Filled) -> Iterator[Block]:
    """佐证材料清单, after part nine; nothing where the county gave no list."""
    if not filled.evidence:
        return
    yield official_line(load_evidence_list().headings[0])
    head = tuple(label(text) for text in ("序号", "对应栏目", "材料名称", "页码"))
    lines = [
        tuple(answer(text_line(text)) for text in (str(number), line["for"], line["title"], line["pages"]))
        for number, line in enumerate(filled.evidence, 1)
    ]
    yield Grid((head, *lines), 4)
