"""A group of boxes spread over cells of a row: which sign is put beside which option, and which rows go on with it."""

from __future__ import annotations

import pytest

from clusterform.filling.boxes.cells import edge_before, goes_on, is_sign, option_pieces, options_in
from clusterform.filling.pieces import Piece
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Mark
from support.typed import table

ROWS = load_form("2025", "application").rows
YES_NO = ROWS["basic_info.provincial_recognition"]
INDUSTRY = ROWS["basic_info.industry_type"]


@pytest.mark.parametrize(
    ("cells", "lines"),
    [
        ("□是|☑否", "□是/☑否"),
        ("□|是|☑|否", "□是/☑否"),
        ("是|□|否|☑", "是 □/否 ☑"),
        ("☑|是||否", "☑是/否"),
        ("|☑|是||否", "☑是/否"),
        ("是|☑|否|", "是 ☑/否"),
        ("√|是|否", "√是/否"),
        ("是|否|√", "是/否 √"),
        ("说明|√|是|否", "说明/√是/否"),
        ("√|√|是|否", "√/√是/否"),
        ("√|甲|□|乙", "√甲/□乙"),  # words of no option
        ("甲|√|乙|□", "甲/√乙/□"),
        ("是|否", "是/否"),
        ("√|是|甲", "√是/甲"),
        ("√", "√"),
        ("Y", "Y"),  # alone it stands for no box
        ("", ""),
        # Words and figures put for boxes.
        ("1|是|0|否", "☑是/□否"),
        ("0|是|1|否", "□是/☑否"),
        ("是|1|否|0", "是 ☑/否 □"),
        ("Y|是|N|否", "☑是/□否"),
        ("1|是|2|否", "1/是/2/否"),  # the options' numbers
        ("1|□|是|☑|否", "1/□是/☑否"),  # there are boxes
        ("1|是", "▨是"),  # one may be the option's number
        ("0|是", "□是"),
        ("Y|是", "☑是"),
        ("是|是|否|否", "是/是/否/否"),  # the options' own words are no signs
    ],
)
def test_signs_are_put_beside_their_options(cells: str, lines: str) -> None:
    pieces = option_pieces(YES_NO, table([cells]).rows[0], 1)
    assert "/".join(piece.text for piece in pieces) == lines


@pytest.mark.parametrize(
    ("cells", "edge", "lines"),
    [
        ("第一产业|√|第二产业|第三产业", 0, "第一产业 √/第二产业/第三产业"),
        ("第一产业|√|第二产业|第三产业", -1, "第一产业 √ 第二产业/第三产业"),  # nothing tells
        ("|第一产业|√|第二产业|第三产业", 0, "第一产业/√第二产业/第三产业"),  # a blank cell is the sign's
        ("|第一产业|√|第二产业|第三产业", 1, "第一产业 √/第二产业/第三产业"),
        ("|第一产业|□|第二产业|☑", 0, "第一产业 □/第二产业 ☑"),  # here the signs tell
        ("1|第一产业|0|第二产业|0|第三产业", 0, "☑第一产业/□第二产业/□第三产业"),
        ("说明|第一产业|√|第二产业", 0, "说明/第一产业 √/第二产业"),
        ("说明||第一产业|√|第二产业", 0, "说明/第一产业/√第二产业"),
    ],
)
def test_between_options_the_first_column_tells_the_side(cells: str, edge: int, lines: str) -> None:
    pieces = option_pieces(INDUSTRY, table([cells]).rows[0], edge)
    assert "/".join(piece.text for piece in pieces) == lines


def test_a_sign_keeps_its_mark_and_its_place() -> None:
    (row,) = table(["是|▨|否|▨"]).rows
    cells = [
        cell._replace(marks=(Mark(0, True, "w14:checkbox", "☒"),), images=1) if cell.text == "▨" else cell
        for cell in row
    ]
    first, second = option_pieces(YES_NO, cells, 1)
    assert [(piece.text, piece.marks[0].offset, piece.images) for piece in (first, second)] == [
        ("是 ▨", 2, 1),
        ("否 ▨", 2, 1),
    ]
    assert [piece.location.cell for piece in (first, second)] == [1, 3]
    before = option_pieces(YES_NO, [cells[1], cells[0], cells[3], cells[2]], 0)
    assert [(piece.text, piece.marks[0].offset) for piece in before] == [("▨是", 0), ("▨否", 0)]
    (told,) = [piece.marks for piece in option_pieces(YES_NO, table(["Y|是"]).rows[0], 1)]
    assert told == (Mark(0, True, "word", "Y"),)


def test_a_picture_is_no_blank_cell() -> None:
    row = table(["|是|否"]).rows[0]
    pieces = option_pieces(YES_NO, [row[0]._replace(images=1), *row[1:]], 0)
    assert [(piece.text, piece.images) for piece in pieces] == [("", 1), ("是", 0), ("否", 0)]


@pytest.mark.parametrize(
    ("path", "edge", "rows"),
    [
        ("basic_info.provincial_recognition", 1, {"": 0, "|话": 1, "话|话": 0, "□": 1, "是": 1, "话|□": 1}),
        ("basic_info.provincial_recognition", 0, {"": 0, "话|话": 1}),
        (
            "governance.alliances",
            1,
            {"名称：甲": 1, "|名 称：甲": 1, "甲的名称：乙": 0, "|话": 0, "数量：3": 0},
        ),
        ("leading_industry.chain_text", 1, {"|话": 1, "||话": 1, "话": 0, "|话|话": 0, "|□": 1, "□": 0}),
        ("basic_info.area", 1, {"|3": 0, "3": 0}),  # a figure never goes on
    ],
)
def test_rows_without_a_label_that_hold_more_of_the_answer_above(
    path: str, edge: int, rows: dict[str, int]
) -> None:
    assert {line: int(goes_on(ROWS[path], table([line]).rows[0], edge)) for line in rows} == rows


def test_what_is_a_sign() -> None:
    assert [text for text in ("□", " ☑ ", "√", "□是", "是", "", "□□") if is_sign(text)] == ["□", " ☑ ", "√"]


def test_the_options_in_several_pieces() -> None:
    row = ROWS["leading_industry.sharing_work"]
    assert options_in(row, [Piece("□开展人力资源"), Piece("共享"), Piece("□建立共享车间")]) == {"staff"}
    assert options_in(row, [Piece("□开展同类设备和产品的集中采购")]) == {"purchasing"}
    assert options_in(row, []) == set()


def test_the_end_of_what_stands_left_of_a_cell() -> None:
    row = table(["甲|<|| 乙|丙"]).rows[0]
    assert [edge_before(cell, row) for cell in row] == [-1, 2, 2, 4]
