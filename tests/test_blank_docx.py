"""The project's blank Word forms: what they print, that they are read as blank, and filled by name or by label."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from clusterform import writing
from clusterform.answers import Answer, FilledForm
from clusterform.fields import Kind
from clusterform.filling.read import fill_form
from clusterform.filling.recognise import recognise
from clusterform.finding import FileReport
from clusterform.forms.lists import load_list
from clusterform.forms.model import FormDef, RowDef, load_form
from clusterform.parsers.container.package import open_package
from clusterform.parsers.docx.read import read_docx
from clusterform.writing import blank, new_blank
from clusterform.writing.word.word_xml import PROMPTS
from support.answers import clean
from support.blanks import blank_form, body, changed, controls, fill_in, relabelled, w, without_controls
from support.kinds import FORMS, KINDS, LISTS
from support.reading import checked
from support.resave import converted

EDITION = "2025"
TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / EDITION
BLANK = {"CF101", "CF109", "CF115", "CF608", "CF611", "CF613", "CF615"}
"""What may be found in a blank form: an answer that is not there; signatures, seals and the opinion are left to a person."""
MANUAL = {"CF701", "CF702", "CF703", "CF704"}


def read(docx: bytes) -> FilledForm:
    document = read_docx(open_package(docx))
    return fill_form(document, recognise(document, EDITION))


def report(docx: bytes, folder: Path, **settings: Any) -> FileReport:
    file = folder / "form.docx"
    file.write_bytes(docx)
    return checked(file, {"ignore": ("CF013",), **settings})


def filled(form: str, *changes: Callable[[etree._Element], None]) -> bytes:
    return changed(blank_form(form), fill_in(clean(form)), *changes)


def answers(form: FilledForm) -> dict[Any, tuple[Any, Any]]:
    """What was read, without where it stands."""

    def plain(answer: Answer) -> tuple[Any, Any]:
        return answer.state, answer.value if answer.value is not None else answer.text

    return {(path, column): plain(answer) for path in form.fields for column, answer in form.places(path)}


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_what_the_writer_writes(kind: str) -> None:
    assert (TEMPLATES / f"{kind}.docx").read_bytes() == new_blank(kind, "docx", EDITION), "run make templates"


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_has_one_finding_that_stands_for_each_required_answer(form: str, tmp_path: Path) -> None:
    found = report(blank_form(form), tmp_path).findings
    assert {f.rule for f in found} <= BLANK | MANUAL
    (blank_finding,) = [f for f in found if f.rule in BLANK]
    wanted = [
        item.label
        for item in load_form(EDITION, form).fields.values()
        if item.required and item.kind is not Kind.FORMULA  # asked for where its figures are given
        for _ in (item.columns or [None])
    ]
    assert list(blank_finding.covers) == wanted


def words(rows: tuple[RowDef, ...]) -> list[str]:
    """All that the notice prints for these rows, in its order."""
    found: list[str] = []
    for row in rows:
        found += [row.label, *row.guidance]
        found += [o.label + o.note for o in row.options]
        if row.matrix is not None:
            found += [row.matrix.head, *row.matrix.measures.values(), *row.matrix.categories.values()]
        found += row.heads
        if row.growable:
            found += words(row.rows)
        found += row.notes
        if not row.growable:
            found += words(row.rows)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_the_notice_stands_there(form: str) -> None:
    definition = load_form(EDITION, form)
    shown = "".join(body(blank_form(form)).itertext())
    printed = [definition.annex, definition.title, definition.guidance.heading, *definition.guidance.items]
    for section in definition.sections:
        printed += [section.heading, section.header, *section.notes, *words(section.rows)]
    missing = [text for text in printed if "".join(text.split()) not in "".join(shown.split())]
    assert not missing
    headings = [shown.index(s.heading) for s in definition.sections if s.heading]
    assert headings == sorted(headings)


@pytest.mark.parametrize("form", FORMS)
def test_every_answer_and_box_has_a_control_of_its_name(form: str) -> None:
    found = list(controls(body(blank_form(form))))
    tags = [tag for tag, _ in found]
    assert sorted(tags) == sorted(set(tags)) == sorted(wanted_tags(load_form(EDITION, form)))
    for tag, control in found:
        properties = control.find(w("sdtPr"))
        title = properties.find(w("alias")).get(w("val"))
        assert 0 < len(title) <= 64 >= len(tag), "Word refuses longer names"
    numbers = [control.find(f"{w('sdtPr')}/{w('id')}").get(w("val")) for _, control in found]
    assert len(set(numbers)) == len(numbers)


def wanted_tags(form: FormDef) -> list[str]:
    tags: list[str] = []
    for path, item in form.fields.items():
        if item.options:
            tags += [f"{path}={option.key}" for option in item.options]
        elif item.kind is Kind.COUNT_NAMES:
            tags += [f"{path}@count", f"{path}@names"]
        else:
            tags += [f"{path}@{c.key}" for c in item.columns] or [path]
    return tags


def test_a_box_bears_its_evidence_code() -> None:
    titles = {
        tag: control.find(f"{w('sdtPr')}/{w('alias')}").get(w("val"))
        for tag, control in controls(body(blank_form("application")))
    }
    assert titles["leading_industry.brand_work=trademarks"].startswith("2.3-④ 获得了集体商标")


@pytest.mark.parametrize("form", FORMS)
def test_filled_in_by_name_it_is_read_as_it_was_filled(form: str, tmp_path: Path) -> None:
    docx = filled(form)
    named, labelled = read(docx), read(changed(docx, without_controls))
    assert answers(named) == answers(labelled)
    given = {path.partition("@")[0] for path, text in clean(form).texts.items() if text}
    left = {path for (path, _), (state, _) in answers(named).items() if state == "blank"}
    assert not left & given
    codes = {f.rule for f in report(docx, tmp_path).findings}
    assert codes <= MANUAL | {"CF401", "CF510", "CF605", "CF606", "CF607"}


@pytest.mark.parametrize("new", ["", "企业一共有几家"], ids=["deleted", "reworded"])
@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("集群企业数量（年度当前值）", "leading_industry.enterprises"),
        ("集群占地面积（平方公里）", "basic_info.area"),
        ("近三年集群单位产值能耗（吨标准煤/万元）", "green.energy"),
        ("省级绿色制造体系建设情况", "green.green_provincial"),
        ("研发经费投入", "plan.target_rd"),
    ],
)
def test_an_answer_without_its_label_is_taken_by_its_name(
    label: str, path: str, new: str, tmp_path: Path
) -> None:
    docx = filled("application", relabelled(label, new))
    assert answers(read(docx)) == answers(read(filled("application")))
    (finding,) = [f for f in report(docx, tmp_path).findings if f.rule.startswith(("CF0", "CF1"))]
    assert (finding.rule, finding.field) == ("CF011", path)


def test_a_line_of_the_cover_without_its_label_is_taken_by_its_name() -> None:
    docx = filled("application", relabelled("申报时间：", ""))
    assert read(docx).answer("cover.date").text == read(filled("application")).answer("cover.date").text


def test_a_control_moved_to_another_row_does_not_carry_its_name_along() -> None:
    """What a person sees counts: the figure stands beside the other label."""

    def move(root: etree._Element) -> None:
        held = dict(controls(root))
        first, second = (held[f"leading_industry.{key}@2022"] for key in ("enterprises", "smes"))
        place = second.getparent()
        place.replace(second, first)

    form = read(changed(filled("application"), move))
    assert form.answer("leading_industry.smes", "2022").text == clean("application").text(
        "leading_industry.enterprises", "2022"
    )
    assert form.answer("leading_industry.enterprises", "2022").state == "blank"


@pytest.mark.parametrize("kind", KINDS)
def test_python_docx_opens_it(kind: str) -> None:
    document = docx.Document(io.BytesIO(blank_form(kind)))
    assert document.tables
    assert document.core_properties.title == document.core_properties.title.strip() != ""
    assert document.styles["表名"].font.name == "Times New Roman"


@pytest.mark.parametrize("kind", LISTS)
def test_the_plain_tables_print_their_columns(kind: str) -> None:
    plain = load_list(EDITION, kind)
    document = read_docx(open_package(blank_form(kind)))
    (table,) = [b for b in document.blocks if hasattr(b, "rows")]
    assert [cell.text for cell in table.rows[0]] == [c.label for c in plain.printed]
    assert len(table.rows) == 21


@pytest.fixture(scope="module")
def saved_again(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every blank as LibreOffice saves it, and each form filled in."""
    assert soffice
    folder = tmp_path_factory.mktemp("blanks")
    for kind in KINDS:
        (folder / f"{kind}.docx").write_bytes(blank_form(kind))
    for form in FORMS:
        (folder / f"{form}-filled.docx").write_bytes(filled(form))
    made = converted(folder.glob("*.docx"), "docx:MS Word 2007 XML", folder / "saved")
    return {path.stem: path for path in made}


