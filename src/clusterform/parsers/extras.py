"""What any Office file may hold beside its answers, and how it is said: active content, hidden text, a conversion."""

from __future__ import annotations

from clusterform.answers import Observation
from clusterform.finding import Location
from clusterform.parsers.package import Package
from clusterform.parsers.sniff import FOREIGN, XML_KINDS

_PARTS = (
    # piece of a part's name, what it is called in both languages
    ("vbaproject.bin", "宏（VBA 程序）", "macros (VBA)"),
    ("/activex/", "ActiveX 控件", "ActiveX controls"),
    ("/embeddings/", "嵌入的其他文件（OLE 对象）", "embedded files (OLE objects)"),
)
_LINKS = {
    "attachedTemplate": ("链接到外部的文档模板", "a link to a template outside the file"),
    "image": ("链接到外部的图片", "pictures linked from outside the file"),
    "oleObject": ("链接到外部的对象（OLE）", "objects linked from outside the file (OLE)"),
    "frame": ("链接到外部的网页框架", "web frames from outside the file"),
    "subDocument": ("链接到外部的子文档", "subdocuments outside the file"),
    "externalLinkPath": ("链接到其他工作簿的公式", "formulas that link to other workbooks"),
    "xlExternalLinkPath": ("链接到其他工作簿的公式", "formulas that link to other workbooks"),
}
_SHOWN = 60
"""Characters of hidden or struck text that a finding shows."""


def conversion(package: Package) -> list[Observation]:
    """That what was read is not the file itself, but what LibreOffice made of it, or the same in another dress."""
    if package.origin is None:
        return []
    zh, en, _ = FOREIGN[package.origin.format]
    what = "repacked" if package.origin.format in XML_KINDS else "converted"
    facts = {"format_zh": zh, "format_en": en}
    return [Observation(what, facts=facts | ({"variant": "workbook"} if package.kind == "xlsx" else {}))]


def active_content(package: Package) -> list[tuple[str, str]]:
    """What may run or be fetched when the file is opened, each kind once, in both languages."""
    names = ["/" + name for name in package.names]
    found = [(zh, en) for piece, zh, en in _PARTS if any(piece in name for name in names)]
    kinds = {link.kind for part in _linking(package) for link in package.relationships(part) if link.external}
    return found + list(dict.fromkeys(words for kind, words in _LINKS.items() if kind in kinds))


def _linking(package: Package) -> list[str]:
    """The parts that have relationships."""
    pieces = (name.partition("_rels/") for name in package.names if name.endswith(".rels"))
    return [before + after.removesuffix(".rels") for before, _, after in pieces if after != ".rels"]


def active(zh: str, en: str) -> Observation:
    """Something that may run or be fetched."""
    return Observation("active-content", value=zh, facts={"what_zh": zh, "what_en": en})


def shortened(text: str) -> str:
    """As much of a text as a finding shows."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def hidden_text(text: str, location: Location) -> Observation:
    """Text that a reader of the file does not see."""
    shown = shortened(text.strip())
    return Observation("hidden-text", value=shown, location=location, facts={"text": shown})
