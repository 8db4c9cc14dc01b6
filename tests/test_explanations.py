"""情况说明 and formulas count as given wherever they stand with their text (CF116, CF310)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from support.answers import change, clean
from support.books import fill_by_name, opened, saved
from support.forms import write
from support.reading import checked

CHANGED = {
    "untick": {"basic_info.operator_changed": ["no"]},
    "tick": {"basic_info.operator_changed": ["yes"]},
}
TEXT = "2024年3月机构改革，原县经济开发区管委会的职责划入县中小企业服务中心，运营人员和服务内容不变。"


def review(lines: Sequence[str], before: str = "", where: str = "end") -> bytes:
    """A review whose operator changed, with lines put behind everything or before a paragraph."""
    document = docx.Document(io.BytesIO(write("review", changes=CHANGED)))
    anchor = next((p for p in document.paragraphs if before and p.text.strip() == before), None)
    for line in lines:
        paragraph = document.add_paragraph(line)
        if anchor is not None:
            anchor._element.addprevious(paragraph._element)
    if where == "cell":
        document.add_table(1, 1).cell(0, 0).text = "\n".join(lines)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def rules(data: bytes, folder: Path, ending: str = "docx") -> list[str]:
    path = folder / f"form.{ending}"
    path.write_bytes(data)
    return [f.rule for f in checked(path).findings if f.rule in ("CF116", "CF310", "CF010", "CF011")]


@pytest.mark.parametrize(
    "lines",
    [
        ("情况说明", TEXT),
        ("情 况 说 明", TEXT),
        ("关于集群运营管理机构变化的情况说明", TEXT),
        ("运营管理机构变更情况的说明：", TEXT),
        (f"情况说明：{TEXT}",),
        ("附件：情况说明", "", TEXT),
        ("一、情况说明", TEXT),
        ("运营管理机构变化情况说明见附件3",),
        ("关于更换集群运营管理机构的说明", TEXT),
    ],
)
@pytest.mark.parametrize("before", ["", "填报说明", "二、主导产业情况", "佐证材料清单"])
def test_an_explanation_anywhere_counts_as_given(lines: Sequence[str], before: str, tmp_path: Path) -> None:
    assert rules(review(lines, before), tmp_path) == []


def test_an_explanation_in_a_frame(tmp_path: Path) -> None:
    assert rules(review(("情况说明", TEXT), where="cell"), tmp_path) == []


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("情况说明",),
        ("情况说明：", ""),
        ("情况说明", "无"),
        ("关于集群运营管理机构变化的情况说明",),
        ("（需附情况说明）",),
        ("填报说明",),
    ],
)
@pytest.mark.parametrize("before", ["", "二、主导产业情况"])
def test_a_heading_without_its_text_is_no_explanation(
    lines: Sequence[str], before: str, tmp_path: Path
) -> None:
    assert rules(review(lines, before), tmp_path) == ["CF310"]


def book(sheet: str, lines: Sequence[str]) -> bytes:
    filled = clean("review")
    change(filled, CHANGED)
    workbook: Any = opened(fill_by_name("review", filled))
    page = workbook.create_sheet(sheet)
    for row, line in enumerate(lines, 1):
        page.cell(row, 1, line)
    return saved(workbook)


@pytest.mark.parametrize(
    ("sheet", "lines"),
    [("情况说明", (TEXT,)), ("Sheet9", ("情况说明", TEXT)), ("附件", (f"情况说明：{TEXT}",))],
)
def test_an_explanation_on_another_sheet(sheet: str, lines: Sequence[str], tmp_path: Path) -> None:
    assert rules(book(sheet, lines), tmp_path, "xlsx") == []


def test_another_sheet_without_one(tmp_path: Path) -> None:
    assert rules(book("备注", ("没有别的话",)), tmp_path, "xlsx") == ["CF310"]


def test_a_formula_on_a_page_of_its_own(tmp_path: Path) -> None:
    data = write("application", changes={"set": {"green.co2_formula": "", "green.energy_formula": ""}})
    assert rules(data, tmp_path) == ["CF116", "CF116"]
    document = docx.Document(io.BytesIO(data))
    document.add_paragraph("单位产值能耗和二氧化碳排放量计算公式")
    document.add_paragraph("单位产值能耗＝综合能源消费量（吨标准煤）÷总产值（万元）")
    held = io.BytesIO()
    document.save(held)
    assert rules(held.getvalue(), tmp_path) == []
