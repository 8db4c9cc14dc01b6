"""Evidence as it comes: hostile names, broken files, zips from every system, and very many files."""

from __future__ import annotations

import io
import os
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from clusterform.answers import FilledForm
from clusterform.errors import UnreadableError, UsageError
from clusterform.evidence.pairing import with_evidence
from clusterform.evidence.source import Zip, opened
from clusterform.finding import Severity
from clusterform.parsers.container.package import Gate
from clusterform.parsers.content import REBUILT_UP_TO, identify
from support.evidence import JPEG, LOCKED, PNG, docx_bytes, pdf, pdf_bytes, sparse_pdf, zip_bytes
from support.rule_run import filled, run

BRAND = "leading_industry.brand_work"
HEAD = "代码,材料名称,文件,页码\n"
SEEN = ("evidence-missing", "evidence-file", "evidence-strange", "evidence-unlisted", "evidence-unpaired")


def form(*ticked: str) -> FilledForm:
    return filled("application", {BRAND: ticked or ("trademarks",)})


def folder(tmp_path: Path, files: Mapping[str, bytes | str]) -> Path:
    root = tmp_path / "佐 证 材 料"
    root.mkdir()
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def paired(tmp_path: Path, files: Mapping[str, bytes | str], *ticked: str) -> FilledForm:
    return with_evidence(form(*ticked), folder(tmp_path, files), tmp_path / "申报表.docx")


def seen(found: FilledForm) -> list[tuple[str, str]]:
    return [(o.what, o.facts.get("variant", "")) for o in found.observations if o.what in SEEN]


def test_a_link_out_of_the_folder_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(pdf_bytes())
    root = folder(tmp_path, {"佐证材料清单.csv": HEAD + "2.3-④,商标,商标.pdf,\n", "真.pdf": pdf_bytes()})
    (root / "商标.pdf").symlink_to(secret)
    (root / "外").symlink_to(tmp_path, target_is_directory=True)
    (root / "圈").symlink_to(root, target_is_directory=True)
    found = with_evidence(form(), root, tmp_path / "x.docx")
    assert seen(found) == [
        ("evidence-unlisted", ""),
        ("evidence-unlisted", ""),
        ("evidence-file", "link"),
    ]
    assert found.evidence is not None
    assert found.evidence[0].files[0].pages is None


def test_a_link_inside_the_folder_is_as_good_as_the_file(tmp_path: Path) -> None:
    root = folder(tmp_path, {"佐证材料清单.csv": HEAD + "2.3-④,商标,商标.pdf,\n", "真/证.pdf": pdf_bytes(4)})
    (root / "商标.pdf").symlink_to(root / "真" / "证.pdf")
    found = with_evidence(form(), root, tmp_path / "x.docx")
    assert found.evidence is not None
    assert found.evidence[0].files[0].pages == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = folder(tmp_path, {"佐证材料清单.csv": HEAD + "2.3-④,商标,商标.pdf,\n"})
    os.mkfifo(root / "商标.pdf")
    assert seen(with_evidence(form(), root, tmp_path / "x.docx")) == [("evidence-file", "special")]


def test_a_number_of_the_county_s_own_is_no_code(tmp_path: Path) -> None:
    found = paired(tmp_path, {"2.1 质量诊断服务.pdf": pdf_bytes(), "2.3-④.pdf": pdf_bytes(2)}, "diagnosis")
    assert [item.title for item in found.evidence or ()] == ["2.3-④"]
    assert seen(found) == [("evidence-unlisted", "unnamed")]


@pytest.mark.parametrize("cell", ["/", "—", "见附件", "纸质版", "无"])
def test_a_cell_that_names_no_file(tmp_path: Path, cell: str) -> None:
    files = {"佐证材料清单.csv": HEAD + f"2.3-④,商标,{cell},\n", "2.3-④ 商标.pdf": pdf_bytes()}
    assert seen(paired(tmp_path, files)) == []


@pytest.mark.parametrize(
    ("data", "variant"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
        (pdf_bytes()[:200], "damaged"),
        (pdf_bytes(0), "damaged"),
        (LOCKED, "encrypted"),
        (docx_bytes(), "other"),
        (PNG, "other"),
        (b"MZ" + bytes(300), "other"),
        ("只是文字".encode(), "other"),
        (b"PK\x03\x04" + bytes(100), "damaged"),
    ],
)
def test_what_is_no_pdf(tmp_path: Path, data: bytes, variant: str) -> None:
    assert seen(paired(tmp_path, {"2.3-④.pdf": data})) == [("evidence-file", variant)]


