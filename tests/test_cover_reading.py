"""The cover: a label with its answer in a line, on the line below it, or in a small table."""

from __future__ import annotations

import pytest

from clusterform.answers import State
from clusterform.filling.labels import label_index
from clusterform.filling.layouts.lines import read_cover
from clusterform.filling.outline import Zone
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.forms.model import load_form
from support.typed import filled

TITLE = "中小企业特色产业集群申报表"
PROMPT = "（XX（省、市）XX（县、区）XX产业）"
CONTACT = "联系人及联系电话"
Read = dict[str, tuple[str, int | None, int | None]]


def read(*blocks: str | list[str]) -> Read:
    """What stands behind each label seen, with its row and cell; paragraphs count from the title, which is the first."""
    return {
        path.removeprefix("cover."): (answer.text, answer.place.row, answer.place.cell)
        for (path, _), answer in filled(TITLE, *blocks).answers.items()
        if path.startswith("cover.") and answer.state is not State.ABSENT
    }


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("集群名称：甲", "所属地区：乙"), {"cluster_name": ("甲", 2), "region": ("乙", 3)}),
        (("集群名称：甲 所属地区：乙",), {"cluster_name": ("甲", 2), "region": ("乙", 2)}),
        (("集群名称", "", "甲", "又"), {"cluster_name": ("甲", 4)}),
        (("集群名称：____", "甲"), {"cluster_name": ("甲", 3)}),
        (("集群名称：甲", "又"), {"cluster_name": ("甲", 2)}),
        (("集群名称：", "又", "所属地区：乙"), {"cluster_name": ("又", 3), "region": ("乙", 4)}),
        (("集群名称：", "话" * 60), {"cluster_name": ("话" * 60, 3)}),
        (("集群名称：", "话" * 61), {"cluster_name": ("", 2)}),  # no answer to a line of the cover
        (("集群名称：", "话" * 61, "甲"), {"cluster_name": ("甲", 4)}),
        (("集群名称：甲", "话" * 61, "乙"), {"cluster_name": ("甲", 2)}),
        ((f"集群名称：甲{PROMPT}",), {"cluster_name": ("甲", 2)}),
        (("集群名称：", PROMPT, "甲"), {"cluster_name": ("甲", 4)}),  # the form's own print
        (("所属地区：", "省（区、市）市（区）县（市、区）", "甲"), {"region": ("甲", 4)}),
        (("集群名称：", "（需提供清单）"), {"cluster_name": ("（需提供清单）", 3)}),  # other parts' print
        (("附件 1", "集群名称：甲"), {"cluster_name": ("甲", 3)}),
        # A telephone on the line below the person.
        ((f"{CONTACT}：张", "13800000000", "李"), {"contact": ("张\n13800000000", 2)}),
        ((f"{CONTACT}：张", "0570 60 188 26"), {"contact": ("张\n0570 60 188 26", 2)}),
        ((f"{CONTACT}：张", "123456"), {"contact": ("张", 2)}),  # too short for one
        ((f"{CONTACT}：张 13800000000", "13900000000"), {"contact": ("张 13800000000", 2)}),
        ((f"{CONTACT}：", "张", "13800000000"), {"contact": ("张\n13800000000", 3)}),
        ((f"{CONTACT}：张", "又", "13800000000"), {"contact": ("张", 2)}),
        (("集群名称：甲", "13800000000"), {"cluster_name": ("甲", 2)}),
        # A label run together with its answer counts where it stands nowhere else, and nothing waits for an answer.
        (("集群名称甲集群",), {"cluster_name": ("甲集群", 2)}),
        (("集群名称甲集群", "集群名称：乙"), {"cluster_name": ("乙", 3)}),
        (("集群名称：甲", "集群名称乙"), {"cluster_name": ("甲", 2)}),
        (("所属地区：", "集群名称甲"), {"region": ("集群名称甲", 3)}),
        ((f"{CONTACT}张三 13800000000",), {"contact": ("张三 13800000000", 2)}),
    ],
)
def test_lines(lines: tuple[str, ...], expected: dict[str, tuple[str, int]]) -> None:
    assert read(*lines) == {key: (*found, None) for key, found in expected.items()}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["集群名称|甲", "所属地区|乙"], {"cluster_name": ("甲", 1, 2), "region": ("乙", 2, 2)}),
        (["集群名称：甲", "所属地区：乙"], {"cluster_name": ("甲", 1, 1), "region": ("乙", 2, 1)}),
        (["集群名称", "甲", "所属地区", "乙"], {"cluster_name": ("甲", 2, 1), "region": ("乙", 4, 1)}),
        # Labels in a row, the answers below them.
        (["集群名称|所属地区", "甲|乙"], {"cluster_name": ("甲", 2, 1), "region": ("乙", 2, 2)}),
        (["集群名称|所属地区", "|乙"], {"cluster_name": ("", 1, 1), "region": ("乙", 2, 2)}),
        (["集群名称|所属地区", "甲"], {"cluster_name": ("甲", 2, 1), "region": ("", 1, 2)}),
        (["集群名称|", "|甲"], {"cluster_name": ("甲", 2, 2)}),  # the one label's
        (["集群名称|所属地区", "甲|乙|丙"], {"cluster_name": ("", 1, 1), "region": ("", 1, 2)}),
        (
            ["集群名称|所属地区", "甲|申报时间"],
            {"cluster_name": ("", 1, 1), "region": ("", 1, 2), "date": ("", 2, 2)},
        ),
        (["集群名称：|所属地区：x", "甲|乙"], {"cluster_name": ("", 1, 1), "region": ("x", 1, 2)}),
        (
            ["集群名称|所属地区", "甲|乙", "申报时间|集群运营管理机构", "丙|丁"],
            {
                "cluster_name": ("甲", 2, 1),
                "region": ("乙", 2, 2),
                "operator": ("丁", 4, 2),
                "date": ("丙", 4, 1),
            },
        ),
        (["集群名称|所属地区", "|", "丙"], {"cluster_name": ("", 1, 1), "region": ("", 1, 2)}),
        (["|", "集群名称|甲"], {"cluster_name": ("甲", 2, 2)}),
        (["集群名称|____", "甲|："], {"cluster_name": ("甲", 2, 1)}),
    ],
)
def test_tables(rows: list[str], expected: Read) -> None:
    found = read(rows)
    assert {key: found.get(key) for key in expected} == expected
    assert found.keys() == expected.keys()


