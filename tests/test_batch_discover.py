"""Which files of a folder are checked, with which evidence, and which are said to be left out."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from clusterform.batch.discover import (
    Candidate,
    Left,
    NameConfidence,
    discover,
    evidence_for,
    has_own_name,
    inside,
    is_evidence_file,
    nothing_left,
    says_form,
    state_of,
)
from clusterform.errors import UsageError
from clusterform.messages import Text


def made(folder: Path, names: Iterable[str]) -> Path:
    """Files of a few bytes; a name that ends with a slash is a folder."""
    for name in names:
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"x")
    return folder


def zipped(path: Path, *members: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for member in members:
            packed.writestr(member, b"x")


@pytest.mark.parametrize(
    ("entries", "only", "chosen"),
    [
        (["佐证材料/"], True, "佐证材料"),
        (["佐证材料/"], False, None),
        (["evidence/"], True, "evidence"),
        (["2佐证材料/"], True, "2佐证材料"),
        (["佐证材料.zip"], True, "佐证材料.zip"),
        (["佐证材料/", "证明材料/"], True, None),
        (["乙表佐证材料/"], True, None),
        (["甲表佐证材料/"], False, "甲表佐证材料"),
        (["甲表佐证材料/", "甲表二佐证材料/"], False, "甲表佐证材料"),
        (["甲表一佐证材料/", "甲表二佐证材料/"], False, None),
        (["甲表/"], True, None),
        (["佐证材料/甲表/"], False, "佐证材料/甲表"),
        (["佐证材料/甲表.zip"], False, "佐证材料/甲表.zip"),
        (["佐证材料/甲表.docx"], False, None),
        (["佐证材料/甲表一/", "佐证材料/甲表/"], False, "佐证材料/甲表"),
        (["佐证材料/甲表一/", "佐证材料/甲表二/"], False, None),
        (["佐证材料/乙表/"], False, None),
        (["1.佐证材料/"], True, "1.佐证材料"),
        (["照片/"], True, None),
        ([], True, None),
        (["甲表佐证材料/", "佐证材料/"], True, "甲表佐证材料"),
        (["甲表-佐证材料.zip", "乙表佐证材料/"], False, "甲表-佐证材料.zip"),
        (["甲表（一）佐证材料/", "甲表（二）佐证材料/"], True, None),
        (["甲表（一）佐证材料/", "甲表佐证材料/"], True, "甲表佐证材料"),
        (["佐证材料/甲表.ZIP"], False, "佐证材料/甲表.ZIP"),
        (["佐证材料/甲表.7z", "佐证材料/甲表.pdf", "佐证材料/甲表.zipx"], False, None),
        (["佐证材料/甲表/", "佐证材料/甲表（补充）/"], False, "佐证材料/甲表"),
        (["佐证材料/甲表（一）/", "佐证材料/甲表（二）/"], False, None),
    ],
)
def test_the_evidence_of_a_form(entries: list[str], only: bool, chosen: str | None, tmp_path: Path) -> None:
    made(tmp_path, entries)
    found = evidence_for(tmp_path / "甲表.docx", only, sorted(tmp_path.iterdir()))
    assert (found and found.relative_to(tmp_path).as_posix()) == chosen


def test_a_form_without_letters_in_its_name_has_nothing_called_after_it(tmp_path: Path) -> None:
    made(tmp_path, ["佐证材料/甲/"])
    assert inside(tmp_path / "——.docx", tmp_path / "佐证材料") is None
    assert inside(tmp_path / "甲.docx", tmp_path / "没有") is None


def called(folder: Path) -> list[tuple[str, str, str | None]]:
    """Each file that is checked, how sure its name is, its evidence."""
    return [
        (
            c.path.relative_to(folder).as_posix(),
            c.called.name,
            c.evidence and c.evidence.relative_to(folder).as_posix(),
        )
        for c in discover([folder]).candidates
    ]


def left(folder: Path) -> list[tuple[str, str, bool]]:
    return [
        (item.path.relative_to(folder).as_posix(), item.why.key, item.form)
        for item in discover([folder]).left
    ]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["申报表.docx"], [("申报表.docx", "FORM", None)]),
        (["东海县申报表.docx"], [("东海县申报表.docx", "OWN", None)]),
        (["东海县复核表.DOCX"], [("东海县复核表.DOCX", "OWN", None)]),
        (["东海县/申报表.xlsx"], [("东海县/申报表.xlsx", "OWN", None)]),
        (["材料/申报表.wps"], [("材料/申报表.wps", "FORM", None)]),
        (["东海县/附件1 申报表.doc"], [("东海县/附件1 申报表.doc", "FORM", None)]),
        (["东海县.docx"], [("东海县.docx", "ANYTHING", None)]),
        (["东海县申报表的函.docx"], [("东海县申报表的函.docx", "ANYTHING", None)]),
        (["申报表.docx", "照片.jpg", "东海县.pdf", "申报表.txt", "申报表.html", "东海县申报表.zzz", "申报表"], [("申报表.docx", "FORM", None)]),
        (["申报表.docx", ".申报表.docx", "~$申报表.docx", "佐证材料清单.xlsx", "__MACOSX/申报表.docx"], [("申报表.docx", "FORM", None)]),
        (["通知.docx"], [("通知.docx", "ANYTHING", None)]),
        (["关于申报表的函.docx"], [("关于申报表的函.docx", "ANYTHING", None)]),
        # evidence goes with the one that is called a form, else with the only document
        (["申报表.docx", "函.docx", "佐证材料/"], [("函.docx", "ANYTHING", None), ("申报表.docx", "FORM", "佐证材料")]),
        (["函.docx", "佐证材料/"], [("函.docx", "ANYTHING", "佐证材料")]),
        (["一.docx", "二.docx", "佐证材料/"], [("一.docx", "ANYTHING", None), ("二.docx", "ANYTHING", None)]),
        (["一申报表.docx", "二申报表.docx", "佐证材料/"], [("一申报表.docx", "FORM", None), ("二申报表.docx", "FORM", None)]),
        # what lies in a folder of evidence is a form only where none lies beside that folder
        (["申报表.docx", "佐证材料/1.docx"], [("申报表.docx", "FORM", "佐证材料")]),
        (["佐证材料/1.docx", "说明.txt"], [("佐证材料/1.docx", "ANYTHING", None)]),
        (["申报表.docx", "材料/1.docx"], [("申报表.docx", "FORM", None), ("材料/1.docx", "ANYTHING", None)]),
        (["申报表.docx", "佐证材料清单.docx", "佐证申报表.docx"], [("佐证申报表.docx", "FORM", None), ("申报表.docx", "FORM", None)]),
        (["申报表.docx", ".x.docx", "~$申报表.docx", "~WRL1.docx", "__MACOSX/x.docx", ".git/x.docx"], [("申报表.docx", "FORM", None)]),
        (["申报表.DOCX", "a.xls", "b.et", "c.wps", "d.rtf", "e.csv", "f.json"], [("a.xls", "ANYTHING", None), ("b.et", "ANYTHING", None), ("c.wps", "ANYTHING", None), ("d.rtf", "ANYTHING", None), ("申报表.DOCX", "FORM", None)]),
    ],
)  # fmt: skip
def test_the_files_that_are_checked(
    files: list[str], found: list[tuple[str, str, str | None]], tmp_path: Path
) -> None:
    assert sorted(called(made(tmp_path, files))) == sorted(found)


@pytest.mark.parametrize(
    ("files", "told"),
    [
        # a scan is missed only where no document lies beside it
        (["甲/申报表.pdf", "申报表.docx"], [("甲/申报表.pdf", "left.pdf", True)]),
        (["申报表.pdf", "申报表.docx"], [("申报表.pdf", "left.pdf", False)]),
        (["申报表.ofd", "申报表.docx"], [("申报表.ofd", "left.pdf", False)]),
        (["甲/东海县申报表.pdf", "甲/申报表.docx"], [("甲/东海县申报表.pdf", "left.pdf", False)]),
        (["甲/东海县.pdf", "申报表.docx"], []),
        (["照片.pdf", "申报表.docx"], []),
        (["申报表说明.pdf", "申报表.docx"], []),
        (["甲/东海县.rar", "申报表.docx"], [("甲/东海县.rar", "left.archive", True)]),
        (["甲/东海县.rar", "甲/申报表.docx"], []),
        (["甲/东海县申报表.zip", "申报表.docx"], [("甲/东海县申报表.zip", "left.archive", True)]),
        (["甲/东海县申报表.rar", "甲/申报表.docx"], [("甲/东海县申报表.rar", "left.archive", True)]),
        (["甲/东海县申报表.txt", "申报表.docx"], []),
        (["东海县.rar", "申报表.docx"], []),
        (["甲/照片.rar", "申报表.docx"], []),
        (["东海县申报表.rar", "申报表.docx"], [("东海县申报表.rar", "left.archive", True)]),
        (["东海县申报表佐证材料.rar", "申报表.docx"], []),
        (["佐证材料东海县申报表.7z", "申报表.docx"], []),
        (["东海县申报表.tar", "申报表.docx"], []),
    ],
)
def test_the_files_that_are_said_to_be_left_out(
    files: list[str], told: list[tuple[str, str, bool]], tmp_path: Path
) -> None:
    assert left(made(tmp_path, files)) == told


@pytest.mark.parametrize(
    ("name", "members", "told"),
    [
        ("各县.zip", ["东海县申报表.docx"], True),
        ("各县.zip", ["甲/申报表.xlsx"], True),
        ("各县.zip", ["甲/乙/申报表.xlsx"], True),
        ("各县.zip", ["申报表.pdf"], False),
        ("各县.zip", ["申报表.txt"], False),
        ("各县.zip", ["关于申报表的函.docx"], False),
        ("各县.zip", ["甲/~$申报表.docx"], False),
        ("各县.zip", ["照片.docx"], False),
        ("甲/东海县.zip", ["照片.jpg"], False),
        ("甲/东海县.zip", ["里面.RAR"], True),
        ("甲/各县.zip", ["里面.rar"], False),
        ("东海县.zip", ["里面.rar"], False),
        ("申报表佐证材料.zip", ["东海县申报表.docx"], False),
    ],
)
def test_archives_that_hold_forms(name: str, members: list[str], told: bool, tmp_path: Path) -> None:
    made(tmp_path, ["申报表.docx"])
    zipped(tmp_path / name, *members)
    assert left(tmp_path) == ([(name, "left.archive", True)] if told else [])


@pytest.mark.parametrize(
    ("name", "members", "found"),
    [
        ("表", ["word/document.xml"], True),
        ("表.bak", ["xl/workbook.xml"], True),
        ("表", ["ppt/presentation.xml"], False),
        ("表.zip", ["word/document.xml"], False),
        ("表.pptx", ["word/document.xml"], False),
    ],
)
def test_a_package_without_its_ending(name: str, members: list[str], found: bool, tmp_path: Path) -> None:
    made(tmp_path, ["申报表.docx"])
    zipped(tmp_path / name, *members)
    assert (tmp_path / name in {c.path for c in discover([tmp_path]).candidates}) is found


def test_files_that_are_named_are_asked_for_and_each_is_checked_once(tmp_path: Path) -> None:
    made(tmp_path, ["a.txt", "甲/申报表.docx"])
    text, form = tmp_path / "a.txt", tmp_path / "甲" / "申报表.docx"
    assert discover([text, tmp_path]).candidates == (
        Candidate(text, NameConfidence.ASKED_FOR),
        Candidate(form, NameConfidence.FORM),
    )
    assert discover([form, tmp_path]).candidates == (Candidate(form, NameConfidence.ASKED_FOR),)
    assert discover([tmp_path, form]).candidates == (Candidate(form, NameConfidence.FORM),)
    (tmp_path / "0.docx").symlink_to(form)
    assert [c.path for c in discover([tmp_path / "0.docx", form]).candidates] == [form]
    assert [c.path for c in discover([form, tmp_path / "0.docx"]).candidates] == [form]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (["a.txt"], "left.nothing"),
        (["申报表.pdf"], "left.nothing-filled"),
        (["各县申报表.rar"], "left.nothing-filled"),
    ],
)
def test_a_folder_with_nothing_to_check(files: list[str], says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as told:
        discover([made(tmp_path, files)])
    assert told.value.text.key == says
    with pytest.raises(UsageError):
        discover([tmp_path / "没有.docx"])
    with pytest.raises(UsageError):
        discover([tmp_path / "没有"])


def test_links_to_folders_and_links_that_lead_nowhere(tmp_path: Path) -> None:
    folder = made(tmp_path / "省", ["申报表.docx", "真/表.docx"])
    made(tmp_path / "外", ["申报表.docx"])
    (folder / "内").symlink_to(folder / "真", target_is_directory=True)
    (folder / "外").symlink_to(tmp_path / "外", target_is_directory=True)
    (folder / "东海县申报表.docx").symlink_to(tmp_path / "没有")
    (folder / "照片.docx").symlink_to(tmp_path / "没有")
    (folder / "圈").symlink_to(folder, target_is_directory=True)
    assert sorted(left(folder)) == [
        ("东海县申报表.docx", "left.link-astray", True),
        ("外", "left.linked-folder", True),
    ]
    assert sorted(name for name, *_ in called(folder)) == ["申报表.docx", "真/表.docx"]


def test_of_many_files_left_out_ten_are_named() -> None:
    files = [Left(Path(f"{n:02}.docx"), Text("left.blank")) for n in range(11, -1, -1)]
    told = nothing_left(files).zh
    assert [f"{n:02}.docx" in told for n in range(12)] == [True] * 10 + [False] * 2


@pytest.mark.parametrize(
    ("name", "form", "evidence"),
    [
        ("东海县申报表", True, False),
        ("复核表", True, False),
        ("申报书", True, False),
        ("申报表的函", False, False),
        ("申报表填写说明", False, False),
        ("佐证材料清单", False, True),
        ("Evidence list", False, True),
        ("my evidence", False, False),
        ("东海县", False, False),
    ],
)
def test_what_a_files_name_says(name: str, form: bool, evidence: bool) -> None:
    assert (says_form(name), is_evidence_file(name)) == (form, evidence)


def test_a_countys_own_file_by_its_folder() -> None:
    assert [has_own_name(Path(p)) for p in ("东海县/a.docx", "甲/a.docx", "东海县/template.docx")] == [
        True,
        False,
        False,
    ]


def test_what_a_result_depends_on_beside_its_form(tmp_path: Path) -> None:
    """Lists, and all evidence that is the form's; what else lies there counts only where a list may belong to it."""
    form, evidence = tmp_path / "申报表.docx", tmp_path / "佐证材料"
    made(tmp_path, ["申报表.docx", "佐证材料/甲/1.pdf"])
    (zip_file := tmp_path / "佐证.zip").write_bytes(b"PK")

    def changed(name: str, given: Path | None) -> bool:
        before = state_of(form, given)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.read_bytes() + b"x" if path.exists() else b"x")
        return state_of(form, given) != before

    assert not changed("别的.txt", None)
    assert not changed("佐证材料/甲/1.pdf", None)
    assert changed("佐证材料/甲/1.pdf", evidence)
    assert changed("佐证材料/甲/2.pdf", evidence)
    assert not changed("别的.txt", evidence)
    assert changed("佐证.zip", zip_file)
    assert changed("证明材料目录.csv", None)
    assert changed("证明材料目录.csv", None)
    assert changed("再一份.txt", None)
    assert state_of(form, evidence) != state_of(form, zip_file)
    lists = [line.split(" ")[0] for line in state_of(form, evidence).split("\n")]
    assert lists[-3:] == ["佐证材料", "甲/1.pdf", "甲/2.pdf"]
    assert state_of(form, zip_file).split("\n")[-1].split(" ")[:2] == ["佐证.zip", "3"]


def test_a_folder_that_is_closed_to_us_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, ["申报表.docx", "关/表.docx"])
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("关"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert left(tmp_path) == [("关", "left.folder-closed", True)]
