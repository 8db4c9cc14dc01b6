"""Texts of different clusters that are alike, on digests made by hand."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

import pytest

from clusterform.batch.digest import Digest, min_hashes, similarity
from clusterform.batch.folder import judge_folder
from clusterform.finding import Finding
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.digests import digest

Fact = tuple[str, ...]


def judged(digests: Sequence[Digest], prose: Sequence[Mapping[str, str]]) -> list[Finding]:
    """What is found alike in a folder of these digests with these texts."""
    found = judge_folder(digests, Checker(Settings(batch=True)), prose.__getitem__)
    return [finding for finding in found.findings if finding.rule == "CF810"]


TEXT = "集群拥有从石英砂提纯熔制拉管到半导体石英制品的完整链条上下游企业协作紧密县内配套率逐年提高"
OTHER = "每季度组织供需对接会建立检测中心和公共烧结平台企业之间共享模具共享物流协作成本明显下降稳步推进"
FIELDS = ("leading_industry.chain_text", "leading_industry.sharing_text")


def told_alike(*forms: tuple[Digest, Sequence[str]]) -> list[Fact]:
    """The files that are told together, the highest share and how many fields, of forms with their texts of FIELDS."""
    prose = [dict(zip(FIELDS, texts, strict=False)) for _, texts in forms]
    digests = [
        form._replace(prose=tuple((path, min_hashes(text)) for path, text in texts.items()))
        for (form, _), texts in zip(forms, prose, strict=True)
    ]
    found = judged(digests, prose)
    return [(*f.files, str(f.value), "1" if f.label else "2") for f in found]


def test_texts_of_different_clusters_that_are_alike() -> None:
    one, two, three = (digest(f"{name}产业集群", path=name) for name in "甲乙丙")
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
        digest(f"{name}产业集群", prose=((FIELDS[0], array("I", own).tobytes()),))
        for name, own in (("甲", range(16)), ("乙", hashes))
    ]
    assert bool(judged(digests, [{FIELDS[0]: TEXT}] * 2)) is found


def test_two_forms_of_one_cluster_or_one_file_may_be_alike() -> None:
    one = digest("甲产业集群")
    assert told_alike((one, [TEXT]), (digest("甲产业"), [TEXT])) == []
    assert told_alike((one, [TEXT]), (digest("乙产业集群", sha256=one.sha256), [TEXT])) == []
    assert told_alike((digest(path="1"), [TEXT]), (digest(path="2"), [TEXT]))


@pytest.mark.parametrize(
    ("one", "other", "share"), [("", "", 0), ("甲乙", "丙", 0), ("甲乙丙丁", "甲乙丙戊", 50)]
)
def test_how_much_wording_two_texts_share(one: str, other: str, share: int) -> None:
    assert similarity(one, other) == share
