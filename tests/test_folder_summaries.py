"""Summaries against the forms, on digests made by hand: which line is whose, and what it says otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.answers import SummaryRow
from clusterform.batch.checks.with_summaries import agrees, matched, summary_value
from clusterform.batch.digest import Digest
from clusterform.finding import Severity, Status
from support.digests import DONGHAI, KUNSHAN, digest, folder, hits
from support.forms import EDITION

RECOMMENDED, REVIEWED = "recommendation-summary", "review-summary"


@pytest.mark.parametrize(
    ("column", "told", "form", "same"),
    [
        ("name", "水晶集群", {"name": "东海县水晶产业集群"}, True),
        ("name", "硅材料集群", {"name": "东海县水晶产业集群"}, False),
        ("name", "XX集群", {"name": "东海县水晶产业集群"}, False),
        ("name", "硅材料集群", {}, True),
        ("region", "东海县", {}, True),
        ("region", "海州区", {}, False),
        ("region", "连云港市", {}, True),
        ("region", "苏州市", {}, False),
        ("region", "连云港市", {"region": "江苏省连云港市"}, True),
        ("region", "某某开发区", {"region": "某某开发区"}, True),
        ("region", "某某开发区", {"region": "别的园区"}, False),
        ("region", "某某开发区", {"region": ""}, True),
        ("region", "水晶园", {"region": "别的园区", "name": "水晶园产业集群"}, True),
        ("region", "兵团第八师", {"region": "兵团第四师"}, True),
        ("region", "江苏省别的园", {"region": "某某园", "name": "江苏省水晶产业集群"}, True),
        ("region", "山东省别的园", {"region": "某某园", "name": "江苏省水晶产业集群"}, False),
        ("region", "山东省某某园", {"region": "某某园", "name": "江苏省水晶产业集群"}, True),
        ("operator", "水晶协会", {"operator": "东海县水晶协会"}, True),
        ("operator", "东海县水晶协会", {"operator": "水晶协会"}, True),
        ("operator", "硅材料协会", {"operator": "东海县水晶协会"}, False),
        ("operator", "硅材料协会", {"operator": " "}, True),
        ("contact", "张三、王五", {"people": ("张三", "李四")}, True),
        ("contact", "王五", {"people": ("张三", "李四")}, False),
        ("contact", "李四", {"people": ("张三", "李四主任")}, True),
        ("contact", "李四主任", {"people": ("张三", "李四")}, True),
        ("contact", "王五", {"people": ()}, True),
        ("contact", "、", {"people": ("张三",)}, False),
        ("phone", "0518-87212345", {"phones": ("87212345",)}, True),
        ("phone", "87212345", {"phones": ("0518-87212345", "87212346")}, True),
        ("phone", "87212346", {"phones": ("0518-87212345",)}, False),
        ("phone", "87212346", {"phones": ()}, True),
        ("phone", "7212345", {"phones": ("0518-7212345",)}, True),
        ("phone", "212345", {"phones": ("0518-7212345",)}, False),
        ("phone", "7212346", {"phones": ("212345",)}, True),
    ],
)
def test_a_line_says_the_same_as_its_form(column: str, told: str, form: dict[str, Any], same: bool) -> None:
    assert agrees(column, told, DONGHAI, digest(**{"name": "", **form})) == same


@pytest.mark.parametrize(
    ("cells", "contact", "phone"),
    [
        ({"contact_and_phone": "张三 0518-87212345"}, "张三", "0518-87212345"),
        ({"contact_and_phone": "张三 87212345，李四 87212346"}, "张三 ，李四", "87212345、87212346"),
        ({"contact_and_phone": "张三 0518-87212345", "contact": "王五"}, "王五", "0518-87212345"),
        ({"contact_and_phone": "张三 0518-87212345", "phone": "87212349"}, "张三", "87212349"),
        ({"contact": "无", "phone": " "}, "", ""),
        ({}, "", ""),
    ],
)
def test_contact_and_telephone_may_stand_in_one_column(
    cells: dict[str, str], contact: str, phone: str
) -> None:
    row = SummaryRow(RECOMMENDED, cells)
    assert (summary_value(row, "contact"), summary_value(row, "phone")) == (contact, phone)


def lines(*rows: tuple[str, str], form: str = RECOMMENDED) -> Digest:
    cells = ({"name": name, "region": region} for name, region in rows)
    return Digest("汇总.xlsx", form, Status.PASS, rows=tuple(SummaryRow(form, each) for each in cells))


def pairs(*digests: Digest) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Which line goes with which form, the lines left, the forms left."""
    found = next(each for each in matched(folder(*digests)) if each.summary.form == RECOMMENDED)
    told = [(line.name, group[0].name) for line, group in found.pairs]
    return told, [line.name for line in found.lines], [group[0].name for group in found.forms]


