"""A blank workbook, the project's own or any other, filled with answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from dataclasses import field as data_field

from clusterform.answers import Answer, CountNames, CountNamesAnswer, FilledForm, State, TicksAnswer
from clusterform.fields import Field, Kind
from clusterform.filling.read import place_answers
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number
from clusterform.parsers.xlsx.read import read_xlsx, sheet_parts
from clusterform.parsers.xlsx.styles import CellStyles, read_looks
from clusterform.patterns import pattern
from clusterform.text import NONE
from clusterform.words import word
from clusterform.writing.faults import Faults, named, quoted
from clusterform.writing.fill_book.book_places import CellAt, WritableBook, cell_at, merges_of, names_of
from clusterform.writing.fill_book.sheet_cells import CellText, SheetCells
from clusterform.writing.fill_book.sheet_rows import add_evidence, add_targets
from clusterform.writing.fill_book.sheet_ticks import tick_group
from clusterform.writing.spliced_part import SplicedPart
from clusterform.writing.text_edits import edited, edits_for, gap_behind
from clusterform.writing.through_blank import filled_copy


def fill_xlsx(given: FilledForm, package: Package, name: str) -> bytes:
    """The blank workbook in `package` filled with the answers of the file called `name`; what it raises: `filled_copy`."""
    document, given = read_xlsx(package), _remarked(given)

    def write(form: FormDef, _: FilledForm, faults: Faults) -> dict[str, bytes]:
        outline, reading = place_answers(document, form)
        parts = sheet_parts(package)
        merges = {sheet: merges_of(package, part) for sheet, part in parts.items()}
        book = WritableBook(form, document, outline, reading, names_of(package), merges)
        writer = _Writer(book, given, faults)
        writer.write()
        return _written(package, parts, writer.texts)

    return filled_copy(given, package, name, document, write)


def _remarked(given: FilledForm) -> FilledForm:
    """无 for a whole group of boxes is written beside them: the boxes have cells of their own."""
    beside = {
        address: TicksAnswer.made(value=(), remark=answer.remark or answer.text)
        for address, answer in given.answers.items()
        if isinstance(answer, TicksAnswer) and answer.state is State.NONE
    }
    return given.with_answers({**given.answers, **beside})


def _written(
    package: Package, parts: dict[str, str], texts: dict[CellAt, CellText | str]
) -> dict[str, bytes]:
    """The parts of the sheets that change."""
    looks = read_looks(package)
    made: dict[str, bytes] = {}
    for sheet, part in parts.items():
        own = {(at.row, at.column): text for at, text in texts.items() if at.sheet == sheet}
        if own:
            cells = SheetCells(SplicedPart(package.read(part), part, package.xml(part)))
            for place, text in own.items():
                style = cells.style_above(place)
                cells.set_style(place, style)
                cells.set_text(place, text if isinstance(text, CellText) else _cell_text(text, looks, style))
            cells.write()
            made[part] = cells.part.result()
    return made


def _cell_text(text: str, looks: CellStyles, style: int) -> CellText:
    """A figure where the cell's format shows it just as it is written; else a text."""
    code = looks.of(str(style)).format
    number = stored_number(text) if "@" not in code and text == text.strip() else None
    shown = number is not None and number_shown(number, code).text == text
    return CellText(text, number=shown)


