"""Which form of which edition a file is: told by all its years, over every edition shipped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from clusterform import data_files
from clusterform.filling.labels import label_index
from clusterform.finding import Severity
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.limits import load_limits
from clusterform.forms.lists import load_summaries
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from clusterform.forms.ruleset import _ruleset
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from support.answers import change, clean
from support.forms import write

RULES = Path(__file__).resolve().parents[1] / "rules"
BODY = "word/document.xml"
KINDS = ("application", "review")


def moved(text: str, years: int) -> str:
    """Every year of a text moved, those in a document's number aside."""
    return re.sub(r"(?<![0-9〔])20[12][0-9](?![0-9])", lambda y: str(int(y[0]) + years), text)


def of_another_year(form: str, years: int, **changes: str) -> bytes:
    """A form in which nothing is wrong but that all its years are others."""
    given, made = BytesIO(write(form, changes=dict(changes))), BytesIO()
    with ZipFile(given) as old, ZipFile(made, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, moved(data.decode(), years).encode() if item.filename == BODY else data)
    return made.getvalue()


def found(tmp_path: Path, data: bytes, settings: Settings | None = None) -> tuple[str, list[str]]:
    """The edition of the form, and the rules that report a mistake."""
    path = tmp_path / "表.docx"
    path.write_bytes(data)
    report = Checker(settings or Settings()).check(path)
    return report.edition, [f.rule for f in report.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("years", [-3, -2, -1, 1, 2, 3])
@pytest.mark.parametrize("form", KINDS)
def test_the_form_of_a_year_not_shipped_is_one_finding(tmp_path: Path, form: str, years: int) -> None:
    assert found(tmp_path, of_another_year(form, years)) == ("", ["CF006"])


@pytest.mark.parametrize("form", KINDS)
def test_one_wrong_head_is_no_other_year(tmp_path: Path, form: str) -> None:
    head = {"replace_label": {"2023 年": "2021 年"}}
    edition, errors = found(tmp_path, write(form, changes=head))
    assert edition == "2025"
    assert "CF006" not in errors


@pytest.fixture
def with_2027(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of rules/ with an edition more, whose years are two later."""
    shutil.copytree(RULES, tmp_path / "rules")
    new = tmp_path / "rules" / "editions" / "2027"
    shutil.copytree(RULES / "editions" / "2025", new)
    edition = new / "edition.yaml"
    edition.write_text(moved(edition.read_text(encoding="utf-8"), 2), encoding="utf-8")
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    kept = (
        edition_names,
        load_edition,
        load_form,
        load_limits,
        load_rules,
        load_summaries,
        label_index,
        _ruleset,
    )
    for loader in kept:
        loader.cache_clear()
    yield
    for loader in kept:
        loader.cache_clear()


@pytest.mark.usefixtures("with_2027")
@pytest.mark.parametrize("form", KINDS)
def test_each_form_is_known_by_its_own_years(tmp_path: Path, form: str) -> None:
    assert found(tmp_path, write(form))[0] == "2025"
    assert found(tmp_path, of_another_year(form, 2))[0] == "2027"
    assert found(tmp_path, of_another_year(form, 1)) == ("", ["CF006"])


@pytest.mark.usefixtures("with_2027")
def test_an_edition_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    assert found(tmp_path, write("application"), Settings(edition="2025"))[0] == "2025"
    assert found(tmp_path, write("application"), Settings(edition="2027")) == ("", ["CF006"])


@pytest.mark.usefixtures("with_2027")
def test_a_form_without_heads_of_years_is_known_by_its_other_years(tmp_path: Path) -> None:
    heads = {"replace_label": {f"{year} 年": "数值" for year in (2022, 2023, 2024)}}
    assert found(tmp_path, write("application", changes=heads))[0] == "2025"


def test_figures_that_look_like_years_are_no_heads(tmp_path: Path) -> None:
    """2,027 people: a row with its official label holds answers, whatever they look like."""
    answers = clean("application")
    years = {"2022": "2027", "2023": "2060", "2024": "2069"}
    change(answers, {"set": {f"innovation.rd_staff@{year}": count for year, count in years.items()}})
    path = tmp_path / "form.docx"
    path.write_bytes(write("application", answers))
    form = read_form(open_package(path), Settings())
    assert [form.answer("innovation.rd_staff", year).text for year in years] == list(years.values())
    assert "heads-of-other-years" not in {o.what for o in form.observations}
