"""A new year's notice and a form of another name, made of data alone: every command in a copy of the program with both."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from support.house import DATA, House, copy_with_2027

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FORMATS = ("plain", "rich", "json", "jsonl", "sarif", "junit", "github", "html", "xlsx")
SMALL = {
    "form": "small",
    "edition": "2027",
    "answers": {
        "cover": {
            "name": "开化量具有限公司",
            "region": "浙江省（区、市）衢州市（区）开化县（市、区）",
            "date": "2027年6月18日",
        },
        **{
            f"part{number}": {"amount": {"2024": "10.00", "2025": "11.00", "2026": "12.00"}, "text": "无"}
            for number in range(1, 9)
        },
        "more": {"contact": "方晓雯", "remarks": "无", "consent": ["yes"]},
    },
}


def later(text: str) -> str:
    """Answers of 2025 as those of 2027: years moved, the row that went replaced by the one that came."""
    moved = re.sub(r"(?<![0-9〔])20[12][0-9](?![0-9])", lambda year: str(int(year[0]) + 2), text)
    return moved.replace("software_spending", "ai_spending")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("house")
    copy_with_2027(root)
    with House.at(root) as house:
        yield house


@pytest.fixture(scope="module")
def forms(house: House) -> dict[str, Path]:
    """Filled forms of the edition, in Word and Excel: each kind, and an application of 2025 beside them."""
    folder = house.root / "folder"
    folder.mkdir()
    answers = {"small": json.dumps(SMALL, ensure_ascii=False)}
    for kind in ("application", "review"):
        answers[kind] = later(house.run("extract", EXAMPLES / f"{kind}-clean.docx"))
    made = {}
    for kind, text in answers.items():
        (house.root / f"{kind}.json").write_text(text, encoding="utf-8")
        for ending in ("docx", "xlsx"):
            made[f"{kind}.{ending}"] = folder / f"{kind}.{ending}"
            house.run("fill", f"{kind}.json", "-o", folder / f"{kind}.{ending}")
    made["2025"] = folder / "2025.docx"
    shutil.copy(EXAMPLES / "application-clean.docx", made["2025"])
    return made


def report_of(house: House, *arguments: str | Path, status: int | None = 0) -> Any:
    return json.loads(house.run("check", *arguments, "--format", "json", status=status))


def rules(file: Any, *severities: str) -> list[str]:
    return [f["rule"] for f in file["findings"] if f["severity"] in (severities or ("error", "warning"))]


def test_the_edition_is_under_forty_lines() -> None:
    changes = [DATA / "edition.yaml", DATA / "forms" / "application.yaml"]
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in changes) < 40


@pytest.mark.parametrize("kind", ["application", "review", "small"])
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_clean_form_is_known_and_clean(
    house: House, forms: dict[str, Path], kind: str, ending: str
) -> None:
    report = report_of(house, forms[f"{kind}.{ending}"])
    (file,) = report["files"]
    assert (report["edition"], report["rulesets"]) == ("2027", ["national/2027"])
    assert (file["form"], file["status"], rules(file)) == (kind, "pass", [])


def test_other_years_are_found_in_no_message(house: House, forms: dict[str, Path]) -> None:
    """Every rule of the edition: what it says names its own years and notice."""
    assert all(forms)
    codes = [line.split()[0] for line in house.run("rules", "list").splitlines() if line.startswith("CF")]
    assert len(codes) > 90
    for code in ("CF608", "CF609", "CF614", "CF808", "CF811", "CF318"):
        page = house.run("rules", "show", code)
        assert "2022" not in page.replace("〔2022〕", ""), code
        assert "〔2025〕" not in page, code


def test_a_form_with_mistakes(house: House, forms: dict[str, Path]) -> None:
    """Of each kind: a figure that agrees with nothing, a row left blank, in the row that came too."""
    assert forms
    given = json.loads((house.root / "application.json").read_text(encoding="utf-8"))
    digital = given["answers"]["digital"]
    assert digital["ai_spending"]["2026"]["text"]
    digital["ai_spending"]["2026"] = ""
    given["answers"]["leading_industry"]["output_growth"]["2026"] = "99.00"
    (house.root / "wrong.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    house.run("fill", "wrong.json", "-o", "wrong.docx")
    (file,) = report_of(house, "wrong.docx", status=1)["files"]
    found = {(f["rule"], f["field"], f["column"]) for f in file["findings"] if f["severity"] == "error"}
    assert ("CF101", "digital.ai_spending", "2026 年") in found
    assert ("CF201", "leading_industry.output_growth", "2026 年") in found
    small = json.loads(json.dumps(SMALL))
    small["answers"]["part2"]["amount"]["2025"] = "约十"
    del small["answers"]["more"]["contact"]
    (house.root / "small-wrong.json").write_text(json.dumps(small, ensure_ascii=False), encoding="utf-8")
    house.run("fill", "small-wrong.json", "-o", "small-wrong.docx")
    (file,) = report_of(house, "small-wrong.docx", status=1)["files"]
    sections = {(f["section"], f["field"]) for f in file["findings"] if f["severity"] == "error"}
    assert {(2, "part2.amount"), (10, "more.contact")} <= sections
    assert file["cluster"] == SMALL["answers"]["cover"]["name"]


def test_the_list_of_evidence_is_no_tenth_part(house: House, forms: dict[str, Path]) -> None:
    assert forms
    given = {**SMALL, "evidence": [{"subject": "与本表无关的材料", "title": "无关.pdf"}]}
    (house.root / "listed.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    house.run("fill", "listed.json", "-o", "listed.docx")
    (file,) = report_of(house, "listed.docx", status=None)["files"]
    assert [f["section"] for f in file["findings"] if f["rule"] == "CF403"] == [11]
    plain = house.run("check", "listed.docx", "--format", "plain", status=None)
    assert "佐证材料清单" in plain.splitlines()
    sarif = json.loads(house.run("check", "listed.docx", "--format", "sarif", status=None))
    found = [r["properties"] for r in sarif["runs"][0]["results"] if r["ruleId"] == "CF403"]
    assert [properties["section"] for properties in found] == [11]


def test_the_examples_of_rules_hold_without_clean_forms_of_its_own(house: House, tmp_path: Path) -> None:
    """Those of the edition that it extends serve, moved to its years; the new form, which has none, is left out."""
    shutil.copytree(house.root, tmp_path, dirs_exist_ok=True)
    (tmp_path / "examples").mkdir()
    for kind in ("application", "review"):
        shutil.copy(EXAMPLES / f"{kind}-clean.docx", tmp_path / "examples")
    with House.at(tmp_path) as own:
        said = own.run("rules", "test", "--lang", "en").splitlines()
    assert re.fullmatch(r"2\d\d examples tried, 0 of them at fault\.", said[-1]), said


def test_a_threshold_with_values_by_date(house: House, forms: dict[str, Path], tmp_path: Path) -> None:
    """One file of limits for both editions: each has the value of its own deadline, and says so; a province changes it."""
    shutil.copytree(house.root, tmp_path, dirs_exist_ok=True)
    national = tmp_path / "rules" / "limits" / "national.yaml"
    text = national.read_text(encoding="utf-8")
    undated = '  output:\n    at_least: "40"\n'
    assert undated in text
    dated = """  output:
    values:
      2022-01-01: {at_least: "40"}
      2026-01-01: {at_least: "900", source: {document: 新标准, clause: 产值}}
