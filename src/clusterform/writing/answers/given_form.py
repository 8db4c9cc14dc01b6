"""Answers from a file, in the shape that `extract` prints or in shorter ones, as a filled form.

The file is JSON or YAML; numbers stay the text they were written with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any, Never

from pydantic import ValidationError

from clusterform.answers import FilledForm, answers_of
from clusterform.errors import DataError, UsageError, refusal
from clusterform.fields import Field
from clusterform.filling.schema import file_model
from clusterform.forms.edition import load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Text
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.text import fold
from clusterform.writing.answers.mistakes import place_and_fault
from clusterform.writing.answers.short_forms import in_full
from clusterform.writing.faults import Faults, quoted
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
            faults.add(*place_and_fault(form, wrong, data))
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
