"""What has no end is refused before it is read, and a single file's check ends in time as a folder's does."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from clusterform import time_limit
from clusterform.errors import UnreadableError, UsageError
from clusterform.parsers.container.package import file_bytes
from clusterform.pipeline import Checker
from support.command import run

POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes and devices with names")
WRONG = Path(__file__).parent / "data" / "wrong"


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clusterform", "check", *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@POSIX
def test_a_pipe_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "form.docx"
    os.mkfifo(pipe)
    for more in ([], ["--timeout", "20"]):
        done = check(str(pipe), "--format", "json", *more)
        assert done.returncode == 3
        assert "管道或设备" in json.loads(done.stdout)["files"][0]["findings"][0]["message"]


@POSIX
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    with pytest.raises(UnreadableError) as told:
        file_bytes(Path(device))
    assert told.value.what == "cannot-open"


@POSIX
def test_rules_and_references_that_have_no_end(tmp_path: Path) -> None:
    form = shutil.copy(WRONG / "percent-format.xlsx", tmp_path)
    for option in ("--rules", "--reference"):
        done = check(str(form), option, "/dev/zero")
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_a_huge_file_is_not_taken_into_memory(tmp_path: Path) -> None:
    huge = tmp_path / "huge.docx"
    with huge.open("wb") as stream:
        stream.truncate(3_000_000_000)  # without a byte on the disk
    with pytest.raises(UnreadableError) as told:
        file_bytes(huge)
    assert told.value.what == "over-limits"


def test_a_missing_file_and_a_folder_are_wrong_use(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.docx"):
        with pytest.raises(UsageError):
            file_bytes(path)


STARTS = [time_limit._by_thread, *([time_limit._by_timer] if hasattr(signal, "setitimer") else [])]


def for_ever() -> None:
    while True:
        pass


@pytest.mark.parametrize("start", STARTS)
def test_work_that_goes_on_is_stopped(start: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "_by_timer", start)
    with pytest.raises(time_limit.OverTimeError), time_limit.within(1):
        for_ever()
    with time_limit.within(1):
        assert sum(range(1000)) == 499_500
    time.sleep(1.2)  # nothing rings behind it


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="a timer of the system")
def test_an_expression_is_stopped() -> None:
    with pytest.raises(time_limit.OverTimeError), time_limit.within(1):
        re.fullmatch(r"(?:a+)+", "a" * 60 + "b")


def test_a_check_that_takes_too_long_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Checker, "examine", lambda *_: for_ever())
    monkeypatch.setattr(time_limit, "SECONDS", 1)
    assert run(monkeypatch, "check", WRONG / "percent-format.xlsx", "--format", "json") == 3
    assert json.loads(capsys.readouterr().out)["files"][0]["findings"][0]["rule"] == "CF004"
