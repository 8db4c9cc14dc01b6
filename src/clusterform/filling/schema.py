"""The pydantic model of a file of answers, made from the form's definition: what `schema` publishes and `fill` accepts."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, partial
from typing import Annotated, Any, Literal, Union

from pydantic import AfterValidator, create_model
from pydantic import Field as ModelField

from clusterform.answers import (
    Answer,
    Contact,
    ContactAnswer,
    CountNames,
    CountNamesAnswer,
    ExtraTarget,
    NumberAnswer,
    State,
    TicksAnswer,
    answer_kind,
)
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import BOXES, Column, Field
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, RowDef, load_form
from clusterform.messages import Text
from clusterform.models import AnswerPlace, FormModel, Model, Written, parts_of
from clusterform.text import NONE

_HALVES: dict[type[Model], Any] = {CountNamesAnswer: CountNames, ContactAnswer: Contact}
"""Answers of two halves, and the model of these."""


def json_schema(edition: str, form: str) -> dict[str, Any]:
    """JSON Schema 2020-12 of a form's answers as `extract` writes them; UsageError where there is no such form."""
    schema = file_model(edition, form).model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def file_model(edition: str, form: str) -> type[FormModel]:
    """The model of what `extract` writes: which form it is, its answers, added target rows, evidence list."""
    name: Any = Literal[form]
    line: Any = _line_model()
    definition = load_form(edition, form)
    target: Any = _target_model(definition)
    most = None if definition.target_tables else 0
    fields: dict[str, Any] = {
        "form": (name, ...),
        "edition": (str, edition),
        "answers": _optional(_form_model(definition)),
        "added_targets": (tuple[target, ...], ModelField((), max_length=most)),
        "evidence": (tuple[Annotated[line, AfterValidator(_as_line)], ...] | None, None),
    }
    return create_model(f"{_camel(form)}File", __base__=FormModel, **fields)


def _form_model(form: FormDef) -> type[FormModel]:
    """A whole form: a field for each part, in it one for each answer, titled with the official label."""
    parts: dict[str, dict[str, Any]] = {section.key: {} for section in form.sections}
    for path, item in form.fields.items():
        key, _, name = path.partition(".")
        about = {"title": item.label, "description": item.group or None}
        parts[key][name] = _optional(_field_model(item, form.rows[path]), **about)
    made: dict[str, Any] = {}
    for section in form.sections:
        part = create_model(_camel(f"{form.form}_{section.key}"), __base__=FormModel, **parts[section.key])
        made[section.key] = _optional(part, title=section.heading or Text("section.cover").zh)
    return create_model(_camel(form.form), __base__=FormModel, __doc__=form.title, **made)


def _optional(model: Any, **about: Any) -> Any:
    """A field of a model that may be left out, and is None then."""
    return model, ModelField(default_factory=lambda: None, **about)


def _field_model(item: Field, row: RowDef) -> Any:
    """One answer, or a model with an answer for each column."""
    if item.kind in BOXES:
        boxes: Any = _boxes_model(item)
        return Annotated[boxes, AfterValidator(partial(_ticked, item))]
    kind: Any = answer_kind(item.kind)
    words: Any = _given(kind)
    answer = Annotated[words, AfterValidator(partial(_as_read, item, row))]
    return _columns_model(_camel(item.path), item.columns, answer) if item.columns else answer


def _columns_model(name: str, columns: Iterable[Column], answer: Any) -> type[FormModel]:
    fields = {column.key: _optional(answer, title=column.label) for column in columns}
    return create_model(f"{name}Columns", __base__=FormModel, **fields)


@cache
def _given(kind: type[Model]) -> type[FormModel]:
    """The model of what `extract` shows of a kind of answer, without what only the reader of a file can know."""
    fields: dict[str, Any] = {
        name: (field.annotation, field) for name, field in parts_of(kind).items() if not field.exclude
    }
    if "place" in fields:
        fields["place"] = (AnswerPlace | None, None)
    if "text" in fields:
        fields["text"] = (Written, ModelField("", description=_in_both("schema.text")))
    if kind in _HALVES:
        fields["value"] = (_given(_HALVES[kind]) | None, None)
    return create_model(kind.__name__, __base__=FormModel, __doc__=kind.__doc__, **fields)


