"""A folder's files are read from disk as they are walked: no report may keep, index or count them ahead."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from clusterform import reports
from clusterform.finding import FileReport, Report
from clusterform.output import write_text
from clusterform.reports import ReportRequest, summary
from support.reports import BROKEN, CLEAN, INCOMPLETE, PLACED, TWICE, UNREADABLE

KINDS = (BROKEN, CLEAN, INCOMPLETE, UNREADABLE, PLACED)
COUNT = 40
MOST_ALIVE = 4
"""The one in hand, the one looked ahead at, and those of a walk that is not yet over."""


class Kept:
    """What a file's report is followed by: alive as long as anything holds the report."""


class Folder(Collection[FileReport]):
    """Makes every file's report anew at each walk, and knows how many of them are held at once."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.walks = 0
        self.most = 0
        self._alive: weakref.WeakSet[Kept] = weakref.WeakSet()

    def __len__(self) -> int:
        return self.count

    def __contains__(self, item: object) -> bool:
        raise AssertionError("nobody looks one up")

    def __iter__(self) -> Iterator[FileReport]:
        self.walks += 1
        for number in range(self.count):
            mark = Kept()
            self._alive.add(mark)
            titles = {**KINDS[0].section_titles, 99: mark}
            kind = KINDS[number % len(KINDS)]
            yield kind._replace(path=f"{number}/{kind.path}", section_titles=titles)
            del mark, titles
            self.most = max(self.most, len(self._alive))


def held(kind: str, tmp_path: Path) -> Folder:
    folder = Folder(COUNT)
    report = Report("2025", ("national/2025",), folder, batch=(TWICE,))
    request = ReportRequest(target=tmp_path / "x", statistics=True)
    if reports.FORMATS[kind].binary:
        reports.save(kind, report, request, tmp_path / "x")
    else:
        write_text(tmp_path / "x", reports.pieces(kind, report, request))
    return folder


@pytest.mark.parametrize("kind", reports.FORMATS)
def test_no_report_holds_the_files(kind: str, tmp_path: Path) -> None:
    gc.disable()  # what is not let go of at once does not count as let go of
    try:
        folder = held(kind, tmp_path)
    finally:
        gc.enable()
    assert folder.most <= MOST_ALIVE
    assert folder.walks <= 3


@pytest.mark.parametrize("kind", [name for name, made in reports.FORMATS.items() if not made.binary])
def test_the_text_comes_in_pieces(kind: str) -> None:
    report = Report("2025", ("national/2025",), Folder(COUNT), batch=(TWICE,))
    pieces = list(reports.pieces(kind, report, ReportRequest()))
    assert len(pieces) > COUNT // 4
    assert max(map(len, pieces)) < 40_000


def test_the_exit_status_takes_one_walk() -> None:
    folder = Folder(COUNT)
    assert summary.exit_code(Report("2025", (), folder)) == summary.EXIT_INCOMPLETE
    assert folder.walks == 1


def test_a_report_that_fails_midway_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[str]:
        yield "half"
        raise ValueError("no more")

    target = tmp_path / "报告.html"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(ValueError, match="no more"):
        write_text(target, broken())
    assert target.read_text(encoding="utf-8") == "before"
    assert os.listdir(tmp_path) == ["报告.html"]  # noqa: PTH208  (names, whatever they begin with)
