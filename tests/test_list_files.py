"""Which file is the list of evidence, what is read from it, and which files are the form itself once more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from clusterform.evidence import lists
from clusterform.evidence.lists import is_list_name, list_beside, list_of_bytes, lists_in
from clusterform.evidence.source import EvidenceFolder
from clusterform.evidence.unlisted import own_copies
from clusterform.forms.model import load_form
from support.rule_run import filled

LIST = "代码,材料名称,文件,页码\n2.3-④,商标注册证,商标.pdf,1\n"
PATENTS = "序号,专利名称\n1,甲\n"


def made(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


@pytest.mark.parametrize(
    ("name", "named"),
    [
        *(("佐证材料清单.csv", True), ("证明材料目录.xlsx", True), ("某县佐证材料一览表.docx", True)),
        *(("evidence-list.yaml", True), ("甲/支撑材料明细.csv", True)),
        *(
            ("佐证材料清单.pdf", False),
            ("专利清单.csv", False),
            ("佐证材料.csv", False),
            ("佐证材料清单", False),
        ),
    ],
)
def test_a_name_that_says_list(name: str, named: bool) -> None:
    assert is_list_name(name) == named


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"佐证材料清单.csv": LIST}, ["佐证材料清单.csv"]),
        ({"佐证材料清单.csv": LIST, "证明材料目录.csv": LIST}, ["佐证材料清单.csv", "证明材料目录.csv"]),
        ({"清单.csv": LIST}, ["清单.csv"]),
        ({"清单.csv": PATENTS}, []),
        ({"佐证材料清单.csv": LIST, "清单.csv": LIST}, ["佐证材料清单.csv", "清单.csv"]),
        ({"表.csv": LIST}, []),
        ({"甲/佐证材料清单.csv": LIST}, ["甲/佐证材料清单.csv"]),
        ({"甲/佐证材料清单.csv": LIST, "乙.pdf": "x"}, []),
        ({"甲/佐证材料清单.csv": LIST, "乙/丙.pdf": "x"}, []),
        ({"甲/乙/佐证材料清单.csv": LIST}, []),
        ({"佐证材料清单.txt": LIST}, []),
    ],
)
def test_lists_at_the_top_of_a_folder(tmp_path: Path, files: dict[str, str], found: list[str]) -> None:
    told = [*lists_in(EvidenceFolder(made(tmp_path, files)))]
    assert sorted(one.name for one in told) == sorted(found)
    assert all(one.items[0].file == "商标.pdf" and one.items[0].source == one.name for one in told)


def test_a_list_that_may_be_none_counts_by_its_columns() -> None:
    assert list_of_bytes("a.csv", LIST.encode(), sure=False).items
    assert not list_of_bytes("a.csv", PATENTS.encode(), sure=False).items
    told = list_of_bytes("a.csv", b"x", sure=True)
    assert told.fault is not None
    assert not told.items
    titles = list_of_bytes("a.csv", "商标注册证明\n质量管理材料\n短\n".encode(), sure=True)
    assert [item.title for item in titles.items] == ["商标注册证明", "质量管理材料"]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (("佐证材料清单.csv",), "佐证材料清单.csv"),
        (("申报表佐证材料清单.csv", "佐证材料清单.csv"), "申报表佐证材料清单.csv"),
        (("佐证材料清单.csv", "证明材料目录.csv"), None),
        (("佐证材料清单.csv", "别的.docx"), None),
        (("佐证材料清单.csv", "~$申报表.docx", ".别的.docx", "图.pdf"), "佐证材料清单.csv"),
        (("佐证材料清单.xlsx", "别的.xlsx"), None),
        (("申报表佐证材料清单.csv", "别的.docx"), "申报表佐证材料清单.csv"),
        (("申报表佐证材料清单.csv", "申报表证明材料目录.csv"), None),
        (("专利清单.csv",), None),
        ((), None),
    ],
)
def test_the_list_beside_a_form(tmp_path: Path, files: tuple[str, ...], found: str | None) -> None:
    made(tmp_path, {**dict.fromkeys(files, LIST), "申报表.docx": b"PK"})
    listed = list_beside(tmp_path / "申报表.docx")
    assert (listed and listed.name) == found


@pytest.mark.parametrize("over", [0, 1])
def test_a_list_that_is_too_long_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, over: int
) -> None:
    made(tmp_path, {"申报表.docx": b"PK", "佐证材料清单.csv": LIST})
    monkeypatch.setattr(lists, "LARGEST", len(LIST.encode()) - over)
    assert (list_beside(tmp_path / "申报表.docx") is None) == bool(over)
    assert len([*lists_in(EvidenceFolder(tmp_path))]) == 1 - over


TITLE = load_form("2025", "application").title


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        *(("申报表.pdf", True), ("东海县申报表（盖章）.pdf", True), ("甲/1.申报表扫描件.pdf", True)),
        *((f"{TITLE}.docx", True), (f"附件1 {TITLE}正式.pdf", True), ("硅材料产业集群申报表.pdf", True)),
        *(
            ("专项资金申报表.pdf", False),
            ("昆山市申报表.pdf", False),
            ("商标.pdf", False),
            ("申报.pdf", False),
        ),
    ],
)
def test_a_file_that_is_called_like_the_form_is_a_copy_of_it(tmp_path: Path, name: str, copy: bool) -> None:
    texts = {"cover.cluster_name": "东海县硅材料产业集群", "cover.region": "江苏省连云港市东海县"}
    source = EvidenceFolder(made(tmp_path / "佐证", {name: b"%PDF"}))
    form = made(tmp_path, {"表.docx": b"PK"}) / "表.docx"
    found = own_copies(filled("application", texts), form, source, source.entries)
    assert [entry.name for entry in found] == [name] * copy


@pytest.mark.parametrize(
    ("name", "data", "copy"),
    [
        ("材料.docx", b"PK1", True),
        ("材料.docx", b"PK2", False),
        ("材料.docx", b"PK11", False),
        ("材料.pdf", b"PK1", False),
    ],
)
def test_a_file_with_the_same_bytes_is_a_copy(tmp_path: Path, name: str, data: bytes, copy: bool) -> None:
    source = EvidenceFolder(made(tmp_path / "佐证", {name: data}))
    form = made(tmp_path, {"表.docx": b"PK1"}) / "表.docx"
    assert bool(own_copies(filled("application", {}), form, source, source.entries)) == copy
