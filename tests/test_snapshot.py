"""What is kept between runs: it is taken where nothing changed, and never where something did or is amiss."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from clusterform import data_files
from clusterform.snapshot import VARIABLE, KeptResults, between_runs, kept

FORM = Path(__file__).parent / "data" / "samples" / "application-clean.docx"
posix = pytest.mark.skipif(os.name == "nt", reason="permissions as POSIX has them")


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder that is not there yet, and a rules folder of one file."""
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    (tmp_path / "rules").mkdir()
    (tmp_path / "messages").mkdir()
    (tmp_path / "rules" / "one.yaml").write_text("a: 1", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache" / "inner"))
    return tmp_path / "cache" / "inner"


class Runs:
    """Runs of a program that asks for one thing; `made` counts how often it was made anew."""

    def __init__(self) -> None:
        self.made = 0

        @kept
        def thing(name: str) -> list[str]:
            self.made += 1
            return [name, data_files.rules_file("one.yaml").read_text(encoding="utf-8")]

        self.thing: KeptResults[[str], list[str]] = thing

    def __call__(self, name: str = "x") -> list[str]:
        self.thing.cache_clear()
        with between_runs():
            return self.thing(name)


def snapshot(cache: Path) -> Path:
    (file,) = cache.iterdir()
    return file


def test_a_run_inside_another_keeps_with_it_and_an_early_end_keeps_as_well(cache: Path) -> None:
    run = Runs()
    with suppress(SystemExit), between_runs():
        run("inner")
        assert not cache.exists()
        raise SystemExit(2)
    assert run("inner") == ["inner", "a: 1"]
    assert run.made == 1


def test_a_second_run_takes_what_the_first_made(cache: Path) -> None:
    run = Runs()
    assert run() == run() == ["x", "a: 1"]
    assert run("y") == ["y", "a: 1"]
    assert (run(), run("y")) == (["x", "a: 1"], ["y", "a: 1"])
    assert run.made == 2
    assert len(list(cache.iterdir())) == 1


@pytest.mark.usefixtures("cache")
def test_of_a_file_grown_too_long_only_what_the_last_run_used_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clusterform.snapshot._MOST", 400)
    run = Runs()
    for name in ("a" * 300, "b" * 300, "b" * 300):
        run(name)
    assert run.made == 2
    run("a" * 300)
    assert run.made == 3


def test_within_a_process_it_is_made_once_without_any_file(cache: Path) -> None:
    run = Runs()
    assert run.thing("x") is run.thing("x")
    assert run.made == 1
    assert not cache.exists()


def test_a_changed_or_added_file_is_seen_at_once(cache: Path) -> None:
    run = Runs()
    run()
    rules = cache.parents[1] / "rules"
    (rules / "one.yaml").write_text("a: 2", encoding="utf-8")
    assert run() == ["x", "a: 2"]
    (rules / "two.yaml").touch()
    run()
    assert run.made == 3
    run()
    assert run.made == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[:70],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"\0" * len(data),
        lambda data: data[:64] + b"cos\nsystem\n(S'false'\ntR.",
    ],
)
def test_a_spoilt_file_is_passed_over_and_written_anew(cache: Path, spoil: Callable[[bytes], bytes]) -> None:
    run = Runs()
    run()
    file = snapshot(cache)
    file.write_bytes(spoil(file.read_bytes()))
    assert run() == ["x", "a: 1"]
    assert run.made == 2
    run()
    assert run.made == 2


@posix
def test_it_is_closed_to_others_and_not_believed_where_it_is_open(cache: Path) -> None:
    run = Runs()
    run()
    file = snapshot(cache)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    file.chmod(0o666)
    run()
    assert run.made == 2
    file.unlink(missing_ok=True)
    cache.chmod(0o777)
    run()
    assert not list(cache.iterdir())


def test_where_nothing_can_be_written_the_run_goes_on(cache: Path) -> None:
    cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    run = Runs()
    assert run() == run() == ["x", "a: 1"]
    assert run.made == 2


@posix
@pytest.mark.skipif(os.name != "nt" and os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_left_alone(cache: Path) -> None:
    cache.mkdir(parents=True, mode=0o700)
    cache.chmod(0o500)
    run = Runs()
    assert run() == run()
    assert not list(cache.iterdir())
    cache.chmod(0o700)


def test_an_empty_variable_switches_it_off(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    run = Runs()
    run()
    run()
    assert run.made == 2
    assert not cache.exists()


def test_many_old_results_do_not_pile_up(cache: Path) -> None:
    run = Runs()
    for number in range(600):
        run(str(number))
    assert snapshot(cache).stat().st_size < 512 * 100


def program(
    cache: str | Path, *arguments: str | Path, imports: bool = False
) -> subprocess.CompletedProcess[bytes]:
    """`clusterform check` as a process of its own."""
    how = ("-X", "importtime") if imports else ()
    command = [sys.executable, *how, "-m", "clusterform", "check", *map(str, arguments)]
    return subprocess.run(command, env={**os.environ, VARIABLE: str(cache)}, check=False, capture_output=True)


def test_the_report_is_the_same_with_and_without(tmp_path: Path) -> None:
    without, first, second = (program(c, FORM) for c in ("", tmp_path / "c", tmp_path / "c"))
    assert without.stdout == first.stdout == second.stdout
    assert without.returncode == first.returncode == second.returncode
    assert list((tmp_path / "c").iterdir())


def test_a_warm_check_loads_nothing_that_it_has_no_need_of(tmp_path: Path) -> None:
    program(tmp_path, FORM)
    loaded = program(tmp_path, FORM, imports=True).stderr.decode()
    modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    assert "clusterform.pipeline" in modules
    assert not modules & {"typer", "yaml", "rich.console", "docx", "openpyxl", "email.message"}


def test_a_rule_file_of_the_user_s_takes_effect_whenever_it_changes(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    said = []
    for code in ("CF504", "CF702", "CF504"):
        mine.write_text(f"name: mine\nremove: {{{code}: elsewhere}}\n", encoding="utf-8")
        said.append(program(tmp_path / "c", FORM, "--rules", mine, "--quiet").stdout)
    assert said[0] == said[2] != said[1]
