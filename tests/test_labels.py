"""Official labels known at the start of a text: which one, where its answer begins, and what is no label."""

from __future__ import annotations

import pytest

from clusterform.filling.label_entries import LabelRole
from clusterform.filling.labels import CellMatches, LabelIndex, cut_at_names, label_index, split_by_labels
from clusterform.filling.pieces import Piece
from clusterform.parsers.raw import Cell
from support.typed import table

STANDARDS = "近三年集群中小企业主持（起草单位排名前三位）或参与制修订标准数量情况"


def index_of(layout: str) -> LabelIndex:
    return label_index("2025", "application", layout)


def seen(layout: str, text: str) -> tuple[str, str] | str | None:
    """The key of the label that a text is, with + where it goes on from the page before; else with what follows it."""
    match = index_of(layout).match(text)
    if match is None:
        return None
    key = match.entries[0].key.rpartition(".")[2]
    assert match.pure == (text[match.rest :].strip() == "")
    return (f"{key}+" if match.again else key) if match.pure else (key, text[match.rest :])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("集群名称", "cluster_name"),
        ("集群名称：", "cluster_name"),
        (" 集 群 名 称 ", "cluster_name"),
        ("集群名称：甲", ("cluster_name", "甲")),
        ("集群名称？甲", ("cluster_name", "甲")),
        ("集群名称\n甲", ("cluster_name", "甲")),
        ("集群名称\t甲", ("cluster_name", "甲")),
        ("集群名称  甲", ("cluster_name", "甲")),
        ("集群名称 甲", None),  # one space may stand in any text
        ("集群名称甲", None),
        ("集群名称。甲", None),
        ("集群名称_甲", ("cluster_name", "_甲")),
        ("集群名称□", "cluster_name"),
        ("集群名称√甲", ("cluster_name", "√甲")),
        ("集群名称无", ("cluster_name", "无")),
        ("集群名称 无 ", ("cluster_name", "无 ")),
        ("集群名称无效", None),
        ("集群名称：/", ("cluster_name", "/")),  # folding leaves nothing of it, but it is put for 无
        ("集群名称:——", ("cluster_name", "——")),
        ("1.集群名称", "cluster_name"),
        ("（1）集群名称：甲", ("cluster_name", "甲")),
        ("（1）集群名称甲", None),
        ("（1）集群名称（要）", "cluster_name"),
        (f"（1）{STANDARDS}（需提供清单）、（年度当前值）", "standards"),
        ("集群名称（盖章）", "cluster_name"),  # remarks in brackets, and nothing behind them
        ("集群名称【要】", "cluster_name"),
        ("集群名称（要）\n[准]：", "cluster_name"),
        ("集群名称（要）\n\n（准）", "cluster_name"),
        ("集群名称（要）甲", None),
        ("集群名称（要", None),
        ("集群名称要）", None),
        ("集群名称（要）\n准", None),
        ("集群占地面积（平方公里）12.5", ("area", "12.5")),
        ("集群占地面积（平方公里）约12.5", ("area", "约12.5")),  # it ends with a bracket
        ("集群占地面积(平方公里 )： -3", ("area", "-3")),
        ("集群总产值（亿元）-3", ("total_output", "-3")),
        ("集群企业数量（年度当前值）", "enterprises"),
        ("集群企业数量 （年度当前值）：5", ("enterprises", "5")),
        ("集群企业数量（年度当前值）五家", ("enterprises", "五家")),
        ("集群企业数量五家", None),
        (f"{STANDARDS}（年度当前值）（需提供清单）：3", ("standards", "3")),
        (f"{STANDARDS}（需提供清单）、（年度当前值）", "standards"),
        (f"{STANDARDS}（需提供清单） （ 年度当前值 ）三", ("standards", "三")),
        ("其他平台名称及数量数量：3 个", ("platforms_other", "数量：3 个")),
        ("其他平台名称及数量三个", None),
        ("集群总产值①（亿元）", "total_output"),
        ("集群总产值（亿元）注1", "total_output"),
        ("集群总产值（亿元）（续）", "total_output+"),
        ("续表：集群总产值（亿元）", "total_output+"),
        ("2024", "2024"),
        ("二〇二四年", "2024"),
        ("2024 年度", "2024"),
        ("2024年8月", ("2024", "8月")),
        ("2024:a", ("2024", "a")),
        ("20.24", None),  # figures, and no year
        ("2024.", None),
        ("2,024", None),
        ("202.4：5", None),
        ("12", None),
        ("PCT", None),
        ("国家标准", "national"),
        ("", None),
        (" ：", None),
    ],
)
def test_labels_of_rows(text: str, expected: tuple[str, str] | str | None) -> None:
    assert seen("rows", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、集群基本情况简介", "overview"),
        ("集群基本情况简介。甲", ("overview", "甲")),
        ("集群基本情况简介，甲", ("overview", "甲")),
        ("二、发展成效——甲", ("achievements", "甲")),
        ("发展成效】甲", ("achievements", "甲")),
        ("发展成效 甲", ("achievements", "甲")),
        ("发展成效 年内", None),  # 三年 … goes on with a year
        ("发展成效甲", None),
        ("发展成效（一）甲", None),
        ("（三）重点任务5", None),
        ("（三）重点任务 5", ("tasks", "5")),
        ("（三）重点任务：/", "tasks"),  # a stroke is no answer to a heading
        ("（1）2025 年度甲", ("stage_1", "甲")),  # a year with its number, means nothing else
        ("1）2025年度甲", ("stage_1", "甲")),
        ("2025年甲", None),
        ("到2025年底，甲", ("stage_1", "甲")),
        ("2024年基准值：3", ("baseline", "3")),
    ],
)
def test_labels_of_running_text(text: str, expected: tuple[str, str] | str | None) -> None:
    assert seen("headings", text) == expected


