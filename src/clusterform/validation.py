"""Data held against a pydantic model, and what is wrong with it in the words of who wrote the file."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeVar, Union, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from clusterform.errors import BilingualError
from clusterform.messages import InBoth, Joined, Text
from clusterform.nearest import with_suggestion

T = TypeVar("T")
_BY_SORT = {
    "string": "misfit.string",
    "bool": "misfit.bool",
    "int": "misfit.int",
    "decimal": "misfit.decimal",
    "finite": "misfit.decimal",
    "tuple": "misfit.list",
    "dict": "misfit.mapping",
    "mapping": "misfit.mapping",
    "model": "misfit.mapping",
    "dataclass": "misfit.mapping",
    "date": "misfit.date",
}
"""What is said of a fault, by the beginning of pydantic's own name of it."""


class Wrong(NamedTuple):
    """One mistake in data: where it stands, and what it is."""

    place: tuple[str | int, ...]
    text: InBoth
    offset: int | None = None
    """Of a mistake inside a text that stands there: the number of characters before it."""

    def under(self, *place: str | int) -> Wrong:
        """The same, seen from further up."""
        return self._replace(place=(*place, *self.place))


class MisfitError(BilingualError, ValueError):
    """Data that is not what a model asks for, with every mistake."""

    def __init__(self, *wrong: Wrong) -> None:
        self.wrong = wrong
        self.text = Joined("join.then", (_at_its_place(w) for w in wrong))

    @classmethod
    def of(cls, text: InBoth) -> MisfitError:
        """One mistake of the whole, for `__post_init__` to raise."""
        return cls(Wrong((), text))


def _at_its_place(wrong: Wrong) -> InBoth:
    place = ".".join(map(str, wrong.place))
    return Joined("join.colon", (place, wrong.text)) if place else wrong.text


def made_from(kind: type[T], data: Any) -> T:
    """The model that YAML data gives; MisfitError says place and fault of every mistake."""
    try:
        made: T = _adapter(cast("Hashable", kind)).validate_python(data)
    except ValidationError as error:
        raise MisfitError(*(wrong for e in error.errors() for wrong in _in_words(kind, dict(e)))) from error
    return made


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", kind))


def _in_words(kind: Any, error: dict[str, Any]) -> Iterator[Wrong]:
    """A fault that pydantic has found in data for this kind."""
    place, sort, given = tuple(error["loc"]), str(error["type"]), error["input"]
    if sort == "missing":
        yield Wrong(place, Text("misfit.missing", key=str(place[-1])))
    elif sort in {"extra_forbidden", "unexpected_keyword_argument"}:
        key = str(place[-1])
        known = list(_parts(_kind_at(kind, place[:-1])) or ())
        yield Wrong(place, with_suggestion(Text("misfit.unknown", key=key), key, known))
    elif sort in {"literal_error", "enum"}:
        known = re.findall(r"'([^']*)'", str(error["ctx"].get("expected", "")))
        yield Wrong(place, with_suggestion(Text("misfit.choice", value=str(given)), str(given), known))
    elif isinstance(cause := (error.get("ctx") or {}).get("error"), MisfitError):
        yield from (wrong.under(*place) for wrong in cause.wrong)
    else:
        yield Wrong(place, _other(sort, given, str(error["msg"])))


def _other(sort: str, given: Any, problem: str) -> Text:
    key = next((key for beginning, key in _BY_SORT.items() if sort.startswith(beginning)), None)
    if key is None:
        return Text("misfit.other", problem=problem)
    wide = key == "misfit.mapping" and isinstance(given, str) and "：" in given
    return Text("misfit.wide-colon" if wide else key)


def _parts(kind: Any) -> Mapping[str, FieldInfo] | None:
    """What a model or a dataclass of pydantic's consists of, by name; None where it is neither."""
    parts: Mapping[str, FieldInfo] | None = getattr(kind, "__pydantic_fields__", None)
    return parts


def _kind_at(kind: Any, place: tuple[str | int, ...]) -> Any:
    """The kind of what stands at a place inside; None where that cannot be told."""
    for step in place:
        kind = _plain(kind)
        if (parts := _parts(kind)) is not None:
            item = parts.get(str(step))
            kind = None if item is None else item.annotation
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
