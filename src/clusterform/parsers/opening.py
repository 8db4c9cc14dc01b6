"""A file of any kind that can be read, as a package."""

from __future__ import annotations

from pathlib import Path

from clusterform.parsers.package import Package, open_package
from clusterform.parsers.sniff import ForeignFormatError


def open_form(path: Path) -> Package:
    """The file, opened; an old or foreign text document as LibreOffice converts it. Errors as for `open_package`."""
    try:
        return open_package(path)
    except ForeignFormatError as foreign:
        from clusterform.parsers.legacy import converted  # noqa: PLC0415  (not needed for a .docx)

        return converted(path, foreign)
