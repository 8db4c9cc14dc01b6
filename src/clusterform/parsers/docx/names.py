"""Names of WordprocessingML elements and attributes (ISO/IEC 29500-1, 17), as lxml spells them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clusterform.parsers.container.xml_tree import Element

W_URI = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{W_URI}}}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

BODY, P, R, T, TBL, TR, TC = (_W + n for n in ("body", "p", "r", "t", "tbl", "tr", "tc"))
PPR, RPR, TRPR, TCPR = (_W + n for n in ("pPr", "rPr", "trPr", "tcPr"))
VAL = _W + "val"
SDT, SDT_PR, SDT_CONTENT = (_W + n for n in ("sdt", "sdtPr", "sdtContent"))
CHECKBOX, CHECKED, CHECKED_STATE, UNCHECKED_STATE = (
    _W14 + n for n in ("checkbox", "checked", "checkedState", "uncheckedState")
)
W14_VAL = _W14 + "val"
ALTERNATE, CHOICE, FALLBACK = (_MC + n for n in ("AlternateContent", "Choice", "Fallback"))
INS, DEL, MOVE_FROM, MOVE_TO = (_W + n for n in ("ins", "del", "moveFrom", "moveTo"))
FORMAT_CHANGES = (
    *(_W + f"{kind}PrChange" for kind in ("r", "p", "tc", "tr", "tbl", "sect")),
    _W + "tblPrExChange",
    _W + "numberingChange",
)
"""Tracked changes of formatting. w:tblGridChange comes with one of them and shows nothing."""
CELL_INS, CELL_DEL = _W + "cellIns", _W + "cellDel"
GRID_SPAN, V_MERGE, H_MERGE = (_W + n for n in ("gridSpan", "vMerge", "hMerge"))
GRID_BEFORE = _W + "gridBefore"
BR, CR, TAB, PTAB, NO_BREAK, SOFT = (
    _W + n for n in ("br", "cr", "tab", "ptab", "noBreakHyphen", "softHyphen")
)
SYM, FLD_CHAR, FLD_SIMPLE, INSTR = (_W + n for n in ("sym", "fldChar", "fldSimple", "instrText"))
CHAR, FONT, FLD_TYPE, INSTR_ATTR = (_W + n for n in ("char", "font", "fldCharType", "instr"))
FF_DATA, CHECK_BOX, DEFAULT, FF_CHECKED = (_W + n for n in ("ffData", "checkBox", "default", "checked"))
RUBY, RUBY_BASE, RUBY_TEXT = (_W + n for n in ("ruby", "rubyBase", "rt"))
DRAWING, PICT, OBJECT, CONTROL, TXBX = (
    _W + n for n in ("drawing", "pict", "object", "control", "txbxContent")
)
ROW_HIDDEN = _W + "hidden"
VANISH, STRIKE, DSTRIKE, BDR, R_FONTS, VERT_ALIGN = (
    _W + n for n in ("vanish", "strike", "dstrike", "bdr", "rFonts", "vertAlign")
)
BOLD, UNDERLINE, HIGHLIGHT, SHADING, COLOR = (_W + n for n in ("b", "u", "highlight", "shd", "color"))
FILL = _W + "fill"
ASCII, H_ANSI = _W + "ascii", _W + "hAnsi"
P_STYLE, R_STYLE, BASED_ON, STYLE, STYLE_ID = (
    _W + n for n in ("pStyle", "rStyle", "basedOn", "style", "styleId")
)
SECT_PR, PLAIN_TEXT = _W + "sectPr", _W + "text"
NUM_PR, NUM_ID, ILVL = (_W + n for n in ("numPr", "numId", "ilvl"))
ALT_CHUNK, ID = _W + "altChunk", _W + "id"
COMMENT_REF, COMMENT_START, COMMENT_END = (
    _W + n for n in ("commentReference", "commentRangeStart", "commentRangeEnd")
)
COMMENT, AUTHOR = _W + "comment", _W + "author"
PLACEHOLDER, TAG = _W + "showingPlcHdr", _W + "tag"
MATH_ANY = _M
MATH, MATH_RUN, MATH_TEXT, MATH_ROOT = (_M + n for n in ("oMath", "r", "t", "rad"))

TRANSPARENT = frozenset(
    {SDT_CONTENT, INS, MOVE_TO, CHOICE}
    | {_W + n for n in ("hyperlink", "smartTag", "customXml", "bdo", "dir")}
)
"""What stands around content and changes nothing about it."""

TRUE_WORDS = frozenset({"1", "true", "on"})


def first(children: Iterable[Element], name: str) -> Element | None:
    """The first of that name, in a third of the time that lxml's `find` takes."""
    return next((child for child in children if child.tag == name), None)


def inside(element: Element, *names: str) -> Iterable[Element]:
    """What stands in the child of that name, of several the first that there is; nothing where there is none."""
    found = (first(element, name) for name in names)
    return next((child for child in found if child is not None), ())


def held(element: Element | None) -> dict[str, Element]:
    """What stands in an element, of each name the first; nothing where there is no element."""
    return {} if element is None else {child.tag: child for child in reversed(element)}


def value(children: Mapping[str, Element], name: str) -> str:
    """What one of an element's children says; empty where it says nothing, or there is none."""
    child = children.get(name)
    return (child.get(VAL) or "") if child is not None else ""


def is_on(element: Element | None, attribute: str = VAL) -> bool:
    """CT_OnOff: present without a value is on; absent is off."""
    return element is not None and (element.get(attribute) or "1").lower() in TRUE_WORDS


def code_point(text: str | None) -> int | None:
    """A character's code in hexadecimal; None where it is none that text may hold."""
    try:
        code = int(text or "", 16)
    except ValueError:
        return None
    return code if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else None


def number(text: str | None, default: int) -> int:
    """A count as the file writes it; the default where it is none."""
    if text is None:
        return default
    try:
        return int(text)
    except ValueError:
        return default


def chosen(alternate: Element) -> Iterable[Element]:
    """The branch of mc:AlternateContent that is read: the first Choice, else the Fallback."""
    return inside(alternate, CHOICE, FALLBACK)
