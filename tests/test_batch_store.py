"""Results kept between runs: bounded, private, and void when what lies beside a form changes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from clusterform.batch.discover import state_of
from clusterform.batch.job import JobResult
from clusterform.batch.store import Store
from clusterform.settings import Settings


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("CLUSTERFORM_CACHE", str(folder))
    return folder


def result(size: int = 1000) -> JobResult:
    return JobResult(os.urandom(size), b"digest", b"prose")


def test_a_result_comes_back_under_its_own_key_alone() -> None:
    store, kept = Store(Settings()), result()
    store.put(store.key("ab", "申报表.docx", ""), kept)
    store.close()
    again = Store(Settings())
    assert again.get(again.key("ab", "申报表.docx", "")) == kept
    others = [
        again.key("ac", "申报表.docx", ""),
        again.key("ab", "x.docx", ""),
        again.key("ab", "申报表.docx", "1"),
    ]
    english = Store(Settings(language="en"))
    assert [again.get(key) for key in others] == [None] * 3
    assert english.get(english.key("ab", "申报表.docx", "")) is None
    again.close()
    english.close()


def test_what_was_not_used_for_longest_goes_first() -> None:
    store = Store(Settings(), most=100_000)
    keys = [store.key(str(number), "x", "") for number in range(150)]
    for key in keys:
        store.put(key, result())
    store.close()
    again = Store(Settings(), most=100_000)
    left = sum(again.get(key) is not None for key in keys)
    again.close()
    assert 50 <= left <= 75


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a profile private by itself")
def test_what_is_kept_is_the_user_s_alone(cache: Path) -> None:
    Store(Settings()).close()
    assert [path.stat().st_mode & 0o777 for path in (cache, *cache.iterdir())] == [0o700, 0o600]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a profile private by itself")
def test_a_folder_open_to_others_is_not_used(cache: Path) -> None:
    cache.mkdir()
    cache.chmod(0o777)
    store = Store(Settings())
    assert not store.active
    store.close()


def test_none_is_kept_where_the_user_wants_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERFORM_CACHE", "")
    assert not Store(Settings()).active


def test_the_state_of_evidence_and_lists(tmp_path: Path) -> None:
    form, evidence = tmp_path / "申报表.docx", tmp_path / "佐证材料"
    evidence.mkdir()
    seen = [state_of(form, None), state_of(form, evidence)]
    (evidence / "1.pdf").write_bytes(b"1")
    seen.append(state_of(form, evidence))
    (evidence / "1.pdf").write_bytes(b"12")
    seen.append(state_of(form, evidence))
    (tmp_path / "佐证材料清单.csv").write_bytes(b"1")
    seen.append(state_of(form, None))
    assert len(set(seen)) == len(seen)
    (tmp_path / "别的.txt").write_bytes(b"1")
    assert state_of(form, evidence) == state_of(form, evidence)
