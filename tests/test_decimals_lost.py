"""A number format that shows fewer decimals than the form asks for: told at that cell alone, and what rests on it waits."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clusterform.finding import FileReport, Severity
from support.reading import checked

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "workbook-clean.xlsx"
SHARE = "集群主导产业产值占集群总产值比例（%）"


def report(number_format: str, tmp_path: Path) -> FileReport:
    """The clean workbook with the shares of the main industry (85.20, 85.90, 86.60) shown otherwise."""
    book = load_workbook(EXAMPLE)
    for row in (row for sheet in book for row in sheet.iter_rows() if row[0].value == SHARE):
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = number_format
    file = tmp_path / "form.xlsx"
    book.save(file)
    return checked(file)


@pytest.mark.parametrize("number_format", ["0", "#,##0", '0"%"'])
def test_hidden_decimals_are_the_cause(number_format: str, tmp_path: Path) -> None:
    found = report(number_format, tmp_path)
    errors = [(f.rule, f.column, f.expected) for f in found.findings if f.severity is Severity.ERROR]
    assert errors == [
        ("CF120", "2022 年", "85.20"),
        ("CF120", "2023 年", "85.90"),
        ("CF120", "2024 年", "86.60"),
    ]
    assert "CF507" in {u.rule for u in found.unjudged}
    assert not {"CF103", "CF201", "CF202"} & {f.rule for f in found.findings}


@pytest.mark.parametrize("number_format", ["0.00", '0.00"%"', "General"])
def test_decimals_shown_as_they_are(number_format: str, tmp_path: Path) -> None:
    assert "CF120" not in {f.rule for f in report(number_format, tmp_path).findings}
