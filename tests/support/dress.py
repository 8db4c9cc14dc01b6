"""The same form in another dress: what Word, WPS and people put round content, and what changes nothing for a reader."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator

from lxml import etree

from support.ooxml import NAMESPACES, W

Element = etree._Element
_W = f"{{{W}}}"
_P, _R, _T, _TC, _TR, _TBL = (_W + name for name in ("p", "r", "t", "tc", "tr", "tbl"))
_OPEN = f"<w:x {NAMESPACES}>"


def made(xml: str) -> list[Element]:
    """The elements that a piece of XML is."""
    return list(etree.fromstring(_OPEN + xml + "</w:x>"))


def around(element: Element, xml: str) -> None:
    """Puts the element where w:here stands in the XML, and the XML where it stood."""
    (outer,) = made(xml)
    parent = element.getparent()
    assert parent is not None
    parent.replace(element, outer)
    (spot,) = outer.iter(_W + "here")
    holder = spot.getparent()
    assert holder is not None
    holder.replace(spot, element)


def _all(root: Element, tag: str) -> Iterator[Element]:
    yield from list(root.iter(tag))


def _wrapped(tag: str, xml: str) -> Callable[[Element], None]:
    def dress(root: Element) -> None:
        for element in _all(root, tag):
            around(element, xml)

    return dress


def _answers(root: Element) -> Iterator[Element]:
    """The cells right of another, merged ones left out: where answers stand."""
    for row in _all(root, _TR):
        yield from [c for c in row.findall(_TC)[1:] if c.find(f"{_W}tcPr/{_W}vMerge") is None]


def _content(cell: Element) -> list[Element]:
    return [child for child in cell if child.tag != _W + "tcPr"]


def _boxed_in(xml: str) -> Callable[[Element], None]:
    """The content of each answer's cell moved to w:here in the XML."""

    def dress(root: Element) -> None:
        for cell in _answers(root):
            inner = _content(cell)
            new = made(xml)
            cell.extend(new)
            (spot,) = [e for outer in new for e in outer.iter(_W + "here")]
            holder = spot.getparent()
            assert holder is not None
            for child in inner:
                spot.addprevious(child)
            holder.remove(spot)

    return dress


_SHAPE = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline "
    "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'>"
    "<wp:extent cx='1800000' cy='600000'/><wp:docPr id='1' name='b'/><a:graphic>"
    "<a:graphicData uri='http://schemas.microsoft.com/office/word/2010/wordprocessingShape'><wps:wsp>"
    "<wps:cNvSpPr txBox='1'/><wps:spPr><a:xfrm><a:off x='0' y='0'/><a:ext cx='1800000' cy='600000'/></a:xfrm>"
    "<a:prstGeom prst='rect'><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent><w:here/></w:txbxContent>"
    "</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback/>"
    "</mc:AlternateContent></w:r></w:p>"
)


def _text_boxes(root: Element) -> None:
    _boxed_in(_SHAPE)(root)
    for content in list(root.iter(_W + "txbxContent")):
        outer = next(e for e in content.iterancestors() if e.tag.endswith("AlternateContent"))
        (pict,) = made("<w:pict><v:shape style='width:140pt;height:40pt'><v:textbox/></v:shape></w:pict>")
        pict[0][0].append(copy.deepcopy(content))
        outer[1].append(pict)


def _deletions(root: Element) -> None:
    """Old words struck beside the new ones, a row struck, an old paragraph moved away."""
    gone = "<w:del w:id='7' w:author='a'><w:r><w:delText>旧稿</w:delText></w:r></w:del>"
    for paragraph in _all(root, _P):
        paragraph.extend(made(gone))
    for row in _all(root, _TR):
        dead = copy.deepcopy(row)
        dead.insert(0, made("<w:trPr><w:del w:id='8' w:author='a'/></w:trPr>")[0])
        for run in _all(dead, _R):
            around(run, "<w:del w:id='8' w:author='a'><w:here/></w:del>")
        row.addnext(dead)
    left = "<w:p><w:pPr><w:rPr><w:moveFrom w:id='9' w:author='a'/></w:rPr></w:pPr><w:moveFrom w:id='9' w:author='a'><w:r><w:t>原处</w:t></w:r></w:moveFrom></w:p>"
    for cell in _answers(root):
        _content(cell)[0].addprevious(made(left)[0])


def _joined_marks(root: Element) -> None:
    """Paragraphs cut in two whose first mark is deleted."""
    for paragraph in _all(root, _P):
        runs = [child for child in paragraph if child.tag != _W + "pPr"]
        if len(runs) < 2:
            continue
        first = made("<w:p><w:pPr><w:rPr><w:del w:id='5' w:author='a'/></w:rPr></w:pPr></w:p>")[0]
        first.append(runs[0])
        paragraph.addprevious(first)


