"""Rows that a form does not print: targets of the county's own, each below its direction, and the lines of the evidence list, in the form's own table or in a new one at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from clusterform.answers import ExtraTarget, FilledForm
from clusterform.evidence_line import EvidenceLine
from clusterform.filling.layouts.evidence_list import evidence_columns, read_evidence
from clusterform.filling.outline import EVIDENCE, Outline, TableRow, rows_in
from clusterform.filling.reading import Reading
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef
from clusterform.messages import Pair, Text
from clusterform.parsers.container.xml_tree import parse
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.grid import TableStructure, table_structure
from clusterform.patterns import pattern
from clusterform.writing.faults import Faults, quoted
from clusterform.writing.fill_word.docx_positions import BEHIND, CharacterPosition
from clusterform.writing.fill_word.docx_text_writer import (
    TextWriter,
    ancestor,
    child_of,
    make,
    new_paragraph,
    without_properties,
)
from clusterform.writing.repack import shipped_part
from clusterform.writing.word.word_xml import element, run

_OPEN = pattern(r"[\s.…。·_＿]*")
"""What the form prints in a row that is left open, such as ……."""
_ALWAYS = frozenset({"number", "subject", "title", "pages"})
_FIFTIETHS = 50
"""Of a percent: the measure of a column's width."""
_HEAD_ROWS = 3
"""Outside its own part the list is known by a header in its table's first rows."""


@dataclass(slots=True)
class RowWriter:
    """Adds rows to the tables of one traced document."""

    form: FormDef
    reading: Reading
    outline: Outline
    pen: TextWriter
    faults: Faults
    root: Any

    def add_targets(self, given: FilledForm, blank: FilledForm) -> None:
        """The added targets, in the order they are given; those of the blank stay as they are."""
        structure = table_structure(self.root)
        written: dict[tuple[str, str], Any] = {}
        held = [(t.table, t.direction, t.indicator) for t in blank.extra_targets]
        for added in given.extra_targets:
            key = (added.table, added.direction)
            if (*key, added.indicator) in held:
                continue
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
            columns = (column.key for column in self.form.columns(added.table))
            texts = (added.indicator, *(added.values[c].text if c in added.values else "" for c in columns))
            for (cell, _), text in zip(structure.cells(row)[place:], texts, strict=False):
                if text.strip():
                    set_cell(self.pen, cell, text)
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
            last = list(official.getparent().iterchildren(n.TR))[-1]
        made = copied(official if direction else last, structure)
        last.addnext(made)
        twins = list(made.iter(n.TC))[:place] if direction else []
        for cell, twin in zip(official.iter(n.TC), twins, strict=False):
            _merge_down(cell, twin)
        return made

    def add_evidence(self, lines: Sequence[EvidenceLine]) -> None:
        """In the form's own list where it has one, else in a new one at its end; what stands there already stays."""
        printed = load_evidence_list()
        held = [line.unnumbered for line in read_evidence(self.outline) or ()]
        numbered = [
            {**dict.fromkeys(printed.keys, ""), **line.texts, "number": line.number or str(number)}
            for number, line in enumerate(lines, 1)
            if line.unnumbered not in held
        ]
        header = self._evidence_header() if numbered else None
        if header is None:
            if numbered:
                self._new_list(numbered)
            return
        row, columns = header
        structure = table_structure(self.root)
        last = ancestor(row.cells[0].origin[-1].node, n.TR)
        for line in numbered:
            lost = [c for c in printed.columns if line[c.key] and c.key not in {*columns, "number"}]
            if lost:
                heads = [Pair(column.label, column.key) for column in lost]
                title = f"evidence “{quoted(line['title'])}”"
                self.faults.add(title, Text("fill.no-list-column", heads=heads))
                return
            last = self._evidence_row(last, structure, columns)
            self._fill(last, structure, {column: line[name] for name, column in columns.items()})

    def _evidence_header(self) -> tuple[TableRow, dict[str, int]] | None:
        for section, zone in self.outline.in_order():
            for row in rows_in(zone):
                own = section == EVIDENCE
                columns = evidence_columns(row, named=own) if own or row.number < _HEAD_ROWS else {}
                if columns and row.cells[0].origin:
                    return row, columns
        return None

    def _evidence_row(self, last: Any, structure: TableStructure, columns: Mapping[str, int]) -> Any:
        """The next row of the list: one that is blank but for its number, else a new one."""
        following = last.getnext()
        if following is not None and following.tag == n.TR:
            texts = [text_of(cell) for cell, _ in structure.cells(following)]
            if not any(text.strip() for place, text in enumerate(texts) if place != columns.get("number")):
                return following
        made = copied(last, structure)
        last.addnext(made)
        return made

    def _fill(self, row: Any, structure: TableStructure, texts: Mapping[int, str]) -> None:
        column = 0
        for cell, _ in structure.cells(row):
            if texts.get(column) and not text_of(cell).strip():
                set_cell(self.pen, cell, texts[column])
            column += n.number(structure.said(cell).get(n.GRID_SPAN), 1)

    def _new_list(self, lines: Sequence[Mapping[str, str]]) -> None:
        """Heading and table behind all that the form holds, on a page of their own."""
        body, printed = self.root.find(n.BODY), load_evidence_list()
        columns = [c for c in printed.columns if c.key in _ALWAYS or any(line[c.key] for line in lines)]
        whole = sum(c.width for c in columns)
        shares = [100 * c.width // whole for c in columns]
        rows = [_row([c.label for c in columns], shares, element("w:tblHeader"))]
        rows += [_row([line[c.key] for c in columns], shares) for line in lines]
        grid = (element("w:gridCol", w_w=90 * share) for share in shares)
        facts = {"heading": escape(printed.headings[0]), "grid": "".join(grid), "rows": "".join(rows)}
        last = body[-1] if len(body) and body[-1].tag == n.SECT_PR else None
        for block in list(parse(shipped_part("word/evidence_list.xml", **facts).encode())):
            if last is None:
                body.append(block)
            else:
                last.addprevious(block)


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
        properties = child_of(cell, n.TCPR, 0)
        merge = properties.find(n.V_MERGE)
        if merge is None:
            merge = make(n.V_MERGE, val=value)
            properties.insert(sum(child.tag in _BEFORE_MERGE for child in properties), merge)
        if not value:
            merge.attrib.pop(n.VAL, None)


_BEFORE_MERGE = frozenset(n.P.removesuffix("p") + name for name in ("cnfStyle", "tcW", "gridSpan", "hMerge"))
"""What stands before w:vMerge among a cell's properties (ISO/IEC 29500-1, 17.4.69)."""


def set_cell(pen: TextWriter, cell: Any, text: str) -> None:
    """The text as all that a cell holds."""
    paragraph = next(cell.iter(n.P), None)
    paragraph = child_of(cell, n.P) if paragraph is None else paragraph
    for old in [r for r in paragraph.iter(n.R) if ancestor(r, n.SDT) is None]:
        old.getparent().remove(old)
    pen.write((CharacterPosition(paragraph, BEHIND),), text)


def _row(texts: Sequence[str], shares: Sequence[int], head: str = "") -> str:
    """A row of the new list; the lines of a text are paragraphs."""
    cells = (
        element(
            "w:tc",
            element("w:tcPr", element("w:tcW", w_w=share * _FIFTIETHS, w_type="pct")),
            *(element("w:p", run(line)) for line in text.split("\n")),
        )
        for text, share in zip(texts, shares, strict=True)
    )
    return element("w:tr", element("w:trPr", element("w:cantSplit"), head), *cells)
