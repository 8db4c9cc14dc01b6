"""A document cut at the headings of its parts: what is a heading, and what stands under which."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.filling.outline import (
    Outline,
    TableRow,
    UnnumberedZone,
    read_outline,
    rows_in,
    table_rows,
)
from clusterform.forms.model import load_form
from clusterform.parsers.raw import RawDocument
from support.typed import table, typed

ONE, TWO, THREE = "一、基本情况", "二、主导产业情况", "三、创新能力情况"
PLAN = "八、未来三年中小企业特色产业集群发展规划"
DECLARED = "九、真实性声明及推荐意见"
LIST = "佐证材料清单"


def outline(*blocks: str | list[str], sheet: str | None = None) -> Outline:
    return read_outline(typed(*blocks, sheet=sheet), load_form("2025", "application"))


def parts(*blocks: str | list[str], sheet: str | None = None) -> dict[int | str, list[str]]:
    """What stands under each heading, in the parts' order; those under which nothing stands left out."""
    return shown(outline(*blocks, sheet=sheet))


def shown(found: Outline) -> dict[int | str, list[str]]:
    zones = {
        key.value if isinstance(key, UnnumberedZone) else key: [
            "|".join(cell.text for cell in item.cells) if isinstance(item, TableRow) else item.text
            for item in zone
        ]
        for key, zone in found.in_order()
    }
    return {key: texts for key, texts in zones.items() if texts}


@pytest.mark.parametrize(
    "heading",
    [
        ONE,
        "基本情况",
        "一、基本情况 ",
        "1. 基本情况",
        "第一部分 基本情况",
        "一、基本情况①",
        "一、基本情况（附图）",
        "一、 基本情况 （附图）：",
        f"一、基本情况（{'图' * 52}）",  # 60 letters
        "一、\n基本情况",
        "一、基本\n情况",
        "一、基本情况（续）",
    ],
)
def test_a_part_begins(heading: str) -> None:
    assert parts("甲", heading, "乙") == {0: ["甲"], 1: ["乙"]}
    assert [(part, place.row, text) for part, place, text in outline("甲", heading).seen] == [
        (1, 2, heading.strip())
    ]


@pytest.mark.parametrize(
    "text", ["一、基本情况甲", f"一、基本情况（{'图' * 53}）", "一、基本情况\n甲", "甲\n基本情况", "情况", ""]
)
def test_no_part_begins(text: str) -> None:
    assert parts("甲", text, "乙") == {0: ["甲", text, "乙"]}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((ONE, "甲", TWO, "乙", ONE, "丙"), {1: ["甲", "丙"], 2: ["乙"]}),  # a part in two places
        ((ONE, "甲", TWO, "乙", "基本情况", "丙"), {1: ["甲"], 2: ["乙", "基本情况", "丙"]}),
        ((ONE, "甲", "一、基本情况（续）", "乙"), {1: ["甲", "乙"]}),
        (
            (ONE, "甲", TWO, "乙", "一、基本情况（续）", "丙"),
            {1: ["甲", "丙"], 2: ["乙"]},
        ),
        ((ONE, "甲", ONE, "乙"), {1: ["甲", "乙"]}),
        ((ONE, "甲", "基本情况", "乙"), {1: ["甲", "基本情况", "乙"]}),
        ((ONE, TWO, "乙", "三、基本情况", "丙"), {2: ["乙", "三、基本情况", "丙"]}),  # under another's number
        (("三、基本情况", "甲"), {1: ["甲"]}),
        # Running text may name the parts as subheadings.
        ((ONE, PLAN, "甲", ONE, "乙"), {8: ["甲", ONE, "乙"]}),
        ((PLAN, "甲", ONE, "乙"), {8: ["甲"], 1: ["乙"]}),  # the part itself, out of its place
        ((PLAN, "甲", "基本情况", "乙"), {8: ["甲", "基本情况", "乙"]}),
        ((PLAN, "甲", PLAN, "乙"), {8: ["甲", PLAN, "乙"]}),
        ((PLAN, "甲", "真实性声明及推荐意见", "乙"), {8: ["甲"], 9: ["乙"]}),
        ((PLAN, "甲", "填报说明", "乙"), {8: ["甲"], "guidance": ["乙"]}),
        # So may a list of evidence.
        ((ONE, LIST, "甲", ONE, "乙"), {"evidence": ["甲", ONE, "乙"]}),
        ((LIST, "甲", ONE, "乙"), {"evidence": ["甲"], 1: ["乙"]}),
        ((LIST, "甲", "基本情况", "乙"), {"evidence": ["甲", "基本情况", "乙"]}),
        ((ONE, "甲", "附件佐证材料清单", "乙"), {1: ["甲"], "evidence": ["乙"]}),
        ((ONE, "甲", "证明材料目录", "乙"), {1: ["甲", "证明材料目录", "乙"]}),
        ((DECLARED, "甲", "证明材料目录", "乙"), {9: ["甲"], "evidence": ["乙"]}),  # the last part is over
        ((DECLARED, "甲", "见证明材料目录", "乙"), {9: ["甲"], "evidence": ["乙"]}),
        (
            (DECLARED, "甲", "请看另行附上的证明材料目录", "乙"),
            {9: ["甲", "请看另行附上的证明材料目录", "乙"]},
        ),
        ((ONE, "甲", "填报说明", "乙", "丙"), {"guidance": ["乙", "丙"], 1: ["甲"]}),
    ],
)
def test_what_stands_under_which_heading(
    lines: tuple[str, ...], expected: dict[int | str, list[str]]
) -> None:
    assert parts(*lines) == expected


