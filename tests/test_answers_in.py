"""Answers from a file: both shapes give the same, and every mistake is told with its field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import ValidationError

from clusterform.answers import CountNames, CountNamesAnswer, FilledForm, TicksAnswer
from clusterform.errors import ClusterformError, DataError, UsageError
from clusterform.fields import Address
from clusterform.filling.extract import extracted
from clusterform.filling.schema import file_model, json_schema
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import Package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing.answers.given_form import given_form, read_answers
from clusterform.writing.answers.short_forms import in_full
from clusterform.writing.faults import Faults
from support.forms import write
from support.metamorphic import FORMS

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def taken(answers: Any, form: str = "application", **more: Any) -> FilledForm:
    return given_form({"form": form, "answers": answers, **more}, "a.json", "2025")


def texts(given: FilledForm) -> dict[Address, str]:
    """Every text given; of a group of boxes only 无."""
    return {address: answer.text for address, answer in given.answers.items() if answer.text}


def ticks(given: FilledForm) -> dict[str, tuple[str, ...]]:
    found = {path: answer for (path, _), answer in given.answers.items() if isinstance(answer, TicksAnswer)}
    return {path: answer.ticked for path, answer in found.items() if answer.ticked}


def parted(given: FilledForm) -> dict[Address, Any]:
    """What is given in parts: ticks and what is written beside, counts and names."""
    return {
        address: answer.but(text="")
        for address, answer in given.answers.items()
        if isinstance(answer, TicksAnswer | CountNamesAnswer)
    }


def plain(text: str) -> str:
    """数量 and 名称 are laid out by whoever wrote the form."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", FORMS)
