"""Conditions in the form's official names: how they are written, what they find, and what is refused when they load."""

from __future__ import annotations

import pickle
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import clusterform
from clusterform.checks.expression import Expression
from clusterform.checks.formula import Operand
from clusterform.checks.formula_parser import CellName, parse_condition
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.errors import DataError
from clusterform.forms.model import load_form
from clusterform.forms.ruleset import load_ruleset
from clusterform.messages import Text, in_language
from clusterform.validation import MisfitError
from support.command import run
from support.hand_made import make_form

CLEAN = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"
RULE = """name: 某省
rules:
  - code: SX001
    name: own-rule
    severity: warning
    basis: {{document: 某省集群认定办法, clause: 第八条}}
    title: {{zh: 某省的一条规则, en: A rule of a province}}
    why: {{zh: 某省的规定。, en: A province asks for it.}}
    wrong: {{其中：集群中小企业数量.末年: "230", 集群企业数量.2024: "212", form: application}}
    right: {{leading_industry.smes@last: "203", leading_industry.enterprises@last: "212", form: application}}
    message:
      zh: “{{place}}”应满足 {{condition}}，现为 {{compared}}（{{figures}}）。请核对。
      en: “{{place}}” must keep {{condition}}; now {{compared}} ({{figures}}). Check the figures.
    checks:
      - kind: expression
        condition: {condition}
"""


def hits(condition: str, cells: dict[str, Any] | None = None, **params: Any) -> list[Hit | Unknown | None]:
    """What is said at each of its places."""
    check = Expression(condition=condition, **params)
    form = Reader(make_form(cells or {}))
    found: list[Hit | Unknown | None] = []
    for place in check.places(form):
        try:
            found.append(check.judge(form, place))
        except Unknown as unknown:
            found.append(unknown)
    return found


def hit(condition: str, cells: dict[str, Any] | None = None, **params: Any) -> Hit:
    (found,) = [found for found in hits(condition, cells, **params) if found is not None]
    assert isinstance(found, Hit)
    return found


def rule_file(folder: Path, condition: str) -> Path:
    path = folder / "某省.yaml"
    path.write_text(RULE.format(condition=condition), encoding="utf-8")
    return path


def told(folder: Path, condition: str) -> str:
    with pytest.raises(DataError) as caught:
        load_ruleset("2025", [rule_file(folder, condition)])
    assert caught.value.en != caught.value.zh
    return caught.value.zh


LAST = {"leading_industry.output_growth": "12.80 13.59 18.00", "leading_industry.average_growth": "14.08"}


@pytest.mark.parametrize(
    "condition",
    [
        "集群主导产业产值增速.2024 <= 近三年集群主导产业产值年均增速",
        "主导产业产值增速.2024 <= 近三年集群主导产业产值年均增速",
        "集群主导产业产值增速.2024 年 <= 近三年集群主导产业产值年均增速",
        "集群主导产业产值增速．２０２４ ≤ 近三年集群主导产业产值年均增速",
        "集群主导产业产值增速。末年 ＜＝ 近三年集群主导产业产值年均增速",
        "集群主导产业 产值增速[last] ≤ 近三年集群主导产业产值年均增速",
        "二.集群主导产业产值增速.last - 近三年集群主导产业产值年均增速 ≤ 0",
        "leading_industry.output_growth.末年 ≦ leading_industry.average_growth",
        "leading_industry.output_growth[2024] <= leading_industry.average_growth",
        "非（集群主导产业产值增速.2024 ＞ 近三年集群主导产业产值年均增速）",
        "0 < 集群主导产业产值增速.末年 <= 近三年集群主导产业产值年均增速 < 100",
        "集群主导产业产值增速.末年 <= 近三年集群主导产业产值年均增速 AND 集群总产值.末年 > 0",
        "ABS（集群主导产业产值增速.2024 － 近三年集群主导产业产值年均增速）≤ ０．０１",
        "绝对值(集群主导产业产值增速.2024 — 近三年集群主导产业产值年均增速) <= 0.01 且 集群总产值.末年 > 0",
        "max(集群主导产业产值增速.2024, 集群主导产业产值增速.2023) <= 近三年集群主导产业产值年均增速",
        "最小值（集群主导产业产值增速.2024，99）× 1 ≤ 近三年集群主导产业产值年均增速",
        "round(集群主导产业产值增速.2024, 1) ÷ 1 <= 近三年集群主导产业产值年均增速",
        "average(集群主导产业产值增速.2024, 集群主导产业产值增速.2024) <= 近三年集群主导产业产值年均增速",
        "root(集群主导产业产值增速.2024 * 集群主导产业产值增速.2024, 2) <= 近三年集群主导产业产值年均增速",
    ],
)
def test_one_condition_in_many_spellings(condition: str) -> None:
    found = hit(condition, LAST)
    assert {(found.field, found.column), *found.taints} >= {
        ("leading_industry.output_growth", "2024"),
        ("leading_industry.average_growth", None),
    }
    assert hits(condition, {**LAST, "leading_industry.average_growth": "18.00"}) == [None]


