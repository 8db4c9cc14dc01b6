"""The files of a folder or zip as evidence: which there are, which are lists, which are copies of another."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from clusterform.errors import UsageError
from clusterform.evidence import copies, source
from clusterform.evidence.copies import PIECE, FileUse, repeated
from clusterform.evidence.lists import is_list_name, list_beside, list_of_bytes, lists_in
from clusterform.evidence.needs import needs
from clusterform.evidence.source import EvidenceFolder, Zip, opened, refuse_unusable
from clusterform.evidence.tables import LARGEST
from clusterform.evidence_line import EvidenceFile, EvidenceLine
from clusterform.finding import EvidenceProof
from clusterform.parsers.container.package import Gate
from support.rule_run import filled

CSV = "代码,材料名称,文件\n2.3-④,商标,a.pdf\n"


def put(path: Path, data: bytes | str = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_what_of_a_folder_is_evidence(tmp_path: Path) -> None:
    """Not the form itself, nor what systems leave; a file of the form's name elsewhere is."""
    root = tmp_path / "材料"
    form = put(root / "申报表.docx")
    for name in (
        "甲/申报表.docx",
        "b.pdf",
        "a.pdf",
        ".a",
        "~$a.docx",
        "THUMBS.DB",
        "甲/.b/c.pdf",
        "__MACOSX/d.pdf",
    ):
        put(root / name)
    (root / "b 的链接.pdf").symlink_to(root / "b.pdf")
    (root / "到甲").symlink_to(root / "甲", target_is_directory=True)
    (root / "到外").symlink_to(put(tmp_path / "外.pdf"))
    (root / "到无").symlink_to(root / "没有")
    found = {entry.name: (entry.size, entry.fault) for entry in EvidenceFolder(root, [form]).entries}
    assert found == {
        "a.pdf": (1, ""),
        "b.pdf": (1, ""),
        "b 的链接.pdf": (1, ""),
        "到外": (0, "link"),
        "到无": (0, "special"),
        "甲/申报表.docx": (1, ""),
    }
    assert list(found) == sorted(found)


@pytest.mark.parametrize(("most", "refused"), [(2, True), (3, False)])
def test_so_many_files_are_looked_at(
    most: int, refused: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "MOST_FILES", most)
    for name in ("a", "b/c", "b/d/e"):
        put(tmp_path / name)
    if refused:
        with pytest.raises(UsageError):
            EvidenceFolder(tmp_path)
    else:
        assert len(EvidenceFolder(tmp_path).entries) == 3


def info(name: str, *, utf8: bool = True, mode: int = 0, flags: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    made.flag_bits = flags
    if not utf8:
        made.filename = made.orig_filename = name.encode("gb18030").decode("cp437")
    return made


def test_what_of_a_zip_is_evidence(tmp_path: Path) -> None:
    path = tmp_path / "佐证.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in (
            "b.pdf",
            "甲\\c.pdf",
            "甲/",
            "/d.pdf",
            "甲/../e.pdf",
            "C:\\f.pdf",
            "甲/g:h.pdf",
            "__MACOSX/i",
            ".j",
        ):
            packed.writestr(zipfile.ZipInfo(name), b"x")
        packed.writestr(info("链.pdf", mode=stat.S_IFLNK | 0o777), b"x")
        packed.writestr("大.bin", bytes(range(200)) * 6)
        packed.writestr("刚好.bin", bytes(range(200)) * 5)
        packed.writestr("炸.bin", bytes(900), zipfile.ZIP_DEFLATED)
    found = Zip(path, Gate(members=20, total=10_000, part=1000, ratio=20, ratio_above=100))
    faults = {entry.name: entry.fault for entry in found.entries}
    found.close()
    assert faults == {
        "b.pdf": "",
        "甲/c.pdf": "",
        "/d.pdf": "outside",
        "甲/../e.pdf": "outside",
        "C:/f.pdf": "outside",
        "甲/g:h.pdf": "",
        "链.pdf": "link",
        "大.bin": "large",
        "刚好.bin": "",
        "炸.bin": "bomb",
    }


@pytest.mark.parametrize(
    ("name", "fault"), [("材料.docx", True), ("材料.XLSM", True), ("材料.dat", False), ("材料", False)]
)
def test_a_zip_is_known_by_its_bytes_and_a_form_is_none(name: str, fault: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.pdf", b"x")
    if fault:
        with pytest.raises(UsageError):
            refuse_unusable(path)
        return
    with opened(path) as held:
        assert [entry.name for entry in held.entries] == ["a.pdf"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("佐证材料清单.csv", True),
        ("东海县证明材料目录 2.XLSX", True),
        ("佐证材料清单.yml", True),
        ("Evidence list.docx", True),
        ("佐证材料清单.pdf", False),
        ("佐证材料.csv", False),
        ("专利清单.csv", False),
    ],
)
def test_the_name_of_a_list(name: str, told: bool) -> None:
    assert is_list_name(name) is told


