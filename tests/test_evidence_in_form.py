"""The list of evidence inside a form: which table it is, which rows are its lines, and what stands in each column."""

from __future__ import annotations

import pytest

from clusterform.filling.layouts.evidence_list import evidence_columns, items_of, named_columns
from clusterform.filling.outline import table_rows
from support.typed import filled, table

LIST = "佐证材料清单"
HEADS = "序号|对应栏目|材料名称|页码"
LINES = ("1|甲|图谱|3", "2|乙|协议|5")


def read(*blocks: str | list[str]) -> list[str] | None:
    """The texts of each line, with ! where it names no material; None where there is no list."""
    lines = filled(*blocks).evidence
    return None if lines is None else ["|".join(line.texts.values()) + "!" * line.empty for line in lines]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADS, *LINES],
        ["-|-|-|-", "-|-|-|-", HEADS, *LINES],  # the head is the third row
        [*LINES[:0], HEADS, *LINES, HEADS],
        [HEADS, LINES[0], HEADS, LINES[1]],  # printed on each page again
        [HEADS, *LINES, "以上材料均加盖公章|<|<|<"],
        [HEADS, *LINES, "|||", "3|||9"],  # nothing says what it is of
        ["|||", HEADS, *LINES],
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_the_list_is_known_by_its_heads_or_its_heading(named: bool, rows: list[str]) -> None:
    assert read(*[LIST][:named], rows) == [*LINES]


def test_outside_its_own_part_the_list_is_told_by_the_first_rows_of_a_table() -> None:
    assert read(["-|-|-|-"] * 4 + [HEADS, *LINES]) is None
    assert read(["-|-|-|-"] * 5, [HEADS, *LINES]) == [*LINES]


def test_where_a_line_stands() -> None:
    lines = filled([HEADS, LINES[0], "^|^|协议|5", "||书|7"]).evidence or ()
    assert [(place.table, place.row, place.cell) for place in (line.location for line in lines)] == [
        (1, 2, 1),
        (1, 3, 3),
        (1, 4, 1),
    ]


@pytest.mark.parametrize(
    ("rows", "by_heads", "under_heading"),
    [
        (["序号|材料名称|页码", "1|图谱|3"], None, ["1|图谱|3"]),
        (["对应栏目|材料名称", "甲|图谱"], ["甲|图谱"], ["甲|图谱"]),
        (["对应栏目|页码", "甲|3"], None, ["甲|3"]),
        (["对应栏目|文件", "甲|图谱.pdf"], None, ["甲|图谱.pdf"]),
        (["-|-", "-|-", "-|-", "对应栏目|材料名称", "甲|图谱"], None, ["甲|图谱"]),  # so far down only there
        (["对应栏目|材料名称"], None, None),  # a blank list: it may lie beside
        (["对应栏目|材料名称", "|"], None, None),
    ],
)
def test_under_its_own_heading_fewer_heads_are_enough(
    rows: list[str], by_heads: list[str] | None, under_heading: list[str] | None
) -> None:
    assert read(rows) == by_heads
    if under_heading:
        assert read(LIST, rows) == under_heading


def test_a_heading_alone_and_no_heading() -> None:
    assert read(LIST) == []
    assert read("甲") is None
    assert read(LIST, [HEADS]) is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1|甲|图谱|3", "2|同上|书|4", "3|同前|证|5"], ["1|甲|图谱|3", "2|甲|书|4", "3|甲|证|5"]),
        (["1|同上|图谱|3"], ["1|同上|图谱|3"]),  # above the first line stands none
        (["1|甲|图谱|3", "^|^|书|4"], ["1|甲|图谱|3", "1|甲|书|4"]),  # merged downward
        (["1|甲||3"], ["1|甲|3"]),
        (["1|甲||"], ["1|甲!"]),  # nothing is named
        (["1|甲|无|"], ["1|甲|无!"]),
        (["1|甲|待补充|3"], ["1|甲|待补充|3!"]),
        (["1||图谱|"], ["1|图谱"]),
        (["1|||"], []),
        (["合计|<|<|<"], []),  # a remark right across
        (["合计|<|1|2"], ["合计|合计|1|2"]),
        (["1|甲"], ["1|甲!"]),  # the row is short
        (["|甲|图谱|3"], ["甲|图谱|3"]),
    ],
)
def test_the_lines_of_a_list(lines: list[str], expected: list[str]) -> None:
    assert (read(LIST, [HEADS, *lines]) or []) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["材料名称|页码", "图谱|3", "以上盖章|<"], ["图谱|3"]),
        (["材料名称|页码", "图谱"], ["图谱"]),  # one cell under one head is a line
        (["材料名称|页码|类型", "图谱"], ["图谱"]),
    ],
)
def test_a_remark_stands_under_several_heads(rows: list[str], expected: list[str]) -> None:
    assert read(LIST, rows) == expected


