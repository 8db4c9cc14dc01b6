"""Kind `sign_off`: a signature, seal, date or opinion of the declaration that a person must look for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from clusterform.answers import EMPTY, State
from clusterform.checks.names import Row
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.fields import Kind
from clusterform.finding import Severity


class Params(CheckParams):
    """`after`: looked at only where that answer is filled; an opinion not yet given has no seal and date."""

    kind: Literal["sign_off"]
    field: Row
    after: Row = ""
    mailing: Severity | None = None
    """How much it weighs once the folder is about to go out."""


def places(params: Params, reader: Reader) -> Iterable[str]:
    """The place, where the form has it."""
    return (params.field,) if reader.has(params.field) else ()


def judge(params: Params, reader: Reader, place: str) -> Hit | None:
    """Blank is for a person to look at; a picture over the spot of a seal is only worth knowing."""
    if params.after and reader.answer(params.after).state in {*EMPTY, State.ABSENT}:
        return None
    answer = reader.sure(place)
    if answer.state in EMPTY:
        mailing = reader.options.get("mailing") is True
        return Hit(field=place, severity=params.mailing if mailing else None)
    if answer.state is State.FILLED and reader.field(place).kind is Kind.SEAL:
        return Hit(field=place, variant="picture", severity=Severity.INFO)
    return None
