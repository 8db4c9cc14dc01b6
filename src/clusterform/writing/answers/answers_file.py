"""A file of answers, JSON or YAML, as plain data: numbers stay the text they were written with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Never

from clusterform.errors import DataError, UsageError, refusal
from clusterform.yaml_file import plain_yaml

_LARGEST = 20_000_000
"""Bytes: a hundred times the answers of a full form."""


def read_data(path: Path) -> Any:
    """The file's data. UsageError where it cannot be opened, DataError with the line where it is not right."""
    try:
        if path.exists() and not path.is_file():
            raise UsageError("answers.no-file", path=path)
        if path.stat().st_size > _LARGEST:
            raise DataError("answers.too-big", name=path.name)
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError("answers.missing", path=path) from error
    except OSError as error:
        raise UsageError("answers.refused", path=path, reason=refusal(error)) from error
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise DataError("answers.document", name=path.name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("answers.no-utf8", name=path.name) from error
    try:
        return _json(text, path.name) if _is_json(path, text) else plain_yaml(text, path.name)
    except RecursionError as error:
        raise DataError("answers.too-deep", name=path.name) from error


def _is_json(path: Path, text: str) -> bool:
    """YAML has mappings in braces too: only its own ending makes them YAML."""
    return text.lstrip()[:1] in {"{", "["} and path.suffix.lower() not in {".yaml", ".yml"}


def _json(text: str, name: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in items:
            if key in made:
                raise DataError("answers.twice-in-json", name=name, key=key)
            made[key] = value
        return made

    def refuse(word: str) -> Never:
        raise DataError("answers.no-answer", name=name, word=word)

    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=refuse
        )
    except json.JSONDecodeError as error:
        raise DataError(
            "answers.bad-json", name=name, line=error.lineno, column=error.colno, fault=error.msg
        ) from error
