"""A Word document as pages: laid out by LibreOffice, its text read back from the PDF. The pages are LibreOffice's, not Word's."""

from __future__ import annotations

from clusterform.errors import UnreadableError
from clusterform.parsers.libreoffice.convert import convert, find_soffice


def page_texts(docx: bytes) -> tuple[str, ...]:
    """The text of each page. UnreadableError where it cannot be laid out, with the reason."""
    program = find_soffice()
    if program is None:
        raise UnreadableError("no-layout", "office.missing")
    return _texts(convert(program, docx, "docx", "pdf"))


def _texts(pdf: bytes) -> tuple[str, ...]:
    import pypdfium2  # noqa: PLC0415  (a shared library, needed only here)

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
