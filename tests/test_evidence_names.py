"""Which file of a folder a name means, which pages a line names, and how many entries a list holds."""

from __future__ import annotations

import io
from collections.abc import Iterable

import openpyxl
import pytest

from clusterform.evidence import observations
from clusterform.evidence.inspect import Inspected, inspect, row_counts
from clusterform.evidence.names import FileNames, FoundFiles, ending_of, names_anything, stem_of
from clusterform.evidence.page_range import beyond, last_page
from clusterform.evidence.source import EvidenceFolder, ListedFile
from clusterform.evidence.tables import LARGEST
from clusterform.evidence_line import FILES, EvidenceFile, EvidenceLine
from support.evidence import docx_bytes

HELD = (
    *(
        "商标.pdf",
        "A/商标证.pdf",
        "B/商标证.pdf",
        "B/C/质量.pdf",
        "B/质量.docx",
        "许可.pdf",
        "A/许可、证书.pdf",
        "Z/附件5-1.pdf",
    ),
    *(
        "附件3-1.pdf",
        "附件3-2.PDF",
        "附件3.1.pdf",
        "专利 清单（2024）.xlsx",
        "2.3-④.pdf",
        "X/B/图.pdf",
        "B/图.pdf",
    ),
)
OUTSIDE = (
    "../商标.pdf",
    "A/../../商标.pdf",
    "/商标.pdf",
    "\\商标.pdf",
    "~/商标.pdf",
    "c:商标.pdf",
    "file:商标.pdf",
)


def names(held: Iterable[str]) -> FileNames:
    return FileNames([ListedFile(name, 1) for name in held], "佐证")


def told(found: FoundFiles) -> tuple[str, list[str]]:
    return found.fault, [entry.name for entry in found.entries]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        *((name, ["商标.pdf"]) for name in ("商标.pdf", "商标.PDF", "商标", "佐证/商标.pdf", "./商标.pdf")),
        *((name, ["商标.pdf"]) for name in ("A/../商标.pdf", "A\\..\\商标.pdf", "商 标.pdf", "“商标”.pdf")),
        *((name, ["A/商标证.pdf"]) for name in ("A/商标证.pdf", "a\\商标证", "佐证/A/商标证.pdf")),
        ("质量.pdf", ["B/C/质量.pdf"]),
        ("B/质量", ["B/质量.docx"]),
        ("B/图.pdf", ["B/图.pdf"]),
        ("X/B/图.pdf", ["X/B/图.pdf"]),
        ("附件3", ["附件3-1.pdf", "附件3-2.PDF"]),
        ("附件 03", ["附件3-1.pdf", "附件3-2.PDF"]),
        ("专利清单2024.xlsx", ["专利 清单（2024）.xlsx"]),
        ("专利清单(2024)", ["专利 清单（2024）.xlsx"]),
        ("2.3-④", ["2.3-④.pdf"]),
        ("许可、证书.pdf", ["A/许可、证书.pdf"]),
        ("Z/附件5", ["Z/附件5-1.pdf"]),
        ("A/商标—证.pdf", ["A/商标证.pdf"]),
        ("A/B/../商标证.pdf", ["A/商标证.pdf"]),
        ("C", ["B/C/质量.pdf"]),
        ("B/C", ["B/C/质量.pdf"]),
        ("X", ["X/B/图.pdf"]),
        ("X/B", ["X/B/图.pdf"]),
        ("B", ["B/商标证.pdf", "B/C/质量.pdf", "B/质量.docx", "X/B/图.pdf", "B/图.pdf"]),
    ],
)
def test_a_name_that_means_one_thing(name: str, found: list[str]) -> None:
    assert [told(one) for one in names(HELD).find(name)] == [("", found)]


