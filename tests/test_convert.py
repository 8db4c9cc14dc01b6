"""From the text in an answer's place to its value, its state and what is amiss with how it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from clusterform.answers import (
    Answer,
    Contact,
    ContactAnswer,
    CountNames,
    NumberAnswer,
    State,
    TextAnswer,
    figure_of,
)
from clusterform.filling.convert import convert, is_no_answer, without_print
from clusterform.filling.numbers import CountAndNames, count_and_names, read_number, read_target, unit_in
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Mark

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
    ("path", "text", "counted"),
    [(FIRMS, "126", True), (FIRMS, "126家", True), (FIRMS, "126.0", False), (OUTPUT, "68", False)],
)
def test_a_whole_number_is_exact_where_things_are_counted(path: str, text: str, counted: bool) -> None:
    figure = figure_of(answer(path, text))
    assert figure is not None
    assert figure.counted is counted


@pytest.mark.parametrize(
    ("text", "unit", "value", "flaws"),
    [
        ("６８．４０", "亿元", "68.40", "full_width"),
        ("68。40", "亿元", "68.40", "full_width"),
        ("68.40。", "亿元", "68.40", "stop"),
        ("+68.40", "亿元", "68.40", "sign"),
        ("＋68.40", "亿元", "68.40", "sign full_width"),
        ("- 68.40", "亿元", "-68.40", "inner_space"),
        ("－68.40", "亿元", "-68.40", ""),
        ("68.4 0", "亿元", "68.40", "inner_space"),
        ("068.40", "亿元", "68.40", "leading_nought"),
        ("0.50", "亿元", "0.50", ""),
        (".50", "亿元", "0.50", ""),
        ("68.40①", "亿元", "68.40", "note_mark"),
        ("达68.40", "亿元", "68.40", "words"),
        ("近68.40", "亿元", None, "approximate"),
        ("68.40左右", "亿元", None, "approximate"),
        ("68.40多亿元", "亿元", None, "approximate unit"),
        ("68.40（亿元）左右", "亿元", None, "approximate unit"),
        ("1，260.00", "亿元", "1260.00", "thousands full_width"),
        ("1 260.00", "亿元", "1260.00", "inner_space"),
        ("68.40万美元", "万元", None, "unit"),
        ("68.40人民币", "亿元", "68.40", "unit"),
        ("5.00％", "%", "5.00", "percent full_width"),
        ("5.00百分点", "%", "5.00", "unit"),
        ("18.00km²", "平方公里", "18.00", "unit_name"),
        ("18.00（平方公里）", "平方公里", "18.00", "unit"),
        ("1800公顷", "平方公里", None, "unit"),
    ],
)
def test_how_a_figure_is_written(text: str, unit: str, value: str | None, flaws: str) -> None:
    found = read_number(text, counted=False, unit=unit)
    assert found is not None
    assert (found.figure and found.figure.value) == (value and Decimal(value))
    assert sorted(found.flaws) == sorted(flaws.split())


@pytest.mark.parametrize("text", ["12,60", "12 60", "1e5", "一百", "68.40亿元，同上", "甲", "68.40甲"])
def test_what_is_not_one_number(text: str) -> None:
    assert read_number(text, counted=False, unit="亿元") is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("亿元", "亿元"),
        (" （万元） ", "万元"),
        ("(%)", "%"),
        ("吨二氧化碳/万元", "吨二氧化碳/万元"),
        ("亿元亿元亿元亿元亿元亿元", "亿元亿元亿元亿元亿元亿元"),
        ("亿元亿元亿元亿元亿元亿元%", ""),  # too long for a unit
        ("个（家）", ""),
        ("（）", ""),
        ("12", ""),
        ("甲", ""),
    ],
)
def test_a_unit_and_nothing_else(text: str, unit: str) -> None:
    assert unit_in(text) == unit


@pytest.mark.parametrize(
    ("path", "text", "marks", "value"),
    [
        (OUTPUT, "1,260.00", [Mark(0, None, "number", "1260.00", 8)], "1260.00"),
        (OUTPUT, "0068.40", [Mark(0, None, "number", "0068.40", 7)], "68.40"),
        (
            OUTPUT,
            "68.40亿元",
            [Mark(0, None, "number", "68.40", 5), Mark(5, None, "literal", "", 2)],
            "68.40",
        ),
        (OUTPUT, "68.40万元", [Mark(0, None, "number", "68.40", 5), Mark(5, None, "literal", "", 2)], None),
        (FIRMS, "1,260家", [Mark(0, None, "number", "1260", 5), Mark(5, None, "literal", "", 1)], "1260"),
    ],
)
def test_what_a_number_format_writes_is_no_fault(
    path: str, text: str, marks: list[Mark], value: str | None
) -> None:
    piece = Piece(text, tuple(marks), Location(sheet="页"))
    found = convert(FORM.fields[path], FORM.rows[path], [piece])
    assert (found.text, found.value) == (text, value and Decimal(value))
    assert (found.flaws == ()) is (value is not None)


@pytest.mark.parametrize(
    ("path", "kind", "state"),
    [
        ("declaration.county_seal", {"images": 1}, State.FILLED),
        ("declaration.county_seal", {}, State.BLANK),
        ("green.co2_formula", {"images": 1}, State.FILLED),
        ("green.co2_formula", {"marks": (Mark(0, None, "drawing", "", 0),)}, State.FILLED),
        ("cover.operator", {"images": 1}, State.BLANK),
    ],
)
def test_a_picture_is_an_answer_where_a_seal_or_a_formula_is_asked(
    path: str, kind: dict[str, Any], state: State
) -> None:
    piece = Piece("", location=Location(None, 1, 1, 1))._replace(**kind)
    assert convert(FORM.fields[path], FORM.rows[path], [piece]).state is state


CLUSTER, NAME = "cover.cluster_name", "浙江省开化县精密量具产业集群"
PATTERN = "（XX（省、市）XX（县、区）XX产业）"


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        (CLUSTER, NAME + PATTERN, NAME),
        (CLUSTER, f"{NAME}\n{PATTERN}", NAME),
        (CLUSTER, f"{PATTERN}：{NAME}", NAME),
        (CLUSTER, PATTERN, PATTERN),  # left standing in the answer's place
        ("cover.region", "省（区、市）市（区）县（市、区）", ""),
        ("cover.department", "开化县经济和信息化局（盖章）", "开化县经济和信息化局"),
        ("cover.department", "开化县经济和信息化局 (盖章)", "开化县经济和信息化局"),
        ("cover.department", "开化县经济和信息化局（盖章", "开化县经济和信息化局（盖章"),
        ("cover.operator", "：__管委会__；", "管委会"),
        ("leading_industry.chain_text", "（200 字以内）已建链。", "已建链。"),
        ("leading_industry.chain_text", "已建链。\n（200 字以内）", "已建链。"),
        ("leading_industry.chain_text", "一\n（200 字以内）\n二", "一\n二"),
        (PATENTS, "412个（需提供清单及佐证材料）", "412"),
        (PATENTS, "（需提供清单及佐证材料）\n412", "412"),
        (PATENTS, "个（需提供清单及佐证材料）", ""),
        (PATENTS, "/个（需提供清单及佐证材料）", "/"),
        ("innovation.standards", "需提供清单 3", "3"),
        (PLATFORMS, "数量：/个 名称：/", "数量：/个 名称：/"),
    ],
)
def test_what_the_form_prints_is_no_part_of_an_answer(path: str, text: str, left: str) -> None:
    assert without_print(text, FORM.rows[path]) == left


@pytest.mark.parametrize(
    ("text", "none"),
    [
        *(
            (text, True)
            for text in ("无", "无。", "无、无", "/", "——", "暂无", "N/A", "没有", "待补充", "……")
        ),
        *((text, False) for text in ("甲", "无XX", "0家", "", "无锡市", "一/二")),
        ("/" * 201, True),
    ],
)
def test_a_text_that_names_nothing(text: str, none: bool) -> None:
    assert is_no_answer(text) is none


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
        (OUTPUT, "_", State.PLACEHOLDER, "_"),
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
    "text", ["甲、乙", "名称：甲", "3甲", "甲公共技术平台", "甲共", "共用平台、公共平台", " 共3家", ""]
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
