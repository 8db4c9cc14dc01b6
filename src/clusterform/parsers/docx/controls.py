"""Content controls: tick boxes among them, and those that show only their own prompt."""

from __future__ import annotations

from collections.abc import Mapping

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern

Properties = Mapping[str, Element]
_PROMPT = pattern(r"[\s\[【(（<《]*(?:{prompts.word}|Click|Tap|Choose|Enter|Select)")
"""How a prompt begins. Programs that fill forms leave the sign of a prompt at real answers, so that it is not enough."""


def properties_of(control: Element) -> Properties:
    """What a content control says of itself."""
    return n.held(n.first(control, n.SDT_PR))


def checkbox(properties: Properties) -> tuple[bool, dict[str, bool]] | None:
    """A content control that is a check box: what it says, and what its own glyphs mean; None where it is none.

    One glyph where both states have the same; none where a state does not name its glyph.
    """
    box = properties.get(n.CHECKBOX)
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


def is_prompt(properties: Properties, text: str) -> bool:
    """Whether a content control shows only its own prompt (单击此处输入文字)."""
    return n.is_on(properties.get(n.PLACEHOLDER)) and _PROMPT.match(text) is not None
