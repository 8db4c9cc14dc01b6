"""What a .docx holds beside its answers: tracked changes, comments, hidden text, macros, links to the outside."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from clusterform.answers import Observation
from clusterform.parsers import docx_names as n
from clusterform.parsers.docx_blocks import Hidden
from clusterform.parsers.package import Package
from clusterform.parsers.sniff import FOREIGN

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
}
_HIDDEN_SHOWN = 60
"""Characters of hidden text that a finding shows."""


def extras(
    package: Package, root: etree._Element, hidden: Iterable[Hidden], *, dde: bool
) -> tuple[Observation, ...]:
    """The observations of a document."""
    found = [_active(*words) for words in active_content(package)]
    if dde:
        found.append(_active("动态数据交换域（DDE）", "a DDE field, which runs another program"))
    return (
        *_conversion(package),
        *found,
        *_changes(root),
        *_comments(root),
        *_alt_chunks(root),
        *map(_hidden, hidden),
    )


def _conversion(package: Package) -> list[Observation]:
    """That the document is not the file itself, but what LibreOffice made of it."""
    if package.origin is None:
        return []
    zh, en, _ = FOREIGN[package.origin.format]
    return [Observation("converted", facts={"format_zh": zh, "format_en": en})]


def active_content(package: Package) -> list[tuple[str, str]]:
    """What may run or be fetched when the file is opened, each kind once, in both languages."""
    names = ["/" + name for name in package.names]
    found = [(zh, en) for piece, zh, en in _PARTS if any(piece in name for name in names)]
    kinds = {link.kind for part in _linking(package) for link in package.relationships(part) if link.external}
    return found + [words for kind, words in _LINKS.items() if kind in kinds]


def _linking(package: Package) -> list[str]:
    """The parts that have relationships."""
    pieces = (name.partition("_rels/") for name in package.names if name.endswith(".rels"))
    return [before + after.removesuffix(".rels") for before, _, after in pieces if after != ".rels"]


def _active(zh: str, en: str) -> Observation:
    return Observation("active-content", value=zh, facts={"what_zh": zh, "what_en": en})


def _changes(root: etree._Element) -> list[Observation]:
    added = sum(1 for _ in root.iter(n.INS, n.MOVE_TO, n.CELL_INS))
    removed = sum(1 for _ in root.iter(n.DEL, n.MOVE_FROM, n.CELL_DEL))
    if not (added or removed):
        return []
    facts = {"insertions": str(added), "deletions": str(removed)}
    return [Observation("tracked-change", facts=facts)]


def _comments(root: etree._Element) -> list[Observation]:
    count = len({e.get(n.ID) for e in root.iter(n.COMMENT_REF)})
    return [Observation("comment", facts={"count": str(count)})] if count else []


def _alt_chunks(root: etree._Element) -> list[Observation]:
    count = sum(1 for _ in root.iter(n.ALT_CHUNK))
    return [Observation("alt-chunk", facts={"count": str(count)})] if count else []


def _hidden(item: Hidden) -> Observation:
    text = item.text.strip()
    shown = text if len(text) <= _HIDDEN_SHOWN else text[: _HIDDEN_SHOWN - 1] + "…"
    return Observation("hidden-text", value=shown, location=item.location, facts={"text": shown})
