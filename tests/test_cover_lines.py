"""Answers of the cover that go on in a further line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from clusterform.finding import Severity
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.book import Habit, Page, Put, laid_out
from support.book_files import by_openpyxl
from support.forms import Filled, clean, write

BREAK = "</w:t></w:r></w:p><w:p><w:r><w:t>"


def errors(file: Path) -> list[str]:
    findings = Checker(Settings()).check(file).findings
    return [f"{f.rule} {f.field}" for f in findings if f.severity is Severity.ERROR]


def filled(path: str, text: str) -> Filled:
    answers = clean("application")
    answers.texts[path] = text
    return answers


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("cover.contact", "方晓雯\n0570-6018826"),
        ("cover.contact", "联系人：方晓雯；\n联系电话：13757012468"),
        ("cover.operator", "开化县精密量具产业园\n管理委员会"),
        ("cover.department", "开化县\n经济和信息化局"),
    ],
)
def test_a_cell_of_several_lines_is_one_answer(path: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / "申报表.xlsx"
    file.write_bytes(by_openpyxl(laid_out("application", Habit(), filled(path, text))))
    assert errors(file) == []


@pytest.mark.parametrize(
    ("below", "found"),
    [
        ("0570-6018826", []),
        ("联系电话：0570-6018826", []),
        ("手机 13757012468", []),
        ("2025年6月18日", ["CF101 cover.contact"]),
        ("填表人：余建军", ["CF101 cover.contact"]),
    ],
)
def test_the_telephone_may_stand_on_the_line_below_the_person(
    below: str, found: list[str], tmp_path: Path
) -> None:
    file = tmp_path / "申报表.docx"
    answers = filled("cover.contact", f"方晓雯§{below}")
    file.write_bytes(write("application", answers, changes={"raw": {"§": BREAK}}))
    assert errors(file) == found


@pytest.mark.parametrize("label", ["所属地区", "集群运营管理机构"])
def test_a_note_that_begins_with_a_label_of_its_own_line_is_no_answer(label: str, tmp_path: Path) -> None:
    file = tmp_path / "申报表.docx"
    noted = {f">{label}：": f">{label}同第一部分{BREAK}{label}："}
    file.write_bytes(write("application", clean("application"), changes={"raw": noted}))
    assert errors(file) == []


def test_a_date_below_the_contact_is_no_part_of_it(tmp_path: Path) -> None:
    file = tmp_path / "申报表.docx"
    answers = filled("cover.contact", "方晓雯 0570-6018826§2025年6月18日")
    file.write_bytes(write("application", answers, changes={"raw": {"§": BREAK}}))
    assert errors(file) == []


@pytest.mark.parametrize("sheets", ["one", "parts"])
@pytest.mark.parametrize("merged", [True, False])
def test_a_sheet_has_each_answer_of_the_cover_below_its_label(
    sheets: Literal["one", "parts"], merged: bool, tmp_path: Path
) -> None:
    def line(row: int, text: str) -> Put:
        return Put(row, 0, text, columns=4 if merged else 1)

    first, *rest = laid_out("application", Habit(sheets=sheets), clean("application"))
    below = next(n for n, put in enumerate(first.cells) if str(put.value).startswith("联系人及联系电话"))
    texts = [part for put in first.cells[: below + 1] for part in _below_its_label(str(put.value))]
    cover = [line(row, text) for row, text in enumerate(texts)]
    down = len(cover) - first.cells[below].row
    moved = [replace(put, row=put.row + down) for put in first.cells[below + 1 :]]
    file = tmp_path / "申报表.xlsx"
    file.write_bytes(by_openpyxl([Page(first.name, [*cover, *moved]), *rest]))
    assert errors(file) == []


def _below_its_label(text: str) -> list[str]:
    label, colon, answer = text.partition("：")
    return [label + colon, answer] if answer and not text.startswith("（") else [text]
