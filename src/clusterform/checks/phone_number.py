"""Kind `phone_number`: a telephone is like some Chinese number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import Contact, State
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.telephone import read_numbers
from clusterform.fields import Kind


class Params(Scope):
    """The scope is all there is to say."""

    kind: Literal["phone_number"]


def places(params: Params, form: Reader) -> Iterator[Place]:
    """Every telephone, in a cell of its own or beside a person."""
    return places_of(params, form, Kind.PHONE, Kind.CONTACT)


def judge(params: Params, form: Reader, place: Place) -> Hit | None:  # noqa: ARG001  (every kind has this signature)
    """A blank is not said again."""
    answer = form.sure(*place)
    phone = answer.value.phone if isinstance(answer.value, Contact) else answer.text
    if answer.state is not State.FILLED or not phone.strip():
        return None
    unlike = read_numbers(phone).unlike
    return Hit(*place, value=unlike) if unlike is not None else None
