"""A Word file into paragraphs and tables. Nothing here knows a form."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from clusterform.errors import UnreadableError
from clusterform.finding import NOWHERE
from clusterform.parsers.container.extras import hidden_text
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.blocks import Blocks, DocxBlock, flattened
from clusterform.parsers.docx.extras import extras
from clusterform.parsers.docx.grid import table_structure
from clusterform.parsers.docx.runs import Inline
from clusterform.parsers.docx.styles import STRESSING, SYMBOL_FONT_HINT, Styles, read_styles
from clusterform.parsers.paragraph_builder import ParagraphBuilder, visible_text
from clusterform.parsers.raw import Block, Paragraph, RawDocument
from clusterform.parsers.symbols import symbols

_RARE = (
    *(n.BR, n.CR, n.TAB, n.PTAB, n.NO_BREAK, n.SOFT, n.SYM, n.FLD_CHAR, n.INSTR, n.FLD_SIMPLE, n.SDT),
    *(n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO, n.ALTERNATE, n.DRAWING, n.PICT, n.OBJECT, n.RUBY, n.MATH),
    *(n.VANISH, n.STRIKE, n.DSTRIKE, n.BDR, n.VERT_ALIGN, *n.TRANSPARENT),
)
"""A paragraph without any of these is the text of its w:t and nothing else, a cell that of its paragraphs."""
_HOLDERS = frozenset({n.P, n.TC})


def read_docx(package: Package) -> RawDocument:
    """The document's blocks, its pictures, and what it holds beside them; UnreadableError where there is no body."""
    data = package.read(package.main)
    root = parse_part(data, package.main)
    body = root.find(n.BODY)
    if body is None:
        raise UnreadableError("cannot-open", "file.no-body")
    styles = read_styles(package)
    inline = Inline(styles, lambda key: linked_part(package, key))
    structure = table_structure(root)
    dressed = next(root.iter(*STRESSING), None) is not None
    plain, cells = plain_texts(body, special_elements(body, data, styles) | structure.framed, dressed=dressed)
    reader = Blocks(plain, cells, structure, inline)
    blocks = list(flattened(reader.story(body)))
    hidden = reader.hidden
    for block in blocks:
        if isinstance(block, ParagraphBuilder):
            hidden += [hidden_text(text, NOWHERE) for text in block.hidden if text.strip()]
    observations = extras(package, root, hidden, dde=inline.fields.dde, dressed=dressed)
    named = next(root.iter(n.TAG), None) is not None  # which costs nothing where it stands nowhere
    return RawDocument("docx", tuple(map(as_block, blocks)), observations, inline.pictures, named)


def as_block(block: DocxBlock) -> Block:
    """A block as the forms' readers take it."""
    if not isinstance(block, ParagraphBuilder):
        return block
    return Paragraph(block.text, tuple(block.marks), names=block.names, origin=block.origin)


def special_elements(body: Element, data: bytes, styles: Styles) -> set[Element]:
    """The paragraphs and cells that need more than their w:t. Found by a search for what is rare, which costs next to nothing. `data`: what it was read from."""
    rare = list(body.iter(*_RARE))
    if styles.special:
        rare += [e for e in body.iter(n.P_STYLE, n.R_STYLE) if e.get(n.VAL) in styles.special]
    if styles.bullets:
        rare += body.iter(n.NUM_PR)
    fonts = next(body.iter(n.R_FONTS), None) is not None
    if fonts and (SYMBOL_FONT_HINT in data or b"\x00" in data[:4]):
        rare += body.iter(n.R_FONTS)
    for box in body.iter(n.TXBX):
        rare += box.iter(n.P)
    return _holders(rare)


def _holders(elements: Iterable[Element]) -> set[Element]:
    """The paragraphs and cells around these."""
    around = set[Element]()
    for element in elements:
        place: Element | None = element
        while place is not None and place not in around:
            around.add(place)
            place = place.getparent()
    return {place for place in around if place.tag in _HOLDERS}


def plain_texts(
    body: Element, special: Container[Element | None], *, dressed: bool
) -> tuple[dict[Element, str], dict[Element, str]]:
    """The text of each paragraph that stands right in the body, and of each cell, unless it is special.

    In one pass over the w:t. `dressed`: whether anything in the document stands out by its look.
    """
    ahead = body.iter(n.P)  # tells the paragraphs apart, as names would have to be put together
    following = next(ahead, None)
    paragraphs: dict[Element, list[str]] = {}
    cells: dict[Any, list[str]] = {}
    current: list[str] = []
    for element in body.iter(n.P, n.T):
        if element is not following:
            current.append(element.text or "")
            continue
        following, holder = next(ahead, None), element.getparent()
        if holder is body:
            current = paragraphs[element] = []
        elif holder in cells:
            current = cells[holder]
            current.append("\n")
        else:
            current = cells[holder] = []
    return _visible(paragraphs, special, dressed=dressed), _visible(cells, special, dressed=dressed)


def _visible(
    pieces: Mapping[Element, list[str]], special: Container[Element | None], *, dressed: bool
) -> dict[Element, str]:
    texts = {element: "".join(held) for element, held in pieces.items() if element not in special}
    whole = "".join(texts.values())
    if visible_text(whole) != whole:
        texts = {element: visible_text(text) for element, text in texts.items()}
    return {e: text for e, text in texts.items() if not _has_stressed(e, text)} if dressed else texts


def _has_stressed(element: Element, text: str) -> bool:
    """Whether there is an empty box, and beside it something that stands out by its look."""
    if not any(box in text for box in symbols().empty):
        return False
    return any(next(paragraph.iter(*STRESSING), None) is not None for paragraph in element.iter(n.P))


def linked_part(package: Package, key: str) -> bytes | None:
    """The part behind a relationship of the document; None where there is none."""
    link = next((r for r in package.relationships(package.main) if r.id == key and not r.external), None)
    return package.read(link.target) if link is not None and package.has(link.target) else None
