"""可以报送 is said after a full run alone; what a run leaves out or lets pass is said in its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterform import reports
from clusterform.engine import effective_severity
from clusterform.finding import DEFAULTS, Report, Severity, Skipped
from clusterform.reports.summary import next_step, summarise
from support.command import run
from support.reports import CLEAN, REPORTS, rendered

FORM = Path(__file__).resolve().parents[1] / "examples" / "application-clean.docx"
CLEARED, NOT_CLEARED = "可以报送。", "不能据此报送。"
Said = Callable[..., str]


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    def told(*options: str | Path) -> str:
        assert run(monkeypatch, "check", FORM, "--format", "plain", *options) == 0
        return capsys.readouterr().out

    return told


@pytest.fixture
def rules(tmp_path: Path) -> Callable[[str], Path]:
    def written(text: str) -> Path:
        path = tmp_path / "本省.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_plain_run_clears(said: Said) -> None:
    assert said().rstrip().endswith(CLEARED)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--ignore", "CF013"), "不用规则：CF013"),
        (("--select", "CF1,CF2"), "只用规则：CF1、CF2"),
        (("--severity", "CF504=warning"), "CF504 建议核对"),
        (("--severity", "CF5=manual"), "CF5 需人工确认"),
        (("--severity", "CF702=info"), "CF702 提示"),
        (("--region", "west"), "人工指定为西部地区"),
    ],
)
def test_options_that_let_something_pass_clear_nothing(
    said: Said, options: tuple[str, ...], named: str
) -> None:
    text = said(*options)
    assert text.rstrip().endswith(NOT_CLEARED)
    assert named in text
    assert CLEARED not in text.replace(NOT_CLEARED, "")


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--severity", "CF112=error"), "更改级别：CF112 必须修改"),
        (("--severity", "CF504=error"), "更改级别：CF504 必须修改"),
        (("--select", "CF"), "只用规则：CF"),
        (("--region", "auto"), ""),
    ],
)
def test_what_is_no_looser_is_shown_and_clears(said: Said, options: tuple[str, ...], named: str) -> None:
    text = said(*options)
    assert text.rstrip().endswith(CLEARED)
    assert named in text


@pytest.mark.parametrize(
    ("text", "cleared", "named"),
    [
        ('limits: {output: {at_least: "20"}}', False, "output ≥ 20 亿元 (≥ 40 亿元)"),
        ('limits: {output: {at_least: "50"}}', True, "output ≥ 50 亿元 (≥ 40 亿元)"),
        ('limits: {main_share: {at_least: "70"}}', False, "main_share ≥ 70 % (> 70 %)"),
        ('limits: {sme_share: {more_than: "70"}}', True, "sme_share > 70 % (≥ 70 %)"),
        ('limits: {area: {at_most: "150"}}', False, "area ≤ 150 平方公里"),
        ('limits: {area: {at_most: "90"}}', True, "area ≤ 90 平方公里"),
        ("limits: {output: {certainty: inferred}}", False, ""),
        ("remove: {CF510: 另行审核}", False, "不用规则：CF510"),
        ("change: {CF504: {severity: info}}", False, "CF504 提示"),
        ("change: {CF504: {severity: error}}", True, "CF504 必须修改"),
        ("change: {CF201: {forms: [review]}}", False, ""),
        ("change: {CF201: {title: {zh: 增速, en: Growth}}}", True, ""),
    ],
)
def test_rule_files(said: Said, rules: Callable[[str], Path], text: str, cleared: bool, named: str) -> None:
    file = rules(text)
    told = said("--rules", file)
    assert told.rstrip().endswith(CLEARED if cleared else NOT_CLEARED)
    assert f"规则文件：{file.as_posix()}" in told
    assert named in told


def test_the_json_names_what_differs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rules: Callable[[str], Path]
) -> None:
    file = rules(
        'limits: {output: {at_least: "20"}}\nremove: {CF510: 另行审核}\nchange: {CF504: {severity: info}}\n'
    )
    options = ("--rules", file, "--ignore", "CF013", "--severity", "CF112=error", "--region", "west")
    assert run(monkeypatch, "check", FORM, "--format", "json", *options) == 0
    assert json.loads(capsys.readouterr().out)["settings"] == {
        "file": None,
        "rules": [file.as_posix()],
        "selected": [],
        "ignored": ["CF013", "CF510"],
        "severity": {"CF504": "info", "CF112": "error"},
        "limits": ["output ≥ 20 亿元 (≥ 40 亿元)"],
        "waivers": None,
        "baseline": None,
        "confirmed": None,
        "region": "west",
    }


@pytest.mark.parametrize(
    ("given", "own", "found", "weighs"),
    [
        ("warning", "manual", "error", "error"),
        ("error", "warning", "warning", "error"),
        ("warning", "error", "error", "warning"),
        ("warning", "warning", "error", "warning"),
        ("info", "manual", "error", "info"),
    ],
)
def test_a_severity_raised_makes_no_finding_lighter(given: str, own: str, found: str, weighs: str) -> None:
    assert effective_severity(Severity(given), Severity(own), Severity(found)) is Severity(weighs)


@pytest.mark.parametrize(
    "report",
    [
        Report("2025", (), (CLEAN,))._replace(crashed=(Skipped("CF802", "ValueError"),)),
        Report("2025", (), (CLEAN,))._replace(unfinished=3),
        Report("2025", (), (CLEAN,))._replace(unopened=1),
        Report("2024", (), (CLEAN,), settings=DEFAULTS._replace(in_force=False)),
        REPORTS["waived"],
        REPORTS["baseline"]._replace(files=REPORTS["baseline"].files[:1]),
    ],
)
def test_what_is_not_complete_clears_nothing(report: Report) -> None:
    assert next_step(summarise(report), "zh").endswith(NOT_CLEARED)
    assert "no clearance" in next_step(summarise(report), "en")
    for kind, made in reports.FORMATS.items():
        if not made.binary and made.module not in {"as_json", "sarif"}:
            text = rendered(kind, report, "zh")
            assert "不能据此报送" in text
            assert CLEARED not in text.replace(NOT_CLEARED, "")
