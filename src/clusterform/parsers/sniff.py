"""What kind of file the bytes are, whatever the name's ending says."""

from __future__ import annotations

import struct

from clusterform.errors import UnreadableError
from clusterform.parsers.refusals import encrypted

_ZIP_START, _ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = b"\xec\xa5"
"""How the main stream of a .doc begins."""
_HEAD = 4096
_OWNER_FILES = (162, 165)
"""Bytes of the ~$ lock file that Word and Excel leave beside an open document."""

_SAVE_AS = (
    "请用 WPS 或 Word 打开后另存为 .docx（表格文件另存为 .xlsx）",
    "Open it in Word or WPS and save it as .docx (.xlsx for a sheet)",
)
_NOT_A_FORM = ("请提交可编辑的 .docx 或 .xlsx 原件", "Submit the editable .docx or .xlsx itself")
FOREIGN: dict[str, tuple[str, str, tuple[str, str]]] = {
    # format: what it is called, in both languages, and what to do
    "doc": (
        "旧版 Word 文档（.doc）或 WPS 文字文档（.wps）",
        "an old Word (.doc) or WPS Writer (.wps) document",
        _SAVE_AS,
    ),
    "xls": (
        "旧版 Excel 工作簿（.xls）或 WPS 表格（.et）",
        "an old Excel (.xls) or WPS Spreadsheets (.et) workbook",
        _SAVE_AS,
    ),
    "works": (
        "微软 Works 的文档（与金山 WPS 的 .wps 同名，但不是同一种格式）",
        "a Microsoft Works document (its .wps is not Kingsoft's)",
        (
            "请把内容填入官方 Word 表格，保存为 .docx",
            "Fill its content into the official Word form, saved as .docx",
        ),
    ),
    "xlsb": ("二进制 Excel 工作簿（.xlsb）", "a binary Excel workbook (.xlsb)", _SAVE_AS),
    "wordml": ("Word 2003 XML 文档", "a Word 2003 XML document", _SAVE_AS),
    "wordflat": ("Word XML 文档", "a Word XML document", _SAVE_AS),
    "excelml": ("Excel 2003 XML 表格", "an Excel 2003 XML sheet", _SAVE_AS),
    "rtf": ("RTF 文档", "an RTF document", _SAVE_AS),
    "odt": ("OpenDocument 文档（.odt）", "an OpenDocument text (.odt)", _SAVE_AS),
    "ods": ("OpenDocument 表格（.ods）", "an OpenDocument sheet (.ods)", _SAVE_AS),
    "html": ("网页（HTML）", "a web page (HTML)", _SAVE_AS),
    "mht": ("单个文件网页（.mht）", "a web archive (.mht)", _SAVE_AS),
    "pdf": ("PDF 文件", "a PDF file", _NOT_A_FORM),
    "ofd": ("OFD 版式文件", "an OFD file", _NOT_A_FORM),
}
XML_KINDS = frozenset({"wordflat", "wordml"})
"""Formats that hold what a .docx holds, and are read without LibreOffice."""


class ForeignFormatError(UnreadableError):
    """A file of another program or an older one; `format` is a key of FOREIGN."""

    def __init__(self, kind: str, more: tuple[str, str] = ("", "")) -> None:
        zh, en, (do_zh, do_en) = FOREIGN[kind]
        super().__init__(
            "foreign-format",
            f"实际上是{zh}。{do_zh}，再重新检查。{more[0]}",
            f"The file is in fact {en}. {do_en}, then check again. {more[1]}".rstrip(),
        )
        self.format = kind


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
    again_zh, again_en = (
        "请用 WPS 或 Word 重新打开原件，另存为 .docx 或 .xlsx",
        "Open the original in Word or WPS and save it as .docx or .xlsx",
    )
    if not data:
        reason = (
            "文件是空的（0 字节），可能没有保存或复制完整",
            "The file is empty (0 bytes): it was not saved or copied whole",
        )
    elif data.startswith(_ZIP_END):
        reason = ("文件里什么也没有（空压缩包）", "There is nothing inside (an empty zip)")
    elif len(data) in _OWNER_FILES and b"\x00" in data:
        reason = (
            "这是 Word 或 WPS 打开文件时生成的临时文件（~$ 开头），不是表格本身",
            "This is the lock file (~$) that Word or WPS leaves, not the form",
        )
        again_zh, again_en = "请关闭文档后提交原文件", "Close the document and submit the file itself"
    elif b"\x00" in head:
        reason = (
            "文件内容已损坏，或不是 Word、Excel 文件",
            "The content is damaged, or is no Word or Excel file",
        )
    else:
        reason = (
            "内容是纯文本，只是名字像 Word 或 Excel 文件",
            "It is plain text that is only named like a Word or Excel file",
        )
    return UnreadableError(
        "cannot-open", f"{reason[0]}。{again_zh}，再重新检查。", f"{reason[1]}. {again_en}, then check again."
    )


def _of_cfb(data: bytes) -> UnreadableError:
    """What an OLE container holds, by the names in its directory ([MS-CFB] 2.6)."""
    streams = _cfb_streams(data)
    names = set(streams)
    if names & {"encryptedpackage", "encryptioninfo"} or _locked(streams.get("worddocument", b"")):
        return encrypted()
    for kind, telling in (
        ("doc", {"worddocument"}),
        ("xls", {"workbook", "book"}),
        ("works", {"matost", "contents", "mm", "mn0"}),
    ):
        if names & telling:
            return ForeignFormatError(kind)
    return UnreadableError(
        "cannot-open",
        "文件不是 Word 或 Excel 文件（可能是演示文稿、邮件或已损坏的旧版文件）。请用 WPS 或 Word "
        "打开原件，另存为 .docx 或 .xlsx，再重新检查。",
        "This is no Word or Excel file (slides, mail, or a damaged old file). Save the original as "
        ".docx or .xlsx, then check again.",
    )


def cfb_kind(data: bytes) -> str:
    """What an OLE container is, for whom any Office file will do: doc, xls, ppt, encrypted, or empty for another."""
    streams = _cfb_streams(data)
    if streams.keys() & {"encryptedpackage", "encryptioninfo"} or _locked(streams.get("worddocument", b"")):
        return "encrypted"
    telling = {"worddocument": "doc", "workbook": "xls", "book": "xls", "powerpoint document": "ppt"}
    return next((kind for name, kind in telling.items() if name in streams), "")


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
