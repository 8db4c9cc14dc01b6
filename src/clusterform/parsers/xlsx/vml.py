"""A VML drawing, which Excel itself writes as no XML: an open <br>, an attribute twice, &nbsp;, an end tag that closes nothing.

Read strictly where it is XML; else tag by tag, by names without their namespaces, and never refused for its grammar.
"""

from __future__ import annotations

import html
import re

from clusterform.errors import UnreadableError
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element, TreeBuilder
from clusterform.patterns import pattern

_TAG = pattern(r"<(/?)([A-Za-z_][\w:.-]*+)([^<>]*+)>")
_ATTRIBUTE = pattern(r"(?<![\w:.-])([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_NAME = pattern(r"[A-Za-z_][\w.-]*+", re.ASCII)
_NO_XML = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SKIPPED = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", ">"))
"""What is no tag: how it begins and how it ends. The text of the second is taken, the others are left out."""
_ROOT = "xml"
_CDATA = "<![CDATA["
_DEEPEST = 200
"""Elements open at a time: what opens beyond them is left beside the innermost, as nothing honest is so deep."""
_NEVER_CLOSED = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "wbr"})


def parse_vml(data: bytes, name: str) -> Element:
    """The root of a drawing. UnreadableError (over-limits) where it is too big or too deep, and for nothing else."""
    try:
        return parse_part(data, name)
    except UnreadableError as error:
        if error.what != "cannot-open":
            raise
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return _TreeReader().read(data.decode("utf-16" if wide else "utf-8", "replace"))


class _TreeReader:
    """Builds the tree of what is there."""

    def __init__(self) -> None:
        self._tree = TreeBuilder()
        self._open: list[str] = []

    def read(self, text: str) -> Element:
        """The root. The text is taken from its beginning to its end, each character once."""
        self._tree.start(_ROOT, {})
        at = 0
        while (start := text.find("<", at)) >= 0:
            self._words(text[at:start])
            tag = _TAG.match(text, start)
            if tag is not None:
                self._tag(tag)
                at = tag.end()
            else:
                at = self._skipped(text, start)
        self._words(text[at:])
        self._close_from(0)
        self._tree.end(_ROOT)
        return self._tree.close()

    def _skipped(self, text: str, start: int) -> int:
        """Past what begins there and is no tag; where it has no end, or is a lone <, past that."""
        for begin, end in _SKIPPED:
            if text.startswith(begin, start):
                stop = text.find(end, start + len(begin))
                stop = len(text) if stop < 0 else stop
                if begin == _CDATA:
                    self._words(text[start + len(begin) : stop])
                return min(stop + len(end), len(text))
        return start + 1

    def _tag(self, tag: re.Match[str]) -> None:
        local = _local(tag[2])
        if tag[1]:
            if local in self._open:
                self._close_from(len(self._open) - 1 - self._open[::-1].index(local))
            return
        self._tree.start(local, _attributes(tag[3]))
        closed = tag[3].endswith("/") or local.lower() in _NEVER_CLOSED
        if closed or len(self._open) >= _DEEPEST:
            self._tree.end(local)
        else:
            self._open.append(local)

    def _close_from(self, depth: int) -> None:
        """Closes what stands open from there inwards."""
        while len(self._open) > depth:
            self._tree.end(self._open.pop())

    def _words(self, text: str) -> None:
        self._tree.data(_unescaped(text))


def _attributes(text: str) -> dict[str | bytes, str | bytes]:
    """Of one that stands twice the first, as browsers take it."""
    found: dict[str | bytes, str | bytes] = {}
    for attribute in _ATTRIBUTE.finditer(text):
        value = next((g for g in attribute.groups()[1:] if g is not None), "")
        found.setdefault(_local(attribute[1]), _unescaped(value))
    return found


def _local(name: str) -> str:
    local = name.rpartition(":")[2]
    return local if _NAME.fullmatch(local) else _ROOT


def _unescaped(text: str) -> str:
    """A text with its entities as characters, without those that a tree cannot hold."""
    return _NO_XML.sub("", html.unescape(text))
