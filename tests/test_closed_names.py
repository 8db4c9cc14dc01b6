"""Names that the system does not take, what is closed to us, what leads nowhere: told in a sentence, and never cleared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.command import run

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CLEAN = EXAMPLES / "application-clean.docx"
LONG = "表" * 100 + ".docx"
DEEP = "a/" * 3000 + "x.docx"
CLEARED = "可以报送。"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names and rights of another kind")


@pytest.mark.parametrize("name", [LONG, DEEP], ids=["name", "path"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", ...),
        ("batch", ...),
        ("extract", ...),
        ("fill", ..., "-o", "x.docx"),
        ("fill", "x.json", "-o", ...),
        ("template", "申报表", "-o", ...),
        ("template", "佐证材料清单", "--from", ..., "-o", "x.xlsx"),
        *(
            ("check", CLEAN, option, ...)
            for option in ("--rules", "--reference", "--blank", "--evidence", "--config")
        ),
        ("check", CLEAN, "--format", "plain", "-o", ...),
    ],
    ids=lambda arguments: " ".join("NAME" if a is ... else Path(a).name for a in arguments),
)
def test_a_name_too_long(
    name: str,
    arguments: tuple[object, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    status = run(monkeypatch, *(name if a is ... else a for a in arguments))
    told = capfd.readouterr()
    assert (status, told.out) == (2, "")
    assert "文件名过长" in told.err
    assert "内部出错" not in told.err


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A clean form, and beside it a folder and a file that are closed."""
    made = tmp_path / "开化县"
    (made / "已关闭").mkdir(parents=True)
    shutil.copy(CLEAN, made)
    shutil.copy(EXAMPLES / "review-clean.docx", made / "已关闭")
    yield made
    (made / "已关闭").chmod(0o755)


def plain_user(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command as somebody whom the rights of files bind."""
    command = [sys.executable, "-m", "clusterform", *map(str, arguments)]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root opens everything")
        command = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--", *command]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8", timeout=120)


def test_a_folder_that_cannot_be_opened_is_told_and_clears_nothing(folder: Path) -> None:
    (folder / "已关闭").chmod(0)
    done = plain_user("check", folder, "--format", "plain")
    assert done.returncode == 0
    assert "有 1 个像是表的文件没有检查" in done.stdout
    assert CLEARED not in done.stdout.replace("不能据此报送。", "")
    assert "文件夹打不开（没有权限" in done.stderr
    alone = plain_user("check", folder / "已关闭")
    assert alone.returncode == 2
    assert "文件夹打不开（没有权限" in alone.stderr
    inside = plain_user("check", folder / "已关闭" / "review-clean.docx")
    assert inside.returncode == 2
    assert inside.stderr.startswith("无法使用 ")


def test_a_file_without_permission_is_one_that_could_not_be_read(folder: Path) -> None:
    form = folder / CLEAN.name
    form.chmod(0)
    done = plain_user("check", form, EXAMPLES / "review-clean.docx", "--format", "json")
    assert done.returncode == 3
    assert [file["status"] for file in json.loads(done.stdout)["files"]] == ["unreadable", "pass"]
    told = plain_user("check", form, "--format", "plain").stdout
    assert "没有权限" in told
    assert "Permission" not in told


def test_links_are_told_where_they_lead_out_or_nowhere(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "回到上面").symlink_to(folder)
    assert run(monkeypatch, "check", folder, "--format", "plain") == 0
    assert CLEARED in capfd.readouterr().out
    (folder / "别处").symlink_to(EXAMPLES / "province")
    (folder / "甲县申报表.docx").symlink_to(tmp_path / "没有.docx")
    os.mkfifo(folder / "乙县申报表.docx")
    assert run(monkeypatch, "check", folder, "--format", "plain") == 0
    told = capfd.readouterr()
    assert "有 3 个像是表的文件没有检查" in told.out
    assert "别处  是指向别处的链接" in told.err
    assert told.err.count("打不开：链接指向的文件不在") == 2
