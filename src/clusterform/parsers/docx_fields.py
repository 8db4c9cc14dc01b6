"""Complex fields: what stands in a field's place. Results are read, instructions are not, except where they draw a box."""

from __future__ import annotations

import re
from dataclasses import dataclass
from dataclasses import field as data_field

from lxml import etree

from clusterform.parsers import docx_names as n
from clusterform.parsers.docx_line import Line
from clusterform.parsers.symbols import Sign, symbols

_EQ = re.compile(r"^\s*eq\s+\\o\s*((?:\\a[clr]\s*)?)\((.*)\)\s*$", re.IGNORECASE | re.DOTALL)
_DDE = re.compile(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: list[str] = data_field(default_factory=list)
    form: etree._Element | None = None
    in_result: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at one point of the document; they may reach over paragraphs."""

    open: list[_Field] = data_field(default_factory=list)
    muted: bool = False
    """Whether what is read now is no text: an instruction, or the result of a box."""
    dde: bool = False

    def character(self, element: etree._Element, line: Line) -> None:
        """A w:fldChar: begin, separate or end."""
        kind = element.get(n.FLD_TYPE)
        if kind == "begin":
            self.open.append(_Field(form=element.find(n.FF_DATA)))
        elif kind == "separate" and self.open:
            self.open[-1].in_result = True
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
        while self.open and (not self.open[-1].in_result or _is_box(self.open[-1])):
            field = self.open.pop()
            self._mute()
            if not self.muted:
                self._finish(field, line)
        self._mute()

    def _mute(self) -> None:
        self.muted = any(not f.in_result or _is_box(f) for f in self.open)

    def _finish(self, field: _Field, line: Line) -> None:
        code = "".join(field.instruction)
        if _DDE.match(code):
            self.dde = True
        if _is_box(field):
            line.add_box(form_state(field.form), "FORMCHECKBOX", "")
            return
        overlay = _EQ.match(code)
        if overlay and not field.in_result:
            _overlay(overlay[2], line)


def form_state(form: etree._Element | None) -> bool | None:
    """Whether a legacy form box is ticked: w:checked, else w:default, else not. None where it has no box data."""
    box = form.find(n.CHECK_BOX) if form is not None else None
    if box is None:
        return None
    checked = box.find(n.FF_CHECKED)
    return n.is_on(checked if checked is not None else box.find(n.DEFAULT))


def _is_box(field: _Field) -> bool:
    if field.form is not None and field.form.find(n.CHECK_BOX) is not None:
        return True
    return "FORMCHECKBOX" in "".join(field.instruction).upper()


def _overlay(arguments: str, line: Line) -> None:
    r"""EQ \o(□,√): characters printed over each other. A tick over a box is a ticked box; other circles are dropped."""
    pieces = [p.strip() for p in re.split(r"[,，;；]", arguments)]
    glyphs = symbols().glyphs
    signs = [glyphs[p] for p in pieces if p in glyphs]
    if len(signs) != len([p for p in pieces if p]):
        line.add("".join(p for p in pieces if p not in glyphs))  # 带圈字符: the letter in the circle
    elif any(s in {Sign.TICK, Sign.TICKED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☑")
    elif any(s in {Sign.CROSS, Sign.CROSSED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☒")
    elif signs:
        line.add_box(ticked=False, origin="EQ", shown="□")
