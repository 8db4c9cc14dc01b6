"""人工确认单: what people fill in is read back on the next run, and holds as long as the answers that it is about."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from clusterform import reports
from clusterform.batch.run import How, check_all
from clusterform.finding import FileReport, Report
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.command import run
from support.folder import form_bytes
from support.office import saved_as
from support.reports import rendered
from test_reports import SCHEMA

SHEET = "人工确认单"
PLACES = {"甲": "浙江省开化县甲产业集群", "乙": "浙江省桐乡市乙产业集群"}
REGIONS = {"甲": "浙江省衢州市开化县", "乙": "浙江省嘉兴市桐乡市"}
CONFORMS = ("符合", "张三", "2026/3/1", "")
Row = Mapping[str, Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "省"
    for name in PLACES:
        (made / name).mkdir(parents=True)
        write_form(made, name)
    return made


def write_form(folder: Path, name: str, **answers: Any) -> None:
    data = form_bytes("application", PLACES[name], REGIONS[name], {"set": answers})
    (folder / name / "申报表.docx").write_bytes(data)


@pytest.fixture
def sheet(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workbook of the folder's first run."""
    path = tmp_path / "问题清单.xlsx"
    run(monkeypatch, "batch", folder, "-o", path, "--ignore", "CF801,CF802,CF803,CF8")
    return path


def filled(path: Path, say: Callable[[Row], tuple[str, str, str, str] | None]) -> Path:
    """The sheet with what is said of each row."""
    book = openpyxl.load_workbook(path)
    table = book[SHEET]
    heads = {cell.value: cell.column for cell in table[1]}
    for row in table.iter_rows(min_row=2):
        texts = {head: row[column - 1].value or "" for head, column in heads.items()}
        for head, text in zip(("结论", "确认人", "日期", "备注"), say(texts) or (), strict=False):
            row[heads[head] - 1].value = text
    book.save(path)
    return path


def checked(folder: Path, sheet: Path, language: str = "zh") -> Report:
    settings = Settings(batch=True, confirmed=sheet, language=language, ignore=("CF8",))
    return check_all([folder], Checker(settings), How(jobs=1, cache=False)).report


def by_place(report: Report) -> dict[str, FileReport]:
    return {Path(file.path).parent.name: file for file in report.files}


def open_rules(file: FileReport) -> list[str]:
    return [f.rule for f in file.findings if f.severity == "manual" and not f.closed]


def test_the_sheet_asks_of_each_form(sheet: Path) -> None:
    table = openpyxl.load_workbook(sheet)[SHEET]
    heads = [cell.value for cell in table[1]]
    assert heads[8:12] == ["结论", "确认人", "日期", "备注"]
    assert {row[1].value for row in table.iter_rows(min_row=2)} == set(PLACES.values())
    [choice] = table.data_validations.dataValidation
    assert choice.formula1 == '"符合,不符合,说明"'


def test_what_is_confirmed_is_open_no_more(folder: Path, sheet: Path) -> None:
    filled(sheet, lambda row: CONFORMS if row["集群名称"] == PLACES["甲"] else None)
    report = checked(folder, sheet)
    files = by_place(report)
    assert not open_rules(files["甲"])
    assert open_rules(files["乙"])
    assert files["甲"].closed["confirmed"] == len(open_rules(files["乙"]))
    assert {(f.conclusion.by, f.conclusion.when) for f in files["甲"].findings if f.conclusion} == {
        ("张三", "2026-03-01")
    }
    assert report.settings.confirmed == sheet.as_posix()


def test_it_holds_whatever_the_file_is_called_and_wherever_it_stands(folder: Path, sheet: Path) -> None:
    filled(sheet, lambda _: CONFORMS)
    shutil.move(folder / "甲", folder / "丙")
    (folder / "乙" / "申报表.docx").rename(folder / "乙" / "0 复制.docx")
    assert not any(map(open_rules, checked(folder, sheet).files))
    assert not any(map(open_rules, checked(folder, sheet, "en").files))


