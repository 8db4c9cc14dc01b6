"""One slip is one finding, at the figure to correct: slips of every kind in both forms, in Word and in a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.finding import FileReport, Finding, Severity
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.forms import change, clean, write

CHECKER = Checker(Settings())
TWO, THREE, FOUR, FIVE = "leading_industry.", "innovation.", "digital.", "green."
YEARS = ("2022", "2023", "2024")


def row(path: str, *texts: str) -> dict[str, str]:
    return {f"{path}@{year}": text for year, text in zip(YEARS, texts, strict=True)}


SLIPS: list[tuple[str, str, dict[str, Any], tuple[str, str | None, str, str | None]]] = [
    ("a year's exports in 元", "application", {TWO + "exports@2023": "678500000.00"},
     (TWO + "exports", "2023", "unit", "67850.00")),
    ("a sign", "application", {TWO + "fdi@2023": "-2035.00"}, (TWO + "fdi", "2023", "sign", "2035.00")),
    ("a digit doubled", "application", {THREE + "employees@2024": "106680"},
     (THREE + "employees", "2024", "digit", "10680")),
    ("a digit lost", "application", {THREE + "patents": "42"}, (THREE + "patents", None, "digit", "412")),
    ("digits too many, by which the plan's figure for the same is of no other quantity", "application",
     {THREE + "patents": "412000"}, (THREE + "patents", None, "digit", "412")),
    ("digits exchanged", "application", {TWO + "average_growth": "41.03"},
     (TWO + "average_growth", None, "figure", "14.03")),
    ("a point", "application", {FIVE + "energy@2024": "1.80"}, (FIVE + "energy", "2024", "point", "0.18")),
    ("a share over a hundred", "application", {FOUR + "cloud_share@2024": "704.40"},
     (FOUR + "cloud_share", "2024", "point", "70.44")),
    ("a row of fractions", "application", row(FOUR + "cloud_share", "0.5393", "0.6243", "0.7044"),
     (FOUR + "cloud_share", "2022", "unit", "53.93")),
    ("rates as fractions", "application", row(TWO + "output_growth", "0.1260", "0.1379", "0.1427"),
     (TWO + "output_growth", "2022", "unit", "12.60")),
    ("a row and its target in 万元", "application",
     {**row(THREE + "rd_spending", "18500.00", "21200.00", "24400.00"),
      "plan.target_rd@baseline": "24400.00", "plan.target_rd@target": "34000.00"},
     (THREE + "rd_spending", "2022", "unit", "1.85")),
    ("years exchanged on the review form", "review",
     {FOUR + "platform_smes@2022": "145", FOUR + "platform_smes@2024": "98"},
     (FOUR + "platform_smes", "2022", "exchanged", "98")),
    ("a middle year", "review", {TWO + "total_output@2023": "801.20"},
     (TWO + "total_output", "2023", "figure", None)),
]  # fmt: skip


def book(form: str, changes: dict[str, Any]) -> bytes:
    filled = clean(form)
    change(filled, {"set": changes})
    return by_openpyxl(laid_out(form, Habit(), filled))


def told(file: Path, data: bytes) -> tuple[FileReport, list[Finding]]:
    file.write_bytes(data)
    report = CHECKER.check(file)
    assert not report.crashed
    heavy = {Severity.ERROR, Severity.WARNING}
    return report, [f for f in report.findings if f.severity in heavy]


def figures(form: str, changes: dict[str, Any]) -> dict[str, Any]:
    """The two of the review form's platform firms, from its own answers, exchanged."""
    if f"{FOUR}platform_smes@2022" in changes:
        texts = clean(form).texts
        first, last = (texts[f"{FOUR}platform_smes@{year}"] for year in ("2022", "2024"))
        return {f"{FOUR}platform_smes@2022": last, f"{FOUR}platform_smes@2024": first}
    return changes


@pytest.mark.parametrize("written", ["docx", "xlsx"])
@pytest.mark.parametrize(("form", "changes", "wanted"), [s[1:] for s in SLIPS], ids=[s[0] for s in SLIPS])
def test_a_slip_is_one_finding(
    form: str, changes: dict[str, Any], wanted: tuple[Any, ...], written: str, tmp_path: Path
) -> None:
    changes = figures(form, changes)
    data = write(form, changes={"set": changes}) if written == "docx" else book(form, changes)
    report, found = told(tmp_path / f"form.{written}", data)
    assert len(found) == 1, [f.message for f in found]
    path, year, kind, expected = wanted
    assert found[0].cause is not None
    head = f"{year} 年" if year else None
    assert (found[0].field, found[0].column, found[0].cause.kind) == (path, head, kind)
    assert expected is None or found[0].expected == expected
    reported = {(s.rule, s.field) for s in report.skipped}
    assert len(found[0].explains) >= 2
    assert any((e.rule, e.spot.field) in reported for e in found[0].explains)


def test_two_slips_are_two_causes(tmp_path: Path) -> None:
    changes = {TWO + "total_output@2023": "772.00", THREE + "rd_spending@2022": "1.58"}
    _, found = told(tmp_path / "form.docx", write("application", changes={"set": changes}))
    assert [(f.field, f.expected) for f in found] == [
        (TWO + "total_output", "77.20"),
        (THREE + "rd_spending", "1.85"),
    ]


def test_a_failure_that_stands_alone_is_said_as_it_was(tmp_path: Path) -> None:
    _, (found,) = told(
        tmp_path / "form.docx", write("application", changes={"set": {TWO + "fdi_growth@2024": "12.06"}})
    )
    assert (found.rule, found.cause, found.explains) == ("CF203", None, ())
