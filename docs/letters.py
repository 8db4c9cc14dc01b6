"""Writes the templates of letters under templates/letter/ anew, of the catalogue's words: python docs/letters.py."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from clusterform.finding import OWN_OUTPUT
from clusterform.messages import LANGUAGES, Text
from clusterform.writing.repack import shipped_part
from clusterform.writing.word.word_xml import WordCell, WordRow, element, paragraph, table, text, val

FOLDER = Path(__file__).resolve().parents[1] / "templates" / "letter"
WIDTH, WIDTH_ACROSS = 8844, 12756
"""Of the text, upright and across, between the margins of GB/T 9704, in twentieths of a point."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TITLE, _HEADING, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
FIRST_LINE = {"w_firstLineChars": 200, "w_firstLine": 640}
FORM_MARGINS = {"w_top": 2098, "w_right": 1474, "w_bottom": 1984, "w_left": 1588}
"""Those of the forms, of GB/T 9704: 37 mm above, 28 mm left."""
FROM_RIGHT = {"w_rightChars": 400, "w_right": 1280}
"""The date of an official letter stands four characters from the margin (GB/T 9704, 7.3.5)."""
STYLES = (
    ("LetterTitle", "公文标题", _TITLE, 44, {"w_after": 480, "w_line": 640}, "center", {}),
    ("LetterOpening", "公文主送", _BODY, 32, {"w_line": 579}, "left", {}),
    ("LetterBody", "公文正文", _BODY, 32, {"w_line": 579}, "both", FIRST_LINE),
    (
        "LetterHeading",
        "公文小标题",
        _HEADING,
        32,
        {"w_before": 120, "w_after": 60, "w_line": 579},
        "left",
        FIRST_LINE,
    ),
    ("LetterSign", "公文落款", _BODY, 32, {"w_before": 240, "w_line": 579}, "right", FROM_RIGHT),
    ("LetterNote", "公文表注", _BODY, 21, {"w_before": 60, "w_line": 320}, "left", {}),
    ("LetterHead", "公文表头", _HEADING, 21, {"w_line": 320}, "center", {}),
    ("LetterCell", "公文表格", _BODY, 21, {"w_line": 300}, "left", {}),
    ("LetterFigure", "公文表格数字", _BODY, 21, {"w_line": 300}, "center", {}),
)
"""Each by its name, the font, half points, distances in twentieths of a point, how it is set, and its indents."""


def main() -> None:
    """Both templates in both languages."""
    for language in LANGUAGES:
        folder = FOLDER / language
        folder.mkdir(parents=True, exist_ok=True)
        for kind, body in (("notice", notice(language)), ("summary", summary(language))):
            (folder / f"{kind}.docx").write_bytes(package(body, Text(f"letter.{kind}")[language]))


def notice(language: str) -> str:
    """The body of a letter: every tag of jinja stands in a paragraph or row of its own, or inside a text."""
    places = ("addressee", "cluster", "form", "file", "title", "document", "found", "due")
    facts = {name: _tag(f"notice.{name}") for name in places}
    shares = (7, 21, 15, 38, 19)
    heads = ("number", "place", "value", "remedy", "basis")
    rows = [
        _head(heads, shares, WIDTH, language),
        *_group("errors", shares, language),
        *_group("warnings", shares, language),
    ]
    numbered = Text("letter.item", number=_tag("loop.index"), text=_tag("item"))[language]
    return "".join(
        (
            _line("LetterTitle", "letter.notice", language),
            text("LetterOpening", Text("letter.opening", addressee=facts["addressee"])[language]),
            text("LetterBody", Text("letter.body", **facts)[language]),
            _line("LetterHeading", "letter.corrections", language),
            table(rows),
            text("LetterNote", Text("letter.basis-note", document=facts["document"])[language]),
            text("LetterBody", "{%p if notice.confirm %}"),
            _line("LetterHeading", "letter.confirm", language),
            _line("LetterBody", "letter.confirm-note", language),
            *_each("item", "notice.confirm", text("LetterBody", numbered)),
            text("LetterBody", "{%p endif %}"),
            _line("LetterSign", "letter.seal", language),
            _line("LetterSign", "letter.sign-date", language),
            _line("LetterBody", "letter.contact", language),
            _page(),
        )
    )


def _group(kind: str, shares: Sequence[int], language: str) -> list[WordRow]:
    """The lines of one weight under a line of their own, where there are any."""
    count = _tag(f"notice.{kind} | length")
    words = Text("letter.errors-head" if kind == "errors" else "letter.warnings-head", count=count)
    remedy = _each("line", "row.remedy", text("LetterCell", _tag("line")))
    cells = (
        (text("LetterFigure", _tag("row.number")),),
        (text("LetterCell", _tag("row.place")),),
        (text("LetterCell", _tag("row.value")),),
        remedy,
        (text("LetterCell", _tag("row.basis")),),
    )
    return [
        _command(f"if notice.{kind}", WIDTH),
        WordRow((WordCell(WIDTH, (text("LetterHead", words[language]),)),)),
        _command(f"for row in notice.{kind}", WIDTH),
        _row(cells, shares, WIDTH),
        _command("endfor", WIDTH),
        _command("endif", WIDTH),
    ]


