"""Answers in the rows of tables: by their labels, by the heads of columns, by years in the rows themselves."""

from __future__ import annotations

import pytest

from support.table_rows import answers, reading
from support.typed import table

YEARS = "年度|2022年|2023年|2024年"
OUTPUT = "集群总产值（亿元）"
ENERGY, CO2 = "近三年集群单位产值能耗（吨标准煤/万元）", "近三年集群单位产值二氧化碳排放量（吨二氧化碳/万元）"
WATER, WASTE, ABOVE_AVERAGE = "工业用水重复利用率（%）", "大宗工业固废综合利用率（%）", "是否高于行业平均水平"
AREA = "集群占地面积（平方公里）"
DONE = "集群已开展的国际合作交流活动"
FIRST, SECOND, THIRD = (
    "☑建立或参与主导产业国际合作机制",
    "☑与境外产业园区形成较为稳定的合作关系",
    "☑引进了国际领先技术、先进管理经验或高端人才团队等",
)
TEXT = "集群国际合作交流总体情况"
STANDARDS = "近三年集群中小企业主持（起草单位排名前三位）或参与制修订标准数量情况"
PATENTS = "集群内中小企业有效发明专利拥有量"
OTHER = "其他平台名称及数量"


def read(part: int, *rows: str) -> dict[str, str]:
    return answers(reading(part, table([*rows])))


