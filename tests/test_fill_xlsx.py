"""Workbooks filled with answers: nothing else in them changes, and they are read and judged as the Word form."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from clusterform.answers import FilledForm, State
from clusterform.errors import DataError, UsageError
from clusterform.filling.extract import extracted
from clusterform.parsers.container.package import Package, open_package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers.given_form import given_form, read_answers
from clusterform.writing.book.book_page import AnswerCell
from support.answers import EXAMPLES, Filled, clean
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.books import EDITION, blank_book, cell_of, fill_by_name, opened, saved, without_names
from support.metamorphic import FORMS
from support.random_answers import answer_files
from support.reading import check_file

NAME = "答案.json"


@cache
def package(form: str, file_format: str) -> Package:
    return open_package(blank(form, file_format, EDITION))


def fill(given: FilledForm, data: bytes) -> bytes:
    return filled(given, "xlsx", open_package(data), NAME)


def read(data: bytes) -> FilledForm:
    return read_form(open_package(data), Settings())


def told(data: bytes) -> dict[str, Any]:
    """What `extract` says, without places."""
    return placeless(extracted(read(data)))


def placeless(data: Any) -> Any:
    """Of a text that is taken apart only its parts count: the print round them differs."""
    if isinstance(data, list):
        return [placeless(item) for item in data]
    if not isinstance(data, dict):
        return data
    parted = isinstance(data.get("value"), list | dict) or (
        data.get("state") == "blank" and "undecided" in data
    )
    return {k: placeless(v) for k, v in data.items() if k != "place" and not (k == "text" and parted)}


def judged(data: bytes, ending: str, folder: Path) -> list[tuple[Any, ...]]:
    """Every finding without its place; of a group of boxes without the text that shows it."""
    file = folder / f"form.{ending}"
    file.write_bytes(data)
    report = check_file(file, Settings(ignore=("CF013",)))
    return [
        (f.rule, f.severity, f.section, f.field, f.label, f.column, f.expected, f.message)
        for f in report.findings
    ]


@cache
def answers(form: str) -> FilledForm:
    """The clean answers, as `extract` reads them from a workbook."""
    return given_form(extracted(read(fill_by_name(form, clean(form)))), NAME, EDITION)


@pytest.mark.parametrize("names", [True, False], ids=["by name", "by label"])
@pytest.mark.parametrize("form", FORMS)
def test_extract_fill_extract(form: str, names: bool) -> None:
    empty = blank_book(form) if names else without_names(blank_book(form))
    made = fill(answers(form), empty)
    assert told(made) == told(fill_by_name(form, clean(form)))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_else_changes(form: str) -> None:
    before, made = blank_book(form), fill(answers(form), blank_book(form))
    old, new = (zipfile.ZipFile(io.BytesIO(data)) for data in (before, made))
    assert old.namelist() == new.namelist()
    changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    book, blanks = opened(made), opened(before)
    open_spots = {
        (cell.parent.title, cell.coordinate)
        for name in book.defined_names
        if (cell := cell_of(book, _Named(name))) is not None
    }
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                own = blanks[sheet.title][cell.coordinate]
                assert cell.style_id == own.style_id
                if (sheet.title, cell.coordinate) not in open_spots and sheet.title != "佐证材料清单":
                    assert cell.value == own.value


class _Named:
    """A name as it stands in the workbook."""

    def __init__(self, name: str) -> None:
        self.name = name


def test_a_figure_is_a_number_where_it_shows_as_it_was_written() -> None:
    given = answers("application")
    changed = given_form(
        {
            "form": "application",
            "answers": {"leading_industry.fdi": {"2022": "1850.5", "2023": "无"}},
        },
        NAME,
        EDITION,
    )
    book = opened(fill(given.with_answers({**given.answers, **changed.answers}), blank_book("application")))
    values = {
        year: cell_of(book, AnswerCell("leading_industry.fdi", year)) for year in ("2022", "2023", "2024")
    }
    assert [c.data_type for c in values.values()] == ["s", "s", "n"]
    assert [c.value for c in values.values()] == ["1850.5", "无", 2260]
    assert cell_of(book, AnswerCell("basic_info.operator_phone")).value == "13757012468"


@hypothesis_given(st.data())
@settings(max_examples=4, deadline=None)
@pytest.mark.parametrize("form", FORMS)
def test_both_formats_read_alike(
    form: str, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    given = given_form(data.draw(answer_files(form)), NAME, EDITION)
    word = filled(given, "docx", package(form, "docx"), NAME)
    book = filled(given, "xlsx", package(form, "xlsx"), NAME)
    assert told(book) == told(word)
    folder = tmp_path_factory.mktemp("both")
    assert judged(book, "xlsx", folder) == judged(word, "docx", folder)
    into_word = given_form(extracted(read(book)), NAME, EDITION)
    assert told(filled(into_word, "docx", package(form, "docx"), NAME)) == told(word)


def test_a_box_that_is_a_checkbox_and_one_in_its_options_cell() -> None:
    """A workbook of the user's own: TRUE and FALSE for boxes, and all the options of a group in one cell."""
    book = opened(without_names(blank_book("application")))
    sheet = book["一、基本情况"]
    for row in range(8, 11):
        sheet.cell(row, 3).value = False
    sheet.unmerge_cells("D11:E11")
    sheet["C11"], sheet["D11"], sheet["C12"], sheet["D12"] = "□是 □否", None, None, None
    made = fill(answers("application"), saved(book))
    shown = openpyxl.load_workbook(io.BytesIO(made))["一、基本情况"]
    assert [shown.cell(row, 3).value for row in range(8, 11)] == [False, True, False]
    assert shown["C11"].value == "□是 ☑否"


