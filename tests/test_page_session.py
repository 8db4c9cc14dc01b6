"""What the page asks of the program, in this Python: the same answers and files as the command line gives."""

from __future__ import annotations

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

import clusterform
from clusterform import processes
from clusterform.page import session
from clusterform.page.rules_digest import rules_digest
from clusterform.page.session import BEFORE, EVIDENCE, NOW, Session
from clusterform.writing import blank
from support.reports import rendered

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BROKEN = EXAMPLES / "application-broken-figures.docx"
CLEAN = EXAMPLES / "application-clean.docx"


class Page:
    """A session, and the files that are dropped into it."""

    def __init__(self, home: Path, *rule_files: Path) -> None:
        self.home = home
        self.told: list[tuple[int, int, str]] = []
        self.session = Session(home, rule_files, lambda *told: self.told.append(told))

    def drop(self, *files: Path, folder: str = NOW, names: tuple[str, ...] = ()) -> None:
        os.chdir(self.home)
        shutil.rmtree(folder)
        for file, name in zip(files, names or [file.name for file in files], strict=True):
            place = Path(folder, name)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)

    def ask(self, name: str, **given: Any) -> Any:
        return json.loads(self.session.ask(name, json.dumps({"lang": "zh", **given})))

    def take(self, what: str, number: int = 0) -> tuple[str, bytes]:
        made = self.ask("take", what=what, number=number)
        return made["name"], Path(made["path"]).read_bytes()


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Page:
    monkeypatch.setattr(processes, "WITHOUT", (sys.platform,))
    monkeypatch.chdir(tmp_path)
    return Page(tmp_path / "forms")


def test_it_says_what_it_judges_by(page: Page) -> None:
    about = page.ask("about")
    assert about["version"] == clusterform.__version__
    assert (about["edition"], about["rules"], about["layers"]) == ("2025", rules_digest(()), [])
    assert {"kind": "application", "title": "中小企业特色产业集群申报表"} in about["blanks"]


@pytest.mark.usefixtures("page")  # no worker processes, as in a page
def test_a_rule_file_is_named_without_its_place_in_the_page(tmp_path: Path) -> None:
    rules = tmp_path / "layers/0/江苏.yaml"
    rules.parent.mkdir(parents=True)
    rules.write_text("extends: national\nchange:\n  CF103: {severity: warning}\n", encoding="utf-8")
    own = Page(tmp_path / "own", rules)
    own.drop(BROKEN)
    assert "规则文件：江苏.yaml" in own.ask("check")["content"]
    assert str(rules.parent) not in own.take("report:json")[1].decode()


def test_a_form_alone_is_checked_as_the_command_does(page: Page) -> None:
    page.drop(BROKEN)
    found = page.ask("check")
    assert page.told == [(0, 1, BROKEN.name)]
    [file] = found["files"]
    assert (file["name"], file["status"], file["copies"]) == (BROKEN.name, "fail", True)
    assert "http-equiv" not in found["content"]
    assert '<a href="application' not in found["content"]
    report = clusterform.check(BROKEN.name)
    assert page.take("report:json") == ("检查结果.json", rendered("json", report, "zh").encode())


@pytest.mark.parametrize(
    ("what", "ending"),
    [
        ("annotated", ".批注.docx"),
        ("fixed", ".修正.docx"),
        ("evidence-list", ".佐证材料清单.docx"),
        ("answers", ".填写内容.json"),
    ],
)
def test_files_of_a_form(page: Page, what: str, ending: str) -> None:
    page.drop(BROKEN)
    page.ask("check")
    name, data = page.take(what)
    assert name == BROKEN.stem + ending
    if what == "annotated":
        assert data == clusterform.annotate(BROKEN, "marked.docx").read_bytes()
    elif what == "fixed":
        clusterform.fix(BROKEN, "mended.docx")
        assert data == Path("mended.docx").read_bytes()
    elif what == "answers":
        assert json.loads(data)["form"] == "application"
    else:
        assert data.startswith(b"PK")


