"""A paragraph's inline content: text, boxes in every encoding, fields, pictures, text boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.controls import checkbox, is_prompt, properties_of
from clusterform.parsers.docx.fields import Fields, simple_field
from clusterform.parsers.docx.styles import PLAIN, Styles, TextStyle, is_stressed, look_of, number_of
from clusterform.parsers.paragraph_builder import ParagraphBuilder, visible_text
from clusterform.parsers.raw import SMALL_FIGURES, Mark
from clusterform.parsers.symbols import Sign, symbols

_FORMS_CHECKBOX = (b"8BD21D40", b"8BD21D50")
"""Class ids of Forms.CheckBox and Forms.OptionButton ([MS-OFORMS] 2.4.1)."""


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one document; fields may reach over several."""

    styles: Styles
    control_part: Callable[[str], bytes | None]
    """The part behind a relationship id, for ActiveX controls."""
    fields: Fields = data_field(default_factory=Fields)
    pictures: int = 0
    """Pictures and drawn shapes read so far."""
    new_line: Callable[[], ParagraphBuilder] = ParagraphBuilder

    def paragraph(self, element: Element) -> ParagraphBuilder:
        """All that a w:p shows."""
        line = self.new_line()
        children = list(element)
        properties = n.first(children, n.PPR)
        said = n.held(properties)
        if properties is not None:
            self._bullet(properties, line)
            line.joins_next = not {n.DEL, n.MOVE_FROM}.isdisjoint(n.held(said.get(n.RPR)))
        self._content(children, line, self.styles.looks.get(n.value(said, n.P_STYLE), PLAIN))
        if properties is not None and is_stressed(properties):
            line.mark(0, "stressed")
        line.level()
        if not line.joins_next:
            self.fields.close_line(line)
        return line

    def _bullet(self, properties: Element, line: ParagraphBuilder) -> None:
        if not self.styles.bullets:
            return
        key = number_of(properties) or self.styles.numbered.get(n.value(n.held(properties), n.P_STYLE))
        sign = self.styles.bullets.get(key) if key is not None else None
        if sign is not None:
            line.add_sign(sign, "bullet")

    def _content(self, container: Iterable[Element], line: ParagraphBuilder, look: TextStyle) -> None:
        for child in container:
            tag = child.tag
            if tag == n.R:
                self._run(child, line, look)
            elif tag in n.TRANSPARENT:
                self._content(child, line, look)
            elif tag.startswith(n.MATH_ANY):
                self._formula(child, line, look)
            elif tag == n.SDT:
                self._control(child, line, look)
            elif tag == n.FLD_SIMPLE:
                self._simple_field(child, line, look)
            elif tag == n.ALTERNATE:
                self._content(n.chosen(child), line, look)
            elif tag in _ANCHORS:
                self._anchored(child, line)

    def _formula(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        """A piece of a formula: its letters one after the other."""
        letters = "".join(t.text or "" for t in element.iter(n.MATH_TEXT))
        if element.tag == n.MATH_RUN:
            line.add(letters)
        elif element.tag == n.MATH_ROOT and not letters.strip():
            line.add("√")  # a root over nothing is a tick made in the formula editor
        else:
            self._content(element, line, look)

    def _control(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        """An inline content control."""
        inner = line.new()
        self._content(n.inside(element, n.SDT_CONTENT), inner, look)
        said = properties_of(element)
        box = checkbox(said)
        if box is not None:
            inner.make_box(*box, "w14:checkbox")
        elif is_prompt(said, inner.text):
            return
        else:
            inner.name(n.value(said, n.TAG))
        line.append(inner)

    def _simple_field(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        if not simple_field(element, line):
            self._content(element, line, look)

    def _run(self, run: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        children = list(run)
        properties = n.first(children, n.RPR)
        bordered = False
        if properties is not None:
            said = n.held(properties)
            style = self.styles.looks.get(n.value(said, n.R_STYLE), PLAIN)
            look = look_of(properties).over(style).over(look)
            border = said.get(n.BDR)
            bordered = border is not None and border.get(n.VAL) not in {None, "nil", "none"}
        target = line.new() if look.hidden or bordered else line
        start = target.length
        for child in children:
            self._piece(child, target, look)
        if look.struck:
            target.mark(start, "strike")
        if look.height in SMALL_FIGURES:
            target.mark(start, "raised", look.height)
        if look.stressed:
            target.mark(start, "stressed")
        if look.hidden:
            line.hidden.append(target.text)
        elif bordered:
            line.append(_bordered(target))

    def _piece(self, child: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        """One child of a run."""
        tag = child.tag
        if tag == n.FLD_CHAR:
            self.fields.character(child, line)
        elif tag == n.INSTR:
            self.fields.instruction(child.text or "")
        elif not self.fields.muted:
            self._shown(child, line, look)

    def _shown(self, child: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        """One child of a run that a person sees."""
        tag = child.tag
        if tag == n.T:
            line.add_in_font(visible_text(child.text or ""), look.ascii, look.h_ansi)
        elif tag in _PLAIN:
            line.add(_PLAIN[tag])
        elif tag == n.SYM:
            _symbol(child, line)
        elif tag == n.RUBY:
            self._ruby(child, line, look)
        elif tag == n.ALTERNATE:
            for piece in n.chosen(child):
                self._piece(piece, line, look)
        elif tag in _ANCHORS:
            self._anchored(child, line)

    def _ruby(self, element: Element, line: ParagraphBuilder, look: TextStyle) -> None:
        """拼音指南: what is printed over a character; a tick over a box makes a ticked box."""
        base, over = line.new(), line.new()
        for name, part in ((n.RUBY_BASE, base), (n.RUBY_TEXT, over)):
            self._content(n.inside(element, name), part, look)
        glyphs = symbols().glyphs
        signs = [glyphs.get(part.text.strip()) for part in (base, over)]
        if signs[0] is not None and signs[1] is not None and signs[1] is not Sign.EMPTY:
            crossed = {Sign.CROSS, Sign.CROSSED} & {signs[0], signs[1]}
            line.add_box(ticked=True, origin="ruby", shown="☒" if crossed else "☑")
        else:
            line.append(base)

    def _anchored(self, element: Element, line: ParagraphBuilder) -> None:
        """A picture, a drawn shape, a text box or a control."""
        control = element.find(n.CONTROL)
        if control is not None:
            part = self.control_part(control.get(n.R_ID) or "")
            if part is None or any(word in part.upper() for word in _FORMS_CHECKBOX):
                line.add_box(ticked=None, origin="ActiveX", shown="")
            return
        boxes = [box for box in _text_boxes(element) if not _floating_sign(box)]
        line.anchors += boxes
        if not boxes or any(str(e.tag).endswith(("}blip", "}imagedata")) for e in element.iter()):
            line.picture()
            self.pictures += 1


_PLAIN = {n.BR: "\n", n.CR: "\n", n.TAB: "\t", n.PTAB: "\t", n.NO_BREAK: "-"}
_ANCHORS = frozenset({n.DRAWING, n.PICT, n.OBJECT})


def _symbol(element: Element, line: ParagraphBuilder) -> None:
    code = n.code_point(element.get(n.CHAR))
    sign = symbols().of_code(element.get(n.FONT), code) if code is not None else None
    if sign is not None:
        line.add_sign(sign, "w:sym")
    elif code is not None:
        line.add(chr(code))


def _bordered(line: ParagraphBuilder) -> ParagraphBuilder:
    """字符边框: a border round a space is an empty box, round a tick a ticked one, round words a circle."""
    inner = line.text.strip()
    sign = symbols().glyphs.get(inner)
    if inner and symbols().glyphs.keys().isdisjoint(inner):
        line.marks.append(Mark(0, None, "circle", "", line.length))
    if line.marks or not (line.length and (not inner or sign in {Sign.TICK, Sign.CROSS})):
        return line
    made = line.new()
    made.add_box(
        ticked=bool(inner), origin="w:bdr", shown="□" if not inner else "☒" if sign is Sign.CROSS else "☑"
    )
    return made


def _text_boxes(element: Iterable[Element]) -> Iterator[Element]:
    """The outermost text boxes of a drawing, read once: the Fallback copy is left out."""
    for child in element:
        if child.tag == n.TXBX:
            yield child
        elif child.tag == n.ALTERNATE:
            yield from _text_boxes(n.chosen(child))
        else:
            yield from _text_boxes(child)


def _floating_sign(box: Element) -> bool:
    """Whether a text box holds one tick or box alone: laid over the form like a drawing, near which option is not told."""
    return "".join(t.text or "" for t in box.iter(n.T)).strip() in symbols().glyphs
