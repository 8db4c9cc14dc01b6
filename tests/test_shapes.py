"""Forms that people drew or typed otherwise than the notice prints them: read alike, and nothing is said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from clusterform.answers import FilledForm
from clusterform.filling.boxes.read import read_group
from clusterform.finding import NOWHERE, Severity
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from support.answers import Filled, change
from support.forms import clean, write
from support.ink import Ink, Pen
from support.layout import Sheet
from support.package import pack
from support.page import Block, Cell, Grid, Row, Said, answer, label, text_line
from support.reading import checked

BLANK = Cell(((),))


def blocks_of(form: str, filled: Filled | None = None) -> list[Block]:
    return list(Sheet(load_form("2025", form), filled or clean(form)).blocks())


def drawn(blocks: list[Block], path: Path) -> Path:
    path.write_bytes(pack(Pen(Ink()).document(blocks)))
    return path


def read(path: Path) -> FilledForm:
    return read_form(open_form(path), Settings())


def words(cell: Cell) -> str:
    return "".join(p.text for line in cell.lines for p in line if isinstance(p, Said))


def with_rows(change: Callable[[Row], Row], form: str = "application") -> list[Block]:
    """The clean form with each row of its tables drawn anew."""
    return [
        replace(b, rows=tuple(map(change, b.rows))) if isinstance(b, Grid) else b for b in blocks_of(form)
    ]


def words_of(block: Block) -> str:
    return "" if isinstance(block, Grid) else "".join(p.text for p in block if isinstance(p, Said))


def faults(path: Path) -> list[tuple[str, str | None]]:
    report = checked(path)
    return [(f.rule, f.field) for f in report.findings if f.severity in (Severity.ERROR, Severity.WARNING)]


@pytest.mark.parametrize("zero", "〇○零")
@pytest.mark.parametrize("form", ["application", "review"])
def test_years_in_chinese_numerals(form: str, zero: str, tmp_path: Path) -> None:
    numerals = str.maketrans("0123456789", f"{zero}一二三四五六七八九")
    years = {f"{year} 年": f"{year}年".translate(numerals) for year in ("2022", "2023", "2024")}
    stages = {f"{year} 年度": f"{year}年度".translate(numerals) for year in ("2025", "2026", "2027")}
    path = tmp_path / "form.docx"
    path.write_bytes(write(form, changes={"replace_label": {**years, **stages}}))
    assert faults(path) == []


@pytest.mark.parametrize(
    "wanted",
    [
        {"leading_industry.output_growth@2022": "20.24", "leading_industry.output_growth@2023": "20.23"},
        {"leading_industry.average_growth": "20.22"},
        {"innovation.pct": "2023"},
        {"innovation.patents": "2024"},
        {"innovation.patents": "__2023__"},
        {"openness.overseas_branches": "_2022_"},
        {"green.energy_reduction": "2023年：3.33，2024年：3.45"},
        {"plan.target_good_smes@baseline": "2024年：92家"},
        {"leading_industry.chain_text": "2024年：实施强链补链项目二十三项。"},
        {"innovation.employees@2022": "2022", "innovation.employees@2023": "2023"},
        {"plan.target_patents@baseline": "2024"},
        {"green.co2@2022": "20.22", "green.energy@2024": "20.24"},
        {"digital.cloud_smes@2022": "2022", "digital.cloud_smes@2023": "2022"},
    ],
)
def test_a_figure_that_looks_like_a_year(wanted: dict[str, str], tmp_path: Path) -> None:
    filled = clean("application")
    change(filled, {"set": wanted})
    read_back = read(drawn(blocks_of("application", filled), tmp_path / "form.docx"))
    for place, text in wanted.items():
        path, _, column = place.partition("@")
        assert read_back.answer(path, column or None).text == text.strip("_"), place


def _label_in_the_middle(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The years of 二氧化碳 and 能耗 with their label, not merged, beside the second one."""
    moved = list(rows)
    for number, row in enumerate(rows):
        if len(row) > 1 and row[0].merge == "restart" and words(row[1]).startswith("2022"):
            below = rows[number + 1]
            moved[number] = (BLANK, *row[1:])
            moved[number + 1] = (replace(row[0], merge=""), *below[1:])
            for later in range(number + 2, len(rows)):
                if rows[later][0].merge != "continue":
                    break
                moved[later] = (BLANK, *rows[later][1:])
    return tuple(moved)


