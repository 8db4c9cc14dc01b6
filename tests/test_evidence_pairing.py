"""Which file a line of the list gets, which pages it may name, and what is said of lines and files that remain."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import docx
import pytest

from clusterform.answers import FilledForm
from clusterform.claims.codes import printed
from clusterform.claims.matching import Matcher
from clusterform.evidence import pairing
from clusterform.evidence.unlisted import claims_named
from support.evidence import PNG, docx_bytes, pdf_bytes
from support.rule_run import filled, run

BOXES = ("management", "diagnosis", "standards", "trademarks")
FILES = Mapping[str, bytes | str | int]
"""Each file's bytes, text, or pages of a PDF."""


def form() -> FilledForm:
    return filled("application", {"leading_industry.brand_work": BOXES})


def paired(tmp_path: Path, files: FILES, *rows: str, own: FilledForm | None = None) -> FilledForm:
    """The form with a folder of these files; `rows` (code, title, file, pages) are the list in it."""
    root = tmp_path / "材料"
    given = dict(files)
    if rows:
        given["佐证材料清单.csv"] = "\n".join(("代码,材料名称,文件,页码", *rows, ""))
    for number, (name, data) in enumerate(given.items()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        made = pdf_bytes(data, mark=str(number)) if isinstance(data, int) else data
        path.write_bytes(made.encode() if isinstance(made, str) else made)
    return pairing.with_evidence(own or form(), root, tmp_path / "申报表.docx")


def held(found: FilledForm) -> list[list[str]]:
    """The files of each line."""
    return [[file.name for file in line.files] for line in found.evidence or ()]


def said(found: FilledForm) -> list[tuple[str, ...]]:
    """What is noticed of the evidence: the kind without its beginning, the variant, and what it is about."""
    facts = [(o.what.removeprefix("evidence-"), o.facts) for o in found.observations]
    return [
        tuple(str(text) for text in (what, f.get("variant", ""), f["value"]) if text) for what, f in facts
    ]


CODES = ("2.3-①", "2.3-②", "2.3-③", "2.3-④")


@pytest.mark.parametrize(
    ("row", "files", "lines", "told"),
    [
        ("2.3-④,商标,,甲.pdf", {"甲.pdf": 1}, ["甲.pdf"], []),
        ("2.3-④,商标,/,甲.pdf", {"甲.pdf": 1}, ["甲.pdf"], []),
        ("2.3-④,商标,甲.pdf,乙.pdf", {"甲.pdf": 1}, ["甲.pdf"], []),
        ("2.3-④,商标,,附件3", {"附件3-1.pdf": 1, "附件3-2.pdf": 1}, ["附件3-1.pdf", "附件3-2.pdf"], []),
        ("2.3-④,商标,,附件3", {"2.3-④.pdf": 1}, ["2.3-④.pdf"], []),
        ("2.3-④,商标,,（3）", {"3.pdf": 1, "2.3-④.pdf": 3}, ["2.3-④.pdf"], [("unlisted", "3.pdf")]),
        ("2.3-④,商标,,没有.pdf", {"2.3-①.pdf": 1}, [], [("missing", "没有.pdf"), ("unlisted", "2.3-①.pdf")]),
        ("2.3-④,商标,,甲.pdf", {"甲.pdf": 0}, ["甲.pdf"], [("file", "damaged", "甲.pdf")]),
        ("2.3-④,商标,图.pdf,", {"子/图.pdf": 1, "丑/图.pdf": 2}, [], [("missing", "several", "图.pdf")]),
    ],
)  # fmt: skip
def test_the_file_that_a_line_names(
    row: str, files: FILES, lines: list[str], told: list[tuple[str, ...]], tmp_path: Path
) -> None:
    found = paired(tmp_path, files, row)
    assert held(found)[0] == lines
    seen = said(found)
    assert seen[: len(told)] == told
    assert {what for what, *_ in seen[len(told) :]} <= {"unlisted"}


@pytest.mark.parametrize(
    ("names", "there", "told"),
    [
        (["a.pdf", "b.pdf", "c.pdf"], [], [("all", "3")]),
        (["a.pdf、b.pdf、c.pdf"], [], [("all", "1")]),
        (["a.pdf", "b.pdf"], [], [("", ""), ("", "")]),
        (["a.pdf", "b.pdf", "c.pdf", "d.pdf"], ["d.pdf"], [("", "")] * 3),
        (["商标注册证.pdf"], ["商标注册证扫描.pdf"], [("near", "")]),
    ],
)
def test_a_folder_in_which_none_is_there_is_told_once(
    names: list[str], there: list[str], told: list[tuple[str, str]], tmp_path: Path
) -> None:
    rows = [f'{CODES[n]},材料{n},"{name}",' for n, name in enumerate(names)]
    found = paired(tmp_path, dict.fromkeys(there, 1), *rows).observations
    missing = [o.facts for o in found if o.what == "evidence-missing"]
    assert [(facts.get("variant", ""), facts.get("count", "")) for facts in missing] == told


@pytest.mark.parametrize(
    ("row", "files", "lines"),
    [
        # its own name stands before its code, this before a name that holds it
        ("2.3-④,商标注册证,,", ["2.3-④ 甲.pdf", "商标注册证.pdf", "扫描商标注册证.pdf"], ["商标注册证.pdf"]),
        ("2.3-④,商标注册证,,", ["2.3-④ 甲.pdf", "扫描商标注册证.pdf"], ["2.3-④ 甲.pdf"]),
        ("2.3-④,商标证书,,", ["扫描商标证书一.pdf", "扫描商标证书二.pdf"], ["扫描商标证书一.pdf", "扫描商标证书二.pdf"]),
        ("2.3-④,商标证,,", ["扫描商标证一.pdf", "别的.pdf"], []),
        ("2.3-④,,,", ["扫描商标证一.pdf"], []),
    ],
)  # fmt: skip
def test_the_files_of_a_line_that_names_none(
    row: str, files: list[str], lines: list[str], tmp_path: Path
) -> None:
    assert held(paired(tmp_path, dict.fromkeys(files, 1), row))[0] == lines


@pytest.mark.parametrize(
    ("rows", "files", "told"),
    [
        (["2.3-④,商标,,1-2", "2.3-①,质量,,3-4"], {"汇编.pdf": 9}, []),
        (["2.3-④,商标,,1-2", "2.3-①,质量,,3-4"], {"汇编.docx": docx_bytes()}, []),
        (["2.3-④,商标,,1-2", "2.3-①,质量,,"], {"汇编.pdf": 9}, [("unpaired", "files-left")]),
        (["2.3-④,商标,,1-2", "2.3-①,质量,,见附件"], {"汇编.pdf": 9}, [("unpaired", "files-left")]),
        (["2.3-④,商标,,1-2"], {"汇编.png": PNG}, [("unpaired", "files-left")]),
        (["2.3-④,商标,,1-2"], {"汇编一.pdf": 9, "汇编二.pdf": 9}, [("unpaired", "files-left")]),
        (["2.3-④,商标,,1-2"], {"2.3-①.pdf": 9}, [("unpaired", "no-files"), ("unlisted", "2.3-①.pdf")]),
        (["2.3-④,商标,甲.pdf,", "2.3-④,更多商标,,"], {"甲.pdf": 1}, []),
        (["2.3-④,商标,甲.pdf,", "2.3-④、①,更多商标,,"], {"甲.pdf": 1}, [("unpaired", "no-files")]),
        (["2.3-④,,,"], {}, []),
        (["2.3-④,商标,甲.pdf,"], {"甲.pdf": 1, "乙.pdf": 1, "2.3-①.pdf": 1}, [("unlisted", "2.3-①.pdf"), ("unlisted", "乙.pdf")]),
    ],
)  # fmt: skip
def test_lines_and_files_that_remain(
    rows: list[str], files: FILES, told: list[tuple[str, ...]], tmp_path: Path
) -> None:
    assert said(paired(tmp_path, files, *rows)) == told


def test_without_any_list_nothing_is_said_where_nothing_fits(tmp_path: Path) -> None:
    found = paired(tmp_path, {"照片.pdf": 1})
    assert (found.evidence, said(found)) == (None, [])
    found = paired(tmp_path / "2", {"照片.pdf": 1, "2.3-④.pdf": 2})
    assert (held(found), said(found)) == ([["2.3-④.pdf"]], [("unlisted", "unnamed", "照片.pdf")])


def test_a_copy_of_the_form_has_its_title_and_its_clusters_name(tmp_path: Path) -> None:
    """A file of the same size, another county's form, and a guide that quotes the title alone are files like any other."""
    own = filled(
        "application", {"leading_industry.brand_work": BOXES, "cover.cluster_name": "开化县硅材料产业集群"}
    )
    title = "中小企业特色产业集群申报表"

    def text(*lines: str) -> bytes:
        document, stream = docx.Document(), io.BytesIO()
        for line in lines:
            document.add_paragraph(line)
        document.save(stream)
        return stream.getvalue()

    data = text("正文")
    (tmp_path / "申报表.docx").write_bytes(data)
    files: FILES = {
        "2.3-④.pdf": 1,
        "原件.docx": data,
        "再存.docx": text(title, "开化县硅材料产业集群"),
        "别县.docx": text(title, "常山县轴承产业集群"),
        "名单.docx": text("开化县硅材料产业集群"),
        "同样大.docx": bytes(len(data)),
    }
    found = paired(tmp_path, files, "2.3-④,商标,2.3-④.pdf,", own=own)
    assert {value for _, _, value in (("", *each)[-3:] for each in said(found) if each[0] == "unlisted")} == {
        "别县.docx",
        "名单.docx",
        "同样大.docx",
    }


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("2.3-④.pdf", "④"),
        ("2.3/④ 商标.pdf", "④"),
        ("2.3/①/④.pdf", "④"),
        ("2.3/④/证书.pdf", "④"),
        ("2.3-①/④.pdf", "①"),
        ("9.9/2.3-④.pdf", "④"),
        ("2.3-①/2.3-④.pdf", "④"),
        ("2.3-④/9.9 证书.pdf", "④"),
        ("2.3-①、②/④.pdf", "①②"),
        ("2.3/证书.pdf", "①②③④"),
        ("2.3-① 开展了质量诊断服务.pdf", ""),
        ("2.3-① 与众不同.pdf", "①"),
        ("开展了质量诊断服务/证书.pdf", "②"),
        ("开展了质量诊断服务/获得了集体商标、地理标志产品批准认证或证明商标通过注册.pdf", "④"),
        ("证书.pdf", ""),
    ],
)
def test_what_a_file_on_no_list_is_called_after(name: str, codes: str) -> None:
    found = claims_named(name, Matcher.of(form()))
    assert [printed(claim.code) for claim in found] == [f"2.3-{number}" for number in codes]


