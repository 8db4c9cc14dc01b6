"""No regular expression of the program can take more time than a text is long: read from the patterns themselves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterform import patterns as kept_patterns
from clusterform.patterns import pattern
from clusterform.snapshot import VARIABLE, between_runs
from support.patterns import SOURCE, Used, flaws, patterns


def test_no_pattern_repeats_what_another_repeat_could_take() -> None:
    found = {f"{used.place}: {used.pattern!r}": flaws(used) for used in patterns()}
    assert {place: words for place, words in found.items() if words} == {}


def test_the_patterns_are_found() -> None:
    made = patterns()
    assert len(made) > 150
    assert {"filling/labels.py", "parsers/checkbox.py", "checks/names_list.py"} <= {
        used.place for used in made
    }
    assert sum(used.searches for used in made) > 50


def test_none_is_compiled_as_a_module_is_loaded() -> None:
    """Constants are made by `pattern`, which compiles on first use."""
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in sorted(SOURCE.rglob("*.py"))
        for node in outside_functions(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "re.compile"
    ]
    assert found == []


def outside_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.Lambda):
            yield node
            yield from outside_functions(node)


def test_a_pattern_is_compiled_once_on_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    before = kept_patterns._program
    monkeypatch.setattr(
        kept_patterns, "_program", lambda source, flags: made.append(source) or before(source, flags)
    )
    digits = pattern(r"(\d)+", re.ASCII)
    assert not made
    assert digits.findall("1 22") == ["1", "2"]
    assert digits.fullmatch("3") is not None
    assert made == [digits.pattern]


def test_a_pattern_kept_between_runs_is_what_re_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    sources = {(used.pattern, used.flags) for used in patterns()} | {(r"(?P<a>一)|(?P<b>\w)", re.ASCII)}
    for _ in ("made", "kept"):
        kept_patterns._program.cache_clear()
        with between_runs():
            compiled = {at: pattern(*at)._compiled for at in sources}
        assert compiled == {at: re.compile(*at) for at in sources}
        assert all(compiled[at].groupindex == re.compile(*at).groupindex for at in sources)


def test_a_python_that_compiles_otherwise_does_it_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("re._compiler._code")
    assert kept_patterns._program("otherwise", 0) is None


@pytest.mark.parametrize(
    "refused",
    [
        r"(?:[(（][^\n]*[)）]\s*)+$",
        r"(a+)+$",
        r"(?:亿元|亿|元)*",
        r"(?:a|[a-c])*d",
        r"(?:\s*\d+\s*)*x",
        r"\s*(?:甲)?\s*乙",
        r"\d[\d, ]*\s*元",
        r"\s+$",
        r"\d[\d,]*\.\d",
        r".*[XＸ]{2,}省.*$",
        r"(?P<name>.*?)\s*（",
    ],
)
def test_what_is_refused(refused: str) -> None:
    assert flaws(Used(refused, int(re.UNICODE), "", frozenset({"search"})))


@pytest.mark.parametrize(
    ("allowed", "method"),
    [
        (r"\s*+(?:甲)?\s*+乙", "match"),
        (r"(?<!\s)\s*+（", "search"),
        (r"(?:-\w+)+$", "match"),
        (r"\d{1,3}(?:,\d{3})+", "search"),
        (r"(?:[^']|'')+", "match"),
        (r"(?:亿元|亿|元)*+", "fullmatch"),
        (r"(?:亿元|万元|个)*", "fullmatch"),
        (r"第\s*\d+\s*条", "search"),
        (r"\d+(?:\.\d+)?", "search"),
    ],
)
def test_what_is_let_pass(allowed: str, method: str) -> None:
    assert not flaws(Used(allowed, int(re.UNICODE), "", frozenset({method})))
