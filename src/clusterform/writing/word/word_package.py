"""A Word file round a body. Written directly: python-docx knows no content controls and stamps the time into the file."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from clusterform.parsers.origin import MARK, PROPERTIES
from clusterform.writing.word.controls import PROMPTS, run
from clusterform.writing.word.markup import HEAD, element, plain, val
from clusterform.writing.word.word_styles import MAIN, font_table_xml, styles_xml

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_RELATIONS = f"{_OFFICE}/relationships"
_TYPES = {
    "/word/document.xml": f"{_WORD}.document.main+xml",
    "/word/styles.xml": f"{_WORD}.styles+xml",
    "/word/settings.xml": f"{_WORD}.settings+xml",
    "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "/word/footer1.xml": f"{_WORD}.footer+xml",
    "/word/glossary/document.xml": f"{_WORD}.document.glossary+xml",
    "/word/glossary/styles.xml": f"{_WORD}.styles+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    f"/{PROPERTIES}": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
_LINKS = {
    "": (
        ("officeDocument", "word/document.xml"),
        ("extended-properties", "docProps/app.xml"),
        ("custom-properties", PROPERTIES),
    ),
    "word/document.xml": (
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("footer", "footer1.xml"),
        ("glossaryDocument", "glossary/document.xml"),
    ),
    "word/glossary/document.xml": (("styles", "styles.xml"),),
}
FOOTER_LINK = "rId4"


def word_file(body: str, title: str, mark: str, day: date) -> bytes:
    """The .docx with this body; `mark` names the blank, `day` stands as its date. The same bytes every time."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(body, title, mark, day).items():
            item = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0  # else the system that wrote it stands in the file
            package.writestr(item, text.encode("utf-8"))
    return held.getvalue()


def _parts(body: str, title: str, mark: str, day: date) -> dict[str, str]:
    document = element("w:document", element("w:body", body), **_spaces())
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _links(
            "", (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml")
        ),
        "word/document.xml": HEAD + document,
        "word/_rels/document.xml.rels": _links("word/document.xml"),
        "word/styles.xml": styles_xml(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": font_table_xml(),
        "word/footer1.xml": _footer(),
        "word/glossary/document.xml": _glossary(),
        "word/glossary/_rels/document.xml.rels": _links("word/glossary/document.xml"),
        "word/glossary/styles.xml": styles_xml(),
        "docProps/core.xml": _core(title, day),
        "docProps/app.xml": HEAD
        + element(
            "Properties", element("Application", "clusterform"), xmlns=f"{_OFFICE}/extended-properties"
        ),
        PROPERTIES: _custom(mark),
    }


def _spaces() -> dict[str, str]:
    return {"xmlns_w": MAIN, "xmlns_r": _RELATIONS, "xmlns_w14": _W14, "xmlns_mc": _MC, "mc_Ignorable": "w14"}


def _content_types() -> str:
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = element("Default", Extension="rels", ContentType=relations) + element(
        "Default", Extension="xml", ContentType="application/xml"
    )
    named = "".join(element("Override", PartName=name, ContentType=kind) for name, kind in _TYPES.items())
    return HEAD + element("Types", defaults, named, xmlns=f"{_PACKAGE}/content-types")


def _links(part: str, *more: tuple[str, str]) -> str:
    links = (*((f"{_RELATIONS}/{kind}", target) for kind, target in _LINKS[part]), *more)
    made = (
        element("Relationship", Id=f"rId{number}", Type=kind, Target=target)
        for number, (kind, target) in enumerate(links, start=1)
    )
    return HEAD + element("Relationships", *made, xmlns=f"{_PACKAGE}/relationships")


def _settings() -> str:
    """Compatibility mode 15: Word 2013 and later lay it out as their own, and the boxes can be clicked."""
    mode = element(
        "w:compatSetting",
        w_name="compatibilityMode",
        w_uri="http://schemas.microsoft.com/office/word",
        w_val=15,
    )
    return HEAD + element(
        "w:settings",
        element("w:zoom", w_percent=100),
        val("w:defaultTabStop", 420),
        val("w:characterSpacingControl", "compressPunctuation"),
        element("w:compat", mode),
        element("w:themeFontLang", w_val="en-US", w_eastAsia="zh-CN"),
        xmlns_w=MAIN,
    )


def _footer() -> str:
    """The page's number between dashes, as official documents have it."""
    page = element("w:fldSimple", run("1"), w_instr=" PAGE ")
    paragraph = element("w:p", element("w:pPr", val("w:jc", "center")), run("— "), page, run(" —"))
    return HEAD + element("w:ftr", paragraph, **_spaces())


def _glossary() -> str:
    """What a control shows when its answer is deleted again; without this Word puts a sentence of its own there."""
    parts = (_prompt(number, name, shown) for number, (name, shown) in enumerate(PROMPTS.items()))
    return HEAD + element("w:glossaryDocument", element("w:docParts", *parts), **_spaces())


def _prompt(number: int, name: str, shown: str) -> str:
    about = element(
        "w:docPartPr",
        val("w:name", name),
        element("w:category", val("w:name", "General"), val("w:gallery", "placeholder")),
        element("w:types", val("w:type", "bbPlcHdr")),
        element("w:behaviors", val("w:behavior", "content")),
        val("w:guid", f"{{77202500-0C1F-4B1A-9C77-C1A57E4F0A7{number}}}"),
    )
    return element("w:docPart", about, element("w:docPartBody", element("w:p", run(shown))))


def _core(title: str, day: date) -> str:
    when = f"{day.isoformat()}T00:00:00Z"
    times = (element(f"dcterms:{name}", when, xsi_type="dcterms:W3CDTF") for name in ("created", "modified"))
    return HEAD + element(
        "cp:coreProperties",
        element("dc:title", plain(title)),
        element("dc:creator", "clusterform"),
        *times,
        xmlns_cp=f"{_PACKAGE}/metadata/core-properties",
        xmlns_dc="http://purl.org/dc/elements/1.1/",
        xmlns_dcterms="http://purl.org/dc/terms/",
        xmlns_xsi="http://www.w3.org/2001/XMLSchema-instance",
    )


def _custom(mark: str) -> str:
    held = element("vt:lpwstr", plain(mark))
    item = element("property", held, fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}", pid=2, name=MARK)
    return HEAD + element(
        "Properties",
        item,
        xmlns=f"{_OFFICE}/custom-properties",
        xmlns_vt=f"{_OFFICE}/docPropsVTypes",
    )