def test_an_extract_and_what_was_written_by_hand_are_the_same(form: str, tmp_path: Path) -> None:
    by_hand = read_answers(EXAMPLES / f"answers-{form}.yaml", "2025")
    data = extracted(read_form(Package(write(form)), Settings()))
    path = tmp_path / "答案 1.json"
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8-sig")
    from_extract = read_answers(path, "2025")
    assert (by_hand.form, by_hand.edition) == (form, "2025")
    assert {k: plain(v) for k, v in texts(by_hand).items()} == {
        k: plain(v) for k, v in texts(from_extract).items()
    }
    assert parted(by_hand) == parted(from_extract)
    assert [(e.subject, e.title, e.pages) for e in by_hand.evidence or ()] == [
        (e.subject, e.title, e.pages) for e in from_extract.evidence or ()
    ]
    assert len(texts(by_hand)) > 150


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"form": "application", "answers": {"basic_info": {"area": 12.50, "operator": "012"}}}'),
        ("a.yaml", "form: application\nanswers:\n  basic_info: {area: 12.50, operator: 012}\n"),
        (
            "a.yml",
            "form: 中小企业特色产业集群申报表\nanswers:\n  basic_info.area: 12.50\n  basic_info.operator: 012\n",
        ),
    ],
)
def test_a_number_is_the_text_it_was_written_with(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    given = read_answers(path, "2025")
    assert texts(given) == {("basic_info.area", None): "12.50", ("basic_info.operator", None): "012"}


def test_shapes_that_mean_the_same() -> None:
    want = taken(
        {
            "leading_industry": {"total_output": {"2022": "1.00"}},
            "basic_info": {"industry_type": ["secondary"]},
            "governance": {"alliances": {"count": "2", "names": "甲、乙"}},
            "cover": {"contact": {"person": "张三", "phone": "0570-6018826"}},
        }
    )
    assert want.governance.alliances.value == CountNames(count=Decimal(2), names="甲、乙", count_text="2")
    assert ticks(want) == {"basic_info.industry_type": ("secondary",)}
    flat = {
        "leading_industry.total_output@2022": "1.00",
        "basic_info.industry_type": "□ 第二产业",
        "governance.alliances@names": "甲、乙",
        "governance.alliances@count": 2,
        "cover.contact": "张三 0570-6018826",
    }
    assert taken(flat) == want
    heads = {**flat, "leading_industry.total_output": {"2022年": "1.00"}}
    del heads["leading_industry.total_output@2022"]
    assert taken(heads) == want


def test_what_is_blank_is_not_there() -> None:
    blank = {"text": "", "state": "blank", "value": None, "place": None}
    given = taken({"basic_info": {"area": blank, "operator": "  ", "industry_type": [], "department": None}})
    assert given == given_form({"form": "application"}, "a.json", "2025")
    assert (dict(given.answers), given.extra_targets, given.evidence) == ({}, (), ())


def test_none_for_a_whole_group() -> None:
    assert texts(taken({"openness.exchange_work": "无"})) == {("openness.exchange_work", None): "无"}


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown field": ({"answers": {"basic_info.aera": "1"}}, "basic_info.aera：没有这一栏，最接近的是 basic_info.area"),
    "field of another part": ({"answers": {"cover": {"area": "1"}}}, "cover.area：没有这一栏，最接近的是 basic_info.area"),
    "unknown column": (
        {"answers": {"leading_industry.total_output": {"2021": "1"}}},
        "leading_industry.total_output（集群总产值（亿元））：没有“2021”这一栏",
    ),
    "no columns": ({"answers": {"leading_industry.total_output": "1"}}, "应按栏目分列填写"),
    "column of a plain field": ({"answers": {"basic_info.area@2022": "1"}}, "basic_info.area（集群占地面积（平方公里））：没有“2022”"),
    "unknown option": ({"answers": {"basic_info.industry_type": ["第四产业"]}}, "没有选项“第四产业”，最接近的是 第一产业、第二产业"),
    "yes for a list": ({"answers": {"basic_info.accidents": True}}, "basic_info.accidents"),
    "list for a text": ({"answers": {"basic_info.area": ["1"]}}, "basic_info.area（集群占地面积（平方公里））：应填文字或数字"),
    "truth for a text": ({"answers": {"basic_info.area": False}}, "应填文字或数字，写的是“false”"),
    "control character": ({"answers": {"cover.operator": "甲\x0b乙"}}, "控制字符 U+000B"),
    "half a character": ({"answers": {"cover.operator": "\ud83d"}}, "控制字符 U+D83D"),
    "twice": ({"answers": {"cover": {"operator": "甲"}, "cover.operator": "乙"}}, "cover.operator（集群运营管理机构）：写了两次"),
    "unknown part": ({"answer": {}}, "answer：文件里没有这一项，最接近的是 answers"),
    "unknown key": ({"answers": {"basic_info.area": {"txt": "1"}}}, "没有“txt”这一项，最接近的是 text"),
    "unknown state": ({"answers": {"basic_info.area": {"text": "1", "state": "full"}}}, "state 不能是“full”"),
    "text and value": ({"answers": {"basic_info.area": {"text": "1.00", "value": "2.00"}}}, "不一致"),
    "value that is no figure": ({"answers": {"basic_info.area": {"text": "1.00", "value": "约一"}}}, "“1.00”与 value“约一”不一致"),
    "part that only the reader fills": ({"answers": {"basic_info.accidents": {"value": ["yes"], "boxes": {}}}}, "没有“boxes”这一项"),
    "unknown half": ({"answers": {"cover.contact": {"value": {"persn": "甲"}}}}, "没有“persn”这一项，最接近的是 person"),
    "truth for a half": ({"answers": {"governance.alliances@count": True}}, "governance.alliances@count（"),
    "half and whole": ({"answers": {"governance.alliances@count": "2", "governance.alliances": "无"}}, "写了两次"),
    "remark twice": (
        {"answers": {"basic_info.accidents": {"value": ["yes"], "remark": "甲"}, "basic_info.accidents@remark": "乙"}},
        "写了两次",
    ),
    "undecided": (
        {"answers": {"basic_info.accidents": {"value": [], "undecided": ["yes"]}}},
        "原表中“是”是否勾选无法确定",
    ),
    "too long": ({"answers": {"plan.overview": "长" * 32_768}}, "文字过长（32768 字）"),
    "a figure too long": ({"answers": {"basic_info.area": "9" * 100_000}}, "文字过长（100000 字）"),
    "target table": ({"added_targets": [{"table": "done", "indicator": "甲"}]}, "没有目标表“done”"),
    "target column": (
        {"added_targets": [{"table": "targets", "indicator": "甲", "values": {"2027": "1"}}]},
        "没有“2027”这一栏，最接近的是 2027 年目标值",
    ),
    "target direction": (
        {"added_targets": [{"table": "targets", "indicator": "甲", "direction": "创新力"}]},
        "没有方向“创新力”",
    ),
    "target without a name": ({"added_targets": [{"table": "targets"}]}, "增加的指标没有名称"),
    "evidence": ({"evidence": [{"titel": "甲"}]}, "evidence 第 1 条：没有“titel”这一项，最接近的是 title"),
    "evidence is no list": ({"evidence": "甲"}, "evidence：应为列表"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_broken_answer_is_told_with_its_field(name: str) -> None:
    data, said = WRONG[name]
    with pytest.raises(DataError) as told:
        given_form({"form": "application", **data}, "a.json", "2025")
    assert said in told.value.zh
    assert told.value.exit_code == 2
    assert "nothing was written" in told.value.en


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(DataError) as told:
        taken({f"basic_info.x{n}": "1" for n in range(14)})
    assert "14 处错误" in told.value.zh
    assert "另有 4 处" in told.value.zh


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b'{"form": "application",}', "第 1 行第"),
        ("a.json", b'{"form": "application", "form": "review"}', "“form”写了两次"),
        ("a.json", b'{"form": "application", "answers": {"basic_info.area": NaN}}', "NaN"),
        ("a.json", b"[" * 100_000, "嵌套过深"),
        ("a.yaml", b"form: application\nanswers: [1, 2\nform: review", "第 3 行"),
        ("a.yaml", b"- 1\n", "键值对"),
        ("a.yaml", b"", "键值对"),
        ("a.yaml", "form: 申报表".encode("gbk"), "不是 UTF-8 编码"),
        ("a.json", b"PK\x03\x04", "clusterform extract"),
        ("a.yaml", b"answers: {}\n", "没有写明是哪张表"),
        ("a.yaml", b"form: aplication\n", "可用：application（中小企业特色产业集群申报表）"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_answers(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DataError) as told:
        read_answers(path, "2025")
    assert said in told.value.zh


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "无.json", tmp_path):
        with pytest.raises(UsageError):
            read_answers(path, "2025")
    with pytest.raises(ClusterformError, match="edition 1999"):
        given_form({"form": "application", "edition": "1999"}, "a.json", "2025")


def _model(form: str) -> Any:
    return file_model("2025", form)


def full(data: Any, form: str) -> Any:
    """The data in the long form, as the schema describes it."""
    return in_full(data, load_form("2025", form), Faults("a.json"))


def accepts(form: str, data: Any) -> bool:
    """Whether the model takes data of that shape; that a text and its value agree is no matter of shape."""
    try:
        _model(form).model_validate(data)
    except ValidationError as error:
        return {wrong["type"] for wrong in error.errors()} == {"value_error"}
    return True


def changed(data: Any) -> Iterator[Any]:
    """The data with one thing changed, each in turn: another value, a key more, one less."""
    yield from (True, "第一", ["第一"], {}, {"what": "第一"})
    if isinstance(data, dict):
        yield data | {"what": "1"}
        for key, inner in data.items():
            yield {k: v for k, v in data.items() if k != key}
            yield from (data | {key: other} for other in changed(inner))
    elif isinstance(data, list):
        for place, inner in enumerate(data):
            yield from ([*data[:place], other, *data[place + 1 :]] for other in changed(inner))


@pytest.mark.parametrize("form", FORMS)
def test_fill_takes_what_the_published_schema_describes_and_nothing_else(form: str) -> None:
    target = {
        "table": "targets",
        "direction": "plan.target_other",
        "indicator": "甲率",
        "values": {"target": "2"},
    }
    given: dict[str, Any] = {
        "basic_info": {"area": {"text": "1", "value": "1"}, "industry_type": ["secondary"]},
        "leading_industry": {"total_output": {"2022": "1.00"}},
        "governance": {"alliances": {"text": "数量：1个 名称：甲", "value": {"count": "1", "names": "甲"}}},
        "basic_info.accidents": {"value": ["yes"], "remark": "甲", "undecided": ["no"]},
        "cover.operator": "甲",
    }
    data = {"form": form, "answers": given, "added_targets": [target], "evidence": [{"title": "甲"}]}
    schema = jsonschema.Draft202012Validator(json_schema("2025", form))
    long = full(data, form)
    assert schema.is_valid(long)
    assert accepts(form, long)
    wrong = [other for other in changed(long) if accepts(form, other) != schema.is_valid(other)]
    assert not wrong
    assert sum(not schema.is_valid(other) for other in changed(long)) > 200


@pytest.mark.parametrize("form", FORMS)
def test_what_is_extracted_is_the_long_form(form: str) -> None:
    data = extracted(read_form(Package(write(form)), Settings()))
    assert accepts(form, full(data, form))
    jsonschema.validate(full(data, form), json_schema("2025", form), jsonschema.Draft202012Validator)


PYTHON = re.compile(r"\b(None|True|False)\b|\{'|\['|<class")


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_changed_brings_answers_or_sentences_without_words_of_python(form: str) -> None:
    target = {"table": "targets", "direction": "其它", "indicator": "甲率", "values": {"2027年目标值": "2"}}
    answers = {
        "一、基本情况": {"集群占地面积": "1", "主导产业所属产业类型": ["第二产业"], "accidents": {"value": ["是"], "remark": "甲"}},
        "leading_industry.total_output@2022": "1",
        "leading_industry.total_output": {"2023年": "4"},
        "governance.alliances": {"count": 2, "names": "甲、乙"},
        "cover": {"operator": {"text": "甲", "value": "甲", "state": "filled"}},
        "openness.exchange_work": "无",
        "plan": {"target_other": {"target": "2"}},
    }  # fmt: skip
    data = {
        "form": form,
        "answers": answers,
        "added_targets": [target],
        "evidence": [{"for": "甲", "title": "乙"}],
    }
    said: list[str] = []
    for other in (*changed(data), *({**data, "answers": a} for a in changed(answers))):
        try:
            given_form(other, "a.json", "2025")
        except ClusterformError as error:
            said.append(error.zh)
    assert not [text for text in said if PYTHON.search(text)]
    assert len(said) > 200


def test_mistakes_of_every_kind_are_told_together() -> None:
    answers = {
        "集群占地面只": "1",
        "basic_info": {"industry_type": ["第四产业"], "operator": ["甲"]},
        "cover": {"operator": "甲"},
        "cover.operator": "乙",
    }
    rows = [
        {"table": "done", "indicator": "甲", "values": {"2027": "1"}},
        {"table": "goals", "indicator": "乙"},
    ]
    with pytest.raises(DataError) as told:
        taken(answers, "review", added_targets=rows, evidence=[{"titel": "甲"}])
    assert "7 处错误" in told.value.zh
    places = [line.split("：")[0].strip() for line in told.value.zh.splitlines()[1:]]
    assert sorted(places) == sorted(
        [
            "集群占地面只",
            "basic_info.industry_type（主导产业所属产业类型）",
            "basic_info.operator（集群运营管理机构）",
            "cover.operator（集群运营管理机构）",
            "added_targets 第 1 条.values",
            "added_targets 第 2 条.table",
            "evidence 第 1 条",
        ]
    )
