"""Tables made from a folder: every answer in a row a form, and the summaries filled from the forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from clusterform.writing.table import ListTable, as_csv
from support.command import run
from support.folder import form_bytes, judged

HOSTILE = '=HYPERLINK("http://x","点")'
NAMES = {
    "a/东海.docx": ("application", "江苏省东海县硅材料产业集群", "江苏省连云港市东海县"),
    "b/昆山.docx": ("application", "江苏省昆山市传感器产业集群", "江苏省苏州市昆山市"),
    "c/常熟.docx": ("review", "江苏省常熟市电子氟材料产业集群", "江苏省苏州市常熟市"),
}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province") / "江苏 省"
    for name, (form, cluster, region) in NAMES.items():
        target = folder / name
        target.parent.mkdir(parents=True)
        change = {"set": {"green.green_text": HOSTILE}} if "东海" in name else {}
        target.write_bytes(form_bytes(form, cluster, region, change))
    return folder


def column(rows: list[list[Any]], head: str) -> list[Any]:
    return [row[rows[0].index(head)] for row in rows[1:]]


def test_a_workbook_with_a_row_a_form(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "汇总.xlsx"
    assert run(monkeypatch, "extract", province, "-o", target) == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["申报表", "复核申报表"]
    sheet = book["申报表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 3
    outputs = column(rows, "二、主导产业情况｜集群总产值（亿元）｜2024 年")
    assert all(isinstance(value, int | float) for value in outputs)
    hostile = next(c for row in sheet.iter_rows() for c in row if c.value == HOSTILE)
    assert hostile.data_type == "s"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_csv_and_json(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "汇总.csv"
    assert run(monkeypatch, "extract", province, "-o", target) == 0
    data = target.read_bytes()
    assert data.startswith("\ufeff文件,表格,".encode())
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert column(rows, "表格") == ["申报表", "申报表", "复核申报表"]
    assert column(rows, "一、基本情况｜集群名称") == [name for _, name, _ in NAMES.values()]
    assert f"'{HOSTILE}" in rows[1]
    assert run(monkeypatch, "extract", province, "--format", "json") == 0
    told = json.loads(capfd.readouterr().out)
    assert [item["form"] for item in told] == ["application", "application", "review"]
    assert told[0]["answers"]["cover"]["cluster_name"]["text"] == NAMES["a/东海.docx"][1]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-甲", "@x", "\tx", "＝1"])
def test_nothing_becomes_a_formula_in_csv(text: str) -> None:
    assert list(csv.reader(io.StringIO(as_csv(ListTable("", ("头",), ((text,),))))))[1] == [f"'{text}"]


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_summaries_filled_from_the_forms_agree_with_them(
    ending: str, province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    for name, (form, cluster, region) in NAMES.items():
        target = folder / name
        target.parent.mkdir(parents=True)
        target.write_bytes(form_bytes(form, cluster, region))
    before = {f.rule for f in judged(folder).findings}
    for kind in ("recommendation-summary", "review-summary"):
        target = folder / f"{kind}.{ending}"
        assert run(monkeypatch, "template", kind, "--from", province, "-o", target) == 0
    found = judged(folder).findings
    assert [f for f in found if f.rule in {"CF804", "CF805", "CF806"}] == []
    assert "CF804" in before
    assert {f.message[:30] for f in found if f.rule == "CF807"} != set()


def test_wrong_use_of_from(
    province: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run(monkeypatch, "template", "application", "--from", province, "-o", tmp_path / "x.docx") == 2
    assert "--from 用于" in capfd.readouterr().err
    assert run(monkeypatch, "extract", province, "--format", "xlsx") == 2
    assert "请用 -o" in capfd.readouterr().err
    assert run(monkeypatch, "extract", province, "--format", "yaml") == 2


def test_a_summary_names_the_place_plainly_and_tells_what_it_leaves_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _, cluster, _ = NAMES["a/东海.docx"]
    region = "江苏省（区、市）连云港市（区）东海县（市、区）"
    (tmp_path / "东海.docx").write_bytes(form_bytes("application", cluster, region))
    (tmp_path / "各县申报表.rar").write_bytes(b"Rar!")
    target = tmp_path / "推荐汇总表.xlsx"
    assert run(monkeypatch, "template", "recommendation-summary", "--from", tmp_path, "-o", target) == 0
    assert "未列入：" in (told := capfd.readouterr().err)
    assert "各县申报表.rar" in told
    sheet = openpyxl.load_workbook(target).worksheets[0]
    texts = {cell.value for row in sheet.iter_rows() for cell in row}
    assert "江苏省连云港市东海县" in texts
    assert region not in texts
    (tmp_path / "东海.docx").unlink()
    assert run(monkeypatch, "template", "recommendation-summary", "--from", tmp_path, "-o", target) == 2
    assert "已经存在" in capfd.readouterr().err
