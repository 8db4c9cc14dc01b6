"""Rows of the target tables, the county's own among them; and rows elsewhere that the form does not have."""

from __future__ import annotations

import pytest

from clusterform.filling.label_entries import LabelEntry, LabelRole
from clusterform.filling.labels import LabelIndex
from clusterform.filling.reading import Reading
from support.table_rows import answers, reading
from support.typed import table

TARGETS = "方向|指标|2024年基准值|2027年目标值"
DONE = "方向|指标|2022年基准值|2025年目标值|2025年完成值"
WITH_UNITS = "方向|指标|单位|2024年基准值|2027年目标值"


def targets(*rows: str) -> Reading:
    return reading(8, table([*rows]), layout="headings")


def pair(key: str, *values: str) -> dict[str, str]:
    return {f"{key}@{column}": v for column, v in zip(("baseline", "target", "done"), values, strict=False)}


def added(found: Reading) -> list[tuple[str, ...]]:
    """The table, the direction, the indicator and the values of each."""
    return [
        (
            one.table,
            one.direction.removeprefix("plan."),
            one.indicator,
            *(v.text for v in one.values.values()),
        )
        for one in found.added
    ]


@pytest.mark.parametrize(
    ("rows", "expected", "own"),
    [
        (
            ["主导产业|近三年集群产值年均增速|10|12", "^|优质中小企业数量|3|4"],
            pair("target_growth", "10", "12") | pair("target_good_smes", "3", "4"),
            [],
        ),
        (
            [
                "主导产业|近三年集群产值年均增速|2024年基准值|10|2027年目标|12"
            ],  # which is a stage's heading too
            pair("target_growth", "10", "12"),
            [],
        ),
        # A target of the county's own, in the direction beside it.
        (
            ["主导产业|近三年集群产值年均增速|10|12", "^|甲|5|6", "创新|乙|7|8"],
            pair("target_growth", "10", "12"),
            [("industry_targets", "甲", "5", "6"), ("innovation_targets", "乙", "7", "8")],
        ),
        (
            ["主导产业|近三年集群产值年均增速|10|12", "|甲|5|6"],
            pair("target_growth", "10", "12"),
            [("", "甲", "5", "6")],
        ),
        (["创新|甲||8"], {}, [("innovation_targets", "甲", "", "8")]),
        (["创新|甲||"], {}, []),
        (["创新|甲"], {}, []),
        (["创新|甲|7"], {}, [("innovation_targets", "甲", "7")]),
        ([f"创新|{'甲' * 121}|7|8"], {}, []),
        ([f"创新|{'甲' * 120}|7|8"], {}, [("innovation_targets", "甲" * 120, "7", "8")]),
        (["创新|个|7|8"], {}, []),  # what the form prints
        # A description under another name, or none.
        (
            ["开放合作|定性描述|甲|乙", "治理和服务|定性描述|丙|丁"],
            pair("target_openness", "甲", "乙") | pair("target_governance", "丙", "丁"),
            [],
        ),
        (
            ["治理和服务|定性描述|丙|丁", "开放合作|定性描述|甲|乙"],
            pair("target_openness", "甲", "乙") | pair("target_governance", "丙", "丁"),
            [],
        ),
        (
            ["开放合作|甲|乙", "治理和服务|说明|丙|丁"],
            pair("target_openness", "甲", "乙") | pair("target_governance", "丙", "丁"),
            [],
        ),
        (
            ["开放合作|甲|乙", "^|丙|丁|戊"],
            pair("target_openness", "甲", "乙"),
            [("openness_targets", "丙", "丁", "戊")],
        ),
        (["治理和服务|戊|甲|丙|丁"], {}, [("governance_targets", "戊", "丙", "丁")]),  # a cell too many
        (["开放合作|甲|<"], {}, []),  # one too few
        (["数字化|甲|乙"], {}, [("digital_targets", "甲", "乙")]),  # none is asked for
        # The row whose indicator the county names.
        (["其它||1|2"], pair("target_other", "1", "2"), []),
        (["其它|甲|1|2"], pair("target_other", "1", "2"), [("target_other", "甲", "1", "2")]),
        (
            ["其它|甲|1|2", "其它|乙|3|4"],
            pair("target_other", "1", "2"),
            [("target_other", "甲", "1", "2"), ("target_other", "乙", "3", "4")],
        ),
        (
            ["其它|甲|1|2", "^|乙|3|4"],
            pair("target_other", "1", "2"),
            [("target_other", "甲", "1", "2"), ("target_other", "乙", "3", "4")],
        ),
        (["其它|甲||", "^|乙|3|4"], pair("target_other", "3", "4"), [("target_other", "乙", "3", "4")]),
        (["其它|无|无|无"], pair("target_other", "无", "无"), []),
        (["其它|/|/|/"], pair("target_other", "/", "/"), []),
        (["其它|甲||"], pair("target_other", "", ""), []),
        (["其它|个|1|2"], pair("target_other", "1", "2"), []),
    ],
)
def test_targets(rows: list[str], expected: dict[str, str], own: list[tuple[str, ...]]) -> None:
    found = targets(TARGETS, *rows)
    assert answers(found) == expected
    assert added(found) == [("targets", *one) for one in own]
    assert not found.again


