"""What is wrong with a file of answers: every mistake at once, each with the name of its field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from decimal import Decimal, InvalidOperation
from typing import Any

from clusterform.answers import Answer, Contact, CountNames
from clusterform.errors import DataError
from clusterform.fields import Field
from clusterform.nearest import suggestion

_TOLD = 10
"""Mistakes that one message lists."""
_SHOWN = 40
"""Characters of a text that a message quotes."""


WRONG = (
    "答案文件 {name} 有 {count} 处错误，没有写出任何文件：",
    "Mistakes in {name}: {count}; nothing was written:",
)
UNFIT = (
    "{name} 有 {count} 处答案不能填入这张空白表，没有写出任何文件：",
    "Answers of {name} that cannot be filled into this blank: {count}; nothing was written:",
)
"""The answers themselves are right, and it is the blank form that they do not fit."""
FILLED = (
    "这张表不是空白表，已有 {count} 处填过，没有写出任何文件；请换一张没有填过的，或先清空：",
    "The blank form is filled already, in {count} places; nothing was written. Use one that is not, or clear these:",
)


@dataclass(slots=True)
class Faults:
    """Mistakes found so far in one file."""

    name: str
    heading: tuple[str, str] = WRONG
    """What all of them have in common; it takes {name} and {count}."""
    found: list[tuple[str, str]] = data_field(default_factory=list)

    def add(self, place: str, zh: str, en: str) -> None:
        """A mistake; `place` names the field."""
        self.found.append((f"{place}：{zh}", f"{place}: {en}"))

    def settle(self) -> None:
        """DataError that lists them, where there is any."""
        if not self.found:
            return
        count = len(self.found)
        zh, en = ([words.format(name=self.name, count=count)] for words in self.heading)
        for chinese, english in self.found[:_TOLD]:
            zh.append(f"  {chinese}")
            en.append(f"  {english}")
        if (more := count - _TOLD) > 0:
            zh.append(f"  另有 {more} 处")
            en.append(f"  and {more} more")
        raise DataError("\n".join(zh), "\n".join(en))


def meant(word: str, known: Iterable[str]) -> tuple[str, str]:
    """The names that may have been meant, in both languages; empty where none is near."""
    near = suggestion(word, known)
    return ("", "") if near is None else (near.zh, near.en)


def quoted(text: object) -> str:
    """A value as a message shows it, cut short."""
    words = str(text).replace("\n", " ")
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def named(item: Field, column: str | None) -> str:
    """A field as messages name it: its path and its official label."""
    place = f"{item.path}@{column}" if column else item.path
    return f"{place}（{quoted(item.label)}）"


def says(read: Answer, value: Any) -> bool:
    """Whether a text was read as this extracted value."""
    found = read.value
    if isinstance(found, Decimal):
        return _decimal(value) == found
    if isinstance(found, CountNames):
        count = value.get("count") if isinstance(value, Mapping) else None
        same = count is None if found.count is None else _decimal(count) == found.count
        return isinstance(value, Mapping) and same and value.get("names") == found.names
    if isinstance(found, Contact):
        return isinstance(value, Mapping) and dict(value) == {"person": found.person, "phone": found.phone}
    return found is None or str(value) == found


def _decimal(value: Any) -> Decimal | None:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None
