"""`annotate` and `fix` of Word forms: whatever the file looks like, only what is marked or mended is otherwise in the copy."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import docx
import pytest
from lxml import etree

import clusterform
from clusterform.copies.fix import FixOptions, fixed
from clusterform.errors import UnreadableError, UsageError
from clusterform.parsers.container.own_marks import copy_mark
from clusterform.parsers.container.package import open_package
from support.answers import clean
from support.copies import (
    CHECKER,
    PLAIN,
    annotated_copy,
    by_python_docx,
    comments_of,
    examined,
    marked,
    packed,
    parts,
    require_annotated,
    require_fixed,
    require_tracked_and_plain,
    shown,
    text_of,
)
from support.dress import DRESSES, dressed, strict
from support.encodings import ENCODINGS
from support.forms import write
from support.ink import Ink
from support.metamorphic import rewritten
from support.office import saved_as
from support.ooxml import NAMESPACES, W

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BROKEN = sorted(EXAMPLES.glob("*-broken-*.docx"))
FIGURES = EXAMPLES / "application-broken-figures.docx"
WRONG = {
    "leading_industry.total_output@2023": "236.8",
    "leading_industry.fdi@2023": "２０３５.00",
    "leading_industry.exports@2023": "67,850.00",
    "basic_info.area": "18.60平方公里",
}


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_examples_are_annotated(path: Path, tmp_path: Path) -> None:
    require_annotated(path, tmp_path)
    data = (tmp_path / "copy.docx").read_bytes()
    held = docx.Document(str(tmp_path / "copy.docx"))
    file, _ = examined(path)
    assert sum(c.author == "clusterform" for c in held.comments) == len(file.findings) + 1
    assert by_python_docx(data) == by_python_docx(path.read_bytes())


def test_a_comment_hangs_on_the_very_words() -> None:
    texts = marked(annotated_copy(FIGURES))
    assert texts["【必须修改】集群总产值（亿元） 2023 年"] == "77.2"
    assert texts["【必须修改】集群占地面积（平方公里）"] == "约18.60"
    assert texts["clusterform 0.1.0 的检查结果"] == "中小企业特色产业集群申报表"


def test_the_comment_says_what_the_report_says() -> None:
    [own] = (lines for lines in comments_of(annotated_copy(FIGURES)).values() if "集群总产值" in lines[0])
    assert own == [
        "【必须修改】集群总产值（亿元） 2023 年",
        "表中填写：77.2",
        "应当填写：77.20",
        "“集群总产值（亿元） 2023 年”填写为 77.2，小数只有 1 位。请写成两位小数：77.20。",
        "依据：填报说明第 2 条 数据有小数时，保留小数点后 2 位（CF103）",
    ]


def test_the_strict_dress(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(rewritten(write("review", clean("review")), strict, every_part=True))
    require_annotated(path, tmp_path)


TOGETHER = 8
"""Ways of ticking in one form: each has groups of boxes of its own there."""
BATCHES = [sorted(ENCODINGS)[at : at + TOGETHER] for at in range(0, len(ENCODINGS), TOGETHER)]


@pytest.mark.parametrize("names", BATCHES, ids=lambda names: names[0])
def test_whatever_a_box_is_made_of(names: list[str], tmp_path: Path) -> None:
    """Of a form with hardly any evidence nearly each ticked box has a comment."""
    path, answers = tmp_path / "form.docx", clean("review")
    answers.evidence = answers.evidence[:1]
    ink = Ink(encodings=tuple(ENCODINGS[name] for name in names))
    path.write_bytes(write("review", answers, ink=ink))
    texts = require_annotated(path, tmp_path)
    labels = [f.label for f in examined(path)[0].findings if f.rule == "CF401" and f.label]
    assert len(labels) > len(names)
    assert all(texts[f"【必须修改】{label}"] for label in labels)


def test_comments_of_people_stay(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    held = docx.Document(str(FIGURES))
    held.add_comment(held.paragraphs[1].runs[0], text="请核对", author="县局")
    held.save(str(path))
    first = annotated_copy(path)
    comments = etree.fromstring(parts(first)["word/comments.xml"])
    assert next(c.get(f"{{{W}}}author") for c in comments) == "县局"
    copy = tmp_path / "copy.docx"
    copy.write_bytes(first)
    assert annotated_copy(copy) == first
    rules = [(f.rule, f.severity.value) for f in examined(copy)[0].findings if f.rule == "CF014"]
    assert rules == [("CF014", "warning"), ("CF014", "info")]


def _commented(number: int, root: str = "") -> dict[str, bytes]:
    """The parts of a form with one comment of a person, of that number."""
    held = parts(FIGURES.read_bytes())
    marks = f'<w:commentRangeStart w:id="{number}"/><w:r><w:t/></w:r><w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r></w:p>'
    held["word/document.xml"] = held["word/document.xml"].replace(b"</w:p>", marks.encode(), 1)
    comment = (
        f'<w:comment w:id="{number}" w:author="县局"><w:p><w:r><w:t>请核对</w:t></w:r></w:p></w:comment>'
    )
    held["word/comments.xml"] = f'<w:comments xmlns:w="{W}"{root}>{comment}</w:comments>'.encode()
    for name, old, new in (
        (
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/></Types>',
        ),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            '<Relationship Id="rIdC" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/></Relationships>',
        ),
    ):
        held[name] = held[name].decode().replace(old, new).encode()
    return held


@pytest.mark.parametrize("number", [3, 2**31 - 1])
def test_numbers_that_a_file_has_are_left_to_it(number: int, tmp_path: Path) -> None:
    """Also those that only the text has, of comments that are lost."""
    path = tmp_path / "form.docx"
    held = _commented(number)
    path.write_bytes(packed(held))
    require_annotated(path, tmp_path)
    path.write_bytes(packed({**held, "word/comments.xml": f'<w:comments xmlns:w="{W}"/>'.encode()}))
    require_annotated(path, tmp_path)


@pytest.mark.parametrize(
    "root", ["", ' xmlns:mc="{mc}" xmlns:x="urn:x" mc:Ignorable="x"', ' xmlns:n="{mc}" n:Ignorable=""']
)
def test_newer_names_may_be_passed_over(root: str, tmp_path: Path) -> None:
    """Word 2007 opens no file with names it does not know, unless it is told that they do not matter."""
    path = tmp_path / "form.docx"
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    path.write_bytes(packed(_commented(0, root.format(mc=compatibility))))
    require_annotated(path, tmp_path)
    comments = etree.fromstring(parts((tmp_path / "copy.docx").read_bytes())["word/comments.xml"])
    names = (comments.get(f"{{{compatibility}}}Ignorable") or "").split()
    assert "http://schemas.microsoft.com/office/word/2010/wordml" in [comments.nsmap[name] for name in names]


def test_a_reply_to_a_comment_that_goes_stays(tmp_path: Path) -> None:
    held = parts(annotated_copy(FIGURES))
    comments, beside = held["word/comments.xml"].decode(), held["word/commentsExtended.xml"].decode()
    parent = beside.rsplit('paraId="', 1)[1][:8]
    reply = (
        '<w:comment w:id="900" w:author="县局"><w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'w14:paraId="00ABCDEF"><w:r><w:t>已改</w:t></w:r></w:p></w:comment></w:comments>'
    )
    held["word/comments.xml"] = comments.replace("</w:comments>", reply).encode()
    entry = (
        f'<w15:commentEx w15:paraId="00ABCDEF" w15:paraIdParent="{parent}" w15:done="0"/></w15:commentsEx>'
    )
    held["word/commentsExtended.xml"] = beside.replace("</w15:commentsEx>", entry).encode()
    answered = tmp_path / "answered.docx"
    answered.write_bytes(packed(held))
    again = parts(annotated_copy(answered))
    assert "已改" in again["word/comments.xml"].decode()
    assert b"paraIdParent" not in again["word/commentsExtended.xml"]
    assert b"00ABCDEF" in again["word/commentsExtended.xml"]


ORIGIN = '<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="s"/></Relationships>'


@pytest.mark.parametrize("by", ["a part", "a link"])
def test_a_signed_file_is_refused(by: str, tmp_path: Path) -> None:
    path = tmp_path / "signed.docx"
    held = parts(FIGURES.read_bytes())
    if by == "a part":
        held["_xmlsignatures/sig1.xml"] = b"<a/>"
    else:
        held["_rels/.rels"] = held["_rels/.rels"].replace(b"</Relationships>", ORIGIN.encode())
    path.write_bytes(packed(held))
    with pytest.raises(UsageError, match="signed"):
        annotated_copy(path)


def test_the_copy_says_what_it_is(tmp_path: Path) -> None:
    copy = clusterform.annotate(FIGURES, tmp_path / "copy.docx")
    assert copy_mark(open_package(copy)) == "annotated"
    with pytest.raises(UsageError, match="xlsx"):
        clusterform.annotate(FIGURES, tmp_path / "copy.xlsx")


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_examples_are_fixed(path: Path, tmp_path: Path) -> None:
    plain = require_tracked_and_plain(path, tmp_path)
    gone = by_python_docx(path.read_bytes()) - by_python_docx(plain.data)
    assert set(gone) == {repair.before for repair in plain.made}


@cache
def wrong_form() -> bytes:
    return write("application", clean("application"), changes={"set": dict(WRONG)})


ROUND_WORDS = {
    "content controls round runs": "content controls round paragraphs",
    "insertions": "content controls round cells",
    "moves": "content controls round rows",
    "smart tags": "custom XML round rows",
    "hyperlinks": "custom XML round cells",
    "line breaks": "gridBefore and gridAfter",
    "tabs": "hMerge",
    "ruby": "nested tables",
}
"""What stands round words, and with it, in the same form, what stands round paragraphs, cells and rows."""
ALONE = [(name,) for name in DRESSES if name not in {*ROUND_WORDS, *ROUND_WORDS.values()}]


@pytest.mark.parametrize("dress", [(), *ROUND_WORDS.items(), *ALONE], ids=" and ".join)
def test_whatever_stands_round_the_text(dress: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(rewritten(wrong_form(), lambda xml: dressed(xml, *dress)) if dress else wrong_form())
    require_annotated(path, tmp_path)
    made = require_tracked_and_plain(path, tmp_path)
    if dress not in ALONE:
        assert [r.after for r in made.made] == ["18.60", "2035.00", "67850.00"]


CONTROLS = {
    "18.60平方公里": '<w:dataBinding w:xpath="/a" w:storeItemID="{0}"/><w:text/>',
    "２０３５.00": '<w:lock w:val="sdtContentLocked"/>',
    "67,850.00": "<w:text/>",
}


def test_a_control_whose_text_is_held_elsewhere_or_locked_is_left(tmp_path: Path) -> None:
    def controlled(xml: str) -> str:
        for text, about in CONTROLS.items():
            run = re.compile(rf"<w:r>(?:(?!</w:r>).)*{re.escape(text)}</w:t></w:r>")
            new = rf"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>\g<0></w:sdtContent></w:sdt>"
            xml = run.sub(new, xml, count=1)
        return xml

    path = tmp_path / "form.docx"
    path.write_bytes(rewritten(wrong_form(), controlled))
    made = require_tracked_and_plain(path, tmp_path)
    assert [repair.after for repair in made.made] == ["67850.00"]
    assert [repair.after for repair in made.left] == ["18.60", "2035.00"]


def test_a_choice_of_a_list_is_left(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(
        rewritten(
            wrong_form(),
            lambda xml: dressed(xml, "content controls round runs").replace(
                "<w:sdtPr/>", "<w:sdtPr><w:dropDownList/></w:sdtPr>"
            ),
        )
    )
    assert fixed(CHECKER, path, PLAIN).made == ()


def test_both_ways_of_writing_a_text_box_are_mended(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(rewritten(wrong_form(), lambda xml: dressed(xml, "text boxes")))
    text = "".join(shown(fixed(CHECKER, path, FixOptions(accepted=True)).data))
    assert text.count("18.60平方公里") == 0
    assert text.count("67850.00") == 2


def test_a_tracked_repair_keeps_both_words() -> None:
    root = text_of(fixed(CHECKER, FIGURES, PLAIN).data)
    w = f"{{{W}}}"
    assert ["".join(t.text or "" for t in e.iter(f"{w}delText")) for e in root.iter(f"{w}del")] == ["77.2"]
    assert ["".join(t.text or "" for t in e.iter(f"{w}t")) for e in root.iter(f"{w}ins")] == ["77.20"]
    assert {e.get(f"{w}author") for e in root.iter(f"{w}ins", f"{w}del")} == {"clusterform"}


def test_what_would_show_another_mistake_is_left() -> None:
    """无 for a stand-in whose growth rate stands: either may be the mistake."""
    made = fixed(CHECKER, FIGURES, PLAIN)
    assert [(repair.before, repair.after) for repair in made.left] == [("/", "无")]


def test_what_is_no_form_is_said_to_be_none(tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    letter = docx.Document()
    letter.add_paragraph("关于报送申报表的函")
    letter.save(str(path))
    with pytest.raises(UnreadableError, match=r"认不出.*关于报送申报表的函"):
        fixed(CHECKER, path, PLAIN)


def test_codes_choose_the_repairs() -> None:
    assert fixed(CHECKER, FIGURES, FixOptions(codes=("CF105",))).made == ()


def test_nothing_is_rounded_unless_asked(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(
        write("application", clean("application"), changes={"set": {"basic_info.area": "18.604"}})
    )
    assert fixed(CHECKER, path, PLAIN).made == ()
    made = require_fixed(path, tmp_path, FixOptions(rounding=True))
    assert [(repair.before, repair.after) for repair in made.made] == [("18.604", "18.60")]


def _other_prefix(xml: str) -> str:
    """Another prefix than w: for Word's own names."""
    for old, new in (("<w:", "<x:"), ("</w:", "</x:"), (" w:", " x:"), ("xmlns:w=", "xmlns:x=")):
        xml = xml.replace(old, new)
    return xml