def test_a_label_beside_the_middle_of_its_years(tmp_path: Path) -> None:
    changed = [
        replace(b, rows=_label_in_the_middle(b.rows)) if isinstance(b, Grid) else b
        for b in blocks_of("application")
    ]
    assert changed != blocks_of("application")
    assert faults(drawn(changed, tmp_path / "form.docx")) == []


HEADS = ("优质中小企业数量（家）", "研发经费投入（亿元）", "有效发明专利数量（件）", "工业互联网普及率（%）")
YEARS = ("2025", "2026", "2027")


def _down(figures: list[tuple[str, ...]]) -> Grid:
    """One row a year."""
    rows: list[Row] = [tuple(label(text) for text in ("年度", *HEADS))]
    rows += [
        (label(f"{year}年"), *(answer(text_line(text)) for text in texts))
        for year, texts in zip(YEARS, figures, strict=True)
    ]
    return Grid(tuple(rows), 5)


def _across(figures: list[tuple[str, ...]]) -> Grid:
    """One column a year."""
    rows: list[Row] = [tuple(label(text) for text in ("指标", *(f"{year} 年度" for year in YEARS)))]
    rows += [
        (label(head), *(answer(text_line(texts[number])) for texts in figures))
        for number, head in enumerate(HEADS)
    ]
    return Grid(tuple(rows), 4)


def _said(figures: list[tuple[str, ...]]) -> Grid:
    """One row a year, the text beside it."""
    rows: list[Row] = [
        (
            label(f"{year}年度"),
            answer(text_line("，".join(h.split("（")[0] + t for h, t in zip(HEADS, texts, strict=True)))),
        )
        for year, texts in zip(YEARS, figures, strict=True)
    ]
    return Grid(tuple(rows), 2)


def _with_stages(form: str, grid: Grid) -> list[Block]:
    """The form with the stages' headings and texts gone and a table in their place."""
    blocks = blocks_of(form)
    texts = [words_of(block) for block in blocks]
    start = texts.index("2. 阶段性目标") + 1
    end = texts.index("（三）重点任务")
    return [*blocks[:start], grid, *blocks[end:]]


@pytest.mark.parametrize("draw", [_down, _across])
@pytest.mark.parametrize("form", ["application", "review"])
def test_stages_as_a_table(form: str, draw: Callable[[Any], Grid], tmp_path: Path) -> None:
    filled = clean(form)
    last = [
        filled.text(f"plan.target_{row}", "target").rstrip("家亿元件个%")
        for row in ("good_smes", "rd", "patents")
    ]
    first = [
        filled.text(f"plan.target_{row}", "baseline").rstrip("家亿元件个%")
        for row in ("good_smes", "rd", "patents")
    ]
    middle = [str(int(first[0]) + 1), first[1], first[2]], [str(int(first[0]) + 2), first[1], first[2]]
    figures = [(*texts, "60.00") for texts in (*middle, last)]
    path = drawn(_with_stages(form, draw(figures)), tmp_path / "form.docx")
    stage = read(path).answer("plan.stage_2")
    assert stage.text.startswith(f"优质中小企业数量{figures[1][0]}家")
    assert "工业互联网普及率60.00%" in stage.text
    assert not {rule for rule, _ in faults(path)} & {"CF611", "CF011", "CF012"}
    figures[1] = (str(int(last[0]) + 9), *figures[1][1:])
    assert ("CF602", "plan.target_good_smes") in faults(drawn(_with_stages(form, draw(figures)), path))


def test_stages_as_texts_in_a_table(tmp_path: Path) -> None:
    figures = [("235家", "7.70亿元", "700件", "60%")] * 3
    path = drawn(_with_stages("application", _said(figures)), tmp_path / "form.docx")
    assert read(path).answer("plan.stage_3").text.startswith("优质中小企业数量235家，研发经费投入7.70亿元")