def test_a_changed_answer_is_open_again_and_says_so(folder: Path, sheet: Path) -> None:
    filled(sheet, lambda _: CONFORMS)
    write_form(folder, "甲", **{"plan.target_internet@target": "69.00"})
    before = by_place(checked(folder, sheet))
    [changed] = [f for f in before["甲"].findings if f.severity == "manual" and not f.closed]
    assert changed.value == "69.00"
    assert "已确认过，但填写的内容又改了" in changed.told
    assert not open_rules(before["乙"])


def test_the_figure_of_another_year_counts_too(folder: Path, sheet: Path) -> None:
    """CF606 tells a fall from the baseline, which its message names."""
    filled(sheet, lambda _: CONFORMS)
    write_form(folder, "甲", **{"plan.target_co2@baseline": "41.00万吨"})
    assert "CF606" in open_rules(by_place(checked(folder, sheet))["甲"])


def test_what_does_not_conform_must_be_corrected(folder: Path, sheet: Path) -> None:
    filled(
        sheet,
        lambda row: ("不符合", "李四", "2026年3月2日", "公章不清") if row["规则"] == "CF702" else CONFORMS,
    )
    file = by_place(checked(folder, sheet))["甲"]
    errors = [f for f in file.findings if f.rule == "CF702"]
    assert {f.severity.value for f in errors} == {"error"}
    assert all("公章不清" in f.told and "李四" in f.told for f in errors)
    assert file.status.value == "fail"


def test_what_is_explained_needs_words(folder: Path, sheet: Path) -> None:
    filled(sheet, lambda _: ("说明", "王五", "2026-03-01", "行业平均值为 60"))
    assert not any(map(open_rules, checked(folder, sheet).files))


def test_a_form_may_be_sent_once_all_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    form, sheet = tmp_path / "申报表.docx", tmp_path / "清单.xlsx"
    form.write_bytes(form_bytes("application", PLACES["甲"], REGIONS["甲"]))
    run(monkeypatch, "check", form, "-o", sheet)
    capsys.readouterr()
    run(monkeypatch, "check", form, "--format", "plain", "--confirmed", sheet)
    assert "完成人工确认后可以报送" in capsys.readouterr().out
    filled(sheet, lambda _: CONFORMS)
    assert run(monkeypatch, "check", form, "--confirmed", sheet, "--fail-on", "manual") == 0
    assert capsys.readouterr().out.rstrip().endswith("人工确认已全部完成，可以报送。")


@pytest.mark.parametrize("kind", sorted(name for name, made in reports.FORMATS.items() if not made.binary))
def test_every_report_names_who_and_when(folder: Path, sheet: Path, kind: str) -> None:
    filled(sheet, lambda row: CONFORMS if row["集群名称"] == PLACES["甲"] else None)
    text = rendered(kind, checked(folder, sheet), "zh")
    assert "张三" in text
    assert "2026-03-01" in text
    assert "已确认" in text
    assert "人工确认的记录" in text or kind in {"json", "jsonl"}


def test_the_json_follows_its_schema(folder: Path, sheet: Path) -> None:
    filled(sheet, lambda row: CONFORMS if row["集群名称"] == PLACES["甲"] else None)
    data = json.loads(rendered("json", checked(folder, sheet), "zh"))
    Draft202012Validator(SCHEMA).validate(data)
    [first, second] = sorted(data["files"], key=lambda file: file["counts"]["manual"])
    assert first["counts"]["manual"] == 0
    assert first["counts"]["confirmed"] == data["summary"]["confirmed"] == second["counts"]["manual"]
    assert {"by": "张三", "when": "2026-03-01"} in [f.get("confirmed") for f in first["findings"]]
    assert data["settings"]["confirmed"] == sheet.as_posix()


