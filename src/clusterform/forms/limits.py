"""Thresholds by name, from rules/limits/<name>.yaml or a province's own file that extends one of those."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from clusterform.checks.reader import Limit
from clusterform.data_files import rules_file
from clusterform.definition import Definition, made_from
from clusterform.errors import DataError
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

WORDS = ("at_least", "more_than", "at_most", "less_than")


class Source(Definition):
    """Where a threshold is written."""

    document: str
    clause: str = ""


class LimitDef(Definition):
    """One threshold as a file gives it; exactly one of the four words is its key for the value."""

    word: Literal["at_least", "more_than", "at_most", "less_than"]
    value: Decimal
    unit: str
    certainty: Literal["confirmed", "inferred"]
    """Inferred: no clause says it; such a limit can only warn."""
    source: Source


def _with_word(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with the key of its value named; ValueError where that is not plain."""
    used = [word for word in WORDS if word in data]
    if len(used) != 1:
        raise ValueError(f"needs exactly one of {', '.join(WORDS)}")
    value = data[used[0]]
    if not isinstance(value, str) or not re.fullmatch(r"-?[0-9]+(?:\.[0-9]+)?", value):
        raise ValueError(f'{used[0]}: {value!r} is no figure; write it as "70" or "0.5"')
    rest = {key: item for key, item in data.items() if key not in WORDS}
    return {**rest, "word": used[0], "value": Decimal(value)}


class _File:
    """One file of limits, before anything is merged."""

    def __init__(self, path: Traversable | Path, base: str | None = None) -> None:
        """`base`: the file is a rule file whose caller has settled what it extends and what else it may hold."""
        self.path = path
        data = read_yaml(path)
        if not isinstance(data, dict) or not isinstance(data.get("limits"), dict):
            raise self.wrong("", "缺少 limits", "it has no mapping `limits`")
        for key in (
            sorted(str(k) for k in data.keys() - {"extends", "source", "limits"}) if base is None else ()
        ):
            raise self.wrong(key, f"不认识的项 {key}", f"unknown key {key}; known: extends, source, limits")
        self.base: str | None = base or data.get("extends")
        self.limits: dict[str, dict[str, Any]] = {}
        for key, limit in data["limits"].items():
            if not isinstance(limit, dict):
                raise self.wrong(
                    str(key), f"{key} 应为键值对", f'{key} must be a mapping such as {{at_least: "20"}}'
                )
            self.limits[key] = {"source": data["source"], **limit} if "source" in data else limit

    def wrong(self, key: str, zh: str, en: str) -> DataError:
        """The error, with the line on which the key first stands."""
        text = self.path.read_bytes().decode("utf-8-sig")
        found = re.search(rf"^[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*:", text, re.MULTILINE) if key else None
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        return DataError(f"{self.path.name} 第 {line} 行：{zh}。", f"{self.path.name}, line {line}: {en}.")

    def over(self, base: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        """The base's limits with this file's on top, key by key; a word of its own replaces the base's."""
        merged = dict(base)
        for name, limit in self.limits.items():
            kept = merged.get(name, {})
            if any(word in limit for word in WORDS):
                kept = {key: value for key, value in kept.items() if key not in WORDS}
            merged[name] = {**kept, **limit}
        return merged


def read_limits(path: Traversable | Path, over: str | None = None) -> Mapping[str, LimitDef]:
    """The limits of a file by name, over those of the file it extends; DataError says file and line.

    `over`: the shipped limits that a rule file's own `limits` change.
    """
    file = _File(path, over)
    base: dict[str, dict[str, Any]] = {}
    if file.base is not None:
        base = _base(file).limits
    return {name: _limit(file, name, data, base) for name, data in file.over(base).items()}


def _base(file: _File) -> _File:
    """The shipped file that this one extends; one level deep."""
    path = rules_file("limits", f"{file.base}.yaml")
    if not path.is_file():
        known = ", ".join(limit_names())
        zh, en = (
            f"没有名为 {file.base} 的阈值文件，可用：{known}",
            f"there are no limits {file.base}; known: {known}",
        )
        raise file.wrong("extends", zh, en)
    base = _File(path)
    if base.base is not None:
        zh = f"{file.base} 本身又引用 {base.base}；extends 只能有一层"
        en = f"{file.base} itself extends {base.base}; extends is one level deep"
        raise file.wrong("extends", zh, en)
    return base


def _limit(file: _File, name: str, data: dict[str, Any], base: Mapping[str, Any]) -> LimitDef:
    try:
        return made_from(LimitDef, _with_word(data))
    except ValueError as error:
        faults = str(error)
    if base and name not in base:
        faults += f" ({file.base} has no limit {name} to change; it has {', '.join(base)})"
    raise file.wrong(name, f"{name} 有误：{faults}", f"{name}: {faults}")


def limit_names() -> list[str]:
    """The files of limits shipped."""
    folder = rules_file("limits")
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


def as_limits(definitions: Mapping[str, LimitDef]) -> Mapping[str, Limit]:
    """The limits as checks read them."""
    return {
        name: Limit(name, item.word, item.value, item.unit, certain=item.certainty == "confirmed")
        for name, item in definitions.items()
    }


@kept
def load_limits(name: str) -> Mapping[str, Limit]:
    """The shipped limits of that name, such as an edition's `limits`; DataError where there are none."""
    if name not in limit_names():
        known = "、".join(limit_names())
        raise DataError(
            f"没有名为 {name} 的阈值文件。可用：{known}。", f"There are no limits {name}. Known: {known}."
        )
    return as_limits(read_limits(rules_file("limits", f"{name}.yaml")))
