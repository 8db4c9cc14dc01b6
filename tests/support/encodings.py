"""Every way of ticking that a whole form is written in: families as in rules/box_encodings.yaml, variants here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from support.ooxml import BOXES, field, font_run, form_box, run, sdt, sym, w14


@dataclass(frozen=True, slots=True)
class Encoding:
    """A ticked option and one not ticked, as inline XML round {words} (runs), {label}, {note}, {n} or {circled n}."""

    family: str
    shown: str
    """As a person or the XML has it, ticked / not ticked."""
    ticked: str
    empty: str
    decided: bool = True
    """Whether the file says what is ticked."""
    all_told: bool = True
    """Whether a group with every option ticked can be told from one with none."""

    def option(self, words: str, text: str, number: int, *, ticked: bool) -> str:
        """One option as inline XML: `words` are its runs, `text` the same plain, `number` its place in the group."""
        cut = min((at for at in (text.find("("), text.find("（")) if at > 0), default=len(text))
        return (
            (self.ticked if ticked else self.empty)
            .replace("{words}", words)
            .replace("{label}", escape(text[:cut]))
            .replace("{note}", run(escape(text[cut:])) if text[cut:] else "")
            .replace("{circled n}", chr(0x2460 + number - 1))
            .replace("{n}", str(number))
        )


def _before(family: str, shown: str, pair: tuple[str, str], *, decided: bool = True) -> Encoding:
    return Encoding(family, shown, pair[0] + "{words}", pair[1] + "{words}", decided)


_SHOWN = {
    "w14": ("control", "w14:checked=1, ☒ / ☐"),
    "w14 true": ("control", "w14:checked=true / false"),
    "w14 without w14:checked": ("control", "w14:checked=on / –"),
    "w14 bare": ("control", "w14:checkbox without glyphs"),
    "w14 symbol font": ("control", "Wingdings 2 0052 / 00A3"),
    "w14 own glyphs": ("control", "● / ○"),
    "form, checked": ("form_field", "<w:checked/> / w:checked=0"),
    "form, by default": ("form_field", "<w:default/> / w:default=0"),
    "form, words": ("form_field", "w:checked=true / false"),
    "sym of Word": ("symbol", "Wingdings 2 F052 / F0A3"),
    "sym of WPS": ("symbol", "Wingdings 2 0052 / 00A3"),
    "sym Wingdings": ("symbol", "Wingdings F0FE / 00A8"),
    "sym crossed": ("symbol", "Wingdings F0FD / F06F"),
    "letter R": ("letter", "Wingdings 2 R / £"),
    "letter thorn": ("letter", "Wingdings þ / ¨"),
    "private use": ("letter", "Wingdings U+F0FE / U+F0A8"),
    "private use, font lost": ("private_use", "U+F0FE / U+F0A8"),
    "EQ": ("eq", r"EQ \o(□,√) / EQ \o(□,　)"),
    "EQ split": ("eq", r"eq \o\ac(□,√) / eq \o\ac(□, )"),
    "ruby": ("ruby", "w:ruby √ over □ / □"),
    "border": ("border", "w:bdr √ / w:bdr space"),
    "combining": ("combining", "√ U+20DE / □"),
    "brackets": ("brackets", "[√] / [ ]"),
    "brackets x": ("brackets", "[x] / [ ]"),
}
"""Family and look of the encodings in ooxml.BOXES; the plain glyphs tell their own."""


def _of_boxes(name: str) -> Encoding:
    pair = BOXES[name]
    if name in _SHOWN:
        return _before(*_SHOWN[name], pair)
    if name.startswith("glyph "):
        glyph = _before("glyph", " / ".join(name.removeprefix("glyph ")), pair)
        return _one_left(glyph) if "●" in name else glyph
    if name.endswith("in its place"):
        return _before("in_place", f"{name[0]} / □", pair)
    return _before("beside", f"{name} / □", pair)


def _one_left(encoding: Encoding) -> Encoding:
    """● before every option may be a list's bullet, a circle round every number mere numbering."""
    return replace(encoding, all_told=False)


