"""No regular expression of the program can take more time than a text is long: read from the patterns themselves."""

from __future__ import annotations

import re

import pytest

from support.patterns import Used, flaws, patterns


def test_no_pattern_repeats_what_another_repeat_could_take() -> None:
    found = {f"{used.place}: {used.pattern!r}": flaws(used) for used in patterns()}
    assert {place: words for place, words in found.items() if words} == {}


def test_the_patterns_are_found() -> None:
    made = patterns()
    assert len(made) > 150
    assert {"filling/labels.py", "parsers/checkbox.py", "checks/names_list.py"} <= {
        used.place for used in made
    }
    assert sum(used.searches for used in made) > 50


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:[(（][^\n]*[)）]\s*)+$",
        r"(a+)+$",
        r"(?:亿元|亿|元)*",
        r"(?:a|[a-c])*d",
        r"(?:\s*\d+\s*)*x",
        r"\s*(?:甲)?\s*乙",
        r"\d[\d, ]*\s*元",
        r"\s+$",
        r"\d[\d,]*\.\d",
        r".*[XＸ]{2,}省.*$",
        r"(?P<name>.*?)\s*（",
    ],
)
def test_what_is_refused(pattern: str) -> None:
    assert flaws(Used(pattern, int(re.UNICODE), "", frozenset({"search"})))


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"\s*+(?:甲)?\s*+乙", "match"),
        (r"(?<!\s)\s*+（", "search"),
        (r"(?:-\w+)+$", "match"),
        (r"\d{1,3}(?:,\d{3})+", "search"),
        (r"(?:[^']|'')+", "match"),
        (r"(?:亿元|亿|元)*+", "fullmatch"),
        (r"(?:亿元|万元|个)*", "fullmatch"),
        (r"第\s*\d+\s*条", "search"),
        (r"\d+(?:\.\d+)?", "search"),
    ],
)
def test_what_is_let_pass(pattern: str, method: str) -> None:
    assert not flaws(Used(pattern, int(re.UNICODE), "", frozenset({method})))
