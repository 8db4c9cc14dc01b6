"""A part or a form wholly blank is one finding that lists its labels, in every format alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.finding import FileReport, Finding, Severity
from clusterform.forms.model import load_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers.given_form import read_answers
from support.answers import clean
from support.forms import EDITION, write
from support.reading import check_file, checked

FORMS = ("application", "review")
COMPLETENESS = {"CF101", "CF109", "CF115", "CF116", "CF608", "CF611", "CF613", "CF615"}


def errors(report: FileReport) -> list[Finding]:
    return [f for f in report.findings if f.severity is Severity.ERROR]


def without_part(form: str, *numbers: int, keep: Any = None) -> dict[str, Any]:
    """The change that empties whole parts, but for what is kept."""
    fields = load_form(EDITION, form).fields
    held = clean(form)
    gone = {path for path, item in fields.items() if item.section in numbers}
    texts = {name: "" for name in held.texts if name.partition("@")[0] in gone}
    ticks = {name: list(keys) for name, keys in held.ticks.items() if name in gone}
    return {"set": texts | (keep or {}), "untick": ticks}


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
@pytest.mark.parametrize(("form", "cells"), [("application", 199), ("review", 160)])
def test_a_blank_form_is_one_finding(form: str, cells: int, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"blank.{ending}"
    file.write_bytes(blank(form, ending, EDITION))
    report = check_file(file)
    (found,) = errors(report)
    assert (found.rule, found.section, found.field, found.label) == ("CF101", None, None, None)
    assert f"{cells} 格空白，另有 9 组选项没有勾选" in found.message
    assert len(found.covers) == cells + 9
    assert {"集群名称", "集群总产值（亿元）", "（四）保障措施"} <= set(found.covers)
    assert {f.rule for f in report.findings} - {"CF101"} <= {"CF013", "CF701", "CF702", "CF703", "CF704"}
    assert report.status == "fail"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", range(9))
def test_a_blank_part_is_one_finding(form: str, number: int, tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(write(form, None, "notice", None, without_part(form, number)))
    report = checked(file)
    found = [f for f in report.findings if f.rule in COMPLETENESS]
    assert [(f.rule, f.section, f.severity) for f in found] == [("CF101", number, Severity.ERROR)]
    assert len(found[0].covers) >= 3
    assert not [f for f in report.findings if f.section == number and f is not found[0] and f.value == ""]
    labels = {item.label for item in load_form(EDITION, form).fields.values() if item.section == number}
    assert set(found[0].covers) <= labels
    english = check_file(file, Settings(language="en"))
    assert "blank cells" in next(f.message for f in english.findings if f.covers)


def test_two_blank_parts_are_two_findings(tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", None, "notice", None, without_part("application", 3, 6)))
    found = [f for f in checked(file).findings if f.covers]
    assert [f.section for f in found] == [3, 6]


KEPT = [
    {"green.co2_formula": "单位产值排放量＝排放总量÷总产值"},
    {"green.energy@2023": "0.18"},
    {"green.energy@2023": "/"},
]


@pytest.mark.parametrize("keep", KEPT, ids=str)
def test_a_part_with_one_answer_is_judged_answer_by_answer(keep: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", None, "notice", None, without_part("application", 5, keep=keep)))
    findings = checked(file).findings
    assert not [f for f in findings if f.covers]
    assert len([f for f in findings if f.section == 5 and f.rule in COMPLETENESS]) > 10


def test_a_part_with_one_tick_is_judged_answer_by_answer(tmp_path: Path) -> None:
    change = without_part("application", 7)
    change["untick"] = {name: keys[1:] for name, keys in change["untick"].items()}
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", None, "notice", None, change))
    findings = checked(file).findings
    assert not [f for f in findings if f.covers]
    assert [f for f in findings if f.rule == "CF101" and f.section == 7]


def test_a_row_blank_in_all_its_years_is_said_year_by_year(tmp_path: Path) -> None:
    change = {"set": {f"leading_industry.fdi@{year}": "" for year in (2022, 2023, 2024)}}
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", None, "notice", None, change))
    found = [f for f in checked(file).findings if f.rule == "CF101"]
    assert len(found) == 3
    assert not any(f.covers for f in found)


def test_without_the_rule_the_others_say_it(tmp_path: Path) -> None:
    file = tmp_path / "blank.docx"
    file.write_bytes(blank("application", "docx", EDITION))
    report = check_file(file, Settings(ignore=("CF101",)))
    assert {"CF109", "CF115", "CF608", "CF611", "CF615"} <= {f.rule for f in report.findings}
    assert not any(f.covers for f in report.findings)


def test_what_is_lowered_still_stands_for_the_others(tmp_path: Path) -> None:
    file = tmp_path / "blank.docx"
    file.write_bytes(blank("application", "docx", EDITION))
    report = check_file(file, Settings(severities={"CF101": Severity.WARNING}))
    assert [f.rule for f in report.findings if f.rule in COMPLETENESS] == ["CF101"]
    assert not errors(report)


def test_targets_of_the_countys_own_are_no_blank_part(tmp_path: Path) -> None:
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "form: application\n"
        "added_targets:\n  - {table: targets, direction: 主导产业, indicator: 亩均税收（万元）, values: {baseline: '30', target: '40'}}\n",
        encoding="utf-8",
    )
    file = tmp_path / "form.docx"
    file.write_bytes(filled(read_answers(answers, EDITION), "docx", None, "answers.yaml"))
    assert 8 not in {f.section for f in check_file(file).findings if f.covers}
