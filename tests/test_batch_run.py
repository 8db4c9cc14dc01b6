"""A folder as a whole: what is found in it, workers lost, results kept, the run broken off."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clusterform.batch import run as batch_run
from clusterform.batch import worker_pool
from clusterform.batch.discover import Candidate, discover, is_evidence
from clusterform.batch.job import examined
from clusterform.batch.run import How, check_all
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.command import run
from support.folder import table_docx

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CLEAN = EXAMPLES / "application-clean.docx"


@pytest.fixture
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("CLUSTERFORM_CACHE", str(folder))
    return folder


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A folder with spaces and Chinese in its name, forms at several depths."""
    folder = tmp_path / "浙江 省"
    for number, form in enumerate(sorted(EXAMPLES.glob("*.docx"))):
        target = folder / f"县 {number % 3}" / f"{form.stem}.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(form, target)
    return folder


def report(capfd: pytest.CaptureFixture[str]) -> str:
    return capfd.readouterr().out


def states(text: str) -> dict[str, str]:
    return {Path(file["path"]).stem: file["status"] for file in json.loads(text)["files"]}


def found_in(folder: Path) -> list[str]:
    return [c.path.relative_to(folder).as_posix() for c in discover([folder]).candidates]


def test_what_a_folder_holds_is_told_by_content_and_place(tmp_path: Path) -> None:
    forms = ("申报表.docx", "乙/无后缀", "乙/佐证材料汇编/丙.docx", "丁/佐证材料/申报表.docx")
    left_out = (
        "~$申报表.docx",
        ".hidden.docx",
        "甲/佐证材料/证明.docx",
        "甲/申报表-佐证材料/1/x.docx",
        "a.txt",
        "b.json",
    )
    for name in (*forms, "甲/申报表.docx", *left_out):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CLEAN, target)
    assert sorted(found_in(tmp_path)) == sorted([*forms, "甲/申报表.docx"])


def test_evidence_goes_with_the_form_that_it_lies_beside(tmp_path: Path) -> None:
    forms = ("甲/申报表.docx", "乙/一.docx", "乙/二.docx", "丙/三.docx", "丙/四.docx", "丁/五.docx")
    for name in (*forms, "甲/推荐函（证明材料清单）.docx"):
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(CLEAN, target)
    for name in ("甲/1.佐证材料", "乙/一-佐证材料", "丙/佐证材料/三"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("丁/五佐证材料.zip", "丙/佐证材料/四.ZIP", "丙/佐证材料/四.pdf"):
        (tmp_path / name).write_bytes(b"PK")
    found = {c.path.relative_to(tmp_path).as_posix(): c.evidence for c in discover([tmp_path]).candidates}
    assert {form: e and e.relative_to(tmp_path).as_posix() for form, e in found.items()} == {
        "甲/申报表.docx": "甲/1.佐证材料",
        "乙/一.docx": "乙/一-佐证材料",
        "乙/二.docx": None,
        "丙/三.docx": "丙/佐证材料/三",
        "丙/四.docx": "丙/佐证材料/四.ZIP",
        "丁/五.docx": "丁/五佐证材料.zip",
    }


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("佐证材料", True),
        ("2.佐证材料", True),
        ("东海县申报表-佐证材料", True),
        ("佐证材料（1）", True),
        ("证明材料", True),
        ("申报表及佐证材料", False),
        ("申报表、佐证材料", False),
        ("佐证材料和申报表", False),
        ("申报材料", False),
        ("东海县", False),
    ],
)
def test_evidence_folders_by_name(name: str, told: bool) -> None:
    assert is_evidence(name) is told


def test_a_letter_is_left_out_and_said_so_but_a_form_never_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(CLEAN, tmp_path / "1.docx")
    letter = table_docx(
        "关于报送中小企业特色产业集群申报表的函", [["联系人", "电话"], ["王小明", "0518-87212345"]]
    )
    (tmp_path / "关于报送申报表的函.docx").write_bytes(letter)
    (tmp_path / "昆山市申报表.docx").write_bytes(letter)
    (tmp_path / "昆山市申报表.pdf").write_bytes(b"%PDF-1.7")
    assert run(monkeypatch, "batch", tmp_path, "--format", "json", "--jobs", "1") == 3
    told = capfd.readouterr()
    assert states(told.out) == {"1": "pass", "昆山市申报表": "unreadable"}
    assert "关于报送申报表的函.docx" in told.err
    assert "昆山市申报表.pdf" in told.err
    assert "2 个文件没有作为申报表检查" in told.err


