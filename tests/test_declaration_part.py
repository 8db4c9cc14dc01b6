"""Part nine: signature, seals, dates and the province's opinion, each read from where it stands."""

from __future__ import annotations

import pytest

from clusterform.answers import State
from clusterform.filling.read import fill_form
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Cell, Table
from support.typed import filled, typed

PART = "九、真实性声明及推荐意见"
SIGNED = "县级行政区划中小企业主管部门负责人（签字）"
SEAL = "县级行政区划中小企业主管部门（公章）"
OPINION, PROVINCE = "省级中小企业主管部门推荐意见", "推荐单位（公章）"
PROMISE = "本单位承诺此次申报中小企业特色产业集群的申请材料（包括附件资料）真实、合法。如有不实之处，本单位愿意负相应责任，并承担由此产生的一切后果。"


def read(*blocks: str | list[str]) -> dict[str, str]:
    """What stands in each place that was seen, by its key: a blank one is there too."""
    return {
        path.removeprefix("declaration."): answer.text
        for (path, _), answer in filled(PART, *blocks).answers.items()
        if path.startswith("declaration.") and answer.state is not State.ABSENT
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                f"{SIGNED}：张",
                f"{SEAL}：甲局",
                "2025年6月5日",
                f"{OPINION}：同意",
                f"{PROVINCE}：乙厅",
                "2025年6月9日",
            ),
            {
                "signature": "张",
                "county_seal": "甲局",
                "county_date": "2025年6月5日",
                "opinion": "同意",
                "province_seal": "乙厅",
                "province_date": "2025年6月9日",
            },
        ),
        # The answer below its label, and what is seen of a date that is not given.
        ((SIGNED, "张"), {"signature": "张"}),
        ((SEAL, "甲局"), {"county_seal": "甲局", "county_date": ""}),
        ((SEAL, "", "甲局"), {"county_seal": "甲局", "county_date": ""}),
        ((SEAL,), {"county_seal": "", "county_date": ""}),
        ((SEAL, "年 月 日"), {"county_seal": "", "county_date": "年 月 日"}),
        ((OPINION, "同意推荐。", "", "理由一"), {"opinion": "同意推荐。\n理由一"}),
        ((SEAL, "甲局", "又一行"), {"county_seal": "甲局", "county_date": ""}),
        ((SEAL, PROMISE, "甲局"), {"county_seal": "甲局", "county_date": ""}),  # the form's own words
        ((OPINION, "同意", "真实性声明"), {"opinion": "同意"}),
        # A date in the line of a signature or seal.
        ((f"{SEAL}：甲局 2025年6月5日",), {"county_seal": "甲局 ", "county_date": "2025年6月5日"}),
        (
            (f"{SEAL}：甲局 2025年6月5日 2025年6月9日",),
            {"county_seal": "甲局", "county_date": "2025年6月5日 2025年6月9日"},
        ),
        ((f"{SEAL}：2025年6月5日",), {"county_seal": "", "county_date": "2025年6月5日"}),
        ((f"{SIGNED}：张三　2025年6月5日",), {"signature": "张三", "county_date": "2025年6月5日"}),
        ((f"{SIGNED}：丁一二〇二五年六月五日",), {"signature": "丁", "county_date": "一二〇二五年六月五日"}),
        ((SIGNED, "2025年6月5日"), {"signature": "", "county_date": "2025年6月5日"}),
        # In an opinion a date is text, unless it stands alone.
        ((OPINION, "2025年6月5日同意"), {"opinion": "2025年6月5日同意"}),
        ((OPINION, "同意", "2025年6月9日"), {"opinion": "同意", "province_date": "2025年6月9日"}),
        ((OPINION, "同意", "日期：2025年6月9日"), {"opinion": "同意\n日期：2025年6月9日"}),
        # Below the date nothing is a seal any more.
        ((SEAL, "2025年6月5日", "甲局"), {"county_seal": "", "county_date": "2025年6月5日"}),
        ((SEAL, "2025年6月5日", "2025年6月6日"), {"county_seal": "", "county_date": "2025年6月5日"}),
    ],
)
def test_what_stands_under_each_label(lines: tuple[str, ...], expected: dict[str, str]) -> None:
    found = read(*lines)
    assert {key: text.strip() for key, text in found.items()} == {k: t.strip() for k, t in expected.items()}


