"""Options that stand out by their look while every box is empty: no tick, but said, with their names."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from clusterform.engine import run_rules
from clusterform.finding import Finding
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import read_form
from support.book import Habit, pages
from support.book_files import by_openpyxl
from support.forms import write
from support.metamorphic import CHECKER

INDUSTRY = ("第一产业", "第二产业", "第三产业")
SHARING = (
    "开展通用生产设备共享",
    "开展物流、仓储、设计等服务资源共享",
    "开展人力资源共享",
    "开展同类设备和产品的集中采销",
    "建立共享车间、共享工厂",
)


def shade(run: Any) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "FFFF00")
    run._r.get_or_add_rPr().append(shading)


LOOKS: dict[str, Callable[[Any], None]] = {
    "bold": lambda run: setattr(run.font, "bold", True),
    "underlined": lambda run: setattr(run.font, "underline", True),
    "coloured": lambda run: setattr(run.font.color, "rgb", RGBColor(255, 0, 0)),
    "highlighted": lambda run: setattr(run.font, "highlight_color", WD_COLOR_INDEX.YELLOW),
    "shaded": shade,
}
PLAIN: dict[str, Callable[[Any], None]] = {
    "not bold": lambda run: setattr(run.font, "bold", False),
    "not underlined": lambda run: setattr(run.font, "underline", False),
    "black": lambda run: setattr(run.font.color, "rgb", RGBColor(0, 0, 0)),
}


def word(
    label: str, options: tuple[str, ...], chosen: tuple[int, ...], look: Callable[[Any], None], between: str
) -> bytes:
    """The clean form with that group's boxes empty, and chosen options set in a look of their own."""
    document = Document(io.BytesIO(write("application")))
    rows = (row for table in document.tables for row in table.rows)
    cell = next(row.cells[-1] for row in rows if row.cells[0].text.startswith(label))
    cell.text = ""
    for number, option in enumerate(options):
        cell.paragraphs[0].add_run("□")
        run = cell.paragraphs[0].add_run(option)
        if number in chosen:
            look(run)
        cell.paragraphs[0].add_run(between)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def about(data: bytes, code: str) -> Finding:
    form = read_form(open_package(data), CHECKER.settings)
    outcome = run_rules(form, CHECKER.rules_of().rules, CHECKER.rules_of().terms)
    (found,) = [f for f in outcome.findings if f.rule == code]
    return found


@pytest.mark.parametrize("look", LOOKS)
def test_a_single_choice_shown_by_its_look_alone(look: str) -> None:
    found = about(word("主导产业所属产业类型", INDUSTRY, (1,), LOOKS[look], " "), "CF109")
    assert (found.severity.value, found.variant) == ("error", "stressed")
    assert "“第二产业”" in found.message
    assert found.location.cell


def test_several_of_a_multiple_choice() -> None:
    data = word("集群已开展的产业链资源协同协作工作", SHARING, (0, 3), LOOKS["highlighted"], "\n")
    found = about(data, "CF115")
    assert (found.severity.value, found.variant) == ("warning", "stressed")
    assert f"“{SHARING[0]}、{SHARING[3]}”" in found.message


@pytest.mark.parametrize("look", PLAIN)
def test_a_look_that_is_everyone_elses_says_nothing(look: str) -> None:
    assert about(word("主导产业所属产业类型", INDUSTRY, (1,), PLAIN[look], " "), "CF109").variant == ""


def test_all_options_alike_say_nothing() -> None:
    assert about(word("主导产业所属产业类型", INDUSTRY, (0, 1, 2), LOOKS["bold"], " "), "CF109").variant == ""


def boxes_of_a_sheet(change: Callable[[Any, Any], None]) -> bytes:
    """The clean workbook, boxes and options in cells of their own, without a tick at 产业类型."""
    book = load_workbook(io.BytesIO(by_openpyxl(pages("application", Habit(options="rows")))))
    sheet = next(sheet for sheet in book if sheet.title.startswith("一、"))
    words = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "第二产业")
    box = sheet.cell(words.row, words.column - 1)
    box.value = "□"
    change(box, words)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


FILL = PatternFill("solid", fgColor="FFFF00")


@pytest.mark.parametrize(
    "change",
    [
        lambda _, words: setattr(words, "fill", FILL),
        lambda box, _: setattr(box, "fill", FILL),
        lambda _, words: setattr(words, "font", Font(bold=True)),
        lambda _, words: setattr(words, "font", Font(color="FF0000")),
        lambda _, words: setattr(words, "value", CellRichText(TextBlock(InlineFont(u="single"), "第二产业"))),
    ],
)
def test_in_a_workbook(change: Callable[[Any, Any], None]) -> None:
    found = about(boxes_of_a_sheet(change), "CF109")
    assert (found.variant, "“第二产业”" in found.message) == ("stressed", True)


def test_a_white_fill_and_black_letters_are_no_choice() -> None:
    def change(box: Any, words: Any) -> None:
        box.fill = PatternFill("solid", fgColor="FFFFFF")
        words.font = Font(color="000000")

    assert about(boxes_of_a_sheet(change), "CF109").variant == ""