@pytest.mark.parametrize("form", FORMS)
def test_saved_again_by_libreoffice_it_checks_the_same(
    form: str, saved_again: dict[str, Path], tmp_path: Path
) -> None:
    for name, first in ((form, blank_form(form)), (f"{form}-filled", filled(form))):
        before, after = (report(d, tmp_path) for d in (first, saved_again[name].read_bytes()))
        assert [(f.rule, f.field, f.column, f.value) for f in after.findings] == [
            (f.rule, f.field, f.column, f.value) for f in before.findings
        ]


@pytest.mark.parametrize("kind", LISTS)
def test_a_plain_table_comes_back_from_libreoffice(kind: str, saved_again: dict[str, Path]) -> None:
    before, after = (read_docx(open_package(d)) for d in (blank_form(kind), saved_again[kind].read_bytes()))
    cells = [
        [[c.text for c in row] for b in d.blocks if hasattr(b, "rows") for row in b.rows]
        for d in (before, after)
    ]
    assert cells[0] == cells[1]


@pytest.mark.parametrize("kind", LISTS)
def test_a_plain_table_saved_again_is_judged_alike(
    kind: str, saved_again: dict[str, Path], tmp_path: Path
) -> None:
    before, after = (report(d, tmp_path) for d in (blank_form(kind), saved_again[kind].read_bytes()))
    assert [(f.rule, f.value) for f in after.findings] == [(f.rule, f.value) for f in before.findings]
    assert (after.form, after.status) == (before.form, before.status)


