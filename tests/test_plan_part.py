"""Part eight: what is a heading of its running text, what an answer, and which rows are its target tables."""

from __future__ import annotations

import pytest

from clusterform.filling.read import place_answers
from clusterform.forms.model import load_form
from support.typed import filled, texts, typed

PART = "八、未来三年中小企业特色产业集群发展规划"
GUIDANCE = "包括集群主导产业在细分领域所处发展水平，行业地位，获得荣誉称号，以及相关政策制定与实施、优质市场主体培育、产业链供应链建设等方面近三年来发展情况。"
NEXT_YEARS = ("四、未来三年中小企业特色产业集群发展规划", "（二）发展目标")
STAGES = (*NEXT_YEARS, "2. 阶段性目标")
TARGETS = (*NEXT_YEARS, "1. 三年总体目标")
HEADS = "方向|指标|2024 年基准值|2027 年目标值"
FIRST = ("主导产业|近三年集群产值年均增速|10%|12%", "^|优质中小企业数量|3|4")
SECOND = ("创新|研发经费投入|7|8", "^|有效发明专利数量|5|6")


def read(*blocks: str | list[str]) -> dict[str, str]:
    """The answers of the part, by their keys."""
    return {path.removeprefix("plan."): text for path, text in texts(filled(PART, *blocks)).items()}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("一、集群基本情况简介", "甲", "乙"), {"overview": "甲\n乙"}),
        (("一、集群基本情况简介：甲", "乙"), {"overview": "甲\n乙"}),
        (("前言", "一、集群基本情况简介", "", "甲"), {"overview": "甲"}),  # what stands before is no answer
        (("二、发展成效", "甲", "三、存在的问题", "乙"), {"achievements": "甲", "problems": "乙"}),
        (
            ("二、发展成效", "甲", "二、发展成效", "乙"),
            {"achievements": "甲\n二、发展成效\n乙"},
        ),  # seen before
        # A heading that line ends break.
        (("一、集群", "基本情况简介", "甲"), {"overview": "甲"}),
        (("一、集群", "基本情", "况简介", "甲"), {"overview": "甲"}),
        (("一、集", "群基", "本情况", "简介", "甲"), {}),  # over four lines it is none
        (("一、集群", "……", "基本情况简介", "甲"), {}),
        (("二、发展成效", "乙", "一、集群", "基本情况简介", "甲"), {"achievements": "乙", "overview": "甲"}),
        (("一、集群", "基本情况简介", "甲", "", "丙"), {"overview": "甲\n丙"}),
        (("一、集群", f"基本情况{' ' * 30}简介", "甲"), {"overview": "甲"}),  # 40 letters in all
        (("一、集群", f"基本情况{' ' * 31}简介", "甲"), {}),
        # The form's own print is no answer.
        (("一、集群基本情况简介", GUIDANCE, "甲"), {"overview": "甲"}),
        (("一、集群基本情况简介", "获得荣誉称号，以及", "甲"), {"overview": "甲"}),  # eight letters of it
        (("一、集群基本情况简介", "获得荣誉称号，以", "甲"), {"overview": "获得荣誉称号，以\n甲"}),
        (
            ("一、集群基本情况简介", "获得荣誉称号，以及其他", "甲"),
            {"overview": "获得荣誉称号，以及其他\n甲"},
        ),
        (("二、发展成效", "a. 近三年产值年均增速不低于 10%", "甲"), {"achievements": "甲"}),
        (("二、发展成效", "近三年产值年均增速不低于10%", "甲"), {"achievements": "甲"}),  # without its number
        (("一、集群基本情况简介", f"3. {GUIDANCE}", "甲"), {"overview": "甲"}),
        (
            ("二、发展成效", "2024 年基准值", "指标"),
            {"achievements": "2024 年基准值\n指标"},
        ),  # heads of a table
        # A year is a heading where its group has begun, and else text.
        ((*STAGES, "（1）2025 年度", "甲", "2026年：乙"), {"stage_1": "甲", "stage_2": "乙"}),
        (("一、集群基本情况简介", "2025年，甲"), {"overview": "2025年，甲"}),
        (("一、集群基本情况简介", "2025年度", "甲"), {"stage_1": "甲"}),  # alone in its line it is one
        ((*STAGES, "甲", "（1）2025 年度", "乙"), {"stage_1": "乙"}),  # under the heading of a group
        (("二、发展成效", "甲", *NEXT_YEARS, "乙"), {"achievements": "甲"}),
    ],
)
def test_headings_and_the_text_under_them(lines: tuple[str, ...], expected: dict[str, str]) -> None:
    assert read(*lines) == expected