@pytest.mark.parametrize(
    ("name", "fault", "found"),
    [
        ("商标证.pdf", "several", ["A/商标证.pdf", "B/商标证.pdf"]),
        ("质量", "several", ["B/C/质量.pdf", "B/质量.docx"]),
        *(
            (name, "missing", [])
            for name in ("C/商标证.pdf", "商标.docx", "附件4", "材料3", "3", "佐证", "", "A/B")
        ),
        *((name, "missing", []) for name in ("没有甲，没有乙", "lpt0.pdf", "lpt10.pdf", "A/附件3")),
        *((name, "device", []) for name in ("con.pdf", "A/LPT1", "com9", "Aux .docx")),
        *((name, "outside", []) for name in (*OUTSIDE, "C:\\商标.pdf", "https://a.cn/商标.pdf")),
    ],
)
def test_a_name_that_means_none_or_several(name: str, fault: str, found: list[str]) -> None:
    assert [told(one) for one in names(HELD).find(name)] == [(fault, found)]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("商标.pdf；许可.pdf", [("", ["商标.pdf"]), ("", ["许可.pdf"])]),
        ("商标.pdf,许可.pdf,图片.pdf", [("", ["商标.pdf"]), ("", ["许可.pdf"]), ("missing", [])]),
        ("商标、许可", [("", ["商标.pdf"]), ("", ["许可.pdf"])]),
        ("商标，没有", [("", ["商标.pdf"]), ("missing", [])]),
        ("没有甲.pdf\n没有乙.pdf", [("missing", []), ("missing", [])]),
        ("没有甲.pdf，没有乙", [("missing", [])]),
        ("商标.pdf，商标证.pdf", [("", ["商标.pdf"]), ("several", ["A/商标证.pdf", "B/商标证.pdf"])]),
    ],
)
def test_several_names_in_one_cell(cell: str, found: list[tuple[str, list[str]]]) -> None:
    assert [told(one) for one in names(HELD).find(cell)] == found


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("商标注册证.pdf", "企业商标注册证.pdf"),
        ("甲/商标注册.docx", "企业商标注册证.pdf"),
        ("某县企业商标注册证书", "企业商标注册证.pdf"),
        ("标注册", ""),
        ("质量体系", ""),
        ("某县质量体系认证书", ""),
        ("某县许可证件", "乙/许可证件.pdf"),
        ("某县许可表及说明", ""),
        ("", ""),
        ("..", ""),
    ],
)
def test_the_one_file_of_a_name_like_it(name: str, near: str) -> None:
    held = ("企业商标注册证.pdf", "质量体系认证.pdf", "质量体系.pdf", "乙/许可证件.pdf", "许可表.pdf")
    assert names(held).near(name) == near


def test_endings_and_stems() -> None:
    assert [ending_of(name) for name in ("a.PDF", "a．ｐｄｆ", "甲/b.docx", "a.html5")] == [
        *(".pdf", ".pdf", ".docx", ".html5")
    ]
    assert [ending_of(name) for name in ("2.3-④", "a.d", "a.abcdef", "a.7z", "a.pdf.", "pdf")] == [""] * 6
    assert [stem_of(name) for name in ("甲/乙.pdf", "2.3-④", "乙")] == ["乙", "2.3-④", "乙"]
    assert [names_anything(text) for text in ("", "无", "见附件", "商标")] == [False, False, False, True]


@pytest.mark.parametrize(
    ("pages", "last"),
    [
        *(("12", 12), ("第3-5页", 5), ("3、9；7", 9), ("１２", 12), ("5, P9", 9), ("9至3页", 9)),
        *(("", 0), (" ", 0), ("商标第3页", 0), ("页", 0), ("3页、商标", 0)),
    ],
)
def test_the_last_page_that_is_named(pages: str, last: int) -> None:
    assert last_page(pages) == last


Lines = tuple[tuple[str, str], ...]
VOLUME: Lines = (("甲", "1-5"), ("乙", "6-9"), ("丙", "10-12"))


