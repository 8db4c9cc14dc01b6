"""Forms filled from answers: what stands in a blank already, layouts of other make, official names as keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.errors import DataError
from clusterform.filling.extract import extracted
from clusterform.parsers.container.package import Package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers.given_form import given_form, read_answers

WRONG = Path(__file__).parent / "data" / "wrong" / "fill"
SAMPLES = Path(__file__).parent / "data" / "samples"
LAYOUTS = ("pasted", "boxes", "word-layout")
FORMATS = ("docx", "xlsx")


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key != "place"}
    return [_bare(item) for item in data] if isinstance(data, list) else data


def _said(data: bytes) -> Any:
    return _bare(extracted(read_form(Package(data), Settings())))


def _filled(answers: dict[str, Any], into: bytes | None, kind: str = "xlsx") -> bytes:
    given = given_form({"form": "application", **answers}, "a.json", "2025")
    return filled(given, kind, Package(into) if into is not None else None, "a.json")


def _refused(answers: dict[str, Any], into: bytes | None, kind: str = "xlsx") -> str:
    with pytest.raises(DataError) as caught:
        _filled(answers, into, kind)
    return caught.value.zh


@pytest.mark.parametrize("into", FORMATS)
@pytest.mark.parametrize("name", ["other-row.docx", "other-row.xlsx"])
def test_the_name_of_an_own_indicator_is_part_of_the_answer(name: str, into: str) -> None:
    said = _said((WRONG / name).read_bytes())
    target = {"table": "targets", "direction": "plan.target_other", "indicator": "亩均税收（万元）"}
    assert said["added_targets"] == [{**target, "values": {"baseline": "30", "target": "40"}}]
    _same(_said(_filled(said, None, into)), said)


@pytest.mark.parametrize("into", FORMATS)
def test_other_is_a_direction(into: str) -> None:
    given = read_answers(WRONG / "direction-qita.yaml", "2025")
    said = _said(filled(given, into, None, "a.yaml"))
    (target,) = said["added_targets"]
    assert (target["indicator"], target["values"]) == ("亩均税收", {"baseline": "30", "target": "40"})
    assert said["answers"]["plan"]["target_other"]["target"]["text"] == "40"


def test_several_own_indicators_under_other_in_word() -> None:
    rows = [
        {"direction": d, "indicator": i, "values": {"2024 年基准值": "1", "2027年目标值": "2"}}
        for d, i in (("其它", "甲率"), ("其他", "乙率"), ("plan.target_other", "丙率"))
    ]
    said = _said(_filled({"added_targets": rows}, None, "docx"))
    assert [t["indicator"] for t in said["added_targets"]] == ["甲率", "乙率", "丙率"]
    assert {t["direction"] for t in said["added_targets"]} == {"plan.target_other"}


def test_answers_of_other_and_its_named_row_must_agree() -> None:
    answers = {
        "answers": {"plan.target_other": {"baseline": "31"}},
        "added_targets": [{"direction": "其它", "indicator": "甲", "values": {"baseline": "30"}}],
    }
    assert "数不同：“31”“30”" in _refused(answers, None)


def test_a_workbook_that_is_filled_already_is_refused() -> None:
    given = read_answers(WRONG / "other.json", "2025")
    with pytest.raises(DataError) as caught:
        filled(given, "xlsx", Package((WRONG / "filled.xlsx").read_bytes()), "other.json")
    first, second, *_ = caught.value.zh.splitlines()
    assert "不是空白表" in first
    assert second.strip().startswith("cover.cluster_name（集群名称）：已填有“浙江省德清县绿色家居产业集群”")


@pytest.mark.parametrize("kind", FORMATS)
def test_one_answer_left_in_a_blank_is_told(kind: str) -> None:
    left = _filled({"answers": {"cover.operator": "某管委会"}}, None, kind)
    said = _refused({"answers": {"basic_info.area": "18.60"}}, left, kind)
    assert "cover.operator" in said
    assert "已填有“某管委会”" in said


@pytest.mark.parametrize("kind", FORMATS)
def test_ticks_targets_and_evidence_left_in_a_blank_are_told(kind: str) -> None:
    left = {
        "answers": {"basic_info.accidents": "是"},
        "added_targets": [{"direction": "主导产业", "indicator": "甲率", "values": {"target": "2"}}],
        "evidence": [{"subject": "信息服务", "title": "证明"}],
    }
    said = _refused({"answers": {"basic_info.area": "18.60"}}, _filled(left, None, kind), kind)
    assert all(place in said for place in ("basic_info.accidents", "甲率", "证明"))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_answers_once_more_are_no_fault(kind: str) -> None:
    answers = {"answers": {"basic_info.area": "18.60", "basic_info.accidents": "否"}}
    once = _filled(answers, None, kind)
    assert _said(_filled(answers, once, kind)) == _said(once)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blanks_of_other_make_take_answers(layout: str) -> None:
    given = read_answers(WRONG / f"into-{layout}.json", "2025")
    made = filled(given, "xlsx", Package((WRONG / f"blank-{layout}.xlsx").read_bytes()), "a.json")
    answers = _said(made)["answers"]
    for path, text in (
        ("declaration.signature", "张建国"),
        ("declaration.county_date", "2025年6月25日"),
        ("openness.overseas_branches", "6"),
    ):
        section, _, key = path.partition(".")
        if (path, None) in given.answers:
            assert answers[section][key]["text"] == text
    if layout == "pasted":
        assert answers["governance"]["alliances"]["value"] == {"count": "2", "names": "甲会、乙会"}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["application-clean.docx", "other-row"])
def test_blanks_of_other_make_take_a_whole_form(layout: str, name: str) -> None:
    file = WRONG / "other-row.docx" if name == "other-row" else SAMPLES / name
    said = _said(file.read_bytes())
    made = _said(_filled(said, (WRONG / f"blank-{layout}.xlsx").read_bytes()))
    _same(made, said)


def _same(made: Any, said: Any) -> None:
    for section, fields in said["answers"].items():
        for key, answer in fields.items():
            assert _values(made["answers"][section][key]) == _values(answer), (section, key)
    assert made["added_targets"] == said["added_targets"]


def _values(answer: Any) -> Any:
    """What an answer says; how the form prints 数量 and 名称 round it differs."""
    if "state" not in answer:
        return {column: _values(inner) for column, inner in answer.items()}
    return answer.get("value") if answer.get("value") is not None else answer["text"]


NAMED = {
    "基本情况.集群占地面积（平方公里）": ("basic_info.area", None),
    "一、基本情况.集群占地面积": ("basic_info.area", None),
    "集群占地面积（平方公里）": ("basic_info.area", None),
    "basic_info.area": ("basic_info.area", None),
    "集群总产值（亿元）@2022年": ("leading_industry.total_output", "2022"),
    "二、主导产业情况.集群总产值（亿元）@2022 年": ("leading_industry.total_output", "2022"),
    "集群总产值@2022年度": ("leading_industry.total_output", "2022"),
}


@pytest.mark.parametrize("name", NAMED)
def test_official_names_are_keys(name: str) -> None:
    given = given_form({"form": "中小企业特色产业集群申报表", "answers": {name: "18.60"}}, "a.yaml", "2025")
    assert {address: answer.text for address, answer in given.answers.items()} == {NAMED[name]: "18.60"}


def test_parts_groups_years_and_options_by_their_official_names() -> None:
    answers = {
        "一、基本情况": {"集群占地面积（平方公里）": "18.60", "主导产业所属产业类型": ["第二产业"]},
        "主导产业情况": {"集群总产值（亿元）": {"2022年": "210.50", "2024年度": "248.00"}},
    }
    given = given_form({"form": "application", "answers": answers}, "a.yaml", "2025")
    assert {address: answer.text for address, answer in given.answers.items() if answer.text} == {
        ("basic_info.area", None): "18.60",
        ("leading_industry.total_output", "2022"): "210.50",
        ("leading_industry.total_output", "2024"): "248.00",
    }
    assert given.basic_info.industry_type.value == ("secondary",)


def test_one_place_under_two_names_is_told() -> None:
    with pytest.raises(DataError) as caught:
        read_answers(WRONG / "answers-by-label.yaml", "2025")
    assert caught.value.zh.splitlines()[1:] == ["  basic_info.cluster_name（集群名称）：写了两次。"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("集群名称", "表中有 2 处“集群名称”，请写明是哪一处"),
        ("集群占地面只（平方公里）", "最接近的是 集群占地面积（平方公里）（basic_info.area）"),
        ("basic_info.aera", "最接近的是 basic_info.area"),
        ("一、基本情况.占地", "没有这一栏"),
    ],
)
def test_a_name_that_is_none_gets_what_may_be_meant(name: str, told: str) -> None:
    said = _refused({"answers": {name: "1"}}, None)
    assert told in said
    assert "plan.tasks" not in said


def test_the_own_blanks_take_nothing_amiss() -> None:
    for kind in FORMATS:
        assert _said(_filled({}, None, kind)) == _said(blank("application", kind, "2025"))
