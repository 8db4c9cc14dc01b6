"""The project file: clusterform.toml, or [tool.clusterform] of a pyproject.toml, found upward from the checked path.

It sets what the options of check and batch set; an option on the command line goes before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from clusterform.errors import DataError

NAME, SHARED = "clusterform.toml", "pyproject.toml"
_MARK = b"tool.clusterform"


def project_file(path: Path) -> Path | None:
    """The nearest project file at or above a file or folder."""
    start = path.absolute()
    for folder in [start, *start.parents] if start.is_dir() else list(start.parents):
        own, shared = folder / NAME, folder / SHARED
        if own.is_file():
            return own
        if shared.is_file() and _MARK in shared.read_bytes():
            return shared
    return None


def settings_of(file: Path) -> dict[str, Any]:
    """What the file sets, by the names of check's parameters; DataError names file and fault."""
    import tomllib  # noqa: PLC0415  (few projects have such a file)

    try:
        data = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise DataError(f"{file.name} 有误：{error}", f"{file.name}: {error}") from error
    if file.name == SHARED:
        data = data.get("tool", {}).get("clusterform", {})
    found: dict[str, Any] = {}
    for key, value in data.items():
        take = _KEYS.get(key)
        if take is None:
            known = "、".join(_KEYS)
            raise DataError(
                f"{file.name}：不认识的项 {key}。可用：{known}。",
                f"{file.name}: unknown key {key}. Known: {', '.join(_KEYS)}.",
            )
        name, kind, made = take
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise DataError(
                f"{file.name}：{key} 的值 {value!r} 类型不对，应为 {_SAID[kind][0]}。",
                f"{file.name}: {key} must be {_SAID[kind][1]}, not {value!r}.",
            )
        found[name] = made(value, file.parent)
    return found


def of_use(found: Mapping[str, Any], *, folder: bool, useless: Callable[[str], bool]) -> dict[str, Any]:
    """Without what this run has no use for: a project's settings serve a single form and a folder alike."""
    only_folders = {"province", "jobs", "timeout", "no_cache", "no_progress"}
    return {
        name: value
        for name, value in found.items()
        if (folder or name not in only_folders) and not useless(name)
    }


def _as_is(value: Any, _: Path) -> Any:
    return value


def _beside(value: str, folder: Path) -> str:
    """A path of the file's own is meant from where the file stands."""
    return str(folder / value)


def _all_beside(value: list[str], folder: Path) -> list[str]:
    return [str(folder / item) for item in value]


def _codes(value: list[str], _: Path) -> str:
    return ",".join(map(str, value))


def _levels(value: dict[str, str], _: Path) -> list[str]:
    return [f"{code}={level}" for code, level in value.items()]


def _not(value: bool, _: Path) -> bool:
    return not value


_KEYS: dict[str, tuple[str, type, Callable[[Any, Path], Any]]] = {
    "format": ("output_format", str, _as_is),
    "rules": ("rules", list, _all_beside),
    "select": ("select", list, _codes),
    "ignore": ("ignore", list, _codes),
    "severity": ("severity", dict, _levels),
    "edition": ("edition", str, _as_is),
    "region": ("region", str, _as_is),
    "province": ("province", str, _as_is),
    "evidence": ("evidence", str, _beside),
    "reference": ("reference", str, _beside),
    "blank": ("blank", str, _beside),
    "lang": ("lang", str, _as_is),
    "fail-on": ("fail_on", str, _as_is),
    "quiet": ("quiet", bool, _as_is),
    "statistics": ("statistics", bool, _as_is),
    "check-list": ("check_list", bool, _as_is),
    "jobs": ("jobs", int, _as_is),
    "timeout": ("timeout", int, _as_is),
    "progress": ("no_progress", bool, _not),
    "cache": ("no_cache", bool, _not),
}
"""Of each key the parameter it sets, the type of its value in TOML, and how the parameter's value is made of it."""
_SAID = {
    str: ("文字", "a text"),
    list: ("列表", "a list"),
    dict: ("键值表", "a table"),
    bool: ("true 或 false", "true or false"),
    int: ("整数", "a whole number"),
}
