"""Groups of boxes spread over the cells of a row: which box stands beside which option, and which rows go on."""

from __future__ import annotations

import pytest

from clusterform.filling.boxes.cells import goes_on, option_pieces, options_in
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Cell

ROWS = load_form("2025", "application").rows
INDUSTRY = ROWS["basic_info.industry_type"]
ACCIDENTS = ROWS["basic_info.accidents"]
NO_EDGE = -1


def cells(line: str, start: int = 0) -> list[Cell]:
    """Cells of one column each, parted by |."""
    place = Location(None, 1, 1, 1)
    return [Cell(t.strip(), 0, start + n, 1, 1, place) for n, t in enumerate(line.split("|"))]


@pytest.mark.parametrize(
    ("line", "edge", "lines"),
    [
        ("□|第一产业|☑|第二产业|□|第三产业", NO_EDGE, ["□第一产业", "☑第二产业", "□第三产业"]),
        ("第一产业|□|第二产业|☑|第三产业|□", NO_EDGE, ["第一产业 □", "第二产业 ☑", "第三产业 □"]),
        ("□第一产业|☑第二产业|□第三产业", 0, ["□第一产业", "☑第二产业", "□第三产业"]),
        ("☑|第一产业|第二产业|第三产业", 0, ["☑第一产业", "第二产业", "第三产业"]),
        ("第一产业|第二产业|第三产业|☑", 0, ["第一产业", "第二产业", "第三产业 ☑"]),
        # A tick between two options: the first column tells whose it is, where it is known where the columns begin.
        ("第一产业|☑|第二产业|第三产业", 0, ["第一产业 ☑", "第二产业", "第三产业"]),
        ("|第一产业|☑|第二产业||第三产业", 0, ["第一产业", "☑第二产业", "第三产业"]),
        ("|第一产业|☑|第二产业||第三产业", 1, ["第一产业 ☑", "第二产业", "第三产业"]),
        ("|第一产业|☑|第二产业||第三产业", NO_EDGE, ["第一产业 ☑ 第二产业", "第三产业"]),
        ("其他|第一产业|☑|第二产业", NO_EDGE, ["其他", "第一产业 ☑", "第二产业"]),
        ("其他||第一产业|☑|第二产业", NO_EDGE, ["其他", "第一产业", "☑第二产业"]),
        # Beside another text, a sign is no option's.
        ("☑|其他|第一产业", 0, ["☑", "其他", "第一产业"]),
        ("☑|☑|第一产业|第二产业", 0, ["☑", "☑第一产业", "第二产业"]),
        ("√||第一产业|第二产业", 0, ["√第一产业", "第二产业"]),
        ("☑|第一产业", NO_EDGE, ["☑第一产业"]),
        ("|☑", NO_EDGE, ["☑"]),
        ("第一产业|第二产业", NO_EDGE, ["第一产业", "第二产业"]),
        ("|", NO_EDGE, []),
    ],
)
def test_each_sign_is_put_beside_its_option(line: str, edge: int, lines: list[str]) -> None:
    assert [piece.text for piece in option_pieces(INDUSTRY, cells(line), edge)] == lines


@pytest.mark.parametrize(
    ("line", "lines", "marks"),
    [
        (
            "第一产业|1|第二产业|0|第三产业|0",
            ["第一产业 ☑", "第二产业 □", "第三产业 □"],
            [(5, True, "1"), (5, False, "0"), (5, False, "0")],
        ),
        ("Y|第一产业|N|第二产业", ["☑第一产业", "□第二产业"], [(0, True, "Y"), (0, False, "N")]),
        ("第一产业|是|第二产业|否", ["第一产业 ☑", "第二产业 □"], [(5, True, "是"), (5, False, "否")]),
        # A lone 1 may be the option's number.
        ("1|第一产业", ["▨第一产业"], [(0, None, "1")]),
        ("Y|第一产业", ["☑第一产业"], [(0, True, "Y")]),
        ("1|第一产业|2|第二产业|3|第三产业", ["1", "第一产业", "2", "第二产业", "3", "第三产业"], []),
        ("Y|第一产业|□|第二产业", ["Y", "第一产业 □", "第二产业"], []),
    ],
)
def test_words_and_figures_that_stand_for_boxes(
    line: str, lines: list[str], marks: list[tuple[int, bool | None, str]]
) -> None:
    pieces = option_pieces(INDUSTRY, cells(line), NO_EDGE)
    assert [piece.text for piece in pieces] == lines
    assert [(m.offset, m.ticked, m.shown) for piece in pieces for m in piece.marks] == marks


def test_the_rows_own_words_stand_for_no_box() -> None:
    assert [p.text for p in option_pieces(ACCIDENTS, cells("是|1|否|0"), 0)] == ["是 ☑", "否 □"]
    assert [p.text for p in option_pieces(ACCIDENTS, cells("是|是|否|否"), 0)] == ["是", "是", "否", "否"]


@pytest.mark.parametrize(
    ("path", "line", "edge", "goes"),
    [
        ("basic_info.industry_type", "|□第三产业", 1, True),  # below the options above
        ("basic_info.industry_type", "|见附件", 1, True),
        ("basic_info.industry_type", "见附件|", 1, False),  # in the label's place
        ("basic_info.industry_type", "☑|第三产业", 2, True),
        ("basic_info.industry_type", "第三产业|", 1, True),
        ("basic_info.industry_type", "|", 0, False),
        ("innovation.platforms_other", "名称：甲、乙|", 1, True),
        ("innovation.platforms_other", "|甲、乙", 1, False),
        ("leading_industry.chain_text", "|又一段", 1, True),
        ("leading_industry.chain_text", "又|一段", 0, False),
        ("leading_industry.chain_text", "又一段|", 1, False),
        ("leading_industry.total_output", "|68.40", 1, False),
    ],
)
def test_a_row_without_a_label_goes_on_with_the_one_above(
    path: str, line: str, edge: int, goes: bool
) -> None:
    assert goes_on(ROWS[path], cells(line), edge) is goes


def test_the_options_that_stand_in_some_cells() -> None:
    pieces = option_pieces(INDUSTRY, cells("☑第一产业|第三 产业"), NO_EDGE)
    assert options_in(INDUSTRY, pieces) == {"primary", "tertiary"}
    assert options_in(INDUSTRY, []) == set()
