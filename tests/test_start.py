"""The short way for a plain check says what the long way through typer says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from clusterform import __main__ as entry

SAMPLES = Path(__file__).parent / "data" / "samples"


def run(*arguments: str | Path) -> tuple[bytes, bytes, int]:
    command = [sys.executable, "-m", "clusterform", *map(str, arguments)]
    done = subprocess.run(command, check=False, capture_output=True)
    return done.stdout, done.stderr, done.returncode


@pytest.mark.parametrize("path", [SAMPLES / "application-clean.docx", SAMPLES, SAMPLES / "nothing.docx"])
def test_both_ways_say_the_same(path: Path) -> None:
    short, long = run("check", path), run("check", path, "--fail-on", "error")
    assert short == long
    assert short[0] or short[1]


@pytest.mark.parametrize(
    ("arguments", "short"),
    [
        (["check", "a.docx"], True),
        (["check", "a.docx", "folder"], True),
        (["check"], False),
        ([], False),
        (["check", "-h"], False),
        (["check", "a.docx", "--format=json"], False),
        (["check", "--", "a.docx"], False),
        (["extract", "a.docx"], False),
    ],
)
def test_only_paths_go_the_short_way(arguments: list[str], short: bool) -> None:
    assert entry._only_paths(arguments) is short


def test_on_windows_names_to_fill_in_are_typer_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry.os, "name", "nt")
    assert not entry._only_paths(["check", "*.docx"])
    assert entry._only_paths(["check", "a.docx"])
