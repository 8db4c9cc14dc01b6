"""Traces of editing left in a .docx: tracked changes of words and of formatting, comments wherever they are anchored."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.parsers.container.package import open_package
from clusterform.parsers.docx.read import read_docx
from support import ooxml as x
from support.forms import write
from support.reading import checked

WHO = 'w:id="1" w:author="县局" w:date="2025-06-01T00:00:00Z"'
REMARK = '<w:r><w:commentReference w:id="{}"/></w:r>'
BOLD = f"<w:rPr><w:b/><w:rPrChange {WHO}><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange></w:rPr>"


def observed(body: str, more: dict[str, str | bytes] | None = None) -> dict[str, dict[str, str]]:
    document = read_docx(open_package(x.docx(body, more or {})))
    return {o.what: dict(o.facts) for o in document.observations}


def story(name: str, inline: str) -> str:
    return f"<w:{name} {x.NAMESPACES}><w:p>{inline}</w:p></w:{name}>"


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p><w:r>{BOLD}<w:t>甲</w:t></w:r></w:p>",
        f"<w:p><w:pPr><w:jc w:val='left'/><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        f"<w:p><w:pPr><w:numPr><w:numberingChange {WHO}/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>",
        (
            f"<w:tbl><w:tr><w:tc><w:tcPr><w:tcPrChange {WHO}><w:tcPr><w:vMerge/><w:gridSpan w:val='9'/></w:tcPr></w:tcPrChange>"
            "</w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        (
            f"<w:tbl><w:tblGrid><w:gridCol/><w:tblGridChange w:id='1'/></w:tblGrid><w:tr><w:trPr><w:trPrChange {WHO}><w:trPr>"
            "<w:hidden/></w:trPr></w:trPrChange></w:trPr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
        f"<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:sectPr><w:sectPrChange {WHO}><w:sectPr/></w:sectPrChange></w:sectPr>",
    ],
)
def test_formatting_alone_changes_no_word(body: str) -> None:
    document = read_docx(open_package(x.docx(body, {})))
    assert [(o.what, dict(o.facts)) for o in document.observations] == [("tracked-format", {"count": "1"})]
    (block,) = document.blocks
    assert "甲" in (block.text if hasattr(block, "text") else block.rows[0][0].text)


def test_formatting_beside_words_is_one_finding() -> None:
    body = f"<w:p><w:ins {WHO}><w:r>{BOLD}<w:t>甲</w:t></w:r></w:ins></w:p>"
    assert observed(body) == {
        "tracked-change": {
            "insertions": "1",
            "deletions": "0",
            "formats": Text("traces.formats", count=1),
        }
    }


def test_notes_headers_and_footers_are_looked_at() -> None:
    more: dict[str, str | bytes] = {
        "word/footnotes.xml": story("footnotes", REMARK.format(4) + f"<w:del {WHO}/>"),
        "word/header2.xml": story("hdr", f"<w:ins {WHO}><w:r><w:t>密</w:t></w:r></w:ins>"),
        "word/footer1.xml": story("ftr", "<w:r><w:t>1</w:t></w:r>"),
        "word/glossary/footer1.xml": story("ftr", f"<w:ins {WHO}/>"),
    }
    found = observed(x.p("甲", REMARK.format(3)), more)
    assert found["comment"] == {"count": "2"}
    assert found["tracked-change"] == {"insertions": "1", "deletions": "1"}


def test_resolved_comments_are_left_in_all_the_same() -> None:
    extended = (
        '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
        '<w15:commentEx w15:paraId="1" w15:done="1"/><w15:commentEx w15:paraId="2" w15:done="0"/></w15:commentsEx>'
    )
    found = observed(x.p("甲", REMARK.format(0), REMARK.format(1)), {"word/commentsExtended.xml": extended})[
        "comment"
    ]
    assert found["count"] == "2"
    assert "1 条" in found["resolved"].zh
    assert "1 of them" in found["resolved"].en


def test_a_comment_nothing_refers_to_is_not_counted() -> None:
    assert observed(x.p("甲"), {"word/comments.xml": story("comments", "")}) == {}


def test_what_is_said_of_formatting(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    marked = f"<w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange></w:rPr>"
    path.write_bytes(
        write(
            "application",
            changes={"raw": {'<w:t xml:space="preserve">18.60': f'{marked}<w:t xml:space="preserve">18.60'}},
        )
    )
    report = checked(path)
    (finding,) = [f for f in report.findings if f.rule == "CF014"]
    assert finding.severity is Severity.WARNING
    assert "格式修订" in finding.message
    assert not [f for f in report.findings if f.severity is Severity.ERROR]
