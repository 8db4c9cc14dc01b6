"""Boxes of a workbook ticked: in cells of their own, in the option's cell, as TRUE or FALSE; and what is written beside."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.answers import TicksAnswer
from clusterform.fields import Field
from clusterform.filling.boxes.layout import Layout
from clusterform.filling.pieces import Piece
from clusterform.writing.fill_book.book_places import CellAt, WritableBook, cell_at
from clusterform.writing.fill_book.sheet_cells import CellText

_BOX = {True: "☑", False: "□"}
_LOGICAL = frozenset({"cell checkbox", "TRUE/FALSE"})


def tick_group(
    book: WritableBook, item: Field, answer: TicksAnswer, texts: dict[CellAt, CellText | str]
) -> bool:
    """Notes what the group's cells are to hold; False where an option, or room for the remark, is not found."""
    changed: dict[CellAt, CellText | str] = {}
    for option in item.options if answer.ticked else ():
        wanted = option.key in answer.ticked
        at = book.named(item.path, None, option.key)
        if at is not None:
            _set(book, at, changed, ticked=wanted)
        elif not _in_text(book, item, option.key, changed, ticked=wanted):
            return False
    if answer.remark and not _remark(book, item, answer.remark, changed):
        return False
    texts.update(changed)
    return True


def _set(book: WritableBook, at: CellAt, changed: dict[CellAt, CellText | str], *, ticked: bool) -> None:
    """A box that has its cell to itself."""
    cell = book.cells.get(at)
    logical = cell is not None and any(mark.origin in _LOGICAL for mark in cell.marks)
    if logical:
        changed[at] = CellText("1" if ticked else "0", logical=True)
    elif ticked or book.text(at).strip() not in {"□", "☐"}:
        changed[at] = _BOX[ticked]


def _in_text(
    book: WritableBook, item: Field, key: str, changed: dict[CellAt, CellText | str], *, ticked: bool
) -> bool:
    """A box found by its option's words; False where it is not found."""
    for piece in book.pieces(item.path, None):
        spot = Layout.of(piece.text, piece.marks, item.options).spots().get(key)
        at = cell_at(piece.location)
        if spot is None or at is None:
            continue
        text = str(changed[at]) if isinstance(changed.get(at), str) else book.text(at)
        own = Layout.of(text, (), item.options).spots().get(key)
        behind = book.behind(at)
        if own is None and len(text.strip()) == 1 and spot.start >= 0:
            _set(book, at, changed, ticked=ticked)
        elif own is None:
            continue
        elif own.start >= 0:
            changed[at] = text[: own.start] + _BOX[ticked] + text[own.end :]
        elif spot.start >= 0 and len(book.text(behind).strip()) == 1:
            _set(book, behind, changed, ticked=ticked)
        else:
            changed[at] = text[: own.words] + _BOX[ticked] + text[own.words :]
        return True
    return False


def _remark(book: WritableBook, item: Field, remark: str, changed: dict[CellAt, CellText | str]) -> bool:
    """Beside the options: in the cell kept for it, else below the last text of the group."""
    at = book.named(item.path, None, "remark")
    if at is not None:
        changed[at] = remark
        return True
    last = _last(book, book.pieces(item.path, None))
    if last is None:
        return False
    held = changed.get(last)
    changed[last] = f"{held if isinstance(held, str) else book.text(last)}\n{remark}"
    return True


def _last(book: WritableBook, pieces: Sequence[Piece]) -> CellAt | None:
    """The last cell of a group that holds words: the one behind a box in a cell of its own."""
    at = cell_at(pieces[-1].location) if pieces else None
    return at if at is None or len(book.text(at).strip()) != 1 else book.behind(at)
