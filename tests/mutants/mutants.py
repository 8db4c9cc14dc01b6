"""Changes one operator at a time in the code that decides, and counts how many of these changes the tests find.

    python tests/mutants/mutants.py [COUNT [SEED [JOBS]]]

Works on copies of the tree, so many as JOBS. First each test file runs on the code as it is: it must pass, and is seen to go
through these blocks of code and no others (what_ran.py). A change is then tried on the tests that go through its block,
the likeliest first; where these pass, on every file of which a test may know it.
Prints each change that all let pass, to be looked at one by one; ends with 1 where more than 15 in 100 are. Those that
change nothing stand with their reasons in equivalent.yaml and do not count. The same seed takes the same places as long as
their lines stay.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import queue
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path

import yaml
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from what_ran import blocks_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
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
ALIKE = ("_Is_Eq", "_Eq_Is", "_IsNot_NotEq", "_NotEq_IsNot")
"""Of None and the members of an enumeration there is one each: the same answer."""
LEAST_KILLED = 85
LEFT_OUT = (
    "test_office.py",
    "test_own_blank.py",
    "test_pages.py",
    "test_xlsx_office.py",
    "test_reports_browser.py",
)
"""They wait for LibreOffice or a browser, and ask nothing of the code that others do not."""
KEPT = ROOT / ".mutants_cache"
"""What each test file was seen to go through."""
FIRST = 15
"""Seconds of the tests that are tried first."""
PATIENCE = 900
"""So many seconds may one test take by the clock: what waits for ever uses no time of the processor."""
FAILED = (1, 2)
"""How pytest ends where a test fails, or cannot even be collected."""


@dataclass(frozen=True)
class Mutant:
    """One file as it would read with one operator changed."""

    path: Path
    line: int
    before: str
    after: str

    @cached_property
    def lines(self) -> tuple[str, str]:
        """What is taken away and what comes in its place."""
        old, new = self.before.splitlines(), self.after.splitlines()
        same = next(n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
        after = next(n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b)
        return "\n".join(old[same : len(old) - after]), "\n".join(new[same : len(new) - after])

    def shown(self) -> str:
        taken, put = (
            "\n".join(sign + line for line in text.splitlines())
            for sign, text in zip("-+", self.lines, strict=True)
        )
        return f"{self.path}:{self.line}\n{taken}\n{put}"

    def blocks(self) -> tuple[str, set[str]]:
        """The innermost block that it stands in, and all those of its function."""
        tree = ast.parse(self.before)
        functions = [
            n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.lineno <= self.line <= _end(n)
        ]
        function = max(functions, key=lambda n: n.lineno, default=tree)
        spans = {
            name: (block[0].lineno, _end(block[-1])) for name, block in blocks_of(tree, self.path.as_posix())
        }
        around = [name for name, (start, end) in spans.items() if start <= self.line <= end]
        inner = min(
            around, key=lambda name: spans[name][1] - spans[name][0], default=f"{self.path.as_posix()}:0"
        )
        return inner, {name for name, _ in blocks_of(function, self.path.as_posix())}


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


@dataclass
class Survey:
    """What the tests go through, and how long they take, on the code as it is."""

    seconds: dict[str, float] = field(default_factory=dict)
    """Of each test."""
    blocks: dict[str, int] = field(default_factory=dict)
    """How many blocks a test goes through."""
    through: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The tests that go through a block; a file itself where it does so on import."""
    again: set[str] = field(default_factory=set)
    """Files whose tests start Python again, where nobody sees what is gone through."""

    def add(self, file: str, told: dict) -> None:
        for test, (seconds, blocks) in told["tests"].items():
            self.seconds[test or file] = seconds
            self.blocks[test or file] = len(blocks)
            for number in blocks:
                self.through[told["blocks"][number]].add(test or file)
        if told["again"]:
            self.again.add(file)

    def first(self, mutant: Mutant) -> list[str]:
        """Some tests that go through the changed block, the likeliest to tell for their time first.

        They go where few others do in its function, and see little beside its file.
        """
        block, function = mutant.blocks()
        rare = defaultdict(lambda: len(self.seconds))
        for tests in (self.through[name] for name in function | {block}):
            rare.update({test: min(rare[test], len(tests)) for test in tests})
        file = f"{mutant.path.as_posix()}:"
        own = Counter(t for name, tests in self.through.items() if name.startswith(file) for t in tests)
        cost = {
            t: rare[t] * self.seconds[t] * self.blocks[t] / own[t] for t in self.through[block] if "::" in t
        }
        tests = sorted(cost, key=lambda t: (cost[t], t))
        spent = accumulate(self.seconds[t] for t in tests)
        return [t for t, seconds in zip(tests, spent, strict=True) if seconds < FIRST]

    def all(self, mutant: Mutant) -> list[str]:
        """Every file of which a test goes through the block or may do so, those first where it takes least time."""
        files = {t.partition("::")[0] for t in self.through[mutant.blocks()[0]]} | self.again
        return sorted(files, key=lambda f: (f in self.again, self.cost([f]), f))

    def cost(self, tests: Iterable[str]) -> float:
        """The seconds of these tests or files."""
        wanted = set(tests)
        return sum(s for t, s in self.seconds.items() if t in wanted or t.partition("::")[0] in wanted)


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
    operators = sorted(
        n
        for n in operator_names()
        if n.partition("/")[2].startswith(KINDS) and not n.endswith(ALIKE) and not get_operator(n).arguments()
    )
    found: dict[tuple[Path, tuple[int, int]], list[tuple[str, int]]] = {}
    for path in sources():
        source = (ROOT / path).read_text(encoding="utf-8")
        nodes, decorators = list(ast_nodes(get_ast(source))), decorator_lines(source)
        for name in operators:
            operator = get_operator(name)()
            starts = [start for node in nodes for start, _ in operator.mutation_positions(node)]
            for number, start in enumerate(starts):
                if start[0] not in decorators:
                    found.setdefault((path, start), []).append((name, number))
    return found


