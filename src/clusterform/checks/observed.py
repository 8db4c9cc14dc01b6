"""Kind `observed`: what was noticed while reading becomes a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import Observation
from clusterform.checks.reader import CheckParams, Hit, Reader


class Params(CheckParams):
    """`what` is the observation's name."""

    kind: Literal["observed"]
    what: str


def places(params: Params, form: Reader) -> Iterator[Observation]:
    """Each observation of that name."""
    return (o for o in form.form.observations if o.what == params.what)


def judge(params: Params, form: Reader, place: Observation) -> Hit:  # noqa: ARG001  (every kind has this signature)
    """Says it."""
    return Hit(
        field=place.field,
        column=place.column,
        value=place.value,
        expected=place.expected,
        facts=place.facts,
        label=place.label,
        section=place.section,
        location=place.location,
        variant=place.facts.get("variant"),
    )
