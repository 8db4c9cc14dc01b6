"""Workbooks of a form in the layouts that people give them: the same answers and findings as the Word file's."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clusterform.answers import CountNames
from clusterform.filling.extract import extracted
from clusterform.parsers.container.package import open_package
from clusterform.parsers.xlsx.cells import place_of
from clusterform.pipeline import read_form
from support.book import Habit, Page, Put, pages
from support.book_files import by_hand, by_openpyxl, by_xlsxwriter, rewritten_book
from support.metamorphic import CHECKER, FORMS, differences, plainly, seen
from support.reading import checked

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
    "answers beside labels": Habit(beside=True),
    "answers beside labels in bare cells": Habit(beside=True, merged=False, framed=False, sheets="one"),
    "answers beside labels, options below each other": Habit(beside=True, options="rows", sheets="named"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("habit", HABITS)
def test_every_layout(habit: str, form: str) -> None:
    assert not differences(seen(by_openpyxl(pages(form, HABITS[habit]))), plainly(form))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", [by_xlsxwriter, by_hand])
def test_other_writers(write: Callable[[list[Page]], bytes], form: str) -> None:
    habit = Habit(numbers="text" if write is by_hand else "number", options="rows")
    assert not differences(seen(write(pages(form, habit))), plainly(form))


@pytest.mark.parametrize("form", FORMS)
def test_sheets_in_another_order_with_others_among_them(form: str) -> None:
    """自查 computes what the form holds; its formulas have no values, and its labels are the form's."""
    own = pages(form, Habit(beside=True))
    checks = Page("自查", [Put(0, 0, "集群总产值（亿元）"), Put(0, 1, "=1/0"), Put(1, 0, "三、创新能力情况")])
    scratch = Page("Sheet9", [Put(0, 0, "集群企业数量"), Put(0, 1, "7"), Put(0, 2, "8"), Put(0, 3, "9")])
    moved = [own[0], checks, *reversed(own[1:]), scratch]
    assert not differences(seen(by_openpyxl(moved)), plainly(form))


def changed(old: str, new: str, form: str = "application") -> bytes:
    """The form with one cell's value replaced, which must stand there once."""
    made = pages(form, Habit(numbers="text"))
    (put,) = [put for page in made for put in page.cells if put.value == old]
    put.value = new
    return by_openpyxl(made)


def findings(data: bytes) -> list[tuple[Any, ...]]:
    """The errors and what is told of the file, each by rule, field and column."""
    before = plainly("application").findings
    return [f[:5] for f in seen(data).findings if f not in before]


def test_a_formula_without_a_value_is_one_finding(tmp_path: Path) -> None:
    data = changed("77.20", "=68.4*1.1287")
    assert findings(data) == [("CF016", "error", "leading_industry.total_output", "2023 年", "")]
    (tmp_path / "a.xlsx").write_bytes(data)
    said = next(f.message for f in checked(tmp_path / "a.xlsx").findings if f.rule == "CF016")
    assert "没有它的计算结果" in said


def test_a_formula_with_an_error_is_one_finding() -> None:
    data = rewritten_book(changed("77.20", "=1/0"), calculated)
    assert findings(data) == [("CF016", "error", "leading_industry.total_output", "2023 年", "#DIV/0!")]


def calculated(_: str, part: bytes) -> bytes:
    """As Excel saves it: the formula with its result."""
    return re.sub(
        rb'<c r="(\w+)"([^>]*)><f>1/0</f><v ?/?>(?:</v>)?',
        rb'<c r="\1"\2 t="e"><f>1/0</f><v>#DIV/0!</v>',
        part,
    )


def number(source: str, code: str, wanted: str = "77.20") -> bytes:
    """The form with a number under a format in place of a figure."""
    book = load_workbook(io.BytesIO(changed(wanted, wanted)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value == wanted]
    for cell in cells:
        cell.value, cell.number_format = Decimal(source), code
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    ("source", "code", "shown"),
    [
        ("77.2", "0.00", "77.20"),
        ("77.2", "#,##0.00", "77.20"),
        ("77.2", '0.00"亿元"', "77.20亿元"),
        ("77.2", "[$-804]0.00_ ;[Red]\\-0.00", "77.20"),
    ],
)
def test_figures_as_they_are_shown(source: str, code: str, shown: str) -> None:
    data = number(source, code)
    assert findings(data) == []
    assert seen(data).answers["leading_industry.total_output", "2023"] == ("filled", shown, Decimal("77.20"))


def test_decimals_that_are_not_shown_are_worth_knowing() -> None:
    assert findings(number("77.199", "0.00")) == [
        ("CF103", "info", "leading_industry.total_output", "2023 年", "77.20")
    ]


@pytest.mark.parametrize(
    ("source", "code", "rules"),
    [
        ("0.2905", "0.00%", []),
        ("29.05", '0.00"%"', []),
        ("29.05", "0.00%", ["CF107"]),
        ("0.2905", "General", ["CF317"]),  # a fraction is said as such, and once
    ],
)
def test_percentages_under_a_label_in_percent(source: str, code: str, rules: list[str]) -> None:
    found = findings(number(source, code, "29.05"))
    assert [f[0] for f in found if f[1] == "error"] == rules


def test_a_formula_without_a_value_is_extracted_as_such() -> None:
    form = read_form(open_package(changed("77.20", "=68.4*1.1287")), CHECKER.settings)
    answer = extracted(form)["answers"]["leading_industry"]["total_output"]["2023"]
    assert (answer["state"], answer["value"]) == ("no_value", None)
    assert answer["place"]["sheet"] == "二、主导产业情况"


def test_a_count_stands_where_its_figure_does() -> None:
    habit = Habit(beside=True)
    made = pages("application", habit)
    held = {(page.name, put.row, put.column): put.value for page in made for put in page.cells}
    form = read_form(open_package(by_openpyxl(made)), CHECKER.settings)
    counts = [
        a for a in form.answers.values() if isinstance(a.value, CountNames) and a.value.count is not None
    ]
    assert counts
    for answer in counts:
        place = place_of(answer.place.ref or "")
        assert place is not None
        assert held[answer.place.sheet or "", *place] == answer.value.count_text


@pytest.mark.parametrize("behind", ["", "备注"])
def test_units_in_a_column_of_their_own(behind: str) -> None:
    book = load_workbook(io.BytesIO(by_openpyxl(pages("application", Habit(merged=False)))))
    sheet = next(s for s in book.worksheets if "主导产业情况" in s.title)
    head = next(c for row in sheet.iter_rows() for c in row if c.value == "年度")
    years = head.column + 1
    for row in range(head.row, sheet.max_row + 1):
        figures = [sheet.cell(row, years + n).value for n in range(3)]
        if None not in figures:
            for number, value in enumerate(figures):
                sheet.cell(row, years + 1 + number).value = value
                sheet.cell(row, years + 1 + number).number_format = sheet.cell(row, years).number_format
            sheet.cell(row, years).value = "单位" if row == head.row else "亿元"
    sheet.cell(head.row, years + 4).value = behind or None
    held = io.BytesIO()
    book.save(held)
    found = seen(held.getvalue()).answers
    expected = plainly("application").answers
    path = "leading_industry.total_output"
    assert [found[path, y][1] for y in ("2022", "2023", "2024")] == [
        expected[path, y][1] for y in ("2022", "2023", "2024")
    ]
