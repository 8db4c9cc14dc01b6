"""Targets against the yearly stages' text."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Annotated

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


Stage = tuple[int, str, Amount]
"""Year, path and amount."""


def stages(reader: Reader, row: str) -> list[Stage]:
    """Each stage whose text clearly gives an amount for the target row of that path, in order."""
    return reader.shared(f"stages {row}", lambda form: list(_read_stages(form, row)))


def _read_stages(form: FilledForm, row: str) -> Iterator[Stage]:
    target = form.fields.get(row)
    if target is not None and target.spoken:
        for year, path in asked_of(form).decided("stages", _yearly):
            amount = stage_amount(form.answer(path).text, target)
            if amount is not None:
                yield year, path, amount


def _yearly(asked: Asked) -> list[tuple[int, str]]:
    return [(item.year, path) for path, item in asked.fields.items() if item.year is not None]


Step = tuple[int, Amount]
"""Year and amount."""


class StageOrder(Check, kind="stage_order"):
    """A year's interim target in line with baseline, the other years and final target.

    `field` is the target row, which says itself how the stages' text speaks of it.
    """

    field: RowName
    order: bool = True
    """False: another rule judges the order, and only the last stage is compared with the target."""

    by_answers = True

    def places(self, reader: Reader) -> list[Stage]:
        return stages(reader, self.field)

    def judge(self, reader: Reader, place: Stage) -> Hit | None:
        """Below the step before it, above the target, or in the target's year unlike the target."""
        year, path, stage = place
        known = stages(reader, self.field)
        earlier = [step for step in known if step[0] < year]
        if self.order and (before := _above_it(self, reader, stage, earlier)):
            return _below(self, reader, (path, stage), before, earlier)
        final = year == reader.form.roles["target"]
        if not final and (not self.order or any(other > year for other, _, _ in known)):
            return None
        target = reader.form.roles["target"], amount_at(reader, self.field, "target")
        goal = in_unit_of(target[1], stage)
        if goal is None:
            return None
        if same_figure(stage.figure, goal) if final else stage.figure.value <= goal.value:
            return None
        variant = "differs" if final else "above"
        return _hit(reader.fields[self.field].label, path, stage, target, variant)


def _above_it(params: StageOrder, reader: Reader, stage: Amount, earlier: list[Stage]) -> Step | None:
    """The step before this one, where it is higher."""
    before = (earlier[-1][0], earlier[-1][2]) if earlier else _cell(reader, params.field, "baseline")
    level = in_unit_of(before[1], stage) if before else None
    return before if level is not None and stage.figure.value < level.value else None


def _below(
    params: StageOrder,
    reader: Reader,
    here: tuple[str, Amount],
    before: Step,
    earlier: list[Stage],
) -> Hit:
    """Of two stages out of order the one that is above the target as well is the one to look at."""
    row = reader.fields[params.field].label
    target = _cell(reader, params.field, "target")
    goal = in_unit_of(target[1], before[1]) if target else None
    if target and goal is not None and earlier and before[1].figure.value > goal.value:
        return _hit(row, earlier[-1][1], before[1], target, "above")
    return _hit(row, *here, before, "below")


def _cell(reader: Reader, path: str, column: str) -> Step | None:
    """A target cell's year and amount; None where it cannot be had, and the stages are still compared."""
    try:
        return reader.form.roles[column], amount_at(reader, path, column)
    except Unknown:
        return None


def _hit(row: str, path: str, stage: Amount, other: Step, variant: str) -> Hit:
    year, amount = other
    sign = {"below": "≥ ", "above": "≤ ", "differs": ""}[variant]
    return Hit(
        field=path,
        value=stage.shown,
        expected=f"{sign}{amount.shown}",
        facts={"row": row, "year": str(year), "other": amount.shown},
        variant=variant,
    )


YearStep = tuple[int, str, str | None, Decimal]
"""Year, path, column, number."""


class Rising(RowCheck, kind="rising"):
    """A number that must be larger every year; middle years come from the stages, where given.

    No `compare`: years in between stand in the stages' text, and the message shows all of them in a row.

    `field` is the target row, which says itself how the stages' text speaks of it.
    """

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The first year that is not above the year before it."""
        steps = _steps(self, reader)
        shown = Joined(
            "join.comma",
            (Text("checks.figure-of-year", year=year, figure=f"{number:f}") for year, _, _, number in steps),
        )
        for (_, _, _, before), (year, path, column, number) in pairwise(steps):
            if number <= before:
                return Hit(
                    field=path,
                    column=column,
                    value=f"{number:f}",
                    expected=f"> {before:f}",
                    facts={"steps": shown, "year": str(year), "before": f"{before:f}"},
                    label=reader.fields[place].label,
                    taints=((place, "target"),),
                )
        return None


def _steps(params: Rising, reader: Reader) -> list[YearStep]:
    """Baseline, the stages that can be read except the target's own year, target."""
    roles, path = reader.form.roles, params.field
    target = amount_at(reader, path, "target")
    baseline = in_unit_of(amount_at(reader, path, "baseline"), target)
    if baseline is None:
        raise reader.lacking("skipped.unlike-unit", path, "baseline")
    steps: list[YearStep] = [(roles["baseline"], path, "baseline", baseline.value)]
    for year, stage, amount in stages(reader, params.field):
        level = in_unit_of(amount, target) if year < roles["target"] else None
        if level is not None:
            steps.append((year, stage, None, level.value))
    return [*steps, (roles["target"], path, "target", target.figure.value)]


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
    column = reader.column(params.year) if params.year else None
    source = Amount(reader.figure(params.source, column), reader.fields[params.source].unit)
    level = in_unit_of(source, done)
    if level is None or done.figure.interval.high >= level.interval.low:
        return None
    facts = {"other": reader.name(params.source, column), "figure": f"{source.figure.value:f}"}
    return Hit(params.field, "done", expected=f"≥ {source.figure.value:f}", facts=facts)


def _far_from_stage(params: DoneLevel, reader: Reader, done: Amount) -> Hit | None:
    year = reader.form.roles["reviewed_target"]
    for stage_year, path, amount in stages(reader, params.stage):
        if stage_year != year:
            continue
        level = in_unit_of(amount, done)
        if level is None:
            raise Unknown(Text("skipped.unlike-units"), params.field, "done")
        if level.value <= done.figure.value * _TWICE and done.figure.value <= level.value * _TWICE:
            return None
        facts = {"other": reader.name(path), "figure": amount.shown}
        return Hit(params.field, "done", facts=facts, variant="stage")
    return None
