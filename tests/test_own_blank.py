"""串页 of forms made from the project's own blank: compared with it of themselves, where LibreOffice is there (CF013)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from clusterform.finding import FileReport, Severity
from clusterform.paging import compare
from clusterform.parsers.libreoffice import convert as office_state
from clusterform.parsers.libreoffice.convert import PROGRAM
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from clusterform.snapshot import between_runs
from support.answers import clean
from support.blanks import blank_form, changed, fill_in
from support.forms import write

FORM = "application"


def said(folder: Path, docx: bytes, **settings: Any) -> FileReport:
    file = folder / "form.docx"
    file.write_bytes(docx)
    return Checker(Settings(**{"select": ("CF013",), **settings})).check(file)


def filled(**texts: str) -> bytes:
    answers = clean(FORM)
    answers.texts |= {f"leading_industry.{key}": text for key, text in texts.items()}
    return changed(blank_form(FORM), fill_in(answers))


@pytest.fixture
def no_office_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails where LibreOffice is started."""

    def started(_: bytes) -> tuple[str, ...]:
        pytest.fail("LibreOffice was started")

    monkeypatch.setattr(compare, "page_texts", started)


def test_answers_of_the_length_asked_for_move_nothing(soffice: str, tmp_path: Path) -> None:
    assert soffice
    full = "补链强链项目持续推进。" * 18
    report = said(tmp_path, filled(chain_text=full, sharing_text=full, brand_text=full))
    assert (report.findings, report.skipped) == ((), ())


def test_a_long_answer_is_found(soffice: str, tmp_path: Path) -> None:
    assert soffice
    (finding,) = said(tmp_path, filled(chain_text="补链强链项目持续推进。" * 60)).findings
    assert (finding.rule, finding.severity, finding.section) == ("CF013", Severity.WARNING, 2)


@pytest.mark.usefixtures("no_office_run")
@pytest.mark.parametrize(
    "settings",
    [{"select": ("CF1",)}, {"select": (), "ignore": ("CF013",)}, {"batch": True}],
    ids=["another rule", "ignored", "a folder"],
)
def test_libreoffice_is_not_started_where_nobody_asks(settings: Any, tmp_path: Path) -> None:
    assert all(f.severity is not Severity.WARNING for f in said(tmp_path, filled(), **settings).findings)


@pytest.mark.usefixtures("no_office_run")
def test_another_blank_and_no_libreoffice_leave_it_to_a_person(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert [f.severity for f in said(tmp_path, write(FORM)).findings] == [Severity.MANUAL]
    monkeypatch.setenv(PROGRAM, str(tmp_path / "nowhere"))
    assert [f.severity for f in said(tmp_path, filled()).findings] == [Severity.MANUAL]


def test_the_blank_is_laid_out_once_and_again_when_fonts_change(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    laid_out: list[str] = []

    def lay_out(_: bytes, edition: str, form: str) -> compare.Blank:
        laid_out.append(f"{form} {edition}")
        return compare.Blank(form, edition, {})

    def run(state: str) -> None:
        compare._laid_out.cache_clear()
        with between_runs():
            compare._laid_out("2025", FORM, state)

    monkeypatch.setenv("CLUSTERFORM_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(compare, "blank_pages", lay_out)
    run("one")
    run("one")
    assert laid_out == [f"{FORM} 2025"]
    run("another")
    assert len(laid_out) == 2
    compare._laid_out.cache_clear()


def test_the_state_changes_with_the_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program, fonts = tmp_path / "soffice", tmp_path / "fonts"
    program.write_bytes(b"#!")
    program.chmod(0o755)
    fonts.mkdir()
    monkeypatch.setenv(PROGRAM, str(program))
    monkeypatch.setattr(office_state, "_ELSEWHERE", (str(fonts), str(tmp_path / "none")))
    monkeypatch.setattr(office_state, "_FONTS", {})
    before = office_state.office_state()
    assert before == office_state.office_state()
    os.utime(fonts, ns=(1, 1))
    assert office_state.office_state() != before
    monkeypatch.setenv(PROGRAM, str(tmp_path / "nowhere"))
    assert office_state.office_state() is None
