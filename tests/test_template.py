"""The template command: what it writes, under which name, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.writing import blank
from support.kinds import KINDS
from test_cli import run


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a folder whose name has spaces and Chinese letters."""
    folder = tmp_path / "申报 材料"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_is_written(
    kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "template", kind, "--format", "docx", "-o", "空白 表.docx") == 0
    assert Path("空白 表.docx").read_bytes() == blank(kind, "docx", "2025")
    told = capsys.readouterr()
    assert told.out == ""
    assert "已写入：空白 表.docx" in told.err


def test_without_a_name_it_is_called_after_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "template", "review-summary") == 0
    assert [path.name for path in Path().iterdir()] == ["2022年度中小企业特色产业集群复核情况汇总表.docx"]


@pytest.mark.parametrize(
    ("output", "made"),
    [("表", "表.docx"), ("2025.7 报送", "2025.7 报送/中小企业特色产业集群申报表.docx")],
    ids=["no ending", "a folder"],
)
def test_a_name_without_an_ending_gets_one(output: str, made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("2025.7 报送").mkdir()
    assert run(monkeypatch, "template", "application", "-o", output) == 0
    assert Path(made).read_bytes()[:2] == b"PK"


def test_a_file_that_is_there_is_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.docx").write_bytes(b"filled in with care")
    assert run(monkeypatch, "template", "application", "-o", "a.docx") == 2
    assert "已经存在" in capsys.readouterr().err
    assert Path("a.docx").read_bytes() == b"filled in with care"
    assert run(monkeypatch, "template", "application", "-o", "a.docx", "--force") == 0
    assert Path("a.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "chinese"),
    [
        (("poem",), "没有 poem 这种空白表格。可用：申报表（application）、复核申报表（review）、推荐汇总表"),
        (("application", "--format", "pdf"), "没有 pdf 这种空白格式。可用：docx、xlsx"),
        (("application", "-o", "a.pdf"), "文件名请以 .docx、.xlsx 之一结尾"),
        (("application", "--format", "docx", "-o", "a.xlsx"), ".xlsx 与 --format docx 不一致"),
        (("application", "--edition", "1999"), "没有 1999 年度"),
        (("application", "-o", "nowhere/a.docx"), "无法写入"),
        (("application", "--lang", "fr"), "--lang 不能是“fr”"),
    ],
)
def test_wrong_use(
    arguments: tuple[str, ...],
    chinese: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, "template", *arguments) == 2
    assert chinese in capsys.readouterr().err
    assert not list(Path().iterdir())
