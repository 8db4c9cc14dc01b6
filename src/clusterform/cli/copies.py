"""Copies of checked files: where they go, each written to its place, and told on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from clusterform.batch.discover import Candidate
from clusterform.batch.run import RunOutcome
from clusterform.cli.common import say
from clusterform.cli.request import CopiesWanted, is_alone, refuse_inside
from clusterform.copies.annotate import annotated
from clusterform.copies.fix import fixed_and_annotated
from clusterform.errors import ClusterformError, UsageError
from clusterform.finding import FileReport, Severity
from clusterform.messages import Text
from clusterform.output import write_bytes
from clusterform.pipeline import Checker


def write_copies(
    wanted: CopiesWanted, paths: Sequence[Path], checker: Checker, outcome: RunOutcome, inputs: Sequence[Path]
) -> None:
    """A copy of the one file that was checked, or of each file of the folder that has something to do.

    UsageError where there is no copy to be had of a file alone; of a folder's, each that has none is told.
    """
    language = outcome.report.language
    alone = is_alone(paths)
    writer = _CopyWriter(wanted, paths, checker, outcome, inputs)
    for candidate, file in zip(outcome.candidates, outcome.report.files, strict=True):
        if not alone and not _something_to_do(file):
            continue
        place = wanted.target if alone else _place(wanted.target, paths, candidate.path)
        try:
            written = writer.write(candidate, file, place, alone=alone)
        except ClusterformError as error:
            if alone:
                raise
            say(Text("copy.none", path=candidate.name, reason=error.text)[language], sys.stderr)
            continue
        same = written.suffix.lower() == candidate.path.suffix.lower()
        key = "output.written" if same else "copy.other-ending"
        told = Text(key, path=written.as_posix(), original=candidate.name, ending=written.suffix)
        say(told[language], sys.stderr)


def _something_to_do(file: FileReport) -> bool:
    return bool(file.unjudged) or any(f.severity is not Severity.INFO and not f.closed for f in file.findings)


def _place(target: Path, paths: Sequence[Path], path: Path) -> Path:
    """As far below the target as the file is below its folder; of several folders each has its own."""
    folder = next((p for p in paths if p.is_dir() and path.is_relative_to(p)), None)
    if folder is None:
        return target / path.name
    own = target / folder.resolve().name if len(paths) > 1 else target
    return own / path.relative_to(folder)


class _CopyWriter:
    def __init__(
        self,
        wanted: CopiesWanted,
        paths: Sequence[Path],
        checker: Checker,
        outcome: RunOutcome,
        inputs: Sequence[Path],
    ) -> None:
        self._wanted = wanted
        self._paths = paths
        self._checker = checker
        self._outcome = outcome
        self._inputs = inputs
        self._written: set[Path] = set()

    def write(self, candidate: Candidate, file: FileReport, place: Path, *, alone: bool) -> Path:
        """Where the copy is; a converted file's has the ending of what it was converted to."""
        ending, data = self._made(candidate, file)
        if place.suffix.lower() != ending.lower():
            if alone:
                raise UsageError("copy.ending", name=place.name, ending=ending)
            converted = place.with_suffix(ending)
            taken = converted in self._written or candidate.path.with_suffix(ending).exists()
            place = place.with_name(place.name + ending) if taken else converted
        if place in self._written or (place.exists() and not self._wanted.force):
            raise UsageError("output.exists", path=place)
        refuse_inside(place, self._paths)
        place.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(place, data, self._inputs)
        self._written.add(place)
        return place

    def _made(self, candidate: Candidate, file: FileReport) -> tuple[str, bytes]:
        path, report, legend = candidate.path, self._outcome.report, self._wanted.legend
        if not self._wanted.mend:
            return annotated(path, report, file, legend=legend)
        return fixed_and_annotated(self._checker, path, report, file, candidate.evidence, legend=legend)
