"""Rows of the form's tables: which cell is whose answer, whatever the table's cut, its heads and its merged cells."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.answers import State
from clusterform.filling.read import fill_form
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Table
from support.typed import filled, table, texts, typed

ONE, TWO, THREE, FIVE = "一、基本情况", "二、主导产业情况", "三、创新能力情况", "五、绿色化转型情况"
YEARS = "年度|2022 年|2023 年|2024 年"
OUTPUT, RATE = "集群总产值（亿元）", "近三年集群主导产业产值年均增速（%）"
FIRMS, CHAIN = "集群企业数量", "集群产业链强链补链情况"
STANDARDS = "近三年集群中小企业主持（起草单位排名前三位）或参与制修订标准数量情况"
CO2 = "近三年集群单位产值二氧化碳排放量（吨二氧化碳/万元）"
NOTE = "（注：单位产值二氧化碳排放量需提供计算公式）"
ODD = {"extra-row", "extra-column", "label-reworded", "row-doubled"}


def read(part: str, *tables: list[str]) -> dict[str, str]:
    """The answers by row, those of the years in their order behind each other, a blank one as a dot."""
    form = filled(part, *tables)
    found: dict[str, list[str]] = {}
    for (path, _), answer in form.answers.items():
        if answer.state is not State.ABSENT:
            found.setdefault(path.partition(".")[2], []).append(answer.text.replace("\n", "/") or ".")
    return {key: " ".join(texts) for key, texts in found.items() if set(texts) != {"."}}


def odd(part: str, *tables: list[str]) -> list[tuple[str, str | None, str | None]]:
    """What is said of labels, heads and rows: what, of which, what stands there."""
    return [
        (o.what, o.field or o.label, o.value) for o in filled(part, *tables).observations if o.what in ODD
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([YEARS, f"{OUTPUT}|1|2|3"], "1 2 3"),
        (["年度|2024 年|2023 年|2022 年", f"{OUTPUT}|1|2|3"], "3 2 1"),
        ([f"{OUTPUT}|1|2|3"], "1 2 3"),  # without a header in their order
        (["|2022 年|2023 年|2024 年", f"{OUTPUT}|1|2|3"], "1 2 3"),
        ([YEARS, f"{OUTPUT}|1|2"], "1 2 ."),
        ([YEARS, f"{OUTPUT}|1|2|3|4"], "1 2 3"),
        ([YEARS, f"{OUTPUT}|1|<|<"], "1 1 1"),  # one cell for all years
        ([YEARS, f"{OUTPUT}|1|<|2"], "1 1 2"),
        ([YEARS, f"{OUTPUT}||2|"], ". 2 ."),
        (["年度|单位|2022 年|2023 年|2024 年|备注", f"{OUTPUT}|亿元|1|2|3|x"], "1 2 3"),
        (["年度|2022 年|合计|2023 年|2024 年", f"{OUTPUT}|1|9|2|3"], "1 2 3"),
        (["年度|2022 年|合计|2023 年|2024 年", f"{OUTPUT}|1|9|2"], "1 2 ."),
        (["年度|甲|2022 年|2023 年|2024 年|备注", f"{OUTPUT}|话|1|2|3|x"], "1 2 3"),
        (["年度|甲|2022 年|2023 年|2024 年|备注", f"{OUTPUT}|话|1|2|3"], "1 2 3"),
        ([YEARS, f"{OUTPUT}|5|2024年"], "5 . ."),
        ([f"{OUTPUT}|1"], "1 1 1"),
        ([f"{OUTPUT}|1|2"], "1 2 ."),
        ([f"{OUTPUT}|1|2|3|4"], "1 2 3"),
        (["年度|2022 年|<|2023 年|<|2024 年|<", f"{OUTPUT}|1|<|2|<|3|<"], "1 2 3"),
        (["年度|2022 年|<|2023 年|<|2024 年|<", f"{OUTPUT}|1||2||3|"], "1 2 3"),
        # The years in the row itself.
        ([f"{OUTPUT}|2022年|1|2023年|2|2024年|3"], "1 2 3"),
        ([f"{OUTPUT}|2024年|1|2022年|3"], "3 . 1"),
        ([f"{OUTPUT}|2022年：1|2023年：2|2024年：3"], "1 2 3"),
        ([f"{OUTPUT}|2022年|1", "^|2023年|2", "^|2024年|3"], "1 2 3"),
        ([f"{OUTPUT}|2022年|1", "|2023年|2", "|2024年|3"], "1 2 3"),  # the label's cell is not merged
        (["|2022年|1", f"{OUTPUT}|2023年|2", "|2024年|3"], "1 2 3"),  # it stands in the middle
        ([f"{OUTPUT}|2022年|1", "|2022年|2"], "1 . ."),  # that year has its answer
        ([f"{OUTPUT}|2022年|1", "^|2023年|2", f"{FIRMS}|4|5|6", "|2024年|7"], "1 2 ."),
    ],
)
def test_a_row_of_years(rows: list[str], expected: str) -> None:
    assert read(TWO, rows)["total_output"] == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("|2024|2025|2026", "2024 2025 2026"),  # so many firms
        ("|2022|5|2023|6|2024|7", "5 6 7"),
        ("|2022年：5|2023年：6", "5 6 ."),
        ("|5|2024|7", "5 2024 7"),
        ("|5|2024|7|9", "5 2024 7"),
        ("|2022|2024|2023|6|2024|7", "2024 6 7"),
    ],
)
def test_a_figure_that_looks_like_a_year(row: str, expected: str) -> None:
    assert read(TWO, [f"{FIRMS}{row}"])["enterprises"] == expected
    assert read(TWO, [f"3|{FIRMS}{row}"])["enterprises"] == expected  # the row has a number


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{RATE}|14"], "14"),
        ([f"{RATE}：14"], "14"),
        ([f"{RATE}14"], "14"),
        ([f"{RATE}|2024年：14"], "2024年：14"),  # one figure is asked: its year is part of it
        ([f"{RATE}|14|15"], "14/15"),
        ([f"{RATE}||14|"], "14"),
        ([f"{RATE}", "14"], "14"),  # in the row below
        ([f"{RATE}|", "14"], None),
        ([f"{RATE}|14", f"{RATE}|15"], "14"),
        ([f"{RATE}|", f"{RATE}|15"], "15"),
        ([f"序|{RATE}|14"], "14"),
        ([YEARS, f"{RATE}|14|<|<"], "14"),
    ],
)
def test_a_row_of_one_figure(rows: list[str], expected: str | None) -> None:
    assert read(TWO, rows).get("average_growth") == expected


def test_labels_that_stand_twice_belong_to_the_row_before_them() -> None:
    rows = [
        "集群名称|甲",
        "县级行政区划中小企业主管部门|乙",
        "联系人|丙|联系方式|1",
        "集群运营管理机构|丁",
        "联系人|戊",
    ]
    assert read(ONE, rows) == {
        "cluster_name": "甲",
        "department": "乙",
        "department_contact": "丙",
        "department_phone": "1",
        "operator": "丁",
        "operator_contact": "戊",
    }
    assert read(ONE, ["集群运营管理机构|丁", "联系人|戊|联系方式|2"]) == {
        "operator": "丁",
        "operator_contact": "戊",
        "operator_phone": "2",
    }
    assert odd(ONE, [*rows, "联系人|己"]) == []
    assert odd(TWO, [f"{RATE}|14", f"{RATE}|15"]) == [
        ("row-doubled", "leading_industry.average_growth", "15")
    ]


ABOVE = "是否高于行业平均水平"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"大宗工业固废综合利用率（%）|92|{ABOVE}|☑是"], {"solid_waste": "92", "solid_waste_above": "☑是"}),
        ([f"工业用水重复利用率（%）|93|{ABOVE}|☑是"], {"water_reuse": "93", "water_reuse_above": "☑是"}),
        ([f"{ABOVE}|☑是", f"{ABOVE}|☑否"], {"solid_waste_above": "☑是", "water_reuse_above": "☑否"}),
    ],
)
def test_a_label_of_two_rows(rows: list[str], expected: dict[str, str]) -> None:
    assert read(FIVE, rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{CHAIN}（200 字以内）|甲"], "甲"),
        ([f"{CHAIN}（200 字以内）|甲", f"{CHAIN}（续）|乙"], "甲/乙"),
        ([f"{CHAIN}|甲", f"{CHAIN}|乙"], "甲"),
        ([f"{CHAIN}|甲", "^|乙"], "甲/乙"),
        ([f"{CHAIN}|甲", "|乙"], "甲//乙"),
        ([f"{CHAIN}|甲", "|乙|丙"], "甲"),
        ([CHAIN, "甲"], "甲"),
        ([f"{CHAIN}：甲"], "甲"),
    ],
)
def test_a_text_that_goes_on(rows: list[str], expected: str) -> None:
    assert read(TWO, rows)["chain_text"] == expected


TYPES = "主导产业所属产业类型"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{TYPES}|□第一产业|☑第二产业|□第三产业"], "□第一产业/☑第二产业/□第三产业"),
        ([f"{TYPES}|□第一产业", "|☑第二产业 □第三产业"], "□第一产业/☑第二产业 □第三产业"),
        ([f"{TYPES}|□第一产业", f"{TYPES}|☑第二产业"], "□第一产业/☑第二产业"),  # other options: a new page
        ([f"{TYPES}|□第一产业", f"{TYPES}|☑第一产业"], "□第一产业"),
        ([f"{TYPES}|", f"{TYPES}|☑第一产业"], "☑第一产业"),
        ([f"{TYPES}|□第一产业", f"{TYPES}（续）|☑第一产业"], "□第一产业/☑第一产业"),
        ([f"{TYPES}|□第一产业|2023年8月"], "□第一产业/2023年8月"),  # a remark that begins with a year
        ([f"{TYPES}|√|第一产业|□|第二产业"], "√第一产业/□第二产业"),
    ],
)
def test_a_group_of_boxes(rows: list[str], expected: str) -> None:
    assert read(ONE, rows)["industry_type"] == expected


PLATFORMS = "其他平台名称及数量"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{PLATFORMS}|数量：2 个 名称：乙"], "数量：2 个 名称：乙"),
        ([f"{PLATFORMS}|数量：|2|个|名称：|乙"], "数量：2个/名称：乙"),
        ([f"{PLATFORMS}|数量|2|名称|乙"], "数量：2/名称：乙"),
        ([f"{PLATFORMS}|数量：2 个", "|名称：乙"], "数量：2 个/名称：乙"),
        ([f"{PLATFORMS}|数量：2 个 名称：甲", "|名称：乙"], "数量：2 个 名称：甲"),
        ([f"{PLATFORMS}||2|乙"], "2/乙"),
        ([f"{PLATFORMS}|2|个"], "2个"),
        ([f"{PLATFORMS}|甲|2"], "甲/2"),
        ([f"{PLATFORMS}|个"], "个"),
        ([f"{PLATFORMS}||个"], "个"),
        ([f"{PLATFORMS}|数量：2 个", "|再说"], "数量：2 个"),
    ],
)
def test_a_count_and_its_names_in_several_cells(rows: list[str], expected: str) -> None:
    assert read(THREE, ["创新平台建设情况|<", *rows])["platforms_other"] == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("5", "5"),
        ("个|5", "5"),
        ("5|个", "5"),
        ("个", None),
        ("|个", None),
        ("5|（需提供清单及佐证材料）", "5"),
        ("5|6", "5/6"),
    ],
)
def test_what_the_form_prints_beside_an_answer_is_none(cells: str, expected: str | None) -> None:
    assert read(THREE, [f"集群内中小企业有效发明专利拥有量|{cells}"]).get("patents") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"^|{NOTE}排放量/产值"], "排放量/产值"),
        (["^|排放量÷产值"], "排放量÷产值"),
        (["^|计算公式：排放量比产值"], "计算公式：排放量比产值"),
        (["^|排放量比产值"], None),
        ([f"{NOTE}|排放量比产值"], "排放量比产值"),
    ],
)
def test_a_formula_behind_a_row_of_years(rows: list[str], expected: str | None) -> None:
    years = [f"{CO2}|2022 年|0.8", "^|2023 年|0.7", "^|2024 年|0.6"]
    found = read(FIVE, [*years, *rows])
    assert found["co2"] == "0.8 0.7 0.6"
    assert found.get("co2_formula") == expected


@pytest.mark.parametrize(
    ("heads", "row", "expected"),
    [
        (
            "类别|主持数量|参与数量|类别|主持数量|参与数量|类别|主持数量|参与数量",
            "国际|1|2|国际|3|4|国际|5|6",
            "1 2 3 4 5 6",
        ),
        ("类别|主持数量|参与数量", "国际|1|2|3|4|5|6", "1 2 3 4 5 6"),
        ("类别|主持数量|参与数量", "国际|1|2||3|4||5|6", "1 2 3 4 5 6"),  # blank where 国际 would stand again
        ("类别|主持数量|参与数量", "国际|1|2|3|4", "1 2 3 4 . ."),
        ("类别|主持数量|参与数量", "国际|1|2|3|4|5|6|7|8", "1 2 3 4 5 6"),
        ("类别|主持数量|参与数量", "国际|1|2|3|4|5|6|7|8|9|10", "1 2 3 4 5 6"),
        ("类别|主持数量|参与数量", "国际|1|2|x|3|4", "1 2 x 3 4 ."),
        ("类别|主持数量|参与数量", "国际|1|2||4", "1 2 . 4 . ."),
        ("类别|主持数量|参与数量", "国际|1|2", "1 2 . . . ."),
        ("类别|主持数量|参与数量", "国际|1|2|国际|3|4|国际|5|6|国际|7|8", "1 2 3 4 5 6"),
    ],
)
def test_the_table_of_standards(heads: str, row: str, expected: str) -> None:
    found = texts(filled(THREE, [f"{STANDARDS}|{heads}", f"^|{row}"]))
    places = [
        f"innovation.standards@{y}/international/{m}" for y in (2022, 2023, 2024) for m in ("led", "joined")
    ]
    assert " ".join(found.get(place, ".") for place in places) == expected


def test_the_table_of_standards_under_heads_of_years() -> None:
    years = "年度|2022 年|<|<|2023 年|<|<|2024 年|<|<"
    for row, expected in (("国际|1|2|国际|3|4|国际|5|6", "123456"), ("国际|1|2||||国际|5|6", "1256")):
        found = texts(filled(THREE, [years, f"{STANDARDS}|{row}"]))
        assert "".join(found.values()) == expected
    assert "innovation.standards@2024/international/led" in found


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([YEARS, "另一行|1|2|3"], [("extra-row", "另一行", "另一行")]),
        ([YEARS, f"{'话' * 120}|1"], [("extra-row", "话" * 120, "话" * 120)]),
        ([YEARS, f"{'话' * 121}|1"], []),
        ([YEARS, "另一行"], []),  # nothing beside it: a title
        ([YEARS, "12|1|2|3"], []),  # figures are no label
        ([YEARS, "（年度当前值）|1"], []),  # the form prints it
        (["年度|2022 年|2023 年|2024 年|合计"], [("extra-column", "合计", "合计")]),
        (["年度|2022 年|2023 年|合计"], [("label-reworded", "2024 年", "合计")]),
        (["年度|2022 年|2023 年|2024 年|"], []),
        (["年度|单位|2022 年|2023 年|2024 年"], []),  # before the first head
        (["年度|2021 年|2022 年|2023 年|2024 年"], []),
        ([f"年度|2022 年|2023 年|{'话' * 24}"], [("label-reworded", "2024 年", "话" * 24)]),
        ([f"年度|2022 年|2023 年|{'话' * 25}"], []),  # so long a text is no head
        (["年度|2022 年|2023 年|12"], []),
        (["2022 年|2023 年|合计"], [("label-reworded", "2024 年", "合计")]),
        (["年度|2022 年|合计"], [("label-reworded", "2023 年", "合计")]),
        (["2022 年|合计"], []),  # one head alone is none
    ],
)
def test_rows_and_heads_that_are_not_the_form_s(rows: list[str], said: list[Any]) -> None:
    assert odd(TWO, rows) == said


@pytest.mark.parametrize(
    ("rows", "places"),
    [
        ([f"{YEARS}|合计", f"{RATE}"], {"average_growth": State.BLANK}),
        (["年度|2022 年|2023 年|合计", f"{RATE}"], {"average_growth": State.BLANK}),
        (["年度|2022 年|2023 年|合计", f"{OUTPUT}|1|2"], {"total_output@2024": State.BLANK}),
        (["年度|2022 年|2023 年", f"{OUTPUT}|1|2"], {"total_output@2024": State.ABSENT}),
        (
            [f"{OUTPUT}|2022 年|2023 年|2024 年"],
            {"total_output@2022": State.BLANK},
        ),  # a label among the heads
        ([YEARS], {"total_output@2022": State.ABSENT}),
    ],
)
def test_what_is_blank_and_what_is_not_there(rows: list[str], places: dict[str, State]) -> None:
    form = filled(TWO, rows)
    for place, state in places.items():
        path, _, column = place.partition("@")
        assert form.answer(f"leading_industry.{path}", column or None).state is state


def test_rows_in_a_table_within_a_cell() -> None:
    document = typed(THREE, ["创新平台建设情况|话"])
    outer = document.blocks[1]
    assert isinstance(outer, Table)
    (row,) = outer.rows
    held = row[1]._replace(tables=(table([f"{PLATFORMS}|3"], 9),))
    blocks = (document.blocks[0], outer._replace(rows=((row[0], held),)))
    form = fill_form(document._replace(blocks=blocks), load_form("2025", "application"))
    assert form.answer("innovation.platforms_other").text == "3"


def test_a_label_that_reaches_down() -> None:
    rows = ["工业用水重复利用率（%）|93", f"{ABOVE}|□是", "^|☑否"]
    assert read(FIVE, rows) == {"water_reuse": "93", "water_reuse_above": "□是/☑否"}
    assert read(ONE, ["另|集群名称|甲", "^|集群占地面积（平方公里）|3"]) == {
        "cluster_name": "甲",
        "area": "3",
    }


def test_a_head_that_is_missing_is_said_once() -> None:
    form = filled(TWO, ["年度|2022 年|2023 年", f"{OUTPUT}|1|2"])
    assert [(o.column, o.section) for o in form.observations if o.what == "label-missing" and o.column] == [
        ("2024", 2)
    ]
    assert form.answer("leading_industry.total_output", "2024").state is State.ABSENT


@pytest.mark.parametrize(
    ("row", "path", "cell"),
    [
        ("集群内中小企业有效发明专利拥有量|个|5", "patents", 3),
        ("集群内中小企业有效发明专利拥有量||5|个", "patents", 3),
        ("集群内中小企业有效发明专利拥有量||个", "patents", 2),  # blank: the first cell
        ("集群内中小企业有效发明专利拥有量||", "patents", 2),
        (f"{PLATFORMS}|数量：|2|个|名称：|乙", "platforms_other", 3),  # the figure's
        (f"{PLATFORMS}|2|个", "platforms_other", 2),
        (f"{PLATFORMS}：2个", "platforms_other", 1),
    ],
)
def test_where_an_answer_in_several_cells_stands(row: str, path: str, cell: int) -> None:
    assert filled(THREE, [row]).answer(f"innovation.{path}").place.cell == cell


def test_where_a_blank_group_stands() -> None:
    assert filled(ONE, [f"{TYPES}||"]).answer("basic_info.industry_type").place.cell == 2