def test_what_is_found_is_said_in_words_and_figures() -> None:
    found = hit(
        "abs(主导产业产值增速.2024 − 近三年集群主导产业产值年均增速) <= 0.01 且 集群总产值.末年 > 0", LAST
    )
    facts = {name: in_language(fact, "zh") for name, fact in found.facts.items()}
    assert facts == {
        "condition": "|集群主导产业产值增速 2024 年 − 近三年集群主导产业产值年均增速| ≤ 0.01 且 集群总产值 2024 年 > 0",
        "figures": "集群主导产业产值增速（%） 2024 年 = 18.00、近三年集群主导产业产值年均增速（%） = 14.08、"
        "集群总产值（亿元） 2024 年 = 268.40",
        "left": "3.92",
        "right": "0.01",
        "compared": "3.92 > 0.01",
    }
    assert found.expected == "|集群主导产业产值增速 2024 年 − 近三年集群主导产业产值年均增速| ≤ 0.01"
    assert in_language(found.facts["condition"], "en").count(" and ") == 1


def test_a_name_without_its_year_is_judged_for_each() -> None:
    cells = {"leading_industry.enterprises": "430 455 481", "leading_industry.smes": "412 500 490"}
    found = [item for item in hits("集群中小企业数量 <= 集群企业数量", cells) if isinstance(item, Hit)]
    assert [(item.field, item.column) for item in found] == [
        ("leading_industry.smes", "2023"),
        ("leading_industry.smes", "2024"),
    ]
    assert len(hits("集群企业数量 >= 集群企业数量.上年", cells)) == 2


@pytest.mark.parametrize("blank", ["", "无", "四十亿"])
def test_what_is_not_known_is_never_nothing(blank: str) -> None:
    cells = {"leading_industry.fdi@2024": blank}
    (found,) = hits("集群外商直接投资额.2024 > 5 或 集群总产值.2024 < 0", cells)
    assert isinstance(found, Unknown)
    assert found.path == "leading_industry.fdi"
    assert hits("集群外商直接投资额.2024 > 5 或 集群总产值.2024 > 0", cells) == [None]
    assert isinstance(hits("集群外商直接投资额.2024 > 5 且 集群总产值.2024 < 0", cells)[0], Hit)
    counted = hits("集群外商直接投资额.2024 > 5", cells, none_is_zero=True)[0]
    assert isinstance(counted, Hit if blank == "无" else Unknown)


def test_nothing_is_divided_by_nothing() -> None:
    (found,) = hits("集群总产值.2024 / (集群企业数量.2024 - 集群企业数量.2024) > 1")
    assert isinstance(found, Unknown)
    assert found.reason == Text("skipped.divisor")


def test_what_is_below_nothing_has_no_root() -> None:
    (found,) = hits("root(0 - 集群总产值.2024, 2) > 0")
    assert isinstance(found, Unknown)
    assert found.reason == Text("skipped.root")


def test_decimals_are_exact_and_rounding_is_allowed_for_where_asked() -> None:
    cells = {"leading_industry.total_output": "0.10 0.20 0.30", "leading_industry.average_growth": "73.00"}
    assert hits("集群总产值.首年 + 集群总产值.中间年 = 集群总产值.末年", cells) == [None]
    growth = "近三年集群主导产业产值年均增速 = (root(集群总产值.末年 / 集群总产值.首年, 2) - 1) * 100"
    assert isinstance(hit(growth, cells), Hit)
    assert hits(growth, cells, rounding=True) == [None]
    assert isinstance(hit(growth, {**cells, "leading_industry.average_growth": "95.00"}, rounding=True), Hit)
    same = "集群总产值.末年 - 集群总产值.末年 * 1 < 0"
    assert isinstance(hit(same, cells, rounding=True), Hit), "one figure is one figure"