def decorator_lines(source: str) -> set[int]:
    return {
        line
        for node in ast.walk(ast.parse(source))
        for each in getattr(node, "decorator_list", ())
        for line in range(each.lineno, each.end_lineno + 1)
    }


def mutants(count: int, seed: int) -> Iterator[Mutant]:
    """So many changes, at places of all files alike: those whose own text draws the lowest lots, whatever stands round them."""
    drawn = []
    for (path, (line, column)), changes in places().items():
        before = (ROOT / path).read_text(encoding="utf-8")
        text = f"{seed} {path.as_posix()} {before.splitlines()[line - 1].strip()} {column}"
        lot = int(hashlib.sha256(text.encode()).hexdigest(), 16)
        drawn.append((lot, path, line, before, changes[lot % len(changes)]))
    for _, path, line, before, (name, number) in sorted(drawn)[:count]:
        yield Mutant(path, line, before, mutate_code(before, get_operator(name)(), number))


class Trees:
    """Copies of the tree, each used by one run at a time."""

    def __init__(self, folder: Path, jobs: int) -> None:
        self.free: queue.Queue[Path] = queue.Queue()
        for number in range(jobs):
            tree = folder / f"tree{number}"
            shutil.copytree(
                ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache")
            )
            self.free.put(tree)

    @contextmanager
    def one(self) -> Iterator[Path]:
        tree = self.free.get()
        try:
            yield tree
        finally:
            self.free.put(tree)


def run_tests(tree: Path, tests: list[str], seconds: float, **terms: str) -> tuple[int, str]:
    """How pytest ends, and its last words. One that takes five times as long as it should was stopped by the change: it fails.

    That is time of the processor, which a busy machine does not add to.
    """
    limit = 60 + 5 * int(seconds)
    named = tree / "tests.txt"
    named.write_text("\n".join(tests), encoding="utf-8")
    patience = (f"faulthandler_timeout={PATIENCE}", "faulthandler_exit_on_timeout=true")
    plugins = ("no:cacheprovider", *(("what_ran",) if terms else ()))
    options = [*(f"-o{term}" for term in patience), *(f"-p{name}" for name in plugins)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", *options, f"@{named}"],
        cwd=tree,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, (tree / "src", HERE))),
            "CLUSTERFORM_CACHE": "",
            **terms,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_CPU, (limit, limit)),
        check=False,
    )
    return FAILED[0] if done.returncode < 0 else done.returncode, done.stdout[-2000:]


