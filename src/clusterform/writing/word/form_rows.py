"""The table of a part: rows of labels and answers, cut and merged as the notice prints them, and what stands in an answer's place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from clusterform.fields import Kind
from clusterform.forms.model import CIRCLED, FormDef, OptionDef, RowDef, SectionDef
from clusterform.words import word
from clusterform.writing.word.word_xml import (
    LINE_HEIGHT,
    WIDTH,
    Controls,
    WordCell,
    WordRow,
    label,
    paragraph,
    run,
    text,
)

_YEAR, _FINE_YEAR = 1500, 2160
"""The column of a year, plain and with a small table below it; widths and heights in twentieths of a point."""
_LABEL, _SECOND_LABEL, _SHORT_ANSWER = 3100, 1400, 1900
_BESIDE_TEXT, _BESIDE_GROUP = 2600, 1900
"""The first column beside many lines, and beside the rows of a group, where the part has years."""
_HEIGHT = 540
_HEIGHTS = {Kind.COUNT_NAMES: 1400, Kind.FORMULA: 1100, Kind.CHOICES: 0}
"""Room for the answer, so that a form filled in as it should be keeps its pages."""
_LETTER, _EDGES = 240, 170
"""The width of a letter in a table, and what the edges of a cell take."""


@dataclass(slots=True)
class TableWriter:
    """Writes the rows of one part."""

    form: FormDef
    section: SectionDef
    controls: Controls

    @property
    def _fine(self) -> bool:
        """Whether a row of the part holds a small table."""
        return any(row.matrix is not None for row in self.section.rows)

    @property
    def _label(self) -> int:
        """The width of the first column."""
        if not self.section.header:
            return _LABEL
        return WIDTH - (_FINE_YEAR if self._fine else _YEAR) * len(self._years())

    def _years(self) -> tuple[str, ...]:
        sets = {row.columns for row in self.section.rows if row.columns}
        return tuple(column.label for name in sorted(sets) for column in self.form.columns(name))

    def rows(self) -> Iterator[WordRow]:
        """All rows; a row that the notice prints beside another, or in its last cell, comes with it."""
        if self.section.header:
            yield self._head()
        rest = list(self.section.rows)
        while rest:
            row, beside = rest.pop(0), []
            while rest and (rest[0].beside or rest[0].kind is Kind.FORMULA):
                beside.append(rest.pop(0))
            yield from self._chunk(row, beside)

    def _head(self) -> WordRow:
        years = self._years()
        width = (WIDTH - self._label) // len(years)
        cells = (label(self._label, self.section.header), *(label(width, year) for year in years))
        return WordRow(cells, height=_HEIGHT, head=True)

    def _chunk(self, row: RowDef, beside: list[RowDef]) -> Iterator[WordRow]:
        columns = self.form.columns(row.columns)
        if row.matrix is not None or row.rows or (columns and not self.section.header):
            first = _BESIDE_GROUP if row.rows and self.section.header else self._label
            yield from _under_label(label(first, titled(row)), self._inner(row, beside, WIDTH - first))
        elif columns:
            width = (WIDTH - self._label) // len(columns)
            cells = (self._figure(row, column.key, column.label, width) for column in columns)
            yield WordRow((label(self._label, titled(row)), *cells), height=_HEIGHT)
        elif beside:
            yield self._two(row, beside[0])
        elif row.kind is Kind.CLUSTER_NAME:
            yield self._name(row)
        else:
            wide = self._first(row)
            yield self._plain(row, wide, WIDTH - wide)

    def _first(self, row: RowDef) -> int:
        """The width of a row's label where the answer takes the rest of the line."""
        if self.section.header and row.kind in {Kind.PROSE, Kind.CHOICES}:
            return _BESIDE_TEXT
        return (WIDTH + self._label) // 3 if self._fine else self._label

    def _path(self, row: RowDef) -> str:
        return f"{self.section.key}.{row.key}"

    def _figure(self, row: RowDef, column: str, title: str, width: int, style: str = "Answer") -> WordCell:
        name = f"{self._path(row)}@{column}"
        return WordCell(width, figure(self.controls, name, f"{row.printed_label} {title}", style))

    def _plain(self, row: RowDef, wide: int, width: int) -> WordRow:
        content = answer(self.controls, row, self._path(row))
        height = _HEIGHTS.get(row.kind or Kind.TEXT, _HEIGHT)
        if row.limit is not None:
            height = (row.limit * _LETTER // (width - _EDGES) + 2) * LINE_HEIGHT
        if row.inside:
            return WordRow((WordCell(wide + width, content),), height)
        cell = WordCell(width, content, top=row.kind is Kind.PROSE)
        return WordRow((label(wide, titled(row)), cell), height)

    def _name(self, row: RowDef) -> WordRow:
        """The row with the cluster's name: one cell, the pattern below the answer."""
        control = self.controls.answer(self._path(row), row.label)
        pattern = "".join(row.prompts)
        content = (paragraph("Lines", run(f"{row.label}："), control), text("Lines", pattern))
        return WordRow((WordCell(WIDTH, content),), 2 * _HEIGHT)

    def _two(self, row: RowDef, second: RowDef) -> WordRow:
        """Two rows in one line."""
        rest = WIDTH - _LABEL - _SHORT_ANSWER - _SECOND_LABEL
        return WordRow(
            (
                label(_LABEL, titled(row)),
                WordCell(_SHORT_ANSWER, answer(self.controls, row, self._path(row))),
                label(_SECOND_LABEL, titled(second)),
                WordCell(rest, answer(self.controls, second, self._path(second))),
            ),
            _HEIGHT,
        )

    def _inner(self, row: RowDef, beside: list[RowDef], width: int) -> Iterator[WordRow]:
        """What stands to the right of a merged label."""
        if row.matrix is not None:
            yield from self._matrix(row)
        elif row.columns:
            for column in self.form.columns(row.columns):
                cell = self._figure(row, column.key, column.label, width - _SECOND_LABEL)
                yield WordRow((label(_SECOND_LABEL, column.label), cell), _HEIGHT)
            yield from (self._formula(formula, width) for formula in beside)
        for inner in row.rows:
            part = 3 if inner.kind is Kind.PROSE else 2
            yield self._plain(inner, width // part, width - width // part)

    def _formula(self, row: RowDef, width: int) -> WordRow:
        return WordRow(
            (WordCell(width, answer(self.controls, row, self._path(row)), top=True),), _HEIGHTS[Kind.FORMULA]
        )

    def _matrix(self, row: RowDef) -> Iterator[WordRow]:
        """The small table: for every year its categories down and its measures across."""
        matrix, years = row.matrix, self.form.columns(row.columns)
        if matrix is None:
            return
        width = _FINE_YEAR // (1 + len(matrix.measures))
        heads = (
            WordCell(width, (text("Small", t),))
            for _ in years
            for t in (matrix.head, *matrix.measures.values())
        )
        yield WordRow(tuple(heads), _HEIGHT)
        for key, name in matrix.categories.items():
            cells: list[WordCell] = []
            for year in years:
                cells.append(WordCell(width, (text("Small", name),)))
                for measure, words in matrix.measures.items():
                    title = f"{year.label} {name} {words}"
                    cells.append(self._figure(row, f"{year.key}/{key}/{measure}", title, width, "Small"))
            yield WordRow(tuple(cells), _HEIGHT)


def _under_label(head: WordCell, rows: Iterator[WordRow]) -> Iterator[WordRow]:
    """Rows beside a label that is merged over all of them."""
    held = list(rows)
    for number, row in enumerate(held):
        merge = "" if len(held) == 1 else "continue" if number else "restart"
        first = WordCell(head.width, () if number else head.content, merge)
        yield WordRow((first, *row.cells), row.height)


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
    count = controls.underlined(f"{path}@{COUNT}", f"{row.label} {word('halves.count')}")
    names = controls.underlined(f"{path}@{NAMES}", f"{row.label} {word('halves.names')}")
    return (
        paragraph("Lines", run(f"{word('halves.count')}："), count, run(word("halves.counter"))),
        paragraph("Lines", run(f"{word('halves.names')}："), names),
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
