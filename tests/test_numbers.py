"""Numbers as people write them: the figure, what is odd about it, and what is no number; counts with their names."""

from __future__ import annotations

import pytest

from clusterform.filling.numbers import (
    ParsedNumber,
    count_and_names,
    plain_number,
    read_number,
    read_target,
    unit_in,
)


def shown(number: ParsedNumber | None) -> str | None:
    """The figure as it is printed, ? where it cannot be told, and the flaws."""
    if number is None:
        return None
    figure = "?" if number.figure is None else f"{number.figure.value:f}"
    return " ".join((figure, *number.flaws))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.50", "12.50"),
        (" -3 ", "-3"),
        ("0", "0"),
        ("0.5", "0.5"),
        (".5", "0.5"),
        ("−3", "-3"),
        ("007", "7 leading_nought"),
        ("00.5", "0.5 leading_nought"),
        ("0 5", "5 inner_space leading_nought"),
        ("1,234.5", "1234.5 thousands"),
        ("12,345,678", "12345678 thousands"),
        ("1,23", None),
        ("12,3456", None),
        ("1 234", "1234 inner_space"),
        ("12 .5", "12.5 inner_space"),
        ("+3", "3 sign"),
        ("+ 3", "3 sign inner_space"),
        ("-    3", "-3 inner_space"),
        ("-     3", None),  # too far apart to be its sign
        ("３．５", "3.5 full_width"),
        ("3５", "35 full_width"),
        ("12。5", "12.5 full_width"),
        ("12.5。", "12.5 stop"),
        ("12.5；。", "12.5 stop"),
        ("12、", "12 stop"),
        ("约12", "? approximate"),
        ("近12", "? approximate"),
        ("12左右", "? approximate"),
        ("12余", "? approximate"),
        ("12（家）左右", "? approximate unit"),
        ("共12", "12 words"),
        ("12①", "12 note_mark"),
        ("12[1]", "12 note_mark"),
        ("12（注1）", "12 note_mark"),
        ("12%", "12 percent"),
        ("12 ％", "12 percent full_width"),
        ("12亿元", "12 unit"),
        ("12（亿元）", "12 unit"),
        ("12亿美元", "? unit"),  # another currency
        ("12万家", "? unit"),  # ten thousands of what is counted
        ("12.5.3", None),
        ("12-13", None),
        ("一百", None),
        ("1e5", None),
        ("12甲", None),
        ("", None),
    ],
)
def test_a_number_and_what_is_odd_about_it(text: str, expected: str | None) -> None:
    assert shown(read_number(text, counted=False)) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("12亿元", "亿元", "12 unit"),
        ("12亿", "亿元", "12 unit_name"),
        ("12万元", "亿元", "? unit"),  # another scale
        ("12亩", "平方公里", "? unit"),
        ("12km²", "平方公里", "12 unit_name"),
        ("12m2", "平方公里", "? unit"),
        ("12平方千米", "平方公里", "12 unit_name"),
        ("+12km²", "平方公里", "12 sign unit_name"),
        ("共12km²", "平方公里", "12 words unit_name"),
        ("12%", "%", "12 percent"),
        ("12%", "亿元", "? percent"),  # another quantity
        ("12亿元", "%", "? unit"),
        ("12家", "亿元", "? unit"),
        ("12家", "", "12 unit"),
        ("12年", "亿元", "12 unit"),  # measures nothing that is asked
        ("12.5", "亿元", "12.5"),
    ],
)
def test_the_unit_of_an_amount(text: str, unit: str, expected: str) -> None:
    assert shown(read_number(text, counted=False, unit=unit)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12个", "12"),
        ("12家", "12 unit"),
        ("12", "12"),
        ("12亿元", "? unit"),
        ("12%", "? percent"),
        ("12.5", "12.5"),
    ],
)
def test_the_unit_of_a_count(text: str, expected: str) -> None:
    assert shown(read_number(text, counted=True, unit="个", printed=("个",))) == expected