def test_figures_of_a_target_under_heads_of_years() -> None:
    found = targets("方向|指标|2022年|2023年|2024年", "创新|研发经费投入|1|2|3")
    assert answers(found) == pair("target_rd", "1", "2")


def test_a_description_s_place_and_what_is_described_again() -> None:
    found = targets(TARGETS, "开放合作|甲|乙", "治理和服务|说明|丙|丁", "治理和服务|定性描述|戊|己")
    assert [
        (found.labels[f"plan.target_{key}"].row, found.labels[f"plan.target_{key}"].cell)
        for key in ("openness", "governance")
    ] == [(2, 2), (3, 2)]
    assert [*found.again] == ["plan.target_governance"]
    found = targets(TARGETS, "开放合作|定性描述|甲|乙", "开放合作|定性描述|丙|丁")
    assert answers(found) == pair("target_openness", "甲", "乙")
    assert [*found.again] == ["plan.target_openness"]


@pytest.mark.parametrize(
    ("rows", "own"),
    [
        (
            ["创新|丁|%|3|4", "^|戊||3|4"],
            [("innovation_targets", "丁（%）", "3", "4"), ("innovation_targets", "戊", "3", "4")],
        ),
        (["其它|甲|个|1|2"], [("target_other", "甲（个）", "1", "2")]),
        (["其它||个|1|2"], []),
        (["其它|甲|乙|1|2"], []),
        (["创新|丁|多|3|4"], [("innovation_targets", "丁", "3", "4")]),
    ],
)
def test_a_unit_in_a_cell_of_its_own_is_part_of_the_name(rows: list[str], own: list[tuple[str, ...]]) -> None:
    assert added(targets(WITH_UNITS, *rows)) == [("targets", *one) for one in own]


def test_without_a_header_nothing_is_a_target_of_the_county_s_own() -> None:
    found = targets("其它|甲|1|2", "创新|乙|3|4")
    assert answers(found) == pair("target_other", "甲", "1")
    assert [(o.what, o.label) for o in found.observations] == [("extra-row", "乙")]
    assert not found.added


def test_a_column_of_the_county_s_own_beside_the_targets() -> None:
    found = targets(
        f"{TARGETS}|备注", "创新|研发经费投入|7|8|无", "^|甲|5|6|多", "开放合作|乙|丙|丁|无", "其它|戊|1|2|无"
    )
    assert answers(found) == (
        pair("target_rd", "7", "8") | pair("target_openness", "丙", "丁") | pair("target_other", "1", "2")
    )
    assert added(found) == [
        ("targets", "innovation_targets", "甲", "5", "6"),
        ("targets", "target_other", "戊", "1", "2"),
    ]


