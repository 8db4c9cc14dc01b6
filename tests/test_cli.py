"""The command line as its users meet it: statuses, clear sentences in Chinese first, inputs left as they were."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.command import run

ROOT = Path(__file__).resolve().parents[1]
CLEAN = ROOT / "examples" / "application-clean.docx"
BROKEN = ROOT / "examples" / "application-broken-figures.docx"


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (("check", "--foo", "x.docx"), "没有这个选项"),
        (("nosuch",), "没有这个命令"),
        (("check", "--quiet"), "缺少文件名"),
        (("check", ""), "缺少文件名"),
        (("batch", "forms", ""), "缺少文件名"),
        (("check", "x.docx", "-o", ""), "选项后面缺少内容"),
        (("check", "x.docx", "--format"), "选项后面缺少内容"),
        (("check", CLEAN, "--format", "pdf"), "--format 不能是“pdf”"),
        (("check", CLEAN, "--format", "json", "--quiet"), "用不到选项"),
        (("check", CLEAN, "--severity", "CF1=loud"), "--severity 应写成"),
        (("check", CLEAN, "--select", "CF9"), "没有以 CF9 开头的规则"),
        (("check", CLEAN, "--edition", "1999"), "没有 1999 年度的规则"),
        (("check", "missing.docx"), "找不到文件"),
        (("rules", "show", "CF999"), "没有规则 CF999"),
        (("schema", "poem"), "没有 poem 表"),
    ],
)
def test_wrong_use_is_told_in_chinese_first_and_ends_with_2(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str | Path, ...],
    chinese: str,
) -> None:
    assert run(monkeypatch, *arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert chinese in told.err.splitlines()[0]
    assert "Traceback" not in told.err


@pytest.mark.parametrize(("form", "status"), [(CLEAN, 0), (BROKEN, 1)])
def test_the_status_says_whether_anything_must_be_corrected(
    monkeypatch: pytest.MonkeyPatch, form: Path, status: int
) -> None:
    assert run(monkeypatch, "check", form) == status
    assert run(monkeypatch, "check", form, "--fail-on", "never") == 0


def test_a_folder_with_junk_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(CLEAN, tmp_path / "申报 表.docx")
    (tmp_path / "空.docx").write_bytes(b"")
    (tmp_path / "文本.docx").write_text("你好", encoding="utf-8")
    (tmp_path / "断.docx").write_bytes(CLEAN.read_bytes()[:3000])
    (tmp_path / "~$申报.docx").write_bytes(b"\x05lock")
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(monkeypatch, "check", tmp_path, "--format", "json") == 3
    report = json.loads(capsys.readouterr().out)
    states = {Path(file["path"]).name: file["status"] for file in report["files"]}
    assert states == {
        "申报 表.docx": "pass",
        "空.docx": "unreadable",
        "文本.docx": "unreadable",
        "断.docx": "unreadable",
    }
    assert {
        f["rule"] for file in report["files"] if file["status"] == "unreadable" for f in file["findings"]
    } == {"CF001"}
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_without_forms_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "readme.txt").write_text("x", encoding="utf-8")
    assert run(monkeypatch, "check", tmp_path) == 2


def test_a_report_is_written_whole_and_never_over_an_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "form.docx"
    shutil.copy(CLEAN, form)
    assert run(monkeypatch, "check", form, "-o", form) == 2
    assert form.read_bytes() == CLEAN.read_bytes()
    report = tmp_path / "report.json"
    assert run(monkeypatch, "check", form, "--format", "json", "-o", report) == 0
    assert json.loads(report.read_text(encoding="utf-8"))["summary"]["passed"] == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["form.docx", "report.json"]
    assert capsys.readouterr().out == ""


def test_a_province_changes_a_threshold_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "province.yaml"
    rules.write_text('name: province\nlimits:\n  output: {at_least: "90"}\n', encoding="utf-8")
    assert run(monkeypatch, "check", CLEAN, "--rules", rules, "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["rulesets"] == ["national/2025", "province"]
    assert {f["rule"] for f in report["files"][0]["findings"] if f["severity"] == "error"} == {"CF505"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limit: {}\n", "不认识的项 limit，最接近的是 limits"),
        ("remove: [CF999]\n", "没有规则 CF999"),
        ("change: {CF504: {severity: loud}}\n", "CF504"),
        ("rules: [{code: X1, kind: nosuch}]\n", "X1"),
        ("change: {CF504: {severity: error}}\nchange: {}\n", "第 2 行"),
    ],
)
def test_a_wrong_rule_file_names_file_and_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    rules = tmp_path / "province.yaml"
    rules.write_text(text, encoding="utf-8")
    assert run(monkeypatch, "check", CLEAN, "--rules", rules) == 2
    said = capsys.readouterr().err
    assert "province.yaml" in said.splitlines()[0]
    assert told in said
