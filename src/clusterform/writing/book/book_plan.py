"""Parts eight and nine of a blank workbook: headings with room below them, target tables, the two frames to sign."""

from __future__ import annotations

from clusterform.fields import Kind
from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.messages import Text
from clusterform.words import word
from clusterform.writing.book.book_page import AnswerCell, CellRole, EntryRule, Page, clipped, entry_of

_WIDTHS = (15, 25, 18, 18, 18)
_PROSE = 120
"""Points of one row of running text; a row can be drawn taller up to 409."""
_OPEN = 3
"""Rows for each row that the form leaves open: in a workbook there is no Enter for one more."""
_ANSWERS = (2, 3)
"""The answers of part nine stand in the last three columns."""


def plan_page(form: FormDef, section: SectionDef) -> Page:
    """Running text under its headings."""
    page = Page(section.heading, _WIDTHS)
    page.line(section.heading, CellRole.TITLE, 32)
    for note in section.notes:
        page.line(note, CellRole.NOTE)
    for row in section.rows:
        _heading(form, section, row, page)
    return page


def _heading(form: FormDef, section: SectionDef, row: RowDef, page: Page) -> None:
    """One heading, what the form explains below it, the answer, and the headings inside."""
    page.line(row.label, CellRole.HEADING, 24)
    for text in row.guidance:
        page.line(text, CellRole.NOTE)
    if row.growable:
        _targets(form, section, row, page)
        return
    if row.kind is not None:
        path = f"{section.key}.{row.key}"
        page.put(
            "",
            CellRole.ANSWER,
            0,
            page.width,
            spot=AnswerCell(path),
            entry=_prose(section, entry_of(form, form.fields[path])),
        )
        page.tall(_PROSE)
        page.row += 1
    for inner in row.rows:
        _heading(form, section, inner, page)


def _prose(section: SectionDef, entry: EntryRule) -> EntryRule:
    hint = Text("hint.prose", more=entry.hint)
    if section.limit:
        hint = Text("hint.part-limit", limit=section.limit, more=hint)
    return EntryRule(entry.kind, entry.field, hint=clipped(hint.zh))


def _targets(form: FormDef, section: SectionDef, table: RowDef, page: Page) -> None:
    """A target table, an empty row before and behind it."""
    page.row += 1
    columns = form.columns(table.columns)
    spans = [(2 + n, 1) for n in range(len(columns) - 1)]
    spans.append((1 + len(columns), page.width - 1 - len(columns)))
    for place, text in enumerate(table.heads):
        page.put(text, CellRole.HEAD, place)
    for column, span in zip(columns, spans, strict=True):
        page.put(column.label, CellRole.HEAD, *span)
    page.row += 1
    for group in table.rows:
        start = page.row
        for leaf in group.rows or (group,):
            path = f"{section.key}.{leaf.key}"
            if group.rows:
                page.put(leaf.label, CellRole.LABEL, 1)
            else:
                page.put("", CellRole.ANSWER, 1, entry=EntryRule("text"))
            entry = entry_of(form, form.fields[path])
            for column, span in zip(columns, spans, strict=True):
                page.put("", CellRole.ANSWER, *span, spot=AnswerCell(path, column.key), entry=entry)
            page.tall(36 if leaf.kind is Kind.TEXT else 24)
            page.row += 1
        for number in range(1, group.open_rows * _OPEN + 1):
            _open_row(f"{section.key}.{group.key}", number, [c.key for c in columns], spans, page)
        page.put(group.label, CellRole.LABEL, 0, rows=page.row - start, row=start)
    page.row += 1
    for note in table.notes:
        page.line(note, CellRole.NOTE)


def _open_row(path: str, number: int, columns: list[str], spans: list[tuple[int, int]], page: Page) -> None:
    """A row for an indicator of the cluster's own."""
    hint = EntryRule("text", hint=Text("hint.own-target").zh)
    page.put("", CellRole.ANSWER, 1, spot=AnswerCell(path, f"open{number}", "indicator"), entry=hint)
    for column, span in zip(columns, spans, strict=True):
        page.put("", CellRole.ANSWER, *span, spot=AnswerCell(path, f"open{number}", column), entry=hint)
    page.tall(24)
    page.row += 1


def declaration_page(form: FormDef, section: SectionDef) -> Page:
    """The declaration and the province's opinion, each a frame with lines to sign."""
    page = Page(section.heading, _WIDTHS)
    page.line(section.heading, CellRole.TITLE, 32)
    for frame in section.rows:
        start = page.row
        for text in frame.guidance:
            page.put(text, CellRole.NOTE, *_ANSWERS)
            page.tall(64)
            page.row += 1
        if frame.kind is not None:
            _open(form, section, frame, page, _ANSWERS)
            page.tall(120)
            page.row += 1
        for row in frame.rows:
            page.put("" if row.kind is Kind.DATE else f"{row.label}：", CellRole.OPTION, 2, 2)
            _open(form, section, row, page, (4, 1))
            page.tall(44)
            page.row += 1
        page.put(frame.label, CellRole.LABEL, 0, 2, rows=page.row - start, row=start)
    return page


def _open(form: FormDef, section: SectionDef, row: RowDef, page: Page, place: tuple[int, int]) -> None:
    path = f"{section.key}.{row.key}"
    text = word("date.line") if row.kind is Kind.DATE else ""
    page.put(text, CellRole.ANSWER, *place, spot=AnswerCell(path), entry=entry_of(form, form.fields[path]))