"""
    national.write_text(text.replace(undated, dated), encoding="utf-8")
    with House.at(tmp_path) as own:
        dated_limits(own, forms)


def dated_limits(own: House, forms: dict[str, Path]) -> None:
    assert "output ≥ 40 亿元 [2022-01-01 →]" in own.run("rules", "show", "CF505", "--edition", "2025")
    assert "output ≥ 900 亿元 [2026-01-01 →] 新标准 产值（2026-01-01 起）" in own.run(
        "rules", "show", "CF505"
    )
    found = [
        f
        for f in report_of(own, forms["application.docx"], status=1)["files"][0]["findings"]
        if f["rule"] == "CF505"
    ]
    assert {(f["expected"], f["basis"]) for f in found} == {("≥ 900.00", "新标准 产值（2026-01-01 起）")}
    assert rules(report_of(own, forms["2025"])["files"][0]) == []
    (own.root / "liaoning.yaml").write_text('limits:\n  output: {at_least: "30"}\n', encoding="utf-8")
    changed = report_of(own, forms["application.docx"], "--rules", "liaoning.yaml")
    assert changed["settings"]["limits"] == ["output ≥ 30 亿元 (≥ 900 亿元 [2026-01-01 →])"]
    assert rules(changed["files"][0]) == []


def test_a_folder_of_two_editions(house: House, forms: dict[str, Path]) -> None:
    """Each form by its own edition's rules; the new quota counts the new edition's forms alone."""
    report = report_of(house, forms["2025"].parent, status=None)
    assert report["edition"] == "2025、2027"
    assert report["rulesets"] == ["national/2025", "national/2027"]
    assert not any(file["status"] in {"incomplete", "unreadable"} for file in report["files"])
    editions = {Path(file["path"]).name: file["edition"] for file in report["files"]}
    assert editions == {path.name: "2025" if name == "2025" else "2027" for name, path in forms.items()}
    assert report["batch"]["forms"] == {"application": 3, "review": 2, "small": 2}
    assert "CF801" not in {f["rule"] for f in report["batch"]["findings"]}
    other = house.root / "two"
    other.mkdir()
    text = (house.root / "application.json").read_text(encoding="utf-8")
    (house.root / "other.json").write_text(text.replace("开化", "常山"), encoding="utf-8")
    house.run("fill", "other.json", "-o", other / "other.docx")
    shutil.copy(forms["application.docx"], other)
    shutil.copy(forms["2025"], other)
    (quota,) = [f for f in report_of(house, other, status=None)["batch"]["findings"] if f["rule"] == "CF801"]
    assert (quota["value"], quota["expected"]) == ("2", "1")


RULE = """extends: national/2027
rules:
  - code: XX901
    name: small-amount
    severity: warning
    basis: {document: 某省通知, clause: 一}
    title: {zh: 金额, en: Amount}
    why: {zh: 金额, en: Amount}
    computed: {zh: 金额, en: Amount}
    wrong: {says: {zh: 金额, en: Amount}}
    right: {says: {zh: 金额, en: Amount}}
    message: {zh: "金额为 {value}", en: "The amount is {value}"}
    checks: [{kind: compare, field: basic_info.area, limit: area}]
