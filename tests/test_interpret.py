"""What is noticed of an answer beside its value: other digits than are shown, text struck through, gaps left standing."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.answers import State
from clusterform.filling.interpret import Interpreted, interpret
from clusterform.filling.pieces import Piece
from clusterform.filling.reading import AddedTarget, Reading
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Mark

FORM = load_form("2025", "application")
AREA, FIRMS, NAME = "basic_info.area", "leading_industry.enterprises", "basic_info.operator"
HERE = Location(table=1, row=1, cell=2)


def mark(origin: str, shown: str = "", length: int = 0) -> Mark:
    return Mark(0, None, origin, shown, length)


def read(path: str, text: str, *marks: Mark, column: str | None = None) -> Interpreted:
    return interpret(Reading({(path, column): [Piece(text, marks, HERE)]}, {path: HERE}), FORM)


def told(found: Interpreted) -> list[tuple[Any, ...]]:
    return [(o.what, o.column, o.value, o.expected, dict(o.facts)) for o in found.observations]


@pytest.mark.parametrize(
    ("path", "column", "text", "marks", "expected"),
    [
        (
            AREA,
            None,
            "12.50",
            [mark("rounded", "12.503")],
            [("decimals-hidden", None, "12.50", None, {"stored": "12.503"})],
        ),
        (
            AREA,
            None,
            "12.5",
            [mark("rounded", "12.503")],
            [("decimals-hidden", None, "12.5", None, {"stored": "12.503"})],
        ),
        (
            AREA,
            None,
            "12.5",
            [mark("rounded", "12.514")],
            [("decimals-lost", None, "12.5", "12.51", {"stored": "12.514"})],
        ),
        (
            AREA,
            None,
            "13",
            [mark("rounded", "12.514")],
            [("decimals-lost", None, "13", "12.51", {"stored": "12.514"})],
        ),
        (
            FIRMS,
            "2022",
            "13",
            [mark("rounded", "12.6")],
            [("decimals-hidden", "2022", "13", None, {"stored": "12.6"})],
        ),
        (AREA, None, "12%", [mark("percent", "0.12")], []),  # another quantity: no figure
        (
            FIRMS,
            "2022",
            "12",
            [mark("percent", "0.12")],
            [("percent-shown", "2022", "12", None, {"stored": "0.12"})],
        ),
        (AREA, None, "12", [mark("format", "x")], [("decimals-unsure", None, "12", None, {"format": "x"})]),
        (AREA, None, "12亩", [mark("rounded", "12.3")], []),
        (
            AREA,
            None,
            "",
            [mark("formula", "#REF!")],
            [("formula-without-value", None, "#REF!", None, {"variant": "error"})],
        ),
        (AREA, None, "", [mark("formula")], [("formula-without-value", None, "", None, {})]),
    ],
)
def test_other_digits_than_are_shown(
    path: str, column: str | None, text: str, marks: list[Mark], expected: list[tuple[Any, ...]]
) -> None:
    assert told(read(path, text, *marks, column=column)) == expected


@pytest.mark.parametrize(
    ("text", "struck", "expected"),
    [
        ("新", ["旧"], ("新", {"struck": "旧", "variant": "struck"})),
        ("", ["旧", " 再 "], (None, {"struck": "旧 再", "variant": "struck-whole"})),
    ],
)
def test_what_is_struck_through_is_told(
    text: str, struck: list[str], expected: tuple[str | None, dict[str, str]]
) -> None:
    found = read(NAME, text, *(mark("struck", words) for words in struck))
    (seen,) = [o for o in found.observations if o.what == "struck-text"]
    assert (seen.value, dict(seen.facts), seen.location) == (*expected, HERE)


def test_an_answer_without_its_label_and_one_whose_place_is_blank() -> None:
    found = interpret(Reading({}, {AREA: HERE, FIRMS: HERE}, lost={(2, "2024")}), FORM).answers
    states = {
        place: found[place].state for place in ((AREA, None), (NAME, None), (FIRMS, "2023"), (FIRMS, "2024"))
    }
    assert list(states.values()) == [State.BLANK, State.ABSENT, State.BLANK, State.ABSENT]
    assert found[AREA, None].place == HERE


@pytest.mark.parametrize(
    ("seen", "state"),
    [([], State.ABSENT), (["green.co2"], State.BLANK), (["green.co2", "green.co2_formula"], State.BLANK)],
)
def test_a_formula_is_blank_where_the_row_before_it_stands(seen: list[str], state: State) -> None:
    found = interpret(Reading({}, dict.fromkeys(seen, HERE)), FORM).answers["green.co2_formula", None]
    assert found.state is state
    assert (found.place == HERE) is bool(seen)


TYPES = "basic_info.industry_type"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("□第一产业 ☑第二产业 □第三产业", []),
        ("□第一产业 ☑第二产业", [("option-missing", "第三产业", None)]),
        ("□第一产业", [("options-missing", "主导产业所属产业类型", "第二产业、第三产业")]),
        ("☑第一产业", []),  # the choice is made
        ("□第一产业 ☑第二产业 □第四产业", [("option-reworded", "第三产业", "第四产业")]),
        ("□第一产业 ☑第二产业 □第三产业 □另外的", [("extra-option", "另外的", "另外的")]),
        ("无", []),
        ("无。 ", []),
        ("", []),
        ("、", []),
        ("无这一项", [("options-missing", "主导产业所属产业类型", "第一产业、第二产业、第三产业")]),
    ],
)
def test_the_options_of_a_group(text: str, expected: list[tuple[Any, ...]]) -> None:
    found = read(TYPES, text)
    assert [(o.what, o.label, o.value) for o in found.observations if "option" in o.what] == expected
    answer = found.answers[TYPES, None]
    assert (answer.state is State.NONE) is (text.strip("。 ") == "无")


def test_a_gap_on_the_cover_and_in_part_one_is_told_once() -> None:
    cover, part = "cover.cluster_name", "basic_info.cluster_name"
    pieces = {(cover, None): [Piece("待补充", (), HERE)], (part, None): [Piece("待补充", (), HERE)]}
    (seen,) = interpret(Reading(pieces, {cover: HERE, part: HERE}), FORM).observations
    assert (seen.what, seen.section, seen.field, seen.also) == ("placeholder", 0, cover, ((part, None),))
    assert (seen.facts["variant"], seen.facts["part"], seen.covers) == (
        "twice",
        "一、基本情况",
        ("集群名称",),
    )
    other = {**pieces, (part, None): [Piece("待定", (), HERE)]}
    found = interpret(Reading(other, {cover: HERE, part: HERE}), FORM).observations
    assert [(o.section, o.value) for o in found] == [(0, "待补充"), (1, "待定")]


def test_targets_that_a_county_added() -> None:
    values = {"baseline": Piece("12家", (), HERE), "target": Piece("XX", (mark("struck", "旧"),), HERE)}
    added = AddedTarget("targets", "plan.innovation_targets", "自定", values)
    found = interpret(Reading(added=[added, added._replace(values={"baseline": Piece(" ")})]), FORM)
    first, second = found.extra_targets
    assert (first.table, first.direction, first.indicator) == ("targets", "plan.innovation_targets", "自定")
    assert [(a.text, a.state, a.decimal) for a in first.values.values()] == [
        ("12家", State.FILLED, 12),
        ("XX", State.FILLED, None),
    ]
    assert second.values["baseline"].state is State.BLANK
    assert [(o.what, o.section, o.label, o.column, o.value) for o in found.observations] == [
        ("struck-text", 8, "自定", "2027 年目标值", "XX"),
        ("placeholder", 8, "自定", "2027 年目标值", "XX"),
    ]
