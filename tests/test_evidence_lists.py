"""Evidence lists in the four places where they may stand, the list that is made from a form, and the check-list."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from clusterform.answers import FilledForm
from clusterform.cli.app import app
from clusterform.evidence.lists import list_beside, list_of_bytes
from clusterform.evidence.needs import lines_needed, needs
from clusterform.evidence.pairing import with_evidence
from clusterform.filling.extract import extracted
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form, open_package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled_list
from support import command
from support.evidence import make_folder, pdf_bytes
from support.forms import write
from support.reading import checked
from support.rule_run import filled, run

ROOT = Path(__file__).resolve().parents[1]
EDITION = "2025"
ROWS = [
    ("序号", "代码", "对应栏目", "材料名称", "证明类型", "文件", "页码"),
    ("1", "2.3-④", "", "商标注册证", "主管部门证明", "商标.pdf", "3"),
    ("2", "", "有效发明专利拥有量", "专利清单", "第三方机构证明", "", "4-9"),
]
LINES = (
    {
        "number": "1",
        "code": "2.3-④",
        "title": "商标注册证",
        "kind": "主管部门证明",
        "file": "商标.pdf",
        "pages": "3",
    },
    {
        "number": "2",
        "subject": "有效发明专利拥有量",
        "title": "专利清单",
        "kind": "第三方机构证明",
        "pages": "4-9",
    },
)
CSV = "".join(",".join(row) + "\r\n" for row in ROWS)
TABS = "".join("\t".join(row) + "\n" for row in ROWS)
REVERSED = "".join(",".join(reversed(row)) + "\n" for row in ROWS)
YAML = """佐证材料清单:
  - {序号: 1, 代码: 2.3-④, 材料名称: 商标注册证, 证明类型: 主管部门证明, 文件: 商标.pdf, 页码: 3}
  - {序号: 2, 对应栏目: 有效发明专利拥有量, 材料名称: 专利清单, 证明类型: 第三方机构证明, 页码: 4-9}
"""
EXTRACTED = """evidence:
  - {number: "1", subject: "", code: 2.3-④, title: 商标注册证, kind: 主管部门证明, file: 商标.pdf, pages: "3"}
  - {number: "2", subject: 有效发明专利拥有量, title: 专利清单, kind: 第三方机构证明, pages: 4-9}