def _no_prefix(xml: str) -> str:
    """None but where an attribute needs it."""
    xml = re.sub(r"(</?)w:", r"\1", xml)
    return xml.replace("xmlns:w=", f'xmlns="{W}" xmlns:w=', 1)


def _wide(xml: str) -> str:
    """To be written as UTF-16."""
    return re.sub(r"^<\?xml[^>]*\?>", '<?xml version="1.0" encoding="UTF-16"?>', xml)


@pytest.mark.parametrize("rewrite", [_other_prefix, _no_prefix, _wide, lambda xml: strict(_wide(xml))])
def test_other_ways_of_writing_the_same_part(rewrite: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    data = write("application", clean("application"), changes={"set": {"basic_info.area": "18.6"}})
    assert "xmlns:w=" in NAMESPACES
    held = parts(data)
    xml = rewrite(held["word/document.xml"].decode())
    held["word/document.xml"] = xml.encode("utf-16" if "UTF-16" in xml else "utf-8")
    path.write_bytes(packed(held))
    require_annotated(path, tmp_path)
    assert require_fixed(path, tmp_path).made


def test_comments_that_libreoffice_saved_again_are_replaced(soffice: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.docx"
    copy.write_bytes(annotated_copy(FIGURES))
    (tmp_path / "again").mkdir()
    again = saved_as(soffice, copy, "docx", tmp_path / "again")
    assert comments_of(again.read_bytes())
    texts = require_annotated(again, tmp_path)
    assert texts == marked(annotated_copy(FIGURES))
