"""Marked copies of a folder's forms: where they go, what is mended in them, and what becomes of them in the next run."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

import clusterform
from clusterform.batch.run import How, RunOutcome, check_all
from clusterform.parsers.container.own_marks import copy_mark
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.command import run
from support.office import saved_as
from test_word_xml import flat

EXAMPLES = Path(__file__).parents[1] / "examples"
BROKEN = EXAMPLES / "application-broken-figures.docx"
BOOK = EXAMPLES / "workbook-broken.xlsx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two forms with mistakes in folders of their own."""
    made = tmp_path / "省"
    (made / "开化县").mkdir(parents=True)
    (made / "桐乡市").mkdir()
    shutil.copy(BROKEN, made / "开化县" / "申报表.docx")
    shutil.copy(BOOK, made / "桐乡市" / "申报表.xlsx")
    return made


def batch(folder: Path) -> RunOutcome:
    return check_all([folder], Checker(Settings(batch=True)), How(jobs=1, cache=False))


def rules(outcome: RunOutcome) -> list[str]:
    return [finding.rule for finding in outcome.report.batch]


def to_fix(path: Path) -> int:
    [file] = clusterform.check(path).files
    return sum(finding.fix is not None for finding in file.findings)


def files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_copies_stand_in_the_same_tree(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    before = files(folder)
    assert run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--quiet") == 1
    assert files(folder) == before
    assert list(files(tmp_path / "批注")) == list(before)
    for name in before:
        assert copy_mark(open_package(tmp_path / "批注" / name)) == "annotated"


def test_what_is_safe_is_mended_first(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "批注"
    run(monkeypatch, "batch", folder, "--annotate", target, "--fix", "--quiet")
    for name in files(folder):
        assert to_fix(target / name) < to_fix(folder / name)
        assert copy_mark(open_package(target / name)) == "annotated"
    word = open_package(target / "开化县" / "申报表.docx")
    assert b"<w:ins " in word.read("word/document.xml")
    comments = word.read("word/comments.xml").decode()
    assert "已自动改好" in comments
    assert "77.20" not in comments  # mended, so that nothing is left to say of it
    notes = open_package(target / "桐乡市" / "申报表.xlsx")
    texts = "".join(notes.read(n).decode() for n in notes.names if "comments" in n and n.endswith(".xml"))
    assert "已自动修正" in texts
    assert "必须修改" in texts


def test_one_form_takes_fix_as_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    copy = tmp_path / "批注.docx"
    assert run(monkeypatch, "check", BROKEN, "--annotate", copy, "--fix", "--quiet") == 1
    assert b"<w:ins " in open_package(copy).read("word/document.xml")
    plain = tmp_path / "只批注.docx"
    run(monkeypatch, "annotate", BROKEN, "-o", plain)
    assert b"<w:ins " not in open_package(plain).read("word/document.xml")


def test_a_copy_that_is_there_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "批注"
    held = target / "开化县" / "申报表.docx"
    held.parent.mkdir(parents=True)
    held.write_bytes(b"mended by the county")
    run(monkeypatch, "batch", folder, "--annotate", target, "--quiet")
    told = capsys.readouterr().err
    assert held.read_bytes() == b"mended by the county"
    assert "已经存在，没有写入" in told
    assert (target / "桐乡市" / "申报表.xlsx").exists()
    run(monkeypatch, "batch", folder, "--annotate", target, "--quiet", "--force")
    assert copy_mark(open_package(held)) == "annotated"
    assert run(monkeypatch, "check", BROKEN, "--annotate", held) == 2
    assert "--force" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--annotate", "省/批注"], "不能放在被检查的文件夹里"),
        (["--annotate", "省"], "不能放在被检查的文件夹里"),
        (["--annotate", "省/../省/批注"], "不能放在被检查的文件夹里"),
        (["--annotate", "文件.txt"], "是文件"),
        (["--fix"], "--fix 只用于带批注的副本"),
        (["--force"], "--force 只用于带批注的副本"),
    ],
)
def test_wrong_use_is_told(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: Path,
    options: list[str],
    told: str,
) -> None:
    monkeypatch.chdir(folder.parent)
    Path("文件.txt").write_text("", encoding="utf-8")
    before = files(folder)
    assert run(monkeypatch, "batch", "省", *options) == 2
    assert told in capsys.readouterr().err
    assert files(folder) == before


def test_a_copy_would_not_slip_into_the_folder_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    """A folder in the folder of its own name: beside it, the copy would be one of its forms."""
    (folder / "省").mkdir()
    shutil.move(folder / "开化县", folder / "省" / "开化县")
    monkeypatch.chdir(folder.parent)
    before = files(folder)
    run(monkeypatch, "batch", "省", "--annotate", ".", "--quiet")
    assert files(folder) == before
    assert "省/开化县/申报表.docx 没有写副本" in capsys.readouterr().err