def summary(language: str) -> str:
    """The body of the summary: its tables lie across."""
    counts = ("forms", "unread")
    facts = {name: _tag(f"summary.{name} | length") for name in counts}
    facts |= {name: _tag(f"summary.{name}") for name in ("returned", "errors", "warnings", "confirm")}
    return "".join(
        (
            _line("LetterTitle", "letter.summary", language),
            text("LetterBody", Text("letter.summary-body", **facts)[language]),
            _line("LetterHeading", "letter.summary-forms", language),
            table(_forms(language)),
            *_section("unread", ("file", "reason"), ("name", "reason"), (40, 60), language),
            *_section(
                "across",
                ("severity", "message", "who", "file"),
                ("severity", "message", "who", "files"),
                (10, 52, 10, 28),
                language,
            ),
            *_listed("tasks", language),
            *_listed("notes", language),
            _page(across=True),
        )
    )


def _forms(language: str) -> list[WordRow]:
    shares = (5, 9, 17, 9, 7, 7, 7, 30, 9)
    columns = ("errors", "warnings", "confirm")
    heads = (
        "number", "county", "cluster", "form", *(f"{name}-column" for name in columns), "points", "ended",
    )  # fmt: skip
    figures = [(text("LetterFigure", _tag(f"row.{name}")),) for name in columns]
    points = _each("line", "row.points", text("LetterCell", _tag("line")))
    cells = (
        (text("LetterFigure", _tag("row.number")),),
        *((text("LetterCell", _tag(f"row.{name}")),) for name in ("county", "cluster", "form")),
        *figures,
        points,
        (text("LetterFigure", _tag("row.ended")),),
    )
    total = (
        (paragraph("LetterFigure"),),
        (text("LetterHead", Text("letter.total")[language]),),
        *((paragraph("LetterCell"),) for _ in range(2)),
        *((text("LetterFigure", _tag(f"summary.{name}")),) for name in columns),
        *((paragraph("LetterCell"),) for _ in range(2)),
    )
    return [
        _head(heads, shares, WIDTH_ACROSS, language),
        _command("for row in summary.forms", WIDTH_ACROSS),
        _row(cells, shares, WIDTH_ACROSS),
        _command("endfor", WIDTH_ACROSS),
        _row(total, shares, WIDTH_ACROSS),
    ]


def _section(
    name: str, heads: Sequence[str], keys: Sequence[str], shares: Sequence[int], language: str
) -> tuple[str, ...]:
    """A heading with its table, or with the word that there is nothing."""
    cells = tuple((text("LetterCell", _tag(f"row.{key}")),) for key in keys)
    rows = [
        _head(heads, shares, WIDTH_ACROSS, language),
        _command(f"for row in summary.{name}", WIDTH_ACROSS),
        _row(cells, shares, WIDTH_ACROSS),
        _command("endfor", WIDTH_ACROSS),
    ]
    return (
        _line("LetterHeading", f"letter.summary-{name}", language),
        text("LetterBody", f"{{%p if summary.{name} %}}"),
        table(rows),
        text("LetterBody", "{%p else %}"),
        _line("LetterBody", "letter.nothing", language),
        text("LetterBody", "{%p endif %}"),
    )


def _listed(name: str, language: str) -> tuple[str, ...]:
    numbered = Text("letter.item", number=_tag("loop.index"), text=_tag("item"))[language]
    return (
        _line("LetterHeading", f"letter.summary-{name}", language),
        *_each(
            "item",
            f"summary.{name}",
            text("LetterBody", numbered),
            text("LetterBody", "{%p else %}"),
            _line("LetterBody", "letter.nothing", language),
        ),
    )


def _tag(name: str) -> str:
    return f"{{{{ {name} }}}}"


def _line(style: str, key: str, language: str) -> str:
    return text(style, Text(key)[language], keep=style == "LetterHeading")


def _each(item: str, of: str, *lines: str) -> tuple[str, ...]:
    """Paragraphs repeated for every item. A cell must have one, be there items or none."""
    if not of.startswith("row."):
        return (
            text("LetterBody", f"{{%p for {item} in {of} %}}"),
            *lines,
            text("LetterBody", "{%p endfor %}"),
        )
    begin, otherwise, end = (
        text("LetterCell", f"{{%p {tag} %}}") for tag in (f"for {item} in {of}", "else", "endfor")
    )
    return (begin, *lines, otherwise, paragraph("LetterCell"), end)


