"""LibreOffice in tests: making files of other formats, laying parts on pages of their own, links to be left alone."""

from __future__ import annotations

import io
import os
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

FILTERS = {
    "doc": "MS Word 97",
    "docx": "MS Word 2007 XML",
    "odt": "writer8",
    "rtf": "Rich Text Format",
    "xls": "MS Excel 97",
    "ods": "calc8",
    "xlsx": "Calc MS Excel 2007 XML",
}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def saved_as(soffice: str, source: Path, ending: str, folder: Path) -> Path:
    """The .docx or .xlsx as LibreOffice saves it in another format."""
    command = [
        soffice,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
    ]
    command += [f"{ending}:{FILTERS[ending]}", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    made = folder / f"{source.stem}.{ending}"
    assert made.is_file()
    return made


def edited(docx: bytes, part: str, old: str, new: str) -> bytes:
    """The file with a text of one part replaced, which must stand there."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), 1)
            after.writestr(name, data)
    return held.getvalue()


def on_own_pages(docx: bytes, *headings: str) -> bytes:
    """The form with a page break before each of these headings."""
    for heading in headings:
        xml = f'<w:p><w:r><w:t xml:space="preserve">{heading}</w:t>'
        broken = xml.replace("<w:p>", "<w:p><w:pPr><w:pageBreakBefore/></w:pPr>")
        docx = edited(docx, "word/document.xml", xml, broken)
    return docx


def with_linked_picture(docx: bytes, address: str) -> bytes:
    """The form with a picture that is not inside but at this address."""
    size = '<wp:extent cx="914400" cy="914400"/><wp:docPr id="77" name="p"/>'
    blip = f'<a:blip xmlns:r="{_RELATION}" r:link="rIdFar"/>'
    shape = (
        '<pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr>'
        f"<pic:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    )
    picture = f'<pic:pic xmlns:pic="{_DRAWING}/picture">{shape}</pic:pic>'
    graphic = f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">{picture}</a:graphicData></a:graphic>'
    inline = f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing">{size}{graphic}</wp:inline>'
    run = f"<w:p><w:r><w:drawing>{inline}</w:drawing></w:r></w:p>"
    link = f'<Relationship Id="rIdFar" Type="{_RELATION}/image" Target="{address}" TargetMode="External"/>'
    docx = edited(docx, "word/document.xml", "<w:body>", f"<w:body>{run}")
    return edited(docx, "word/_rels/document.xml.rels", "</Relationships>", f"{link}</Relationships>")


@contextmanager
def counting_server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the paths that were asked of it."""
    asked: list[str] = []

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    server = HTTPServer(("127.0.0.1", 0), Counter)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def runs(pid: int) -> bool:
    """Whether a process still runs; one that has ended and was not yet asked for its status does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.is_file() or status.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
