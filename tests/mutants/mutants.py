"""Changes one operator at a time in the code that decides, and counts how many of these changes the tests find.

    python tests/mutants/mutants.py [COUNT [SEED ...]]

The changes are drawn first, so many for each seed, and all put into the modules at once, each behind a switch
(operators.py). One run of the tests, none of them switched on, tells which tests come by which. Then each is switched on
and tried on those: such as take little time and come by few others first, until one fails that passes without it.

Prints each change that all let pass, to be looked at one by one; ends with 1 where more than 15 in 100 are. Those that
change nothing stand with their reasons in equivalent.yaml and do not count. The same seed takes the same places as long as
their lines stay.
"""

from __future__ import annotations

import ast
import hashlib
import json
import marshal
import os
import resource
import subprocess
import sys
import tempfile
from bisect import bisect
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, chain, count
from pathlib import Path
from typing import NamedTuple

import yaml
from operators import lines_changed, places, switched

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGE = ROOT / "src" / "clusterform"
DECIDING = ("checks/**/*.py", "filling/**/*.py", "evidence/**/*.py", "batch/**/*.py", "figures.py")
"""Where a changed operator makes another verdict."""
LEAST_KILLED = 85
LEFT_OUT = (
    "test_mutants.py",
    "test_office.py",
    "test_own_blank.py",
    "test_page_browser.py",
    "test_page_package.py",
    "test_page_parity.py",
    "test_pages.py",
    "test_reports_browser.py",
    "test_without_lxml.py",
    "test_xlsx_office.py",
)
"""They wait for LibreOffice or a browser, run others once more, or try this: they ask nothing of the code that others do not."""
FIRST = 3
"""Seconds of the tests that come first: most changes are found by them, and few files are read for them."""
LONGEST = 60
"""Seconds of the tests that one change is tried on: what it takes longer to find counts as not found."""
PATIENCE = 900
"""Seconds by the clock, for what waits for ever takes none of the processor."""
MEMORY = 6 << 30
OUT_OF_TIME = "no test in time"
JOBS = os.cpu_count() or 1


class Met(NamedTuple):
    """What a test comes by: the numbers of changes, the names of their modules."""

    name: str
    seconds: float
    met: list[str]


@dataclass(frozen=True)
class Mutant:
    """One operator changed: the lines it stands in, and what they become."""

    path: Path
    node: ast.expr | ast.stmt
    change: ast.AST
    before: str
    after: str
    on_import: bool
    """Whether it stands outside of all functions: who goes through the module, not who imports it, may tell."""

    @property
    def spot(self) -> str:
        return f"{self.path.as_posix()}:{self.node.lineno}"

    @property
    def shown(self) -> str:
        before, after = (text.splitlines() for text in (self.before, self.after))
        return "\n".join((self.spot, *(f"-{line}" for line in before), *(f"+{line}" for line in after)))

    @property
    def module(self) -> str:
        return ".".join(self.path.with_suffix("").parts[1:]).removesuffix(".__init__")


def mutants_by_place(trees: dict[Path, ast.Module]) -> Iterator[list[Mutant]]:
    """All that one place may be changed to, for each place."""
    for path, tree in trees.items():
        source = (ROOT / path).read_text(encoding="utf-8")
        functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
        inside = {node for function in functions for line in function.body for node in ast.walk(line)}
        for node, changes in places(tree):
            yield [
                Mutant(path, node, change, *lines_changed(source, node, change), node not in inside)
                for change in changes
            ]


def drawn(size: int, seed: int, by_place: list[list[Mutant]]) -> list[Mutant]:
    """So many places and a change for each, of all files alike: those whose own text draws the lowest lots, whatever stands
    round them.
    """
    found = []
    for mutants in by_place:
        node, line = mutants[0].node, mutants[0].before.splitlines()[0]
        text = f"{seed} {mutants[0].path.as_posix()} {line} {node.col_offset} {type(node).__name__}"
        lot = int(hashlib.sha256(text.encode()).hexdigest(), 16)
        found.append((lot, mutants[lot % len(mutants)]))
    return [mutant for _, mutant in sorted(found, key=lambda lotted: lotted[0])[:size]]


def write_switched(folder: Path, trees: dict[Path, ast.Module], mutants: list[Mutant]) -> None:
    """The code of each module that has a change, under its name; a change is known by its place in the list."""
    names = {mutant.path: mutant.module for mutant in mutants}
    for path, name in names.items():
        chosen: dict[ast.AST, list[tuple[str, ast.AST]]] = {}
        for number, mutant in enumerate(mutants):
            chosen.setdefault(mutant.node, []).append((str(number), mutant.change))
        tree = switched(name, trees[path], chosen)
        (folder / name).write_bytes(marshal.dumps(compile(tree, str(ROOT / path), "exec", dont_inherit=True)))