def test_several_folders_do_not_mix(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "批注"
    run(monkeypatch, "check", folder / "开化县", folder / "桐乡市", "--annotate", target, "--quiet")
    assert list(files(target)) == ["开化县/申报表.docx", "桐乡市/申报表.xlsx"]


def test_a_form_without_anything_to_do_has_no_copy(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    options = ("--annotate", tmp_path / "批注", "--select", "CF206", "--quiet")
    run(monkeypatch, "batch", folder, *options)
    assert list(files(tmp_path / "批注")) == ["开化县/申报表.docx"]


def test_what_cannot_be_copied_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "某县申报表.docx").write_bytes(b"not a form")
    run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--quiet")
    assert "某县申报表.docx 没有写副本" in capsys.readouterr().err
    assert len(files(tmp_path / "批注")) == 2


def test_a_converted_form_keeps_its_name_and_says_its_ending(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    """One whose name another form has already is told apart by both endings."""
    (folder / "开化县" / "申报表.doc").write_text(flat(BROKEN.read_bytes()), encoding="utf-8")
    (folder / "桐乡市" / "申报表.doc").write_text(flat(BROKEN.read_bytes()), encoding="utf-8")
    run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--quiet")
    assert list(files(tmp_path / "批注")) == [
        "开化县/申报表.doc.docx",
        "开化县/申报表.docx",
        "桐乡市/申报表.docx",
        "桐乡市/申报表.xlsx",
    ]
    assert "桐乡市/申报表.doc 不能加批注或修改，副本为 .docx" in capsys.readouterr().err


def test_a_copy_beside_its_original_is_named_and_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--quiet")
    alone = rules(batch(folder))
    shutil.copy(tmp_path / "批注" / "开化县" / "申报表.docx", folder / "桐乡市" / "某某.docx")
    shutil.copy(tmp_path / "批注" / "桐乡市" / "申报表.xlsx", folder / "申报表（二）.xlsx")
    found = batch(folder)
    assert rules(found) == alone
    assert [path.name for path in found.checked] == ["申报表.docx", "申报表.xlsx"]
    assert [item.path.name for item in found.left] == ["某某.docx", "申报表（二）.xlsx"]
    capsys.readouterr()
    run(monkeypatch, "batch", folder, "--format", "plain")
    assert "开化县/申报表.docx 的带批注（或已修正）的副本" in capsys.readouterr().err


def test_a_copy_alone_is_a_form(monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path) -> None:
    run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--quiet")
    found = batch(tmp_path / "批注")
    assert len(found.checked) == 2
    assert not found.left
    for file in found.report.files:
        assert "CF014" in [finding.rule for finding in file.findings]


def test_a_copy_with_other_answers_is_a_version(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    """Mended by us or by the county: two versions of one form, as ever."""
    run(monkeypatch, "batch", folder, "--annotate", tmp_path / "批注", "--fix", "--quiet")
    shutil.copy(tmp_path / "批注" / "开化县" / "申报表.docx", folder / "开化县" / "申报表.改.docx")
    found = batch(folder)
    assert len(found.checked) == 3
    assert "CF802" in rules(found)


def test_two_forms_without_a_mark_stay_twice(folder: Path) -> None:
    shutil.copy(folder / "开化县" / "申报表.docx", folder / "桐乡市" / "申报表.docx")
    found = batch(folder)
    assert len(found.checked) == 3
    assert "CF802" in rules(found)


def test_extract_leaves_a_copy_beside_its_original_out_as_well(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    """Of a copy that somebody mended both stay: they are two versions."""
    county = folder / "开化县"
    clusterform.annotate(BROKEN, county / "申报表.批注.docx")
    clusterform.fix(BROKEN, county / "申报表.改.docx")
    table = tmp_path / "表.json"
    assert run(monkeypatch, "extract", folder, "-o", table, "--jobs", "1") == 0
    named = [Path(form["path"]).name for form in json.loads(table.read_text(encoding="utf-8"))]
    assert sorted(named) == ["申报表.docx", "申报表.xlsx", "申报表.改.docx"]
    assert "申报表.批注.docx" in (told := capsys.readouterr().err)
    assert "开化县/申报表.docx 的带批注（或已修正）的副本" in told
    (county / "申报表.docx").unlink()
    run(monkeypatch, "extract", folder, "-o", table, "--jobs", "1")
    assert "申报表.批注.docx" in table.read_text(encoding="utf-8")


def test_old_files_of_one_name_each_get_a_copy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, soffice: str
) -> None:
    county = tmp_path / "送审" / "桐乡市"
    county.mkdir(parents=True)
    for ending in ("xls", "ods"):
        saved_as(soffice, BOOK, ending, tmp_path).rename(county / f"申报表.{ending}")
    assert run(monkeypatch, "batch", county.parent, "--annotate", tmp_path / "批注") in {0, 1}
    assert list(files(tmp_path / "批注")) == ["桐乡市/申报表.xls.xlsx", "桐乡市/申报表.xlsx"]
