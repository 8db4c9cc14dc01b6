"""Kind `rising`: a number that must be larger every year; middle years come from the stages, where given."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from clusterform.checks.amounts import amount_at, in_unit_of, unlike_units
from clusterform.checks.check import RowCheck
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.stage_figures import StageRow, stages
from clusterform.messages import Joined, Text

Step = tuple[int, str, str | None, Decimal]
"""Year, path, column, number."""


class Rising(RowCheck, kind="rising"):
    """`field` is the target row; `row` names it in the stages' text."""

    row: StageRow

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
                    label=reader.field(place).label,
                    taints=((place, "target"),),
                )
        return None


def _steps(params: Rising, reader: Reader) -> list[Step]:
    """Baseline, the stages that can be read except the target's own year, target."""
    roles, path = reader.form.roles, params.field
    target = amount_at(reader, path, "target")
    baseline = in_unit_of(amount_at(reader, path, "baseline"), target)
    if baseline is None:
        raise unlike_units(reader, path, "baseline")
    steps: list[Step] = [(roles["baseline"], path, "baseline", baseline.value)]
    for year, stage, amount in stages(reader, params.row):
        level = in_unit_of(amount, target) if amount is not None and year < roles["target"] else None
        if level is not None:
            steps.append((year, stage, None, level.value))
    return [*steps, (roles["target"], path, "target", target.figure.value)]
