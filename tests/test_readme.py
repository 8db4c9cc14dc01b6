"""The report that each README shows is the one that the program gives: pytest --update-golden writes it anew."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHOWN = re.compile(
    r"(?<=<!-- report -->\n```console\n)\$ clusterform (.*) \| head -(\d+)\n[\s\S]*?(?=```\n<!-- /report -->)"
)


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_report_shown_is_real(name: str, request: pytest.FixtureRequest) -> None:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    shown = SHOWN.search(text)
    assert shown is not None
    command = [sys.executable, "-m", "clusterform", *shlex.split(shown[1])]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 1, run.stderr
    assert not {"--select", "--ignore", "--severity"} & set(command), "a part of a check clears nothing"
    lines = run.stdout.splitlines(keepends=True)[: int(shown[2])]
    real = f"$ clusterform {shown[1]} | head -{shown[2]}\n{''.join(lines)}"
    if request.config.getoption("--update-golden"):
        path.write_text(text[: shown.start()] + real + text[shown.end() :], encoding="utf-8")
        return
    assert shown[0] == real


@pytest.mark.parametrize(("name", "options"), [("README.md", ["--lang", "en"]), ("README.zh-CN.md", [])])
def test_the_closing_line_of_a_clean_form_is_as_said(name: str, options: list[str]) -> None:
    command = [sys.executable, "-m", "clusterform", "check", "examples/application-clean.docx", *options]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr
    closing = run.stdout.rstrip().splitlines()[-1]
    assert f"“{closing}”" in (ROOT / name).read_text(encoding="utf-8")
