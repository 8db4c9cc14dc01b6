"""Copies of checked files: each written to its place, and told on stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from clusterform.batch.run import RunOutcome
from clusterform.cli.common import say
from clusterform.copies.annotate import annotated
from clusterform.errors import ClusterformError, UsageError
from clusterform.finding import FileReport
from clusterform.messages import Text
from clusterform.output import write_bytes


def write_copies(target: Path, paths: Sequence[Path], outcome: RunOutcome, inputs: Sequence[Path]) -> None:
    """A copy of the one file that was checked, or of each file of the folder that has something to do.

    UsageError where there is no copy to be had of a file alone; of a folder's, each that has none is told.
    """
    language = outcome.report.language
    alone = len(paths) == 1 and not paths[0].is_dir()
    for path, file in zip(outcome.checked, outcome.report.files, strict=True):
        place = target if alone else _place(target, paths, path)
        if not alone and not file.findings:
            continue
        try:
            _write(place, path, outcome, file, inputs)
        except ClusterformError as error:
            if alone:
                raise
            say(Text("copy.none", path=path.as_posix(), reason=error.text)[language], sys.stderr)
            continue
        say(Text("output.written", path=place.as_posix())[language], sys.stderr)


def _write(place: Path, path: Path, outcome: RunOutcome, file: FileReport, inputs: Sequence[Path]) -> None:
    ending, data = annotated(path, outcome.report, file)
    if place.suffix.lower() != ending.lower():
        raise UsageError("copy.ending", name=place.name, ending=ending)
    place.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(place, data, inputs)


def _place(target: Path, paths: Sequence[Path], path: Path) -> Path:
    """Where the copy of a folder's file goes: as far below the target as the file is below the folder."""
    folder = next((p for p in paths if path.is_relative_to(p)), path.parent)
    return target / path.relative_to(folder)
