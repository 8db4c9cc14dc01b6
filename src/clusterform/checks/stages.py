"""Targets against the yearly stages' text."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Annotated, NamedTuple

from clusterform.answers import FilledForm
from clusterform.asked import Asked, asked_of
from clusterform.checks.amounts import (
    Amount,
    amount_at,
    amounts_in,
    in_unit_of,
    plain_quantity,
    same_figure,
    single,
    units_in_text,
)
from clusterform.checks.check import Check, RowCheck
from clusterform.checks.reader import Hit, NameOf, Reader, RowName, Unknown
from clusterform.fields import Field
from clusterform.messages import Joined, Text
from clusterform.patterns import pattern

_CONTINUED = pattern(r"[,;、](?={figures.goes_on})")
_CLAUSES = pattern(r"[,;。、!\n]")
# A part of the whole, a flow, or a ratio to staff is another quantity.
_OTHERWISE = pattern(r"{figures.otherwise}")


def stage_amount(text: str, row: Field) -> Amount | None:
    """The amount a stage's text gives for a target row; None where it is not clearly there, or differs."""
    keyword, units = _spoken(row.spoken), units_in_text(row.unit)
    found: dict[str, Amount] = {}
    for clause in _clauses(text):
        match = keyword.search(clause)
        if match is None or _OTHERWISE.search(clause[: match.start()]):
            continue
        amount = single(amounts_in(clause[match.end() :], units))
        if amount is not None and not amount.change:
            found[amount.shown] = amount
    return next(iter(found.values())) if len(found) == 1 else None


@lru_cache(maxsize=16)
def _clauses(text: str) -> list[str]:
    """The clauses of a stage's text, in which each of several rows is looked for."""
    return _CLAUSES.split(_CONTINUED.sub("", plain_quantity(text.replace("\n", "。"))))


