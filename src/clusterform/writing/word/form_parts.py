"""The parts of a form in Word: cover, 填报说明, tables cut and merged as the notice prints them, headings, frames to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clusterform.fields import Column, Kind
from clusterform.forms.model import CIRCLED, FormDef, RowDef, SectionDef
from clusterform.patterns import pattern
from clusterform.words import word
from clusterform.writing.word.word_xml import (
    LINE,
    LINE_HEIGHT,
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

_PLACE = pattern(r"[^（）]{1,9}（[^（）]*）")
"""One blank of 省（区、市）市（区）县（市、区）."""
_REST = element("w:r", element("w:rPr", UNDERLINE), element("w:tab"))
"""The rest of the line to write on."""
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
_BESIDE = "　"
"""Between options in one line."""
_TARGET_HEIGHT = 480
_DIRECTION, _INDICATOR = 1500, 2900
"""The columns 方向 and 指标."""
_OWN = "……"
"""What the form prints where indicators of the cluster's own may stand."""
_LEVELS = (
    ("Plan1", pattern(r"[{numerals}]{1,3}、")),
    ("Plan2", pattern(r"（[{numerals}]{1,3}）")),
)
_FRAME_LABEL, _FRAME_HEIGHT = 1700, 5600
_FAR_RIGHT = "　" * 12


def front(form: FormDef, controls: Controls) -> str:
    """Annex, title, the lines of the cover, and the notes on a page of their own."""
    lines = [text("Annex", form.annex), text("FormTitle", form.title)]
    for section in form.sections:
        if section.layout == "lines":
            lines += PartWriter(form, section, controls).cover_lines()
    lines.append(text("NotesHeading", form.guidance.heading))
    lines += (text("Notes", f"{number}. {item}") for number, item in enumerate(form.guidance.items, start=1))
    return "".join(lines)


