"""A run's reports, on disk where they are many: read again one by one whenever they are walked, so that none stays in memory."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from clusterform.batch.job import JobResult, unpacked
from clusterform.finding import FileReport, Finding, Status

_IN_MEMORY = 1 << 20
"""Bytes; with more, a file is opened for them."""


class ReportsOnDisk(Collection[FileReport]):
    """Reports by their number, in that order, whatever order they come in. The file goes when this goes."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="clusterform-")  # noqa: SIM115  (open as long as this is)
        weakref.finalize(self, self._file.close)
        self._places: dict[int, tuple[int, int, int]] = {}

    def add(self, number: int, result: JobResult) -> None:
        self._file.seek(0, 2)
        start = self._file.tell()
        self._file.write(result.report)
        self._file.write(result.prose)
        self._places[number] = (start, len(result.report), len(result.prose))

    def leave_out(self, number: int) -> None:
        del self._places[number]

    def prose(self, number: int) -> dict[str, str]:
        start, report, size = self._places[number]
        found: dict[str, str] = self._read(start + report, size)
        return found

    def report(self, number: int) -> FileReport:
        start, size, _ = self._places[number]
        found: FileReport = self._read(start, size)
        return found

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[FileReport]:
        return map(self.report, sorted(self._places))

    def __contains__(self, item: object) -> bool:
        return any(report == item for report in self)

    def _read(self, start: int, size: int) -> Any:
        self._file.seek(start)
        return unpacked(self._file.read(size))


def counted(files: Collection[FileReport], findings: Iterable[Finding]) -> Collection[FileReport]:
    """The same files in the same order, each with the findings that it must change for."""
    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        for path in finding.changes:
            by_path.setdefault(path, []).append(finding)
    return _ReportCounter(files, by_path) if by_path else files


class _ReportCounter(Collection[FileReport]):
    """Adds to each report as it goes by, so that none is kept."""

    def __init__(self, files: Collection[FileReport], by_path: dict[str, list[Finding]]) -> None:
        self._files = files
        self._by_path = by_path

    def __len__(self) -> int:
        return len(self._files)

    def __iter__(self) -> Iterator[FileReport]:
        for file in self._files:
            across = self._by_path.get(file.path)
            yield _with(file, across) if across else file

    def __contains__(self, item: object) -> bool:
        return any(file == item for file in self)


def _with(file: FileReport, across: list[Finding]) -> FileReport:
    """What concerns the file as a whole comes first: its own, then what was found across forms."""
    findings = tuple(sorted((*file.findings, *across), key=lambda finding: finding.section is not None))
    wrong = any(finding.wrong for finding in across)
    status = Status.FAIL if wrong and file.status is Status.PASS else file.status
    return file._replace(findings=findings, status=status)