@pytest.mark.parametrize(
    ("lines", "count", "past"),
    [
        ((("甲", "5"),), 5, []),
        ((("甲", "6"),), 5, ["6"]),
        ((("甲", "6"),), None, []),
        ((("甲", "无"),), 5, []),
        ((("甲", "5-6"),), 2, []),
        ((("甲", "第5页-第6页"),), 2, []),
        ((("甲", "5-7"),), 2, ["7"]),
        ((("甲", "5-5"),), 2, ["5"]),
        ((("甲", "1-3,4-6"),), 3, ["6"]),
        (VOLUME, 2, []),
        (VOLUME[:2], 2, ["5", "9"]),
        ((("甲", "1-5"), ("甲", "3-4"), *VOLUME[1:]), 2, []),
        ((("甲", "1-5"), ("甲", "6-9"), ("甲", "10-12")), 2, ["5", "9", "12"]),
        ((*VOLUME[:2], ("丙", "9-12")), 2, ["5", "9", "12"]),
        ((VOLUME[0], ("丁", ""), *VOLUME[1:]), 2, []),
        ((VOLUME[0], ("乙", "2-4"), VOLUME[2]), 2, ["5", "4", "12"]),
    ],
)
def test_pages_that_a_file_does_not_have(lines: Lines, count: int | None, past: list[str]) -> None:
    """Pages that are counted on from file to file are those of a bound volume."""
    uses = [(EvidenceLine({"file": name, "pages": pages}), name) for name, pages in lines]
    seen = beyond(uses, {name: Inspected(EvidenceFile(name, count)) for name, _ in lines})
    assert [one.facts["last"] for one in seen] == past


def test_each_list_counts_its_own_pages() -> None:
    uses = [
        (EvidenceLine({"pages": pages}, source=source), f"{source}{name}")
        for source in ("一.csv", "二.csv")
        for name, pages in VOLUME
    ]
    files = {name: Inspected(EvidenceFile(name, 2)) for _, name in uses}
    assert not [*beyond(uses, files)]
    assert len([*beyond([(EvidenceLine(item.texts), name) for item, name in uses], files)]) == 6


def counts(text: str | bytes, name: str = "专利清单.csv", size: int | None = None) -> tuple[int, ...]:
    data = text.encode() if isinstance(text, str) else text
    entry = ListedFile(name, len(data) if size is None else size)
    return row_counts(io.BytesIO(data), entry, stem_of(name))


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("序号,名称\n1,甲\n2,乙\n3,丙\n合计,3\n", (3,)),
        ("序号,名称\n1,甲\n1,乙\n2,丙\n", (3, 2)),
        ("序号,名称\n1,甲\n,乙\n7,\n", (2, 7)),
        ("序号,名称\n999999,甲\n1000000,乙\n", (2, 999999)),
        ("名称,地址\n甲,乙\n丙,丁\n", (2,)),
        ("专利清单\n名称,地址\n甲,乙\n", (1,)),
        ("2024,甲\n名称,地址\n甲,乙\n", (1,)),
        ("名称,地址\n某市,某县\n序号,名称\n1,甲\n", (1,)),
        ("题\n" * 5 + "序号,名称\n1,甲\n2,乙\n", (2,)),
        ("题\n" * 6 + "序号,名称\n1,甲\n2,乙\n", ()),
        ("甲\n乙\n丙\n", ()),
        ("序号,名称\n", ()),
        ("序号,名称,数量\n1,甲,900\n2,乙,800\n", (2,)),
        ("", ()),
    ],
)
def test_how_many_entries_a_list_holds(text: str, ways: tuple[int, ...]) -> None:
    assert counts(text) == ways


def test_what_is_counted_as_a_list() -> None:
    """A Word file where its name says so; a workbook by all its sheets, or by the longest."""
    assert counts(docx_bytes(3), "专利清单.docx") == (3,)
    assert counts(docx_bytes(3), "专利.docx") == ()
    assert counts(b"junk", "专利清单.docx") == ()
    assert counts("序号,名称\n1,甲\n", "专利清单.pdf") == ()
    assert counts("序号,名称\n1,甲\n", size=LARGEST) == (1,)
    assert counts("序号,名称\n1,甲\n", size=LARGEST + 1) == ()
    book = openpyxl.Workbook()
    for sheet, rows in ((book.active, 2), (book.create_sheet(), 3)):
        for row in (("序号", "名称"), *((number, f"第{number}项") for number in range(1, rows + 1))):
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    assert counts(data.getvalue(), "专利.xlsx") == (5, 3)


