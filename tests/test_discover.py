"""What of a folder may be a form, what is left out and said to be, and whose evidence lies beside it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from clusterform.batch.discover import (
    Left,
    NameConfidence,
    discover,
    evidence_for,
    inside,
    says_form,
    state_of,
)
from clusterform.errors import UsageError

FORM = Path("东海县申报表.docx")


def made(folder: Path, *names: str) -> list[Path]:
    """Files, and folders where a name ends in a stroke."""
    found = []
    for name in names:
        path = folder / name
        if name.endswith("/"):
            path.mkdir(parents=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"PK")
        found.append(path)
    return found


@pytest.mark.parametrize(
    ("names", "only", "found"),
    [
        (("佐证材料/",), True, "佐证材料"),
        (("1.佐证材料/",), True, "1.佐证材料"),
        (("evidence/",), True, "evidence"),
        (("佐证材料.zip",), True, "佐证材料.zip"),
        (("佐证材料/",), False, None),
        (("佐证材料/", "证明材料/"), True, None),
        (("昆山市佐证材料/",), True, None),
        (("照片/",), True, None),
        (("东海县申报表佐证材料/", "佐证材料/"), True, "东海县申报表佐证材料"),
        (("东海县申报表-佐证材料.zip", "昆山市佐证材料/"), False, "东海县申报表-佐证材料.zip"),
        (("东海县申报表（一）佐证材料/", "东海县申报表（二）佐证材料/"), True, None),
        (("东海县申报表（一）佐证材料/", "东海县申报表佐证材料/"), True, "东海县申报表佐证材料"),
        ((), True, None),
    ],
)
def test_whose_evidence_it_is(tmp_path: Path, names: tuple[str, ...], only: bool, found: str | None) -> None:
    evidence = evidence_for(tmp_path / FORM, only, made(tmp_path, *names))
    assert (evidence and evidence.name) == found


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("东海县申报表/",), "东海县申报表"),
        (("东海县申报表.zip",), "东海县申报表.zip"),
        (("东海县申报表.ZIP",), "东海县申报表.ZIP"),
        (("东海县申报表.7z", "东海县申报表.pdf", "东海县申报表.zipx"), None),
        (("昆山市申报表/",), None),
        (("东海县申报表/", "东海县申报表（补充）/"), "东海县申报表"),
        (("东海县申报表（一）/", "东海县申报表（二）/"), None),
    ],
)
def test_what_in_a_folder_of_evidence_is_a_form_s_own(
    tmp_path: Path, names: tuple[str, ...], found: str | None
) -> None:
    made(tmp_path, *names)
    evidence = inside(tmp_path.parent / FORM, tmp_path)
    assert (evidence and evidence.name) == found
    assert inside(FORM, tmp_path / "没有") is None


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("东海县申报表.docx", NameConfidence.OWN),
        ("东海县/申报表.xlsx", NameConfidence.OWN),
        ("材料/申报表.wps", NameConfidence.FORM),
        ("东海县/附件1 申报表.doc", NameConfidence.FORM),
        ("东海县.docx", NameConfidence.ANYTHING),
        ("东海县申报表的函.docx", NameConfidence.ANYTHING),
        ("东海县复核表.DOCX", NameConfidence.OWN),
        *(
            (name, None)
            for name in ("照片.jpg", "东海县.pdf", "~$申报表.docx", ".申报表.docx", "佐证材料清单.xlsx")
        ),
        *(
            (name, None)
            for name in ("__MACOSX/申报表.docx", "申报表.txt", "申报表.html", "东海县申报表.zzz", "申报表")
        ),
    ],
)
def test_how_sure_it_is_that_a_file_is_a_form(
    tmp_path: Path, name: str, called: NameConfidence | None
) -> None:
    made(tmp_path, "在/在.docx", name)
    found = {c.path.relative_to(tmp_path).as_posix(): c.called for c in discover([tmp_path]).candidates}
    assert found.pop("在/在.docx") is NameConfidence.ANYTHING
    assert found == ({} if called is None else {name: called})


def test_a_file_that_is_named_is_asked_for_and_each_is_told_once(tmp_path: Path) -> None:
    (form, other) = made(tmp_path, "东海县申报表.docx", "乙/x.txt")
    (tmp_path / "链.docx").symlink_to(form)
    found = discover([other, form, form, tmp_path])
    assert [(c.path.name, c.called) for c in found.candidates] == [
        *(("x.txt", NameConfidence.ASKED_FOR), ("东海县申报表.docx", NameConfidence.ASKED_FOR)),
    ]
    assert [c.path.name for c in discover([tmp_path / "链.docx", form]).candidates] == ["东海县申报表.docx"]
    with pytest.raises(UsageError):
        discover([tmp_path / "没有.docx"])
    with pytest.raises(UsageError):
        discover([tmp_path / "乙"])


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (("甲/东海县申报表.pdf",), {"东海县申报表.pdf": True}),
        (("甲/东海县申报表.pdf", "甲/申报表.docx"), {"东海县申报表.pdf": False}),
        (("甲/东海县.pdf",), {}),
        (("甲/东海县申报表.zip",), {"东海县申报表.zip": True}),
        (("甲/东海县申报表.rar", "甲/申报表.docx"), {"东海县申报表.rar": True}),
        (("甲/东海县.rar",), {"东海县.rar": True}),
        (("甲/东海县.rar", "甲/申报表.docx"), {}),
        (("甲/照片.rar",), {}),
        (("甲/东海县佐证材料.rar",), {}),
        (("甲/东海县申报表.txt",), {}),
    ],
)
def test_what_is_left_out_and_said_to_be(
    tmp_path: Path, names: tuple[str, ...], left: dict[str, bool]
) -> None:
    """And whether the folder's check is not complete without it."""
    made(tmp_path, "在/在.docx", *names)
    assert {item.path.name: item.form for item in discover([tmp_path]).left} == left


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("东海县申报表.docx", True),
        ("甲/乙/申报表.xlsx", True),
        ("东海县.docx", False),
        ("申报表.txt", False),
        ("~$申报表.docx", False),
    ],
)
def test_an_archive_that_holds_forms(tmp_path: Path, member: str, told: bool) -> None:
    made(tmp_path, "在/在.docx")
    with zipfile.ZipFile(tmp_path / "材料.zip", "w") as packed:
        packed.writestr(member, b"")
    assert [(item.path.name, item.form) for item in discover([tmp_path]).left] == [("材料.zip", True)] * told