@cache
def _spoken(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words by which running text speaks of a row; “…” in one stands for a few characters."""
    return pattern("|".join(re.escape(word).replace("…", ".{0,8}?") for word in words))


class Step(NamedTuple):
    """What a plan comes to in one year: in a cell of the target table, or, without a column, by the text of a stage."""

    year: int
    path: str
    column: str | None
    amount: Amount


def stages(reader: Reader, row: str) -> list[Step]:
    """Each stage whose text clearly gives an amount for the target row of that path, in order."""
    return reader.shared(f"stages {row}", lambda form: list(_read_stages(form, row)))


def _read_stages(form: FilledForm, row: str) -> Iterator[Step]:
    target = form.fields.get(row)
    if target is not None and target.spoken:
        for year, path in asked_of(form).decided("stages", _yearly):
            amount = stage_amount(form.answer(path).text, target)
            if amount is not None:
                yield Step(year, path, None, amount)


def _yearly(asked: Asked) -> list[tuple[int, str]]:
    return [(item.year, path) for path, item in asked.fields.items() if item.year is not None]


class StageOrder(Check, kind="stage_order"):
    """A year's interim target in line with baseline, the other years and final target.

    `field` is the target row, which says itself how the stages' text speaks of it.
    """

    field: RowName
    order: bool = True
    """False: another rule judges the order, and only the last stage is compared with the target."""

    by_answers = True

    def places(self, reader: Reader) -> list[Step]:
        return stages(reader, self.field)

    def judge(self, reader: Reader, place: Step) -> Hit | None:
        """Below the step before it, above the target, or in the target's year unlike the target."""
        known = stages(reader, self.field)
        if self.order and (before := _above_it(self, reader, place, known)):
            return _below(self, reader, place, before)
        final = place.year == reader.form.roles["target"]
        if not final and (not self.order or any(other.year > place.year for other in known)):
            return None
        target, figure = _cell(reader, self.field, "target"), place.amount.figure
        goal = in_unit_of(target.amount, place.amount)
        if goal is None or (same_figure(figure, goal) if final else figure.value <= goal.value):
            return None
        return _hit(self, reader, place, target, "differs" if final else "above")


def _above_it(params: StageOrder, reader: Reader, place: Step, known: list[Step]) -> Step | None:
    """The step before this one, where it is higher."""
    earlier = [step for step in known if step.year < place.year]
    before = earlier[-1] if earlier else _cell_had(reader, params.field, "baseline")
    level = in_unit_of(before.amount, place.amount) if before else None
    return before if level is not None and place.amount.figure.value < level.value else None


def _below(params: StageOrder, reader: Reader, place: Step, before: Step) -> Hit:
    """Of two stages out of order the one that is above the target as well is the one to look at."""
    target = None if before.column else _cell_had(reader, params.field, "target")
    goal = in_unit_of(target.amount, before.amount) if target else None
    if target and goal is not None and before.amount.figure.value > goal.value:
        return _hit(params, reader, before, target, "above")
    return _hit(params, reader, place, before, "below")


def _cell(reader: Reader, path: str, column: str) -> Step:
    return Step(reader.form.roles[column], path, column, amount_at(reader, path, column))


def _cell_had(reader: Reader, path: str, column: str) -> Step | None:
    """None where it cannot be had, and the stages are still compared."""
    with suppress(Unknown):
        return _cell(reader, path, column)
    return None


def _hit(params: StageOrder, reader: Reader, place: Step, other: Step, variant: str) -> Hit:
    sign, shown = {"below": "≥ ", "above": "≤ ", "differs": ""}[variant], other.amount.shown
    return Hit(
        field=place.path,
        value=place.amount.shown,
        expected=f"{sign}{shown}",
        facts={"row": reader.fields[params.field].label, "year": str(other.year), "other": shown},
        variant=variant,
    )


class Rising(RowCheck, kind="rising"):
    """A number that must be larger every year; middle years come from the stages, where given.

    No `compare`: years in between stand in the stages' text, and the message shows all of them in a row.

    `field` is the target row, which says itself how the stages' text speaks of it.
    """

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The first year that is not above the year before it."""
        steps = [(step, step.amount.figure.value) for step in _steps(self, reader)]
        shown = (Text("checks.figure-of-year", year=step.year, figure=f"{n:f}") for step, n in steps)
        for (_, before), (step, number) in pairwise(steps):
            if number <= before:
                facts = {"year": str(step.year), "before": f"{before:f}"}
                return Hit(
                    field=step.path,
                    column=step.column,
                    value=f"{number:f}",
                    expected=f"> {before:f}",
                    facts={"steps": Joined("join.comma", shown), **facts},
                    label=reader.fields[place].label,
                    taints=((place, "target"),),
                )
        return None


def _steps(params: Rising, reader: Reader) -> list[Step]:
    """Baseline, the stages that can be read except the target's own year, target; all in the target's unit."""
    target = _cell(reader, params.field, "target")
    before = [step for step in stages(reader, params.field) if step.year < target.year]
    steps = (_cell(reader, params.field, "baseline"), *before)
    levels = [(step, in_unit_of(step.amount, target.amount)) for step in steps]
    if levels[0][1] is None:
        raise reader.lacking("skipped.unlike-unit", params.field, "baseline")
    return [*(step._replace(amount=Amount(level)) for step, level in levels if level is not None), target]


_TWICE = Decimal(2)


class DoneLevel(RowCheck, kind="done_level"):
    """What the earlier plan has reached by now, against what the form shows of last year and of this.

    No `compare`: this year's figure stands in a text, and only one of the two is said of a cell.

    `field` is the earlier plan's; `source` at `year` is the stock it cannot have fallen under.

    `stage` is the target row that the text of this year's stage speaks of: under half of it, or over double, is odd. The message
    takes {other} and {figure}, the variant `stage` too.
    """

    source: RowName = ""
    year: Annotated[str, NameOf("column", of="source")] = ""
    stage: RowName = ""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Below last year's stock; or far from this year's stage."""
        done = amount_at(reader, place, "done")
        below = _below_source(self, reader, done) if self.source else None
        return below or (_far_from_stage(self, reader, done) if self.stage else None)


def _below_source(params: DoneLevel, reader: Reader, done: Amount) -> Hit | None:
    column = reader.column(params.year) or None
    source = Amount(reader.figure(params.source, column), reader.fields[params.source].unit)
    level = in_unit_of(source, done)
    if level is None or done.figure.interval.high >= level.interval.low:
        return None
    facts = {"other": reader.name(params.source, column), "figure": f"{source.figure.value:f}"}
    return Hit(params.field, "done", expected=f"≥ {source.figure.value:f}", facts=facts)


def _far_from_stage(params: DoneLevel, reader: Reader, done: Amount) -> Hit | None:
    year = reader.form.roles["reviewed_target"]
    stage = next((step for step in stages(reader, params.stage) if step.year == year), None)
    if stage is None:
        return None
    level, value = in_unit_of(stage.amount, done), done.figure.value
    if level is None:
        raise Unknown(Text("skipped.unlike-units"), params.field, "done")
    if level.value <= value * _TWICE and value <= level.value * _TWICE:
        return None
    facts = {"other": reader.name(stage.path), "figure": stage.amount.shown}
    return Hit(params.field, "done", facts=facts, variant="stage")
