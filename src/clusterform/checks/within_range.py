"""Kind `within_range`: a figure keeps the bounds that its field sets: a share 0 to 100, an amount from 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import NUMERIC
from clusterform.figures import Figure


class Params(Scope):
    """The scope is all there is to say."""

    kind: Literal["within_range"]


def places(params: Params, form: Reader) -> Iterator[Place]:
    """Every figure of a field that has a bound."""
    bounded = (f.path for f in form.of_kind(*NUMERIC) if f.minimum is not None or f.maximum is not None)
    paths = set(bounded)
    return (p for p in places_of(params, form, *NUMERIC) if p[0] in paths)


def judge(params: Params, form: Reader, place: Place) -> Hit | None:  # noqa: ARG001  (every kind has this signature)
    """A count that another rule has reported as negative is not said again."""
    figure = form.sure(*place).value
    item = form.field(place[0])
    if not isinstance(figure, Figure):
        return None
    if item.minimum is not None and figure.value < item.minimum:
        return Hit(*place, facts={"bound": str(item.minimum)}, variant="below")
    if item.maximum is not None and figure.value > item.maximum:
        return Hit(*place, facts={"bound": str(item.maximum)}, variant="above")
    return None
