"""The bases of the pydantic models, of definitions and of a filled form, and how a figure and a place are written out."""

from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.json_schema import SkipJsonSchema

from clusterform.figures import Figure
from clusterform.finding import Location
from clusterform.messages import Text
from clusterform.patterns import pattern

_put = object.__setattr__
_UNWRITABLE = pattern("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no Office file can hold (XML 1.0, 2.2)."""
_LONGEST = 32_767
"""Characters that a cell of Excel can hold."""


class AsIs:
    """Annotates what the program itself made: pydantic does not look it over."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> dict[str, Any]:
        return {"type": "any"}


class Model(BaseModel):
    """What is read or written: nothing unknown, nothing changed.

    Most runs validate nothing: definitions are kept from an earlier one, answers are made by the reader. So what
    pydantic validates with is only built on demand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class AnswerModel(Model):
    """A part of a filled form."""

    _defaults: ClassVar[dict[str, Any]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        fields = cls.model_fields.items()
        cls._defaults = {name: field.get_default(call_default_factory=True) for name, field in fields}

    @classmethod
    def made(cls, **values: Any) -> Self:
        """Of values that the program itself read, taken as they are: `model_construct` in a quarter of its time."""
        return _holding(cls.__new__(cls), cls._defaults | values, None)

    @classmethod
    def made_with(cls, extra: dict[str, Any] | None, **values: Any) -> Self:
        """The same, with what the model holds beside its fields."""
        return _holding(cls.__new__(cls), cls._defaults | values, extra)


_M = TypeVar("_M", bound=Model)


def _holding(made: _M, values: dict[str, Any], extra: dict[str, Any] | None) -> _M:
    """A model just born, with what it holds."""
    _put(made, "__dict__", values)
    _put(made, "__pydantic_fields_set__", set())
    _put(made, "__pydantic_extra__", extra)
    _put(made, "__pydantic_private__", None)
    return made


def _writable(text: str) -> str:
    bad = _UNWRITABLE.search(text)
    if bad is not None:
        raise ValueError(Text("answers.control-character", code=f"U+{ord(bad[0]):04X}"))
    if len(text) > _LONGEST:
        raise ValueError(Text("answers.too-long", length=len(text)))
    return text


Written = Annotated[str, AfterValidator(_writable)]
"""A text that any Office file can hold."""


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
