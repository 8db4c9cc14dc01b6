"""CF4: the evidence list inside the form."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.finding import EVIDENCE_LIST, Location, Severity
from support.rule_run import filled, run

BRAND = "leading_industry.brand_work"
MAP = "绘制产业链图谱，开展产业链培育"


BELONGING = [
    ("开展了质量诊断服务", "诊断报告"),
    ("开展了质量诊断服务 。", ""),
    ("（2.3-②）开展了质量诊断服务", ""),
    ("２.３－②", "诊断报告"),
    ("2.3-2", "诊断报告"),
    ("2.3", "质量品牌材料"),
    ("质量诊断", "x"),
    ("质量诊断服务证明材料", "x"),
    ("开展了质量诊断服务、开展了先进质量管理模式推广", ""),
    ("集群已开展的质量品牌建设工作", ""),
    ("二、主导产业情况", "开展了质量诊断服务证明"),
    ("2", "开展了质量诊断服务证明"),
    ("", "质量诊断服务"),
]


def test_a_line_that_belongs_to_the_box() -> None:
    forms = {line: filled("application", {BRAND: ("diagnosis",)}, [line]) for line in BELONGING}
    assert [line for line, form in forms.items() if not run(form, "CF401", "CF403").silent()] == []


@pytest.mark.parametrize(
    "line", [("质量", ""), ("开展了先进质量管理模式推广", ""), ("2.3-①", ""), ("2.4", "")]
)
def test_a_line_that_does_not(line: tuple[str, str]) -> None:
    form = filled("application", {BRAND: ("diagnosis",)}, [line])
    found = run(form, "CF401").only()
    assert (found.severity, found.field, found.label) == (Severity.ERROR, BRAND, "开展了质量诊断服务")
    assert found.location == Location(table=1, row=2, cell=2)


@pytest.mark.parametrize(
    ("piece", "silent"), [("链主", True), ("产业链", False), ("链", False), ("材料", False)]
)
def test_a_short_piece_counts_where_one_option_alone_holds_it(piece: str, silent: bool) -> None:
    form = filled("application", {"leading_industry.chain_work": ("chain_leader",)}, [(piece, "配套合同")])
    assert run(form, "CF401", "CF403").silent() == silent


def test_every_box_without_a_line_is_named() -> None:
    form = filled("application", {BRAND: ("management", "diagnosis")}, [])
    assert [f.label for f in run(form, "CF401").findings] == [
        "开展了先进质量管理模式推广",
        "开展了质量诊断服务",
    ]


def test_a_group_and_an_option_in_one_subject_cover_the_option_only() -> None:
    line = ("集群已开展的产业链强链补链工作：" + MAP, "")
    form = filled("application", {"leading_industry.chain_work": ("map", "supply_risk")}, [line])
    keys = [o.key for o in form.fields["leading_industry.chain_work"].options]
    form = filled("application", {"leading_industry.chain_work": (keys[0], keys[1])}, [line])
    found = run(form, "CF401").only()
    assert found.label == form.fields["leading_industry.chain_work"].options[1].label


def test_no_needs_no_evidence() -> None:
    assert run(filled("application", {"green.carbon_monitoring": ("no",)}, []), "CF401").silent()


@pytest.mark.parametrize(
    ("path", "left", "subject"),
    [
        ("innovation.patents", "", "有效发明专利拥有量"),
        ("innovation.patents", "一千余", "有效发明专利拥有量"),
        ("innovation.patents", None, "有效发明专利拥有量"),
        ("governance.alliances", "", "集群内产业联盟组织情况"),
        (BRAND, (), "开展了质量诊断服务"),
        (BRAND, None, "开展了质量诊断服务"),
    ],
)
def test_evidence_for_what_is_blank_or_missing_is_not_stray(path: str, left: Any, subject: str) -> None:
    assert run(filled("application", {path: left}, [(subject, "证明")]), "CF403").silent()


NOT_STRAY = [
    ("单位产值能耗计算公式", "计算公式及数据来源"),
    ("运营管理机构变化", "情况说明"),
    ("其他", "申报主体自我声明"),
    ("集群占地面积", ""),
    ("是否已被认定为省级中小企业特色产业集群", ""),
    ("集群总产值", ""),
    ("", ""),
]


def test_what_the_notes_ask_for_and_what_is_for_another_row_is_not_stray() -> None:
    forms = {line: filled("application", {}, [line]) for line in NOT_STRAY}
    assert [line for line, form in forms.items() if not run(form, "CF403").silent()] == []


def test_no_list_is_said_once_and_for_a_person() -> None:
    form = filled("application", {BRAND: ("management", "diagnosis"), "innovation.patents": "1020"})
    found = run(form, "CF4").only()
    assert (found.rule, found.severity, found.section, found.field) == (
        "CF401",
        Severity.MANUAL,
        EVIDENCE_LIST,
        None,
    )
    assert "2 项" in found.message
    assert "1 个" in found.message


def test_no_list_and_nothing_that_needs_one() -> None:
    assert run(filled("application", {BRAND: (), "innovation.patents": "0"}), "CF4").silent()


PLATFORMS = {
    "innovation.platforms_national": "0个",
    "innovation.platforms_provincial": "2个",
    "innovation.platforms_other": "1个",
}


@pytest.mark.parametrize("subject", ["创新平台建设情况", "3.2", "省级制造业创新中心", "创新平台清单"])
def test_rows_of_a_group_with_a_line(subject: str) -> None:
    assert run(filled("application", PLATFORMS, [(subject, "")]), "CF4").silent()


@pytest.mark.parametrize(("shown", "count"), [("无", 0), ("", 0), ("1", 1)])
def test_only_a_figure_above_zero_needs_a_list(shown: str, count: int) -> None:
    form = filled("application", {"openness.overseas_branches": shown}, [])
    assert len(run(form, "CF402").findings) == count


def test_a_matrix_needs_a_list_for_any_cell() -> None:
    texts = {
        "innovation.standards@2022/international/led": "0",
        "innovation.standards@2023/group/joined": "3",
    }
    found = run(filled("application", texts, []), "CF402").only()
    assert found.field == "innovation.standards"
    assert found.value == "3"
    assert run(filled("application", texts, [("参与制修订标准数量情况", "")]), "CF402").silent()


def test_evidence_for_a_box_not_ticked() -> None:
    form = filled("application", {BRAND: ("management",)}, [("开展了质量诊断服务", "诊断报告")])
    found = run(form, "CF403").only()
    assert (found.severity, found.section, found.label) == (
        Severity.WARNING,
        EVIDENCE_LIST,
        "开展了质量诊断服务",
    )
    assert "没有勾选" in found.message
    assert found.location.table == 9


def test_evidence_for_a_row_of_zero() -> None:
    form = filled("application", {"innovation.patents": "0"}, [("有效发明专利", "清单")])
    assert "为 0" in run(form, "CF403").only().message
