"""Waivers: what a reviewer explains is shown in every report and does not count; what cannot be read is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from clusterform import reports
from clusterform.batch.run import How, check_all
from clusterform.conclusions import waivers
from clusterform.finding import FileReport, Report
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.command import run
from support.folder import form_bytes
from support.reports import rendered
from test_reports import SCHEMA

PLACES = {"甲": "浙江省开化县甲产业集群", "乙": "浙江省桐乡市乙产业集群"}
REGIONS = {"甲": "浙江省衢州市开化县", "乙": "浙江省嘉兴市桐乡市"}
WRONG = {"leading_industry.output_growth@2024": "16.27"}
ASKED = "reason: 口径不同, who: 张三, until: 2026-12-31"
GROWTH = f"- {{rule: CF201, {ASKED}}}\n"
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waivers, "today", lambda: "2026-06-30")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "省"
    for name, cluster in PLACES.items():
        (made / name).mkdir(parents=True)
        data = form_bytes("application", cluster, REGIONS[name], {"set": WRONG})
        (made / name / "申报表.docx").write_bytes(data)
    return made


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str, name: str = "申报表.waivers.yaml") -> Path:
        path = tmp_path / "审核" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def checked(folder: Path, file: Path, **settings: Any) -> Report:
    asked = Settings(batch=True, waivers=file, select=("CF201", "CF202", "CF8"), **settings)
    return check_all([folder], Checker(asked), How(jobs=1, cache=False)).report


def by_place(report: Report) -> Mapping[str, FileReport]:
    return {Path(file.path).parent.name: file for file in report.files}


def waived(file: FileReport) -> list[str]:
    return [f.rule for f in file.findings if f.closed == "waived"]


def states(report: Report) -> list[str]:
    return [use.state.value for use in report.waivers]


def test_what_is_explained_does_not_count(folder: Path, write: Write) -> None:
    report = checked(folder, write(GROWTH))
    for file in report.files:
        assert waived(file) == ["CF201"]
        assert file.count(next(f.severity for f in file.findings if f.rule == "CF201")) == 0
        assert file.status == "pass"
    [use] = report.waivers
    assert (use.state, use.findings) == ("used", 2)
    assert report.settings.waivers == (folder.parent / "审核" / "申报表.waivers.yaml").as_posix()


@pytest.mark.parametrize(
    ("limits", "places"),
    [
        ("", {"甲", "乙"}),
        ("form: application", {"甲", "乙"}),
        ("form: 申报表", {"甲", "乙"}),
        ("form: 复核申报表", set()),
        (f"cluster: {PLACES['甲']}", {"甲"}),
        ("label: 集群主导产业产值增速（%）", {"甲", "乙"}),
        ("label: 集群主导产业产值增速(%)", {"甲", "乙"}),
        ("label: 集群总产值（亿元）", set()),
        ("column: 2024 年", {"甲", "乙"}),
        ("column: 2023 年", set()),
        ('value: "16.27"', {"甲", "乙"}),
        ("value: 16.27", {"甲", "乙"}),
        ("value: 1627", set()),
        ("value: -16.27", set()),
    ],
)
def test_what_is_written_limits_it(folder: Path, write: Write, limits: str, places: set[str]) -> None:
    entry = ", ".join(part for part in ("rule: CF201", limits, ASKED) if part)
    files = by_place(checked(folder, write(f"- {{{entry}}}\n")))
    assert {name for name, file in files.items() if waived(file)} == places


@pytest.mark.parametrize("rule", ["CF201", "cf201", "growth-rate-arithmetic"])
def test_a_rule_is_known_by_code_and_name(folder: Path, write: Write, rule: str) -> None:
    report = checked(folder, write(f"- {{rule: {rule}, {ASKED}}}\n"))
    assert report.waivers[0].waiver.rule == "CF201"


@pytest.mark.parametrize(
    ("until", "holds"),
    [
        ("2026-06-30", True),
        ("2026-06-29", False),
        ("2026/7/1", True),
        ("2026年7月1日", True),
        ("2025-12-31", False),
    ],
)
def test_it_holds_to_the_end_of_its_last_day(folder: Path, write: Write, until: str, holds: bool) -> None:
    report = checked(folder, write(f"- {{rule: CF201, reason: 口径不同, who: 张三, until: {until}}}\n"))
    assert states(report) == ["used" if holds else "expired"]
    for file in report.files:
        [found] = [f for f in file.findings if f.rule == "CF201"]
        assert (found.closed == "waived") is holds
        assert ("已经过期" in found.told) is not holds
        assert file.status == ("pass" if holds else "fail")


def test_one_that_holds_goes_before_one_that_ran_out(folder: Path, write: Write) -> None:
    old = "- {rule: CF201, reason: 旧, who: 张三, until: 2020-01-01}\n"
    report = checked(folder, write(old + GROWTH))
    assert states(report) == ["expired", "used"]
    assert all(waived(file) == ["CF201"] for file in report.files)


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        ("rule: CF202", "unused"),
        ("rule: CF201, label: 集群总产值（亿元）", "unused"),
        ("rule: CF101", "idle"),  # it did not look
        ("rule: CF201, form: review", "idle"),
        ("rule: CF201, cluster: 别的集群", "idle"),
        ("rule: CF801", "unused"),
    ],
)
def test_what_is_not_used_is_told(folder: Path, write: Write, entry: str, state: str) -> None:
    report = checked(folder, write(f"- {{{entry}, {ASKED}}}\n"))
    assert states(report) == [state]
    text = rendered("plain", report, "zh")
    assert ("说明没有用到" in text) is (state == "unused")
    assert "有 2 处已说明" not in text


def test_many_that_are_not_used_do_not_bury_the_report(folder: Path, write: Write) -> None:
    report = checked(folder, write("".join(f"- {{rule: CF202, {ASKED}, value: x{n}}}\n" for n in range(20))))
    text = rendered("plain", report, "zh")
    assert text.count("说明没有用到，") == 6
    assert "另有 14 条说明没有用到" in text


@pytest.mark.parametrize("kind", sorted(name for name, made in reports.FORMATS.items() if not made.binary))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_report_says_why_who_and_until_when(
    folder: Path, write: Write, kind: str, language: str
) -> None:
    report = checked(folder, write(GROWTH), language=language)
    text = rendered(kind, report, language)
    for told in ("口径不同", "张三", "2026-12-31", "已说明" if language == "zh" else "xplained"):
        assert told in text


def test_the_json_counts_it_apart(folder: Path, write: Write) -> None:
    data = json.loads(rendered("json", checked(folder, write(GROWTH)), "zh"))
    Draft202012Validator(SCHEMA).validate(data)
    said = {"reason": "口径不同", "who": "张三", "until": "2026-12-31"}
    for file in data["files"]:
        assert (file["status"], file["counts"]["error"], file["counts"]["waived"]) == ("pass", 0, 1)
        assert [f["waived"] for f in file["findings"] if "waived" in f] == [said]
    assert data["summary"]["waived"] == 2
    assert [(entry["state"], entry["findings"], entry["place"]) for entry in data["waivers"]] == [
        ("used", 2, "第 1 行")
    ]


def test_a_form_is_not_cleared_by_what_is_explained(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, write: Write
) -> None:
    form = folder / "甲" / "申报表.docx"
    file = write(GROWTH)
    assert run(monkeypatch, "check", form) == 1
    capsys.readouterr()
    assert run(monkeypatch, "check", form, "--waivers", file, "--format", "plain") == 0
    text = capsys.readouterr().out
    assert "有 1 处已说明，没有计入" in text
    assert text.rstrip().endswith("不能据此报送。")


def test_waivers_that_let_nothing_pass_cost_no_clearance(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: Write
) -> None:
    form = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"
    assert run(monkeypatch, "check", form, "--waivers", write(GROWTH), "--format", "plain") == 0
    text = capsys.readouterr().out
    assert "说明没有用到" in text
    assert text.rstrip().endswith("可以报送。")


def test_the_project_file_names_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, write: Write
) -> None:
    write('waivers = "申报表.waivers.yaml"\n', "clusterform.toml")
    write(GROWTH)
    monkeypatch.chdir(folder.parent / "审核")
    assert run(monkeypatch, "check", folder / "甲" / "申报表.docx") == 0
    assert "已说明" in capsys.readouterr().out


@pytest.mark.parametrize("place", ["省/w.yaml", "省/甲/w.yaml"])
@pytest.mark.parametrize("checked_path", ["省", "省/甲/申报表.docx"])
def test_none_that_lies_beside_the_forms(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    place: str,
    checked_path: str,
) -> None:
    file = folder.parent / place
    file.write_text(GROWTH, encoding="utf-8")
    status = run(monkeypatch, "check", folder.parent / checked_path, "--waivers", file)
    beside = checked_path == "省" or "甲" in place
    assert ("与被检查的表放在一起" in capsys.readouterr().err) is beside
    assert status == (2 if beside else 0)


def test_nothing_is_written_over_them(refused: Callable[..., str], folder: Path, write: Write) -> None:
    file = write(GROWTH)
    options = ("--waivers", file, "-o", file, "--format", "json")
    error = refused("check", folder, *options)
    assert file.name in error
    assert file.read_text(encoding="utf-8") == GROWTH


def test_results_that_are_kept_know_nothing_of_them(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    write: Write,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("CLUSTERFORM_CACHE", str(tmp_path / "cache"))
    options = ("--select", "CF201", "--format", "plain", "--jobs", "1")
    file = write(GROWTH)
    assert run(monkeypatch, "batch", folder, "--waivers", file, *options) == 0
    assert "已说明" in capsys.readouterr().out
    assert run(monkeypatch, "batch", folder, *options) == 1
    assert "已说明" not in capsys.readouterr().out
    other = write("- {rule: CF202, " + ASKED + "}\n")
    assert run(monkeypatch, "batch", folder, "--waivers", other, *options) == 1


def one_waived(write: Write) -> tuple[str | Path, ...]:
    """Options of a run in which CF201 is explained for one of two clusters."""
    entry = f"- {{rule: CF201, cluster: {PLACES['甲']}, {ASKED}}}\n"
    return ("--select", "CF201", "--waivers", write(entry))


def test_a_letter_leaves_it_out(
    monkeypatch: pytest.MonkeyPatch, folder: Path, write: Write, tmp_path: Path
) -> None:
    run(monkeypatch, "letter", folder, "-o", tmp_path / "函", *one_waived(write))
    names = [path.name for path in (tmp_path / "函").iterdir()]
    assert not any("开化" in name for name in names)
    assert any("桐乡" in name for name in names)


def test_a_copy_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, folder: Path, write: Write, tmp_path: Path
) -> None:
    run(monkeypatch, "check", folder, "--annotate", tmp_path / "批注", *one_waived(write))
    assert [path.parent.name for path in (tmp_path / "批注").rglob("*.docx")] == ["乙"]


def test_a_comparison_lists_it_apart(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, write: Write
) -> None:
    options = ("--select", "CF201", "--waivers", write(GROWTH))
    run(monkeypatch, "diff", folder / "乙", folder / "甲", *options, "--format", "json")
    data = json.loads(capsys.readouterr().out)
    assert data["counts"]["waived"] == 1
    assert (data["left"]["error"], data["counts"]["remaining"], data["counts"]["added"]) == (0, 0, 0)
    run(monkeypatch, "diff", folder / "乙", folder / "甲", *options, "--format", "plain")
    assert "，1 处已说明" in capsys.readouterr().out


def sheet(path: Path, *rows: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEADS = ("规则", "表格", "集群名称", "栏目", "列", "表中填写", "理由", "说明人", "有效期至")


def test_a_sheet_does_as_well(folder: Path, tmp_path: Path) -> None:
    row = ("CF201", "申报表", PLACES["甲"], "", "2024 年", "16.27", "口径不同", "张三", "2026/12/31")
    report = checked(folder, sheet(tmp_path / "说明.xlsx", HEADS, ("", *[""] * 8), row))
    assert [(use.state, use.waiver.until) for use in report.waivers] == [("used", "2026-12-31")]
    assert [name for name, file in by_place(report).items() if waived(file)] == ["甲"]


def test_a_sheet_with_the_needed_columns_alone(folder: Path, tmp_path: Path) -> None:
    english = ("Rule", "Reason", "Who", "Until")
    report = checked(folder, sheet(tmp_path / "w.xlsx", english, ("CF201", "口径不同", "张三", "2026-12-31")))
    assert states(report) == ["used"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "第 1 行第 1 列：应为一列说明"),
        ("rule: CF201\n", "第 1 行第 1 列：应为一列说明"),
        ("- CF201\n", "第 1 行第 3 列：应为键值对"),
        (
            "- rule: CF201\n  resaon: x\n  who: y\n  until: 2026-12-31\n",
            "第 2 行第 3 列：不认识的项 resaon，最接近的是 reason",
        ),
        ("- rule: CF201\n  who: y\n  until: 2026-12-31\n", "第 1 行第 3 列：缺少 reason"),
        ("- rule: CF2O1\n  reason: x\n  who: y\n  until: 2026-12-31\n", "没有规则 CF2O1，最接近的是 CF2"),
        ("- rule: CF2\n  reason: x\n  who: y\n  until: 2026-12-31\n", "没有规则 CF2"),
        (
            "- rule: CF201\n  form: 申报\n  reason: x\n  who: y\n  until: 2026-12-31\n",
            "第 2 行第 3 列：没有“申报”这种表，最接近的是 申报表",
        ),
        ("- rule: CF201\n  reason: x\n  who: y\n  until: 明年\n", "第 4 行第 3 列：“明年”不是日期"),
        ("- rule: CF201\n  reason: x\n  who: y\n  until: 2026-02-30\n", "“2026-02-30”不是日期"),
        ("- rule: CF201\n  reason: [x]\n  who: y\n  until: 2026-12-31\n", "第 2 行第 3 列：应为文字"),
        ("- rule：CF201\n", "冒号"),
        ("- rule: CF201\n\treason: x\n", "第 2 行"),
        ("- rule: CF201\n  rule: CF202\n", "第 2 行第 3 列"),
        ("- {rule: CF501, reason: x, who: y, until: 2026-12-31}\n", "CF501 是认定的前提，不能用说明略过"),
        ("- {rule: veto-misconduct, reason: x, who: y, until: 2026-12-31}\n", "CF502 是认定的前提"),
        ("- {rule: CF503, reason: x, who: y, until: 2026-12-31}\n", "CF503 是认定的前提"),
    ],
)
def test_what_is_wrong_with_the_file_is_told(
    refused: Callable[..., str],
    folder: Path,
    write: Write,
    text: str,
    told: str,
) -> None:
    error = refused("check", folder, "--waivers", write(text))
    assert told in error
    assert "申报表.waivers.yaml" in error


def test_no_rule_file_makes_a_veto_one_that_can_be_waived(
    refused: Callable[..., str], folder: Path, write: Write
) -> None:
    rules = write("change: {CF501: {waivable: true}}\n", "本省.yaml")
    file = write("- {rule: CF501, reason: x, who: y, until: 2026-12-31}\n")
    error = refused("check", folder, "--rules", rules, "--waivers", file)
    assert "CF501" in error


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("规则", "理由")], "应有这些栏：规则、理由、说明人、有效期至"),
        ([HEADS, ("CF999", *[""] * 5, "x", "y", "2026-12-31")], "A2 一行，“规则”：没有规则 CF999"),
        ([HEADS, ("CF201", *[""] * 5, "x", "", "2026-12-31")], "A2 一行，“说明人”：缺少"),
        ([HEADS, ("CF201", *[""] * 5, "x", "y", "不久")], "A2 一行，“有效期至”：“不久”不是日期"),
        ([HEADS, ("CF502", *[""] * 5, "x", "y", "2026-12-31")], "“规则”：CF502 是认定的前提"),
    ],
)
def test_what_is_wrong_with_a_sheet_is_told(
    refused: Callable[..., str],
    folder: Path,
    tmp_path: Path,
    rows: list[tuple[str, ...]],
    told: str,
) -> None:
    error = refused("check", folder, "--waivers", sheet(tmp_path / "说明.xlsx", *rows))
    assert told in error


@pytest.mark.parametrize("name", ["没有.yaml", "没有.xlsx", "坏.xlsx", "文件夹.yaml"])
def test_another_file_is_told(
    refused: Callable[..., str],
    folder: Path,
    tmp_path: Path,
    name: str,
) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"no workbook")
    (tmp_path / "文件夹.yaml").mkdir()
    error = refused("check", folder, "--waivers", tmp_path / name)
    assert name in error
    assert "Traceback" not in error
