"""A Word file into paragraphs and tables. Nothing here knows a form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from clusterform.errors import UnreadableError
from clusterform.finding import NOWHERE
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.blocks import Blocks, Hidden, flattened
from clusterform.parsers.docx.extras import extras
from clusterform.parsers.docx.runs import Inline
from clusterform.parsers.docx.styles import STRESSING, SYMBOL_FONT_HINT, Styles, read_styles
from clusterform.parsers.paragraph_builder import ParagraphBuilder, visible_text
from clusterform.parsers.raw import Block, Paragraph, RawDocument, Table
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
    plain, cells = plain_texts(root, data, styles)
    reader = Blocks(plain, cells, merges_of(root), inline)
    blocks = flattened(reader.story(body))
    hidden = reader.hidden
    for block in blocks:
        if isinstance(block, ParagraphBuilder):
            hidden += [Hidden(text, NOWHERE) for text in block.hidden if text.strip()]
    observations = extras(package, root, hidden, dde=inline.fields.dde)
    named = next(root.iter(n.TAG), None) is not None  # which costs nothing where it stands nowhere
    return RawDocument("docx", tuple(map(as_block, blocks)), observations, inline.pictures, named)


def plain_texts(root: Element, data: bytes, styles: Styles) -> tuple[dict[Element, str], dict[Element, str]]:
    """The text of every paragraph and of every cell that holds nothing but its w:t. `data`: what the root was read from."""
    return _plain(root, _special(root, data, styles))


def as_block(block: ParagraphBuilder | Table) -> Block:
    """A block as the forms' readers take it."""
    if isinstance(block, Table):
        return block
    return Paragraph(block.text, tuple(block.marks), names=block.names, origin=block.origin)


def _special(root: Element, data: bytes, styles: Styles) -> set[Element]:
    """The paragraphs and cells that need more than their w:t. Found by a search for what is rare, which costs next to nothing."""
    rare = list(root.iter(*_RARE))
    if styles.special:
        rare += [e for e in root.iter(n.P_STYLE, n.R_STYLE) if e.get(n.VAL) in styles.special]
    if styles.bullets:
        rare += root.iter(n.NUM_PR)
    fonts = next(root.iter(n.R_FONTS), None) is not None
    if fonts and (SYMBOL_FONT_HINT in data or b"\x00" in data[:4]):
        rare += root.iter(n.R_FONTS)
    for box in root.iter(n.TXBX):
        rare += box.iter(n.P)
    return _holders(rare)


def _holders(elements: Iterable[Element]) -> set[Element]:
    """The paragraphs and cells around these."""
    found = set()
    for element in elements:
        place: Element | None = element
        while place is not None:
            if place.tag in _HOLDERS:
                found.add(place)
            place = place.getparent()
    return found


def _stressed(plain: Mapping[Element, str]) -> Iterator[Element]:
    """The paragraphs with an empty box in which something stands out by its look."""
    empty = symbols().empty
    for paragraph, text in plain.items():
        if not empty.isdisjoint(text) and next(paragraph.iter(*STRESSING), None) is not None:
            yield paragraph


def _plain(root: Element, special: set[Element]) -> tuple[dict[Element, str], dict[Element, str]]:
    """The text of every paragraph and of every cell that is not special, in one pass over the w:t."""
    pieces: dict[Element, list[str]] = {}
    current: list[str] = []
    paragraph = n.P
    framed: set[Element | None] = set()
    for element in root.iter(paragraph, n.T, n.TBL):
        tag = element.tag
        if tag == paragraph:
            current = pieces[element] = []
        elif tag == n.TBL:
            framed.add(element.getparent())
        else:
            current.append(element.text or "")
    plain = {p: "".join(texts) for p, texts in pieces.items() if p not in special}
    whole = "".join(plain.values())
    if visible_text(whole) != whole:
        plain = {p: visible_text(text) for p, text in plain.items()}
    if not symbols().empty.isdisjoint(whole) and (stressed := _holders(_stressed(plain))):
        plain = {p: text for p, text in plain.items() if p not in stressed}
        special = special | stressed
    lines: dict[Element | None, list[str]] = {}
    for p, text in plain.items():
        lines.setdefault(p.getparent(), []).append(text)
    held = lines.keys() - framed - special
    return plain, {cell: "\n".join(lines[cell]) for cell in held if cell is not None}


def merges_of(root: Element) -> dict[Element, dict[str, str]]:
    """What rows and cells say of spans, merges, hiding and deletion, by their element; a merge without a value continues one."""
    merges: dict[Element, dict[str, str]] = {}
    for element in root.iter(
        *(n.GRID_SPAN, n.V_MERGE, n.H_MERGE, n.GRID_BEFORE, n.DEL, n.CELL_DEL, n.ROW_HIDDEN)
    ):
        properties = element.getparent()
        if properties is not None and properties.tag in {n.TCPR, n.TRPR}:
            owner = properties.getparent()
            if owner is not None:
                merges.setdefault(owner, {})[element.tag] = element.get(n.VAL) or "continue"
    return merges


def linked_part(package: Package, key: str) -> bytes | None:
    """The part behind a relationship of the document; None where there is none."""
    link = next((r for r in package.relationships(package.main) if r.id == key and not r.external), None)
    return package.read(link.target) if link is not None and package.has(link.target) else None
