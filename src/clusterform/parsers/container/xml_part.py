"""One XML part of an Office file, parsed with every door shut: no DTD, no entities, no network, limits on size and depth."""

from __future__ import annotations

import codecs
import re

from clusterform.errors import UnreadableError
from clusterform.messages import Text
from clusterform.parsers.container.xml_tree import Element, MarkupError, parse
from clusterform.patterns import pattern

MAX_MARKUP = 3_000_000
"""Tags in one part. The largest honest part seen holds about a tenth; each costs some 100 bytes of memory."""

_HEAD = 10_000
"""Bytes that a root element takes, and more."""
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    # ISO/IEC 29500-1 (Strict) to ISO/IEC 29500-4 (Transitional) namespaces, as Word itself reads them
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (
        b"drawingml/wordprocessingDrawing",
        b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (b"drawingml/spreadsheetDrawing", b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"),
    (b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_DTD = pattern(rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
"""A DTD can stand only before the root element, behind declarations, comments and spaces."""
_DECLARED = pattern(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^<>]*?encoding\s*+=\s*+["']([\w.-]++)""")
_TAG = pattern(rb"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ENCODINGS = frozenset({"ascii", "iso8859-1", "cp1252", "gb2312", "gbk", "gb18030", "big5", "shift_jis"})
"""What a part may be written in beside UTF-8 and UTF-16 (see _WIDE), by Python's names."""
_WIDE = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)


def parse_part(data: bytes, name: str) -> Element:
    """The root element, Strict namespaces mapped to Transitional ones.

    UnreadableError (what: cannot-open or over-limits) where it is bad or too big.
    """
    data = in_utf8(data, name)
    if _DTD.match(data):
        raise _bad(name, Text("xml.dtd"))
    if len(data) > MAX_MARKUP and data.count(b"<") > MAX_MARKUP:
        raise UnreadableError("over-limits", "file.too-many-tags", name=name)
    root = _parse(data, name)
    if str(root.tag).startswith("{" + _STRICT.decode()):
        for strict, transitional in _TRANSITIONAL:
            data = data.replace(_STRICT + strict, transitional)
        root = _parse(data, name)
    return root


def is_strict(data: bytes, name: str) -> bool:
    """Whether a part is written in the Strict namespaces."""
    return _STRICT in in_utf8(data, name)[:_HEAD]


def as_strict(data: bytes) -> bytes:
    """A part of a Strict file that was read in Transitional namespaces, in its own ones again."""
    for strict, transitional in _TRANSITIONAL:
        data = data.replace(transitional, _STRICT + strict)
    return data


def tag_end(data: bytes, start: int) -> int:
    """Behind the > of the tag that begins there: one in quotation marks closes nothing."""
    found = _TAG.match(data, start)
    return found.end() if found is not None else len(data)


def _parse(data: bytes, name: str) -> Element:
    try:
        return parse(data)
    except MarkupError as error:
        raise _syntax(name, error) from error


def in_utf8(data: bytes, name: str) -> bytes:
    """A part in any encoding as UTF-8, so that one search finds what is refused and every parser reads the same.

    UnreadableError where it is not what it says to be.
    """
    encoding = _encoding(data, name)
    if encoding == "utf-8":
        return data
    try:
        text = data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise _bad(name, Text("xml.encoding", reason=error.reason)) from error
    return _DECLARED.sub(lambda found: found[0].replace(found[1], b"UTF-8"), text.encode(), count=1)


def _encoding(data: bytes, name: str) -> str:
    """What a part is written in, by Python's name: as its first bytes show or declare."""
    for start, encoding in _WIDE:
        if data.startswith(start):
            return encoding
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    written = declared[1].decode()
    try:
        encoding = codecs.lookup(written).name
    except LookupError:
        encoding = ""
    if encoding not in {"utf-8", *_ENCODINGS}:
        raise _bad(name, Text("xml.encoding", reason=written))
    return encoding


def _syntax(name: str, error: MarkupError) -> UnreadableError:
    reason = re.split("[:,] line", error.msg or "")[0]
    if any(word in reason for word in ("depth", "huge", "amplification", "XML_PARSE_HUGE")):
        return UnreadableError("over-limits", "file.too-deep", name=name)
    return _bad(name, Text("xml.syntax", reason=reason))


def _bad(name: str, reason: Text) -> UnreadableError:
    return UnreadableError("cannot-open", "file.bad-part", name=name, reason=reason)