"""


def test_a_rule_file_is_for_the_edition_it_extends(house: House, forms: dict[str, Path]) -> None:
    (house.root / "old.yaml").write_text(
        "name: 某省\nextends: national/2025\nlimits: {output: {at_least: '90000'}}\n", encoding="utf-8"
    )
    both = report_of(house, forms["2025"], forms["application.docx"], "--rules", "old.yaml", status=1)
    assert both["rulesets"] == ["national/2025", "某省", "national/2027"]
    assert ["CF505" in rules(file) for file in both["files"]] == [True, False]
    for name, told in (("2025", False), ("application.docx", True)):
        ended = house.ended("check", forms[name], "--rules", "old.yaml", status=None)
        assert ("old.yaml" in ended.stderr) is told, ended.stderr
    assert house.run("check", forms["2025"], "--rules", "old.yaml", "--edition", "2027", status=2) == ""


def test_a_code_of_another_edition_selects_nothing(house: House, forms: dict[str, Path]) -> None:
    (house.root / "new.yaml").write_text(RULE, encoding="utf-8")
    options = ("--rules", "new.yaml", "--select", "XX901", "--severity", "XX901=info")
    files = report_of(house, forms["2025"], forms["application.docx"], *options)["files"]
    assert [file["status"] for file in files] == ["pass", "pass"]
    assert house.run("check", forms["2025"], "--select", "XX901", status=2) == ""


@pytest.fixture(scope="module")
def three(house: House, forms: dict[str, Path]) -> Path:
    """A folder with a form of each edition, and of the new name."""
    folder = house.root / "three"
    folder.mkdir()
    for name in ("2025", "application.docx", "small.docx"):
        shutil.copy(forms[name], folder)
    return folder


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_report(house: House, three: Path, file_format: str) -> None:
    target = house.root / f"report-{file_format}"
    options = ("--format", file_format, "--fail-on", "never")
    house.run("batch", three, "--jobs", "1", *options, "-o", target)
    assert target.stat().st_size
    house.run("check", three / "small.docx", *options, "-o", target)
    if file_format in {"plain", "rich", "html"}:
        assert "小巨人表" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "kind", ["申报表", "复核申报表", "小巨人", "推荐汇总表", "复核汇总表", "佐证材料清单"]
)
@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_every_blank(house: House, kind: str, file_format: str) -> None:
    target = house.root / f"blank-{kind}.{file_format}"
    house.run("template", kind, "--format", file_format, "-o", target)
    assert target.stat().st_size
    if "汇总" not in kind and "清单" not in kind:
        assert report_of(house, target, status=None)["edition"] == "2027"


def test_extract(house: House, forms: dict[str, Path]) -> None:
    again = json.loads(house.run("extract", forms["small.docx"]))
    assert (again["form"], again["edition"], again["evidence"]) == ("small", "2027", None)
    assert again["answers"]["more"]["contact"]["value"] == "方晓雯"
    folder = forms["2025"].parent
    lines = list(csv.reader(StringIO(house.run("extract", folder, "--format", "csv"))))
    assert {line[1] for line in lines[1:]} == {"申报表", "复核申报表", "小巨人表"}
    assert len(lines) == 1 + len(forms)
    house.run("extract", folder, "-o", house.root / "all.xlsx")
    assert len(json.loads(house.run("extract", folder, "--format", "json"))) == len(forms)


def test_schema_and_editions(house: House) -> None:
    assert json.loads(house.run("schema", "small"))["title"]
    assert "ai_spending" in house.run("schema", "application")
    assert "software_spending" in house.run("schema", "application", "--edition", "2025")
    assert "2024" in house.run("edition", "show", "2027")
