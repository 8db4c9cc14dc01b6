"""XML as text, and content controls of Word: the answers' places by name, and boxes to click."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr


def element(name: str, /, *inner: str, **attributes: object) -> str:
    """An element; in the names of attributes the first _ stands for the colon."""
    written = "".join(
        f" {key.replace('_', ':', 1)}={quoteattr(str(value))}" for key, value in attributes.items()
    )
    body = "".join(inner)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def val(name: str, value: object) -> str:
    """An element of WordprocessingML that is its value and nothing else."""
    return element(name, w_val=value)


def plain(text: str) -> str:
    """Text between tags."""
    return escape(text)


LONGEST_NAME = 64
"""Characters that Word allows in a control's tag and title; with more it calls the file damaged."""
SPACE, LINE = "ClusterformSpace", "ClusterformLine"
PROMPTS = {SPACE: "\u3000" * 2, LINE: "_" * 6}
"""What an empty control shows, by the building block that brings it back: nothing to see, but wide enough to be
clicked; or a line to write on."""
UNDERLINE = val("w:u", "single")
EMPTY, TICKED = "☐", "☑"
_BOX_FONT = "Segoe UI Symbol"
"""It holds both glyphs, in one size, and comes with every Windows since 7."""
_SCRIPTS = ("w_ascii", "w_hAnsi", "w_eastAsia", "w_cs")
_LOCKED = val("w:lock", "sdtLocked")
"""The control cannot be deleted by mistake; its answer can."""
_ANY_TEXT = element("w:richText")
"""Not w:text, nor a control round a whole paragraph: LibreOffice 7.4 repeats the text of such for every piece of it."""
_FIRST_ID = 770000


def run(text: str, *properties: str) -> str:
    """One run of text."""
    held = element("w:rPr", *properties) if properties else ""
    return element("w:r", held, element("w:t", plain(text), xml_space="preserve"))


@dataclass(slots=True)
class Controls:
    """Writes controls, numbering them in the order they are asked for."""

    made: int = 0

    def answer(self, name: str, title: str, *, locked: bool = True) -> str:
        """A place in a paragraph for an answer."""
        kind = (_LOCKED if locked else "") + _prompted(SPACE) + _ANY_TEXT
        return self._control(name, title, kind, run(PROMPTS[SPACE]))

    def underlined(self, name: str, title: str) -> str:
        """A place where the form prints a line to write on."""
        return self._control(
            name, title, _LOCKED + _prompted(LINE) + _ANY_TEXT, run(PROMPTS[LINE]), UNDERLINE
        )

    def printed(self, name: str, title: str, runs: str) -> str:
        """A place in a paragraph where the form prints a pattern to fill in."""
        return self._control(name, title, _LOCKED + _ANY_TEXT, runs)

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


def _prompted(prompt: str) -> str:
    """That the control is empty and shows its prompt."""
    return element("w:placeholder", val("w:docPart", prompt)) + element("w:showingPlcHdr")


def shortened(title: str) -> str:
    """A title of no more characters than Word allows."""
    return title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
