"""The rules across forms, on what is kept of each form: a folder as a few lines, without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import pytest

from clusterform.answers import SummaryRow
from clusterform.batch.checks.with_summaries import agrees, form_value, summary_value
from clusterform.batch.cluster_names import name_key
from clusterform.batch.digest import Digest, min_hashes, similarity
from clusterform.batch.folder import joined, judge_folder
from clusterform.batch.recommending_unit import origin_of
from clusterform.finding import Finding, Status
from clusterform.pipeline import Checker
from clusterform.settings import Settings

HAI = "江苏省连云港市东海县"
KUN = "江苏省苏州市昆山市"
Fact = tuple[str, ...]


@cache
def checker() -> Checker:
    return Checker(Settings(batch=True))


def form(cluster: str, region: str = "", kind: str = "application", **more: Any) -> Digest:
    """A form that passed; its path is its cluster's name, if no other is given."""
    known = {"path": cluster, "edition": "2025", "department": "", **more}
    origin = origin_of(region, cluster, known["department"])
    return Digest(
        form=kind,
        status=known.pop("status", Status.PASS),
        name=cluster,
        key=name_key(cluster, region),
        region=region,
        origin=origin,
        **known,
    )


def summary(
    *rows: Mapping[str, str], kind: str = "recommendation-summary", path: str = "汇总.xlsx"
) -> Digest:
    lines = tuple(SummaryRow(form=kind, cells=dict(cells)) for cells in rows)
    return Digest(path, kind, Status.PASS, rows=lines, edition="2025")


def judged(
    digests: Sequence[Digest],
    *codes: str,
    province: str | None = None,
    prose: Sequence[Mapping[str, str]] = (),
) -> list[Finding]:
    found = judge_folder(digests, checker(), lambda number: prose[number], province)
    assert not found.crashed
    return [finding for finding in found.findings if finding.rule in codes]


def counties(count: int, province: str = "江苏省") -> list[Digest]:
    return [form(f"{province}第{n}产业集群", province) for n in range(count)]


@pytest.mark.parametrize(
    ("forms", "province", "over"),
    [
        (counties(8), None, []),
        (counties(9), None, [("江苏省", "9", "8")]),
        ([*counties(8), form("甲产业集群")], None, [("江苏省", "9", "8")]),
        ([*counties(8), form("甲产业集群")], "浙江", []),
        ([*counties(4), *counties(4, "浙江省"), *[form(f"{n}产业集群") for n in "甲乙丙丁戊"]], None, []),
        ([*counties(5), *counties(4, "浙江省"), *[form(f"{n}产业集群") for n in "甲乙丙丁"]], None, [("江苏省", "9", "8")]),
        (counties(2, "大连市"), None, []),
        (counties(3, "大连市"), None, [("大连市", "3", "2")]),
        (counties(3, "新疆生产建设兵团"), None, [("新疆生产建设兵团", "3", "2")]),
    ],
)  # fmt: skip
def test_the_quota(forms: list[Digest], province: str | None, over: list[Fact]) -> None:
    """One that tells no unit counts for the folder's own: the one given, or that of more than half of the forms."""
    found = judged(forms, "CF801", province=province)
    assert [(f.message.split("”")[0].split("“")[1], f.value, f.expected) for f in found] == over


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        ([form("甲产业集群", HAI), form("甲产业", HAI, path="2")], [("甲产业集群", "2")]),
        ([form("甲产业集群", HAI, sha256="1"), form("甲产业", HAI, path="2", sha256="2")], [("甲产业集群", "2")]),
        ([form("甲产业集群", HAI, sha256="1"), form("甲产业", HAI, path="2", sha256="1")], [("甲产业集群", "2")]),
        ([form("甲产业集群", HAI, sha256="1"), form("甲产业集群", HAI, "review", path="2", sha256="2")], []),
        ([form("甲产业集群", HAI, sha256="1"), form("甲产业集群", HAI, path="2", sha256="2", blank=True)], []),
        ([form("甲产业集群", HAI, sha256="1", blank=True), form("甲产业集群", HAI, path="2", sha256="1", blank=True)], []),
        ([form("甲产业集群", HAI), form("乙产业集群", HAI), form("丙产业集群", HAI)], []),
    ],
)  # fmt: skip
def test_one_cluster_twice(forms: list[Digest], told: list[Fact]) -> None:
    assert [(f.files[0], str(len(f.files))) for f in judged(forms, "CF802")] == told


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        ([form("甲产业集群", HAI), form("乙产业集群", HAI)], [("东海县", "甲产业集群", "乙产业集群")]),
        ([form("甲产业集群", HAI), form("甲产业", HAI, path="2")], []),
        ([form("甲产业集群", HAI), form("", HAI, path="2")], []),
        ([form("甲产业集群", HAI), form("乙产业集群", KUN)], []),
        ([form("甲产业集群", "江苏省连云港市"), form("乙产业集群", "江苏省连云港市")], []),
        # of two versions the one that tells the county places the cluster
        ([form("东海县甲产业集群", "江苏省", path="1"), form("东海县甲产业集群", HAI, path="2"), form("乙产业集群", HAI)], [("东海县", "2", "乙产业集群")]),
        ([form("甲产业集群", HAI), form("乙产业集群", HAI, "review")], []),
    ],
)  # fmt: skip
def test_one_county_with_several_clusters(forms: list[Digest], told: list[Fact]) -> None:
    assert [(f.value, *f.files) for f in judged(forms, "CF803")] == told