def _in_both(key: str) -> str:
    return f"{Text(key).en} {Text(key).zh}"


def _boxes_model(item: Field) -> type[FormModel]:
    """Ticked boxes, by the keys of the group's options."""
    key: Any = Literal[tuple(option.key for option in item.options)]
    fields: dict[str, Any] = {
        "value": (tuple[key, ...], ModelField(default=(), description=_in_both("schema.ticked"))),
        "undecided": (tuple[key, ...], ()),
    }
    return create_model(f"{_camel(item.path)}Given", __base__=_given(TicksAnswer), **fields)


def _target_model(form: FormDef) -> Any:
    """A row that the county added to one of the form's target tables."""
    models: list[Any] = []
    for table in form.target_tables:
        name = _camel(f"{form.form}_{table}")
        kind: Any = Literal[table]
        direction: Any = Literal[("", *form.directions(table))]
        fields: dict[str, Any] = {
            "table": (kind, ...),
            "direction": (direction, ""),
            "indicator": (Annotated[Written, AfterValidator(_named)], ...),
            "values": _optional(_columns_model(name, form.columns(table), Written)),
        }
        models.append(create_model(f"{name}Target", __base__=FormModel, **fields))
    if not models:
        return Any  # of which a file may hold none
    whole: Any = Union[tuple(models)]  # noqa: UP007  (as many as the form has tables)
    whole = Annotated[whole, ModelField(discriminator="table")] if len(models) > 1 else whole
    return Annotated[whole, AfterValidator(_as_target)]


def _line_model() -> type[FormModel]:
    """A line of the evidence list: a text for each of its columns."""
    texts: dict[str, Any] = {
        column.key: (
            Written,
            ModelField("", description="：".join(filter(None, (column.label, column.hint)))),
        )
        for column in load_evidence_list().columns
    }
    return create_model("EvidenceLine", __base__=FormModel, **texts, place=(AnswerPlace | None, None))


def _camel(path: str) -> str:
    return "".join(part.title() for part in path.replace(".", "_").split("_"))


def _as_target(row: Any) -> ExtraTarget:
    values = {column: NumberAnswer.made(text=text) for column, text in row.values or () if text is not None}
    return ExtraTarget.made(table=row.table, direction=row.direction, indicator=row.indicator, values=values)


def _as_line(line: Any) -> EvidenceLine:
    return EvidenceLine({name: text for name, text in line if name != "place" and text})


def _named(indicator: str) -> str:
    if not indicator.strip():
        raise ValueError("missing")
    return indicator


def _as_read(item: Field, row: RowDef, given: Any) -> Answer | None:
    """An answer in words as a form's reader takes it; its value must say the same, or one of them was changed alone."""
    if not given.text.strip():
        return None
    read = convert(item, row, [Piece(given.text)])
    if None not in (given.value, read.value) and not _same(given.value, read.value):
        raise ValueError("disagree")
    return read.but(text=given.text)


def _same(given: Any, read: Any) -> bool:
    if not isinstance(given, FormModel):
        return bool(given == read)
    return all(value == getattr(read, half) for half, value in given)


def _ticked(item: Field, given: Any) -> TicksAnswer | None:
    """The options ticked, in the form's order; 无 for the whole group."""
    if given.undecided:
        raise ValueError("undecided")
    if given.state is State.NONE and not given.value and all(o.label != NONE for o in item.options):
        return TicksAnswer.made(text=NONE, state=State.NONE, value=(), remark=given.remark)
    ticked = tuple(option.key for option in item.options if option.key in given.value)
    return TicksAnswer.made(value=ticked, remark=given.remark) if ticked or given.remark.strip() else None
