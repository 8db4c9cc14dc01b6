"""YAML as data files need it: strict, with the line of each mistake, and every scalar kept as it was written."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterform.errors import DataError, refusal
from clusterform.messages import InBoth, Joined, Shortened, Text
from clusterform.patterns import pattern
from clusterform.text import decoded, narrow

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from yaml import Node

_DEEPEST = 50


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast


def yaml_depth(text: str) -> int:
    """How deep a text is nested, so far as it is YAML; counted no further than a little past what is let pass."""
    import yaml

    depth = deepest = 0
    for event in yaml.parse(text, Loader=_loader()):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > 2 * _DEEPEST:
            break
    return deepest


def read_yaml(path: Traversable | Path) -> Any:
    """The data of a file of the program's own, in UTF-8, with or without a byte order mark."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("yaml.unreadable", file=path.name, fault=error) from error
    return plain_yaml(text, path.name, own=True)


KeyPath = tuple[str | int, ...]
"""Keys and numbers of items from the top down."""

_LARGEST = 1_000_000
_MOST = 200_000
"""Values that a file may hold once its aliases are written out."""
_TOLD = 20
_READ = 600
"""Characters of one mistake that are told."""
_DIGITS = 18
"""A whole number with more is kept as text: nothing here counts so far."""
_TAG = "tag:yaml.org,2002:"
_AS_TEXT = frozenset(("null", "bool", "int", "str", "float", "timestamp", "binary", "value"))
_NULLS, _BOOLS, _INT = frozenset({"null", "~", ""}), frozenset({"true", "false"}), pattern("0|-?[1-9][0-9]*")
"""What is more than text: 012, 12:30, no and dates are the text they are."""
_WIDE_BRACKET = pattern("[｛｝［］]|(?<=[}\\]\"'])，")
_WIDE_COLON = pattern(r"[ \t]*(?:- +){0,9}[\"']?(?P<key>\w[\w.-]{0,60})[\"']?[ \t]*(?P<colon>：)")


_GLUED_COLON = pattern(r"[ \t]*(?:- +){0,9}(?P<key>\w[\w.-]{0,60}):(?P<colon>)(?=[^\s:/\\])")


class Fault(NamedTuple):
    line: int
    column: int
    text: InBoth


@dataclass(slots=True)
class MarkedFile:
    """The data of a file, and where each of its keys and items begins."""

    name: str
    text: str = ""
    data: Any = None
    places: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int, str]] = field(default_factory=dict)
    """Where each text begins, with the text."""
    faults: list[Fault] = field(default_factory=list)

    def add(self, place: KeyPath, text: InBoth, offset: int | None = None) -> None:
        """A mistake at a key or item, or at the nearest one above it; with `offset` inside the text that stands there."""
        if offset is not None and place in self.values:
            self.faults.append(Fault(*self._inside(*self.values[place], offset), text))
            return
        while place and place not in self.places:
            place = place[:-1]
        self.faults.append(Fault(*self.places.get(place, (1, 1)), text))

    def _inside(self, line: int, column: int, value: str, offset: int) -> tuple[int, int]:
        """Where a character of a value stands in the file; where the value begins if it is written with escapes.

        Quotes, folding and indentation change nothing but spaces: the other characters are the same, in the same order.
        """
        starts = [0, *accumulate(map(len, self.text.splitlines(keepends=True)))]
        at = starts[line - 1] + column - 1
        sign = self.text[at : at + 1]
        at = starts[line] if sign in {"|", ">"} else at + (sign in {'"', "'"})
        for number, char in enumerate(value):
            if char.isspace():
                continue
            while self.text[at : at + 1].isspace():
                at += 1
            if self.text[at : at + 1] != char:
                return line, column
            if number >= offset:
                break
            at += 1
        row = min(bisect_right(starts, at), len(starts) - 1)
        return row, at - starts[row - 1] + 1

    def refuse(self, place: KeyPath, text: InBoth) -> None:
        """A mistake behind which nothing more is looked for; DataError."""
        self.add(place, text)
        self.settle()

    def settle(self) -> None:
        """DataError that tells every mistake, in the file's order; nothing where there is none."""
        if not self.faults:
            return
        once = {(fault.line, fault.column, fault.text.zh, fault.text.en): fault for fault in self.faults}
        faults = [once[key] for key in sorted(once)]
        lines = [
            Text("yaml.fault", file=self.name, line=line, column=column, fault=Shortened(text, _READ))
            for line, column, text in faults[:_TOLD]
        ]
        if (more := len(faults) - _TOLD) > 0:
            lines.append(Text("yaml.more", count=more))
        raise DataError(Joined("join.lines", lines))


