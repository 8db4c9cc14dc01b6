"""What a file of evidence really is, by its content: PDF, picture, Word, Excel …, and whether it opens."""

from __future__ import annotations

import io
import mmap
import struct
import zipfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from clusterform.parsers.container.package import BROKEN
from clusterform.parsers.container.sniff import cfb_kinds, foreign_by_head
from clusterform.patterns import pattern

HEAD = 4096
MEMBERS = 20_000
"""A zip with more parts than this is no Office file."""
_EOCD, _EOCD_SIZE = b"PK\x05\x06", 22
_ZIP_TAIL = 65_557
_FOREIGN = {
    "pdf": "pdf",
    "rtf": "word",
    "wordml": "word",
    "excelml": "excel",
    "html": "web",
    "mht": "web",
}
_CFB = {"doc": "word", "xls": "excel", "ppt": "slides"}
_OPEN_DOCUMENT = (("spreadsheet", "excel"), ("presentation", "slides"), ("text", "word"))
REBUILT_UP_TO = 16_000_000
"""Bytes: a damaged file up to this size is searched through for its pages, as viewers do; a larger one is not."""
_TAIL = 2048
_START = pattern(rb"startxref\s+(\d{1,12})")
_TABLE = pattern(rb"\s*(?:xref|\d+\s+\d+\s+obj)")


@dataclass(frozen=True, slots=True)
class FileContent:
    """What is known of a file without reading all of it."""

    family: str
    """pdf, image, word, excel, slides, ofd; web, text, archive, media, other; empty where it is nothing known."""
    fault: str = ""
    """encrypted, damaged or no-pages; empty where it opens."""
    pages: int | None = None
    """Of a PDF that was opened."""


def identify(stream: BinaryIO, size: int) -> FileContent:
    """What the bytes are, whatever the name says. The stream can be moved in; only what is needed is read."""
    head = stream.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        return _zipped(stream, size)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound(stream)
    foreign = foreign_by_head(head)
    if foreign == "pdf":
        return _pdf(stream, size)
    return FileContent(_FOREIGN[foreign]) if foreign in _FOREIGN else FileContent(family_of_head(head))


def family_of_head(head: bytes) -> str:
    """The family that the first bytes tell."""
    import filetype

    kind = filetype.guess(head)
    if kind is None:
        return "text" if _is_text(head) else ""
    group = kind.mime.partition("/")[0]
    if group in {"image", "video", "audio"}:
        return "image" if group == "image" else "media"
    archives = {type(matcher) for matcher in filetype.archive_matchers}
    return "archive" if type(kind) in archives else "other"


def _is_text(head: bytes) -> bool:
    """Whether it reads as UTF-8, GB18030 or UTF-16 with a mark; the last character may be cut."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if not head or b"\x00" in head:
        return False
    return any(_reads(head, encoding) for encoding in ("utf-8", "gb18030"))


def _reads(head: bytes, encoding: str) -> bool:
    for cut in range(4):
        try:
            text = head[: len(head) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return sum(c < " " and c not in "\t\r\n\f" for c in text) * 50 <= len(text)
    return False


def _zipped(stream: BinaryIO, size: int) -> FileContent:
    """An Office file by the names of its parts; any other zip is an archive."""
    try:
        if _parts(stream, size) > MEMBERS:
            return FileContent("archive")
        with zipfile.ZipFile(stream) as opened:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in opened.namelist()}
            family = _family(names, opened)
            locked = any(info.flag_bits & 0x1 for info in opened.infolist())
    except BROKEN:
        return FileContent("archive", "damaged")
    return FileContent(family, "encrypted" if locked else "")


def _parts(stream: BinaryIO, size: int) -> int:
    """How many parts the zip says it has; its directory is read only where they are not too many."""
    start = max(size - _ZIP_TAIL, 0)
    stream.seek(start)
    tail = stream.read(_ZIP_TAIL)
    at = tail.rfind(_EOCD)
    if at < 0 or len(tail) - at < _EOCD_SIZE:
        raise zipfile.BadZipFile
    count: int = struct.unpack_from("<H", tail, at + 10)[0]
    length: int = struct.unpack_from("<I", tail, at + 12)[0]
    return count if length <= MEMBERS * 1000 else MEMBERS + 1


def _family(names: set[str], opened: zipfile.ZipFile) -> str:
    for part, family in (("word/", "word"), ("xl/", "excel"), ("ppt/", "slides"), ("ofd.xml", "ofd")):
        if any(name.startswith(part) for name in names):
            return family
    if {"mimetype", "content.xml"} <= names:
        with opened.open("mimetype") as member:
            kind = member.read(200).decode("ascii", "replace")
        return next((family for word, family in _OPEN_DOCUMENT if word in kind), "other")
    return "archive"


def _compound(stream: BinaryIO) -> FileContent:
    """An old Office file, or a new one behind a password."""
    view = _view(stream)
    try:
        kinds = cfb_kinds(view)
    finally:
        if isinstance(view, mmap.mmap):
            view.close()
    if "encrypted" in kinds:
        return FileContent("office", "encrypted")
    return FileContent(next((_CFB[kind] for kind in kinds if kind in _CFB), "other"))


def _view(stream: BinaryIO) -> Any:
    """The file's bytes to look into here and there, without reading them all."""
    if isinstance(stream, io.BytesIO):
        return stream.getvalue()
    try:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError:  # a browser's files cannot be mapped
        stream.seek(0)
        return stream.read()


def _pdf(stream: BinaryIO, size: int) -> FileContent:
    """The number of pages, by PDFium: it opens what a reader's own viewer opens. Of a large file only its ends are looked at."""
    if size > REBUILT_UP_TO and not _has_table(stream, size):
        return FileContent("pdf", "damaged")
    try:
        import pypdfium2
    except ImportError:  # in a browser, for which there is none
        return FileContent("pdf")
    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError:
        return FileContent("pdf", "encrypted" if "password" in _refusal(stream) else "damaged")
    try:
        pages = len(document)
    finally:
        document.close()
    return FileContent("pdf", "" if pages else "no-pages", pages)


def _refusal(stream: BinaryIO) -> str:
    """Why PDFium does not open a file.

    Where it has no reason, as for one without pages, it tells that of the file before: what is no PDF goes before it.
    """
    import pypdfium2

    said = ""
    for source in (b"no PDF", stream):
        try:
            pypdfium2.PdfDocument(source).close()
        except pypdfium2.PdfiumError as error:
            said = str(error).lower()
    return said


def _has_table(stream: BinaryIO, size: int) -> bool:
    """Whether the file ends by saying where its table of contents stands, and one stands there."""
    stream.seek(max(size - _TAIL, 0))
    found = _START.findall(stream.read(_TAIL))
    if not found or int(found[-1]) >= size:
        return False
    stream.seek(int(found[-1]))
    return _TABLE.match(stream.read(64)) is not None
