"""Text struck through and the marks of notes beside answers: no part of them, in Word and in workbooks."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from clusterform.answers import Answer, FilledForm
from clusterform.filling.numbers import read_number, read_target
from clusterform.filling.repairs.cell_texts import as_seen
from clusterform.finding import Severity
from clusterform.parsers.container.package import open_form
from clusterform.parsers.raw import Cell, Mark, RawDocument, Table
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.text import narrow
from clusterform.writing.book.book_page import AnswerCell
from support.answers import clean, write_answer
from support.books import cell_of, fill_by_name, opened, saved
from support.forms import write
from support.reading import checked

PATENTS = "innovation.patents"
OUTPUT = "leading_industry.total_output"
MARKER = "七七七"
"""Typed where an answer is to be set in runs."""
Styled = Callable[[Any], None]


def struck(run: Any) -> None:
    run.font.strike = True


def struck_twice(run: Any) -> None:
    run.font.double_strike = True


def struck_by_style(run: Any) -> None:
    styles = run.part.document.styles
    if "Gone" not in [s.name for s in styles]:
        styles.add_style("Gone", WD_STYLE_TYPE.CHARACTER).font.strike = True
    run.style = styles["Gone"]


def above(run: Any) -> None:
    run.font.superscript = True


def below(run: Any) -> None:
    run.font.subscript = True


def plain(run: Any) -> None:
    """As it is."""


def word(path: str, *runs: tuple[str, Styled], form: str = "application", column: str | None = None) -> bytes:
    """The clean form with one answer set in these runs."""
    filled = clean(form)
    write_answer(filled, f"{path}@{column}" if column else path, MARKER)
    document = docx.Document(io.BytesIO(write(form, filled)))
    place = next(p for p in _paragraphs(document) if MARKER in p.text)
    before, _, behind = place.text.partition(MARKER)
    place.clear()
    for text, style in ((before, plain), *runs, (behind, plain)):
        style(place.add_run(text))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _paragraphs(document: Any) -> list[Paragraph]:
    inner = [p for t in document.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    return [*document.paragraphs, *inner]


def book(path: str, value: Any, font: Font | None = None, column: str | None = None) -> bytes:
    """The clean workbook with one cell typed otherwise."""
    workbook = opened(fill_by_name("application", clean("application")))
    cell = cell_of(workbook, AnswerCell(path, column))
    cell.value = value
    if font is not None:
        cell.font = font
    return saved(workbook)


def read(data: bytes, folder: Path, ending: str = "docx") -> FilledForm:
    path = folder / f"form.{ending}"
    path.write_bytes(data)
    return read_form(open_form(path), Settings())


def answer(
    data: bytes, folder: Path, ending: str = "docx", place: tuple[str, str | None] = (PATENTS, None)
) -> Answer:
    return read(data, folder, ending).answer(*place)


def told(data: bytes, folder: Path, ending: str = "docx") -> list[tuple[str, str, str | None]]:
    path = folder / f"form.{ending}"
    path.write_bytes(data)
    quiet = {Severity.MANUAL, Severity.INFO}
    return [(f.rule, str(f.severity), f.field) for f in checked(path).findings if f.severity not in quiet]


@pytest.mark.parametrize("line", [struck, struck_twice, struck_by_style])
@pytest.mark.parametrize(
    "runs",
    [
        (("38", 1), ("286", 0)),
        (("286", 0), ("38", 1)),
        (("28", 0), ("3", 1), ("8", 1), ("6", 0)),
        (("3", 1), ("286", 0), ("8", 1)),
    ],
)
def test_struck_digits_are_no_digits_of_a_count(line: Styled, runs: Any, tmp_path: Path) -> None:
    data = word(PATENTS, *((text, line if on else plain) for text, on in runs))
    assert answer(data, tmp_path).text == "286"
    assert ("CF014", "warning", PATENTS) in told(data, tmp_path)


@pytest.mark.parametrize(
    ("path", "column", "left"),
    [
        (OUTPUT, "2023", "68.40"),
        ("cover.operator", None, "开化经济开发区管委会"),
        ("cover.date", None, "2025 年 6 月 18 日"),
        ("basic_info.operator_contact", None, "李四"),
        ("leading_industry.chain_text", None, "已有三条链。"),
        ("plan.problems", None, "用地不足。"),
        ("declaration.county_date", None, "2025 年 6 月 18 日"),
    ],
)
def test_struck_text_is_no_part_of_any_answer(
    path: str, column: str | None, left: str, tmp_path: Path
) -> None:
    form = read(word(path, ("旧的 2024 年 5 月 1 日 99", struck), (left, plain), column=column), tmp_path)
    assert form.answer(path, column).text == left
    assert any(o.what == "struck-text" and o.field == path for o in form.observations)


def test_an_answer_struck_out_whole_is_blank(tmp_path: Path) -> None:
    found = told(word(PATENTS, ("286", struck)), tmp_path)
    assert ("CF101", "error", PATENTS) in found
    assert ("CF014", "warning", PATENTS) in found


def test_a_struck_space_says_nothing(tmp_path: Path) -> None:
    data = word(OUTPUT, (" ", struck), ("68.40", plain), column="2023")
    assert not any(o.what == "struck-text" for o in read(data, tmp_path).observations)


def test_a_style_that_strikes_can_be_switched_off(tmp_path: Path) -> None:
    def unstruck(run: Any) -> None:
        struck_by_style(run)
        run.font.strike = False

    assert answer(word(PATENTS, ("286", unstruck)), tmp_path).text == "286"


def test_struck_runs_and_cells_of_a_workbook(tmp_path: Path) -> None:
    gone, kept = InlineFont(strike=True), InlineFont(rFont="宋体")
    mixed = CellRichText(TextBlock(gone, "38"), TextBlock(kept, "286"))
    assert answer(book(PATENTS, mixed), tmp_path, "xlsx").text == "286"
    whole = book(PATENTS, 286, Font(strike=True))
    assert answer(whole, tmp_path, "xlsx").text == ""
    assert ("CF101", "error", PATENTS) in told(whole, tmp_path, "xlsx")
    own = CellRichText("38", TextBlock(kept, "286"))
    assert answer(book(PATENTS, own, Font(strike=True)), tmp_path, "xlsx").text == "286"


@pytest.mark.parametrize("height", [above, below])
def test_a_small_figure_beside_a_number_is_a_note(height: Styled, tmp_path: Path) -> None:
    data = word(OUTPUT, ("77.20", plain), ("1", height), column="2023")
    found = answer(data, tmp_path, place=(OUTPUT, "2023"))
    assert (str(found.decimal), found.flaws) == ("77.20", ("note_mark",))
    assert ("CF105", "warning", OUTPUT) in told(data, tmp_path)


def test_a_small_figure_in_a_workbook_is_a_note(tmp_path: Path) -> None:
    raised = CellRichText(
        TextBlock(InlineFont(), "77.26"), TextBlock(InlineFont(vertAlign="superscript"), "[1]")
    )
    found = answer(book(OUTPUT, raised, column="2023"), tmp_path, "xlsx", (OUTPUT, "2023"))
    assert (str(found.decimal), found.flaws) == ("77.26", ("note_mark",))


def test_a_whole_number_set_above_the_line_is_the_number(tmp_path: Path) -> None:
    assert str(answer(word(PATENTS, ("28", above), ("6", above)), tmp_path).decimal) == "286"


@pytest.mark.parametrize(
    "text",
    [
        "68.40①",
        "68.40²",
        "68.40*",
        "68.40※",
        "68.40（①）",
        "68.40[²]",
        "68.40注①",
        "68.40①。",
        "６８．４０②",
        "68.40 ⑴",
        "68.40❶",
    ],
)
def test_the_mark_of_a_note_is_no_digit(text: str) -> None:
    number = read_number(text, counted=False, unit="亿元")
    assert number is not None
    assert number.figure is not None
    assert str(number.figure.value) == "68.40"
    assert "note_mark" in number.flaws
    target = read_target(text)
    assert target is not None
    assert target.figure is not None
    assert str(target.figure.value) == "68.40"


@pytest.mark.parametrize("text", ["①68.40", "6①8.40", "68.4①0", "①", "²", "1½"])
def test_no_other_figure_is_made_of_signs(text: str) -> None:
    assert read_number(text, counted=False, unit="亿元") is None


@pytest.mark.parametrize("text", ["18.00㎡", "18.00m²", "18.00m2"])
def test_square_metres_are_no_square_kilometres(text: str) -> None:
    number = read_number(text, counted=False, unit="平方公里")
    assert number is not None
    assert number.figure is None


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("18.00㎢", "unit_name"),
        ("18.00km²", "unit_name"),
        ("18.00 km2", "unit_name"),
        ("18.00平方千米", "unit_name"),
        ("18.00平方公里", "unit"),
    ],
)
def test_square_kilometres_in_every_spelling(text: str, flaw: str) -> None:
    number = read_number(text, counted=False, unit="平方公里")
    assert number is not None
    assert number.figure is not None
    assert (str(number.figure.value), number.flaws) == ("18.00", (flaw,))


def test_narrow_keeps_signs() -> None:
    assert narrow("１２．５％①²㎡") == "12.5%①²㎡"


def edited(change: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(write("application")))
    change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_a_label_mended_by_striking_is_the_label(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        cell = next(
            c for t in document.tables for r in t.rows for c in r.cells if c.text == "集群总产值（亿元）"
        )
        cell.paragraphs[0].clear()
        struck(cell.paragraphs[0].add_run("集群总收入"))
        cell.paragraphs[0].add_run("集群总产值（亿元）")

    assert told(edited(change), tmp_path) == []


def test_a_heading_struck_out_is_none(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        heading = next(p for p in document.paragraphs if p.text.strip() == "二、主导产业情况")
        struck(heading.insert_paragraph_before("").add_run("二、主导产业情况"))

    assert told(edited(change), tmp_path) == []


def test_a_row_struck_out_and_written_again_below(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        row = next(r for t in document.tables for r in t.rows if r.cells[0].text == "集群总产值（亿元）")
        row._tr.addnext(copy.deepcopy(row._tr))
        for cell in row.cells:
            for run in cell.paragraphs[0].runs:
                struck(run)

    found = told(edited(change), tmp_path)
    assert {rule for rule, _, _ in found} == {"CF014"}
    assert {path for _, _, path in found} == {OUTPUT}


def test_a_paragraph_style_that_strikes(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        style = document.styles.add_style("Gone", WD_STYLE_TYPE.PARAGRAPH)
        style.font.strike = True
        next(p for p in _paragraphs(document) if p.text.strip() == "77.20").style = style

    assert ("CF101", "error", OUTPUT) in told(edited(change), tmp_path)


def test_a_row_of_one_cell_loses_what_is_struck_and_an_answer_keeps_it() -> None:
    gone = Cell("作废", 0, 0, 1, 1, marks=(Mark(0, None, "strike", "", 2),))
    table = Table(((gone,), (Cell("是否", 1, 0, 1, 1), gone)), 1)
    left = as_seen(RawDocument("docx", (table,)), lambda text, **_: text == "是否").blocks[0]
    assert [[cell.text for cell in row] for row in left.rows] == [[""], ["是否", "作废"]]
