"""The sheets of a blank workbook that are no part of the form: 填报说明, 佐证材料清单 and the codes for it, the summaries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clusterform.asked import Asked
from clusterform.claims.claims import claims_of
from clusterform.claims.codes import printed
from clusterform.forms.lists import EvidenceListDef, ListColumn, ListDef, load_evidence_list
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.writing.book.book_page import CellRole, EntryRule, Page, one_of

_LINES = 80
"""Rows of an evidence list."""
_CLUSTERS = 30
"""Rows of a summary."""
_LONGEST_NAME = 31
"""Characters of a sheet's name."""
_PAGE = 150
"""Characters across a sheet of paper laid across."""


def guidance_page(form: FormDef) -> Page:
    """填报说明, word for word."""
    page = Page(form.guidance.heading, (20,) * 5)
    page.line(form.guidance.heading, CellRole.TITLE, 32)
    for number, text in enumerate(form.guidance.items, 1):
        page.line(f"{number}. {text}", CellRole.OPTION)
    return page


def codes(form: FormDef) -> Iterator[tuple[str, str]]:
    """Every box and row that may ask for evidence: its number on the evidence list, and its official text."""
    for claim in claims_of(Asked(form.fields, form.edition.roles)):
        if any(claim.code):
            yield printed(claim.code), claim.label


def codes_page(form: FormDef) -> Page:
    """The codes, for the evidence list to choose from."""
    page = Page(_codes_sheet(), (12, 80), frozen=2)
    page.line(Text("codes.title").zh, CellRole.TITLE, 32)
    page.put(Text("codes.number").zh, CellRole.HEAD, 0)
    page.put(Text("codes.row").zh, CellRole.HEAD, 1)
    page.feed()
    for code, text in codes(form):
        page.put(code, CellRole.OPTION, 0)
        page.put(text, CellRole.OPTION, 1)
        page.feed()
    return page


def _codes_sheet() -> str:
    return Text("codes.sheet").zh


def evidence_page(form: FormDef) -> Page:
    """佐证材料清单 of a form's workbook; number and text are chosen from the codes."""
    last = len(list(codes(form))) + 2
    sources = {
        "code": f"='{_codes_sheet()}'!$A$3:$A${last}",
        "subject": f"='{_codes_sheet()}'!$B$3:$B${last}",
    }
    return list_page(load_evidence_list(), sources=sources, alone=False)


def list_page(
    plain: ListDef,
    rows: Sequence[Sequence[str]] | None = None,
    *,
    sources: Mapping[str, str] | None = None,
    alone: bool = True,
) -> Page:
    """A plain table, empty unless rows are given. `alone`: with the lines that a file of its own has above it."""
    widths = tuple(max(6, share) for share in plain.shares(_PAGE))
    page = Page(plain.title[:_LONGEST_NAME], widths, landscape=True)
    if alone and plain.annex:
        page.line(plain.annex, CellRole.NOTE)
    page.line(plain.title, CellRole.TITLE, 32)
    for text in plain.lines if alone else ():
        page.put(text, CellRole.OPTION, 0, 2)
        page.put("", CellRole.ANSWER, 2, page.width - 2, entry=EntryRule("text"))
        page.feed()
    page.line(plain.note, CellRole.NOTE)
    for place, column in enumerate(plain.printed):
        page.put(column.label, CellRole.HEAD, place)
    page.feed()
    page.frozen = page.row
    empty = _LINES if isinstance(plain, EvidenceListDef) else _CLUSTERS
    given = rows if rows is not None else [(str(n), *[""] * (page.width - 1)) for n in range(1, empty + 1)]
    entries = [_column_entry(column, sources or {}) for column in plain.printed]
    for line in given:
        for place, (text, entry) in enumerate(zip(line, entries, strict=True)):
            page.put(text, CellRole.ANSWER, place, entry=entry)
        page.feed()
    return page


def _column_entry(column: ListColumn, sources: Mapping[str, str]) -> EntryRule:
    source = sources.get(column.key)
    hint = Text("hint.from-list", sheet=_codes_sheet()).zh if source else column.hint
    among = source or list(column.choices)
    return EntryRule("text", hint, one_of(among) if among else {})