class Runs:
    """Of pytest, on modules with switches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ended(self, arguments: list[str], tried: str, seconds: float) -> tuple[int, str]:
        """The exit status, negative where it took ten times as long as it should, and what was printed."""
        paths = (str(ROOT / "src"), str(HERE))
        terms = {"PYTHONPATH": os.pathsep.join(paths), "MUTANTS_FOLDER": str(self.folder), "MUTANT": tried}
        command = [sys.executable, "-m", "pytest", "-rfE", "-pno:cacheprovider", *arguments]
        with tempfile.TemporaryFile(
            "w+", encoding="utf-8", errors="replace"
        ) as told:  # no pipe, for others may hold it open
            process = subprocess.Popen(command, cwd=ROOT, env=os.environ | terms, stdout=told, stderr=told)
            limit = 60 + 10 * int(seconds)
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, limit))
            resource.prlimit(process.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
            try:
                process.wait(PATIENCE + 10 * seconds)
            except subprocess.TimeoutExpired:
                process.kill()
            status = process.wait()
            told.seek(0)
            return status, told.read()

    def all(self) -> list[Met]:
        """What each test that passes comes by, on the code as it is."""
        left_out = [f"--ignore=tests/{name}" for name in LEFT_OUT]
        ended, told = self.ended([f"-n{JOBS}", "--dist=loadfile", "-pmet_by_tests", *left_out], "", 3600)
        if ended:
            print(f"{told[-2000:]}\nThese fail without any change, and are left out.", file=sys.stderr)
        lines = (
            line for file in self.folder.glob("*.tests") for line in file.read_text("utf-8").splitlines()
        )
        return [Met(**json.loads(line)) for line in lines]

    def failures(self, tests: dict[str, float], tried: str = "") -> list[str]:
        """Those of some tests, with their seconds, that fail; with a change, the first alone."""
        with tempfile.NamedTemporaryFile("w", dir=self.folder, encoding="utf-8") as named:
            named.write("\n".join(tests))
            named.flush()
            ended, told = self.ended([*["-x"][: len(tried)], f"@{named.name}"], tried, sum(tests.values()))
        if ended < 0:
            return [OUT_OF_TIME]
        lines = [
            line.partition(" ")[2] for line in told.splitlines() if line.startswith(("FAILED ", "ERROR "))
        ]
        found = [test for test in tests if any(f"{line} ".startswith(f"{test} ") for line in lines)]
        return found or lines or [told[-500:]] if ended else []


def likely(seen: list[Met], number: str, mutant: Mutant) -> Iterator[dict[str, float]]:
    """The tests that one change is tried on, with their seconds, a few first: such as come by it, then such as go through
    its module, for what is made once and kept is seen with the first test alone.
    """
    near = (test for test in seen if number in test.met or mutant.module in test.met)
    ordered = sorted(
        near, key=lambda t: (not mutant.on_import and number not in t.met, t.seconds * len(t.met), t.name)
    )
    ends = [*accumulate(test.seconds for test in ordered)]
    first, last = bisect(ends, FIRST), bisect(ends, LONGEST)
    for part in (ordered[:first], ordered[first:last]):
        if part:
            yield {test.name: test.seconds for test in part}


def found_by(runs: Runs, seen: list[Met], number: int, mutant: Mutant) -> str:
    """The first test that fails with the change; nothing where none does."""
    tried = (runs.failures(tests, str(number)) for tests in likely(seen, str(number), mutant))
    return next((failed[0] for failed in tried if failed), "")


def sampled(size: int, seeds: Iterable[int], by_place: list[list[Mutant]]) -> dict[int, list[Mutant]]:
    """The changes of each seed, without those after which the program does the same; of these, such as are there no more
    are told.
    """
    listed = yaml.safe_load((HERE / "equivalent.yaml").read_text(encoding="utf-8"))
    known = {(each["file"], each["before"], each["after"]) for each in listed}
    same = {m for each in by_place for m in each if (m.path.as_posix(), m.before, m.after) in known}
    for gone in known - {(m.path.as_posix(), m.before, m.after) for m in same}:
        print("no longer there:", *gone, sep="\n", file=sys.stderr)
    return {seed: [m for m in drawn(size, seed, by_place) if m not in same] for seed in seeds}


def living(trees: dict[Path, ast.Module], mutants: list[Mutant]) -> list[Mutant]:
    """Those that no test finds."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(JOBS) as pool:
        write_switched(Path(folder), trees, mutants)
        runs = Runs(Path(folder))
        seen = runs.all()
        told = []
        for mutant, test in zip(
            mutants, pool.map(partial(found_by, runs, seen), count(), mutants), strict=True
        ):
            print(f"{mutant.spot} {test or 'lives'}", file=sys.stderr, flush=True)
            told.append(test)
        anyway = runs.failures({test.name: test.seconds for test in seen if test.name in told})
    return [mutant for mutant, test in zip(mutants, told, strict=True) if not test or test in anyway]


def main(size: int = 60, *seeds: int) -> int:
    """Prints the share of changes found; 1 where it is too low."""
    sources = sorted(file for name in DECIDING for file in PACKAGE.glob(name))
    trees = {file.relative_to(ROOT): ast.parse(file.read_bytes()) for file in sources}
    samples = sampled(size, seeds or (1,), [*mutants_by_place(trees)])
    mutants = list(dict.fromkeys(chain.from_iterable(samples.values())))
    lives = living(trees, mutants)
    print(*(mutant.shown for mutant in lives), sep="\n\n")
    for seed, each in samples.items():
        found = sum(mutant not in lives for mutant in each)
        share = found * 100 // max(1, len(each))
        print(f"seed {seed}: {found} of {len(each)} changes found ({share} %, at least {LEAST_KILLED} asked)")
    return 0 if len(lives) * 100 <= (100 - LEAST_KILLED) * len(mutants) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
