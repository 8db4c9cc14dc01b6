"""The names for Python: every example in their docstrings is run, and nothing is loaded before it is asked for."""

from __future__ import annotations

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

import clusterform
from clusterform import api
from clusterform.answers import NumberAnswer, Section, TextAnswer
from clusterform.forms.model import load_form

ROOT = Path(__file__).resolve().parents[1]
FUNCTIONS = ["check", "check_folder", "diff", "read", "fill", "blank", "annotate", "fix"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_of_each_name(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    function = getattr(clusterform, name)
    assert function is getattr(api, name)
    (example,) = doctest.DocTestFinder(recurse=False).find(
        function, name, globs={"clusterform": clusterform, "folder": tmp_path}
    )
    assert example.examples
    result = doctest.DocTestRunner().run(example)
    assert result.failed == 0


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, clusterform; print([m for m in sys.modules if m.startswith(('clusterform.', 'pydantic'))])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "[]"
    assert set(FUNCTIONS) <= set(dir(clusterform))
    with pytest.raises(AttributeError):
        _ = clusterform.nothing


def test_a_part_refuses_what_its_definition_does_not_ask_for() -> None:
    fields = load_form("2025", "application").fields
    asks = {"area": fields["basic_info.area"], "total_output": fields["leading_industry.total_output"]}
    area = NumberAnswer(text="1.00")
    assert Section(asks=asks, area=area).area == area
    for wrong in (
        {"ares": area},
        {"area": TextAnswer(text="1.00")},
        {"total_output": area},
    ):
        with pytest.raises(ValueError, match=r"no field|does not take"):
            Section(asks=asks, **wrong)
    with pytest.raises(AttributeError, match="cannot assign"):
        area.text = "2.00"


def test_an_output_is_never_written_over_an_input(tmp_path: Path) -> None:
    there = tmp_path / "there.docx"
    clusterform.blank("review", there)
    before = there.read_bytes()
    with pytest.raises(clusterform.ClusterformError, match="there already"):
        clusterform.blank("review", there)
    with pytest.raises(clusterform.ClusterformError, match="cannot be a file that is read"):
        clusterform.fill({"form": "review"}, there, blank=there, force=True)
    assert there.read_bytes() == before
    with pytest.raises(clusterform.ClusterformError):
        clusterform.read(tmp_path / "nothing.docx")
