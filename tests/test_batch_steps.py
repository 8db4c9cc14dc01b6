"""A run's own steps, on files that cannot be read and so take no time: whose evidence is whose, what is told when, what is kept."""

from __future__ import annotations

import io
import pickle
import sqlite3
import stat
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

from clusterform.batch.answers_table import extract_all
from clusterform.batch.discover import Candidate, NameConfidence
from clusterform.batch.job import JobResult, examined
from clusterform.batch.run import How, RunOutcome, check_all
from clusterform.batch.store import Store
from clusterform.errors import UsageError
from clusterform.finding import OWN_OUTPUT, FileReport
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.blanks import blank_form
from support.forms import write

HERE = How(cache=False)


def files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return [folder / name for name in names]


def checked(paths: list[Path], how: How = HERE, **settings: Any) -> RunOutcome:
    return check_all(paths, Checker(Settings(**settings)), how)


@pytest.mark.parametrize(
    ("names", "batch", "evidence"),
    [
        (["甲.docx"], False, [""]),
        (["乙.docx"], False, [""]),
        (["甲.docx", "乙.docx"], False, ["甲", ""]),
        (["甲.docx", "乙.docx"], True, ["甲", None]),
        (["甲.docx"], True, ["甲"]),
        (["乙.docx"], True, [""]),
    ],
)
def test_the_evidence_that_the_user_names(
    names: list[str], batch: bool, evidence: list[str | None], tmp_path: Path
) -> None:
    """All of it for a form alone; of several what is called after each. A folder's only form has its own first."""
    files(tmp_path / "材料", "甲/1.pdf")
    paths = files(tmp_path / "表", *names)
    given = [tmp_path / "表"] if batch else paths
    found = {
        c.path.name: c.evidence for c in checked(given, batch=batch, evidence=tmp_path / "材料").candidates
    }
    assert [found[name] for name in names] == [
        None if inner is None else tmp_path / "材料" / inner for inner in evidence
    ]


def test_evidence_and_provinces_that_are_none_are_refused_first(tmp_path: Path) -> None:
    (form,) = files(tmp_path, "甲.docx")
    with pytest.raises(UsageError):
        checked([form], evidence=tmp_path / "没有")
    with pytest.raises(UsageError):
        checked([tmp_path], HERE._replace(province="火星"), batch=True)


@pytest.mark.parametrize(
    ("count", "how", "told"),
    [
        (20, HERE, False),
        (21, HERE, True),
        (2, How(jobs=1, cache=False), True),
        (2, How(seconds=60, cache=False), True),
    ],
)
def test_a_few_files_take_no_workers_and_tell_no_progress(
    count: int, how: How, told: bool, tmp_path: Path
) -> None:
    paths = files(tmp_path, *(f"{n:02}.docx" for n in range(count)))
    seen: list[tuple[int, int]] = []
    reports: list[FileReport] = []
    outcome = check_all(paths, Checker(Settings()), how, lambda *counts: seen.append(counts), reports.append)
    assert seen == ([(done, count) for done in range(count + 1)] if told else [])
    assert [Path(report.path).name for report in reports] == [path.name for path in paths]
    assert [candidate.path for candidate in outcome.candidates] == paths


@pytest.mark.parametrize(("after", "unfinished"), [(1, 2), (3, 0)])
def test_a_run_that_is_broken_off_has_what_is_finished(after: int, unfinished: int, tmp_path: Path) -> None:
    def progress(done: int, _total: int) -> None:
        if done == after:
            raise KeyboardInterrupt

    files(tmp_path, "1.docx", "2.docx", "3.docx")
    outcome = check_all([tmp_path], Checker(Settings(batch=True)), How(jobs=1, cache=False), progress)
    assert (outcome.report.unfinished, len(outcome.digests), len(outcome.candidates)) == (
        unfinished,
        after,
        after,
    )


