"""A file of any kind that can be read, as a package: an old or foreign one is converted in memory."""

from __future__ import annotations

from pathlib import Path

from clusterform.parsers.container.package import ConvertedFrom, Package, file_bytes, open_package
from clusterform.parsers.container.sniff import ForeignFormatError


def open_form(path: Path) -> Package:
    """The file, opened; an old or foreign text document as LibreOffice converts it. Errors as for `open_package`."""
    try:
        return open_package(path)
    except ForeignFormatError as foreign:
        return converted(path, foreign)


def converted(source: Path | bytes, foreign: ForeignFormatError) -> Package:
    """The file, converted in memory; its hash stays the original's.

    Word's own XML needs no LibreOffice, which would lose merged cells and tick boxes. ForeignFormatError again where
    this format is not converted, or LibreOffice is missing (the sentence then says what installing it would do);
    UnreadableError where it fails or takes too long.
    """
    from clusterform.parsers.container.word_xml import PACKED  # noqa: PLC0415  (not needed for a .docx)
    from clusterform.parsers.libreoffice.convert import TARGETS, convert, find_soffice  # noqa: PLC0415  (as above)

    if foreign.format in PACKED:
        data = file_bytes(source)
        return Package(PACKED[foreign.format](data), origin=ConvertedFrom(foreign.format, data))
    if foreign.format not in TARGETS:
        raise foreign
    program = find_soffice()
    if program is None:
        raise ForeignFormatError(foreign.format, convertible=True)
    data = file_bytes(source)
    made = convert(program, data, foreign.format, TARGETS[foreign.format])
    return Package(made, origin=ConvertedFrom(foreign.format, data))
