"""The answers of one filled form, as plain texts by path, and the changes that a case makes to them."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from clusterform.yaml_file import read_yaml

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(slots=True)
class Filled:
    """What a county writes: texts by path or path@column, ticked options, the evidence list."""

    texts: dict[str, str] = field(default_factory=dict)
    ticks: dict[str, list[str]] = field(default_factory=dict)
    evidence: list[dict[str, str]] = field(default_factory=list)
    """Lines with `for` (对应栏目), `title` and `pages`."""

    def text(self, path: str, column: str | None = None) -> str:
        """The text in one place; empty where nothing is written."""
        return self.texts.get(f"{path}@{column}" if column else path, "")


@cache
def _read(path: Path) -> Any:
    return read_yaml(path)


def read_answers(path: Path) -> Filled:
    """The answers of a YAML file under examples/."""
    data = _read(path)
    filled = Filled(evidence=[{k: str(v) for k, v in line.items()} for line in data["evidence"]])
    for name, value in data["answers"].items():
        write_answer(filled, name, value)
    return filled


def write_answer(filled: Filled, name: str, value: Any) -> None:
    """Puts one answer down: a text, a mapping by column, or a list of ticked options."""
    if isinstance(value, list):
        filled.ticks[name] = [str(key) for key in value]
    elif isinstance(value, Mapping):
        for column, text in value.items():
            filled.texts[f"{name}@{column}"] = str(text)
    else:
        filled.texts[name] = "" if value is None else str(value)


def clean(form: str) -> Filled:
    """Answers in which every figure agrees with every other; a fresh copy each time."""
    return deepcopy(read_answers(EXAMPLES / f"answers-{form}.yaml"))


def change(filled: Filled, changes: Mapping[str, Any]) -> None:
    """Makes the changes of a case that concern the answers: set, tick, untick, length, evidence."""
    for name, value in changes.get("set", {}).items():
        if not isinstance(value, Mapping | list) and name not in filled.texts:
            _known(filled, name)
        write_answer(filled, name, value)
    for path, keys in changes.get("tick", {}).items():
        filled.ticks[path] = [*filled.ticks.get(path, []), *map(str, keys)]
    for path, keys in changes.get("untick", {}).items():
        for key in keys:
            filled.ticks[path].remove(str(key))
    for path, length in changes.get("length", {}).items():
        text = filled.texts[path]
        filled.texts[path] = (text * (length // max(len(text), 1) + 1))[:length]
    evidence = changes.get("evidence", {})
    for subject in evidence.get("remove", []):
        kept = [line for line in filled.evidence if line["for"] != subject]
        if len(kept) == len(filled.evidence):
            raise KeyError(f"no evidence line for {subject}")
        filled.evidence = kept
    filled.evidence += [{"pages": "99", **line} for line in evidence.get("add", [])]
    if evidence.get("none"):
        filled.evidence = []


def _known(filled: Filled, name: str) -> None:
    """A misspelt path in a case must not pass for a blank answer."""
    path, _, column = name.partition("@")
    if column == "remark" and path in filled.ticks:
        return
    raise KeyError(f"{name} is no answer of the clean form")
