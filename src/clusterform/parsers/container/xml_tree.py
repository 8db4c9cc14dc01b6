"""Elements of XML: lxml's, or the standard library's where lxml is not installed, as in a browser. Nothing else imports lxml.

A reader asks an element what both know: tag, text, get, attrib, find, findtext, iterfind, itertext, its children, and in
lxml's words `iter` and `iterchildren` of several names, and `getparent`. Changing a document takes lxml.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clusterform.errors import UsageError

if TYPE_CHECKING:
    from lxml import etree
else:
    try:
        from lxml import etree
    except ImportError:
        from clusterform.parsers.container import standard_tree as etree

Element = etree._Element  # noqa: SLF001  (lxml has no public name for it)
TreeBuilder = etree.TreeBuilder
MarkupError = etree.XMLSyntaxError
_CHANGES = hasattr(etree, "LXML_VERSION")


def parse(data: bytes) -> Element:
    """The root of a document in UTF-8, without comments and instructions. MarkupError: no XML, too deep or too long.

    What encoding it declares is not asked: a parser that believed it might see a DTD where a search saw none.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # nothing is looked up by them
    )
    return etree.fromstring(data, parser)


def serialize(root: Element, *, standalone: bool = False) -> bytes:
    """A part of its own, in UTF-8."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=standalone)
    return data if isinstance(data, bytes) else data.encode()


def new_element(tag: str, prefixes: Mapping[str, str] | None = None) -> Element:
    """An element under no other, with the prefixes of the namespaces that stand in it."""
    return etree.Element(tag, nsmap=dict(prefixes or {}))


def add_child(parent: Element, tag: str, attributes: Mapping[str, str] | None = None) -> Element:
    """A new element behind all that another holds."""
    return etree.SubElement(parent, tag, dict(attributes or {}))


def require_lxml() -> None:
    """Returns where a document can be changed and stay as it was elsewhere; UsageError where only reading is possible."""
    if not _CHANGES:
        raise UsageError("fill.needs-lxml")
