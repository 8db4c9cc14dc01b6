"""The page's file: what it holds, what it may do, and a province's rules in it."""

from __future__ import annotations

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest

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
        (folder / name).write_bytes(f"<{name}>".encode())
    return folder


def test_it_holds_the_parts_and_may_reach_no_network(runtime: Path) -> None:
    page = page_of(runtime_of(runtime))
    for name in PARTS:
        [data] = re.findall(rf'id="{re.escape(name)}">([^<]*)</script>', page)
        assert b64decode(data) == f"<{name}>".encode()
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
