"""The page gives what the command line gives where there is no LibreOffice: the same JSON, and the same files part by part."""

from __future__ import annotations

import base64
import io
import os
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import clusterform
from clusterform import reports
from clusterform.batch.run import How, check_all
from clusterform.parsers.libreoffice.convert import PROGRAM
from clusterform.pipeline import Checker
from clusterform.reports import ReportRequest
from clusterform.settings import Settings
from clusterform.writing import blank
from support.books import fill_by_name
from support.forms import write
from support.reports import rendered
from support.sweeps import ALL
from test_page_browser import Page

if TYPE_CHECKING:
    from selenium.webdriver.remote.webdriver import WebDriver

TESTS = Path(__file__).parent
EXAMPLES = TESTS.parent / "examples"
FORMS = [
    *sorted(p for p in EXAMPLES.iterdir() if p.suffix in {".docx", ".xlsx"}),
    *sorted(p for p in (TESTS / "data").rglob("*") if p.suffix in {".docx", ".xlsx"}),
]
FOLDER = EXAMPLES / "province/青岛市"


@pytest.fixture(scope="module")
def page(browser: WebDriver, page_file: Path) -> Page:
    page = Page(browser, page_file.as_uri())
    page.open()
    return page


def choose(page: Page, folder: Path) -> None:
    """A browser reads a folder in its own time."""
    page.js("now = null")
    page.give(folder, name="pick-folder")
    page.until("return now !== null")
    page.settle()


def taken(page: Page, what: str) -> bytes:
    script = """
    const [what, done] = arguments;
    program.ask("take", { what, number: 0 }).then(({ bytes, error }) => {
      const read = new FileReader();
      read.onload = () => done(error ? "error " + error : read.result.split(",")[1]);
      read.readAsDataURL(new Blob([bytes]));
    }, (error) => done("error " + error.message));
    """
    data = page.browser.execute_async_script(script, what)
    assert not data.startswith("error"), data
    return base64.b64decode(data)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_form_has_the_same_report(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAM, "none")
    others = []
    for form in FORMS:
        page.give(form)
        monkeypatch.chdir(form.parent)
        expected = rendered("json", clusterform.check(form.name), "zh").encode()
        others += [form.name] if taken(page, "report:json") != expected else []
    assert others == []


RANDOM_FORMS = 100 if ALL else 20


@pytest.fixture
def random_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Random forms, three of four with mistakes."""
    monkeypatch.syspath_prepend(str(TESTS / "fuzz"))
    from random_forms import consistent, spoilt

    dice = random.Random(25)  # noqa: S311  (dice for tests)
    folder = tmp_path / "许多"
    folder.mkdir()
    for number in range(RANDOM_FORMS):
        form = ("application", "review")[number % 2]
        filled = consistent(form, dice)
        if number % 4:
            spoilt(filled, dice)
        ending, written = (".docx", write) if number % 3 else (".xlsx", fill_by_name)
        (folder / f"{number}{ending}").write_bytes(written(form, filled))
    return folder


@pytest.mark.parametrize("which", ["shipped", "random_forms"])
def test_a_folder_has_the_same_report(
    page: Page, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    folder = FOLDER if which == "shipped" else request.getfixturevalue(which)
    monkeypatch.setenv(PROGRAM, "none")
    monkeypatch.chdir(folder.parent)
    choose(page, folder)
    expected = commanded(folder.parent, "batch", folder.name, ending=".json")
    assert taken(page, "report:json") == expected


def commanded(folder: Path, *command: str, ending: str) -> bytes:
    """What a command run in that folder writes into it, so that links out of it are the same."""
    name = f"made{ending}"
    words = [sys.executable, "-m", "clusterform", *command, "-o", name]
    outside = {**os.environ, PROGRAM: "none"}
    done = subprocess.run(words, cwd=folder, env=outside, capture_output=True, check=False)
    assert done.returncode < 2, done.stderr.decode()
    made = (folder / name).read_bytes()
    (folder / name).unlink()
    return made


@pytest.mark.parametrize("name", ["application-broken-figures.docx", "workbook-broken.xlsx"])
def test_files_are_the_same_part_by_part(
    page: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shutil.copy(EXAMPLES / name, tmp_path)
    page.give(tmp_path / name)
    own = Path(name).suffix
    for what, ending, *command in [
        ("annotated", own, "annotate", name),
        ("fixed", own, "fix", name),
        ("evidence-list", ".docx", "template", "evidence-list", "--from", name),
        ("report:xlsx", ".xlsx", "check", name),
    ]:
        made = commanded(tmp_path, *command, ending=ending)
        assert parts(taken(page, what)) == parts(made), what
    assert taken(page, "answers") == commanded(tmp_path, "extract", name, ending=".json")
    # A report out of a browser does not lie beside the form: it has no links to it.
    monkeypatch.setenv(PROGRAM, "none")
    monkeypatch.chdir(tmp_path)
    checker = Checker(Settings())
    found = check_all([Path(name)], checker, How(cache=False)).report
    request = ReportRequest("zh", linked=False, rules=lambda: checker.rule_pages(found))
    assert taken(page, "report:html").decode() == "".join(reports.pieces("html", found, request))


def test_files_of_a_folder_are_the_same_part_by_part(page: Page, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / FOLDER.name)
    choose(page, tmp_path / FOLDER.name)
    for what, command in (("answers-table", "extract"), ("report:xlsx", "batch")):
        made = commanded(tmp_path, command, FOLDER.name, ending=".xlsx")
        assert parts(taken(page, what)) == parts(made), what


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_blank_forms_are_the_same(page: Page, ending: str) -> None:
    assert parts(taken(page, f"blank:review.{ending}")) == parts(blank("review", ending, "2025"))
