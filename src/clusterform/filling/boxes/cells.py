"""A group of boxes spread over cells of a row: each box or tick is put beside the option that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clusterform.fields import BOXES, Kind
from clusterform.filling.pieces import Piece, of_cell
from clusterform.forms.model import RowDef
from clusterform.parsers.checkbox import TokenKind as Token
from clusterform.parsers.checkbox import tokens
from clusterform.parsers.raw import Cell, Mark
from clusterform.parsers.symbols import BOX, symbols
from clusterform.patterns import pattern
from clusterform.text import fold

CONTINUED = (*BOXES, Kind.COUNT_NAMES, Kind.PROSE)
"""Kinds whose answer may go on in a row without a label."""
_NAMES = pattern(r"\s*{halves.names_spaced}")


def goes_on(row: RowDef, cells: Iterable[Cell], edge: int) -> bool:
    """Whether a row without a label holds more of the answer above: the names of a count, options, a remark.

    `edge` is the first grid column behind the label of that answer.
    """
    filled = [cell for cell in cells if cell.text.strip()]
    if row.kind is Kind.COUNT_NAMES:
        return any(_NAMES.match(cell.text) for cell in filled)
    if row.kind not in CONTINUED or not filled:
        return False
    beside = filled[0].column >= edge  # nothing stands in the label's place
    if row.kind is Kind.PROSE:
        return beside and len(filled) == 1
    return beside or any(is_sign(cell.text) or begins_option(row, cell.text) for cell in filled)


def option_pieces(row: RowDef, cells: Sequence[Cell], edge: int) -> list[Piece]:
    """The row's cells as lines, one an option. `edge` is the first grid column behind the label."""
    filled = [c for c in cells if c.text.strip() or c.images]
    if len(filled) < 2:
        return [of_cell(c) for c in filled]  # as nearly always: the whole group in one cell
    filled = _with_words_as_boxes(row, filled)
    signs = [is_sign(c.text) for c in filled]
    if not any(signs):
        return [of_cell(c) for c in filled]
    options = [begins_option(row, c.text) for c in filled]
    before = _stands_before(filled, signs, options, edge)
    lines: list[Piece] = []
    for number, cell in enumerate(filled):
        piece = of_cell(cell)
        behind_sign = signs[number - 1] and not signs[number]
        behind_option = signs[number] and options[number - 1]
        if lines and ((behind_sign and before is not False) or (behind_option and before is not True)):
            lines[-1] = _joined(lines[-1], piece)
        else:
            lines.append(piece)
    return lines


def _with_words_as_boxes(row: RowDef, cells: list[Cell]) -> list[Cell]:
    """Cells beside options that hold 1 or 0, Y or N, 是 or 否, as the boxes that they stand for.

    Not where there are boxes, or where the figures are the options' numbers. A lone 1 before a lone option may be its
    number: a box that a person must see.
    """
    words = [fold(c.text) for c in cells]
    numbered = any(w.isdecimal() and w not in symbols().words for w in words)
    if numbered or any(t.kind is not Token.TEXT for c in cells for t in tokens(c.text, c.marks)):
        return cells
    lone = sum(begins_option(row, c.text) for c in cells) < 2
    found = []
    for cell, word in zip(cells, words, strict=True):
        ticked = symbols().words.get(word)
        if ticked is None or word in row.option_words:
            found.append(cell)
        else:
            state = None if lone and word == "1" else ticked
            found.append(cell._replace(text=BOX[state], marks=(Mark(0, state, "word", cell.text.strip()),)))
    return found


def options_in(row: RowDef, pieces: Iterable[Piece]) -> frozenset[str]:
    """The official options of the row that stand in these pieces."""
    folded = fold("".join(piece.text for piece in pieces))
    return frozenset(o.key for o in row.options if any(fold(t) in folded for t in (o.label, *o.spellings)))


def is_sign(text: str) -> bool:
    """Whether a cell holds a box or tick and nothing else."""
    found = tokens(text, ())
    return len(found) == 1 and found[0].kind is not Token.TEXT


def begins_option(row: RowDef, text: str) -> bool:
    """Whether a text, without any box before it, begins with an official option of the row."""
    folded = fold(text)
    return folded.startswith(row.option_words)


def _stands_before(
    cells: Sequence[Cell], signs: Sequence[bool], options: Sequence[bool], edge: int
) -> bool | None:
    """Whether signs stand before their options; None where the row does not tell.

    Where only some options have a sign, the first column tells: it is the sign's even where it is blank.
    """
    last = len(cells) - 1
    before = all(n < last and options[n + 1] for n, sign in enumerate(signs) if sign)
    after = all(n > 0 and options[n - 1] for n, sign in enumerate(signs) if sign)
    if before != after:
        return before
    first = next((n for n, option in enumerate(options) if option), None)
    if first is None:
        return None
    word_ends = [c.end for n, c in enumerate(cells[:first]) if not signs[n]]
    left = max([edge, *word_ends])
    return cells[first].column > left if left >= 0 else None


def _joined(one: Piece, other: Piece) -> Piece:
    """A box before its words as the form prints it, or a box behind them."""
    front = one.text if is_sign(one.text) else f"{one.text} "
    marks = tuple(m._replace(offset=m.offset + len(front)) for m in other.marks)
    return Piece(front + other.text, (*one.marks, *marks), one.location, one.images + other.images)


def edge_before(cell: Cell, cells: Iterable[Cell]) -> int:
    """The end of what stands left of a cell, -1 where nothing does."""
    return max((c.end for c in cells if c.end <= cell.column and c.text.strip()), default=-1)
