"""Amounts as targets and running text write them: which are found in a text, and when two of them can be compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.answers import State, number_answer
from clusterform.checks.amounts import (
    Amount,
    amounts_in,
    comparable,
    in_unit_of,
    no_rate,
    of_one_size,
    other_quantity,
    plain_quantity,
    read_amount,
    same_figure,
    scaled,
    single,
    tells_level,
    units_in_text,
    ways_to_read,
)
from clusterform.figures import Figure, printed_figure
from clusterform.finding import NOWHERE


def figure(digits: str) -> Figure:
    found = printed_figure(digits)
    assert found is not None
    return found


def amount(text: str) -> Amount:
    """One written as 9.60亿元, with + before it where it tells a change."""
    digits = text.lstrip("+").rstrip("吨标准煤/亿万千百元家件人个分点%")
    return Amount(figure(digits), text.lstrip("+").removeprefix(digits), text.startswith("+"))


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("1,234.5 亿元", "1234.5亿元"),
        ("１２，３４５件", "12345件"),
        ("1,23件", "1,23件"),
        ("1,2345件", "1,2345件"),
        ("12 15", "12;15"),
    ],
)
def test_a_quantity_is_made_plain(written: str, plain: str) -> None:
    assert plain_quantity(written) == plain


FOUND: list[tuple[str, list[tuple[str, bool, str, bool]]]] = [
    ("2027年达到1600件", [("1600件", False, "", True)]),
    ("年均增长15%,总产值20亿元", [("15%", True, "year", False), ("20亿元", False, "", False)]),
    ("三年累计增长50%", [("50%", True, "whole", False)]),
    ("增长50%", [("50%", True, "", False)]),
    ("提高到90%", [("90%", False, "", True)]),
    ("提高5个百分点", [("5个百分点", True, "", False)]),
    ("年均增加20亿元", [("20亿元", True, "", False)]),
    ("能耗0.15吨标准煤/万元", [("0.15吨标准煤/万元", False, "", False)]),
    ("共12,其中3家", [("12", False, "", False), ("3家", False, "", False)]),
    ("1.6e3家", []),
    ("A4纸", []),
    ("甲,年均,提高5%", [("5%", True, "", False)]),
    ("年均,乙,提高5%", [("5%", True, "", False)]),
    ("提高5%,年均", [("5%", True, "", False)]),
    ("提高5%年均,乙", [("5%", True, "year", False)]),
    (f"年均{'产' * 22}5%", [("5%", False, "year", False)]),
    (f"年均{'产' * 23}5%", [("5%", False, "", False)]),
    (f"5%{'产' * 22}年均", [("5%", False, "year", False)]),
    (f"5%{'产' * 23}年均", [("5%", False, "", False)]),
    (f"{'9' * 101}家,5家", [("5家", False, "", False)]),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_amounts_of_a_text(text: str, found: list[tuple[str, bool, str, bool]]) -> None:
    """Each as it is shown, whether it tells a change, over what time, and whether something leads to it."""
    told = [(one.shown, one.change, one.time, led) for one, led in amounts_in(text)]
    assert told == found


def test_only_amounts_in_some_units_are_looked_for() -> None:
    found = amounts_in("9,3%,达到5家,7", frozenset({"家"}))
    assert [(one.shown, led) for one, led in found] == [("5家", True)]


@pytest.mark.parametrize(
    ("row", "units"),
    [
        ("亿元", {"亿元", "千万元", "百万元", "万元", "亿", "万"}),
        ("万元", {"亿元", "千万元", "百万元", "万元", "亿", "万", "元"}),
        ("家", {"万件", "家", "户", "个", "件", "项"}),
        ("%", {"%"}),
        ("", set()),
        ("人", set()),
    ],
)
def test_units_in_which_a_row_s_amounts_are_told(row: str, units: set[str]) -> None:
    assert units_in_text(row) == units


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", "5"),
        ("5家", "5家"),
        ("5,达到7", "7"),
        ("达到5,达到7", None),
        ("5,7家,8%", "7家"),
        ("5家,7家", None),
        ("5,7", None),
        ("5%,7%", None),
        ("很多", None),
    ],
)
def test_the_one_amount_that_is_meant(text: str, meant: str | None) -> None:
    found = single(amounts_in(text))
    assert (found and found.shown) == meant


@pytest.mark.parametrize(
    ("text", "value", "shown", "change"),
    [
        ("9.60亿元", None, "9.60亿元", False),
        ("很多", None, None, False),
        ("9.60亿元", "9.60", "9.60亿元", False),
        ("-5%", "-5", "-5%", False),
        ("增长5%", "5", "5%", True),
        ("94（含2家总部）", "94", "94", False),
        ("94家（含2家总部）", "94", "94家", False),
        ("94(增长2%,3%)", "94", "94", False),
        ("1.5万", "15000", "1.5万", False),
        ("增长94（2家）", "94", "2家", False),
        ("94%（2家）", "94", "2家", False),
        ("二十", "20", "20", False),
    ],
)
def test_the_amount_of_a_target_s_cell(text: str, value: str | None, shown: str | None, change: bool) -> None:
    """What was read as its figure, in the unit that stands behind it; what stands in brackets is another."""
    answer = number_answer(text, State.FILLED, figure(value) if value else None, NOWHERE)
    found = read_amount(answer)
    assert (found and found.shown) == shown
    assert (found is not None and found.change) == change


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("9600.0万元", "2亿元", "0.96000"),
        ("2亿元", "9600万元", "20000"),
        ("3亿元", "2亿元", "3"),
        ("3家", "2亿元", None),
        ("3", "2亿元", "3"),
        ("1", "100亿元", "1"),
        ("1", "101亿元", None),
        ("101亿元", "1", None),
        ("-101", "1亿元", None),
        ("101人", "1人", "101"),
        ("0.15吨标准煤/万元", "2吨标准煤/万元", "0.15"),
        ("0.15吨标准煤/万元", "2吨", None),
    ],
)
def test_an_amount_in_another_s_unit(one: str, other: str, told: str | None) -> None:
    found = in_unit_of(amount(one), amount(other))
    assert (found and f"{found.value:f}") == told


def test_a_figure_in_another_unit_stands_for_the_same_values() -> None:
    assert scaled(figure("9600.5"), -4) == Figure(Decimal("0.96005"), 5)
    assert scaled(figure("9.60"), 4) == Figure(Decimal(96000), -2)
    assert scaled(figure("9600"), -4) == Figure(Decimal("0.9600"), 4, counted=True)
    assert scaled(Figure(Decimal(3), 1, counted=True), 1).counted
    assert scaled(figure("9600"), 0) == figure("9600")


@pytest.mark.parametrize(
    ("one", "other", "can_be"),
    [
        *(("亿元", "亿元", True), ("亿元", "亿", True), ("亿元", "万元", False), ("亿元", "家", False)),
        *(("家", "件", True), ("人", "亿元", True), ("亿元", "", True), ("吨标准煤/万元", "吨", False)),
        ("吨标准煤/万元", "吨二氧化碳/万元", True),
    ],
)
def test_figures_that_can_be_added(one: str, other: str, can_be: bool) -> None:
    assert comparable(one, other) == comparable(other, one) == can_be


@pytest.mark.parametrize(
    ("told", "asked", "other"),
    [
        *(("5亿元", "家", True), ("5家", "亿元", True), ("5万元", "亿元", False), ("5件", "家", False)),
        *(("5%", "家", False), ("+5亿元", "家", False), ("5个百分点", "家", False)),
        *(("5人", "家", False), ("5亿元", "", False), ("5亿元", "人", False), ("5", "家", False)),
    ],
)
def test_a_unit_that_measures_something_else(told: str, asked: str, other: bool) -> None:
    assert other_quantity(amount(told), asked) == other


@pytest.mark.parametrize(
    ("told", "wrong"),
    [("100%", False), ("100.01%", True), ("+120%", False), ("120", False), ("120家", False)],
)
def test_more_than_a_doubling_in_a_year_is_no_rate(told: str, wrong: bool) -> None:
    assert no_rate(amount(told)) == wrong


def test_what_tells_a_level_and_what_a_change() -> None:
    assert tells_level(amount("5%"))
    assert not tells_level(amount("+5%"))
    assert not tells_level(amount("5个百分点"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        *(("9.60", "9.60", True), ("9.60", "9.61", False), ("9.6", "9.60", True), ("9.6", "9.65", True)),
        *(("9.6", "9.66", False), ("9.6", "9.54", False), ("12", "12.00", True), ("12", "12.3", False)),
    ],
)
def test_two_printed_figures_that_can_be_one(one: str, other: str, same: bool) -> None:
    assert same_figure(figure(one), figure(other)) == same_figure(figure(other), figure(one)) == same


@pytest.mark.parametrize(
    ("own", "other", "steps"),
    [
        *(
            ("5", "1亿元", [0, -4]),
            ("5", "1亿", [0, -4]),
            ("5", "1万元", [0]),
            ("5", "1家", [0]),
            ("5", "1%", [0]),
        ),
        *(("5万元", "1亿元", [-4]), ("5亿元", "1万元", [4]), ("5家", "1亿元", [])),
        *(("5人", "1家", [0]), ("500人", "1家", [])),
    ],
)
def test_in_how_many_ways_an_amount_may_be_meant(own: str, other: str, steps: list[int]) -> None:
    assert ways_to_read(amount(own), amount(other)) == steps


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        *(("10", "200", True), ("200", "10", True), ("10", "200.01", False), ("200.01", "10", False)),
        *(("-10", "200", True), ("0", "5", True), ("5", "0", False), ("0", "0", True)),
    ],
)
def test_amounts_of_one_size(one: str, other: str, alike: bool) -> None:
    assert of_one_size(Decimal(one), Decimal(other)) == alike
