"""Parts and labels that are missing, doubled or out of order, and rows that stand twice."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.forms.model import load_form
from support.typed import filled

HEADINGS = [section.heading for section in load_form("2025", "application").sections]
OUTPUT, FIRMS, FDI = "集群总产值（亿元）", "集群企业数量", "集群外商直接投资额（万元）"
RATE, CHAIN = "近三年集群主导产业产值年均增速（%）", "集群产业链强链补链情况"


def faults(*blocks: str | list[str], sheet: str | None = None) -> list[tuple[str, int | None, int | None]]:
    """What is told of the parts' headings: what, of which part, in which row."""
    observations = filled(*blocks, sheet=sheet).observations
    told = {"section-doubled", "section-misplaced", "section-beside"}
    return [
        (o.what.removeprefix("section-"), o.section, o.location.row) for o in observations if o.what in told
    ]


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ((1, 2, 3), []),
        ((1, 3, 7), []),  # some are missing: said of each
        ((2, 1, 3), [("misplaced", 1, 3)]),
        ((3, 1, 2), [("misplaced", 3, 1)]),  # the fewest are out of place
        ((1, 3, 2, 4, 5), [("misplaced", 2, 5)]),
        ((2, 3, 4, 1), [("misplaced", 1, 7)]),
        ((3, 2, 1), [("misplaced", 2, 3), ("misplaced", 1, 5)]),
        ((1, 2, 3, 1), [("doubled", 1, 7)]),
        ((1, 2, 1, 2, 2), [("doubled", 1, 5), ("doubled", 2, 7), ("doubled", 2, 9)]),
        ((2, 1, 2), [("misplaced", 1, 3), ("doubled", 2, 5)]),
    ],
)
def test_the_order_of_the_parts(order: tuple[int, ...], told: list[Any]) -> None:
    assert faults(*(line for part in order for line in (HEADINGS[part], "甲"))) == told


def test_sheets_have_no_order() -> None:
    assert faults(HEADINGS[2], "甲", "#甲", HEADINGS[1], "乙", sheet="乙") == []
    assert faults(HEADINGS[2], "甲", HEADINGS[1], "乙", sheet="乙") == [("misplaced", 1, 3)]


def test_parts_side_by_side_are_told_once() -> None:
    row = f"{HEADINGS[1]}|甲|{HEADINGS[2]}|乙|{HEADINGS[3]}|丙"
    assert faults([row, "a|b|c|d|e|f"], sheet="表") == [("beside", 2, 1)]


def test_which_parts_are_missing() -> None:
    gone = [
        o.section for o in filled(HEADINGS[1], ["集群名称|甲"]).observations if o.what == "section-missing"
    ]
    assert gone == [2, 3, 4, 5, 6, 7, 8, 9]
    gone = [
        o.section
        for o in filled(HEADINGS[1], "甲", HEADINGS[2], "乙").observations
        if o.what == "section-missing"
    ]
    assert sorted(part or 0 for part in gone) == [
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
    ]  # headings with nothing under them


def missing(part: int, *blocks: str | list[str], form: str = "application") -> list[str]:
    """The labels of a part that are not there, by their keys, a group's by its label."""
    observations = filled(HEADINGS[part], *blocks, form=form).observations
    return [
        o.field.rpartition(".")[2] if o.field else str(o.label)
        for o in observations
        if o.what == "label-missing" and o.section == part
    ]


PLATFORMS = ["platforms_national", "platforms_provincial", "platforms_other"]


@pytest.mark.parametrize(
    ("rows", "gone"),
    [
        (["创新平台建设情况|"], PLATFORMS),
        (["创新平台建设情况|其他平台名称及数量|3"], PLATFORMS[:2]),
        (["其他平台名称及数量|3"], ["创新平台建设情况", *PLATFORMS[:2]]),
        (
            ["集群中小企业PCT国际专利申请量|3"],
            ["创新平台建设情况"],
        ),  # of a group that is gone its rows are not told
    ],
)
def test_a_group_and_its_rows(rows: list[str], gone: list[str]) -> None:
    assert [label for label in missing(3, rows) if label in {"创新平台建设情况", *PLATFORMS}] == gone


