"""Kind `stage_order`: a year's interim target in line with baseline, the other years and final target."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.checks.amounts import Amount, amount_at, in_unit_of, same_figure
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.stage_figures import StageRow, stages
from clusterform.figures import Figure

Step = tuple[int, Amount]
"""Year and amount."""


class StageOrder(Check, kind="stage_order"):
    """`field` is the target row; `row` names it in the stages' text."""

    field: Row
    row: StageRow
    order: bool = True
    """False: another rule judges the order, and only the last stage is compared with the target."""

    def places(self, reader: Reader) -> Iterable[int]:
        """The year of each stage whose text gives the figure."""
        if not reader.has(self.field):
            return ()
        return [year for year, _, amount in stages(reader, self.row) if amount is not None]

    def judge(self, reader: Reader, place: int) -> Hit | None:
        """Below the step before it, above the target, or in the target's year unlike the target."""
        known = [
            (year, path, amount) for year, path, amount in stages(reader, self.row) if amount is not None
        ]
        path, stage = next((p, a) for year, p, a in known if year == place)
        earlier = [step for step in known if step[0] < place]
        if self.order and (before := _above_it(self, reader, stage, earlier)):
            return _below(self, reader, (path, stage), before, earlier)
        final = place == reader.form.roles["target"]
        if not final and (not self.order or any(year > place for year, _, _ in known)):
            return None
        target = reader.form.roles["target"], amount_at(reader, self.field, "target")
        goal = in_unit_of(target[1], stage)
        if goal is None or not _amiss(stage.figure, goal, final=final):
            return None
        variant = "differs" if final else "above"
        return _hit(reader.field(self.field).label, path, stage, target, variant)


def _above_it(
    params: StageOrder, reader: Reader, stage: Amount, earlier: list[tuple[int, str, Amount]]
) -> Step | None:
    """The step before this one, where it is higher."""
    before = (earlier[-1][0], earlier[-1][2]) if earlier else _cell(reader, params.field, "baseline")
    level = in_unit_of(before[1], stage) if before else None
    return before if level is not None and stage.figure.value < level.value else None


def _below(
    params: StageOrder,
    reader: Reader,
    here: tuple[str, Amount],
    before: Step,
    earlier: list[tuple[int, str, Amount]],
) -> Hit:
    """Of two stages out of order the one that is above the target as well is the one to look at."""
    row = reader.field(params.field).label
    target = _cell(reader, params.field, "target")
    goal = in_unit_of(target[1], before[1]) if target else None
    if target and goal is not None and earlier and before[1].figure.value > goal.value:
        return _hit(row, earlier[-1][1], before[1], target, "above")
    return _hit(row, *here, before, "below")


def _amiss(stage: Figure, goal: Figure, *, final: bool) -> bool:
    return not same_figure(stage, goal) if final else stage.value > goal.value


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
