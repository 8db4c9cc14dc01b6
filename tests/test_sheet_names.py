"""What people call the sheets of a form, and hidden sheets that hold what no other does."""

from __future__ import annotations

import pytest

from clusterform.filling.sheet_names import SheetNames, with_hidden_parts
from clusterform.forms.model import load_form
from clusterform.parsers.raw import HiddenSheet, Paragraph
from support.typed import typed

NAMES = SheetNames(load_form("2025", "application"))


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (0, ["封面", "首页"]),
        (1, ["一、基本情况", "基本情况", "1.基本情况", "一", "第一部分", "（一）"]),
        (2, ["主导产业", "2 主导产业", "二", "第二部分", "主导", "二、 主导产业", "表2主导产业"]),
        (3, ["创新能力", "二、创新能力", "3创新"]),  # the words tell, whatever the number
        (4, ["数字化", "数字", "4.数字", "12.数字", "三、数字化升级"]),
        (5, ["绿色化转型", "绿色"]),
        (7, ["治理和服务水平", "治理服务", "治理服务水平"]),
        (8, ["发展规划", "规划", "未来三年"]),
        (9, ["九", "声明", "9.推荐意见"]),
        (
            None,
            [
                "Sheet1",
                "",
                "2",
                "表2",
                "情况",
                "产业",
                "四、甲",
                "十",
                "十二",
                "治理水平服务",
                "治服",
                "创新、数字化",
                "数",
            ],
        ),
    ],
)
def test_the_part_that_a_name_means(part: int | None, names: list[str]) -> None:
    assert {name: NAMES.section(name) for name in names} == dict.fromkeys(names, part)


def test_sheets_that_are_none_of_the_form() -> None:
    names = ["填报说明", "自查表", "说明", "一、说明", "目录"]
    assert [name for name in (*names, "填报", "情况说明", "基本情况") if NAMES.is_aside(name)] == names


def test_the_sheet_of_the_list_of_evidence() -> None:
    names = ["佐证材料清单", "佐证", "佐证材料", "附件佐证材料清单", "3.佐证材料清单"]
    assert [
        name for name in (*names, "证", "佐", "材料清单", "清单", "Sheet1", "") if NAMES.is_evidence(name)
    ] == names


ROWS = [
    "集群名称|甲",
    "集群占地面积（平方公里）|1",
    "县级行政区划中小企业主管部门|乙",
    "大宗工业固废综合利用率（%）|2",
]


def shown(visible: list[str], *hidden: tuple[int, str, list[str]]) -> list[str]:
    """The sheets that are read, by name: one that is shown, and hidden ones, each before a block."""
    document = typed("话", visible, sheet="表")
    sheets = [HiddenSheet(before, typed(rows, sheet=name).blocks) for before, name, rows in hidden]
    found = with_hidden_parts(document._replace(hidden=tuple(sheets)), None)
    return [block.text for block in found.blocks if isinstance(block, Paragraph) and block.sheet_name]


@pytest.mark.parametrize(
    ("visible", "hidden", "taken"),
    [
        (ROWS[:1], ROWS[1:3], True),
        (ROWS[:1], ROWS[1:2], False),  # one label may stand anywhere
        (ROWS[:2], ROWS[:2], False),  # an old copy
        (ROWS[:1], ROWS[:3], True),  # two of three labels are new
        (ROWS[:1], ["甲|乙"], False),
    ],
)
def test_a_hidden_sheet_with_labels_of_its_own_is_read(
    visible: list[str], hidden: list[str], taken: bool
) -> None:
    assert shown(visible, (0, "藏", hidden)) == (["藏", "表"] if taken else ["表"])


def test_most_labels_of_a_hidden_sheet_must_be_known_nowhere_else() -> None:
    copied = [
        "集群总产值（亿元）|1",
        "集群企业数量|1",
        "集群外商直接投资额（万元）|1",
        "工业软件采购金额（万元）|1",
    ]
    assert shown(copied, (0, "藏", [*copied, *ROWS[:2]])) == ["藏", "表"]  # two of six
    more = [*copied, "集群上云中小企业数量|1"]
    assert shown(more, (0, "藏", [*more, *ROWS[:2]])) == ["表"]  # two of seven


def test_hidden_sheets_stand_at_their_places() -> None:
    assert shown(["甲|乙"], (0, "一", ROWS[:2]), (3, "二", ROWS[2:])) == ["一", "表", "二"]
    assert shown(["甲|乙"], (0, "一", ROWS[:2]), (3, "二", ROWS[:2])) == ["一", "表"]  # the same again
    assert shown(["甲|乙"], (3, "佐证材料清单", ["甲"])) == ["表", "佐证材料清单"]
    document = typed("话")
    assert with_hidden_parts(document, None) is document
