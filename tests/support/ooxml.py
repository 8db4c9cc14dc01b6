"""Little .docx files from pieces of XML, and the encodings of a box that forms are met with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, in this order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, data)
    return held.getvalue()


def types(main: str = "/word/document.xml", content_type: str = CONTENT_TYPE) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{main}" ContentType="{content_type}"/></Types>'
    )


def relationships(*links: tuple[str, str, str]) -> str:
    """Links as (id, kind, target); a target with :// is outside."""
    items = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"' if "://" in target else "")
        + "/>"
        for key, kind, target in links
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def document(body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}</w:body></w:document>'
    )


def parts(body: str, more: Mapping[str, str | bytes] | None = None) -> dict[str, str | bytes]:
    """The parts of a .docx with this body; `more` adds parts or takes the place of some."""
    return {
        "[Content_Types].xml": types(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document(body),
        **(more or {}),
    }


def docx(body: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    return zipped(parts(body, more))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*inline: str, properties: str = "") -> str:
    """A paragraph; a piece that is no XML becomes a run."""
    pieces = "".join(piece if piece.startswith("<") or not piece else run(piece) for piece in inline)
    return f"<w:p><w:pPr>{properties}</w:pPr>{pieces}</w:p>"


def tc(*content: str, properties: str = "") -> str:
    """A cell of paragraphs; a piece that is no XML becomes one."""
    blocks = "".join(c if c.startswith("<") else p(c) for c in content)
    return f'<w:tc><w:tcPr><w:tcW w:w="100"/>{properties}</w:tcPr>{blocks}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    wrapped = "".join(c if c.startswith("<") else tc(c) for c in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{wrapped}</w:tr>"


def tbl(*rows: str) -> str:
    return f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>{"".join(rows)}</w:tbl>'


def sdt(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def w14(checked: str | None, on: tuple[str, str] = ("2612", "MS Gothic"), off: str = "2610") -> str:
    """The properties of a check box control; `checked` None leaves the element out."""
    state = "" if checked is None else f'<w14:checked w14:val="{checked}"/>'
    return (
        f'<w14:checkbox>{state}<w14:checkedState w14:val="{on[0]}" w14:font="{on[1]}"/>'
        f'<w14:uncheckedState w14:val="{off}" w14:font="{on[1]}"/></w14:checkbox>'
    )


def field(*instructions: str, data: str = "", result: str | None = None) -> str:
    """A complex field; without a result it has no separator either."""
    code = "".join(f"<w:r><w:instrText>{i}</w:instrText></w:r>" for i in instructions)
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    middle = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + result if result is not None else ""
    return f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>{code}{middle}{end}'


def form_box(state: str) -> str:
    """A legacy form box whose w:checkBox holds `state`."""
    return field(" FORMCHECKBOX ", data=f"<w:ffData><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData>")


def sym(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def font_run(font: str, text: str) -> str:
    return run(text, f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>')


def ruby(over: str, base: str) -> str:
    return f"<w:r><w:ruby><w:rt>{run(over)}</w:rt><w:rubyBase>{run(base)}</w:rubyBase></w:ruby></w:r>"


BORDER = '<w:bdr w:val="single" w:sz="4"/>'

BOXES: dict[str, tuple[str, str]] = {
    # encoding: ticked, not ticked
    "w14": (sdt(run("☒"), w14("1")), sdt(run("☐"), w14("0"))),
    "w14 true": (sdt(run("☒"), w14("true")), sdt(run("☐"), w14("false"))),
    "w14 without w14:checked": (sdt(run("☒"), w14("on")), sdt(run("☐"), w14(None))),
    "w14 bare": (
        sdt(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'),
        sdt(run("☐"), "<w14:checkbox/>"),
    ),
    "w14 symbol font": (
        sdt(sym("Wingdings 2", "0052"), w14("1", ("0052", "Wingdings 2"), "00A3")),
        sdt(sym("Wingdings 2", "00A3"), w14("0", ("0052", "Wingdings 2"), "00A3")),
    ),
    "w14 own glyphs": (
        sdt(run("●"), w14("1", ("25CF", "SimSun"), "25CB")),
        sdt(run("○"), w14("0", ("25CF", "SimSun"), "25CB")),
    ),
    "form, checked": (form_box('<w:default w:val="0"/><w:checked/>'), form_box('<w:checked w:val="0"/>')),
    "form, by default": (form_box("<w:default/>"), form_box('<w:default w:val="0"/>')),
    "form, words": (form_box('<w:checked w:val="true"/>'), form_box('<w:checked w:val="false"/>')),
    "sym of Word": (sym("Wingdings 2", "F052"), sym("Wingdings 2", "F0A3")),
    "sym of WPS": (sym("Wingdings 2", "0052"), sym("Wingdings 2", "00A3")),
    "sym Wingdings": (sym("Wingdings", "F0FE"), sym("Wingdings", "00A8")),
    "sym crossed": (sym("Wingdings", "F0FD"), sym("Wingdings", "F06F")),
    "letter R": (font_run("Wingdings 2", "R"), font_run("Wingdings 2", "£")),
    "letter thorn": (font_run("Wingdings", "þ"), font_run("Wingdings", "¨")),
    "private use": (font_run("Wingdings", "\uf0fe"), font_run("Wingdings", "\uf0a8")),
    "private use, font lost": (run("\uf0fe"), run("\uf0a8")),
    "EQ": (field(r" EQ \o(□,√) "), field(r" EQ \o(□,　) ")),
    "EQ split": (field(r"eq \o\ac(", "□", ",√)"), field(r"eq \o\ac(", "□", ", )")),
    "ruby": (ruby("√", "□"), ruby("", "□")),
    "border": (run("√", BORDER), run(" ", BORDER)),
    "combining": (run("√\u20de"), run("□")),
    "brackets": (run("[√]"), run("[ ]")),
    "brackets x": (run("[x]"), run("[ ]")),
    **{f"glyph {on}{off}": (run(on), run(off)) for on, off in ("☑□", "☒☐", "■□", "✅⬜", "●○", "🗹❑", "▣◻")},
    **{f"□{tick}": (run("□") + run(tick), run("□")) for tick in "√✓✔"},
    **{f"{tick} in its place": (run(tick), run("□")) for tick in "√✓✔"},
}
"""Every encoding of a box before its option, ticked and not, as inline XML."""

CHOICE = '<mc:AlternateContent><mc:Choice Requires="wps">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>'
WRAPPERS: dict[str, str] = {
    "plain": "{}",
    "insertion": '<w:ins w:id="1">{}</w:ins>',
    "moved here": '<w:moveTo w:id="1">{}</w:moveTo>',
    "hyperlink": "<w:hyperlink>{}</w:hyperlink>",
    "smart tag": "<w:smartTag>{}</w:smartTag>",
    "custom XML": "<w:customXml>{}</w:customXml>",
    "simple field": '<w:fldSimple w:instr="QUOTE">{}</w:fldSimple>',
    "content control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "direction": '<w:bdo w:val="ltr">{}</w:bdo>',
}
"""What may stand around inline content and changes nothing."""
