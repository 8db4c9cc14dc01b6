"""Files that no list names: which a line takes, which are left, and which of all are copies of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.claims.matching import Matcher
from clusterform.evidence import pairing
from clusterform.evidence.copies import PIECE, FileUse, repeated
from clusterform.evidence.pairing import with_evidence
from clusterform.evidence.source import EvidenceFolder, ListedFile
from clusterform.evidence.unlisted import Unlisted
from clusterform.evidence_line import EvidenceLine
from support.rule_run import filled

BRAND = "leading_industry.brand_work"
FORM = filled("application", {BRAND: ("management", "diagnosis", "trademarks")})


def left(*names: str) -> Unlisted:
    return Unlisted([ListedFile(name, 1) for name in names], Matcher.of(FORM))


def told(entries: list[ListedFile]) -> list[str]:
    return [entry.name for entry in entries]


@pytest.mark.parametrize(
    ("texts", "names", "taken"),
    [
        ({"title": "诊断报告"}, ("诊断报告.pdf", "某县诊断报告.pdf"), ["诊断报告.pdf"]),
        ({"title": "诊断报告"}, ("某县诊断报告.pdf", "说明.pdf"), ["某县诊断报告.pdf"]),
        (
            {"title": "诊断报告"},
            ("甲/诊断报告.pdf", "乙/诊断报告.pdf"),
            ["甲/诊断报告.pdf", "乙/诊断报告.pdf"],
        ),
        ({"title": "诊断报告", "code": "2.3-②"}, ("2.3-②.pdf", "说明.pdf"), ["2.3-②.pdf"]),
        ({"title": "诊断报告", "code": "2.3-②"}, ("2.3-②.pdf", "诊断报告.pdf"), ["诊断报告.pdf"]),
        ({"title": "", "code": "2.3-②"}, ("2.3-②/一.pdf", "2.3-②/二.pdf"), ["2.3-②/一.pdf", "2.3-②/二.pdf"]),
        ({"title": "", "code": "2.3-②"}, ("2.3-①.pdf", ".pdf"), []),
        ({"title": "甲"}, ("某县甲说明.pdf",), []),
        ({"title": "诊断报告", "code": "2.3-②"}, ("2.3-①.pdf", "说明.pdf"), []),
    ],
)
def test_a_line_takes_the_files_of_its_title_else_of_its_code(
    texts: dict[str, str], names: tuple[str, ...], taken: list[str]
) -> None:
    rest, item = left(*names), EvidenceLine(texts)
    assert told(rest.take(item, Matcher.of(FORM).match(item).claims)) == taken
    held = [*rest.strangers(), *(entry for entry, _ in rest.fitting())]
    assert sorted(told(held)) == sorted({*names} - {*taken})


@pytest.mark.parametrize(
    ("names", "only"),
    [
        (("汇编.pdf",), "汇编.pdf"),
        (("汇编.docx",), "汇编.docx"),
        (("汇编.ofd",), "汇编.ofd"),
        (("汇编.xlsx",), None),
        (("汇编.jpg",), None),
        (("汇编",), None),
        (("2.3-②.pdf",), None),
        (("汇编.pdf", "说明.pdf"), None),
        ((), None),
    ],
)
def test_the_one_document_left_is_a_bound_volume(names: tuple[str, ...], only: str | None) -> None:
    found = left(*names).only()
    assert (found and found.name) == only


def test_what_fits_and_what_is_strange() -> None:
    rest = left("2.3-②.pdf", "说明.pdf", "2.3/②诊断.pdf")
    assert told(rest.strangers()) == ["说明.pdf"]
    assert [entry.name for entry, _ in rest.fitting()] == ["2.3-②.pdf", "2.3/②诊断.pdf"]
    assert {claim.option for _, claims in rest.fitting() for claim in claims} == {"diagnosis"}
    rest.drop(rest.strangers())
    assert rest.strangers() == []


def shared(root: Path, *uses: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """Uses are a file, the box it is for, and its pages; of each observation its variant, its label and its count."""
    source = EvidenceFolder(root)
    entries = {entry.name: entry for entry in source.entries}
    made = [
        FileUse(
            EvidenceLine({"subject": box, "file": name, "pages": pages}),
            frozenset({(box, None)}),
            entries[name],
        )
        for name, box, pages in uses
    ]
    seen = repeated(made, source)
    return [(str(o.facts.get("variant", "")), o.label, str(o.facts.get("count", ""))) for o in seen]


def test_one_file_for_two_things(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert shared(tmp_path, ("a.pdf", "甲", ""), ("a.pdf", "乙", "")) == [("", "甲", "")]
    assert shared(tmp_path, ("a.pdf", "甲", "3"), ("a.pdf", "乙", "３")) == [("", "甲", "")]
    assert shared(tmp_path, ("a.pdf", "甲", "a.pdf"), ("a.pdf", "乙", "")) == [("", "甲", "")]
    assert shared(tmp_path, ("a.pdf", "甲", "3"), ("a.pdf", "乙", "4")) == []
    assert shared(tmp_path, ("a.pdf", "甲", ""), ("a.pdf", "甲", "")) == []
    assert shared(tmp_path, ("a.pdf", "甲", "1"), ("a.pdf", "乙", "2"), ("a.pdf", "丙", "2")) == [
        ("", "乙", "")
    ]


def test_copies_of_a_file_for_two_things(tmp_path: Path) -> None:
    for name, data in {"a": b"xy", "b": b"xy", "c": b"xz", "d": b"", "e": b""}.items():
        (tmp_path / name).write_bytes(data)
    assert shared(tmp_path, ("a", "甲", ""), ("b", "乙", "")) == [("copies", "甲", "2")]
    assert shared(tmp_path, ("a", "甲", "1"), ("b", "乙", "2"), ("b", "丙", "3")) == [("copies", "甲", "2")]
    assert shared(tmp_path, ("a", "甲", ""), ("b", "甲", "")) == []
    assert shared(tmp_path, ("a", "甲", ""), ("c", "乙", "")) == []
    assert shared(tmp_path, ("d", "甲", ""), ("e", "乙", "")) == []


@pytest.mark.parametrize(("at", "copies"), [(None, True), (0, False), (PIECE + 2, False), (-1, False)])
def test_large_files_are_told_apart_by_any_byte(tmp_path: Path, at: int | None, copies: bool) -> None:
    data = bytearray(3 * PIECE + 10)
    (tmp_path / "a").write_bytes(data)
    if at is not None:
        data[at] = 1
    (tmp_path / "b").write_bytes(data)
    assert bool(shared(tmp_path, ("a", "甲", ""), ("b", "乙", ""))) == copies


def test_so_many_files_are_read_as_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "佐证"
    root.mkdir()
    for code in ("3.1", "3.2", "3.3"):
        (root / f"{code} 清单.csv").write_text("序号,名称\n1,甲\n", encoding="utf-8")
    form = filled("application", {"innovation.patents": "5"})
    for most in (0, 1, 2, 3):
        monkeypatch.setattr(pairing, "MOST_LISTS", most)
        lines = with_evidence(form, root, tmp_path / "表.docx").evidence or ()
        assert [bool(line.files[0].rows) for line in lines] == [True] * most + [False] * (3 - most)


@pytest.mark.parametrize(
    ("listed", "variants"),
    [
        ("甲.pdf 乙.pdf 丙.pdf", ["all"]),
        ("甲.pdf 乙.pdf", ["", ""]),
        ("甲.pdf 乙.pdf 丙.pdf 在.pdf", ["", "", ""]),
        ("某县商标证书.pdf", ["near"]),
    ],
)
def test_where_nothing_listed_is_there_the_folder_is_the_wrong_one(
    tmp_path: Path, listed: str, variants: list[str]
) -> None:
    root = tmp_path / "佐证"
    root.mkdir()
    lines = "".join(f"2.3-④,商标{name},{name},\n" for name in listed.split())
    (root / "佐证材料清单.csv").write_text(f"代码,材料名称,文件,页码\n{lines}", encoding="utf-8")
    for name in ("在.pdf", "商标证书.pdf"):
        (root / name).write_bytes(b"%PDF-1.4")
    seen = with_evidence(FORM, root, tmp_path / "表.docx").observations
    missing = [o for o in seen if o.what == "evidence-missing"]
    assert [o.facts.get("variant", "") for o in missing] == variants
    if variants == ["all"]:
        assert (missing[0].facts["count"], missing[0].facts["folder"]) == ("3", "佐证")


def test_a_name_under_pages_is_a_file_s_as_well(tmp_path: Path) -> None:
    root = tmp_path / "佐证"
    (root / "图片").mkdir(parents=True)
    (root / "图片" / "一.pdf").write_bytes(b"%PDF-1.4")
    texts = ("没有.pdf", "图片", "12", "无", "")
    lines = "".join(f"2.3-④,商标{number},无,{pages}\n" for number, pages in enumerate(texts))
    (root / "佐证材料清单.csv").write_text(f"代码,材料名称,文件,页码\n{lines}", encoding="utf-8")
    found = with_evidence(FORM, root, tmp_path / "表.docx")
    missing = [o for o in found.observations if o.what == "evidence-missing"]
    assert [(o.value, o.facts["value"]) for o in missing] == [("没有.pdf", "没有.pdf")]
    assert [len(line.files) for line in found.evidence or ()] == [0, 1, 0, 0, 0]
