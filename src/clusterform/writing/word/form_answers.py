"""What stands in the place of an answer: a control to write in, boxes to tick, and what the form prints there."""

from __future__ import annotations

from collections.abc import Callable

from clusterform.fields import Kind
from clusterform.forms.model import CIRCLED, OptionDef, RowDef
from clusterform.writing.word.controls import Controls, run
from clusterform.writing.word.word_table import paragraph, text

COUNT, NAMES = "count", "names"
"""The two halves of 数量 and 名称 in the names of controls."""
_BESIDE = "　"
"""Between options in one line."""


def titled(row: RowDef) -> str:
    """The label with the notes printed beside it."""
    return row.label + "".join(row.notes)


def answer(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    """The paragraphs of a row's one answer."""
    return _WRITERS.get(row.kind or Kind.TEXT, _short)(controls, row, path)


def figure(controls: Controls, path: str, title: str, style: str = "Answer") -> tuple[str, ...]:
    """The one paragraph of a cell that takes a figure or a few words."""
    return (paragraph(style, controls.answer(path, title)),)


def _option(controls: Controls, row: RowDef, path: str, number: int) -> str:
    """A box and its words. Its title carries the code that an evidence list may name."""
    option: OptionDef = row.options[number]
    code = f"{row.code}-{CIRCLED[number]} " if row.code else ""
    return controls.box(f"{path}={option.key}", f"{code}{option.label}") + run(option.label + option.note)


def _options(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    """A line for each option; the last of the printed texts below them, the others above."""
    lines = (paragraph("Lines", _option(controls, row, path, n)) for n in range(len(row.options)))
    above = ((f"{titled(row)}：",) if row.inside else ()) + row.prompts[:-1]
    return (*(text("Lines", t) for t in above), *lines, *(text("Lines", t) for t in row.prompts[-1:]))


def _options_in_line(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    options = (_option(controls, row, path, number) for number in range(len(row.options)))
    return (paragraph("Answer", run(_BESIDE).join(options), *(run(prompt) for prompt in row.prompts)),)


def _count_names(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    """数量：__个, and below it 名称：__."""
    count = controls.underlined(f"{path}@{COUNT}", f"{row.label} 数量")
    names = controls.underlined(f"{path}@{NAMES}", f"{row.label} 名称")
    return (
        paragraph("Lines", run("数量："), count, run("个")),
        paragraph("Lines", run("名称："), names),
    )


def _formula(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    """The note that asks for the formula, and the line below it."""
    return (text("Lines", row.label), paragraph("Lines", controls.answer(path, row.label)))


def _prose(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    return (paragraph("Lines", controls.answer(path, row.printed_label)),)


def _short(controls: Controls, row: RowDef, path: str) -> tuple[str, ...]:
    """A figure or a few words; with what is counted behind it, and what is asked below it."""
    if not row.prompts:
        return figure(controls, path, row.label)
    counter, *notes = row.prompts
    line = controls.underlined(path, row.label) + run(counter)
    return (paragraph("Answer", line), *(text("Answer", note) for note in notes))


_WRITERS: dict[Kind, Callable[[Controls, RowDef, str], tuple[str, ...]]] = {
    Kind.CHOICE: _options_in_line,
    Kind.CHOICES: _options,
    Kind.COUNT_NAMES: _count_names,
    Kind.FORMULA: _formula,
    Kind.PROSE: _prose,
}