@pytest.mark.parametrize(
    ("behind", "goes_on"),
    [
        (["3|丙|书|7"], True),
        (["第3|丙|书|7"], True),
        (["|丙|书|7"], True),
        (["三|丙|书|7"], True),
        (["A|丙|书|7"], True),  # one letter may be a number
        (["指标|丙|书|7"], False),  # a head of another list
        (["3|丙|书"], False),
        (["3|丙|书|7|8"], False),
        (["序号|标准|编制|年", "3|丙|书|7"], False),
        (["序号|材料名称|年|月", "3|丙|书|7"], False),  # it does not say what the material is of
    ],
)
def test_a_table_right_behind_goes_on_with_the_list_or_is_another(behind: list[str], goes_on: bool) -> None:
    found = read(LIST, [HEADS, *LINES], behind)
    assert found is not None
    assert found[:2] == [*LINES]
    assert found[2:] == (["|".join(filter(None, behind[-1].split("|")))] if goes_on else [])


@pytest.mark.parametrize("heads", ["序号|标准|编制|年", "序号|材料名称|年|月"])
def test_another_list_below_in_the_same_table(heads: str) -> None:
    assert read(LIST, [HEADS, *LINES, heads, "3|丙|书|7"]) == [*LINES]


def test_a_list_without_subjects_is_read_again_under_other_heads() -> None:
    assert read(LIST, ["序号|材料名称", "1|图谱"], ["序号|材料名称|年", "1|书|2"]) == ["1|图谱", "1|书"]


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (("1. 图谱", "2．协议"), ["1|图谱", "2|协议"]),
        (("1. 图谱", "2. 协议", "以上盖章"), ["1|图谱", "2|协议"]),  # where lines are numbered, that is none
        (("图谱", "1. 协议"), ["|图谱", "1|协议"]),
        (("图谱", "", "协议"), ["|图谱", "|协议"]),
        (("1. 图谱", "2. 协议", "附表", ["a|b"]), ["1|图谱", "2|协议"]),  # another list behind
        (("图谱", "附表", ["a|b"]), ["|图谱"]),
        ((["1. 图谱", "2. 书"],), ["1|图谱", "2|书"]),  # lines in a frame
        ((["1. 图谱", "2. 书"], "以上盖章"), ["1|图谱", "2|书"]),
        ((["一|图谱与协议|x", "二|书的全本|y"],), ["|图谱与协议", "|书的全本"]),  # no heads: the longest text
    ],
)
def test_a_list_typed_as_lines(blocks: tuple[str | list[str], ...], expected: list[str]) -> None:
    assert read(LIST, *blocks) == expected


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ("序号|编号|材料名称", {"number": 0, "code": 1, "title": 2}),
        ("编号|材料名称", {"number": 0, "title": 1}),  # 编号 is the code only beside another number
        ("编号|编号|材料名称", {"number": 0, "code": 1, "title": 2}),
        ("编号|编号|编号|材料名称", {"number": 0, "code": 1, "title": 3}),
        ("对应栏目|<|材料名称", {"subject": 0, "title": 2}),
        ("序号|文件", {}),  # nothing says what is proven
        ("对应栏目|类型", {}),  # nor by what
        ("代码|文件", {"code": 0, "file": 1}),
        ("甲|乙", {}),
    ],
)
def test_which_column_holds_what(heads: str, columns: dict[str, int]) -> None:
    (row,) = table_rows(table([heads]))
    assert evidence_columns(row, named=True) == columns


def test_a_table_that_is_known_to_be_the_list() -> None:
    assert items_of(table(["甲|乙"])) is None
    assert items_of(table(["序号|材料名称"])) == []
    found = items_of(table(["清单|<", "序号|材料名称", "1|图谱", "序号|材料名称", "2|书"]))
    assert [dict(line.texts) for line in found or ()] == [
        {"number": "1", "title": "图谱"},
        {"number": "2", "title": "书"},
    ]


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (["对应栏目|材料名称"], True),
        (["对应指标名|材料名称", "甲|乙"], False),
        (["对应项目|页码"], True),
        (["对应项目|序号"], False),  # nothing is named there
        (["代码|材料名称"], True),
        (["编号|材料名称"], False),
        (["项目|材料名称"], False),
        (["备忘|项目|材料名称"], False),
        (["-|-", "-|-", "对应栏目|材料名称"], True),
        (["-|-", "-|-", "-|-", "对应栏目|材料名称"], False),
    ],
)
def test_a_table_that_can_be_nothing_else(rows: list[str], named: bool) -> None:
    assert named_columns(table(rows)) is named
