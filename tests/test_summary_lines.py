"""The province's summaries: which table is one, which of the two, and which of its rows are lines."""

from __future__ import annotations

import pytest

from clusterform.filling.summary import read_summary
from clusterform.parsers.raw import RawDocument
from support.typed import table, typed

TITLE, REVIEW = "2025年度中小企业特色产业集群推荐汇总表", "2022年度中小企业特色产业集群复核情况汇总表"
HEADS = "序号|集群名称|所属地区|主导产业"
FIRST, SECOND = "1|甲县传感器产业集群|甲县|传感器", "2|乙县量具产业集群|乙县|量具"


def read(*blocks: str | list[str], name: str = "", sheet: str | None = None) -> tuple[str, list[str]] | None:
    """The form it is of, and its lines; None where it is no summary."""
    form = read_summary(typed(*blocks, sheet=sheet), None, name)
    return form and (form.form, ["|".join(row.cells.values()) for row in form.summary])


@pytest.mark.parametrize(
    ("blocks", "name", "kind"),
    [
        ((TITLE, [HEADS, FIRST]), "", "recommendation-summary"),
        ((REVIEW, [HEADS, FIRST]), "", "review-summary"),
        ((["推荐汇总表|<|<|<", HEADS, FIRST],), "", "recommendation-summary"),
        (
            (["-|<|<|<"] * 4 + [HEADS, FIRST, "复核汇总表|<|<|<"],),
            "",
            None,
        ),  # a title stands in the first five rows
        ((["-|<|<|<"] * 3 + ["复核汇总表|<|<|<", HEADS, FIRST],), "", "review-summary"),
        ((["-|<|<|<"] * 5 + ["复核汇总表|<|<|<", HEADS, FIRST],), "", None),
        ((["推荐汇总表|甲|<|<", HEADS, FIRST],), "", None),  # a row of texts
        (([HEADS, FIRST],), "推荐汇总表.xlsx", "recommendation-summary"),
        (([HEADS, FIRST],), "", None),
        (
            (REVIEW, [HEADS, FIRST]),
            "推荐汇总表.xlsx",
            "review-summary",
        ),  # a title goes before the file's name
        ((f"{'附' * 40}{TITLE}", [HEADS, FIRST]), "", None),  # too long for a title
        ((f"{'附' * (60 - len(TITLE))}{TITLE}", [HEADS, FIRST]), "", "recommendation-summary"),
        ((TITLE, "话", [HEADS, FIRST]), "", "recommendation-summary"),
        ((TITLE,), "", None),
        ((TITLE, ["序号|集群名称", "1|甲县传感器产业集群"]), "", None),  # two heads are none
        ((TITLE, ["集群名称|所属地区|地区", "甲县传感器产业集群|甲|甲"]), "", None),  # two kinds
        ((TITLE, ["序号|所属地区|主导产业", "1|甲|乙"]), "", None),
        (
            (TITLE, ["主导产业|备注|集群名称|地区", "传感器|x|甲县传感器产业集群|甲"]),
            "",
            "recommendation-summary",
        ),
    ],
)
def test_which_table_is_a_summary(blocks: tuple[str | list[str], ...], name: str, kind: str | None) -> None:
    found = read(*blocks, name=name)
    assert (found and found[0]) == kind


