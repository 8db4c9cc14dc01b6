"""The page's file: what it holds, what it may do, and a province's rules in it."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

import clusterform
from clusterform.cli.app import app
from clusterform.errors import ClusterformError, UsageError
from clusterform.page.build import PARTS, page_of, runtime_of
from clusterform.page.rules_digest import rules_digest

RULES = (
    "extends: national\nlimits:\n  output: {at_least: '50', source: {clause: 苏中小企〔2025〕1号 第二条}}\n"
)


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    folder = tmp_path / "runtime"
    folder.mkdir()
    for name in PARTS:
        (folder / name).write_bytes(content_of(name))
    return folder


def content_of(name: str) -> bytes:
    return rules_digest(()).encode() if name == "program.txt" else f"<{name}>".encode()


def test_it_holds_the_parts_and_may_reach_no_network(runtime: Path) -> None:
    page = page_of(runtime_of(runtime))
    for name in PARTS:
        [data] = re.findall(rf'id="{re.escape(name)}">([^<]*)</script>', page)
        assert b64decode(data) == content_of(name)
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
    assert "default-src 'none'" in policy
    assert "connect-src 'none'" in policy
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    assert b64encode(sha256(script.encode()).digest()).decode() in policy
    assert rules_digest(()) in page


def test_words_are_in_both_languages(runtime: Path) -> None:
    page = page_of(runtime_of(runtime))
    words = json.loads(re.findall(r'id="words">(.*?)</script>', page, re.DOTALL)[0])
    assert words["zh"].keys() == words["en"].keys()
    assert words["en"]["checking"] == "Checking {name}"
    asked = set(re.findall(r'data-say="([^"]+)"', page))
    assert asked
    assert asked <= words["zh"].keys()


def test_a_page_is_a_runtime_for_another(runtime: Path, tmp_path: Path) -> None:
    first = tmp_path / "检查.html"
    first.write_text(page_of(runtime_of(runtime)), encoding="utf-8")
    assert runtime_of(first) == runtime_of(runtime)
    assert page_of(runtime_of(first)) == page_of(runtime_of(runtime))


def test_a_runtime_with_another_program_is_refused(runtime: Path) -> None:
    (runtime / "program.txt").write_text("0123456789ab", encoding="ascii")
    with pytest.raises(UsageError, match=clusterform.__version__):
        runtime_of(runtime)


def test_a_province_has_its_own_rules_in_it(runtime: Path, tmp_path: Path) -> None:
    rules = tmp_path / "江苏.yaml"
    rules.write_text(RULES, encoding="utf-8")
    page = page_of(runtime_of(runtime), [rules])
    [layer] = json.loads(re.findall(r'id="layers">(.*?)</script>', page, re.DOTALL)[0])
    assert (layer["name"], b64decode(layer["data"]).decode()) == ("江苏.yaml", RULES)
    assert rules_digest([rules]) in page
    assert "江苏.yaml" in page.rpartition("<footer>")[2]


def test_rules_that_do_not_load_make_no_page(runtime: Path, tmp_path: Path) -> None:
    rules = tmp_path / "江苏.yaml"
    rules.write_text("extends: national\nlimits: {outputt: {at_least: '1'}}\n", encoding="utf-8")
    with pytest.raises(ClusterformError, match="outputt"):
        page_of(runtime_of(runtime), [rules])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<html></html>"])
def test_a_runtime_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(content)
    for source in (file, tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UsageError, match=re.escape("pyodide.asm.wasm.gz")):
            runtime_of(source)


def made(*options: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["page", *options])
    return done.exit_code, done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_a_runtime_it_says_where_to_get_one(tmp_path: Path, language: str) -> None:
    status, told = made("-o", str(tmp_path / "检查.html"), "--lang", language)
    ways = ("clusterform[page]", "--runtime", "申报表检查.html", "make page")
    assert (status, [way for way in ways if way not in told]) == (2, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [("检查.docx", ".html"), ("检查", ".html"), ("none/检查.html", "none"), ("runtime", ".html")],
)
def test_what_is_no_place_for_a_page(runtime: Path, tmp_path: Path, name: str, told: str) -> None:
    status, error = made("--runtime", str(runtime), "-o", str(tmp_path / name))
    assert (status, told in error) == (2, True)


def test_nothing_is_written_over_that_was_read_or_is_there(runtime: Path, tmp_path: Path) -> None:
    page = tmp_path / "检查.html"
    assert made("--runtime", str(runtime), "-o", str(page))[0] == 0
    before = page.read_bytes()
    assert made("--runtime", str(runtime), "-o", str(page))[0] == 2
    assert made("--runtime", str(page), "-o", str(page), "--force")[0] == 2
    assert page.read_bytes() == before


def test_layers_keep_their_order_and_may_have_one_name(runtime: Path, tmp_path: Path) -> None:
    files = [tmp_path / folder / "规则.yaml" for folder in ("省", "市")]
    for file, least in zip(files, ("50", "60"), strict=True):
        file.parent.mkdir()
        file.write_text(RULES.replace("50", least), encoding="utf-8")
    page = page_of(runtime_of(runtime), files)
    layers = json.loads(re.findall(r'id="layers">(.*?)</script>', page, re.DOTALL)[0])
    assert [b64decode(layer["data"]).decode() for layer in layers] == [
        file.read_text("utf-8") for file in files
    ]
    assert rules_digest(files) != rules_digest(files[::-1])
