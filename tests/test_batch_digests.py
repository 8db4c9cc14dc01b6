"""The rules across forms, on what is kept of each form: a folder as a few lines, without a file."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import pytest

from clusterform.batch.digest import Digest, min_hashes, similarity
from clusterform.batch.folder import joined
from support.digests import DONGHAI, KUNSHAN, form, judged

Fact = tuple[str, ...]


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
        ([form("甲产业集群", DONGHAI), form("甲产业", DONGHAI, path="2")], [("甲产业集群", "2")]),
        ([form("甲产业集群", DONGHAI, sha256="1"), form("甲产业", DONGHAI, path="2", sha256="2")], [("甲产业集群", "2")]),
        ([form("甲产业集群", DONGHAI, sha256="1"), form("甲产业", DONGHAI, path="2", sha256="1")], [("甲产业集群", "2")]),
        ([form("甲产业集群", DONGHAI, sha256="1"), form("甲产业集群", DONGHAI, "review", path="2", sha256="2")], []),
        ([form("甲产业集群", DONGHAI, sha256="1"), form("甲产业集群", DONGHAI, path="2", sha256="2", blank=True)], []),
        ([form("甲产业集群", DONGHAI, sha256="1", blank=True), form("甲产业集群", DONGHAI, path="2", sha256="1", blank=True)], []),
        ([form("甲产业集群", DONGHAI), form("乙产业集群", DONGHAI), form("丙产业集群", DONGHAI)], []),
    ],
)  # fmt: skip
def test_one_cluster_twice(forms: list[Digest], told: list[Fact]) -> None:
    assert [(f.files[0], str(len(f.files))) for f in judged(forms, "CF802")] == told


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        ([form("甲产业集群", DONGHAI), form("乙产业集群", DONGHAI)], [("东海县", "甲产业集群", "乙产业集群")]),
        ([form("甲产业集群", DONGHAI), form("甲产业", DONGHAI, path="2")], []),
        ([form("甲产业集群", DONGHAI), form("", DONGHAI, path="2")], []),
        ([form("甲产业集群", DONGHAI), form("乙产业集群", KUNSHAN)], []),
        ([form("甲产业集群", "江苏省连云港市"), form("乙产业集群", "江苏省连云港市")], []),
        # of two versions the one that tells the county places the cluster
        ([form("东海县甲产业集群", "江苏省", path="1"), form("东海县甲产业集群", DONGHAI, path="2"), form("乙产业集群", DONGHAI)], [("东海县", "2", "乙产业集群")]),
        ([form("甲产业集群", DONGHAI), form("乙产业集群", DONGHAI, "review")], []),
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
    found = judged([form(names[0], DONGHAI), form(names[1], DONGHAI, "review")], "CF811")
    assert [f.files for f in found] == ([names] if near else [])


def test_near_names_lie_in_one_county_or_city_without_counties() -> None:
    def told(here: str, there: str) -> list[tuple[str | None, ...]]:
        found = judged([form("针织服饰产业集群", here), form("针织服装产业集群", there, "review")], "CF811")
        return [(f.message.split("“")[1].split("”")[0], *f.files) for f in found]

    both = ("针织服饰产业集群", "针织服装产业集群")
    assert told(DONGHAI, DONGHAI) == [("东海县", *both)]
    assert told(DONGHAI, KUNSHAN) == []
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
    one, two, three = (form(f"{name}产业集群", DONGHAI, sha256=name) for name in "甲乙丙")
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


@pytest.mark.parametrize(
    ("hashes", "found"),
    [
        (range(16), True),
        ([0, 1, 2, 3, 4, *range(90, 101)], True),
        ([0, 1, 2, 3, *range(90, 102)], False),
        ([7, 8, 9, 10, 11, *range(90, 101)], True),
        ([8, 9, 10, 11, 12, 13, 14, 15, *range(90, 98)], False),
        ([0, 1, 2], True),
        ([0, 1, 90], False),
    ],
)
def test_texts_are_compared_that_share_their_smallest_hashes(hashes: Sequence[int], found: bool) -> None:
    """Five of them, or all of a short one, and one at least of the first text's eight smallest."""
    digests = [
        form(f"{name}产业集群", DONGHAI, sha256=name, prose=((FIELDS[0], array("I", own).tobytes()),))
        for name, own in (("甲", range(16)), ("乙", hashes))
    ]
    assert bool(judged(digests, "CF810", prose=[{FIELDS[0]: TEXT}] * 2)) is found


def test_two_forms_of_one_cluster_or_one_file_may_be_alike() -> None:
    one = form("甲产业集群", DONGHAI, sha256="1")
    assert told_alike((one, [TEXT]), (form("甲产业", DONGHAI, path="2", sha256="2"), [TEXT])) == []
    assert told_alike((one, [TEXT]), (form("乙产业集群", KUNSHAN, sha256="1"), [TEXT])) == []
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
