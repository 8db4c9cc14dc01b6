"""A file of answers, JSON or YAML, as plain data: numbers stay the text they were written with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Never

from clusterform.errors import DataError, UsageError, refusal
from clusterform.marked_yaml import plain_yaml

_LARGEST = 20_000_000
"""Bytes: a hundred times the answers of a full form."""
_SAVE = "请另存为 UTF-8 编码的 .json 或 .yaml 文件。"


def read_data(path: Path) -> Any:
    """The file's data. UsageError where it cannot be opened, DataError with the line where it is not right."""
    try:
        if path.exists() and not path.is_file():
            raise UsageError(f"{path} 不是普通文件。", f"{path} is no file.")
        if path.stat().st_size > _LARGEST:
            raise DataError(f"{path.name}：文件过大，不是答案文件。", f"{path.name} is too big for answers.")
        raw = path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        zh = f"找不到文件：{path}" if missing else f"无法读取 {path}：{refusal(error)}。"
        en = f"No such file: {path}" if missing else f"{path} cannot be read: {error.strerror}"
        raise UsageError(zh, en) from error
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise DataError(
            f"{path.name} 是表格文件，不是答案文件。请先用 clusterform extract 读出答案。",
            f"{path.name} is a document, not a file of answers; run clusterform extract on it first.",
        )
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} 不是 UTF-8 编码。{_SAVE}", f"{path.name} is not in UTF-8.") from error
    return _parsed(text, path.name)


def _parsed(text: str, name: str) -> Any:
    try:
        return (
            _json(text, name)
            if text.lstrip()[:1] in {"{", "["} and _is_json(name)
            else plain_yaml(text, name)
        )
    except RecursionError as error:
        raise DataError(f"{name}：内容嵌套过深。", f"{name} is nested too deep.") from error


def _is_json(name: str) -> bool:
    """YAML has mappings in braces too: only its own ending makes them YAML."""
    return not name.lower().endswith((".yaml", ".yml"))


def _json(text: str, name: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in items:
            if key in made:
                raise DataError(f"{name}：“{key}”写了两次。", f"{name}: “{key}” is given twice.")
            made[key] = value
        return made

    def refuse(word: str) -> Never:
        raise DataError(f"{name}：{word} 不是可以填写的内容。", f"{name}: {word} is no answer.")

    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=refuse
        )
    except json.JSONDecodeError as error:
        raise DataError(
            f"{name} 第 {error.lineno} 行第 {error.colno} 列：JSON 写法有误（{error.msg}）。",
            f"{name}, line {error.lineno}, column {error.colno}: bad JSON ({error.msg}).",
        ) from error
