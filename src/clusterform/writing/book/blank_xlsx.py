"""Blank workbooks: the two forms part by part, and the plain tables."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_list
from clusterform.forms.model import FormDef, load_form
from clusterform.writing.book.book_drawing import draw
from clusterform.writing.book.book_lists import codes_page, evidence_page, guidance_page, list_page
from clusterform.writing.book.book_page import Page
from clusterform.writing.book.book_plan import declaration_page, plan_page
from clusterform.writing.book.book_rows import cover_page, rows_page
from clusterform.writing.book.book_selfcheck import selfcheck_page


def write_blank(kind: str, edition: str) -> bytes:
    """The blank workbook of a form or plain table; the same edition gives the same bytes."""
    if kind not in load_edition(edition).forms:
        plain = load_list(edition, kind)
        return draw([list_page(plain)], plain.title)
    form = load_form(edition, kind)
    return draw(form_pages(form), form.title)


def write_list(kind: str, edition: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    """The workbook of a plain table with these rows, each with a text for every column."""
    plain = load_list(edition, kind)
    return draw([list_page(plain, rows)], plain.title)


def form_pages(form: FormDef) -> list[Page]:
    """A sheet for each part, then the evidence list."""
    pages: list[Page] = []
    for section in form.sections:
        if section.layout == "lines":
            pages += [cover_page(form, section), guidance_page(form)]
        elif section.layout == "rows":
            pages.append(rows_page(form, section))
        elif section.layout == "headings":
            pages.append(plan_page(form, section))
        else:
            pages.append(declaration_page(form, section))
    pages += [evidence_page(form), codes_page(form)]
    return [*pages, selfcheck_page(form, pages)]
