"""YAML from the user: its data, the line of every key, and every mistake of its writing at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterform.decoding import decoded
from clusterform.errors import DataError, refusal
from clusterform.patterns import pattern
from clusterform.yaml_file import strict_loader, yaml_depth

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from yaml import Node

Place = tuple[str | int, ...]
"""Keys and numbers of items from the top down."""

_LARGEST = 1_000_000
_DEEPEST = 50
_MOST = 200_000
"""Values that a file may hold once its aliases are written out."""
_TOLD = 20
_DIGITS = 18
"""A whole number with more is kept as text: nothing here counts so far."""
_TAG = "tag:yaml.org,2002:"
_AS_TEXT = frozenset(_TAG + kind for kind in ("str", "float", "timestamp", "binary"))
_WIDE_COLON = pattern(r"[ \t]*(?:- +){0,9}[\"']?(?P<key>\w[\w.-]{0,60})[\"']?[ \t]*(?P<colon>：)")


class Fault(NamedTuple):
    """One mistake, in both languages."""

    line: int
    column: int
    zh: str
    en: str


@dataclass(slots=True)
class MarkedFile:
    """The data of a file, and where each of its keys and items begins."""

    name: str
    text: str = ""
    data: Any = None
    places: dict[Place, tuple[int, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def add(self, place: Place, zh: str, en: str) -> None:
        """A mistake at a key or item, or at the nearest one above it."""
        while place and place not in self.places:
            place = place[:-1]
        self.faults.append(Fault(*self.places.get(place, (1, 1)), zh, en))

    def settle(self) -> None:
        """DataError that tells every mistake, in the file's order; nothing where there is none."""
        if not self.faults:
            return
        faults = sorted(dict.fromkeys(self.faults))
        zh = [f"{self.name} 第 {f.line} 行第 {f.column} 列：{f.zh}。" for f in faults[:_TOLD]]
        en = [f"{self.name}, line {f.line}, column {f.column}: {f.en}." for f in faults[:_TOLD]]
        if (more := len(faults) - _TOLD) > 0:
            zh.append(f"另有 {more} 处。")
            en.append(f"And {more} more.")
        raise DataError("\n".join(zh), "\n".join(en))


def read_marked(path: Traversable | Path) -> MarkedFile:
    """A file's data. DataError for what cannot be read at all; the rest is told by the file's `settle`."""
    if not path.is_file():
        zh, en = ("是文件夹", "is a folder") if path.is_dir() else ("不是普通文件，或不存在", "is no file")
        raise DataError(f"{path.name} {zh}。", f"{path.name} {en}.")
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except OSError as error:
        raise DataError("yaml.refused", file=path.name, reason=refusal(error)) from error
    if len(raw) > _LARGEST:
        raise DataError("yaml.too-big", file=path.name)
    text = None if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else decoded(raw)
    if text is None:
        raise DataError(
            "yaml.no-text",
            file=path.name,
        )
    return marked(text, path.name)


def marked(text: str, name: str) -> MarkedFile:
    """The data of a text; DataError where it is no YAML at all."""
    import yaml  # noqa: PLC0415  (not needed where the snapshot holds everything)

    file = MarkedFile(name, text)
    try:
        if yaml_depth(text) > _DEEPEST:
            file.add((), f"内容嵌套超过 {_DEEPEST} 层", f"it is nested deeper than {_DEEPEST}")
            file.settle()
        loader = strict_loader()(text)
        node = loader.get_single_node()
        if node is not None and (_weight(node, {}) or _MOST) >= _MOST:
            zh, en = "别名（*）引用过多，或引用了自己", "its aliases (*) come to too much, or name themselves"
            file.add((), zh, en)
            file.settle()
        file.data = None if node is None else _Maker(file, loader).make(node, ())
    except RecursionError:  # through a chain of aliases
        file.add((), "内容嵌套过深", "it is nested too deep")
        file.settle()
    except yaml.YAMLError as error:
        file.faults.extend(wide_colons(text) or _explained(text, error))
        file.settle()
    return file


