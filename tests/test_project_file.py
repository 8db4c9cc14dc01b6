"""The project file: found upward from where one works, never among what is checked, and gives way to the command line."""

from __future__ import annotations

import json
import os
import shutil
import tomllib
from pathlib import Path

import jsonschema
import pytest

from clusterform.cli.options import OPTIONS
from support.command import run

CLEAN = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"
SAMPLE = Path(__file__).parent / "data" / "wrong" / "muted-by-its-own-folder"
MUTES = 'ignore = ["CF1", "CF2"]\nseverity = {CF211 = "info"}\n'


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A form in a folder of forms, below the folder that one works in."""
    target = tmp_path / "浙江 省" / "开化" / "申报表.docx"
    target.parent.mkdir(parents=True)
    shutil.copy(CLEAN, target)
    (tmp_path / "rules.yaml").write_text(
        'name: zhejiang\nlimits: {output: {at_least: "90"}}\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return target.relative_to(tmp_path)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["clusterform.toml", "pyproject.toml"])
def test_it_sets_what_the_options_set(
    name: str, form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'format = "json"\nrules = ["rules.yaml"]\nprovince = "浙江"\nstatistics = true\nseverity = {CF505 = "warning"}\n'
    head = "[tool.clusterform]\n" if name == "pyproject.toml" else ""
    write(Path(name), head + text)
    assert run(monkeypatch, "check", form) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rulesets"] == ["national/2025", "zhejiang"]
    assert (report["settings"]["file"], report["settings"]["rules"]) == (name, ["rules.yaml"])
    assert {f["rule"] for f in report["files"][0]["findings"] if f["severity"] == "warning"} == {"CF505"}
    assert run(monkeypatch, "check", form, "--severity", "CF505=error", "--format", "plain") == 1
    assert capsys.readouterr().out.startswith(form.as_posix())
    assert run(monkeypatch, "batch", form.parents[1], "--severity", "CF505=error") == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["path"] == form.as_posix()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("formt = 'json'\n", "不认识的项 formt，最接近的是 format。"),
        ("bound = 3\n", "不认识的项 bound，可用的有 format、"),
        ("jobs = '2'\n", "jobs 的值"),
        ("jobs = true\n", "jobs 的值"),
        ("jobs = 0\n", "jobs 的值"),
        ("timeout = 99999999999999999999\n", "timeout 的值"),
        ("a = = 1\n", "clusterform.toml 第 1 行第 5 列不合 TOML 的写法"),
        ("lang = 'fr'\n", "--lang 不能是"),
        ("rules = [1]\n", "rules 的值"),
        ("ignore = [['CF1']]\n", "ignore 的值"),
        ("ignore = 'CF1'\n", "ignore 的值"),
        ("severity = {CF1 = 1}\n", "severity 的值"),
        ("severity = {CF1 = 'grave'}\n", "--severity"),
        ('evidence = "a\\u0000b"\n', "evidence 的值"),
        ("edition = '../2025'\n", "没有 ../2025 年度"),
        ("format = 'doc'\n", "--format 不能是"),
        ("select = ['CF999']\n", "CF999"),
        ("rules = ['none.yaml']\n", "none.yaml"),
        ("[" * 100_000, "clusterform.toml 第 1 行第 3 列不合 TOML 的写法"),
        ("a = " + "[" * 100_000, "嵌套过深"),
        ("a = " + "{b = " * 100_000, "嵌套过深"),
        ("# " + "x" * 2_000_000, "过大"),
    ],
    ids=lambda text: text[:24],
)
def test_a_wrong_file_is_told(
    text: str, told: str, form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(Path("clusterform.toml"), text)
    assert run(monkeypatch, "check", form) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('tool = "x"\n', 2),
        ("tool = [1]\n", 2),
        ("[tool]\nclusterform = 3\n", 2),
        ("[project]\nname = 'clusterform'\n", 0),
        ("# [tool.clusterform]\n", 0),
        ("[tool.clusterform\n", 2),
        ("tool.clusterform = " + "[" * 100_000, 2),
        ("[tool.other]\nclusterform = '" + "\udc80" + "'\n", 0),
    ],
    ids=lambda value: str(value)[:24].encode("ascii", "replace").decode(),
)
def test_another_programs_file_stops_nothing(
    text: str, status: int, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("pyproject.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert run(monkeypatch, "check", form) == status


@pytest.mark.parametrize("named", ["folder", ".", "file", "./", "link", "several"])
@pytest.mark.parametrize("inside", [True, False], ids=["working-there", "working-elsewhere"])
def test_one_among_what_is_checked_is_not_obeyed(
    named: str,
    inside: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "材料"
    shutil.copytree(SAMPLE, folder)
    (tmp_path / "别处").mkdir()
    (tmp_path / "链接").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(folder if inside else tmp_path)
    paths = {
        "folder": [folder],
        ".": ["." if inside else "材料"],
        "file": [folder / "申报表.docx"],
        "./": ["./申报表.docx" if inside else "./材料/申报表.docx"],
        "link": [tmp_path / "链接"],
        "several": [CLEAN, folder / "申报表.docx"],
    }[named]
    assert run(monkeypatch, "check", *paths, "--format", "json") == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["settings"]["file"] is None
    assert "clusterform.toml" in told.err
    assert "没有采用" in told.err


def test_one_further_below_is_told_and_one_above_is_obeyed(
    form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(form.with_name("clusterform.toml"), MUTES)
    write(Path("clusterform.toml"), 'region = "west"\n')
    monkeypatch.chdir(form.parents[1])
    assert run(monkeypatch, "batch", ".", "--format", "json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["settings"] | {"region": "west"} == json.loads(told.out)["settings"]
    assert json.loads(told.out)["settings"]["file"] == "../clusterform.toml"
    assert "开化/clusterform.toml" in told.err


@pytest.mark.parametrize(
    "written", [("--config", "材料/clusterform.toml"), ("--config=材料/clusterform.toml",)]
)
def test_config_names_any_file(
    written: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(SAMPLE, tmp_path / "材料")
    write(tmp_path / "clusterform.toml", 'region = "west"\n')
    monkeypatch.chdir(tmp_path)
    run(monkeypatch, "check", "材料/申报表.docx", "--format", "plain", *written)
    told = capsys.readouterr()
    assert told.err == ""
    assert "设置文件：材料/clusterform.toml" in told.out
    assert "不用规则：CF1、CF2" in told.out
    assert "西部" not in told.out
    assert told.out.rstrip().endswith(("不能据此报送。", "。"))


@pytest.mark.parametrize("name", ["none.toml", "folder", "pyproject.toml", "/dev/zero"])
def test_a_config_that_is_no_settings_file_is_wrong_use(
    name: str, form: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("folder").mkdir()
    write(Path("pyproject.toml"), "[project]\n")
    assert run(monkeypatch, "check", form, "--config", name) == 2
    assert name in capsys.readouterr().err


def test_a_pipe_by_that_name_is_no_settings_file(form: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes with names here")
    os.mkfifo("clusterform.toml")
    assert run(monkeypatch, "check", form) == 0
    assert run(monkeypatch, "check", form, "--config", "clusterform.toml") == 2


def test_the_ending_of_the_output_goes_before_the_files_format(
    form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(Path("clusterform.toml"), 'format = "json"\nstatistics = true\n')
    assert run(monkeypatch, "check", form, "-o", "报告.html") == 0
    assert Path("报告.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert run(monkeypatch, "check", form, "-o", "报告") == 0
    assert json.loads(Path("报告").read_text(encoding="utf-8"))["version"] == "1"


def test_its_schema_has_a_key_for_every_option_of_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "schema", "settings") == 0
    schema = json.loads(capsys.readouterr().out)
    assert set(schema["properties"]) == {option.name for option in OPTIONS if option.in_file}
    valid = 'format = "网页"\nrules = ["a.yaml"]\nseverity = {CF1 = "error"}\njobs = 2\ncache = false\nblank = "a.docx"\n'
    jsonschema.validate(tomllib.loads(valid), schema)
    for wrong in (
        'format = "doc"',
        "jobs = 0",
        "rules = 'a'",
        "cache = 1",
        "colour = true",
        "severity = {CF1 = 1}",
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(tomllib.loads(wrong), schema)
