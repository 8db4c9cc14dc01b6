"""Answers from a file, in the shape that `extract` prints or in shorter ones, as a filled form."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from clusterform.answers import FilledForm, sections_of
from clusterform.errors import DataError
from clusterform.fields import Field
from clusterform.filling.schema import file_model
from clusterform.forms.edition import load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Text
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.text import fold
from clusterform.writing.answers.answers_file import read_data
from clusterform.writing.answers.mistakes import told
from clusterform.writing.answers.short_forms import in_full
from clusterform.writing.faults import Faults, quoted


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
            faults.add(*told(form, wrong, data))
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

    return FilledForm.made(
        form=form.form,
        edition=form.edition.edition,
        fields=form.fields,
        sections=sections_of(form.fields, answer),
        extra_targets=given.added_targets,
        evidence=tuple(o for o in given.evidence or () if o.subject or o.title or o.code or o.file),
    )
