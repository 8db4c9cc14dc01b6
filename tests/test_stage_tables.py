"""The stages of part eight drawn as a table: a row or a column for each year, its cells the lines of that year's text."""

from __future__ import annotations

import pytest

from clusterform.filling.layouts.years_table import table_of
from clusterform.filling.outline import table_rows
from clusterform.filling.pieces import Piece
from clusterform.filling.read import place_answers
from clusterform.forms.model import load_form
from support.typed import filled, table, texts, typed

BEFORE = (
    "八、未来三年中小企业特色产业集群发展规划",
    "四、未来三年中小企业特色产业集群发展规划",
    "（二）发展目标",
)
STAGES = "2. 阶段性目标"


def read(*blocks: str | list[str]) -> dict[str, str]:
    return {path.removeprefix("plan."): text for path, text in texts(filled(*BEFORE, *blocks)).items()}


def stages(*lines: str) -> dict[str, str]:
    return {f"stage_{number}": text for number, text in enumerate(lines, 1) if text}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A row for each year.
        (
            ["年度|产值（亿元）|专利（件）", "2025年|1|2", "2026年|3|4", "2027年|5|6"],
            stages("产值1亿元\n专利2件", "产值3亿元\n专利4件", "产值5亿元\n专利6件"),
        ),
        (["年度|工作", "2025年|甲", "2026年|乙"], stages("工作：甲", "工作：乙")),
        (["2025年|1", "2026年|3"], stages("1", "3")),
        (["2026年|3", "2025年|1"], stages("1", "3")),
        (["2025年|甲|子", "2026年||丑", "2027年|乙|"], stages("甲\n子", "丑", "乙")),
        (["1|2025年|甲", "2|2026年|乙"], stages("甲", "乙")),
        (["甲|1|2025年|子", "乙|2|2026年|丑"], {}),  # the year in the third column
        (["2025年|1|甲", "甲|乙"], {}),  # one may stand in any table
        (["题目", "年度|产值", "2025年|1", "2026年|2"], stages("产值：1", "产值：2")),
        (["题目|甲", "年度|产值", "2025年|1", "2026年|2"], stages("产值：1", "产值：2")),
        (["年度|<|产值", "2025年|甲|1", "2026年|乙|2"], stages("年度：甲\n产值：1", "年度：乙\n产值：2")),
        (["年度|产值|<", "2025年|甲|1", "2026年|乙|2"], stages("产值：甲\n产值：1", "产值：乙\n产值：2")),
        (["年度|产值", "2025年|甲|1", "2026年|乙|2"], stages("产值：甲\n1", "产值：乙\n2")),
        (["2025年|甲", "^|乙", "2026年|丙"], stages("甲\n乙", "丙")),  # a year over two rows
        (["2025年|甲|子", "|乙|丑", "2026年|丙|寅"], stages("甲\n子\n乙\n丑", "丙\n寅")),
        (
            ["部门|序号|年度|工作", "^|1|2025年|子", "甲|2|^|丑", "^|3|2026年|寅"],
            stages("工作：子\n工作：丑", "工作：寅"),
        ),
        (["2025年|甲", "|乙", "2026年|丙", "|", "^|丁"], stages("甲\n乙", "丙\n丁")),
        (["1|2025年|甲", "^|^|乙", "2|2026年|丙"], stages("甲\n乙", "丙")),
        (["1|2025年|甲", "2|^|乙", "3||丁", "4|2026年|丙"], stages("甲\n乙\n丁", "丙")),
        (["1|2025年|甲", "备注|<|丁", "2|2026年|丙", "3|备注|戊"], stages("甲", "丙")),
        (["2025年|<|甲", "|备注|丁", "2026年|<|丙", "||戊"], stages("甲", "丙\n戊")),
        (["2025年", "甲", "2026年", "乙"], stages("甲", "乙")),  # lines below each other
        (["2025年|甲", "2026年|丙", "备注|丁"], stages("甲", "丙")),
        (["2025年|甲", "备注|丁", "|戊", "2026年|丙"], stages("甲", "丙")),
        # A column for each year.
        (
            ["指标|2025年|2026年|2027年", "产值（亿元）|1|2|3", "专利|4|5|6"],
            stages("产值1亿元\n专利：4", "产值2亿元\n专利：5", "产值3亿元\n专利：6"),
        ),
        (["指标|2025年|2026年", "产值（亿元）|1|2"], stages("产值1亿元", "产值2亿元")),
        (["指标|2026年|2025年", "产值（亿元）|1|2"], stages("产值2亿元", "产值1亿元")),
        (["题目|<|<", "指标|2025年|2026年", "产值|1|"], stages("产值：1")),
        (["2025年|2026年", "甲|乙", "丙|"], stages("甲\n丙", "乙")),
        (["指标|2025年|<|2026年", "产值|1|2|3"], stages("产值：1\n产值：2", "产值：3")),
        (["指标|2025年|2026年", "产值|1|<"], stages("产值：1", "产值：1")),
        (["指标|2025年|2026年", "产值|1|2", "^|3|4"], stages("产值：1\n产值：3", "产值：2\n产值：4")),
        (["指标|2025年|2026年", "产值|1|2", "|3|4"], stages("产值：1\n3", "产值：2\n4")),
        (
            ["指标|类别|2025年|2026年", "产值|工业|1|2", "^|农业|3|4"],
            stages("工业：1\n农业：3", "工业：2\n农业：4"),
        ),
        (["指标|2025年|2026年", "产值|1|^"], stages("产值：1", "")),
        (["指标|2025年|目标|2026年", "产值|1|甲|2"], stages("产值：1", "产值：2")),
        (["2025年|甲|2026年|乙"], {}),
        # What is written with its unit.
        (["指标|2025年|2026年", "增速（%）|12%|12％"], stages("增速12%", "增速12％")),
        (["指标|2025年|2026年", "产值 (亿元)：|1.5| 2,000 "], stages("产值1.5亿元", "产值2,000亿元")),
        (
            ["指标|2025年|2026年", "产值（亿元）|1亿元|约2"],
            stages("产值（亿元）：1亿元", "产值（亿元）：约2"),
        ),
        (
            ["指标|2025年|2026年", "产值（一二三四五六七八）|1|2"],
            stages("产值1一二三四五六七八", "产值2一二三四五六七八"),
        ),
        (
            ["指标|2025年|2026年", "产值（一二三四五六七八九）|1|2"],
            stages("产值（一二三四五六七八九）：1", "产值（一二三四五六七八九）：2"),
        ),
        (["指标|2025年|2026年", "（亿元）产值|1|2"], stages("（亿元）产值：1", "（亿元）产值：2")),
    ],
)
def test_tables_of_years(rows: list[str], expected: dict[str, str]) -> None:
    assert read(STAGES, rows) == expected


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((STAGES, "甲", ["2025年|1", "2026年|3"], "乙"), stages("1", "3\n乙")),
        ((STAGES, "（1）2025年度", "甲", ["2026年|1", "2027年|3"]), stages("甲", "1", "3")),
        (("1. 三年总体目标", STAGES, ["其它|2025年|2026年", "产值|1|2"]), stages("产值：1", "产值：2")),
        # A year that has its text already is no head.
        (
            (STAGES, "（1）2025年度", "甲", ["年度|产值", "2025年|1", "2026年|3", "2027年|5"]),
            stages("甲", "1：3", "1：5"),
        ),
        ((STAGES, "（1）2025年度", "甲", ["2025年|1", "2026年|3"]), stages("甲\n2025年\n1", "3")),
        ((["年度|甲", "2025年|1", "2026年|3"],), stages("1", "3")),  # as headings, each in its cell
        (
            ("（三）重点任务", ["年度|产值", "2025年|1", "2026年|3"]),
            {"tasks": "年度\n产值", **stages("1", "3")},
        ),
        ((STAGES, ["年度|产值", "2025年|1"], "甲", ["2026年|3", "2027年|5"]), stages("1\n甲", "3", "5")),
    ],
)
def test_where_such_a_table_may_stand(blocks: tuple[str | list[str], ...], expected: dict[str, str]) -> None:
    assert read(*blocks) == expected


def test_where_each_year_stands() -> None:
    tables = ["指标|2025年|2026年", "产值|1|2"], ["年度|产值", "2025年|1", "1|2026年|2"]
    for rows, places in zip(tables, ([(2, 2), (2, 3)], [(3, 1), (4, 2)]), strict=True):
        document = typed(*BEFORE, STAGES, rows)
        _, found = place_answers(document, load_form("2025", "application"))
        seen = [found.labels[f"plan.stage_{n}"] for n in (1, 2)]
        assert [(place.table, place.row, place.cell) for place in seen] == [
            (5, row - 1, cell) for row, cell in places
        ]
        assert "plan.stage_3" not in found.labels


def test_a_row_of_one_cell_is_of_no_table() -> None:
    first, second, third = table_rows(table(["甲", "乙|丙", "^|丁"]))
    assert table_of(Piece("甲")) is None
    assert table_of(first) is None
    assert table_of(second) == table_of(third) == id(second.table)