@pytest.mark.parametrize(
    ("forms", "province", "told"),
    [
        ([*counties(2), form("甲产业集群", "浙江省")], None, [("error", "浙江省", "江苏省")]),
        ([*counties(1), form("甲产业集群", "浙江省")], None, [("manual", None, None)]),
        ([*counties(2), *counties(2, "浙江省")], None, [("manual", None, None)]),
        ([*counties(2), form("甲产业集群", "浙江省"), form("乙产业集群", "山东省")], None, [("manual", None, None)]),
        ([*counties(2), form("甲产业集群")], None, []),
        ([form("甲产业集群")], None, []),
        ([*counties(2, "辽宁省"), form("甲产业集群", "大连市")], None, [("warning", "大连市", "辽宁省")]),
        ([*counties(2, "大连市"), form("甲产业集群", "辽宁省")], None, [("warning", "辽宁省", "大连市")]),
        ([*counties(2, "浙江省"), form("甲产业集群", "大连市")], None, [("error", "大连市", "浙江省")]),
        ([*counties(2, "宁波市"), form("甲产业集群", "大连市")], None, [("error", "大连市", "宁波市")]),
        ([form("甲产业集群", "新疆生产建设兵团")], "新疆", [("warning", "新疆生产建设兵团", "新疆维吾尔自治区")]),
        ([form("甲产业集群", "新疆生产建设兵团")], "西藏", [("error", "新疆生产建设兵团", "西藏自治区")]),
        ([form("甲产业集群", "江苏省", "review")], "浙江", [("error", "江苏省", "浙江省")]),
        ([form("甲产业集群", "江苏省", blank=True)], "浙江", []),
    ],
)  # fmt: skip
def test_forms_of_another_unit(forms: list[Digest], province: str | None, told: list[Fact]) -> None:
    found = judged(forms, "CF809", province=province)
    assert [(f.severity.value, f.value, f.expected) for f in found] == told


LINE = {"name": "东海县硅材料产业集群", "region": HAI}
SILICON = form("江苏省东海县硅材料产业集群", HAI)


