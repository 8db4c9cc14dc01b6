"""The number of an answer without what stands beside it, and what a number must look like."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.answers import CountNames, NumberAnswer, State, number_answer
from clusterform.checks.number_writing import padded, plain_number
from clusterform.figures import printed_figure
from clusterform.finding import NOWHERE
from clusterform.forms.model import load_form

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
