"""Kind `known_places`: province, city and county are in GB/T 2260, each inside the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import State
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.regions import Token, split_region


class Params(CheckParams):
    """The field of the region."""

    kind: Literal["known_places"]
    field: Row


def places(params: Params, form: Reader) -> Iterator[tuple[Place, Token]]:
    """Each part that is not known where it stands. Zones, towns and divisions are not looked for."""
    answer = form.answer(params.field)
    if not form.has(params.field) or answer.state is not State.FILLED:
        return
    for token in split_region(answer.text):
        if not token.zone and (not token.places or not token.inside) and len(token.text) > 1:
            yield (params.field, None), token


def judge(params: Params, form: Reader, place: tuple[Place, Token]) -> Hit:  # noqa: ARG001  (every kind has this signature)
    """Says which part it is."""
    where, token = place
    form.sure(*where)
    return Hit(*where, value=token.text, variant="elsewhere" if token.places else None)
