"""How a condition names a figure: every name that leads to a row and a column, and what is said of one that leads nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from clusterform.checks.formula import Operand
from clusterform.checks.formula_parser import CellName
from clusterform.checks.row_names import RowNames, wrong_names
from clusterform.fields import Field
from clusterform.forms.model import load_form
from clusterform.validation import MisfitError

OUTPUT, RESEARCH = "leading_industry.total_output", "plan.target_rd"
ROLES = {"reported": (2022, 2023, 2024), "baseline": 2024, "target": 2027}


def names_of(form: str) -> RowNames:
    return RowNames(load_form("2025", form).fields, ROLES)


def cell(name: str, names: RowNames | None = None) -> Operand:
    return (names or names_of("application")).operand(CellName(tuple(name.split(".")), ""), 0)


def refused(name: str, names: RowNames | None = None) -> str:
    with pytest.raises(MisfitError) as caught:
        cell(name, names)
    return caught.value.zh


def copies(path: str, *changes: Mapping[str, Any]) -> RowNames:
    """A form that has this row and others of its label."""
    row = load_form("2025", "application").fields[path]
    rows: list[Field] = [row, *(row.but(**change) for change in changes)]
    return RowNames({item.path: item for item in rows}, ROLES)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        *((f"研发经费投入.{column}", "baseline") for column in ("2024", "基准值", "2024年基准值")),
        *(
            (f"研发经费投入.{column}", "baseline")
            for column in ("2024基准值", "基准年", "baseline", "2024.基准值")
        ),
        *((f"研发经费投入.{column}", "target") for column in ("2027", "目标值", "目标年", "target")),
    ],
)
def test_a_target_s_column_has_many_names(name: str, column: str) -> None:
    assert cell(name) == cell(f"八.{name}") == cell(f"创新.{name}") == Operand(RESEARCH, column)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        *(("首年", "2022"), ("中间年", "2023"), ("末年", "2024"), ("first", "2022"), ("last", "2024")),
        *(
            ("2023", "2023"),
            ("2023年", "2023"),
            ("基准年", "2024"),
            ("上年", "previous"),
            ("previous", "previous"),
        ),
    ],
)
def test_a_year_is_named_by_its_number_or_its_role(name: str, column: str) -> None:
    assert cell(f"集群总产值.{name}") == cell(f"{OUTPUT}.{name}") == Operand(OUTPUT, column)


def test_a_part_s_key_stands_before_a_row_as_its_number_does() -> None:
    assert cell("leading_industry.集群总产值.末年") == cell("二.集群总产值.末年") == Operand(OUTPUT, "2024")


def test_a_year_of_several_columns_names_none() -> None:
    told = refused("近三年集群中小企业主持或参与制修订标准数量情况.末年")
    assert "请在名称后面写明是哪一列" in told
    assert "2024 年 国家 主持数量" in told


def test_a_row_without_columns_has_none_to_name() -> None:
    assert cell("集群占地面积") == Operand("basic_info.area", None)
    assert "这一栏只有一个数，没有“上年”这一列" in refused("集群占地面积.上年")


@pytest.mark.parametrize(
    "name",
    [
        *("一.集群总产值", "三.集群总产值", "二", "创新.集群总产值", "digital.集群总产值", "plan.集群总产值"),
        *("二.研发经费投入.目标值", "数字化.研发经费投入.目标值", "没有.这一栏"),
    ],
)
def test_a_row_is_not_found_in_another_part_or_group(name: str) -> None:
    assert f"没有名为 {name} 的栏目" in refused(name)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("集群总产直", "集群总产值"),
        ("二.集群总产直", "集群总产值"),
        ("二.集群总产直.2024", "集群总产值"),
        ("leading_industry.total_outptu", OUTPUT),
        ("leading_industry.total_outptu.末年", OUTPUT),
        ("leading_industry", "leading_industry."),
    ],
)
def test_the_nearest_name_is_told(name: str, near: str) -> None:
    assert f"最接近的是 {near}" in refused(name)


@pytest.mark.parametrize("column", ["年", "2024年.2023年", "2025", "上年.2023", "末年.末年", "国际"])
def test_a_column_that_is_not_there_is_told(column: str) -> None:
    assert f"“集群总产值”没有“{column}”这一列" in refused(f"集群总产值.{column}")


@pytest.mark.parametrize("name", ["定性描述", "省级中小企业主管部门推荐意见"])
def test_a_text_is_no_figure(name: str) -> None:
    assert f"“{name}”不是数字栏目" in refused(name)


def test_which_of_two_rows_is_meant_is_asked_by_names_that_tell_them_apart() -> None:
    part = {"path": "innovation.total_output", "section": 3}
    assert "请写明是哪一个：二.集群总产值、三.集群总产值" in refused("集群总产值", copies(OUTPUT, part))
    group = {"path": "plan.other_rd", "group": "数字化（另）"}
    told = refused("研发经费投入.目标值", copies(RESEARCH, group))
    assert "请写明是哪一个：创新.研发经费投入、数字化.研发经费投入" in told
    told = refused("研发经费投入.目标值", copies(RESEARCH, {"path": "plan.other_rd"}))
    assert f"请写明是哪一个：{RESEARCH}、plan.other_rd" in told
    ending = {"path": "innovation.output", "label": "分集群总产值（亿元）"}
    assert "请写明是哪一个：集群总产值、分集群总产值" in refused("总产值", copies(OUTPUT, ending))


def test_a_column_may_tell_which_of_two_rows_is_meant() -> None:
    assert cell("研发经费投入.完成值", names_of("review")) == Operand("plan.done_rd", "done")
    assert cell("研发经费投入.2022", names_of("review")) == Operand("plan.done_rd", "baseline")
    assert cell("plan.done_rd.基准年", names_of("review")) == Operand("plan.done_rd", "baseline")
    assert "没有“基准年.目标值”这一列" in refused("plan.done_rd.基准年.目标值", names_of("review"))
    assert "请写明是哪一个：plan.done_rd、plan.target_rd" in refused(
        "研发经费投入.目标值", names_of("review")
    )


@pytest.mark.parametrize(
    ("condition", "places"),
    [
        ("集群总产值 > 1", []),
        ("集群外商直接投资额 > 1", []),
        ("集群总产值 > 集群外商直接投资额", [0]),
        ("集群总产直 > 1", [0]),
        ("集群外商直接投资额 > 集群总产直", [12]),
        ("集群总产直 > 集群总产纸", [0, 8]),
        ("集群总产值.2025 > 集群企业数量.2025", [0, 13] * 2),
        ("集群总产值.2025 > 集群外商直接投资额.2025", [0, 13]),
        ("1 > 2", [0]),
    ],
)
def test_names_are_held_to_the_forms_that_have_all_of_a_condition_s_rows(
    condition: str, places: list[int]
) -> None:
    """集群外商直接投资额 is a row of the application alone; where no form has all, the one that has most is told of."""
    told = wrong_names(condition, (names_of("review"), names_of("application")))
    assert [wrong.offset for wrong in told] == places
    assert wrong_names("集群总产值 > 1", ())[0].offset is None
