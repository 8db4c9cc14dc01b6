"""The reports: golden files, the published schema, hostile text, consoles that are not UTF-8."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from clusterform import reports
from clusterform.finding import (
    EVIDENCE_LIST,
    FileReport,
    Finding,
    Report,
    RulePage,
    Severity,
    Skipped,
    Status,
)
from clusterform.reports import as_json, encoding, finding_text, rule_page, summary, terminal
from support.reports import (
    BROKEN,
    CLEAN,
    GROWTH,
    INCOMPLETE,
    NASTY,
    REPORTS,
    SEAL,
    UNJUDGED,
    UNREADABLE,
    rendered,
)

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("zh", "en")
SUFFIXES = {"rich": "rich.txt", "plain": "txt", "json": "json", "jsonl": "jsonl"}
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
TEXTS = [name for name, made in reports.FORMATS.items() if not made.binary]
SCHEMA = json.loads(files("clusterform.reports").joinpath("report.schema.json").read_text(encoding="utf-8"))
WHOLE = Draft202012Validator(SCHEMA)
LINE = Draft202012Validator({"$ref": f"{SCHEMA['$id']}#/$defs/line", "$defs": {"whole": SCHEMA}})


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def console(encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "__version__", "0.0.0")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["rich", "plain"])
def test_golden_for_people(golden: Callable[[str, str], None], kind: str, language: str, name: str) -> None:
    golden(f"{name}.{language}.{SUFFIXES[kind]}", rendered(kind, REPORTS[name], language, {"statistics"}))


@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("kind", ["json", "jsonl"])
def test_golden_for_programs(golden: Callable[[str, str], None], kind: str, name: str) -> None:
    found = rendered(kind, REPORTS[name], "zh")
    golden(f"{name}.{SUFFIXES[kind]}", found)
    assert rendered(kind, REPORTS[name], "en") == found


@pytest.mark.parametrize("name", REPORTS)
def test_json_keeps_its_schema(name: str) -> None:
    WHOLE.validate(json.loads(rendered("json", REPORTS[name], "zh"), parse_float=pytest.fail))
    lines = rendered("jsonl", REPORTS[name], "zh").splitlines()
    assert len(lines) == len(REPORTS[name].files) + 1
    for line in lines:
        LINE.validate(json.loads(line))


def test_jsonl_says_the_same_as_json() -> None:
    *entries, closing = map(json.loads, rendered("jsonl", REPORTS["folder"], "zh").splitlines())
    assert {**closing, "files": entries} == json.loads(rendered("json", REPORTS["folder"], "zh"))


def test_schema_is_itself_right_and_refuses_what_is_wrong() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    good = json.loads(rendered("json", REPORTS["folder"], "zh"))
    wrong = [
        {**good, "time": "12:00"},
        {**good, "version": "2"},
        {**good, "files": [{**good["files"][0], "status": "invalid"}]},
        {**good, "files": [{**good["files"][0], "crashed": []}]},
        {**good, "files": [{k: v for k, v in good["files"][3].items() if k != "crashed"}]},
    ]
    assert [WHOLE.is_valid(data) for data in wrong] == [False] * len(wrong)


def test_json_names_every_field_of_a_finding_in_the_order_of_the_contract() -> None:
    entry = json.loads(rendered("json", REPORTS["broken"], "zh"))["files"][0]
    names = [*entry["findings"][0], "files", "changes", "conclusion"]  # the last is told as `confirmed`
    assert names == [name for name in Finding._fields if name not in {"variant", "falls_to"}]
    assert list(entry["findings"][0]["location"]) == ["page", "table", "row", "cell", "sheet", "ref"]
    assert list(entry)[:7] == ["path", "sha256", "form", "status", "cluster", "counts", "findings"]


def test_batch_counts_the_forms() -> None:
    data = json.loads(rendered("json", REPORTS["folder"], "zh"))
    assert data["batch"] == {"findings": [], "forms": {"application": 2, "review": 1}}
    assert list(data["summary"].items())[:4] == [
        ("files", 4),
        ("passed", 1),
        ("failed", 1),
        ("unreadable", 1),
    ]


@pytest.mark.parametrize(
    ("name", "fail_on", "code"),
    [
        ("clean", "manual", 0),
        ("broken", "error", 1),
        ("broken", "never", 0),
        ("unreadable", "never", 3),
        ("incomplete", "error", 4),
        ("folder", "error", 4),
        ("hostile", "manual", 1),
    ],
)
def test_exit_status(name: str, fail_on: str, code: int) -> None:
    assert summary.exit_code(REPORTS[name], fail_on) == code


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 0), ("manual", 1), ("info", 1)])
def test_fail_on_looks_at_what_weighs_as_much_or_more(fail_on: str, code: int) -> None:
    only_manual = CLEAN._replace(findings=(SEAL,))
    assert summary.exit_code(Report("2025", (), (only_manual,)), fail_on) == code


def test_an_empty_run_is_rendered() -> None:
    empty = Report("2025", (), ())
    assert summary.exit_code(empty) == 0
    assert all(rendered(kind, empty, "zh") for kind in TEXTS)


@pytest.mark.parametrize(
    ("files_", "line", "step"),
    [
        ((CLEAN,), "0 处必须修改，0 处建议核对，0 处需人工确认", "没有发现问题，可以报送。"),
        ((BROKEN,), "3 处必须修改，2 处建议核对，1 处需人工确认，1 处提示", "请修改后重新检查。"),
        (
            (UNREADABLE,),
            "1 处必须修改，0 处建议核对，0 处需人工确认；1 份文件无法读取",
            "请按提示处理无法读取的文件后重新检查。",
        ),
        (
            (UNJUDGED,),
            "0 处必须修改，0 处建议核对，0 处需人工确认；1 份表有认定标准没有判断",
            "有的认定标准没有判断，不能据此报送；请补全、改正上面所列的数后重新检查。",
        ),
    ],
)
def test_closing_line(files_: tuple[FileReport, ...], line: str, step: str) -> None:
    counts = summary.summarise(Report("2025", (), files_))
    assert (summary.closing_line(counts, "zh"), summary.next_step(counts, "zh")) == (line, step)


@pytest.mark.parametrize("kind", ["plain", "rich", "html"])
def test_a_form_with_a_criterion_not_judged_is_never_one_without_anything_to_do(kind: str) -> None:
    folder = Report("2025", ("national/2025",), (UNJUDGED, UNJUDGED._replace(path="乙/申报表.docx")))
    page = rendered(kind, folder, "zh")
    assert page.count("认定标准 CF504 没有判断") == 2
    assert "有未判断" in page
    assert "没有发现问题" not in page


@pytest.mark.parametrize("kind", ["plain", "rich"])
def test_quiet_is_the_closing_line_alone(kind: str) -> None:
    assert rendered(kind, REPORTS["broken"], "zh", {"quiet"}) == (
        "3 处必须修改，2 处建议核对，1 处需人工确认，1 处提示\n"
    )
    assert "检查未完成" in rendered(kind, Report("2025", (), (INCOMPLETE,)), "zh", {"quiet"})


def test_options_without_use_are_named() -> None:
    assert reports.without_use("json", {"statistics", "quiet"}) == ["quiet", "statistics"]
    assert reports.without_use("plain", {"statistics", "quiet"}) == []


def test_a_terminal_has_colours_and_no_color_takes_them_away(monkeypatch: pytest.MonkeyPatch) -> None:
    coloured = rendered("rich", REPORTS["broken"], "zh", stream=Terminal())
    assert "\x1b[1;31m必须修改\x1b[0m    \x1b[1m集群运营管理机构" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in rendered("rich", REPORTS["broken"], "zh", stream=Terminal())


def test_a_pipe_has_no_colours_and_one_width(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = rendered("rich", REPORTS["broken"], "zh", stream=io.StringIO())
    monkeypatch.setenv("COLUMNS", "50")
    assert rendered("rich", REPORTS["broken"], "zh", stream=io.StringIO()) == piped
    assert "\x1b" not in piped


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("name", REPORTS)
def test_lines_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, name: str, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    page = COLOUR.sub("", rendered("rich", REPORTS[name], "zh", stream=Terminal()))
    assert max(cell_len(line) for line in page.splitlines()) <= min(columns, terminal.WIDEST)


def test_wrapping_keeps_words_and_closing_marks_together() -> None:
    assert terminal.wrapped("按总产值计算，应为 14.57。", 12) == ["按总产值计", "算，应为", "14.57。"]
    assert terminal.wrapped("", 10) == [""]


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("code", ["gbk", "ascii", "cp1252", "utf-8"])
def test_any_console_takes_the_report(code: str, kind: str) -> None:
    for report in REPORTS.values():
        stream = console(code)
        stream.write(rendered(kind, report, "zh", stream=stream))
        stream.flush()


def test_what_a_console_lacks_is_replaced_in_kind() -> None:
    assert encoding.fit("☑是 □否 ③", "gbk") == "[√]是 □否 ③"
    assert encoding.fit("☑ □ “a”≥1", "ascii") == '[x] [ ] "a">=1'
    assert encoding.fit("集", "ascii") == "\\u96c6"
    assert json.loads(encoding.fit_json('{"名": "😀"}', "gbk")) == {"名": "😀"}


@pytest.mark.parametrize("code", ["gbk", "ascii"])
def test_json_is_ascii_where_the_output_is_not_utf8(code: str) -> None:
    shown_ = rendered("json", REPORTS["hostile"], "zh", stream=console(code))
    assert shown_.isascii()
    assert json.loads(shown_) == json.loads(rendered("json", REPORTS["hostile"], "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["rich", "plain"])
def test_hostile_text_is_shown_and_does_nothing(kind: str, language: str) -> None:
    page = rendered(kind, REPORTS["hostile"], language)
    assert "[red]" in page
    assert "[/x]" in page
    assert r"\x1b[31m" in page
    assert r"\u202e" in page
    assert not [c for c in page if c in "\x1b\x9b\x07\u202e\u200b"]


@pytest.mark.parametrize("kind", ["plain", "rich"])
def test_manual_findings_and_skipped_checks_are_told(kind: str) -> None:
    page = rendered(kind, REPORTS["broken"], "zh")
    assert "请确认纸质件已加盖公章。" in page
    assert "另有 1 项检查" in page
    assert "--format" not in page


def test_the_file_itself_comes_first_and_nameless_parts_have_a_name() -> None:
    odd = (
        GROWTH._replace(label=None, column=None, section=0),
        GROWTH._replace(section=EVIDENCE_LIST),
        GROWTH._replace(section=7),
    )
    file = CLEAN._replace(findings=(*odd, NASTY._replace(section=None, label="", column=None)))
    titles = [
        finding_text.section_title(section, file, "zh")
        for section, _ in finding_text.by_section(file.findings)
    ]
    assert titles == ["文件", "封面", "第 7 部分", "佐证材料清单"]
    assert finding_text.place(odd[0], "zh") == "本部分"


def test_a_form_added_as_data_shows_its_name() -> None:
    names = {"zh": "云南申报表", "en": "Yunnan's form"}
    file = CLEAN._replace(form="yunnan-application", form_names=names)
    assert finding_text.file_line(file, "zh").startswith("云南申报表")
    assert finding_text.file_line(file, "en").startswith("Yunnan's form")
    WHOLE.validate(json.loads(rendered("json", Report("2025", (), (file,)), "zh")))


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
MAYBE = st.none() | ANY
LOOSE = st.fixed_dictionaries(
    {
        "rule": ANY,
        "name": ANY,
        "severity": st.sampled_from(Severity),
        "section": st.none() | st.integers(0, 12) | st.just(EVIDENCE_LIST),
        "field": MAYBE,
        "label": MAYBE,
        "column": MAYBE,
        "value": MAYBE,
        "expected": MAYBE,
        "message": ANY,
        "basis": ANY,
        "location": st.builds(
            finding_text.Location, table=st.none() | st.integers(1, 9), sheet=MAYBE, ref=MAYBE
        ),
        "fix": MAYBE,
    }
).map(lambda given: Finding(**given))  # `builds` fills what is left out of a named tuple, too
SKIPPED = st.builds(Skipped, rule=ANY, reason=ANY, field=MAYBE, column=MAYBE)
FILES = st.fixed_dictionaries(
    {
        "path": ANY,
        "sha256": st.none(),
        "form": ANY,
        "status": st.sampled_from(Status),
        "cluster": MAYBE,
        "findings": st.lists(LOOSE, max_size=3).map(tuple),
        "skipped": st.lists(SKIPPED, max_size=1).map(tuple),
        "crashed": st.lists(SKIPPED, max_size=1).map(tuple),
        "section_titles": st.dictionaries(st.integers(0, 10), ANY, max_size=2),
    }
).map(lambda given: FileReport(**given))


@settings(max_examples=60, deadline=None)
@given(file=FILES, language=st.sampled_from(LANGUAGES), code=st.sampled_from(["utf-8", "gbk", "ascii"]))
def test_any_text_is_printed_safely(file: FileReport, language: str, code: str) -> None:
    report = Report("2025", ("national/2025",), (file,))
    for kind in TEXTS:
        page = rendered(kind, report, language, stream=console(code))
        page.encode(code)
        assert not {c for c in page if c != "\n" and (c < " " or "\x7f" <= c <= "\x9f")}
    coloured = COLOUR.sub("", rendered("rich", report, language, stream=Terminal()))
    assert "\x1b" not in coloured
    assert json.loads(rendered("json", report, language))["files"][0]["path"] == file.path


@given(ANY, st.integers(24, 60))
def test_wrapping_loses_nothing_but_spaces(data: str, width: int) -> None:
    seen = finding_text.visible(data)
    lines = terminal.wrapped(seen, width)
    assert "".join("".join(lines).split()) == "".join(seen.split())
    assert all(cell_len(line) <= width for line in lines)


PAGE = RulePage(
    code="CF201",
    name="growth-rate-arithmetic",
    severity=Severity.ERROR,
    title="主导产业产值增速",
    why="增速应与产值一致。",
    computed="主导产业产值 = 集群总产值 × 占比；\n允许四舍五入。",
    wrong="16.57 | ____",
    right="14.57",
    basis="工信厅企业函〔2025〕77号 二、主导产业情况",
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_pages(golden: Callable[[str, str], None], language: str) -> None:
    bare = PAGE._replace(code="YN001", computed=None)
    golden(
        f"rule.{language}.txt", rule_page.as_text(PAGE, language) + rule_page.listing([PAGE, bare], language)
    )
    golden(f"rule.{language}.md", rule_page.as_document([PAGE, bare], language))


def test_rich_is_loaded_for_its_own_report_alone() -> None:
    code = "import sys; from clusterform import reports; assert not {'rich', 'json'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
