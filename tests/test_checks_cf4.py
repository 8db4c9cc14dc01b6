"""CF4: the evidence list inside the form."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.evidence_line import EvidenceFile, EvidenceLine
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


def test_an_empty_line_is_told_at_its_own_box_alone() -> None:
    lines = (
        EvidenceLine({"number": "1", "code": "2.3-②", "title": "诊断"}, empty=True),
        EvidenceLine({"number": "2", "code": "2.3-④", "title": "商标"}),
    )
    form = filled("application", {BRAND: ("management", "diagnosis", "trademarks")}, [])
    found = run(form.model_copy(update={"evidence": lines}), "CF401").findings
    assert [f.label for f in found] == ["开展了先进质量管理模式推广", "开展了质量诊断服务"]
    assert ["没有写明材料" in f.message for f in found] == [False, True]


PLATFORMS = {
    f"innovation.platforms_{key}": text
    for key, text in zip(("national", "provincial", "other"), "123", strict=True)
}
STANDARDS = {
    f"innovation.standards@{year}/{level}/{part}": "无"
    for year in (2022, 2023, 2024)
    for level in ("international", "national", "industry", "group")
    for part in ("led", "joined")
} | {
    "innovation.standards@2022/national/led": "2",
    "innovation.standards@2022/industry/joined": "1",
    "innovation.standards@2023/national/joined": "5",
}
Lists = list[tuple[str, tuple[int, ...]]]


@pytest.mark.parametrize(
    ("texts", "lists", "told"),
    [
        ({"innovation.patents": "5"}, [("3.3", (5,))], None),
        ({"innovation.patents": "5"}, [("3.3", (4,))], ("5", "4 条")),
        ({"innovation.patents": "5"}, [("3.3", (4, 5))], None),
        ({"innovation.patents": "5"}, [("3.3", ())], None),
        ({"innovation.patents": "5"}, [("3.3", (2,)), ("3.3", (3,))], None),
        ({"innovation.patents": "5"}, [("3.3", (2,)), ("3.3", (2,))], ("5", "4 条")),
        ({"innovation.patents": "5"}, [("3.3", (1, 3)), ("3.3", (1, 2))], None),
        ({"innovation.patents": "5", **PLATFORMS}, [("3.3、3.2", (4,))], None),
        ({"innovation.patents": "5", **PLATFORMS}, [("3.3", (5,)), ("3.2", (5,))], ("6", "5 条")),
        ({"innovation.patents": "无"}, [("3.3", (4,))], None),
        *((PLATFORMS, [("3.2", (rows,))], None) for rows in (1, 2, 3, 6)),
        *((PLATFORMS, [("3.2", (rows,))], ("6", f"{rows} 条")) for rows in (4, 5, 7)),
        ({**PLATFORMS, "innovation.platforms_other": "无"}, [("3.2", (4,))], ("3", "4 条")),
        ({**PLATFORMS, "innovation.platforms_other": None}, [("3.2", (4,))], "skipped"),
        *((STANDARDS, [("3.1", (rows,))], None) for rows in (8, 3, 5, 7, 1, 2, 6)),
        *((STANDARDS, [("3.1", (rows,))], ("8", f"{rows} 条")) for rows in (4, 9)),
        ({**STANDARDS, "innovation.standards@2024/group/led": ""}, [("3.1", (4,))], "skipped"),
    ],
)
def test_a_list_holds_as_many_entries_as_the_form_says(
    texts: dict[str, str | None], lists: Lists, told: tuple[str, str] | str | None
) -> None:
    """The whole, one row, a year or a column of a matrix: any may be what the list counts."""
    lines = tuple(
        EvidenceLine(
            {"subject": subject, "title": "清单"}, files=(EvidenceFile(f"{number}.csv", None, rows),)
        )
        for number, (subject, rows) in enumerate(lists)
    )
    found = run(filled("application", texts, []).model_copy(update={"evidence": lines}), "CF408")
    assert bool(found.outcome.skipped) == (told == "skipped")
    if isinstance(told, tuple):
        assert found.only().value == told[0]
        assert told[1] in found.only().message
    else:
        assert not found.findings
