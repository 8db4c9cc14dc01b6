"""A run's reports, on disk where they are many: read again one by one whenever they are walked, so that none stays in memory."""

from __future__ import annotations

import tempfile
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from clusterform.batch.job import JobResult, unpacked
from clusterform.finding import FileReport, Finding, Status
from clusterform.grouped import grouped

_IN_MEMORY = 1 << 20
"""Bytes; with more, a file is opened for them."""


class ReportsOnDisk(Collection[FileReport]):
    """Reports by their number, in that order, whatever order they come in. The file goes when this goes."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, prefix="clusterform-")  # noqa: SIM115  (open as long as this is)
        weakref.finalize(self, self._file.close)
        self._places: dict[int, tuple[int, int, int]] = {}
        self._across: Mapping[str, list[Finding]] = {}
        """What was found across forms, by the paths of the files that must change for it."""

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

    def count(self, findings: Iterable[Finding]) -> None:
        """What was found across forms: from now on each file has what it must change for, as they are walked."""
        self._across = grouped((path, finding) for finding in findings for path in finding.changes)

    def __iter__(self) -> Iterator[FileReport]:
        for file in map(self.report, sorted(self._places)):
            across = self._across.get(file.path)
            yield _with(file, across) if across else file

    def __contains__(self, item: object) -> bool:
        return any(report == item for report in self)

    def _read(self, start: int, size: int) -> Any:
        self._file.seek(start)
        return unpacked(self._file.read(size))


def _with(file: FileReport, across: list[Finding]) -> FileReport:
    """What concerns the file as a whole comes first: its own, then what was found across forms."""
    findings = tuple(sorted((*file.findings, *across), key=lambda finding: finding.section is not None))
    wrong = any(finding.wrong for finding in across)
    status = Status.FAIL if wrong and file.status is Status.PASS else file.status
    return file._replace(findings=findings, status=status)