@pytest.mark.parametrize(
    ("lines", "seen"),
    [
        ((ONE, "甲", "一、基本情况（续）", "乙", "续：基本情况", "丙"), [ONE]),  # it only goes on
        ((ONE, "甲", TWO, "乙", "一、基本情况（续）"), [ONE, TWO, "一、基本情况（续）"]),
        ((TWO, "甲", ONE, "乙", ONE), [TWO, ONE, ONE]),
        (("填报说明", "甲", LIST), []),
    ],
)
def test_which_headings_were_seen(lines: tuple[str, ...], seen: list[str]) -> None:
    assert [text for _, _, text in outline(*lines).seen] == seen


def test_an_index_in_the_middle_is_none_of_the_part() -> None:
    index = ("目录", TWO, THREE, PLAN)
    assert parts(ONE, "甲", *index, "乙", *index, "丙") == {"front": [*index, *index], 1: ["甲", "乙", "丙"]}


def test_a_list_of_evidence_on_a_sheet_before_the_form_s() -> None:
    cover = ("中小企业特色产业集群申报表", "集群名称：甲", "所属地区：乙")
    assert parts(LIST, "图谱", "#函", "甲", "#封面", *cover, sheet="附件") == {
        "front": ["附件", "函", "甲"],
        "evidence": ["图谱"],
        0: [*cover],
    }


def test_the_parts_come_by_their_numbers() -> None:
    lines = ("函", "中小企业特色产业集群申报表", "集群名称：甲", "所属地区：乙")
    found = outline(*lines, LIST, "a", DECLARED, "b", TWO, "c", "填报说明", "d", ONE).in_order()
    front, guidance, evidence = UnnumberedZone
    assert [key for key, _ in found] == [front, guidance, 0, 1, 2, 9, evidence]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ONE, "集群名称|甲"], {1: ["集群名称|甲"]}),
        ([f"{ONE}|<", "集群名称|甲"], {1: ["集群名称|甲"]}),
        ([f"{ONE}|", "集群名称|甲"], {1: ["集群名称|甲"]}),
        ([f"{ONE}||", "集群名称|甲|"], {1: ["集群名称|甲|"]}),
        ([f"{ONE}|乙", "集群名称|甲"], {0: [f"{ONE}|乙", "集群名称|甲"]}),  # a row of texts
        (["|", f"{ONE}|", "|"], {0: ["|"], 1: ["|"]}),
        (["一、\n基本情况", "集群名称|甲"], {1: ["集群名称|甲"]}),
        ([f"甲\n{TWO}|丙"], {0: [f"甲\n{TWO}|丙"]}),
        ([f"乙|{ONE}", "^|甲"], {0: [f"乙|{ONE}", "甲"]}),
        ([f"乙|{ONE}", f"^|{TWO}"], {0: [f"乙|{ONE}", TWO]}),  # beside a cell that reaches down
        # A frame of one cell: its lines are lines of the page.
        ([f"{ONE}\n集群名称：甲\n{TWO}\n乙"], {1: ["集群名称：甲"], 2: ["乙"]}),
        ([f"甲\n{TWO}\n乙"], {0: ["甲"], 2: ["乙"]}),
        # The heading in a cell of its own, all its text beside it.
        ([f"{PLAN}|甲\n乙"], {8: ["甲", "乙"]}),
        ([f"{PLAN}|甲"], {0: [f"{PLAN}|甲"]}),
        ([f"{PLAN}|甲|乙\n丙"], {0: [f"{PLAN}|甲|乙\n丙"]}),
        (["甲|乙\n丙"], {0: ["甲|乙\n丙"]}),
    ],
)
def test_headings_in_tables(rows: list[str], expected: dict[int | str, list[str]]) -> None:
    assert parts(rows) == expected


def test_lines_of_a_lone_cell_are_lines_of_the_page_in_running_text_alone() -> None:
    assert parts(PLAN, ["甲\n乙", "丙"]) == {8: ["甲", "乙", "丙"]}
    assert parts(ONE, ["甲\n乙", "丙"]) == {1: ["甲\n乙", "丙"]}
    assert parts(ONE, [f"甲\n{TWO}\n乙", "丙"]) == {1: ["甲"], 2: ["乙", "丙"]}
    assert len(rows_in(outline(PLAN, ["甲"]).zones[8])) == 1


