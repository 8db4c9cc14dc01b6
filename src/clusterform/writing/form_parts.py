"""One part of a form: its heading, and what stands below it."""

from __future__ import annotations

from clusterform.forms.model import FormDef, SectionDef
from clusterform.writing.controls import Controls
from clusterform.writing.form_declaration import declaration
from clusterform.writing.form_plan import plan
from clusterform.writing.form_rows import TableWriter
from clusterform.writing.word_table import paragraph, table, text


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