def _hidden(root: Element) -> None:
    """Hidden words in paragraphs, a hidden row after each row."""
    for paragraph in _all(root, _P):
        paragraph.extend(made("<w:r><w:rPr><w:vanish/></w:rPr><w:t>☑藏</w:t></w:r>"))
    for row in _all(root, _TR):
        if row.find(f".//{_W}vMerge") is None:
            twin = copy.deepcopy(row)
            twin.insert(0, made("<w:trPr><w:hidden/></w:trPr>")[0])
            row.addnext(twin)
            for run in _all(twin, _R):
                run.insert(0, made("<w:rPr><w:vanish/></w:rPr>")[0])


def _indented(root: Element) -> None:
    """Grid columns left free before and after the cells of each row."""
    for row in _all(root, _TR):
        row.insert(0, made("<w:trPr><w:gridBefore w:val='1'/><w:gridAfter w:val='2'/></w:trPr>")[0])


def _cells_merged_the_old_way(root: Element) -> None:
    """w:hMerge for w:gridSpan."""
    for span in _all(root, _W + "gridSpan"):
        properties = span.getparent()
        assert properties is not None
        cell = properties.getparent()
        assert cell is not None
        properties.remove(span)
        merge = properties.find(_W + "vMerge")
        for _ in range(int(span.get(_W + "val") or "1") - 1):
            (twin,) = made("<w:tc><w:tcPr><w:hMerge w:val='continue'/></w:tcPr><w:p/></w:tc>")
            if merge is not None:
                twin[0].append(copy.deepcopy(merge))
            cell.addnext(twin)
        properties.extend(made("<w:hMerge w:val='restart'/>"))


def _line_breaks(root: Element) -> None:
    """The paragraphs of a cell as lines of one."""
    for cell in _all(root, _TC):
        first, *rest = [p for p in _content(cell) if p.tag == _P] or [None]
        for paragraph in rest:
            assert first is not None
            assert paragraph is not None
            first.extend(made("<w:r><w:br/></w:r>"))
            first.extend(list(paragraph))
            cell.remove(paragraph)


def _tabs(root: Element) -> None:
    """Tabs between the options of a line."""
    for text in _all(root, _T):
        if text.text == " ":
            parent = text.getparent()
            assert parent is not None
            parent.replace(text, made("<w:tab/>")[0])


def _soft_hyphens(root: Element) -> None:
    """Soft hyphens and zero-width spaces after the first letter, as elements and as characters."""
    for number, text in enumerate(_all(root, _T)):
        words = text.text or ""
        if len(words) < 2:
            continue
        if number % 2:
            text.text = words[0] + "\u00ad\u200b" + words[1:]
        else:
            text.text = words[0]
            rest = made('<w:softHyphen/><w:t xml:space="preserve"/>')
            rest[1].text = words[1:]
            for element in reversed(rest):
                text.addnext(element)


def _ruby(root: Element) -> None:
    """拼音 over the first letter of a run of words."""
    for run in _all(root, _R):
        text = run.find(_T)
        words = (text.text or "") if text is not None else ""
        if text is None or not "\u4e00" <= words[:1] <= "\u9fff":
            continue
        (reading,) = made(
            "<w:r><w:ruby><w:rt><w:r><w:t>pīn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t/></w:r></w:rubyBase></w:ruby></w:r>"
        )
        base = reading.find(f".//{_W}rubyBase//{_T}")
        assert base is not None
        base.text, text.text = words[0], words[1:]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addprevious(reading)


def _noise(root: Element) -> None:
    """What programs leave behind between runs."""
    noise = "<w:proofErr w:type='spellStart'/><w:bookmarkStart w:id='{0}' w:name='b{0}'/><w:bookmarkEnd w:id='{0}'/>"
    for number, run in enumerate(_all(root, _R)):
        for element in made(noise.format(number)):
            run.addprevious(element)
        run.insert(0, made("<w:lastRenderedPageBreak/>")[0])


_FIELD = (
    "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> MERGEFIELD a </w:instrText></w:r>"
    "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
)


def _complex_fields(root: Element) -> None:
    """Each paragraph of an answer as the result of a field."""
    for cell in _answers(root):
        for paragraph in cell.findall(_P):
            inner = [child for child in paragraph if child.tag != _W + "pPr"]
            if inner:
                for element in made(_FIELD):
                    inner[0].addprevious(element)
                paragraph.extend(made("<w:r><w:fldChar w:fldCharType='end'/></w:r>"))