def test_a_target_counts_in_its_row_s_unit() -> None:
    assert hits("研发经费投入.2027 > 0.5", {"plan.target_rd@target": "9600万元"}) == [None]
    assert isinstance(hits("研发经费投入.目标值 > 1", {"plan.target_rd@target": "9600万元"})[0], Hit)
    (found,) = hits("研发经费投入.目标值 > 1", {"plan.target_rd@target": "年均增长15%"})
    assert isinstance(found, Unknown)


NAMES = [
    ("集群企业数里 > 1", 1, "没有名为 集群企业数里 的栏目，最接近的是 集群企业数量"),
    ("集群总产值 > 集群企业数里.2024", 9, "最接近的是 集群企业数量"),
    ("leading_industry.total_outptu > 1", 1, "最接近的是 leading_industry.total_output"),
    ("中小企业数量 > 1", 1, "请写明是哪一个：其中:集群中小企业数量、"),
    ("集群总产值.2025 > 1", 1, "“集群总产值”没有“2025”这一列，最接近的是 2022 年"),
    ("集群占地面积.2024 > 1", 1, "这一栏只有一个数，没有“2024”这一列"),
    ("研发经费投入 > 1", 1, "请在名称后面写明是哪一列（2024 年基准值、2027 年目标值）"),
    ("集群名称 > 1", 1, "“集群名称”不是数字栏目"),
    ("集群总产值（亿元） > 1", 1, "栏目名称后面不写括号和单位"),
    ("集群总产值 > 70%", 11, "70% 写成 70"),
    ("集群总产值 + 1", 1, "条件里没有比较"),
    ("集群总产值 > (1 + 2", 15, "这里应为“)”"),
    ("集群总产值 >", 8, "公式没有写完"),
    ("集群总产值 且 集群企业数量 > 1", 7, "写的却是数"),
    ("(集群总产值 > 1) + 2 > 1", 13, "写的却是条件"),
    ("集群总产值 / 0 > 1", 7, "不能除以 0"),
    ("集群外商直接投资额 <= 集群总产值", 1, "“集群外商直接投资额”的单位是万元，“集群总产值”的单位是亿元"),
    ("集群总产值 + 产值增速.末年 > 1", 1, "请先乘或除以换算的倍数"),
    ("1 < 2", 1, "条件里没有写栏目名称"),
    ("avg(集群总产值) > 1", 1, "没有函数“avg”"),
    ("abs(集群总产值, 2) > 1", 1, "只能写一项"),
    ("round(集群总产值, 集群企业数量) > 1", 1, "第二项是 0 到 8 的整数"),
    ("root(集群总产值, 10) > 1", 1, "第二项是 2 到 9 的整数"),
]


@pytest.mark.parametrize(("condition", "at", "sentence"), NAMES)
def test_a_mistake_is_told_with_its_place_and_what_may_be_meant(
    tmp_path: Path, condition: str, at: int, sentence: str
) -> None:
    text = told(tmp_path, "\n          " + condition)
    assert f"某省.yaml 第 17 行第 {10 + at} 列：规则 SX001：condition：" in text
    assert sentence in text


def test_figures_that_were_converted_are_compared(tmp_path: Path) -> None:
    condition = (
        "集群外商直接投资额 / 10000 <= 集群总产值 且 有效发明专利数量.目标值 >= 优质中小企业数量.目标值"
    )
    load_ruleset("2025", [rule_file(tmp_path, condition)])


def test_a_rule_for_no_form_of_figures_is_refused(tmp_path: Path) -> None:
    path = rule_file(tmp_path, "集群总产值 > 1")
    text = path.read_text(encoding="utf-8").replace(
        "    checks:", "    forms: [recommendation-summary]\n    checks:"
    )
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_ruleset("2025", [path])
    assert "没有带条件所用栏目的表" in caught.value.zh


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("集群总产值 > 集群企业数里", "第 16 行第 28 列"),
        ('"集群总产值 > 集群企业数里"', "第 16 行第 29 列"),
        ("|\n          集群总产值 >\n            集群企业数里", "第 18 行第 13 列"),
        ("集群总产值\n\n          > 集群企业数里", "第 18 行第 13 列"),
        ('"\\u96c6群总产值 > 集群企业数里"', "第 16 行第 20 列"),
    ],
)
def test_the_place_is_right_in_every_way_to_write_a_text(tmp_path: Path, written: str, place: str) -> None:
    assert place in told(tmp_path, written)


