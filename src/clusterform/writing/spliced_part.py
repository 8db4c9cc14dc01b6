"""An XML part that is changed in single places: bytes are put in, or in place of others, and all the rest stays as it was.

A tree written out again is never quite what it was: prefixes, quotes, entities and line ends change, and no reader of
the standard library keeps them. Here a tree only tells where to write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from xml.sax.saxutils import escape

from clusterform.parsers.container.xml_part import in_utf8, tag_end
from clusterform.parsers.container.xml_tree import Element
from clusterform.patterns import pattern

_REFERENCE = pattern(rb"&[^;]*+;")
_SPACE = b"xml:space"
_UNREADABLE = pattern(rb"<!\[CDATA\[|<[!?]")
_ASIDE = rb"<(!--|!\[CDATA\[|\?)"
"""What may hold a < that begins no tag; nothing else in XML may."""
_ASIDE_ENDS = {b"!--": b"-->", b"![CDATA[": b"]]>", b"?": b"?>"}
_OPENING, _CLOSING = pattern(_ASIDE + rb"|<(?!/)"), pattern(_ASIDE + rb"|</")
_TAG_START = pattern(r"<(/?)")
_XML = "{http://www.w3.org/XML/1998/namespace}"


class ElementSpan(NamedTuple):
    """Where an element stands in the bytes: its tags and, between them, what it holds."""

    start: int
    inner: int
    """Behind its opening tag; of an empty element written as one tag, its end."""
    closing: int
    """Where its closing tag begins; of an empty element written as one tag, its end."""
    end: int

    @property
    def alone(self) -> bool:
        """Whether it is one tag, that holds nothing."""
        return self.inner == self.end


class SplicedPart:
    """The bytes of a part, the tree that was read of them, and the changes gathered so far."""

    def __init__(self, data: bytes, name: str, root: Element) -> None:
        """`root`: what parse_part made of the data. UnreadableError as there."""
        self.data = in_utf8(data, name)
        self.root = root
        self._starts = dict(zip(root.iter(), _tags(self.data, _OPENING), strict=True))
        self._spans: dict[Element, ElementSpan] = {}
        """Of the elements that were asked for: of a form's ten thousand a few hundred are."""
        self._put: dict[int, list[bytes]] = defaultdict(list)
        """What is put at a place, the earlier first."""
        self._removed: dict[int, int] = {}
        """How many bytes go from a place on."""
        self._filled: dict[Element, list[str]] = {}
        """What goes into elements that are written as one tag."""
        self._spaced: set[Element] = set()

    def span(self, element: Element) -> ElementSpan:
        """Where an element of the tree stands."""
        if element not in self._spans:
            start = self._starts[element]
            inner = closing = end = tag_end(self.data, start)
            if self.data[inner - 2 : inner] != b"/>":
                held = self.span(element[-1]).end if len(element) else inner
                closing = next(_tags(self.data, _CLOSING, held))
                end = tag_end(self.data, closing)
            self._spans[element] = ElementSpan(start, inner, closing, end)
        return self._spans[element]

    def text(self, element: Element) -> bytes:
        """The element as it is written."""
        span = self.span(element)
        return self.data[span.start : span.end]

    def name(self, element: Element) -> str:
        """An element's name as it is written, with its prefix."""
        span = self.span(element)
        return self.data[span.start + 1 : span.inner].split(None, 1)[0].rstrip(b"/>").decode()

    def named_like(self, element: Element, name: str) -> str:
        """Another name of the same namespace, with the prefix that the element has."""
        prefix, colon, _ = self.name(element).rpartition(":")
        return f"{prefix}{colon}{name}"

    def put(self, at: int, new: str) -> None:
        """Writes at a place, behind what was put there before."""
        self._put[at].append(new.encode())

    def replace(self, start: int, end: int, new: str = "") -> None:
        """Writes in place of bytes. No two changes may overlap."""
        self._removed[start] = max(self._removed.get(start, 0), end - start)
        if new:
            self.put(start, new)

    def put_instead(self, element: Element, new: str = "") -> None:
        """Writes in place of an element, with all that it holds."""
        span = self.span(element)
        self.replace(span.start, span.end, new)

    def put_last(self, element: Element, new: str) -> None:
        """Writes behind all that an element holds."""
        span = self.span(element)
        if span.alone:
            self._filled.setdefault(element, []).append(new)
        else:
            self.put(span.closing, new)

    def keep_spaces(self, element: Element) -> None:
        """Says that spaces at the edges of an element's text are text: one that is cut there may have some from now on."""
        span = self.span(element)
        if element not in self._spaced and _SPACE not in self.data[span.start : span.inner]:
            self.put(span.inner - 1, ' xml:space="preserve"')
        self._spaced.add(element)

    def character(self, element: Element, at: int) -> int | None:
        """Where a character of an element's own text begins; None where it is written in a way that cannot be cut."""
        span = self.span(element)
        inner = self.data[span.inner : span.closing]
        if _UNREADABLE.search(inner):
            return None
        place = next(islice(_characters(inner), at, None), None)
        return None if place is None else span.inner + place

    def result(self) -> bytes:
        """The part with its changes."""
        for element, new in self._filled.items():
            span = self.span(element)
            tag = self.data[span.start : span.end].removesuffix(b"/>").rstrip().decode()
            self.replace(span.start, span.end, f"{tag}>{''.join(new)}</{self.name(element)}>")
        self._filled.clear()
        made: list[bytes] = []
        at = 0
        for place in sorted({*self._put, *self._removed}):
            made += [self.data[at:place], *self._put.get(place, ())]
            at = place + self._removed.get(place, 0)
        return b"".join([*made, self.data[at:]])

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self._put or self._removed or self._filled)


def written(text: str) -> str:
    """Text as XML writes it, in an element or between quotes."""
    return escape(text, {'"': "&quot;", "\r": "&#13;"})


def unprefixed(element: Element) -> str:
    """A small element as XML, its names without their prefixes and its attributes in order."""
    name = str(element.tag).rpartition("}")[2]
    keys = {key: str(key).replace(_XML, "xml:").rpartition("}")[2] for key in element.attrib}
    attributes = sorted(f' {name}="{written(str(element.attrib[key]))}"' for key, name in keys.items())
    inner = written(element.text or "") + "".join(map(unprefixed, element))
    tag = f"<{name}{''.join(attributes)}"
    return f"{tag}>{inner}</{name}>" if inner else f"{tag}/>"


def prefixed(markup: str, prefix: str) -> str:
    """The same with a prefix, such as `x:`, before the name of every element."""
    return _TAG_START.sub(rf"<\g<1>{prefix}", markup)


def _tags(data: bytes, kind: re.Pattern[bytes], start: int = 0) -> Iterator[int]:
    """Where the opening or the closing tags begin from there on."""
    behind = start
    for found in kind.finditer(data, start):
        if found.start() < behind:
            continue
        if found[1] is None:
            yield found.start()
        else:
            behind = data.index(_ASIDE_ENDS[found[1]], found.end())


def _characters(inner: bytes) -> Iterator[int]:
    """Where each character of a text begins, and last its end: an entity is one, and so is a line end of two bytes."""
    at = 0
    while at < len(inner):
        yield at
        byte = inner[at]
        if byte == ord("&") and (found := _REFERENCE.match(inner, at)):
            at = found.end()
        elif inner[at : at + 2] == b"\r\n":
            at += 2
        else:
            at += 1
            while at < len(inner) and inner[at] & 0xC0 == 0x80:  # the rest of one character in UTF-8
                at += 1
    yield len(inner)
