"""--baseline: of a folder only what an earlier report does not have counts, whatever files are called and wherever it stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clusterform import reports
from clusterform.batch.run import How, check_all
from clusterform.finding import Report
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.command import run
from support.folder import form_bytes
from support.reports import rendered
from test_reports import SCHEMA

PLACES = {"甲": "浙江省开化县甲产业集群", "乙": "浙江省桐乡市乙产业集群"}
REGIONS = {"甲": "浙江省衢州市开化县", "乙": "浙江省嘉兴市桐乡市"}
GROWTH = "leading_industry.output_growth@2024"
OPTIONS = ("--ignore", "CF013,CF605,CF606,CF607,CF7,CF8")


def write_form(folder: Path, name: str, changes: dict[str, Any], file: str = "申报表.docx") -> None:
    (folder / name).mkdir(parents=True, exist_ok=True)
    data = form_bytes("application", PLACES[name], REGIONS[name], {"set": changes})
    (folder / name / file).write_bytes(data)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "省"
    for name in PLACES:
        write_form(made, name, {GROWTH: "16.27"})
    return made


@pytest.fixture
def earlier(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "上次.json"
    assert run(monkeypatch, "batch", folder, "-o", path, *OPTIONS) == 1
    return path


def checked(folder: Path, earlier: Path, language: str = "zh") -> Report:
    ignore = ("CF013", "CF605", "CF606", "CF607", "CF7", "CF8")
    settings = Settings(batch=True, baseline=earlier, language=language, ignore=ignore)
    return check_all([folder], Checker(settings), How(jobs=1, cache=False)).report


def counted(report: Report) -> dict[str, list[str]]:
    """By the file's folder the rules whose findings count."""
    return {
        Path(file.path).parent.name: [f.rule for f in file.findings if not f.closed and f.severity != "info"]
        for file in report.files
    }


def test_what_is_known_does_not_count(folder: Path, earlier: Path) -> None:
    report = checked(folder, earlier)
    assert counted(report) == {"甲": [], "乙": []}
    assert {file.status.value for file in report.files} == {"pass"}
    assert all("上次检查已有" in f.told for file in report.files for f in file.findings)


def test_another_value_is_new(folder: Path, earlier: Path) -> None:
    write_form(folder, "甲", {GROWTH: "16.28"})
    assert counted(checked(folder, earlier)) == {"甲": ["CF201"], "乙": []}


def test_another_place_is_new_and_what_stays_is_known(folder: Path, earlier: Path) -> None:
    write_form(folder, "甲", {GROWTH: "16.27", "basic_info.operator": ""})
    assert counted(checked(folder, earlier)) == {"甲": ["CF101"], "乙": []}


def test_the_same_mistake_in_another_form_is_new(folder: Path, earlier: Path) -> None:
    data = json.loads(earlier.read_text(encoding="utf-8"))
    data["files"] = [file for file in data["files"] if file["cluster"] == PLACES["甲"]]
    earlier.write_text(json.dumps(data), encoding="utf-8")
    assert counted(checked(folder, earlier)) == {"甲": [], "乙": ["CF201"]}


def test_neither_file_names_nor_positions_nor_languages_matter(folder: Path, earlier: Path) -> None:
    (folder / "甲" / "申报表.docx").rename(folder / "甲" / "改名.docx")
    (folder / "乙").rename(folder / "丙")
    data = json.loads(earlier.read_text(encoding="utf-8"))
    for file in data["files"]:
        for finding in file["findings"]:
            finding |= {"location": {}, "message": "", "section": None, "field": None}
    earlier.write_text(json.dumps(data), encoding="utf-8")
    assert counted(checked(folder, earlier)) == {"甲": [], "丙": []}
    assert counted(checked(folder, earlier, "en")) == {"甲": [], "丙": []}


def test_so_many_are_known_as_there_were(folder: Path, earlier: Path) -> None:
    data = json.loads(earlier.read_text(encoding="utf-8"))
    for file in data["files"]:
        file["findings"] *= 2
    earlier.write_text(json.dumps(data), encoding="utf-8")
    assert counted(checked(folder, earlier)) == {"甲": [], "乙": []}
    data["files"][0]["findings"] = []
    earlier.write_text(json.dumps(data), encoding="utf-8")
    assert sorted(map(len, counted(checked(folder, earlier)).values())) == [0, 1]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("waived", {"reason": "x", "who": "y", "until": "2020-01-01"}),
        ("confirmed", {"by": "y", "when": "2020-01-01"}),
    ],
)
def test_what_a_person_had_closed_is_not_known(folder: Path, earlier: Path, key: str, said: Any) -> None:
    """A waiver that has run out since would otherwise never come up again."""
    data = json.loads(earlier.read_text(encoding="utf-8"))
    for file in data["files"]:
        for finding in file["findings"]:
            finding[key] = said
    earlier.write_text(json.dumps(data), encoding="utf-8")
    assert counted(checked(folder, earlier)) == {"甲": ["CF201"], "乙": ["CF201"]}


