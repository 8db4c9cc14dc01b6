"""Rules of one's own: a file to begin with, whether one is right, its schema, and rules edited in Excel."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from clusterform.checks.check import kinds
from clusterform.cli.app import app
from clusterform.errors import DataError
from clusterform.finding import Severity
from clusterform.forms.limits import WORDS, load_limits, read_reference
from clusterform.forms.rule_schema import reference_schema, rule_file_schema
from clusterform.forms.rule_sheet import rule_file_of
from clusterform.forms.ruleset import load_ruleset
from clusterform.forms.starter import starter
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.office import saved_as

YEAR = "2025"
CLEAN = Path(__file__).parent / "data" / "samples" / "application-clean.docx"
CHANGED = """\
extends: national
name: 海东省
limits:
  output: {at_least: "50", source: {document: 海东省文件, clause: 第二条}}
change:
  CF005: {severity: error, reason: 省里要求电子版和纸质版一致}
remove:
  CF505: 另行审核
"""


def run(*words: object) -> tuple[int, str]:
    made = CliRunner().invoke(app, [str(word) for word in words])
    return made.exit_code, made.output


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    path = tmp_path / "海东.yaml"
    path.write_text(CHANGED, encoding="utf-8")
    return path


PARTS = ("limits", "change", "remove", "rules", "cases")


def switched_on(text: str, *parts: str) -> str:
    """A starter without the # before the lines of these parts."""
    lines, on = [], False
    for line in text.splitlines():
        on = (on or line in {f"# {part}:" for part in parts}) and line.startswith("#")
        lines.append(line[2 if line.endswith(":") and line[2:-1] in parts else 1 :] if on else line)
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_starter_loads_as_it_stands_and_with_each_part_switched_on(tmp_path: Path, language: str) -> None:
    path = tmp_path / "省.yaml"
    text = starter(YEAR, language)
    path.write_text(text, encoding="utf-8")
    assert load_ruleset(YEAR, [path]).limits == load_limits(YEAR)
    assert "HD001" not in {rule.code for rule in load_ruleset(YEAR, [path]).rules}
    for part in PARTS:
        path.write_text(switched_on(text, part), encoding="utf-8")
        assert part in yaml.safe_load(path.read_text(encoding="utf-8"))
        assert load_ruleset(YEAR, [path]).limits.keys() == load_limits(YEAR).keys()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rule_of_a_starter_runs(tmp_path: Path, language: str) -> None:
    path = tmp_path / "省.yaml"
    path.write_text(switched_on(starter(YEAR, language), *PARTS[:1], *PARTS[3:]), encoding="utf-8")
    status, said = run("rules", "test", path)
    assert (status, "3" in said) == (0, True)
    assert run("rules", "validate", path)[0] == 0


def test_new_writes_no_file_over_another(tmp_path: Path) -> None:
    path = tmp_path / "省.yaml"
    assert run("rules", "new", "-o", path)[0] == 0
    assert run("rules", "new", "-o", path)[0] == 2
    assert run("rules", "new", "-o", path, "--force")[0] == 0


def test_validate_says_what_a_file_changes(changed: Path) -> None:
    status, said = run("rules", "validate", changed)
    assert status == 0
    for part in (
        "output ≥ 50 亿元 (≥ 40 亿元)",
        "CF005 的理由：省里要求电子版和纸质版一致",
        "CF505 的理由：另行审核",
        "没有错误",
    ):
        assert part in said


def test_validate_tells_a_looser_threshold(changed: Path) -> None:
    changed.write_text(CHANGED.replace('"50"', '"20"'), encoding="utf-8")
    assert "按本省标准，不是工信部认定标准" in run("rules", "validate", changed)[1]


@pytest.mark.parametrize(
    "wrong", ["remove: {CF505: [1]}", "change: {CF005: {reason: 5}}", "remove: {CF9999: 理由}"]
)
def test_validate_tells_a_mistake(changed: Path, wrong: str) -> None:
    changed.write_text(f"extends: national\n{wrong}\n", encoding="utf-8")
    assert run("rules", "validate", changed)[0] == 2


