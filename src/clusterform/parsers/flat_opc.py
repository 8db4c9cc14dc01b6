"""Word's own “Word XML 文档”: a whole .docx as one XML file, its parts one after the other ([MS-XMLPKG])."""

from __future__ import annotations

import binascii
import io
import zipfile
from xml.sax.saxutils import quoteattr

from clusterform.errors import UnreadableError
from clusterform.parsers.xml_part import parse_part
from clusterform.parsers.xml_tree import Element, serialize

PACKAGE_URI = "http://schemas.microsoft.com/office/2006/xmlPackage"
_PKG = f"{{{PACKAGE_URI}}}"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def packed(data: bytes) -> bytes:
    """The same parts in a zip. UnreadableError where the XML is damaged or holds no parts."""
    root = parse_part(data, "XML")
    types: list[str] = []
    seen: set[str] = set()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part in root.iter(_PKG + "part"):
            name = (part.get(_PKG + "name") or "").lstrip("/")
            content = _content(part)
            if not name or content is None or name.lower() in seen:
                continue
            seen.add(name.lower())
            package.writestr(name, content)
            kind = quoteattr(part.get(_PKG + "contentType") or "")
            types.append(f"<Override PartName={quoteattr('/' + name)} ContentType={kind}/>")
        if not types:
            raise UnreadableError(
                "cannot-open",
                "file.empty-xml",
            )
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{"".join(types)}</Types>')
    return buffer.getvalue()


def _content(part: Element) -> bytes | None:
    """A part's bytes; None where it has none, or they cannot be made out: a picture that is lost changes no answer."""
    holder = part.find(_PKG + "xmlData")
    if holder is not None:
        return serialize(holder[0]) if len(holder) else None
    holder = part.find(_PKG + "binaryData")
    try:
        return binascii.a2b_base64(holder.text or "") if holder is not None else None
    except binascii.Error:
        return None
