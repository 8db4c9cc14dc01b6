"""A folder's reports with what was found across forms counted on the files that must change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from clusterform.finding import FileReport, Finding, Severity, Status


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
    wrong = any(finding.severity is Severity.ERROR for finding in across)
    status = Status.FAIL if wrong and file.status is Status.PASS else file.status
    return replace(file, findings=findings, status=status)
