"""The standard library's XML under the names that xml_tree takes from lxml: enough to read, slower, and as strict."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from typing import Any
from xml.etree import ElementTree as ET

XMLSyntaxError = ET.ParseError
_DEEPEST, _LONGEST = 256, 10_000_000
"""Elements in one another, and bytes of one text: libxml2's own limits."""
_ANY = "{*}"
"""Stands before a name of any namespace."""


class _Element(ET.Element):
    """An element that knows its parent, in a document that was parsed."""

    __slots__ = ("parent",)
    parent: _Element

    def getparent(self) -> _Element | None:
        return getattr(self, "parent", None)

    def iter(self, *tags: Any) -> Generator[Any]:
        if len(tags) == 1 and not tags[0].startswith(_ANY):
            return super().iter(tags[0])
        return _named(super().iter(), tags)

    def iterchildren(self, *tags: str) -> Generator[Any]:
        return _named(self, tags)


def _named(elements: Iterable[Any], tags: tuple[str, ...]) -> Generator[Any]:
    """Those of one of the names, all where there is no name; {*} stands for any namespace and for none."""
    wanted = frozenset(tags)
    anywhere = {tag.removeprefix(_ANY) for tag in tags if tag.startswith(_ANY)}
    if not tags:
        return (e for e in elements)
    if not anywhere:
        return (e for e in elements if e.tag in wanted)
    return (e for e in elements if e.tag in wanted or e.tag.rpartition("}")[2] in anywhere)


class TreeBuilder(ET.TreeBuilder):
    def __init__(self) -> None:
        super().__init__(_Element)


def XMLParser(**_: Any) -> ET.XMLParser:
    """Whatever lxml's has to be told: entities and DTDs are refused before, comments and instructions are dropped."""
    return ET.XMLParser(target=TreeBuilder(), encoding="utf-8")  # noqa: S314  (see above)


def fromstring(data: bytes, parser: ET.XMLParser) -> Any:
    """The root element; XMLSyntaxError where the document is not well-formed, or over the limits."""
    parser.feed(data)
    root: Any = parser.close()
    level = [root]
    for _ in range(_DEEPEST):
        for element in level:
            for child in element:
                child.parent = element
        level = [child for element in level for child in element]
    if level:
        _take_apart(level)
        raise XMLSyntaxError("Excessive depth in document")
    if len(data) > _LONGEST and any(len(text.encode()) > _LONGEST for text in root.itertext()):
        raise XMLSyntaxError("huge text node")
    return root


def _take_apart(level: list[Any]) -> None:
    """Elements freed in one another take a browser's stack, which ends all of Python there."""
    while level:
        children = [child for element in level for child in element]
        for element in level:
            element.clear()
        level = children


def Element(tag: str, attributes: Mapping[str, str] | None = None, **_: Any) -> _Element:
    return _Element(tag, dict(attributes or {}))


def SubElement(parent: _Element, tag: str, attributes: Mapping[str, str]) -> _Element:
    child = Element(tag, attributes)
    parent.append(child)
    return child


def tostring(root: _Element, *, encoding: str, xml_declaration: bool, **_: Any) -> bytes:
    """The element as bytes, its namespaces under prefixes of no meaning."""
    data: bytes = ET.tostring(root, encoding=encoding, xml_declaration=xml_declaration)
    return data
