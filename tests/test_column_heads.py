"""The heads of columns: which row has them, which column each stands over, what is said of others than the form's."""

from __future__ import annotations

import pytest

from clusterform.filling.labels import CellMatches, RowLabels, label_index
from clusterform.filling.layouts.header import Header, column_set_of, is_header, read_header
from clusterform.forms.model import load_form
from support.typed import table

YEARS = "2022年|2023年|2024年"
TARGETS = "2024年基准值|2027年目标值"


def labels_of(*rows: str, layout: str = "rows") -> RowLabels:
    """Those of the first of these rows."""
    return CellMatches(label_index("2025", "application", layout)).in_row(table([*rows]).rows[0])


def header_of(*rows: str, layout: str = "rows") -> Header:
    return read_header(load_form("2025", "application"), labels_of(*rows, layout=layout), 2)[0]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (YEARS, True),
        (f"年度|{YEARS}", True),
        (f"|{YEARS}", True),
        (f"5|{YEARS}", True),  # before the first head stands whatever may
        ("2022年|2023年", True),
        ("2022年", False),
        ("年度|2022年", True),
        ("年度|甲", False),
        ("年度|2022年：5|甲", False),
        ("集群总产值（亿元）|2022年", False),
        ("集群总产值（亿元）|2022年|5|2023年|6", False),  # years inside the row, and their answers
        ("集群总产值（亿元）|2022年||2023年|", False),
        ("年度|2022年||2023年|", True),
        ("2022年||2023年", False),  # a blank to be filled in
        ("年度|2022年||2023年", True),
        ("年度|2022年|5|2023年", False),
        ("2022年|2023年|", True),
        ("2022年|2023年|5", False),
        ("2022年|2023年|—", False),
        ("2022年|2023年|12.5 %", False),
        ("2022年|2023年|备注", True),
        ("2022年|备注|2024年", True),
        ("2022年|差|2024年", True),
        (f"2022年|{'备' * 24}|2024年", True),
        (f"2022年|{'备' * 25}|2024年", False),
        (f"2022年| {'备' * 24} |2024年", True),
        ("2022年|2023年：5", False),
        ("2022年|2023年：5|2024年", True),
        ("集群总产值（亿元）|1|2", False),
    ],
)
def test_which_row_has_the_heads(row: str, expected: bool) -> None:
    assert is_header(labels_of(row)) is expected


Heads = list[tuple[str | None, int, int]]


@pytest.mark.parametrize(
    ("row", "layout", "heads"),
    [
        (YEARS, "rows", [("2022", 0, 1), ("2023", 1, 2), ("2024", 2, 3)]),
        ("年度|2022年|<|2023年|2024年", "rows", [("2022", 1, 3), ("2023", 3, 4), ("2024", 4, 5)]),
        (f"年度|{YEARS}|", "rows", [("2022", 1, 2), ("2023", 2, 3), ("2024", 3, 4)]),
        (f"方向|指标|{TARGETS}", "headings", [("baseline", 2, 3), ("target", 3, 4)]),
    ],
)
def test_heads_in_order(row: str, layout: str, heads: Heads) -> None:
    header, said = read_header(load_form("2025", "application"), labels_of(row, layout=layout), 2)
    assert [tuple(head) for head in header.heads] == heads
    assert header.keys == [key for key, *_ in heads]
    assert header.column_set == {"rows": "reported", "headings": "targets"}[layout]
    assert said == []


Said = list[tuple[str, str, str | None, int | None]]


@pytest.mark.parametrize(
    ("row", "heads", "said"),
    [
        (f"年度|{YEARS}|备注", ["2022", "2023", "2024", None], [("extra-column", "备注", "备注", 5)]),
        (f"备注|{YEARS}", ["2022", "2023", "2024"], []),
        (f"2021年|{YEARS}", ["2022", "2023", "2024"], []),  # all of the form's are there
        (
            "年度|2022年|备注|2023年|2024年",
            ["2022", None, "2023", "2024"],
            [("extra-column", "备注", "备注", 3)],
        ),
        ("2022年|2023年|今年", ["2022", "2023", "2024"], [("label-reworded", "2024 年", "今年", 3)]),
        (
            "2022年|今年|去年",
            ["2022", "2023", "2024"],
            [("label-reworded", "2023 年", "今年", 2), ("label-reworded", "2024 年", "去年", 3)],
        ),
        (
            "2022年|今年|去年|前年",
            ["2022", "2023", "2024", None],
            [
                ("label-reworded", "2023 年", "今年", 2),
                ("label-reworded", "2024 年", "去年", 3),
                ("extra-column", "前年", "前年", 4),
            ],
        ),
        (
            "2021年|2022年|2023年",  # in front of the first head a year of another edition is one
            ["2024", "2022", "2023"],
            [("label-reworded", "2024 年", "2021年", 1)],
        ),
        ("项目|2022年|2023年", ["2022", "2023"], [("label-missing", "2024 年", None, None)]),
        ("|2022年|2023年", ["2022", "2023"], [("label-missing", "2024 年", None, None)]),
        ("2022年|2023年|", ["2022", "2023"], [("label-missing", "2024 年", None, None)]),
        ("2022年|2023年|2023年", ["2022", "2023", "2023"], [("label-missing", "2024 年", None, None)]),
    ],
)
def test_heads_that_are_not_the_form_s(row: str, heads: list[str | None], said: Said) -> None:
    header, observations = read_header(load_form("2025", "application"), labels_of(row), 2)
    assert header.keys == heads
    assert [(o.what, o.label, o.value, o.location.cell) for o in observations] == said
    assert {o.section for o in observations} <= {2}
    for one in observations:
        lost = one.what == "label-missing"
        assert one.column == ("2024" if lost else None)
        assert one.expected == (None if one.what == "extra-column" else one.label)


def test_what_stands_under_which_head() -> None:
    header = header_of(heads := "年度|2022年|<|2023年|备注|2024年")
    grid = table([heads, "甲|乙|丙|丁|戊|己", "甲|乙|<|<|<|己", "甲|<|乙|丁|<|己"]).rows
    over = [[header.keys_over(cell) for cell in row] for row in grid[1:]]
    assert over == [
        [[], ["2022"], ["2022"], ["2023"], [], ["2024"]],
        [[], ["2022", "2023"], ["2024"]],
        [["2022"], ["2022"], ["2023"], ["2024"]],
    ]
    one = [[header.column_of(cell) for cell in row] for row in grid[1:]]
    assert one == [
        [None, "2022", "2022", "2023", None, "2024"],
        [None, None, "2024"],
        ["2022", "2022", "2023", "2024"],
    ]


def test_the_columns_are_of_the_set_that_most_heads_are_of() -> None:
    assert column_set_of(labels_of(YEARS)) == "reported"
    assert column_set_of(labels_of(f"2022年|{TARGETS}", layout="headings")) == "targets"
    assert column_set_of(labels_of(f"2022年|2023年|2024年|{TARGETS}", layout="headings")) == "reported"
    assert column_set_of(labels_of("2022年|2024年基准值", layout="headings")) == "reported"  # neither is more
    assert header_of(f"2022年|{TARGETS}", layout="headings").keys == ["baseline", "target"]
    assert header_of(f"{YEARS}|{TARGETS}", layout="headings").keys == ["2022", "2023", "2024"]
