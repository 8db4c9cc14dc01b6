"""The line of check and batch: what is read of it, and what is wrong with one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clusterform.cli import arguments
from clusterform.cli.options import BY_NAME, OPTIONS, Takes, chinese_names
from clusterform.errors import UsageError
from support.command import run

SAMPLES = Path(__file__).parent / "data" / "samples"


@pytest.mark.parametrize(
    ("line", "paths", "options"),
    [
        ("a.docx", ["a.docx"], {}),
        ("a.docx folder", ["a.docx", "folder"], {}),
        ("--format json a.docx", ["a.docx"], {"format": ["json"]}),
        ("a.docx --format=json --quiet", ["a.docx"], {"format": ["json"], "quiet": [""]}),
        ("a.docx -o x=y.txt", ["a.docx"], {"output": ["x=y.txt"]}),
        ("a.docx -ox.txt", ["a.docx"], {"output": ["x.txt"]}),
        ("-qo x.txt a.docx", ["a.docx"], {"quiet": [""], "output": ["x.txt"]}),
        ("a.docx --select= --jobs -1", ["a.docx"], {"select": [""], "jobs": ["-1"]}),
        ("a --rules x --rules=y", ["a"], {"rules": ["x", "y"]}),
        ("--no-cache - -- --format -x", ["-", "--format", "-x"], {"cache": [""]}),
        ("a.docx -o --help", ["a.docx"], {"output": ["--help"]}),
    ],
)
def test_a_line_is_read(line: str, paths: list[str], options: dict[str, list[str]]) -> None:
    assert arguments.read("check", line.split()) == arguments.ParsedArguments(tuple(paths), options)


@pytest.mark.parametrize("line", ["--help", "a.docx -h", "--format json --help a.docx"])
def test_help_is_asked_for(line: str) -> None:
    with pytest.raises(arguments.HelpAskedError):
        arguments.read("batch", line.split())


@pytest.mark.parametrize(
    ("line", "zh", "en"),
    [
        ("", "缺少文件名", "missing"),
        ("--quiet", "缺少文件名", "missing"),
        ("a --formt json", "没有这个选项", "the nearest is --format"),
        ("a --form json", "没有这个选项", "--form"),
        ("a -x", "没有这个选项", "-x"),
        ("a --quiet=yes", "后面不应有内容", "takes no value"),
        ("a --format", "选项后面缺少内容", "--format needs a value"),
        ("a -o", "选项后面缺少内容", "-o needs a value"),
        ("a --cache", "没有这个选项", "--no-cache"),
    ],
)
def test_a_wrong_line_is_told_with_where_to_look(line: str, zh: str, en: str) -> None:
    with pytest.raises(UsageError) as told:
        arguments.read("check", line.split())
    assert zh in told.value.zh
    assert en in told.value.en
    assert "clusterform check --help" in told.value.zh


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("jobs", ["3"], 3),
        ("select", ["cf2， CF101,"], ("CF2", "CF101")),
        ("rules", ["a", "b"], (Path("a"), Path("b"))),
        ("region", ["auto", "西部"], "west"),
        ("quiet", [""], True),
        ("progress", [""], False),
    ],
)
def test_what_a_value_means(name: str, given: list[str], value: object) -> None:
    assert BY_NAME[name].value(given) == value


@pytest.mark.parametrize("value", ["0", "-1", "x", "", "1.5", "９", "9" * 20])
def test_what_is_no_number(value: str) -> None:
    with pytest.raises(UsageError, match="--jobs is a whole number above 0"):
        BY_NAME["jobs"].value([value])


def test_the_table() -> None:
    assert len(BY_NAME) == len(OPTIONS)
    assert len({option.flag for option in OPTIONS}) == len(OPTIONS)
    for option in OPTIONS:
        assert option.help
        assert not option.known or option.takes is Takes.TEXT
        assert isinstance(option.default, bool) == (option.takes is Takes.NOTHING)
        assert option.negative == (option.default is True)
        assert set(option.known) >= {key for key in option.known if key in chinese_names()}


@pytest.mark.parametrize("path", [SAMPLES / "application-clean.docx", SAMPLES])
def test_an_option_that_says_nothing_new_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ([], ["--fail-on", "error"], ["--lang=zh"])
    said = [(run(monkeypatch, "check", path, *more), capsys.readouterr()) for more in lines]
    assert said[0] == said[1] == said[2]


def test_typer_lists_the_commands_and_gives_on_their_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--help") == 0
    assert "  check " in capsys.readouterr().out


def test_no_module_of_the_short_way_loads_typer() -> None:
    """It takes longer than the check of a form."""
    code = (
        "import sys; from clusterform.__main__ import command_line\n"
        f"sys.argv = ['clusterform', 'check', {str(SAMPLES / 'application-clean.docx')!r}, '--format', 'json']\n"
        "try: command_line()\n"
        "except SystemExit: pass\n"
        "print(sorted({'typer', 'multiprocessing', 'sqlite3', 'rich'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stderr.strip() == "[]"


def test_on_windows_names_are_filled_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.docx", "b.docx"):
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    assert sorted(arguments.filled_in(["*.docx", "--format", "c.docx"])) == [
        "--format",
        "a.docx",
        "b.docx",
        "c.docx",
    ]
