"""串页: the labels that moved onto other pages than the blank form has them on, laid out by LibreOffice (CF013)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from clusterform.errors import UsageError
from clusterform.finding import FileReport, Severity
from clusterform.forms.model import every_row, load_form
from clusterform.paging.compare import Blank, compare_pages, page_texts
from clusterform.paging.labels import find_parts
from clusterform.parsers.container.package import open_package
from clusterform.parsers.libreoffice.convert import PROGRAM
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.answers import Filled, clean
from support.forms import EDITION, write
from support.hand_made import make_form
from support.office import on_own_pages

FORM = load_form(EDITION, "review")
HEADINGS = [s.heading for s in FORM.sections if s.heading and s.number <= 8]
PACKAGE = open_package(write("review"))
LONG = "leading_industry.chain_text"


@dataclass
class Pages:
    """A run of Checker with a blank form, laid out once."""

    checker: Checker
    folder: Path

    def said(self, filled: Filled, *, broken: bool = True) -> FileReport:
        file = self.folder / "form.docx"
        data = write("review", filled)
        file.write_bytes(on_own_pages(data, *HEADINGS) if broken else data)
        return self.checker.check(file)


def checker(folder: Path, data: bytes, language: str = "zh") -> Pages:
    blank = folder / "blank.docx"
    blank.write_bytes(data)
    return Pages(Checker(Settings(blank=blank, select=("CF013",), language=language)), folder)


@pytest.fixture(scope="module")
def pages(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Against a form whose parts begin on pages of their own, and whose rows have the room that answers take."""
    assert soffice
    return checker(tmp_path_factory.mktemp("pages"), on_own_pages(write("review", short()), *HEADINGS))


def short() -> Filled:
    """Answers that leave room, so that a little more or less moves nothing."""
    filled = clean("review")
    filled.texts["openness.exchange_text"] = "无"
    return filled


def test_no_shift_in_the_form_itself(pages: Pages) -> None:
    report = pages.said(short())
    assert (report.findings, report.skipped) == ((), ())


def test_a_long_answer_pushes_what_follows(pages: Pages) -> None:
    filled = short()
    filled.texts[LONG] = "补链强链项目持续推进。" * 90
    report = pages.said(filled)
    (finding,) = report.findings
    assert (finding.rule, finding.severity, finding.section) == ("CF013", Severity.WARNING, 2)
    assert finding.label in labels_after("集群产业链强链补链情况", 2)
    assert finding.location.page is not None
    assert f"现在在第 {finding.location.page} 页" in finding.message


def test_a_last_answer_that_runs_on(pages: Pages) -> None:
    filled = short()
    filled.texts["openness.overseas_branches"] = "境外网点。" * 600
    (finding,) = pages.said(filled).findings
    assert (finding.section, finding.label) == (6, "六、开放合作情况")
    assert "占 1 页，现在占" in finding.message


def test_parts_that_follow_a_shift_say_no_more(soffice: str, tmp_path: Path) -> None:
    assert soffice
    flowing = checker(tmp_path, write("review", short()), "en")
    filled = short()
    filled.texts[LONG] = "补链强链项目持续推进。" * 90
    (finding,) = flowing.said(filled, broken=False).findings
    assert finding.section == 2
    assert "runs onto another page" in finding.message


def test_every_label_of_the_form_is_found(soffice: str) -> None:
    assert soffice
    form = load_form(EDITION, "application")
    parts = find_parts(form, page_texts(write("application", Filled())))
    wanted = {path for path, f in form.fields.items() if 1 <= f.section <= 7}
    assert {s.path for part in parts.values() for s in part.spots} >= wanted
    assert sorted(parts) == list(range(1, 9))


def labels_after(label: str, part: int) -> list[str]:
    """Where a page ends depends on the machine's fonts."""
    labels = [row.label for row in every_row(FORM.sections[part].rows)]
    return labels[labels.index(label) + 1 :]


