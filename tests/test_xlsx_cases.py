"""The mistakes of tests/cases in a workbook of any layout: found as in the Word file, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.forms import change, clean, write
from support.metamorphic import Seen, seen
from support.sweeps import ALL
from test_cases import Case, all_cases

ANSWERS = {"set", "tick", "untick", "length", "evidence"}
"""Changes of what the county wrote; those of the form's own shape are a matter of Word."""
HABITS = st.builds(
    Habit,
    sheets=st.sampled_from(("one", "parts", "named")),
    merged=st.booleans(),
    framed=st.booleans(),
    options=st.sampled_from(("cell", "before", "rows", "rows_after")),
    numbers=st.sampled_from(("number", "text")),
    offset=st.tuples(st.integers(0, 4), st.integers(0, 3)),
    beside=st.booleans(),
)


def of_answers() -> list[Case]:
    cases = (c for c in all_cases() if not c.data.get("ink") and not c.data.get("terms"))
    return [c for c in cases if c.data.get("change") and not set(c.data["change"]) - ANSWERS]


def told(found: Seen) -> list[tuple[Any, ...]]:
    """The findings without the texts, in which 数量 and 名称 stand as their cells have them."""
    return [
        (rule, severity, path, column, expected)
        for rule, severity, path, column, _, expected in found.findings
    ]


def in_word(form: str, changes: Mapping[str, Any]) -> Seen:
    return seen(write(form, changes=changes))


@settings(max_examples=60 if ALL else 30, deadline=None, derandomize=True)
@given(case=st.sampled_from(of_answers()), habit=HABITS)
def test_the_same_mistakes(case: Case, habit: Habit) -> None:
    filled = clean(case.form)
    change(filled, case.data["change"])
    found = seen(by_openpyxl(laid_out(case.form, habit, filled)))
    assert told(found) == told(in_word(case.form, case.data["change"]))
