"""Content controls of Word: the answers' places by name, and boxes to click."""

from __future__ import annotations

from dataclasses import dataclass

from clusterform.writing.markup import element, plain, val

LONGEST_NAME = 64
"""Characters that Word allows in a control's tag and title; with more it calls the file damaged."""
PLACEHOLDER = "ClusterformBlank"
"""The building block that an emptied control shows again."""
BLANK = "\u3000" * 3
"""What it shows: nothing to see, but wide enough to be clicked."""
EMPTY, TICKED = "☐", "☑"
_BOX_FONT = "Segoe UI Symbol"
"""It holds both glyphs, in one size, and comes with every Windows since 7."""
_SCRIPTS = ("w_ascii", "w_hAnsi", "w_eastAsia", "w_cs")
_LOCKED = val("w:lock", "sdtLocked")
"""The control cannot be deleted by mistake; its answer can."""
_PROMPTED = element("w:placeholder", val("w:docPart", PLACEHOLDER)) + element("w:showingPlcHdr")
_FIRST_ID = 770000


def run(text: str, *properties: str) -> str:
    """One run of text."""
    held = element("w:rPr", *properties) if properties else ""
    return element("w:r", held, element("w:t", plain(text), xml_space="preserve"))


@dataclass(slots=True)
class Controls:
    """Writes controls, numbering them in the order they are asked for."""

    made: int = 0

    def answer(self, name: str, title: str, *look: str, lines: bool = False, width: int = 1) -> str:
        """A place in a paragraph for an answer, `width` placeholders wide; with `lines` it may have several."""
        kind = element("w:text", w_multiLine=1) if lines else element("w:text")
        shown = run(BLANK * width, val("w:rStyle", "Placeholder"), *look)
        return self._control(name, title, f"{_LOCKED}{_PROMPTED}{kind}", shown, "".join(look))

    def prose(self, name: str, title: str, paragraph: str) -> str:
        """A place for paragraphs, which may hold whatever a document holds."""
        return self._control(name, title, element("w:richText"), paragraph)

    def printed(self, name: str, title: str, runs: str) -> str:
        """A place in a paragraph where the form prints a pattern to fill in."""
        return self._control(name, title, f"{_LOCKED}{element('w:richText')}", runs)

    def box(self, name: str, title: str) -> str:
        """A box of a group."""
        look = element("w:rFonts", **dict.fromkeys(_SCRIPTS, _BOX_FONT), w_hint="eastAsia")
        states = (
            element("w14:checked", w14_val=0),
            element("w14:checkedState", w14_val=f"{ord(TICKED):04X}", w14_font=_BOX_FONT),
            element("w14:uncheckedState", w14_val=f"{ord(EMPTY):04X}", w14_font=_BOX_FONT),
        )
        return self._control(name, title, _LOCKED + element("w14:checkbox", *states), run(EMPTY, look), look)

    def _control(self, name: str, title: str, kind: str, content: str, look: str = "") -> str:
        """A control; its name is found again by programs, its title is shown to a person."""
        self.made += 1
        properties = (
            element("w:rPr", look) if look else "",
            val("w:alias", shortened(title)),
            val("w:tag", name),
            val("w:id", _FIRST_ID + self.made),
            kind,
        )
        return element("w:sdt", element("w:sdtPr", *properties), element("w:sdtContent", content))


def shortened(title: str) -> str:
    """A title of no more characters than Word allows."""
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
