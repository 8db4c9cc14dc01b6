"""From the text in an answer's place to its value, its state and what is amiss with how it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.answers import Answer, Contact, ContactAnswer, CountNames, NumberAnswer, State, TextAnswer
from clusterform.filling.convert import convert
from clusterform.filling.numbers import CountAndNames, count_and_names, read_target
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.forms.model import load_form

FORM = load_form("2025", "application")
AREA, OUTPUT = "basic_info.area", "leading_industry.total_output"
FIRMS, PATENTS = "leading_industry.enterprises", "innovation.patents"
PLATFORMS = "innovation.platforms_national"


def answer(path: str, *cells: str) -> Answer:
    pieces = [Piece(text, (), Location(None, 1, 1, n)) for n, text in enumerate(cells)]
    return convert(FORM.fields[path], FORM.rows[path], pieces)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("basic_info.department_phone", "13800001111"),
        ("basic_info.department_contact", "0"),
        ("cover.operator", "-5"),
        ("cover.date", "20250630"),
    ],
)
def test_figures_alone_are_text_where_text_is_asked(path: str, text: str) -> None:
    found = answer(path, text)
    assert (type(found), found.state, found.value) == (TextAnswer, State.FILLED, text)


@pytest.mark.parametrize(
    ("path", "text", "value", "flaws"),
    [
        (OUTPUT, " 68.40 ", "68.40", ()),
        (OUTPUT, "68.40亿元", "68.40", ("unit",)),
        (OUTPUT, "684000万元", None, ("unit",)),
        (OUTPUT, "68.40家", None, ("unit",)),
        (OUTPUT, "68.40%", None, ("percent",)),
        (OUTPUT, "0家", None, ("unit",)),
        (FIRMS, "126家", "126", ("unit",)),  # this row prints no measure word
        (FIRMS, "126 个", "126", ("unit",)),
        (FIRMS, "数量：126", None, ()),
        (FIRMS, "126家（其中规上20家）", None, ()),
        (FIRMS, "__126__", "126", ()),
        (PATENTS, "1260个", "1260", ()),  # this one prints 个
        (PATENTS, "1260 件", "1260", ()),
        (PATENTS, "数量：1260个", "1260", ()),
        (PATENTS, "__1260__个", "1260", ()),
        (PATENTS, "1260件（其中国防专利3件）", "1260", ()),
        (PATENTS, "1260（暂估）", None, ()),
        (PATENTS, "1260亿元", None, ("unit",)),
        (PATENTS, "1,260", "1260", ("thousands",)),
        (PATENTS, "约1260", None, ("approximate",)),
    ],
)
def test_a_figure_and_what_stands_beside_it(
    path: str, text: str, value: str | None, flaws: tuple[str, ...]
) -> None:
    found = answer(path, text)
    assert (type(found), found.value, found.flaws) == (NumberAnswer, value and Decimal(value), flaws)
    assert found.state is (State.UNREADABLE if value is None else State.FILLED)


@pytest.mark.parametrize(
    ("path", "cells", "value"),
    [
        (OUTPUT, ("68.40", "亿元"), "68.40"),
        (OUTPUT, ("68.40", "万元"), None),
        (OUTPUT, ("68.40", "家"), None),
        (FIRMS, ("126", "家"), "126"),
        (FIRMS, ("126", "亿元"), None),
        (AREA, ("18.00", "平方公里"), "18.00"),
    ],
)
def test_the_rows_own_unit_in_a_cell_beside_the_figure_is_no_fault(
    path: str, cells: tuple[str, ...], value: str | None
) -> None:
    found = answer(path, *cells)
    assert (found.value, found.text) == (value and Decimal(value), "\n".join(cells))
    assert (found.flaws == ()) is (value is not None)


@pytest.mark.parametrize(
    ("path", "text", "state", "shown"),
    [
        ("cover.operator", "无", State.NONE, "无"),
        ("cover.operator", "/", State.STAND_IN, "/"),
        ("cover.operator", "0家", State.STAND_IN, "0家"),
        ("cover.operator", "暂无", State.STAND_IN, "暂无"),
        ("cover.operator", "____", State.BLANK, ""),
        ("cover.date", "年 月 日", State.BLANK, "年 月 日"),
        (OUTPUT, "——", State.STAND_IN, "——"),
        (OUTPUT, "n/a", State.STAND_IN, "n/a"),
        (OUTPUT, "____", State.PLACEHOLDER, "____"),
        (OUTPUT, "XX", State.PLACEHOLDER, "XX"),
        (PATENTS, "个", State.BLANK, ""),
        (PATENTS, "/个", State.STAND_IN, "/"),
        (PLATFORMS, "数量：个 名称：", State.BLANK, ""),
        (PLATFORMS, "数量：无 名称：无", State.NONE, "无"),
        (PLATFORMS, "数量：无 名称：", State.NONE, "无"),
    ],
)
def test_no_answer_or_what_is_put_for_none(path: str, text: str, state: State, shown: str) -> None:
    found = answer(path, text)
    assert (found.state, found.text) == (state, shown)


@pytest.mark.parametrize(
    ("text", "count", "names", "written"),
    [
        ("数量：3 个 名称：甲、乙、丙", 3, "甲、乙、丙", "3"),
        ("数量：三个 名称：甲", None, "甲", "三"),
        ("数量：无 名称：甲", None, "甲", "无"),
        ("数量：0 个 名称：", 0, "", "0"),
        ("3", 3, "", "3"),
        ("甲、乙", None, "甲、乙", ""),
    ],
)
def test_a_count_and_its_names(text: str, count: int | None, names: str, written: str) -> None:
    value = CountNames.made(count=count, names=names, count_text=written)
    assert answer(PLATFORMS, text).value == value


@pytest.mark.parametrize(
    ("text", "count", "names"),
    [
        ("数量：3个；名称：甲", "3个", "甲"),
        ("数量：3个，，名称：甲", "3个，", "甲"),  # one sign parts the two, a second is somebody's slip
        ("数量：2个（通称平台） 名称：甲", "2个（通称平台）", "甲"),
        ("数量:2 个\n名称:甲\n乙", "2 个", "甲\n乙"),
        ("名称：甲、乙 数量：2个", "2个", "甲、乙"),
        ("3家：甲、乙", "3", "甲、乙"),
        ("3家（甲、乙）", "3", "甲、乙"),
        ("3\n甲", "3", "甲"),
        ("3家\n甲", "3", "甲"),
        ("3\n家具协会", "3", "家具协会"),
        ("共3家", "3", ""),
        ("3 ", "3", ""),
    ],
)
def test_a_count_before_or_behind_its_names(text: str, count: str, names: str) -> None:
    assert count_and_names(text) == CountAndNames(count, names)


@pytest.mark.parametrize(
    "text", ["甲、乙", "名称：甲", "3甲", "甲公共技术平台", "共用平台、公共平台", " 共3家", ""]
)
def test_names_alone_are_no_count(text: str) -> None:
    assert count_and_names(text) is None


@pytest.mark.parametrize(
    ("text", "person", "phone"),
    [
        ("张三 0570-6018826", "张三", "0570-6018826"),
        ("0570-6018826 张三", "张三", "0570-6018826"),
        ("联系人：张三 电话：0570-6018826", "张三", "0570-6018826"),
        ("张三（13800001111）", "张三", "13800001111"),
        ("张三", "张三", ""),
        ("13800001111", "", "13800001111"),
        ("张三 13800001111、李四 13900001111", "张三", "13800001111、李四 13900001111"),
    ],
)
def test_a_person_and_telephones(text: str, person: str, phone: str) -> None:
    found = answer("cover.contact", text)
    assert isinstance(found, ContactAnswer)
    assert found.value == Contact.made(person=person, phone=phone)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("不低于10家", "10"),
        ("2027年达到120家", "120"),
        ("120家（2024年：100家）", "120"),
        ("120家，2027年", "120"),
        ("2027", "2027"),
        ("提高到 15 个百分点", "15"),
        ("1,200家", "1200"),
        ("+5%", "5"),
        ("−5", "-5"),
        ("100、100", "100"),
        ("100、120", None),
        ("100-120", None),
        ("2027年", None),
        ("2027 90", None),
        ("1,20", None),
        ("A5", None),
        ("", None),
    ],
)
def test_the_one_number_of_a_target(text: str, value: str | None) -> None:
    found = read_target(text)
    assert (found and found.figure and found.figure.value) == (value and Decimal(value))