def test_a_group_answered_with_none_says_so_beside_its_boxes() -> None:
    given = answers("review")
    path = "openness.exchange_work"
    none = given_form({"form": "review", "answers": {path: "无"}}, NAME, EDITION)
    made = fill(given.with_answers({**given.answers, **none.answers}), blank_book("review"))
    answer = read(made).answer(path)
    assert answer.state is State.BLANK
    assert getattr(answer, "remark", "") == "无"


def test_an_explanation_that_begins_with_a_year_and_a_count_that_is_none() -> None:
    data = {
        "form": "application",
        "answers": {
            "basic_info.accidents": ["yes"],
            "basic_info.accidents@remark": "2023年5月一般事故，情况说明见附件",
            "innovation.platforms_national": "无",
        },
    }
    for file_format in ("docx", "xlsx"):
        made = filled(given_form(data, NAME, EDITION), file_format, package("application", file_format), NAME)
        ticks = read(made).answer("basic_info.accidents")
        assert getattr(ticks, "remark", "") == "2023年5月一般事故，情况说明见附件"
        assert read(made).answer("innovation.platforms_national").state is State.NONE


def test_answers_without_a_place_are_named_and_nothing_is_written() -> None:
    target = {"table": "targets", "direction": "plan.green_targets", "values": {"target": "1"}}
    rows = [{**target, "indicator": f"光伏{n}"} for n in range(5)]
    more = given_form({"form": "application", "added_targets": rows}, NAME, EDITION)
    with pytest.raises(DataError, match="no open row left") as caught:
        fill(
            answers("application").model_copy(update={"extra_targets": more.extra_targets}),
            blank_book("application"),
        )
    assert [n for n in range(5) if f"光伏{n}" in caught.value.zh] == [3, 4]
    with pytest.raises(UsageError, match="the answers are of review"):
        fill(answers("review"), blank_book("application"))


HABITS = {
    "as the notice": Habit(),
    "one sheet, boxes before": Habit(sheets="one", options="before", offset=(2, 1), step=2),
    "boxes behind their options": Habit(options="after"),
    "boxes in rows, number and names side by side": Habit(options="rows_after", beside=True),
    "not merged": Habit(sheets="named", merged=False, beside=True),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("habit", HABITS.values(), ids=HABITS)
def test_blanks_of_other_make_take_a_whole_form(form: str, habit: Habit) -> None:
    """What is read back is compared before anything is given."""
    open_list = [{"for": "", "title": "", "pages": ""}] * 40
    empty = by_openpyxl(laid_out(form, habit, Filled(evidence=open_list)))
    given = read_answers(EXAMPLES / f"answers-{form}.yaml", EDITION)
    made = filled(given, "xlsx", Package(empty), "answers.yaml")
    other = given_form({"form": form, "answers": {"basic_info.area": "1.00"}}, "a", EDITION)
    with pytest.raises(DataError):
        filled(other, "xlsx", Package(made), "a")


def test_figures_under_the_heads_of_a_table_without_lines() -> None:
    empty = by_openpyxl(laid_out("application", Habit(framed=False), Filled()))
    output = {"2022": "68.40", "2023": "77.20", "2024": "87.50"}
    data = {"form": "application", "answers": {"leading_industry.total_output": output}}
    given = given_form(data, "a", EDITION)
    made = opened(filled(given, "xlsx", Package(empty), "a"))
    sheet = next(s for s in made if s.title.startswith("二"))
    assert [cell.value for cell in sheet[3][1:4]] == list(output.values())
