"""Ticking a box in the way the blank form draws it: control, form field, symbol, EQ field, border, brackets or glyph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clusterform.filling.boxes.layout import BoxSpot
from clusterform.filling.pieces import Piece
from clusterform.parsers.docx import names as n
from clusterform.parsers.raw import Mark
from clusterform.parsers.symbols import Sign, symbols
from clusterform.patterns import pattern
from clusterform.writing.fill_word.docx_positions import CharacterPosition
from clusterform.writing.fill_word.docx_text_writer import TextWriter, ancestors, child_of, make, set_text

_TICK, _TICKED, _CROSSED = "√", "☑", 0x2612
_W14_FONT = n.W14_VAL.removesuffix("val") + "font"
_GLYPH_FONT = "MS Gothic"
_FONTS = tuple(n.P.removesuffix("p") + name for name in ("ascii", "eastAsia", "hAnsi", "cs"))
_EMPTY_BRACKETS = pattern(r"([(（])[\s\u3000]*([)）])")
_EMPTY_ARGUMENT = pattern(r"([,，;；])[\s\u3000]*([)）]\s*)$")
_END_OF_LIST = pattern(r"[)）]\s*$")


def tick(pen: TextWriter, group: Piece, spot: BoxSpot) -> bool:
    """Ticks the box of one option of a group; False where this way of drawing a box cannot be ticked."""
    if spot.start < 0:
        pen.insert(group.origin[spot.words], _TICK)
        return True
    if spot.origin == "brackets":
        return _brackets(pen, group, spot)
    mark = next((m for m in group.marks if m.offset == spot.start and m.length), None)
    place = group.origin[spot.start]
    return _glyph(pen, place, group.text[spot.start]) if mark is None else _marked(pen, place, mark)


def _marked(pen: TextWriter, place: CharacterPosition, mark: Mark) -> bool:
    """A box that is kept as structure."""
    node = pen.find(place).node
    if mark.origin in _NODES:
        return _NODES[mark.origin](node)
    if mark.origin == "w14:checkbox":
        return _control(pen, place)
    if mark.origin.startswith("font "):
        return _letter(pen, place, mark.origin.removeprefix("font "))
    if mark.origin == "w:bdr":
        pen.swap(place, _TICK)
    elif mark.origin == "bullet":
        pen.insert(place, _TICK)
    return mark.origin in {"w:bdr", "bullet"}


def _glyph(pen: TextWriter, place: CharacterPosition, glyph: str) -> bool:
    """A plain character; a letter that stands for a box is none that can be ticked."""
    if glyph.isascii() or glyph in "£¨þý":
        return False
    node = pen.find(place).node
    if node.tag == n.SYM:
        node.set(n.CHAR, f"{ord(_TICKED):04X}")
    elif node.tag == n.T:
        pen.swap(place, _TICKED)
    else:
        return False
    return True


def _brackets(pen: TextWriter, group: Piece, spot: BoxSpot) -> bool:
    """A tick between the brackets, in place of the first space there."""
    inside = group.text[spot.start + 1 : spot.end - 1]
    if inside and pen.find(group.origin[spot.start + 1]).node.tag == n.T:
        pen.swap(group.origin[spot.start + 1], _TICK)
    else:
        pen.insert(group.origin[spot.start + 1], _TICK)
    return True


def _control(pen: TextWriter, place: CharacterPosition) -> bool:
    """A content control: its state, and the glyph that it shows for it."""
    boxes = (control.find(f"{n.SDT_PR}/{n.CHECKBOX}") for control in ancestors(place.node, n.SDT))
    box = next((box for box in boxes if box is not None), None)
    if box is None:
        return False
    child_of(box, n.CHECKED, 0).set(n.W14_VAL, "1")
    shown = box.find(n.CHECKED_STATE)
    code = n.code_point(shown.get(n.W14_VAL)) if shown is not None else None
    font = (shown.get(_W14_FONT) if shown is not None else None) or _GLYPH_FONT
    _show(pen, place, code or _CROSSED, font)
    return True


def _show(pen: TextWriter, place: CharacterPosition, code: int, font: str) -> None:
    """The glyph of a code in a font, in place of the one shown there; of a symbol font as a w:sym."""
    run = pen.alone(place)
    node = pen.find(place).node
    if symbols().of_font(font, code) is not None or node.tag == n.SYM:
        symbol = make(n.SYM)
        symbol.set(n.FONT, font)
        symbol.set(n.CHAR, f"{code if code > 0xFF else 0xF000 + code:04X}")
        node.getparent().replace(node, symbol)
        return
    pen.swap(place, chr(code))
    properties = run.find(n.RPR)
    fonts = properties.find(n.R_FONTS) if properties is not None else None
    if fonts is not None:
        for name in _FONTS:
            fonts.set(name, font)


def _form_field(node: Any) -> bool:
    """A legacy form field: w:checked, behind what the box says already."""
    begin = node if node.tag == n.FLD_SIMPLE else next(iter(_field(node)), None)
    box = begin.find(f"{n.FF_DATA}/{n.CHECK_BOX}") if begin is not None else None
    if box is None:
        return False
    child_of(box, n.FF_CHECKED).attrib.pop(n.VAL, None)
    return True


def _field(end: Any) -> list[Any]:
    """The elements of the complex field that ends here: its begin, its instructions."""
    root = end.getroottree().getroot()
    opened: list[list[Any]] = []
    for element in root.iter(n.FLD_CHAR, n.INSTR):
        kind = element.get(n.FLD_TYPE)
        if kind == "begin":
            opened.append([element])
        elif element.tag == n.INSTR and opened:
            opened[-1].append(element)
        elif kind == "end" and opened:
            found = opened.pop()
            if element is end:
                return found
    return []


def _eq(node: Any) -> bool:
    """An EQ field that prints one character over another: √ where a blank is printed over the box."""
    if node.tag == n.FLD_SIMPLE:
        node.set(n.INSTR_ATTR, _with_tick(node.get(n.INSTR_ATTR) or ""))
        return True
    instructions = _field(node)[1:]
    if not instructions:
        return False
    code = _with_tick("".join(i.text or "" for i in instructions))
    set_text(instructions[0], code)
    for other in instructions[1:]:
        other.text = ""
    return True


def _with_tick(code: str) -> str:
    for place, made in ((_EMPTY_BRACKETS, r"\1√\2"), (_EMPTY_ARGUMENT, r"\1√\2"), (_END_OF_LIST, r",√)")):
        ticked, count = place.subn(made, code, count=1)
        if count:
            return ticked
    return code


def _symbol(node: Any) -> bool:
    """A w:sym: the ticked box of its own font."""
    code = n.code_point(node.get(n.CHAR)) or 0
    own = _ticked_code(node.get(n.FONT) or "")
    if own is None:
        node.set(n.CHAR, f"{ord(_TICKED):04X}")
        node.set(n.FONT, _GLYPH_FONT)
    else:
        node.set(n.CHAR, f"{own + (0xF000 if code >= 0xF000 else 0):04X}")
    return True


def _letter(pen: TextWriter, place: CharacterPosition, font: str) -> bool:
    """A letter of a symbol font, by its private-use code, which is good for each of a run's fonts."""
    own = _ticked_code(font)
    if own is None:
        return False
    pen.swap(place, chr(0xF000 + own))
    return True


def _ticked_code(font: str) -> int | None:
    """The code of a font's ticked box, the first in the table; else of its bare tick."""
    table = symbols().fonts.get(font.casefold().replace(" ", ""), {})
    wanted = (code for sign in (Sign.TICKED, Sign.TICK) for code, own in table.items() if own is sign)
    return next(wanted, None)


_NODES: dict[str, Callable[[Any], bool]] = {"FORMCHECKBOX": _form_field, "EQ": _eq, "w:sym": _symbol}
"""The boxes that are one node each, by the origin of their mark."""