def test_the_schema_takes_what_loads_and_refuses_what_does_not(changed: Path) -> None:
    schema = rule_file_schema(YEAR)
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)
    check.validate(yaml.safe_load(changed.read_text(encoding="utf-8")))
    check.validate(yaml.safe_load(starter(YEAR, "zh")))
    for wrong in (
        {"limitz": {}},
        {"change": {"CF9999": {}}},
        {"remove": ["CF9999"]},
        {"limits": {"output": {"least": "1"}}},
    ):
        assert not check.is_valid({"extends": "national", **wrong})
    assert set(WORDS) < set(schema["properties"]["limits"]["additionalProperties"]["properties"])
    named = {
        check["properties"]["kind"]["const"]
        for check in schema["properties"]["rules"]["items"]["properties"]["checks"]["items"]["anyOf"]
    }
    assert named == set(kinds())


def test_other_schemas() -> None:
    assert jsonschema.Draft202012Validator(reference_schema()).is_valid({"internet": "30"})
    assert not jsonschema.Draft202012Validator(reference_schema()).is_valid({"internett": "30"})
    assert json.loads(run("rules", "schema", "settings")[1])["type"] == "object"
    assert run("rules", "schema", "nothing")[0] == 2


def test_all_rules_as_data() -> None:
    listed = json.loads(run("rules", "list", "--format", "json")[1])
    assert [rule["code"] for rule in listed] == [rule.code for rule in load_ruleset(YEAR, ()).rules]
    assert "### CF201" in run("rules", "list", "--format", "markdown", "--lang", "en")[1]


def edited(book: Path, cells: dict[str, str], sheet: int = 0) -> None:
    opened = openpyxl.load_workbook(book)
    page = opened.worksheets[sheet]
    for row in page.iter_rows(min_row=2):
        for head, value in cells.items():
            code, column = head.split()
            if row[0].value == code:
                row["ABCDEF".index(column)].value = value
    opened.save(book)


