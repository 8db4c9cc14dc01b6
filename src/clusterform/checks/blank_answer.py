"""Kind `blank_answer`: a required answer is blank (填报说明第 2 条: 各必填栏目不得空缺)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import Contact, CountNames, State
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind

_OTHERS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SIGNATURE, Kind.SEAL})
"""Boxes, signatures and seals have rules of their own."""
_WRITTEN = tuple(kind for kind in Kind if kind not in _OTHERS)


class Params(Scope):
    """The scope is all there is to say."""

    kind: Literal["blank_answer"]


def places(params: Params, form: Reader) -> Iterator[Place]:
    """Every required answer that is written."""
    return (p for p in places_of(params, form, *_WRITTEN) if form.field(p[0]).required)


def judge(params: Params, form: Reader, place: Place) -> Hit | None:  # noqa: ARG001  (every kind has this signature)
    """One finding for each blank; a contact line may lack the person or the telephone alone."""
    answer = form.answer(*place)
    value = answer.value
    if answer.state is State.BLANK:
        blank = not isinstance(value, CountNames) or not (
            value.count_text.strip() or value.names_text.strip()
        )
        return Hit(*place, value="") if blank else None
    if isinstance(value, Contact) and answer.state is State.FILLED:
        missing = "phone" if not value.phone.strip() else "person" if not value.person.strip() else None
        return Hit(*place, variant=missing) if missing else None
    return None
