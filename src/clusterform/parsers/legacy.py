"""Old and foreign files as .docx or .xlsx: LibreOffice's of .doc, .wps, .xls, .et and the like; of Word's XML kinds their own."""

from __future__ import annotations

from pathlib import Path

from clusterform.parsers import flat_opc, word_2003
from clusterform.parsers.file_bytes import file_bytes
from clusterform.parsers.office import TARGETS, convert, find_soffice
from clusterform.parsers.package import Origin, Package
from clusterform.parsers.sniff import ForeignFormatError

_XML = {"wordflat": flat_opc.packed, "wordml": word_2003.packed}
"""Formats that need no LibreOffice, which would lose the merged cells of one and the tick boxes of both."""


def converted(source: Path | bytes, foreign: ForeignFormatError) -> Package:
    """The file, converted in memory; its hash stays the original's.

    ForeignFormatError again where this format is not converted, or LibreOffice is missing (the sentence then says what
    installing it would do); UnreadableError where it fails or takes too long.
    """
    if foreign.format in _XML:
        data = file_bytes(source)
        return Package(_XML[foreign.format](data), origin=Origin(foreign.format, data))
    if foreign.format not in TARGETS:
        raise foreign
    program = find_soffice()
    if program is None:
        raise ForeignFormatError(foreign.format, convertible=True)
    data = file_bytes(source)
    return Package(
        convert(program, data, foreign.format, TARGETS[foreign.format]), origin=Origin(foreign.format, data)
    )
