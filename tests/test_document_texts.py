"""All that a document says: its texts in order, where words stand in them, and cells as their reader sees them."""

from __future__ import annotations

import pytest

from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.repairs.cell_texts import as_seen
from clusterform.parsers.raw import Block, Cell, Mark, Paragraph, RawDocument, Table
from support.typed import typed

LABEL = "集群名称"


def test_where_words_stand() -> None:
    texts = DocumentTexts(typed("甲 乙", ["丙甲|乙", "丁|甲乙"], "", "甲").blocks)
    assert texts.all == ["甲 乙", "丙甲", "乙", "丁", "甲乙", "", "甲"]
    assert texts.folded == "甲乙丙甲乙丁甲乙甲"
    assert texts.folded_blocks == ["甲乙", "丙甲乙丁甲乙", "", "甲"]
    assert [*texts.places(["甲乙"])] == [(0, 0), (1, 2), (4, 4)]  # the second is broken over two cells
    assert [*texts.places(["丙", "戊", "丁甲"])] == [(1, 1), (3, 4)]
    assert [*texts.places(["乙甲"])] == [(4, 6)]
    assert [texts.block_of(number) for number in range(7)] == [0, 1, 1, 1, 1, 2, 3]
    assert [*DocumentTexts(typed("甲甲甲").blocks).places(["甲甲"])] == [(0, 0)] * 2


def struck(text: str, start: int, end: int, *tables: Table, images: int = 0) -> Cell:
    marks = (Mark(start, None, "strike", "", end - start),) if end > start else ()
    return Cell(text, 0, 0, 1, 1, marks=marks, tables=tables, images=images)


def plain(text: str, *tables: Table) -> Cell:
    return struck(text, 0, 0, *tables)


def is_label(text: str, *, whole: bool = False) -> bool:
    return text == LABEL or (not whole and text.startswith(LABEL))


def seen(*blocks: Block) -> list[list[str]]:
    read = as_seen(RawDocument("docx", blocks), is_label)
    (table,) = (block for block in read.blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


@pytest.mark.parametrize(
    ("cell", "alone", "among"),
    [
        (struck("甲集群名称", 0, 1), "集群名称", "集群名称"),
        (struck("集群名称甲", 0, 4), "集群名称甲", "集群名称甲"),  # an answer is told with what is struck
        (struck("集群名称：甲乙", 6, 7), "集群名称：甲乙", "集群名称：甲乙"),
        (struck("甲乙", 0, 2), "", "甲乙"),
        (struck("甲 ", 0, 1), " ", "甲 "),
        (plain("甲"), "甲", "甲"),
    ],
)
def test_labels_without_what_is_struck_through(cell: Cell, alone: str, among: str) -> None:
    assert seen(Table(((cell,), (cell, plain("乙"))))) == [[alone], [among, "乙"]]


def test_a_paragraph_without_what_is_struck_through() -> None:
    line = Paragraph("甲乙丙", (Mark(1, None, "strike", "", 1),))
    document = RawDocument("docx", (line, Paragraph("丁")))
    first, second = as_seen(document, is_label).blocks
    assert isinstance(first, Paragraph)
    assert (first.text, second) == ("甲丙", Paragraph("丁"))
    plainly = RawDocument("docx", (Paragraph("丁"), Table(((plain("甲"),),))))
    assert as_seen(plainly, is_label) is plainly


def inner(*rows: tuple[Cell, ...]) -> Table:
    return Table(rows)


@pytest.mark.parametrize(
    ("cell", "text", "kept"),
    [
        (plain("甲", inner((plain("乙"), plain("丙")), (plain("丁"),))), "甲\n乙\n丙\n丁", 0),
        (plain("", inner((plain("乙"),))), "乙", 0),
        (plain(" ", inner((plain("乙"), plain(" ")))), "乙", 0),
        (plain("甲", inner((plain(""),))), "甲", 0),
        (plain(" ", inner((plain("  "), plain("")))), "", 0),
        (plain("甲", inner((plain(LABEL), plain("乙")))), "甲", 1),  # rows of the form
        (plain("", inner((plain(LABEL), plain("乙")))), "", 1),
        (plain("甲", inner((plain(f"{LABEL}：乙"),))), f"甲\n{LABEL}：乙", 0),  # one cell is a frame
        (plain("甲", inner((plain("乙"),)), inner((plain(LABEL), plain("丙")))), "甲\n乙", 1),
        (plain("甲", inner((plain("乙", inner((plain("丙"),))),))), "甲\n乙\n丙", 0),
        (plain("甲", inner((plain("乙", inner((plain(LABEL), plain("丙")))),))), "甲", 1),
    ],
)
def test_tables_within_a_cell(cell: Cell, text: str, kept: int) -> None:
    read = as_seen(RawDocument("docx", (Table(((cell, plain("尾")),)),)), is_label)
    (table,) = read.blocks
    assert isinstance(table, Table)
    ((first, last),) = table.rows
    assert (first.text, len(first.tables), last.text) == (text, kept, "尾")