def test_a_blank_year_of_a_table_is_said_where_it_stands(tmp_path: Path) -> None:
    figures = [("235", "7.70", "700", "60.00"), ("", "", "", ""), ("300", "9.60", "1600", "65.00")]
    path = drawn(_with_stages("application", _down(figures)), tmp_path / "form.docx")
    assert ("CF611", "plan.stage_2") in faults(path)


def _run_together(blocks: list[Block], path: str, filled: Filled) -> list[Block]:
    """The form with a label and its answer in one cell, or one line of the cover, and no mark between."""
    name = load_form("2025", "application").fields[path].label
    text = filled.text(path)
    if path.startswith("cover."):
        return [text_line(name + text) if words_of(b) == f"{name}：{text}" else b for b in blocks]
    return [
        replace(b, rows=tuple(_one_cell(row, name, text) for row in b.rows)) if isinstance(b, Grid) else b
        for b in blocks
    ]


def _one_cell(row: Row, name: str, text: str) -> Row:
    for at, (one, other) in enumerate(pairwise(row)):
        if words(one) == name and words(other).startswith(text):
            return (
                *row[:at],
                replace(answer(text_line(name + text)), span=one.span + other.span),
                *row[at + 2 :],
            )
    return row


@pytest.mark.parametrize(
    "path",
    [
        "cover.operator",
        "cover.contact",
        "basic_info.department",
        "basic_info.department_contact",
        "basic_info.operator_contact",
        "basic_info.operator_phone",
        "basic_info.operator",
        "basic_info.area",
    ],
)
def test_a_label_and_its_answer_run_together(path: str, tmp_path: Path) -> None:
    filled = clean("application")
    blocks = blocks_of("application")
    changed = _run_together(blocks, path, filled)
    assert changed != blocks
    file = drawn(changed, tmp_path / "form.docx")
    assert faults(file) == []
    assert read(file).answer(path).text == filled.text(path)


def _contacts(*cells: str) -> list[Block]:
    """The form with the department's contacts in these cells."""
    return [
        replace(
            b,
            rows=tuple(
                tuple(answer(text_line(text)) for text in cells) if words(row[1]) == "方晓雯" else row
                for row in b.rows
            ),
        )
        if isinstance(b, Grid)
        else b
        for b in blocks_of("application")
    ]


@pytest.mark.parametrize(
    "cells",
    [
        ("联系人方晓雯 联系方式0570-6018826",),
        ("联系人：方晓雯 联系方式0570-6018826",),
        ("联系人方晓雯　联系电话 0570-6018826",),
        ("联系人方晓雯", "联系方式0570-6018826"),
        ("联系人 方晓雯", "联系方式：0570-6018826"),
    ],
)
def test_two_labels_and_their_answers_run_together(cells: tuple[str, ...], tmp_path: Path) -> None:
    file = drawn(_contacts(*cells), tmp_path / "form.docx")
    assert faults(file) == []
    form = read(file)
    found = [form.answer(f"basic_info.department_{key}").text for key in ("contact", "phone")]
    assert found == ["方晓雯", "0570-6018826"]


def test_a_reworded_label_that_stands_twice_is_said_where_it_is_reworded(tmp_path: Path) -> None:
    file = drawn(_contacts("联系人姓名", "方晓雯", "联系方式", "0570-6018826"), tmp_path / "form.docx")
    assert faults(file) == [("CF011", "basic_info.department_contact")]
    assert read(file).answer("basic_info.department_contact").text == "方晓雯"


def test_an_area_in_hectares_is_said_once(tmp_path: Path) -> None:
    filled = clean("application")
    change(filled, {"set": {"basic_info.area": "2250.00公顷"}})
    file = drawn(blocks_of("application", filled), tmp_path / "form.docx")
    assert faults(file) == [("CF105", "basic_info.area")]


def test_a_longer_label_is_no_answer(tmp_path: Path) -> None:
    filled = clean("application")
    change(filled, {"set": {"basic_info.operator_contact": ""}})
    blocks = [
        replace(
            b,
            rows=tuple(
                tuple(label("联系人姓名") if words(c) == "联系人" else c for c in row) for row in b.rows
            ),
        )
        if isinstance(b, Grid)
        else b
        for b in blocks_of("application", filled)
    ]
    assert read(drawn(blocks, tmp_path / "form.docx")).answer("basic_info.operator_contact").text != "姓名"


