"""What may be named in Chinese: kinds of form, option values, in a project file too."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterform.cli.options import BY_NAME, chinese_names, key_of
from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.forms.lists import key_of_form
from clusterform.text import fold
from clusterform.writing import blank, official_name
from support.command import run
from support.kinds import KINDS

Ran = tuple[int, str, str]
EDITION = "2025"
KIND_NAMES = {
    "申报表": "application",
    "中小企业特色产业集群申报表": "application",
    "附件1": "application",
    "复核申报表": "review",
    "中小企业特色产业集群复核申报表": "review",
    "推荐汇总表": "recommendation-summary",
    "2025年度中小企业特色产业集群推荐汇总表": "recommendation-summary",
    "中小企业特色产业集群推荐汇总表": "recommendation-summary",
    "附件 2": "recommendation-summary",
    "复核情况汇总表": "review-summary",
    "2022年度中小企业特色产业集群复核情况汇总表": "review-summary",
    "佐证材料清单": "evidence-list",
}
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "application-broken-criteria.docx"


@pytest.mark.parametrize(("name", "key"), KIND_NAMES.items())
def test_a_kind_by_its_chinese_name(name: str, key: str) -> None:
    assert key_of_form(name, EDITION) == key
    assert official_name(name, EDITION) == official_name(key, EDITION)


@pytest.mark.parametrize("key", KINDS)
def test_a_kind_by_its_official_title_and_its_key(key: str) -> None:
    assert key_of_form(official_name(key, EDITION), EDITION) == key
    assert key_of_form(key, EDITION) == key


def test_the_same_blank_by_either_name() -> None:
    assert blank("佐证材料清单", "docx", EDITION) == blank("evidence-list", "docx", EDITION)


def test_what_is_no_kind_is_told_with_the_chinese_names() -> None:
    with pytest.raises(UsageError) as caught:
        blank("申请书", "docx", EDITION)
    assert "申报表（application）" in caught.value.zh
    assert "申请书" in caught.value.zh


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command: its status, and what it says."""

    def command(*arguments: str | Path) -> Ran:
        status = run(monkeypatch, *arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_template_and_schema(ran: Callable[..., Ran], tmp_path: Path) -> None:
    assert ran("template", "推荐汇总表", "--format", "表格", "-o", tmp_path / "a.xlsx")[0] == 0
    assert (tmp_path / "a.xlsx").is_file()
    assert ran("schema", "申报表") == ran("schema", "application")
    assert ran("template", "申请书")[0] == 2


def test_no_two_values_have_one_name() -> None:
    names = [fold(name) for key, named in chinese_names().items() for name in (key, *named)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("错误", "error"),
        ("必须修改", "error"),
        ("西部", "west"),
        ("网页", "html"),
        ("error", "error"),
        ("北部", "北部"),
    ],
)
def test_a_value(value: str, key: str) -> None:
    assert key_of(value) == key


def test_levels() -> None:
    levels = BY_NAME["severity"]
    given = levels.value(["CF504=错误", "CF601＝警告", "CF6=info"])
    assert given == {"CF504": Severity.ERROR, "CF601": Severity.WARNING, "CF6": Severity.INFO}
    for wrong in ("CF7", "=error", "CF7=北部"):
        with pytest.raises(UsageError, match=wrong):
            levels.value([wrong])


PAIRS = [
    (("--region", "西部"), ("--region", "west")),
    (("--severity", "CF601=警告"), ("--severity", "CF601=warning")),
    (("--fail-on", "从不"), ("--fail-on", "never")),
    (("--lang", "英文"), ("--lang", "en")),
    (("--format", "纯文本"), ("--format", "plain")),
]


@pytest.mark.parametrize(("chinese", "english"), PAIRS)
def test_an_option(ran: Callable[..., Ran], chinese: tuple[str, str], english: tuple[str, str]) -> None:
    wanted = () if chinese[0] == "--format" else ("--format", "json")
    assert ran("check", EXAMPLE, *wanted, *chinese) == ran("check", EXAMPLE, *wanted, *english)


def test_a_wrong_value_tells_both_names(ran: Callable[..., Ran]) -> None:
    status, _, said = ran("check", EXAMPLE, "--region", "北部")
    assert status == 2
    assert "west（西部）" in said


def test_in_a_project_file(ran: Callable[..., Ran], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forms = tmp_path / "forms"
    forms.mkdir()
    (forms / "a.docx").write_bytes(EXAMPLE.read_bytes())
    settings = 'format = "json"\nregion = "西部"\nfail-on = "从不"\nseverity = {CF601 = "警告"}\n'
    (tmp_path / "clusterform.toml").write_text(settings, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    status, out, _ = ran("check", forms / "a.docx")
    assert status == 0
    levels = {f["rule"]: f["severity"] for f in json.loads(out)["files"][0]["findings"]}
    assert (levels["CF601"], levels["CF506"]) == ("warning", "manual")