ATTACKS = [
    "集群总产值.__class__.__bases__ > 1",
    "集群总产值.2024.__class__ > 1",
    "__import__('os').system('true') > 1",
    "import os",
    "eval(1) > 1",
    "集群总产值 > 9**9**9",
    "集群总产值 > 9^9",
    "[a for a in 1] > 1",
    "{1: 2}[1] > 1",
    "lambda: 1 > 1",
    "集群总产值 > 'a' * 9",
    'f"{集群总产值}" > 1',
    "集群总产值 := 1 > 0",
    "集群总产值 > 1e999999",
    "集群总产值 > " + "9" * 31,
    "集群总产值 > " + "(" * 30 + "1" + ")" * 30,
    "集群总产值 > " + "(" * 900,
    "集群总产值 > " + "-" * 60 + "1",
    "not " * 60 + "集群总产值 > 1",
    "abs(" * 60 + "集群总产值" + ")" * 60 + " > 1",
    "集群总产值 > " + "+".join("1" * 90),
    "<".join(["集群总产值"] * 90),
    " and ".join(["集群总产值 > 1"] * 90),
    "集群总产值 > 1" + " " * 100_000,
    "(" * 100_000,
    "集" * 100_000 + " > 1",
    "集群总产值.上年.上年 > 1",
    "NaN > 集群总产值",
    "Infinity > 集群总产值",
    "\x00 > 集群总产值",
    "集群总产值 > 1; 1",
    "",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_an_attack_is_refused_before_anything_is_computed(text: str) -> None:
    names = load_form("2025", "application").row_names
    began = time.process_time()
    with pytest.raises(MisfitError):
        parse_condition(text, names.operand)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    "term",
    [
        "{0} * {1} / ({0} + {1}) - {1} * ({0} / ({0} + {1}))",
        "max({0}, {1}) - min({0}, {1}) - abs({0} - {1})",
        "round({0} / {1}, 1) - round({0} / {1}, 1) * 1",
    ],
)
def test_the_hardest_condition_is_bounded(term: str) -> None:
    """What is never true, but is so only for figures that are the same wherever they stand."""
    rows = ("集群总产值", "集群主导产业产值增速", "集群中小企业研发经费总额", "集群中小企业研发投入强度")
    names = [f"{row}.{year}" for row in rows for year in ("首年", "末年")]
    terms = [term.format(*pair) for pair in pairwise(names)]
    began = time.process_time()
    hits(" + ".join(terms) + " > 0.0000001", rounding=True)
    assert time.process_time() - began < 2


def test_figures_of_any_size_are_computed_and_shown() -> None:
    cells = {"leading_industry.total_output": " ".join(["9" * 90 + ".99"] * 3)}
    found = hit(" * ".join(["集群总产值.末年"] * 50) + " < 1", cells)
    assert in_language(found.facts["left"], "zh").endswith("E+4500")
    assert isinstance(hit("1 / " + " / ".join(["集群总产值.末年"] * 50) + " > 1", cells), Hit)


@pytest.mark.parametrize(
    ("words", "path", "column"),
    [
        (("集群总产值", "基准年"), "leading_industry.total_output", "2024"),
        (("集群总产值", "baseline"), "leading_industry.total_output", "2024"),
        (("二", "集群总产值"), "leading_industry.total_output", None),
        (("八", "研发经费投入", "目标年"), "plan.target_rd", "target"),
        (("创新", "研发经费投入", "2024"), "plan.target_rd", "baseline"),
        (("创新平台建设情况", "其他平台名称及数量"), "innovation.platforms_other", None),
        (
            ("主导产业相关的国家级专精特新小巨人企业数量", "上年"),
            "leading_industry.little_giants",
            "previous",
        ),
        (
            ("近三年集群中小企业主持或参与制修订标准数量情况", "末年", "国家", "主持数量"),
            "innovation.standards",
            "2024/national/led",
        ),
    ],
)
def test_a_part_a_group_and_a_role_are_part_of_a_name(
    words: tuple[str, ...], path: str, column: str | None
) -> None:
    assert load_form("2025", "application").row_names.operand(CellName(words, ""), 0) == Operand(path, column)