@pytest.mark.parametrize(
    ("digests", "told"),
    [
        ([SILICON, summary(LINE)], []),
        # no line, no form, and both of one county: the same under two names
        ([SILICON, summary({"name": "昆山市轴承产业集群", "region": KUN})], ["CF804 江苏省东海县硅材料产业集群", "CF805 昆山市轴承产业集群"]),
        ([SILICON, summary({"name": "东海县水晶产业集群", "region": HAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        ([SILICON, summary({"name": "水晶产业集群", "region": ""})], ["CF804 江苏省东海县硅材料产业集群", "CF805 水晶产业集群"]),
        ([SILICON, summary({"name": "东海县水晶产业集群", "region": HAI}, {"name": "东海县石英产业集群", "region": HAI})], ["CF804 江苏省东海县硅材料产业集群", "CF805 东海县水晶产业集群", "CF805 东海县石英产业集群"]),
        ([SILICON, form("江苏省东海县轴承产业集群", HAI), summary({"name": "东海县水晶产业集群", "region": HAI})], ["CF804 江苏省东海县硅材料产业集群", "CF804 江苏省东海县轴承产业集群", "CF805 东海县水晶产业集群"]),
        ([SILICON, form("江苏省东海县轴承产业集群", HAI), summary(LINE, {"name": "东海县水晶产业集群", "region": HAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        # of two versions the first places the cluster
        ([SILICON, form("江苏省东海县硅材料产业集群", "江苏省", path="2"), summary({"name": "东海县水晶产业集群", "region": HAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        # a second line of one cluster is its own again; of two places the line without a form takes the other
        ([SILICON, summary(LINE, LINE)], []),
        ([form("石家庄市桥西区软件产业集群", "石家庄市桥西区"), form("张家口市桥西区软件产业集群", "张家口市桥西区"), summary({"name": "桥西区软件产业集群"}, {"name": "桥西区软件产业集群"})], []),
        # without any summary it is said once; a blank one is as good as none
        ([SILICON, form("昆山市轴承产业集群", KUN)], ["CF804 None"]),
        ([SILICON, summary()], ["CF804 None"]),
        ([SILICON, summary(LINE, kind="review-summary")], ["CF804 None", "CF805 东海县硅材料产业集群"]),
        ([form("", "", path="无名.docx"), summary(LINE)], ["CF804 无名.docx", "CF805 东海县硅材料产业集群"]),
        ([summary(LINE), Digest("坏.docx", "unknown", Status.UNREADABLE)], ["CF805 东海县硅材料产业集群 unread"]),
        ([summary(LINE), Digest("坏.docx", "unknown", Status.INCOMPLETE)], ["CF805 东海县硅材料产业集群 unread"]),
        ([summary(LINE), Digest("别的.docx", "unknown", Status.FAIL)], ["CF805 东海县硅材料产业集群"]),
    ],
)  # fmt: skip
def test_forms_and_the_lines_of_summaries(digests: list[Digest], told: list[str]) -> None:
    found = judged(digests, "CF804", "CF805", "CF806")
    assert [
        " ".join((f.rule, *([f.label] if f.label else []), str(f.value), *(["unread"] if f.severity.value == "warning" else [])))
        for f in found
    ] == told  # fmt: skip


def test_what_must_change_where_a_cluster_is_on_no_line() -> None:
    lists = [summary(LINE, path="1.xlsx"), summary(LINE, path="2.xlsx")]
    (found,) = judged([SILICON, form("昆山市轴承产业集群", KUN), *lists], "CF804")
    assert (found.files, found.changes) == (("昆山市轴承产业集群",), ("1.xlsx", "2.xlsx"))


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"phone": "0518-87212345"}, "phone", "0518-87212345"),
        ({"contact_and_phone": "方晓雯 0518-87212345"}, "phone", "0518-87212345"),
        ({"contact_and_phone": "方晓雯 0518-87212345"}, "contact", "方晓雯"),
        ({"contact_and_phone": "方晓雯：0518-87212345、13800001234"}, "phone", "0518-87212345、13800001234"),
        ({"contact_and_phone": "方晓雯 0518-87212345", "phone": "1234567"}, "phone", "1234567"),
        ({"contact_and_phone": "方晓雯 0518-87212345", "contact": "李四"}, "contact", "李四"),
        ({"contact_and_phone": "方晓雯 0518-87212345"}, "name", ""),
        ({"contact": " 无 "}, "contact", ""),
        ({"operator": "甲公司"}, "operator", "甲公司"),
    ],
)
def test_what_a_line_says_in_a_column(cells: dict[str, str], column: str, value: str) -> None:
    assert summary_value(SummaryRow(form="recommendation-summary", cells=cells), column) == value


@pytest.mark.parametrize(
    ("column", "listed", "given", "same"),
    [
        ("operator", "甲公司", {"operator": "甲公司"}, True),
        ("operator", "甲公司", {"operator": "东海县甲公司"}, True),
        ("operator", "东海县甲公司", {"operator": "甲公司"}, True),
        ("operator", "甲公司", {"operator": "乙公司"}, False),
        ("operator", "甲公司", {"operator": ""}, True),
        ("contact", "方晓雯", {"people": ("李四", "方晓雯")}, True),
        ("contact", "李四、王五", {"people": ("王五",)}, True),
        ("contact", "方晓雯主任", {"people": ("方晓雯",)}, True),
        ("contact", "方晓", {"people": ("方晓雯",)}, True),
        ("contact", "王五", {"people": ("李四",)}, False),
        ("contact", "王五", {"people": ()}, True),
        ("phone", "87212345", {"phones": ("0518-87212345",)}, True),
        ("phone", "0518-87212345", {"phones": ("87212345",)}, True),
        ("phone", "0518-87219999", {"phones": ("0518-87212345", "13800001234")}, False),
        ("phone", "0518-87219999/13800001234", {"phones": ("0518-87212345", "13800001234")}, True),
        ("phone", "0518-87219999", {"phones": ()}, True),
        ("phone", "0518-87219999", {"phones": ("123456",)}, True),
        ("phone", "0518-87219999", {"phones": ("7219999",)}, True),
        ("phone", "1234567", {"phones": ("7654321",)}, False),
    ],
)  # fmt: skip
def test_whether_a_line_says_what_the_form_says(
    column: str, listed: str, given: dict[str, Any], same: bool
) -> None:
    assert agrees(column, listed, HAI, form("东海县甲产业集群", HAI, **given)) is same


@pytest.mark.parametrize(
    ("listed", "region", "same"),
    [
        ("东海县", HAI, True),
        ("连云港市灌云县", HAI, False),
        ("江苏省", HAI, True),
        ("浙江省", HAI, False),
        ("苏州市", HAI, False),
        (HAI, "江苏省", True),
        ("浙江省衢州市开化县", "江苏省", False),
        ("甲园区", "甲园区", True),
        ("甲园区", "某某甲园区", True),
        ("甲园区", "乙园区", False),
        ("甲园区", "", True),
    ],
)
def test_whether_a_line_names_the_forms_place(listed: str, region: str, same: bool) -> None:
    assert agrees("region", listed, listed, form("丙产业集群", region)) is same


@pytest.mark.parametrize(
    ("listed", "cluster", "same"),
    [
        ("东海县甲产业", "江苏省东海县甲产业集群", True),
        ("东海县乙产业", "江苏省东海县甲产业集群", False),
        ("昆山市甲产业", "江苏省东海县甲产业集群", False),
        ("无", "江苏省东海县甲产业集群", False),
        ("东海县甲产业", "无", True),
    ],
)
def test_whether_a_line_names_the_cluster(listed: str, cluster: str, same: bool) -> None:
    assert agrees("name", listed, "", form(cluster, HAI)) is same


def test_what_a_form_is_said_to_give() -> None:
    given = form("甲产业集群", HAI, people=("方晓雯", "李四", "方晓雯"), phones=("1234567", "1234567"))
    columns = ("contact", "phone", "region", "name")
    assert [form_value(column, given) for column in columns] == ["方晓雯、李四", "1234567", HAI, "甲产业集群"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"result": "未通过"}, ["error"]),
        ({"result": "未通过", "reason": "无"}, ["error"]),
        ({"result": "未通过", "reason": "产值不足"}, []),
        ({"result": "通过"}, []),
        ({"result": "不通过（产值）"}, ["error"]),
        ({"result": "待定"}, ["warning 待定"]),
        ({"result": ""}, ["warning "]),
        ({"result": "", "reason": "材料未到"}, []),
        ({}, []),
    ],
)
def test_a_review_that_failed_has_its_reason(cells: dict[str, str], told: list[str]) -> None:
    found = judged([summary({**LINE, **cells}, kind="review-summary")], "CF807")
    assert [
        f.severity.value if f.severity.value == "error" else f"{f.severity.value} {f.value}" for f in found
    ] == told
    assert judged([summary({**LINE, **cells})], "CF807") == []


@pytest.mark.parametrize(
    ("applies", "reviewed", "near"),
    [
        ("硅新材料", "硅材料", True),
        ("硅", "水晶", False),
        ("硅", "硅晶", False),
        ("硅晶", "硅晶片", True),
        ("针织服饰", "针织服装", True),
        ("甲乙丙丁戊", "甲乙丙己庚", True),
        ("甲乙丙丁戊", "甲乙己庚辛", False),
        ("高端轴承制造", "轴承", True),
        ("智能装备", "高端设备", False),
        ("智能", "智能装备", True),
        ("轴承", "轴承", False),
    ],
)
def test_nearly_the_same_name_of_one_county(applies: str, reviewed: str, near: bool) -> None:
    names = (f"东海县{applies}产业集群", f"东海县{reviewed}产业集群")
    found = judged([form(names[0], HAI), form(names[1], HAI, "review")], "CF811")
    assert [f.files for f in found] == ([names] if near else [])


def test_near_names_lie_in_one_county_or_city_without_counties() -> None:
    def told(here: str, there: str) -> list[tuple[str | None, ...]]:
        found = judged([form("针织服饰产业集群", here), form("针织服装产业集群", there, "review")], "CF811")
        return [(f.message.split("“")[1].split("”")[0], *f.files) for f in found]

    both = ("针织服饰产业集群", "针织服装产业集群")
    assert told(HAI, HAI) == [("东海县", *both)]
    assert told(HAI, KUN) == []
    assert told("江苏省", "江苏省") == []
    assert told("广东省中山市小榄镇", "广东省中山市") == [("广东省中山市小榄镇", *both)]


TEXT = "集群拥有从石英砂提纯熔制拉管到半导体石英制品的完整链条上下游企业协作紧密县内配套率逐年提高"
OTHER = "每季度组织供需对接会建立检测中心和公共烧结平台企业之间共享模具共享物流协作成本明显下降稳步推进"
FIELDS = ("leading_industry.chain_text", "leading_industry.sharing_text")


def told_alike(*forms: tuple[Digest, Sequence[str]]) -> list[Fact]:
    """The files that are told together, the highest share and how many fields, of forms with their texts of FIELDS."""
    prose = [dict(zip(FIELDS, texts, strict=False)) for _, texts in forms]
    digests = [
        digest._replace(prose=tuple((path, min_hashes(text)) for path, text in texts.items()))
        for (digest, _), texts in zip(forms, prose, strict=True)
    ]
    found = judged(digests, "CF810", prose=prose)
    return [(*f.files, str(f.value), "1" if f.label else "2") for f in found]


def test_texts_of_different_clusters_that_are_alike() -> None:
    one, two, three = (form(f"{name}产业集群", HAI, sha256=name) for name in "甲乙丙")
    a, b, c = one.path, two.path, three.path
    changed = TEXT.replace("提高", "增长").replace("紧密", "密切")
    share = similarity(TEXT, changed)
    assert 80 <= share < 100
    assert told_alike((one, [TEXT]), (two, [OTHER])) == []
    assert told_alike((one, [TEXT]), (two, [TEXT])) == [(a, b, "100", "1")]
    assert told_alike((one, [TEXT]), (two, [changed])) == [(a, b, str(int(share)), "1")]
    assert told_alike((one, [TEXT, OTHER]), (two, [changed, OTHER])) == [(a, b, "100", "2")]
    assert told_alike((one, [TEXT]), (two, [changed]), (three, [TEXT])) == [(a, b, c, "100", "1")]
    assert told_alike((one, [TEXT]), (two, [OTHER]), (three, [TEXT])) == [(a, c, "100", "1")]
    assert told_alike((one, [TEXT]), (two, [OTHER]), (three, [OTHER])) == [(b, c, "100", "1")]
    assert told_alike((one, [TEXT, OTHER]), (two, [TEXT]), (three, ["", OTHER])) == [
        (a, b, "100", "1"),
        (a, c, "100", "1"),
    ]


def test_two_forms_of_one_cluster_or_one_file_may_be_alike() -> None:
    one = form("甲产业集群", HAI, sha256="1")
    assert told_alike((one, [TEXT]), (form("甲产业", HAI, path="2", sha256="2"), [TEXT])) == []
    assert told_alike((one, [TEXT]), (form("乙产业集群", KUN, sha256="1"), [TEXT])) == []
    assert told_alike(
        (form("", "", path="1", sha256="1"), [TEXT]), (form("", "", path="2", sha256="2"), [TEXT])
    )


@pytest.mark.parametrize(
    ("one", "other", "share"), [("", "", 0), ("甲乙", "丙", 0), ("甲乙丙丁", "甲乙丙戊", 50)]
)
def test_how_much_wording_two_texts_share(one: str, other: str, share: int) -> None:
    assert similarity(one, other) == share


@pytest.mark.parametrize(("count", "shown"), [(6, "0、1、2、3、4、5"), (7, "0、1、2、3、4、5 …（7）")])
def test_of_many_names_six_are_shown(count: int, shown: str) -> None:
    assert joined([str(n) for n in range(count)]) == shown
