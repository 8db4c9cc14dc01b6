"""Word's XML kinds, a whole .docx in one file and the older one of Word 2003: read without LibreOffice, and like a .docx."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
from pathlib import Path

import pytest

import clusterform
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import Severity
from clusterform.messages import in_language
from clusterform.parsers.container.package import open_form
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import RawDocument, Table
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from support.forms import clean, write
from support.reading import checked

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OLD = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
    'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" '
    'xmlns:aml="http://schemas.microsoft.com/aml/2001/core" xmlns:st1="urn:schemas-microsoft-com:office:smarttags"'
)
RENAMED = {"vMerge": "vmerge", "hMerge": "hmerge", "hAnsi=": "h-ansi=", "eastAsia=": "fareast="}


def flat(docx: bytes) -> str:
    """The file as Word's own Word XML document."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        for name in package.namelist():
            if name == "[Content_Types].xml":
                continue
            data = package.read(name)
            if not data.startswith(b"<"):
                continue
            xml = re.sub(r"<\?xml.*?\?>\s*", "", data.decode("utf-8"), count=1)
            kind = TYPES if name == "word/document.xml" else "application/xml"
            parts.append(
                f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
            )
    picture = base64.encodebytes(b"\x89PNG" + bytes(200)).decode()
    parts.append(
        f'<pkg:part pkg:name="/word/media/a.png" pkg:contentType="image/png"><pkg:binaryData>{picture}</pkg:binaryData></pkg:part>'
    )
    uri = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'{HEAD}<pkg:package xmlns:pkg="{uri}">{"".join(parts)}</pkg:package>'


def old_body(inner: str, more: str = "") -> str:
    return f"{HEAD}<w:wordDocument {OLD}{more}><w:body><wx:sect>{inner}</wx:sect></w:body></w:wordDocument>"


def of_2003(docx: bytes) -> str:
    """The file as Word 2003 XML."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        xml = package.read("word/document.xml").decode("utf-8")
    found = re.search(r"<w:body>(.*)</w:body>", xml, re.DOTALL)
    assert found is not None
    inner = found[1]
    for new, old in RENAMED.items():
        inner = inner.replace(new, old)
    return old_body(inner)


def read(text: str, path: Path) -> RawDocument:
    path.write_text(text, encoding="utf-8")
    return read_docx(open_form(path))


@pytest.mark.parametrize("form", ["application", "review"])
@pytest.mark.parametrize("kind", [flat, of_2003])
def test_the_same_answers(kind: type, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERFORM_SOFFICE", str(tmp_path / "none"))
    docx = write(form, clean(form))
    (tmp_path / "a.docx").write_bytes(docx)
    (tmp_path / "a.xml").write_text(str(kind(docx)), encoding="utf-8")
    one, other = (read_form(open_form(tmp_path / name), Settings()) for name in ("a.docx", "a.xml"))
    assert {k: (a.text, a.value) for k, a in one.answers.items()} == {
        k: (a.text, a.value) for k, a in other.answers.items()
    }
    report = checked(tmp_path / "a.xml")
    assert not [f for f in report.findings if f.severity is Severity.ERROR]
    (said,) = [f for f in report.findings if f.rule == "CF017"]
    assert "另存为 .docx" in said.message
    assert "LibreOffice" not in said.message


def test_merged_cells_of_2003(tmp_path: Path) -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"

    rows = [
        cell("甲", '<w:vmerge w:val="restart"/>') + cell("乙", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vmerge/>") + cell("丙") + cell("丁"),
    ]
    table = read(
        old_body(f"<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"), tmp_path / "a.doc"
    ).blocks[0]
    assert isinstance(table, Table)
    assert [[(c.text, c.row_span, c.column, c.column_span) for c in row] for row in table.rows] == [
        [("甲", 2, 0, 1), ("乙", 1, 1, 2)],
        [("丙", 1, 1, 1), ("丁", 1, 2, 1)],
    ]


def form_data(state: int, default: int) -> str:
    """FFData of a check box: its state or, by 25, its default ([MS-DOC] 2.9.78)."""
    name = "Check1"
    data = struct.pack("<IHHHH", 0xFFFFFFFF, 1 | state << 2, 0, 20, len(name))
    return base64.b64encode(
        data + f"{name}\0".encode("utf-16-le") + struct.pack("<H", default) + bytes(10)
    ).decode()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        (form_data(1, 0), "☑"),
        (form_data(0, 1), "□"),
        (form_data(25, 1), "☑"),
        (form_data(25, 0), "□"),
        ("/////2UAAAAUAAYAQwBoAGUAYwBrADEAAAABAAAAAAAAAA==", "☑"),
    ],
)
def test_check_boxes_of_2003(data: str, shown: str, tmp_path: Path) -> None:
    box = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData xml:space="preserve">{data}</w:fldData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read(old_body(f"<w:p>{box}<w:r><w:t>是</w:t></w:r></w:p>"), tmp_path / "a.xml")
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == [f"{shown}是"]


def test_revisions_comments_and_wrappers_of_2003(tmp_path: Path) -> None:
    inner = (
        '<w:p><aml:annotation aml:id="1" w:type="Word.Insertion"><aml:content><w:r><w:t>新</w:t></w:r></aml:content>'
        '</aml:annotation><aml:annotation aml:id="2" w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r>'
        '</aml:content></aml:annotation><aml:annotation aml:id="3" w:type="Word.Bookmark.Start" w:name="b"/>'
        "<st1:place><w:r><w:t>县</w:t></w:r></st1:place>"
        '<w:r><aml:annotation aml:id="4" w:type="Word.Comment"><aml:content><w:p><w:r><w:t>再核</w:t></w:r></w:p></aml:content>'
        "</aml:annotation></w:r></w:p><wx:sub-section><w:p><w:r>"
        '<w:rPr><w:rFonts w:ascii="Wingdings" w:h-ansi="Wingdings"/><wx:sym wx:font="Wingdings" wx:char="F0FE"/></w:rPr>'
        "<w:t>\uf0fe</w:t></w:r><w:r><w:t>是</w:t></w:r></w:p></wx:sub-section>"
    )
    document = read(old_body(inner, ' w:macrosPresent="yes"'), tmp_path / "a.xml")
    assert [b.text for b in document.blocks if not isinstance(b, Table)] == ["新县", "☑是"]
    found = {o.what: dict(o.facts) for o in document.observations}
    assert found["tracked-change"] == {"insertions": "1", "deletions": "1"}
    assert found["comment"] == {"count": "1"}
    assert in_language(found["active-content"]["what"], "en").startswith("macros")


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "<w:wordDocument/>",
        old_body("<w:p>"),
        f"{HEAD}<w:wordDocument {OLD}/>",
        f'{HEAD}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"/>',
        (
            f'{HEAD}<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/a.xml">'
            "<pkg:binaryData>!</pkg:binaryData></pkg:part></pkg:package>"
        ),
    ],
)
def test_damaged_ones_are_said_to_be(text: str, tmp_path: Path) -> None:
    path = tmp_path / "坏 文件.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as caught:
        read_docx(open_form(path))
    assert caught.value.what == "cannot-open"
    assert caught.value.zh
    assert caught.value.en


def test_no_copy_is_made_of_2003(tmp_path: Path) -> None:
    """What a check does not read, headers and pictures, would be lost."""
    path = tmp_path / "form.xml"
    path.write_text(of_2003(write("review")), encoding="utf-8")
    with pytest.raises(UsageError, match="Word 2003"):
        clusterform.annotate(path, tmp_path / "copy.docx")