def test_stages_in_a_table_and_what_stands_behind_it() -> None:
    years = ["年度|专利（件）|产值", "2025年|1|2亿元", "2026年|3|4", "2027年|5|"]
    assert read(*STAGES, years, "丙", "（三）重点任务", "丁") == {
        "stage_1": "专利1件\n产值：2亿元",
        "stage_2": "专利3件\n产值：4",
        "stage_3": "专利5件\n丙",
        "tasks": "丁",
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["一、集群基本情况简介|甲", "二、发展成效|乙"], {"overview": "甲", "achievements": "乙"}),
        (["一、集群基本情况简介", "甲"], {"overview": "甲"}),
        (["一、集群基本情况简介|甲|丙"], {}),  # a table of the county's own
        (["二、发展成效", "一、集群基本情况简介|甲|丙"], {"achievements": "一、集群基本情况简介\n甲\n丙"}),
        (["二、发展成效|一、集群\n基本情况简介\n甲"], {"overview": "甲"}),
    ],
)
def test_headings_in_the_cells_of_a_table(rows: list[str], expected: dict[str, str]) -> None:
    assert read(rows) == expected


FIRST_READ = {
    "target_growth@baseline": "10%",
    "target_growth@target": "12%",
    "target_good_smes@baseline": "3",
    "target_good_smes@target": "4",
}
GROWTH = {key: text for key, text in FIRST_READ.items() if "growth" in key}
SMES = {"target_good_smes@baseline": "3", "target_good_smes@target": "3"}
RD = {"target_rd@baseline": "7", "target_rd@target": "8"}
SECOND_READ = {**RD, "target_patents@baseline": "5", "target_patents@target": "6"}


@pytest.mark.parametrize(
    "between", [(), ("",), ("续表",), ("（单位：家、亿元）",), ("话" * 12,), (["续表"],)]
)
def test_a_target_table_goes_on_behind_a_caption(between: tuple[str | list[str], ...]) -> None:
    assert read(*TARGETS, [HEADS, *FIRST], *between, [*SECOND]) == FIRST_READ | SECOND_READ


@pytest.mark.parametrize("between", ["话" * 13, "二、发展成效"])
def test_no_target_table_goes_on_behind_running_text(between: str) -> None:
    found = read(*TARGETS, [HEADS, *FIRST], between, [*SECOND])
    assert not set(SECOND_READ) & set(found)
    assert found.items() >= FIRST_READ.items()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*FIRST], {}),  # without a header nothing says that these are targets
        ([HEADS, *FIRST, "二、发展成效|甲", "乙|丙"], {**FIRST_READ, "achievements": "甲\n乙\n丙"}),
        ([HEADS, *FIRST, "1. 三年总体目标|", *SECOND], FIRST_READ),
        (
            [HEADS, FIRST[0], "|||", "优质中小企业数量|3", *SECOND[:1]],
            GROWTH | SMES | RD,
        ),
        ([HEADS, *FIRST, "二、发展成效|甲"], {**FIRST_READ, "achievements": "甲"}),
        ([HEADS, *FIRST, "二、发展成效", "甲", "乙|丙"], {**FIRST_READ, "achievements": "甲\n乙\n丙"}),
        ([HEADS, *FIRST, "甲|乙|丙|丁", *SECOND], {**FIRST_READ, **SECOND_READ}),
        (["一、集群基本情况简介|", HEADS, *FIRST], FIRST_READ),
        ([HEADS, "主导产业|", *FIRST[:1]], GROWTH),
    ],
)
def test_a_heading_of_running_text_ends_the_target_table(rows: list[str], expected: dict[str, str]) -> None:
    assert read(*TARGETS, rows) == expected


def test_rows_without_a_header_are_no_targets() -> None:
    assert read([*FIRST]) == {}
    assert read(*TARGETS, [HEADS, *FIRST], ["二、发展成效|甲|乙|丙"]) == FIRST_READ


def test_another_table_behind_the_targets_is_none_of_them() -> None:
    firms = ["企业|产值|利润|人数", "甲公司|1|2|3"]
    assert read(*TARGETS, [HEADS, *FIRST], firms) == FIRST_READ
    assert read(*TARGETS, [HEADS, *FIRST], firms, [*SECOND]) == FIRST_READ


def test_where_each_heading_stands() -> None:
    document = typed(PART, "一、集群基本情况简介", "", "二、发展成效：")
    _, reading = place_answers(document, load_form("2025", "application"))
    assert [*reading.labels] == ["plan.overview", "plan.achievements"]
    assert reading.labels["plan.achievements"].row == 4
