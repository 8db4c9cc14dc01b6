"""The rules across forms, on digests made by hand: who is held against whom, and from which number on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterform.batch.cluster_names import name_key, overlap, region_places
from clusterform.batch.digest import min_hashes
from clusterform.batch.folder import distinct, is_apart, joined, listed
from clusterform.batch.recommending_unit import origin_of, unit_named
from clusterform.checks.reader import Hit
from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.forms.limits import load_limits
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from support.digests import DONGHAI, HAIZHOU, KUNSHAN, digest, folder, hits
from support.forms import EDITION


@pytest.mark.parametrize(
    ("applies", "reviewed", "near"),
    [
        ("水晶", "天然水晶工艺", True),
        ("水晶", "水天晶", True),
        ("水", "水晶", False),
        ("天地玄黄宇", "天地玄洪荒", True),
        ("天地玄黄宇", "天地日月荒", False),
        ("天地玄黄宇", "玄地天洪荒", False),
        ("硅新材料", "硅材料", True),
        ("硅", "硅材料", True),
        ("新材料", "高端装备", False),
        ("硅材料", "硅材料", False),
        ("水晶", "硅材料", False),
    ],
)
def test_names_that_are_near(applies: str, reviewed: str, near: bool) -> None:
    one, other = f"东海县{applies}产业集群", f"东海县{reviewed}产业集群"
    found = hits("CF811", digest(one), digest(other, form="review", path="复核.docx"))
    assert bool(found) == near
    if near:
        assert (found[0].files, found[0].value) == ((f"{one}.docx", "复核.docx"), one)
        assert found[0].facts == {"names": other, "county": "东海县"}


@pytest.mark.parametrize(
    ("here", "there", "near"),
    [
        (DONGHAI, DONGHAI, True),
        (DONGHAI, KUNSHAN, False),
        (DONGHAI, HAIZHOU, False),
        ("江苏省连云港市", "江苏省连云港市", True),
        ("江苏省", "江苏省", False),
        ("江苏省连云港市东海县某某开发区", DONGHAI, True),
    ],
)
def test_names_are_near_in_one_county(here: str, there: str, near: bool) -> None:
    found = hits("CF811", digest("水晶产业集群", here), digest("天然水晶产业集群", there, "review"))
    assert bool(found) == near


def test_a_city_without_counties_is_told_as_the_form_says() -> None:
    (found,) = hits(
        "CF811", digest("水晶产业集群", "广东省中山市小榄镇"), digest("天然水晶产业集群", "中山市", "review")
    )
    assert found.facts["county"] == "广东省中山市小榄镇"


def test_a_cluster_is_near_to_several() -> None:
    reviews = [digest(f"{word}水晶产业集群", form="review") for word in ("天然", "人造")]
    (found,) = hits("CF811", digest("水晶产业集群"), *reviews)
    assert found.files == ("水晶产业集群.docx", "天然水晶产业集群.docx", "人造水晶产业集群.docx")
    assert found.facts["names"] == "天然水晶产业集群、人造水晶产业集群"


@pytest.mark.parametrize(
    ("region", "clusters", "most"),
    [
        *(("江苏省连云港市东海县", 8, None), ("江苏省连云港市东海县", 9, "8")),
        *(("大连市", 2, None), ("大连市", 3, "2"), ("新疆生产建设兵团第八师石河子市", 3, "2")),
    ],
)
def test_a_unit_recommends_no_more_than_its_quota(region: str, clusters: int, most: str | None) -> None:
    forms = [digest(f"{word}产业集群", region) for word in "甲乙丙丁戊己庚辛壬"[:clusters]]
    found = hits("CF801", *forms, forms[0]._replace(path="副本.docx"), digest("癸产业集群", form="review"))
    assert [(hit.value, hit.expected) for hit in found] == [(str(clusters), most)] * (most is not None)
    assert all(len(hit.files) == clusters + 1 for hit in found)


def test_a_form_that_tells_no_unit_counts_for_the_folder_s() -> None:
    forms = [digest(f"{word}产业集群") for word in "甲乙丙丁戊己庚辛"]
    assert [hit.value for hit in hits("CF801", *forms, digest("壬产业集群", ""))] == ["9"]
    assert not hits("CF801", *forms, digest("壬产业集群", KUNSHAN, blank=True))


def test_what_stands_twice() -> None:
    one, copy = digest("水晶产业集群"), digest("水晶产业集群", path="乙.docx")
    assert [hit.variant for hit in hits("CF802", one, copy)] == [None]
    (same,) = hits("CF802", one, copy._replace(sha256=one.sha256))
    assert (same.variant, same.files, same.facts) == ("same-file", (one.path, copy.path), {"count": "2"})
    assert not hits("CF802", one, copy._replace(form="review"))
    assert not hits("CF802", one, copy._replace(sha256=one.sha256, blank=True))
    assert not hits("CF802", digest(sha256=None), digest(sha256=None, path="乙.docx"))
    (three,) = hits("CF802", one, copy, digest("水晶产业集群", path="丙.docx"))
    assert (three.facts["count"], three.value) == ("3", "水晶产业集群")


def test_one_county_has_one_cluster() -> None:
    one, other = digest("水晶产业集群"), digest("硅材料产业集群")
    (found,) = hits("CF803", one, other, digest("传感器产业集群", KUNSHAN))
    assert (found.files, found.value) == ((one.path, other.path), "东海县")
    assert found.facts == {"count": "2", "names": "水晶产业集群、硅材料产业集群"}
    wide = digest("水晶产业集群", "江苏省", path="省.docx")
    assert [hit.files for hit in hits("CF803", wide, one, other)] == [(one.path, other.path)]
    assert not hits("CF803", one, digest("硅材料产业集群", KUNSHAN))
    assert not hits("CF803", one, digest("硅材料产业集群", "江苏省连云港市"))
    assert not hits("CF803", one, digest(""))
    assert not hits("CF803", one, other._replace(form="review"))


def test_clusters_are_one_by_name_or_by_their_bytes() -> None:
    one, again = digest("水晶产业集群"), digest("东海县水晶集群", path="乙.docx")
    unnamed, alone = digest(path="丙.docx", sha256=one.sha256), digest(path="丁.docx", sha256=None)
    other = digest("硅材料产业集群")
    groups = distinct([one, again, unnamed, alone, alone._replace(path="戊.docx"), other])
    assert [[each.path for each in group] for group in groups] == [
        *([one.path, "乙.docx", "丙.docx"], ["丁.docx"], ["戊.docx"], [other.path])
    ]
    groups = distinct([unnamed, one, again])
    assert [len(group) for group in groups] == [3]


@pytest.mark.parametrize("wide", ["江苏省", "江苏省连云港市"])
def test_a_place_that_is_told_less_exactly_is_the_same(wide: str) -> None:
    forms = [digest("水晶产业集群", place, path=place) for place in (wide, DONGHAI, KUNSHAN)]
    assert [each[0].region for each in distinct(forms[:2])] == [wide]
    assert [each[0].region for each in distinct(forms[1::-1])] == [DONGHAI]
    assert len(distinct(forms[1:])) == 2
    key = name_key("水晶产业集群", wide)
    assert key is not None
    assert key.same(digest("水晶产业集群").key or key)


def test_a_cluster_that_applies_and_is_reviewed() -> None:
    applies, reviewed = digest("水晶产业集群"), digest("水晶集群", form="review")
    copy = digest(path="副本.docx", sha256=applies.sha256)
    (found,) = hits("CF808", applies, copy, digest("硅材料产业集群"), reviewed, digest(form="review"))
    assert (found.files, found.value) == ((applies.path, copy.path, reviewed.path), "水晶产业集群")
    assert not hits("CF808", digest(), digest(form="review"))
    assert not hits("CF808", applies, digest("水晶集群", KUNSHAN, form="review"))


def test_a_city_of_the_corps_that_is_filed_under_its_province() -> None:
    regions = ("新疆维吾尔自治区石河子市", "新疆生产建设兵团第八师石河子市", "新疆维吾尔自治区乌鲁木齐市", "")
    forms = [digest("水晶产业集群", region, path=region) for region in regions]
    (found,) = hits("CF812", *forms)
    assert (found.files, found.value) == ((regions[0],), "石河子市")
    assert (found.facts["unit"], found.facts["quota"]) == ("新疆维吾尔自治区", "2")


@pytest.mark.parametrize(
    ("regions", "own"),
    [
        *(([DONGHAI, KUNSHAN, "大连市"], "江苏省"), ([DONGHAI, "大连市"], None), ([], None)),
        *((["", ""], None), ([DONGHAI, ""], "江苏省"), ([DONGHAI, DONGHAI, "大连市", "青岛市"], None)),
    ],
)
def test_a_folder_is_of_the_unit_that_more_than_half_come_from(regions: list[str], own: str | None) -> None:
    made = folder(*(digest(f"{n}产业集群", region) for n, region in zip("甲乙丙丁", regions, strict=False)))
    assert (made.unit and made.unit.name) == own


def test_forms_of_another_unit() -> None:
    here, there, apart = (
        digest(f"{n}产业集群", r) for n, r in zip("甲乙丙", (DONGHAI, "浙江省", "大连市"), strict=True)
    )
    found = hits("CF809", here, there, digest("丁产业集群", ""), province="江苏省")
    assert [(hit.value, hit.expected, hit.variant) for hit in found] == [("浙江省", "江苏省", None)]
    found = hits("CF809", apart, digest("戊产业集群", "辽宁省沈阳市"), province="辽宁省")
    assert [(hit.value, hit.variant, hit.severity) for hit in found] == [
        ("大连市", "apart", Severity.WARNING)
    ]
    (undecided,) = hits("CF809", here, there)
    assert (undecided.variant, undecided.facts["count"]) == ("undecided", "2")
    assert undecided.files == (here.path, there.path)
    assert not hits("CF809", here, digest("丁产业集群", ""))
    assert not hits("CF809", digest("丁产业集群", ""))


def test_units_that_lie_in_one_province() -> None:
    dalian, liaoning, qingdao, xinjiang, corps = map(
        unit_named, ("大连市", "辽宁省", "青岛市", "新疆", "新疆生产建设兵团")
    )
    assert is_apart(dalian, liaoning)
    assert is_apart(xinjiang, corps)
    assert not is_apart(dalian, qingdao)
    assert not is_apart(corps, liaoning)
    assert not is_apart(liaoning, liaoning)
    assert not is_apart(liaoning, xinjiang)


def test_only_so_many_names_are_told() -> None:
    assert joined("甲乙丙丁戊己") == "甲、乙、丙、丁、戊、己"
    assert joined("甲乙丙丁戊己庚") == "甲、乙、丙、丁、戊、己 …（7）"
    assert joined("甲乙丙", 2) == "甲、乙 …（3）"
    assert listed([digest("水晶产业集群"), digest(path="乙.docx")]) == "水晶产业集群、乙.docx"


@pytest.mark.parametrize(
    ("region", "name", "department", "unit", "county"),
    [
        (DONGHAI, "", "", "江苏省", "320722"),
        ("江苏省连云港市", "", "", "江苏省", ""),
        ("", "江苏省东海县水晶产业集群", "", "江苏省", "320722"),
        ("某某园区", "", "江苏省昆山市工业和信息化局", "江苏省", "320583"),
        ("河北省桥西区", "", "", "河北省", ""),
        ("鼓楼区", "", "", None, ""),
        ("鼓楼区", "江苏省东海县水晶产业集群", "", "江苏省", "320722"),
        ("辽宁省大连市金州区", "", "", "大连市", "210213"),
        ("辽宁省沈阳市", "", "", "辽宁省", ""),
        ("新疆维吾尔自治区石河子市", "", "", "新疆维吾尔自治区", "659001"),
        ("新疆维吾尔自治区石河子市", "", "第八师石河子市工信局（新疆生产建设兵团）", "新疆生产建设兵团", ""),
        ("", "", "", None, ""),
    ],
)
def test_where_a_form_comes_from(
    region: str, name: str, department: str, unit: str | None, county: str
) -> None:
    origin = origin_of(region, name, department)
    assert (origin.unit and origin.unit.name, origin.county) == (unit, county)


def test_a_province_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError):
        unit_named("鼓楼区")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("东海县水晶产业集群", DONGHAI), ("江苏省连云港市东海县水晶集群", ""), True),
        (("水晶产业集群", DONGHAI), ("水晶产业集群", "江苏省"), True),
        (("水晶产业集群", DONGHAI), ("水晶产业集群", KUNSHAN), False),
        (("水晶产业集群", DONGHAI), ("水晶产业集群", ""), False),
        (("水晶产业集群", ""), ("水晶中小企业特色产业集群", ""), True),
        (("水晶产业集群", DONGHAI), ("硅材料产业集群", DONGHAI), False),
        (("桥西区水晶产业集群", "河北省石家庄市"), ("桥西区水晶产业集群", "河北省张家口市"), False),
        (("桥西区水晶产业集群", "河北省石家庄市"), ("桥西区水晶产业集群", ""), True),
        (("产业集群", DONGHAI), ("产业集群", DONGHAI), True),
        (("产业集群", DONGHAI), ("集群", DONGHAI), False),
    ],
)
def test_two_names_of_one_cluster(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    first, second = name_key(*one), name_key(*other)
    assert first is not None
    assert second is not None
    assert first.same(second) == second.same(first) == same


def test_places_that_may_be_one() -> None:
    assert region_places("江苏省连云港市东海县某某开发区") == {"320722/"}
    assert overlap(region_places("江苏省连云港市"), region_places(DONGHAI))
    assert overlap(region_places("桥西区"), region_places("张家口市"))
    assert overlap(frozenset(), frozenset())
    assert not overlap(frozenset(), region_places(DONGHAI))
    assert not overlap(region_places(HAIZHOU), region_places(DONGHAI))


@pytest.mark.parametrize(
    ("name", "region", "places"),
    [
        ("石家庄市水晶产业集群", "河北省石家庄市桥西区", {"130104"}),
        ("桥西区水晶产业集群", "河北省石家庄市", {"130104"}),
        ("桥西区水晶产业集群", "", {"130104", "130703"}),
        ("东海县水晶产业集群", KUNSHAN, {"320722"}),
        ("水晶产业集群", "", set()),
    ],
)
def test_the_place_of_a_name_is_made_certain_by_its_region(name: str, region: str, places: set[str]) -> None:
    key = name_key(name, region)
    assert key is not None
    assert (key.places, key.industry) == (places, "水晶")


PROSE = "集群位于东海县城区以北，占地面积广阔，交通便利，水电齐全，入驻企业多为硅材料加工与水晶制品生产的中小企业，产业基础良好。"
OWN = "本地以传感器研发制造为主，依托高校院所设立实验室若干，形成从设计封装到检测应用的完整链条，近年来获得多项国家级奖励与资质认定。"
ENVIRONMENT, RULES = [
    path for path, field in load_form(EDITION, "application").fields.items() if field.limit == 200
][:2]


def alike(*texts: tuple[str, dict[str, str]]) -> list[Hit]:
    """Of clusters by their names and texts."""
    made = [
        digest(name, prose=tuple((path, min_hashes(text)) for path, text in prose.items()))
        for name, prose in texts
    ]
    (rule,) = [rule for rule in load_rules(EDITION) if rule.code == "CF810"]
    (check,) = rule.checks
    limits = load_limits(EDITION)
    seen = replace(folder(*made), limits=limits, prose=lambda number: texts[number][1])
    return [*check.places(seen)]


def test_texts_of_several_clusters_with_nearly_the_same_wording() -> None:
    (found,) = alike(
        ("甲集群", {ENVIRONMENT: PROSE}),
        ("乙集群", {ENVIRONMENT: OWN}),
        ("丙集群", {ENVIRONMENT: PROSE + "一"}),
    )
    assert (found.files, found.value) == (("甲集群.docx", "丙集群.docx"), "99")
    assert (found.facts["count"], found.facts["names"], found.facts["fields"]) == ("2", "甲集群、丙集群", "1")
    label = load_form(EDITION, "application").fields[ENVIRONMENT].label
    assert (found.label, found.facts["labels"]) == (label, f"“{label}”")
    both = {ENVIRONMENT: PROSE, RULES: OWN}
    (found,) = alike(("甲集群", both), ("乙集群", both))
    assert (found.label, found.value, found.facts["fields"]) == (None, "100", "2")
    assert not alike(("甲集群", {ENVIRONMENT: PROSE}), ("乙集群", {RULES: PROSE}))
    assert not alike(("甲集群", {ENVIRONMENT: PROSE}), ("甲集群", {ENVIRONMENT: PROSE}))
    assert not alike(("甲集群", {ENVIRONMENT: PROSE}), ("乙集群", {ENVIRONMENT: PROSE[:30] + OWN[:30]}))
