"""The document in a Word or Excel file; only the reader that it needs is loaded."""

from __future__ import annotations

from clusterform.parsers.container.package import Package
from clusterform.parsers.raw import RawDocument


def read_document(package: Package) -> RawDocument:
    """Its paragraphs and tables, in the same terms for both; UnreadableError where they cannot be read."""
    if package.kind == "docx":
        from clusterform.parsers.docx.read import read_docx

        return read_docx(package)
    from clusterform.parsers.xlsx.read import read_xlsx

    return read_xlsx(package)
