"""A sheet of a blank workbook before it is drawn: cells with their texts, answers, rules of entry and what is said on entering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from clusterform.fields import Field, Kind, NoneAllowed
from clusterform.forms.model import FormDef
from clusterform.messages import Text


class CellRole(StrEnum):
    """What a cell is for, which decides its look and whether it is locked."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    HEAD = "head"
    NOTE = "note"
    OPTION = "option"
    ANSWER = "answer"
    TICK = "tick"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """One place that takes an answer or a piece of one."""

    path: str
    column: str | None = None
    part: str | None = None
    """Of a group of boxes the option's key, of 数量 and 名称 `count` and `names`, `remark` for what is written beside."""

    @property
    def name(self) -> str:
        """Its name in the workbook. Neither a point nor a stroke: LibreOffice takes green.co2 for a sheet and a cell."""
        parts = (self.path, self.column, self.part)
        return "__".join(p for p in parts if p).replace(".", "__").replace("/", "__")


@dataclass(frozen=True, slots=True)
class EntryRule:
    """How an answer is typed: as a figure, a whole number, a text, one of a list."""

    kind: str
    """decimal, count, text, prose, list."""
    hint: str = ""
    allowed: Mapping[str, Any] = field(default_factory=dict)
    """What may be typed, and what is said where it is something else, as XlsxWriter takes it; empty: anything."""


@dataclass(frozen=True, slots=True)
class PageCell:
    """One cell, or a block of merged ones, by rows and columns from 0."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    role: CellRole
    spot: AnswerCell | None = None
    entry: EntryRule | None = None


@dataclass(slots=True)
class Page:
    """One sheet while it is laid out from the top down."""

    name: str
    widths: tuple[int, ...]
    cells: list[PageCell] = field(default_factory=list)
    heights: dict[int, int] = field(default_factory=dict)
    """Least heights of rows, in points."""
    row: int = 0
    """The next free row."""
    frozen: int = 1
    """So many rows stay in sight, and are printed again on each page."""
    single: list[tuple[int, int, int]] = field(default_factory=list)
    """Column, first and last row of the boxes of each single choice."""
    landscape: bool = False
    results: int | None = None
    """The column of results, coloured by what they say."""

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.widths)

    def put(  # noqa: PLR0913  (where, what and how: each call names those that are not plain)
        self,
        text: str,
        role: CellRole,
        column: int = 0,
        columns: int = 1,
        *,
        rows: int = 1,
        row: int | None = None,
        spot: AnswerCell | None = None,
        entry: EntryRule | None = None,
    ) -> None:
        """A cell in the current row, or in the row named."""
        at = self.row if row is None else row
        self.cells.append(PageCell(at, column, rows, columns, text, role, spot, entry))

    def line(self, text: str, role: CellRole, height: int = 0) -> None:
        """A text over the whole width, in a row of its own."""
        self.put(text, role, 0, self.width)
        self.feed(height)

    def feed(self, height: int = 0) -> None:
        """On to the next row; this one is at least so high."""
        if height:
            self.heights[self.row] = height
        self.row += 1


def entry_of(form: FormDef, item: Field, kind: str | None = None) -> EntryRule:
    """How the field's answer, or its half of that kind, is typed, and what is said beside it."""
    kind = kind or _KINDS.get(item.kind, "text")
    return EntryRule(kind, _hint(form, item), _allowed(item, kind))


_KINDS = {Kind.DECIMAL: "decimal", Kind.COUNT: "count", Kind.PROSE: "prose"}
_BOUNDLESS = 10**12


def tick_entry(item: Field, *, note: str = "") -> EntryRule:
    """A box to tick."""
    hint = Text("hint.tick-one" if item.kind is Kind.CHOICE else "hint.tick-several", note=note)
    return EntryRule("list", hint.zh, {**one_of(["☑", "□"]), "error_type": "stop"})


def one_of(source: str | Sequence[str]) -> dict[str, Any]:
    """One of these texts, or of those in a range of cells."""
    return {"validate": "list", "source": source, **_refused(Text("hint.choose-title"), Text("hint.choose"))}


def _refused(title: Text, message: Text) -> dict[str, str]:
    return {"error_title": title.zh, "error_message": message.zh}


def _allowed(item: Field, kind: str) -> dict[str, Any]:
    if kind in {"decimal", "count"}:
        return {
            "validate": "integer" if kind == "count" else "decimal",
            "criteria": "between",
            "minimum": -_BOUNDLESS if item.minimum is None else int(item.minimum),
            "maximum": _BOUNDLESS if item.maximum is None else int(item.maximum),
            **_refused(Text("hint.number-title"), _figure_asked(item, kind)),
        }
    if item.kind is Kind.PROSE and item.limit is not None:
        said = (Text(key, limit=item.limit) for key in ("hint.length-title", "hint.length"))
        return {"validate": "length", "criteria": "<=", "value": item.limit, **_refused(*said)}
    return {}


def _figure_asked(item: Field, kind: str) -> Text:
    """What is said where no figure, or none in the range, is typed."""
    what = Text("hint.integer" if kind == "count" else "hint.number")
    if item.minimum is not None and item.maximum is not None:
        what = Text("hint.between", low=int(item.minimum), high=int(item.maximum), what=what)
    elif item.minimum is not None:
        what = Text("hint.from", low=int(item.minimum), what=what)
    hint = Text("hint.number-only", what=what)
    return hint if item.none is NoneAllowed.CANNOT else Text("hint.number-or-none", hint=hint)


def _hint(form: FormDef, item: Field) -> str:
    said = [_quoted(form, their) for own, their in form.guidance.subjects.items() if own in item.label]
    if item.limit is not None:
        said.append(Text("hint.limit", limit=item.limit).zh)
    if item.kind in (Kind.DECIMAL, Kind.COUNT) and not item.columns:
        said.append(_quoted(form, form.guidance.undated))
    said.append(_quoted(form, form.guidance.none))
    if item.kind is Kind.COUNT:
        said.append(Text("hint.whole-number").zh)
    elif item.kind is Kind.DECIMAL:
        figure = Text("hint.figure-in", unit=item.unit) if item.unit else Text("hint.figure")
        said.append(figure.zh)
    return "".join(said)


def _quoted(form: FormDef, word: str) -> str:
    """The item of 填报说明 that speaks of the word; empty where none does."""
    for number, text in enumerate(form.guidance.items, 1):
        if word and word in text:
            return Text("hint.quoted", number=number, text=text).zh
    return ""
