"""Forms whose tables break across pages, with labels and headings repeated, and labels with marks of notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from clusterform.finding import Severity
from clusterform.forms.model import load_form
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.answers import clean
from support.ink import Ink, Pen
from support.layout import Sheet
from support.package import pack
from support.page import Block, Cell, Grid, Line, Row, Said, label, official_line

FORMS = ("application", "review")
TWO, SEVEN = "二、主导产业情况", "七、治理和服务水平"
WORK, TEXT = "集群已开展的发展环境治理工作", "集群发展环境情况"
Change = Callable[[Row], tuple[Row, ...]]


def _text(block: Block | Cell) -> str:
    if isinstance(block, Grid):
        return ""
    lines: tuple[Line, ...] = block.lines if isinstance(block, Cell) else (block,)
    return "".join(p.text for line in lines for p in line if isinstance(p, Said))


def _form(form: str) -> list[Block]:
    return list(Sheet(load_form("2025", form), clean(form)).blocks())


def _table(blocks: list[Block], heading: str) -> int:
    return next(n + 1 for n, b in enumerate(blocks) if _text(b) == heading)


def _rows(blocks: list[Block], heading: str, start: str, change: Change) -> list[Block]:
    """The rows whose label begins so, changed."""
    at = _table(blocks, heading)
    grid = blocks[at]
    assert isinstance(grid, Grid)
    rows = [new for row in grid.rows for new in (change(row) if _text(row[0]).startswith(start) else (row,))]
    return [*blocks[:at], replace(grid, rows=tuple(rows)), *blocks[at + 1 :]]


def _said(blocks: list[Block], folder: Path) -> list[tuple[str, str | None]]:
    path = folder / "form.docx"
    path.write_bytes(pack(Pen(Ink()).document(blocks), ""))
    report = Checker(Settings()).check(path)
    return [(f.rule, f.field) for f in report.findings if f.severity in {Severity.ERROR, Severity.WARNING}]


def _cut(row: Row, at: int) -> tuple[Cell, Cell]:
    """The row's answer in two: lines, or a line's letters."""
    answer = row[1]
    if len(answer.lines) > 1:
        return replace(answer, lines=answer.lines[:at]), replace(answer, lines=answer.lines[at:])
    text = _text(answer)
    first, rest = ((Said(text[:at]),),), ((Said(text[at:]),),)
    return replace(answer, lines=first), replace(answer, lines=rest)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("start", "again"),
    [(start, again) for start in (WORK, TEXT) for again in ("{}（续）", "{} (续表)", "续：{}", "")]
    + [(WORK, "{}")],  # a text under the same label again is another answer: see below
)
def test_an_answer_goes_on_in_a_row_of_its_own(form: str, start: str, again: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        one, other = _cut(row, 3)
        return ((row[0], one), (label(again.format(_text(row[0]))), other))

    assert _said(_rows(_form(form), SEVEN, start, change), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_group_of_boxes_that_stands_twice_with_other_ticks(form: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        rest = row[1].lines[1:]
        return (row, (row[0], replace(row[1], lines=(tuple(reversed(row[1].lines[0])), *rest))))

    said = _said(_rows(_form(form), SEVEN, WORK, change), tmp_path)
    assert said == [("CF011", "governance.environment_work")]


@pytest.mark.parametrize("form", FORMS)
def test_a_text_under_its_label_again_is_another_answer(form: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        return (row, (row[0], replace(row[1], lines=((Said("另一段说明，与上面的不同。"),),))))

    said = _said(_rows(_form(form), SEVEN, TEXT, change), tmp_path)
    assert said == [("CF011", "governance.environment_text")]


@pytest.mark.parametrize("form", FORMS)
def test_figures_that_go_on_with_others_are_two_answers(form: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        others = (replace(cell, lines=((Said("999"),),)) for cell in row[1:])
        return (row, (label(f"{_text(row[0])}（续）"), *others))

    said = _said(_rows(_form(form), TWO, "集群企业数量", change), tmp_path)
    assert said == [("CF011", "leading_industry.enterprises")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("again", [f"{TWO}（续）", f"续表 {TWO}", "主导产业情况（续表）"])
def test_a_part_goes_on_under_its_heading_again(form: str, again: str, tmp_path: Path) -> None:
    blocks = _form(form)
    at = _table(blocks, TWO)
    grid = blocks[at]
    assert isinstance(grid, Grid)
    first, rest = replace(grid, rows=grid.rows[:6]), replace(grid, rows=(grid.rows[0], *grid.rows[6:]))
    assert _said([*blocks[:at], first, official_line(again), rest, *blocks[at + 1 :]], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "marked", ["集群总产值（亿元）①", "集群总产值①（亿元）", "集群总产值（亿元）注1", "集群总产值¹（亿元）"]
)
def test_a_label_with_the_mark_of_a_note(form: str, marked: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        return ((label(marked), *row[1:]),)

    assert _said(_rows(_form(form), TWO, "集群总产值（亿元）", change), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("page", ["", "\t3", "……12"])
@pytest.mark.parametrize("before", ["填报说明", "一、基本情况"])
def test_an_index_names_the_headings_of_part_eight(form: str, page: str, before: str, tmp_path: Path) -> None:
    blocks = _form(form)
    heads = [_text(b) for b in blocks if _text(b)[:2] in {f"{n}、" for n in "一二三四五六七八九"}]
    at = next(n for n, b in enumerate(blocks) if _text(b) == before)
    index = [official_line(head + page) for head in heads]
    assert _said([*blocks[:at], official_line("目录"), *index, *blocks[at:]], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", ["3 ", "12 ", "3.", "（3）"])
def test_a_label_with_a_number_before_it(form: str, number: str, tmp_path: Path) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        return ((label(number + _text(row[0])), *row[1:]),)

    assert _said(_rows(_form(form), TWO, "集群", change), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_rows_with_a_number_in_front_and_their_merged_label_in_each(form: str, tmp_path: Path) -> None:
    blocks = _form(form)
    at = _table(blocks, "五、绿色化转型情况")
    grid = blocks[at]
    assert isinstance(grid, Grid)
    first, rows = grid.rows[0][0], list[Row]()
    for number, row in enumerate(grid.rows, 1):
        first = row[0] if _text(row[0]) else first
        rows.append((label(str(number)), replace(first, merge=""), *row[1:]))
    numbered = replace(grid, rows=tuple(rows), columns=grid.columns + 1)
    assert _said([*blocks[:at], numbered, *blocks[at + 1 :]], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("start", [WORK, TEXT])
def test_a_label_that_a_line_end_breaks_has_its_answer_in_the_same_cell(
    form: str, start: str, tmp_path: Path
) -> None:
    def change(row: Row) -> tuple[Row, ...]:
        text = _text(row[0])
        broken = (official_line(text[:5]), official_line(f"{text[5:]}："))
        return ((replace(row[1], lines=(*broken, *row[1].lines), span=row[0].span + row[1].span),),)

    assert _said(_rows(_form(form), SEVEN, start, change), tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "rows",
    [
        (("指标", "2022 年", "2023 年", "2024 年"), ("集群总产值（亿元）", "68.40", "77.20", "87.50")),
        (("序号", "名称", "编号", "认定部门"), ("1", "数显卡尺", "GB/T 21389-2008", "国家标准委")),
        (("序号", "材料名称", "编号", "类型"), ("1", "一种容栅传感器", "ZL201810000001.1", "发明")),
    ],
)
def test_a_table_behind_the_evidence_list_is_no_part_of_it(
    form: str, rows: tuple[tuple[str, ...], ...], tmp_path: Path
) -> None:
    table = Grid(tuple(tuple(map(label, row)) for row in rows), 4)
    assert _said([*_form(form), official_line("附件2 统计部门证明"), table], tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_line_below_the_last_date_is_no_seal(form: str, tmp_path: Path) -> None:
    blocks = _form(form)
    at = next(n for n, b in enumerate(blocks) if _text(b) == "佐证材料清单")
    path = tmp_path / "form.docx"
    path.write_bytes(
        pack(Pen(Ink()).document([*blocks[:at], official_line("制表人：张三"), *blocks[at:]]), "")
    )
    report = Checker(Settings()).check(path)
    assert [str(f.severity) for f in report.findings if f.rule == "CF702"] == ["manual", "manual"]