def test_every_label_of_a_figure_names_its_row_alone() -> None:
    """What the form prints, without brackets, can be written; two rows of one label differ by their columns or part."""
    for form in ("application", "review"):
        made = load_form("2025", form)
        for path, item in made.fields.items():
            for column in [column.key for column in item.columns] or [""]:
                if item.kind in {"decimal", "count", "target", "count_names"} and "/" not in column:
                    section, key = path.split(".")
                    assert made.row_names.operand(CellName((section, key), column), 0) == Operand(
                        path, column or None
                    )


def test_a_file_of_two_hundred_loads_at_once_and_a_mistake_among_them_is_found(tmp_path: Path) -> None:
    head, body = RULE.split("rules:\n")
    rules = [
        body.format(condition="abs(主导产业产值增速.2024 − 近三年集群主导产业产值年均增速) <= 0.01").replace(
            "SX001", f"SX{number:03}"
        )
        for number in range(200)
    ]
    path = tmp_path / "某省.yaml"
    path.write_text(head + "rules:\n" + "".join(rules), encoding="utf-8")
    load_ruleset("2025", [])
    began = time.process_time()
    ruleset = load_ruleset("2025", [path])
    assert time.process_time() - began < 1
    assert sum(rule.code.startswith("SX") for rule in ruleset.rules) == 200


def test_it_survives_the_snapshot(tmp_path: Path) -> None:
    ruleset = load_ruleset("2025", [rule_file(tmp_path, "集群中小企业数量 <= 集群企业数量")])
    rule = next(rule for rule in ruleset.rules if rule.code == "SX001")
    (check,) = pickle.loads(pickle.dumps(rule)).checks  # noqa: S301  (made here)
    form = Reader(make_form({"leading_industry.smes": "412 500 490"}))
    assert [bool(check.judge(form, place)) for place in check.places(form)] == [False, True, True]


def test_it_is_tried_and_shown_by_the_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = rule_file(tmp_path, "集群中小企业数量 <= 集群企业数量")
    assert run(monkeypatch, "rules", "test", rules) == 0
    assert run(monkeypatch, "rules", "show", "SX001", "--rules", rules) == 0
    assert "怎样计算\n  集群中小企业数量 <= 集群企业数量" in capsys.readouterr().out
    rules = rule_file(tmp_path, "集群中小企业数量 >= 集群企业数量")
    assert run(monkeypatch, "rules", "test", rules) == 1
    rules = rule_file(tmp_path, "集群中小企业数里 >= 集群企业数量")
    assert run(monkeypatch, "check", CLEAN, "--rules", rules) == 2


@pytest.mark.parametrize("guide", ["en/conditions.md", "zh/conditions.md"])
def test_the_guide_s_rule_passes_its_own_examples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], guide: str
) -> None:
    text = (CLEAN.parents[1] / "docs" / guide).read_text(encoding="utf-8")
    (block,) = text.split("```yaml\n")[1:]
    rules = tmp_path / "海东.yaml"
    rules.write_text("name: 海东省\n" + block.partition("```")[0], encoding="utf-8")
    assert run(monkeypatch, "rules", "test", rules) == 0
    assert "共试示例 2 个，不符 0 个。" in capsys.readouterr().out


def test_it_finds_the_same_in_word_and_in_excel(tmp_path: Path) -> None:
    rules = (rule_file(tmp_path, "集群中小企业数量 * 100 <= 集群企业数量"),)
    examples = CLEAN.parent
    book = clusterform.fill(examples / "answers-application.yaml", tmp_path / "申报表.xlsx")
    word = clusterform.fill(examples / "answers-application.yaml", tmp_path / "申报表.docx")
    found = [
        [
            f.message
            for file in clusterform.check(path, rules=rules).files
            for f in file.findings
            if f.rule == "SX001"
        ]
        for path in (word, book)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 3


def test_its_answers_are_in_doubt_for_rules_that_need_it() -> None:
    found = hit("集群中小企业数量.末年 <= 集群企业数量.末年", {"leading_industry.smes": "412 436 490"})
    assert found.taints == (("leading_industry.enterprises", "2024"),)
    doubted = Reader(make_form({})).doubting({("leading_industry.enterprises", "2024"): "CF104"})
    check = Expression(condition="集群中小企业数量.末年 <= 集群企业数量.末年")
    with pytest.raises(Unknown):
        check.judge(doubted, None)