@pytest.mark.parametrize(
    ("layout", "text", "expected"),
    [
        ("lines", "申报时间：2024年9月", ("date", "2024年9月")),
        ("lines", "2024年9月10日", None),  # a date there, and no head of a column
        ("declaration", "2024年", None),
        ("rows", "2024年9月10日", ("2024", "9月10日")),
        ("declaration", "推荐单位（公章）：甲", ("province_seal", "甲")),
    ],
)
def test_a_year_is_no_label_on_the_cover_and_in_the_declaration(
    layout: str, text: str, expected: tuple[str, str] | str | None
) -> None:
    assert seen(layout, text) == expected


def test_a_long_text_is_looked_up_like_a_short_one() -> None:
    for letters in (195, 196, 300):
        assert seen("rows", f"集群名称：{'甲' * letters}") == ("cluster_name", "甲" * letters)


def test_the_longest_label_wins() -> None:
    found = [key for key, _ in index_of("rows").beginning("集群中小企业研发经费总额（亿元）有多少")]
    assert found == ["集群中小企业研发经费总额亿元"]
    assert [key for key, _ in index_of("lines").beginning("联系人及联系电话：张三")] == ["联系人及联系电话"]
    both = [key for key, _ in index_of("rows").beginning(f"{STANDARDS}（需提供清单）（年度当前值）")]
    assert both == sorted(both, key=len, reverse=True)
    assert len(both) >= 2
    assert [*index_of("rows").beginning("集群")] == []


def test_the_column_sets_of_rows() -> None:
    sets = [index_of(layout).target_sets for layout in ("rows", "headings", "lines")]
    assert sets == [{"reported"}, {"targets"}, set()]


def test_a_label_word_for_word_its_number_aside() -> None:
    index = index_of("headings")
    for text in ("（一）总体思路", "总体思路", "3. 总体思路："):
        match = index.whole(text)
        assert match is not None
        assert (match.entries[0].key, match.rest, match.pure) == ("plan.general_idea", len(text), True)
    assert index.whole("总体思路。甲") is None


Parts = list[tuple[str | None, str]]


