r"""Complex fields: what stands in a field's place. Results are read, instructions are not, except where they draw a box.

EQ fields print characters over or round each other, \o and \x; a tick over a box is a ticked box. Syntax: ISO/IEC
29500-1, 17.16.5 (EQ). Word keeps 带圈字符 as \o\ac(○,字) and, in older files, 拼音指南 as \o\ad(\s\up 9(音),字);
neither field has a result.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as data_field

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.paragraph_builder import ParagraphBuilder
from clusterform.parsers.symbols import Sign, symbols
from clusterform.patterns import pattern

_EQ = pattern(r"\A\s*+eq\b", re.IGNORECASE)
_GENERAL = pattern(r'\\\*\s*(?:"[^"]*"|\S+)')
"""Switches of the field, such as \\* jc2 and \\* "Font:宋体"."""
_DRAWN = pattern(
    r"\s*+\\(?P<kind>[a-z])\s*+(?P<switches>(?:\\[a-z]++\s*+\d*+\s*+)*+)[(（](?P<arguments>.*)[)）]\s*+",
    re.IGNORECASE | re.DOTALL,
)
_SWITCHES = pattern(r"(?:\\[a-z]++\s*+-?\d*+\s*+)++", re.IGNORECASE)
_RAISED = pattern(r"\s*\\s\s*\\up", re.IGNORECASE)
_ENCLOSURES = frozenset("○□△◇◯〇")
"""What Word's 带圈字符 puts round a character."""
_DDE = pattern(r"^\s*DDE(?:AUTO)?\b", re.IGNORECASE)
_TYPED = pattern(r"^\s*(?:FILLIN|FORMTEXT)\b", re.IGNORECASE)
"""Fields that take typed text. LibreOffice 7.4 makes them of EQ \\o(□,√), of which only the □ is left."""


def is_eq(code: str) -> bool:
    """Whether a field's instruction is an EQ: what it draws stands in the instruction, not in a result."""
    return _EQ.match(code) is not None


def draw(code: str, line: ParagraphBuilder) -> None:
    """Adds what an EQ field shows: a box, a letter in its circle, a word under its reading, else its letters."""
    drawn = _DRAWN.fullmatch(_GENERAL.sub("", _EQ.sub("", code, count=1)))
    if drawn is None:
        return
    kind = drawn["kind"].lower()
    raw = list(_arguments(drawn["arguments"]))
    pieces = [_letters(piece) for piece in raw]
    if kind in {"o", "x"} and _box([p for p in pieces if p], line, framed=kind == "x"):
        return
    inner = [p for p in pieces if p and p not in _ENCLOSURES]
    if kind == "o" and len(raw) > 1 and _RAISED.match(raw[0]):
        line.add(pieces[-1])
    elif kind == "x" or len(inner) < len([p for p in pieces if p]):
        line.circle("".join(inner))
    else:
        line.add(("/" if kind == "f" else "").join(inner))


def _box(pieces: list[str], line: ParagraphBuilder, *, framed: bool) -> bool:
    """Adds the box that the pieces make together; False where they make none."""
    signs = [symbols().glyphs.get(p) for p in pieces]
    if None in signs or not (signs or framed):
        return False
    if any(s in {Sign.TICK, Sign.TICKED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☑")
    elif any(s in {Sign.CROSS, Sign.CROSSED} for s in signs):
        line.add_box(ticked=True, origin="EQ", shown="☒")
    else:
        line.add_box(ticked=None if Sign.UNKNOWN in signs else False, origin="EQ", shown="□")
    return True


def _arguments(text: str) -> Iterator[str]:
    """The arguments between the outer brackets."""
    depth = start = 0
    for at, char in enumerate(text):
        depth += (char in "(（") - (char in ")）")
        if char in ",，;；" and not depth:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def _letters(argument: str) -> str:
    """An argument without the switches that raise, lower or space it, and without their brackets."""
    start, end = _stripped(argument, 0, len(argument))
    while (switched := _SWITCHES.match(argument, start, end)) is not None:
        start = switched.end()
        if end - start > 1 and argument[start] in "(（" and argument[end - 1] in ")）":
            start, end = _stripped(argument, start + 1, end - 1)
    return argument[start:end]


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(slots=True)
class _WordField:
    instruction: list[str] = data_field(default_factory=list)
    form: Element | None = None
    in_result: bool = False
    line: ParagraphBuilder | None = None
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

    open: list[_WordField] = data_field(default_factory=list)
    muted: bool = False
    """Whether what is read now is no text: an instruction, or the result of a box."""
    dde: bool = False

    def character(self, element: Element, line: ParagraphBuilder) -> None:
        """A w:fldChar: begin, separate or end."""
        kind = element.get(n.FLD_TYPE)
        if kind == "begin":
            self.open.append(_WordField(form=element.find(n.FF_DATA)))
        elif kind == "separate" and self.open:
            field = self.open[-1]
            field.in_result, field.line, field.start = True, line, line.length
        elif kind == "end" and self.open:
            self._close(line)
        self._mute()

    def instruction(self, text: str) -> None:
        """A piece of the instruction, which Word splits as it likes."""
        if self.open and not self.open[-1].in_result:
            self.open[-1].instruction.append(text)

    def close_line(self, line: ParagraphBuilder) -> None:
        """At a paragraph's end only results may go on: a field that was never closed must not swallow what follows."""
        while self.open and (not self.open[-1].in_result or self.open[-1].drawn):
            self._close(line)
        self._mute()

    def _mute(self) -> None:
        self.muted = any(not f.in_result or f.drawn for f in self.open)

    def _close(self, line: ParagraphBuilder) -> None:
        """The innermost, with what it shows where it is no part of another's instruction."""
        field = self.open.pop()
        self._mute()
        if self.muted:
            return
        code = field.code
        if _DDE.match(code):
            self.dde = True
        if is_eq(code):
            draw(code, line)
        elif field.drawn:
            line.add_box(form_state(field.form), "FORMCHECKBOX", "")
        elif field.line is line and _TYPED.match(code):
            _doubt_lone_box(line, field.start)


def simple_field(element: Element, line: ParagraphBuilder) -> bool:
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


def _doubt_lone_box(line: ParagraphBuilder, start: int) -> None:
    """A typed-text field that holds an empty box and nothing else: a tick over it may be lost."""
    text = line.text
    inner = text[start:].strip()
    if symbols().glyphs.get(inner) is Sign.EMPTY:
        line.put_box(text.index(inner, start), 1, None, "FILLIN", inner)


def form_state(form: Element | None) -> bool | None:
    """Whether a legacy form box is ticked: w:checked, else w:default, else not. None where it has no box data."""
    box = form.find(n.CHECK_BOX) if form is not None else None
    if box is None:
        return None
    checked = box.find(n.FF_CHECKED)
    return n.is_on(checked if checked is not None else box.find(n.DEFAULT))