def test_a_line_goes_with_the_cluster_of_its_name_else_with_the_one_left_of_its_county() -> None:
    crystal, silicon = digest("水晶产业集群"), digest("硅材料产业集群")
    assert pairs(lines(("水晶集群", DONGHAI)), silicon, crystal) == (
        *([("水晶集群", "水晶产业集群")], [], ["硅材料产业集群"]),
    )
    assert pairs(lines(("新材料集群", DONGHAI)), silicon) == ([("新材料集群", "硅材料产业集群")], [], [])
    assert pairs(lines(("新材料集群", DONGHAI)), silicon, crystal)[0] == []
    assert pairs(lines(("甲集群", DONGHAI), ("乙集群", DONGHAI)), silicon)[0] == []
    assert pairs(lines(("甲集群", "")), digest("硅材料产业集群", ""))[0] == []
    assert pairs(lines(("甲集群", KUNSHAN)), silicon) == ([], ["甲集群"], ["硅材料产业集群"])
    assert pairs(lines(("水晶集群", DONGHAI)), crystal._replace(form="review")) == ([], ["水晶集群"], [])
    assert pairs(lines(("水晶集群", DONGHAI)), crystal._replace(blank=True)) == ([], ["水晶集群"], [])
    assert pairs(lines(("水晶集群", DONGHAI), form=REVIEWED), crystal) == ([], [], ["水晶产业集群"])
    assert pairs(lines(("无", DONGHAI)), crystal) == ([("无", "水晶产业集群")], [], [])
    copy = Digest("副本.docx", "application", Status.PASS, sha256=silicon.sha256, edition=EDITION)
    assert pairs(lines(("新材料集群", DONGHAI)), silicon, copy)[0] == [("新材料集群", "硅材料产业集群")]


def test_two_lines_of_one_name_take_a_cluster_each() -> None:
    places = [f"河北省{city}桥西区" for city in ("石家庄市", "张家口市")]
    forms = [digest("水晶产业集群", place, path=place) for place in places]
    told = matched(folder(lines(("水晶集群", "桥西区"), ("水晶集群", "桥西区")), *forms))
    assert [group[0].region for _, group in next(told).pairs] == places


@pytest.mark.parametrize(
    ("cells", "variant"),
    [
        ({"result": "未通过"}, None),
        ({"result": "初审不通过（材料不全）", "reason": "无"}, None),
        ({"result": "待定"}, "unclear"),
        ({"result": " "}, "no-result"),
        ({"result": "通过"}, ""),
        ({"result": "未通过", "reason": "材料不全"}, ""),
        ({"result": "待定", "reason": "材料不全"}, ""),
        ({}, ""),
    ],
)
def test_a_review_that_failed_gives_its_reason(cells: dict[str, str], variant: str | None) -> None:
    rows = (
        SummaryRow(REVIEWED, {"name": "水晶集群", **cells}),
        SummaryRow(RECOMMENDED, {"result": "未通过"}),
    )
    found = hits("CF807", Digest("汇总.xlsx", REVIEWED, Status.PASS, rows=rows))
    severity = Severity.WARNING if variant else None
    assert [(hit.variant, hit.severity) for hit in found] == ([] if variant == "" else [(variant, severity)])
    assert all((hit.value, hit.facts) == (cells["result"], {"cluster": "水晶集群"}) for hit in found)


def test_what_a_line_says_otherwise_is_told_with_what_the_form_says() -> None:
    cells = {
        "name": "水晶集群",
        "region": DONGHAI,
        "operator": "硅协会",
        "contact": "王五",
        "phone": "87212346",
    }
    file = Digest("汇总.xlsx", RECOMMENDED, Status.PASS, rows=(SummaryRow(RECOMMENDED, cells),))
    told = {"operator": "水晶协会", "people": ("张三", "李四", "张三"), "phones": ("87212345",)}
    form = digest("水晶产业集群", **told)
    copy = Digest(
        "副本.docx", "application", Status.PASS, sha256=form.sha256, edition=EDITION, operator="铁协会"
    )
    found = hits("CF806", file, form, copy)
    assert [(hit.label, hit.value, hit.expected) for hit in found] == [("运营管理机构", "硅协会", "水晶协会")]
    assert (found[0].files, found[0].changes) == (("汇总.xlsx", form.path, "副本.docx"), ("汇总.xlsx",))
    assert found[0].facts["cluster"] == "水晶产业集群"
    alone = [(hit.label, hit.value, hit.expected) for hit in hits("CF806", file, form)]
    assert alone[1:] == [("联系人", "王五", "张三、李四"), ("联系方式", "87212346", "87212345")]


def test_a_cluster_on_no_line_and_a_folder_without_a_summary() -> None:
    one, review = digest("水晶产业集群"), digest("硅材料产业集群", form="review")
    none, missing = hits("CF804", one, review, lines(("铁集群", KUNSHAN), form=REVIEWED))
    assert (none.variant, none.files, none.facts["count"]) == ("no-summary", (one.path,), "1")
    assert (missing.variant, missing.value, missing.changes) == (None, "硅材料产业集群", ("汇总.xlsx",))
    assert not hits("CF804", one, lines(("水晶集群", DONGHAI)))
    (unnamed,) = hits("CF804", digest(region="", path="无名.docx"), lines(("水晶集群", DONGHAI)))
    assert unnamed.value == "无名.docx"
    copies = [digest(region="", path=path, sha256="1") for path in ("甲.docx", "乙.docx")]
    (unnamed,) = hits("CF804", *copies, lines(("水晶集群", DONGHAI)))
    assert (unnamed.value, unnamed.files) == ("甲.docx", ("甲.docx", "乙.docx"))
    assert not hits("CF804")


@pytest.mark.parametrize("status", [Status.UNREADABLE, Status.INCOMPLETE, Status.FAIL])
def test_a_line_whose_form_is_not_there(status: Status) -> None:
    other = Digest("坏.docx", "unknown", status)
    (found,) = hits(
        "CF805", lines(("水晶集群", DONGHAI), ("硅集群", KUNSHAN)), digest("硅产业集群", KUNSHAN), other
    )
    assert (found.files, found.value) == (("汇总.xlsx",), "水晶集群")
    unread = status is not Status.FAIL
    assert (found.variant, found.severity) == (("unread", Severity.WARNING) if unread else (None, None))
    assert found.facts["count"] == str(int(unread))
