"""The bases of the pydantic models, of definitions and of a filled form, and how a figure and a place are written out."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer
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


STRICT = ConfigDict(extra="forbid", defer_build=True)
"""Nothing unknown; and what validates is only built where something is validated."""


class Model(BaseModel):
    """What is read or written: nothing unknown, nothing changed.

    Most runs validate nothing: definitions are kept from an earlier one, answers are made by the reader. So what
    pydantic validates with is only built on demand.
    """

    model_config = ConfigDict(frozen=True, **STRICT)


class AnswerModel:
    """The base of what is read of a form: frozen dataclasses of pydantic's, each of which is a schema.

    Rules and reports read them some six thousand times a form, and a plain class is read in a third of the time of a
    `BaseModel`.
    """

    __pydantic_config__: ClassVar = STRICT

    @classmethod
    def made(cls, **values: Any) -> Self:
        """Of values that the program itself read, taken as they are."""
        kind: Any = cls
        return _holding(cls, _defaults(kind) | values)

    def but(self, **changes: Any) -> Self:
        """The same with other values, taken as they are."""
        return _holding(type(self), vars(self) | changes)


_A = TypeVar("_A", bound=AnswerModel)


def _holding(kind: type[_A], values: dict[str, Any]) -> _A:
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", values)
    return made


@cache
def _defaults(kind: type[AnswerModel]) -> dict[str, Any]:
    return {name: field.get_default(call_default_factory=True) for name, field in parts_of(kind).items()}


def parts_of(kind: type[AnswerModel]) -> dict[str, FieldInfo]:
    """What such a schema consists of, by name."""
    parts: dict[str, FieldInfo] = vars(kind)["__pydantic_fields__"]
    return parts


def _writable(text: str) -> str:
    bad = _UNWRITABLE.search(text)
    if bad is not None:
        raise ValueError(Text("answers.control-character", code=f"U+{ord(bad[0]):04X}"))
    if len(text) > _LONGEST:
        raise ValueError(Text("answers.too-long", length=len(text)))
    return text


Written = Annotated[str, AfterValidator(_writable)]
"""A text that any Office file can hold."""


@dataclass(frozen=True)
class AnswerPlace(AnswerModel):
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