def plain_yaml(text: str, name: str) -> Any:
    """The data alone; DataError that tells every mistake of its writing."""
    file = marked(text, name)
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

    def make(self, node: Node, place: Place) -> Any:
        self._file.places.setdefault(place, _begin(node))
        if node.tag == _TAG + "seq":
            return [self.make(item, (*place, number)) for number, item in enumerate(node.value)]
        if node.tag == _TAG + "map" and isinstance(node.value, list):
            return self._mapping(node, place)
        if isinstance(node.value, str):
            return self._scalar(node, place)
        self._unknown_tag(node, place)
        return None

    def _mapping(self, node: Any, place: Place) -> dict[str, Any]:
        made: dict[str, Any] = {}
        own = {id(key): key.value for key, _ in node.value if isinstance(key.value, str)}
        self._doubled(node)
        self._loader.flatten_mapping(node)
        for key, value in node.value:
            if not isinstance(key.value, str):
                self._file.faults.append(Fault(*_begin(key), "键应为文字", "a key must be a text"))
                continue
            inner = (*place, key.value)
            if id(key) in own or inner not in self._file.places:
                self._file.places[inner] = _begin(key)
            made[key.value] = self.make(value, inner)
        return made

    def _doubled(self, node: Any) -> None:
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key.value, str):
                continue
            line, column = _begin(key)
            if key.value in seen:
                zh = f"“{key.value}”写了两次（前一次在第 {seen[key.value]} 行），请只留一个"
                en = f"“{key.value}” is given twice, first on line {seen[key.value]}; keep one"
                self._file.faults.append(Fault(line, column, zh, en))
            seen.setdefault(key.value, line)

    def _scalar(self, node: Node, place: Place) -> Any:
        text: str = node.value
        if node.tag == _TAG + "null":
            return None
        if node.tag == _TAG + "bool" and text in {"true", "false"}:
            return text == "true"
        if node.tag == _TAG + "int" and len(text) <= _DIGITS and re.fullmatch(r"-?[0-9]+", text):
            return int(text)
        if node.tag not in {*_AS_TEXT, _TAG + "bool", _TAG + "int"}:
            self._unknown_tag(node, place)
        return text

    def _unknown_tag(self, node: Node, place: Place) -> None:
        tag = str(node.tag).replace(_TAG, "!!")
        self._file.add(place, f"不认识的标记 {tag}，请去掉", f"unknown tag {tag}; leave it out")


def _begin(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def wide_colons(text: str) -> list[Fault]:
    """Every line whose key is followed by a full-width colon."""
    return [
        Fault(
            number,
            match.start("colon") + 1,
            f"“{match['key']}”后面是全角冒号“：”，应为英文冒号加空格，写成“{match['key']}: ”",
            f"a full-width colon stands after “{match['key']}”; write “{match['key']}: ”",
        )
        for number, line in enumerate(text.splitlines(), 1)
        if (match := _WIDE_COLON.match(line))
    ]


def _explained(text: str, error: Any) -> Iterator[Fault]:
    """What a YAML parser has met, in plain words; every line that is indented with tabs where it has met one."""
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    lines = text.splitlines()
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    line, column = next(((m.line, m.column) for m in marks if m is not None and m.line < len(lines)), (0, 0))
    tabbed = [n for n, words in enumerate(lines) if "\t" in words[: len(words) - len(words.lstrip())]]
    if line in tabbed:
        for number in tabbed:
            zh, en = "行首用了制表符（Tab）缩进，请改用空格", "it is indented with a tab; use spaces"
            yield Fault(number + 1, 1, zh, en)
        return
    zh, en = next((said for key, said in _SAID.items() if key in problem), _OTHERWISE)
    yield Fault(line + 1, column + 1, f"YAML 写法有误：{zh}", f"bad YAML: {en}")


_ONE_DOCUMENT = (
    "只能有一份内容，请去掉分隔行“---”",
    "a file holds one document; leave out the line ---",
)
_CONTROL = ("含有不可见的控制字符，请删去", "it holds a control character; remove it")
_SAID = {
    "mapping values are not allowed": (
        "这里不能再出现冒号；文字里有冒号的请加英文引号，或检查缩进",
        "a colon cannot stand here; put a text with a colon in quotes, or see the indentation",
    ),
    "could not find expected ':'": (
        "键后面缺少冒号（英文冒号加空格）",
        "a key without its colon (colon and space)",
    ),
    "cannot start any token": (
        "这个字符不能用在开头；文字请加英文引号",
        "this character cannot begin a value; put the text in quotes",
    ),
    "did not find expected ',' or": (
        "花括号或方括号没有配对，或其中缺少英文逗号",
        "a bracket is not closed, or a comma is missing inside it",
    ),
    "did not find expected '-' indicator": (
        "列表的各项应对齐，每项以“- ”开头",
        "the items of a list must stand in one column, each after “- ”",
    ),
    "unexpected end of stream": ("引号没有配对", "a quotation mark is not closed"),
    "undefined alias": (
        "别名（*）没有定义；文字请加英文引号",
        "an alias (*) without an anchor; quote the text",
    ),
    "undefined tag": ("不认识的标记（!）；文字请加英文引号", "an unknown tag (!); quote the text"),
    "expected a single document": _ONE_DOCUMENT,
    "but found another document": _ONE_DOCUMENT,
    "not allowed": _CONTROL,
    "unknown escape": (
        "双引号里的反斜杠写法有误，请改用单引号",
        "a wrong escape in double quotes; use single quotes",
    ),
    "special characters": _CONTROL,
    "did not find expected key": (
        "这一行的缩进与上面不齐，或引号、括号没有配对",
        "this line's indentation differs from those above, or a quotation mark or bracket is not closed",
    ),
}
"""By what is in the words of libyaml, or of PyYAML where that is not installed."""
_OTHERWISE = (
    "这一行或上一行的写法不合 YAML 规则，请检查缩进、冒号、引号和括号",
    "this line or the one above is no YAML; see its indentation, colons, quotes and brackets",
)
