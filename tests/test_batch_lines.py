"""--format jsonl: one line a form; of forms named one by one as soon as each is finished, and the same bytes as ever."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clusterform.batch import worker_pool
from clusterform.batch.worker_pool import run_tasks
from clusterform.cli import report as cli_report
from support.command import run

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FORMS = sorted(EXAMPLES.glob("*.docx"))
FORMS_ENOUGH = 200
"""So many take some seconds, while what is to be seen happens within the first."""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLUSTERFORM_CACHE", str(tmp_path / "cache"))
    made = tmp_path / "浙江 省"
    made.mkdir()
    for form in FORMS:
        shutil.copy(form, made)
    return made


def paths(text: str) -> list[str]:
    return [entry["path"] for entry in map(json.loads, text.splitlines()) if "path" in entry]


def test_lines_keep_their_order_whatever_finishes_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    given: list[int] = []

    def backwards(*arguments: Any) -> Any:
        results = sorted(run_tasks(*arguments), key=lambda item: -item[0][0])
        for result in results:
            given.append(len(told))
            yield result

    told: list[str] = []
    real = cli_report.Lines.tell
    monkeypatch.setattr(
        cli_report.Lines, "tell", lambda self, file: (told.append(file.path), real(self, file))
    )
    files = [folder / form.name for form in FORMS]
    with monkeypatch.context() as patched:
        patched.setattr(worker_pool, "run_tasks", backwards)
        assert run(patched, "check", *files, "--jobs", "2", "--format", "jsonl", "--no-cache") == 1
    text = capfd.readouterr().out
    assert given == [0] * len(FORMS)
    assert told == paths(text) == [file.as_posix() for file in files]
    assert run(monkeypatch, "check", *files, "--format", "jsonl", "--jobs", "3") == 1
    assert capfd.readouterr().out == text


def test_a_folders_lines_know_what_was_found_across_the_forms(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "batch", folder, "--format", "jsonl") == 1
    text = capfd.readouterr().out
    assert paths(text) == [(folder / form.name).as_posix() for form in FORMS]
    assert run(monkeypatch, "batch", folder, "--format", "jsonl", "-o", folder / "x.jsonl") == 1
    assert (folder / "x.jsonl").read_text(encoding="utf-8") == text
    *files, closing = map(json.loads, text.splitlines())
    across = {path for finding in closing["batch"]["findings"] for path in finding["changes"]}
    assert across
    assert across == {
        file["path"] for file in files if any(f["rule"].startswith("CF8") for f in file["findings"])
    }


def test_forms_named_one_by_one_come_line_by_line_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    files = [folder / form.name for form in FORMS[:2]]
    assert run(monkeypatch, "check", *files, "--format", "jsonl") == 1
    text = capfd.readouterr().out
    assert paths(text) == [file.as_posix() for file in files]
    assert json.loads(text.splitlines()[-1])["summary"]["files"] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a console and not to a process")
@pytest.mark.parametrize("stop", [signal.SIGINT, None], ids=["ctrl-c", "reader-leaves"])
def test_the_first_line_comes_before_the_last_form_is_checked(tmp_path: Path, stop: int | None) -> None:
    for number in range(FORMS_ENOUGH):
        os.link(FORMS[0], tmp_path / f"{number:04}.docx")
    process = started(sorted(tmp_path.iterdir()))
    assert process.stdout is not None
    first = process.stdout.readline()
    assert paths(first.decode()) == [(tmp_path / "0000.docx").as_posix()]
    assert process.poll() is None
    if stop is None:
        process.stdout.close()
        assert process.wait(120) == 1
        return
    os.killpg(process.pid, stop)
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == 130
    *entries, closing = map(json.loads, (first + rest).decode().splitlines())
    names = [Path(entry["path"]).name for entry in entries]
    assert names == sorted(set(names))
    assert closing["summary"]["files"] == len(names) < FORMS_ENOUGH


def started(files: list[Path]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-m",
        "clusterform",
        "check",
        *map(str, files),
        "--format",
        "jsonl",
        "--no-cache",
    ]
    return subprocess.Popen(
        [*command, "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    )
