"""Target tables: the form's own targets, and those that a county adds under a direction or beside 其它."""

from __future__ import annotations

import pytest

from support.typed import filled, texts

PART = "八、未来三年中小企业特色产业集群发展规划"
UNDER = ("四、未来三年中小企业特色产业集群发展规划", "（二）发展目标", "1. 三年总体目标")
HEADS = "方向|指标|2024 年基准值|2027 年目标值"
UNITS = "方向|指标|单位|2024 年基准值|2027 年目标值"
Own = dict[str, str]
Added = list[tuple[str, str, str]]


def read(*rows: str) -> tuple[Own, Added]:
    """The form's own targets as baseline/target by key; added ones by direction and indicator."""
    form = filled(PART, *UNDER, [*rows])
    own: dict[str, list[str]] = {}
    for place, text in texts(form).items():
        own.setdefault(place.removeprefix("plan.target_").partition("@")[0], []).append(text)
    added = [
        (t.direction.removeprefix("plan."), t.indicator, "/".join(a.text for a in t.values.values()))
        for t in form.extra_targets
    ]
    return {key: "/".join(found) for key, found in own.items()}, added


@pytest.mark.parametrize(
    ("rows", "own", "added"),
    [
        # Under a direction.
        (
            ["主导产业|近三年集群产值年均增速|1|2", "^|自定|5|6"],
            {"growth": "1/2"},
            [("industry_targets", "自定", "5/6")],
        ),
        (
            [
                "主导产业|近三年集群产值年均增速|1|2",
                "创新|研发经费投入|3|4",
                "^|自定|5|6",
                "数字化|工业互联网普及率|7|8",
            ],
            {"growth": "1/2", "rd": "3/4", "internet": "7/8"},
            [("innovation_targets", "自定", "5/6")],
        ),
        (["绿色化|自定（吨）|3|4"], {}, [("green_targets", "自定（吨）", "3/4")]),
        (["绿色化|自定||"], {}, []),  # no figure
        (["绿色化|自定|3|"], {}, [("green_targets", "自定", "3/")]),
        (["绿色化|（年度当前值）|3|4"], {}, []),  # the form's own print
        ([f"绿色化|{'话' * 120}|3|4"], {}, [("green_targets", "话" * 120, "3/4")]),
        ([f"绿色化|{'话' * 121}|3|4"], {}, []),
        # Directions that ask for a description, under any indicator or none.
        (
            ["开放合作|定性描述|甲|乙", "治理和服务|定性描述|丙|丁"],
            {"openness": "甲/乙", "governance": "丙/丁"},
            [],
        ),
        (["治理和服务|定性描述|丙|丁"], {"governance": "丙/丁"}, []),
        (["开放合作|出口额|甲|乙"], {"openness": "甲/乙"}, []),
        (["开放合作|甲|乙"], {"openness": "甲/乙"}, []),
        (
            ["开放合作|定性描述|甲|乙", "^|出口额|1|2"],
            {"openness": "甲/乙"},
            [("openness_targets", "出口额", "1/2")],
        ),
        (
            ["开放合作|出口额|甲|乙", "^|进口额|1|2"],
            {"openness": "甲/乙"},
            [("openness_targets", "进口额", "1/2")],
        ),
        (["开放合作|甲"], {}, []),
        # Beside 其它 the county names what it is about.
        (["其它|自定|5|6"], {"other": "5/6"}, [("target_other", "自定", "5/6")]),
        (["其他|自定|5|6"], {"other": "5/6"}, [("target_other", "自定", "5/6")]),
        (
            ["其它|自定|5|6", "其它|再定|7|8"],
            {"other": "5/6"},
            [("target_other", "自定", "5/6"), ("target_other", "再定", "7/8")],
        ),
        (
            ["其它|自定|5|6", "^|再定|7|8"],
            {"other": "5/6"},
            [("target_other", "自定", "5/6"), ("target_other", "再定", "7/8")],
        ),
        (["其它||5|6"], {"other": "5/6"}, []),
        (["其它|无|无|无"], {"other": "无/无"}, []),  # nothing is named
        (["其它|自定||"], {}, []),
    ],
)
def test_targets_of_the_county_s_own(rows: list[str], own: Own, added: Added) -> None:
    assert read(HEADS, *rows) == (own, added)


@pytest.mark.parametrize(
    ("heads", "row", "own", "added"),
    [
        (UNITS, "主导产业|优质中小企业数量|家|3|4", {"good_smes": "3/4"}, []),
        (UNITS, "绿色化|自定|吨|3|4", {}, [("green_targets", "自定（吨）", "3/4")]),
        (UNITS, "绿色化|自定|话|3|4", {}, [("green_targets", "自定", "3/4")]),
        (UNITS, "其它|自定|家|5|6", {"other": "5/6"}, [("target_other", "自定（家）", "5/6")]),
        (UNITS, "其它|自|定|5|6", {"other": "5/6"}, []),  # which of them names it?
        (UNITS, "开放合作|出口额|万元|甲|乙", {}, [("openness_targets", "出口额（万元）", "甲/乙")]),
        (
            "方向|指标|2024 年基准值|2025年|2027 年目标值",
            "主导产业|近三年集群产值年均增速|1|9|2",
            {"growth": "1/2"},
            [],
        ),
        (
            "方向|指标|2027 年目标值|2024 年基准值",
            "主导产业|近三年集群产值年均增速|1|2",
            {"growth": "2/1"},
            [],
        ),
        (
            "方向|指标|2024 年基准值|2027 年目标值|备注",
            "主导产业|近三年集群产值年均增速|1|2|9",
            {"growth": "1/2"},
            [],
        ),
    ],
)
def test_further_columns_of_a_target_table(heads: str, row: str, own: Own, added: Added) -> None:
    assert read(heads, row) == (own, added)


def test_without_heads_there_are_no_targets() -> None:
    assert read("其它|自定|5|6") == ({}, [])


def test_a_target_s_place_and_its_direction() -> None:
    form = filled(PART, *UNDER, [HEADS, "创新|自定|5|6"])
    (target,) = form.extra_targets
    assert (target.table, {key: a.place.cell for key, a in target.values.items()}) == (
        "targets",
        {"baseline": 3, "target": 4},
    )
