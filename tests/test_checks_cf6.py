"""CF6: the plan, its targets and yearly stages, and the review of the earlier plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clusterform.answers import Observation, State
from clusterform.checks.stages import DoneLevel, Rising, StageOrder, stage_amount
from clusterform.finding import Finding, Severity
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from support.by_hand import Written, changed
from support.rule_run import Run, filled, run

PLAN: dict[str, Any] = {
    "leading_industry.total_output@2022": "210.50",
    "leading_industry.total_output@2023": "236.80",
    "leading_industry.total_output@2024": "268.40",
    "leading_industry.output_growth@2024": "14.57",
    "leading_industry.average_growth": "14.08",
    **{f"leading_industry.innovative@{y}": n for y, n in ((2022, "110"), (2024, "143"))},
    **{f"leading_industry.srdi@{y}": n for y, n in ((2022, "48"), (2024, "66"))},
    **{f"leading_industry.little_giants@{y}": n for y, n in ((2022, "6"), (2024, "9"))},
    **{f"leading_industry.champions@{y}": n for y, n in ((2022, "1"), (2024, "2"))},
    **{f"leading_industry.high_tech@{y}": n for y, n in ((2022, "92"), (2024, "118"))},
    "innovation.rd_spending@2022": "5.20",
    "innovation.rd_spending@2024": "6.88",
    "innovation.patents": "1020",
    "digital.platform_share@2022": "36.41",
    "digital.platform_share@2024": "51.30",
    "green.co2@2022": "0.82",
    "green.co2@2024": "0.74",
    "green.energy@2022": "0.25",
    "green.energy@2024": "0.23",
    "plan.overview": "概况",
    "plan.general_idea": "思路",
    "plan.tasks": "任务",
    "plan.safeguards": "保障",
    "plan.stage_1": "优质中小企业数量达到235家，研发经费投入达到7.70亿元，有效发明专利达到1190件。",
    "plan.stage_2": "优质中小企业数量达到265家，研发经费投入达到8.60亿元，有效发明专利达到1380件。",
    "plan.stage_3": "优质中小企业数量达到300家，研发经费投入达到9.60亿元，有效发明专利达到1600件。",
    "plan.target_growth@baseline": "14.08",
    "plan.target_growth@target": "15.00",
    "plan.target_good_smes@baseline": "209",
    "plan.target_good_smes@target": "300",
    "plan.target_rd@baseline": "6.88亿元",
    "plan.target_rd@target": "9.60亿元",
    "plan.target_patents@baseline": "1020",
    "plan.target_patents@target": "1600",
    "plan.target_internet@baseline": "51.30",
    "plan.target_internet@target": "65.00",
    "plan.target_co2@baseline": "0.74",
    "plan.target_co2@target": "0.62",
    "plan.target_energy@baseline": "0.23",
    "plan.target_energy@target": "0.19",
    "plan.target_openness@baseline": "与3个境外园区建立合作关系",
    "plan.target_openness@target": "与8个境外园区建立稳定合作关系",
    "plan.target_governance@baseline": "建成公共服务平台2个",
    "plan.target_governance@target": "建成公共服务平台5个",
}
APPLICATION = PLAN | {"plan.achievements": "成效", "plan.problems": "问题"}
_DONE = {
    "growth": ("11.50", "14.00", "14.20"),
    "good_smes": ("158", "230", "235"),
    "rd": ("5.20亿元", "7.10亿元", "7.60亿元"),
    "patents": ("760", "1160", "1190"),
    "internet": ("36.41", "52.00", "55.00"),
    "co2": ("0.82", "0.73", "0.71"),
    "energy": ("0.25", "0.23", "0.22"),
    "openness": ("与1个境外园区开展合作", "与3个境外园区开展合作", "与3个境外园区开展合作"),
    "governance": ("建成公共服务平台1个", "建成公共服务平台2个", "建成公共服务平台2个"),
}
REVIEW = (
    PLAN
    | {"plan.cultivation": "培育"}
    | {
        f"plan.done_{key}@{column}": text
        for key, texts in _DONE.items()
        for column, text in zip(("baseline", "target", "done"), texts, strict=True)
    }
)
AVERAGES = {"internet": Decimal(45), "co2_reduction": Decimal(10), "energy_reduction": Decimal(10)}


def apply(changes: dict[str, Any], *codes: str, **terms: Any) -> Run:
    return run(
        filled("application", APPLICATION | changes), *(codes or ("CF6",)), reference=AVERAGES, **terms
    )


def review(changes: dict[str, Any], *codes: str) -> Run:
    return run(filled("review", REVIEW | changes), *(codes or ("CF6",)), reference=AVERAGES)


def told(found: list[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, f.severity.value) for f in found]


def test_clean_plans() -> None:
    assert told(apply({}).findings) == []
    assert told(review({}).findings) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"plan.target_rd@target": "9.00亿元"}, ("CF603", "error")),
        ({"plan.target_rd@target": "90000万元", "plan.stage_3": "x"}, ("CF603", "error")),
        ({"plan.target_rd@target": "年均增长9%"}, ("CF603", "error")),
        ({"plan.target_patents@target": "年均增长14.5%"}, ("CF604", "error")),
        ({"plan.target_growth@baseline": "18.00"}, ("CF609", "error")),
        ({"plan.target_good_smes@baseline": "142"}, ("CF609", "error")),
        ({"plan.target_rd@baseline": "6.80亿元"}, ("CF609", "error")),
        ({"plan.target_internet@baseline": "50.30"}, ("CF609", "error")),
        ({"plan.target_co2@baseline": "0.84"}, ("CF609", "manual")),
        ({"plan.target_energy@baseline": "0.24"}, ("CF609", "error")),
        ({"plan.target_energy@baseline": "2.30"}, ("CF609", "error")),
        ({"plan.target_co2@baseline": "7.40"}, ("CF609", "manual")),
    ],
)
def test_one_cause_one_finding(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    assert told(apply(changes).findings) == [expected]


NEAR_MISSES: list[dict[str, Any]] = [
    {"plan.target_growth@target": "年均增长15%以上"},
    {"plan.target_rd@target": "91600万元", "plan.stage_3": "x"},
    {"plan.target_rd@target": "年均增长10%"},
    {"plan.target_rd@baseline": "68800", "plan.target_rd@target": "96000"},
    {"plan.target_patents@target": "年均增长15%"},
    {"plan.target_co2@target": "下降15%"},
    {"plan.target_co2@baseline": "198万吨", "plan.target_co2@target": "170万吨"},
    {"plan.target_growth@baseline": "14.57"},
    {"plan.target_good_smes@baseline": "143"},
    {"plan.target_internet@baseline": "51.3%"},
    {"plan.target_energy@baseline": "61万吨标准煤", "plan.target_energy@target": "52万吨标准煤"},
    {"plan.target_energy@baseline": "61.70", "plan.target_energy@target": "52.00"},
    {"plan.target_co2@baseline": "1986000吨", "plan.target_co2@target": "1700000吨"},
    {"plan.stage_3": "有效发明专利达到1600件"},
    {"plan.stage_3": "研发经费投入达到96000万元"},
    {"plan.stage_3": "产值年均增速9%"},
    {"plan.stage_3": "略"},
]


def test_near_misses() -> None:
    assert [changes for changes in NEAR_MISSES if apply(changes).findings] == []


def test_the_smallest_target_that_would_pass() -> None:
    found = apply({"plan.target_patents@target": "1500", "plan.stage_3": "x"}).findings[0]
    assert (found.rule, found.field, found.column) == ("CF604", "plan.target_patents", "2027 年目标值")
    assert (found.value, found.expected) == ("1500", "1552")
    assert "1020×1.520875＝1551.292500" in found.message
    found = apply({"plan.target_rd@target": "90000万元"}, "CF603").only()
    assert found.expected == "91572.80万元"


@pytest.mark.parametrize(
    ("stages", "field"),
    [
        (("235", "235", "300"), "plan.stage_2"),
        (("200", "265", "300"), "plan.stage_1"),
        (("235", "300", "300"), "plan.target_good_smes"),
    ],
)
def test_good_smes_rise_every_year(stages: tuple[str, str, str], field: str) -> None:
    texts = {f"plan.stage_{n}": f"优质中小企业数量达到{count}家。" for n, count in enumerate(stages, 1)}
    found = apply(texts).only()
    assert (found.rule, found.severity, found.field) == ("CF602", Severity.ERROR, field)
    assert f"2025 年 {stages[0]}，2026 年 {stages[1]}，2027 年 300" in found.message


def test_years_without_a_number_are_passed_over() -> None:
    texts = {f"plan.stage_{n}": "稳步提升优质中小企业质量。" for n in (1, 2, 3)}
    assert apply(texts).silent()


def test_a_stand_in_is_no_target() -> None:
    form = filled("application", APPLICATION)
    dash = {("plan.target_rd", "target"): Written("/", State.STAND_IN)}
    found = run(changed(form, dash), "CF6", reference=AVERAGES).only()
    assert (found.rule, found.severity, found.value) == ("CF608", Severity.ERROR, "/")


def test_without_reference_a_person_must_look() -> None:
    found = run(filled("application", APPLICATION), "CF6").findings
    assert told(found) == [("CF605", "manual"), ("CF606", "manual"), ("CF607", "manual")]
    assert "下降 16.22%" in found[1].message
    rising = run(filled("application", APPLICATION | {"plan.target_co2@target": "0.80"}), "CF606").only()
    assert rising.severity is Severity.WARNING
    falling = run(
        filled("application", APPLICATION | {"plan.target_internet@target": "6.50"}), "CF605"
    ).only()
    assert falling.severity is Severity.WARNING
    assert "比基准值还低" in falling.message


def test_a_baseline_under_the_criteria_is_said_once() -> None:
    low = {
        "leading_industry.average_growth": "9.60",
        "plan.target_growth@baseline": "9.60",
    }
    assert told(apply(low, "CF5", "CF6").findings) == [("CF610", "error")]
    slow = low | {"leading_industry.total_output@2024": "215.00"}
    assert told(apply(slow, "CF508", "CF610").findings) == [("CF508", "error")]
    edge = {"leading_industry.average_growth": "10.00", "plan.target_growth@baseline": "10.00"}
    assert told(apply(edge, "CF610").findings) == [("CF610", "error")]
    assert apply({"plan.target_growth@baseline": "10.01"}, "CF610").silent()


def test_a_missing_part_is_not_repeated_for_each_heading() -> None:
    gone = {key: None for key in APPLICATION if key.startswith("plan.")}
    form = filled("application", APPLICATION | gone, observations=[Observation("section-missing", section=8)])
    assert not run(form, "CF6").findings


@pytest.mark.parametrize(
    ("stage", "text", "word"),
    [
        (1, "有效发明专利达到1000件", "低于 2024 年的 1020"),
        (2, "有效发明专利达到1100件", "低于 2025 年的 1190件"),
        (3, "有效发明专利达到1601件", "与目标表中 2027 年目标值 1600 不一致"),
        (3, "优质中小企业数量达到310家", "不一致"),
        (3, "研发经费投入达到95000万元", "不一致"),
        (3, "工业互联网平台应用普及率达到60%", "不一致"),
    ],
)
def test_stages_out_of_line(stage: int, text: str, word: str) -> None:
    found = apply({f"plan.stage_{stage}": text}).only()
    assert (found.rule, found.severity, found.field) == ("CF612", Severity.WARNING, f"plan.stage_{stage}")
    assert word in found.message


def test_the_odd_one_of_two_stages_is_named() -> None:
    stages = ("有效发明专利达到1900件", "有效发明专利达到1380件", "有效发明专利达到1600件")
    found = apply({f"plan.stage_{n}": text for n, text in enumerate(stages, 1)}).only()
    assert (found.rule, found.field, found.expected) == ("CF612", "plan.stage_1", "≤ 1600")


def test_a_wrong_baseline_is_not_said_again_by_the_stages() -> None:
    found = apply({"plan.target_patents@baseline": "1200", "plan.stage_1": "有效发明专利达到1190件"}).only()
    assert (found.rule, found.column) == ("CF609", "2024 年基准值")


def test_a_middle_stage_above_the_target() -> None:
    found = apply({"plan.stage_2": "有效发明专利达到1650件", "plan.stage_3": "略"}).only()
    assert found.expected == "≤ 1600"


STAGES: dict[tuple[str, str], str | None] = {
    ("优质中小企业数量达到235家", "good_smes"): "235家",
    ("优质中小企业由209家增加到235家", "good_smes"): "235家",
    ("优质中小企业新增26家，总数达到235家", "good_smes"): "235家",
    ("优质中小企业 2 3 5 家以上", "good_smes"): "235家",
    ("到2025年，优质中小企业突破235家。", "good_smes"): "235家",
    ("新增优质中小企业26家", "good_smes"): None,
    ("优质中小企业增加26家", "good_smes"): None,
    ("优质中小企业达到235家；优质中小企业达到240家", "good_smes"): None,
    ("优质中小企业占比达到50%", "good_smes"): None,
    ("研发经费投入7.70亿元", "rd"): "7.70亿元",
    ("研发投入强度达到3.5%，研发经费达77,000万元", "rd"): "77000万元",
    ("研发经费年均增长10%", "rd"): None,
    ("有效发明专利拥有量１１９０件", "patents"): "1190件",
    ("每万人有效发明专利拥有量达到441件", "patents"): None,
    ("新增发明专利170件", "patents"): None,
    ("发明专利增长170件", "patents"): None,
    ("工业互联网平台应用普及率达到55.00%", "internet"): "55.00%",
    ("优质中小企业、研发经费、有效发明专利分别达到235家、7.70亿元、1190件", "rd"): None,
}


def test_reading_a_stage() -> None:
    fields = load_form("2025", "application").fields
    read = {(text, row): stage_amount(text, fields[f"plan.target_{row}"]) for text, row in STAGES}
    assert {place: amount and amount.shown for place, amount in read.items()} == STAGES


@pytest.mark.parametrize("form", ["application", "review"])
def test_a_row_looked_for_in_the_stages_says_how_it_is_spoken_of(form: str) -> None:
    rows = load_form("2025", form).fields
    checks = [c for rule in load_rules("2025") if form in rule.forms for c in rule.checks]
    named = [c.field for c in checks if isinstance(c, StageOrder | Rising)]
    named += [c.stage for c in checks if isinstance(c, DoneLevel) and c.stage]
    assert len(named) >= 5
    assert [path for path in named if not rows[path].spoken] == []
    assert [row.year for row in rows.values() if row.year] == [2025, 2026, 2027]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"plan.done_patents@done": "1160"}, []),
        ({"plan.done_patents@done": "预计1160件"}, []),
        ({"plan.done_energy@done": "0.24"}, [("CF613", "warning")]),
        ({"plan.done_energy@done": "0.23"}, []),
        ({"plan.done_rd@done": "70000万元"}, [("CF613", "warning")]),
        ({"plan.done_growth@done": "无"}, []),  # CF118 says it
        ({"plan.done_growth@done": "/"}, [("CF613", "error")]),
        ({"plan.done_growth@done": "预计年底完成"}, [("CF613", "warning")]),
        ({"plan.done_co2@target": ""}, [("CF608", "error")]),
        ({"plan.done_co2@baseline": "无"}, []),  # CF118 says it
        ({"plan.done_co2@baseline": "/"}, [("CF608", "error")]),
        ({"plan.done_co2@baseline": "尚未核算"}, [("CF608", "warning")]),
        ({"plan.done_good_smes@baseline": "100"}, [("CF609", "warning")]),
        ({"plan.done_internet@baseline": "30.00"}, [("CF609", "warning")]),
        ({"plan.done_openness@done": ""}, [("CF615", "error")]),
        ({"plan.done_openness@done": "3个园区"}, [("CF615", "warning")]),
        ({"plan.cultivation": ""}, [("CF611", "error")]),
    ],
)
def test_the_earlier_plan(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert told(review(changes).findings) == expected


def test_a_new_baseline_of_patents_below_what_part_three_has() -> None:
    assert told(review({"plan.target_patents@baseline": "980"}).findings) == [("CF609", "error")]
    assert told(review({"plan.target_patents@baseline": "980"}, "CF614").findings) == [("CF614", "warning")]


@pytest.mark.parametrize(
    ("target", "told_fall"), [("年均下降5%", "14.26"), ("下降15%", "15.00"), ("三年累计下降15%", "15.00")]
)
def test_a_fall_by_the_year_is_told_over_all_years(target: str, told_fall: str) -> None:
    found = run(filled("application", APPLICATION | {"plan.target_co2@target": target}), "CF606").only()
    assert f"三年下降 {told_fall}%" in found.message
