"""Complex fields: what stands in a field's place. Results are read, instructions are not, except where they draw a box."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.parsers import docx_names as n
from clusterform.parsers.docx_eq import draw, is_eq
from clusterform.parsers.docx_line import Line
from clusterform.parsers.symbols import Sign, symbols
from clusterform.parsers.xml_tree import Element
from clusterform.patterns import pattern

_DDE = pattern(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_TYPED = pattern(r"^\s*(?:FILLIN|FORMTEXT)\b", re.IGNORECASE)
"""Fields that take typed text. LibreOffice 7.4 makes them of EQ \\o(□,√), of which only the □ is left."""


@dataclass(slots=True)
class _Field:
    instruction: list[str] = data_field(default_factory=list)
    form: Element | None = None
    in_result: bool = False
    line: Line | None = None
    """The line in which its result begins, and where there."""
    start: int = 0

    @property
    def code(self) -> str:
        return "".join(self.instruction)

    @property
    def drawn(self) -> bool:
        """Whether what it shows follows from the field itself, so that a result would say it twice."""
        if self.form is not None and self.form.find(n.CHECK_BOX) is not None:
            return True
        return "FORMCHECKBOX" in self.code.upper() or is_eq(self.code)


@dataclass(slots=True)
class Fields:
    """The fields that are open at one point of the document; they may reach over paragraphs."""

    open: list[_Field] = data_field(default_factory=list)
    muted: bool = False
    """Whether what is read now is no text: an instruction, or the result of a box."""
    dde: bool = False

    def character(self, element: Element, line: Line) -> None:
        """A w:fldChar: begin, separate or end."""
        kind = element.get(n.FLD_TYPE)
        if kind == "begin":
            self.open.append(_Field(form=element.find(n.FF_DATA)))
        elif kind == "separate" and self.open:
            field = self.open[-1]
            field.in_result, field.line, field.start = True, line, line.length
        elif kind == "end" and self.open:
            field = self.open.pop()
            self._mute()
            if not self.muted:
                self._finish(field, line)
        self._mute()

    def instruction(self, text: str) -> None:
        """A piece of the instruction, which Word splits as it likes."""
        if self.open and not self.open[-1].in_result:
            self.open[-1].instruction.append(text)

    def close_line(self, line: Line) -> None:
        """At a paragraph's end only results may go on: a field that was never closed must not swallow what follows."""
        while self.open and (not self.open[-1].in_result or self.open[-1].drawn):
            field = self.open.pop()
            self._mute()
            if not self.muted:
                self._finish(field, line)
        self._mute()

    def _mute(self) -> None:
        self.muted = any(not f.in_result or f.drawn for f in self.open)

    def _finish(self, field: _Field, line: Line) -> None:
        code = field.code
        if _DDE.match(code):
            self.dde = True
        if is_eq(code):
            draw(code, line)
        elif field.drawn:
            line.add_box(form_state(field.form), "FORMCHECKBOX", "")
        elif field.line is line and _TYPED.match(code):
            _doubt_lone_box(line, field.start)


def simple_field(element: Element, line: Line) -> bool:
    """Adds what a w:fldSimple draws by itself; False where it shows what stands in it."""
    code = element.get(n.INSTR_ATTR) or ""
    if is_eq(code):
        draw(code, line)
        return True
    data = element.find(n.FF_DATA)
    state = form_state(data) if "FORMCHECKBOX" in code.upper() else None
    if state is not None:
        line.add_box(state, "FORMCHECKBOX", "")
    return state is not None


def _doubt_lone_box(line: Line, start: int) -> None:
    """A typed-text field that holds an empty box and nothing else: a tick over it may be lost."""
    text = line.text
    inner = text[start:].strip()
    if symbols().glyphs.get(inner) is Sign.EMPTY:
        line.put_box(text.index(inner, start), None, "FILLIN", inner)


def form_state(form: Element | None) -> bool | None:
    """Whether a legacy form box is ticked: w:checked, else w:default, else not. None where it has no box data."""
    box = form.find(n.CHECK_BOX) if form is not None else None
    if box is None:
        return None
    checked = box.find(n.FF_CHECKED)
    return n.is_on(checked if checked is not None else box.find(n.DEFAULT))
