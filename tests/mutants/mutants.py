"""Changes one operator at a time in the code that decides, and counts how many of these changes the tests find.

    python tests/mutants/mutants.py [COUNT [SEED]]

Prints each change that every test let pass, to be looked at one by one; ends with 1 where more than 15 in 100 are.
The operators are cosmic-ray's; the same seed takes the same places. It works on a copy of the tree.
"""

from __future__ import annotations

import difflib
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
DECIDING = ("checks", "filling", "evidence", "batch", "figures.py")
"""Where a changed operator makes another verdict."""
KINDS = (
    "ReplaceComparisonOperator",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "AddNot",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "NumberReplacer",
    "ReplaceContinueWithBreak",
    "ReplaceBreakWithContinue",
    "ZeroIterationForLoop",
    "ReplaceBinaryOperator_Add_Sub",
    "ReplaceBinaryOperator_Sub_Add",
    "ReplaceBinaryOperator_Mul_Div",
    "ReplaceBinaryOperator_Div_Mul",
)
"""No | in annotations, no decorators: these change nothing that runs, or everything."""
LEAST_KILLED = 85
MINUTES = 10
"""A test that runs longer was stopped by the change: it is found."""
LEFT_OUT = (
    "tests/test_office.py",
    "tests/test_own_blank.py",
    "tests/test_pages.py",
    "tests/test_xlsx_office.py",
)
"""They wait for LibreOffice, and ask nothing of the code that others do not."""


@dataclass(frozen=True)
class Mutant:
    """One file as it would read with one operator changed."""

    path: Path
    before: str
    after: str

    def shown(self) -> str:
        """The change as a diff."""
        lines = difflib.unified_diff(
            self.before.splitlines(), self.after.splitlines(), str(self.path), str(self.path), "", "", 1, ""
        )
        return "\n".join(lines)


def sources() -> list[Path]:
    """The files that decide, from the root."""
    package = ROOT / "src" / "clusterform"
    found = [
        f
        for name in DECIDING
        for f in ([package / name] if name.endswith(".py") else (package / name).rglob("*.py"))
    ]
    return sorted(f.relative_to(ROOT) for f in found)


def places() -> dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]]:
    """Each place that can be changed: its file, line and column; and by which operators, as their how manieth change there."""
    operators = [
        n
        for n in operator_names()
        if n.partition("/")[2].startswith(KINDS) and not get_operator(n).arguments()
    ]
    found: dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]] = {}
    for path in sources():
        nodes = list(ast_nodes(get_ast((ROOT / path).read_text(encoding="utf-8"))))
        for name in operators:
            operator = get_operator(name)()
            starts = [start for node in nodes for start, _ in operator.mutation_positions(node)]
            for number, start in enumerate(starts):
                found.setdefault((path, start), []).append((name, number))
    return found


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """So many changes, at places of all files alike."""
    dice, found = random.Random(seed), places()  # noqa: S311  (nothing is kept secret by it)
    for place in dice.sample(sorted(found), count):
        name, number = dice.choice(found[place])
        before = (ROOT / place[0]).read_text(encoding="utf-8")
        yield Mutant(place[0], before, mutate_code(before, get_operator(name)(), number))


def is_found(mutant: Mutant, tree: Path) -> bool:
    """Whether a test fails with the change."""
    file = tree / mutant.path
    file.write_text(mutant.after, encoding="utf-8")
    ignored = [f"--ignore={name}" for name in LEFT_OUT]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--numprocesses=auto", "--dist=loadfile", *ignored]
    terms = {**os.environ, "PYTHONPATH": str(tree / "src"), "CLUSTERFORM_CACHE": ""}
    try:
        run = subprocess.run(
            command, cwd=tree, env=terms, capture_output=True, timeout=60 * MINUTES, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(mutant.before, encoding="utf-8")
    return run.returncode != 0


def main(count: int = 60, seed: int = 1) -> int:
    """The share of changes found; 1 where it is too low."""
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache"))
        first = (ROOT / sources()[0]).read_text(encoding="utf-8")
        if is_found(Mutant(sources()[0], first, first), tree):
            print("a test fails without any change; nothing can be told", file=sys.stderr)
            return 2
        for number, mutant in enumerate(mutants(count, seed), start=1):
            if is_found(mutant, tree):
                found += 1
            else:
                print(f"{mutant.shown()}\n", flush=True)
            print(f"{found} of {number} found", file=sys.stderr, flush=True)
    print(
        f"{found} of {count} changes found ({found * 100 // count} %, at least {LEAST_KILLED} asked; seed {seed})"
    )
    return 0 if found * 100 >= LEAST_KILLED * count else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