def test_labels_of_the_other_parts() -> None:
    assert missing(6, ["集群国际合作交流总体情况|甲"]) == ["exchange_work", "overseas_branches"]
    assert missing(6, "甲") == []  # the part is told
    seal = "县级行政区划中小企业主管部门（公章）：甲"
    assert missing(9, seal) == ["真实性声明", "signature", "opinion", "province_seal"]


def test_the_table_of_targets_is_told_as_one() -> None:
    (told,) = missing(8, "一、集群基本情况简介", "甲")
    assert told.startswith("1. 三年总体目标（备注")
    heads = "方向|指标|2024 年基准值|2027 年目标值"
    found = missing(8, "1. 三年总体目标", [heads, "创新|研发经费投入|1|2"])
    assert len(found) == 9
    assert "target_rd" not in found


def doubled(*blocks: str | list[str]) -> list[tuple[Any, ...]]:
    """What is told of rows that stand twice: what, of which, how, the second place, the two answers or the rows."""
    observations = filled(HEADINGS[2], *blocks).observations
    return [
        (
            o.what.removeprefix("row-"),
            (o.field or o.label or "").rpartition(".")[2],
            o.facts["variant"],
            o.location.row,
            str(o.facts["both"]["zh"] if "both" in o.facts else f"{o.facts['count']}: {o.facts['names']}"),
        )
        for o in observations
        if o.what in ("row-doubled", "row-repeated")
    ]


TABLE = [f"{OUTPUT}|1|2|3", f"{FIRMS}|1|2|3", f"{FDI}|1|2|3", f"{RATE}|9"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([f"{RATE}|14", f"{RATE}|15"], [("doubled", "average_growth", "row-other", 2, "“14”与“15”")]),
        ([f"{RATE}|14", f"{RATE}|14 "], [("repeated", "average_growth", "row-same", 2, "")]),
        ([f"{RATE}|14", f"{RATE}|"], []),  # nothing stands there
        ([f"{RATE}|", f"{RATE}|14"], []),
        (
            [f"{OUTPUT}|1|2|3", f"{OUTPUT}|1|5|6"],
            [("doubled", "total_output", "row-other", 2, "2023 年 “2”与“5”；2024 年 “3”与“6”")],
        ),
        (
            [f"{CHAIN}|{'甲' * 20}", f"{CHAIN}|{'乙' * 21}"],
            [("doubled", "chain_text", "row-other", 2, f"“{'甲' * 20}”与“{'乙' * 19}…”")],
        ),
        (
            TABLE[:3] * 2,  # three rows are told one by one
            [
                ("repeated", "total_output", "row-same", 4, ""),
                ("repeated", "enterprises", "row-same", 5, ""),
                ("repeated", "fdi", "row-same", 6, ""),
            ],
        ),
        (
            TABLE * 2,  # four are a table copied
            [("repeated", OUTPUT, "rows-same", 5, f"4: “{OUTPUT}”、“{FIRMS}（年度当前值）”、“{FDI}”")],
        ),
        (
            [*TABLE, TABLE[0], f"{FIRMS}|1|2|4", *TABLE[2:]],
            [("doubled", "集群企业数量（年度当前值）", "rows-other", 6, f"4: “{FIRMS}（年度当前值）”")],
        ),
    ],
)
def test_rows_that_stand_twice(rows: list[str], told: list[tuple[Any, ...]]) -> None:
    assert doubled(rows) == told


def test_of_a_part_that_stands_twice_no_row_is_told() -> None:
    assert doubled(TABLE, HEADINGS[2], TABLE) == []
    boxes = "主导产业所属产业类型"
    rows = [f"{boxes}|☑第一产业 □第二产业", f"{boxes}|□第一产业 ☑第二产业", f"{boxes}|☑第一产业　□第二产业"]
    told = [o.value for o in filled(HEADINGS[1], rows[:2]).observations if o.what == "row-doubled"]
    assert told == ["□第一产业 ☑第二产业"]
    same = [o.what for o in filled(HEADINGS[1], [rows[0], rows[2]]).observations if o.what.startswith("row-")]
    assert same == ["row-repeated"]