def test_the_answer_in_another_table_than_its_label() -> None:
    assert read(["集群名称"], ["甲"]) == {"cluster_name": ("甲", 1, 1)}
    assert read(["集群名称|所属地区"], ["甲|乙"]) == {"cluster_name": ("", 1, 1), "region": ("", 1, 2)}


def test_a_label_seen_twice_keeps_its_first_place() -> None:
    assert read("集群名称：甲", "集群名称：乙") == {"cluster_name": ("甲", 2, None)}
    assert read("集群名称：", "集群名称：乙") == {"cluster_name": ("乙", 3, None)}


def test_lines_of_one_cell_of_a_sheet_are_one_answer() -> None:
    form, index = load_form("2025", "application"), label_index("2025", "application", "lines")

    def lines(*texts: str) -> dict[str, list[str]]:
        """Each text begins with the cell that it stands in."""
        zone: Zone = [Piece(text[2:], location=Location(sheet="封面", ref=text[:2])) for text in texts]
        return {
            p: [piece.text for piece in found]
            for (p, _), found in read_cover(form, index, zone, 0).pieces.items()
        }

    assert lines("B2集群名称：甲", "B2乙", "B2丙") == {"cover.cluster_name": ["甲", "乙", "丙"]}
    assert lines("B2集群名称：甲", "B3乙") == {"cover.cluster_name": ["甲"]}
    assert lines("B3集群名称：甲", "B2乙") == {"cover.cluster_name": ["甲"]}
    assert lines("B2集群名称：甲", f"B2{'话' * 61}") == {"cover.cluster_name": ["甲"]}
    assert lines("B213800000000", "B3甲") == {}  # nobody is asked for before the first label
