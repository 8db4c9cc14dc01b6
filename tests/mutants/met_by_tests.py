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
shared: dict[Any, tuple[float, set[str]]] = {}
"""What was made for several tests: each of them would have to make it, were it run alone."""


def pytest_configure() -> None:
    os.environ["MUTANTS_MET"] = str(MET)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.failed:
        failed.add(report.nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any) -> Iterator[Any]:
    since = _spent()
    result = yield
    if fixturedef.scope != "function":
        shared[fixturedef] = _spent() - since, _met()
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: Any) -> Iterator[Any]:
    MET.write_bytes(b"")
    met.clear()
    earlier, since = {*shared}, _spent()
    result = yield
    if item.nodeid not in failed:
        used = [
            shared[one] for one in earlier if one in item._fixtureinfo.name2fixturedefs.get(one.argname, ())
        ]
        numbers = _met().union(*(numbers for _, numbers in used))
        seconds = _spent() - since + sum(seconds for seconds, _ in used)
        with TESTS.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps({'name': item.nodeid, 'seconds': seconds, 'met': sorted(numbers)})}\n")
    return result


def _met() -> set[str]:
    return {*MET.read_text(encoding="utf-8").split()}


def _spent() -> float:
    """Seconds of the processor, those of ended programs too."""
    return sum(os.times()[:4])
