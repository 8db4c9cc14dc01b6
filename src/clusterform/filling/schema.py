"""The pydantic model of each part, made from the form's definition, and the JSON Schema of a form's answers."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, create_model
from pydantic import Field as ModelField

from clusterform.answers import Answer, ExtraTarget, State, TicksAnswer, answer_kind
from clusterform.fields import BOXES, Field
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form
from clusterform.models import AnswerPlace, Model


def _line_model() -> type[Model]:
    """A line of the evidence list: a text for each of its columns."""
    texts: dict[str, Any] = {
        column.key: (str, ModelField("", description="：".join(filter(None, (column.label, column.hint)))))
        for column in load_evidence_list().columns
    }
    return create_model("EvidenceLine", __base__=Model, **texts, place=(AnswerPlace | None, None))


def _group_model(item: Field) -> type[Answer]:
    """Ticked boxes, by the keys of the group's options."""
    key: Any = Literal[tuple(option.key for option in item.options)]
    fields: dict[str, Any] = {
        "value": (tuple[key, ...], ModelField(default=(), description="Ticked. 勾选的选项。")),
        "undecided": (tuple[key, ...], ()),
        "remark": (str, ""),
    }
    return create_model(f"{_camel(item.path)}Given", __base__=TicksAnswer, **fields)


def _field_model(item: Field) -> type[BaseModel]:
    """One answer, or a model with an answer for each column."""
    grouped = item.kind in BOXES
    answer = _group_model(item) if grouped else answer_kind(item.kind)
    if not item.columns:
        return answer
    columns: dict[str, Any] = {
        f"column_{number}": (
            answer,
            ModelField(default=answer(state=State.BLANK), alias=column.key, title=column.label),
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
        "added_targets": (tuple[ExtraTarget, ...], ()),
        "evidence": (tuple[line, ...] | None, None),
    }
    return create_model(f"{_camel(form)}File", __base__=Model, **fields)


def json_schema(edition: str, form: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a form's answers as `extract` writes them; UsageError where there is no such form."""
    schema = file_model(edition, form).model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
