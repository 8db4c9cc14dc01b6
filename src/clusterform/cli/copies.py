"""Copies of checked files: where they go, each written to its place, and told on stderr."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from clusterform.batch.discover import Candidate
from clusterform.batch.run import RunOutcome
from clusterform.cli.common import tell
from clusterform.cli.request import CopiesWanted, is_alone, refuse_inside
from clusterform.copies.annotate import annotated
from clusterform.copies.fix import fixed_and_annotated
from clusterform.errors import ClusterformError, UsageError
from clusterform.finding import FileReport, Report, Severity
from clusterform.output import write_bytes
from clusterform.pipeline import Checker


def write_copies(
    wanted: CopiesWanted, paths: Sequence[Path], checker: Checker, outcome: RunOutcome, inputs: Sequence[Path]
) -> None:
    """A copy of the one file that was checked, or of each file of the folder that has something to do.

    UsageError where there is no copy to be had of a file alone; of a folder's, each that has none is told.
    """
    language, alone = outcome.report.language, is_alone(paths)
    written: set[Path] = set()
    for candidate, file in zip(outcome.candidates, outcome.report.files, strict=True):
        if not alone and not _something_to_do(file):
            continue
        place = wanted.target if alone else _place(wanted.target, paths, candidate.path)
        try:
            ending, data = _made(wanted, checker, outcome.report, candidate, file)
            if place.suffix.lower() != ending.lower():
                place = _with_ending(place, ending, candidate.path, None if alone else written)
            if place in written or (place.exists() and not wanted.force):
                raise UsageError("output.exists", path=place)
            refuse_inside(place, paths)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(place, data, inputs)
        except ClusterformError as error:
            if alone:
                raise
            tell(language, "copy.none", path=candidate.name, reason=error.text)
            continue
        written.add(place)
        same = place.suffix.lower() == candidate.path.suffix.lower()
        key = "output.written" if same else "copy.other-ending"
        tell(language, key, path=place.as_posix(), original=candidate.name, ending=place.suffix)


def _something_to_do(file: FileReport) -> bool:
    return bool(file.unjudged) or any(f.severity is not Severity.INFO and not f.closed for f in file.findings)


def _place(target: Path, paths: Sequence[Path], path: Path) -> Path:
    """As far below the target as the file is below its folder; of several folders each has its own."""
    folder = next((p for p in paths if p.is_dir() and path.is_relative_to(p)), None)
    if folder is None:
        return target / path.name
    own = target / folder.resolve().name if len(paths) > 1 else target
    return own / path.relative_to(folder)


def _made(
    wanted: CopiesWanted, checker: Checker, report: Report, candidate: Candidate, file: FileReport
) -> tuple[str, bytes]:
    """The copy, and the ending that it must have."""
    if not wanted.mend:
        return annotated(candidate.path, report, file, legend=wanted.legend)
    evidence = candidate.evidence
    return fixed_and_annotated(checker, candidate.path, report, file, evidence, legend=wanted.legend)


def _with_ending(place: Path, ending: str, original: Path, written: Collection[Path] | None) -> Path:
    """The place of a converted file's copy, beside those that are written; of a file alone it was named wrongly."""
    if written is None:
        raise UsageError("copy.ending", name=place.name, ending=ending)
    converted = place.with_suffix(ending)
    taken = converted in written or original.with_suffix(ending).exists()
    return place.with_name(place.name + ending) if taken else converted
