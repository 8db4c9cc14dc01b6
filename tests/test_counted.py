"""A finding across forms counts on the files that must change: in status, counts, overview, filters and exit status."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from support.command import run
from support.folder import write_folder

KAIHUA = {"cluster": "浙江省开化县精密量具产业集群", "region": "浙江省衢州市开化县"}
CHANGSHAN = {"cluster": "浙江省常山县轴承产业集群", "region": "浙江省衢州市常山县"}
DONGHAI = {"cluster": "江苏省东海县硅材料产业集群", "region": "江苏省连云港市东海县"}
SHIHEZI = {"cluster": "石河子市纺织服装产业集群", "region": "新疆维吾尔自治区石河子市"}
LINE = {"集群名称": CHANGSHAN["cluster"], "所属地区": CHANGSHAN["region"], "主导产业": "轴承"}
SUMMARY = {"file": "推荐汇总表.xlsx", "form": "recommendation-summary"}
Checked = Callable[[dict[str, Any]], dict[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "浙江省"
    made.mkdir()
    return made


@pytest.fixture
def checked(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Checked:
    def told(data: dict[str, Any]) -> dict[str, Any]:
        write_folder(folder, data)
        run(monkeypatch, "batch", folder, "--format", "json", "--jobs", "1", "--no-cache")
        report: dict[str, Any] = json.loads(capsys.readouterr().out)
        return report

    return told


def codes(report: dict[str, Any]) -> dict[str, set[str]]:
    """By file the rules across forms that count on it."""
    return {
        Path(file["path"]).name: {f["rule"] for f in file["findings"] if "files" in f}
        for file in report["files"]
    }


def status(report: dict[str, Any]) -> dict[str, str]:
    return {Path(file["path"]).name: file["status"] for file in report["files"]}


@pytest.mark.parametrize(
    ("data", "counts_on"),
    [
        (
            {"forms": [KAIHUA, {"copy": "01.docx"}]},
            {"01.docx": {"CF802"}, "02.docx": {"CF802"}},
        ),
        (
            {"forms": [KAIHUA, KAIHUA | {"cluster": "浙江省开化县根雕产业集群"}]},
            {"01.docx": {"CF803", "CF810"}, "02.docx": {"CF803", "CF810"}},
        ),
        (
            {"forms": [KAIHUA, CHANGSHAN], "summaries": [SUMMARY | {"rows": [LINE]}]},
            {"01.docx": set(), "02.docx": set(), "推荐汇总表.xlsx": {"CF804"}},
        ),
        (
            {
                "forms": [CHANGSHAN],
                "summaries": [
                    SUMMARY
                    | {"rows": [LINE, LINE | {"集群名称": KAIHUA["cluster"], "所属地区": KAIHUA["region"]}]}
                ],
            },
            {"01.docx": set(), "推荐汇总表.xlsx": {"CF805"}},
        ),
        (
            {
                "forms": [CHANGSHAN],
                "summaries": [SUMMARY | {"rows": [LINE | {"所属地区": KAIHUA["region"]}]}],
            },
            {"01.docx": set(), "推荐汇总表.xlsx": {"CF806"}},
        ),
        (
            {"forms": [CHANGSHAN, CHANGSHAN | {"form": "review"}]},
            {"01.docx": {"CF808"}, "02.docx": {"CF808"}},
        ),
        (
            {"forms": [KAIHUA, CHANGSHAN, DONGHAI]},
            {"01.docx": set(), "02.docx": set(), "03.docx": {"CF809"}},
        ),
        (
            {
                "forms": [
                    CHANGSHAN,
                    CHANGSHAN | {"cluster": "浙江省常山县精密轴承产业集群", "form": "review"},
                ]
            },
            {"01.docx": {"CF811"}, "02.docx": {"CF811"}},
        ),
        ({"forms": [SHIHEZI]}, {"01.docx": set()}),
    ],
    ids=["CF802", "CF803", "CF804", "CF805", "CF806", "CF808", "CF809", "CF811", "CF812"],
)
def test_it_counts_on_the_files_that_must_change(
    data: dict[str, Any], counts_on: dict[str, set[str]], checked: Checked
) -> None:
    report = checked(data)
    found = codes(report)
    assert {name: rules - {"CF810"} for name, rules in found.items()} == {
        name: rules - {"CF810"} for name, rules in counts_on.items()
    }
    for file in report["files"]:
        mine = {f["rule"] for f in file["findings"] if f["severity"] == "error"}
        assert file["status"] == ("fail" if mine else "pass")
        assert file["counts"]["error"] == sum(f["severity"] == "error" for f in file["findings"])
    for finding in report["batch"]["findings"]:
        named = {name for name, rules in found.items() if finding["rule"] in rules}
        assert {Path(path).name for path in finding["changes"]} <= named
    assert report["summary"]["failed"] == sum(s == "fail" for s in status(report).values())
    own = sum(
        f["severity"] == "error" for file in report["files"] for f in file["findings"] if "files" not in f
    )
    across = sum(f["severity"] == "error" for f in report["batch"]["findings"])
    assert report["summary"]["error"] == own + across


def test_the_quota_counts_on_the_folder_alone(checked: Checked) -> None:
    names = ("市北区", "市南区", "李沧区")
    forms = [{"cluster": f"青岛市{n}轴承产业集群", "region": f"山东省青岛市{n}"} for n in names]
    report = checked({"forms": forms})
    (quota,) = [f for f in report["batch"]["findings"] if f["rule"] == "CF801"]
    assert (len(quota["files"]), quota["changes"]) == (3, [])
    assert not any("CF801" in rules for rules in codes(report).values())
    assert report["summary"]["error"] == 1


@pytest.fixture
def twice(folder: Path) -> Path:
    write_folder(folder, {"forms": [KAIHUA, CHANGSHAN]})
    shutil.copy(folder / "01.docx", folder / "03.docx")
    return folder


def test_a_duplicate_is_nowhere_called_clean(
    twice: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("plain", "rich"):
        assert run(monkeypatch, "batch", twice, "--format", kind, "--no-cache") == 1
        rows = [line for line in capsys.readouterr().out.splitlines() if "0" in line and ".docx  (" in line]
        for row in rows if kind == "plain" else ():
            assert row.startswith("无须修改" if "02.docx" in row else "需要修改")
    assert run(monkeypatch, "batch", twice, "-o", twice.parent / "x.html", "--no-cache") == 1
    page = html.document_fromstring((twice.parent / "x.html").read_bytes())
    ended = [row.get("data-ended") for row in page.xpath('//table[@id="files"]/tbody/tr')]
    assert ended == ["fail", "pass", "fail"]
    assert run(monkeypatch, "batch", twice, "-o", twice.parent / "x.xlsx", "--no-cache") == 1
    overview = load_workbook(twice.parent / "x.xlsx").worksheets[0]
    states = [row[5] for row in overview.iter_rows(min_row=2, values_only=True) if row[5]]
    assert states == ["需要修改", "无须修改", "需要修改"]
    assert run(monkeypatch, "batch", twice, "-o", twice.parent / "x.xml", "--no-cache") == 1
    junit = html.fromstring((twice.parent / "x.xml").read_bytes().partition(b"?>")[2])
    assert junit.get("failures") == "3"


def test_each_form_has_one_line_that_knows_of_the_others(
    twice: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "batch", twice, "--format", "jsonl", "--no-cache") == 1
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    paths = [Path(line["path"]).name for line in lines if "path" in line]
    assert paths == ["01.docx", "02.docx", "03.docx"]
    last = {Path(line["path"]).name: line["status"] for line in lines if "path" in line}
    assert last == {"01.docx": "fail", "02.docx": "pass", "03.docx": "fail"}
    assert run(monkeypatch, "batch", twice, "-o", twice.parent / "x.jsonl", "--no-cache") == 1
    written = [json.loads(line) for line in (twice.parent / "x.jsonl").read_text("utf-8").splitlines()]
    assert [Path(line["path"]).name for line in written[:-1]] == ["01.docx", "02.docx", "03.docx"]
    assert {Path(line["path"]).name: line["status"] for line in written[:-1]} == last
    assert written[-1] == lines[-1]
