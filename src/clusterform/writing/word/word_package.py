"""A Word file round a body, its other parts as they are under templates/word/.

Written directly: python-docx knows no content controls and stamps the time into the file.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from string import Template

from clusterform.data_files import templates_file
from clusterform.parsers.container.extras import PROPERTIES
from clusterform.writing.word.controls import plain

FOOTER_LINK = "rId4"
_STYLES, _GLOSSARY_STYLES = "word/styles.xml", "word/glossary/styles.xml"
_PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/document.xml",
    "word/_rels/document.xml.rels",
    _STYLES,
    "word/settings.xml",
    "word/fontTable.xml",
    "word/footer1.xml",
    "word/glossary/document.xml",
    "word/glossary/_rels/document.xml.rels",
    _GLOSSARY_STYLES,
    "docProps/core.xml",
    "docProps/app.xml",
    PROPERTIES,
)
"""In the order they stand in the file."""


def word_file(body: str, title: str, mark: str, day: date) -> bytes:
    """The .docx with this body; `mark` names the blank, `day` stands as its date. The same bytes every time."""
    facts = {"body": body, "title": plain(title), "mark": plain(mark), "day": day.isoformat()}
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name in _PARTS:
            item = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0  # else the system that wrote it stands in the file
            package.writestr(item, Template(_part(name)).substitute(facts).encode("utf-8"))
    return held.getvalue()


def _part(name: str) -> str:
    """The part without the line breaks and spaces that make it readable; only its first line ends with one."""
    file = templates_file("word", *(_STYLES if name == _GLOSSARY_STYLES else name).split("/"))
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    return f"{head}\n" + "".join(line.strip() for line in lines)
