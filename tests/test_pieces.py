"""Stretches of text with their marks: cut, joined, and without what is struck through."""

from __future__ import annotations

import pytest

from clusterform.filling.pieces import Piece, join, of_cell, of_paragraph, text_of, texts_of
from clusterform.finding import NOWHERE, Location
from clusterform.parsers.raw import Cell, Mark, Paragraph, Table
from support.typed import table

HERE, THERE = Location(row=1), Location(row=2)


def mark(offset: int, length: int = 1, origin: str = "box", shown: str = "") -> Mark:
    return Mark(offset, None, origin, shown, length)


def marks(piece: Piece) -> list[tuple[str, int, int]]:
    return [(m.origin, m.offset, m.length) for m in piece.marks]


@pytest.mark.parametrize(
    ("given", "start", "end", "left"),
    [
        (mark(2), 2, 4, [("box", 0, 1)]),
        (mark(2), 0, 3, [("box", 2, 1)]),
        (mark(2), 0, 2, []),
        (mark(2), 3, 6, []),
        # A box that is cut through is gone; a line through the text goes on on either side.
        (mark(1, 4), 0, 3, [("box", 1, 2)]),
        (mark(1, 4), 2, 6, []),
        (mark(1, 4, "strike"), 2, 6, [("strike", 0, 3)]),
        (mark(1, 4, "strike"), 2, 3, [("strike", 0, 1)]),
        (mark(1, 4, "strike"), 1, 6, [("strike", 0, 4)]),
        (mark(1, 4, "strike"), 5, 6, []),
        (mark(1, 4, "raised"), 2, 6, [("raised", 0, 3)]),
        (mark(1, 4, "stressed"), 2, 6, [("stressed", 0, 3)]),
        (mark(1, 4, "circle"), 2, 6, []),
        # Marks without a length, also behind the last character.
        (mark(2, 0, "drawing"), 2, 4, [("drawing", 0, 0)]),
        (mark(2, 0, "drawing"), 0, 2, []),
        (mark(6, 0, "drawing"), 4, None, [("drawing", 2, 0)]),
        (mark(6, 0, "struck"), 4, 6, [("struck", 2, 0)]),
        (mark(6, 0, "formula"), 4, 6, []),
        (mark(6, 0, "drawing"), 0, 5, []),
    ],
)
def test_a_cut_keeps_the_marks_of_its_own(
    given: Mark, start: int, end: int | None, left: list[tuple[str, int, int]]
) -> None:
    piece = Piece("零一二三四五", (given,), HERE).cut(start, end)
    assert piece.text == "零一二三四五"[start:end]
    assert (marks(piece), piece.location) == (left, HERE)


def test_pictures_and_sources_of_a_cut() -> None:
    piece = Piece("零一二", (), HERE, 2, (10, 11, 12, 13))
    assert [piece.cut(*ends).images for ends in ((0,), (0, 3), (1,), (0, 2))] == [2, 2, 0, 0]
    assert piece.cut(1, 2).origin == (11, 12)
    assert piece.cut(1).origin == (11, 12, 13)


@pytest.mark.parametrize(
    ("text", "struck", "left", "gone"),
    [
        ("旧新", [mark(0, 1, "strike")], "新", [("struck", 0, "旧")]),
        ("新旧", [mark(1, 1, "strike")], "新", [("struck", 1, "旧")]),
        ("一旧二", [mark(1, 1, "strike")], "一二", [("struck", 1, "旧")]),
        (
            "一旧旧二",
            [mark(1, 1, "strike"), mark(2, 1, "strike")],
            "一二",
            [("struck", 1, "旧旧")],
        ),  # they touch
        (
            "旧一旧",
            [mark(0, 1, "strike"), mark(2, 1, "strike")],
            "一",
            [("struck", 0, "旧"), ("struck", 1, "旧")],
        ),
        ("旧旧旧", [mark(0, 3, "strike"), mark(1, 1, "strike")], "", [("struck", 0, "旧旧旧")]),
        ("一 二", [mark(1, 1, "strike")], "一 二", []),  # a space
        ("一二", [mark(0, 1, "raised")], "一二", []),
    ],
)
def test_what_is_struck_through_is_no_part(
    text: str, struck: list[Mark], left: str, gone: list[tuple[str, int, str]]
) -> None:
    piece = Piece(text, tuple(struck), HERE).without_struck()
    assert piece.text == left
    assert [(m.origin, m.offset, m.shown) for m in piece.marks if m.origin == "struck"] == gone


