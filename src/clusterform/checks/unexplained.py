"""Kind `unexplained`: a ticked option asks for an explanation, and neither form nor evidence gives it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader
from clusterform.text import fold


class Unexplained(Check, kind="unexplained"):
    """`words`: an evidence line that holds one of them counts as the explanation.

    `anywhere`: so does a line of the form itself that holds one of these and has its text with it.
    """

    boxes: Row
    option: Annotated[str, Names("option", of="boxes")]
    words: tuple[str, ...]
    anywhere: tuple[str, ...] = ()

    def places(self, form: Reader) -> Iterator[str]:
        """The group of boxes, where this form has it."""
        return iter([self.boxes] if form.has(self.boxes) else [])

    def judge(self, form: Reader, place: str) -> Hit | None:
        """Whether what is said is enough is for a person to read."""
        ticks = form.ticks(place)
        if self.option not in ticks.ticked or fold(ticks.remark):
            return None
        lines = [fold(item.subject + item.title) for item in form.form.evidence or ()]
        if any(fold(word) in line for word in self.words for line in lines):
            return None
        own = form.form.explanations
        if any(fold(word) in line for word in (*self.words, *self.anywhere) for line in own):
            return None
        return Hit(place, value=form.field(place).option(self.option).label)
