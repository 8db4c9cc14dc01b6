"""The help: in one language, the one asked for or the system's, and what a shell completes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata

import pytest

from clusterform.cli import help_page
from clusterform.cli.arguments import help_of
from clusterform.cli.check import COMMANDS
from clusterform.cli.help_page import help_language
from clusterform.reports import COMPARISON_FORMATS

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"\b[A-Za-z]{3,} (?:[a-z]{2,} )+[a-z]{2,}\b")
PAGES = (
    ("--help",),
    ("check", "--help"),
    ("letter", "--help"),
    ("rules", "--help"),
    ("rules", "import", "--help"),
    ("template", "--help"),
    ("help", "settings", "show"),
)


def said(*arguments: str, **environment: str) -> str:
    own = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "LC_MESSAGES", "LANG"}}
    command = [sys.executable, "-X", "utf8", "-m", "clusterform", *arguments]
    done = subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env={**own, **environment}
    )
    return done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_TW"}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "de_DE.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {}, "zh"),
        (["check", "--help", "--lang", "en"], {"LANG": "zh_CN.UTF-8"}, "en"),
        (["--lang=zh", "--help"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["--lang", "xx"], {"LANG": "en_US.UTF-8"}, "en"),
        (["--lang"], {"LANG": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_language_asked_for_goes_before_the_system_s(
    arguments: list[str], environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(help_page, "_speaks_chinese", lambda: True)
    assert help_language(arguments) == language


def test_windows_tells_by_what_it_shows_its_windows_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(help_page, "_speaks_chinese", lambda: False)
    assert help_language() == "en"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_speaks_one_language(page: tuple[str, ...]) -> None:
    english, chinese = said(*page, LANG="en_US.UTF-8"), said(*page, LANG="zh_CN.UTF-8")
    assert english.startswith("Usage: clusterform")
    assert not CHINESE.search(english.replace("江苏省", ""))
    assert chinese.startswith("用法：clusterform")
    assert not ENGLISH.search(chinese.partition("\n")[2])
    for text in (english, chinese):
        wide = (
            sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
            for line in text.splitlines()
        )
        assert max(wide) <= 82


def test_help_shows_what_a_command_s_own_help_shows() -> None:
    for command in ("check", "rules new"):
        words = command.split()
        assert said("help", *words, "--lang", "en") == said(*words, "--help", "--lang", "en")
    assert said("help") == said("--help")
    command = [sys.executable, "-m", "clusterform", "help", "chek"]
    done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (2, "没有命令 chek，最接近的是 check。\n")


def test_diff_lists_the_formats_that_it_writes() -> None:
    (line,) = (line for line in help_of("diff").splitlines() if "--format" in line)
    assert "sarif" not in help_of("diff")
    assert all(name in help_of("diff") for name in COMPARISON_FORMATS)
    assert "sarif" in help_of("check"), line


@pytest.mark.parametrize(
    ("line", "completed"),
    [
        ("clusterform ann", {"annotate"}),
        ("clusterform check --fo", {"--format", "--force"}),
        ("clusterform check form.docx --format js", {"json", "jsonl"}),
        ("clusterform diff a b --format ", set(COMPARISON_FORMATS)),
        ("clusterform letter --du", {"--due"}),
        ("clusterform check for", set()),
        ("clusterform rules sch", {"schema"}),
        ("clusterform rules list --lang ", {"zh", "en"}),
    ],
)
def test_a_shell_completes(line: str, completed: set[str]) -> None:
    words = line.split(" ")
    found = said(COMP_WORDS=line, COMP_CWORD=str(len(words) - 1), _CLUSTERFORM_COMPLETE="complete_bash")
    assert set(found.split()) == completed


def test_every_listed_command_has_a_page() -> None:
    assert all(f"clusterform {name} " in help_of(name).splitlines()[0] for name in COMMANDS)