SERIAL = "序号,名称\n"


def test_so_many_files_are_read_as_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only such as belong to a row that asks for a list, and only such as are lists, count."""
    monkeypatch.setattr(pairing, "MOST_LISTS", 2)
    own = filled("application", {"leading_industry.brand_work": BOXES, "innovation.patents": "2"})
    csv = f"{SERIAL}1,甲\n2,乙\n"
    files: FILES = {
        "2.3-④.csv": csv,
        "3.3 甲.pdf": 1,
        "3.3 乙.csv": csv,
        "3.3 丙.csv": csv + "3,\n",
        "3.3 丁.csv": csv + "4,\n",
    }
    found = paired(tmp_path, files, own=own)
    rows = {file.name: file.rows for line in found.evidence or () for file in line.files}
    assert [name for name, counts in rows.items() if counts] == ["3.3 丁.csv", "3.3 丙.csv"]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("2.3-④.pdf", PNG, "扩展名是 .pdf，内容却是图片"),
        ("2.3-④.PNG", docx_bytes(), "扩展名是 .png，内容却是 Word"),
        ("2.3-④.pdf", b"%PDF-1.7", "或不是 .pdf 文件"),
    ],
)
def test_what_is_said_of_a_file_that_is_something_else(
    name: str, data: bytes, says: str, tmp_path: Path
) -> None:
    assert says in run(paired(tmp_path, {name: data}), "CF405").only().message
