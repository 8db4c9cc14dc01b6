"""How many pages a PDF has, or why it cannot be read. Of a large file only its ends and its page tree are looked at."""

from __future__ import annotations

from typing import BinaryIO

from clusterform.patterns import pattern
from clusterform.record import record

REBUILT_UP_TO = 16_000_000
"""Bytes: a damaged file up to this size is searched through for its pages, as viewers do; a larger one is not."""
_TAIL = 2048
_START = pattern(rb"startxref\s+(\d{1,12})")
_TABLE = pattern(rb"\s*(?:xref|\d+\s+\d+\s+obj)")


@record
class PdfFacts:
    """What is known of a PDF."""

    pages: int | None = None
    fault: str = ""
    """encrypted, damaged or no-pages; empty where it opens."""


def look_at_pdf(stream: BinaryIO, size: int) -> PdfFacts:
    """The number of pages, by PDFium: it opens what a reader's own viewer opens."""
    if size > REBUILT_UP_TO and not _has_table(stream, size):
        return PdfFacts(fault="damaged")
    import pypdfium2  # noqa: PLC0415  (a shared library, needed only where there is a PDF)

    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        return PdfFacts(fault="encrypted" if "password" in str(error).lower() else "damaged")
    try:
        pages = len(document)
    finally:
        document.close()
    return PdfFacts(pages) if pages else PdfFacts(0, "no-pages")


def _has_table(stream: BinaryIO, size: int) -> bool:
    """Whether the file ends by saying where its table of contents stands, and one stands there."""
    stream.seek(max(size - _TAIL, 0))
    found = _START.findall(stream.read(_TAIL))
    if not found or int(found[-1]) >= size:
        return False
    stream.seek(int(found[-1]))
    return _TABLE.match(stream.read(64)) is not None