"""


def as_table(file_format: str) -> bytes:
    return filled_list("evidence-list", file_format, EDITION, ROWS[1:])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", CSV.encode()),
        ("a.csv", CSV.encode("utf-8-sig")),
        ("a.csv", CSV.encode("gb18030")),
        ("a.csv", CSV.encode("utf-16")),
        ("a.CSV", TABS.encode()),
        ("a.csv", REVERSED.encode()),
        ("a.csv", ("佐证材料清单,,,,,,\n集群名称：,甲,,,,,\n" + CSV).encode()),
        ("a.yaml", YAML.encode()),
        ("a.yml", EXTRACTED.encode("utf-8-sig")),
    ],
)
def test_a_list_in_a_file(name: str, data: bytes) -> None:
    found = list_of_bytes(name, data)
    assert found.fault is None
    assert tuple(item.texts for item in found.items) == LINES


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_a_list_as_the_template_prints_it(file_format: str) -> None:
    found = list_of_bytes(f"a.{file_format}", as_table(file_format))
    assert tuple(item.texts for item in found.items) == LINES


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.csv", b"\xff\xfa\x80\x81", "编码"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "表头"),
        ("a.yaml", b"a: [1", "YAML"),
        ("a.yaml", "只是文字".encode(), "列表"),
        ("a.yaml", b"[" * 100_000, ""),
        ("a.yaml", b"a: " + b"x" * 3_000_000, "过大"),
        ("a.csv", b"a" * 2_000_000 + b",b\n", "CSV"),
        ("a.xlsx", b"x", ""),
    ],
)
def test_a_list_that_cannot_be_read_says_why(name: str, data: bytes, says: str) -> None:
    fault = list_of_bytes(name, data).fault
    assert fault is not None
    assert says in fault.zh


def test_a_list_that_would_grow_without_end() -> None:
    laughs = "".join(f"- &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    data = f"x:\n- &a0 [lol]\n{laughs}清单:\n- {{代码: *a29, 材料名称: a, 文件: [b.pdf, c.pdf]}}\n"
    found = list_of_bytes("a.yaml", data.encode())
    assert found.fault is not None or [item.file for item in found.items] == ["b.pdf\nc.pdf"]


def test_a_list_of_patents_is_no_list_of_evidence(tmp_path: Path) -> None:
    root = tmp_path / "f"
    root.mkdir()
    (root / "3.3 专利清单.csv").write_text("序号,项目,名称\n1,甲,乙\n", encoding="utf-8")
    (root / "材料目录.csv").write_text("序号,对应栏目,材料名称\n1,3.3,专利\n", encoding="utf-8")
    found = with_evidence(filled("application", {"innovation.patents": "1"}), root, tmp_path / "x.docx")
    assert [(item.source, item.title) for item in found.evidence or ()] == [("材料目录.csv", "专利")]
    assert run(found, "CF4").silent()


def form_file(folder: Path, name: str = "申报表.docx", *, bare: bool = True) -> Path:
    path = folder / name
    path.write_bytes(write("application", changes={"evidence": {"none": True}} if bare else {}))
    return path


def said(path: Path, **terms: Any) -> list[tuple[str, str]]:
    return [(f.rule, f.severity.value) for f in checked(path, terms).findings if f.rule.startswith("CF4")]


def test_a_list_beside_the_form_is_taken(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    assert said(path) == [("CF401", "manual")]
    rows = [tuple(line.texts.get(n, "") for n in _KEYS) for line in lines_needed(_read(path))]
    given = [(*row[:3], "证明", *row[4:]) for row in rows]
    (tmp_path / "佐证材料清单.xlsx").write_bytes(filled_list("evidence-list", "xlsx", EDITION, given))
    assert said(path) == []


_KEYS = load_evidence_list().keys


def test_whose_list_it_is_must_be_plain(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    (tmp_path / "佐证材料清单.csv").write_text(CSV, encoding="utf-8")
    (tmp_path / "乙县.docx").write_bytes(b"x")
    assert list_beside(path) is None
    (tmp_path / "申报表-佐证材料清单.csv").write_text(CSV, encoding="utf-8")
    found = list_beside(path)
    assert found is not None
    assert found.name == "申报表-佐证材料清单.csv"


def test_the_sheet_of_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(blank("application", "xlsx", EDITION)))
    sheet = book["佐证材料清单"]
    (head,) = (row for row in sheet.iter_rows() if row[0].value == "序号")
    for cell, text in zip(head, ROWS[1], strict=True):
        cell.offset(row=1).value = text
    path = tmp_path / "申报表.xlsx"
    book.save(path)
    found = _read(path).evidence
    assert found is not None
    assert [item.texts for item in found] == [LINES[0]]


def _read(path: Path) -> FilledForm:
    return read_form(open_form(path), Settings())


def test_files_are_not_looked_at_without_the_option(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    (tmp_path / "申报表佐证材料清单.csv").write_text(CSV, encoding="utf-8")
    report = checked(path)
    skipped = {s.rule: s.reason for s in report.skipped if s.rule.startswith("CF4")}
    assert set(skipped) == {"CF404", "CF405", "CF406", "CF407", "CF408"}
    assert "--evidence" in skipped["CF404"]


def test_kind_of_evidence_is_extracted(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(write("application"))
    form = _read(path)
    data = extracted(form)
    assert data["evidence"][0]["kind"] == ""
    found = list_of_bytes("a.csv", CSV.encode()).items[0]
    assert (found.kind, found.file, found.code) == ("主管部门证明", "商标.pdf", "2.3-④")


def test_no_list_and_names_that_say_nothing(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    root = tmp_path / "f"
    root.mkdir()
    for n in range(3):
        (root / f"扫描{n}.pdf").write_bytes(pdf_bytes(n + 1))
    assert said(path, evidence=root) == [("CF401", "manual")]


def boxes() -> dict[str, tuple[str, ...]]:
    fields = load_form(EDITION, "application").fields.values()
    return {
        f.path: tuple(o.key for o in f.options if o.evidence)
        for f in fields
        if any(o.evidence for o in f.options)
    }


def rows() -> list[str]:
    fields = load_form(EDITION, "application").fields.values()
    return [f.path for f in fields if f.evidence and not f.options and not f.columns]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    ticked = {path: tuple(draw(st.sets(st.sampled_from(keys)))) for path, keys in boxes().items()}
    return ticked | {path: draw(st.sampled_from(["0", "无", "3", "12"])) for path in rows()}


def in_csv(lines: list[tuple[str, ...]]) -> tuple[str, bytes]:
    table = [ROWS[0], *lines]
    return "佐证材料清单.csv", "".join(",".join(f'"{t}"' for t in r) + "\n" for r in table).encode("gb18030")


def in_office(file_format: str) -> Callable[[list[tuple[str, ...]]], tuple[str, bytes]]:
    return lambda lines: (
        f"佐证材料清单.{file_format}",
        filled_list("evidence-list", file_format, EDITION, lines),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(answers(), st.sampled_from([in_csv, in_office("docx"), in_office("xlsx")]), st.booleans())
def test_a_list_made_from_a_form_is_right_once_its_files_are_there(
    given_answers: dict[str, Any],
    writer: Callable[[list[tuple[str, ...]]], tuple[str, bytes]],
    named: bool,
) -> None:
    form = filled("application", given_answers)
    lines = [tuple(line.texts.get(key, "") for key in _KEYS) for line in lines_needed(form)]
    if named:  # the filler writes the files' names down, else calls the files after the codes
        lines = [(*line[:5], f"材料{n}.pdf", "") for n, line in enumerate(lines)]
    with tempfile.TemporaryDirectory() as folder:
        name, data = writer(lines)
        (Path(folder) / name).write_bytes(data)
        for number, line in enumerate(lines):
            file = line[5] or f"{line[1]}.pdf"
            (Path(folder) / file).write_bytes(pdf_bytes(1, mark=str(number)))
        found = with_evidence(form, Path(folder), Path(folder) / "x.docx")
    assert run(found, "CF4").silent()


def test_a_list_made_from_a_form_is_not_enough_without_files(tmp_path: Path) -> None:
    form = filled("application", {"innovation.patents": "12"})
    name, data = in_csv([tuple(line.texts.get(key, "") for key in _KEYS) for line in lines_needed(form)])
    (tmp_path / name).write_bytes(data)
    assert run(with_evidence(form, tmp_path, tmp_path / "x.docx"), "CF402").only().rule == "CF402"


def test_the_command_makes_the_list(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    target = tmp_path / "清 单.docx"
    arguments = ["template", "evidence-list", "--from", str(path), "-o", str(target)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert open_package(target).kind == "docx"
    found = list_of_bytes(target.name, target.read_bytes())
    wanted = [(line.code, line.subject) for line in lines_needed(_read(path))]
    assert [(item.code, item.subject) for item in found.items] == wanted
    again = CliRunner().invoke(app, [*arguments[:-1], str(path), "--force"])
    assert again.exit_code == 2
    wrong = CliRunner().invoke(app, ["template", "application", "--from", str(path)])
    assert (wrong.exit_code, "佐证材料清单" in wrong.output) == (2, True)


@pytest.mark.parametrize("report", ["rich", "plain"])
def test_the_check_list(tmp_path: Path, report: str) -> None:
    path = form_file(tmp_path, bare=False)
    root = tmp_path / "材料"
    make_folder(root, path, {"without": ["2.1-①.pdf"], "files": {"佐证材料清单.csv": {"text": CSV}}})
    (root / "商标.pdf").write_bytes(pdf_bytes(5))
    arguments = ["check", str(path), "--evidence", str(root), "--check-list", "--format", report]
    text = CliRunner().invoke(app, arguments).output
    assert "佐证材料核对清单（需要" in text
    assert "2.3-④  获得了集体商标" in text
    assert "见：清单 佐证材料清单.csv 第 1 项 “商标注册证” (主管部门证明)" in text
    assert "其中 1 项没有找到" in text
    assert ("□   2.1-①" if report == "rich" else "□ 2.1-①") in text
    assert "文件：没有找到 · 页码：1-2" in text
    assert "文件：商标.pdf" in text
    assert "需要：表中填写 412" in text


def test_the_check_list_of_a_form_without_evidence() -> None:
    form = filled("application", {"leading_industry.brand_work": ("trademarks",)}, [])
    (need,) = needs(form)
    assert (need.code, need.proofs, need.figure) == ("2.3-④", (), "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--check-list", "--format", "json"], "--check-list"),
        (["--evidence", "没有"], "找不到佐证材料文件夹"),
        (["--evidence", "x.txt"], "文件夹或 .zip"),
    ],
)
def test_wrong_use(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    path = form_file(tmp_path)
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert command.run(monkeypatch, "check", path, *arguments) == 2
    assert says in capsys.readouterr().err


def test_the_list_beside_the_form_goes_with_the_files_in_a_folder(tmp_path: Path) -> None:
    path = form_file(tmp_path)
    folder = tmp_path / "佐证材料"
    read = read_form(open_form(path), Settings())
    files = {f"{number}.pdf": pdf_bytes(1, str(number)) for number, _ in enumerate(lines_needed(read), 1)}
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    codes = [line.code for line in lines_needed(read)]
    rows = [(str(n), code, "", "材料", "", f"{n}.pdf", "") for n, code in enumerate(codes, 1)]
    (tmp_path / "佐证材料清单.xlsx").write_bytes(filled_list("evidence-list", "xlsx", EDITION, rows))
    assert said(path, evidence=folder) == []
    (folder / "1.pdf").unlink()
    assert said(path, evidence=folder) == [("CF404", "error")]