def _command(tag: str, width: int) -> WordRow:
    """A row that holds a tag and is not there any more in the letter."""
    return WordRow((WordCell(width, (text("LetterCell", f"{{%tr {tag} %}}"),)),))


def _head(keys: Sequence[str], shares: Sequence[int], width: int, language: str) -> WordRow:
    cells = tuple((text("LetterHead", Text(f"letter.{key}")[language]),) for key in keys)
    return WordRow(_row(cells, shares, width).cells, height=480, head=True)


def _row(cells: Sequence[tuple[str, ...]], shares: Sequence[int], width: int) -> WordRow:
    ends = [round(width * sum(shares[:n]) / sum(shares)) for n in range(len(shares) + 1)]
    widths = [after - before for before, after in pairwise(ends)]
    return WordRow(tuple(WordCell(w, c) for w, c in zip(widths, cells, strict=True)))


def _page(*, across: bool = False) -> str:
    size: dict[str, object] = {"w_w": 11906, "w_h": 16838}
    if across:
        size = {"w_w": 16838, "w_h": 11906, "w_orient": "landscape"}
    margins = dict(FORM_MARGINS)
    if across:  # the sheet turned: what was above is on the left
        sides = ("w_top", "w_left", "w_bottom", "w_right")
        margins = {
            after: FORM_MARGINS[side] for side, after in zip(sides, sides[1:] + sides[:1], strict=True)
        }
    return element(
        "w:sectPr",
        element("w:footerReference", w_type="default", r_id="rId4"),
        element("w:pgSz", **size),
        element("w:pgMar", **margins, w_header=851, w_footer=992, w_gutter=0),
    )


def package(body: str, title: str) -> bytes:
    """The .docx with this body, the same bytes every time; its category tells that it is no form."""
    facts = {"body": body, "title": title, "day": "2025-01-01", "mark": ""}
    core = shipped_part("word/docProps/core.xml", **facts).replace(
        "</cp:coreProperties>", f"<cp:category>{OWN_OUTPUT}</cp:category></cp:coreProperties>"
    )
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _rels(("officeDocument", "word/document.xml"), core=True),
        "word/document.xml": shipped_part("word/word/document.xml", **facts).encode(),
        "word/_rels/document.xml.rels": _rels(
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
            ("fontTable", "fontTable.xml"),
            ("footer", "footer1.xml"),
        ),
        "word/styles.xml": _styles().encode(),
        "word/settings.xml": shipped_part("word/word/settings.xml", **facts).encode(),
        "word/fontTable.xml": shipped_part("word/word/fontTable.xml", **facts).encode(),
        "word/footer1.xml": shipped_part("word/word/footer1.xml", **facts).encode(),
        "docProps/core.xml": core.encode(),
    }
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            item = zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0
            file.writestr(item, data)
    return held.getvalue()


_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)


def _rels(*links: tuple[str, str], core: bool = False) -> bytes:
    written = [
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(links, 1)
    ]
    if core:
        written.append(
            f'<Relationship Id="rId9" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(written)}</Relationships>'.encode()


def _styles() -> str:
    """The styles of a letter, by Chinese names under which Word shows them."""
    normal = element(
        "w:style",
        val("w:name", "Normal"),
        element("w:qFormat"),
        w_type="paragraph",
        w_default=1,
        w_styleId="Normal",
    )
    plain = element(
        "w:style", val("w:name", "Normal Table"), w_type="table", w_default=1, w_styleId="TableNormal"
    )
    defaults = element("w:docDefaults", element("w:rPrDefault", _look(_BODY, 32)), element("w:pPrDefault"))
    return f'{_DECLARED}<w:styles xmlns:w="{_W}">{defaults}{normal}{plain}{"".join(map(_style, STYLES))}</w:styles>'


def _style(given: tuple[str, str, str, int, dict[str, int], str, dict[str, int]]) -> str:
    key, name, font, size, distance, aligned, indent = given
    spacing = {"w_before": 0, "w_after": 0, **distance, "w_lineRule": "atLeast"}
    set_as = element(
        "w:pPr",
        element("w:keepNext") if indent is FROM_RIGHT else "",  # no signature is parted from what follows it
        element("w:spacing", **spacing),
        element("w:ind", **indent) if indent else "",
        val("w:jc", aligned),
    )
    parts = (val("w:name", name), val("w:basedOn", "Normal"), element("w:qFormat"), set_as, _look(font, size))
    return element("w:style", *parts, w_type="paragraph", w_customStyle=1, w_styleId=key)


def _look(font: str, size: int) -> str:
    latin = "Times New Roman"
    fonts = element("w:rFonts", w_ascii=latin, w_hAnsi=latin, w_eastAsia=font, w_cs=latin)
    spoken = element("w:lang", w_val="en-US", w_eastAsia="zh-CN", w_bidi="ar-SA")
    return element("w:rPr", fonts, val("w:sz", size), val("w:szCs", size), spoken)


if __name__ == "__main__":
    main()