_RADICAL = "<m:oMath><m:rad><m:deg/><m:e/></m:rad></m:oMath>"
_SIMPLE_FORM = '<w:fldSimple w:instr=" FORMCHECKBOX ">{}</w:fldSimple>'
_SIMPLE_EQ = r'<w:fldSimple w:instr=" eq \o\ac(□,{}) "/>'
_PHONETIC = r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9({}),□)'
_COMBINED = '<w:eastAsianLayout w:id="1" w:combine="1"/>'
_MORE: dict[str, Encoding] = {
    "w14 one glyph": _before(
        "control",
        "□ / □, w14:checked=1 / 0",
        (
            sdt(run("□"), w14("1", ("25A1", "SimSun"), "25A1")),
            sdt(run("□"), w14("0", ("25A1", "SimSun"), "25A1")),
        ),
    ),
    "w14 reversed": _before(
        "control",
        "☐ / ☒, w14:checkedState=2610",
        (
            sdt(run("☐"), w14("1", ("2610", "SimSun"), "2612")),
            sdt(run("☒"), w14("0", ("2610", "SimSun"), "2612")),
        ),
    ),
    "w14 bare tick": _before(
        "control",
        "√ / □",
        (
            sdt(run("√"), w14("1", ("221A", "SimSun"), "25A1")),
            sdt(run("□"), w14("0", ("221A", "SimSun"), "25A1")),
        ),
    ),
    "w14 unknown font": _before(
        "control",
        "a / b",
        (sdt(run("a"), w14("1", ("0061", "Own"), "0062")), sdt(run("b"), w14("0", ("0061", "Own"), "0062"))),
    ),
    "form, both": _before(
        "form_field",
        "w:default=0 w:checked=on / w:default=1 w:checked=0",
        (
            form_box('<w:default w:val="0"/><w:checked w:val="on"/>'),
            form_box('<w:default w:val="1"/><w:checked w:val="0"/>'),
        ),
    ),
    "form, simple field": _before(
        "form_field",
        "w:fldSimple FORMCHECKBOX ☒ / ☐",
        (_SIMPLE_FORM.format(run("☒")), _SIMPLE_FORM.format(run("☐"))),
    ),
    "sym filled": _before(
        "symbol", "Wingdings F06E / F06F", (sym("Wingdings", "F06E"), sym("Wingdings", "F06F"))
    ),
    "sym tick": _before(
        "symbol", "Wingdings 2 F050 / F0A3", (sym("Wingdings 2", "F050"), sym("Wingdings 2", "F0A3"))
    ),
    "sym tick beside": _before(
        "symbol", "□ Wingdings F0FC / □", (run("□") + sym("Wingdings", "F0FC"), run("□"))
    ),
    "sym Webdings": _before(
        "symbol", "Webdings F061 / F063", (sym("Webdings", "F061"), sym("Webdings", "F063"))
    ),
    "sym plain": _before(
        "symbol",
        "Segoe UI Symbol 2611 / 2610",
        (sym("Segoe UI Symbol", "2611"), sym("Segoe UI Symbol", "2610")),
    ),
    "letter P": _before(
        "letter", "Wingdings 2 P / £", (font_run("Wingdings 2", "P"), font_run("Wingdings 2", "£"))
    ),
    "letter x": _before(
        "letter", "Wingdings x / o", (font_run("Wingdings", "x"), font_run("Wingdings", "o"))
    ),
    "EQ among □": _before("eq", r"eq \o\ac(□,√) / □", (field(r"eq \o\ac(□,√)"), run("□"))),
    "EQ wide": _before("eq", r"eq \o（□，√） / □", (field(r"eq \o（□，√）"), run("□"))),
    "EQ lowered": _before(
        "eq",
        r"eq \o\ac(□,\s\do2(√)) / \s\do2( )",
        (field(r"eq \o\ac(□,\s\do2(√))"), field(r"eq \o\ac(□,\s\do2( ))")),
    ),
    "EQ frame": _before("eq", r"eq \x(√) / eq \x( )", (field(r"eq \x(√)"), field(r"eq \x( )"))),
    "EQ with a result": _before(
        "eq",
        r"eq \o\ac(□,√), □ as its result / □",
        (field(r"eq \o\ac(□,√)", result=run("□")), run("□")),
    ),
    "EQ simple field": _before(
        "eq", r"w:fldSimple eq \o\ac(□,√) / □", (_SIMPLE_EQ.format("√"), _SIMPLE_EQ.format(" "))
    ),
    "EQ phonetic": _before(
        "ruby",
        r"EQ \o\ad(\s\up 9(√),□) / \s\up 9( )",
        (field(_PHONETIC.format("√")), field(_PHONETIC.format(" "))),
    ),
    "two lines in one": _before("beside", "w:combine □√ / □", (run("□√", _COMBINED), run("□"))),
    "radical": _before("beside", "□ m:rad / □", (run("□") + _RADICAL, run("□"))),
    "tick before □": _before("beside", "√□ / □", (run("√□"), run("□"))),
    "round brackets": _before("brackets", "（√） / （　）", (run("（√）"), run("（　）"))),
    "mouth": _before("glyph", "☑ / 口", (run("☑"), run("口"))),
    "glyph behind": Encoding("behind", "是☑ / 否□", "{words}" + run("☑"), "{words}" + run("□")),
    "control behind": Encoding(
        "behind", "是 w14:checked=1 / 0", "{words}" + BOXES["w14"][0], "{words}" + BOXES["w14"][1]
    ),
    "brackets behind": Encoding(
        "behind", "是（√） / 否（　）", "{words}" + run("（√）"), "{words}" + run("（　）")
    ),
    "tick behind": Encoding("behind", "□是√ / □否", run("□") + "{words}" + run("√"), run("□") + "{words}"),
    "brackets behind □": Encoding(
        "behind", "□是(√) / □否", run("□") + "{words}" + run("(√)"), run("□") + "{words}"
    ),
    "tick alone": Encoding("alone", "√是 / 否", run("√") + "{words}", "{words}"),
    "tick alone behind": Encoding("alone", "是√ / 否", "{words}" + run("√"), "{words}"),
    "circle, EQ": Encoding(
        "circle", r"eq \o\ac(○,是) / 否", field(r"eq \o\ac(○,{label})") + "{note}", "{words}"
    ),
    "circle round □": Encoding(
        "circle",
        r"□ eq \o\ac(○,是) / □否",
        run("□") + field(r"eq \o\ac(○,{label})") + "{note}",
        run("□") + "{words}",
    ),
    "circle, combining": Encoding("circle", "是 U+20DD / 否", run("{label}\u20dd") + "{note}", "{words}"),
    "circled number": _one_left(
        Encoding("circle", "②是 / 1.否", run("{circled n}") + "{words}", run("{n}.") + "{words}")
    ),
    "circled number, EQ": _one_left(
        Encoding(
            "circle",
            r"eq \o\ac(○,2)是 / 1.否",
            field(r"eq \o\ac(○,{n})") + "{words}",
            run("{n}.") + "{words}",
        )
    ),
}
_OBJECT = '<w:r><w:object><w:control r:id="rId9"/></w:object></w:r>'
_PICTURE = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
UNDECIDED: dict[str, Encoding] = {
    # what the file does not decide
    "ActiveX": _before("undecided", "ActiveX control", (_OBJECT, _OBJECT), decided=False),
    "picture": _before("undecided", "picture over □ / □", (run("□") + _PICTURE, run("□")), decided=False),
    "unknown code": _before(
        "undecided",
        "Wingdings 2 F02A / F0A3",
        (sym("Wingdings 2", "F02A"), sym("Wingdings 2", "F0A3")),
        decided=False,
    ),
    "state against glyph": _before(
        "undecided", "☑, w14:checked=0 / ☐", (sdt(run("☑"), w14("0")), sdt(run("☐"), w14("0"))), decided=False
    ),
}
ENCODINGS: dict[str, Encoding] = {name: _of_boxes(name) for name in BOXES} | _MORE
"""What the file decides."""
