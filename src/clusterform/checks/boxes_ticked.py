"""Kind `boxes_ticked`: one box of a single choice is ticked, some of a multiple one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import State, TicksAnswer
from clusterform.checks.names import Row
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind
from clusterform.finding import Severity


class BoxesTicked(Scope, kind="boxes_ticked"):
    """`group`: choice for exactly one box, choices for any number.

    `several` lists the choices of which the notice does not say that one alone may be ticked: more are a warning there.
    """

    group: Literal["choice", "choices"]
    several: tuple[Row, ...] = ()

    def places(self, form: Reader) -> Iterator[Place]:
        """Every required group of boxes."""
        return (p for p in places_of(self, form, Kind(self.group)) if form.field(p[0]).required)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A box that cannot be read for certain is a person's to decide."""
        answer = form.sure(*place)
        ticks = answer if isinstance(answer, TicksAnswer) else TicksAnswer()
        if answer.state in {State.ABSENT, State.NONE, State.STAND_IN, State.PLACEHOLDER}:
            # One option of a single choice always holds: 无 in place of them answers nothing.
            return Hit(*place) if answer.state is State.NONE and self.group == "choice" else None
        names = {o.key: o.label for o in form.field(place[0]).options}
        if ticks.undecided:
            shown = "、".join(names[key] for key in ticks.undecided)
            location = ticks.boxes.get(ticks.undecided[0])
            return Hit(*place, value=shown, variant="undecided", severity=Severity.MANUAL, location=location)
        if not ticks.ticked:
            return None if self.group == "choices" and ticks.remark.strip() else Hit(*place, value="")
        if self.group == "choice" and len(ticks.ticked) > 1:
            value = "、".join(names[key] for key in ticks.ticked)
            if place[0] in self.several:
                return Hit(*place, value=value, variant="perhaps_several", severity=Severity.WARNING)
            return Hit(*place, value=value, variant="several")
        return None
