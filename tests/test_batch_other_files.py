"""What lies in a province's folder beside the filled forms: blanks, the notice, forms in an archive."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from clusterform.batch.discover import Candidate, Left, NameConfidence, discover, has_own_name
from support.command import run

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
NOTICE = Path(__file__).parent / "data" / "notice-2025-77.txt"
TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "2025"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "浙江省"
    (made / "开化县").mkdir(parents=True)
    shutil.copy(EXAMPLES / "application-clean.docx", made / "开化县" / "申报表.docx")
    return made


def test_a_word_file_saved_as_xml_is_found(folder: Path) -> None:
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'
    for name in ("表.xml", "表.txt"):
        (folder / "开化县" / name).write_text(head, encoding="utf-8")
    (folder / "开化县" / "结果.xml").write_text("<testsuites/>", encoding="utf-8")
    assert [c.path.name for c in discover([folder]).candidates] == ["申报表.docx", "表.xml"]


def test_a_folder_of_blanks_alone_holds_nothing_to_check(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "开化县" / "申报表.docx").unlink()
    shutil.copy(TEMPLATES / "application.docx", folder / "开化县" / "表.docx")
    assert run(monkeypatch, "batch", folder, "--no-cache") == 2
    shown = capsys.readouterr()
    assert (shown.out, "表.docx  空白表，没有填写" in shown.err) == ("", True)


def notice() -> bytes:
    document, held = docx.Document(), io.BytesIO()
    for line in NOTICE.read_text(encoding="utf-8").splitlines():
        document.add_paragraph(line)
    document.save(held)
    return held.getvalue()


def test_blanks_and_the_notice_are_no_forms_of_a_cluster(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "工信厅企业函〔2025〕77号通知.docx").write_bytes(notice())
    for number, blank in enumerate(sorted(TEMPLATES.glob("*.*"))):
        name = "佐证材料清单" if blank.stem == "evidence-list" else "申报表"
        shutil.copy(blank, folder / f"附件{number} {name}{blank.suffix}")
    assert run(monkeypatch, "batch", folder, "--format", "json", "--no-cache") == 0
    told = capfd.readouterr()
    report = json.loads(told.out)
    forms = [entry["path"] for entry in report["files"] if not entry["form"].endswith("-summary")]
    assert forms == [(folder / "开化县" / "申报表.docx").as_posix()]
    assert {finding["severity"] for finding in report["batch"]["findings"]} <= {"manual"}
    assert told.err.count("空白表，没有填写") == 5


def test_a_countys_own_blank_is_reported_but_stands_for_no_cluster(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("常山县", "龙游县"):
        shutil.copy(TEMPLATES / "application.docx", folder / f"{name}申报表.docx")
    assert run(monkeypatch, "batch", folder, "--format", "json", "--no-cache") == 1
    report = json.loads(capfd.readouterr().out)
    assert [entry["status"] for entry in report["files"]] == ["fail", "fail", "pass"]
    assert {finding["severity"] for finding in report["batch"]["findings"]} <= {"manual"}
    blank = folder / "附件.docx"
    shutil.copy(TEMPLATES / "application.docx", blank)
    assert run(monkeypatch, "check", blank, folder, "--format", "json", "--no-cache") == 1
    assert len(json.loads(capfd.readouterr().out)["files"]) == 4


@pytest.mark.parametrize(
    ("path", "own"),
    [
        ("东海县申报表.docx", True),
        ("东海县/申报表.docx", True),
        ("东海县/附件1 申报表.docx", False),
        ("申报表（空白）.docx", False),
        ("材料/申报表.docx", False),
    ],
)
def test_whose_form_it_is_by_name(path: str, own: bool) -> None:
    assert has_own_name(Path(path)) is own


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("常山县/常山县.rar", True),
        ("常山县/常山县材料.zip", True),
        ("常山县/照片.rar", False),
        ("常山县/常山县佐证材料.rar", False),
        ("开化县/开化县.rar", False),
    ],
)
def test_an_archive_called_after_a_place_is_said_where_nothing_lies_beside_it(
    name: str, said: bool, folder: Path
) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("内层.zip", b"PK")
    if path.suffix == ".rar":
        path.write_bytes(b"Rar!")
    assert [item.path.name for item in discover([folder]).left] == ([path.name] if said else [])


def test_a_form_is_found_itself_and_not_by_a_link_to_it(folder: Path) -> None:
    form = folder / "开化县" / "申报表.docx"
    (folder / "0 申报表.docx").symlink_to(form)
    assert [item.path for item in discover([folder]).candidates] == [form]


def test_forms_in_an_archive_are_said_to_be_unchecked(folder: Path) -> None:
    with zipfile.ZipFile(folder / "各县.zip", "w") as packed:
        packed.write(folder / "开化县" / "申报表.docx", "衢州/开化县申报表.docx")
    (folder / "常山县申报表.rar").write_bytes(b"Rar!")
    (folder / "常山县申报表-佐证材料.zip").write_bytes(b"PK")
    (folder / "照片.zip").write_bytes(b"PK")
    with zipfile.ZipFile(folder / "开化县" / "申报表佐证材料.zip", "w") as packed:
        packed.writestr("申报表.docx", b"")
    found = discover([folder])
    assert [item.path.name for item in found.left] == ["各县.zip", "常山县申报表.rar"]
    assert all(isinstance(item, Left) and "解压" in item.why.zh for item in found.left)
    assert found.candidates == (
        Candidate(
            folder / "开化县" / "申报表.docx",
            NameConfidence.OWN,
            evidence=folder / "开化县" / "申报表佐证材料.zip",
        ),
    )


def test_a_document_that_is_no_form_is_called_by_its_first_words(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["B3"] = "工作安排"
    book.save(folder / "安排.xlsx")
    docx.Document().save(folder / "新建 文档.docx")
    assert run(monkeypatch, "batch", folder, "--no-cache") == 0
    told = capfd.readouterr().err
    assert "安排.xlsx  不是申报表或复核申报表（文件开头：“工作安排”）" in told
    assert "新建 文档.docx  不是申报表或复核申报表（没有文字）" in told


def test_a_folder_without_forms_is_nothing_to_check_and_no_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document()
    document.add_paragraph("关于推荐的函")
    document.save(tmp_path / "函.docx")
    shutil.copy(TEMPLATES / "application.docx", tmp_path / "附件1.docx")
    for arguments in (["batch"], ["check", "--jobs", "2"], ["extract"]):
        assert run(monkeypatch, *arguments, tmp_path) == 2
        told = capfd.readouterr()
        assert told.out == ""
        assert "函.docx" in told.err
        assert "附件1.docx" in told.err
        assert "没有可检查的申报表" in told.err or "没有找到可" in told.err


def test_what_the_program_wrote_into_the_folder_is_no_form_and_is_written_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    made = folder / "开化县申报表结果.xlsx"
    for _ in range(2):
        assert run(monkeypatch, "extract", folder, "-o", folder / "申报表汇总.xlsx") == 0
        assert run(monkeypatch, "batch", folder, "--format", "xlsx", "-o", made, "--no-cache") == 0
    assert run(monkeypatch, "batch", folder, "--format", "json") == 0
    assert len(json.loads(capfd.readouterr().out)["files"]) == 1
    for workers in ([], ["--jobs", "1"]):
        assert run(monkeypatch, "check", made, *workers) == 3
        assert "clusterform 写出的结果表" in capfd.readouterr().out


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    source = folder / "开化县" / "申报表.docx"
    source.rename(Path(os.fsdecode(os.fsencode(source.parent) + b"/\xb6\xab\xba\xa3.docx")))
    for arguments in (["batch", folder], ["extract", folder], ["extract", folder, "--format", "csv"]):
        assert run(monkeypatch, *arguments) == 0
        assert "内部出错" not in capfd.readouterr().err
    assert run(monkeypatch, "extract", folder, "-o", folder / "x.xlsx") == 0
