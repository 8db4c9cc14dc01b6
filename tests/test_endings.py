"""-o names the format by its ending, each command its own set; what names none, or disagrees, is wrong use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.command import run

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CLEAN = EXAMPLES / "application-clean.docx"
PROVINCE = EXAMPLES / "province"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.txt", b"/"),
        ("a.json", b'{\n  "version"'),
        ("a.jsonl", b'{"path"'),
        ("a.sarif", b'{\n"$schema"'),
        ("a.sarif.json", b'{\n"$schema"'),
        ("a.xml", b"<?xml"),
        ("a.html", b"<!DOCTYPE html>"),
        ("a.HTM", b"<!DOCTYPE html>"),
        ("检查 结果.xlsx", b"PK"),
    ],
)
def test_the_ending_names_the_report(name: str, begins: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "check", CLEAN, "-o", name) == 0
    assert Path(name).read_bytes().lstrip().startswith(begins)


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", CLEAN, "-o", "a.pdf"),
        ("check", CLEAN, "-o", "a"),
        ("check", CLEAN, "-o", "a.docx"),
        ("check", CLEAN, "-o", "a.html", "--format", "json"),
        ("check", CLEAN, "-o", "a.json", "--format", "html"),
        ("check", CLEAN, "-o", "a.json", "--format", "sarif"),
        ("check", CLEAN, "-o", "a.txt", "--format", "xlsx"),
        ("batch", PROVINCE, "-o", "a.csv"),
        ("batch", PROVINCE, "-o", "a.xlsx", "--format", "rich"),
        ("extract", CLEAN, "-o", "a.xlsx"),
        ("extract", CLEAN, "-o", "a.txt"),
        ("extract", CLEAN, "-o", "a.json", "--format", "yaml"),
        ("extract", PROVINCE, "-o", "a.yaml"),
        ("extract", PROVINCE, "-o", "a.xlsx", "--format", "csv"),
        ("template", "application", "-o", "a.html"),
        ("template", "evidence-list", "-o", "a.docx", "--format", "xlsx"),
        ("fill", CLEAN, "-o", "a.json"),
    ],
    ids=lambda arguments: " ".join(str(a) for a in arguments if not isinstance(a, Path)),
)
def test_an_ending_that_names_none_or_another_is_wrong_use(
    arguments: tuple[str | Path, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, *arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert arguments[arguments.index("-o") + 1] in told.err
    assert not list(Path().iterdir())


def test_a_format_that_is_named_takes_any_other_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "a.dat", "报告.v2"):
        assert run(monkeypatch, "check", CLEAN, "--format", "json", "-o", name) == 0
        assert json.loads(Path(name).read_text(encoding="utf-8"))["version"] == "1"
    assert run(monkeypatch, "check", CLEAN, "--format", "rich", "-o", "a.txt") == 0
    assert run(monkeypatch, "check", CLEAN, "--format", "github", "-o", "b.txt") == 0


def test_extract_by_its_ending(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.yaml", "a.YML"):
        assert run(monkeypatch, "extract", CLEAN, "-o", name) == 0
        assert Path(name).read_text(encoding="utf-8").startswith("form:")
    assert run(monkeypatch, "extract", CLEAN, "-o", "a.json") == 0
    assert Path("a.json").read_text(encoding="utf-8").startswith("{")
