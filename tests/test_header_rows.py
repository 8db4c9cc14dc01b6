"""Rows of heads over a table's columns: what makes one, and which column a cell stands under."""

from __future__ import annotations

import pytest

from clusterform.filling.labels import CellMatches, label_index
from clusterform.filling.layouts.header import Header, is_header, read_header
from clusterform.forms.model import load_form
from support.typed import table

FORM = load_form("2025", "application")


def header_of(row: str) -> Header | None:
    labels = CellMatches(label_index("2025", "application", "rows")).in_row(table([row]).rows[0])
    return read_header(FORM, labels, 2)[0] if is_header(labels) else None


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        ("年度|2022 年|2023 年|2024 年", ["2022", "2023", "2024"]),
        ("2022 年|2023 年|2024 年", ["2022", "2023", "2024"]),
        ("2022 年|2023 年|", ["2022", "2023"]),
        ("年度|2022 年", ["2022"]),  # 年度 says that it is a head
        ("年度|2022 年||2023 年|", ["2022", "2023"]),  # heads that are not merged over their columns
        ("集群总产值（亿元）|2022 年|2023 年", ["2022", "2023"]),
        ("12|2022 年|2023 年|2024 年", ["2022", "2023", "2024"]),
        ("单位|2022 年|2023 年|2024 年", ["2022", "2023", "2024"]),
        ("2022 年|2023 年|2024 年|合计", ["2022", "2023", "2024", None]),
        ("2022 年|甲|2023 年|2024 年", ["2022", None, "2023", "2024"]),
        ("2022 年|甲|2024 年", ["2022", "2023", "2024"]),  # one reworded
        ("2021 年|2022 年|2023 年", ["2024", "2022", "2023"]),  # a year of another edition before them
        (f"2022 年|2023 年|2024 年|{'话' * 24}", ["2022", "2023", "2024", None]),
    ],
)
def test_a_row_of_heads(row: str, keys: list[str | None]) -> None:
    header = header_of(row)
    assert header is not None
    assert header.keys == keys
    assert header.column_set == "reported"


@pytest.mark.parametrize(
    "row",
    [
        "2022 年|甲",  # one head alone
        "年度|甲",
        "甲|乙",
        "集群总产值（亿元）|2022 年|12|2023 年|13",  # figures beside them: a row of answers
        "2022 年|12|2023 年",
        "2022 年||2023 年",
        "2022 年|2023 年|12",
        "2022 年|2023 年|——",
        f"2022 年|2023 年|{'话' * 25}",
        "2022 年：5|2023 年：6",
        "",
    ],
)
def test_no_row_of_heads(row: str) -> None:
    assert header_of(row) is None


def test_the_column_that_a_cell_stands_under() -> None:
    header = header_of("年度|2022 年|<|2023 年|2024 年|合计")
    assert header is not None
    cells = table(["a|b|c|d|<|f"]).rows[0]
    assert [header.column_of(cell) for cell in cells] == [None, "2022", "2022", None, None]
    assert [header.keys_over(cell) for cell in cells] == [[], ["2022"], ["2022"], ["2023", "2024"], []]