def years(key: str, *values: str) -> dict[str, str]:
    return {f"{key}@{2022 + n}": value for n, value in enumerate(values) if value}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([YEARS, f"{OUTPUT}|1|2|3"], years("total_output", "1", "2", "3")),
        ([f"{OUTPUT}|1|2|3"], years("total_output", "1", "2", "3")),  # without heads in their order
        ([YEARS, f"1|{OUTPUT}|1|2|3"], years("total_output", "1", "2", "3")),  # a number before the label
        ([YEARS, f"{OUTPUT}|1|2"], years("total_output", "1", "2")),
        ([YEARS, f"{OUTPUT}|1|<|<"], years("total_output", "1", "1", "1")),  # merged over the years
        ([YEARS, f"{OUTPUT}|1|2|<"], years("total_output", "1", "2", "2")),
        ([f"{OUTPUT}|5"], years("total_output", "5", "5", "5")),
        ([f"{OUTPUT}|5|6"], years("total_output", "5", "6")),
        ([f"{OUTPUT}|1|2|3|4"], years("total_output", "1", "2", "3")),
        ([f"{YEARS}|备注", f"{OUTPUT}|1|2|3|无"], years("total_output", "1", "2", "3")),
        (["年度|单位|2022年|2023年|2024年", f"{OUTPUT}|亿元|1|2|3"], years("total_output", "1", "2", "3")),
        (["年度|2022年|备注|2023年|2024年", f"{OUTPUT}|1|无|2|3"], years("total_output", "1", "2", "3")),
        (["年度|2024年|备注|2023年|2022年", f"{OUTPUT}|1|无|2|3"], years("total_output", "3", "2", "1")),
        (["年度|2024年|2023年|2022年", f"{OUTPUT}|1|2|3"], years("total_output", "3", "2", "1")),
        ([f"{OUTPUT}|1=1|2|3"], years("total_output", "1=1", "2", "3")),  # no formula is asked for
        (["年度|2024年基准值|2027年目标值", f"{OUTPUT}|1|2|3"], years("total_output", "1", "2", "3")),
        (["年度|2024年|2023年", f"{OUTPUT}|1|2"], years("total_output", "", "2", "1")),
        (
            ["年度|单位|2022年|2023年|2024年|备注", f"{OUTPUT}|亿元|1|2|3"],
            years("total_output", "1", "2", "3"),
        ),
        (["年度|2022年|<|2023年|<|2024年|备注", f"{OUTPUT}|1|2|3|4"], years("total_output", "1", "2", "3")),
        (["年度|2022年|2023年|备注", f"{OUTPUT}|1|2|3|4"], years("total_output", "1", "2", "3")),
        ([f"{YEARS}|备注", f"{OUTPUT}|1|<|2|无"], years("total_output", "1", "1", "2")),
        ([YEARS, "近三年集群主导产业产值年均增速（%）|5|<|<"], {"average_growth": "5"}),
        ([YEARS, f"{OUTPUT}|2024年：5|6"], {"total_output@2024": "5"}),  # the year's answer stands beside it
        ([YEARS, f"{OUTPUT}：5|6|7"], {"total_output": "5"}),
        ([f"{OUTPUT}|2022年|2023年|2024年", "^|1|2|3"], years("total_output", "1", "2", "3")),
    ],
)
def test_figures_under_the_heads_of_their_years(rows: list[str], expected: dict[str, str]) -> None:
    assert read(2, *rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{ENERGY}|2022年|1", "^|2023年|2", "^|2024年|3"], years("energy", "1", "2", "3")),
        ([f"{ENERGY}|2022年|1", "|2023年|2", "|2024年|3"], years("energy", "1", "2", "3")),  # not merged
        (["|2022年|1", f"{ENERGY}|2023年|2", "|2024年|3"], years("energy", "1", "2", "3")),  # in the middle
        (["|2022年|1", "|2023年|2", f"{ENERGY}|2024年|3"], years("energy", "1", "2", "3")),
        (["|2022年|1", f"{WATER}|7", f"{ENERGY}|2023年|2"], {"water_reuse": "7", "energy@2023": "2"}),
        (["|2022年|1", f"{WATER}|2024年|7"], {"water_reuse": "2024年+7"}),
        ([f"{ENERGY}|2022年：1", "^|2023年：2", "^|2024年：3"], years("energy", "1", "2", "3")),
        ([f"{ENERGY}|2022年：1|5", "^|2023年：2"], years("energy", "1", "2")),
        ([f"{ENERGY}|2022年|1|2023年|2|2024年|3"], years("energy", "1", "2", "3")),
        (
            [f"{ENERGY}|2022年|1", "|2023年|2", f"{CO2}|2022年|3", "|2023年|4", "|2022年|5"],
            {**years("energy", "1", "2"), **years("co2", "3", "4")},
        ),
        ([f"{ENERGY}|2022年|1|{WATER}|7", "^|2023年|2"], {**years("energy", "1", "2"), "water_reuse": "7"}),
        ([f"{ENERGY}：5|甲", "^|7"], {"energy": "5"}),
        ([f"{WATER}|5", "|2023年|4"], {"water_reuse": "5"}),
        # A formula, where the form asks for one behind the years.
        ([f"{ENERGY}|2022年|1", "^|能耗÷产值|<"], {**years("energy", "1"), "energy_formula": "能耗÷产值"}),
        ([f"{ENERGY}|1|2|3|E=A/B"], {**years("energy", "1", "2", "3"), "energy_formula": "E=A/B"}),
        ([f"{CO2}|1|2|3|E=A/B"], {**years("co2", "1", "2", "3"), "co2_formula": "E=A/B"}),
        (
            [f"{ENERGY}|计算公式：甲|1|2|3"],
            {**years("energy", "1", "2", "3"), "energy_formula": "计算公式：甲"},
        ),
        ([f"{WATER}|a=b"], {"water_reuse": "a=b"}),
        ([f"{ENERGY}|2022年|1", f"{WATER}|5", "|2023年|4"], {**years("energy", "1"), "water_reuse": "5"}),
        # A bare year is a figure where nothing is left for it to be the head of.
        ([f"{ENERGY}|2022|5|2023|6|2024|7"], years("energy", "5", "6", "7")),
        ([f"{ENERGY}|2022|5"], years("energy", "5")),
        ([f"1|{ENERGY}|2022|1", "2|^|2023|2"], years("energy", "1", "2")),
        ([f"{ENERGY}|2022|1", "|2023|5|2024|6"], years("energy", "1", "5", "6")),
        ([f"{ENERGY}|2022"], years("energy", "2022", "2022", "2022")),
        ([f"{ENERGY}|1|2022|3"], years("energy", "1", "2022", "3")),
        ([f"{ENERGY}|2022|2|3"], years("energy", "2022", "2", "3")),
        ([f"1|{ENERGY}|1|2022|3"], years("energy", "1", "2022", "3")),
        ([f"{ENERGY}|1|2022|3|4"], years("energy", "1", "2022", "3")),
        ([f"{ENERGY}|2022年|2023"], {}),
        ([f"{AREA}|2024"], {"area": "2024"}),
        ([f"{AREA}|2024年：3.45"], {"area": "2024年：3.45"}),
    ],
)
def test_figures_beside_years_of_their_own(rows: list[str], expected: dict[str, str]) -> None:
    assert read(5, *rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["集群名称|甲"], {"cluster_name": "甲"}),
        (["集群名称：甲"], {"cluster_name": "甲"}),
        ([f"集群名称：甲|{AREA}|5"], {"cluster_name": "甲", "area": "5"}),
        (["集群名称：甲|乙"], {"cluster_name": "甲"}),
        (["集群名称：|丁"], {"cluster_name": "丁"}),
        (["集群名称：  联系人：乙|丁"], {"department_contact": "乙"}),
        (
            ["集群名称：甲 联系人：乙", "联系人|丙"],
            {"cluster_name": "甲", "department_contact": "乙", "operator_contact": "丙"},
        ),
        (["集群名称|甲|乙"], {"cluster_name": "甲+乙"}),
        (["什么|集群名称|甲", f"^|{AREA}|5"], {"cluster_name": "甲", "area": "5"}),
        (["集群名称：\n联系人：乙|丁"], {"department_contact": "乙"}),
        (["甲|集群名称|乙"], {"cluster_name": "乙"}),
        # An answer below its label, where none stands beside it.
        (["集群名称", "甲", AREA, "5"], {"cluster_name": "甲", "area": "5"}),
        (["集群名称", "甲", "乙"], {"cluster_name": "甲"}),
        (["集群名称", "", "乙"], {"cluster_name": ""}),
        (["集群名称|", "甲"], {"cluster_name": ""}),
        ([f"集群名称|甲|{AREA}", "5"], {"cluster_name": "甲", "area": "5"}),
        ([f"集群名称|{AREA}", "5"], {"area": "5"}),
        ([f"集群名称|甲|{AREA}|", "5"], {"cluster_name": "甲", "area": ""}),
        (["集群名称：甲", "5"], {"cluster_name": "甲"}),
        (["集群名称", f"1|{AREA}|5"], {"area": "5"}),  # the row's number is no answer
        (["集群名称", "什么|乙"], {"cluster_name": "什么+乙"}),
        # Labels that stand twice: by the label before them, else in their order.
        (
            [f"{WATER}|5|{ABOVE_AVERAGE}|是", f"{WASTE}|6|{ABOVE_AVERAGE}|否"],
            {"water_reuse": "5", "water_reuse_above": "是", "solid_waste": "6", "solid_waste_above": "否"},
        ),
        (
            [f"{ABOVE_AVERAGE}|是", f"{ABOVE_AVERAGE}|否"],
            {"solid_waste_above": "是", "water_reuse_above": "否"},
        ),
        (
            [f"{WASTE}|6", f"{WATER}|5", f"{ABOVE_AVERAGE}|是", f"{ABOVE_AVERAGE}|否"],
            {"solid_waste": "6", "water_reuse": "5", "water_reuse_above": "是", "solid_waste_above": "否"},
        ),
        (["联系人|甲", "联系人|乙", "联系人|丙"], {"department_contact": "甲", "operator_contact": "乙"}),
        (["联系人|甲", "联系人|", "联系人|丙"], {"department_contact": "甲", "operator_contact": ""}),
        (["联系人|甲", "联系人|", "^|乙"], {"department_contact": "甲", "operator_contact": "乙"}),
        (
            ["集群运营管理机构|丙|联系人|", "县级行政区划中小企业主管部门|丁|联系人|", "^|<|^|乙"],
            {"operator": "丙", "operator_contact": "", "department": "丁", "department_contact": "乙"},
        ),
        (["联系人|甲", "^|联系电话|1"], {"department_contact": "甲", "department_phone": "1"}),
        # Units and what the form prints beside an answer.
        ([f"{PATENTS}|5|个|（需提供清单及佐证材料）"], {"patents": "5"}),
        ([f"{PATENTS}|5|6|个"], {"patents": "5+6"}),
        ([f"{PATENTS}||个"], {"patents": "+个"}),
        ([f"{PATENTS}|个|"], {"patents": "个"}),
        ([f"{PATENTS}||"], {"patents": ""}),
        ([f"{PATENTS}|个"], {"patents": "个"}),
        ([f"{OTHER}|3个|甲、乙"], {"platforms_other": "3个+甲、乙"}),
        ([f"{OTHER}|数量：|3|个|名称：|甲"], {"platforms_other": "数量：3个+名称：甲"}),
        ([f"{OTHER}|数量|3|名称|甲"], {"platforms_other": "数量：3+名称：甲"}),
        ([f"{OTHER}|数量（个）|3|名称|甲"], {"platforms_other": "数量（个）：3+名称：甲"}),
        ([f"{OTHER}|甲|3"], {"platforms_other": "甲+3"}),
        ([f"{OTHER}||3|个"], {"platforms_other": "3个"}),
        ([f"{OTHER}|个"], {"platforms_other": "个"}),
        ([f"{OTHER}||个"], {"platforms_other": "个"}),
        ([f"{OTHER}|数量：|个|名称：|"], {"platforms_other": "数量：个+名称："}),
        ([f"{OTHER}|数量：", "^|3", "^|名称：甲"], {"platforms_other": "数量：+名称：甲"}),
        ([f"{OTHER}|3个", "|名称：甲"], {"platforms_other": "3个+名称：甲"}),
        ([f"{OTHER}|3个", "|甲"], {"platforms_other": "3个"}),
    ],
)
def test_answers_beside_and_below_their_labels(rows: list[str], expected: dict[str, str]) -> None:
    assert read({"集": 1}.get(rows[0][0], 5), *rows) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{TEXT}|甲", "^|乙", "|丙"], {"exchange_text": "甲+乙++丙"}),
        ([f"{TEXT}|甲", "乙"], {"exchange_text": "甲"}),
        ([f"{TEXT}|甲", "|2024年，我们"], {"exchange_text": "甲++2024年，我们"}),
        (
            [f"{TEXT}|甲", "|集群或集群内企业在境外设立分支机构数量：3"],
            {"exchange_text": "甲", "overseas_branches": "3"},
        ),
        ([f"{TEXT}", "甲", "乙"], {"exchange_text": "甲"}),
        ([f"{TEXT}|甲", f"{TEXT}（续）|乙"], {"exchange_text": "甲+乙"}),
        ([f"{TEXT}|甲", f"{TEXT}|乙"], {"exchange_text": "甲"}),
        ([f"{TEXT}|2024年，我们|乙", "^|丙"], {"exchange_text": "2024年，我们+乙+丙"}),
        ([f"{DONE}|{FIRST}", f"^|{SECOND}", THIRD], {"exchange_work": f"{FIRST}+{SECOND}+{THIRD}"}),
        ([f"{DONE}|{FIRST}", f"{DONE}|{SECOND}"], {"exchange_work": f"{FIRST}+{SECOND}"}),  # on a new page
        ([f"{DONE}|{FIRST}", f"{DONE}|{FIRST}"], {"exchange_work": FIRST}),
        ([f"{DONE}|{FIRST}", f"{DONE}|{SECOND}{FIRST}"], {"exchange_work": FIRST}),
        ([f"{DONE}|{FIRST}", f"{DONE}|无"], {"exchange_work": FIRST}),
        ([f"{DONE}|无", f"{DONE}|{FIRST}"], {"exchange_work": "无"}),
        ([f"{DONE}|{FIRST}", f"{DONE}（续）|{FIRST}"], {"exchange_work": f"{FIRST}+{FIRST}"}),
        ([f"{DONE}|2024年8月起", f"^|{FIRST}"], {"exchange_work": f"2024年8月起+{FIRST}"}),
        ([f"{DONE}|{FIRST}", "^|2024年8月起"], {"exchange_work": f"{FIRST}+2024年8月起"}),
        ([f"{DONE}|☑|{FIRST[1:]}|{SECOND}"], {"exchange_work": f"{FIRST}+{SECOND}"}),
        ([f"{DONE}||{FIRST[1:]}|☑|{SECOND[1:]}"], {"exchange_work": f"{FIRST[1:]}+{SECOND}"}),
        ([f"{DONE}|{FIRST[1:]}|☑|{SECOND[1:]}"], {"exchange_work": f"{FIRST[1:]} ☑+{SECOND[1:]}"}),
        ([f"{DONE}||"], {"exchange_work": ""}),
        (
            [f"{DONE}|{FIRST}", "集群或集群内企业在境外设立分支机构数量|3"],
            {"exchange_work": FIRST, "overseas_branches": "3"},
        ),
        ([f"{DONE}|{FIRST}", "什么|乙"], {"exchange_work": FIRST}),
    ],
)
def test_texts_and_boxes_over_several_rows(rows: list[str], expected: dict[str, str]) -> None:
    assert read(6, *rows) == expected