def state_of(tree: Path) -> bytes:
    """A digest of all that test files stand on: everything but themselves, and how changes are drawn."""
    digest = hashlib.sha256()
    apart = {
        *(tree / "tests").glob("test_*.py"),
        *(tree / "tests" / "mutants" / name for name in ("mutants.py", "equivalent.yaml")),
    }
    for file in sorted(f for f in tree.rglob("*") if f.is_file() and f not in apart):
        digest.update(f"{file.relative_to(tree)}\n".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def look_at(trees: Trees, state: bytes, file: str) -> tuple[str, dict | None]:
    """What a test file goes through, as kept or by running it; nothing where it fails."""
    with trees.one() as tree:
        name = Path(file).stem
        digest = hashlib.sha256(state + (tree / file).read_bytes()).hexdigest()
        kept, told = KEPT / f"{name}-{digest[:16]}.json", tree / "told.json"
        if not kept.exists():
            terms = {
                "WHAT_RAN": str(told),
                "WHAT_RAN_IN": os.pathsep.join(map(str, sources())),
                "PYTHONPYCACHEPREFIX": str(tree / "marked"),
            }
            ended, words = run_tests(tree, [file], 600, **terms)
            if ended:
                print(words, file=sys.stderr)
                return file, None
            KEPT.mkdir(exist_ok=True)
            for old in KEPT.glob(f"{name}-*.json"):
                old.unlink()
            shutil.move(told, kept)
        return file, json.loads(kept.read_text(encoding="utf-8"))


def found_by(trees: Trees, survey: Survey, mutant: Mutant) -> str:
    """The test that fails with the change; nothing where none does."""
    with trees.one() as tree:
        file = tree / mutant.path
        file.write_text(mutant.after, encoding="utf-8")
        try:
            for tests in (survey.first(mutant), survey.all(mutant)):
                ended, words = run_tests(tree, tests, survey.cost(tests)) if tests else (0, "")
                if ended in FAILED:
                    failed = [s for s in words.splitlines() if s.startswith(("FAILED ", "ERROR "))]
                    return failed[-1][:150] if failed else "stopped"
        finally:
            file.write_text(mutant.before, encoding="utf-8")
    return ""


def survey_of(trees: Trees, state: bytes, pool: ThreadPoolExecutor) -> Survey | None:
    """What all tests go through; None where one fails."""
    survey = Survey()
    files = sorted(f"tests/{f.name}" for f in (ROOT / "tests").glob("test_*.py") if f.name not in LEFT_OUT)
    for file, seen in pool.map(partial(look_at, trees, state), files):
        if seen is None:
            print(f"{file} fails without any change; nothing can be told", file=sys.stderr)
            return None
        survey.add(file, seen)
    return survey


def known_equivalents() -> set[tuple[str, str, str]]:
    """Changes after which the program does the same: file, line before, line after."""
    listed = yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8"))
    return {(each["file"], each["before"], each["after"]) for each in listed}


def main(count: int = 60, seed: int = 1, jobs: int = os.cpu_count() or 1) -> int:
    """The share of changes found; 1 where it is too low."""
    known = known_equivalents()
    drawn = list(mutants(count, seed))
    counted = [m for m in drawn if (str(m.path), *(line.strip() for line in m.lines)) not in known]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
        trees = Trees(Path(folder), jobs)
        survey = survey_of(trees, state_of(Path(folder) / "tree0"), pool)
        if survey is None:
            return 2
        since, found = time.monotonic(), 0
        for number, (mutant, by) in enumerate(
            zip(counted, pool.map(partial(found_by, trees, survey), counted), strict=True), start=1
        ):
            found += bool(by)
            if not by:
                print(f"{mutant.shown()}\n", flush=True)
            told = f"{mutant.path}:{mutant.line} {by or 'lives'}"
            print(f"{found} of {number} found; {told}", file=sys.stderr, flush=True)
    took = (time.monotonic() - since) / max(1, len(counted))
    print(
        f"seed {seed}: {found} of {len(counted)} changes found ({found * 100 // len(counted)} %, at least {LEAST_KILLED} asked), "
        f"{count - len(counted)} more change nothing; {took:.0f} s each"
    )
    return 0 if found * 100 >= LEAST_KILLED * len(counted) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
