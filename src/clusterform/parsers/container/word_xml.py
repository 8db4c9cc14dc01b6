"""Word's own XML kinds as a .docx.

Word 2003 XML has the same elements under another namespace, a few of them called or kept otherwise. Today's “Word XML
文档” is a whole .docx as one XML file, its parts one after the other ([MS-XMLPKG]).
"""

from __future__ import annotations

import binascii
import io
import struct
import zipfile
from xml.sax.saxutils import quoteattr

from clusterform.errors import UnreadableError
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element, add_child, new_element, serialize
from clusterform.parsers.docx.names import W_URI

WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_OLD, _W = f"{{{WORD_2003}}}", f"{{{W_URI}}}"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {"vmerge": "vMerge", "hmerge": "hMerge", "h-ansi": "hAnsi", "fareast": "eastAsia"}
_REVISIONS = {"Word.Insertion": "ins", "Word.Deletion": "del"}
_DRAWN = (
    "{urn:schemas-microsoft-com:vml}",
    "{urn:schemas-microsoft-com:office:office}",
    "{urn:schemas-microsoft-com:office:word}",
)
"""Namespaces of pictures and shapes, which .docx has too."""
_CHECKBOX, _BY_DEFAULT = 1, 25
"""FFData.bits: the type of a form field; the state that stands for its default ([MS-DOC] 2.9.78)."""
PACKAGE_URI = "http://schemas.microsoft.com/office/2006/xmlPackage"
_PKG = f"{{{PACKAGE_URI}}}"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def _packed_2003(data: bytes) -> bytes:
    """A .docx of the document's text, tables and styles. UnreadableError where the XML is damaged."""
    root = parse_part(data, "XML")
    parts = {"document": _under("document", root.find(_OLD + "body"))}
    styles = root.find(_OLD + "styles")
    if styles is not None:
        parts["styles"] = _under("styles", *styles)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("_rels/.rels", _links(("officeDocument", "word/document.xml")))
        package.writestr("word/_rels/document.xml.rels", _links(("styles", "styles.xml")))
        for name, element in parts.items():
            package.writestr(f"word/{name}.xml", serialize(element))
        if root.get(_OLD + "macrosPresent") == "yes":
            package.writestr("word/vbaProject.bin", b"")  # so that it is said
    return buffer.getvalue()


def _under(name: str, *children: Element | None) -> Element:
    """A new root with the elements turned into today's."""
    root = new_element(_W + name, {"w": W_URI})
    for child in children:
        if child is not None:
            _add(root, child)
    return root


def _links(*links: tuple[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def _add(parent: Element, old: Element) -> None:
    """The element and all below it, turned and added to `parent`."""
    if old.tag == _AML + "annotation":
        _annotation(parent, old)
        return
    if old.tag == _OLD + "fldData" and (form := _form_box(old.text or "")) is not None:
        parent.append(form)
        return
    new = add_child(parent, _name(old))
    for key, value in old.attrib.items():
        new.set(_modern_name(str(key)), value)
    new.text = old.text if not len(old) else None
    for child in old:
        _add(new, child)


def _name(old: Element) -> str:
    """Sections, hints and a schema's own tags stand round content and change nothing."""
    tag = str(old.tag)
    if tag.startswith(_OLD):
        return _modern_name(tag)
    return tag if tag.startswith(_DRAWN) else _W + "customXml"


def _modern_name(name: str) -> str:
    if not name.startswith(_OLD):
        return name
    local = name.removeprefix(_OLD)
    return _W + _NAMES.get(local, local)


def _annotation(parent: Element, old: Element) -> None:
    """A revision or a comment; bookmarks are left out."""
    kind = old.get(_OLD + "type") or ""
    identity = old.get(_AML + "id") or "0"
    content = old.find(_AML + "content")
    if kind in _REVISIONS:
        new = add_child(parent, _W + _REVISIONS[kind], {_W + "id": identity})
        for child in content if content is not None else ():
            _add(new, child)
    elif kind == "Word.Comment":
        add_child(parent, _W + "commentReference", {_W + "id": identity})
    elif kind in {"Word.Formatting", "Word.Numbering"}:
        add_child(parent, _W + "rPrChange", {_W + "id": identity})
    elif content is not None and not kind.endswith((".Start", ".End")):
        for child in content:
            _add(parent, child)


def _form_box(text: str) -> Element | None:
    """A legacy check box from its binary data (FFData); None where it is another field or cannot be read."""
    try:
        data = binascii.a2b_base64(text)
        version, bits, _, _ = struct.unpack_from("<IHHH", data)
        (length,) = struct.unpack_from("<H", data, 10)
        (default,) = struct.unpack_from("<H", data, 12 + 2 * (length + 1))
    except (binascii.Error, struct.error):
        return None
    if version != 0xFFFFFFFF or bits & 3 != _CHECKBOX:
        return None
    state = bits >> 2 & 31
    ticked = default if state == _BY_DEFAULT else state
    form = new_element(_W + "ffData")
    box = add_child(form, _W + "checkBox")
    add_child(box, _W + "checked", {_W + "val": str(int(ticked == 1))})
    return form


def _packed_flat(data: bytes) -> bytes:
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
            raise UnreadableError("cannot-open", "file.empty-xml")
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


PACKED = {"wordml": _packed_2003, "wordflat": _packed_flat}
"""What makes the bytes of a .docx, by the kinds of sniff.XML_KINDS."""
