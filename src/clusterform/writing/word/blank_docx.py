"""Blank forms and tables for Word: a body, in a file whose other parts are as they are under templates/word/.

Written directly: python-docx knows no content controls and stamps the time into the file.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import ListDef, load_list
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.container.own_marks import PROPERTIES, mark_for
from clusterform.writing.repack import add_part, shipped_part
from clusterform.writing.word.form_parts import PartWriter, front
from clusterform.writing.word.word_xml import (
    Controls,
    WordCell,
    WordRow,
    paragraph,
    table,
    text,
)


def write_docx(kind: str, edition: str, rows: Sequence[tuple[str, ...]] | None = None) -> bytes:
    """The blank .docx of a form or plain table; of a table with these rows, each with a text for every column."""
    known = load_edition(edition)
    if kind in known.forms:
        form = load_form(edition, kind)
        body, title = _form_body(form), form.title
    else:
        plain = load_list(edition, kind)
        body, title = _list_body(plain, rows), plain.title
    return _file(body, title, mark_for(kind, edition), date(known.deadline.year, 1, 1))


def _form_body(form: FormDef) -> str:
    controls = Controls()
    parts = (PartWriter(form, s, controls).part() for s in form.sections if s.layout != "lines")
    return "".join((front(form, controls), *parts, shipped_part("word/form_page.xml")))


WIDTH = 14570
"""A4 across less its margins, in twentieths of a point."""
ROWS = 20
_HEIGHT = 480


def _list_body(plain: ListDef, rows: Sequence[tuple[str, ...]] | None) -> str:
    """The body of the document; without `rows` there are empty ones to fill in."""
    widths = plain.shares(WIDTH)
    head = [(text("Label", column.label),) for column in plain.printed]
    blank = [(str(number), *[""] * (len(widths) - 1)) for number in range(1, ROWS + 1)]
    lines = [[(text("Small", words),) for words in line] for line in (blank if rows is None else rows)]
    made = [
        WordRow(tuple(map(WordCell, widths, cells)), _HEIGHT, head=cells is head) for cells in (head, *lines)
    ]
    above = [text("Annex", plain.annex)] if plain.annex else []
    above.append(text("ListTitle", plain.title))
    above += (text("Remark", line) for line in (*plain.lines, plain.note))
    return "".join((*above, table(made), paragraph("Remark"), shipped_part("word/list_page.xml")))


_STYLES, _GLOSSARY_STYLES = "word/styles.xml", "word/glossary/styles.xml"
_PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    _STYLES,
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/glossary/document.xml",
    "word/glossary/_rels/document.xml.rels",
    _GLOSSARY_STYLES,
    "docProps/core.xml",
    "docProps/app.xml",
    PROPERTIES,
)
"""In the order they stand in the file."""


def _file(body: str, title: str, mark: str, day: date) -> bytes:
    """The .docx with this body; `mark` names the blank, `day` stands as its date. The same bytes every time."""
    facts = {"body": body, "title": escape(title), "mark": escape(mark), "day": day.isoformat()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name in _PARTS:
            own = _STYLES if name == _GLOSSARY_STYLES else name
            add_part(package, name, shipped_part(f"word/{own}", **facts).encode(), day)
    return held.getvalue()
