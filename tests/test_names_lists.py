"""How many names a list holds: by what parts them, by its numbers, by the rows of a table in the cell."""

from __future__ import annotations

import pytest

from clusterform.checks.names_list import plain_names, read_names

READINGS: list[tuple[str, set[int], int]] = [
    ("甲中心、乙中心", {2}, 2),
    ("甲中心", {1}, 1),
    ("甲、乙、", {2}, 2),
    ("1甲、2乙", {2}, 2),
    ("甲中心和乙中心", {1, 2}, 1),
    ("甲中心 乙中心", {1, 2}, 1),
    ("甲/乙中心", {1, 2}, 1),
    ("甲；乙、丙", {2, 3}, 3),
    ("名单：甲、乙", {2}, 2),
    ("1. 甲中心 2. 乙中心 3. 丙中心", {3}, 3),
    ("1、甲中心\n2、乙中心", {2}, 2),
    ("1 甲中心 2 乙中心", {2}, 2),
    ("1.甲中心2.乙中心", {2}, 2),
    ("1甲中心2乙中心", {1, 2}, 2),
    ("2.甲中心3.乙中心", {1}, 1),
    ("一、甲中心二、乙中心", {2}, 2),
    ("A.甲中心B.乙中心", {2}, 2),
    ("（1）甲中心（2）乙中心", {2}, 2),
    ("①甲中心②乙中心③丙中心", {3}, 3),
    ("•甲中心•乙中心", {2}, 2),
    ("1.5亿元项目、乙项目", {2}, 2),
    ("1.3D打印协会2.乙协会", {2}, 2),
    ("《甲》《乙》", {1, 2}, 1),
    ("《甲》、《乙》", {2}, 2),
    ("甲（一、二）、乙", {2}, 2),
    ("甲（（一、二）、三）、乙", {2}, 2),
    ("绿色工厂（3个）、绿色园区（2个）", {2, 5}, 2),
    ("绿色工厂（3个）、绿色园区", {2, 4}, 2),
    ("绿色工厂（3个）（2个）", {1, 5}, 1),
    ("序号\n名称\n1\n甲公司\n2\n乙公司", {2}, 2),
    ("1\n甲公司\n2024\n2\n乙公司\n2025", {2}, 2),
    ("名称\n地址\n甲\n某地\n乙\n某县", {2, 6}, 2),
    ("名称\n地址\n甲\n某地\n乙", {5}, 5),
]


@pytest.mark.parametrize(("text", "counts", "likely"), READINGS)
def test_the_readings_of_a_list(text: str, counts: set[int], likely: int) -> None:
    """Every number that a sensible reading gives, and the one by the separators that are certain."""
    read = read_names(text)
    assert (read.counts, read.likely, read.more, read.elsewhere) == (counts, likely, False, False)


@pytest.mark.parametrize(
    ("text", "more", "elsewhere"),
    [
        ("甲中心、乙中心等", True, False),
        ("甲中心、乙中心等12家", True, False),
        ("1. 甲中心 2. 乙中心 等", True, False),
        ("详见附件", False, True),
        ("后附", False, True),
        ("甲中心、乙中心", False, False),
    ],
)
def test_a_list_of_which_more_is_elsewhere(text: str, more: bool, elsewhere: bool) -> None:
    read = read_names(text)
    assert (read.more, read.elsewhere) == (more, elsewhere)
    assert read.likely == (0 if elsewhere else 2)


@pytest.mark.parametrize(
    ("text", "names"),
    [("甲、乙", 2), ("甲", 1), ("甲、、乙、", 2), ("甲和乙", 0), ("甲，乙", 0), ("1甲、乙", 0), ("", 0)],
)
def test_a_list_that_only_one_mark_parts(text: str, names: int) -> None:
    assert plain_names(text) == names
