"""Labels that do not stand as they are printed: other years, other words, no unit, an answer run on, a part's heading gone."""

from __future__ import annotations

from typing import Any

import pytest

from support.typed import filled, texts

ONE, TWO, THREE, SEVEN = "一、基本情况", "二、主导产业情况", "三、创新能力情况", "七、治理和服务水平"
PLAN, DECLARED = "八、未来三年中小企业特色产业集群发展规划", "九、真实性声明及推荐意见"
YEARS = "年度|2022 年|2023 年|2024 年"
OUTPUT, FIRMS, FDI = "集群总产值（亿元）", "集群企业数量", "集群外商直接投资额（万元）"
AREA, NAME = "集群占地面积（平方公里）", "集群名称"
SAID = {"extra-row", "label-reworded", "label-missing", "heads-of-other-years", "row-doubled"}


def read(*blocks: str | list[str]) -> dict[str, str]:
    """The answers, those of the years behind each other."""
    found: dict[str, list[str]] = {}
    for place, text in texts(filled(*blocks)).items():
        found.setdefault(place.partition("@")[0].partition(".")[2], []).append(text.replace("\n", "/"))
    return {key: " ".join(answers) for key, answers in found.items()}


def said(*blocks: str | list[str]) -> list[tuple[Any, ...]]:
    """What is told of a label, with the text that stands there and its place: table, row, cell."""
    seen = (o for o in filled(*blocks).observations if o.what in SAID and o.location.row)
    return [
        (
            o.what,
            o.field and o.field.partition(".")[2],
            o.value,
            (o.location.table, o.location.row, o.location.cell),
        )
        for o in seen
    ]


@pytest.mark.parametrize(
    ("heads", "written"),
    [
        ("年度|2020 年|2021 年|2022 年", "2020 年、2021 年、2022 年"),
        ("年度|2023 年|2024 年|2025 年", "2023 年、2024 年、2025 年"),
        ("年度|2020年度|2021|2022 年", "2020年度、2021、2022 年"),
        ("年度|2020 年|2021 年|2022 年|合计", "2020 年、2021 年、2022 年"),
        ("年度|2022 年|2023 年|2025 年", "2022 年、2023 年、2025 年"),
    ],
)
def test_heads_with_the_years_of_another_edition(heads: str, written: str) -> None:
    assert said(TWO, [heads]) == [("heads-of-other-years", None, written, (2, 1, 2))]
    assert read(TWO, [heads, f"{OUTPUT}|1|2|3"]) == {"total_output": "1 2 3"}


def test_they_are_told_once_for_all_tables() -> None:
    heads = "年度|2020 年|2021 年|2022 年"
    form = filled(TWO, [heads], THREE, [heads])
    (told,) = [o for o in form.observations if o.what == "heads-of-other-years"]
    assert (told.section, told.facts["count"], told.location.table) == (2, "2", 2)
    assert (told.label, told.expected) == ("2022 年、2023 年、2024 年",) * 2


def test_each_set_of_other_years_is_told_where_it_first_stands() -> None:
    first, second = "年度|2020 年|2021 年|2022 年", "年度|2021 年|2022 年|2023 年"
    form = filled(TWO, [first], [second], THREE, [first], [second])
    told = [o for o in form.observations if o.what == "heads-of-other-years"]
    assert [(o.section, o.location.table, o.facts["count"]) for o in told] == [(2, 2, "2"), (2, 3, "2")]


@pytest.mark.parametrize(
    "row",
    [
        "年度|2024 年|2023 年|2022 年",  # the years are the form's own
        "年度|2020 年|2021 年",  # not as many
        "年度|2020 年末值|2021 年|2022 年",  # another wording
        f"{FIRMS}|2020|2021|2027",  # figures behind a label
        f"年度|2020 年|2021 年|2022 年的{'话' * 17}",  # 25 letters
    ],
)
def test_no_heads_of_another_edition(row: str) -> None:
    assert "heads-of-other-years" not in {what for what, *_ in said(TWO, [row])}


def test_heads_of_another_edition_over_targets() -> None:
    rows = ["方向|指标|2022 年基准值|2025 年目标值", "创新|研发经费投入|1|2"]
    assert said(PLAN, "1. 三年总体目标", rows) == [
        ("heads-of-other-years", None, "2022 年基准值、2025 年目标值", (3, 1, 3))
    ]
    assert read(PLAN, "1. 三年总体目标", rows) == {"target_rd": "1 2"}


