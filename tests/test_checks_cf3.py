"""CF301 to CF312, what cases and examples do not ask: near misses, what is said once and where, operators by name."""

from __future__ import annotations

from typing import Any

import pytest

from support.hand_made import evidence, make_form, outcome, said

LEADING = "leading_industry."
PILOTS = "digital.pilot_work"


@pytest.mark.parametrize(
    "changes",
    [
        {LEADING + "champions@2024": "481"},
        {LEADING + "listed": "无 无 无", LEADING + "tutoring": "无 无 无"},
        {"digital.pilots_national": "0", PILOTS: ["provincial", "innovation"]},
        {"digital.pilots_national": "无", "digital.pilots_provincial": "0", PILOTS: ["innovation"]},
        {"green.solid_waste_above": ["no"]},
        {"green.solid_waste": "0.00", "green.solid_waste_above": ["not_applicable"]},
    ],
    ids=str,
)
def test_lets_pass(changes: dict[str, Any]) -> None:
    assert said(changes) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [("20", "CF206"), ("200", "CF206"), ("180", "CF206"), ("4360", "CF301")],
)
def test_a_wrong_number_of_smes_is_said_once_and_there(number: str, code: str) -> None:
    """The gravest of what it breaks gives the code: its own failure first, then the first of the shares."""
    assert said({LEADING + "smes@2023": number}) == [(code, "smes", "2023", "436")]


def test_a_wrong_number_of_firms_is_said_once() -> None:
    assert said({LEADING + "enterprises@2023": "45"}) == [("CF301", "enterprises", "2023", "450")]


def test_a_wrong_number_of_employees_is_said_once() -> None:
    assert said({"innovation.employees@2024": "2310"}) == [("CF208", "employees", "2024", "23100")]


def test_listed_alone_above_the_smes_is_not_said_twice() -> None:
    assert said({LEADING + "listed@2024": "461"}) == [("CF302", "listed", "2024", None)]


BUILDERS = [
    "东海建工集团有限公司",
    "某某建筑工程有限公司",
    "中国建筑第三工程局有限公司",
    "东海县基础设施投资有限责任公司",
    "东海县城投集团",
    "江苏某某 路桥 股份有限公司",
]
OTHERS = [
    "东海高新区建设服务中心",
    "东海县工业园区建设发展有限公司",
    "东海科技园运营管理有限公司",
    "潮州市建筑陶瓷产业发展有限公司",
    "某某建筑五金协会",
    "东海县中小企业服务中心",
    "中国建设银行股份有限公司东海支行",
]


def test_the_notice_admits_no_builder_as_operator() -> None:
    for name in (*BUILDERS, *OTHERS):
        found = [("CF309", "operator", None, None)] if name in BUILDERS else []
        assert (name, said({"basic_info.operator": name})) == (name, found)


def test_the_operator_of_the_cover_counts_only_where_part_one_has_none() -> None:
    builder = "东海县城市建设投资有限公司"
    assert said({"cover.operator": builder}) == []
    assert said({"cover.operator": builder, "basic_info.operator": ""}) == [("CF309", "operator", None, None)]
    both = {"cover.operator": builder, "basic_info.operator": builder}
    assert len(said(both)) == 1


def test_a_changed_operator_needs_an_explanation() -> None:
    changed = {"basic_info.operator_changed": ["yes"]}
    assert said(changed, "review") == [("CF310", "operator_changed", None, None)]
    assert said(changed, "review", evidence=evidence("营业执照")) == [
        ("CF310", "operator_changed", None, None)
    ]


def test_an_explanation_among_the_evidence_will_do() -> None:
    listed = evidence("运营管理机构变化情况说明")
    assert said({"basic_info.operator_changed": ["yes"]}, "review", evidence=listed) == []


def test_messages_are_complete_in_both_languages() -> None:
    changes = {
        LEADING + "srdi@2024": "660",
        "digital.pilots_national": "0",
        "green.water_reuse_above": ["yes"],
    }
    for language in ("zh", "en"):
        for finding in outcome(make_form(changes), language).findings:
            assert "{" not in finding.message
            assert str(finding.label) in finding.message


def test_the_pilot_rows_name_their_label() -> None:
    (finding,) = outcome(make_form({"digital.pilots_national": "0"})).findings
    assert finding.label == "国家级试点示范项目名称及数量"
