"""Kind `text_length`: text within its limit, a field's (200 字以内) or a whole part's (3000 字以内)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from clusterform.answers import State
from clusterform.checks.names import SectionKey
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.fields import Field, Kind


class Params(CheckParams):
    """With `section` and `limit` the prose of that part counts together; else each field by its own limit."""

    kind: Literal["text_length"]
    section: SectionKey = ""
    limit: int = 0


def characters(text: str) -> int:
    """Every visible character counts one: a Chinese character, a letter, a digit, a punctuation mark."""
    return sum(1 for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def places(params: Params, form: Reader) -> Iterator[tuple[Field, ...]]:
    """The fields that share one limit."""
    if params.section:
        prose = tuple(f for f in form.of_kind(Kind.PROSE) if f.path.startswith(f"{params.section}."))
        return iter((prose,) if prose else ())
    return ((f,) for f in form.form.fields.values() if f.limit is not None)


def judge(params: Params, form: Reader, place: tuple[Field, ...]) -> Hit | None:
    """Exactly the limit is right."""
    limit = params.limit or place[0].limit or 0
    answers = [a for f in place for _, a in form.form.places(f.path) if a.state is State.FILLED]
    count = sum(characters(a.text) for a in answers)
    if count <= limit:
        return None
    facts = {"count": str(count), "limit": str(limit), "over": str(count - limit)}
    if not params.section:
        return Hit(place[0].path, expected=f"≤ {limit}", facts=facts)
    number = place[0].section
    return Hit(
        section=number,
        label=form.form.section_titles.get(number),
        value=str(count),
        expected=f"≤ {limit}",
        facts=facts,
        variant="part",
        location=answers[0].location,
    )
