"""The examples of rules are what they say: the wrong one is found by its rule, the right one is not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from clusterform.finding import Severity
from clusterform.forms.rule import load_rules
from clusterform.forms.ruleset import load_ruleset
from clusterform.rule_examples import Trial, Trials
from support.command import run
from support.forms import EDITION

IN_PROSE = {
    "a file, or what was noticed while reading it": ("CF0",),
    "a folder's forms": ("CF8",),
    "evidence beside the form, or a line of its list": (
        "CF402",
        "CF404",
        "CF405",
        "CF406",
        "CF407",
        "CF408",
    ),
    "a text of two hundred characters": ("CF108",),
    "a baseline that another rule reports as well": ("CF610",),
    "a seal": ("CF702",),
    "a number format of a workbook": ("CF120",),
}
"""Rules whose example no answers can say, by the reason."""
OWN = """\
extends: national
rules:
  - code: CF950
    name: small-area
    severity: error
    basis: {{document: 某省认定办法, clause: 占地面积}}
    title: {{zh: 面积, en: Area}}
    why: {{zh: 甲, en: a}}
    wrong: {{basic_info.area: "{wrong}"}}
    right: {{basic_info.area: "{right}", says: {{zh: 以省里的标准为准, en: by the province}}}}
    message: {{zh: "“{{place}}”为 {{value}}。", en: "{{place}} {{value}}"}}
    checks:
      - {{kind: compare, field: basic_info.area, limit: area}}
"""


WEIGHTS = list(Severity)
RULES = {rule.code: rule for rule in load_rules(EDITION)}


@cache
def trials() -> list[Trial]:
    return list(Trials(EDITION, load_ruleset(EDITION, ())).of(RULES.values()))


def test_every_shipped_example_shows_what_it_should() -> None:
    assert [(t.rule, t.which, t.form, t.fault and t.fault.en) for t in trials() if t.fault] == []
    assert len({trial.rule for trial in trials()}) > 70


def test_what_is_wrong_is_said_at_one_of_its_answers_and_no_lighter_than_the_rule_is() -> None:
    elsewhere = []
    for trial in trials():
        if trial.found is not None and trial.found.field is not None:
            rule = RULES[trial.rule]
            if trial.found.field not in {name.partition("@")[0] for name in rule.wrong.answers}:
                elsewhere.append((trial.rule, trial.found.field))
            elif WEIGHTS.index(trial.found.severity) > WEIGHTS.index(rule.severity):
                elsewhere.append((trial.rule, trial.found.severity))
    assert elsewhere == []


def test_what_is_expected_is_the_right_example() -> None:
    """Where the rule computes what the answer should be, and both examples are of one place."""
    unlike = {}
    for trial in trials():
        rule, found = RULES[trial.rule], trial.found
        if (
            found is None
            or not trial.rule.startswith(("CF1", "CF2"))
            or not found.expected
            or not re.fullmatch(r"[\d.]+|无", found.expected)
        ):
            continue
        right = {given for name, given in rule.right.answers.items() if name.partition("@")[0] == found.field}
        if right and not any(found.expected in str(given) for given in right):
            unlike[trial.rule, trial.form] = (found.expected, right)
    assert unlike == {}


def test_prose_is_for_what_no_answer_shows() -> None:
    prose = {rule.code for rule in load_rules(EDITION) if not rule.wrong.runs or not rule.right.runs}
    explained = tuple(code for codes in IN_PROSE.values() for code in codes)
    assert sorted(code for code in prose if not code.startswith(explained)) == []


def test_a_page_shows_each_answer_under_its_label() -> None:
    assert RULES["CF201"].wrong.words.zh == "集群主导产业产值增速（%） 2024 年：16.27"
    assert RULES["CF101"].wrong.words.en == "集群外商直接投资额（万元） 2022 年: (blank)"
    assert RULES["CF505"].right.words.zh == "集群总产值（亿元）：2022 年 68.40、2023 年 77.20、2024 年 87.50"
    assert RULES["CF501"].wrong.words.zh.endswith("：☑是 □否")
    assert RULES["CF605"].right.words.zh.endswith("：76.00；参考平均值 75.00")


@pytest.mark.parametrize(
    ("wrong", "right", "status", "told"),
    [
        ("136.50", "36.50", 0, "共试示例 4 个，不符 0 个"),
        ("36.50", "36.50", 1, "CF950 有误的写法（申报表，集群占地面积（平方公里）：36.50）：没有发现问题"),
        (
            "136.50",
            "146.50",
            1,
            "CF950 正确的写法（复核申报表，集群占地面积（平方公里）：146.50；以省里的标准为准）：不应有发现：“集群占地面积（平方公里）”为 146.50。",
        ),
    ],
)
def test_a_file_of_ones_own_is_tried(  # noqa: PLR0917
    wrong: str,
    right: str,
    status: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "省.yaml"
    file.write_text(OWN.format(wrong=wrong, right=right), encoding="utf-8")
    assert run(monkeypatch, "rules", "test", file) == status
    assert told in capsys.readouterr().out


CASE = """\
cases:
  - rule: CF505
    right: {{集群总产值.2022: "{output}", form: application}}
"""


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            "CF505 正确的写法（申报表，集群总产值（亿元） 2022 年：37.88）：没有检查（“集群总产值（亿元） 2022 年”已由 CF",
        ),
        (
            "en",
            "CF505 the right example (application form, 集群总产值（亿元） 2022 年: 37.88): the rule did not look (",
        ),
    ],
)
def test_an_example_where_nobody_looked_shows_nothing(
    language: str,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "省.yaml"
    file.write_text(CASE.format(output="37.88"), encoding="utf-8")
    assert run(monkeypatch, "rules", "test", file, "--lang", language) == 1
    assert capsys.readouterr().out.startswith(told)


def test_what_a_rule_finds_is_told_in_the_language_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "省.yaml"
    file.write_text(OWN.format(wrong="136.50", right="146.50"), encoding="utf-8")
    assert run(monkeypatch, "rules", "test", file, "--lang", "en") == 1
    assert "nothing should be found: 集群占地面积（平方公里） 146.50" in capsys.readouterr().out


def test_an_answer_that_the_form_has_not_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "省.yaml"
    file.write_text(
        OWN.format(wrong="1", right="1").replace('basic_info.area: "1"}', 'basic_info.aera: "1"}'),
        encoding="utf-8",
    )
    assert run(monkeypatch, "rules", "test", file) == 2
    assert "没有名为 basic_info.aera 的栏目，最接近的是 basic_info.area" in capsys.readouterr().err
