"""The examples are what their answers make them, and their reports are what the program says today."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).resolve().parents[1] / "examples"


def load_builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples_build", HERE / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # dataclasses look their module up by name
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BUILD = load_builder()
EXAMPLES = {example.name: example for example in BUILD.examples()}


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_what_its_answers_make_it(name: str) -> None:
    example = EXAMPLES[name]
    assert parts(example.content()) == parts(example.file.read_bytes()), "run examples/build.py"


def test_the_same_answers_give_the_same_bytes() -> None:
    for example in (EXAMPLES["review-broken-targets"], EXAMPLES["workbook-broken"]):
        assert example.content() == example.content()


@pytest.mark.parametrize("name", EXAMPLES)
def test_report_is_the_expected_one(name: str) -> None:
    file: Path = EXAMPLES[name].file
    assert BUILD.report(file.name) == file.with_suffix(".json").read_bytes(), (
        "run examples/build.py --expected and read it"
    )


def test_no_file_without_its_recipe() -> None:
    assert {path for ending in ("docx", "xlsx") for path in HERE.glob(f"*.{ending}")} == {
        example.file for example in EXAMPLES.values()
    }
    assert {path.stem for path in HERE.glob("*.json")} == set(EXAMPLES)
