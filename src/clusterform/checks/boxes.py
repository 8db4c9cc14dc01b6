"""Groups of boxes: what is ticked, and what must go with it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from clusterform.answers import CountNames, State, TicksAnswer
from clusterform.asked import Asked
from clusterform.checks.check import Check, RowCheck, Scope
from clusterform.checks.reader import Hit, NameOf, Reader, RowName
from clusterform.fields import Address, Field, Kind
from clusterform.finding import Severity
from clusterform.text import NONE, fold


class OptionChosen(RowCheck, kind="option_chosen"):
    """An option is ticked that should not be, or that is worth knowing.

    `option` is the key that is reported when it is the one ticked.
    """

    option: Annotated[str, NameOf("option", of="field")]

    def judge(self, reader: Reader, place: str) -> Hit | None:
        if reader.chosen(place) != self.option:
            return None
        return Hit(field=place, value=reader.fields[place].option(self.option).label)


_NO_BOXES = frozenset({State.ABSENT, State.NONE, State.STAND_IN, State.PLACEHOLDER})


class BoxesTicked(Scope, kind="boxes_ticked"):
    """One box of a single choice is ticked, some of a multiple one.

    `group`: choice for exactly one box, choices for any number.

    `several` lists the choices of which the notice does not say that one alone may be ticked: more are a warning there.
    """

    looks_at = (Kind.CHOICE, Kind.CHOICES)
    required = True
    group: Literal["choice", "choices"]
    several: tuple[RowName, ...] = ()

    def covers(self, item: Field) -> bool:
        return item.kind == self.group and super().covers(item)

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """A box that cannot be read for certain is a person's to decide."""
        answer = form.sure(*place)
        ticks = answer if isinstance(answer, TicksAnswer) else TicksAnswer()
        if answer.state in _NO_BOXES:
            # One option of a single choice always holds: 无 in place of them answers nothing.
            return Hit(*place) if answer.state is State.NONE and self.group == "choice" else None
        names = {o.key: o.label for o in form.fields[place[0]].options}
        if ticks.undecided:
            shown = "、".join(names[key] for key in ticks.undecided)
            location = ticks.boxes.get(ticks.undecided[0])
            return Hit(*place, value=shown, variant="undecided", severity=Severity.MANUAL, location=location)
        if not ticks.ticked:
            return self._untouched(place, ticks, names)
        if self.group == "choice" and len(ticks.ticked) > 1:
            value = "、".join(names[key] for key in ticks.ticked)
            if place[0] in self.several:
                return Hit(*place, value=value, variant="perhaps_several", severity=Severity.WARNING)
            return Hit(*place, value=value, variant="several")
        return None

    def _untouched(self, place: Address, ticks: TicksAnswer, names: Mapping[str, str]) -> Hit | None:
        if self.group == "choices" and ticks.remark.strip():
            return None
        if not ticks.stressed:
            return Hit(*place, value="")
        facts = {"stressed": "、".join(names[key] for key in ticks.stressed)}
        location = ticks.boxes.get(ticks.stressed[0])
        return Hit(*place, value="", facts=facts, variant="stressed", location=location)


class BoxCount(Check, kind="box_count"):
    """A ticked box and the 数量 that goes with it must agree.

    `pairs` maps an option's key to the row of its 数量.

    Variants: `no_count` ticked without any, `no_tick` the reverse; both take {boxes} {option} {count}.
    """

    boxes: RowName
    pairs: dict[Annotated[str, NameOf("option", of="boxes")], RowName]

    def places(self, form: Asked) -> Iterator[tuple[str, str]]:
        return (pair for pair in self.pairs.items() if self.boxes in form.fields and pair[1] in form.fields)

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        key, row = place
        ticked = key in form.ticks(self.boxes).ticked
        count = _count(form, row)
        if ticked == (count > 0):
            return None
        facts = {
            "option": form.fields[self.boxes].option(key).label,
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
        if fold(answer.value.count_text) == NONE:
            return 0
    raise form.lacking("skipped.no-count", row)


class BoxFigure(Check, kind="box_figure"):
    """是否高于行业平均水平 is answered 不适用 where the figure is 无, and only there.

    `pairs` maps a figure's row to its boxes; `neither` is the key of 不适用.

    Variants: `no_figure` a yes or no about nothing, `not_applicable` the reverse; both take {figure} {shown}.
    """

    pairs: dict[RowName, RowName]
    neither: Annotated[str, NameOf("option", of="pairs")] = "not_applicable"

    def places(self, form: Asked) -> Iterator[tuple[str, str]]:
        return (pair for pair in self.pairs.items() if pair[0] in form.fields and pair[1] in form.fields)

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        """A figure of 0 beside 不适用 is let pass: some write 0 for none."""
        row, boxes = place
        chosen = form.chosen(boxes)
        answer = form.sure(row)
        if answer.state is not State.NONE and answer.decimal is None:
            raise form.lacking("skipped.no-figure-nor-none", row)
        field = form.fields[boxes]
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


class Unexplained(RowCheck, kind="unexplained"):
    """A ticked option asks for an explanation, and neither form nor evidence gives it.

    `words`: an evidence line that holds one of them counts as the explanation.

    `anywhere`: so does a line of the form itself that holds one of these and has its text with it.
    """

    option: Annotated[str, NameOf("option", of="field")]
    words: tuple[str, ...]
    anywhere: tuple[str, ...] = ()

    def judge(self, form: Reader, place: str) -> Hit | None:
        """Whether what is said is enough is for a person to read."""
        ticks = form.ticks(place)
        if self.option not in ticks.ticked or fold(ticks.remark):
            return None
        if form.explains(self.words, self.anywhere):
            return None
        return Hit(place, value=form.fields[place].option(self.option).label)
