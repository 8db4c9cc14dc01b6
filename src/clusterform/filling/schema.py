"""The pydantic model of each part, made from the form's definition, and the JSON Schema of a form's answers."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer, create_model
from pydantic import Field as ModelField

from clusterform.fields import BOXES, Field, Kind
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form

Number = Annotated[Decimal, PlainSerializer(str, return_type=str, when_used="json")]
"""A figure with the digits it was written with: a string in JSON, so that no reader makes a float of it."""
StateName = Literal["filled", "blank", "none", "stand_in", "placeholder", "unreadable", "no_value", "absent"]


class Model(BaseModel):
    """Answers: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(Model):
    """Where an answer stands; counts from 1."""

    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    ref: str | None = None


class Given(Model):
    """An answer of running text, a name, a date, a telephone."""

    text: str = ModelField("", description="As the form shows it. 表中所写。")
    state: StateName = "filled"
    place: Place | None = None


class TextGiven(Given):
    """Text as it stands."""

    value: str | None = None


class NumberGiven(Given):
    """A figure."""

    value: Number | None = None


class Person(Model):
    """A person and telephone numbers."""

    person: str = ""
    phone: str = ""


class ContactGiven(Given):
    """A person and telephone numbers in one line."""

    value: Person | None = None


class Named(Model):
    """数量 and 名称."""

    count: Number | None = None
    names: str = ""


class CountNamesGiven(Given):
    """数量 and 名称 as one answer."""

    value: Named | None = None


class TargetRow(Model):
    """A row that the county added to a target table: the texts by column."""

    table: str
    direction: str
    indicator: str
    values: dict[str, str]


def _line_model() -> type[Model]:
    """A line of the evidence list: a text for each of its columns."""
    texts: dict[str, Any] = {
        column.key: (str, ModelField("", description="：".join(filter(None, (column.label, column.hint)))))
        for column in load_evidence_list().columns
    }
    return create_model("EvidenceLine", __base__=Model, **texts, place=(Place | None, None))


def _group_model(item: Field) -> type[Given]:
    """Ticked boxes, by the keys of the group's options."""
    key: Any = Literal[tuple(option.key for option in item.options)]
    fields: dict[str, Any] = {
        "value": (tuple[key, ...], ModelField(default=(), description="Ticked. 勾选的选项。")),
        "undecided": (tuple[key, ...], ()),
        "remark": (str, ""),
    }
    return create_model(f"{_camel(item.path)}Given", __base__=Given, **fields)


_PLAIN: dict[Kind, type[Given]] = {
    Kind.DECIMAL: NumberGiven,
    Kind.COUNT: NumberGiven,
    Kind.TARGET: NumberGiven,
    Kind.CONTACT: ContactGiven,
    Kind.COUNT_NAMES: CountNamesGiven,
}


def _field_model(item: Field) -> type[BaseModel]:
    """One answer, or a model with an answer for each column."""
    grouped = item.kind in BOXES
    answer = _group_model(item) if grouped else _PLAIN.get(item.kind, TextGiven)
    if not item.columns:
        return answer
    columns: dict[str, Any] = {
        f"column_{number}": (
            answer,
            ModelField(default=answer(state="blank"), alias=column.key, title=column.label),
        )
        for number, column in enumerate(item.columns)
    }
    return create_model(f"{_camel(item.path)}Columns", __base__=Model, **columns)


def _camel(path: str) -> str:
    return "".join(part.title() for part in path.replace(".", "_").split("_"))


@cache
def form_model(edition: str, form: str) -> type[BaseModel]:
    """The model of a whole form: a field for each part, in it one for each answer, titled with the official label."""
    definition = load_form(edition, form)
    parts: dict[str, Any] = {
        section.key: (section_model(definition, section.key), ModelField(title=section.heading or "封面"))
        for section in definition.sections
    }
    return create_model(_camel(form), __base__=Model, __doc__=definition.title, **parts)


def section_model(definition: FormDef, key: str) -> type[BaseModel]:
    """The model of one part."""
    fields: dict[str, Any] = {}
    for path, item in definition.fields.items():
        section, _, name = path.partition(".")
        if section == key:
            fields[name] = (_field_model(item), ModelField(title=item.label, description=item.group or None))
    return create_model(f"{_camel(definition.form)}{_camel(key)}", __base__=Model, **fields)


@cache
def file_model(edition: str, form: str) -> type[BaseModel]:
    """The model of what `extract` writes: which form it is, its answers, added target rows, evidence list."""
    name: Any = Literal[form]
    line: Any = _line_model()
    fields: dict[str, Any] = {
        "form": (name, ...),
        "edition": (str, edition),
        "answers": (form_model(edition, form), ...),
        "added_targets": (tuple[TargetRow, ...], ()),
        "evidence": (tuple[line, ...] | None, None),
    }
    return create_model(f"{_camel(form)}File", __base__=Model, **fields)


def json_schema(edition: str, form: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a form's answers as `extract` writes them; UsageError where there is no such form."""
    schema = file_model(edition, form).model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
