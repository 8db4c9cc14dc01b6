"""Telephones as people write them: two hundred right ones and a hundred that nobody can ring."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.checks.telephone import read_numbers

LISTS = Path(__file__).parent / "data" / "telephones"


def _lines(name: str) -> list[str]:
    return (LISTS / name).read_text(encoding="utf-8").splitlines()


def test_the_lists_are_long_enough() -> None:
    assert len(set(_lines("right.txt"))) >= 200
    assert len(set(_lines("wrong.txt"))) >= 100


def test_a_right_number_is_known() -> None:
    read = {text: read_numbers(text) for text in _lines("right.txt")}
    assert [text for text, found in read.items() if not found.known or found.unlike or found.doubtful] == []


def test_a_wrong_number_is_like_none() -> None:
    assert [text for text in _lines("wrong.txt") if read_numbers(text).unlike is None] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [("0571-8705212", "571"), ("0755-8810112", "755"), ("0852-2822334", "852"), ("0899-8866777", "899")],
)
def test_a_digit_short_or_a_code_given_up_is_doubtful(text: str, code: str) -> None:
    numbers = read_numbers(text)
    assert numbers.unlike is None
    assert numbers.doubtful is not None
    assert numbers.doubtful[1].code == code


def test_the_same_number_written_in_two_ways_is_one() -> None:
    ways = ("0570-6018826", "+86 (0)570 6018826", "6018826", "（0570）601 8826转801")
    assert {read_numbers(way).known for way in ways} == {("6018826",)}
