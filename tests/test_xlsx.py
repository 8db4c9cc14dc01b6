"""Workbooks of a form in the layouts that people give them: the same answers and findings as the Word file's."""

from __future__ import annotations

import pytest

from support.book import Habit, pages
from support.book_files import by_openpyxl
from support.metamorphic import FORMS, differences, plainly, seen

HABITS = {
    "a sheet a part": Habit(),
    "one sheet": Habit(sheets="one"),
    "numbers as text": Habit(numbers="text"),
    "somewhere else": Habit(offset=(3, 2)),
    "sheets named after the parts": Habit(sheets="named"),
    "nothing merged": Habit(merged=False),
    "bare cells": Habit(merged=False, framed=False),
    "bare cells on one sheet": Habit(sheets="one", merged=False, framed=False),
    "columns between": Habit(step=2, merged=False, framed=False),
    "boxes before options": Habit(options="before"),
    "boxes behind options": Habit(options="after"),
    "options below each other": Habit(options="rows"),
    "boxes behind options below each other": Habit(options="rows_after"),
    "the same without merges": Habit(options="rows_after", merged=False, framed=False, sheets="one"),
    "ticks alone": Habit(options="before", ticks=("√", "")),
    "ticks alone behind": Habit(options="after", ticks=("√", "")),
    "ticks alone below each other": Habit(options="rows", ticks=("√", "")),
    "ticks alone behind, below each other": Habit(options="rows_after", ticks=("√", "")),
    "filled squares": Habit(ticks=("■", "□")),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("habit", HABITS)
def test_every_layout(habit: str, form: str) -> None:
    assert not differences(seen(by_openpyxl(pages(form, HABITS[habit]))), plainly(form))
