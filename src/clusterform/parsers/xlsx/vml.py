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

_PIECE = pattern(
    r"<(?P<closes>/?)(?P<name>[A-Za-z_][\w:.-]*+)(?P<attributes>[^<>]*+)>|(?P<words>[^<]++)"
    r"|<!--.*?(?:-->|\Z)|<!\[CDATA\[(?P<cdata>.*?)(?:]]>|\Z)|<[!?][^>]*+>?|<",
    re.DOTALL,
)
"""A tag, or text; the rest is left out, a lone < as well."""
_ATTRIBUTE = pattern(r"(?<![\w:.-])([A-Za-z_][\w:.-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))")
_NAME = pattern(r"[A-Za-z_][\w.-]*+", re.ASCII)
_NO_XML = pattern("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOT = "xml"
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
    return _tree(data.decode("utf-16" if wide else "utf-8", "replace"))


def _tree(text: str) -> Element:
    """The tree of what is there, in one walk from the text's beginning to its end."""
    tree, opened, at = TreeBuilder(), [_ROOT], 0
    tree.start(_ROOT, {})
    while piece := _PIECE.match(text, at):
        at = piece.end()
        if not piece["name"]:
            tree.data(_unescaped(piece["words"] or piece["cdata"] or ""))
            continue
        local, attributes = _local(piece["name"]), piece["attributes"]
        if piece["closes"]:
            if local in opened[1:]:
                _close(tree, opened, len(opened) - 1 - opened[::-1].index(local))
            continue
        tree.start(local, _attributes(attributes))
        opened.append(local)
        if attributes.endswith("/") or local.lower() in _NEVER_CLOSED or len(opened) > _DEEPEST + 1:
            _close(tree, opened, len(opened) - 1)
    _close(tree, opened, 0)
    return tree.close()


def _close(tree: TreeBuilder, opened: list[str], depth: int) -> None:
    """Closes what stands open from there inwards."""
    while len(opened) > depth:
        tree.end(opened.pop())


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
