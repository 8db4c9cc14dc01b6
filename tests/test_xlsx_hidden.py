"""Sheets: what is hidden and shown nowhere else is read and told of, an old copy is not read; doubled parts; names."""

from __future__ import annotations

import io
from collections.abc import Collection
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clusterform.filling.sheet_names import SheetNames
from clusterform.forms.model import load_form
from support.book import Habit, pages
from support.book_files import by_openpyxl
from support.metamorphic import FORMS, differences, plainly, seen
from support.reading import checked

LISTS = ("是", "否", "第一产业", "第二产业", "开展人力资源共享", "☑", "□", "信息服务", "2022 年")


def veiled(form: str, hidden: Collection[str], *, copied: str = "", lists: bool = False) -> bytes:
    """A form of which sheets are hidden; `copied`: with an old copy of one, hidden before all others."""
    book = load_workbook(io.BytesIO(by_openpyxl(pages(form, Habit(sheets="named")))))
    for name in hidden:
        book[name].sheet_state = "hidden"
    if copied:
        copy = book.copy_worksheet(book[copied])
        for row in copy.iter_rows():
            for cell in row:
                cell.value = 1 if isinstance(cell.value, int | float) else cell.value
        copy.title = f"{copied}（旧）"
        copy.sheet_state = "veryHidden"
        book.move_sheet(copy, -len(book.sheetnames))
    if lists:
        sheet = book.create_sheet("lists", 0)
        sheet.sheet_state = "hidden"
        for number, text in enumerate(LISTS, 1):
            sheet.cell(number, 1, text)
    held = io.BytesIO()
    book.active = book.index(next(s for s in book.worksheets if s.sheet_state == "visible"))
    book.save(held)
    return held.getvalue()


def names(form: str) -> list[str]:
    return [page.name for page in pages(form, Habit(sheets="named"))]


@pytest.mark.parametrize("form", FORMS)
def test_each_part_alone_in_a_hidden_sheet(form: str) -> None:
    for name in names(form):
        assert not differences(seen(veiled(form, {name})), plainly(form)), name


@pytest.mark.parametrize("form", FORMS)
def test_all_but_one_hidden(form: str) -> None:
    first, *others = names(form)
    assert not differences(seen(veiled(form, others)), plainly(form)), first


def test_an_old_copy_and_a_list_for_choices_are_not_read() -> None:
    for name in names("application"):
        assert not differences(seen(veiled("application", (), copied=name)), plainly("application")), name
    assert not differences(seen(veiled("application", (), lists=True)), plainly("application"))


def test_what_is_hidden_is_told_of(tmp_path: Path) -> None:
    name = next(name for name in names("application") if "绿色" in name)
    path = tmp_path / "form.xlsx"
    path.write_bytes(veiled("application", {name}))
    found = [f for f in checked(path).findings if f.rule == "CF014"]
    assert [f.location.sheet for f in found] == [name]


@pytest.mark.parametrize("behind", [0, 1, 5])
def test_a_part_on_two_sheets_is_doubled_wherever_the_second_stands(behind: int) -> None:
    book = load_workbook(io.BytesIO(by_openpyxl(pages("application", Habit(sheets="parts")))))
    part = next(sheet for sheet in book.worksheets if "主导产业情况" in sheet.title)
    book.move_sheet(book.copy_worksheet(part), -behind)
    held = io.BytesIO()
    book.save(held)
    rules = [rule for rule, *_ in seen(held.getvalue()).findings if rule == "CF010"]
    assert rules == ["CF010"]


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("治理服务", 7),
        ("创新情况", 3),
        ("绿色化情况", 5),
        ("集群情况", None),
        ("发展情况", None),
        ("情况", None),
    ],
)
def test_names_of_sheets_that_leave_words_out(name: str, part: int | None) -> None:
    assert {SheetNames(load_form("2025", form)).section(name) for form in FORMS} == {part}


@pytest.mark.parametrize(
    ("name", "listed"),
    [
        ("佐证材料清单", True),
        ("佐证材料清单（续）", True),
        ("佐证材料", True),
        ("佐证", True),
        ("佐", False),
        ("材料清单", False),
    ],
)
def test_the_sheet_of_the_list_of_evidence(name: str, listed: bool) -> None:
    assert {SheetNames(load_form("2025", form)).is_evidence(name) for form in FORMS} == {listed}
