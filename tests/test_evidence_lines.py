"""Lines of the evidence list that go on with the line before, and lines that name no material."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from tests.support import ooxml as x

from clusterform.evidence.observations import copied
from clusterform.evidence_line import EvidenceLine
from support.forms import clean, write
from support.package import pack
from support.reading import checked

FIRST = "绘制产业链图谱，开展产业链培育"
Row = tuple[str, str, str, str]


def findings(rows: list[Row], path: Path) -> list[tuple[str, str, str]]:
    """What is said of a clean form with this list."""
    whole = zipfile.ZipFile(BytesIO(write("application"))).read("word/document.xml").decode()
    front = whole[: whole.rindex("<w:p>", 0, whole.index("佐证材料清单"))]
    table = x.tbl(x.tr("序号", "对应栏目", "材料名称", "页码"), *(x.tr(*row) for row in rows))
    path.write_bytes(pack(f"{front}{x.p('佐证材料清单')}{table}</w:body></w:document>"))
    serious = [f for f in checked(path).findings if f.severity in ("error", "warning")]
    return [(f.rule, f.severity, f.message) for f in serious]


def lines() -> list[Row]:
    return [
        (str(n), e["for"], e["title"], e["pages"]) for n, e in enumerate(clean("application").evidence, 1)
    ]


@pytest.mark.parametrize("number", ["", "2"])
@pytest.mark.parametrize("subject", ["", "同上", "同上。"])
def test_a_second_material_of_one_item(subject: str, number: str, tmp_path: Path) -> None:
    rows = [row for line in lines() for row in (line, (number, subject, "会议签到表", "130"))]
    assert findings(rows, tmp_path / "a.docx") == []


def test_a_line_without_an_item_is_known_by_its_title(tmp_path: Path) -> None:
    first, second, *rest = lines()
    rows = [first, ("2", "", second[1], second[3]), *rest]
    assert findings(rows, tmp_path / "a.docx") == []


def test_a_line_of_other_words_still_belongs_to_nothing(tmp_path: Path) -> None:
    found = findings([*lines(), ("38", "其他说明", "会议签到表", "130")], tmp_path / "a.docx")
    assert [(rule, severity) for rule, severity, _ in found] == [("CF403", "warning")]


@pytest.mark.parametrize(("title", "pages"), [("", ""), ("无", "1-2"), ("待补充", ""), ("/", "")])
def test_a_line_that_names_no_material(title: str, pages: str, tmp_path: Path) -> None:
    [(rule, severity, message)] = findings([("1", FIRST, title, pages), *lines()[1:]], tmp_path / "a.docx")
    assert (rule, severity) == ("CF401", "error")
    assert "没有写明材料" in message


def test_a_page_alone_is_material(tmp_path: Path) -> None:
    assert findings([("1", FIRST, "", "1-2"), *lines()[1:]], tmp_path / "a.docx") == []


def test_a_line_for_a_box_not_ticked_that_says_none(tmp_path: Path) -> None:
    rows = [*lines(), ("38", "开展人力资源共享", "无", "")]
    assert findings(rows, tmp_path / "a.docx") == []


@pytest.mark.parametrize(("count", "cut"), [(8, False), (9, True), (20, True)])
def test_of_many_copies_the_first_eight_are_named(count: int, cut: bool) -> None:
    item = EvidenceLine({"title": "商标注册证"})
    told = str(copied(item, [(f"{n}.pdf", item) for n in range(count)]).facts["value"])
    assert (told.count(".pdf"), told.endswith("…")) == (8, cut)