def test_the_unit_left_out_of_a_label_is_said(tmp_path: Path) -> None:
    filled = clean("application")
    grids = [
        replace(
            b,
            rows=tuple(
                (answer(text_line("集群占地面积18.60")),) if words(row[0]).startswith("集群占地面积") else row
                for row in b.rows
            ),
        )
        if isinstance(b, Grid)
        else b
        for b in blocks_of("application", filled)
    ]
    file = drawn(grids, tmp_path / "form.docx")
    assert faults(file) == [("CF011", "basic_info.area")]
    assert read(file).answer("basic_info.area").text == "18.60"


@pytest.mark.parametrize(
    ("text", "undecided"), [("√是否", True), ("是否√", True), ("是√否", True), ("是否", False)]
)
def test_options_run_together_are_all_there(text: str, undecided: bool) -> None:
    item = load_form("2025", "application").fields["basic_info.provincial_recognition"]
    group = read_group(text, (), item.options, NOWHERE, single=True)
    assert (group.missing, group.ticks.ticked) == ((), ())
    assert bool(group.ticks.undecided) is undecided


STANDARDS = Grid(
    (
        tuple(label(text) for text in ("序号", "标准名称", "标准号", "主持/参与")),
        tuple(answer(text_line(text)) for text in ("1", "量具通用技术条件", "GB/T 12345-2023", "主持")),
    ),
    4,
)
FIRMS = Grid(
    (
        tuple(label(text) for text in ("企业名称", "2023 年产值（万元）", "2024 年产值（万元）")),
        tuple(answer(text_line(text)) for text in ("甲公司", "1000", "1200")),
    ),
    3,
)


@pytest.mark.parametrize("typed", [False, True])
def test_other_lists_behind_the_evidence_list(typed: bool, tmp_path: Path) -> None:
    blocks = blocks_of("application")
    if typed:
        filled = clean("application")
        lines = [text_line(f"{n}．{e['for']}（第{e['pages']}页）") for n, e in enumerate(filled.evidence, 1)]
        blocks = [*blocks[:-1], *lines]
    blocks += [text_line("标准清单"), STANDARDS, text_line("附件 3：集群企业名单"), FIRMS]
    assert faults(drawn(blocks, tmp_path / "form.docx")) == []


def test_an_evidence_list_that_goes_on_in_another_table(tmp_path: Path) -> None:
    blocks = blocks_of("application")
    grid = blocks[-1]
    assert isinstance(grid, Grid)
    cut = [replace(grid, rows=grid.rows[:9]), text_line(""), replace(grid, rows=grid.rows[9:])]
    assert faults(drawn([*blocks[:-1], *cut], tmp_path / "form.docx")) == []


@pytest.mark.parametrize(("between", "ticked"), [((BLANK,), "secondary"), ((), "primary")])
def test_a_tick_between_options_in_cells_stands_on_the_side_that_the_first_cell_tells(
    between: tuple[Cell, ...], ticked: str, tmp_path: Path
) -> None:
    cells = tuple(answer(text_line(text)) for text in ("第一产业", "√", "第二产业", "第三产业"))

    def spread(row: Row) -> Row:
        named = label("主导产业所属产业类型")
        return (named, *between, *cells) if words(row[0]) == words(named) else row

    read_ = read(drawn(with_rows(spread), tmp_path / "form.docx")).answer("basic_info.industry_type")
    assert (read_.value, read_.flaws) == ((ticked,), ())


def test_a_dash_between_a_heading_and_its_text_is_none_of_the_text(tmp_path: Path) -> None:
    heading, text = "（一）总体思路", "到2027年形成三个细分领域。"
    path = tmp_path / "form.docx"
    path.write_bytes(write("application", changes={"replace_label": {heading: f"{heading}：——{text}"}}))
    assert read(path).answer("plan.general_idea").text.startswith(text)