def test_a_heading_beside_its_text_is_seen_where_it_stands() -> None:
    ((part, place, text),) = outline([f"{PLAN}|甲\n乙"]).seen
    assert (part, place.row, place.cell, text) == (8, 1, 1, PLAN)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("|", "集群名称|乙", {0: ["集群名称|乙"]}),  # a blank row that holds a table
        ("", "集群名称|乙", {0: ["", "集群名称|乙"]}),  # a frame
        (ONE, "集群名称|乙", {1: ["集群名称|乙"]}),
        ("甲", "集群名称|乙", {0: ["甲", "集群名称|乙"]}),
        (f"{ONE}|", "集群名称|乙", {1: ["集群名称|乙"]}),
        ("甲|乙|丙", "集群名称|乙", {0: ["甲|乙|丙"]}),  # a row of the part's own
        ("甲|乙", "集群名称|乙", {0: ["甲|乙"]}),
    ],
)
def test_tables_in_cells(outer: str, inner: str, expected: dict[int | str, list[str]]) -> None:
    whole = table([outer])
    (row,) = whole.rows
    at = 0 if row[0].text or not row[1:] else 1
    held = (*row[:at], row[at]._replace(tables=(table([inner], 2),)), *row[at + 1 :])
    found = read_outline(
        RawDocument("docx", (whole._replace(rows=(held,)),)), load_form("2025", "application")
    )
    assert shown(found) == expected


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (("甲", "#基本情况", "乙", "#主导产业", "丙"), {0: ["甲"], 1: ["乙"], 2: ["丙"]}),
        (("甲", "#不明", "乙", "#又一", "丙"), {0: ["甲"], "guidance": ["乙", "丙"]}),  # of no part
        (("甲", "#自查", "乙", "#基本情况", "丙"), {0: ["甲"], 1: ["丙"]}),
        (("甲", "#佐证材料", "乙", "#基本情况", "丙"), {0: ["甲"], "evidence": ["乙"], 1: ["丙"]}),
        (("甲", "#主导产业", [TWO, "乙|丙"]), {0: ["甲"], 2: ["乙|丙"]}),
        (("甲", "#主导产业", [f"{TWO}|3.2", "乙|丙"]), {0: ["甲"], 2: [f"{TWO}|3.2", "乙|丙"]}),
        (("甲", "#主导产业", [f"{TWO}|{THREE}", "乙|丙"]), {0: ["甲"], 2: ["乙"], 3: ["丙"]}),
        (("甲", "#目录", [ONE, TWO, THREE], "#基本情况", "乙"), {0: ["甲"], 1: ["乙"]}),
        (([ONE, TWO, THREE], "#基本情况", "乙"), {1: ["乙"]}),  # a sheet that is an index
        (
            ([ONE, TWO, THREE, "集群总产值（亿元）|1", "集群企业数量|2"],),
            {0: ["集群总产值（亿元）|1", "集群企业数量|2"]},
        ),
    ],
)
def test_what_stands_on_which_sheet(blocks: Any, expected: dict[int | str, list[str]]) -> None:
    assert parts(*blocks, sheet="封面") == expected
    assert parts(*blocks, sheet="Sheet1") == expected  # the first sheet begins with the cover


def test_a_sheet_s_name_is_a_heading_where_no_heading_stands_on_it() -> None:
    def seen(*blocks: str | list[str]) -> list[tuple[int, str]]:
        return [(part, text) for part, _, text in outline(*blocks, sheet="封面").seen]

    assert seen("#主导产业", ["乙|丙"]) == [(2, "主导产业")]
    assert seen("#主导产业", [TWO, "乙|丙"]) == [(2, TWO)]
    assert seen("#主导产业", [f"{TWO}①", "乙|丙"]) == [(2, f"{TWO}①")]
    assert seen("#主导产业", [f"{TWO}|{THREE}", "乙|丙"]) == [(2, TWO), (3, THREE)]
    assert seen("#主导产业", ["乙|丙", THREE, "乙|丙"]) == [(2, "主导产业"), (3, THREE)]
    assert seen("#主导产业", ["乙|丙"], "#三", [TWO, "乙|丙"]) == [(2, "主导产业"), (3, "三"), (2, TWO)]


def test_parts_side_by_side_are_told() -> None:
    found = outline([f"{ONE}|甲|{TWO}|乙", "a|b|c|d"], sheet="封面")
    assert [(part, place.cell, text) for part, place, text in found.side_by_side] == [(2, 3, TWO)]
    longest = f"{TWO}（{'图' * 50}）"
    for heading, told in ((longest, [longest]), (f"{TWO}（{'图' * 51}）", [])):
        found = outline([f"{ONE}|甲|{heading}|乙"], sheet="封面")
        assert [text for _, _, text in found.side_by_side] == told


def test_cells_that_reach_down_into_a_row() -> None:
    rows = list(table_rows(table(["a|b|c", "^|d|^", "e|f|^", "g|h|i"])))
    assert [[cell.text for cell in row.above] for row in rows] == [[], ["a", "c"], ["c"], []]
    assert [[cell.text for cell in row.filled] for row in table_rows(table(["a| |b"]))] == [["a", "b"]]
