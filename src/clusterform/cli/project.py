"""The project file: clusterform.toml, or [tool.clusterform] of a pyproject.toml, found upward from the working directory.

It sets what the options of check and batch set; an option on the command line goes before it. One that lies among what
is checked came with it, perhaps from whoever filled in the forms: it is never obeyed unless --config names it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from clusterform.cli.options import OPTIONS, CommandOption, Takes, chinese_names
from clusterform.errors import DataError, refusal
from clusterform.messages import Joined, Text
from clusterform.nearest import suggestion
from clusterform.patterns import pattern

NAME, SHARED = "clusterform.toml", "pyproject.toml"
_MARK = b"tool.clusterform"
_PLACE = pattern(r"\(at line (\d+), column (\d+)\)")
"""Where a fault is, in the reader's words."""
_LARGEST = 1 << 20
"""Bytes; no settings need as many."""


class _Material(NamedTuple):
    """The folders of what is checked: with all below them, and those of files named one by one by themselves."""

    folders: tuple[Path, ...]
    own: tuple[Path, ...]

    def holds(self, folder: Path) -> bool:
        return folder in self.own or any(folder.is_relative_to(top) for top in self.folders)


def _material(paths: Iterable[Path]) -> _Material:
    """A link is both where it stands and where it leads."""
    folders, own = [], []
    for path in paths:
        if _is_folder(path):
            folders.append(_real(path))
        else:
            own += [_real(path.parent), _real(path).parent]
    return _Material(tuple(folders), tuple(own))


def project_file(paths: Iterable[Path]) -> Path | None:
    """The nearest project file at or above the working directory, but for those that lie in what is checked."""
    try:
        here = _real(Path.cwd())
    except OSError:  # the working directory is gone
        return None
    material: _Material | None = None
    for level, folder in enumerate([here, *here.parents]):
        found = _in(folder, _is_meant)
        if found is None:
            continue
        material = material or _material(paths)
        if not material.holds(folder):
            return Path(*[os.pardir] * level, found.name)
    return None


def is_material(file: Path, paths: Iterable[Path]) -> bool:
    """Whether a file lies in what is checked."""
    material = _material(paths)
    return any(material.holds(folder) for folder in (_real(file.parent), _real(file).parent))


def passed_over(paths: Iterable[Path], obeyed: Path | None) -> list[Path]:
    """The project files that lie in what is checked, each once, without the one that --config names."""
    known = set() if obeyed is None else {_real(obeyed)}
    found: dict[Path, Path] = {}
    for folder in _folders(paths):
        file = _in(folder, _looks_meant)
        if file is not None and _real(file) not in known:
            found.setdefault(_real(file), file)
    return list(found.values())


def _folders(paths: Iterable[Path]) -> Iterator[Path]:
    """Every folder that is checked, and that of every file; links to folders are not followed."""
    for path in paths:
        if not _is_folder(path):
            yield path.parent
            continue
        for top, inner, _ in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            yield Path(top)


def _real(path: Path) -> Path:
    """Where a path leads; of links that lead in a circle as far as they do, where pathlib would break off."""
    return Path(os.path.realpath(path))


def _is_folder(path: Path) -> bool:
    """No name is too odd to be asked; whether it can be checked is told later."""
    return os.path.isdir(path)  # noqa: PTH112  (as said)


def _in(folder: Path, meant: Callable[[Path], bool]) -> Path | None:
    """The project file of one folder; `meant` tells whether one that belongs to another program is ours too."""
    own, shared = folder / NAME, folder / SHARED
    if _is_file(own):
        return own
    return shared if _is_file(shared) and meant(shared) else None


def _is_file(path: Path) -> bool:
    """Whether it is a plain file; a folder closed to us has none, a pipe or a device may have no end."""
    return os.path.isfile(path)  # noqa: PTH113  (pathlib would raise)


def _looks_meant(file: Path) -> bool:
    """Whether it names us, without reading more than its letters: it may come from anybody."""
    try:
        return _MARK in _bytes(file)
    except (DataError, OSError):  # its own program's affair
        return False


def _is_meant(file: Path) -> bool:
    """Whether it has a table for us, or is wrong where one would stand, which is told when it is read."""
    try:
        tool = _parsed(_bytes(file), file).get("tool", {})
        return not isinstance(tool, dict) or "clusterform" in tool
    except DataError:
        return _looks_meant(file)
    except OSError:
        return False