def test_other_marks_move_with_what_is_left() -> None:
    held = (
        mark(0, 2, "strike"),
        mark(1, 3, "stressed"),
        mark(0, 2, "circle"),
        mark(4),
        mark(2, 0, "drawing"),
    )
    piece = Piece("旧旧一二□", held, HERE, 1, (10, 11, 12, 13, 14, 15)).without_struck()
    assert piece.text == "一二□"
    assert marks(piece) == [("stressed", 0, 2), ("box", 2, 1), ("drawing", 0, 0), ("struck", 0, 0)]
    assert (piece.origin, piece.images, piece.location) == ((12, 13, 14, 15), 1, HERE)


@pytest.mark.parametrize(
    ("text", "raised", "expected"),
    [
        ("125", [mark(2, 1, "raised", "superscript")], "12⁵"),
        ("125", [mark(1, 2, "raised", "subscript")], "1₂₅"),
        ("125", [mark(0, 3, "raised", "superscript")], "125"),  # all of it: small print
        ("甲1", [mark(1, 1, "raised", "superscript")], "甲1"),  # no figure is left on the line
        ("12a", [mark(2, 1, "raised", "superscript")], "12a"),
        ("12", [], "12"),
    ],
)
def test_small_figures(text: str, raised: list[Mark], expected: str) -> None:
    assert Piece(text, tuple(raised)).with_small_figures().text == expected


def test_lines_and_their_join() -> None:
    piece = Piece("一□\n\n二□", (mark(1), mark(5)), HERE)
    lines = piece.lines()
    assert [(line.text, marks(line)) for line in lines] == [
        ("一□", [("box", 1, 1)]),
        ("", []),
        ("二□", [("box", 1, 1)]),
    ]
    assert join(lines) == piece
    assert Piece("一").lines() == [Piece("一")]
    whole = join([Piece("", (), HERE, 1), Piece("一", (mark(0),), THERE, 2, (1, 2)), Piece("二", (), THERE)])
    assert (whole.text, whole.location, whole.images, marks(whole)) == ("一\n二", HERE, 3, [("box", 0, 1)])
    assert whole.origin == (1, 2)  # an empty first piece is no line
    assert join([]) == Piece("", (), NOWHERE)
    assert join(lines[:1]) is lines[0]


def test_a_drawn_piece() -> None:
    assert Piece("", images=1).drawn
    assert Piece("", (mark(0, 0, "drawing"),)).drawn
    assert not Piece("", (mark(0),)).drawn


def test_all_texts_of_a_document() -> None:
    struck = (mark(0, 1, "strike"),)
    inner = Cell("内", 0, 0, 1, 1)
    cell = Cell("旧外", 0, 0, 1, 1, HERE, struck, (Table(((inner,),)),), 1)
    blocks = (Paragraph("旧段", struck, THERE), Table(((cell, Cell("右", 0, 1, 1, 1)),)), Paragraph("末"))
    assert texts_of(blocks) == ["段", "外", "内", "右", "末"]
    assert text_of(cell) == "外"
    assert (of_cell(cell).text, of_cell(cell).images, of_cell(cell).location) == ("旧外", 1, HERE)
    assert (of_paragraph(blocks[0]).text, of_paragraph(blocks[0]).location) == ("旧段", THERE)  # type: ignore[arg-type]
    assert texts_of([table(["甲|乙"])]) == ["甲", "乙"]
