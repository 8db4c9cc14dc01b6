"""Kind `box_count`: a ticked box and the 数量 that goes with it must agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from clusterform.answers import CountNames, State
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.messages import Text
from clusterform.text import fold


class BoxCount(Check, kind="box_count"):
    """`pairs` maps an option's key to the row of its 数量.

    Variants: `no_count` ticked without any, `no_tick` the reverse; both take {boxes} {option} {count}.
    """

    boxes: Row
    pairs: dict[Annotated[str, Names("option", of="boxes")], Row]

    def places(self, form: Reader) -> Iterator[tuple[str, str]]:
        """Each pair that this form has."""
        return (pair for pair in self.pairs.items() if form.has(self.boxes) and form.has(pair[1]))

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        """Said at the row of the 数量."""
        key, row = place
        ticked = key in form.ticks(self.boxes).ticked
        count = _count(form, row)
        if ticked == (count > 0):
            return None
        facts = {
            "option": form.field(self.boxes).option(key).label,
            "boxes": form.name(self.boxes),
            "count": str(count),
        }
        return Hit(row, facts=facts, variant="no_count" if ticked else "no_tick")


def _count(form: Reader, row: str) -> int:
    answer = form.sure(row)
    if answer.state is State.NONE:
        return 0
    if isinstance(answer.value, CountNames):
        if answer.value.count is not None:
            return int(answer.value.count)
        if fold(answer.value.count_text) == "无":
            return 0
    name = form.name(row)
    raise Unknown(Text("skipped.no-count", name=name), row, None)
