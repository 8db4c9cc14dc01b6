"""Units in a column of their own: no answers, and no reason to call a label reworded that goes without its unit."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import read_form
from support.book import Habit, Page, Put, pages
from support.book_files import by_openpyxl
from support.forms import write
from support.metamorphic import CHECKER, plainly, seen

UNITS = {item.label: item.unit for item in load_form("2025", "application").fields.values() if item.unit}
BARE = {re.sub(r"（[^（）]*）$", "", label): label for label in UNITS}
GROWTH = "近三年集群主导产业产值年均增速（%）"


def found(data: bytes) -> list[tuple[Any, ...]]:
    """What is found beside the clean form's own findings: rule, severity, field and value."""
    before = plainly("application").findings
    return [(f[0], f[1], f[2], f[4]) for f in seen(data).findings if f not in before]


def with_units(
    place: str, *, bare: bool, written: Callable[[str], str] = str, habit: Habit | None = None, head: str = ""
) -> bytes:
    """Part two as a sheet with a column of units before the years, behind them, or behind each of them."""
    made = pages("application", habit or Habit())
    page = next(page for page in made if page.name.startswith("二、"))
    heads = [put for put in page.cells if str(put.value).endswith(" 年")]
    ends = [put.column + put.columns for put in heads]
    columns = {"before": [heads[0].column], "behind": ends[-1:], "each": ends}[place]
    for column in sorted(columns, reverse=True):
        _insert(page, column, written)
        page.cells += [Put(heads[0].row, column, head, table=True)] if head else []
    if not bare:
        return by_openpyxl(made)
    united = {put.row for put in page.cells if put.column in columns and put.value not in UNITS}
    for put in (put for put in page.cells if put.row in united):
        put.value = re.sub(r"（[^（）]*）$", "", str(put.value)) if put.value in UNITS else put.value
    return by_openpyxl(made)


def _insert(page: Page, column: int, written: Callable[[str], str]) -> None:
    for put in page.cells:
        if put.column >= column:
            put.column += 1
        elif put.column + put.columns > column:
            put.columns += 1
    labels = [(put.row, str(put.value)) for put in page.cells if put.value in UNITS]
    taken = {put.row for put in page.cells if put.column <= column < put.column + put.columns}
    page.cells += [
        Put(row, column, written(UNITS[label]), table=True) for row, label in labels if row not in taken
    ]


@pytest.mark.parametrize("bare", [True, False])
@pytest.mark.parametrize("place", ["before", "behind", "each"])
@pytest.mark.parametrize(
    "habit", [Habit(), Habit(merged=False, numbers="text"), Habit(merged=False, framed=False)]
)
def test_units_in_their_own_column_are_no_fault(place: str, bare: bool, habit: Habit) -> None:
    assert found(with_units(place, bare=bare, habit=habit)) == []


@pytest.mark.parametrize("head", ["单位", "计量单位", "单 位"])
@pytest.mark.parametrize("place", ["before", "behind"])
def test_the_head_of_such_a_column_is_no_column_of_the_countys_own(place: str, head: str) -> None:
    assert found(with_units(place, bare=True, head=head)) == []


def test_a_column_of_units_that_do_the_work_is_one() -> None:
    told = found(with_units("behind", bare=False, head="单位", written="县统计局{:.0}".format))
    assert ("CF012", "warning", None, "单位") in told


@pytest.mark.parametrize("written", ["（{}）", "({})", " {} "])
def test_however_the_unit_is_written(written: str) -> None:
    assert found(with_units("before", bare=True, written=written.format)) == []


@pytest.mark.parametrize("bare", [True, False])
def test_another_unit_is_told_once_a_row(bare: bool) -> None:
    told = found(with_units("before", bare=bare, written=lambda unit: "万元" if unit == "亿元" else unit))
    assert told == [("CF011", "error", "leading_industry.total_output", "集群总产值（万元）")]


def test_a_label_without_its_unit_anywhere_is_still_reworded() -> None:
    made = pages("application", Habit())
    for put in (put for page in made for put in page.cells):
        put.value = "集群总产值" if put.value == "集群总产值（亿元）" else put.value
    assert found(by_openpyxl(made)) == [("CF011", "error", "leading_industry.total_output", "集群总产值")]