def printed(cut: str = "", part: int = 0) -> tuple[str, ...]:
    """Pages as LibreOffice would give them: a part a page, page numbers above; cut before a label of a part."""
    found = [FORM.guidance.items[-1]]
    for section in FORM.sections[1:9]:
        text = "\n".join([section.heading, *(row.label for row in every_row(section.rows))])
        before, label, after = text.partition(f"\n{cut}") if section.number == part else (text, "", "")
        found += [before, label + after] if label else [text]
    return tuple(f"{number}\n{text}" for number, text in enumerate(found, 1))


def shifts(
    monkeypatch: pytest.MonkeyPatch, blank: tuple[str, ...], form: tuple[str, ...]
) -> list[tuple[object, ...]]:
    monkeypatch.setattr("clusterform.paging.compare.page_texts", lambda _: form)
    seen = compare_pages(PACKAGE, make_form(form="review"), Blank("review", "2025", find_parts(FORM, blank)))
    return [(o.what, o.section, o.label, o.facts.get("from"), o.facts.get("to")) for o in seen]


def test_a_page_too_many_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shifts(monkeypatch, printed(), printed()) == []
    found = shifts(monkeypatch, printed(), printed("集群产业链强链补链情况", 2))
    assert found == [("page-shift", 2, "集群产业链强链补链情况", "3", "4")]
    found = shifts(monkeypatch, printed("集群产业链强链补链情况", 2), printed())
    assert found == [("page-shift", 2, "集群产业链强链补链情况", "4", "3")]


def test_a_later_part_is_compared_from_its_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    two = printed("集群产业链强链补链情况", 2)
    both = (*two[:7], *two[7].split("\n集群国际合作交流总体情况"), *two[8:])
    assert len(both) == len(two) + 1
    labels = [found[:3] for found in shifts(monkeypatch, printed(), both)]
    assert [found[1] for found in labels] == [2, 6]


def test_a_label_cut_by_the_end_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = printed()
    number = next(n for n, text in enumerate(pages) if "集群质量品牌建设情况" in text)
    before, after = pages[number].split("品牌建设情况", maxsplit=1)
    cut = (*pages[:number], before + " 12.50", "品牌建设情况" + after, *pages[number + 1 :])
    found = shifts(monkeypatch, pages, cut)
    assert [f[1] for f in found] == [2]
    assert found[0][2] != "集群质量品牌建设情况"


def test_a_blank_that_shows_no_labels_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [f[0] for f in shifts(monkeypatch, ("□□□",), printed())] == ["no-layout"]


def test_a_blank_of_another_form_is_a_reason(soffice: str, tmp_path: Path) -> None:
    assert soffice
    report = checker(tmp_path, write("application", Filled()), "en").said(short())
    assert report.findings == ()
    assert [(s.rule, "another kind" in s.reason) for s in report.skipped] == [("CF013", True)]


def test_a_blank_that_is_no_form_is_wrong_use(soffice: str, tmp_path: Path) -> None:
    assert soffice
    with pytest.raises(UsageError, match=r"blank\.docx"):
        checker(tmp_path, b"no form").said(short())
    with pytest.raises(UsageError, match="No such file"):
        Checker(Settings(blank=tmp_path / "none.docx")).check(tmp_path / "form.docx")


def test_without_a_blank_it_is_left_to_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAM, str(tmp_path / "never-run"))
    file = tmp_path / "form.docx"
    file.write_bytes(write("review"))
    (finding,) = Checker(Settings(select=("CF013",))).check(file).findings
    assert (finding.severity, finding.section) == (Severity.MANUAL, None)
    assert "空白表逐页对照" in finding.message
    assert "--" not in finding.message  # a clerk reads it


def test_without_libreoffice_it_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAM, str(tmp_path / "none"))
    report = checker(tmp_path, write("review", Filled())).said(short())
    assert report.findings == ()
    ((rule, reason),) = [(s.rule, s.reason) for s in report.skipped]
    assert rule == "CF013"
    assert "没有安装 LibreOffice" in reason
