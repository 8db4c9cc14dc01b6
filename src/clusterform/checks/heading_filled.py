"""Kind `heading_filled`: a heading of the plan is missing, or nothing stands under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from clusterform.answers import State
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown


class Params(CheckParams):
    """The headings to look at; those that a form does not have are passed over."""

    kind: Literal["heading_filled"]
    fields: tuple[Row, ...]


def places(params: Params, reader: Reader) -> Iterable[str]:
    """Each heading the form asks for."""
    return (path for path in params.fields if reader.has(path))


def judge(params: Params, reader: Reader, place: str) -> Hit | None:  # noqa: ARG001  (every kind has this signature)
    """Missing, or blank. Where the whole part is missing, that is said once and not for each heading."""
    answer = reader.sure(place)
    if answer.state is State.BLANK:
        return Hit(field=place)
    if answer.state is not State.ABSENT:
        return None
    section = reader.field(place).section
    if any(o.what == "section-missing" and o.section == section for o in reader.form.observations):
        name = reader.name(place)
        raise Unknown(f"“{name}”所在部分整体缺失", f"the part that holds “{name}” is missing", place)
    return Hit(field=place, variant="missing")
