"""Frozen records: what `dataclass(frozen=True, slots=True)` makes, in a quarter of the time.

A command starts with more than a hundred such classes, and writing six methods for each takes longer than reading a
form: with dataclass's own a check of one file, as a process, takes a fifth more. Here only `__init__` is written for each; the rest is the same for all. `dataclasses.fields`, `replace` and
`asdict` take records as they take any dataclass.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, Never, TypeVar, dataclass_transform

T = TypeVar("T")
_PLAIN = dataclass(init=False, repr=False, eq=False, slots=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """The class as a frozen record with slots: compared, hashed, shown and pickled by its values."""
    made: Any = _PLAIN(cls)
    found = fields(made)
    made.__init__ = _init(made, found)
    made.record_values = _values(found)
    made.__eq__, made.__hash__, made.__repr__, made.__reduce__ = _eq, _hash, _repr, _reduce
    made.__setattr__ = made.__delattr__ = _refuse
    kind: type[T] = made
    return kind


def _init(cls: type[Any], found: tuple[Field[Any], ...]) -> Any:
    """Written out, as a loop over the fields takes three times as long at every instance; each slot by its own setter."""
    given: dict[str, Any] = {"_missing": MISSING}
    heads, lines = [], []
    for item in found:
        name = value = item.name
        if item.default_factory is not MISSING:
            given[f"_{name}"] = item.default_factory
            heads.append(f"{name}=_missing")
            value = f"_{name}() if {name} is _missing else {name}"
        elif item.default is not MISSING:
            given[f"_{name}"] = item.default
            heads.append(f"{name}=_{name}")
        else:
            heads.append(name)
        given[f"_set_{name}"] = getattr(cls, name).__set__
        lines.append(f" _set_{name}(self, {value})")
    text = f"def __init__(self, {', '.join(heads)}):\n" + "\n".join(lines or [" pass"])
    exec(text, given)  # noqa: S102  (built from the names of a class's fields, as dataclass does it)
    made = given["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _values(found: tuple[Field[Any], ...]) -> Any:
    """A function from a record to the tuple of its values."""
    names = [item.name for item in found]
    if len(names) > 1:
        return staticmethod(attrgetter(*names))
    return staticmethod(lambda item: tuple(getattr(item, name) for name in names))


def _eq(self: Any, other: Any) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return self.record_values(self) == other.record_values(other)


def _hash(self: Any) -> int:
    return hash(self.record_values(self))


def _repr(self: Any) -> str:
    shown = (f"{item.name}={getattr(self, item.name)!r}" for item in fields(self))
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), self.record_values(self)


def _refuse(self: Any, name: str, value: object = None) -> Never:  # noqa: ARG001  (python's signature)
    raise FrozenInstanceError(f"a {type(self).__name__} cannot change its {name}")
