"""Answers from a file, in the shape that `extract` prints or in shorter ones, as a filled form.

The file is JSON or YAML; numbers stay the text they were written with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any, Never

from pydantic import ValidationError

from clusterform.answers import FilledForm, State, answer_kind, answers_of
from clusterform.errors import DataError, UsageError, refusal
from clusterform.fields import Field
from clusterform.filling.schema import file_model
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Text
from clusterform.models import parts_of
from clusterform.nearest import hint
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.text import fold
from clusterform.writing.answers.short_forms import HALVES, AnswerNames, in_full
from clusterform.writing.faults import Faults, named, quoted
from clusterform.yaml_file import plain_yaml


def read_answers(path: Path, edition: str) -> FilledForm:
    """The answers of a file; `edition` where it names none. DataError names every field that is wrong."""
    return given_form(read_data(path), path.name, edition)


def given_form(data: Any, name: str, edition: str) -> FilledForm:
    """The answers in the data of a file called `name`, as a form that holds nothing else."""
    try:
        data = _as_text(data)
    except RecursionError as error:
        raise DataError("answers.too-deep", name=name) from error
    if not isinstance(data, Mapping):
        raise DataError("answers.no-mapping", name=name)
    form, faults = _form(data, name, edition), Faults(name)
    data = in_full(data, form, faults)
    try:
        given = file_model(form.edition.edition, form.form).model_validate(data)
    except ValidationError as error:
        for wrong in error.errors(include_url=False):
            faults.add(*_place_and_fault(form, wrong, data))
    faults.settle()
    return _filled(form, given)


def _as_text(data: Any) -> Any:
    """The data with every figure as the text it is, and every text as its reader sees it."""
    if isinstance(data, Mapping):
        return {str(key): _as_text(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_as_text(value) for value in data]
    if isinstance(data, int | Decimal) and not isinstance(data, bool):
        return str(data)
    return visible_text(data.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(data, str) else data


def _form(data: Mapping[str, Any], name: str, edition: str) -> FormDef:
    """The form the file names, by its key or its official title."""
    year = str(data.get("edition") or edition)
    forms = [load_form(year, key) for key in load_edition(year).forms]
    wanted = data.get("form")
    for form in forms:
        if isinstance(wanted, str) and (wanted == form.form or fold(wanted) == fold(form.title)):
            return form
    if wanted is None:
        keys = [form.form for form in forms]
        raise DataError("answers.no-form", name=name, first=keys[0], known=keys)
    known = [Text("answers.form", key=form.form, title=form.title) for form in forms]
    raise DataError("answers.unknown-form", name=name, form=quoted(wanted), known=known)


def _filled(form: FormDef, given: Any) -> FilledForm:
    """The form with these answers; what is blank is none."""

    def answer(item: Field, column: str | None) -> Any:
        keys = (*item.path.split("."), *([column] if column else []))
        return reduce(lambda found, key: getattr(found, key, None), keys, given.answers)

    return FilledForm.model_construct(
        form=form.form,
        edition=form.edition.edition,
        fields=form.fields,
        answers=answers_of(form.fields, answer),
        extra_targets=given.added_targets,
        evidence=tuple(o for o in given.evidence or () if o.subject or o.title or o.code or o.file),
    )


_KEYS = ("form", "edition", "answers", "added_targets", "evidence")
_TARGET_KEYS = ("table", "direction", "indicator", "values")


def _place_and_fault(
    form: FormDef, wrong: Mapping[str, Any], data: Mapping[str, Any]
) -> tuple[str | Text, Text]:
    """Where pydantic finds a mistake, as the file names it, and what it is; `data` are those of the file, in full."""
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


_LARGEST = 20_000_000
"""Bytes: a hundred times the answers of a full form."""


def read_data(path: Path) -> Any:
    """The file's data. UsageError where it cannot be opened, DataError with the line where it is not right."""
    try:
        if path.exists() and not path.is_file():
            raise UsageError("answers.no-file", path=path)
        if path.stat().st_size > _LARGEST:
            raise DataError("answers.too-big", name=path.name)
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError("answers.missing", path=path) from error
    except OSError as error:
        raise UsageError("answers.refused", path=path, reason=refusal(error)) from error
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise DataError("answers.document", name=path.name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError("answers.no-utf8", name=path.name) from error
    try:
        return _json(text, path.name) if _is_json(path, text) else plain_yaml(text, path.name)
    except RecursionError as error:
        raise DataError("answers.too-deep", name=path.name) from error


def _is_json(path: Path, text: str) -> bool:
    """YAML has mappings in braces too: only its own ending makes them YAML."""
    return text.lstrip()[:1] in {"{", "["} and path.suffix.lower() not in {".yaml", ".yml"}


def _json(text: str, name: str) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in items:
            if key in made:
                raise DataError("answers.twice-in-json", name=name, key=key)
            made[key] = value
        return made

    def refuse(word: str) -> Never:
        raise DataError("answers.no-answer", name=name, word=word)

    try:
        return json.loads(
            text, object_pairs_hook=pairs, parse_float=str, parse_int=str, parse_constant=refuse
        )
    except json.JSONDecodeError as error:
        raise DataError(
            "answers.bad-json", name=name, line=error.lineno, column=error.colno, fault=error.msg
        ) from error