def test_links_that_lead_astray_or_away(tmp_path: Path) -> None:
    away = made(tmp_path, "外/")[0]
    folder = tmp_path / "内"
    made(folder, "在/在.docx")
    (folder / "东海县申报表.docx").symlink_to(tmp_path / "没有.docx")
    (folder / "别的.docx").symlink_to(tmp_path / "没有.docx")
    (folder / "外").symlink_to(away, target_is_directory=True)
    (folder / "圈").symlink_to(folder / "在", target_is_directory=True)
    found = discover([folder])
    assert [c.path.name for c in found.candidates] == ["在.docx"]
    assert sorted(item.path.name for item in found.left) == ["东海县申报表.docx", "外"]
    assert all(isinstance(item, Left) and item.form for item in found.left)


@pytest.mark.parametrize(
    ("name", "form"),
    [("申报表", True), ("东海县复核表", True), ("申报表的函", False), ("申报书", True), ("说明", False)],
)
def test_a_name_that_says_form(name: str, form: bool) -> None:
    assert says_form(name) == form


def test_a_result_depends_on_the_lists_beside_a_form_and_its_evidence(tmp_path: Path) -> None:
    form, other = made(tmp_path, "申报表.docx", "照片.jpg")
    assert state_of(form, None) == ""
    (listed,) = made(tmp_path, "佐证材料清单.csv")
    beside = state_of(form, None)
    assert [line.split(" ")[0] for line in beside.split("\n")] == [
        *sorted(path.name for path in (form, other, listed)),
        listed.name,
    ]
    folder = made(tmp_path, "佐证材料/一.pdf", "佐证材料/乙/二.pdf")[0].parent
    lines = state_of(form, folder).split("\n")[-3:]
    assert [line.split(" ")[0] for line in lines] == ["佐证材料", "一.pdf", "乙/二.pdf"]
    before = state_of(form, folder)
    (folder / "一.pdf").write_bytes(b"PKK")
    assert state_of(form, folder) != before
    (packed,) = made(tmp_path, "证明.zip")
    assert state_of(form, packed).split("\n")[-1].split(" ")[:2] == ["证明.zip", "2"]
