"""An edition of the notice: its years, quota and deadline, from rules/editions/<year>/edition.yaml.

One that extends another holds only what changes: its files are laid over the other's, key by key.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from clusterform.data_files import rules_file
from clusterform.errors import DataError, UsageError
from clusterform.messages import Text
from clusterform.models import Model
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.validation import MisfitError, made_from
from clusterform.yaml_file import read_yaml

_IDENTITY = ("key", "code", "form")
"""What an item of a list is known by, the first of these that it has."""
_BEHIND = "behind"
"""In a change: the item of the list that a new one stands behind; else it is the last."""
_ROLE = pattern(r"\{(\w+)(?:\[(\d+)\])?\}")


def lineage(edition: str) -> tuple[str, ...]:
    """The edition and those that it extends, the first of them first."""
    found = [edition]
    while extended := _own(found[0], "edition.yaml").get("extends"):
        if str(extended) in found or not rules_file("editions", str(extended), "edition.yaml").is_file():
            raise DataError("edition.extends", extended=extended, edition=found[0])
        found.insert(0, str(extended))
    return tuple(found)


def layered(edition: str, *path: str) -> Any:
    """The data of an edition's file over that of the edition it extends; empty where neither has it."""
    data: Any = {}
    for name in lineage(edition):
        data = merged(data, _own(name, *path))
    return data


def files_in(edition: str, folder: str) -> Iterator[tuple[str, str]]:
    """The YAML files of a folder: edition and name, those of what is extended first."""
    for name in lineage(edition):
        place = rules_file("editions", name, folder)
        files = sorted(file.name for file in place.iterdir()) if place.is_dir() else []
        yield from ((name, file) for file in files if file.endswith(".yaml"))


def _own(edition: str, *path: str) -> Any:
    file = rules_file("editions", edition, *path)
    data = read_yaml(file) if file.is_file() else {}
    if not isinstance(data, dict):
        where = "/".join(path)
        raise DataError("yaml.no-mapping", file=where)
    return data


def merged(base: Any, change: Any) -> Any:
    """The base with a change: a mapping changes what it names, in a list of items by their keys; `~` takes away."""
    if not isinstance(change, dict):
        return change
    if isinstance(base, list):
        return _changed_items(base, change)
    whole = dict(base) if isinstance(base, dict) else {}
    for key, value in change.items():
        if value is None:
            whole.pop(key, None)
        else:
            whole[key] = merged(whole.get(key), value)
    return whole


def _changed_items(base: list[Any], change: Mapping[str, Any]) -> list[Any]:
    items = {_name(item): item for item in base}
    for key, value in change.items():
        if value is None:
            del items[_known(key, items)]
        elif key in items:
            items[key] = merged(items[key], value)
        else:
            given = dict(value)
            behind = given.pop(_BEHIND, None)
            identity = next((name for item in base for name in _IDENTITY if name in item), _IDENTITY[0])
            pairs = list(items.items())
            place = len(pairs) if behind is None else list(items).index(_known(behind, items)) + 1
            items = dict([*pairs[:place], (key, {identity: key, **given}), *pairs[place:]])
    return list(items.values())


def _known(key: str, items: Mapping[str, Any]) -> str:
    if key not in items:
        raise DataError("edition.nothing-to-change", key=key, known=tuple(items))
    return key


def _name(item: Any) -> str:
    return str(next((item[name] for name in _IDENTITY if name in item), "")) if isinstance(item, dict) else ""


def with_years(data: Any, years: Mapping[str, Any], *, known_only: bool = False) -> Any:
    """The data with {reported[0]}, {baseline} … filled in everywhere; MisfitError for a role that is none.

    `known_only`: other names in braces stay as they are, as the facts of a message.
    """
    if isinstance(data, str):
        return _ROLE.sub(lambda found: _year(found, years, known_only=known_only), data)
    if isinstance(data, dict):
        return {key: with_years(value, years, known_only=known_only) for key, value in data.items()}
    if isinstance(data, list):
        return [with_years(item, years, known_only=known_only) for item in data]
    return data


def _year(found: re.Match[str], years: Mapping[str, Any], *, known_only: bool) -> str:
    role, number = found.groups()
    value = years.get(role)
    if number is not None and isinstance(value, list | tuple) and int(number) < len(value):
        return str(value[int(number)])
    if number is None and isinstance(value, int | str):
        return str(value)
    if known_only and number is None:
        return found[0]
    raise MisfitError.of(Text("definition.no-role", role=found[0], known=tuple(years)))


class Years(Model):
    """The years that fields and rules name by their role."""

    reported: tuple[int, ...]
    """The years the form reports, oldest first."""
    baseline: int
    target: int
    stages: tuple[int, ...]
    """The years of 阶段性目标."""
    reviewed_baseline: int
    reviewed_target: int


class Quota(Model):
    province: int
    plan_city_or_corps: int


class Edition(Model):
    edition: str
    extends: str = ""
    """The edition of which it holds only what changes."""
    notice: str
    title: str
    years: Years
    quota: Quota
    deadline: date
    limits: str
    """The file under rules/limits that holds the thresholds."""
    forms: tuple[str, ...]
    """By the names of the files in forms/."""

    @cached_property
    def roles(self) -> dict[str, Any]:
        """What texts may name in braces: the years by their role, the edition and its notice."""
        return {
            **self.years.as_dict(),
            "year_before": self.years.reported[0] - 1,
            "edition": self.edition,
            "notice": self.notice,
        }


@kept
def edition_names() -> tuple[str, ...]:
    """The editions shipped, oldest first."""
    folders = rules_file("editions").iterdir()
    return tuple(sorted(e.name for e in folders if (e / "edition.yaml").is_file()))


def newest_edition() -> str:
    """The edition of the notice in force."""
    return edition_names()[-1]


def editions_meant(edition: str | None) -> tuple[str, ...]:
    return edition_names() if edition is None else (edition,)


@kept
def load_edition(name: str) -> Edition:
    """One edition; UsageError where there is no such edition."""
    if name not in edition_names():
        known = "、".join(edition_names())
        raise UsageError("edition.unknown", name=name, known=known)
    try:
        data: dict[str, Any] = layered(name, "edition.yaml")
        forms = dict.fromkeys(file.removesuffix(".yaml") for _, file in files_in(name, "forms"))
        roles = {**data.get("years", {}), "edition": data.get("edition", "")}
        return made_from(Edition, {"forms": list(forms), **data, "title": with_years(data["title"], roles)})
    except (LookupError, ValueError) as error:
        raise DataError("edition.wrong", edition=name, fault=error) from error
