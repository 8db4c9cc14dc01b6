"""The Word file round a document.xml: fixed dates, so that the same form gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from functools import cache

_DATE = (2025, 6, 18, 9, 0, 0)
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"


@cache
def _blank_parts() -> tuple[tuple[str, bytes], ...]:
    """The parts of a new Word file, as python-docx makes it, with the official fonts."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    font = document.styles["Normal"].font
    font.name, font.size = "Times New Roman", Pt(10.5)
    font.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    held = io.BytesIO()
    document.save(held)
    with zipfile.ZipFile(held) as package:
        return tuple((name, package.read(name)) for name in package.namelist())


def pack(document_xml: str, comments_xml: str = "") -> bytes:
    """A .docx with this body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in _blank_parts():
            if name == "word/document.xml":
                part = document_xml.encode()
            elif comments_xml and name == "[Content_Types].xml":
                entry = f'<Override PartName="/word/comments.xml" ContentType="{_COMMENTS}"/></Types>'
                part = data.replace(b"</Types>", entry.encode())
            elif comments_xml and name == "word/_rels/document.xml.rels":
                entry = (
                    f'<Relationship Id="rIdNote" Type="{_RELATION}" Target="comments.xml"/></Relationships>'
                )
                part = data.replace(b"</Relationships>", entry.encode())
            else:
                part = data
            _put(package, name, part)
        if comments_xml:
            _put(package, "word/comments.xml", comments_xml.encode())
    return held.getvalue()


def _put(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _DATE)
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, data)
