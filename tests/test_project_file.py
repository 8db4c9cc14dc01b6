"""The project file: found upward, sets what options set, gives way to the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from support.command import run

CLEAN = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"


@pytest.fixture
def form(tmp_path: Path) -> Path:
    target = tmp_path / "浙江 省" / "开化" / "申报表.docx"
    target.parent.mkdir(parents=True)
    shutil.copy(CLEAN, target)
    (tmp_path / "浙江 省" / "rules.yaml").write_text(
        'name: zhejiang\nlimits: {output: {at_least: "90"}}\n', encoding="utf-8"
    )
    return target


@pytest.mark.parametrize("name", ["clusterform.toml", "pyproject.toml"])
def test_it_sets_what_the_options_set(
    name: str, form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'format = "json"\nrules = ["rules.yaml"]\nprovince = "浙江"\nstatistics = true\nseverity = {CF505 = "warning"}\n'
    head = "[tool.clusterform]\n" if name == "pyproject.toml" else ""
    form.parents[1].joinpath(name).write_text(head + text, encoding="utf-8")
    assert run(monkeypatch, "check", form) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rulesets"] == ["national/2025", "zhejiang"]
    assert {f["rule"] for f in report["files"][0]["findings"] if f["severity"] == "warning"} == {"CF505"}
    assert run(monkeypatch, "check", form, "--severity", "CF505=error", "--format", "plain") == 1
    assert capsys.readouterr().out.startswith(form.as_posix())
    assert run(monkeypatch, "batch", form.parents[1], "--severity", "CF505=error") == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["path"] == form.as_posix()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("formt = 'json'\n", "不认识的项 formt"),
        ("jobs = '2'\n", "jobs 的值"),
        ("jobs = true\n", "jobs 的值"),
        ("a = = 1\n", "clusterform.toml 有误"),
        ("lang = 'fr'\n", "--lang 不能是"),
    ],
)
def test_a_wrong_file_is_told(
    text: str, told: str, form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    form.with_name("clusterform.toml").write_text(text, encoding="utf-8")
    assert run(monkeypatch, "check", form) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""
