"""`annotate`: a copy of a checked file with a comment at each finding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clusterform.copies.repairs import Repair
from clusterform.copies.word_copy import annotate_docx
from clusterform.copies.workbook_copy import annotate_xlsx
from clusterform.errors import UsageError
from clusterform.finding import FileReport, Report
from clusterform.parsers.container.package import Package, open_form

Annotated = tuple[str, bytes]
"""The ending of a copy: the file's own, of a .doc or .wps .docx; and its bytes."""
_SIGNATURES = "_xmlsignatures/"
_WORD_2003_XML = "wordml"
"""Of such a file only what a check reads is converted; a copy would lack its headers and pictures."""


def annotated(path: Path, report: Report, file: FileReport, *, legend: bool = False) -> Annotated:
    """The copy of one file of a run, as its report has it; of a workbook with a sheet that lists all, if asked for.

    UnreadableError where it cannot be opened or is no Word or Excel file, UsageError where it is signed, or not the
    file any more that was checked.
    """
    package = checked_package(path, file)
    return ending_of(path, package), with_comments(package, report, file, legend=legend)


def with_comments(
    package: Package,
    report: Report,
    file: FileReport,
    repairs: Sequence[Repair] = (),
    *,
    legend: bool = False,
) -> bytes:
    """The copy of an opened file. `repairs`: what has been mended in it, which is told as well."""
    if package.kind == "docx":
        return annotate_docx(package, report, file, repairs)
    return annotate_xlsx(package, report, file, repairs, legend=legend)


def checked_package(path: Path, file: FileReport) -> Package:
    """The file, opened again to be copied. Errors as of `annotated`."""
    package = open_form(path)
    if package.sha256 != file.sha256:
        raise UsageError("copy.changed-since", path=path.name)
    if package.origin is not None and package.origin.format == _WORD_2003_XML:
        raise UsageError("copy.word-2003", path=path.name)
    linked = any(link.kind == "origin" for link in package.relationships())
    if linked or any(name.startswith(_SIGNATURES) for name in package.names):
        raise UsageError("copy.signed", path=path.name)
    return package


def ending_of(path: Path, package: Package) -> str:
    """The ending of a copy of the file."""
    return path.suffix if package.origin is None else f".{package.kind}"