def test_a_pdf_without_pages_is_damaged_whatever_was_opened_before_it(tmp_path: Path) -> None:
    files = {"2.3-③.pdf": LOCKED, "2.3-④.pdf": pdf_bytes(0)}
    found = {o.facts["value"]: o.facts["variant"] for o in paired(tmp_path, files).observations}
    assert found == {"2.3-③.pdf": "encrypted", "2.3-④.pdf": "damaged"}


def test_where_no_pdf_can_be_opened_a_person_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    found = paired(tmp_path, {"2.3-④.pdf": LOCKED})
    assert [o.facts["value"] for o in found.observations if o.what == "evidence-unread"] == ["2.3-④.pdf"]
    finding = run(found, "CF405").only()
    assert finding.severity is Severity.MANUAL
    assert "网页里没有打开 PDF，1 份" in finding.message
    assert found.evidence is not None
    assert found.evidence[0].files[0].pages is None


def test_what_is_called_a_pdf_is_known_without_opening_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    assert seen(paired(tmp_path, {"2.3-④.pdf": docx_bytes()})) == [("evidence-file", "other")]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("2.3-④.PDF", pdf_bytes()),
        ("2.3-④.pdf", b"junk before\n" + pdf_bytes()),
        ("2.3-④.pdf", pdf_bytes() + b"\0" * 900),
        ("2.3-④.jpg", JPEG),
        ("2.3-④.jpeg", PNG),
        ("2.3-④.docx", docx_bytes()),
        ("2.3-④.doc", docx_bytes()),
        ("2.3-④.doc", b"{\\rtf1 x}"),
        ("2.3-④.xls", b"<html><table></table></html>"),
        ("2.3-④.csv", "甲,乙\n".encode("gb18030")),
        ("2.3-④.ofd", zip_bytes({"OFD.xml": b"<x/>"})),
        ("2.3-④", pdf_bytes()),
    ],
)
def test_what_opens(tmp_path: Path, name: str, data: bytes) -> None:
    assert seen(paired(tmp_path, {name: data})) == []


def test_a_large_damaged_pdf_is_not_searched_through() -> None:
    data = b"%PDF-1.7\n" + bytes(REBUILT_UP_TO)
    assert identify(io.BytesIO(data), len(data)).fault == "damaged"
    head, gap, tail = pdf(2, REBUILT_UP_TO)
    whole = head + bytes(gap) + tail
    assert identify(io.BytesIO(whole), len(whole)).pages == 2


def zipped(tmp_path: Path, members: list[tuple[zipfile.ZipInfo | str, bytes]]) -> Path:
    path = tmp_path / "佐证.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members:
            packed.writestr(name, data, zipfile.ZIP_DEFLATED)
    return path


