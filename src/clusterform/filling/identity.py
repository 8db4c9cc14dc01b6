"""Whose form it is: the cluster's name and place, who reports it and who runs it, as the form's definition says where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import ABSENT, Answer, FilledForm, State
from clusterform.forms.model import IdentityDef, load_form

IdentityRow = Literal["name", "region", "department", "operator"]
_SAYS_NOTHING = frozenset({State.PLACEHOLDER, State.STAND_IN, State.NONE})


def identity_of(form: FilledForm) -> IdentityDef:
    """Where the answers stand that tell it; nowhere in what is no form, such as a summary."""
    return load_form(form.edition, form.form).identity if form.fields else IdentityDef()


def identity_answer(form: FilledForm, row: IdentityRow) -> Answer:
    """The first of its answers that has a text and is not 无."""
    told = (answer for answer in _answers(form, row) if answer.text and answer.state is not State.NONE)
    return next(told, ABSENT)


def identity_text(form: FilledForm, row: IdentityRow) -> str:
    """The first of its answers that says something; empty where none does."""
    texts = (answer.text.strip() for answer in _answers(form, row) if answer.state not in _SAYS_NOTHING)
    return next(filter(None, texts), "")


def _answers(form: FilledForm, row: IdentityRow) -> Iterator[Answer]:
    paths: tuple[str, ...] = getattr(identity_of(form), row)
    return map(form.answer, paths)