def test_entries_are_counted_where_that_is_asked_for(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("counted")
    (root / "名单.csv").write_text("序号,名称\n1,甲\n", encoding="utf-8")
    source = EvidenceFolder(root)
    (entry,) = source.entries
    assert inspect(source, entry).file.rows == ()
    assert inspect(source, entry, counted=True).file.rows == (1,)
    assert inspect(source, entry._replace(size=0)).fault == "empty"
    assert inspect(source, entry._replace(fault="link")).fault == "link"


@pytest.mark.parametrize(
    ("texts", "source", "label", "value", "where"),
    [
        ({"subject": "商标", "code": "2.3-④", "file": "甲.pdf"}, "", "商标", "甲.pdf", "清单"),
        ({"code": "2.3-④", "title": "证", "pages": "甲.pdf"}, "", "2.3-④", "甲.pdf", "清单"),
        ({"title": "证", "file": "甲.pdf", "pages": "3"}, "单.csv", "证", "甲.pdf", "单.csv"),
        ({"file": "甲.pdf", "number": " 7 "}, "", "甲.pdf", "甲.pdf", "7"),
        ({"file": "甲.pdf", "number": "7"}, "单.csv", "甲.pdf", "甲.pdf", "单.csv"),
        ({"subject": "商标", "file": "甲.pdf"}, FILES, "甲.pdf", "甲.pdf", ""),
    ],
)
def test_a_missing_file_is_told_with_its_line(
    texts: dict[str, str], source: str, label: str, value: str, where: str
) -> None:
    seen = observations.missing(EvidenceLine(texts, source=source), "佐证", "乙.pdf")
    assert (seen.label, seen.value, seen.facts["near"], seen.facts["variant"]) == (
        label,
        value,
        "乙.pdf",
        "near",
    )
    assert where in getattr(seen.facts["where"], "zh", "")
    assert bool(where) == bool(seen.facts["where"])
    alone = observations.missing(EvidenceLine(texts, source=source), "佐证", "")
    assert "variant" not in alone.facts


@pytest.mark.parametrize(("files", "told"), [(1, 1), (8, 8), (9, 1), (10, 1)])
@pytest.mark.parametrize("listed", [True, False])
def test_many_files_on_no_list_are_told_together(files: int, told: int, listed: bool) -> None:
    entries = [ListedFile(f"{number}.pdf", 1) for number in range(files)]
    seen = [*observations.on_no_list(entries, listed=listed)]
    assert len(seen) == told
    variants = ("many", "many-unnamed") if files > 8 else ("", "unnamed")
    assert {one.facts.get("variant", "") for one in seen} == {variants[not listed]}
    if files > 8:
        assert seen[0].label == "、".join(f"{number}.pdf" for number in range(8)) + "…"
        assert seen[0].facts["count"] == str(files)


@pytest.mark.parametrize("files", [8, 9])
def test_at_most_eight_names_are_told(files: int) -> None:
    entries = tuple(ListedFile(f"{number}.pdf", 1) for number in range(files))
    eight = "、".join(entry.name for entry in entries[:8])
    seen = observations.listed(EvidenceLine({"file": "甲"}), "甲", FoundFiles(entries, "several"))
    assert (seen.facts["names"], seen.facts["variant"]) == (eight, "several")
    items = [EvidenceLine({"title": f" {number} "}) for number in range(files)]
    seen = observations.unpaired(items, entries)
    assert (seen.facts["names"], seen.facts["variant"]) == (eight + "…" * (files > 8), "files-left")
    assert seen.facts["titles"] == "、".join(f"“{number}”" for number in range(8)) + "…" * (files > 8)
    assert observations.unpaired(items, ()).facts["variant"] == "no-files"


def test_what_one_file_is_to_prove_is_told_by_the_words_of_its_lines() -> None:
    lines = (
        {"subject": "商标", "code": "1", "title": "甲"},
        {"code": "2", "title": "甲"},
        {"title": "甲"},
        {"file": "乙"},
    )
    seen = observations.shared(
        EvidenceLine({}), "图.pdf", [*map(EvidenceLine, lines), EvidenceLine({"code": "2"})]
    )
    assert seen.facts["subjects"] == "“商标”、“2”、“甲”、“乙”"
