"""The catalogue of words: both languages alike, and the code and the catalogue know the same keys."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterform.errors import UsageError
from clusterform.messages import LANGUAGES, Joined, Text, in_language, sentences

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
WRITERS = [ROOT / "docs" / "letters.py"]
"""Beside the program, what makes files that are shipped of the catalogue's words."""
ZH, EN = (sentences(language) for language in LANGUAGES)
TAKE_A_KEY = {
    "Text": 0,
    "tell": 1,
    "Joined": 0,
    "ClusterformError": 0,
    "UsageError": 0,
    "DataError": 0,
    "UnreadableError": 1,
    "lacking": 0,
}
"""What is called with a key, and in which place."""
OWN_FACTS = {"lacking": {"name"}}
"""What some of these give every sentence by themselves."""
NO_FACTS = {"location"}
"""Named arguments of errors that fill no placeholder."""
STARTS = {key.split(".")[0] for key in ZH}


def names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(ZH) == list(EN)


def test_keys_are_grouped_by_their_beginning() -> None:
    starts = [key.split(".")[0] for key in ZH]
    changes = [start for before, start in zip(["", *starts], starts, strict=False) if start != before]
    assert len(changes) == len(set(changes))


def test_both_languages_have_the_same_placeholders() -> None:
    assert not {key for key in ZH if names(ZH[key]) != names(EN[key])}


def test_placeholders_are_plain_names_and_no_sentence_is_empty() -> None:
    for words in (ZH, EN):
        parsed = {key: list(string.Formatter().parse(words[key])) for key in words}
        odd = {
            key
            for key, parts in parsed.items()
            for _, name, form, conversion in parts
            if name is not None and (not name.isidentifier() or form or conversion)
        }
        assert not odd | {key for key in words if not words[key]}


class Used:
    """What the program does with the catalogue."""

    def __init__(self) -> None:
        self.unknown: list[str] = []
        self.facts: list[str] = []
        self.keys: set[str] = set()
        self.starts: set[str] = set()
        for path in (*SOURCES, *WRITERS):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            own = {n.name for n in tree.body if isinstance(n, ast.ClassDef)} - {"ClusterformError"}
            for node in ast.walk(tree):
                self._look(node, path.name, {name: n for name, n in TAKE_A_KEY.items() if name not in own})
        for path in (ROOT / "templates" / "page").iterdir():
            self._read_page(path.read_text(encoding="utf-8"), path.name)
        for path in (ROOT / "templates").glob("[rp]*/*.html"):
            for key, more in re.findall(r'\bt\("([^"]+)"(?: (\+))?', path.read_text(encoding="utf-8")):
                (self.starts if more else self.keys).add(key)
                if not more and key not in ZH:
                    self.unknown.append(f"{path.name}: {key}")

    def _read_page(self, text: str, name: str) -> None:
        """The page's script names a sentence without the beginning that all of its own have."""
        said = {f"app.{key}" for key in re.findall(r'\b(?:say|idle|button)\("([^"]+)"', text)}
        self.unknown += [f"{name}: {key}" for key in sorted(said - set(ZH))]
        self.keys |= said | {key for key in ZH if f'"{key.removeprefix("app.")}"' in text}
        self.starts |= {f"app.{start}" for start in re.findall(r"`(\w+\.)\$", text)}

    def _look(self, node: ast.AST, where: str, take_a_key: dict[str, int]) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in ZH:
            self.keys.add(node.value)
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            start = str(node.values[0].value)
            if start.partition(".")[0] in STARTS and "." in start:
                self.starts.add(start)
        if not isinstance(node, ast.Call):
            return
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        place = take_a_key.get(name, len(node.args))
        for key in constants(node.args[place]) if place < len(node.args) else ():
            self._called(key, node, OWN_FACTS.get(name, set()), f"{where}:{node.lineno}: {key}")

    def _called(self, key: str, node: ast.Call, own: set[str], where: str) -> None:
        if key not in ZH:
            self.unknown.append(where)
        elif all(item.arg for item in node.keywords):
            given = {item.arg for item in node.keywords} - NO_FACTS | own
            alone = not isinstance(node.args[0], ast.IfExp)  # of two sentences, one may need less
            if given != names(ZH[key]) if alone else given < names(ZH[key]):
                self.facts.append(f"{where} takes {sorted(names(ZH[key]))}, not {sorted(map(str, given))}")


def constants(node: ast.AST) -> Iterator[str]:
    """The keys that stand there, one or either of two."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.IfExp):
        yield from constants(node.body)
        yield from constants(node.orelse)


USED = Used()


def test_every_key_that_the_code_names_is_in_the_catalogue() -> None:
    assert not USED.unknown
    assert not {start for start in USED.starts if not any(key.startswith(start) for key in ZH)}


def test_every_sentence_gets_the_facts_that_it_names() -> None:
    assert not USED.facts


def test_every_key_of_the_catalogue_is_used() -> None:
    unused = {key for key in ZH if key not in USED.keys and not key.startswith(tuple(USED.starts))}
    assert not unused


SENTENCE = re.compile(r"^[^\[\](|?*]*[\u4e00-\u9fff]{3}[^\[\](|?*]*[，。；：]")
"""Chinese words and a mark that ends or parts a sentence; an expression that finds words of a form is none."""
ELSEWHERE = {
    "answers.py": "descriptions in the schema of what is extracted, shown in both languages at once",
    "filling/schema.py": "the same",
}
"""Where sentences may stand in the code with their English behind them, and what they are."""


ENGLISH = re.compile(r"[A-Z][a-z]*[ ;.,|]")


def test_no_other_room_holds_a_chinese_sentence() -> None:
    found = set()
    for path in SOURCES:
        name = path.relative_to(ROOT / "src" / "clusterform").as_posix()
        both = any(name == place or name.startswith(f"{place}/") for place in ELSEWHERE)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)}
        notes |= {part for n in ast.walk(tree) if isinstance(n, ast.JoinedStr) for part in n.values}
        texts = {n: ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)}
        texts |= {
            n: n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        found |= {
            f"{name}:{node.lineno}: {text}"
            for node, text in texts.items()
            if node not in notes and SENTENCE.search(text) and not (both and ENGLISH.search(text))
        }
    assert not found


def test_a_text_knows_both_languages() -> None:
    said = Text("counts.info", count=2)
    assert (said["zh"], said.en) == ("，2 处提示", ", 2 to note")
    assert said == Text("counts.info", count=2) != Text("counts.info", count=3)


def test_facts_are_texts_and_lists_as_well() -> None:
    form = Text("form.review")
    said = Text("finding.edits", places=(form, "CF201"))
    assert said.en == f"to be changed: {form.en}, CF201"
    assert said.zh == f"要改的地方：{form.zh}、CF201"
    assert Joined("join.then", [form, "CF201"]).zh == f"{form.zh}；CF201"
    assert in_language(2, "zh") == "2"


def test_what_is_not_known_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Text("counts.info").en == ", {count} to note"
    assert Text("no.such.key", name="A").zh == "no.such.key A"
    monkeypatch.setattr("clusterform.messages.messages_file", lambda name: ROOT / "nowhere" / name)
    sentences.cache_clear()
    try:
        assert UsageError("counts.info", count=2).zh == "counts.info 2"
    finally:
        sentences.cache_clear()
