"""What is kept of a form: whether it is blank, which are the same, and which forms of a folder are of one cluster."""

from __future__ import annotations

import pytest

from clusterform.answers import FilledForm
from clusterform.batch.checks.near_names import _in_common
from clusterform.batch.cluster_names import name_key
from clusterform.batch.digest import (
    Digest,
    answers_hash,
    copies_beside_originals,
    is_blank,
    shingles,
    similarity,
)
from clusterform.batch.folder import distinct, paths
from clusterform.evidence_line import EvidenceLine
from clusterform.finding import Status
from support.rule_run import Texts, filled

OUTPUT, BRAND, PLATFORMS = (
    "leading_industry.total_output@2024",
    "leading_industry.brand_work",
    "innovation.platforms_other",
)


def form(texts: Texts | None = None, *evidence: tuple[str, str]) -> FilledForm:
    return filled("application", texts or {OUTPUT: "12.50", BRAND: ("diagnosis",)}, evidence or None)


def test_forms_with_the_same_answers_are_known_by_one_hash() -> None:
    same = answers_hash(form())
    assert answers_hash(form()) == same
    others = (
        form({OUTPUT: "12.51", BRAND: ("diagnosis",)}),
        form({OUTPUT: "12.50", BRAND: ("management",)}),
        form({OUTPUT: "12.50"}),
        form(None, ("商标", "注册证")),
        form(None, ("商标", "注册证书")),
        form().model_copy(update={"form": "review"}),
    )
    assert len({same, *map(answers_hash, others)}) == 7


def test_a_list_beside_the_form_is_no_answer_of_it() -> None:
    beside = EvidenceLine({"subject": "商标", "title": "注册证"}, source="清单.csv")
    assert answers_hash(form().model_copy(update={"evidence": (beside,)})) == answers_hash(form())


@pytest.mark.parametrize(
    ("texts", "blank"),
    [
        ({OUTPUT: ""}, True),
        ({OUTPUT: "12.50"}, False),
        ({OUTPUT: "无"}, False),
        ({OUTPUT: "/"}, False),
        ({BRAND: ()}, True),
        ({BRAND: ("diagnosis",)}, False),
        ({PLATFORMS: "3个"}, False),
        ({"cover.cluster_name": "东海县水晶产业集群"}, False),
        ({"cover.cluster_name": ""}, True),
        ({"basic_info.cluster_name": "浙江省衢州市江山市数字量具产业集群"}, False),
        ({"basic_info.department": "江山市经济和信息化局"}, True),
        ({"cover.region": "江苏省"}, True),
    ],
)
def test_a_form_in_which_nothing_is_filled_in(texts: Texts, blank: bool) -> None:
    assert is_blank(form(texts)) == blank


@pytest.mark.parametrize(
    ("one", "other", "percent"),
    [
        ("天地玄黄", "天地玄黄", "100"),
        ("天地玄黄", "天地玄红", "50"),
        ("天地玄", "天地黄", "0"),
        ("天地", "天地", "0"),
        ("天 地，玄 12 黄", "天地玄黄", "100"),
        ("天地玄黄", "天地玄黄宇宙", "67"),
        ("天地玄天地玄", "天地玄", "40"),
    ],
)
def test_how_much_wording_two_texts_share(one: str, other: str, percent: str) -> None:
    assert str(round(similarity(one, other))) == str(round(similarity(other, one))) == percent


def test_the_shingles_of_a_text() -> None:
    assert shingles("天地玄天地玄") == {"天地玄": 2, "地玄天": 1, "玄天地": 1}
    assert not shingles("天地")


def test_copies_made_here_are_left_out_beside_their_originals() -> None:
    def file(path: str, answers: bytes, copy: str = "") -> Digest:
        return Digest(path, "application", Status.PASS, copy=copy, answers=answers)

    files = [
        file("原.docx", b"1"),
        file("同.docx", b"1"),
        file("批.docx", b"1", "annotated"),
        file("改.docx", b"2", "fixed"),
    ]
    files += [file("空.docx", b""), file("空批.docx", b"", "annotated")]
    found = copies_beside_originals(dict(enumerate(files)))
    assert {number: text.zh.count("原.docx") for number, text in found.items()} == {2: 1}


def test_forms_of_one_name_or_of_the_same_bytes_are_of_one_cluster() -> None:
    def digest(path: str, name: str = "", sha256: str | None = None) -> Digest:
        return Digest(path, "application", Status.PASS, sha256, name, name_key(name))

    name = "浙江省衢州市江山市数字量具产业集群"
    groups = distinct(
        [
            digest("甲", name, "1"),
            digest("乙", sha256="2"),
            digest("丙"),
            digest("丁", sha256="2"),
            digest("戊", name, "3"),
            digest("己"),
            digest("庚", sha256="3"),
        ]
    )
    assert [paths(group) for group in groups] == [("甲", "戊", "庚"), ("乙", "丁"), ("丙",), ("己",)]


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("数字量具", "量具", 2),
        ("量具", "数字精密量具", 2),
        ("甲乙丙", "丁甲戊乙己丙", 3),
        ("甲乙", "乙甲", 1),
        ("甲", "乙", 0),
        ("", "甲", 0),
    ],
)
def test_letters_that_two_industries_have_in_common(one: str, other: str, letters: int) -> None:
    assert _in_common(one, other) == _in_common(other, one) == letters