def test_the_next_report_serves_as_baseline_as_well(
    monkeypatch: pytest.MonkeyPatch, folder: Path, earlier: Path, tmp_path: Path
) -> None:
    again = tmp_path / "这次.json"
    write_form(folder, "甲", {GROWTH: "16.27", "basic_info.operator": ""})
    options = ("--baseline", earlier, *OPTIONS)
    assert run(monkeypatch, "batch", folder, "-o", again, *options) == 1
    assert counted(checked(folder, again)) == {"甲": [], "乙": []}


def test_a_veto_always_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder, path = tmp_path / "省", tmp_path / "上次.json"
    write_form(folder, "甲", {"basic_info.accidents": ["yes"]})
    run(monkeypatch, "batch", folder, "-o", path, *OPTIONS)
    assert counted(checked(folder, path))["甲"] == ["CF501"]


def test_what_is_found_across_forms_is_known_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    write_form(folder, "甲", {}, "另一份.docx")
    path = tmp_path / "上次.json"
    options = ("--select", "CF802", "--format", "json")
    assert run(monkeypatch, "batch", folder, "-o", path, *options) == 1
    assert run(monkeypatch, "batch", folder, "--baseline", path, *options) == 0
    data = json.loads(capsys.readouterr().out)
    assert [finding["known"] for finding in data["batch"]["findings"]] == [True]
    write_form(folder, "乙", {}, "另一份.docx")
    assert run(monkeypatch, "batch", folder, "--baseline", path, *options) == 1


def test_every_report_says_so_and_clears_nothing(folder: Path, earlier: Path) -> None:
    report = checked(folder, earlier)
    for kind, made in reports.FORMATS.items():
        if not made.binary:
            text = rendered(kind, report, "zh")
            assert "上次检查已有" in text
            assert "可以报送" not in text.replace("不能据此报送", "")
    data = json.loads(rendered("json", report, "zh"))
    Draft202012Validator(SCHEMA).validate(data)
    assert data["summary"]["known"] == sum(file["counts"]["known"] for file in data["files"])
    assert data["settings"]["baseline"] == earlier.as_posix()
    assert "没有新的" in rendered("plain", report, "zh")
    states = [r["baselineState"] for r in json.loads(rendered("sarif", report, "zh"))["runs"][0]["results"]]
    assert set(states) == {"unchanged"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "{}",
        '{"version": "1"}',
        '{"version": "2", "files": [], "batch": {"findings": []}}',
        '{"version": "1", "files": [{}], "batch": {"findings": []}}',
        '{"version": "1", "files": [], "batch": {"findings": [{"rule": 1}]}}',
        "[" * 100_000,
        "1" * 100_000,
        "\udcff",
    ],
)
def test_what_is_no_report_is_told(
    refused: Callable[..., str],
    folder: Path,
    tmp_path: Path,
    text: str,
) -> None:
    path = tmp_path / "坏.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    error = refused("batch", folder, "--baseline", path)
    assert "坏.json 不是本程序的 JSON 报告" in error


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--since", "省"), "--since"),
        (("--annotate", "批注"), "--annotate"),
        (("-o", "上次.json"), "上次.json"),
    ],
)
def test_what_does_not_go_with_it(
    refused: Callable[..., str], folder: Path, earlier: Path, options: tuple[str, ...], told: str
) -> None:
    placed = [earlier if option == "上次.json" else option for option in options]
    assert told in refused("check", folder, "--baseline", earlier, *placed)


@pytest.mark.parametrize("command", ["letter", "diff", "annotate"])
def test_only_a_check_takes_it(refused: Callable[..., str], folder: Path, command: str) -> None:
    error = refused(command, folder, "--baseline", "x.json", "-o", "x")
    assert "--baseline" in error


def test_it_is_for_a_folder(refused: Callable[..., str], folder: Path, earlier: Path) -> None:
    error = refused("check", folder / "甲" / "申报表.docx", "--baseline", earlier)
    assert "文件夹" in error
