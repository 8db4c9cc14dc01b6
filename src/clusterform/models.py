"""The bases of the pydantic models, of definitions and of a filled form, and how a figure and a place are written out."""

from dataclasses import FrozenInstanceError
from decimal import Decimal
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self, TypeVar, dataclass_transform, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer, TypeAdapter
from pydantic.dataclasses import dataclass
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema

from clusterform.figures import Figure
from clusterform.finding import Location
from clusterform.messages import Text
from clusterform.patterns import pattern

_UNWRITABLE = pattern("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no Office file can hold (XML 1.0, 2.2)."""
_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""


class AsIs:
    """Annotates what the program itself made: pydantic does not look it over."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return {"type": "any"}


class _BuiltSerializer:
    """What pydantic dumps an instance with, made when it is first asked for."""

    def __get__(self, instance: object, kind: Any) -> Any:
        return vars(built(kind))["__pydantic_serializer__"]


_UNTIL_BUILT = ("__init__", "__pydantic_serializer__")
"""What makes a class a dataclass of pydantic's when it is asked for, and gives way to pydantic's own."""
_STRICT = ConfigDict(extra="forbid")
"""Nothing unknown."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class Model:
    """What is read or written: nothing unknown, nothing changed. A class's annotated attributes are its schema.

    Most runs validate nothing: definitions are kept from an earlier one, answers are made by the reader. So a class
    becomes a dataclass of pydantic's only when something of it is validated, dumped or described. A hundred of them at
    every start took a tenth of it; and rules and reports read answers and parameters some ten thousand times a form,
    in a third of the time that an attribute of a `BaseModel` takes.
    """

    __pydantic_serializer__ = _BuiltSerializer()
    attributes: ClassVar[tuple[str, ...]] = ()
    """Their names."""
    own_defaults: ClassVar[dict[str, Any]] = {}
    """As the class itself gives them. Kept apart: what stands in the class as well is read of an instance more slowly."""

    def __init_subclass__(cls) -> None:
        own = [name for name, kind in get_annotations(cls).items() if not _of_the_class(kind)]
        cls.attributes = tuple(dict.fromkeys((*cls.attributes, *own)))
        cls.own_defaults = {name: vars(cls)[name] for name in own if name in vars(cls)}
        _leave_out(cls)
        for name in _UNTIL_BUILT:
            setattr(cls, name, vars(Model)[name])  # a class that it stands on may be built already

    if not TYPE_CHECKING:

        def __init__(self, **values: Any) -> None:
            built(type(self)).__init__(self, **values)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        built(cls)
        return handler(source)

    @classmethod
    def made(cls, **values: Any) -> Self:
        """Of values that the program itself read, taken as they are."""
        kind: Any = cls
        return _holding(cls, _defaults(kind) | values)

    def but(self, **changes: Any) -> Self:
        """The same with other values, taken as they are."""
        return _holding(type(self), self.as_dict() | changes)

    def as_dict(self) -> dict[str, Any]:
        """Its attributes by name, those inside as they are."""
        return {name: getattr(self, name) for name in self.attributes}

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Model) and type(self) is type(other) and self.as_dict() == other.as_dict()
        )

    def __hash__(self) -> int:
        return hash((type(self), *self.as_dict().values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.as_dict().items())})"

    def __setattr__(self, name: str, value: object) -> None:
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete field {name!r}")


_M = TypeVar("_M", bound=Model)


def _of_the_class(kind: Any) -> bool:
    """Whether an annotation is of an attribute that the instances share."""
    return get_origin(kind) is ClassVar or (isinstance(kind, str) and kind.startswith("ClassVar"))


@cache
def _defaults(kind: Any) -> dict[str, Any]:
    """Those of the class and of what it stands on, as values."""
    bases = [base for base in reversed(kind.__mro__) if issubclass(base, Model)]
    given = {name: default for base in bases for name, default in base.own_defaults.items()}
    fields = {name: default for name, default in given.items() if isinstance(default, FieldInfo)}
    values = {n: f.get_default(call_default_factory=True) for n, f in fields.items() if not f.is_required()}
    return {name: default for name, default in given.items() if name not in fields} | values


def _leave_out(kind: type[Model]) -> None:
    """The defaults out of the class."""
    for name in kind.attributes:
        if name in vars(kind):
            delattr(kind, name)


def _holding(kind: type[_M], values: dict[str, Any]) -> _M:
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", values)
    return made


def built(kind: type[_M]) -> type[_M]:
    """The class, and those it stands on, as dataclasses of pydantic's; once for each."""
    for base in reversed(kind.__mro__):
        if issubclass(base, Model) and base is not Model and "__pydantic_fields__" not in vars(base):
            for name, given in base.own_defaults.items():
                setattr(base, name, given)
            dataclass(base, kw_only=True, eq=False, repr=False, config=_STRICT)
            _leave_out(base)
    return kind


def parts_of(kind: type[Model]) -> dict[str, FieldInfo]:
    """What such a schema consists of, by name."""
    parts: dict[str, FieldInfo] = vars(built(kind))["__pydantic_fields__"]
    return parts


def json_schema_of(kind: type[Model]) -> dict[str, Any]:
    """Its JSON Schema, definitions under `$defs`."""
    return TypeAdapter(kind).json_schema()


def json_of(value: Model) -> Any:
    """All that it holds as plain data."""
    return TypeAdapter(type(value)).dump_python(value, mode="json")


class FormModel(BaseModel):
    """A filled form, its parts, and a file of answers: what has pydantic's own methods to dump and to validate with."""

    model_config = ConfigDict(frozen=True, defer_build=True, **_STRICT)


def _writable(text: str) -> str:
    bad = _UNWRITABLE.search(text)
    if bad is not None:
        raise ValueError(Text("answers.control-character", code=f"U+{ord(bad[0]):04X}"))
    if len(text) > _LONGEST:
        raise ValueError(Text("answers.too-long", length=len(text)))
    return text


Written = Annotated[str, AfterValidator(_writable)]
"""A text that any Office file can hold."""


class AnswerPlace(Model):
    """Where an answer stands; counts from 1."""

    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    ref: str | None = None


def written_place(location: Location) -> AnswerPlace | None:
    """The place as it is written out; None where there is none."""
    table, row, cell, sheet, ref = location[1:]
    found = any(part is not None for part in location[1:])
    return AnswerPlace.made(table=table, row=row, cell=cell, sheet=sheet, ref=ref) if found else None


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


Digits = Annotated[str, Field(pattern=r"^[+-]?[0-9]*\.?[0-9]+([Ee][+-]?[0-9]+)?$")]
"""How a figure is written in JSON."""
Number = Annotated[Decimal | None, PlainSerializer(_digits, return_type=Digits | None, when_used="json")]
"""A figure with the digits it was written with: a string in JSON, so that no reader makes a float of it."""
PrintedFigure = Annotated[SkipJsonSchema[Figure | None], AsIs()]
"""The same with its printed places, as rules compute with it."""
AnswerLocation = Annotated[Location, AsIs(), PlainSerializer(written_place, return_type=AnswerPlace | None)]
"""Where an answer stands."""
