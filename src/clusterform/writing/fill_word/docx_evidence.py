"""The evidence list: its lines in the form's own table, or in a new one at the form's end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from clusterform.evidence_line import EvidenceLine
from clusterform.filling.layouts.evidence_list import evidence_columns, read_evidence
from clusterform.filling.outline import EVIDENCE, Outline, TableRow
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef
from clusterform.messages import Pair, Text
from clusterform.parsers.container.xml_tree import parse
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.grid import TableStructure, table_structure
from clusterform.writing.faults import Faults, quoted
from clusterform.writing.fill_word.docx_rows import copied, set_cell, text_of
from clusterform.writing.fill_word.docx_runs import ancestor
from clusterform.writing.fill_word.docx_text_writer import TextWriter
from clusterform.writing.word.blank_docx import word_part
from clusterform.writing.word.word_xml import element, run

_ALWAYS = frozenset({"number", "subject", "title", "pages"})
_FIFTIETHS = 50
"""Of a percent: the measure of a column's width."""
_HEAD_ROWS = 3
"""Outside its own part the list is known by a header in its table's first rows."""


@dataclass(slots=True)
class EvidenceWriter:
    """Writes the evidence list of one traced document."""

    form: FormDef
    outline: Outline
    pen: TextWriter
    faults: Faults

    def write(self, lines: Sequence[EvidenceLine], root: Any) -> None:
        """In the form's own list where it has one, else in a new one at its end; what stands there already stays."""
        printed = load_evidence_list()
        held = [line.unnumbered for line in read_evidence(self.outline) or ()]
        numbered = [
            {**dict.fromkeys(printed.keys, ""), **line.texts, "number": line.number or str(number)}
            for number, line in enumerate(lines, 1)
            if line.unnumbered not in held
        ]
        if not numbered:
            return
        header = self._header()
        if header is None:
            self._new_list(numbered, root)
            return
        row, columns = header
        structure = table_structure(root)
        last = ancestor(row.cells[0].origin[-1].node, n.TR)
        for line in numbered:
            lost = [c for c in printed.columns if line[c.key] and c.key not in {*columns, "number"}]
            if lost:
                heads = [Pair(column.label, column.key) for column in lost]
                self.faults.add(
                    f"evidence “{quoted(line['title'])}”", Text("fill.no-list-column", heads=heads)
                )
                return
            last = self._row(last, structure, columns)
            self._fill(last, structure, {column: line[name] for name, column in columns.items()})

    def _header(self) -> tuple[TableRow, dict[str, int]] | None:
        for section, zone in self.outline.in_order():
            for row in zone.rows():
                own = section == EVIDENCE
                columns = evidence_columns(row, named=own) if own or row.number < _HEAD_ROWS else {}
                if columns and row.cells[0].origin:
                    return row, columns
        return None

    def _row(self, last: Any, structure: TableStructure, columns: Mapping[str, int]) -> Any:
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

    def _new_list(self, lines: Sequence[Mapping[str, str]], root: Any) -> None:
        """Heading and table behind all that the form holds, on a page of their own."""
        body, printed = root.find(n.BODY), load_evidence_list()
        columns = [c for c in printed.columns if c.key in _ALWAYS or any(line[c.key] for line in lines)]
        whole = sum(c.width for c in columns)
        shares = [100 * c.width // whole for c in columns]
        rows = [_row([c.label for c in columns], shares, element("w:tblHeader"))]
        rows += [_row([line[c.key] for c in columns], shares) for line in lines]
        grid = (element("w:gridCol", w_w=90 * share) for share in shares)
        facts = {"heading": escape(printed.headings[0]), "grid": "".join(grid), "rows": "".join(rows)}
        last = body[-1] if len(body) and body[-1].tag == n.SECT_PR else None
        for block in list(parse(word_part("evidence_list.xml", facts))):
            if last is None:
                body.append(block)
            else:
                last.addprevious(block)


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
