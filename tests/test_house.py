"""House rules that a machine can hold: short functions and files, no print, no floats, no machine's paths."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
LONGEST_FUNCTION = 40
LONGEST_FILE = 400
LONGER_FILES: frozenset[str] = frozenset()
"""Files that may be longer, each with its reason beside it."""
LONGER_FUNCTIONS: frozenset[str] = frozenset()
NO_ANSWERS = frozenset({"reworded_labels.py"})
"""Files whose floats are no answers: how alike two labels are."""
SHARED_NAMES = frozenset({"TreeBuilder"})
"""Names for one thing in two libraries: lxml's, and the standard library's in its place."""


def trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in SOURCES]


def test_functions_are_short() -> None:
    long = {
        f"{path.name}:{node.name}": length
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
        and f"{path.name}:{node.name}" not in LONGER_FUNCTIONS
    }
    assert not long


def test_files_are_short() -> None:
    lengths = {
        p.relative_to(ROOT).as_posix(): len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE and name not in LONGER_FILES} == {}


def test_no_print_and_no_float() -> None:
    calls = [
        f"{path.name}:{node.lineno} {node.func.id}()"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"print", "float"}
    ]
    floats = [
        f"{path.name}:{node.lineno} {node.value}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and path.name not in NO_ANSWERS
    ]
    assert calls + floats == []


def test_no_path_of_a_machine() -> None:
    spots = re.compile(r"/(?:work|tmp|home|root|Users)/|[A-Z]:\\\\Users")
    kept = {".py", ".md", ".yaml", ".toml", ".json"}
    folders = ("src", "rules", "examples", "docs", "templates")
    files = [p for folder in folders for p in (ROOT / folder).rglob("*") if p.suffix in kept]
    assert not [p.name for p in files if spots.search(p.read_text(encoding="utf-8"))]


def defined(tree: ast.Module) -> Iterator[str]:
    """The classes of a module and its aliases of types, without those that begin with an underscore."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (name.id for name in node.targets if isinstance(name, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def test_a_name_stands_for_one_thing() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, tree in trees():
        for name in defined(tree):
            if name[0].isupper() and not name.isupper() and name not in SHARED_NAMES and len(name) > 1:
                places[name].append(path.relative_to(ROOT).as_posix())
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