def test_a_run_that_is_broken_off_before_any_file_has_nothing(tmp_path: Path) -> None:
    def progress(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    files(tmp_path, "1.docx")
    with pytest.raises(KeyboardInterrupt):
        check_all([tmp_path], Checker(Settings(batch=True)), How(jobs=1, cache=False), progress)


@pytest.mark.parametrize(
    ("names", "batch", "across", "together"),
    [
        (["1.docx", "2.docx"], True, True, True),
        (["1.docx", "2.docx"], True, False, False),
        (["1.docx", "2.docx"], False, True, False),
        (["1.docx"], False, False, True),
    ],
)
def test_whether_forms_were_judged_together(
    names: list[str], batch: bool, across: bool, together: bool, tmp_path: Path
) -> None:
    report = checked(files(tmp_path, *names), HERE._replace(across=across), batch=batch).report
    assert report.together is together


def test_what_is_left_out_is_counted_where_it_may_be_a_form(tmp_path: Path) -> None:
    files(tmp_path, "2.docx", "1 申报表.pdf", "乙/申报表.pdf", "丙县申报表.rar")
    outcome = checked([tmp_path], batch=True)
    assert [item.path.name for item in outcome.left] == ["1 申报表.pdf", "丙县申报表.rar", "申报表.pdf"]
    assert outcome.report.unopened == 2


@cache
def documents() -> dict[str, bytes]:
    letter, results = docx.Document(), docx.Document()
    letter.add_paragraph("关于推荐的函")
    results.core_properties.category = OWN_OUTPUT
    made = {"blank": blank_form("application")}
    for kind, document in (("letter", letter), ("results", results)):
        document.save(held := io.BytesIO())
        made[kind] = held.getvalue()
    return made


@pytest.mark.parametrize(
    ("kind", "reported"),
    [("letter", ["FORM", "OWN", "ASKED_FOR"]), ("blank", ["OWN", "ASKED_FOR"]), ("results", ["ASKED_FOR"])],
)
@pytest.mark.parametrize("called", ["ANYTHING", "FORM", "OWN", "ASKED_FOR"])
def test_how_sure_a_name_must_be_for_a_document_to_be_reported_on(
    kind: str, reported: list[str], called: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(documents()[kind])
    result = examined(Checker(Settings(batch=True)), Candidate(path, NameConfidence[called]))
    assert isinstance(result, JobResult) is (called in reported)


def test_what_becomes_of_each_document_whose_answers_are_asked_for(tmp_path: Path) -> None:
    held = {**documents(), "clean": write("application"), "junk": b"x"}
    names = {
        "1.docx": "clean",
        "东海县申报表.docx": "blank",
        "空.docx": "blank",
        "函.docx": "letter",
        "结果.docx": "results",
        "坏.docx": "junk",
    }
    for name, kind in names.items():
        (tmp_path / name).write_bytes(held[kind])
    (tmp_path / "县申报表.pdf").write_bytes(b"x")
    seen: list[tuple[int, int]] = []
    found = extract_all([tmp_path], Settings(), 1, lambda *counts: seen.append(counts))
    assert [Path(form.path).name for form in found.forms] == ["1.docx", "东海县申报表.docx"]
    assert found.forms[0].cells["basic_info.area", None] == Decimal("18.60")
    assert not found.forms[0].whole
    assert [item.path.name for item in found.unread] == ["坏.docx"]
    assert {item.path.name: item.why.key for item in found.left} == {
        "县申报表.pdf": "left.pdf",
        "函.docx": "left.begins",
        "空.docx": "left.blank",
    }
    assert sorted(path.name for path in found.checked) == sorted({*names} - {"结果.docx"})
    assert seen == [(done, 6) for done in range(7)]
    (form,) = extract_all([tmp_path / "1.docx"], Settings(), 1, lambda _done, _total: None, whole=True).forms
    assert form.whole["answers"]["basic_info"]["area"]["text"] == "18.60"


def test_a_file_that_is_gone_since_it_was_found_cannot_be_opened(tmp_path: Path) -> None:
    result = examined(Checker(Settings(batch=True)), Candidate(tmp_path / "a.docx"))
    assert isinstance(result, JobResult)
    assert not result.keep


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "cache" / "deep"
    monkeypatch.setenv("CLUSTERFORM_CACHE", str(made))
    return made


def result(size: int = 1) -> JobResult:
    return JobResult(b"x" * size, b"", b"")


def size_of(one: JobResult) -> int:
    return len(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))


def test_the_folder_of_results_is_the_users_alone(folder: Path) -> None:
    Store(Settings()).close()
    (database,) = folder.glob("*.sqlite")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, database)] == [0o700, 0o600]
    database.chmod(0o666)
    assert not Store(Settings()).active


def test_a_file_of_results_that_is_damaged_is_begun_anew(folder: Path) -> None:
    Store(Settings()).close()
    (database,) = folder.glob("*.sqlite")
    database.write_bytes(b"no database" * 100)
    assert not Store(Settings()).active
    again = Store(Settings())
    assert again.active
    again.close()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("spare", "left"), [(0, 8), (-1, 5)])
def test_how_many_results_are_let_go(spare: int, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With more than may be kept the oldest go, until three quarters of that are left: five, as six are a byte more."""
    clock = iter(range(100))
    monkeypatch.setattr("time.time", lambda: next(clock))
    room = 8 * size_of(result(1000)) + spare
    kept = Store(Settings(), most=room)
    keys = [kept.key(str(n), "x", "") for n in range(8)]
    for key in reversed(keys):  # the first is the newest
        kept.put(key, result(1000))
    kept.close()
    again = Store(Settings(), most=room)
    assert [again.get(key) is not None for key in keys] == [n < left for n in range(8)]
    again.close()


@pytest.mark.usefixtures("folder")
def test_a_result_that_is_used_is_kept_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr("time.time", lambda: next(clock))
    one = size_of(result(1000))
    first = Store(Settings(), most=4 * one)
    keys = [first.key(str(n), "x", "") for n in range(5)]
    for key in keys[:4]:
        first.put(key, result(1000))
    first.close()
    second = Store(Settings(), most=4 * one)
    assert second.get(keys[0]) is not None
    second.put(keys[4], result(1000))
    second.close()
    third = Store(Settings())
    assert [third.get(key) is not None for key in keys] == [True, False, False, True, True]
    third.close()


def test_what_is_no_result_is_passed_over(folder: Path) -> None:
    kept = Store(Settings())
    key = kept.key("a", "x", "")
    kept.put(key, result())
    kept.close()
    with sqlite3.connect(next(folder.glob("*.sqlite"))) as base:
        base.execute("UPDATE results SET value = ?", (pickle.dumps("x"),))
    again = Store(Settings())
    assert again.get(key) is None
    again.close()
    again.put(key, result())  # closed: nothing happens
    assert not again.active


@pytest.mark.usefixtures("folder")
def test_what_a_result_depends_on(tmp_path: Path) -> None:
    def key(settings: Settings) -> bytes:
        made = Store(settings)
        made.close()
        return made.key("a", "x", "")

    rules = tmp_path / "规则.yaml"
    rules.write_text("a", encoding="utf-8")
    plain, given = key(Settings()), key(Settings(rule_files=(rules,)))
    rules.write_text("b", encoding="utf-8")
    changed = key(Settings(rule_files=(rules,)))
    rules.unlink()
    assert len({plain, given, changed, key(Settings(rule_files=(rules,))), key(Settings(batch=True))}) == 5
    assert key(Settings()) == plain