def test_a_unit_alone_is_no_answer() -> None:
    made = pages("application", Habit(merged=False))
    page = next(page for page in made if page.name.startswith("二、"))
    row = next(put.row for put in page.cells if put.value == GROWTH)
    answer = next(put for put in page.cells if put.row == row and put.value != GROWTH)
    answer.value, answer.figure = "%", False
    assert [f[:3] for f in found(by_openpyxl(made))] == [
        ("CF104", "error", "leading_industry.average_growth")
    ]


def word_with_units(*, bare: bool) -> bytes:
    """Part two of the Word form with a cell for the unit behind each label."""
    document = Document(io.BytesIO(write("application")))
    for row in document.tables[1].rows:
        label, *others = row._tr.tc_lst
        text = next((known for known in UNITS if known == _text(label)), "")
        if not others or not (text or _text(label) == "年度"):
            continue
        cell = copy.deepcopy(others[0])
        for span in cell.iter(qn("w:gridSpan")):
            span.set(qn("w:val"), "1")
        _set(cell, UNITS.get(text, "单位"))
        label.addnext(cell)
        if bare and text:
            _set(label, re.sub(r"（[^（）]*）$", "", text))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _text(cell: Any) -> str:
    return "".join(t.text or "" for t in cell.iter(qn("w:t")))


def _set(cell: Any, text: str) -> None:
    for number, run in enumerate(list(cell.iter(qn("w:t")))):
        run.text = "" if number else text


@pytest.mark.parametrize("bare", [True, False])
def test_word_has_such_columns_too(bare: bool) -> None:
    assert found(word_with_units(bare=bare)) == []


def test_the_unit_of_a_target_of_the_countys_own_is_part_of_its_name() -> None:
    document = Document(io.BytesIO(write("application")))
    table = next(t for t in document.tables if "2027" in t.rows[0].cells[-1].text)
    row = next(r for r in table.rows if r.cells[0].text.strip() in ("其它", "其他"))
    for cell, text in zip(row._tr.tc_lst[-3:], ("亩均税收", "30.00", "40.00"), strict=True):
        _set(cell, text)
    unit = copy.deepcopy(row._tr.tc_lst[-1])
    _set(unit, "万元")
    row._tr.tc_lst[-3].addnext(unit)
    held = io.BytesIO()
    document.save(held)
    form = read_form(open_package(held.getvalue()), CHECKER.settings)
    (own,) = form.extra_targets
    assert own.indicator == "亩均税收（万元）"
    assert [answer.text for answer in own.values.values()] == ["30.00", "40.00"]


@pytest.mark.parametrize(
    ("part", "label", "told"),
    [
        ("二、", GROWTH, [("CF105", "error", "leading_industry.average_growth")]),
        ("三、", "集群中小企业PCT国际专利申请量", [("CF105", "error", "innovation.pct")]),
    ],
)
def test_parts_in_a_thousand_beside_a_figure_are_another_unit(part: str, label: str, told: list[Any]) -> None:
    made = pages("application", Habit())
    page = next(page for page in made if page.name.startswith(part))
    row = next(put.row for put in page.cells if put.value == label)
    answer = next(put for put in page.cells if put.row == row and put.value != label)
    answer.columns = 1
    page.cells.append(Put(row, answer.column + 1, "‰", table=True))
    assert [f[:3] for f in found(by_openpyxl(made))] == told


def test_energy_in_kilogrammes_is_another_unit() -> None:
    made = pages("application", Habit())
    page = next(page for page in made if page.name.startswith("五、"))
    row = next(put.row for put in page.cells if str(put.value).startswith("近三年集群单位产值能耗（"))
    end = max(put.column + put.columns for put in page.cells if put.row == row)
    page.cells.append(Put(row, end, "千克标准煤/万元", table=True))
    assert [f[:3] for f in found(by_openpyxl(made))] == [("CF011", "error", "green.energy")]
