"""Old and foreign formats through LibreOffice: the same findings, nothing fetched, nothing left running."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from clusterform import processes
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import FileReport, Status
from clusterform.parsers.container.package import ConvertedFrom, Package, open_form, open_package
from clusterform.parsers.libreoffice.convert import PROGRAM, SECONDS, convert, environment, find_soffice
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from support import ooxml
from support.forms import write
from support.office import counting_server, runs, saved_as, with_linked_picture
from support.reading import check_file
from test_package import cfb, odf

ROOT = Path(__file__).resolve().parents[1]
SAMPLES, EXAMPLES = ROOT / "tests" / "data" / "samples", ROOT / "examples"
PAIRS = [
    (SAMPLES / "application-broken.docx", "doc"),
    (SAMPLES / "review-clean.docx", "odt"),
    (EXAMPLES / "application-broken-figures.docx", "rtf"),
]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""One pixel."""
posix = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts stand in for soffice")


def said(report: FileReport) -> list[tuple[object, ...]]:
    return [
        (f.rule, f.severity, f.field, f.column, f.label, f.value, f.expected, f.message)
        for f in report.findings
    ]


@pytest.fixture(scope="module")
def old_doc(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled form as an old .doc, under the name that WPS gives it."""
    folder = tmp_path_factory.mktemp("doc")
    made = saved_as(soffice, PAIRS[0][0], "doc", folder)
    return made.rename(folder / "申报表 终稿.wps")


@pytest.mark.parametrize(("source", "ending"), PAIRS[1:], ids=lambda v: v.name if isinstance(v, Path) else v)
def test_the_same_findings(soffice: str, source: Path, ending: str, tmp_path: Path) -> None:
    same_findings(source, saved_as(soffice, source, ending, tmp_path))


def test_the_same_findings_for_an_old_word_file(old_doc: Path) -> None:
    before = old_doc.read_bytes()
    report = same_findings(PAIRS[0][0], old_doc)
    assert old_doc.read_bytes() == before
    assert not list(old_doc.parent.glob("*.docx"))
    assert report.sha256 == check_file(old_doc).sha256 != check_file(PAIRS[0][0]).sha256


def same_findings(source: Path, file: Path) -> FileReport:
    report = check_file(file)
    converted = [f for f in report.findings if f.rule == "CF017"]
    assert [(f.severity, f.section, f.field) for f in converted] == [("info", None, None)]
    assert "LibreOffice" in converted[0].message
    assert [f for f in said(report) if f[0] != "CF017"] == said(check_file(source))
    return report


def test_a_password_is_named(old_doc: Path) -> None:
    data = bytearray(old_doc.read_bytes())
    data[data.index(b"\xec\xa5", 512) + 11] |= 0x01
    with pytest.raises(UnreadableError) as caught:
        open_package(bytes(data))
    assert caught.value.what == "encrypted"


def test_an_encrypted_open_document_is_named() -> None:
    manifest = '<manifest:file-entry><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    data = ooxml.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "x",
            "META-INF/manifest.xml": manifest,
        }
    )
    with pytest.raises(UnreadableError) as caught:
        open_package(data)
    assert caught.value.what == "encrypted"


@pytest.mark.parametrize("target", ["pdf", "docx"])
def test_nothing_is_fetched(soffice: str, target: str) -> None:
    with counting_server() as (address, asked):
        convert(soffice, with_linked_picture(write("review"), f"{address}/seal.png"), "docx", target)
    assert asked == []


def test_no_file_of_this_machine_is_taken_in(soffice: str, tmp_path: Path) -> None:
    local = tmp_path / "secret.png"
    local.write_bytes(PNG)
    data = with_linked_picture(write("review"), local.as_uri())
    pdf = convert(soffice, data, "docx", "pdf")
    assert b"/Subtype/Image" not in pdf


@pytest.mark.parametrize("data", [cfb("1Table", "WordDocument"), odf("text")], ids=["doc", "odt"])
def test_what_cannot_be_converted(soffice: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "form.doc"
    file.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        open_form(file)
    assert soffice
    assert caught.value.what == "cannot-open"
    assert "LibreOffice" in caught.value.zh


def test_a_text_that_is_no_form(soffice: str, tmp_path: Path) -> None:
    file = tmp_path / "form.rtf"
    file.write_bytes(rb"{\rtf1\ansi nothing of the kind}")
    report = check_file(file)
    assert soffice
    assert report.status is Status.UNREADABLE
    assert [f.rule for f in report.findings] == ["CF006"]


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PROGRAM, str(tmp_path / "none"))
    file = tmp_path / "form.doc"
    file.write_bytes(cfb("1Table", "WordDocument"))
    assert find_soffice() is None
    report = check_file(file)
    assert report.status is Status.UNREADABLE
    (finding,) = report.findings
    assert finding.rule == "CF003"
    assert "安装 LibreOffice" in finding.message


def test_where_it_could_not_be_started_nobody_is_told_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "WITHOUT", (sys.platform,))
    file = tmp_path / "form.doc"
    file.write_bytes(cfb("1Table", "WordDocument"))
    (finding,) = check_file(file).findings
    assert finding.rule == "CF003"
    assert "另存为" in finding.message
    assert "LibreOffice" not in finding.message
    assert "另存为 .docx" in finding.message


def test_other_formats_are_not_converted(tmp_path: Path) -> None:
    file = tmp_path / "form.wps"
    file.write_bytes(cfb("MatOST"))
    (finding,) = check_file(file).findings
    assert finding.rule == "CF003"
    assert "LibreOffice" not in finding.message


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv(PROGRAM, str(program))
    return str(program)


@posix
def test_one_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, f"sleep 300 &\necho $! > {tmp_path}/child\nwait", monkeypatch)
    monkeypatch.setenv(SECONDS, "1")
    start = monotonic()
    with pytest.raises(UnreadableError) as caught:
        convert(program, b"", "doc", "docx")
    assert monotonic() - start < 10
    assert caught.value.what == "over-limits"
    assert "1 秒" in caught.value.zh
    gone(int((tmp_path / "child").read_text(encoding="utf-8")))


@posix
def test_one_that_leaves_a_child_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, f"sleep 300 &\necho $! > {tmp_path}/child", monkeypatch)
    with pytest.raises(UnreadableError):
        convert(program, b"", "doc", "docx")
    gone(int((tmp_path / "child").read_text(encoding="utf-8")))


def gone(pid: int) -> None:
    for _ in range(50):
        if not runs(pid):
            return
        sleep(0.1)
    pytest.fail(f"process {pid} was left running")


@posix
def test_success_is_told_by_the_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(UnreadableError) as caught:
        convert(program, b"", "doc", "docx")
    assert caught.value.what == "cannot-open"
    program = stand_in(
        tmp_path, 'for a in "$@"; do f=$a; done\nmkdir -p out\ncp "$f" out/form.docx\nexit 77', monkeypatch
    )
    assert convert(program, b"made", "doc", "docx") == b"made"


@posix
def test_one_that_cannot_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, "", monkeypatch)
    Path(program).write_bytes(b"\x7fELF")
    with pytest.raises(UnreadableError, match="cannot be started"):
        convert(program, b"", "doc", "docx")


def test_the_environment_is_its_own(tmp_path: Path) -> None:
    given = {"PATH": "/bin", "HOME": "/elsewhere", "SECRET": "x", "https_proxy": "http://real:1"}
    made = environment(tmp_path, given)
    assert "SECRET" not in made
    assert made["HOME"] == made["TMPDIR"] == str(tmp_path)
    assert made["https_proxy"] == made["HTTP_PROXY"] == "http://127.0.0.1:9"
    assert "仿宋_GB2312" in Path(made["FONTCONFIG_FILE"]).read_text(encoding="utf-8")


def test_a_word_file_needs_none_of_this() -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from clusterform.pipeline import Checker; from clusterform.settings import Settings\n"
        "Checker(Settings()).check(Path(sys.argv[1]))\n"
        "parts = ('parsers.libreoffice.convert', 'parsers.container.word_xml', 'paging.texts', 'paging.compare', 'paging.labels')\n"
        "loaded = [p for p in parts if f'clusterform.{p}' in sys.modules]\n"
        "sys.exit(', '.join(loaded + [m for m in ('pypdfium2', 'subprocess') if m in sys.modules]) or 0)"
    )
    command = [sys.executable, "-c", code, str(EXAMPLES / "application-clean.docx")]
    run = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("given", ["0", "soon", "1.5", "-1"])
def test_a_wrong_time_limit_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SECONDS, given)
    with pytest.raises(UsageError, match=SECONDS):
        convert("soffice", b"", "doc", "docx")


def test_groups_that_may_have_lost_their_tick_are_named() -> None:
    docx = write("application", changes={"untick": {"basic_info.misconduct": ["no"]}})
    told = {}
    for name, data in (("blank", docx), ("whole", write("application"))):
        form = read_form(Package(data, origin=ConvertedFrom("doc", b"")), Settings())
        (told[name],) = [dict(o.facts) for o in form.observations if o.what == "converted"]
    assert "“是否存在偷税漏税、违法违规、严重失信和其他重大问题的行为”" in told["blank"]["lost"].zh
    assert "是否存在偷税漏税" in told["blank"]["lost"].en
    assert "lost" not in told["whole"]
