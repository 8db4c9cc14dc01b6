"""The parts of a form in Word that are no rows of a table: cover, 填报说明, part eight's headings and targets, the declaration."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.fields import Column, Kind
from clusterform.forms.model import FormDef, RowDef, SectionDef
from clusterform.patterns import pattern
from clusterform.words import word
from clusterform.writing.word.form_rows import TableWriter
from clusterform.writing.word.word_xml import (
    LINE,
    PROMPTS,
    UNDERLINE,
    WIDTH,
    Controls,
    WordCell,
    WordRow,
    element,
    label,
    paragraph,
    run,
    table,
    text,
)


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


_HEIGHT = 480
_FIRST, _SECOND = 1500, 2900
"""The columns 方向 and 指标."""
_OWN = "……"
"""What the form prints where indicators of the cluster's own may stand."""
_LEVELS = (
    ("Plan1", pattern(r"[{numerals}]{1,3}、")),
    ("Plan2", pattern(r"（[{numerals}]{1,3}）")),
)


def plan(form: FormDef, section: SectionDef, controls: Controls) -> str:
    """Everything below the part's heading."""
    notes = (text("PartNote", note) for note in section.notes)
    return "".join((*notes, *_rows(form, section, section.rows, controls)))


def _rows(form: FormDef, section: SectionDef, rows: tuple[RowDef, ...], controls: Controls) -> Iterator[str]:
    for row in rows:
        style = next((name for name, numbered in _LEVELS if numbered.match(row.label)), "Plan3")
        yield text(style, row.label, keep=True)
        yield from (text("Prose", words) for words in row.guidance)
        if row.growable:
            yield table(list(_targets(form, section, row, controls)))
            yield from (text("Remark", note) for note in row.notes)
            continue
        if row.kind is not None:
            yield paragraph("Prose", controls.answer(f"{section.key}.{row.key}", row.label))
        yield from _rows(form, section, row.rows, controls)


def _targets(form: FormDef, section: SectionDef, targets: RowDef, controls: Controls) -> Iterator[WordRow]:
    """The rows of a target table, each direction merged over its own. It is kept on one page where it can be."""
    columns = form.columns(targets.columns)
    width = (WIDTH - _FIRST - _SECOND) // len(columns)
    heads = (*zip((_FIRST, _SECOND), targets.heads, strict=True), *((width, c.label) for c in columns))
    yield WordRow(tuple(label(w, words, style="Target") for w, words in heads), _HEIGHT, head=True)
    for group in targets.rows:
        style = "Answer" if group is targets.rows[-1] else "Target"
        leaves = (*(group.rows or (group,)), *(None for _ in range(group.open_rows)))
        for number, leaf in enumerate(leaves):
            merge = "" if len(leaves) == 1 else "continue" if number else "restart"
            direction = label(_FIRST, "" if number else group.label, merge, style)
            indicator = _OWN if leaf is None else leaf.label if group.rows else ""
            cells = (_target(section, leaf, column, controls) for column in columns)
            yield WordRow(
                (
                    direction,
                    label(_SECOND, indicator, style=style),
                    *(WordCell(width, (paragraph(style, c),)) for c in cells),
                ),
                _HEIGHT,
            )


def _target(section: SectionDef, leaf: RowDef | None, column: Column, controls: Controls) -> str:
    """The place of one figure. It is not locked: rows may be added, and taken away again."""
    if leaf is None:
        return ""
    return controls.answer(
        f"{section.key}.{leaf.key}@{column.key}", f"{leaf.label} {column.label}", locked=False
    )


_LABEL = 1700
_FRAME_HEIGHT = 5600
_FAR_RIGHT = "　" * 12


def declaration(section: SectionDef, controls: Controls) -> list[WordRow]:
    """The two frames."""
    return [_frame(section.key, frame, controls) for frame in section.rows]


def _frame(section: str, frame: RowDef, controls: Controls) -> WordRow:
    lines = [text("Prose", words) for words in frame.guidance]
    if frame.kind is not None:
        lines.append(paragraph("Lines", controls.answer(f"{section}.{frame.key}", frame.label)))
        lines += [paragraph("Sign")] * 6
    lines += [_spot(section, row, controls) for row in frame.rows]
    return WordRow((label(_LABEL, frame.label), WordCell(WIDTH - _LABEL, tuple(lines))), _FRAME_HEIGHT)


def _spot(section: str, row: RowDef, controls: Controls) -> str:
    """A line to sign, seal or date on."""
    name = f"{section}.{row.key}"
    if row.kind is Kind.DATE:
        blanks = "　　".join(row.label.split())
        return paragraph(
            "Sign", run(_FAR_RIGHT), controls.printed(name, word("date.label"), run(f"　　{blanks}"))
        )
    return paragraph("Sign", run(f"{row.label}："), controls.answer(name, row.label))