@pytest.mark.parametrize(
    ("files", "lists"),
    [
        ({"佐证材料清单.csv": CSV, "a.pdf": "x"}, ["佐证材料清单.csv"]),
        ({"材料/佐证材料清单.csv": CSV, "材料/a.pdf": "x"}, ["材料/佐证材料清单.csv"]),
        ({"材料/佐证材料清单.csv": CSV, "a.pdf": "x"}, []),
        ({"材料/佐证材料清单.csv": CSV, "别的/a.pdf": "x"}, []),
        ({"材料/深/佐证材料清单.csv": CSV}, []),
        ({"材料目录.csv": CSV}, ["材料目录.csv"]),
        ({"材料目录.csv": "序号,名称\n1,甲\n"}, []),
        ({"材料.csv": CSV}, []),
        ({"佐证材料清单.csv": "序号,数\n1,2\n"}, ["佐证材料清单.csv 坏"]),
        ({"材料目录.csv": CSV, "佐证材料清单.csv": CSV}, ["佐证材料清单.csv", "材料目录.csv"]),
    ],
)
def test_the_lists_of_a_folder(files: dict[str, str], lists: list[str], tmp_path: Path) -> None:
    for name, text in files.items():
        put(tmp_path / name, text)
    found = lists_in(EvidenceFolder(tmp_path))
    assert [one.name + (" 坏" if one.fault else "") for one in found] == lists


@pytest.mark.parametrize(("size", "read"), [(LARGEST, True), (LARGEST + 1, False)])
def test_a_list_is_no_larger(size: int, read: bool, tmp_path: Path) -> None:
    path = put(tmp_path / "佐证材料清单.xlsx")
    with path.open("r+b") as stream:
        stream.truncate(size)
    assert bool(list(lists_in(EvidenceFolder(tmp_path)))) is read
    assert (list_beside(tmp_path / "申报表.docx") is not None) is read


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["申报表.docx", "佐证材料清单.csv"], "佐证材料清单.csv"),
        (["申报表.docx", "佐证材料清单.csv", "别的.pdf", "~$申报表.docx", ".x.docx"], "佐证材料清单.csv"),
        (["申报表.docx", "佐证材料清单.csv", "乙.xls"], None),
        (["申报表.docx", "佐证材料清单.docx"], "佐证材料清单.docx"),
        (["申报表.docx", "佐证材料清单.csv", "证明材料清单.csv"], None),
        (
            ["申报表.docx", "申报表 佐证材料清单.csv", "证明材料清单.csv", "乙.docx"],
            "申报表 佐证材料清单.csv",
        ),
        (["申报表.docx", "申报表 佐证材料清单.csv", "申报表 证明材料清单.csv"], None),
        (["佐证材料清单.docx"], None),
        (["申报表.docx"], None),
    ],
)
def test_the_list_beside_a_form(names: list[str], found: str | None, tmp_path: Path) -> None:
    for name in names:
        put(tmp_path / name, CSV)
    one = list_beside(tmp_path / names[0])
    assert (one and one.name) == found


def test_a_form_without_a_name_has_no_list_called_after_it(tmp_path: Path) -> None:
    for name in ("——.docx", "佐证材料清单.csv", "证明材料清单.csv"):
        put(tmp_path / name, CSV)
    assert list_beside(tmp_path / "——.docx") is None


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("代码;材料名称\n2.3-④;甲,乙\n", ["甲,乙"]),
        ("代码|材料名称\n2.3-④|甲，乙\n", ["甲，乙"]),
        ("代码，材料名称\n2.3-④，甲\n", ["甲"]),
        ("1. 商标注册证书\n2. 商标\n3. 质量诊断报告\n", ["商标注册证书", "质量诊断报告"]),
    ],
)
def test_a_list_however_it_is_typed(text: str, titles: list[str]) -> None:
    assert [item.title for item in list_of_bytes("佐证材料清单.csv", text.encode()).items] == titles


ONE, OTHER = frozenset({("甲", "1")}), frozenset({("甲", "2")})
SMALL, MIDDLE = 3 * PIECE, 5 * PIECE


