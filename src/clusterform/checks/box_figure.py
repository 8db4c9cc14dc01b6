"""Kind `box_figure`: 是否高于行业平均水平 is answered 不适用 where the figure is 无, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.finding import Severity
from clusterform.messages import Text


class BoxFigure(Check, kind="box_figure"):
    """`pairs` maps a figure's row to its boxes; `neither` is the key of 不适用.

    Variants: `no_figure` a yes or no about nothing, `not_applicable` the reverse; both take {figure} {shown}.
    """

    pairs: dict[Row, Row]
    neither: Annotated[str, Names("option", of="pairs")] = "not_applicable"

    def places(self, form: Reader) -> Iterator[tuple[str, str]]:
        """Each pair that this form has."""
        return (pair for pair in self.pairs.items() if form.has(pair[0]) and form.has(pair[1]))

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        """A figure of 0 beside 不适用 is let pass: some write 0 for none."""
        row, boxes = place
        chosen = form.chosen(boxes)
        answer = form.sure(row)
        if answer.state is not State.NONE and answer.decimal is None:
            name = form.name(row)
            raise Unknown(Text("skipped.no-figure-nor-none", name=name), row, None)
        field = form.field(boxes)
        facts = {"figure": form.name(row), "shown": answer.text}
        value = field.option(chosen).label
        neither = field.option(self.neither).label
        if answer.state is State.NONE and chosen != self.neither:
            return Hit(boxes, value=value, expected=neither, facts=facts, variant="no_figure")
        if chosen == self.neither and answer.decimal:
            others = " / ".join(o.label for o in field.options if o.key != self.neither)
            return Hit(
                boxes,
                value=value,
                expected=others,
                facts=facts,
                variant="not_applicable",
                severity=Severity.WARNING,
            )
        return None
