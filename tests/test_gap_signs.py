"""A text without any of the signs of a gap is not looked at for one: so no gap may be without them."""

from __future__ import annotations

import pytest

from clusterform.answers import State
from clusterform.fields import Kind
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.filling.placeholders import gap_in_target, gaps_left, perhaps_gap
from clusterform.forms.model import load_form

FORM = load_form("2025", "application")
ANY = {item.kind: item for item in FORM.fields.values() if not item.columns}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.PROSE, "达到  家"),
        (Kind.PROSE, "建成（ ）个平台"),
        (Kind.PROSE, "产值【待核实】亿元"),
        (Kind.PROSE, "202×年建成"),
        (Kind.PROSE, "引进N家企业"),
        (Kind.PROSE, "企业__家"),
        (Kind.PROSE, "企业○○家"),
        (Kind.PERSON, "王*"),
        (Kind.DATE, "2025年x月"),
        (Kind.CLUSTER_NAME, "某县产业集群"),
    ],
)
def test_a_gap_is_found_by_its_sign(kind: Kind, text: str) -> None:
    item = ANY[kind]
    assert gaps_left(item, convert(item, FORM.rows[item.path], [Piece(text)]))


NAME, OFFICE, PERSON = "basic_info.cluster_name", "basic_info.department", "basic_info.department_contact"
AREA, DATE, CONTACT = "basic_info.area", "cover.date", "cover.contact"
PLATFORMS, PROSE = "innovation.platforms_other", "plan.overview"


def left(path: str, text: str) -> tuple[State, list[str], bool]:
    item = FORM.fields[path]
    answer = convert(item, FORM.rows[path], [Piece(text)])
    return answer.state, gaps_left(item, answer), perhaps_gap(item, answer)


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (
            NAME,
            [
                "待补充",
                "...",
                "？？",
                "例：甲",
                f"例：{'甲' * 58}",
                "请填写名称",
                "（请填写）",
                "XX县产业集群",
            ],
        ),
        (NAME, ["数据待补充", "尚未填写", "资料补充中", "X县产业集群", "某市产业集群", "甲XX乙集群"]),
        (OFFICE, ["X县局", "浙江省X县局", "XX局"]),
        (PERSON, ["张×", "张*", "XX", "待补充"]),
        (AREA, ["XX", "X", "待补充", "……"]),
        (DATE, ["x年x月", "2025年x月"]),
        (CONTACT, ["XX", "待补充"]),
        (PROSE, ["待补充", "XX", "、XX、XX。"]),
    ],
)
def test_what_is_no_answer_as_a_whole(path: str, texts: list[str]) -> None:
    assert {text: left(path, text) for text in texts} == {
        text: (State.PLACEHOLDER, [text], False) for text in texts
    }


@pytest.mark.parametrize(
    ("path", "texts"),
    [
        (NAME, ["?", f"例：{'甲' * 59}", "AXX县集群", "甲县待补充集群", "甲X产业集群", "资料从略"]),
        (OFFICE, ["甲局", "智谷XB区"]),
        (PERSON, ["张三"]),
        (AREA, ["12"]),
        (DATE, ["2025年1月"]),
        (CONTACT, ["张三 0571-12345678"]),
        (PLATFORMS, ["数量：3个 名称：甲"]),
        (PROSE, ["达到 亿元", "甲公司XX", "二〇〇八年"]),
    ],
)
def test_answers_without_a_gap(path: str, texts: list[str]) -> None:
    assert {text: left(path, text) for text in texts} == dict.fromkeys(texts, (State.FILLED, [], False))


@pytest.mark.parametrize(
    ("path", "text", "gaps"),
    [
        (CONTACT, "张× 0571-12345678", ["张×"]),
        (CONTACT, "张三 057XX", ["张三 057XX"]),
        (PLATFORMS, "数量：X个 名称：甲", ["X"]),
        (PLATFORMS, "数量：3个 名称：XX", ["XX"]),
        (PLATFORMS, "数量：待补充 名称：甲", ["待补充"]),
        (PLATFORMS, "数量：X个 名称：XX", ["X", "XX"]),
        (PROSE, "已有XX家企业", ["XX家"]),
        (PROSE, "产值达到  亿元", ["  亿"]),
        (PROSE, "产值XX亿元，利润XX亿元", ["XX亿"]),  # the first
    ],
)
def test_a_gap_in_an_answer(path: str, text: str, gaps: list[str]) -> None:
    assert left(path, text) == (State.FILLED, gaps, False)


def test_a_mark_in_a_name_may_be_the_name() -> None:
    assert left(OFFICE, "智谷X区管委会") == (State.FILLED, [], True)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("XX", True),
        ("X", True),
        ("待补充", True),
        ("已有XX家", True),
        ("3", False),
        ("甲", False),
        ("  ", False),
    ],
)
def test_a_gap_in_a_target_of_the_countys_own(text: str, gap: bool) -> None:
    assert gap_in_target(text) == (text if gap else None)