@pytest.mark.parametrize(
    ("rows", "field", "value"),
    [
        (["集群的总产值（亿元）|1|2|3"], "total_output", "1 2 3"),
        ([f"{OUTPUT}|1|2|3", "集群总产值占全县工业总产值比例（%）|4|5|6"], "county_share", "4 5 6"),
        (["集群企业的数量|1|2|3"], "enterprises", "1 2 3"),
    ],
)
def test_a_label_under_other_words(rows: list[str], field: str, value: str) -> None:
    word = rows[-1].partition("|")[0]
    assert said(TWO, rows) == [("label-reworded", field, word, (2, len(rows), 1))]
    assert read(TWO, rows)[field] == value


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (["完全另外的一行|1|2|3"], [("extra-row", None, "完全另外的一行", (2, 1, 1))]),
        (["集群的总产值（亿元）"], []),  # alone in its row: a title
        (
            ["集群的总产值（亿元）|1|2|3", f"{OUTPUT}|4|5|6"],
            [("extra-row", None, "集群的总产值（亿元）", (2, 1, 1))],
        ),
        (["甲|1|2|3"], [("extra-row", None, "甲", (2, 1, 1))]),
    ],
)
def test_no_label_under_other_words(rows: list[str], told: list[tuple[Any, ...]]) -> None:
    assert said(TWO, rows) == told


def test_what_stands_just_where_a_label_should_may_differ_more() -> None:
    rows = [f"{NAME}|甲", "主管部门|乙", "联系人|丙"]
    assert read(ONE, rows) == {"cluster_name": "甲", "department": "乙", "department_contact": "丙"}
    assert said(ONE, rows) == [("label-reworded", "department", "主管部门", (2, 2, 1))]
    assert said(ONE, ["主管部门|乙", f"{NAME}|甲"]) == [("extra-row", None, "主管部门", (2, 1, 1))]


@pytest.mark.parametrize(
    ("part", "rows", "expected", "told"),
    [
        (
            TWO,
            ["年度|单位|2022 年|2023 年|2024 年", "集群总产值|亿元|1|2|3"],
            {"total_output": "1 2 3"},
            None,
        ),
        (
            TWO,
            ["年度|2022 年|2023 年|2024 年|单位", "集群总产值|1|2|3|亿元"],
            {"total_output": "1 2 3"},
            None,
        ),
        (TWO, ["集群总产值|万元|1|2|3"], {"total_output": "1 2 3"}, "集群总产值（万元）"),
        (TWO, [f"{OUTPUT}|万元|1|2|3"], {"total_output": "1 2 3"}, "集群总产值（万元）"),
        (TWO, ["集群总产值|1|2|3"], {"total_output": "1 2 3"}, "集群总产值"),
        (TWO, [f"{FIRMS}|家|1|2|3"], {"enterprises": "1 2 3"}, None),
        (TWO, [f"{FIRMS}|亿元|1|2|3"], {"enterprises": "1 2 3"}, "集群企业数量（亿元）"),
        (
            TWO,
            [f"{FIRMS}|4|5|6", "集群总产值|亿元|1|2|3"],
            {"enterprises": "4 5 6", "total_output": "1 2 3"},
            None,
        ),
        (ONE, ["集群占地面积|平方公里|12"], {"area": "12"}, None),
        (ONE, ["集群占地面积|12|平方公里"], {"area": "12"}, None),
        (ONE, ["集群占地面积|km²|12"], {"area": "12"}, None),  # its other name
        (ONE, ["集群占地面积|公顷|12"], {"area": "12"}, "集群占地面积（公顷）"),
        (ONE, [f"{AREA}|公顷|12"], {"area": "公顷/12"}, None),  # the figure is read with it
        (ONE, [f"{AREA}|平方公里|12"], {"area": "12"}, None),
        (
            ONE,
            ["集群占地面积|平方公里"],
            {"area": "平方公里"},
            "集群占地面积",
        ),  # nothing else: it is the answer
        (ONE, [f"{NAME}|家|甲"], {"cluster_name": "家/甲"}, None),  # no figure is asked
        (ONE, ["集群占地面积|平方公里的|12"], {"area": "平方公里的/12"}, "集群占地面积"),
    ],
)
def test_units_in_cells_of_their_own(
    part: str, rows: list[str], expected: dict[str, str], told: str | None
) -> None:
    assert read(part, rows) == expected
    assert [value for what, _, value, _ in said(part, rows) if what == "label-reworded"] == (
        [told] if told else []
    )


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        ([f"{NAME}甲集群"], {"cluster_name": "甲集群"}, None),
        ([f"{NAME}甲集群|"], {"cluster_name": "甲集群"}, None),
        ([f"{NAME}甲集群|{AREA}|3"], {"cluster_name": "甲集群", "area": "3"}, None),
        ([f"{NAME}甲集群", f"{NAME}|乙"], {"cluster_name": "乙"}, None),  # the label stands by itself
        ([f"{NAME}甲集群|乙"], {"cluster_name": "乙"}, f"{NAME}甲集群"),  # an answer follows: reworded
        ([f"{NAME}{'话' * 60}"], {"cluster_name": "话" * 60}, None),
        ([f"{NAME}{'话' * 61}"], {}, None),
        ([f"{NAME}甲\n乙"], {}, None),
        (["集群占地面积12.5"], {"area": "12.5"}, "集群占地面积"),
        (["集群占地面积 12.5"], {"area": "12.5"}, "集群占地面积"),
        (["集群占地面积约十二"], {}, None),
        (["联系人姓名"], {}, None),  # it goes on with the label's own words
        (["集群运营管理机构名称|甲"], {"operator": "甲"}, "集群运营管理机构名称"),
    ],
)
def test_a_label_and_its_answer_run_together(
    rows: list[str], expected: dict[str, str], told: str | None
) -> None:
    assert read(ONE, rows) == expected
    assert [value for what, _, value, _ in said(ONE, rows) if what == "label-reworded"] == (
        [told] if told else []
    )