def read_marked(path: Traversable | Path) -> MarkedFile:
    """A file's data. DataError for what cannot be read at all; the rest is told by the file's `settle`."""
    if not path.is_file():
        there = isinstance(path, Path) and path.exists()
        what = "yaml.folder" if path.is_dir() else "yaml.no-file" if there else "yaml.nothing-there"
        raise DataError(what, file=path.name)
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise DataError("yaml.refused", file=path.name, reason=refusal(error)) from error
    if len(raw) > _LARGEST:
        raise DataError("yaml.too-big", file=path.name)
    text = None if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else decoded(raw)
    if text is None:
        raise DataError("yaml.no-text", file=path.name)
    return marked(text, path.name)


def marked(text: str, name: str, *, own: bool = False) -> MarkedFile:
    """The data of a text; DataError where it is no YAML at all. `own`: the program's, which nests nothing to do harm."""
    import yaml

    file = MarkedFile(name, text)
    try:
        if not own and yaml_depth(text) > _DEEPEST:
            file.refuse((), Text("yaml.deeper", most=_DEEPEST))
        loader = _loader()(text)
        node = loader.get_single_node()
        if node is not None and (_weight(node, {}) or _MOST) >= _MOST:
            file.refuse((), Text("yaml.aliases"))
        file.data = None if node is None else _Maker(file, loader).make(node, ())
    except RecursionError:  # through a chain of aliases
        file.refuse((), Text("yaml.too-deep"))
    except yaml.YAMLError as error:
        wide = _colons((_WIDE_COLON.match(line) for line in text.splitlines()), "yaml.wide-colon")
        file.faults.extend(wide or _explained(text, error))
        file.settle()
    return file


def plain_yaml(text: str, name: str, *, own: bool = False) -> Any:
    """The data alone; DataError that tells every mistake of its writing."""
    file = marked(text, name, own=own)
    file.settle()
    return file.data


def _weight(node: Node, known: dict[int, int | None]) -> int | None:
    """How many values a node comes to with its aliases written out; None where it holds itself."""
    if id(node) in known:
        return known[id(node)]
    known[id(node)] = None
    weight = 1
    if isinstance(node.value, list):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                inner = _weight(part, known)
                if inner is None:
                    return None
                weight = min(_MOST, weight + inner)
    known[id(node)] = weight
    return weight


