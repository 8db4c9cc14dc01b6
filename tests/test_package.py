"""What may be opened and what not: every refusal names its kind and says what to do, in both languages."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.support import ooxml as x

from clusterform.errors import UnreadableError, UsageError
from clusterform.parsers.container import xml_part
from clusterform.parsers.container.package import Gate, open_package
from clusterform.parsers.container.sniff import ForeignFormatError, format_name
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import Paragraph

GOOD = x.docx(x.p("正文"))


def refusal(data: bytes | Path, gate: Gate | None = None) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_docx(open_package(data, gate or Gate()))
    error = caught.value
    assert error.zh.endswith("。")
    assert error.en.endswith(".")
    assert error.exit_code == 3
    return error


def text_of(data: bytes | Path) -> str:
    return "\n".join(b.text for b in read_docx(open_package(data)).blocks if isinstance(b, Paragraph))


def cfb(*names: str) -> bytes:
    """The smallest OLE container with these names in its directory: header, FAT, one directory sector for each four."""
    entries = ["Root Entry", *names]
    blocks = -(-len(entries) // 4)
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<HHHH", header, 26, 3, 0xFFFE, 9, 6)
    struct.pack_into("<III", header, 44, 1, 1, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    chain = [*range(2, blocks + 1), 0xFFFFFFFE]
    fat = struct.pack("<128I", 0xFFFFFFFD, *chain, *[0xFFFFFFFF] * (127 - blocks))
    directory = b""
    for name in entries:
        letters = (name + "\0").encode("utf-16-le")
        directory += letters.ljust(64, b"\0") + struct.pack("<H", len(letters)) + bytes(62)
    return bytes(header) + fat + directory.ljust(blocks * 512, b"\0")


def odf(kind: str) -> bytes:
    return x.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"})


WORD_XML = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
SHEET_XML = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("doc", cfb("1Table", "WordDocument")),
        ("doc", cfb("a", "b", "c", "d", "e", "WordDocument")),
        ("xls", cfb("Workbook")),
        ("xls", cfb("ETExtData", "Book")),
        ("works", cfb("MatOST")),
        ("pdf", b"%PDF-1.7\n"),
        ("pdf", b"junk\n%PDF-1.4\n"),
        ("rtf", rb"{\rtf1\ansi}"),
        ("wordml", WORD_XML.encode()),
        ("wordml", WORD_XML.encode("utf-16")),
        ("excelml", SHEET_XML.encode()),
        ("html", b"\xef\xbb\xbf<html><body></body></html>"),
        ("html", b"<!DOCTYPE html><html></html>"),
        ("mht", b"MIME-Version: 1.0\nContent-Type: multipart/related\n"),
        ("odt", odf("text")),
        ("ods", odf("spreadsheet")),
        ("ofd", x.zipped({"OFD.xml": "<a/>", "Doc_0/Document.xml": "<a/>"})),
        (
            "xlsb",
            x.zipped(
                {
                    "[Content_Types].xml": x.types("/xl/workbook.bin", BINARY),
                    "_rels/.rels": x.relationships(("rId1", "officeDocument", "xl/workbook.bin")),
                    "xl/workbook.bin": b"\x00",
                }
            ),
        ),
    ],
)
def test_foreign_formats_are_named_by_content(kind: str, data: bytes) -> None:
    error = refusal(data)
    assert isinstance(error, ForeignFormatError)
    assert (error.what, error.format) == ("foreign-format", kind)
    assert format_name(kind).zh in error.zh


def test_encrypted() -> None:
    error = refusal(cfb("EncryptionInfo", "EncryptedPackage"))
    assert error.what == "encrypted"
    assert "密码" in error.zh
    held = bytearray(GOOD)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = held.find(signature)
        held[at + flags] |= 1
    assert refusal(bytes(held)).what == "encrypted"


@pytest.mark.parametrize(
    ("data", "piece"),
    [
        (b"", "空"),
        (b"PK\x05\x06" + bytes(18), "空压缩包"),
        ("只是文字".encode(), "纯文本"),
        (b"\x01" + bytes(161), "临时文件"),
        (b"\x00\x01\x02" * 400, "损坏"),
        (GOOD[: len(GOOD) // 2], "损坏"),
        (GOOD[:40], "损坏"),
        (cfb("PowerPoint Document"), "演示文稿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "损坏"),
        (x.zipped({"readme.txt": "x"}), "没有 Word"),
        (x.zipped({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
        (x.docx("", {"word/document.xml": "<w:document>"}), "XML 有误"),
        (x.docx("", {"word/document.xml": b"\xff\xfe<\x00?\x00x"}), "编码有误"),
        (x.docx("", {"WORD/DOCUMENT.XML": "<a/>"}), "重名"),
        (x.docx("", {"word\\document.xml": "<a/>"}), "重名"),
    ],
)
def test_cannot_open(data: bytes, piece: str) -> None:
    error = refusal(data)
    assert error.what == "cannot-open"
    assert piece in error.zh


def test_a_damaged_part_cannot_be_opened() -> None:
    held = bytearray(GOOD)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        info = package.getinfo("word/document.xml")
    start = info.header_offset + 30 + len(info.filename)
    held[start + 5 : start + 40] = bytes(35)
    assert refusal(bytes(held)).what == "cannot-open"


DTD = '<!DOCTYPE w:document [<!ENTITY a "b">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("before", ["", "<!-- <w:p> -->\n", "<?pi x?>"])
def test_dtds_are_refused_in_any_encoding(encoding: str, before: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding.removesuffix("-le").removesuffix("-be")
    xml = f'<?xml version="1.0" encoding="{declared}"?>{before}{DTD}' + x.document("").partition("?>")[2]
    error = refusal(x.docx("", {"word/document.xml": xml.encode(encoding)}))
    assert error.what == "cannot-open"
    assert "DTD" in error.zh


def test_text_that_names_a_dtd_is_no_dtd() -> None:
    assert text_of(x.docx(x.p("<w:r><w:t><![CDATA[<!DOCTYPE html>]]></w:t></w:r>"))) == "<!DOCTYPE html>"


def test_a_zip_bomb_is_stopped() -> None:
    bomb = x.docx("", {"word/document.xml": x.document(" " * 12_000_000)})
    assert len(bomb) < 100_000
    assert refusal(bomb).what == "over-limits"


def test_headers_that_lie_do_not_help() -> None:
    held = bytearray(x.docx("", {"word/document.xml": x.document(" " * 12_000_000)}))
    at = held.rfind(b"PK\x01\x02")
    while struct.unpack_from("<I", held, at + 24)[0] < 12_000_000:
        at = held.rfind(b"PK\x01\x02", 0, at)
    struct.pack_into("<I", held, at + 24, 500)
    assert refusal(bytes(held)).what == "cannot-open"


@pytest.mark.parametrize(
    "gate",
    [Gate(members=2), Gate(total=1000), Gate(part=100), Gate(ratio=1, ratio_above=10)],
    ids=repr,
)
def test_each_limit(gate: Gate) -> None:
    assert refusal(x.docx(x.p("长" * 2000)), gate).what == "over-limits"


def test_too_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_part, "MAX_MARKUP", 1000)
    assert refusal(x.docx(x.p("") * 500)).what == "over-limits"


def test_entities_and_depth() -> None:
    deep = "<w:sdt>" * 400 + "</w:sdt>" * 400
    assert refusal(x.docx(deep)).what == "over-limits"
    assert refusal(x.docx("<w:p>&undefined;</w:p>")).what == "cannot-open"


def test_names_in_any_case_and_with_backslashes() -> None:
    parts = {
        "[content_types].xml": x.types("/Word/Document.XML"),
        "\\_RELS\\.rels": x.relationships(("rId1", "officeDocument", "/WORD/document.xml")),
        "/word/": "",
        "word\\DOCUMENT.xml": x.document(x.p("读到")),
    }
    assert text_of(x.zipped(parts)) == "读到"


def test_the_main_part_is_found_without_its_relationship() -> None:
    body = x.document(x.p("读到"))
    assert text_of(x.zipped({"word/document.xml": body})) == "读到"
    assert text_of(x.zipped({"[Content_Types].xml": x.types("/a/main.xml"), "a/main.xml": body})) == "读到"
    elsewhere = {
        "_rels/.rels": x.relationships(("rId1", "officeDocument", "text/body.xml")),
        "text/body.xml": body,
    }
    assert text_of(x.zipped(elsewhere)) == "读到"


def test_dangling_relationships_do_no_harm() -> None:
    links = x.relationships(
        ("rId1", "styles", "none.xml"), ("rId2", "image", "media/none.png"), ("rId3", "numbering", "#b")
    )
    assert text_of(x.docx(x.p("读到"), {"word/_rels/document.xml.rels": links})) == "读到"


def test_strict_files_are_read() -> None:
    def strict(xml: str) -> str:
        return xml.replace(x.W, "http://purl.oclc.org/ooxml/wordprocessingml/main").replace(
            x.R, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )

    table = x.tbl(x.tr("甲", x.tc(x.p(x.sdt(x.run("☒"), x.w14("1")), "是"))))
    parts = {name: strict(str(data)) for name, data in x.parts(x.p("正文") + table).items()}
    document = read_docx(open_package(x.zipped(parts)))
    assert [getattr(b, "text", None) for b in document.blocks] == ["正文", None]


@pytest.mark.parametrize("kind", ["document.macroEnabled", "template.macroEnabledTemplate"])
def test_macro_and_template_kinds_are_read(kind: str) -> None:
    content_type = f"application/vnd.ms-word.{kind}.main+xml"
    assert text_of(x.docx(x.p("读到"), {"[Content_Types].xml": x.types(content_type=content_type)})) == "读到"


def test_workbooks_are_told_from_documents() -> None:
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": x.types("/xl/workbook.xml", content_type),
        "_rels/.rels": x.relationships(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": "<workbook/>",
    }
    package = open_package(x.zipped(parts))
    assert (package.kind, package.main) == ("xlsx", "xl/workbook.xml")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read(encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    xml = x.document(x.p("集群")).replace("UTF-8", declared)
    assert text_of(x.docx("", {"word/document.xml": xml.encode(encoding)})) == "集群"


def test_junk_before_the_zip_is_passed_over() -> None:
    assert text_of(b"junk" * 9 + GOOD) == "正文"


def test_paths(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        open_package(tmp_path)
    with pytest.raises(UsageError):
        open_package(tmp_path / "none.docx")
    path = tmp_path / "表.docx"
    path.write_bytes(GOOD)
    path.chmod(0o444)
    package = open_package(path)
    assert (package.kind, package.sha256) == ("docx", hashlib.sha256(GOOD).hexdigest())
    assert path.read_bytes() == GOOD


def test_a_file_the_system_withholds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(GOOD)

    def refuse(_: Path, _mode: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(path).what == "cannot-open"


def test_only_the_parts_needed_are_inflated() -> None:
    held = bytearray(x.docx(x.p("正文"), {"word/media/a.bin": bytes(range(256)) * 40}))
    with zipfile.ZipFile(io.BytesIO(bytes(held))) as package:
        info = package.getinfo("word/media/a.bin")
    start = info.header_offset + 30 + len(info.filename)
    held[start : start + 30] = b"\xff" * 30
    assert text_of(bytes(held)) == "正文"
