"""A plugin of pytest that writes down which blocks of code each test goes through.

    python -m pytest -p what_ran tests/test_cases.py

Terms: the variable WHAT_RAN names the JSON to write, WHAT_RAN_IN the sources asked about, and PYTHONPYCACHEPREFIX a
folder of its own, for the code is compiled with a mark at the head of each block. The tests find the sources as they are.
"""

from __future__ import annotations

import ast
import builtins
import json
import os
import sys
import time
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

tests: dict[str, tuple[float, list[int]]] = {}
"""The seconds of each test, and its blocks by number; under no name those gone through on import."""
numbers: dict[str, int] = {}
"""The number of each block."""
ran: set[str] = set()
starts: set[str] = set()
"""Filled where the tests start Python again, where no mark is seen."""


def blocks_of(tree: ast.AST, path: str) -> Iterator[tuple[str, list[ast.stmt]]]:
    """The statements that run one after the other, called file:line; line 0 is the module itself."""
    for node in list(ast.walk(tree)):
        for block in (getattr(node, name, None) for name in ("body", "orelse", "finalbody")):
            if isinstance(block, list) and block:
                yield f"{path}:{0 if isinstance(node, ast.Module) else block[0].lineno}", block


def _marked(tree: ast.Module, path: str) -> ast.Module:
    for name, block in blocks_of(tree, path):
        call = ast.Call(ast.Name("_ran", ast.Load()), [ast.Constant(name)], [])
        block.insert(_head(block), ast.Expr(call))
    return ast.fix_missing_locations(tree)


def _head(block: list[ast.stmt]) -> int:
    """Behind the docstring and what must stand first."""
    fixed = (
        n for n, s in enumerate(block[:3], 1) if isinstance(s, ast.ImportFrom) and s.module == "__future__"
    )
    text = isinstance(block[0], ast.Expr) and isinstance(block[0].value, ast.Constant)
    return max(fixed, default=int(text))


class _Loader(SourceFileLoader):
    def source_to_code(self, data: Any, path: Any, **_: Any) -> CodeType:
        name = os.path.relpath(path)
        asked = name in os.environ["WHAT_RAN_IN"].split(os.pathsep)
        code = _marked(ast.parse(data), Path(name).as_posix()) if asked else data
        return compile(code, path, "exec", dont_inherit=True)


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen" and "python" in str(args[0]):
        starts.add(event)


def _keep(test: str, since: float) -> None:
    blocks = sorted(numbers.setdefault(name, len(numbers)) for name in ran)
    tests[test] = (round(time.process_time() - since, 4), blocks)
    ran.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests() -> None:
    """Before anything of the program is imported."""
    builtins._ran = ran.add
    SourceFileLoader.source_to_code = _Loader.source_to_code
    sys.addaudithook(_watch)


def pytest_collection_finish() -> None:
    _keep("", 0.0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    since = time.process_time()
    result = yield
    _keep(item.nodeid, since)
    return result


def pytest_unconfigure() -> None:
    """The workers of a folder are started without a word to the audit."""
    again = bool(starts) or "multiprocessing.popen_spawn_posix" in sys.modules
    told = {"again": again, "blocks": list(numbers), "tests": tests}
    Path(os.environ["WHAT_RAN"]).write_text(json.dumps(told), encoding="utf-8")
