"""Rule files as people write them: each mistake is told with its line and what was meant, and none is taken in silence."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterform.checks.check import kinds
from clusterform.errors import DataError
from clusterform.forms.limits import load_limits, read_reference
from clusterform.forms.rule import load_rules
from clusterform.forms.rule_names import Known, names_in, unknown_names
from clusterform.forms.ruleset import RuleSet, load_ruleset
from clusterform.models import Model
from support.command import run

WRONG = Path(__file__).parent / "data" / "wrong" / "rules"
CLEAN = Path(__file__).parent / "data" / "samples" / "application-clean.docx"

READ = ("bound-as-number.yaml", "in-gbk.yaml")
"""Among the files that look wrong, those that are plain enough to be taken."""
MADE = {
    "digits.yaml": "limits: {output: {at_least: " + "9" * 100_000 + "}}\n",
    "brackets.yaml": "limits: " + "[" * 100_000,
    "no-such-file.yaml": None,
}
"""What is too long to lie among the others, or is not there."""
RULE = """rules:
  - code: CF950
    name: x
    severity: error
    basis: {document: d, clause: c}
    title: {zh: t, en: t}
    why: {zh: w, en: w}
    wrong: a
    right: b
    message: {zh: "“{place}”为 {value}。", en: "{place} {value}"}
    checks:
      - {kind: compare, field: basic_info.area, limit: area}
