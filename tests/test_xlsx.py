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
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("habit", HABITS)
def test_every_layout(habit: str, form: str) -> None:
    assert not differences(seen(by_openpyxl(pages(form, HABITS[habit]))), plainly(form))
