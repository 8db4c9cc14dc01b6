"""A blank workbook, the project's own or any other, filled with answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clusterform.answers import Answer, CountNames, CountNamesAnswer, FilledForm, State, TicksAnswer
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import Field, Kind
from clusterform.filling.boxes.layout import Layout
from clusterform.filling.layouts.evidence_list import evidence_columns
from clusterform.filling.outline import EVIDENCE, rows_in
from clusterform.filling.read import place_answers
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number
from clusterform.parsers.xlsx.read import read_xlsx, sheet_parts
from clusterform.parsers.xlsx.styles import read_looks
from clusterform.patterns import pattern
from clusterform.text import NONE
from clusterform.words import word
from clusterform.writing.faults import Faults, named, quoted
from clusterform.writing.fill_book.book_places import CellAt, WritableBook, cell_at, merges_of, names_of
from clusterform.writing.fill_book.sheet_cells import SheetCells
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
        _Writer(book, given, faults).write()
        return _written(package, parts, book)

    return filled_copy(given, package, name, document, write)


def _remarked(given: FilledForm) -> FilledForm:
    """无 for a whole group of boxes is written beside them: the boxes have cells of their own."""
    beside = {
        address: TicksAnswer.made(value=(), remark=answer.remark or answer.text)
        for address, answer in given.answers.items()
        if isinstance(answer, TicksAnswer) and answer.state is State.NONE
    }
    return given.with_answers({**given.answers, **beside})


def _written(package: Package, parts: dict[str, str], book: WritableBook) -> dict[str, bytes]:
    """The parts of the sheets that change."""
    looks = read_looks(package)
    made: dict[str, bytes] = {}
    for sheet, part in parts.items():
        own = {(at.row, at.column): text for at, text in book.texts.items() if at.sheet == sheet}
        if not own:
            continue
        cells = SheetCells(SplicedPart(package.read(part), part, package.xml(part)))
        for place, text in own.items():
            style = cells.style_above(place)
            cells.set_style(place, style)
            if isinstance(text, bool):
                cells.set_logical(place, ticked=text)
            elif _is_shown(text, looks.of(str(style)).format):
                cells.set_figure(place, text)
            else:
                cells.set_text(place, text)
        cells.write()
        made[part] = cells.part.result()
    return made


def _is_shown(text: str, number_format: str) -> bool:
    """Whether the text is a figure that the format shows just as it is written."""
    number = stored_number(text) if "@" not in number_format and text == text.strip() else None
    return number is not None and number_shown(number, number_format).text == text


_BOX = {True: "☑", False: "□"}
_LOGICAL = frozenset({"cell checkbox", "TRUE/FALSE"})


@dataclass(slots=True)
class _Writer:
    """Finds the cell of every answer given, and notes in the book what it is to hold."""

    book: WritableBook
    given: FilledForm
    faults: Faults

    def write(self) -> None:
        """Everything."""
        for (path, column), answer in self.given.answers.items():
            item = self.book.form.fields[path]
            if isinstance(answer, TicksAnswer):
                self._boxes(item, answer)
            elif isinstance(answer, CountNamesAnswer):
                self._count_names(item, answer)
            else:
                self._text(item, column, answer)
        self._add_targets()
        self._add_evidence(self.given.evidence or ())

    def _add_targets(self) -> None:
        """Each target of the county's own in the next open row of its direction."""
        taken: dict[str, int] = {}
        for row in self.given.extra_targets:
            own = self._own_row(row.direction) if row.direction not in taken else None
            if own is not None:
                self.book.texts[own] = row.indicator  # its figures are answers of the row
                taken[row.direction] = 0
                continue
            number = taken.get(row.direction, 0) + 1
            while at := self.book.named(row.direction, f"open{number}", "indicator"):
                if self.book.is_blank(at):
                    break
                number += 1
            taken[row.direction] = number
            if at is None:
                self.faults.add(f"added_targets “{quoted(row.indicator)}”", Text("fill.no-open-row"))
                continue
            self.book.texts[at] = row.indicator
            for column, answer in row.values.items():
                spot = self.book.named(row.direction, f"open{number}", column)
                if spot is not None and answer.text:
                    self.book.texts[spot] = answer.text

    def _own_row(self, path: str) -> CellAt | None:
        """The blank cell behind 其它, where the county names the indicator; None in a row without one."""
        label = self.book.labels.get(path) if path in self.book.form.open_directions else None
        if label is None:
            return None
        at = self.book.behind(label)
        figures = {self.book.answer(path, column.key) for column in self.book.form.fields[path].columns}
        return at if at not in figures and self.book.is_blank(at) else None

    def _add_evidence(self, lines: Sequence[EvidenceLine]) -> None:
        """Line by line below the header of the list."""
        if not lines:
            return
        header = self._evidence_header()
        if header is None:
            self.faults.add("evidence", Text("fill.no-list"))
            return
        at, columns = header
        row = at.row + 1
        told = [columns[name] for name in ("subject", "title") if name in columns]
        for line in lines:
            while not all(self.book.is_blank(CellAt(at.sheet, row, column)) for column in told):
                row += 1
            for name, text in line.texts.items():
                if name in columns:
                    self.book.texts[CellAt(at.sheet, row, columns[name])] = text
            row += 1

    def _evidence_header(self) -> tuple[CellAt, dict[str, int]] | None:
        """The first cell of the list's header, and the columns by what they hold."""
        for row in rows_in(self.book.outline.zones[EVIDENCE]):
            columns = evidence_columns(row, named=True)
            at = cell_at(row.cells[0].location) if columns and row.cells else None
            if at is not None:
                return at, columns
        return None

    def _boxes(self, item: Field, answer: TicksAnswer) -> None:
        """The boxes of a group, each by its cell's name or by its option's words; and what is written beside."""
        for option in item.options if answer.ticked else ():
            ticked, at = option.key in answer.ticked, self.book.named(item.path, None, option.key)
            if at is not None:
                self._tick(at, ticked=ticked)
            elif not self._tick_in_text(item, option.key, ticked=ticked):
                self._lost(item, None)
                return
        if answer.remark and not self._remark(item, answer.remark):
            self._lost(item, None)

    def _tick(self, at: CellAt, *, ticked: bool) -> None:
        """A box that has its cell to itself."""
        cell = self.book.cells.get(at)
        if cell is not None and any(mark.origin in _LOGICAL for mark in cell.marks):
            self.book.texts[at] = ticked
        elif ticked or self.book.text(at).strip() not in {"□", "☐"}:
            self.book.texts[at] = _BOX[ticked]

    def _tick_in_text(self, item: Field, key: str, *, ticked: bool) -> bool:
        """A box found by its option's words; False where it is not found."""
        for piece in self.book.pieces(item.path, None):
            spot = Layout.of(piece.text, piece.marks, item.options).spots().get(key)
            at = cell_at(piece.location)
            if spot is None or at is None:
                continue
            text, behind = self.book.text_so_far(at), self.book.behind(at)
            own = Layout.of(text, (), item.options).spots().get(key)
            if own is None and len(text.strip()) == 1 and spot.start >= 0:
                self._tick(at, ticked=ticked)
            elif own is None:
                continue
            elif own.start >= 0:
                self.book.texts[at] = text[: own.start] + _BOX[ticked] + text[own.end :]
            elif spot.start >= 0 and self._holds_sign(behind):
                self._tick(behind, ticked=ticked)
            else:
                self.book.texts[at] = text[: own.words] + _BOX[ticked] + text[own.words :]
            return True
        return False

    def _remark(self, item: Field, remark: str) -> bool:
        """Beside the options: in the cell kept for it, else below the last text of the group."""
        at, pieces = self.book.named(item.path, None, "remark"), self.book.pieces(item.path, None)
        if at is not None:
            self.book.texts[at] = remark
            return True
        last = cell_at(pieces[-1].location) if pieces else None
        if last is None:
            return False
        if self._holds_sign(last):  # the words of a box in a cell of its own stand behind it
            last = self.book.behind(last)
        self.book.texts[last] = f"{self.book.text_so_far(last)}\n{remark}"
        return True

    def _holds_sign(self, at: CellAt) -> bool:
        """Whether a single sign stands in the cell, as a box in a cell of its own does."""
        return len(self.book.text(at).strip()) == 1

    def _text(self, item: Field, column: str | None, answer: Answer) -> None:
        text = answer.text
        at = self.book.answer(item.path, column)
        if at is None:
            self._lost(item, column)
            return
        printed = self.book.text_so_far(at)
        own = self._own(at, item.path, printed)
        if not own and printed.strip():
            label = self.book.labels.get(item.path) == at
            behind = beside_label(self.book.form, item.path, printed, text) if label else ""
            self.book.texts[at] = behind or f"{text}\n{printed.lstrip()}"
            return
        edits = edits_for(item, self.book.form.rows[item.path], own, answer)
        if edits is None:
            self.faults.add(named(item, column), Text("fill.no-room", text=quoted(printed)))
            return
        before = printed[: len(printed) - len(own)]
        if before:  # what others have written there stays
            self.book.texts[at] = before + edited(own, edits)
        else:
            self._put(at, item, column, edited(own, edits))

    def _own(self, at: CellAt, path: str, printed: str) -> str:
        """The answer's own part of a cell that may hold its label, or others, as well; empty where nobody wrote yet."""
        for piece in self.book.pieces(path, None):
            if piece.text and printed.endswith(piece.text):
                return piece.text
        named = self.book.named(path) is not None
        others = at in self.book.labels.values()
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
            room = behind in self.book.cells and self.book.is_blank(behind)
            if gap is None or (gap.end == len(printed) and gap.start == gap.end and room):
                return behind, text
            return at, edited(printed, [replace(gap, text=text)]) if text else printed
        return None

    def _put(self, at: CellAt, item: Field, column: str | None, text: str) -> None:
        if at in self.book.texts and self.book.texts[at] != text:
            self.faults.add(named(item, column), Text("fill.same-cell"))
        if text or not self.book.is_blank(at):
            self.book.texts[at] = text

    def _lost(self, item: Field, column: str | None) -> None:
        self.faults.add(named(item, column), Text("fill.no-cell"))


_ROOM = " \t\u3000\xa0_＿"
_COLON = r"[ \t\u3000]*[:：]?"
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
    behind = printed[end:].lstrip(_ROOM)
    gap = "  " if behind and not behind.startswith("\n") else ""
    return printed[:end] + text + gap + behind


def _end_of(printed: str, label: str) -> int | None:
    """Where a label and its colon end; None where it does not stand there."""
    letters = [re.escape(c) for c in label if not c.isspace()]
    found = re.search(rf"\s{{0,{_LIMIT_BETWEEN}}}".join(letters).translate(_EITHER_WIDTH) + _COLON, printed)
    return None if found is None else found.end()


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
