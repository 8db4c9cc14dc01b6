"""Every regular expression of the program, how it is used, and what in it could take more than a text's length.

    python tests/support/patterns.py

writes, as JSON, each pattern that is compiled while all modules are loaded and the examples are checked: its text, its
flags, the file that made it and the methods that were called on it.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path
from re import _constants as op
from re import _parser as parser
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "clusterform"
EVERYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
"""Methods that begin anew at every place of the text."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_SINGLE = (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY)
LONG_REPEAT = 100
"""A repeat of no more than this is a constant."""
SAMPLE = (
    "".join(map(chr, range(9, 14)))
    + "".join(map(chr, range(32, 127)))
    + "　 ０９Ａ，。、；：（）【】［］“”《》—–－＿％．□☑√①⑳〇一二三十年月日省市县区无数量名称共计甲□é·…"
)


@dataclass(frozen=True)
class Used:
    """One pattern as the program uses it."""

    pattern: str | bytes
    flags: int
    place: str
    methods: frozenset[str]

    @property
    def searches(self) -> bool:
        """Whether it is tried at every place of a text; one that was compiled and not called may be."""
        return not self.methods or bool(self.methods & EVERYWHERE)


@cache
def patterns() -> tuple[Used, ...]:
    """All of them, from a process of their own."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", __file__],
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=300,
    )
    return tuple(
        Used(p.encode("latin-1") if raw else p, flags, place, frozenset(methods))
        for p, raw, flags, place, methods in json.loads(done.stdout)
    )


# what is wrong with a pattern


@dataclass
class _Repeat:
    """A repeat without a bound, with what a turn of it must take: a set of characters for each."""

    low: int
    must: list[frozenset[str]] = field(default_factory=list)
    free: bool = True
    """It may give back what it took."""
    chars: frozenset[str] = frozenset()


def flaws(used: Used) -> list[str]:
    """What in a pattern can take longer than a text is long, in words."""
    pattern = used.pattern if isinstance(used.pattern, str) else used.pattern.decode("latin-1")
    tree = parser.parse(pattern, used.flags & ~re.DEBUG)
    alphabet = frozenset(SAMPLE) | frozenset(pattern)
    return list(Reader(alphabet, used.flags, searches=used.searches).of(list(tree)))


class Reader:
    def __init__(self, alphabet: frozenset[str], flags: int, *, searches: bool) -> None:
        self.alphabet = alphabet
        self.flags = flags
        self.searches = searches

    def of(self, tree: Sequence[Any]) -> Iterator[str]:
        yield from self._inside(tree)
        if self.searches:
            yield from self._restarts(tree)

    def _inside(self, tree: Sequence[Any]) -> Iterator[str]:
        """Nested and adjacent repeats, in every sequence."""
        for sequence in self._ways(tree):
            yield from self._adjacent(sequence)
        for code, value in tree:
            if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] > LONG_REPEAT:
                yield from self._nested(list(value[2]))
                yield from self._ambiguous(list(value[2])) if code is not op.POSSESSIVE_REPEAT else ()
            for body in bodies(code, value):
                yield from self._inside(body)

    def _nested(self, body: list[Any]) -> Iterator[str]:
        for way in self._ways(body):
            for number, item in enumerate(way):
                repeat = self._repeat(item)
                if repeat is None or not repeat.free:
                    continue
                others = [s for i, other in enumerate(way) if i != number for s in self._must(other)]
                if all(chars & repeat.chars for chars in others):
                    yield f"a repeat in a repeat, of {_shown(repeat.chars)}"

    def _ambiguous(self, body: list[Any]) -> Iterator[str]:
        """A turn that other turns in a row could take too: 亿元 where 亿 and 元 are turns of their own."""
        ways = [way for way in self._ways(body) if all(code in _SINGLE for code, _ in way)]
        turns = [[self._single(item) for item in way] for way in ways if way]
        for turn in turns:
            counts = [1] + [0] * len(turn)  # in how many ways the turn's beginning can be taken
            for end in range(1, len(turn) + 1):
                for other in turns:
                    start = end - len(other)
                    fits = start >= 0 and all(a & b for a, b in zip(other, turn[start:end], strict=True))
                    counts[end] += counts[start] if fits else 0
            if counts[-1] > 1:
                yield f"a repeat that takes {''.join(min(chars) for chars in turn)!r} in several ways"

    def _adjacent(self, way: Sequence[Any]) -> Iterator[str]:
        """Two repeats that can take the same characters, with nothing between them that both could not take."""
        repeats = [(number, self._repeat(item)) for number, item in enumerate(way)]
        for number, one in repeats:
            for later, other in repeats[number + 1 :]:
                if one is None or other is None or not one.free:
                    continue
                shared = one.chars & other.chars
                between = [s for item in way[number + 1 : later] for s in self._must(item)]
                if shared and all(chars & shared for chars in (*between, *one.must, *other.must)):
                    yield f"two repeats side by side, of {_shown(shared)}"

    def _restarts(self, tree: Sequence[Any]) -> Iterator[str]:
        """A repeat at the beginning of what is searched for: every character of a run begins it anew."""
        fails: dict[str, bool] = {}
        found: dict[str, str] = {}
        for way in self._ways(tree):
            for number, item in enumerate(way):
                repeat = self._repeat(item)
                before = way[:number]
                if repeat is None or any(self._barred(other, repeat.chars) for other in before):
                    continue
                needed = [s for other in before for s in self._must(other)]
                turns = repeat.must if len(repeat.must) > 1 else [repeat.chars]
                key = repr(way[: number + 1])
                fail = any(self._can_fail(other) for other in way[number + 1 :])
                fails[key] = fails.get(key, True) and fail  # what is optional behind it cannot fail
                if all(chars & turn for chars, turn in zip(needed, cycle(turns), strict=False)):
                    found[key] = f"a search that begins with a repeat, of {_shown(repeat.chars)}"
        yield from (words for key, words in found.items() if fails[key])

    def _barred(self, item: Any, chars: frozenset[str]) -> bool:
        """Whether a look behind keeps the search from beginning amid those characters."""
        code, value = item
        if code is op.AT:
            return bool(value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING) and not self.flags & re.MULTILINE)
        if code not in (op.ASSERT, op.ASSERT_NOT) or value[0] >= 0:
            return False
        behind = [self.chars(list(value[1]))]
        return chars <= behind[0] if code is op.ASSERT_NOT else not chars & behind[0]

    def _can_fail(self, item: Any) -> bool:
        code, _ = item
        if code in (op.AT, op.ASSERT, op.ASSERT_NOT, op.GROUPREF):
            return True
        return bool(self._must(item))

    def _ways(self, tree: Sequence[Any]) -> Iterator[list[Any]]:
        """The sequences a pattern may be, groups opened, an alternative each; capped where there are too many."""
        ways: list[list[Any]] = [[]]
        for code, value in tree:
            if code is op.SUBPATTERN:
                inner = list(self._ways(list(value[3])))
            elif code is op.BRANCH:
                inner = [w for branch in value[1] for w in self._ways(list(branch))]
            elif code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[1] == 1:
                inner = [[], *self._ways(list(value[2]))]
            else:
                inner = [[(code, value)]]
            ways = [way + more for way in ways for more in inner][:400]
        yield from ways

    def _repeat(self, item: Any) -> _Repeat | None:
        code, value = item
        if code is op.ATOMIC_GROUP:
            inner = [self._repeat(i) for i in value]
            found = next((r for r in inner if r is not None), None)
            return None if found is None else _Repeat(found.low, found.must, False, found.chars)
        if code not in REPEATS or value[1] <= LONG_REPEAT:
            return None
        body = list(value[2])
        must = [s for i in body for s in self._must(i)]
        return _Repeat(value[0], must, code is not op.POSSESSIVE_REPEAT, self.chars(body))

    def _must(self, item: Any) -> list[frozenset[str]]:
        """What an item has to take: a set of characters for each that it cannot do without."""
        code, value = item
        if code in _SINGLE:
            return [self._single(item)]
        if code in REPEATS:
            return [s for i in value[2] for s in self._must(i)] if value[0] else []
        if code is op.SUBPATTERN:
            return [s for i in value[3] for s in self._must(i)]
        if code is op.ATOMIC_GROUP:
            return [s for i in value for s in self._must(i)]
        if code is op.BRANCH:
            every = [[s for i in branch for s in self._must(i)] for branch in value[1]]
            if all(every):
                return [frozenset().union(*(branch[0] for branch in every))]
        return []

    def chars(self, tree: Sequence[Any]) -> frozenset[str]:
        """All that it may take."""
        found: frozenset[str] = frozenset()
        for code, value in tree:
            if code in _SINGLE:
                found |= self._single((code, value))
            for body in bodies(code, value) if code not in (op.ASSERT, op.ASSERT_NOT) else ():
                found |= self.chars(body)
        return found

    def _single(self, item: Any) -> frozenset[str]:
        code, value = item
        if code is op.LITERAL:
            return frozenset({chr(value)})
        if code is op.NOT_LITERAL:
            return self.alphabet - {chr(value)}
        if code is op.ANY:
            return self.alphabet - (frozenset() if self.flags & re.DOTALL else frozenset("\n"))
        return frozenset(_members(value, self.alphabet))


def _members(items: Any, alphabet: frozenset[str]) -> Iterator[str]:
    negated = bool(items) and items[0][0] is op.NEGATE
    for char in alphabet:
        if any(_is_member(char, item) for item in items if item[0] is not op.NEGATE) != negated:
            yield char


def _is_member(char: str, item: Any) -> bool:
    code, value = item
    if code is op.LITERAL:
        return ord(char) == value
    if code is op.RANGE:
        return bool(value[0] <= ord(char) <= value[1])
    name = str(value)
    held = (
        char.isspace()
        if "SPACE" in name
        else char.isdecimal()
        if "DIGIT" in name
        else char.isalnum() or char == "_"
    )
    return held != ("NOT" in name)


def bodies(code: Any, value: Any) -> Iterator[list[Any]]:
    if code is op.SUBPATTERN:
        yield list(value[3])
    elif code is op.ATOMIC_GROUP:
        yield list(value)
    elif code is op.BRANCH:
        yield from (list(branch) for branch in value[1])
    elif code in REPEATS:
        yield list(value[2])
    elif code in (op.ASSERT, op.ASSERT_NOT):
        yield list(value[1])


def _shown(chars: frozenset[str]) -> str:
    return repr("".join(sorted(chars))[:12])


# the process that records


class _Recorded:
    """A compiled pattern that notes what is called on it."""

    def __init__(self, compiled: re.Pattern[Any], methods: set[str]) -> None:
        self._compiled = compiled
        self._methods = methods

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_") and callable(getattr(self._compiled, name)):
            self._methods.add(name)
        return getattr(self._compiled, name)


def _record() -> dict[tuple[Any, int], tuple[str, set[str]]]:
    """Stands in for `pattern`, re.compile and what re.sub and the like call, for the program's own modules."""
    found: dict[tuple[Any, int], tuple[str, set[str]]] = {}
    compile_before, inner_before = re.compile, re._compile

    def noted(pattern: Any, flags: int, frame: FrameType) -> set[str] | None:
        place = frame.f_code.co_filename
        if not place.startswith(str(SOURCE)) or not isinstance(pattern, str | bytes):
            return None
        shown = Path(place).relative_to(SOURCE).as_posix()
        return found.setdefault((pattern, int(flags)), (shown, set()))[1]

    def compiling(pattern: Any, flags: int = 0) -> Any:
        pattern = written_out(pattern) if isinstance(pattern, str) else pattern
        methods = noted(pattern, flags, sys._getframe(1))
        compiled = compile_before(pattern, flags)
        if methods is None:
            return compiled
        frame = sys._getframe(1)
        methods |= _by_name(Path(frame.f_code.co_filename).relative_to(SOURCE).as_posix(), frame.f_lineno)
        return _Recorded(compiled, methods)

    def calling(pattern: Any, flags: int) -> Any:
        if isinstance(pattern, _Recorded):
            return pattern
        within = sys._getframe(1)
        methods = noted(pattern, flags, within.f_back) if within.f_back is not None else None
        if methods is not None:
            methods.add(within.f_code.co_name)
        return inner_before(pattern, flags)

    written_out = importlib.import_module("clusterform.words").written_out
    re.compile = compiling
    re._compile = calling
    importlib.import_module("clusterform.patterns").pattern = compiling
    return found


