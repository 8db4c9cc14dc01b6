"""The base of all that is read from YAML: plain frozen data, looked over by pydantic when a file is really read.

A run that finds its rules in the snapshot never imports pydantic. The classes are dataclasses without methods of
their own, as writing those for each would take longer than a check; the few below serve them all.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Never, TypeVar, cast, dataclass_transform

from clusterform.messages import InBoth, Joined
from clusterform.record import record

if TYPE_CHECKING:
    from collections.abc import Hashable

    from pydantic import TypeAdapter

T = TypeVar("T")
_PLAIN = dataclass(init=False, repr=False, eq=False, kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Definition:
    """Nothing unknown, nothing changed. `__post_init__` may raise ValueError for what types cannot say."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    _known: ClassVar[tuple[Field[Any], ...]]

    def __init_subclass__(cls) -> None:
        _PLAIN(cls)
        cls._known = fields(cls)

    def __init__(self, **values: Any) -> None:
        given = len(values)
        for item in self._known:
            if item.name in values:
                given -= 1
            elif item.default_factory is not MISSING:
                values[item.name] = item.default_factory()
            elif item.default is MISSING:
                raise TypeError(f"{type(self).__name__} needs {item.name}")
        if given:
            raise TypeError(f"{type(self).__name__} does not know all of {', '.join(values)}")
        self.__dict__.update(values)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Called by pydantic as well, which makes of a ValueError a fault at this place."""

    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, item.name) for item in self._known)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values() == self._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        shown = (f"{item.name}={getattr(self, item.name)!r}" for item in self._known)
        return f"{type(self).__name__}({', '.join(shown)})"

    def __setattr__(self, name: str, value: object) -> Never:
        raise FrozenInstanceError(f"cannot change {name}")

    def __delattr__(self, name: str) -> Never:
        raise FrozenInstanceError(f"cannot delete {name}")


_PLAIN(Definition)


class FirstThatFits:
    """Annotates a union whose members are tried from left to right: a figure before a text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return {**handler(source), "mode": "left_to_right"}


@record
class Wrong:
    """One mistake in data: where it stands, and what it is."""

    place: tuple[str | int, ...]
    text: InBoth


class MisfitError(ValueError):
    """Data that is not what a definition asks for, with every mistake; as text, in English."""

    def __init__(self, *wrong: Wrong) -> None:
        self.wrong = wrong
        self.text = Joined("join.then", (_at_its_place(w) for w in wrong))

    def __str__(self) -> str:
        return self.text.en

    @classmethod
    def of(cls, text: InBoth) -> MisfitError:
        """One mistake of the whole, for `__post_init__` to raise."""
        return cls(Wrong((), text))


def _at_its_place(wrong: Wrong) -> InBoth:
    place = ".".join(map(str, wrong.place))
    return Joined("join.colon", (place, wrong.text)) if place else wrong.text


def made_from(kind: type[T], data: Any) -> T:
    """The definition that YAML data gives; MisfitError says place and fault of every mistake."""
    from pydantic import ValidationError  # noqa: PLC0415  (not needed where the snapshot holds everything)

    try:
        made: T = _adapter(cast("Hashable", kind)).validate_python(data)
    except ValidationError as error:
        from clusterform.validation_messages import in_words  # noqa: PLC0415  (only a mistake has a need of it)

        raise MisfitError(*(wrong for e in error.errors() for wrong in in_words(kind, dict(e)))) from error
    return made


@cache
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # noqa: PLC0415  (as above)

    return TypeAdapter(cast("Any", kind))