@pytest.mark.parametrize(
    ("size", "changed", "alike"),
    [
        (0, [], False),
        (1, [], True),
        (SMALL, [], True),
        (SMALL, [SMALL - 1], False),
        (SMALL + 1, [PIECE + PIECE // 2], False),
        (MIDDLE, [], True),
        (MIDDLE, [0], False),
        (MIDDLE, [PIECE - 1], False),
        (MIDDLE, [PIECE], False),
        (MIDDLE, [MIDDLE - 1], False),
        # of a larger file the beginning, the middle and the end decide
        (MIDDLE + 2, [], True),
        (MIDDLE + 2, [PIECE], True),
        (MIDDLE + 2, [PIECE - 1], False),
        (MIDDLE + 2, [MIDDLE // 2 + 1], False),
        (MIDDLE + 2, [MIDDLE // 2 + 1 - PIECE // 2], False),
        (MIDDLE + 2, [MIDDLE // 2 - PIECE // 2], True),
        (MIDDLE + 2, [MIDDLE + 2 - PIECE], False),
        (MIDDLE + 2, [MIDDLE + 1 - PIECE], True),
    ],
)
def test_files_of_the_same_bytes(
    size: int, changed: list[int], alike: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "WHOLE_UP_TO", MIDDLE)
    for name in ("a.pdf", "b.pdf"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
            for place in changed if name == "b.pdf" else ():
                stream.seek(place)
                stream.write(b"x")
    folder = EvidenceFolder(tmp_path)
    item = EvidenceLine({"title": "商标"})
    uses = [FileUse(item, claims, entry) for claims, entry in zip((ONE, OTHER), folder.entries, strict=True)]
    assert [o.facts["variant"] for o in repeated(uses, folder)] == (["copies"] if alike else [])
    same_claim = [use for use in uses if use.claims == ONE]
    assert list(repeated([*same_claim, FileUse(item, ONE, folder.entries[1])], folder)) == []


@pytest.mark.parametrize(
    ("uses", "shared"),
    [
        ([("1-2", ONE), ("1-2", OTHER)], True),
        ([("", ONE), ("", OTHER)], True),
        ([("1-2", ONE), ("3-4", OTHER)], False),
        ([("1-2", ONE), ("", OTHER)], False),
        ([("1-2", ONE), ("1-2", ONE)], False),
        ([("a.pdf", ONE), ("", OTHER)], True),
        ([("1-2", ONE), ("1-2", ONE), ("3", ONE), ("3", OTHER)], True),
    ],
)
def test_one_file_for_several_things(
    uses: list[tuple[str, frozenset[tuple[str, str | None]]]], shared: bool, tmp_path: Path
) -> None:
    put(tmp_path / "a.pdf")
    folder = EvidenceFolder(tmp_path)
    given = [
        FileUse(
            EvidenceLine({"title": f"{n}", "pages": pages, "file": "a.pdf" if pages == "a.pdf" else ""}),
            claims,
            folder.entries[0],
        )
        for n, (pages, claims) in enumerate(uses)
    ]
    found = list(repeated(given, folder))
    assert [o.facts["value"] for o in found] == (["a.pdf"] if shared else [])


@pytest.mark.parametrize(
    ("texts", "files", "searched", "proof"),
    [
        ({"file": " a.pdf ", "pages": "3"}, (), False, {"files": ("a.pdf",), "pages": "3"}),
        ({"file": "a.pdf", "pages": "3"}, (), True, {"files": ("a.pdf",), "pages": "3", "missing": True}),
        ({"pages": "a.pdf"}, ("a.pdf",), True, {"files": ("a.pdf",)}),
        ({"pages": "3"}, (), False, {"pages": "3"}),
        ({"file": "a.pdf"}, ("甲/a.pdf", "乙/a.pdf"), True, {"files": ("甲/a.pdf", "乙/a.pdf")}),
    ],
)  # fmt: skip
def test_how_much_of_what_a_form_needs_is_there(
    texts: dict[str, str], files: tuple[str, ...], searched: bool, proof: dict[str, object]
) -> None:
    item = EvidenceLine(
        {"code": "2.3-④", "title": "商标", "number": "1", **texts}, files=tuple(map(EvidenceFile, files))
    )
    form = filled("application", {"leading_industry.brand_work": ("trademarks", "diagnosis")})
    form = form.model_copy(update={"evidence": (item,), "evidence_folder": "材料" if searched else None})
    found = {need.code: need.proofs for need in needs(form)}
    given = {
        "source": "",
        "number": "1",
        "title": "商标",
        "kind": "",
        "files": (),
        "pages": "",
        "listed": True,
        "missing": False,
    }
    assert found == {"2.3-②": (), "2.3-④": (EvidenceProof(**{**given, **proof}),)}
