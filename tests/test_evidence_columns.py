"""A column of the list of evidence is one line of evidence_list.yaml: printed, read, extracted, filled in, taken over."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusterform import data_files
from clusterform.cli.app import app
from clusterform.evidence.lists import list_of_bytes
from clusterform.evidence.needs import lines_needed
from clusterform.filling.extract import extracted
from clusterform.filling.schema import file_model, json_schema
from clusterform.forms.lists import load_evidence_list, load_list
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import filled_list

ROOT = Path(__file__).resolve().parents[1]
EDITION = "2025"
COLUMN = "  - {key: issued, label: 出具日期, width: 8, spellings: [日期, 出具时间]}\n"
ANSWERS = """form: application
answers: {innovation: {patents: "12"}}
evidence:
  - {code: 3.3, title: 专利清单, pages: "1-2", issued: 2025年3月}
"""


@pytest.fixture(autouse=True)
def _with_the_column(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copytree(ROOT / "rules", tmp_path / "data" / "rules")
    for kind in ("word", "book"):
        shutil.copytree(ROOT / "templates" / kind, tmp_path / "data" / "templates" / kind)
    lists = tmp_path / "data" / "rules" / "evidence_list.yaml"
    lists.write_text(lists.read_text(encoding="utf-8") + COLUMN, encoding="utf-8")
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path / "data")
    caches = (load_evidence_list, load_list, file_model)
    for loader in caches:
        loader.cache_clear()
    yield
    for loader in caches:
        loader.cache_clear()


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_it_is_filled_in_read_extracted_and_taken_over(tmp_path: Path, file_format: str) -> None:
    answers, target = tmp_path / "a.yaml", tmp_path / f"甲.{file_format}"
    answers.write_text(ANSWERS, encoding="utf-8")
    done = CliRunner().invoke(app, ["fill", str(answers), "-o", str(target)])
    assert done.exit_code == 0, done.output
    form = read_form(open_form(target), Settings())
    assert [line.texts["issued"] for line in form.evidence or ()] == ["2025年3月"]
    assert [line["issued"] for line in extracted(form)["evidence"]] == ["2025年3月"]
    assert [line.texts.get("issued") for line in lines_needed(form)] == ["2025年3月"]


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_it_is_printed_and_read_in_a_file_of_its_own(file_format: str) -> None:
    texts = {"number": "1", "code": "3.3", "title": "专利清单", "issued": "2025年3月"}
    rows = [tuple(texts.get(key, "") for key in load_evidence_list().keys)]
    found = list_of_bytes(f"a.{file_format}", filled_list("evidence-list", file_format, EDITION, rows))
    assert [line.texts for line in found.items] == [texts]


@pytest.mark.parametrize("head", ["出具日期", "出具时间"])
def test_it_is_read_under_each_of_its_heads(head: str) -> None:
    table = f"序号,对应栏目,材料名称,{head}\n1,专利,专利清单,2025年3月\n"
    (line,) = list_of_bytes("a.csv", table.encode()).items
    assert line.texts["issued"] == "2025年3月"


def test_it_stands_in_the_schema() -> None:
    line = json_schema(EDITION, "application")["$defs"]["EvidenceLine"]
    assert line["properties"]["issued"]["description"] == "出具日期"


def test_a_head_of_two_columns_is_the_first_that_has_none() -> None:
    table = "序号,编号,材料名称\n1,3.3,专利清单\n"
    (line,) = list_of_bytes("a.csv", table.encode()).items
    assert (line.number, line.code) == ("1", "3.3")
    (line,) = list_of_bytes("b.csv", table.replace("序号,", "次序,").encode()).items
    assert (line.number, line.code) == ("3.3", "")
