"""Rule files that extend others: a city's over its province's, and the cases that a file wants tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import clusterform
from clusterform.forms.ruleset import fitting, layers, load_ruleset
from support.command import run

FORM = Path(__file__).parents[1] / "examples" / "application-clean.docx"
PROVINCE = """extends: national/2025
name: 海东省
limits:
  output: {at_least: "50"}
  area: {at_most: "90"}
change:
  CF005: {severity: error, reason: 省里要求一致}
"""
CITY = """extends: 省/海东.yaml
name: 海东市
limits:
  output: {at_least: "60"}
remove:
  CF212: 市里另行审核
cases:
  - rule: CF505
    wrong: {集群总产值.首年: "54.72", 集群总产值.2023: "61.76", 集群总产值.末年: "70.00", form: application}
    right: {集群总产值.首年: "68.40", form: application}
"""


@pytest.fixture
def city(tmp_path: Path) -> Path:
    (tmp_path / "省").mkdir()
    (tmp_path / "省" / "海东.yaml").write_text(PROVINCE, encoding="utf-8")
    file = tmp_path / "海东市.yaml"
    file.write_text(CITY, encoding="utf-8")
    return file


def test_what_a_file_extends_goes_before_it(city: Path) -> None:
    province = city.parent / "省" / "海东.yaml"
    for given in ([city], [province, city], [city, province], [city, city]):
        assert [file.name for file in layers(given)] == ["海东.yaml", "海东市.yaml"]
    found = load_ruleset("2025", [city])
    assert found.names == ("national/2025", "海东省", "海东市")
    assert [str(found.limits[name].value) for name in ("output", "area")] == ["60", "90"]
    assert found.reasons == {"CF005": "省里要求一致", "CF212": "市里另行审核"}
    assert fitting("2025", [city]) == (city,)
    assert fitting("2027", [city]) == ()


def test_reports_name_every_layer(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "check", FORM, "--rules", city, "--format", "json")
    report = json.loads(capsys.readouterr().out)
    assert report["rulesets"] == ["national/2025", "海东省", "海东市"]
    assert [Path(name).name for name in report["settings"]["rules"]] == ["海东.yaml", "海东市.yaml"]
    assert clusterform.check_folder(FORM.parent, rules=[city], jobs=1).rulesets[1:] == ("海东省", "海东市")


@pytest.mark.parametrize("command", ["check", "settings"])
def test_the_project_file_names_it_as_well(
    command: str, city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(city.parent)
    Path("clusterform.toml").write_text('rules = ["海东市.yaml"]', encoding="utf-8")
    run(monkeypatch, *(("check", FORM) if command == "check" else ("settings", "show")))
    said = capsys.readouterr().out
    for part in ("output ≥ 60 亿元", "area ≤ 90 平方公里", "海东.yaml", "海东市.yaml"):
        assert part in said


def test_nothing_is_written_over_what_a_file_extends(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    province = city.parent / "省" / "海东.yaml"
    before = province.read_bytes()
    assert run(monkeypatch, "check", FORM, "--rules", city, "-o", province, "--format", "json") == 2
    assert province.read_bytes() == before
    assert "海东.yaml" in capsys.readouterr().err


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    for name, other in (("a.yaml", "b.yaml"), ("b.yaml", "a.yaml")):
        (tmp_path / name).symlink_to(tmp_path / other)
    assert layers([tmp_path / "a.yaml"]) == (tmp_path / "a.yaml",)


def test_cases_of_a_file_are_tried(
    city: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "rules", "test", city) == 0
    assert capsys.readouterr().out == "共试示例 2 个，不符 0 个。\n"
    city.write_text(CITY.replace("54.72", "60.72"), encoding="utf-8")
    assert run(monkeypatch, "rules", "test", city) == 1
    assert "CF505 有误的写法（申报表，集群总产值（亿元）：2022 年 60.72、" in capsys.readouterr().out
