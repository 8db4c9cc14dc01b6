"""Kind `observed`: what was noticed while reading becomes a finding, or the reason why a check was not made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Literal

from clusterform.answers import Observation
from clusterform.checks.names import Noticed
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown
from clusterform.finding import Severity


class Params(CheckParams):
    """`what` is the observation's name."""

    kind: Literal["observed"]
    what: Noticed
    variant: str | None = None
    """The message to use, where the observation itself names none."""
    required: bool = False
    """Only where a required answer should stand."""
    severity: Severity | None = None
    """Where it weighs otherwise than the rule does by default."""
    skips: bool = False
    """It is no finding: the rule could not be checked, for the reason that the observation gives."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What stands for a placeholder that the observation gives nothing for."""


def places(params: Params, form: Reader) -> Iterator[Observation]:
    """Each observation of that name."""
    seen = (o for o in form.form.observations if o.what == params.what)
    return (o for o in seen if not params.required or _is_required(form, o))


def _is_required(form: Reader, seen: Observation) -> bool:
    return seen.field is None or not form.has(seen.field) or form.field(seen.field).required


def judge(params: Params, form: Reader, place: Observation) -> Hit:  # noqa: ARG001  (one signature for all)
    """Says it; Unknown where it is only a reason."""
    if params.skips:
        raise Unknown(place.facts["reason_zh"], place.facts["reason_en"])
    return Hit(
        field=place.field,
        column=place.column,
        value=place.value,
        expected=place.expected,
        facts={**params.facts, **place.facts},
        label=place.label,
        section=place.section,
        location=place.location,
        variant=place.facts.get("variant", params.variant),
        severity=params.severity,
    )
