"""Part nine: the declaration and the province's opinion, with places for signature, seals and dates."""

from __future__ import annotations

from clusterform.fields import Kind
from clusterform.forms.model import RowDef, SectionDef
from clusterform.writing.word.controls import Controls, run
from clusterform.writing.word.word_table import WIDTH, Cell, Row, label, paragraph, text

_LABEL = 1700
_HEIGHT = 5600
_FAR_RIGHT = "　" * 12


def declaration(section: SectionDef, controls: Controls) -> list[Row]:
    """The two frames."""
    return [_frame(section.key, frame, controls) for frame in section.rows]


def _frame(section: str, frame: RowDef, controls: Controls) -> Row:
    lines = [text("Prose", words) for words in frame.guidance]
    if frame.kind is not None:
        lines.append(paragraph("Lines", controls.answer(f"{section}.{frame.key}", frame.label)))
        lines += [paragraph("Sign")] * 6
    lines += [_spot(section, row, controls) for row in frame.rows]
    return Row((label(_LABEL, frame.label), Cell(WIDTH - _LABEL, tuple(lines))), _HEIGHT)


def _spot(section: str, row: RowDef, controls: Controls) -> str:
    """A line to sign, seal or date on."""
    name = f"{section}.{row.key}"
    if row.kind is Kind.DATE:
        blanks = "　　".join(row.label.split())
        return paragraph("Sign", run(_FAR_RIGHT), controls.printed(name, "日期", run(f"　　{blanks}")))
    return paragraph("Sign", run(f"{row.label}："), controls.answer(name, row.label))