class GbkInfo(zipfile.ZipInfo):
    """A name as Windows writes it: GBK, and no mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  (zipfile's own name)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def test_names_in_gbk_survive(tmp_path: Path) -> None:
    info = GbkInfo("佐证材料/2.3-④ 商标注册证.pdf")
    found = with_evidence(form(), zipped(tmp_path, [(info, pdf_bytes(5))]), tmp_path / "x.docx")
    assert found.evidence is not None
    (item,) = found.evidence
    assert (item.files[0].name, item.files[0].pages) == ("佐证材料/2.3-④ 商标注册证.pdf", 5)
    assert seen(found) == []


def test_a_list_inside_a_zip(tmp_path: Path) -> None:
    rows = (HEAD + "2.3-④,商标,扫描/商标.pdf,3\n").encode("gb18030")
    members = [("材料/佐证材料清单.csv", rows), ("材料/扫描/商标.pdf", pdf_bytes(2)), ("__MACOSX/x", b"x")]
    found = with_evidence(form(), zipped(tmp_path, members), tmp_path / "x.docx")
    assert [o.what for o in found.observations] == ["evidence-pages"]


def test_hostile_members(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("2.3-③.pdf")
    link.external_attr = 0o120777 << 16
    members = [
        ("2.3-④.pdf", bytes(30_000_000)),
        ("../2.3-①.pdf", pdf_bytes()),
        (link, b"/etc/passwd"),
    ]
    found = with_evidence(
        form("management", "standards", "trademarks"), zipped(tmp_path, members), tmp_path / "x.docx"
    )
    assert sorted(variant for _, variant in seen(found)) == ["bomb", "link", "outside"]
    assert not (tmp_path.parent / "2.3-①.pdf").exists()


def test_a_zip_gives_no_more_than_the_gate_lets_through(tmp_path: Path) -> None:
    path = zipped(tmp_path, [(f"{n}.bin", os.urandom(60_000)) for n in range(3)])
    source = Zip(path, Gate(members=5, total=100_000, part=70_000))
    with source.open(source.entries[0]) as stream:
        assert len(stream.read()) == 60_000
    with pytest.raises(UnreadableError), source.open(source.entries[1]):
        pass
    source.close()
    with pytest.raises(UnreadableError):
        Zip(path, Gate(members=2))


def test_what_is_over_the_limits_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Zip.__init__, "__defaults__", (Gate(total=150_000, part=70_000),))
    boxes = ("management", "diagnosis", "standards", "trademarks")
    members = [(f"2.3-{n}.png", PNG + os.urandom(60_000 + n)) for n in range(1, 5)]
    found = with_evidence(form(*boxes), zipped(tmp_path, members), tmp_path / "x.docx")
    one = run(found, "CF405").only()
    assert (one.severity, "2 份文件" in one.message) == (Severity.MANUAL, True)


def test_a_broken_zip_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "佐证.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(99))
    found = with_evidence(form(), path, tmp_path / "x.docx")
    assert seen(found) == [("evidence-file", "archive")]
    assert "无法读取" in run(found, "CF405").only().message


@pytest.mark.parametrize("name", ["没有", "a.rar"])
def test_what_is_neither_a_folder_nor_a_zip(tmp_path: Path, name: str) -> None:
    if name.endswith(".rar"):
        (tmp_path / name).write_bytes(b"Rar!\x1a\x07\x01\x00")
    with pytest.raises(UsageError), opened(tmp_path / name):
        pass


def test_two_thousand_files_of_five_gigabytes(tmp_path: Path) -> None:
    root = tmp_path / "大"
    root.mkdir()
    codes = ("2.3-①", "2.3-②", "2.3-③", "2.3-④")
    rows = "".join(f"{codes[n % 4]},材料{n},材料{n}.PDF,\n" for n in range(2000))
    (root / "佐证材料清单.csv").write_text(HEAD + rows, encoding="utf-8-sig")
    for n in range(2000):
        sparse_pdf(root / f"材料{n}.pdf", 2_500_000, f"{n:04}")
    began = time.monotonic()
    read = _bytes_read()
    found = with_evidence(
        form("management", "diagnosis", "standards", "trademarks"), root, tmp_path / "x.docx"
    )
    took, read = time.monotonic() - began, _bytes_read() - read
    assert seen(found) == []
    assert found.evidence is not None
    assert all(item.files[0].pages == 1 for item in found.evidence)
    assert took < 20
    assert read < 500_000_000


def _bytes_read() -> int:
    """What this process has asked the system for; 0 where the system does not tell."""
    try:
        text = Path("/proc/self/io").read_text(encoding="ascii")
    except OSError:
        return 0
    return int(text.partition("rchar:")[2].split()[0])


def test_copies_are_told_apart_by_content(tmp_path: Path) -> None:
    big = os.urandom(200_000)
    files = {"2.3-①.bin": big, "2.3-②.bin": big, "2.3-④.bin": big[:-1] + b"x"}
    found = paired(tmp_path, {name.replace("bin", "png"): PNG + data for name, data in files.items()})
    shared = [o for o in found.observations if o.what == "evidence-shared"]
    assert [o.facts["value"] for o in shared] == ["2.3-①.png、2.3-②.png"]


def test_nothing_changes_in_the_folder(tmp_path: Path) -> None:
    root = folder(tmp_path, {"2.3-④.pdf": pdf_bytes(), "佐证材料清单.csv": HEAD})
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*")}
    with_evidence(form(), root, tmp_path / "x.docx")
    assert {p: p.stat().st_mtime_ns for p in root.rglob("*")} == before
