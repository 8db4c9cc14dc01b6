"""One part of a form: its heading, and what stands below it."""

from __future__ import annotations

from clusterform.forms.model import FormDef, SectionDef
from clusterform.writing.word.controls import Controls
from clusterform.writing.word.form_declaration import declaration
from clusterform.writing.word.form_plan import plan
from clusterform.writing.word.form_rows import TableWriter
from clusterform.writing.word.word_table import paragraph, table, text


def part(form: FormDef, section: SectionDef, controls: Controls) -> str:
    """The part on pages of its own."""
    head = text("Part", section.heading)
    if section.layout == "headings":
        return head + plan(form, section, controls)
    rows = (
        declaration(section, controls)
        if section.layout == "declaration"
        else list(TableWriter(form, section, controls).rows())
    )
    return head + table(rows) + paragraph("Small")
