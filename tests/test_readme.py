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
    r"(?<=<!-- report -->\n```console\n)\$ clusterform (.*)\n[\s\S]*?(?=```\n<!-- /report -->)"
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
    real = f"$ clusterform {shown[1]}\n{run.stdout}"
    if request.config.getoption("--update-golden"):
        path.write_text(text[: shown.start()] + real + text[shown.end() :], encoding="utf-8")
        return
    assert shown[0] == real
