"""Kind `baseline_growth`: the growth baseline against every reading that part two of the form allows."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.checks.amounts import amount_at, printed, same_figure
from clusterform.checks.check import RowCheck
from clusterform.checks.exact_range import reaches
from clusterform.checks.formula import Cell, Node, as_printed, bind, parse
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.relation import known
from clusterform.checks.ties import Tie, Way, make_tie
from clusterform.figures import Figure


class BaselineGrowth(RowCheck, kind="baseline_growth"):
    """The row says 集群产值, part two the growth of 主导产业产值: either will do."""

    average: Row
    """The declared average rate."""
    yearly: Row
    """The declared yearly rates."""
    output: Row
    """The cluster's yearly output."""

    def ties(self, reader: Reader) -> Iterator[Tie]:
        """That it is one of the declared rates, or one that the cluster's output gives."""
        for place in self.places(reader):
            baseline = Cell(place, "baseline")
            declared = (Way(cell, baseline, copied=True) for cell in _declared(self, reader))
            computed = (Way(node, baseline) for node in _computed(self, reader))
            try:
                yield make_tie(reader, baseline, (*declared, *computed))
            except Unknown:
                continue

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Unlike only where no reading fits and each of them can be had."""
        baseline = amount_at(reader, place, "baseline", change=True).figure
        declared = _declared(self, reader)
        shown = [reader.answer(cell.path, cell.column).value for cell in declared]
        if any(isinstance(value, Figure) and same_figure(baseline, value) for value in shown):
            return None
        try:
            computed = [
                (as_printed(node, reader), reaches(node, baseline.declared, known(reader)))
                for node in _computed(self, reader)
            ]
        except ZeroDivisionError as error:
            name = reader.name(self.output)
            raise Unknown(f"“{name}”不是正数", f"“{name}” is not positive", self.output) from error
        if any(fits for _, fits in computed):
            return None
        average, yearly = (reader.figure(cell.path, cell.column).value for cell in declared)
        facts = {
            "average": f"{average:f}",
            "yearly": f"{yearly:f}",
            "compound": printed(computed[0][0]),
            "recent": printed(computed[1][0]),
            "last": reader.column("last"),
        }
        return Hit(field=place, column="baseline", expected=f"{average:f}", facts=facts, variant="growth")


def _declared(params: BaselineGrowth, reader: Reader) -> tuple[Cell, Cell]:
    return Cell(params.average, None), Cell(params.yearly, reader.column("last"))


def _computed(params: BaselineGrowth, reader: Reader) -> list[Node]:
    """The growth of the cluster's output: on average, and in the last year, in per cent."""
    steps = len(reader.reported()) - 1
    texts = (
        f"root({params.output}[last] / {params.output}[first], {steps}) * 100 - 100",
        f"{params.output}[last] / {params.output}[middle] * 100 - 100",
    )
    return [bind(parse(text), reader, None) for text in texts]