def test_a_folder_is_checked_with_the_rules_across_forms(page: Page) -> None:
    page.drop(BROKEN, CLEAN, names=("甲县/申报表.docx", "乙县/申报表.docx"))
    found = page.ask("check")
    assert [file["name"] for file in found["files"]] == ["乙县/申报表.docx", "甲县/申报表.docx"]
    assert [done for done, _, _ in page.told] == [0, 0, 1, 2]
    assert 'id="overview"' in found["content"]
    name, data = page.take("answers-table")
    assert (name, data[:2]) == ("填写内容.xlsx", b"PK")
    assert page.take("annotated", 1)[0] == "申报表.批注.docx"


def test_two_submissions_are_compared(page: Page) -> None:
    page.drop(BROKEN, folder=BEFORE)
    page.drop(CLEAN)
    page.ask("check")
    content = page.ask("compare")["content"]
    assert "上次 12 处" in content
    assert "../" not in content


def test_evidence_is_paired(page: Page) -> None:
    page.drop(CLEAN)
    bare = page.ask("check")["content"]
    page.drop(CLEAN, folder=EVIDENCE)
    assert page.ask("check")["content"] != bare


def test_blank_forms(page: Page) -> None:
    assert page.take("blank:review.xlsx") == (
        "中小企业特色产业集群复核申报表.xlsx",
        blank("review", "xlsx", "2025"),
    )


@pytest.mark.parametrize(
    "what", ["annotated", "report:json", "answers-table", "nothing", "blank:nothing.docx"]
)
def test_what_is_not_there_is_refused(page: Page, what: str) -> None:
    assert page.ask("take", what=what)["error"]


def test_refusals_are_in_the_language_chosen(page: Page) -> None:
    assert page.ask("check", lang="en")["error"].isascii()


def test_a_folder_with_one_form_is_a_folder(page: Page) -> None:
    page.drop(CLEAN, names=("甲县/申报表.docx",))
    page.ask("check")
    report = json.loads(page.take("report:json")[1])
    assert [finding["rule"] for finding in report["batch"]["findings"]] == ["CF804"]


@pytest.fixture
def loose(page: Page) -> dict[str, Path]:
    """Files that are no forms."""
    files = {name: page.home / name for name in ("说明.txt", "1.产值证明.pdf", "\u202e反.txt")}
    for file in files.values():
        file.write_bytes(b"%PDF-1.4")
    return files


def test_loose_files_that_are_no_forms_are_named(page: Page, loose: dict[str, Path]) -> None:
    page.drop(*loose.values())
    told = page.ask("check")["error"]
    assert "1.产值证明.pdf、\\u202e反.txt、说明.txt" in told
    page.drop(CLEAN, BROKEN, loose["说明.txt"])
    [left] = page.ask("check")["left"]
    assert "：说明.txt。" in left
    page.drop(CLEAN, loose["说明.txt"], names=("县/申报表.docx", "县/说明.txt"))
    assert page.ask("check")["left"] == []


def test_evidence_beside_a_loose_form_is_not_passed_over(page: Page, tmp_path: Path) -> None:
    archive = tmp_path / "佐证材料.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("1.pdf", b"%PDF-1.4")
    page.drop(CLEAN, archive)
    found = page.ask("check")
    assert (found["left"], len(found["files"])) == ([], 1)


@pytest.mark.parametrize("error", [MemoryError(), RecursionError(), OSError(5, "x"), KeyError("x")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_breaks_is_told_in_a_sentence(
    page: Page, monkeypatch: pytest.MonkeyPatch, error: Exception, language: str
) -> None:
    def breaks(*_: object) -> None:
        raise error

    monkeypatch.setattr(session, "check_all", breaks)
    page.drop(CLEAN)
    told = page.ask("check", lang=language)["error"]
    assert len(told) > 40
    assert told.isascii() == (language == "en")
    assert "Traceback" not in told
