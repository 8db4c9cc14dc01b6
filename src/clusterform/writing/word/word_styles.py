"""The look of the blanks in Word: fonts and sizes of GB/T 9704, the standard of Chinese official documents."""

from __future__ import annotations

from clusterform.record import record
from clusterform.writing.word.markup import HEAD, element, val

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TITLE, HEADING, BODY, LATIN = "方正小标宋简体", "黑体", "仿宋_GB2312", "Times New Roman"
WIDTH = 8844
"""156 mm, the width of the text, in twentieths of a point."""
LINE = 320
"""The distance of lines in tables. It is exact, so that what is filled in moves nothing: fonts differ in height."""
_INSTEAD = {TITLE: "华文中宋,宋体,SimSun", HEADING: "SimHei,微软雅黑", BODY: "仿宋,FangSong,华文仿宋"}
"""What to take where a font is not installed; the first of each comes with Windows or WPS."""
_CLASSES = {TITLE: "02010601030101010101", HEADING: "02010609060101010101", BODY: "02010609030101010101"}
"""Panose numbers: to a program without the font they say which one is alike."""


@record
class Style:
    """A paragraph style; sizes in half points, distances in twentieths of a point."""

    key: str
    name: str
    font: str = BODY
    size: int = 24
    align: str = "left"
    line: int = 0
    """An exact distance of lines; 0: as the font has it."""
    before: int = 0
    after: int = 0
    indent: int = 0
    """Of the first line, in hundredths of a character."""
    outline: int | None = None
    page: bool = False
    """It begins a page."""
    keep: bool = False
    """The next paragraph stays on its page."""
    stop: int = 0
    """A tab stop on the right, for a line that is drawn up to it."""

    def xml(self) -> str:
        """The style as Word keeps it."""
        spacing: dict[str, object] = {"w_before": self.before, "w_after": self.after}
        if self.line:
            spacing |= {"w_line": self.line, "w_lineRule": "exact"}
        paragraph = element(
            "w:pPr",
            element("w:keepNext") if self.keep else "",
            element("w:pageBreakBefore") if self.page else "",
            element("w:tabs", element("w:tab", w_val="right", w_pos=self.stop)) if self.stop else "",
            element("w:spacing", **spacing),
            element("w:ind", w_firstLineChars=self.indent, w_firstLine=self.indent * self.size // 20)
            if self.indent
            else "",
            val("w:jc", self.align),
            val("w:outlineLvl", self.outline) if self.outline is not None else "",
        )
        look = element("w:rPr", fonts(self.font), *sized(self.size))
        names = (val("w:name", self.name), val("w:basedOn", "Normal"), element("w:qFormat"))
        return element(
            "w:style", *names, paragraph, look, w_type="paragraph", w_customStyle=1, w_styleId=self.key
        )


STYLES = (
    Style("Annex", "附件号", HEADING, 32),
    Style("FormTitle", "表名", TITLE, 44, "center", before=1400, after=1200),
    Style("Cover", "封面栏目", BODY, 30, line=640, stop=WIDTH),
    Style("CoverNote", "封面说明", BODY, 28, "center", line=560),
    Style("NotesHeading", "填报说明标题", HEADING, 36, "center", after=200, page=True),
    Style("Notes", "填报说明", BODY, 28, "both", line=430, indent=200),
    Style("Part", "部分标题", HEADING, 32, after=120, outline=0, keep=True, page=True),
    Style("PartNote", "部分说明", BODY, 28, "center", after=60),
    Style("Label", "栏目", BODY, 24, "center", LINE),
    Style("Answer", "填写内容", BODY, 24, "center", LINE),
    Style("Lines", "选项与说明", BODY, 24, line=LINE),
    Style("Target", "目标栏目", BODY, 24, "center", LINE, keep=True),
    Style("Small", "小表", BODY, 21, "center", 280),
    Style("Plan1", "规划一级标题", HEADING, 28, line=480, before=80, outline=1, keep=True),
    Style("Plan2", "规划二级标题", "楷体_GB2312", 28, line=480, outline=2, keep=True),
    Style("Plan3", "规划三级标题", BODY, 28, line=480, outline=3, keep=True),
    Style("Prose", "正文内容", BODY, 28, "both", line=480, indent=200),
    Style("Remark", "备注", BODY, 24, line=400),
    Style("ListTitle", "清单标题", TITLE, 36, "center", before=60, after=160),
    Style("Sign", "签章", BODY, 24, line=560),
)


def fonts(east: str) -> str:
    """The font of Chinese text; Latin letters and digits are set in Times New Roman."""
    return element("w:rFonts", w_ascii=LATIN, w_hAnsi=LATIN, w_eastAsia=east, w_cs=LATIN)


def sized(half_points: int) -> tuple[str, str]:
    """A size of type."""
    return val("w:sz", half_points), val("w:szCs", half_points)


def styles_xml() -> str:
    """word/styles.xml."""
    language = element("w:lang", w_val="en-US", w_eastAsia="zh-CN", w_bidi="ar-SA")
    defaults = element("w:rPrDefault", element("w:rPr", fonts(BODY), *sized(24), language))
    normal = element(
        "w:style",
        val("w:name", "Normal"),
        element("w:qFormat"),
        w_type="paragraph",
        w_default=1,
        w_styleId="Normal",
    )
    table = element(
        "w:style",
        val("w:name", "Normal Table"),
        w_type="table",
        w_default=1,
        w_styleId="TableNormal",
    )
    defaults = element("w:docDefaults", defaults, element("w:pPrDefault"))
    return HEAD + element("w:styles", defaults, normal, table, *(s.xml() for s in STYLES), xmlns_w=MAIN)


def font_table_xml() -> str:
    """word/fontTable.xml: the fonts that not every machine has, and what to take instead."""
    known = (
        element(
            "w:font",
            val("w:altName", instead),
            val("w:panose1", _CLASSES[name]),
            val("w:charset", "86"),
            val("w:family", "auto" if name != BODY else "modern"),
            val("w:pitch", "default"),
            w_name=name,
        )
        for name, instead in _INSTEAD.items()
    )
    return HEAD + element("w:fonts", *known, xmlns_w=MAIN)
