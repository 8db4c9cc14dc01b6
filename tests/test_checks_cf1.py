"""CF0 and CF1: what the cases do not show: observations, what is no blank, corrections; readings of names, telephones, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterform.answers import Contact, CountNames, FilledForm, Observation, State
from clusterform.checks.declaration import read_date
from clusterform.checks.names_list import read_names
from clusterform.checks.number_writing import padded
from clusterform.checks.region_names import contradiction, missing_part
from clusterform.checks.telephone import read_numbers
from clusterform.checks.text_answers import characters, same_office, same_person, same_phone
from clusterform.evidence_line import EvidenceLine
from clusterform.figures import Figure
from clusterform.finding import Finding, Severity
from clusterform.forms.model import load_form
from clusterform.messages import Pair
from clusterform.regions import is_west, split_region
from support.by_hand import Ticks, Written, form_of
from support.rule_run import run

OUTPUT = "leading_industry.total_output"
SMES = "leading_industry.smes"
FDI = "leading_industry.fdi"
FIRST = "2022"
PLATFORMS = "innovation.platforms_provincial"
NAME = "江苏省东海县石英材料产业集群"
LAST_DAY = "2025-07-15"


def form(answers: dict[Any, Written], kind: str = "application", **more: Any) -> FilledForm:
    """A form with these answers; everything else is absent. A key is a path, or a path and a column."""
    definition = load_form("2025", kind)
    roles = {**definition.edition.years.as_dict(), "deadline": LAST_DAY}
    keyed = {key if isinstance(key, tuple) else (key, None): answer for key, answer in answers.items()}
    titles = {s.number: s.heading for s in definition.sections}
    return form_of(kind, definition.fields, keyed, roles=roles, section_titles=titles, **more)


def text(words: str) -> Written:
    return Written(words, State.FILLED, words)


def number(shown: str, *flaws: str, counted: bool = False, written: str = "") -> Written:
    figure = Figure(Decimal(shown), len(shown.partition(".")[2]), counted)
    return Written(written or shown, State.FILLED, figure, flaws=flaws)


def names(count: str, listed: str) -> Written:
    figure = Figure(Decimal(count), 0, counted=True) if count.lstrip("-").isdigit() else None
    return Written(
        f"数量：{count}个 名称：{listed}",
        State.FILLED,
        CountNames(count=figure and figure.value, count_text=count, names=listed),
    )


def ticks(*keys: str, undecided: tuple[str, ...] = (), remark: str = "") -> Written:
    state = State.FILLED if keys or undecided else State.BLANK
    return Written("", state, Ticks(keys, undecided, remark))


def found(code: str, answers: dict[Any, Written], **more: Any) -> list[Finding]:
    return run(form(answers, **more), code).findings


def one(code: str, answers: dict[Any, Written], **more: Any) -> Finding:
    (finding,) = found(code, answers, **more)
    assert finding.rule == code
    return finding


BLANK, NONE = Written("", State.BLANK), Written("无", State.NONE)


# CF0


OBSERVED = {
    "CF001": ["cannot-open"],
    "CF002": ["encrypted"],
    "CF003": ["foreign-format"],
    "CF004": ["over-limits"],
    "CF005": ["active-content"],
    "CF006": ["unknown-form", "other-edition"],
    "CF010": ["section-missing", "section-doubled", "section-misplaced", "section-beside"],
    "CF011": ["label-missing", "label-reworded", "option-missing", "option-reworded"],
    "CF012": ["extra-row", "extra-column", "extra-option"],
    "CF014": ["tracked-change", "comment", "hidden-text", "alt-chunk"],
    "CF015": ["placeholder"],
}


def test_each_observation_is_said_once() -> None:
    pairs = [(what, code) for code, kinds in OBSERVED.items() for what in kinds]
    said = [(what, f.rule) for what, _ in pairs for f in found("CF0", {}, observations=(Observation(what),))]
    assert said == pairs


def test_an_observation_brings_its_own_words() -> None:
    seen = Observation("cannot-open", facts={"reason": Pair("文件是空的。", "It is empty.")})
    assert one("CF001", {}, observations=(seen,)).message == "文件无法打开。文件是空的。"


def test_a_file_that_is_no_form_is_still_spoken_of() -> None:
    unknown = FilledForm(form="unknown", edition="2025", observations=(Observation("encrypted"),))
    finding = run(unknown, "CF0").only()
    assert (finding.rule, finding.section, finding.field) == ("CF002", None, None)


def test_guidance_left_where_nothing_is_required_is_no_fault() -> None:
    seen = [Observation("placeholder", section=8, field="plan.target_other", column="target", value="……")]
    assert not found("CF015", {}, observations=tuple(seen))
    seen = [Observation("placeholder", section=0, field="cover.cluster_name", value="XX省XX县XX产业")]
    assert one("CF015", {}, observations=tuple(seen)).label == "集群名称"


# CF101, CF102


def test_a_blank_is_said_for_each_column() -> None:
    answers = {(OUTPUT, year): BLANK for year in ("2022", "2023")} | {(OUTPUT, "2024"): number("268.40")}
    assert [f.column for f in found("CF101", answers)] == ["2022 年", "2023 年"]


def test_what_is_no_blank() -> None:
    answered: list[dict[Any, Written]] = [
        {(OUTPUT, FIRST): NONE},
        {(OUTPUT, FIRST): Written("/", State.STAND_IN)},
        {"basic_info.accidents": ticks()},
        {"plan.overview": BLANK, ("plan.target_growth", "target"): BLANK},
        {"green.co2_formula": BLANK, "declaration.county_date": BLANK, "declaration.signature": BLANK},
        {PLATFORMS: names("2", "")},
        {PLATFORMS: NONE},
    ]
    assert [answers for answers in answered if found("CF101", answers)] == []


def test_a_number_and_names_both_blank_are_one_blank() -> None:
    assert one("CF101", {PLATFORMS: Written("", State.BLANK, CountNames())}).field == PLATFORMS


def test_a_contact_line_may_lack_its_telephone() -> None:
    contact = Written("李明", State.FILLED, Contact(person="李明", phone=""))
    assert "没有电话" in one("CF101", {"cover.contact": contact}).message


def test_a_stand_in_becomes_none() -> None:
    finding = one("CF102", {(FDI, FIRST): Written("/", State.STAND_IN)})
    assert (finding.value, finding.expected, finding.fix) == ("/", "无", "无")
    assert one("CF102", {PLATFORMS: names("0", "暂无")}).fix is None
    assert not found("CF102", {(OUTPUT, FIRST): NONE, PLATFORMS: names("0", "无")})
    assert not found("CF102", {("plan.target_rd", "target"): Written("—", State.STAND_IN)})


@pytest.mark.parametrize("path", [OUTPUT, "basic_info.area", "cover.cluster_name", "plan.stage_2"])
def test_a_stand_in_where_there_must_be_something_does_not_become_none(path: str) -> None:
    place = (path, FIRST) if path == OUTPUT else path
    finding = one("CF102", {place: Written("/", State.STAND_IN)})
    assert (finding.expected, finding.fix) == (None, None)
    assert "请写“无”" not in finding.message


# CF103 to CF107


def test_decimals_are_two_in_full_width_as_well() -> None:
    finding = one("CF103", {(OUTPUT, FIRST): number("12.5", written="１２．５")})
    assert (finding.expected, finding.fix) == ("12.50", "12.50")
    about = {(OUTPUT, FIRST): number("12.5", "approximate", written="约12.5")}
    assert found("CF103", about) == []  # one finding with one advice, that of CF105
    assert one("CF105", about).fix is None


def test_a_target_keeps_its_unit_when_padded() -> None:
    target = number("1.5", written="1.5亿元")
    assert one("CF103", {("plan.target_rd", "target"): target}).fix == "1.50亿元"
    assert padded("由1.5到2.5") is None


def test_words_for_a_number() -> None:
    assert one("CF104", {PLATFORMS: names("若干", "甲中心")}).value == "若干"
    vague = Written("约300", State.UNREADABLE, flaws=("approximate",))
    assert not found("CF104", {(SMES, FIRST): vague, PLATFORMS: names("无", "无")})
    assert not found("CF104", {("plan.target_co2", "target"): Written("持续下降", State.UNREADABLE)})


@pytest.mark.parametrize(
    ("path", "answer", "fix"),
    [
        (OUTPUT, number("1268.50", "thousands", "unit", written="1,268.50亿元"), "1268.50"),
        ("basic_info.area", number("18.60", "unit_name", written="18.60km²"), "18.60"),
        (OUTPUT, number("1200", "unit", written="1200万"), None),
        (OUTPUT, number("236.80", "approximate", written="约236.80"), None),
        (SMES, number("286", "unit", written="286家"), "286"),
        (OUTPUT, number("84.00", "percent", written="84.00%"), None),
        (OUTPUT, Written("近百亿", State.UNREADABLE, None, flaws=("approximate",)), None),
    ],
)
def test_a_number_badly_written(path: str, answer: Written, fix: str | None) -> None:
    finding = one("CF105", {path if path == "basic_info.area" else (path, FIRST): answer})
    assert (finding.fix, finding.expected) == (fix, fix)


@pytest.mark.parametrize(
    ("path", "answer", "rule", "fix"),
    [
        (OUTPUT, number("1268.5", "thousands", "unit", written="1,268.5亿元"), "CF103", "1268.50"),
        (OUTPUT, number("1268.512", "unit", written="1268.512亿元"), "CF103", None),
        (SMES, number("286.5", "unit", written="286.5家"), "CF106", None),
        (OUTPUT, number("126.5", "words", written="共126.5亿元"), "CF105", None),
    ],
)
def test_a_unit_beside_a_number_that_is_amiss_is_one_finding(
    path: str, answer: Written, rule: str, fix: str | None
) -> None:
    findings = run(form({(path, FIRST): answer}), "CF103", "CF104", "CF105", "CF106").findings
    assert [(f.rule, f.fix) for f in findings] == [(rule, fix)]


def test_what_cannot_be_negative_is_said_once() -> None:
    assert "小于 0" in one("CF107", {(OUTPUT, FIRST): number("-12.00")}).message
    both = run(form({(SMES, FIRST): number("-3")}), "CF106", "CF107")
    assert [f.rule for f in both.findings] == ["CF106"]


# CF108 to CF110


def test_a_text_has_its_limit() -> None:
    brand = "leading_industry.brand_text"
    assert "201" in one("CF108", {brand: text("产" * 200 + "A ")}).message
    assert not found("CF108", {brand: text("产" * 100 + "\n ，" + "9" * 99)})
    part = {"plan.overview": text("产" * 2000), "plan.tasks": text("业" * 1001)}
    finding = one("CF108", part)
    assert (finding.section, finding.value, finding.field) == (8, "3001", None)
    assert not found("CF108", {**part, "plan.tasks": text("业" * 1000)})


@given(st.text())
def test_spaces_never_count(words: str) -> None:
    assert characters(words) == characters(" \n\u3000".join(words)) <= len(words)


def test_a_box_that_cannot_be_decided_is_for_a_person() -> None:
    unsure = one("CF109", {"basic_info.accidents": ticks(undecided=("no",))})
    assert (unsure.severity, unsure.value) == (Severity.MANUAL, "否")


DISAGREE = {
    ("1", "甲中心、乙中心"): "2",
    ("2", "无"): None,
    ("1", "甲中心、乙中心等"): "2",
    ("1", "甲中心\n乙中心"): "2",
    ("4", "1. 甲中心 2. 乙中心 3. 丙中心"): "3",
}
AGREE = [
    ("2", "甲中心；\n乙中心。"),
    ("2", "甲中心、\n乙中\n心"),
    ("2", "（1）甲中心（2）乙中心"),
    ("3", "①甲中心②乙中心③丙中心"),
    ("2", "甲中心 乙中心"),
    ("1", "长度和角度计量中心"),
    ("2", "甲中心和乙中心"),
    ("12", "甲中心、乙中心等"),
    ("12", "甲中心、乙中心等12家"),
    ("2", "Foo Co., Ltd., Bar Inc."),
    ("5", "绿色工厂（3个）、绿色园区（2个）"),
    ("0", "无"),
    ("0", ""),
    ("9", "详见附件清单"),
]


def test_number_and_names() -> None:
    assert {pair: one("CF110", {PLATFORMS: names(*pair)}).expected for pair in DISAGREE} == DISAGREE
    assert [pair for pair in AGREE if found("CF110", {PLATFORMS: names(*pair)})] == []


@given(st.lists(st.text("甲乙丙丁戊中心站院", min_size=2, max_size=6), min_size=1, max_size=9), st.data())
def test_a_plain_list_is_counted(listed: list[str], data: st.DataObject) -> None:
    mark = data.draw(st.sampled_from(["、", "；", ";", "，", "\n", "、\n"]))
    read = read_names(mark.join(listed))
    assert len(listed) in read.counts
    assert read.likely == len(listed)


def test_a_space_or_a_stroke_may_as_well_be_in_a_name() -> None:
    read = read_names("江山 甲中心、乙/丙中心")
    assert (read.likely, 2 in read.counts) == (2, True)


# CF111 to CF113


def test_a_blank_telephone_is_said_elsewhere() -> None:
    assert not found("CF111", {"basic_info.operator_phone": BLANK})


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86", "0086 ", "电话："]))
def test_every_mobile_number_is_read(mobile: str, before: str) -> None:
    assert read_numbers(before + mobile).known == (mobile,)


REAL = [
    "江苏省常熟市电子氟材料产业集群",
    "江苏省无锡市惠山区智能基础零部件制造产业集群",
    "北京市海淀区行业应用软件产业集群",
    "贵港市港北区电动两轮车产业集群",
    "德化县白瓷产业集群",
    "中山市小榄镇五金制品产业集群",
    "东莞市万江街道休闲食品产业集群",
    "厦门市思明区软件服务产业集群",
    "新疆生产建设兵团第八师石河子市纺织产业集群",
    "第七师胡杨河经济技术开发区纺织产业",
    "伊金霍洛旗煤基新材料集群",
    "江苏东海石英材料产业集群",
]


def test_real_names_fit_the_pattern() -> None:
    assert [name for name in REAL if missing_part(name) is not None] == []


@pytest.mark.parametrize(
    ("name", "missing"),
    [("江苏省东海县石英材料", "ending"), ("石英材料产业集群", "place"), ("江苏省东海县产业集群", "industry")],
)
def test_names_unlike_the_pattern(name: str, missing: str) -> None:
    assert missing_part(name) == missing
    both = {"cover.cluster_name": text(name), "basic_info.cluster_name": text(name)}
    assert one("CF112", both).severity is Severity.WARNING


def cover(**changes: str) -> dict[Any, Written]:
    contact = changes.pop("contact", "李明 0518-87212345")
    person, _, phone = contact.partition(" ")
    answers = {
        "cover.cluster_name": NAME,
        "cover.region": "江苏省（区、市）连云港市（区）东海县（市、区）",
        "cover.department": "东海县工业和信息化局（盖章）",
        "cover.operator": "东海县硅产业园管理委员会",
        "basic_info.cluster_name": NAME,
        "basic_info.department": "东海县工业和信息化局",
        "basic_info.department_contact": "王芳",
        "basic_info.department_phone": "0518-87210000",
        "basic_info.operator": "东海县硅产业园管理委员会",
        "basic_info.operator_contact": "李明（主任）",
        "basic_info.operator_phone": "87212345",
        **{path.replace("__", "."): words for path, words in changes.items()},
    }
    told = {path: text(words) if words else BLANK for path, words in answers.items()}
    return {**told, "cover.contact": Written(contact, State.FILLED, Contact(person=person, phone=phone))}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"basic_info__cluster_name": "东海县硅材料产业集群"}, "cover.cluster_name"),
        ({"cover__department": "东海县财政局"}, "cover.department"),
    ],
)
def test_cover_and_part_one_disagree(changes: dict[str, str], field: str) -> None:
    assert one("CF113", cover(**changes)).field == field


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"cover__department": "江苏省东海县 工业和信息化局"},
        {"contact": "王芳 （0518）87210000"},
        {"cover__region": "江苏省连云港市徐圩新区"},
        {"cover__region": "江苏 连云港 东海"},
        {"cover__operator": ""},
        {"basic_info__operator_contact": "", "contact": "赵六 0518-87212345"},
    ],
)
def test_cover_and_part_one_agree(changes: dict[str, str]) -> None:
    assert not found("CF113", cover(**changes))


def test_offices_people_and_telephones_are_compared_kindly() -> None:
    assert same_office("连云港市东海县工信局（盖章）", "东海县工信局")
    assert not same_office("常熟市工信局", "昆山市工信局")
    assert same_person("李明、王芳", "王芳（科长）")
    assert same_phone("0518-87212345转8", "87212345")


NAMED = {
    ("江苏省东海县石英材料产业集群", "浙江省杭州市余杭区"): "江苏省",
    ("常熟市纺织产业集群", "江苏省苏州市昆山市"): "常熟市",
    ("厦门市思明区软件产业集群", "福建省厦门市思明区"): None,
    ("内蒙古鄂尔多斯市煤化工产业集群", "内蒙古自治区鄂尔多斯市准格尔旗"): None,
    ("中山市小榄镇五金产业集群", "广东省中山市"): None,
    ("石河子市纺织产业集群", "新疆生产建设兵团第八师"): None,
    ("滨海新区食品产业集群", "天津市武清区"): None,
    ("沙县小吃产业集群", "福建省三明市沙县区"): None,
}


def test_the_place_of_the_name() -> None:
    assert {pair: contradiction(*pair) for pair in NAMED} == NAMED


# CF114, CF116, CF117


DATES = {
    "2025年6月20日": date(2025, 6, 20),
    "2025 年 6 月": date(2025, 6, 1),
    "2025.6.20": date(2025, 6, 20),
    "2025-06-20 00:00:00": date(2025, 6, 20),
    "20250620": date(2025, 6, 20),
    "二〇二五年六月": date(2025, 6, 1),
    "二○二五年十二月三十一日": date(2025, 12, 31),
    "二零二五年十月二十日": date(2025, 10, 20),
    "２０２５年６月": date(2025, 6, 1),
    "2025年13月": None,
    "2025年2月30日": None,
    "六月": None,
    "13年": date(2013, 1, 1),
}


def test_dates() -> None:
    assert {written: read_date(written) for written in DATES} == DATES


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read(day: date) -> None:
    assert read_date(f"{day.year} 年 {day.month} 月 {day.day} 日") == day
    assert read_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("written", "word"),
    [("2025年13月", "有效的日期"), ("2024年6月", "早于"), ("2026年1月", "晚于")],
)
def test_dates_that_cannot_be_right(written: str, word: str) -> None:
    finding = one("CF114", {"cover.date": text(written)})
    assert word in finding.message
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("written", ["2025年7月", "年 月 日", "二〇二五年六月"])
def test_dates_in_time(written: str) -> None:
    assert not found("CF114", {"cover.date": text(written), "declaration.county_date": BLANK})


def test_a_formula_belongs_to_its_figures() -> None:
    figures = {("green.co2", "2022"): number("0.82")}
    assert not found("CF116", {("green.co2", "2022"): NONE, "green.co2_formula": BLANK})
    listed = (
        EvidenceLine({"subject": "五、绿色化转型情况", "title": "单位产值能耗计算公式说明", "pages": "3"}),
    )
    assert not found("CF116", {**figures, "green.co2_formula": BLANK}, evidence=listed)


def test_a_tick_that_asks_for_an_explanation() -> None:
    assert one("CF116", {"basic_info.accidents": ticks("yes")}).value == "是"
    assert not found("CF116", {"basic_info.accidents": ticks("yes", remark="已整改，见说明")})
    assert not found("CF116", {"basic_info.accidents": ticks("no")})
    veto = run(form({"basic_info.accidents": ticks("yes")}), "CF116", "CF501")
    assert [f.rule for f in veto.findings] == ["CF501"]


@pytest.mark.parametrize("written", ["江苏省连云巷市东海县", "江苏省连云港市余杭区", "火星省东海县"])
def test_unknown_places(written: str) -> None:
    assert one("CF117", {"cover.region": text(written)}).severity is Severity.WARNING


KNOWN = [
    "江苏省、连云港市、东海县。",
    "江苏省（区、市）连云港市（区）东海县（市、区）",
    "江苏 连云港 东海",
    "北京省（区、市）海淀市（区）____县（市、区）",
    "北京市北京市海淀区",
    "山东省青岛市即墨区",
    "浙江省杭州市临平区",
    "福建省三明市沙县",
    "湖北省恩施州利川市",
    "内蒙古准格尔旗",
    "广东省东莞市万江街道",
    "新疆生产建设兵团第八师石河子市",
    "江苏省苏州工业园区",
    "陕西省西咸新区",
    "湖北省仙桃市",
    "重庆市市辖区渝北区",
]


def test_known_places() -> None:
    assert [written for written in KNOWN if found("CF117", {"cover.region": text(written)})] == []


WEST = ["成都市双流区", "湖北省恩施州利川市", "湖南省湘西州", "新疆兵团第一师"]
NOT_WEST = ["江苏省连云港市东海县", "湖北省武汉市", "吉林省延边州", ""]


def test_the_west() -> None:
    assert [written for written in (*WEST, *NOT_WEST) if is_west(written)] == WEST


@given(st.text("江苏省连云港市东海县区(、)_ 新北京自治州", max_size=30))
def test_any_region_can_be_taken_apart(written: str) -> None:
    assert all(token.text for token in split_region(written))


def test_a_message_quotes_no_more_than_can_be_read() -> None:
    (finding,) = found("CF104", {(OUTPUT, FIRST): Written("[" * 3000, State.UNREADABLE)})
    assert finding.value == "[" * 3000
    assert "（共 3000 字）" in finding.message
    assert len(finding.message) < 300