def settings_of(file: Path) -> dict[str, list[str]]:
    """By the name of the option that each key sets, what would be typed behind it; DataError names file and fault."""
    try:
        data = _parsed(_bytes(file), file)
    except OSError as error:
        raise DataError("settings.unreadable", file=file, reason=refusal(error)) from error
    if file.name == SHARED:
        tool = data.get("tool")
        own = tool.get("clusterform") if isinstance(tool, dict) else None
        if not isinstance(own, dict):
            raise DataError("settings.no-table", file=file)
        data = own
    found = ((key, _typed(file, key, value)) for key, value in data.items())
    return {key: typed for key, typed in found if typed is not None}


def line_of(file: Path, key: str) -> int | None:
    """The line of a project file that sets the key, counted from 1; None where it cannot be told."""
    lines = _bytes(file).decode("utf-8-sig").splitlines()
    keys = (line.partition("=")[0].strip().strip("\"'") for line in lines)
    return next((number for number, found in enumerate(keys, 1) if found == key), None)


def _typed(file: Path, key: str, value: Any) -> list[str] | None:
    """What stands behind the option on a command line that says the same; None where it would not be given."""
    option = _KEYS.get(key)
    if option is None:
        near = suggestion(key, _KEYS) or Text("nearest.known", names=tuple(_KEYS))
        unknown = Joined("join.hint", (_shown(key), near))
        raise DataError("settings.unknown-key", file=file.name, key=unknown)
    kind = option.takes.value[1]
    if not _is(value, kind):
        shown = _shown(repr(value))
        raise DataError(
            "settings.other-type", file=file.name, key=key, value=shown, type=Text(f"type.{kind.__name__}")
        )
    if option.takes is Takes.NOTHING:
        return None if value is option.default else [""]
    if option.takes in {Takes.PATH, Takes.RULES}:  # meant from where the file stands
        return [str(file.parent / item) for item in ([value] if isinstance(value, str) else value)]
    if option.takes is Takes.CODES:
        return [",".join(value)]
    return [f"{code}={level}" for code, level in value.items()] if isinstance(value, dict) else [str(value)]


def _shown(text: str) -> str:
    """What stands there, as far as it says what is meant, and nothing that a terminal acts on."""
    return "".join(char if char.isprintable() else "?" for char in text[:_SHOWN])


def _bytes(file: Path) -> bytes:
    """The file, where it is a plain one of a size that settings may have; OSError where it cannot be read."""
    if not _is_file(file):
        key = "path.not-file" if file.exists() else "path.missing"
        raise DataError("settings.no-file", file=file, reason=Text(key))
    with file.open("rb") as stream:
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise DataError("settings.too-large", file=file)
    return data


def _parsed(data: bytes, file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError("settings.encoding", file=file.name) from error
    except RecursionError as error:
        raise DataError("settings.too-deep", file=file.name) from error
    except ValueError as error:
        where = _PLACE.search(str(error))
        at = Text("settings.place", line=where[1], column=where[2]) if where else Text("settings.at-end")
        raise DataError("settings.toml", file=file.name, place=at) from error


def _is(value: Any, kind: type) -> bool:
    """Whether a value is of its key's type; lists and tables hold texts, and no text holds what no name can."""
    if isinstance(value, bool) or not isinstance(value, kind):
        return kind is bool and isinstance(value, bool)
    if isinstance(value, int):
        return 0 < value <= _MOST
    texts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return all(isinstance(text, str) and "\0" not in text for text in texts)


_SHOWN = 60
"""Characters of a wrong value that are told."""
_MOST = 1_000_000
"""The largest whole number that any key has a use for."""


_KEYS = {option.name: option for option in OPTIONS if option.in_file}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the project file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": NAME,
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {"description": o.help, **_shape(o)} for name, o in _KEYS.items()},
    }


def _shape(option: CommandOption) -> dict[str, Any]:
    if option.known:
        return {"enum": [name for key in option.known for name in (key, *chinese_names().get(key, ()))]}
    if option.takes is Takes.NUMBER:
        return {"type": "integer", "minimum": 1, "maximum": _MOST}
    return _SHAPES[option.takes.value[1]]


_SHAPES: dict[type, dict[str, Any]] = {
    bool: {"type": "boolean"},
    str: {"type": "string"},
    list: {"type": "array", "items": {"type": "string"}},
    dict: {"type": "object", "additionalProperties": {"type": "string"}},
}