def standards(*cells: str) -> dict[str, str]:
    """Year, category, measure and figure in one word each."""
    kinds = {"国": "international", "家": "national", "业": "industry", "团": "group"}
    measures = {"主": "led", "参": "joined"}
    return {f"standards@{c[:4]}/{kinds[c[4]]}/{measures[c[5]]}": c[6:] for c in cells}


MEASURES = "|类别|主持数量|参与数量" * 3


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            ["年度|2022年|<|<|2023年|<|<|2024年|<|<", STANDARDS + MEASURES, "^|国际|1|2|国际|3|4|国际|5|6"],
            ["2022国主1", "2022国参2", "2023国主3", "2023国参4", "2024国主5", "2024国参6"],
        ),
        (
            ["年度|2024年|<|<|2023年|<|<|2022年|<|<", STANDARDS + MEASURES, "^|国际|1|2|国际|3|4|国际|5|6"],
            ["2024国主1", "2024国参2", "2023国主3", "2023国参4", "2022国主5", "2022国参6"],
        ),
        (
            [YEARS, STANDARDS + MEASURES, "^|国家|1|2|国家标准|3|4|行业|5|6"],  # the heads are not over them
            ["2022家主1", "2022家参2", "2023家主3", "2023家参4", "2024业主5", "2024业参6"],
        ),
        (
            [f"{STANDARDS}|国际|1|2|国际|3|4|国际|5|6|国际|7|8"],
            ["2022国主1", "2022国参2", "2023国主3", "2023国参4", "2024国主5", "2024国参6"],
        ),
        (
            [f"{STANDARDS}|国际|1|2|3|4|5|6"],
            ["2022国主1", "2022国参2", "2023国主3", "2023国参4", "2024国主5", "2024国参6"],
        ),
        (
            [f"{STANDARDS}|国际|1|2||3|4||5|6"],
            ["2022国主1", "2022国参2", "2023国主3", "2023国参4", "2024国主5", "2024国参6"],
        ),
        (
            [f"{STANDARDS}|国际||2|国际|3|4|国际|5|6|国际|7|8"],
            ["2022国主", "2022国参2", "2023国主3", "2023国参4", "2024国主5", "2024国参6"],
        ),
        (
            [f"{STANDARDS}|国际|1|2", "^|说明|国家|3|4"],
            ["2022国主1", "2022国参2", "2022家主3", "2022家参4"],
        ),
        ([f"{STANDARDS}|国际|1|2||3|4"], ["2022国主1", "2022国参2", "2023国主3", "2023国参4"]),
        ([f"{STANDARDS}|国际|1|2||3"], ["2022国主1", "2022国参2", "2023国主", "2023国参3"]),
        (
            [f"{STANDARDS}|国际|1|2||3|4|9|5|6"],
            ["2022国主1", "2022国参2", "2023国主", "2023国参3", "2024国主4", "2024国参9"],
        ),
        (
            [f"{STANDARDS}|国际|1|2||3|4||5|6|7"],
            ["2022国主1", "2022国参2", "2023国主", "2023国参3", "2024国主4", "2024国参"],
        ),
        ([f"{STANDARDS}|国际|1|2", "^|团体||"], ["2022国主1", "2022国参2", "2022团主", "2022团参"]),
        (
            [f"{STANDARDS}|国际|1|2|国际|3|4", "^|团体|5|6"],
            ["2022国主1", "2022国参2", "2023国主3", "2023国参4", "2022团主5", "2022团参6"],
        ),
        (
            ["年度|2023年|<|<|2024年|<|<|2022年|<|<", f"{STANDARDS}|国际|1|2|3|4"],
            ["2023国主1", "2023国参2", "2024国主3", "2024国参4"],
        ),
        (
            ["年度|2024年|<|<|2023年|<|<|2022年|<|<", f"{STANDARDS}|国际|1|2|3|4"],
            ["2024国主1", "2024国参2"],
        ),
    ],
)
def test_the_table_of_standards(rows: list[str], expected: list[str]) -> None:
    assert {k: v for k, v in read(3, *rows).items() if "/" in k} == standards(*expected)
