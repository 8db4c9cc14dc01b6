"""`clusterform fill` into Word: whatever the blank form looks like, the answers are read back as they were given."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from clusterform.answers import FilledForm
from clusterform.fields import Kind
from clusterform.filling.extract import extracted
from clusterform.parsers.package import Package
from clusterform.pipeline import check_file, read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers_in import given_form, read_answers
from clusterform.writing.given import GivenForm
from support.answers import Filled
from support.encodings import ENCODINGS
from support.forms import Ink, Layout, write
from support.metamorphic import FORMS

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
LAYOUTS = get_args(Layout)
GROUPS = {Kind.CHOICE, Kind.CHOICES}


@cache
def answers(form: str) -> GivenForm:
    return read_answers(EXAMPLES / f"answers-{form}.yaml", "2025")


@cache
def own(form: str) -> bytes:
    return blank(form, "docx", "2025")


def empty(form: str, layout: Layout = "notice", ink: Ink | None = None) -> bytes:
    """A blank of another make."""
    return write(form, Filled(), layout=layout, ink=ink)


def read(data: bytes) -> FilledForm:
    return read_form(Package(data), Settings())


def fill(given: GivenForm, data: bytes) -> bytes:
    return filled(given, "docx", Package(data), "a.yaml")


def placeless(data: dict[str, Any]) -> Any:
    """What must be the same wherever an answer stands: of boxes their ticks, of 数量 and 名称 the two halves."""
    if isinstance(data, list):
        return [placeless(item) for item in data]
    if not isinstance(data, dict):
        return data
    kept = {key: placeless(value) for key, value in data.items() if key not in {"place", "number"}}
    if "undecided" in kept or (isinstance(kept.get("value"), dict) and "names" in kept["value"]):
        del kept["text"]
    return kept


def told(data: bytes) -> Any:
    return placeless(extracted(read(data)))


def again(data: bytes, into: bytes) -> bytes:
    """The answers of one form in another blank."""
    return fill(given_form(extracted(read(data)), "a.json", "2025"), into)


@pytest.mark.parametrize("form", FORMS)
def test_the_own_blank_filled_is_clean(form: str, tmp_path: Path) -> None:
    path = tmp_path / "申报 表.docx"
    path.write_bytes(fill(answers(form), own(form)))
    report = check_file(path)
    found = [(f.rule, f.field, f.message) for f in report.findings if f.severity in {"error", "warning"}]
    assert found == []
    assert told(path.read_bytes()) == told(write(form))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_extract_fill_extract_in_every_layout(form: str, layout: Layout) -> None:
    filled_form = write(form, layout=layout)
    want = told(filled_form)
    assert told(again(filled_form, own(form))) == want
    assert told(again(filled_form, empty(form, layout))) == want
    assert told(fill(answers(form), empty(form, layout))) == told(fill(answers(form), own(form)))


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_box_is_ticked_as_the_blank_draws_it(name: str) -> None:
    ink = Ink(encodings=(ENCODINGS[name],))
    made = fill(answers("application"), empty("application", ink=ink))
    assert told(made) == told(write("application"))
