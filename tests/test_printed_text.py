"""The form's own running text: the statement that is signed, 填报说明, labels in traditional characters."""

from __future__ import annotations

import pytest

from clusterform.answers import Observation
from clusterform.forms.model import load_form
from clusterform.text import fold
from support.typed import filled

FORM = load_form("2025", "application")
DECLARED = FORM.section(9).heading
(STATEMENT,) = next(row.guidance for row in FORM.section(9).rows if row.guidance)
ITEMS = FORM.guidance.items
ADDED, ALTERED = "declaration-added", "declaration-altered"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([STATEMENT], None),
        ([STATEMENT[:30], STATEMENT[30:]], None),
        ([STATEMENT, "2025 年 1 月 1 日"], None),
        ([f"{STATEMENT}2025年1月1日"], None),
        ([f"除外{STATEMENT}"], None),  # up to three letters may be a number or a mark
        ([f"除外者{STATEMENT}"], None),
        ([f"除外的事{STATEMENT}"], (ADDED, 0)),
        ([f"{STATEMENT}但除外情"], (ADDED, 0)),
        ([f"{STATEMENT}但部分内容除外。"], (ADDED, 0)),
        ([f"{STATEMENT}甲：省级中小企业主管部门推荐意见但除外情"], None),
        ([f"{STATEMENT}但除外"], None),
        ([f"{STATEMENT}省级中小企业主管部门推荐意见但除外情"], None),  # the answer to the next label
        ([STATEMENT, "但其中一部分内容除外"], (ADDED, 1)),
        ([STATEMENT, "但其中一部分内容除外，特此说明"], (ADDED, 1)),
        ([STATEMENT, "但其中一部分内容除"], None),  # too short for a sentence
        ([STATEMENT, "但其中一部分内容除外："], None),
        ([STATEMENT, "但是", "但其中一部分内容除外"], (ADDED, 2)),
        ([STATEMENT, "省级中小企业主管部门推荐意见", "但其中一部分内容除外"], None),
        (["但其中一部分内容除外", STATEMENT], None),
        ([STATEMENT[:30], STATEMENT[30:], "但其中一部分内容除外"], (ADDED, 2)),
        ([STATEMENT.replace("真实", "可靠")], (ALTERED, 0)),
        (["前言", STATEMENT.replace("真实", "可靠")], (ALTERED, 1)),
        ([STATEMENT[:23]], (ALTERED, 0)),
        ([STATEMENT[:17]], ("declaration-gone", None)),
        ([], ("declaration-gone", None)),
    ],
)
def test_the_statement_that_is_signed(lines: list[str], said: tuple[str, int | None] | None) -> None:
    (found,) = [o for o in filled(DECLARED, *lines).observations if o.what.startswith("declaration-")] or [
        None
    ]
    assert (found and found.what) == (said and said[0])
    if found is not None and said is not None:
        text = None if said[1] is None else lines[said[1]]
        expected = None if said[0] == ADDED else STATEMENT
        assert (found.section, found.label, found.value, found.expected) == (9, "真实性声明", text, expected)
        assert text is None or found.location.row == lines.index(text) + 2


def test_how_much_of_it_is_left_of_an_altered_statement() -> None:
    """Thirty in a hundred of its pairs of letters."""
    letters = fold(STATEMENT)
    pairs = [letters[at : at + 2] for at in range(len(letters) - 1)]
    needed = next(n for n in range(len(pairs)) if 100 * len({*pairs[:n]}) >= 30 * len({*pairs}))
    for begun, what in ((needed + 1, ALTERED), (needed, "declaration-gone")):
        assert what in [o.what for o in filled(DECLARED, letters[:begun]).observations]


def test_only_under_its_heading_a_statement_is_looked_for() -> None:
    for lines in ((), (FORM.section(8).heading, "甲"), (FORM.section(1).heading, ["集群名称|甲"])):
        whats = [o.what for o in filled(*lines).observations]
        assert not [what for what in whats if what.startswith("declaration-")]


def test_a_workbook_without_what_the_notice_prints_has_nothing_altered() -> None:
    book = filled(DECLARED, sheet="九")
    whats = {o.what for o in book.observations}
    assert "declaration-unwritten" in whats
    assert not {"declaration-gone", "guidance-gone", "guidance-altered"} & whats


def guidance(*blocks: str, sheet: str | None = None) -> Observation | None:
    found = filled(*blocks, sheet=sheet).observations
    return next((o for o in found if o.what.startswith("guidance-")), None)


@pytest.mark.parametrize("sheet", [None, "填报说明"])
def test_guidance_item_by_item(sheet: str | None) -> None:
    assert guidance("填报说明", *ITEMS, sheet=sheet) is None
    assert guidance("填报说明", *(item.replace("2024", "二〇二四") for item in ITEMS), sheet=sheet) is None
    lost = guidance("填报说明", *ITEMS[:1], *ITEMS[2:4], *ITEMS[5:], sheet=sheet)
    assert lost is not None
    assert (lost.what, lost.section, lost.label, lost.expected) == (
        "guidance-altered",
        0,
        "填报说明",
        ITEMS[1],
    )
    assert (lost.facts["numbers"], lost.facts["official"]) == ("2、5", ITEMS[1])
    gone = guidance("填报说明", sheet=sheet)
    assert (gone and (gone.what, gone.expected)) == (None if sheet else ("guidance-gone", None))


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["集群總產值（億元）"], ("集群总产值（亿元）",)),
        (
            ["集群總產值（億元）", "集群企業數量", "集群總產值（億元）"],
            ("集群总产值（亿元）", "集群企业数量"),
        ),
        (["二、主導產業情況"], ("二、主导产业情况",)),
        (["第一產業"], ("第一产业",)),
        (["集群總產值（億元）總"], None),
        (["集群总产值（亿元）", "總"], None),
    ],
)
def test_labels_in_traditional_characters(lines: list[str], labels: tuple[str, ...] | None) -> None:
    found = [o for o in filled(*lines).observations if o.what == "labels-traditional"]
    assert [o.covers for o in found] == ([labels] if labels else [])
    assert [(o.facts["count"], o.facts["first"]) for o in found] == (
        [(str(len(labels)), labels[0])] if labels else []
    )
