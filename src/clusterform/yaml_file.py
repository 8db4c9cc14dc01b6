"""YAML as data files need it: strict, with the line of each mistake, and every scalar kept as it was written."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.errors import DataError
from clusterform.patterns import pattern

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from yaml import MappingNode


_DEEPEST = 50


@cache
def strict_loader() -> Any:
    """Refuses duplicate keys; reads 012, 12:30, no and dates as the text they are (true and false stay booleans)."""
    import yaml  # noqa: PLC0415  (not needed where the snapshot holds everything)

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast
    strict: Any = type("StrictLoader", (base,), {"yaml_implicit_resolvers": _resolvers()})
    strict.add_constructor("tag:yaml.org,2002:map", lambda loader, node: _mapping(loader, node, deep=True))
    return strict


def _resolvers() -> dict[str, list[tuple[str, Any]]]:
    """Only true/false, null and plain decimal integers are more than text."""
    bools, nulls = pattern(r"^(?:true|false)$"), pattern(r"^(?:null|~|)$")
    ints, merge = pattern(r"^(?:0|-?[1-9][0-9]*)$"), pattern(r"^(?:<<)$")
    table: dict[str, list[tuple[str, Any]]] = {c: [("tag:yaml.org,2002:bool", bools)] for c in "tf"}
    for c in ("~", "n", ""):
        table.setdefault(c, []).append(("tag:yaml.org,2002:null", nulls))
    for c in "-0123456789":
        table.setdefault(c, []).append(("tag:yaml.org,2002:int", ints))
    table["<"] = [("tag:yaml.org,2002:merge", merge)]
    return table


def _mapping(loader: Any, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
    from yaml.constructor import ConstructorError  # noqa: PLC0415  (loaded already)

    loader.flatten_mapping(node)
    result: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in result:
            raise ConstructorError(None, None, f"duplicate key {key!r}", key_node.start_mark)
        result[key] = loader.construct_object(value_node, deep=deep)
    return result


def parse_yaml(text: str, name: str) -> Any:
    """The data of a YAML text; DataError with the line where it is not right."""
    import yaml  # noqa: PLC0415  (as above)

    try:
        return yaml.load(text, Loader=strict_loader())  # noqa: S506  (a SafeLoader's subclass)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or str(error)
        raise DataError("yaml.bad", line=line, problem=problem, file=name) from error


def yaml_depth(text: str) -> int:
    """How deep a text is nested, so far as it is YAML; counted no further than a little past what is let pass."""
    import yaml  # noqa: PLC0415  (as above)

    depth = deepest = 0
    for event in yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > 2 * _DEEPEST:
            break
    return deepest


def read_yaml(path: Traversable | Path) -> Any:
    """The data of a YAML file in UTF-8, with or without a byte order mark."""
    if isinstance(path, Path) and path.exists() and not path.is_file():
        raise DataError("yaml.no-file", file=path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError("yaml.unreadable", file=path.name, fault=error) from error
    return parse_yaml(text, path.name)
