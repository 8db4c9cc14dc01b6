"""What pydantic says of data, in the words of who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from clusterform.definition import MisfitError, Wrong
from clusterform.messages import Text
from clusterform.nearest import with_suggestion

_BY_SORT = {
    "string": "misfit.string",
    "bool": "misfit.bool",
    "int": "misfit.int",
    "decimal": "misfit.decimal",
    "tuple": "misfit.list",
    "dict": "misfit.mapping",
    "mapping": "misfit.mapping",
    "dataclass": "misfit.mapping",
    "date": "misfit.date",
}
"""What is said of a fault, by the beginning of pydantic's own name of it."""


def in_words(kind: Any, error: dict[str, Any]) -> Iterator[Wrong]:
    """A fault that pydantic has found in data for this kind."""
    place, sort, given = tuple(error["loc"]), str(error["type"]), error["input"]
    if sort == "missing":
        yield Wrong(place, Text("misfit.missing", key=str(place[-1])))
    elif sort == "unexpected_keyword_argument":
        key = str(place[-1])
        known = _keys(_kind_at(kind, place[:-1]))
        yield Wrong(place, with_suggestion(Text("misfit.unknown", key=key), key, known))
    elif sort in {"literal_error", "enum"}:
        known = re.findall(r"'([^']*)'", str(error["ctx"].get("expected", "")))
        yield Wrong(place, with_suggestion(Text("misfit.choice", value=str(given)), str(given), known))
    elif isinstance(cause := (error.get("ctx") or {}).get("error"), MisfitError):
        yield from (Wrong((*place, *wrong.place), wrong.text) for wrong in cause.wrong)
    else:
        yield Wrong(place, _other(sort, given, str(error["msg"])))


def _other(sort: str, given: Any, problem: str) -> Text:
    key = next((key for beginning, key in _BY_SORT.items() if sort.startswith(beginning)), None)
    if key is None:
        return Text("misfit.other", problem=problem)
    wide = key == "misfit.mapping" and isinstance(given, str) and "：" in given
    return Text("misfit.wide-colon" if wide else key)


def _keys(kind: Any) -> list[str]:
    return [item.name for item in fields(kind)] if is_dataclass(kind) else []


def _kind_at(kind: Any, place: tuple[str | int, ...]) -> Any:
    """The kind of what stands at a place inside; None where that cannot be told."""
    for step in place:
        kind = _plain(kind)
        if is_dataclass(kind):
            kind = get_type_hints(kind).get(str(step))
        elif get_origin(kind) is not None and get_args(kind):
            of = get_args(kind)
            kind = of[0] if isinstance(step, int) else of[-1]
        else:
            return None
    return _plain(kind)


def _plain(kind: Any) -> Any:
    """Without what annotates it, and without None."""
    if get_origin(kind) is Annotated:
        return _plain(get_args(kind)[0])
    if get_origin(kind) in {Union, UnionType}:
        rest = [item for item in get_args(kind) if item is not type(None)]
        return _plain(rest[0]) if len(rest) == 1 else None
    return kind
