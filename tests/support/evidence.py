"""Folders of evidence for tests: small files of every kind, and one for each item that a form needs."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusterform.evidence.needs import lines_needed
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from support.package import pack

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


def pdf(pages: int = 1, gap: int = 0, mark: str = "") -> tuple[bytes, int, bytes]:
    """A PDF as its beginning, how many bytes of nothing follow, and its end."""
    kids = " ".join(f"{n + 3} 0 R" for n in range(pages))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>",
        *("<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>" for _ in range(pages)),
    ]
    head = f"%PDF-1.7\n%{mark}\n".encode()
    tail, places = b"", []
    for number, body in enumerate(bodies, 1):
        places.append(len(head) + gap + len(tail))
        tail += f"{number} 0 obj{body}endobj\n".encode()
    start = len(head) + gap + len(tail)
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    tail += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    tail += f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return head, gap, tail


def pdf_bytes(pages: int = 1, mark: str = "") -> bytes:
    head, _, tail = pdf(pages, mark=mark)
    return head + tail


def sparse_pdf(path: Path, size: int, mark: str) -> None:
    """A right PDF of that size, of which the disk holds next to nothing."""
    head, _, tail = pdf(1, size, mark)
    with path.open("wb") as stream:
        stream.write(head)
        stream.seek(size, io.SEEK_CUR)
        stream.write(tail)


def docx_bytes(rows: int = 0) -> bytes:
    """A Word file; with a table of so many entries below its heads."""
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in ("序号", "名称"))
    lines = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{t}</w:t></w:r></w:p></w:tc>" for t in (n, f"第{n}项"))
        + "</w:tr>"
        for n in range(1, rows + 1)
    )
    body = f"<w:tbl><w:tr>{cells}</w:tr>{lines}</w:tbl>" if rows else "<w:p/>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return pack(f"<w:document {space}><w:body>{body}</w:body></w:document>")


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return held.getvalue()


def content(spec: Any, mark: str = "") -> bytes:
    """What a case says of a file: a kind, or a mapping with what is inside."""
    if isinstance(spec, Mapping):
        if "pages" in spec:
            return pdf_bytes(int(spec["pages"]), mark)
        if "rows" in spec:
            rows = "".join(f"{n},第{n}项\n" for n in range(1, int(spec["rows"]) + 1))
            return f"序号,名称\n{rows}".encode("gb18030")
        return str(spec["text"]).encode("utf-8")
    kinds = {
        "pdf": lambda: pdf_bytes(mark=mark),
        "locked": lambda: LOCKED,
        "empty": lambda: b"",
        "word": docx_bytes,
        "image": lambda: PNG,
        "zip": lambda: zip_bytes({"a.txt": mark.encode()}),
        "junk": lambda: bytes(range(256)) * 4,
    }
    return kinds[str(spec)]()


def make_folder(folder: Path, form: Path, spec: Mapping[str, Any]) -> None:
    """The folder of a case: `complete` puts a PDF for each box and row that needs one, named by its code."""
    if unknown := set(spec) - {"complete", "without", "files"}:
        raise KeyError(f"unknown keys of folder: {', '.join(sorted(unknown))}")
    files: dict[str, Any] = {}
    if spec.get("complete", True):
        needed = lines_needed(read_form(open_form(form), Settings()))
        files = {f"{line.code}.pdf": "pdf" for line in needed}
    for name in spec.get("without", ()):
        del files[name]
    files |= spec.get("files", {})
    folder.mkdir()
    for name, kind in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content(kind, name))


LOCKED = base64.b64decode(
    """
JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPGQ3MTkzZDA0ODc+Cj4+CmVuZG9iagoyIDAgb2JqCjw8Ci9UeXBl
IC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5cGUgL0NhdGFsb2cKL1BhZ2Vz
IDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJjZXMgPDwKPj4KL01lZGlhQm94IFsgMC4wIDAu
MCA5OSA5OSBdCi9QYXJlbnQgMiAwIFIKPj4KZW5kb2JqCjUgMCBvYmoKPDwKL1YgMgovUiAzCi9MZW5ndGggMTI4Ci9QIDQyOTQ5
NjcyOTIKL0ZpbHRlciAvU3RhbmRhcmQKL08gPDBlNTIyOTI1YTNlNGU4NzRjM2NmYWNiZWY1MTFhNzNhYzRlYzJiZDg2NWRjZDNk
NDYyNzYxNDkxN2FiZmQ3ZTQ+Ci9VIDxkM2MwY2ZlMjY5OWIwMjk1M2I0ZjNjMzUyMDQ2NDY5NTI4YmY0ZTVlNGU3NThhNDE2NDAw
NGU1NmZmZmEwMTA4Pgo+PgplbmRvYmoKeHJlZgowIDYKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAw
MDAwMDAwNTkgMDAwMDAgbiAKMDAwMDAwMDExOCAwMDAwMCBuIAowMDAwMDAwMTY3IDAwMDAwIG4gCjAwMDAwMDAyNTkgMDAwMDAg
biAKdHJhaWxlcgo8PAovU2l6ZSA2Ci9Sb290IDMgMCBSCi9JbmZvIDEgMCBSCi9JRCBbIDxjYjY2YTUxMDQxZjVhNDc1M2RiN2I4
ZGJjYjFlYTUwMz4gPGNiNjZhNTEwNDFmNWE0NzUzZGI3YjhkYmNiMWVhNTAzPiBdCi9FbmNyeXB0IDUgMCBSCj4+CnN0YXJ0eHJl
Zgo0NzQKJSVFT0YK
"""
)
"""A PDF that asks for a password."""
