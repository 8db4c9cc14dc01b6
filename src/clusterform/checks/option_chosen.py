"""Kind `option_chosen`: an option is ticked that should not be, or that is worth knowing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from clusterform.checks.names import Names, Row
from clusterform.checks.reader import CheckParams, Hit, Reader


class Params(CheckParams):
    """`option` is the key that is reported when it is the one ticked."""

    kind: Literal["option_chosen"]
    field: Row
    option: Annotated[str, Names("option", of="field")]


def places(params: Params, reader: Reader) -> Iterable[str]:
    """The row, where the form has it."""
    return (params.field,) if reader.has(params.field) else ()


def judge(params: Params, reader: Reader, place: str) -> Hit | None:
    """Whether that option is the one ticked."""
    if reader.chosen(place) != params.option:
        return None
    return Hit(field=place, value=reader.field(place).option(params.option).label)