def test_export_and_import_give_the_same_rules(changed: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "规则.xlsx", tmp_path / "后.yaml"
    assert run("rules", "export", "-o", book, "--rules", changed)[0] == 0
    assert run("rules", "import", book, "-o", back)[0] == 0
    before, after = load_ruleset(YEAR, [changed]), load_ruleset(YEAR, [back])
    assert [(r.code, r.severity) for r in before.rules] == [(r.code, r.severity) for r in after.rules]
    assert {n: (x.word, x.value) for n, x in before.limits.items()} == {
        n: (x.word, x.value) for n, x in after.limits.items()
    }
    assert before.reasons == after.reasons


def test_what_is_edited_and_saved_by_libreoffice_comes_back(tmp_path: Path, soffice: str) -> None:
    book, back = tmp_path / "规则.xlsx", tmp_path / "后.yaml"
    run("rules", "export", "-o", book)
    edited(book, {"CF005 C": "必须修改", "CF005 E": "省里要求"})
    edited(book, {"output C": "60"}, sheet=1)
    folder = tmp_path / "saved"
    folder.mkdir()
    assert run("rules", "import", saved_as(soffice, book, "xlsx", folder), "-o", back)[0] == 0
    data = yaml.safe_load(back.read_text(encoding="utf-8"))
    assert data["limits"] == {"output": {"at_least": "60"}}
    assert data["change"] == {"CF005": {"severity": "error", "reason": "省里要求"}}


@pytest.mark.parametrize(
    ("cells", "sheet", "said"),
    [
        ({"CF005 D": "否"}, 0, "请写理由"),
        ({"CF005 C": "很重"}, 0, "很重"),
        ({"CF005 A": "CF999"}, 0, "没有规则 CF999"),
        ({"output C": "四十"}, 1, "四十"),
        ({"output B": "大于"}, 1, "大于"),
        ({"output A": "outputt"}, 1, "没有阈值 outputt"),
        ({"CF005 B": "电子版"}, 0, "“检查什么”一栏不能改"),
        ({"CF005 F": "某文件"}, 0, "“依据”一栏不能改"),
        ({"output D": "万元"}, 1, "“单位”一栏不能改，应为“亿元”"),
        ({"CF005 A": "CF006"}, 0, "CF006 写了两行"),
        ({"CF005 A": "CF0O5"}, 0, "没有规则 CF0O5，最接近的是 CF005"),
        ({"CF005 E": "宏要紧"}, 0, "CF005 写了理由，却没有改"),
        ({"output B": "不超过"}, 1, "output 原为“不低于”"),
        ({"output C": "9" * 4000}, 1, "9999…”不能用"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_told_with_its_cell(
    tmp_path: Path, cells: dict[str, str], sheet: int, said: str
) -> None:
    book = tmp_path / "规则.xlsx"
    run("rules", "export", "-o", book)
    edited(book, cells, sheet)
    with pytest.raises(DataError) as told:
        rule_file_of(book, load_ruleset(YEAR, ()), load_ruleset(YEAR, ()), extends="national", name="省")
    assert said in told.value.zh
    assert "行" in told.value.zh


@pytest.mark.parametrize(("sheet", "missing"), [(0, "规则"), (1, "阈值")])
def test_a_sheet_whose_heads_were_changed_is_not_passed_over(
    tmp_path: Path, sheet: int, missing: str
) -> None:
    book = tmp_path / "规则.xlsx"
    run("rules", "export", "-o", book)
    workbook = openpyxl.load_workbook(book)
    workbook.worksheets[sheet]["C1"].value = "另一个名称"
    workbook.save(book)
    status, said = run("rules", "import", book, "-o", tmp_path / "省.yaml")
    assert status == 2
    assert f"没有“{missing}”一页" in said
    assert not (tmp_path / "省.yaml").exists()


LAYERS = {
    "省.yaml": CHANGED,
    "市.yaml": """extends: 省.yaml
name: 某市
limits:
  output: {at_least: "60", source: {document: 某市文件〔2025〕2号, clause: 第三条}}
change:
  CF212: {severity: error, reason: 市里要求}
""",
}


def test_a_report_names_what_the_files_add_and_reword(tmp_path: Path) -> None:
    file = tmp_path / "省.yaml"
    text = starter(YEAR, "zh").partition("# rules:")[2].partition("\n\n")[0].replace("\n# ", "\n")
    own = "change:\n  CF505: {message: {zh: 不够, en: too little}}\n  CF212: {severity: error, reason: 甲}\n"
    file.write_text(own + "rules:" + text, encoding="utf-8")
    settings = Checker(Settings(edition=YEAR, rule_files=(file,))).report((), {YEAR}).settings
    assert (settings.added, settings.reworded) == (("HD001",), ("CF505",))
    for kind in ("plain", "rich", "html", "junit", "github", "sarif"):
        _, said = run("check", CLEAN, "--rules", file, "--format", kind)
        assert "新增规则：HD001" in said
        assert "更改规则的文字或检查方法：CF505" in said
    told = json.loads(run("check", CLEAN, "--rules", file, "--format", "json")[1])["settings"]
    assert (told["added"], told["reworded"]) == (["HD001"], ["CF505"])


def test_a_report_names_averages_with_their_sources(tmp_path: Path) -> None:
    file = tmp_path / "平均.yaml"
    file.write_text(
        'internet: {value: "50.0", year: 2024, source: 某协会}\nco2_reduction: 1\n', encoding="utf-8"
    )
    _, said = run("check", CLEAN, "--reference", file, "--format", "plain")
    assert "行业平均值：internet 50.0% 2024 某协会、co2_reduction 1%" in said
    told = json.loads(run("check", CLEAN, "--reference", file, "--format", "json")[1])["settings"]
    assert told["averages"] == ["internet 50.0% 2024 某协会", "co2_reduction 1%"]


def layered(folder: Path) -> Path:
    for name, text in LAYERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "市.yaml"


def rules_and_limits(*files: Path) -> tuple[object, ...]:
    found = load_ruleset(YEAR, files)
    limits = {n: (x.word, x.value, x.unit, x.source) for n, x in found.limits.items()}
    return [(r.code, r.severity) for r in found.rules], limits, found.reasons


def test_a_sheet_shows_each_threshold_s_own_clause_and_layer(tmp_path: Path) -> None:
    city, book = layered(tmp_path), tmp_path / "规则.xlsx"
    assert run("rules", "export", "-o", book, "--rules", city)[0] == 0
    opened = openpyxl.load_workbook(book)
    rows = {row[0]: row[1:] for row in opened["阈值"].iter_rows(values_only=True)}
    assert rows["output"] == ("不低于", "60", "亿元", "某市文件〔2025〕2号", "第三条", "某市")
    assert rows["area"][-1] == f"national/{YEAR}"
    layers = {row[0]: row[-1] for row in opened["规则"].iter_rows(values_only=True)}
    assert [layers[code] for code in ("CF005", "CF505", "CF212", "CF201")] == [
        "海东省",
        "海东省",
        "某市",
        f"national/{YEAR}",
    ]


def test_layers_come_back_as_one_file_or_as_one_more_layer(tmp_path: Path) -> None:
    city, book, back = layered(tmp_path), tmp_path / "规则.xlsx", tmp_path / "后.yaml"
    run("rules", "export", "-o", book, "--rules", city)
    assert run("rules", "import", book, "-o", back)[0] == 0
    assert rules_and_limits(back) == rules_and_limits(city)
    above = tmp_path / "上.yaml"
    assert run("rules", "import", book, "-o", above, "--rules", city)[0] == 0
    assert yaml.safe_load(above.read_text(encoding="utf-8")) == {"extends": "市.yaml", "name": "上"}
    edited(book, {"area C": "80"}, sheet=1)
    assert run("rules", "import", book, "-o", above, "--rules", city, "--force")[0] == 0
    assert yaml.safe_load(above.read_text(encoding="utf-8"))["limits"] == {"area": {"at_most": "80"}}
    edited(book, {"CF505 D": "是"})
    status, said = run("rules", "import", book, "-o", above, "--rules", city, "--force")
    assert (status, "CF505 已由 海东省 去掉" in said) == (2, True)


def test_layers_saved_by_libreoffice_stay_the_same_apart_from_the_edit(tmp_path: Path, soffice: str) -> None:
    city, book, back = layered(tmp_path), tmp_path / "规则.xlsx", tmp_path / "后.yaml"
    run("rules", "export", "-o", book, "--rules", city)
    edited(book, {"area C": "80"}, sheet=1)
    (folder := tmp_path / "saved").mkdir()
    assert run("rules", "import", saved_as(soffice, book, "xlsx", folder), "-o", back)[0] == 0
    rules, limits, reasons = rules_and_limits(city)
    assert isinstance(limits, dict)
    word, _, *rest = limits["area"]
    assert rules_and_limits(back)[0::2] == (rules, reasons)
    now = rules_and_limits(back)[1]
    assert isinstance(now, dict)
    assert now["area"][:3] == (word, 80, rest[0])
    assert {n: x for n, x in now.items() if n != "area"} == {n: x for n, x in limits.items() if n != "area"}


def test_all_rules_as_a_sheet_to_print(tmp_path: Path) -> None:
    book = tmp_path / "规则.xlsx"
    assert run("rules", "list", "--format", "xlsx")[0] == 2
    assert run("rules", "list", "-o", book)[0] == 0
    (page,) = openpyxl.load_workbook(book).worksheets
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == ("编号", "名称", "检查什么", "轻重", "表", "要求什么", "依据")
    assert [row[0] for row in rows[1:]] == [rule.code for rule in load_ruleset(YEAR, ()).rules]
    assert all(all(row) for row in rows)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert (page.sheet_properties.pageSetUpPr.fitToPage, page.page_setup.fitToHeight) == (True, 0)
    assert run("rules", "list", "-o", tmp_path / "rules.xlsx", "--lang", "en")[0] == 0


def test_a_rule_is_shown_by_its_code_or_its_name() -> None:
    shown = run("rules", "show", "CF505")
    assert shown == run("rules", "show", "cf505") == run("rules", "show", "output-criterion")
    assert "最接近的是 output-criterion" in run("rules", "show", "output-criteron")[1]


def test_no_chinese_page_has_a_tail_in_english() -> None:
    for rule in load_ruleset(YEAR, ()).rules:
        for words in (rule.wrong.words.zh, rule.right.words.zh, rule.title.zh, rule.why.zh):
            assert not re.search(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}", words), (rule.code, words)


def test_a_workbook_that_is_none_of_rules_is_refused(tmp_path: Path) -> None:
    book = tmp_path / "别的.xlsx"
    openpyxl.Workbook().save(book)
    status, said = run("rules", "import", book, "-o", tmp_path / "后.yaml")
    assert (status, "没有规则表" in said) == (2, True)


def test_settings_in_force_are_shown_with_their_file_and_line(
    changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clusterform.toml").write_text(f'region = "west"\nrules = ["{changed.name}"]\n', encoding="utf-8")
    status, said = run("settings", "show")
    assert status == 0
    for line in (
        "设置文件：clusterform.toml",
        "region = west（clusterform.toml 第 1 行）",
        "lang = zh（默认）",
        "阈值 output ≥ 50 亿元（海东.yaml 第 4 行；全国 ≥ 40 亿元）",
        "阈值 area ≤ 100 平方公里（national/2025 national.yaml 第 ",
        "CF101 必须修改（national/2025 cf1-format.yaml 第 ",
        "CF005 必须修改（海东.yaml 第 6 行）理由：省里要求电子版和纸质版一致",
        "CF505 不用（海东.yaml 第 8 行）理由：另行审核",
    ):
        assert line in said, line


def test_settings_without_a_file_are_the_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    status, said = run("settings", "show", "--lang", "en")
    assert status == 0
    assert "Project file: none" in said
    shown = [line.split()[0] for line in said.splitlines() if line.startswith("  CF")]
    assert shown == sorted(rule.code for rule in load_ruleset(YEAR, ()).rules)


def test_settings_that_are_wrong_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clusterform.toml").write_text("regoin = 'west'\n", encoding="utf-8")
    assert run("settings", "show")[0] == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_file_of_averages_to_begin_with(tmp_path: Path, language: str) -> None:
    path = tmp_path / "行业平均值.yaml"
    assert run("template", "reference", "-o", path, "--lang", language)[0] == 0
    assert set(read_reference(path)) == {"internet", "co2_reduction", "energy_reduction"}
    jsonschema.Draft202012Validator(reference_schema()).validate(
        yaml.safe_load(path.read_text(encoding="utf-8"))
    )
    assert run("template", "reference", "-o", path)[0] == 2
    assert run("template", "行业平均值", "-o", tmp_path)[0] == 2


@pytest.mark.parametrize(
    ("averages", "found"),
    [
        ("internet: {value: '99', year: 2024, source: 报告}", {"CF605"}),
        ("internet: '1'", set()),
        ("co2_reduction: {value: '99'}", {"CF606"}),
        ("co2_reduction: {value: '1'}", set()),
        ("energy_reduction: 99", {"CF607"}),
        ("energy_reduction: 1", set()),
    ],
)
def test_an_average_is_judged_in_both_directions(tmp_path: Path, averages: str, found: set[str]) -> None:
    path = tmp_path / "平均.yaml"
    path.write_text(averages, encoding="utf-8")
    checker = Checker(Settings(reference=path, select=("CF605", "CF606", "CF607")))
    report = checker.check(Path(__file__).resolve().parents[1] / "examples/application-clean.docx")
    assert {f.rule for f in report.findings if f.severity is Severity.ERROR} == found


def test_an_average_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "平均.yaml"
    path.write_text("internet: {valeu: '30'}", encoding="utf-8")
    with pytest.raises(DataError, match="valeu"):
        read_reference(path)
