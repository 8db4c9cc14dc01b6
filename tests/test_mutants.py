"""How operators are changed and switched on: what `make mutants` stands on."""

from __future__ import annotations

import ast
import builtins
import json
import marshal
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mutants.operators import lines_changed, places, switched

MUTANTS = Path(__file__).parent / "mutants"


def changes(source: str) -> list[str]:
    return [
        lines_changed(source, node, change)[1]
        for node, found in places(ast.parse(source))
        for change in found
    ]


@pytest.mark.parametrize(
    ("source", "others"),
    [
        ("a in b", ["a not in b"]),
        ("a is not None", ["a is None"]),
        ("a == b", [f"a {sign} b" for sign in ("!=", "<", "<=", ">", ">=")]),
        ("a and b and c", ["a or (b and c)", "a and b or c"]),
        ("a or b or c", ["a and b or c", "a or (b and c)"]),
        ("a + b * c", ["a - b * c", "a + b / c"]),
        ("x = 7  # 七", ["x = 8  # 七", "x = 6  # 七"]),
        ("name = '甲' + b'' if True else c", ["name = '甲' - b'' if True else c", "name = '甲' + b'' if not True else c"]),
        ("[a for a in b if a]", ["[a for a in b if not a]"]),
        ("for a in b: continue", ["for a in (): continue", "for a in b: break"]),
        ("while a: break", ["while not a: break", "while a: continue"]),
        ("if TYPE_CHECKING: pass", []),
        ("@f(1)\ndef g(a: 'b' = None) -> Literal[2]: ...", []),
    ],
)  # fmt: skip
def test_one_operator_is_changed(source: str, others: list[str]) -> None:
    told = changes(source)
    assert [other for other in others if other not in told] == []
    assert all(told.count(other) == 1 for other in others)
    assert others or not told


def ran(source: str, tried: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Any, set[str]]:
    """What a function f of no argument gives with one change switched on, of all those of the source; what it comes by."""
    tree, met = ast.parse(source), set()
    chosen: dict[ast.AST, list[tuple[str, ast.AST]]] = {}
    for number, (node, change) in enumerate((p.node, c) for p in places(tree) for c in p.changes):
        chosen.setdefault(node, []).append((str(number), change))
    monkeypatch.setattr(
        builtins, "_mutated", lambda number: met.add(number) or number == tried, raising=False
    )
    names: dict[str, Any] = {}
    exec(compile(switched("the.module", tree, chosen), "f.py", "exec"), names)  # noqa: S102
    return names["f"](), met


def test_all_changes_stand_in_a_module_and_one_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "def f():\n    'Text.'\n    return [n for n in (1, 2, 3) if n > 1 and n < 3]"
    told = {str(number): ran(source, str(number), monkeypatch)[0] for number in range(len(changes(source)))}
    plain, met = ran(source, "", monkeypatch)
    assert plain == [2]
    assert met == {"the.module", *told}
    assert [2, 3] in told.values()
    assert [1, 2] in told.values()


def test_a_statement_is_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "def f():\n    found = []\n    for n in 'ab':\n        if n == 'a':\n            continue\n        found.append(n)\n    return found"
    number = str(changes(source).index("break"))
    assert ran(source, "", monkeypatch)[0] == ["b"]
    assert ran(source, number, monkeypatch)[0] == []


def test_every_python_that_is_started_has_the_switches(tmp_path: Path) -> None:
    """Also one that a test starts: it tells what it comes by in the same file."""
    tree = ast.parse("def f():\n    return 1 < 2")
    node = next(p.node for p in places(tree) if isinstance(p.node, ast.Compare))
    code = compile(switched("some.module", tree, {node: [("7", ast.Constant("changed"))]}), "m.py", "exec")
    (tmp_path / "switched").write_bytes(marshal.dumps(code))
    (tmp_path / "switched.py").write_text("raise ImportError\n", encoding="utf-8")
    met = tmp_path / "met"
    terms = {
        "MUTANTS_FOLDER": str(tmp_path),
        "MUTANTS_MET": str(met),
        "PYTHONPATH": f"{MUTANTS}{os.pathsep}{tmp_path}",
    }
    for tried, given in (("", True), ("7", "changed")):
        done = subprocess.run(
            [sys.executable, "-c", "import json, switched; print(json.dumps(switched.f()))"],
            check=True,
            capture_output=True,
            env={**os.environ, **terms, "MUTANT": tried},
        )
        assert json.loads(done.stdout) == given
    assert set(met.read_text(encoding="utf-8").split()) == {"some.module", "7"}