"""
COMPUTED = (
    "{{kind: computed, relation: {{result: leading_industry.output_growth, columns: [last], "
    "readings: [{{formula: '{}'}}]}}}}"
)
CHECK = "{kind: compare, field: basic_info.area, limit: area}"


def _loaded(folder: Path, text: str | bytes) -> RuleSet:
    path = folder / "省.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_ruleset("2025", [path])


def _told(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(DataError) as caught:
        _loaded(folder, text)
    assert not any(word in caught.value.zh for word in ("Traceback", "ValidationError", "pydantic"))
    return caught.value.zh.splitlines()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_files_are_told_in_the_language_asked_for(
    language: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    for name, text in MADE.items():
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
    told = []
    for path in (*sorted(WRONG.glob("*.yaml")), *(tmp_path / name for name in MADE)):
        if path.name in READ:
            continue
        assert run(monkeypatch, "check", CLEAN, "--rules", path, "--lang", language) == 2, path.name
        out, said = capsys.readouterr()
        assert out == ""
        told.append(said)
    golden(f"wrong-rules.{language}.txt", "\n".join(told))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wrong_waivers_are_told_in_the_language_asked_for(
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[str, str], None],
) -> None:
    told = []
    for path in sorted((WRONG.parent / "waivers").glob("*.yaml")):
        assert run(monkeypatch, "check", CLEAN, "--waivers", path, "--lang", language) == 2, path.name
        told.append(capsys.readouterr().err)
    golden(f"wrong-waivers.{language}.txt", "\n".join(told))


def test_a_bound_may_be_a_plain_number_and_a_file_in_gbk_is_read() -> None:
    for name in READ:
        limit = load_ruleset("2025", [WRONG / name]).limits["output"]
        assert (str(limit.value), limit.unit, limit.basis) == ("200", "亿元", f"规则文件 {name}")


@pytest.mark.parametrize(
    ("check", "told"),
    [
        (
            "{kind: compar, field: basic_info.area, limit: area}",
            "kind：没有 compar 这种检查，最接近的是 compare",
        ),
        ("{kind: compare, feild: basic_info.area, limit: area}", "不认识的项 feild，最接近的是 field"),
        ("{kind: compare, field: basic_info.area, limit: aera}", "没有名为 aera 的阈值，最接近的是 area"),
        ("{kind: compare, field: 集群占地面积（平方公里）, limit: area}", "basic_info.area"),
        ("{kind: compare, field: leading_industry.total_output, limit: output}", "须写明 at"),
        (
            "{kind: compare, field: leading_industry.total_output, limit: output, at: lats}",
            "最接近的是 last",
        ),
        ("{kind: compare, field: basic_info.area, limit: area, at: last}", "没有“last”这一列，请去掉"),
        (
            "{kind: compare, field: plan.target_rd, limit: target_rd, at: goal}",
            "可用的有 baseline、target",
        ),
        (
            "{kind: option_chosen, field: basic_info.accidents, option: yess}",
            "没有名为 yess 的选项，最接近的是 yes",
        ),
        ("{kind: option_chosen, field: basic_info.accidents, option: 是}", "yes"),
        ("{kind: box_count, boxes: digital.pilots, pairs: {x: digital.pilots_national}}", "digital.pilots"),
        ("{kind: observed, what: hiden-text}", "最接近的是 hidden-text"),
        ("{kind: text_length, section: paln, limit: 3000}", "没有名为 paln 的部分，最接近的是 plan"),
        ("{kind: text_length, section: plan, limit: 三千}", "limit：应为整数"),
        (
            '{kind: jump, rows: {leading_industry.total_output: []}, up: jumpup, down: "0.5"}',
            "最接近的是 jump_up",
        ),
        (
            COMPUTED.format("leading_industry.total_output - leading_industry.total_outptu"),
            "没有名为 leading_industry.total_outptu 的栏目，最接近的是 leading_industry.total_output",
        ),
        (
            COMPUTED.format("leading_industry.total_output[prevous]"),
            "total_output[prevous]",
        ),
        (
            COMPUTED.format("leading_industry.total_output ** 2"),
            "公式里不能用“**”",
        ),
        (
            "{kind: texts_agree, field: basic_info.area, others: [cover.area], by: name}",
            "没有名为 cover.area 的栏目",
        ),
        ("{kind: reference_average, field: plan.target_co2, reference: co2, of: level}", "co2_reduction"),
        ("area", "应为键值对"),
    ],
)
def test_a_name_that_nothing_bears_is_told_with_the_nearest(tmp_path: Path, check: str, told: str) -> None:
    lines = _told(tmp_path, RULE.replace(CHECK, check))
    assert all(line.startswith("省.yaml 第 12 行第 ") for line in lines)
    assert all("规则 CF950" in line for line in lines)
    assert any(told in line for line in lines), lines


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("severity: error", "severity: Error", 4, "severity：不能是“Error”，最接近的是 error"),
        ("severity: error", "severity: 错误", 4, "可用的有 error、warning、manual、info"),
        ("severity: error", "severity: error\n    forms: [aplication]", 5, "最接近的是 application"),
        ("code: CF950", "code: 950", 2, "code：应为文字"),
        ("code: CF950", "code: CF505", 2, "代码 CF505 已有规则使用"),
        ("name: x", "name: x\n    need: [CF1]", 4, "不认识的项 need，最接近的是 needs"),
        ("name: x", "name: x\n    needs: [CF1, XF2]", 4, "没有名为 XF2 的规则"),
        ("{document: d, clause: c}", "{document: d}", 5, "缺少 clause"),
        ("title: {zh: t, en: t}", "title: 面积", 6, "title：应为键值对"),
        ("{value}。", "{valeu}。", 10, "message.zh：没有 {valeu} 这一项可填，最接近的是 value"),
        ("{value}。", "{value。", 10, "花括号没有配对"),
        ("{value}。", "{0}。", 10, "没有 {0} 这一项可填"),
        ("    checks:", "    variants: {egde: {zh: a, en: b}}\n    checks:", 11, "最接近的是 edge"),
    ],
)
def test_what_a_rule_says_of_itself_must_be_right(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    first = _told(tmp_path, RULE.replace(old, new))[0]
    assert first.startswith(f"省.yaml 第 {line} 行第 ")
    assert told in first


def test_a_row_of_another_form_than_the_rule_s_own_is_told(tmp_path: Path) -> None:
    text = RULE.replace("severity: error", "severity: error\n    forms: [review]")
    text = text.replace(CHECK, "{kind: option_chosen, field: basic_info.provincial_recognition, option: no}")
    (line,) = _told(tmp_path, text)
    assert "basic_info.provincial_recognition 只在 application 表中" in line


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limits: {output: 50}", "output 应为键值对，如 output: {at_least: 20}"),
        ("limits: [output]", "limits 应为键值对"),
        ("limits: {output: {at_least: 40亿元}}", "应写成 40 这样的数"),
        ("limits: {output: {at_least: 012}}", "应写成 12 这样的数"),
        ("limits: {output: {at_least: ２００}}", "应写成 200 这样的数"),
        ("limits: {output: {at_least: 12:30}}", "“12:30” 不是数字"),
        ("limits: {output: {at_least: no}}", "“no” 不是数字"),
        ("limits: {output: {at_least: 1e3}}", "“1e3” 不是数字"),
        ("limits: {output: {at_least: }}", "的值 空 不是数字"),
        ("limits: {output: {at_least: [20]}}", "不是数字"),
        ("limits: {output: {at_least: true}}", "不是数字"),
        ("limits: {output: {atleast: 20}}", "不认识的项 atleast，最接近的是 at_least"),
        ("limits: {output: {at_least: 20, more_than: 3}}", "只能写一个"),
        ("limits: {output: {unit: 万元}}", "只能写一个"),
        ("limits: {output: {certainty: maybe}}", "output.certainty：不能是“maybe”"),
        ("limits: {output: {at_least: 20, unit: 家}}", "不能换算成 亿元"),
        ("limits: {area: {at_most: 10000, unit: 亩}}", "除不尽"),
        ("limits: {area: {more_than: 50}}", "方向写反了"),
        ("limits: {js_area: {at_most: 20, unit: 平方公里}}", "没有规则用到阈值 js_area，最接近的是 area"),
        ("change: {CF555: {severity: warning}}", "没有规则 CF555"),
        ("change: {cf505: {severity: warning}}", "最接近的是 CF505"),
        ("change: {CF505: warning}", "CF505 的更改应为键值对"),
        ("change: {CF505: {severty: warning}}", "不认识的项 severty，最接近的是 severity"),
        ("change: {CF505: {code: CF950}}", "全国规则的 code 不能改"),
        (
            "change: {CF505: {checks: [{kind: compare, field: basic_info.aera, limit: area}]}}",
            "basic_info.area",
        ),
        ("remove: [CF1]", "没有规则 CF1"),
        ("remove: {CF505: 1}", "理由应为文字"),
        ("extends: nationl", "extends 应为 national"),
        ("rules: {code: CF950}", "rules 应为列表"),
        ("rules:\n  - code：CF950", "全角"),
        ("name: [a]", "name 应为文字"),
        ("limit: {}", "不认识的项 limit，最接近的是 limits"),
        ("extends： national", "全角"),
        ("", "文件是空的"),
        ("- a", "规则文件应为键值对"),
        ("limits:\n\toutput: {at_least: 20}\n\tarea: {at_most: 3}", "制表符"),
        ("limits: {output: {at_least: 20}", "花括号或方括号没有配对"),
        ("limits: {output: {at_least: 20}}\nname: a: b", "冒号"),
        ('name: "a', "引号没有配对"),
        ("name: @a", "不能用在开头"),
        ("name: *a", "别名"),
        ("name: !x a", "不认识的标记 !x"),
        ("name: !!python/object/apply:os.system [ls]", "不认识的标记"),
        ("name: a\n---\nname: b", "只能有一份内容"),
        ("name: a\nname: b", "“name”写了两次（前一次在第 1 行）"),
        ("? [a, b]\n: c", "键应为文字"),
        ("name: a\x07", "控制字符"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "不是文本文件"),
    ],
)
def test_other_mistakes(tmp_path: Path, text: str | bytes, told: str) -> None:
    lines = _told(tmp_path, text)
    assert any(told in line for line in lines), lines


def test_every_mistake_of_a_file_is_told_in_its_order(tmp_path: Path) -> None:
    text = (
        "limit: {}\nlimits: {outptu: {at_least: 1}, area: {at_least: 3}}\nchange: {CF5: {}}\nremove: [CF2]\n"
    )
    rule = RULE.replace("basic_info.area", "x.y").replace("{value}。", "{q}。")
    lines = _told(tmp_path, text + rule)
    assert [line.split(" ")[2] for line in lines] == ["1", "2", "2", "3", "4", "14", "16"]


def test_tabs_and_wide_colons_are_told_on_every_line(tmp_path: Path) -> None:
    assert len(_told(tmp_path, "limits:\n\toutput: {at_least: 20}\n\tarea: {at_most: 3}")) == 2
    assert len(_told(tmp_path, "extends： national\nlimits：\n  output: {at_least: 20}")) == 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("limits: {output: {at_least: 20}}", "20"),
        ('limits: {output: {at_least: "20.50"}}', "20.50"),
        ("limits: {output: {at_least: 0.30000000000000004}}", "0.30000000000000004"),
        ("limits: {output: {at_least: 200000, unit: 万元}}", "20"),
        ("limits: {output: {more_than: 20}}", "20"),
        ("\ufefflimits: {output: {at_least: 20}}", "20"),
        ("limits:\nchange:\nremove:\nrules:\n", "40"),
        ("limits: {output: {at_least: 20}}\n".encode("utf-16"), "20"),
        ("# 省\nname: 江苏\nlimits: {output: {at_least: 20}}\n".encode("gb18030"), "20"),
    ],
)
def test_what_is_right_is_taken_exactly(tmp_path: Path, text: str | bytes, value: str) -> None:
    limit = _loaded(tmp_path, text).limits["output"]
    assert (str(limit.value), limit.unit) == (value, "亿元")


def test_a_limit_and_a_rule_of_one_s_own(tmp_path: Path) -> None:
    own = "limits: {js_area: {at_most: 20, unit: 平方公里}}\n" + RULE.replace("limit: area", "limit: js_area")
    found = _loaded(tmp_path, own)
    assert found.limits["js_area"].value == 20
    assert found.limits["js_area"].certain
    assert "CF950" in {rule.code for rule in found.rules}


def test_no_and_yes_are_words_and_numbers_keep_their_form(tmp_path: Path) -> None:
    text = RULE.replace(CHECK, "{kind: option_chosen, field: basic_info.provincial_recognition, option: no}")
    (rule,) = (r for r in _loaded(tmp_path, text).rules if r.code == "CF950")
    assert getattr(rule.checks[0], "option", None) == "no"


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [1,1,1,1,1,1,1,1,1]\n"
        + "".join(
            f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        "name: &a [*a]\n",
        "name: " + "[" * 100_000,
        "name: " + "{a: " * 5_000,
        "x0: &x0 1\n" + "".join(f"x{n}: &x{n} [*x{n - 1}]\n" for n in range(1, 600)),
        "a0: &a0 {k: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 60)),
        "name: " + "9" * 5_000 + "\nlimits: {output: {at_least: " + "9" * 5_000 + "}}\n",
        "#" * 1_100_000,
    ],
    ids=["laughs", "itself", "brackets", "braces", "chain", "merges", "digits", "long"],
)
def test_what_is_made_to_break_a_reader_is_refused_at_once(tmp_path: Path, text: str) -> None:
    begun = time.process_time()
    assert _told(tmp_path, text)
    assert time.process_time() - begun < 2


def test_a_folder_or_a_pipe_is_no_rule_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="folder"):
        load_ruleset("2025", [tmp_path])
    with pytest.raises(DataError, match="no file"):
        load_ruleset("2025", [tmp_path / "nothing.yaml"])


def test_the_words_follow_the_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "省.yaml"
    rules.write_text("limits: {output: {more_than: 10000}}", encoding="utf-8")
    assert run(monkeypatch, "check", CLEAN, "--rules", rules, "--select", "CF505", "--format", "plain") == 1
    assert "近三年均高于 10000.00 亿元" in capsys.readouterr().out.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("internt: 45", "不认识的项 internt，最接近的是 internet"),
        ("internet: 四十五", "internet 的值应为数字"),
        ("internet: 45%", "internet 的值应为数字"),
        ("", "没有行业平均值"),
        ("internet： 45", "没有行业平均值"),
        ("internet: 45\ninternet: 46", "写了两次"),
    ],
)
def test_references_are_told_in_the_same_way(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "行业.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_reference(path)
    assert told in caught.value.zh


def test_the_shipped_rules_name_nothing_that_is_not_there() -> None:
    rules = load_rules("2025")
    known = Known.of("2025", load_limits("2025"), rules)
    assert [(rule.code, wrong) for rule in rules for wrong in unknown_names(rule, known)] == []
    assert sum(1 for rule in rules for check in rule.checks for _ in names_in(check)) > 350


def test_every_kind_of_check_says_what_its_parameters_name() -> None:
    """A parameter that takes the path of a row, and does not say so, would let a misspelt one pass."""
    rows = {path for form in Known.of("2025", {}, ()).forms.values() for path in form.fields}
    assert kinds()
    for rule in load_rules("2025"):
        for check in rule.checks:
            named = {name.text for name in names_in(check)}
            assert set(_texts(check)) & rows <= named, (rule.code, type(check).__module__)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for item in (*value, *value.values()) for text in _texts(item)]
    if isinstance(value, tuple | list):
        return [text for item in value for text in _texts(item)]
    if not type(value).__module__.startswith("clusterform"):
        return []
    # what a check has worked out for itself is no parameter
    inner = value.as_dict() if isinstance(value, Model) else getattr(value, "__dict__", {})
    return [t for item in inner.values() for t in _texts(item)]
