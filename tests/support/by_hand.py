"""Answers as a test writes them down, and forms made of them: each in the model that its field's kind of answer has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from clusterform.answers import (
    Answer,
    Contact,
    CountNames,
    FilledForm,
    NumberAnswer,
    State,
    TicksAnswer,
    answer_kind,
    answers_of,
    number_answer,
)
from clusterform.fields import Address, Field
from clusterform.figures import Figure
from clusterform.finding import NOWHERE, Location


class Ticks(NamedTuple):
    """The options of a group."""

    ticked: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    remark: str = ""
    boxes: Mapping[str, Location] = {}


class Written(NamedTuple):
    """What stands in one place, whatever the kind of its field."""

    text: str
    state: State = State.FILLED
    value: Figure | CountNames | Ticks | Contact | str | None = None
    flaws: tuple[str, ...] = ()


def typed(field: Field, written: Written) -> Answer:
    """The answer to that field; a value of another kind than it asks for is none."""
    text, state, value, flaws = written
    kind = answer_kind(field.kind)
    if kind is NumberAnswer:
        return number_answer(text, state, value if isinstance(value, Figure) else None, NOWHERE, flaws)
    if isinstance(value, Ticks):
        ticked, undecided, remark, boxes = value
        return TicksAnswer(
            text=text, state=state, value=ticked, undecided=undecided, remark=remark, boxes=boxes
        )
    wanted = {"ContactAnswer": Contact, "CountNamesAnswer": CountNames, "TextAnswer": str}.get(kind.__name__)
    fits = wanted is not None and isinstance(value, wanted)
    return kind(text=text, state=state, value=value if fits else None, flaws=flaws)


def form_of(
    form: str, fields: Mapping[str, Field], answers: Mapping[Address, Written | Answer], **more: Any
) -> FilledForm:
    """A form of these answers; every other place is left out."""

    def answer_at(field: Field, column: str | None) -> Answer | None:
        written = answers.get((field.path, column))
        return typed(field, written) if isinstance(written, Written) else written

    for path, column in answers:
        assert path in fields
        assert column is None or column in {c.key for c in fields[path].columns}, (path, column)
    held = answers_of(fields, answer_at)
    assert len(held) == len(answers)
    return FilledForm(form=form, edition="2025", answers=held, fields=fields, **more)


def changed(form: FilledForm, changes: Mapping[Address, Written | Answer]) -> FilledForm:
    """The form with other answers in some places."""
    fields = form.fields
    typed_changes = {
        (path, column): typed(fields[path], given) if isinstance(given, Written) else given
        for (path, column), given in changes.items()
    }
    return form.with_answers({**form.answers, **typed_changes})
