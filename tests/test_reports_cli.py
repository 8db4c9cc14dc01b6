"""Every report by its command: on the screen, in a file, in both languages, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree, html
from openpyxl import load_workbook

from clusterform import reports
from clusterform.cli.options import BY_NAME
from test_cli import BROKEN, CLEAN, run

TEXTS = [name for name, made in reports.FORMATS.items() if not made.binary]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", reports.FORMATS)
def test_a_report_goes_to_a_file_of_any_name(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    language: str,
) -> None:
    first, second = tmp_path / "报 告 #1", tmp_path / "报 告 #2"
    for target in (first, second):
        command = ("check", CLEAN, BROKEN, "--format", kind, "--lang", language, "-o", target)
        assert run(monkeypatch, *command) == 1
    assert capsys.readouterr().out == ""
    assert first.read_bytes() == second.read_bytes() != b""
    assert list(tmp_path.iterdir()) in ([first, second], [second, first])


@pytest.mark.parametrize("kind", TEXTS)
def test_a_report_of_text_goes_to_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    assert run(monkeypatch, "check", BROKEN, "--format", kind) == 1
    told = capsys.readouterr()
    assert told.err == ""
    assert "CF" in told.out


def test_what_programs_read_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = {kind: tmp_path / f"x.{kind}" for kind in ("sarif", "junit", "html", "xlsx")}
    for kind, path in made.items():
        run(monkeypatch, "check", BROKEN, "--format", kind, "-o", path)
    run_ = json.loads(made["sarif"].read_bytes())["runs"][0]
    rules = run_["tool"]["driver"]["rules"]
    assert {result["ruleId"] for result in run_["results"]} <= {rule["id"] for rule in rules}
    assert all("ruleIndex" in result for result in run_["results"])
    assert etree.fromstring(made["junit"].read_bytes()).get("failures") == "1"
    page = html.document_fromstring(made["html"].read_bytes())
    assert len(page.xpath('//svg[@class="aims"]')) == 1
    assert page.xpath('//dl[@class="facts"]//a/@href')[0].endswith("examples/application-broken-figures.docx")
    counts = load_workbook(made["xlsx"]).worksheets[2]
    assert counts["B2"].value != counts["A2"].value


def test_a_workbook_is_not_for_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", CLEAN, "--format", "xlsx") == 2
    assert "请用 -o 写明文件名" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["html", "xlsx", "sarif", "junit", "github"])
@pytest.mark.parametrize("option", ["--statistics", "--quiet"])
def test_options_without_use_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, option: str
) -> None:
    assert run(monkeypatch, "check", CLEAN, "--format", kind, option, "-o", "x") == 2
    assert f"{kind} 格式用不到选项 {option}" in capsys.readouterr().err


def test_no_report_goes_over_a_file_of_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    evidence = tmp_path / "佐证材料"
    evidence.mkdir()
    there = evidence / "说明.txt"
    there.write_text("证明", encoding="utf-8")
    assert run(monkeypatch, "check", CLEAN, "--evidence", evidence, "-o", there) == 2
    assert "输出文件不能是本次要读的文件" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "证明"
    assert run(monkeypatch, "check", CLEAN, "--evidence", evidence, "-o", tmp_path / "报告.txt") == 0


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_no_report_goes_over_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    form = tmp_path / "表.docx"
    form.write_bytes(CLEAN.read_bytes())
    assert run(monkeypatch, "check", form, "--format", kind, "-o", form) == 2
    assert "输出文件不能是本次要读的文件" in capsys.readouterr().err
    assert form.read_bytes() == CLEAN.read_bytes()
    assert run(monkeypatch, "check", form, "--format", kind, "-o", tmp_path / "无" / "x") == 2
    assert "无法写入" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [form]


def test_the_help_names_every_format() -> None:
    assert {item.split()[-1] for item in BY_NAME["format"].help.split(" | ")} == set(reports.FORMATS)
