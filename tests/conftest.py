"""What all tests share: the golden files and the switch that writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


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