@pytest.mark.usefixtures("cache", "workers")
def test_jobs_and_cache_change_no_byte(
    province: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    texts = set()
    for options in (["--jobs", "1", "--no-cache"], ["--jobs", "3"], [], ["--jobs", "3"]):
        assert run(monkeypatch, "batch", province, "--format", "json", *options) == 1
        texts.add(report(capfd))
    assert run(monkeypatch, "check", province, "--format", "json") == 1
    texts.add(report(capfd))
    assert len(texts) == 1


@pytest.mark.usefixtures("cache")
def test_kept_results_need_no_worker_until_something_changes(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "batch", province, "--format", "json")
    first = report(capfd)
    given: list[int] = []
    real = worker_pool.run_tasks

    def counting(tasks: list[Any], *rest: Any) -> Any:
        given.append(len(tasks))
        return real(tasks, *rest)

    monkeypatch.setattr(worker_pool, "run_tasks", counting)
    moved = province.rename(tmp_path / "moved")
    run(monkeypatch, "batch", moved, "--format", "json")
    assert report(capfd) == first.replace(province.as_posix(), moved.as_posix())
    run(monkeypatch, "batch", moved, "--format", "json", "--lang", "en")
    run(monkeypatch, "batch", moved, "--format", "json")
    shutil.copy(CLEAN, next(moved.rglob("review-clean.docx")))
    run(monkeypatch, "batch", moved, "--format", "json")
    rules = tmp_path / "rules.yaml"
    rules.write_text('name: p\nlimits: {output: {at_least: "90"}}\n', encoding="utf-8")
    run(monkeypatch, "batch", moved, "--format", "json", "--rules", rules)
    rules.write_text('name: p\nlimits: {output: {at_least: "91"}}\n', encoding="utf-8")
    run(monkeypatch, "batch", moved, "--format", "json", "--rules", rules)
    assert given == [0, 9, 0, 1, 9, 9]


def test_a_damaged_cache_is_passed_over(
    province: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    run(monkeypatch, "batch", province, "--format", "json")
    first = report(capfd)
    (cache / "results.sqlite").write_bytes(b"no database " * 1000)
    for _ in range(2):
        assert run(monkeypatch, "batch", province, "--format", "json") == 1
        assert report(capfd) == first
    (cache / "results.sqlite").chmod(0o666)
    assert run(monkeypatch, "batch", province, "--format", "json") == 1
    assert report(capfd) == first


def hostile(settings: Settings) -> Callable[[tuple[int, Candidate]], Any]:
    """Like the real worker, but a file's name may break it."""
    checker = Checker(settings)

    def work(numbered: tuple[int, Candidate]) -> Any:
        stem = numbered[1].path.stem
        if stem == "kill":
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
        if stem == "hang":
            time.sleep(600)
        if stem == "memory":
            raise MemoryError
        return examined(checker, numbered[1])

    return work


@pytest.mark.usefixtures("cache")
def test_a_worker_lost_costs_one_file_and_is_tried_again_next_time(
    province: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("kill", "hang", "memory"):
        shutil.copy(CLEAN, province / f"{name}.docx")
    with monkeypatch.context() as patched:
        patched.setattr(batch_run, "_numbered", hostile)
        status = run(patched, "batch", province, "--format", "json", "--jobs", "2", "--timeout", "5")
    assert status == 4
    text = report(capfd)
    ended = states(text)
    assert len(ended) == 12
    assert {name: ended.pop(name) for name in ("kill", "hang", "memory")} == {
        "kill": "incomplete",
        "hang": "unreadable",
        "memory": "unreadable",
    }
    assert set(ended.values()) == {"fail"}  # the clean ones are of one cluster, which stands there twice
    files = {Path(file["path"]).stem: file for file in json.loads(text)["files"]}
    assert "signal 9" in files["kill"]["crashed"][0]["reason"]
    assert "5 秒" in files["hang"]["findings"][0]["message"]
    assert files["hang"]["findings"][0]["rule"] == files["memory"]["findings"][0]["rule"] == "CF004"
    assert run(monkeypatch, "batch", province, "--format", "json") == 1
    assert set(states(report(capfd)).values()) == {"fail"}


def test_a_rule_that_breaks_across_forms_makes_the_check_incomplete(
    province: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    from clusterform.batch.checks.forms_together import OverQuota

    monkeypatch.setattr(OverQuota, "places", lambda _params, _folder: 1 // 0)
    assert run(monkeypatch, "batch", province, "--format", "json") == 4
    told = capfd.readouterr()
    assert "CF801" in told.err
    assert "ZeroDivisionError" in told.err
    assert {finding["rule"] for finding in json.loads(told.out)["batch"]["findings"]} >= {"CF802", "CF809"}


def test_batch_has_the_options_of_check(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    told = []
    for command in ("check", "batch"):
        assert run(monkeypatch, command, "--help", "--lang", "zh") == 0
        told.append(capfd.readouterr().out.split("选项：")[1])
    assert told[0] == told[1]
    assert all(option in told[0] for option in ("--format", "--evidence", "--jobs"))


def test_no_output_over_a_form_of_the_folder(
    province: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    form = next(province.rglob("review-clean.docx"))
    before = form.read_bytes()
    assert run(monkeypatch, "batch", province, "--format", "json", "-o", form) == 2
    assert "输出文件不能是" in capfd.readouterr().err
    assert form.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (("batch", CLEAN), "不是文件夹"),
        (("batch", "nowhere"), "找不到文件"),
        (("batch", EXAMPLES, "--jobs", "0"), "--jobs 应为大于 0 的整数"),
        (("check", EXAMPLES / "application-clean.docx", "--jobs", "0"), "--jobs 应为大于 0 的整数"),
        (
            ("check", EXAMPLES / "application-clean.docx", "--timeout", "0"),
            "--timeout 应为大于 0 的整数",
        ),
        (
            (
                "check",
                EXAMPLES / "application-clean.docx",
                "--evidence",
                EXAMPLES / "application-clean.docx",
            ),
            "--evidence 应为佐证材料文件夹或 .zip",
        ),
        (("batch", EXAMPLES, "--timeout", "-1"), "--timeout 应为大于 0 的整数"),
        (("batch", EXAMPLES, "--province", "火星"), "--province 认不出"),
        (("check", CLEAN, "--province", "江苏"), "--province 只在检查文件夹时有用"),
        (("batch", EXAMPLES, "--select", "CF999"), "没有以 CF999 开头的规则"),
        (("batch", EXAMPLES, "--severity", "CF999=error"), "没有以 CF999 开头的规则"),
        (("check", CLEAN, "--severity", "CF999=error"), "没有以 CF999 开头的规则"),
        (("batch", EXAMPLES, "--reference", "nowhere.yaml"), "nowhere.yaml"),
        (("batch", EXAMPLES, "--blank", "nowhere.docx"), "找不到文件：nowhere.docx"),
        (("batch", EXAMPLES, "-o", "nowhere/x.txt"), "没有文件夹 nowhere"),
        (("batch", EXAMPLES, "-o", EXAMPLES), "输出不能是文件夹"),
        (("extract", EXAMPLES, "-o", "nowhere/x.csv"), "没有文件夹 nowhere"),
        (("extract", EXAMPLES, "--edition", "1999"), "没有 1999 年度的规则"),
    ],
)
def test_wrong_use(
    arguments: tuple[str | Path, ...],
    chinese: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *arguments) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert chinese in told.err
    assert "Traceback" not in told.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl-C to a console and not to a process")
def test_ctrl_c_ends_at_once_with_what_is_finished(tmp_path: Path) -> None:
    for number in range(2000):
        os.link(CLEAN, tmp_path / f"{number:04}.docx")
    for wait in (2, 4, 8, 16):  # seconds until the workers are at it, which depends on the machine
        out, err, seconds = interrupted_after(wait, tmp_path)
        assert "Traceback" not in err
        assert "已中断" in err
        assert seconds < 20
        if out:
            break
    told = json.loads(out)
    assert len(told["files"]) < 2000
    assert told["batch"]["findings"] == []


@pytest.mark.parametrize("stop", [0, 1, 2])
def test_a_run_that_is_ended_says_how_many_are_not_finished(tmp_path: Path, stop: int) -> None:
    for name in ("application-clean", "application-broken-figures", "review-broken-figures"):
        shutil.copy(EXAMPLES / f"{name}.docx", tmp_path)

    def progress(done: int, total: int) -> None:
        assert total == 3
        if done == stop:
            raise KeyboardInterrupt

    checker, how = Checker(Settings(batch=True)), How(jobs=1, cache=False)
    if stop == 0:
        with pytest.raises(KeyboardInterrupt):
            check_all([tmp_path], checker, how, progress)
        return
    outcome = check_all([tmp_path], checker, how, progress)
    assert (outcome.report.unfinished, len(outcome.report.files)) == (3 - stop, stop)
    assert outcome.report.batch == ()


def interrupted_after(wait: int, folder: Path) -> tuple[str, str, float]:
    command = [sys.executable, "-m", "clusterform", "batch", str(folder), "--format", "json", "--jobs", "2"]
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    time.sleep(wait)
    os.killpg(process.pid, signal.SIGINT)
    begun = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    return out.decode(), err.decode(), time.monotonic() - begun
