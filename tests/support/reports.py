"""Reports made by hand, for the tests of what is printed."""

from __future__ import annotations

from collections.abc import Collection
from typing import IO

from clusterform import reports
from clusterform.conclusion import Conclusion, Verdict, Waiver, WaiverState, WaiverUse
from clusterform.finding import (
    FileReport,
    Finding,
    Location,
    Report,
    RunSettings,
    Severity,
    Skipped,
    Status,
    Unjudged,
)
from clusterform.reports import ReportRequest

TITLES = {1: "一、基本情况", 2: "二、主导产业情况", 4: "四、数字化升级情况", 9: "九、真实性声明及推荐意见"}
CLUSTER = "江苏省常熟市电子氟材料产业集群"
HOSTILE = "[red]假[/red] [/x] \x1b[31m红\x1b[0m \x9b2J \x07\u202e倒\u200b\udc80 ☑☐ <b>|`*_ {0} %s\r\n下一行"

GROWTH = Finding(
    rule="CF201",
    name="growth-rate-arithmetic",
    severity=Severity.ERROR,
    section=2,
    field="leading_industry.output_growth",
    label="集群主导产业产值增速（%）",
    column="2024 年",
    value="16.57",
    expected="14.57",
    message="按总产值和主导产业占比计算，2024 年增速应在 14.51 至 14.63 之间，表中为 16.57。请核对后改正。",
    basis="二、主导产业情况",
    location=Location(table=3, row=6, cell=4),
)
BLANK = Finding(
    rule="CF101",
    name="required-answer-blank",
    severity=Severity.ERROR,
    section=1,
    field="basic_info.operator",
    label="集群运营管理机构",
    column=None,
    value="",
    expected=None,
    message="此栏为必填，现为空白。请填写；没有相关情况的填“无”。",
    basis="填报说明第 2 条",
    location=Location(page=2, table=1, row=4, cell=2),
)
PLACES = Finding(
    rule="CF103",
    name="two-decimals",
    severity=Severity.ERROR,
    section=2,
    field="leading_industry.total_output",
    label="集群总产值（亿元）",
    column="2023 年",
    value="236.8",
    expected="236.80",
    message="数据有小数时保留小数点后 2 位，表中为 236.8。请改为 236.80。",
    basis="填报说明第 2 条",
    location=Location(sheet="申报表", ref="C7"),
    fix="236.80",
)
AREA = Finding(
    rule="CF504",
    name="area",
    severity=Severity.WARNING,
    section=1,
    field="basic_info.area",
    label="集群占地面积（平方公里）",
    column=None,
    value="120.00",
    expected=None,
    message="一般不超过 100 平方公里，表中为 120.00。请核对。",
    basis="认定标准（2022 年版）",
    location=Location(table=1, row=6, cell=2),
)
SEAL = Finding(
    rule="CF702",
    name="seal",
    severity=Severity.MANUAL,
    section=9,
    field="declaration.county_seal",
    label="县级行政区划中小企业主管部门（盖章）",
    column=None,
    value=None,
    expected=None,
    message="请确认纸质件已加盖公章。",
    basis="九、真实性声明及推荐意见",
)
CONFIRMED = SEAL._replace(
    field="declaration.province_seal",
    label="推荐单位（盖章）",
    conclusion=Conclusion(
        *(Verdict.CONFORMS, "张三", "2026-03-01", "已核"),
        said="已确认（符合，张三，2026-03-01，备注：已核）。",
    ),
)
CONFIRMED_ONCE = SEAL._replace(
    rule="CF605",
    section=4,
    field="plan.target_internet",
    label="工业互联网普及率",
    column="2027 年目标值",
    value="69.00",
    message="2027 年目标值为 69.00。请对照行业平均值核对。",
    conclusion=Conclusion(
        *(Verdict.CHANGED, "李四", "2026-03-02"),
        said="已确认过，但填写的内容又改了（符合，李四，2026-03-02）。",
    ),
)
_REASON = ("省厅", "2026-12-31", "统计口径按本省规定，已核对年鉴")
WAIVED = GROWTH._replace(
    conclusion=Conclusion(
        *(Verdict.WAIVED, *_REASON),
        said="已说明（统计口径按本省规定，已核对年鉴；省厅，有效期至 2026-12-31）。",
    ),
)
RUN_OUT = AREA._replace(
    conclusion=Conclusion(
        *(Verdict.EXPIRED, "省厅", "2025-06-30", "园区正在调整"),
        said="已说明过，但有效期至 2025-06-30，已经过期，照常计入（园区正在调整；省厅）。",
    ),
)
_KNOWN = Conclusion(Verdict.KNOWN, said="上次检查已有。")
RECOGNISED = Finding(
    rule="CF510",
    name="provincial-recognition",
    severity=Severity.INFO,
    section=1,
    field="basic_info.provincial_recognition",
    label="是否已被认定为省级中小企业特色产业集群",
    column=None,
    value="☑否",
    expected=None,
    message="集群尚未被认定为省级集群。",
    basis="一、基本情况",
)
MACROS = Finding(
    rule="CF005",
    name="active-content",
    severity=Severity.WARNING,
    section=None,
    field=None,
    label=None,
    column=None,
    value=None,
    expected=None,
    message="文件内含宏。请另存为不含宏的 .docx。",
    basis="三、工作要求",
)


