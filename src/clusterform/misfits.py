"""What pydantic says of data, in the words of who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from clusterform.definition import MisfitError, Wrong
from clusterform.nearest import suggestion

_SAID = {
    "string": ("应为文字；数字等请加英文引号", "must be a text; put figures in quotes"),
    "bool": ("应为 true 或 false", "must be true or false"),
    "int": ("应为整数", "must be a whole number"),
    "decimal": ("应为数字", "must be a number"),
    "tuple": ("应为列表，如 [甲, 乙]", "must be a list, such as [a, b]"),
    "dict": ("应为键值对，写成“名称: 内容”", "must be a mapping of keys and values"),
    "mapping": ("应为键值对，写成“名称: 内容”", "must be a mapping of keys and values"),
    "dataclass": ("应为键值对，写成“名称: 内容”", "must be a mapping of keys and values"),
    "date": ("应为日期，如 2025-07-15", "must be a date such as 2025-07-15"),
}
"""By the beginning of pydantic's own name of a fault."""


def in_words(kind: Any, error: dict[str, Any]) -> Iterator[Wrong]:
    """A fault that pydantic has found in data for this kind."""
    place, sort = tuple(error["loc"]), str(error["type"])
    if sort == "missing":
        yield Wrong(place, f"缺少 {place[-1]}", f"{place[-1]} is missing")
    elif sort == "unexpected_keyword_argument":
        zh, en = suggestion(str(place[-1]), _keys(_kind_at(kind, place[:-1])))
        yield Wrong(
            place,
            "，".join(filter(None, (f"不认识的项 {place[-1]}", zh))),
            "; ".join(filter(None, ("Extra inputs are not permitted", en))),
        )
    elif sort in {"literal_error", "enum"}:
        zh, en = suggestion(
            str(error["input"]), re.findall(r"'([^']*)'", str(error["ctx"].get("expected", "")))
        )
        yield Wrong(
            place, f"不能是“{error['input']}”，{zh}", f"cannot be “{error['input']}”; {en}".rstrip("; ")
        )
    elif isinstance(cause := (error.get("ctx") or {}).get("error"), MisfitError):
        yield from (Wrong((*place, *wrong.place), wrong.zh, wrong.en) for wrong in cause.wrong)
    else:
        yield Wrong(place, *_other(sort, error))


def _other(sort: str, error: dict[str, Any]) -> tuple[str, str]:
    given = error["input"]
    zh, en = next(
        (said for name, said in _SAID.items() if sort.startswith(name)), ("写法不对", str(error["msg"]))
    )
    if isinstance(given, str) and "：" in given and en == _SAID["dict"][1]:
        return (
            "应为键值对：冒号是全角的“：”，请改用英文冒号加空格",
            "must be a mapping; its colon is a full-width one, write “: ”",
        )
    return zh, en


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