@dataclass(slots=True)
class PartWriter:
    """Writes one part of a form."""

    form: FormDef
    section: SectionDef
    controls: Controls

    def part(self) -> str:
        """The part on pages of its own."""
        head = text("Part", self.section.heading)
        if self.section.layout == "headings":
            notes = (text("PartNote", note) for note in self.section.notes)
            return "".join((head, *notes, *self._headings(self.section.rows)))
        frames = self.section.layout == "declaration"
        rows = map(self._frame, self.section.rows) if frames else self._rows()
        return head + table(list(rows)) + paragraph("Small")

    def cover_lines(self) -> Iterator[str]:
        """The lines of the cover; the pattern of a name stands below its own."""
        for row in self.section.rows:
            name, printed, head = self._path(row), "".join(row.prompts), run(f"{row.label}：")
            if row.kind is Kind.REGION:
                blanks = (run(PROMPTS[LINE][:4]) + run(place[0]) for place in _PLACE.finditer(printed))
                yield paragraph("Cover", head, self.controls.printed(name, row.label, "".join(blanks)))
                continue
            yield paragraph("Cover", head, self.controls.underlined(name, row.label), _REST)
            if printed:
                yield text("CoverNote", printed)

    def _path(self, row: RowDef) -> str:
        return f"{self.section.key}.{row.key}"

    def _control(self, row: RowDef) -> str:
        return self.controls.answer(self._path(row), row.label)

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

    def _rows(self) -> Iterator[WordRow]:
        """All rows; a row that the notice prints beside another, or in its last cell, comes with it."""
        if self.section.header:
            years = self._years()
            heads = (label((WIDTH - self._label) // len(years), year) for year in years)
            yield WordRow((label(self._label, self.section.header), *heads), height=_HEIGHT, head=True)
        rest = list(self.section.rows)
        while rest:
            row, beside = rest.pop(0), []
            while rest and (rest[0].beside or rest[0].kind is Kind.FORMULA):
                beside.append(rest.pop(0))
            yield from self._chunk(row, beside)

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

    def _figure(self, row: RowDef, column: str, title: str, width: int, style: str = "Answer") -> WordCell:
        name = f"{self._path(row)}@{column}"
        control = self.controls.answer(name, f"{row.printed_label} {title}")
        return WordCell(width, (paragraph(style, control),))

    def _plain(self, row: RowDef, wide: int, width: int) -> WordRow:
        content = self._answer(row)
        height = _HEIGHTS.get(row.kind or Kind.TEXT, _HEIGHT)
        if row.limit is not None:
            height = (row.limit * _LETTER // (width - _EDGES) + 2) * LINE_HEIGHT
        if row.inside:
            return WordRow((WordCell(wide + width, content),), height)
        cell = WordCell(width, content, top=row.kind is Kind.PROSE)
        return WordRow((label(wide, titled(row)), cell), height)

    def _name(self, row: RowDef) -> WordRow:
        """The row with the cluster's name: one cell, the pattern below the answer."""
        name = paragraph("Lines", run(f"{row.label}："), self._control(row))
        content = (name, text("Lines", "".join(row.prompts)))
        return WordRow((WordCell(WIDTH, content),), 2 * _HEIGHT)

    def _two(self, row: RowDef, second: RowDef) -> WordRow:
        """Two rows in one line."""
        rest = WIDTH - _LABEL - _SHORT_ANSWER - _SECOND_LABEL
        return WordRow(
            (
                label(_LABEL, titled(row)),
                WordCell(_SHORT_ANSWER, self._answer(row)),
                label(_SECOND_LABEL, titled(second)),
                WordCell(rest, self._answer(second)),
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
            for formula in beside:
                cell = WordCell(width, self._answer(formula), top=True)
                yield WordRow((cell,), _HEIGHTS[Kind.FORMULA])
        for inner in row.rows:
            part = 3 if inner.kind is Kind.PROSE else 2
            yield self._plain(inner, width // part, width - width // part)

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

    def _answer(self, row: RowDef) -> tuple[str, ...]:
        """The paragraphs of a row's one answer."""
        match row.kind:
            case Kind.CHOICE | Kind.CHOICES:
                return self._boxes(row)
            case Kind.COUNT_NAMES:
                return (self._half(row, "count", word("halves.counter")), self._half(row, "names"))
            case Kind.FORMULA:  # the note that asks for it, and the line below
                return (text("Lines", row.label), paragraph("Lines", self._control(row)))
            case Kind.PROSE:
                control = self.controls.answer(self._path(row), row.printed_label)
                return (paragraph("Lines", control),)
        if not row.prompts:
            return (paragraph("Answer", self._control(row)),)
        counter, *notes = row.prompts  # what is counted stands behind a figure, what is asked below it
        line = self.controls.underlined(self._path(row), row.label) + run(counter)
        return (paragraph("Answer", line), *(text("Answer", note) for note in notes))

    def _boxes(self, row: RowDef) -> tuple[str, ...]:
        """A single choice in one line; else a line each, the last of the printed texts below, the others above."""
        if row.kind is Kind.CHOICE:
            options = run(_BESIDE).join(self._options(row))
            return (paragraph("Answer", options, *map(run, row.prompts)),)
        above = ((f"{titled(row)}：",) if row.inside else ()) + row.prompts[:-1]
        lines = (paragraph("Lines", option) for option in self._options(row))
        return (*(text("Lines", t) for t in above), *lines, *(text("Lines", t) for t in row.prompts[-1:]))

    def _options(self, row: RowDef) -> Iterator[str]:
        """The box and the words of each option; the box's title carries the code that an evidence list may name."""
        for sign, option in zip(CIRCLED, row.options, strict=False):
            code = f"{row.code}-{sign} " if row.code else ""
            box = self.controls.box(f"{self._path(row)}={option.key}", f"{code}{option.label}")
            yield box + run(option.label + option.note)

    def _half(self, row: RowDef, half: str, counter: str = "") -> str:
        """数量：__个, or 名称：__."""
        words = word(f"halves.{half}")
        control = self.controls.underlined(f"{self._path(row)}@{half}", f"{row.label} {words}")
        return paragraph("Lines", run(f"{words}："), control, run(counter) if counter else "")

    def _headings(self, rows: Sequence[RowDef]) -> Iterator[str]:
        """Headings with what is explained and answered below them, and those inside."""
        for row in rows:
            style = next((name for name, numbered in _LEVELS if numbered.match(row.label)), "Plan3")
            yield text(style, row.label, keep=True)
            yield from (text("Prose", words) for words in row.guidance)
            if row.growable:
                yield table(list(self._targets(row)))
                yield from (text("Remark", note) for note in row.notes)
                continue
            if row.kind is not None:
                yield paragraph("Prose", self._control(row))
            yield from self._headings(row.rows)

    def _targets(self, targets: RowDef) -> Iterator[WordRow]:
        """The rows of a target table, each direction merged over its own. It is kept on one page where it can be."""
        columns = self.form.columns(targets.columns)
        width = (WIDTH - _DIRECTION - _INDICATOR) // len(columns)
        heads = zip((_DIRECTION, _INDICATOR), targets.heads, strict=True)
        cells = (*heads, *((width, column.label) for column in columns))
        yield WordRow(tuple(label(w, words, style="Target") for w, words in cells), _TARGET_HEIGHT, head=True)
        for group in targets.rows:
            style = "Answer" if group is targets.rows[-1] else "Target"
            leaves = (*(group.rows or (group,)), *(None for _ in range(group.open_rows)))
            for number, leaf in enumerate(leaves):
                merge = "" if len(leaves) == 1 else "continue" if number else "restart"
                direction = label(_DIRECTION, "" if number else group.label, merge, style)
                words = _OWN if leaf is None else leaf.label if group.rows else ""
                figures = (WordCell(width, (paragraph(style, self._target(leaf, c)),)) for c in columns)
                yield WordRow((direction, label(_INDICATOR, words, style=style), *figures), _TARGET_HEIGHT)

    def _target(self, leaf: RowDef | None, column: Column) -> str:
        """The place of one figure. It is not locked: rows may be added, and taken away again."""
        if leaf is None:
            return ""
        name = f"{self._path(leaf)}@{column.key}"
        return self.controls.answer(name, f"{leaf.label} {column.label}", locked=False)

    def _frame(self, frame: RowDef) -> WordRow:
        """A text to sign, and lines to sign, seal or date on."""
        lines = [text("Prose", words) for words in frame.guidance]
        if frame.kind is not None:
            lines += [paragraph("Lines", self._control(frame)), *[paragraph("Sign")] * 6]
        lines += map(self._line_to_sign, frame.rows)
        cell = WordCell(WIDTH - _FRAME_LABEL, tuple(lines))
        return WordRow((label(_FRAME_LABEL, frame.label), cell), _FRAME_HEIGHT)

    def _line_to_sign(self, row: RowDef) -> str:
        if row.kind is not Kind.DATE:
            return paragraph("Sign", run(f"{row.label}："), self._control(row))
        blanks = run("　　" + "　　".join(row.label.split()))
        control = self.controls.printed(self._path(row), word("date.label"), blanks)
        return paragraph("Sign", run(_FAR_RIGHT), control)


def _under_label(head: WordCell, rows: Iterator[WordRow]) -> Iterator[WordRow]:
    """Rows beside a label that is merged over all of them."""
    held = list(rows)
    for number, row in enumerate(held):
        merge = "" if len(held) == 1 else "continue" if number else "restart"
        first = WordCell(head.width, () if number else head.content, merge)
        yield WordRow((first, *row.cells), row.height)


def titled(row: RowDef) -> str:
    """The label with the notes printed beside it."""
    return row.label + "".join(row.notes)