def test_the_next_workbook_keeps_what_was_filled_in(
    folder: Path, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(sheet, lambda row: CONFORMS if row["规则"] != "CF702" else ("不符合", "李四", "2026-3-2", "无章"))
    again, third = tmp_path / "再次.xlsx", tmp_path / "三.xlsx"
    options = ("--ignore", "CF8")
    run(monkeypatch, "batch", folder, "-o", again, "--confirmed", sheet, *options)
    run(monkeypatch, "batch", folder, "-o", third, "--confirmed", again, *options)
    rows = [list(openpyxl.load_workbook(path)[SHEET].values)[1:] for path in (again, third)]
    assert [row[:12] for row in rows[0]] == [row[:12] for row in rows[1]]
    assert {row[8] for row in rows[0]} == {"符合", "不符合"}


def test_saved_again_by_another_program(soffice: str, folder: Path, sheet: Path, tmp_path: Path) -> None:
    filled(sheet, lambda _: CONFORMS)
    other = saved_as(soffice, sheet, "xlsx", tmp_path / "存")
    assert not any(map(open_rules, checked(folder, other).files))


def test_two_forms_of_one_cluster_are_confirmed_once_both_rows_are(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has seen the seal of the second, though its row says the same."""
    data = form_bytes(
        "application", PLACES["甲"], REGIONS["甲"], {"set": {"plan.target_internet@target": "69.00"}}
    )
    (folder / "乙" / "申报表.docx").write_bytes(data)
    sheet = tmp_path / "两份.xlsx"
    run(monkeypatch, "batch", folder, "-o", sheet, "--ignore", "CF8")
    filled(sheet, lambda row: CONFORMS if "甲/" in row["文件"] else None)
    files = by_place(checked(folder, sheet))
    assert "CF702" in open_rules(files["甲"])
    assert set(open_rules(files["乙"])) > {"CF702", "CF605"}
    assert "CF605" not in open_rules(files["甲"])
    filled(sheet, lambda _: CONFORMS)
    assert not any(map(open_rules, checked(folder, sheet).files))


@pytest.mark.parametrize("day", ["2026-03-01", "2026.3.1", "2026年3月1日", "20260301", "2026/03/01 10:00"])
def test_a_day_as_people_write_it(folder: Path, sheet: Path, day: str) -> None:
    filled(sheet, lambda _: ("符合", "张三", day, ""))
    found = [f for file in checked(folder, sheet).files for f in file.findings]
    assert {f.conclusion.when for f in found if f.conclusion} == {"2026-03-01"}


def test_a_sheet_of_other_forms_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, sheet: Path
) -> None:
    filled(sheet, lambda _: CONFORMS)
    shutil.rmtree(folder / "乙")
    (folder / "甲" / "申报表.docx").write_bytes(form_bytes("review", PLACES["乙"], REGIONS["乙"]))
    run(monkeypatch, "batch", folder, "--confirmed", sheet, "--format", "plain", "--ignore", "CF8")
    assert "一项也没有" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("符合|||", "没有填完，还缺：确认人、日期"),
        ("|张三|2026-03-01|", "没有填完，还缺：结论"),
        ("说明|张三|2026-03-01|", "还缺：备注"),
        ("好|张三|2026-03-01|", "结论“好”不明确，请填 符合、不符合、说明 之一"),
        ("符合|张三|昨天|", "日期“昨天”看不出是哪一天"),
        ("符合|张三|2026-02-30|", "日期“2026-02-30”看不出是哪一天"),
    ],
)
def test_what_is_not_clear_is_told(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sheet: Path,
    said: str,
    told: str,
) -> None:
    verdict, by, when, remark = said.split("|")
    filled(sheet, lambda row: (verdict, by, when, remark) if row["规则"] == "CF605" else None)
    assert run(monkeypatch, "batch", sheet.parent, "--confirmed", sheet) == 2
    error = capsys.readouterr().err
    assert told in error
    assert sheet.name in error


def test_a_key_that_was_altered_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, sheet: Path
) -> None:
    book = openpyxl.load_workbook(filled(sheet, lambda _: CONFORMS))
    book[SHEET]["O2"] = "x"
    book.save(sheet)
    assert run(monkeypatch, "batch", folder, "--confirmed", sheet) == 2
    assert "没有识别码，或识别码被改动" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有.xlsx", "省/甲/申报表.docx", "坏.xlsx", "别的.xlsx", "省"])
def test_another_file_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, name: str
) -> None:
    monkeypatch.chdir(folder.parent)
    Path("坏.xlsx").write_bytes(b"no workbook")
    openpyxl.Workbook().save("别的.xlsx")
    assert run(monkeypatch, "batch", "省", "--confirmed", name) == 2
    error = capsys.readouterr().err
    assert name in error
    assert "Traceback" not in error
