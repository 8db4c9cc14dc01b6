"""A plugin of pytest that writes down which switches each test that passes comes by, also in the programs it starts."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sitecustomize import met

FOLDER = Path(os.environ["MUTANTS_FOLDER"])
MET = FOLDER / f"{os.getpid()}.met"
TESTS = FOLDER / f"{os.getpid()}.tests"
failed: set[str] = set()


def pytest_configure() -> None:
    os.environ["MUTANTS_MET"] = str(MET)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        failed.add(report.nodeid)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    MET.write_bytes(b"")
    met.clear()
    since = sum(os.times()[:4])
    result = yield
    if item.nodeid not in failed:
        numbers = sorted({*MET.read_text(encoding="utf-8").split()})
        told = {"name": item.nodeid, "seconds": sum(os.times()[:4]) - since, "met": numbers}
        with TESTS.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(told)}\n")
    return result
