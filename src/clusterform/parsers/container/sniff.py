"""What kind of file the bytes are, whatever the name's ending says."""

from __future__ import annotations

import struct

from clusterform.errors import UnreadableError
from clusterform.messages import Text
from clusterform.parsers.container.refusals import encrypted

_ZIP_START, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = b"\xec\xa5"
"""How the main stream of a .doc begins."""
_HEAD = 4096
_OWNER_FILES = (162, 165)
"""Bytes of the ~$ lock file that Word and Excel leave beside an open document."""

_SAVE_AS, _SUBMIT_ORIGINAL, _FILL_OFFICIAL = (
    "advice.save-as",
    "advice.submit-original",
    "advice.fill-official",
)
_ADVICE = {
    **dict.fromkeys(("doc", "xls", "xlsb", "wordml", "wordflat", "excelml"), _SAVE_AS),
    **dict.fromkeys(("rtf", "odt", "ods", "html", "mht"), _SAVE_AS),
    **dict.fromkeys(("pdf", "ofd"), _SUBMIT_ORIGINAL),
    "works": _FILL_OFFICIAL,
}
"""By format, what to do with such a file."""
XML_KINDS = frozenset({"wordflat", "wordml"})
"""Formats that hold what a .docx holds, and are read without LibreOffice."""


class ForeignFormatError(UnreadableError):
    """A file of another program or an older one; `format` is its short name."""

    def __init__(self, kind: str, *, convertible: bool = False) -> None:
        key = "file.convertible" if convertible else "file.foreign"
        super().__init__("foreign-format", key, format=format_name(kind), advice=Text(_ADVICE[kind]))
        self.format = kind


def format_name(kind: str) -> Text:
    return Text(f"format.{kind}")


def require_zip(data: bytes) -> None:
    """Returns where the bytes are a zip; UnreadableError that says what they are where they are not."""
    if data.startswith(_ZIP_START):
        return
    head = data[:_HEAD]
    if data.startswith(_CFB):
        raise _of_cfb(data)
    kind = foreign_by_head(head)
    if kind is not None:
        raise ForeignFormatError(kind)
    if _ZIP_END in data[-65_557:] and not data.startswith(
        _ZIP_END
    ):  # a zip behind other bytes: readable all the same
        return
    raise _nothing(data, head)


def foreign_by_head(head: bytes) -> str | None:
    """The format that the first bytes tell; a PDF and a mail may have junk before them."""
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    xml = text.startswith(b"<?xml")
    signs = {
        "pdf": b"%pdf-" in text[:1024],
        "rtf": text.startswith(b"{\\rtf"),
        "mht": b"mime-version:" in text[:512],
        "wordflat": xml and b"office/2006/xmlpackage" in text,
        "wordml": xml and (b'progid="word.document"' in text or b"office/word/2003/wordml" in text),
        "excelml": xml and (b'progid="excel.sheet"' in text or b"office:spreadsheet" in text),
        "html": text.startswith((b"<head", b"<table")) or b"<html" in text[:1024],
    }
    return next((kind for kind, holds in signs.items() if holds), None)


def _nothing(data: bytes, head: bytes) -> UnreadableError:
    advice = "advice.save-again"
    if not data:
        reason = "content.none"
    elif data.startswith(_ZIP_END):
        reason = "container.empty"
    elif len(data) in _OWNER_FILES and b"\x00" in data:
        reason = "content.lock-file"
        advice = "advice.close"
    elif b"\x00" in head:
        reason = "content.damaged"
    else:
        reason = "content.plain-text"
    return UnreadableError("cannot-open", "file.nothing", reason=Text(reason), advice=Text(advice))


def _of_cfb(data: bytes) -> UnreadableError:
    kinds = cfb_kinds(data)
    if "encrypted" in kinds:
        return encrypted()
    kind = next((kind for kind in kinds if kind in _ADVICE), None)
    return (
        UnreadableError("cannot-open", "file.other-container") if kind is None else ForeignFormatError(kind)
    )


_STREAMS = {
    "worddocument": "doc",
    **dict.fromkeys(("workbook", "book"), "xls"),
    "powerpoint document": "ppt",
    **dict.fromkeys(("matost", "contents", "mm", "mn0"), "works"),
}
"""By the name of a stream, the program whose file has it."""


def cfb_kinds(data: bytes) -> list[str]:
    """What an OLE container may be, by the names in its directory ([MS-CFB] 2.6), the likeliest first; encrypted and no more."""
    streams = _cfb_streams(data)
    if streams.keys() & {"encryptedpackage", "encryptioninfo"} or _locked(streams.get("worddocument", b"")):
        return ["encrypted"]
    return [kind for name, kind in _STREAMS.items() if name in streams]


def _locked(stream: bytes) -> bool:
    """Whether an old Word document has a password: bit fEncrypted of its header ([MS-DOC] 2.5.2)."""
    return len(stream) >= 12 and stream[:2] == _WORD and bool(stream[11] & 0x01)


def _cfb_streams(data: bytes) -> dict[str, bytes]:
    """The names in the directory of an OLE container, lower case, each with the first sector of its stream.

    Those that can be reached where the container is damaged.
    """
    try:
        shift, first = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
        size = 1 << shift
        fat = [
            entry
            for sector in struct.unpack_from("<109I", data, 76)
            if sector < 0xFFFFFFFA and (sector + 2) * size <= len(data)
            for entry in struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
        ]
    except struct.error:
        return {}
    starts: dict[str, int] = {}
    seen: set[int] = set()
    sector = first
    while sector < 0xFFFFFFFA and sector not in seen:
        seen.add(sector)
        starts |= _entries(data[(sector + 1) * size : (sector + 2) * size])
        sector = fat[sector] if sector < len(fat) else 0xFFFFFFFE
    return {name: data[(start + 1) * size : (start + 2) * size] for name, start in starts.items()}


def _entries(block: bytes) -> dict[str, int]:
    """Each name with the number of its first sector.

    Entries are 128 bytes: 64 of UTF-16 name, its length in bytes with the closing zero; the sector stands at 116. A
    stream under 4096 bytes counts in other sectors, but Word's main stream always has more.
    """
    found = {}
    for at in range(0, len(block) - 127, 128):
        length = struct.unpack_from("<H", block, at + 64)[0]
        if 2 <= length <= 64:
            name = block[at : at + length - 2].decode("utf-16-le", "replace").casefold()
            found[name] = struct.unpack_from("<I", block, at + 116)[0]
    return found
