"""What pydantic finds wrong in a file of answers: the place as the file names it, and a sentence of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clusterform.answers import State, answer_kind
from clusterform.fields import Field
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.models import parts_of
from clusterform.nearest import hint
from clusterform.writing.answers.short_forms import HALVES, AnswerNames
from clusterform.writing.faults import named, quoted

_KEYS = ("form", "edition", "answers", "added_targets", "evidence")
_TARGET_KEYS = ("table", "direction", "indicator", "values")


def place_and_fault(
    form: FormDef, wrong: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[str | Text, Text]:
    """Where a mistake is, and what it is; `data` are those of the file, in full."""
    first, *inner = wrong["loc"]
    if wrong["type"] == "value_error" and isinstance(own := wrong["ctx"]["error"].args[0], str):
        wrong = {**wrong, "type": own}
    if not inner and wrong["type"] == "extra_forbidden":
        return quoted(first), _unknown("key", first, _KEYS)
    if not inner:
        shown = Text("answers.mapping" if first == "answers" else "answers.list")
        return str(first), Text("answers.no-tables") if wrong["type"] == "too_long" else shown
    if first != "answers":
        return _in_row(form, wrong, first, inner)
    item = form.fields.get(".".join(inner[:2]))
    if item is not None:
        return _in_answer(item, wrong, data["answers"][inner[0]][inner[1]], inner[2:])
    *part, key = inner
    if wrong["type"] == "extra_forbidden":
        return ".".join((*part, quoted(key))), AnswerNames(form).unknown(key.partition("@")[0], *part)
    return key, Text("answers.mapping-not", value=quoted(wrong["input"]))


def _in_answer(item: Field, wrong: Mapping[str, Any], answer: Any, inner: list[str]) -> tuple[str, Text]:
    """A mistake in what is given for a field: in the name of a column, in one answer, in a part of it or in what it says."""
    column = None
    if item.columns:
        if not inner:
            value = quoted(wrong["input"])
            return named(item), Text("answers.by-column-not", column=item.columns[0].key, value=value)
        column, *inner = inner
        if not inner and wrong["type"] == "extra_forbidden":
            known = [text for c in item.columns for text in (c.key, c.label)]
            return named(item), _unknown("column", column, known)
        answer = answer[column]
    kind, value, halves = wrong["type"], wrong["input"], HALVES.get(item.kind, ())
    if kind == "extra_forbidden":
        shown = (name for name, field in parts_of(answer_kind(item.kind)).items() if not field.exclude)
        fault = _unknown("part", inner[-1], sorted({*shown, *halves}))
    elif kind == "enum":
        fault = _unknown("state", value, State)
    elif kind == "literal_error" and isinstance(value, str):
        fault = _unknown("option", value, {option.key: option.label for option in item.options})
    elif kind == "tuple_type":
        fault = Text("answers.no-options", value=quoted(value))
    elif kind == "undecided":
        options = [item.option(key).label for key in answer["undecided"]]
        fault = Text("answers.undecided", options=options)
    elif kind == "disagree" or (kind != "value_error" and isinstance(value, str)):
        text = quoted(answer.get("text", ""))
        fault = Text("answers.disagree", text=text, value=quoted(answer["value"]))
    else:
        fault = _no_text(wrong)
    return named(item, next((part for part in inner if part in {*halves, "remark"}), column)), fault


def _in_row(form: FormDef, wrong: Mapping[str, Any], rows: str, inner: Sequence[Any]) -> tuple[Text, Text]:
    """A mistake in an added target or a line of the evidence list."""
    kind, value, tables = wrong["type"], wrong["input"], form.target_tables
    number, *inner = inner
    target = rows == "added_targets"
    if target and len(tables) > 1:
        inner = inner[1:]  # where models are told apart by the table, its key stands before the place
    part = "table" if kind == "union_tag_invalid" else inner[0] if inner else ""
    within = f".{part}" if part else ""
    if kind == "extra_forbidden" and len(inner) == 1:
        keys = _TARGET_KEYS if target else (*load_evidence_list().keys, "for")
        fault, within = _unknown("part", part, keys), ""
    elif kind == "extra_forbidden":
        heads = [text for key in tables for c in form.columns(key) for text in (c.key, c.label)]
        fault = _unknown("column", inner[-1], heads)
    elif part == "table":
        table = value if inner else value["table"]
        fault = _unknown("table", table, {key: t.label for key, (_, t) in tables.items()})
    elif part == "direction":
        known = {path: label for table in tables for path, label in form.directions(table).items()}
        fault = _unknown("direction", value, known)
    elif kind == "missing":
        fault = Text("answers.no-indicator")
    elif inner == ["values"]:
        fault = Text("answers.by-column")
    else:
        fault = _no_text(wrong) if inner else Text("answers.mapping-not", value=quoted(value))
    return Text("answers.entry", list=rows, number=number + 1, part=within), fault


def _no_text(wrong: Mapping[str, Any]) -> Text:
    """What is said of a text that is none, or that no file can hold."""
    if wrong["type"] != "value_error":
        return Text("answers.no-text", value=quoted(wrong["input"]))
    fault: Text = wrong["ctx"]["error"].args[0]
    return fault


def _unknown(what: str, name: Any, known: Iterable[str]) -> Text:
    """That there is no such thing, and what may have been meant: a key for a key, a label for a label."""
    if isinstance(known, Mapping) and not str(name).isascii():
        known = known.values()
    return Text(f"answers.unknown-{what}", name=quoted(name), near=hint(str(name), known))
