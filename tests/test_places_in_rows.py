"""Where labels and answers stand in the rows of tables, what stands there twice, and cells that hold more than text."""

from __future__ import annotations

import pytest

from clusterform.parsers.raw import Mark
from support.table_rows import answers, reading
from support.typed import table

YEARS = "年度|2022年|2023年|2024年"
OUTPUT = "集群总产值（亿元）"
WATER = "工业用水重复利用率（%）"
AREA = "集群占地面积（平方公里）"
DONE = "集群已开展的国际合作交流活动"
PATENTS = "集群内中小企业有效发明专利拥有量"
OTHER = "其他平台名称及数量"


@pytest.mark.parametrize(
    ("rows", "seen", "again"),
    [
        (["集群名称|甲", "集群名称|乙"], {"cluster_name": (1, 1)}, {"cluster_name": (2, 1)}),
        (["集群名称|甲|集群名称|乙"], {"cluster_name": (1, 1)}, {}),  # beside itself
        (["集群名称|甲", "^|乙"], {"cluster_name": (1, 1)}, {}),
        (
            ["联系人|甲", "联系人|乙", "联系人|丙"],
            {"department_contact": (1, 1), "operator_contact": (2, 1)},
            {},
        ),
        (["创新平台建设情况|甲", "创新平台建设情况|乙"], {"platforms": (1, 1)}, {}),
        (["集群名称|甲", "1|集群名称|乙"], {"cluster_name": (1, 1)}, {"cluster_name": (2, 2)}),
        ([f"{OUTPUT}|2022年|2023年|2024年", "^|1|2|3"], {"total_output": (1, 1)}, {}),
        ([YEARS, f"1|{OUTPUT}|1|2|3"], {"total_output": (2, 2)}, {}),
    ],
)
def test_where_labels_stand(
    rows: list[str], seen: dict[str, tuple[int, int]], again: dict[str, tuple[int, int]]
) -> None:
    found = reading(1, table(rows))
    for places, expected in ((found.labels, seen), (found.again, again)):
        assert {k.rpartition(".")[2]: (place.row, place.cell) for k, place in places.items()} == expected


def test_what_stands_beside_a_label_again_is_kept_aside() -> None:
    found = reading(1, table(["集群名称|甲", "集群名称|乙", "集群名称|"]))
    assert {key: [piece.text for piece in pieces] for key, pieces in found.second.items()} == {
        ("basic_info.cluster_name", None): ["乙"]
    }


@pytest.mark.parametrize(
    ("row", "places"),
    [
        (f"{OTHER}|数量：|3|个", [3]),  # the figure's
        (f"{OTHER}|数量：|个", [2]),
        (f"{OTHER}|3|个", [2]),
        (f"{OTHER}|数量|3|名称|甲", [3, 5]),
        (f"{DONE}||", [2]),
        (f"{PATENTS}||个", [2, 3]),
    ],
)
def test_where_an_answer_stands(row: str, places: list[int]) -> None:
    (pieces,) = reading(3, table([row])).pieces.values()
    assert [piece.location.cell for piece in pieces] == places


def test_boxes_stay_at_their_place_when_cells_are_put_together() -> None:
    given = table([f"{OTHER}|数量：|☑3|个"])
    ticked = given.rows[0][2]._replace(marks=(Mark(0, True, "w:sym", "☑"),))
    rows = ((*given.rows[0][:2], ticked, given.rows[0][3]),)
    ((piece,),) = reading(3, given._replace(rows=rows)).pieces.values()
    assert piece.text == "数量：☑3个"
    assert [mark.offset for mark in piece.marks] == [3]


@pytest.mark.parametrize(
    ("heads", "lost"),
    [
        ("年度|2022年|2023年|2024年", set()),
        ("年度|2022年|2023年", {"2024"}),
        ("年度|2022年|", {"2023", "2024"}),
        ("年度|2022年|2023年|备注", set()),
        ("年度|2022年|2023年|2024年|备注", set()),
    ],
)
def test_a_head_that_is_not_there_is_told_once(heads: str, lost: set[str]) -> None:
    found = reading(2, table([heads, f"{OUTPUT}|1|2|3"]))
    assert found.lost == {(2, column) for column in lost}
    assert {o.column for o in found.observations if o.what == "label-missing"} == lost


def test_a_picture_stands_for_a_formula_in_the_cell_of_its_label() -> None:
    for label, expected in (
        ("（注：单位产值能耗需提供计算公式）", [1]),
        (WATER, []),
        ("创新平台建设情况", []),
    ):
        given = table([label])
        drawn = given._replace(rows=((given.rows[0][0]._replace(images=1),),))
        found = reading(5, drawn)
        assert [piece.images for pieces in found.pieces.values() for piece in pieces] == expected
    assert not reading(5, table(["（注：单位产值能耗需提供计算公式）"])).pieces


def test_a_table_in_a_cell_is_read_with_its_row() -> None:
    given = table(["甲|", "集群名称|乙"])
    inner = (table([f"{AREA}|5"]), table(["联系人|丙"]))
    rows = ((given.rows[0][0], given.rows[0][1]._replace(tables=inner)), given.rows[1])
    assert answers(reading(1, given._replace(rows=rows))) == {
        "area": "5",
        "department_contact": "丙",
        "cluster_name": "乙",
    }