def test_both_in_one_file_and_a_sheet_s_name() -> None:
    form = read_summary(typed(TITLE, [HEADS, FIRST], REVIEW, [HEADS, SECOND], ["甲|乙"]), None, "")
    assert form is not None
    assert [(row.form, row.cells["name"][:2]) for row in form.summary] == [
        ("recommendation-summary", "甲县"),
        ("review-summary", "乙县"),
    ]
    assert read([HEADS, FIRST], sheet="复核汇总表") == ("review-summary", [FIRST])


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([HEADS, FIRST, SECOND], [FIRST, SECOND]),
        ([HEADS, FIRST, HEADS, SECOND], [FIRST, SECOND]),  # printed on each page again
        ([HEADS, FIRST, "|||", SECOND], [FIRST, SECOND]),
        ([HEADS, FIRST, "合计|2||"], [FIRST]),
        ([HEADS, FIRST, "|合计|2|"], [FIRST]),
        ([HEADS, FIRST, "|无||"], [FIRST]),
        ([HEADS, FIRST, "|注：以上均已公示||"], [FIRST]),  # one text that is no cluster's name
        ([HEADS, FIRST, "|丙县量具产业集群||"], [FIRST, "|丙县量具产业集群||"]),
        ([HEADS, FIRST, "3||丙县|"], [FIRST]),
        (
            [HEADS, FIRST, "^|乙县量具产业集群|^|^"],
            [FIRST, "1|乙县量具产业集群|甲县|传感器"],
        ),  # merged downward
        ([HEADS, "1|甲县 传感器\n产业集群|甲县|传感器"], ["1|甲县 传感器 产业集群|甲县|传感器"]),
        # A second line of heads.
        (["序号|集群名称|地区|联系人|<", "^|^|^|姓名|电话", "1|甲集群|甲|王|057"], ["1|甲集群|甲|王|057"]),
        (["序号|集群名称|地区|联系|<", "^|^|^|姓名|电话", "1|甲集群|甲|王|057"], ["1|甲集群|甲|王|057"]),
        (["序号|集群名称|地区|联系|<", "^|^|^|姓名|备注", "1|甲集群|甲|王|057"], ["1|甲集群|甲"]),
        (
            ["序号|集群名称|地区|联系|<", "|||姓名|", "||||电话", "1|甲集群|甲|王|057"],
            ["1|甲集群|甲|王|057"],
        ),
        (
            ["序号|集群名称|地区|联系|<", "|||姓名|", "||||电话", "|产业集群名称||主管部门|"],
            ["|产业集群名称||主管部门|"],  # three rows, and no more
        ),
        (
            ["序号|集群名称|地区|联系|<", "|产业集群名称||姓名|电话", "1|甲集群|甲|王|057"],
            ["1|甲集群|甲|王|057"],
        ),
        ([HEADS, "1|甲集群|甲|<"], ["1|甲集群|甲|甲"]),
        ([HEADS, FIRST, "1|甲集群||总计", "1|备注|甲|乙"], [FIRST]),
    ],
)
def test_which_rows_are_lines(rows: list[str], lines: list[str]) -> None:
    found = read(TITLE, rows)
    assert found is not None
    assert found[1] == lines


def test_where_a_line_stands() -> None:
    form = read_summary(typed(TITLE, [HEADS, FIRST]), None, "")
    assert form is not None
    (line,) = form.summary
    assert (form.edition, line.location.table, line.location.row, line.location.cell) == ("2025", 2, 2, 2)
    assert line.cells == {"number": "1", "name": "甲县传感器产业集群", "region": "甲县", "industry": "传感器"}


@pytest.mark.parametrize(
    ("letters", "edition"),
    [(0, "2025"), (60 - len(TITLE), "2025"), (61 - len(TITLE), None)],
)
def test_the_year_in_a_title_tells_the_edition(
    letters: int, edition: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clusterform.filling.summary.edition_names", lambda: ["2024", "2025", "2099"])
    title = f"{'附' * letters}{TITLE}"
    for form in (
        read_summary(typed(title, [HEADS, FIRST])),
        read_summary(typed([f"{title}|<|<|<", HEADS, FIRST])),
        read_summary(typed([HEADS, FIRST]), name=title),
        read_summary(RawDocument("xlsx", (table([HEADS, FIRST], sheet=title),))),
    ):
        assert (form and form.edition) == edition


def test_without_a_year_it_is_of_the_newest_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    for names, edition in ((["2024", "2025"], "2025"), (["2025", "2099"], None)):
        monkeypatch.setattr("clusterform.filling.summary.edition_names", lambda names=names: names)
        form = read_summary(typed("推荐汇总表", [HEADS, FIRST]))
        assert (form and form.edition) == edition