class _Maker:
    """Makes data of nodes and notes where each begins."""

    def __init__(self, file: MarkedFile, loader: Any) -> None:
        self._file = file
        self._loader = loader

    def make(self, node: Node, place: KeyPath) -> Any:
        self._file.places.setdefault(place, _begin(node))
        if node.tag == _TAG + "seq":
            return [self.make(item, (*place, number)) for number, item in enumerate(node.value)]
        if node.tag == _TAG + "map" and isinstance(node.value, list):
            return self._mapping(node, place)
        if isinstance(node.value, str):
            return self._scalar(node, place)
        self._unknown_tag(node, place)
        return None

    def _mapping(self, node: Any, place: KeyPath) -> dict[str, Any]:
        made: dict[str, Any] = {}
        own = {id(key): key.value for key, _ in node.value if isinstance(key.value, str)}
        self._doubled(node)
        self._loader.flatten_mapping(node)
        for key, value in node.value:
            if not isinstance(key.value, str):
                self._file.faults.append(Fault(*_begin(key), Text("yaml.key-no-text")))
                continue
            inner = (*place, key.value)
            if id(key) in own or inner not in self._file.places:
                self._file.places[inner] = _begin(key)
            if not key.style and key.value != key.value.strip():
                self._file.add(inner, Text("yaml.wide-space", key=key.value.strip()))
                continue
            made[key.value] = self.make(value, inner)
        return made

    def _doubled(self, node: Any) -> None:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key.value, str):
                continue
            line, column = _begin(key)
            if key.value in seen:
                twice = Text("yaml.twice", key=key.value, line=seen[key.value])
                self._file.faults.append(Fault(line, column, twice))
            seen.setdefault(key.value, line)

    def _scalar(self, node: Node, place: KeyPath) -> Any:
        text: str = node.value
        self._file.values.setdefault(place, (*_begin(node), text))
        kind = node.tag.removeprefix(_TAG)
        if kind == "null" and text in _NULLS:
            return None
        if kind == "bool" and text in _BOOLS:
            return text == "true"
        if kind == "int" and len(text) <= _DIGITS and _INT.fullmatch(text):
            return int(text)
        if kind not in _AS_TEXT:
            self._unknown_tag(node, place)
        return text

    def _unknown_tag(self, node: Node, place: KeyPath) -> None:
        self._file.add(place, Text("yaml.tag", tag=str(node.tag).replace(_TAG, "!!")))


def _colons(matches: Iterable[re.Match[str] | None], key: str) -> list[Fault]:
    """Every line, of which each has a match or none, whose key is followed by such a colon."""
    found = ((number, m) for number, m in enumerate(matches, 1) if m is not None)
    return [Fault(number, m.start("colon") + 1, Text(key, key=m["key"])) for number, m in found]


def glued_colons(lines: Iterable[str]) -> list[Fault]:
    """Every line whose key is followed by a colon without a space."""
    return _colons((_GLUED_COLON.match(line) for line in lines), "yaml.glued-colon")


def _begin(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _explained(text: str, error: Any) -> Iterator[Fault]:
    """What a YAML parser has met, in plain words; every line that is indented with tabs where it has met one."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    lines = text.splitlines()
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    line, column = next(((m.line, m.column) for m in marks if m is not None and m.line < len(lines)), (0, 0))
    tabbed = [n for n, words in enumerate(lines) if "\t" in words[: len(words) - len(words.lstrip())]]
    if line in tabbed:
        yield from (Fault(number + 1, 1, Text("yaml.tab")) for number in tabbed)
        return
    if lines and (wide := _WIDE_BRACKET.search(lines[line])):
        yield Fault(
            line + 1, wide.start() + 1, Text("yaml.wide-bracket", sign=wide[0], narrow=narrow(wide[0]))
        )
        return
    if glued := glued_colons(lines[: line + 1]):
        yield from glued
        return
    key = next((key for words, key in _BY_PROBLEM.items() if words in problem), "yaml.other")
    yield Fault(line + 1, column + 1, Text("yaml.writing", problem=Text(key)))


_BY_PROBLEM = {
    "mapping values are not allowed": "yaml.colon-again",
    "could not find expected ':'": "yaml.no-colon",
    "cannot start any token": "yaml.beginning",
    "did not find expected ',' or": "yaml.bracket",
    "did not find expected '-' indicator": "yaml.list",
    "unexpected end of stream": "yaml.quote",
    "undefined alias": "yaml.alias",
    "undefined tag": "yaml.mark",
    "expected a single document": "yaml.one-document",
    "but found another document": "yaml.one-document",
    "not allowed": "yaml.control",
    "unknown escape": "yaml.escape",
    "special characters": "yaml.control",
    "did not find expected key": "yaml.indented",
}
"""By what is in the words of libyaml, or of PyYAML where that is not installed."""