def test_a_well_written_number_is_that_figure() -> None:
    for text, places, counted in (
        ("12.50", 2, False),
        (" 7 ", 0, True),
        (" 0.50 ", 2, False),
        ("-0.5", 1, False),
    ):
        figure = plain_number(text, counted=counted)
        assert figure is not None
        assert (figure.places, figure.counted) == (places, counted)
    assert [text for text in ("012", "1.", "+1", "１", "1 2", "") if plain_number(text, counted=True)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12%", "12"),
        ("10%以上", "10"),
        ("不低于12", "12"),
        ("1,234家", "1234"),
        ("+5", "5"),
        ("-5", "-5"),
        ("12家（其中3家）", "12"),
        ("12（13）", "12"),
        ("12，12", "12"),  # the same twice
        ("2027年达到12", "12"),
        ("2024年：92家", "92"),
        ("2027", "2027"),
        ("2027.", "2027"),
        ("3027年", "3027"),  # no year
        ("12到13", None),
        ("2027达到12", None),
        ("12,3", None),
        ("12.5.5", None),
        ("2027.12.31达到12", "12"),
        ("A12", None),
        ("12a", None),
        ("无", None),
        ("2027年", None),
    ],
)
def test_the_one_number_of_a_target(text: str, expected: str | None) -> None:
    assert shown(read_target(text)) == expected


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [
        ("数量：3 个 名称：甲、乙", "3 个", "甲、乙"),
        ("数量：3个，名称：甲", "3个", "甲"),
        ("数量 3 名称 甲", "3", " 甲"),
        ("数量（个）：3 名称：甲", "3", "甲"),
        ("數量：3 名稱：甲", "3", "甲"),
        ("数量：；名称：甲", "", "甲"),
        ("数量：3；，名称：甲", "3；", "甲"),
        ("名称：甲 数量：3", "3", "甲"),
        ("名称：甲\n数量 ： 3个", "3个", "甲"),
        ("3家：甲、乙", "3", "甲、乙"),
        ("3家：", "3", ""),
        ("3", "3", ""),
        ("3家", "3", ""),
        ("3家\n甲", "3", "甲"),
        ("3\n甲", "3", "甲"),
        ("3\n家公司", "3", "家公司"),  # 家 begins the names
        ("3\n家\n甲", "3", "甲"),
        ("3家（甲、乙）", "3", "甲、乙"),
        ("3(甲", "3", "甲"),
        ("3、甲", "3", "甲"),
        ("３家，甲", "３", "甲"),
        ("共3家：甲", "3", "甲"),
        ("共3家", "3", ""),
        ("数量：3", "3", ""),
        ("甲、乙，共3家", "3", "甲、乙，"),
        ("甲、共有乙，共3家", "3", "甲、共有乙，"),
        ("共3家企业：甲、乙", "3", "甲、乙"),
        ("2个平台：甲、乙", "2", "甲、乙"),
        ("甲、乙（共2家）", "2", "甲、乙"),
        ("甲、乙（共2家企业）。", "2", "甲、乙"),
        ("甲、乙，共2家。", "2", "甲、乙，"),
    ],
)
def test_a_count_and_its_names(text: str, count: str, names: str) -> None:
    found = count_and_names(text)
    assert found is not None
    assert (found.count, found.names.strip()) == (count, names.strip())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲",
        "名称：甲",
        "3家 甲",
        "3 甲",
        "甲3家",
        "3家企业甲",
        "3家企业",
        "甲共3家丙",
        "甲共三家",
        "数量：甲",
    ],
)
def test_no_count_with_names(text: str) -> None:
    assert count_and_names(text) is None


def test_a_text_that_is_a_unit() -> None:
    given = {
        "亿元": "亿元",
        "（亿元）": "亿元",
        "( 家 )": "家",
        " 家": "家",
        "个/家": "",
        "甲": "",
        "": "",
        "()": "",
    }
    assert {text: unit_in(text) for text in given} == given
    assert (unit_in(" " * 11 + "家"), unit_in(" " * 12 + "家")) == ("家", "")