def split(text: str, known: str = "") -> Parts:
    index = index_of("rows")
    match = index.match(known)
    parts = split_by_labels(
        index, Piece(text), match and match.__class__(match.entries, len(known), pure=False)
    )
    return [(m and m.entries[0].key.rpartition(".")[2], piece.text) for m, piece in parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("联系人：张三", [("department_contact", "张三")]),
        ("联系人：", [("department_contact", "")]),
        ("张三", [(None, "张三")]),
        ("联系人：张三 联系方式：057", [("department_contact", "张三"), ("department_phone", "057")]),
        ("联系人：张三；　联系电话:057", [("department_contact", "张三"), ("department_phone", "057")]),
        (
            "联系人：张三\n李四\n联系方式：057",
            [("department_contact", "张三\n李四"), ("department_phone", "057")],
        ),
        ("张三 联系方式057", [(None, "张三"), ("department_phone", "057")]),
        ("张三联系方式057", [(None, "张三联系方式057")]),
        ("张三 联系方式不明", [(None, "张三 联系方式不明")]),
        ("联系人：张三 联系方式+86", [("department_contact", "张三"), ("department_phone", "+86")]),
        ("前言\n联系人：张三", [(None, "前言"), ("department_contact", "张三")]),
        ("\n \n联系人：张三", [("department_contact", "张三")]),
        ("联系人：\n联系方式：057", [("department_contact", ""), ("department_phone", "057")]),
        ("集群\n名称\n甲乙丙丁", [("cluster_name", "甲乙丙丁")]),  # a label broken over lines
        ("集群\n名称：甲\n联系人：张三", [("cluster_name", "甲"), ("department_contact", "张三")]),
        (
            "集群占地面积(平方公里):1 联系人：乙",
            [("area", "1"), ("department_contact", "乙")],
        ),
    ],
)
def test_a_cell_with_several_labels(text: str, parts: Parts) -> None:
    assert split(text) == parts


def test_a_cell_that_begins_with_a_label_known_otherwise() -> None:
    assert split("联系人甲 联系方式：057", known="联系人") == [("department_contact", "甲 联系方式：057")]
    assert split("联系人：甲", known="集群名称") == [
        ("department_contact", "甲")
    ]  # by itself it begins with another


def test_a_line_is_cut_before_each_name_with_a_colon() -> None:
    def cut(text: str) -> list[str]:
        return [piece.text for piece in cut_at_names(index_of("rows"), Piece(text))]

    assert cut("联系人：甲，联系方式：1") == ["联系人：甲", "联系方式：1"]
    assert cut("联系人：甲 联系方式 1") == ["联系人：甲", "联系方式 1"]
    assert cut("甲 联系方式：1") == ["甲 联系方式：1"]  # with one colon nothing says that it is a name
    assert cut("说明:甲 联系方式:1") == ["说明:甲", "联系方式:1"]
    assert cut("说明：甲 近三年集群单位产值二氧化碳排放量（吨二氧化碳/万元）：3") == [
        "说明：甲 近三年集群单位产值二氧化碳排放量（吨二氧化碳/万元）：3"
    ]  # of so long a label there is none beside another
    assert cut("") == [""]


def test_cells_known_again_under_other_words() -> None:
    matches = CellMatches(index_of("rows"))
    row = table(["集群叫什么|甲|2024 年"]).rows[0]
    assert matches.in_row(row).roles == {LabelRole.HEAD}
    (entry,) = index_of("rows").exact["集群占地面积平方公里"]
    matches.know(row[0], entry)
    assert matches.in_row(row).roles == {LabelRole.HEAD, LabelRole.FIELD}
    assert [m.entries[0].key for m in matches.known()] == ["basic_info.area", "2024"]
    known = matches.of(row[0])
    assert known is not None
    assert (known.pure, known.rest) == (True, len("集群叫什么"))
    matches.know(row[0], entry, rest=2)
    known = matches.of(row[0])
    assert known is not None
    assert (known.pure, known.rest) == (False, 2)
    assert matches.of(Cell("集群叫什么", 0, 0, 1, 1)) is None