GROWTH = "集群主导产业产值|1|2|3"


@pytest.mark.parametrize(
    ("rows", "joined"),
    [
        ([GROWTH, "增速（%）|||"], True),
        ([GROWTH, "增速（%）"], True),
        ([GROWTH, "增速（%）|x||"], False),
        ([GROWTH, "甲|||"], False),
        ([GROWTH, "|增速（%）||"], False),
        ([GROWTH, "|||", "增速（%）|||"], False),
    ],
)
def test_the_rest_of_a_label_in_the_row_below(rows: list[str], joined: bool) -> None:
    told = said(TWO, rows)
    assert (told == []) is joined
    assert read(TWO, rows) == {"output_growth": "1 2 3"}


def test_a_whole_label_is_not_joined_with_the_row_below() -> None:
    assert read(TWO, [f"{OUTPUT}|1|2|3", f"{FIRMS}|||"]) == {"total_output": "1 2 3"}
    assert said(TWO, [f"{OUTPUT}|1|2|3", f"{FIRMS}|||"]) == []


@pytest.mark.parametrize(
    ("rows", "moved"),
    [
        ([f"{OUTPUT}|1|2|3", f"{FIRMS}|4|5|6", f"{FDI}|7|8|9"], True),
        ([YEARS, f"{OUTPUT}|1|2|3", f"{FIRMS}|4|5|6", f"{FDI}|7|8|9"], True),
        ([f"{OUTPUT}|1|2|3", f"{FIRMS}|4|5|6", "|||"], False),  # two labels do not tell a part
    ],
)
def test_a_part_whose_heading_is_gone(rows: list[str], moved: bool) -> None:
    missing = {o.column for o in filled(ONE, [f"{NAME}|甲"], rows).observations if o.what == "extra-row"}
    assert missing == set()
    found = read(ONE, [f"{NAME}|甲", *rows, f"{AREA}|3"])
    assert found["cluster_name"] == "甲"
    assert found["area"] == "3"
    assert found["total_output"] == "1 2 3"
    extra = [*rows, "另一行|1|2|3"]
    (told,) = [o.section for o in filled(ONE, [f"{NAME}|甲", *extra]).observations if o.what == "extra-row"]
    assert told == (2 if moved else 1)


def test_running_text_whose_heading_is_gone() -> None:
    assert read(SEVEN, "甲", "一、集群基本情况简介", "乙", "二、发展成效", "丙") == {
        "overview": "乙",
        "achievements": "丙",
    }
    assert read(SEVEN, ["一、集群基本情况简介|乙"], DECLARED) == {"overview": "乙"}
    seal = "县级行政区划中小企业主管部门（公章）"
    assert read(PLAN, "二、发展成效", "乙", f"{seal}：丙") == {"achievements": "乙", "county_seal": "丙"}
    assert read(PLAN, "二、发展成效", "乙", DECLARED, f"{seal}：丙") == {
        "achievements": "乙",
        "county_seal": "丙",
    }
