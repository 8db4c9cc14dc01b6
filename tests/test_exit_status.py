"""The exit status holds whoever reads the report: nobody, somebody who leaves early, or a disk that is full."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CLEAN = EXAMPLES / "application-clean.docx"
BROKEN = EXAMPLES / "application-broken-figures.docx"
PROVINCE = EXAMPLES / "province"
TEXTS = ("rich", "plain", "json", "jsonl", "sarif", "junit", "github", "html")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirections")


def shell(command: str, *arguments: str | Path) -> tuple[int, str]:
    """The status that the command itself ended with, and what stderr was told. $@ is the program with its arguments."""
    line = ["bash", "-c", command, "bash", sys.executable, "-m", "clusterform", *map(str, arguments)]
    done = subprocess.run(line, check=False, capture_output=True, encoding="utf-8", timeout=120)
    return int(done.stdout.split()[-1]), done.stderr


GONE = '"$@" | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}'
NEVER = '"$@" | true; echo ${PIPESTATUS[0]}'
CLOSED = '"$@" >&-; echo $?'
BOTH_CLOSED = '"$@" >&- 2>&-; echo $?'
ALL_CLOSED = '"$@" <&- >&- 2>&-; echo $?'
TOGETHER = '"$@" 2>&1 | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}'
FULL = '"$@" >/dev/full; echo $?'


@pytest.mark.parametrize("how", [GONE, NEVER, CLOSED, BOTH_CLOSED, ALL_CLOSED, TOGETHER])
@pytest.mark.parametrize(("form", "status"), [(BROKEN, 1), (CLEAN, 0), ("nothing.docx", 2)])
def test_a_form(how: str, form: Path | str, status: int) -> None:
    found, told = shell(how, "check", form)
    assert found == status
    assert "内部出错" not in told
    assert "Traceback" not in told
    assert "Exception" not in told


@pytest.mark.parametrize("kind", TEXTS)
def test_every_format(kind: str) -> None:
    assert shell(GONE, "check", BROKEN, "--format", kind) == (1, "")
    assert shell(CLOSED, "check", BROKEN, "--format", kind) == (1, "")
    found, told = shell(FULL, "check", CLEAN, "--format", kind)
    assert found == 2
    assert told.startswith("无法写出结果：磁盘空间不足。")
    assert "Exception" not in told


@pytest.mark.parametrize(
    ("kind", "how", "status"),
    [("jsonl", NEVER, 1), ("jsonl", CLOSED, 1), ("jsonl", FULL, 2), ("plain", GONE, 1)],
)
def test_a_folder(kind: str, how: str, status: int) -> None:
    found, told = shell(how, "batch", PROVINCE, "--format", kind, "--jobs", "1")
    assert found == status
    assert "内部出错" not in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    "arguments", [("--version",), ("--help",), ("check", "--help"), ("rules", "list"), ("extract", CLEAN)]
)
def test_other_commands(arguments: tuple[str | Path, ...]) -> None:
    for how, status in ((GONE, {0}), (CLOSED, {0}), (FULL, {2})):
        found, told = shell(how, *arguments)
        assert found in status
        assert "Traceback" not in told
        assert "Exception" not in told
