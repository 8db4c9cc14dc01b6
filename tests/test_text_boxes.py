"""Tick boxes and their options in text boxes of Word: drawn as DrawingML, VML, or both with one as the other's fallback."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml

from support.forms import write
from support.metamorphic import plainly, seen

_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
    }.items()
)
CHANGED = "basic_info.operator_changed"
EXPLAIN = "（需附情况说明）"
WAYS = ("drawing", "vml", "both")


def text_box(lines: Sequence[str], way: str) -> str:
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    text = f"<w:txbxContent>{text}</w:txbxContent>"
    vml = f'<w:pict><v:shape id="s" type="#_x0000_t202"><v:textbox>{text}</v:textbox></v:shape></w:pict>'
    drawing = (
        '<w:drawing><wp:anchor><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="t"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        f"<wps:spPr/><wps:txbx>{text}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{vml}</mc:Fallback></mc:AlternateContent>"
    )
    return {"drawing": drawing, "vml": vml, "both": both}[way]


def told(kept: str, boxes: Sequence[Sequence[str]], way: str) -> list[tuple[Any, ...]]:
    """What is found at 是否发生变化, answered with text and text boxes, beside a clean form's own findings."""
    document = Document(io.BytesIO(write("review")))
    rows = (row for table in document.tables for row in table.rows)
    cell = next(
        row.cells[at + 1]
        for row in rows
        for at, label in enumerate(row.cells)
        if label.text.strip() == "是否发生变化" and row.cells[at + 1].text.strip() != "是否发生变化"
    )
    cell.text = kept
    for lines in boxes:
        run = parse_xml(f"<w:r {_NAMES}>{text_box(lines, way)}</w:r>")
        cell.paragraphs[0]._p.append(run)
    held = io.BytesIO()
    document.save(held)
    before = plainly("review").findings
    return [(f[0], f[1], f[4]) for f in seen(held.getvalue()).findings if f not in before]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("kept", "boxes"),
    [
        ("", [[f"□是{EXPLAIN} ☑否"]]),
        ("", [[f"□是{EXPLAIN}"], ["☑否"]]),
        ("", [[f"□是{EXPLAIN}", "☑否"]]),
        ("□ ☑", [[f"是{EXPLAIN}"], ["否"]]),
        ("□ ☑", [[f"是{EXPLAIN}", "否"]]),
        (f"□是{EXPLAIN} ☑", [["否"]]),
        ("□是 ☑否", [[EXPLAIN]]),
    ],
)
def test_options_are_read_out_of_text_boxes(kept: str, boxes: Sequence[Sequence[str]], way: str) -> None:
    assert told(kept, boxes, way) == []


@pytest.mark.parametrize("way", WAYS)
def test_a_yes_in_them_still_asks_for_its_explanation(way: str) -> None:
    expected = [("CF310", "error", "是")]
    assert told("", [[f"☑是{EXPLAIN} □否"]], way) == expected
    assert told("☑ □", [[f"是{EXPLAIN}"], ["否"]], way) == expected


@pytest.mark.parametrize("way", WAYS)
def test_boxes_that_float_beside_printed_words_are_for_a_person_to_read(way: str) -> None:
    assert told(f"是{EXPLAIN} 否", [["□"], ["☑"]], way) == [("CF109", "manual", "是、否")]


def test_boxes_in_the_line_of_a_word_are_not_given_in_turn() -> None:
    assert told(f"□ ☑是{EXPLAIN}\n否", [], "vml") != []