BOTH = (
    [
        DONE,
        "主导产业|近三年集群产值年均增速|1|2|3",
        "^|甲|4|5|6",
        "开放合作|定性描述|子|丑|寅",
        "治理和服务|卯|辰|巳",
        "其他|乙|7|8|9",
    ],
    [
        TARGETS,
        "主导产业|近三年集群产值年均增速|11|12",
        "^|丙|14|15",
        "开放合作|午|未",
        "治理和服务|定性描述|申|酉",
        "其他|丁|17|18",
    ],
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,)])
def test_two_tables_with_the_same_labels_are_told_by_their_heads(order: tuple[int, ...]) -> None:
    found = reading(
        8, *(table(BOTH[n], at) for at, n in enumerate(order, 1)), form="review", layout="headings"
    )
    expected = (
        pair("done_growth", "1", "2", "3")
        | pair("done_openness", "子", "丑", "寅")
        | pair("done_governance", "卯", "辰", "巳")
        | pair("done_other", "7", "8", "9"),
        pair("target_growth", "11", "12")
        | pair("target_openness", "午", "未")
        | pair("target_governance", "申", "酉")
        | pair("target_other", "17", "18"),
    )
    own = (
        [("done", "industry_done", "甲", "4", "5", "6"), ("done", "done_other", "乙", "7", "8", "9")],
        [("targets", "industry_targets", "丙", "14", "15"), ("targets", "target_other", "丁", "17", "18")],
    )
    assert answers(found) == {k: v for n in order for k, v in expected[n].items()}
    assert added(found) == [one for n in order for one in own[n]]


def test_without_heads_the_same_labels_are_taken_in_their_order() -> None:
    rows = ["主导产业|近三年集群产值年均增速|1|2|3"], ["主导产业|近三年集群产值年均增速|4|5"]
    found = reading(8, *map(table, rows), form="review", layout="headings")
    assert answers(found) == pair("done_growth", "1", "2", "3") | pair("target_growth", "4", "5")


def entry(key: str, section: int, **more: str) -> tuple[str, LabelEntry]:
    return "数量", LabelEntry(LabelRole.FIELD, key, "数量", section, **more)


@pytest.mark.parametrize(("part", "key"), [(1, "area"), (3, "pct"), (6, "overseas_branches"), (9, "area")])
def test_a_label_of_several_parts_is_that_of_its_own(part: int, key: str) -> None:
    index = LabelIndex(
        [entry("basic_info.area", 1), entry("innovation.pct", 3), entry("openness.overseas_branches", 6)],
        headings=False,
    )
    assert answers(reading(part, table(["数量|5", "数量|6"]), index=index)) == (
        {key: "5"} if part != 9 else {"area": "5", "pct": "6"}
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["什么|乙"], ["什么"]),
        (["什么", "乙"], []),  # nothing beside it
        (["|什么|乙"], ["什么"]),
        (["什么||"], ["什么"]),
        (["什么|乙|别的|丙"], ["什么"]),
        ([f"{'什' * 120}|乙"], ["什" * 120]),
        ([f"{'什' * 121}|乙"], []),
        ([f" {'什' * 120} |乙"], ["什" * 120]),
        (["12.5 %|乙"], []),
        (["—|乙"], []),
        (["（注：勾选需提供佐证材料）|乙"], []),  # printed by the form
        (["创新平台建设情况|什么", "^|别的|乙"], ["什么", "别的"]),  # in a group
        (["集群名称|甲", "什么|乙"], ["什么"]),
        (["集群名称", "什么|乙"], []),
        (["什么|集群名称|甲"], []),
    ],
)
def test_rows_that_the_form_does_not_have(rows: list[str], told: list[str]) -> None:
    found = reading(1, table(rows)).observations
    assert [(o.what, o.section, o.label, o.value) for o in found] == [
        ("extra-row", 1, label, label) for label in told
    ]
    assert all(o.location.cell for o in found)
