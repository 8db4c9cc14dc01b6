"""Covers of sheets whose answers stand below their labels, and sheets that list the form's parts."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.filling.front_matter import index_rows
from clusterform.forms.model import load_form
from support.book import Habit, Page, Put, pages
from support.book_files import by_openpyxl
from support.metamorphic import plainly, seen
from support.sweeps import combined

COVER = (
    ("集群名称", "浙江省开化县精密量具产业集群"),
    ("所属地区", "浙江省衢州市开化县"),
    ("县级行政区划中小企业主管部门（盖章）", "开化县经济和信息化局"),
    ("集群运营管理机构", "开化县精密量具产业园管理委员会"),
    ("申报时间", "2025年6月18日"),
    ("联系人及联系电话", "方晓雯 0570-6018826"),
)
BLANK = "________"
Rows = list[list[str]]


def told(made: list[Page]) -> list[tuple[Any, ...]]:
    before = plainly("application").findings
    return [f[:4] for f in seen(by_openpyxl(made)).findings if f not in before]


def stood(below: Rows) -> list[Page]:
    """The clean workbook with that cover; an empty text is a blank cell with a frame."""
    made = pages("application", Habit())
    head: Rows = [["附件 1"], ["中小企业特色产业集群申报表"], []]
    made[0].cells = [
        Put(row, column, text, table=not text)
        for row, texts in enumerate(head + below)
        for column, text in enumerate(texts)
    ]
    return made


def in_pairs(pairs: list[tuple[tuple[str, str], tuple[str, str]]]) -> Rows:
    return [row for (one, first), (other, second) in pairs for row in ([one, "", other], [first, "", second])]


LAYOUTS: dict[str, Rows] = {
    "beside a blank": [row for label, answer in COVER for row in ([label, ""], [answer, ""])],
    "beside a line": [row for label, answer in COVER for row in ([f"{label}：", BLANK], [answer])],
    "further right": [row for label, answer in COVER for row in ([label], ["", answer])],
    "a row lower": [row for label, answer in COVER for row in ([label], [], [answer])],
    "side by side": in_pairs(list(zip(COVER[::2], COVER[1::2], strict=True))),
    "all in a row": [[label for label, _ in COVER], [answer for _, answer in COVER]],
    "beside their labels": [[label, answer] for label, answer in COVER],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_answers_below_their_labels(layout: str) -> None:
    assert told(stood(LAYOUTS[layout])) == []


def test_a_blank_stays_one_where_the_next_label_stands_below() -> None:
    rows = [[label, "" if label == "集群运营管理机构" else answer] for label, answer in COVER]
    assert [f[:3] for f in told(stood(rows))] == [("CF101", "error", "cover.operator")]


NAMES = [page.name for page in pages("application", Habit()) if page.name[0] in "一二三四五六七八九"]
INDEXES: dict[str, Rows] = {
    "names alone": [["目录"], *([name] for name in NAMES)],
    "numbered": [["序号", "内容", "页码"], *([str(n), name, str(n)] for n, name in enumerate(NAMES, 1))],
    "with remarks": [[name, "见本工作簿"] for name in NAMES],
    "with all sheets": [["封面"], ["填报说明"], *([name] for name in NAMES), ["佐证材料清单"]],
}


@pytest.mark.parametrize(
    ("index", "name", "place", "sheets"),
    combined(list(INDEXES), ["目录", "索引", "Sheet1"], [0, 1, 3, 99], ["one", "parts", "named"]),
)
def test_an_index_is_no_part_of_the_form(index: str, name: str, place: int, sheets: Any) -> None:
    made = pages("application", Habit(sheets=sheets))
    rows = enumerate(INDEXES[index])
    made.insert(
        place, Page(name, [Put(row, column, t) for row, texts in rows for column, t in enumerate(texts)])
    )
    assert told(made) == []


BESIDE: dict[str, Rows] = {
    "names alone": [["目录"], *([name] for name in NAMES)],
    "with pages": [["目录", "", "页码"], *([name, "", str(n)] for n, name in enumerate(NAMES, 2))],
    "with all sheets": [["封面"], ["填报说明"], *([name] for name in NAMES), ["佐证材料清单"]],
}


def beside_an_index(page: Page, index: Rows, *, above: bool) -> None:
    """Puts an index above or below what a sheet holds."""
    start = 0 if above else 1 + max(put.row for put in page.cells)
    for put in page.cells:
        put.row += len(index) * above
    page.cells += [
        Put(start + r, c, text) for r, row in enumerate(index) for c, text in enumerate(row) if text
    ]


@pytest.mark.parametrize(
    ("index", "above", "part", "habit"),
    combined(
        list(BESIDE),
        [True, False],
        ["封面", "填报说明", *NAMES[:7]],
        [Habit(), Habit(options="before"), Habit(framed=False)],
    ),
)
def test_an_index_may_share_its_sheet(index: str, above: bool, part: str, habit: Habit) -> None:
    made = pages("application", habit)
    beside_an_index(next(page for page in made if page.name == part), BESIDE[index], above=above)
    assert told(made) == []


@pytest.mark.parametrize("above", [True, False])
def test_what_such_a_sheet_holds_is_judged(above: bool) -> None:
    made = pages("application", Habit())
    page = next(page for page in made if page.name == NAMES[0])
    (answer,) = (put for put in page.cells if put.value == "余建军")
    answer.value = ""
    beside_an_index(page, BESIDE["names alone"], above=above)
    assert [f[:2] for f in told(made)] == [("CF101", "error")]


def test_a_part_that_stands_twice_is_still_said() -> None:
    made = pages("application", Habit())
    second = next(page for page in pages("application", Habit()) if page.name.startswith("二、"))
    second.name = "二、主导产业情况 (2)"
    assert "CF010" in [f[0] for f in told([*made, second])]


@pytest.mark.parametrize(("length", "listed"), [(60, 5), (61, 0)])
def test_headings_with_long_texts_beside_them_are_no_index(length: int, listed: int) -> None:
    form = load_form("2025", "application")
    rows = [[section.heading, "长" * length] for section in form.sections if section.heading]
    assert len(index_rows(rows[:5], form)) == listed