@pytest.mark.parametrize(
    "date",
    [
        "2025年6月5日",
        "2025 年 6 月 5 日",
        "２０２５年６月５日",
        "二〇二五年六月五日",
        "二 〇 二 五 年 六 月 五 日",
        "2025年__月__日",
        "2025年6月5",
        "6月5日",
        "六月十五日",
        "2025-6-5",
        "2025.06.05",
        "2025/6/5",
        "2025年",
        "13月",
        "25日",
        "2025",
        "日期",
    ],
)
def test_ways_to_write_a_date(date: str) -> None:
    found = read(SEAL, date)
    is_date = date != "日期"
    assert found == {"county_seal": "" if is_date else date, "county_date": date if is_date else ""}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((f"{SEAL}： {PROVINCE}：", "2025年6月5日 2025年6月9日"), ("2025年6月5日", "2025年6月9日")),
        ((f"{SEAL}： {PROVINCE}：", "2025年6月5日"), (None, "2025年6月5日")),
        ((f"{SEAL}：", "2025年6月5日 2025年6月9日"), ("2025年6月5日 2025年6月9日", None)),
        ((f"{SEAL}：", "2025年6月5日", f"{PROVINCE}：", "2025年6月9日"), ("2025年6月5日", "2025年6月9日")),
        ((f"{PROVINCE}：", "2025年6月9日", f"{SEAL}：", "2025年6月5日"), ("2025年6月5日", "2025年6月9日")),
    ],
)
def test_two_dates(lines: tuple[str, ...], expected: tuple[str | None, str | None]) -> None:
    found = read(*lines)
    assert tuple(found.get(key) or None for key in ("county_date", "province_date")) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"{SEAL}：|{PROVINCE}：", "2025年6月5日|2025年6月9日"], ("2025年6月5日", "2025年6月9日")),
        ([f"{SEAL}：|{PROVINCE}：", "2025年6月5日|年 月 日"], ("2025年6月5日", "年 月 日")),
        ([f"{SEAL}：|{PROVINCE}：", "|", "2025.6.5|2025.6.9"], ("2025.6.5", "2025.6.9")),
        ([f"{SEAL}：|{PROVINCE}：", "|2025年6月9日"], (None, "2025年6月9日")),
        ([f"{SEAL}：", "2025年|6月5日"], ("2025年", None)),
        ([f"{SEAL}：|2025年6月5日", f"{PROVINCE}：|2025年6月9日"], ("2025年6月5日", "2025年6月9日")),
    ],
)
def test_dates_in_cells_of_their_own(rows: list[str], expected: tuple[str | None, str | None]) -> None:
    found = read(rows)
    assert tuple(found.get(key) or None for key in ("county_date", "province_date")) == expected


@pytest.mark.parametrize(
    "cell",
    [
        f"{SEAL}：甲局",
        f"{SEAL[:12]}\n{SEAL[12:]}：甲局",  # a line end breaks the label
        f"{SEAL[:12]}\n{SEAL[12:]}\n甲局",
        f"真实性声明\n{SEAL}：甲局\n2025年6月5日",
        f"{SIGNED}：张 {SEAL}：甲局",
        f"{SIGNED}\n{SEAL}：甲局",
        f"真实性声明\n{SEAL[:12]}\n{SEAL[12:]}：甲局",
    ],
)
def test_a_cell_with_labels_in_it(cell: str) -> None:
    assert read([f"真实性声明|{cell}"])["county_seal"] == "甲局"


def test_a_label_broken_over_three_lines() -> None:
    assert read([f"真实性声明|{SEAL[:6]}\n{SEAL[6:12]}\n{SEAL[12:]}"])["county_seal"] == ""


def test_the_list_of_evidence_behind_the_part_is_none_of_it() -> None:
    assert read(OPINION, ["对应栏目|材料名称", "甲|图谱"], "又一行") == {"opinion": ""}
    assert read(OPINION, ["甲|图谱"])["opinion"] == "甲\n图谱"


@pytest.mark.parametrize(
    ("rows", "sealed"),
    [
        ([f"{SEAL}：|章"], "county_seal"),
        ([f"{SEAL}：\n2025年6月5日|章"], "county_seal"),
        ([f"{OPINION}|同意", f"{PROVINCE}：|章"], "province_seal"),
        ([f"{SIGNED}：|章"], None),
    ],
)
def test_a_picture_is_the_seal_of_the_label_before_it(rows: list[str], sealed: str | None) -> None:
    document = typed(PART, rows)
    table = document.blocks[1]
    assert isinstance(table, Table)

    def drawn(cell: Cell) -> Cell:
        return cell._replace(text="", images=1) if cell.text == "章" else cell

    held = table._replace(rows=tuple(tuple(map(drawn, row)) for row in table.rows))
    form = fill_form(document._replace(blocks=(document.blocks[0], held)), load_form("2025", "application"))
    states = {key: form.answer(f"declaration.{key}").state for key in ("county_seal", "province_seal")}
    assert [key for key, state in states.items() if state is State.FILLED] == ([sealed] if sealed else [])
