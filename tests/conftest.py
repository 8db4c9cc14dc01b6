"""What all tests share: the golden files and the switch that writes them anew."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from clusterform.parsers.office import find_soffice

GOLDEN = Path(__file__).parent / "golden"


os.environ["CLUSTERFORM_CACHE"] = ""
"""No test writes to the home of whoever runs it; those of the snapshot name a folder of their own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write tests/golden anew instead of comparing"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text, byte for byte, with the file of that name under tests/golden."""

    def check(name: str, found: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(found.encode())
        assert path.is_file(), (
            f"{path.name} is not there yet: run pytest --update-golden and read what it wrote"
        )
        assert found == path.read_bytes().decode()

    return check


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice with a font for Chinese. Missing, the test is skipped, but fails under CLUSTERFORM_REQUIRE_OFFICE=1."""
    found = find_soffice()
    fonts = shutil.which("fc-list")
    if found is None:
        _wanting("LibreOffice is not installed")
    if fonts and not subprocess.run([fonts, ":lang=zh-cn"], check=True, capture_output=True).stdout.strip():
        _wanting("no font for Chinese is installed")
    return str(found)


def _wanting(reason: str) -> None:
    if os.environ.get("CLUSTERFORM_REQUIRE_OFFICE"):
        pytest.fail(reason)
    pytest.skip(reason)