def test_every_page_has_its_picture_in_the_documentation() -> None:
    folder = TEMPLATES.parents[1] / "docs"
    drawn = {path.relative_to(folder).as_posix() for path in (folder / "pictures" / "forms").iterdir()}
    page = (folder / "zh" / "templates.md").read_text(encoding="utf-8")
    assert drawn == set(re.findall(r"\]\(\.\./(pictures/forms/[^)]+)\)", page))
    assert all(any(kind in name for name in drawn) for kind in KINDS)


def test_what_is_shipped_is_copied_and_else_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("2025/review.docx", "2025/review-summary.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    monkeypatch.setattr(writing, "templates_file", tmp_path.joinpath)
    assert blank("review", "docx", EDITION) == b"2025/review.docx"
    assert blank("review-summary", "xlsx", EDITION) == b"2025/review-summary.xlsx"
    assert blank("review-summary", "docx", EDITION) == (TEMPLATES / "review-summary.docx").read_bytes()


def test_what_a_control_shows_when_it_is_emptied_stands_in_the_glossary() -> None:
    glossary = body((TEMPLATES / "application.docx").read_bytes(), "word/glossary/document.xml")
    shown = {
        part.find(f".//{w('docPartPr')}/{w('name')}").get(w("val")): "".join(
            t.text or "" for t in part.iter(w("t"))
        )
        for part in glossary.iter(w("docPart"))
    }
    assert shown == PROMPTS
