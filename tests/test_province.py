"""The example folder of a province: its files are what the recipe makes them, its report is what the program says."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import province

FILES = dict(province.files())


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", FILES)
def test_file_is_what_its_recipe_makes_it(name: str) -> None:
    written = (province.HERE / province.FOLDER / name).read_bytes()
    assert parts(FILES[name]) == parts(written), "run examples/build.py"


def test_no_file_without_its_recipe() -> None:
    folder = province.HERE / province.FOLDER
    assert {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()} == set(FILES)


def test_report_is_the_expected_one_and_holds_each_mistake_once() -> None:
    expected = (province.HERE / province.EXPECTED).read_bytes()
    assert province.report() == expected, "run examples/build.py --expected and read it"
    told = json.loads(expected)
    codes = [finding["rule"] for finding in told["batch"]["findings"]]
    assert codes == [f"CF{number}" for number in range(801, 811)]
    assert all(code in mistake for code, mistake in zip(codes, province.recipe()["mistakes"], strict=True))
    of_its_own = [f for file in told["files"] for f in file["findings"] if "files" not in f]
    assert not [f for f in of_its_own if f["severity"] == "error"], (
        "a form fails for what is found across forms alone"
    )
    must_change = {
        path for f in told["batch"]["findings"] if f["severity"] == "error" for path in f["changes"]
    }
    assert {file["path"] for file in told["files"] if file["status"] == "fail"} == must_change
    assert told["summary"]["failed"] == len(must_change)
    assert told["summary"]["unreadable"] == 0
