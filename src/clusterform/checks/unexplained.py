"""Kind `unexplained`: a ticked option asks for an explanation, and neither form nor evidence gives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from clusterform.checks.names import Names, Row
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.text import fold


class Params(CheckParams):
    """`words`: an evidence line that holds one of them counts as the explanation.

    `anywhere`: so does a line of the form itself that holds one of these and has its text with it.
    """

    kind: Literal["unexplained"]
    boxes: Row
    option: Annotated[str, Names("option", of="boxes")]
    words: tuple[str, ...]
    anywhere: tuple[str, ...] = ()


def places(params: Params, form: Reader) -> Iterator[str]:
    """The group of boxes, where this form has it."""
    return iter([params.boxes] if form.has(params.boxes) else [])


def judge(params: Params, form: Reader, place: str) -> Hit | None:
    """Whether what is said is enough is for a person to read."""
    ticks = form.ticks(place)
    if params.option not in ticks.ticked or fold(ticks.remark):
        return None
    lines = [fold(item.subject + item.title) for item in form.form.evidence or ()]
    if any(fold(word) in line for word in params.words for line in lines):
        return None
    own = form.form.explanations
    if any(fold(word) in line for word in (*params.words, *params.anywhere) for line in own):
        return None
    return Hit(place, value=form.field(place).option(params.option).label)
