"""What a .docx holds beside its answers: tracked changes, comments, hidden text, macros, links to the outside."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from clusterform.answers import Observation
from clusterform.parsers import docx_names as n
from clusterform.parsers.docx_blocks import Hidden
from clusterform.parsers.docx_traces import traces
from clusterform.parsers.extras import active, active_content, conversion, hidden_text
from clusterform.parsers.package import Package


def extras(
    package: Package, root: etree._Element, data: bytes, hidden: Iterable[Hidden], *, dde: bool
) -> tuple[Observation, ...]:
    """The observations of a document, whose main part is `data` and parsed `root`."""
    found = [active(*words) for words in active_content(package)]
    if dde:
        found.append(active("动态数据交换域（DDE）", "a DDE field, which runs another program"))
    return (
        *conversion(package),
        *found,
        *traces(package, root, data),
        *_alt_chunks(root),
        *(hidden_text(h.text, h.location) for h in hidden),
    )


<<<<<<< HEAD
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
=======
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
>>>>>>> 0844e57 (parsers: tracked formatting, comments and changes in notes and headers; boxes: options struck out without any box)


def _alt_chunks(root: etree._Element) -> list[Observation]:
    count = sum(1 for _ in root.iter(n.ALT_CHUNK))
    return [Observation("alt-chunk", facts={"count": str(count)})] if count else []
