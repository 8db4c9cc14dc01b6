"""The cover of a form, and its 填报说明."""

from __future__ import annotations

from clusterform.fields import Kind
from clusterform.forms.model import FormDef, RowDef
from clusterform.patterns import pattern
from clusterform.writing.word.controls import LINE, PROMPTS, UNDERLINE, Controls, run
from clusterform.writing.word.markup import element
from clusterform.writing.word.word_table import paragraph, text

_PLACE = pattern(r"[^（）]{1,9}（[^（）]*）")
"""One blank of 省（区、市）市（区）县（市、区）."""
_REST = element("w:r", element("w:rPr", UNDERLINE), element("w:tab"))
"""The rest of the line to write on."""


def front(form: FormDef, controls: Controls) -> str:
    """Annex, title, the lines of the cover, and the notes on a page of their own."""
    lines = [text("Annex", form.annex), text("FormTitle", form.title)]
    for section in form.sections:
        if section.layout == "lines":
            lines += (line for row in section.rows for line in _line(section.key, row, controls))
    lines.append(text("NotesHeading", form.guidance.heading))
    lines += (text("Notes", f"{number}. {item}") for number, item in enumerate(form.guidance.items, start=1))
    return "".join(lines)


def _line(section: str, row: RowDef, controls: Controls) -> list[str]:
    """One line of the cover; the pattern of a name stands below it."""
    name, pattern = f"{section}.{row.key}", "".join(row.prompts)
    head = run(f"{row.label}：")
    if row.kind is Kind.REGION:
        blanks = (run(PROMPTS[LINE][:4]) + run(place[0]) for place in _PLACE.finditer(pattern))
        return [paragraph("Cover", head, controls.printed(name, row.label, "".join(blanks)))]
    line = paragraph("Cover", head, controls.underlined(name, row.label), _REST)
    return [line, text("CoverNote", pattern)] if pattern else [line]