NAMES = {
    "application": {"zh": "申报表", "en": "application form"},
    "review": {"zh": "复核申报表", "en": "review form"},
}


def _file(path: str, status: Status, *findings: Finding, **more: object) -> FileReport:
    facts: dict[str, object] = {
        "sha256": "ab" * 32,
        "form": "application",
        "cluster": CLUSTER,
        **more,
    }
    facts.setdefault("form_names", NAMES.get(str(facts["form"]), {}))
    return FileReport(path=path, status=status, findings=findings, section_titles=TITLES, **facts)


def _report(*files: FileReport, batch: tuple[Finding, ...] = ()) -> Report:
    return Report("2025", ("national/2025",), files, batch=batch, forms=("application", "review"))


CLEAN = _file("常熟市/申报表.docx", Status.PASS)
BROKEN = _file(
    "常熟市/申报表.docx",
    Status.FAIL,
    MACROS,
    BLANK,
    AREA,
    RECOGNISED,
    PLACES,
    GROWTH,
    SEAL,
    skipped=(
        Skipped("CF202", "“集群总产值（亿元） 2023 年”已由 CF103 报告", "leading_industry.average_growth"),
    ),
)
UNREADABLE = _file(
    "常熟市/申报表.doc",
    Status.UNREADABLE,
    Finding(
        rule="CF002",
        name="encrypted",
        severity=Severity.ERROR,
        section=None,
        field=None,
        label=None,
        column=None,
        value=None,
        expected=None,
        message="文件已加密，无法打开。请去掉密码后重新检查。",
        basis="三、工作要求",
    ),
    sha256=None,
    form="unknown",
    cluster=None,
)
INCOMPLETE = _file(
    "复核/复核申报表.docx",
    Status.INCOMPLETE,
    SEAL,
    form="review",
    crashed=(Skipped("CF203", "ZeroDivisionError: division by zero"),),
)
UNJUDGED = _file(
    "常熟市/申报表.docx",
    Status.PASS,
    skipped=(
        Skipped("CF504", "“集群占地面积（平方公里）”未填写", "basic_info.area"),
        Skipped("CF505", "“集群总产值（亿元） 2023 年”未填写", "leading_industry.total_output", "2023"),
    ),
    unjudged=(
        Unjudged("CF504", "basic_info.area", "集群占地面积（平方公里）"),
        Unjudged("CF505", "leading_industry.total_output", "集群总产值（亿元）"),
    ),
)
NASTY = Finding(
    rule="CF108",
    name="text-too-long",
    severity=Severity.ERROR,
    section=4,
    field="digital.service_text",
    label=HOSTILE,
    column="",
    value="数字化" * 1000 + HOSTILE,
    expected=HOSTILE,
    message="共 3030 字，超过 200 字。" + HOSTILE,
    basis=HOSTILE,
    location=Location(sheet=HOSTILE, ref="C7"),
    fix=HOSTILE,
)
HOSTILE_FILE = _file(
    HOSTILE, Status.FAIL, NASTY, cluster=HOSTILE, skipped=(Skipped("CF110", HOSTILE, HOSTILE, HOSTILE),)
)