@dataclass(slots=True)
class _Writer:
    """Finds the cell of every answer given, and notes what it is to hold."""

    book: WritableBook
    given: FilledForm
    faults: Faults
    texts: dict[CellAt, CellText | str] = data_field(default_factory=dict)

    def write(self) -> None:
        """Everything."""
        for (path, column), answer in self.given.answers.items():
            item = self.book.form.fields[path]
            if isinstance(answer, TicksAnswer):
                if not tick_group(self.book, item, answer, self.texts):
                    self._lost(item, None)
            elif isinstance(answer, CountNamesAnswer):
                self._count_names(item, answer)
            else:
                self._text(item, column, answer)
        add_targets(self.book, self.given.extra_targets, self.texts, self.faults)
        add_evidence(self.book, self.given.evidence or (), self.texts, self.faults)

    def _text(self, item: Field, column: str | None, answer: Answer) -> None:
        text = answer.text
        at = self.book.answer(item.path, column)
        if at is None:
            self._lost(item, column)
            return
        held = self.texts.get(at)
        printed = held if isinstance(held, str) else self.book.text(at)
        own = self._own(at, item.path, printed)
        if not own and printed.strip():
            label = cell_at(self.book.reading.labels[item.path]) == at
            behind = beside_label(self.book.form, item.path, printed, text) if label else ""
            self.texts[at] = behind or f"{text}\n{printed.lstrip()}"
            return
        edits = edits_for(item, self.book.form.rows[item.path], own, answer)
        if edits is None:
            self.faults.add(named(item, column), Text("fill.no-room", text=quoted(printed)))
            return
        before = printed[: len(printed) - len(own)]
        if before:  # what others have written there stays
            self.texts[at] = before + edited(own, edits)
        else:
            self._put(at, item, column, edited(own, edits))

    def _own(self, at: CellAt, path: str, printed: str) -> str:
        """The answer's own part of a cell that may hold its label, or others, as well; empty where nobody wrote yet."""
        for piece in self.book.pieces(path, None):
            if piece.text and printed.endswith(piece.text):
                return piece.text
        named = self.book.named(path) is not None
        others = any(cell_at(label) == at for label in self.book.reading.labels.values())
        return "" if others and not named and printed.strip() else printed

    def _count_names(self, item: Field, answer: CountNamesAnswer) -> None:
        count, names = (self.book.named(item.path, None, part) for part in ("count", "names"))
        none = NONE if answer.text.strip() == NONE else ""
        halves = answer.value or CountNames.made(count_text=none, names=answer.text)
        if count is not None and names is not None:
            self._put(count, item, "count", halves.count_text)
            self._put(names, item, "names", halves.names)
            return
        cells = list(dict.fromkeys([*self.book.held(item.path, None), *self.book.right_of(item.path)]))
        for at in cells:
            own = self.book.text(at)
            if all(word(f"halves.{half}")[0] in own for half in ("count", "names")):
                edits = edits_for(item, self.book.form.rows[item.path], own, answer)
                if edits is not None:
                    self._put(at, item, None, edited(own, edits))
                    return
        spots = [self._half(cells, *half) for half in (("count", halves.count_text), ("names", halves.names))]
        found = [spot for spot in spots if spot is not None]
        if len(found) < len(spots):
            self._lost(item, None)
            return
        for spot, half in found:
            self._put(spot, item, None, half)

    def _half(self, cells: list[CellAt], half: str, text: str) -> tuple[CellAt, str] | None:
        """The cell that takes 数量 or 名称, and what it is to hold: behind the cell that names it, or in it."""
        for at in cells:
            printed = self.book.text(at)
            if not printed.strip().startswith(word(f"halves.{half}")[0]):
                continue
            behind = self.book.behind(at)
            gap = gap_behind(half, printed)
            room = behind in self.book.cells and not self.book.text(behind).strip()
            if gap is None or (gap.end == len(printed) and gap.start == gap.end and room):
                return behind, text
            return at, edited(printed, [replace(gap, text=text)]) if text else printed
        return None

    def _put(self, at: CellAt, item: Field, column: str | None, text: str) -> None:
        if at in self.texts and self.texts[at] != text:
            self.faults.add(named(item, column), Text("fill.same-cell"))
        if text or self.book.text(at).strip():
            self.texts[at] = text

    def _lost(self, item: Field, column: str | None) -> None:
        self.faults.add(named(item, column), Text("fill.no-cell"))


_ROOM = pattern(r"[ \t\u3000\xa0_＿]*")
_COLON = pattern(r"[ \t\u3000]*[:：]?")
_DATE_LINE = pattern(r"[\s_＿]*+(?:{date.year}[\s_＿]*+{date.month}[\s_＿]*+{date.day}?)?[\s_＿]*+")
_LIMIT_BETWEEN = 3
"""Spaces that a label may have between two of its characters."""


def beside_label(form: FormDef, path: str, printed: str, text: str) -> str:
    """The cell's text with the answer behind its label; a date on the line that is left for it, else at the end."""
    row = form.rows[path]
    if row.kind is Kind.DATE and row.after is not None:
        before = form.rows[f"{path.partition('.')[0]}.{row.after}"]
        return _on_next_line(printed, _end_of(printed, before.label), text)
    end = _end_of(printed, row.label)
    if end is None:
        return printed + text
    room = _ROOM.match(printed, end)
    behind = printed[room.end() if room is not None else end :]
    gap = "  " if behind and not behind.startswith("\n") else ""
    return printed[:end] + text + gap + behind


def _end_of(printed: str, label: str) -> int | None:
    """Where a label and its colon end; None where it does not stand there."""
    letters = [re.escape(c) for c in label if not c.isspace()]
    found = re.search(rf"\s{{0,{_LIMIT_BETWEEN}}}".join(letters).translate(_EITHER_WIDTH), printed)
    if found is None:
        return None
    colon = _COLON.match(printed, found.end())
    return colon.end() if colon is not None else found.end()


_EITHER_WIDTH = str.maketrans({"（": "[（(]", "）": "[）)]", "：": "[：:]", "，": "[，,]"})


def _on_next_line(printed: str, end: int | None, text: str) -> str:
    """On the first blank line, or date's pattern, behind that place; else on a line of its own there."""
    lines = printed.split("\n")
    first = printed.count("\n", 0, end) + 1 if end is not None else len(lines)
    if first < len(lines) and _DATE_LINE.fullmatch(lines[first]):
        lines[first] = text
    else:
        lines.insert(first, text)
    return "\n".join(lines)
