"""The words of rules/words.yaml: how people name things in a form, beside it and around it. Code knows them by name."""

from __future__ import annotations

import re
from functools import cache

from clusterform.data_files import rules_file
from clusterform.snapshot import kept

_NAME = r"\{([a-z]+(?:\.[a-z_]+)?)\}"
"""Where a regular expression takes a word or a choice of words: {numerals}, {evidence.totals}."""


@kept
def _table() -> dict[str, str | tuple[str, ...]]:
    """The table by room and name. It is read without `yaml_file`, whose own expressions may have words in them."""
    import yaml

    data = yaml.load(rules_file("words.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506  (texts and nothing else)
    found: dict[str, str | tuple[str, ...]] = {}
    for room, names in data.items():
        named = (
            {f"{room}.{name}": value for name, value in names.items()}
            if isinstance(names, dict)
            else {room: names}
        )
        found.update(
            (name, tuple(value) if isinstance(value, list) else value) for name, value in named.items()
        )
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of the table."""
    return tuple(_table()[name])


@cache
def word(name: str) -> str:
    """A text of the table."""
    return str(_table()[name])


def lists_of(room: str) -> dict[str, tuple[str, ...]]:
    """The lists of one room by their names in it."""
    return {name.partition(".")[2]: words(name) for name in _table() if name.startswith(f"{room}.")}


def written_out(expression: str) -> str:
    """The expression with the table's words in place of their names: a list is a choice, a text stands as it is."""

    def piece(name: re.Match[str]) -> str:
        found = _table()[name[1]]
        return found if isinstance(found, str) else f"(?:{'|'.join(map(re.escape, found))})"

    return re.sub(_NAME, piece, expression)
