"""The lines of a province's summaries held against its forms: which is which, and what each must say."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.answers import SummaryRow
from clusterform.batch.checks.with_summaries import agrees, form_value, summary_value
from clusterform.batch.digest import Digest
from clusterform.finding import Status
from support.digests import DONGHAI, KUNSHAN, form, judged, summary

LINE = {"name": "东海县硅材料产业集群", "region": DONGHAI}
SILICON = form("江苏省东海县硅材料产业集群", DONGHAI)


@pytest.mark.parametrize(
    ("digests", "told"),
    [
        ([SILICON, summary(LINE)], []),
        # no line, no form, and both of one county: the same under two names
        ([SILICON, summary({"name": "昆山市轴承产业集群", "region": KUNSHAN})], ["CF804 江苏省东海县硅材料产业集群", "CF805 昆山市轴承产业集群"]),
        ([SILICON, summary({"name": "东海县水晶产业集群", "region": DONGHAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        ([SILICON, summary({"name": "水晶产业集群", "region": ""})], ["CF804 江苏省东海县硅材料产业集群", "CF805 水晶产业集群"]),
        ([SILICON, summary({"name": "东海县水晶产业集群", "region": DONGHAI}, {"name": "东海县石英产业集群", "region": DONGHAI})], ["CF804 江苏省东海县硅材料产业集群", "CF805 东海县水晶产业集群", "CF805 东海县石英产业集群"]),
        ([SILICON, form("江苏省东海县轴承产业集群", DONGHAI), summary({"name": "东海县水晶产业集群", "region": DONGHAI})], ["CF804 江苏省东海县硅材料产业集群", "CF804 江苏省东海县轴承产业集群", "CF805 东海县水晶产业集群"]),
        ([SILICON, form("江苏省东海县轴承产业集群", DONGHAI), summary(LINE, {"name": "东海县水晶产业集群", "region": DONGHAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        # of two versions the first places the cluster
        ([SILICON, form("江苏省东海县硅材料产业集群", "江苏省", path="2"), summary({"name": "东海县水晶产业集群", "region": DONGHAI})], ["CF806 集群名称 东海县水晶产业集群"]),
        # a second line of one cluster is its own again; of two places the line without a form takes the other
        ([SILICON, summary(LINE, LINE)], []),
        ([form("石家庄市桥西区软件产业集群", "石家庄市桥西区"), form("张家口市桥西区软件产业集群", "张家口市桥西区"), summary({"name": "桥西区软件产业集群"}, {"name": "桥西区软件产业集群"})], []),
        # without any summary it is said once; a blank one is as good as none
        ([SILICON, form("昆山市轴承产业集群", KUNSHAN)], ["CF804 None"]),
        ([SILICON, summary()], ["CF804 None"]),
        ([SILICON, summary(LINE, kind="review-summary")], ["CF804 None", "CF805 东海县硅材料产业集群"]),
        ([form("", "", path="无名.docx"), summary(LINE)], ["CF804 无名.docx", "CF805 东海县硅材料产业集群"]),
        ([form("", path="1.docx", sha256="1"), form("", path="2.docx", sha256="1"), summary(LINE)], ["CF804 1.docx", "CF805 东海县硅材料产业集群"]),
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
    (found,) = judged([SILICON, form("昆山市轴承产业集群", KUNSHAN), *lists], "CF804")
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
    assert agrees(column, listed, DONGHAI, form("东海县甲产业集群", DONGHAI, **given)) is same


@pytest.mark.parametrize(
    ("listed", "region", "same"),
    [
        ("东海县", DONGHAI, True),
        ("连云港市灌云县", DONGHAI, False),
        ("江苏省", DONGHAI, True),
        ("浙江省", DONGHAI, False),
        ("苏州市", DONGHAI, False),
        (DONGHAI, "江苏省", True),
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
    assert agrees("name", listed, "", form(cluster, DONGHAI)) is same


def test_what_a_form_is_said_to_give() -> None:
    given = form("甲产业集群", DONGHAI, people=("方晓雯", "李四", "方晓雯"), phones=("1234567", "1234567"))
    columns = ("contact", "phone", "region", "name")
    assert [form_value(column, given) for column in columns] == [
        "方晓雯、李四",
        "1234567",
        DONGHAI,
        "甲产业集群",
    ]


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