TWICE = Finding(
    rule="CF802",
    name="cluster-twice",
    severity=Severity.ERROR,
    section=None,
    field=None,
    label=CLUSTER,
    column=None,
    value=None,
    expected=None,
    message="同一集群有 2 份申报表。请只保留一份。",
    basis="三、工作要求",
    files=("常熟市/申报表.docx", "常熟市/申报表 (副本).docx"),
)
ALIKE = Finding(
    rule="CF810",
    name="prose-alike",
    severity=Severity.WARNING,
    section=3,
    field=None,
    label=None,
    column=None,
    value=HOSTILE,
    expected=None,
    message="多份表的文字几乎相同。" + HOSTILE,
    basis="三、工作要求",
    location=Location(table=2, row=3, cell=2),
    files=tuple(f"{number}/{HOSTILE}.docx" for number in range(12)),
)
PLACED = _file("江阴市/复核 申报表 #1 50%.docx", Status.PASS, form="review", place="江苏省无锡市江阴市")

_ANY = ("", "", "", "")
WAIVERS = (
    WaiverUse(
        Waiver(
            *("CF201", "application", CLUSTER, "集群主导产业产值增速（%）", "2024 年", "16.57"),
            *("统计口径按本省规定，已核对年鉴", "省厅", "2026-12-31", "第 1 行"),
        ),
        WaiverState.USED,
        1,
    ),
    WaiverUse(
        Waiver("CF504", "application", *_ANY, "园区正在调整", "省厅", "2025-06-30", "第 9 行"),
        WaiverState.EXPIRED,
        1,
    ),
    WaiverUse(
        Waiver(
            *("CF103", "", "", "集群总产值（亿元）", "2023 年", ""),
            *("按两位小数以下报", "省厅", "2026-12-31", "第 15 行"),
        ),
        WaiverState.UNUSED,
    ),
)


def _waived() -> Report:
    file = _file("常熟市/申报表.docx", Status.PASS, RUN_OUT, WAIVED)
    settings = RunSettings(waivers="省厅/申报表.waivers.yaml")
    return _report(file)._replace(settings=settings, waivers=WAIVERS)


def _beside_earlier() -> Report:
    known = (found._replace(conclusion=_KNOWN) for found in (BLANK, GROWTH, SEAL))
    files = (_file("常熟市/申报表.docx", Status.PASS, *known), BROKEN._replace(path="江阴市/申报表.docx"))
    report = _report(*files, batch=(TWICE._replace(conclusion=_KNOWN),))
    return report._replace(settings=RunSettings(baseline="上次.json"))


REPORTS = {
    "clean": _report(CLEAN),
    "broken": _report(BROKEN),
    "unreadable": _report(UNREADABLE),
    "incomplete": _report(INCOMPLETE),
    "unjudged": _report(UNJUDGED),
    "confirmed": _report(_file("常熟市/申报表.docx", Status.PASS, CONFIRMED, CONFIRMED_ONCE, SEAL)),
    "waived": _waived(),
    "baseline": _beside_earlier(),
    "hostile": _report(HOSTILE_FILE),
    "folder": _report(CLEAN, BROKEN, UNREADABLE, INCOMPLETE),
    "province": _report(BROKEN, PLACED, HOSTILE_FILE, batch=(TWICE, ALIKE)),
}
"""By the name of their golden files."""


def rendered(
    name: str, report: Report, language: str, options: Collection[str] = (), stream: IO[str] | None = None
) -> str:
    """The whole text of a report at once; `options` holds statistics, quiet or both."""
    request = ReportRequest(
        language, statistics="statistics" in options, quiet="quiet" in options, stream=stream
    )
    return "".join(reports.pieces(name, report, request))
