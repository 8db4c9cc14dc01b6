"""Folders and settings on which the verdict was wrong: what lies among the material decides nothing about it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from clusterform import reports
from clusterform.finding import Report, Skipped
from support.command import run
from support.reports import CLEAN as CLEAN_REPORT
from support.reports import rendered

SAMPLE = Path(__file__).parent / "data" / "wrong" / "muted-by-its-own-folder"
CLEAN = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"
NOT_CLEARED = "不能据此报送"


@pytest.fixture
def material(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "材料"))


@pytest.mark.parametrize("command", ["check", "batch"])
def test_a_folder_does_not_mute_itself(
    command: str, material: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, named in ((material.parent, material), (material, Path())):
        monkeypatch.chdir(place)
        assert run(monkeypatch, command, named, "--format", "json") == 1
        told = capsys.readouterr()
        report = json.loads(told.out)
        assert report["summary"]["error"] >= 5
        assert report["settings"] == json.loads(rendered("json", Report("2025", (), ()), "zh"))["settings"]
        assert "clusterform.toml" in told.err


@pytest.mark.parametrize(
    "text",
    [
        'fail-on = "never"\n',
        'severity = {CF = "info"}\n',
        'select = ["CF7"]\n',
        'rules = ["rules.yaml"]\n',
        'edition = "1999"\n',
        "[[[\n",
        "jobs = 0\n",
    ],
)
@pytest.mark.parametrize("name", ["clusterform.toml", "pyproject.toml"])
def test_whatever_its_file_says(
    text: str, name: str, material: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (material / "clusterform.toml").unlink()
    head = "[tool.clusterform]\n" if name == "pyproject.toml" else ""
    (material / name).write_text(head + text, encoding="utf-8")
    monkeypatch.chdir(material)
    assert run(monkeypatch, "check", "申报表.docx", "--format", "plain") == 1
    told = capsys.readouterr()
    assert name in told.err
    assert "与默认设置不同" not in told.out


def test_every_report_shows_what_differs(material: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(material.parent)
    options = ("--config", "材料/clusterform.toml", "--ignore", "CF", "--severity", "CF504=info")
    for kind, made in reports.FORMATS.items():
        target = Path(f"x.{made.endings[0]}")
        run(
            monkeypatch, "check", CLEAN, "--format", kind, "-o", target, *options[:2], "--ignore", "CF013,CF1"
        )
        if made.binary:
            rows = [row for sheet in load_workbook(target) for row in sheet.iter_rows(values_only=True)]
            text = " ".join(str(cell) for row in rows for cell in row if cell)
        elif kind == "html":
            text = html.document_fromstring(target.read_bytes()).text_content()
        else:
            text = target.read_text(encoding="utf-8")
        assert "材料/clusterform.toml" in text, kind
        assert "CF013" in text, kind
        if kind not in {"json", "jsonl", "sarif"}:
            assert NOT_CLEARED in text, kind
            assert "可以报送" not in text, kind


@pytest.mark.parametrize(
    ("name", "cleared"), [("昆山市申报表.zip", False), ("昆山市申报表.pdf", True), ("佐证材料.zip", True)]
)
def test_a_form_that_is_not_opened_is_not_cleared(
    name: str,
    cleared: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copy(CLEAN, tmp_path / "申报表.docx")
    with zipfile.ZipFile(tmp_path / name, "w") as package:
        package.write(CLEAN, "某县/申报表.docx" if "佐证" not in name else "证明.docx")
    assert run(monkeypatch, "batch", tmp_path, "--format", "plain") == 0
    assert (NOT_CLEARED not in capsys.readouterr().out) is cleared


def test_a_scan_alone_in_its_folder_is_a_form_that_was_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "甲县").mkdir()
    (tmp_path / "乙县").mkdir()
    shutil.copy(CLEAN, tmp_path / "甲县" / "申报表.docx")
    (tmp_path / "乙县" / "申报表.pdf").write_bytes(b"%PDF-1.7")
    assert run(monkeypatch, "batch", tmp_path, "--format", "plain") == 0
    assert NOT_CLEARED in capsys.readouterr().out


def test_a_rule_across_forms_that_broke_is_named_in_the_json() -> None:
    report = Report("2025", (), (CLEAN_REPORT,), crashed=(Skipped("CF802", "ValueError: x"),))
    data = json.loads(rendered("json", report, "zh"))
    assert [item["rule"] for item in data["batch"]["crashed"]] == ["CF802"]
    run_ = json.loads(rendered("sarif", report, "zh"))["runs"][0]
    assert run_["invocations"][0]["executionSuccessful"] is False


@pytest.mark.parametrize("options", [(), ("--mailing",)])
def test_the_opinion_is_asked_for_when_the_folder_goes_out(
    options: tuple[str, ...],
    material: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(monkeypatch, "batch", material, "--format", "json", "--select", "CF704", *options)
    report = json.loads(capsys.readouterr().out)
    levels = {f["severity"] for file in report["files"] for f in file["findings"]}
    assert levels <= ({"error"} if options else {"manual"})


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_no_output_goes_over_an_input_by_another_name(
    link: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    form = tmp_path / "申报表.docx"
    shutil.copy(CLEAN, form)
    other = tmp_path / "x.json"
    getattr(other, link)(form)
    assert run(monkeypatch, "check", form, "-o", other) == 2
    assert "输出文件不能是本次要读的文件" in capsys.readouterr().err
    assert form.read_bytes() == CLEAN.read_bytes()


@pytest.mark.parametrize("given", ["--rules", "--config", "--reference"])
def test_no_output_goes_over_a_file_that_the_options_name(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = {"--rules": "name: a\n", "--config": 'lang = "zh"\n', "--reference": "internet: 50\n"}
    file = tmp_path / "x.txt"
    file.write_text(texts[given], encoding="utf-8")
    assert run(monkeypatch, "check", CLEAN, given, file, "-o", file) == 2
    assert "输出文件不能是" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == texts[given]


@pytest.mark.parametrize("options", [(), ("--jobs", "1")])
def test_forms_named_one_by_one_are_not_laid_side_by_side(
    options: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("一.docx", "二.docx"):
        shutil.copy(CLEAN, tmp_path / name)
    assert (
        run(monkeypatch, "check", tmp_path / "一.docx", tmp_path / "二.docx", "--format", "plain", *options)
        == 0
    )
    assert "2 份表没有放在一起作整批核对" in capsys.readouterr().out
    assert run(monkeypatch, "check", tmp_path / "一.docx", "--format", "plain", *options) == 0
    assert capsys.readouterr().out.rstrip().endswith("可以报送。")