def _by_name(place: str, line: int) -> set[str]:
    """The methods called on the name that a pattern is given on that line: in its module, or wherever it is imported."""
    source = (SOURCE / place).read_text(encoding="utf-8")
    name = re.match(r"\s*(\w+) = ", source.splitlines()[line - 1])
    if name is None:
        return set()
    calls = re.compile(rf"\b{name[1]}\.(\w+)\(")
    own = set(calls.findall(source))
    return own or {
        m for path in SOURCE.rglob("*.py") for m in calls.findall(path.read_text(encoding="utf-8"))
    }


def _exercise() -> None:
    """Loads everything, and checks the examples."""
    package = importlib.import_module("clusterform")
    for module in pkgutil.walk_packages(package.__path__, "clusterform."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    from clusterform.pipeline import Checker
    from clusterform.settings import Settings

    checker = Checker(Settings(evidence=None))
    for path in sorted((ROOT / "examples").rglob("*.docx")) + sorted((ROOT / "examples").glob("*.xlsx")):
        checker.check(path)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))
    recorded = _record()
    _exercise()
    rows = [
        (
            p if isinstance(p, str) else p.decode("latin-1"),
            isinstance(p, bytes),
            flags,
            place,
            sorted(methods),
        )
        for (p, flags), (place, methods) in recorded.items()
    ]
    json.dump(rows, sys.stdout)
