"""Labels whose second paragraph was put into the row below: read as one label."""

from __future__ import annotations

from dataclasses import replace

from clusterform.filling.labels import LabelIndex
from clusterform.filling.outline import Content, Outline, TableRow
from clusterform.filling.pieces import join, of_cell
from clusterform.forms.model import FormDef


def rejoin_labels(form: FormDef, outline: Outline, index: LabelIndex) -> None:
    """In the parts of rows, a label and the rest of it in the row below become one cell, and that row is gone."""
    for section in form.sections:
        if section.layout != "rows":
            continue
        zone = outline.zone(section.number)
        kept: list[Content] = []
        for content in zone.content:
            whole = _joined(kept[-1], content, index) if kept else None
            if whole is not None:
                kept[-1] = whole
            else:
                kept.append(content)
        zone.content = kept


def _joined(upper: Content, lower: Content, index: LabelIndex) -> TableRow | None:
    """The upper row with the whole label; None where the lower one is more than the rest of it."""
    if not isinstance(upper, TableRow) or not isinstance(lower, TableRow):
        return None
    filled = [cell for cell in lower.cells if cell.text.strip() or cell.tables or cell.images]
    if len(filled) != 1:
        return None
    (rest,) = filled
    label = next((cell for cell in upper.cells if cell.column == rest.column and cell.text.strip()), None)
    if label is None or index.whole(label.text) or not index.whole(label.text + rest.text):
        return None
    both = join([of_cell(label), of_cell(rest)])
    whole = label._replace(text=both.text, marks=both.marks, origin=both.origin)
    return replace(upper, cells=tuple(whole if cell is label else cell for cell in upper.cells))
