"""The number of an answer without what stands beside it, and what a number must look like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.answers import CountNames, NumberAnswer, State, number_answer
from clusterform.checks.check import Check
from clusterform.checks.number_writing import (
    NotANumber,
    NumberWritten,
    TwoDecimals,
    WholeCount,
    padded,
    plain_number,
)
from clusterform.checks.reader import Hit, Reader
from clusterform.figures import printed_figure
from clusterform.finding import NOWHERE, Severity
from clusterform.forms.model import load_form
from clusterform.messages import Text
from support.by_hand import Written, form_of

OUTPUT, FIRMS, SHARE, PLATFORMS = (
    "leading_industry.total_output",
    "leading_industry.enterprises",
    "leading_industry.sme_share",
    "innovation.platforms_other",
)


@pytest.mark.parametrize(
    ("path", "text", "digits", "flaws", "plain"),
    [
        (OUTPUT, "12.5", "12.5", (), "12.50"),
        (OUTPUT, "12", "12", (), "12"),
        (OUTPUT, "12.345", "12.345", (), "12.345"),
        (OUTPUT, "12.5亿元", "12.5", ("unit",), "12.50"),
        (OUTPUT, "12.5亿", "12.5", ("unit",), "12.50"),
        (OUTPUT, "12.5万元", "12.5", ("unit",), None),
        (OUTPUT, "12家", "12", ("unit",), None),
        (OUTPUT, "合计12.5", "12.5", (), "12.50"),
        (OUTPUT, "12.5元", "12.5", ("unit_name",), "12.50"),
        (OUTPUT, "约12.5", "12.5", ("approximate",), None),
        (OUTPUT, "十二", "12", ("words",), None),
        (OUTPUT, "1,234.5", "1234.5", ("thousands",), "1234.50"),
        (OUTPUT, "（12.5）", "12.5", (), "12.50"),
        (FIRMS, "12家", "12", (), "12"),
        (FIRMS, "12亿元", "12", (), None),
        (FIRMS, "12家家", "12", (), None),
        (SHARE, "80.1%", "80.1", ("percent",), "80.10"),
        (SHARE, "80.1家", "80.1", ("percent",), None),
        (OUTPUT, "没有", None, (), None),
    ],
)
def test_a_number_without_what_stands_beside_it(
    path: str, text: str, digits: str | None, flaws: tuple[str, ...], plain: str | None
) -> None:
    """Its own unit, or what things are counted by where they are counted; other words may matter."""
    figure = None if digits is None else printed_figure(digits)
    answer = number_answer(text, State.FILLED, figure, NOWHERE, flaws)
    assert plain_number(answer, load_form("2025", "application").fields[path]) == plain


@pytest.mark.parametrize(("text", "plain"), [("3个", "3"), ("3", "3"), ("3亿", None)])
def test_the_number_of_a_list_of_names(text: str, plain: str | None) -> None:
    value = CountNames(count=Decimal(3), count_text=text, names="甲、乙、丙")
    answer = NumberAnswer.made(text=f"{text} 甲、乙、丙", state=State.FILLED, place=NOWHERE, value=value)
    assert plain_number(answer, load_form("2025", "application").fields[PLATFORMS]) == plain


@pytest.mark.parametrize(
    ("text", "padded_text"),
    [
        ("12.5", "12.50"),
        ("1.5亿元", "1.50亿元"),
        ("1,234.5", "1,234.50"),
        ("12.50", None),
        ("12", None),
        ("1.5、2.5", None),
        ("1.2.3", None),
    ],
)
def test_a_text_with_its_one_number_to_two_places(text: str, padded_text: str | None) -> None:
    assert padded(text) == padded_text


RATE, TARGET = "leading_industry.output_growth", "plan.target_rd"


def hit(check: Check, path: str, written: Written) -> Hit | None:
    definition = load_form("2025", "application")
    column = next((column.key for column in definition.fields[path].columns), None)
    form = form_of(
        "application", definition.fields, {(path, column): written}, roles=definition.edition.years.as_dict()
    )
    found = check.judge(Reader(form), (path, column))
    assert found is None or isinstance(found, Hit)
    return found


def number(text: str, digits: str | None, *flaws: str, counted: bool = False) -> Written:
    figure = None if digits is None else printed_figure(digits, counted=counted)
    return Written(text, State.FILLED, figure, flaws=flaws)


def names(count: str | None, text: str, *flaws: str) -> Written:
    value = CountNames(count=None if count is None else Decimal(count), count_text=text, names="甲、乙")
    return Written(text, State.FILLED, value, flaws=flaws)


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        (OUTPUT, number("12.5", "12.5"), (None, "12.50", "12.50")),
        (OUTPUT, number("12", "12"), None),
        (OUTPUT, number("12.50", "12.50"), None),
        (OUTPUT, number("12.345", "12.345"), ("long", "12.35", None)),
        (OUTPUT, number("0.064万", "0.064"), ("scaled", None, None)),
        (OUTPUT, number("1.064万", "1.064"), ("long", "1.06", None)),
        (OUTPUT, number("0.064", "0.064"), ("long", "0.06", None)),
        (OUTPUT, number("0.004", "0.004"), ("tiny", None, None)),
        (OUTPUT, number("0.000", "0.000"), ("long", "0.00", None)),
        (SHARE, number("0.785", "0.785"), ("fraction", None, None)),
        (SHARE, number("1.000", "1.000"), ("long", "1.00", None)),
        (SHARE, number("0.000", "0.000"), ("long", "0.00", None)),
        (SHARE, number("78.505", "78.505"), ("long", "78.51", None)),
        (OUTPUT, number("1,234.5", "1234.5", "thousands"), ("written", "1234.50", "1234.50")),
        (OUTPUT, number("1,234.567", "1234.567", "thousands"), ("long", "1234.57", None)),
        (OUTPUT, number("约12.5", "12.5", "approximate"), None),
        (OUTPUT, number("很多", None), None),
        (TARGET, number("12.5亿元", "12.5"), (None, "12.50", "12.50亿元")),
    ],
)
def test_decimals_are_two(
    path: str, written: Written, told: tuple[str | None, str | None, str | None] | None
) -> None:
    found = hit(TwoDecimals(), path, written)
    assert (found and (found.variant, found.expected, found.fix)) == told


def test_of_a_share_under_one_the_hundredfold_is_told() -> None:
    found = hit(TwoDecimals(), SHARE, number("0.7855", "0.7855"))
    assert found is not None
    assert found.facts == {"places": "4", "hundredfold": "78.55"}


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        (FIRMS, number("12", "12", counted=True), None),
        (FIRMS, number("12.00", "12.00"), None),
        (FIRMS, number("0", "0"), None),
        (FIRMS, number("12.5", "12.5"), (None, None)),
        (FIRMS, number("0.5", "0.5"), (None, None)),
        (FIRMS, number("-1", "-1"), ("negative", None)),
        (FIRMS, number("很多", None), None),
        (PLATFORMS, names("3", "3个"), None),
        (PLATFORMS, names("2.5", "2.5个"), (None, "2.5个")),
        (PLATFORMS, names("-2", "-2个"), ("negative", "-2个")),
        (PLATFORMS, names(None, "若干"), None),
    ],
)
def test_a_count_is_whole_and_not_negative(
    path: str, written: Written, told: tuple[str | None, str | None] | None
) -> None:
    found = hit(WholeCount(), path, written)
    assert (found and (found.variant, found.value)) == told


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        (OUTPUT, number("12.50", "12.50"), None),
        (OUTPUT, number("12.5亿元", "12.5", "unit"), None),
        (OUTPUT, number("12.50亿元", "12.50", "unit"), ("12.50", "12.50", None, Severity.WARNING)),
        (OUTPUT, number("12.50万元", "12.50", "unit"), (None, None, "unsure", None)),
        (OUTPUT, number("约12.50", "12.50", "approximate"), (None, None, "unsure", None)),
        (RATE, number("+12.50", "12.50", "sign"), ("12.50", "12.50", None, Severity.WARNING)),
        (OUTPUT, number("+12.50", "12.50", "sign"), ("12.50", "12.50", None, None)),
        (FIRMS, number("12家", "12", "unit"), ("12", "12", None, Severity.WARNING)),
        (FIRMS, number("12.5家", "12.5", "unit"), None),
        (FIRMS, number("-12家", "-12", "unit"), None),
        (PLATFORMS, names("3", "3个", "unit"), ("3", None, None, Severity.WARNING)),
        (PLATFORMS, names("2.5", "2.5个", "unit"), None),
    ],
)
def test_what_is_odd_about_a_number_is_one_finding(
    path: str, written: Written, told: tuple[object, ...] | None
) -> None:
    found = hit(NumberWritten(), path, written)
    assert (found and (found.expected, found.fix, found.variant, found.severity)) == told
    assert found is None or found.value == (written.text if path == PLATFORMS else None)


def test_each_way_in_which_a_number_is_odd_is_told() -> None:
    found = hit(
        NumberWritten(), OUTPUT, number("约1,234.50亿元", "1234.50", "approximate", "thousands", "own")
    )
    assert found is not None
    approximate, thousands, own = found.facts["ways"]
    assert own == "own"
    assert all(isinstance(way, Text) and way.known for way in (approximate, thousands))


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        (OUTPUT, Written("很多", State.UNREADABLE), (None,)),
        (OUTPUT, Written("很多", State.UNREADABLE, flaws=("words",)), None),
        (OUTPUT, number("12.50", "12.50"), None),
        (PLATFORMS, names(None, "若干"), ("若干",)),
        (PLATFORMS, names(None, ""), None),
        (PLATFORMS, names(None, "无"), None),
        (PLATFORMS, names("3", "3个"), None),
    ],
)
def test_something_else_in_a_number_s_place(
    path: str, written: Written, told: tuple[str | None] | None
) -> None:
    found = hit(NotANumber(), path, written)
    assert (found and (found.value,)) == told
