"""What is kept of a form: whether it is blank, and which forms of a folder are of one cluster."""

from __future__ import annotations

import pytest

from clusterform.batch.checks.near_names import _in_common
from clusterform.batch.cluster_names import name_key
from clusterform.batch.digest import Digest, is_blank
from clusterform.batch.folder import distinct, paths
from clusterform.finding import Status
from support.rule_run import filled


@pytest.mark.parametrize(
    ("path", "text", "blank"),
    [
        ("basic_info.cluster_name", "浙江省衢州市江山市数字量具产业集群", False),
        ("leading_industry.total_output@2024", "77.20", False),
        ("basic_info.department", "江山市经济和信息化局", True),
    ],
)
def test_a_form_with_neither_name_nor_figure_is_blank(path: str, text: str, blank: bool) -> None:
    assert is_blank(filled("application", {path: text})) is blank


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
