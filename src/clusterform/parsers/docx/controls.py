"""Content controls: tick boxes among them, and those that show only their own prompt."""

from __future__ import annotations

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern

_PROMPT = pattern(r"[\s\[【(（<《]*(?:{prompts.word}|Click|Tap|Choose|Enter|Select)")
"""How a prompt begins. Programs that fill forms leave the sign of a prompt at real answers, so that it is not enough."""


def checkbox(element: Element) -> tuple[bool, dict[str, bool]] | None:
    """A content control that is a check box: what it says, and what its own glyphs mean; None where it is none.

    One glyph where both states have the same; none where a state does not name its glyph.
    """
    properties = element.find(n.SDT_PR)
    box = properties.find(n.CHECKBOX) if properties is not None else None
    if box is None:
        return None
    state = box.find(n.CHECKED)
    glyphs: dict[str, bool] = {}
    named = 0
    for name, meaning in ((n.CHECKED_STATE, True), (n.UNCHECKED_STATE, False)):
        item = box.find(name)
        code = n.code_point(item.get(n.W14_VAL)) if item is not None else None
        if code is not None:
            glyphs[chr(code)] = meaning
            named += 1
    return n.is_on(state, n.W14_VAL), glyphs if named > 1 else {}


def tag_of(element: Element) -> str:
    """The name that a content control goes by; a tick box has none that counts."""
    properties = element.find(n.SDT_PR)
    tag = properties.find(n.TAG) if properties is not None else None
    return tag.get(n.VAL) or "" if tag is not None else ""


def is_prompt(element: Element, text: str) -> bool:
    """Whether a content control shows only its own prompt (单击此处输入文字)."""
    properties = element.find(n.SDT_PR)
    prompted = properties is not None and n.is_on(properties.find(n.PLACEHOLDER))
    return prompted and _PROMPT.match(text) is not None
