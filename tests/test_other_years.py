"""Heads with the years of another edition: one cause, one finding, and the columns are read in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from clusterform.finding import FileReport, Severity
from support.forms import write
from support.reading import checked

YEARS = re.compile(r"20\d\d")


def report(tables: tuple[int, ...], change: Callable[[str], str], tmp_path: Path) -> FileReport:
    """The clean form with the years of these tables' first rows changed."""
    document = Document(BytesIO(write("application")))
    for number in tables:
        for cell in document.tables[number]._tbl.tr_lst[0].tc_lst:
            for text in cell.xpath(".//w:t"):
                text.text = YEARS.sub(lambda found: change(found[0]), text.text)
    file = tmp_path / "form.docx"
    document.save(str(file))
    return checked(file)


def errors(found: FileReport) -> list[tuple[str, str | None, str | None]]:
    return [(f.rule, f.value, f.expected) for f in found.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("tables", "written", "count"),
    [((1,), "2021 年、2022 年、2023 年", "1"), ((2,), "2021 年、2022 年、2023 年", "1")],
)
def test_last_years_heads_are_one_finding(
    tables: tuple[int, ...], written: str, count: str, tmp_path: Path
) -> None:
    found = report(tables, lambda year: str(int(year) - 1), tmp_path)
    assert errors(found) == [("CF011", written, "2022 年、2023 年、2024 年")]
    assert f"{count} 处" in next(f.message for f in found.findings if f.rule == "CF011")


def test_a_year_written_twice(tmp_path: Path) -> None:
    found = report((3,), {"2022": "2022", "2023": "2023", "2024": "2023"}.__getitem__, tmp_path)
    assert errors(found) == [("CF011", "2022 年、2023 年、2023 年", "2022 年、2023 年、2024 年")]


def test_heads_of_the_targets(tmp_path: Path) -> None:
    found = report((7,), lambda year: str(int(year) - 1), tmp_path)
    assert errors(found) == [("CF011", "2023 年基准值、2026 年目标值", "2024 年基准值、2027 年目标值")]


def test_years_in_another_order_are_read_by_their_heads(tmp_path: Path) -> None:
    found = report((3,), {"2022": "2024", "2023": "2023", "2024": "2022"}.__getitem__, tmp_path)
    assert "CF011" not in {f.rule for f in found.findings}


def test_a_year_among_other_words_is_no_head_of_another_year(tmp_path: Path) -> None:
    written = {"2022": "2021", "2023": "2022", "2024": "较2023"}
    first, second, *_ = errors(report((1,), lambda year: written[year], tmp_path))
    assert (first, second) == (("CF011", "2021 年", "2023 年"), ("CF011", "较2023 年", "2024 年"))