def _sdt(properties: str = "<w:sdtPr/>") -> str:
    return f"<w:sdt>{properties}<w:sdtContent><w:here/></w:sdtContent></w:sdt>"


_EITHER = "<mc:AlternateContent><mc:Choice Requires='w14'><w:here/></mc:Choice><mc:Fallback><w:r><w:t>旧</w:t></w:r></mc:Fallback></mc:AlternateContent>"
_NESTED = "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='900'/></w:tblGrid><w:tr><w:tc><w:tcPr/><w:here/></w:tc></w:tr></w:tbl>"
DRESSES: dict[str, Callable[[Element], None]] = {
    "content controls round runs": _wrapped(_R, _sdt()),
    "content controls round paragraphs": _wrapped(_P, _sdt()),
    "content controls round cells": _wrapped(_TC, _sdt()),
    "content controls round rows": _wrapped(_TR, _sdt()),
    "custom XML round rows": _wrapped(_TR, "<w:customXml w:element='a'><w:here/></w:customXml>"),
    "custom XML round cells": _wrapped(_TC, "<w:customXml w:element='a'><w:here/></w:customXml>"),
    "insertions": _wrapped(_R, "<w:ins w:id='1' w:author='a'><w:here/></w:ins>"),
    "moves": _wrapped(_R, "<w:moveTo w:id='1' w:author='a'><w:here/></w:moveTo>"),
    "deletions": _deletions,
    "deleted paragraph marks": _joined_marks,
    "smart tags": _wrapped(_R, "<w:smartTag w:uri='u' w:element='a'><w:here/></w:smartTag>"),
    "hyperlinks": _wrapped(_R, "<w:hyperlink w:anchor='a'><w:here/></w:hyperlink>"),
    "simple fields": _wrapped(_R, "<w:fldSimple w:instr=' QUOTE '><w:here/></w:fldSimple>"),
    "complex fields": _complex_fields,
    "alternate content": _wrapped(_R, _EITHER),
    "text boxes": _text_boxes,
    "nested tables": _boxed_in(_NESTED + "<w:p/>"),
    "hidden text": _hidden,
    "gridBefore and gridAfter": _indented,
    "hMerge": _cells_merged_the_old_way,
    "line breaks": _line_breaks,
    "tabs": _tabs,
    "soft hyphens": _soft_hyphens,
    "ruby": _ruby,
    "noise between runs": _noise,
}
"""Each by its name; all leave the answers as they are."""
CHINESE_DRESSES = {
    "content controls round runs": "内容控件套在文字上",
    "content controls round paragraphs": "内容控件套在段落上",
    "content controls round cells": "内容控件套在单元格上",
    "content controls round rows": "内容控件套在表格行上",
    "custom XML round rows": "自定义 XML 套在表格行上",
    "custom XML round cells": "自定义 XML 套在单元格上",
    "insertions": "修订：插入",
    "moves": "修订：移动",
    "deletions": "修订：删除",
    "deleted paragraph marks": "修订：删除的段落标记",
    "smart tags": "智能标记",
    "hyperlinks": "超链接",
    "simple fields": "简单域",
    "complex fields": "复杂域",
    "alternate content": "备选内容（AlternateContent）",
    "text boxes": "文本框",
    "nested tables": "嵌套的表格",
    "hidden text": "隐藏文字",
    "gridBefore and gridAfter": "行首、行尾缩进（gridBefore、gridAfter）",
    "hMerge": "旧式横向合并（hMerge）",
    "line breaks": "换行符",
    "tabs": "制表符",
    "soft hyphens": "软连字符",
    "ruby": "拼音指南",
    "noise between runs": "文字之间的书签、校对标记等",
    "strict": "严格的 Open XML（Strict）",
}
"""What the Chinese documentation calls them."""
TRACED = {
    "insertions": "tracked-change",
    "moves": "tracked-change",
    "deletions": "tracked-change",
    "deleted paragraph marks": "tracked-change",
    "hidden text": "hidden-text",
}
"""Dresses that the report mentions, by what is observed."""


def dressed(document_xml: str, *names: str) -> str:
    """A document.xml in these dresses, put on one after the other."""
    root = etree.fromstring(document_xml.encode())
    for name in names:
        DRESSES[name](root)
    return etree.tostring(root, encoding="unicode")


def strict(xml: str) -> str:
    """A part in the namespaces of ISO/IEC 29500 Strict."""
    for name in ("wordprocessingml", "spreadsheetml"):
        xml = xml.replace(
            f"http://schemas.openxmlformats.org/{name}/2006/main", f"http://purl.oclc.org/ooxml/{name}/main"
        )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/"
    return xml.replace(office, "http://purl.oclc.org/ooxml/officeDocument/")
