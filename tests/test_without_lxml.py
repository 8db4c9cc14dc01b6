"""Reading without lxml: the tests of the readers run once more on the standard library's XML, and what needs lxml says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clusterform.errors import UsageError
from clusterform.parsers.container import xml_tree
from clusterform.parsers.container.standard_tree import XMLParser, XMLSyntaxError, fromstring

HERE = Path(__file__).parent
READING = (
    "test_docx.py",
    "test_checkbox.py",
    "test_package.py",
    "test_samples.py",
    "test_struck_and_notes.py",
    "test_traces.py",
    "test_word_xml.py",
    "test_xlsx.py",
    "test_xlsx_cases.py",
    "test_xlsx_cells.py",
    "test_xlsx_hidden.py",
    "test_xlsx_odd.py",
    "test_metamorphic.py::test_strict_namespaces_and_other_encodings",
)
"""Of test_metamorphic every encoding of a box, several in a form: wrappers and cuts of the tables are no matter of XML."""


def test_all_is_read_alike() -> None:
    paths = os.pathsep.join((str(HERE.parent / "src"), str(HERE)))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "support.without_lxml", "-p", "no:xdist"]
    command += [str(HERE / name) for name in READING]
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": paths}
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_filling_word_needs_lxml(monkeypatch: pytest.MonkeyPatch) -> None:
    xml_tree.require_lxml()
    monkeypatch.setattr(xml_tree, "_CHANGES", False)
    with pytest.raises(UsageError, match="pip install lxml"):
        xml_tree.require_lxml()


def test_names_are_found_as_lxml_finds_them() -> None:
    text = '<p:root xmlns:p="a"><p:x/><q:x xmlns:q="b"/><x/><y/></p:root>'
    root = fromstring(text.encode(), XMLParser())
    assert [e.tag for e in root.iter("{a}x", "y")] == ["{a}x", "y"]
    assert [e.tag for e in root.iterchildren("{*}x")] == ["{a}x", "{b}x", "x"]
    assert [e.tag for e in root.iter("{a}x", "{*}y")] == ["{a}x", "y"]
    assert len(list(root.iter())) == 5
    assert root[0].getparent() is root
    assert root.getparent() is None


@pytest.mark.parametrize("text", ["<a>" * 300 + "</a>" * 300, f"<a>{'x' * 10_000_001}</a>"])
def test_depth_and_length_are_limited(text: str) -> None:
    with pytest.raises(XMLSyntaxError):
        fromstring(text.encode(), XMLParser())
