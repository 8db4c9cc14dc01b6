"""Rows that a form does not print: targets of the county's own, each below its direction."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from clusterform.answers import ExtraTarget, FilledForm
from clusterform.filling.reading import Reading
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.grid import TableStructure, table_structure
from clusterform.patterns import pattern
from clusterform.writing.faults import Faults, quoted
from clusterform.writing.fill_word.docx_positions import BEHIND, CharacterPosition
from clusterform.writing.fill_word.docx_runs import ancestor, make, new_paragraph, without_properties
from clusterform.writing.fill_word.docx_text_writer import TextWriter

_OPEN = pattern(r"[\s.…。·_＿]*")
"""What the form prints in a row that is left open, such as ……."""


@dataclass(slots=True)
class TargetWriter:
    """Adds rows to the target tables of one traced document."""

    form: FormDef
    reading: Reading
    pen: TextWriter
    faults: Faults

    def write(self, given: FilledForm, blank: FilledForm, root: Any) -> None:
        """The added targets, in the order they are given; those of the blank stay as they are."""
        structure = table_structure(root)
        written: dict[tuple[str, str], Any] = {}
        held = [(t.table, t.direction, t.indicator) for t in blank.extra_targets]
        for added in given.extra_targets:
            if (added.table, added.direction, added.indicator) in held:
                continue
            key = (added.table, added.direction)
            last = self._last_row(added)
            if last is None:
                self.faults.add(f"added_targets “{quoted(added.indicator)}”", Text("fill.no-table"))
                continue
            official, place = last
            if added.direction in self.form.open_directions:
                place += 1  # the label stands in the direction's own column, the indicator behind it
                cells = [cell for cell, _ in structure.cells(official)]
                if key not in written and len(cells) > place and not text_of(cells[place]).strip():
                    set_cell(self.pen, cells[place], added.indicator)
                    written[key] = official
                    continue  # its figures are answers of the row
            row = self._target_row(official, place, written.get(key), structure, added.direction)
            columns = [c.key for c in self.form.columns(added.table)]
            texts = (added.indicator, *(added.values[c].text if c in added.values else "" for c in columns))
            self._fill(structure.cells(row)[place:], texts)
            written[key] = row

    def _last_row(self, added: ExtraTarget) -> tuple[Any, int] | None:
        """The last official row of the direction that the form has, and the place of the label among its cells."""
        section, table = self.form.target_tables[added.table]
        paths = [
            f"{section}.{leaf.key}"
            for group in table.rows
            if f"{section}.{group.key}" == added.direction or not added.direction
            for leaf in group.rows or (group,)
        ]
        for path in reversed(paths):
            head = self.reading.heads.get(path)
            cell = ancestor(head.origin[-1].node, n.TC) if head is not None and head.origin else None
            row = ancestor(cell, n.TR)
            if row is not None:
                cells = list(row.iter(n.TC))
                leaf = added.direction or len(cells) == len(self.form.columns(added.table)) + 1
                return row, cells.index(cell) if leaf else cells.index(cell) + 1
        return None

    def _target_row(
        self, official: Any, place: int, before: Any, structure: TableStructure, direction: str
    ) -> Any:
        """The row to write in: one that the form leaves open below the official one, else a new one."""
        last = official if before is None else before
        following = last.getnext()
        if direction and following is not None and following.tag == n.TR:
            cells = [cell for cell, _ in structure.cells(following)]
            goes_on = cells and structure.said(cells[0]).get(n.V_MERGE) == "continue"
            if goes_on and len(cells) > place and all(_OPEN.fullmatch(text_of(c)) for c in cells[place:]):
                return following
        if not direction:
            last = [
                row for row in official.getparent().iter(n.TR) if row.getparent() is official.getparent()
            ][-1]
        made = copied(official if direction else last, structure)
        last.addnext(made)
        for cell, twin in zip(official.iter(n.TC), list(made.iter(n.TC))[:place], strict=False):
            if direction:
                _merge_down(cell, twin)
        return made

    def _fill(self, cells: Sequence[tuple[Any, Any]], texts: Sequence[str]) -> None:
        for (cell, _), text in zip(cells, texts, strict=False):
            if text.strip():
                set_cell(self.pen, cell, text)


def text_of(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter(n.T))


def copied(row: Any, structure: TableStructure) -> Any:
    """A row of the same cells with nothing in them."""
    made = make(n.TR)
    properties = row.find(n.TRPR)
    if properties is not None:
        made.append(without_properties(properties, (n.INS, n.DEL)))
    for cell, _ in structure.cells(row):
        twin = make(n.TC)
        inner = cell.find(n.TCPR)
        if inner is not None:
            twin.append(deepcopy(inner))
        paragraph = next(cell.iter(n.P), None)
        twin.append(new_paragraph(paragraph, "", None) if paragraph is not None else make(n.P))
        made.append(twin)
    return made


def _merge_down(upper: Any, lower: Any) -> None:
    """The lower cell goes on with the upper one."""
    for cell, value in ((upper, "restart"), (lower, "")):
        properties = cell.find(n.TCPR)
        if properties is None:
            properties = make(n.TCPR)
            cell.insert(0, properties)
        merge = properties.find(n.V_MERGE)
        if merge is None:
            merge = make(n.V_MERGE)
            _put_merge(properties, merge)
            if value:
                merge.set(n.VAL, value)
        if not value:
            merge.attrib.pop(n.VAL, None)


def _put_merge(properties: Any, merge: Any) -> None:
    """w:vMerge in its place among a cell's properties (ISO/IEC 29500-1, 17.4.69)."""
    before = {n.H_MERGE, n.GRID_SPAN, n.P.removesuffix("p") + "tcW", n.P.removesuffix("p") + "cnfStyle"}
    place = sum(1 for child in properties if child.tag in before)
    properties.insert(place, merge)


def set_cell(pen: TextWriter, cell: Any, text: str) -> None:
    """The text as all that a cell holds."""
    paragraph = next(cell.iter(n.P), None)
    if paragraph is None:
        paragraph = make(n.P)
        cell.append(paragraph)
    for run in [r for r in paragraph.iter(n.R) if ancestor(r, n.SDT) is None]:
        run.getparent().remove(run)
    pen.write((CharacterPosition(paragraph, BEHIND),), text)
