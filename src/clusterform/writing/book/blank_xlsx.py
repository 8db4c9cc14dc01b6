"""Blank workbooks: the two forms part by part, and the plain tables."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_list
from clusterform.forms.model import FormDef, load_form
from clusterform.writing.book.book_drawing import draw
from clusterform.writing.book.book_lists import codes_page, evidence_page, guidance_page, list_page
from clusterform.writing.book.book_page import Page
from clusterform.writing.book.book_parts import part_page
from clusterform.writing.book.book_selfcheck import selfcheck_page


def write_xlsx(kind: str, edition: str, rows: Sequence[tuple[str, ...]] | None = None) -> bytes:
    """The blank workbook of a form or plain table; of a table with these rows, each with a text for every column.

    The same edition gives the same bytes.
    """
    if kind not in load_edition(edition).forms:
        plain = load_list(edition, kind)
        return draw([list_page(plain, rows)], plain.title)
    form = load_form(edition, kind)
    return draw(form_pages(form), form.title)


def form_pages(form: FormDef) -> list[Page]:
    """A sheet for each part, the notes behind the cover; then the evidence list."""
    pages: list[Page] = []
    for section in form.sections:
        pages.append(part_page(form, section))
        if section.layout == "lines":
            pages.append(guidance_page(form))
    pages += [evidence_page(form), codes_page(form)]
    return [*pages, selfcheck_page(form, pages)]
